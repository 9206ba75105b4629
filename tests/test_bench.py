"""The benchmark: a command that prints what an invented portal costs (``test_sample.py``: how it is invented)."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from disclosure.bench import exports, given, invented
from disclosure.bench.clock import Spent
from disclosure.bench.given import ReportCost, SiteCost
from disclosure.bench.invented import PortalCost
from disclosure.bench.report import Bench
from disclosure.bench.weight import Total, Weight, heaviest, total
from disclosure.sources import find_sources
from disclosure.workshop import ROOT
from sample_reports import publish

KINDS = {"home", "source", "office", "region", "year", "quality", "rule"}


def portal_cost(offices: int) -> PortalCost:
    """What a portal of so many offices might cost: the more it has, the more everything is."""
    stages = {
        "build_portal": Spent(0.03 * offices, 1),
        " check_portal": Spent(0.006 * offices, 1),
        "whole build": Spent(9, 4.25),
    }
    total_of = Total(pages=20 * offices, files=1000 * offices, raw=1_500_000 * offices)
    region = {"region": Weight("regions/index.html", 2000 * offices, 500 * offices)}
    return PortalCost(offices, 3 * offices, stages, 100 * offices, 2000, total_of, region)


def test_the_tables_have_a_line_for_every_report_and_stage_and_a_column_for_every_size() -> None:
    reports = [ReportCost("reports/a.txt", 12_345, 4.04, {"read": 0.125, "fill": 2.0})]
    site = SiteCost(Spent(8.0, 3.25), {"home": Weight("index.html", 10_400, 3_100)})
    lines = list(Bench(reports, site, [portal_cost(1), portal_cost(2)]).as_lines())
    assert [line for line in lines[2:] if line] == [
        "Given reports, CPU ms each (median; `first` is everything but the check, the first time):",
        "| report | characters | first | read | fill |",
        "|---|--:|--:|--:|--:|",
        "| reports/a.txt | 12,345 | 4.0 | 0.12 | 2.00 |",
        "`scripts/build`: 3.2 s wall, 8.0 s CPU. Largest pages:",
        "| page | KB as written / as sent |",
        "|---|--:|",
        "| home | 10 / 3 |",
        "Invented portals, CPU ms per report (indented: a part of the line above):",
        "|  | 1 offices, 3 reports | 2 offices, 6 reports |",
        "|---|--:|--:|",
        "| build_portal | 10.00 | 10.00 |",
        "| … check_portal | 2.00 | 2.00 |",
        "| whole build | 3000.00 | 1500.00 |",
        "| whole build, wall s | 4.2 | 4.2 |",
        "| peak memory, package alone, MiB | 100 | 200 |",
        "| peak memory, build, MiB | 2,000 | 2,000 |",
        "| pages | 20 | 40 |",
        "| files | 1,000 | 2,000 |",
        "| site, MB | 1.5 | 3.0 |",
        "Largest page of each kind, KB as written and as sent:",
        "| page | 1 offices | 2 offices |",
        "|---|--:|--:|",
        "| region | 2 / 0 | 4 / 1 |",
    ]


def test_without_invented_portals_there_is_no_table_of_them() -> None:
    said = "\n".join(Bench([], SiteCost(Spent(8.0, 3.25), {}), []).as_lines())
    assert "Given reports" in said
    assert "Invented portals" not in said


def test_the_command_prints_the_tables_of_what_was_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = SiteCost(Spent(8.0, 3.25), {})
    monkeypatch.setattr(given, "measure_reports", lambda _root, runs: [ReportCost(f"{runs} runs", 1, 1, {})])
    monkeypatch.setattr(given, "measure_site", lambda: site)
    monkeypatch.setattr(invented, "measure_portals", lambda sizes, _publish: [portal_cost(size) for size in sizes])
    monkeypatch.syspath_prepend(ROOT / "scripts")
    monkeypatch.setattr(sys, "argv", ["bench.py", "--runs", "7", "--offices", "1", "2"])
    runpy.run_path(str(ROOT / "scripts" / "bench.py"), run_name="__main__")
    wanted = Bench([ReportCost("7 runs", 1, 1, {})], site, [portal_cost(1), portal_cost(2)])
    assert capsys.readouterr().out.splitlines() == list(wanted.as_lines())


def test_the_command_measures_every_step_of_every_report_and_every_stage_of_every_size() -> None:
    """The command as it is called: once, for it builds the site of the project and that of a portal."""
    command = [sys.executable, ROOT / "scripts" / "bench.py", "--runs", "1", "--offices", "1", "--json"]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    measured = json.loads(finished.stdout)
    assert [one["file"] for one in measured["reports"]] == [one.file for one in find_sources(ROOT).sources]
    assert all(set(one["steps"]) == {"read", "fill", "prove", "check_report"} for one in measured["reports"])
    assert set(measured["site"]["pages"]) == KINDS
    (portal,) = measured["portals"]
    assert (portal["offices"], portal["reports"]) == (1, 3)
    assert set(portal["stages"]) == {
        "build_portal", "check_portal", "gather", "render_site", "open data", "html", "markdown", "whole build",
        "search index",
    }  # fmt: skip
    assert set(portal["pages"]) == KINDS


def test_exports_are_measured_in_one_process_and_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "processes_here", lambda: 2)
    cost = exports.measure_portal(2, publish)
    assert [trial.processes for trial in cost.trials] == [1, 2]
    assert all(trial.spent.cpu > 0 for trial in cost.trials)
    head, _, first, second = exports.lines([cost])
    assert head.startswith("| offices | processes | CPU s | wall s | memory added, MiB |")
    assert first.startswith("| 2 | 1 | ")
    assert second.startswith("| 2 | 2 | ")
    files, raw, long_form = (cell.strip() for cell in first.split("|")[6:9])
    assert (files, raw, long_form) == (str(cost.files), f"{cost.raw / 1e6:.1f}", f"{cost.long_form / 1e6:.1f}")


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
