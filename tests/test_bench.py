"""The benchmark: a command that prints what an invented portal costs (``test_sample.py``: how it is invented)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from disclosure.bench.weight import heaviest, total
from disclosure.workshop import ROOT


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "scripts" / "bench.py", "--runs", "1", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_prints_its_tables() -> None:
    finished = bench("--offices", "1", "2")
    assert finished.returncode == 0, finished.stderr
    assert "| report | characters | first | read | fill | prove | check_report |" in finished.stdout
    assert "|  | 1 offices, 3 reports | 2 offices, 6 reports |" in finished.stdout
    assert finished.stdout.count("| region |") == 2


def test_json_holds_every_stage_of_every_size() -> None:
    finished = bench("--offices", "1", "--json")
    (portal,) = json.loads(finished.stdout)["portals"]
    assert (portal["offices"], portal["reports"]) == (1, 3)
    assert set(portal["stages"]) == {
        "build_portal", "check_portal", "gather", "render_site", "open data", "html", "markdown", "whole build",
        "search index",
    }  # fmt: skip
    assert {"home", "source", "office", "region", "year", "quality", "rule"} == set(portal["pages"])


def test_weights_count_bytes_by_kind_of_page(tmp_path: Path) -> None:
    for name, size in {"index.html": 10, "offices/1/index.html": 20, "offices/2/index.html": 300, "a.css": 5}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * size)
    weights = heaviest(tmp_path)
    assert {kind: (page.path, page.raw) for kind, page in weights.items()} == {
        "home": ("index.html", 10),
        "office": ("offices/2/index.html", 300),
    }
    assert weights["office"].gzip < 300
    assert total(tmp_path) == (3, 4, 335)
