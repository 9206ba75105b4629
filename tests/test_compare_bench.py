"""What measures the page that compares offices: an invented collection of every kind of gap, and a table of times."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import Site
from disclosure.bench.collection import invented_catalog
from disclosure.form.bodies import KINDS
from disclosure.measures import MEASURE
from disclosure.model import Status
from disclosure.workshop import ROOT, chromium

YEARS = (2022, 2023)


def test_an_invented_collection_has_every_status_both_forms_and_missing_years() -> None:
    catalog = invented_catalog(60, YEARS)
    assert len(catalog.offices) == 60
    assert {office.kind for office in catalog.offices} < set(KINDS)
    assert {len(reports) for reports in catalog.reports.values()} == {1, 2}
    measures = catalog.dataset.measures
    assert {tally.status for tally in measures["tally"]} == set(Status)
    assert set(measures["form"]) == {"2019", "2021"}
    assert set(measures["measure"]) == set(MEASURE)
    partial = [tally for tally in measures["tally"] if 0 < tally.known < tally.of]
    assert partial


def test_an_invented_collection_is_the_same_every_time() -> None:
    once, again = (invented_catalog(8, YEARS) for _ in range(2))
    assert once.offices == again.offices
    assert once.dataset.measures.equals(again.dataset.measures)


@pytest.mark.browser
def test_the_command_prints_a_time_for_every_step(built_site: Site) -> None:
    if chromium.find() is None:
        pytest.skip(chromium.MISSING)
    asked = ["--offices", "12", "--runs", "1", "--slower", "2", "--site", built_site.folder]
    command = [sys.executable, ROOT / "scripts" / "bench_compare.py", *asked]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    rows = [line.split("|")[1:-1] for line in finished.stdout.splitlines() if line.startswith("| ")]
    assert [cell.strip() for cell in rows[0]] == ["ms, best of 1", "CPU", "CPU at 2×", "shown at 2×"]
    assert len(rows) == 1 + 14
    assert all(float(cell) >= 0 for row in rows[1:] for cell in row[1:])
