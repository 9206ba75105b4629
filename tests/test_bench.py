"""The benchmark: an invented portal that reads like a real one, and a command that prints its tables."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from disclosure.bench.fiction import MOST_OFFICES, write_portal
from disclosure.bench.weight import heaviest, total
from disclosure.model import Portal, Status
from disclosure.pipeline import build_portal
from disclosure.workshop import ROOT

YEARS = (2021, 2022, 2023)
LOST_A_NUMBER = "numbers-lost"


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


def test_more_offices_than_can_be_invented_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=str(MOST_OFFICES)):
        write_portal(tmp_path, MOST_OFFICES + 1, YEARS)


def test_an_invented_portal_is_read_whole_and_contradicts_itself_nowhere(tmp_path: Path) -> None:
    """All three layouts, whole and damaged: every figure is printed but in the rows that lost a number."""
    write_portal(tmp_path, 15, YEARS)
    portal = build_portal(tmp_path)
    assert len(portal.reports) == 45
    assert {finding.rule for finding in portal.findings} == {LOST_A_NUMBER}
    torn = {finding.file for finding in portal.findings}
    assert len(torn) == 9
    for report in portal.reports:
        withheld = [figure for figure in report.figures.values() if figure.status is not Status.PRINTED]
        assert len(withheld) == (7 if report.file in torn else 0)
        assert {figure.status for figure in withheld} <= {Status.PLACED, Status.RECOVERED}


def test_an_invented_portal_is_the_same_every_time_and_cannot_be_taken_for_a_real_one(tmp_path: Path) -> None:
    first, second = (build_in(tmp_path / name) for name in ("first", "second"))
    assert [report.sha256 for report in first.reports] == [report.sha256 for report in second.reports]
    assert len({report.sha256 for report in first.reports}) == len(first.reports)
    assert all(office.id[2] == "8" and office.regions[1].name.startswith("虚构") for office in first.offices)


def build_in(root: Path) -> Portal:
    write_portal(root, 4, YEARS)
    return build_portal(root)


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
