"""Which findings ``scripts/check_reports.py`` is asked for: paths, what git says has changed, and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from disclosure import reading_all
from disclosure.model import Report, Source
from disclosure.reporting.changed import changed_since
from disclosure.reporting.result import Result, check
from disclosure.reporting.selection import Selection, UsageError, select
from disclosure.reporting.words import summary
from disclosure.workshop import ROOT
from filed import DESCRIPTION, FOLDER, OTHER, TOWN, commit, contradicting, git, project, town, write

MISMATCHES = [(f"{TOWN}/2022.txt", "row-total-mismatch"), (f"{TOWN}/2022.txt", "balance-mismatch")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with two offices, one report of which contradicts itself."""
    return project(tmp_path)


@pytest.fixture
def tracked(root: Path) -> Path:
    """The same, committed, with the branch ``main`` behind it."""
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root)
    git(root, "checkout", "--quiet", "-b", "work")
    return root


def found(result: Result) -> list[tuple[str, str]]:
    return [(item.finding.file, item.finding.rule) for item in result.items]


def of(root: Path, *paths: str) -> Result:
    return check(root, select(root, [root / path for path in paths]))


def run(root: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "check_reports.py"), "--root", str(root), *arguments]
    environment = {**os.environ, **variables}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=environment)


# Paths.


@pytest.mark.parametrize("path", [f"{TOWN}/2022.txt", TOWN, FOLDER, "reports", f"{TOWN}/office.yml"])
def test_a_file_a_folder_or_a_description_selects_what_is_found_about_it(root: Path, path: str) -> None:
    assert found(of(root, path)) == MISMATCHES


def test_other_years_and_other_offices_are_not_shown_but_counted(root: Path) -> None:
    result = of(root, f"{TOWN}/2021.txt")
    assert (found(result), result.offices, result.reports, result.hidden) == ([], 1, 2, 2)
    assert list(summary(result)) == [
        "查了 1 个机关的 2 份报告，没有发现问题。",
        "同一机关的其他报告也一并查过，另有 2 条发现与所给的文件无关，没有列出。",
        "这次没有与其他机关比对，规则“文字与其他机关基本相同”没有查。不给路径、查全部时才查。",
    ]
    assert found(of(root, OTHER)) == []


def test_only_the_offices_asked_for_are_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = reading_all.read_source

    def noted(source: Source) -> Report:
        read.append(source.file)
        return real(source)

    monkeypatch.setattr(reading_all, "read_source", noted)
    of(root, f"{TOWN}/2022.txt")
    assert read == [f"{TOWN}/2021.txt", f"{TOWN}/2022.txt"]


def test_what_the_year_after_contradicts_is_shown_with_a_changed_year(root: Path) -> None:
    """The finding is about 2022, and what made it may be the change of 2021."""
    carried = town(2022, natural_person=5, total=5).replace("\t0\t0\t0\t0\t0\t0\t0", "\t2\t0\t0\t0\t0\t0\t2", 1)
    write(root, f"{TOWN}/2022.txt", carried)
    assert (f"{TOWN}/2022.txt", "carry-over-mismatch") in found(of(root, f"{TOWN}/2021.txt"))
    assert found(of(root, f"{TOWN}/2021.txt")) != found(of(root, f"{TOWN}/2022.txt"))


def test_offices_are_compared_with_each_other_only_when_all_are_read(root: Path) -> None:
    assert [rule.name for rule in of(root, TOWN).unchecked] == ["text-repeats-other-office"]
    assert of(root, "reports").unchecked == ()
    assert check(root).unchecked == ()


@pytest.mark.parametrize("path", [f"{TOWN}/2021.txt", f"{OTHER}/2022.txt"])
def test_what_stops_everything_is_shown_whatever_is_asked_for(root: Path, path: str) -> None:
    """Of two offices with one id, it is said of one: somebody who changes the other has to see it."""
    write(root, f"{OTHER}/office.yml", DESCRIPTION.format("410481100", "八台镇人民政府"))
    result = of(root, path)
    assert (f"{TOWN}/office.yml", "duplicate-office-id") in found(result)
    assert result.blocking == len(result.items)


def test_what_stops_everything_comes_first(root: Path) -> None:
    write(root, f"{TOWN}/2021年年报.txt", "报告")
    write(root, f"{OTHER}/2022.txt", contradicting().replace("尚店镇", "八台镇"))
    assert found(check(root))[0][0] == f"{TOWN}/2021年年报.txt"


