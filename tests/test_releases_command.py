"""The command that compares two releases."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from disclosure.workshop import ROOT
from made_releases import LATER, SHANGDIAN, VERSION, Made, later, made, write_csv, write_parquet

SAID = f"""{VERSION} → {LATER}
本站的读法改了而更正的数字 1 个。

数字更正：
  舞钢市尚店镇人民政府 2021 年报告，本年新收、总计：3 → 5〔勾稽不符〕（本站的读法改了）
"""


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "compare_releases.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def corrected() -> Made:
    release = later()
    release.figure(SHANGDIAN, 2021, "requests.received.total").update(value=5, status="conflict")
    return release


def test_changes_are_summed_up_and_then_told(tmp_path: Path) -> None:
    done = run(write_parquet(made(), tmp_path / "old"), write_csv(corrected(), tmp_path / "new"))
    assert (done.returncode, done.stdout, done.stderr) == (0, SAID, "")


def test_the_same_can_go_to_a_file_or_to_a_program(tmp_path: Path) -> None:
    old, new = write_parquet(made(), tmp_path / "old"), write_parquet(corrected(), tmp_path / "new")
    done = run(old, new, "--output", tmp_path / "said.txt")
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "said.txt").read_text(encoding="utf-8") == SAID
    document = json.loads(run(old, new, "--json").stdout)
    assert (document["previous"], document["version"]) == (VERSION, LATER)
    assert document["figures"][0]["new"] == {"value": 5, "status": "conflict"}


def test_bad_input_is_told_in_one_sentence(tmp_path: Path) -> None:
    old = write_parquet(made(), tmp_path / "old")
    done = run(old, tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"“{tmp_path / 'nowhere'}”不能用作一次发布：这里什么也没有。"
        "应当是已发布的 data/v1 文件夹，或者它的 zip 压缩包，里面有 datapackage.json；请检查路径。\n"
    )


def test_an_output_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    old = write_parquet(made(), tmp_path / "old")
    done = run(old, old, "--output", tmp_path / "no" / "folder.txt")
    assert done.returncode == 1
    assert done.stderr.startswith(f"写不了“{tmp_path / 'no' / 'folder.txt'}”（")
    assert "Traceback" not in done.stderr
