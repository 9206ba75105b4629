"""``scripts/add_report.py`` as people and programs call it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from disclosure.filing.inputs import Input
from disclosure.filing.run import Options, examined_in_order
from disclosure.pipeline import build_portal
from disclosure.workshop import ROOT
from filing_files import SHANGDIAN_FOLDER, add, builds, examine_or_die, names, text, tree, write

COMMAND = [sys.executable, str(ROOT / "scripts" / "add_report.py")]
SHARED = ROOT.parent / "shared"
REGIONS = {
    "测试区水利局": "410499=河南省/平顶山市/测试区",
    "范例县人民政府办公室": "410498=河南省/平顶山市/范例县",
    "柳河镇人民政府": "河南省南阳市方城县",
    "东湖区教育局": None,
}
"""Where the invented offices of the shared material are said to be; 东湖区 is a real one, and the only one."""


def run(project: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, arguments), "--root", str(project)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False
    )


def test_the_exit_status_says_whether_a_person_is_needed(tmp_path: Path) -> None:
    project, file = tmp_path / "p", write(tmp_path, "a.txt", text())
    assert run(project, file).returncode == 1
    assert run(project, file, "--dry-run").returncode == 0
    assert tree(project) == {}
    done = run(project, file, "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert names(project) == [f"{SHANGDIAN_FOLDER}/2021.txt"]
    assert run(project, file, write(tmp_path, "b.txt", text("尚店镇人民政府")), "--yes").returncode == 1


@pytest.mark.parametrize("arguments", [["--region", "朝阳区"], ["--region", "000000"], ["--year", "x"], ["--wrong"]])
def test_a_wrong_call_is_told_apart_from_what_needs_a_person(tmp_path: Path, arguments: list[str]) -> None:
    done = run(tmp_path / "p", write(tmp_path, "a.txt", text()), "--yes", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert tree(tmp_path / "p") == {}


def test_many_files_are_read_by_several_processes_and_filed_in_order(tmp_path: Path) -> None:
    for year in range(2008, 2020):
        write(tmp_path, f"f/{year}.txt", text(year=year))
    write(tmp_path, "f/empty.txt", "")
    done = run(tmp_path / "p", tmp_path / "f", "--yes")
    assert done.returncode == 1
    assert [name[-8:-4] for name in names(tmp_path / "p")] == [str(year) for year in range(2008, 2020)]
    assert [line[-8:-4] for line in done.stdout.splitlines() if line.startswith("  归档：")] == [
        str(year) for year in range(2008, 2020)
    ]
    assert "共 13 个文件：已归档 12 个，早已收录 0 个，需要人看 1 个。" in done.stdout
    assert builds(tmp_path / "p")


@pytest.mark.parametrize(("names_given", "died"), [("abc die ef", 1), ("abcd die", 1), ("die die2 die3 a b", 5)])
def test_a_process_that_dies_costs_the_file_it_was_reading_and_no_other(
    names_given: str, died: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the processes die whatever they read, they are not tried for ever.

    Two files at a time: the one that dies is read beside another, or is the last; or all that are read die.
    """
    monkeypatch.setattr("disclosure.filing.run._AT_ONCE", 2)
    given = [name for word in names_given.split() for name in ([word] if word.startswith("die") else word)]
    inputs = [Input(Path(name), ()) for name in given]
    found = examined_in_order(inputs, Options(workers=2), examine_or_die)
    assert [one.input for one in found] == inputs
    problems = [one.problem for one in found if one.problem]
    assert len(problems) == died
    assert set(problems) == {"读取时程序意外停止，没有读出内容。请单独再试这个文件；还不行的，用原来的软件重新导出。"}


def test_two_that_file_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    """Whoever is second finds the name taken, and either takes the next or says so."""
    project = tmp_path / "p"
    contents = [text(more=f"第{number}份。") for number in range(4)]
    files = [write(tmp_path, f"{number}.txt", content) for number, content in enumerate(contents)]
    running = [
        subprocess.Popen([*COMMAND, str(file), "--yes", "--root", str(project)], stdout=subprocess.PIPE)
        for file in files
    ]
    ended = [(process.communicate()[0].decode(), process.returncode) for process in running]
    filed = [content for name, content in sorted(tree(project).items()) if not name.endswith("office.yml")]
    assert sorted(filed) == sorted(
        content.encode() for content, (_, status) in zip(contents, ended, strict=True) if status == 0
    )
    assert filed
    assert all("没有覆盖它。请再运行一次。" in said for said, status in ended if status)
    assert builds(project)


def material() -> dict[str, list[tuple[Path, int]]]:
    """By office, the files of the shared material with their true years; old Word files need another program."""
    found: dict[str, list[tuple[Path, int]]] = defaultdict(list)
    for truth in sorted(SHARED.glob("*/*.truth.json")):
        if truth.parent.name in {"specimens", "documents"}:
            true = json.loads(truth.read_text(encoding="utf-8"))
            stem = truth.name.removesuffix(".truth.json")
            files = [path for path in sorted(truth.parent.glob(f"{stem}.*")) if path.suffix not in {".json", ".doc"}]
            found[true["office"]] += [(path, true["year"]) for path in files]
    return found


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared material is not on this machine")
def test_nearly_all_of_the_shared_material_is_filed_and_none_in_a_wrong_place(tmp_path: Path) -> None:
    project, wrong, filed, total = tmp_path / "p", [], 0, 0
    for office, files in material().items():
        add(project, *(path for path, _ in files), region=REGIONS.get(office, "河南省平顶山市舞钢市"), workers=2)
        places = {hashlib.sha256(content).hexdigest(): name for name, content in tree(project).items()}
        for path, year in files:
            place = places.get(hashlib.sha256(path.read_bytes()).hexdigest())
            total, filed = total + 1, filed + (place is not None)
            if place is not None and (Path(place).parent.name, Path(place).name[:4]) != (office, str(year)):
                wrong.append((path.name, place))
    assert wrong == []
    assert filed >= 0.95 * total > 0
    build_portal(project)


def test_the_given_reports_get_the_ids_and_folders_that_they_have(tmp_path: Path) -> None:
    given = sorted((ROOT / "reports").rglob("20*.txt"))
    files = [write(tmp_path, f"flat/{number}.txt", path.read_bytes()) for number, path in enumerate(given)]
    assert add(tmp_path, *files).status == 0
    assert {(one.id, one.folder) for one in build_portal(tmp_path).offices} == {
        (one.id, one.folder) for one in build_portal(ROOT).offices
    }


def test_the_reports_of_this_project_are_known_to_be_filed_already(tmp_path: Path) -> None:
    (tmp_path / "reports").symlink_to(ROOT / "reports")
    done = add(tmp_path, ROOT / "reports", dry_run=True, yes=False)
    assert done.status == 0, done.text
    assert "需要人看 0 个" in done.said[-1]