@pytest.mark.parametrize("path", ["docs", "reports/../docs", ".", "office.yml"])
def test_a_path_outside_the_reports_is_refused_in_one_sentence(root: Path, path: str) -> None:
    write(root, "docs/index.md", "")
    write(root, "office.yml", "")
    with pytest.raises(UsageError, match=r"不在 reports/ 之下。请给 reports/ 之下的文件或文件夹；不给路径就查全部。$"):
        of(root, path)


@pytest.mark.parametrize("name", ["2030.txt", f"{'长' * 300}2030.txt", "\x1b[2J\n2030.txt"])
def test_a_path_that_is_not_there_is_refused(root: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"^找不到“.*2030\.txt”。请检查路径；已经删去的文件，用 --changed-since 查。$"):
        of(root, f"{TOWN}/{name}")


def test_a_project_reached_by_a_link_is_the_same_project(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    link = tmp_path_factory.mktemp("elsewhere") / "project"
    link.symlink_to(root)
    assert select(root, [link / TOWN / "2022.txt"]) == Selection(frozenset({f"{TOWN}/2022.txt"}))


# What has changed.


def test_nothing_changed(tracked: Path) -> None:
    selection = changed_since(tracked, "main")
    assert selection == Selection(frozenset())
    assert list(summary(check(tracked, selection))) == ["没有要查的报告。"]


def test_committed_uncommitted_staged_and_new_files_have_changed(tracked: Path) -> None:
    write(tracked, f"{TOWN}/2021.txt", town(2021).replace("依法", "依规"))
    commit(tracked)
    write(tracked, f"{TOWN}/2022.txt", contradicting().replace("依法", "依规"))
    write(tracked, f"{OTHER}/2022.txt", town(name="八台镇人民政府").replace("依法", "依规"))
    git(tracked, "add", f"{OTHER}/2022.txt")
    write(tracked, f"{OTHER}/2023.txt", town(2023, name="八台镇人民政府"))
    write(tracked, "docs/index.md", "与报告无关")
    expected = {f"{TOWN}/2021.txt", f"{TOWN}/2022.txt", f"{OTHER}/2022.txt", f"{OTHER}/2023.txt"}
    assert changed_since(tracked, "main").paths == expected


def test_what_others_did_meanwhile_has_not_changed_here(tracked: Path) -> None:
    write(tracked, f"{TOWN}/2021.txt", town(2021).replace("依法", "依规"))
    commit(tracked)
    git(tracked, "checkout", "--quiet", "main")
    write(tracked, f"{OTHER}/2022.txt", town(name="八台镇人民政府").replace("依法", "依规"))
    commit(tracked)
    git(tracked, "checkout", "--quiet", "work")
    assert changed_since(tracked, "main").paths == {f"{TOWN}/2021.txt"}


def test_moved_and_deleted_files_have_changed_at_both_places(tracked: Path) -> None:
    (tracked / TOWN / "2021.txt").rename(tracked / TOWN / "2020.txt")
    (tracked / OTHER / "2022.txt").unlink()
    commit(tracked)
    selection = changed_since(tracked, "main")
    assert selection.paths == {f"{TOWN}/2021.txt", f"{TOWN}/2020.txt", f"{OTHER}/2022.txt"}
    assert (f"{TOWN}/2020.txt", "year-mismatch") in found(check(tracked, selection))


def test_a_deleted_description_shows_what_has_no_office_now(tracked: Path) -> None:
    (tracked / TOWN / "office.yml").unlink()
    assert [rule for _, rule in found(check(tracked, changed_since(tracked, "main")))] == ["unknown-office"]


def test_a_project_inside_a_larger_repository_is_seen_from_its_own_folder(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    root = project(tmp_path / "portal")
    commit(tmp_path)
    write(root, f"{TOWN}/2021.txt", town(2021).replace("依法", "依规"))
    write(tmp_path, f"{TOWN}/2021.txt", "不属于这个项目")
    write(root, f"{TOWN}/2020.txt", town(2020))
    assert changed_since(root, "main").paths == {f"{TOWN}/2021.txt", f"{TOWN}/2020.txt"}


@pytest.mark.parametrize("revision", ["nowhere", "", "--output=made", "-h", "HEAD -- docs", "HEAD\n", "main\0"])
def test_a_revision_that_git_does_not_know_is_refused_and_is_never_an_option(tracked: Path, revision: str) -> None:
    before = sorted(tracked.iterdir())
    with pytest.raises(
        UsageError, match=r"^git 不认识“.*”这个版本。请检查写法，例如 origin/main、v1\.2 或者提交的编号。$"
    ):
        changed_since(tracked, revision)
    assert sorted(tracked.iterdir()) == before


def test_a_branch_that_is_named_like_an_option_is_a_branch(tracked: Path) -> None:
    git(tracked, "update-ref", "refs/heads/--output=made", "HEAD")
    assert changed_since(tracked, "--output=made").paths == frozenset()
    assert not (tracked / "made").exists()


def test_a_shallow_clone_says_how_to_get_the_rest(tracked: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    write(tracked, f"{TOWN}/2021.txt", town(2021).replace("依法", "依规"))
    commit(tracked)
    shallow = tmp_path_factory.mktemp("clones") / "shallow"
    git(tracked, "clone", "--quiet", "--depth=1", f"file://{tracked}", str(shallow))
    with pytest.raises(UsageError, match=r"浅克隆.*git fetch --unshallow.*fetch-depth: 0。$"):
        changed_since(shallow, "HEAD~1")


def test_histories_that_never_met_are_told(tracked: Path) -> None:
    git(tracked, "checkout", "--quiet", "--orphan", "alone")
    commit(tracked, "另起炉灶")
    with pytest.raises(UsageError, match=r"^现在的版本和“main”没有共同的历史，比不出改了什么。请换一个版本。$"):
        changed_since(tracked, "main")


def test_without_a_history_or_without_git_there_is_one_sentence(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))
    with pytest.raises(UsageError, match=r"^这个文件夹不在 git 的管理之下"):
        changed_since(root, "main")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match=r"^这台机器上没有 git"):
        changed_since(root, "main")


# The command.


def test_what_an_office_wrote_never_fails(root: Path) -> None:
    done = run(root)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "查了 2 个机关的 3 份报告，列出 2 条发现：报告所载（值得核对）2 条。\n归档没有必须先改正的错，可以发布。"
    )


def test_a_filing_error_fails_in_every_notation(root: Path) -> None:
    write(root, f"{TOWN}/2021年年报.txt", "报告")
    for name in ("text", "github", "markdown", "json", "rdjsonl"):
        assert run(root, "--format", name).returncode == 1


def test_usage_fails_with_another_status_and_one_sentence(root: Path) -> None:
    outside = run(root, str(ROOT / "docs"))
    assert (outside.returncode, outside.stdout) == (2, "")
    assert outside.stderr.count("\n") == 1
    assert run(root, "--format", "xml").returncode == 2
    assert run(root, "--changed-since", "nowhere").returncode == 2


def test_paths_and_changes_limit_each_other(tracked: Path) -> None:
    write(tracked, f"{TOWN}/2022.txt", contradicting().replace("依法", "依规"))
    write(tracked, f"{OTHER}/2022.txt", contradicting().replace("尚店镇", "八台镇"))
    both = run(tracked, "--changed-since", "main", "--format", "json", str(tracked / OTHER))
    assert {finding["file"] for finding in json.loads(both.stdout)["findings"]} == {f"{OTHER}/2022.txt"}


def test_the_page_of_a_rule_is_on_the_site_where_its_address_is_known(root: Path) -> None:
    known, unknown = run(root, SITE_URL="https://example.org/portal"), run(root, SITE_URL="")
    assert "    规则：https://example.org/portal/rules/row-total-mismatch/\n" in known.stdout
    assert "    规则：rules/row-total-mismatch/\n" in unknown.stdout


def test_a_pipe_gets_no_colours(root: Path) -> None:
    assert "\x1b" not in run(root).stdout


def test_a_reader_that_stops_early_is_no_error(root: Path) -> None:
    script = ROOT / "scripts" / "check_reports.py"
    for number in range(300):
        write(root, f"{TOWN}/{number}年年报.txt", "报告")
    piped = f"{sys.executable} {script} --root {root} --format json | head -c 10; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", piped], capture_output=True, text=True, check=True)
    assert (done.stdout[-2:], done.stderr) == ("1\n", "")


def test_the_command_starts_without_what_only_tables_across_offices_need() -> None:
    program = "import sys, disclosure.reporting.formats, disclosure.reporting.changed; print('pandas' in sys.modules)"
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert finished.stdout == "False\n"
