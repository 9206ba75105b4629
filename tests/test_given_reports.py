"""The five given reports, read, proved and checked: every figure with its value, its status and its line."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter

import pytest
from disclosure.form.template import APPLICANTS, FORMS
from disclosure.model import Cell, Report, Status
from disclosure.pipeline import build_portal
from disclosure.prove.checker import verify
from disclosure.workshop import ROOT

SHARED = ROOT.parent / "shared"
LIUGE, YANZHOULU, SHANGDIAN, HUIYUAN, JINXIANG = "411702010", "640323001", "410481100", "410423004", "370828001"
GIVEN = {
    LIUGE: ("reports/河南省/驻马店市/驿城区/刘阁街道办事处/2021.txt", "2021", 200),
    YANZHOULU: ("reports/宁夏回族自治区/吴忠市/盐池县/盐州路街道办事处/2020.txt", "2019", 198),
    SHANGDIAN: ("reports/河南省/平顶山市/舞钢市/尚店镇人民政府/2021.txt", "2021", 200),
    HUIYUAN: ("reports/河南省/平顶山市/鲁山县/汇源街道办事处/2022.txt", "2021", 200),
    JINXIANG: ("reports/山东省/济宁市/金乡县/金乡街道办事处/2021.txt", "2021", 200),
}
SHA256 = {
    LIUGE: "deb4471a",
    YANZHOULU: "a7bbf06e",
    SHANGDIAN: "6e49f023",
    HUIYUAN: "c973d609",
    JINXIANG: "11303bf4",
}
ONES = {
    LIUGE: {("received", "natural_person"), ("received", "total"), ("granted", "natural_person"), ("granted", "total"),
            ("handled", "natural_person"), ("handled", "total")},
    SHANGDIAN: {("received", "natural_person"), ("received", "total"), ("granted", "natural_person"),
                ("granted", "total"), ("handled", "natural_person"), ("handled", "total")},
}  # fmt: skip
"""The figures that are 1. All other figures of the five reports are 0."""
WHOLE_ROWS_OF_SHANGDIAN = {"received", "carried_in", "handled", "carried_out"}
DAMAGED_ROWS_OF_JINXIANG = {
    "granted", "partly_granted", "unavailable_needs_creation", "unavailable_unclear", "not_processed_petition",
    "not_processed_duplicate", "not_processed_published", "not_processed_excessive", "not_processed_reconfirm",
    "closed_not_corrected", "closed_fee_unpaid", "closed_other", "handled", "carried_out",
}  # fmt: skip


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    return {str(report.office): report for report in build_portal(ROOT).reports if report.office in GIVEN}


def damaged_rows(office: str) -> set[str]:
    every = {row.id for row in FORMS["2021"].tables["requests"].rows}
    return {SHANGDIAN: every - WHOLE_ROWS_OF_SHANGDIAN, JINXIANG: DAMAGED_ROWS_OF_JINXIANG}.get(office, set())


@pytest.mark.parametrize("office", GIVEN)
def test_the_given_reports_stand_at_their_places_byte_for_byte(office: str, reports: dict[str, Report]) -> None:
    file, form, _ = GIVEN[office]
    assert (reports[office].file, reports[office].form) == (file, form)
    assert hashlib.sha256((ROOT / file).read_bytes()).hexdigest().startswith(SHA256[office])
    assert reports[office].sha256.startswith(SHA256[office])


@pytest.mark.parametrize("office", GIVEN)
def test_every_figure_has_its_value(office: str, reports: dict[str, Report]) -> None:
    figures = reports[office].figures
    assert len(figures) == GIVEN[office][2]
    ones = {(cell.row, cell.column) for cell, figure in figures.items() if figure.value == 1}
    zeros = sum(figure.value == 0 for figure in figures.values())
    assert ones == ONES.get(office, set())
    assert zeros + len(ones) == len(figures)


@pytest.mark.parametrize("office", GIVEN)
def test_only_rows_that_lost_a_number_are_not_as_printed(office: str, reports: dict[str, Report]) -> None:
    statuses: dict[str, Counter[Status]] = {}
    for cell, figure in reports[office].figures.items():
        name = cell.row if cell.table == "requests" else cell.table
        statuses.setdefault(name, Counter())[figure.status] += 1
    for name, counted in statuses.items():
        lost = {Status.PLACED: 6, Status.RECOVERED: 1}
        assert counted == (lost if name in damaged_rows(office) else {Status.PRINTED: counted.total()}), name


@pytest.mark.parametrize("office", GIVEN)
def test_every_printed_or_placed_figure_stands_where_it_says(office: str, reports: dict[str, Report]) -> None:
    report = reports[office]
    seen = Counter()
    for figure in report.figures.values():
        if figure.status is not Status.RECOVERED:
            assert figure.span is not None
            line, start, end = figure.span
            assert report.lines[line - 1][start:end] == figure.raw == str(figure.value)
            assert line == figure.line
            seen[figure.span] += 1
    assert set(seen.values()) == {1}, "no printed number may stand for two figures"


def test_the_six_numbers_of_the_one_request_are_put_into_their_columns(reports: dict[str, Report]) -> None:
    """Line 44 prints 1 0 0 0 0 1 for seven columns: alone, three placements hold; with the other rows, one."""
    report = reports[SHANGDIAN]
    row = [report.figures[Cell("requests", "granted", column.id)] for column in APPLICANTS]
    assert [figure.value for figure in row] == [1, 0, 0, 0, 0, 0, 1]
    assert {figure.line for figure in row} == {44}
    assert row[0].proof is not None
    assert row[0].proof.distrusted == 154


def test_every_published_proof_satisfies_the_independent_checker(reports: dict[str, Report]) -> None:
    proved = 0
    for report in reports.values():
        for cell, figure in report.figures.items():
            if figure.proof is not None:
                assert isinstance(figure.value, int)
                reading = report.filling.tables[cell.table]
                assert verify(figure.proof, cell, figure.value, str(report.form), reading), (report.file, cell)
                proved += 1
    assert proved == 7 * (21 + 14)


def test_what_the_rules_find(reports: dict[str, Report]) -> None:
    found = [(f.office, f.rule, f.line) for f in build_portal(ROOT).findings if f.office in GIVEN]
    assert sorted(found, key=str) == sorted(
        [
            (LIUGE, "fee-silent", 77),
            (SHANGDIAN, "label-misprint", 22),
            (SHANGDIAN, "numbers-lost", 44),
            (SHANGDIAN, "fee-silent", 91),
            (JINXIANG, "title-missing", 1),
            (JINXIANG, "label-misprint", 40),
            (JINXIANG, "numbers-lost", 63),
        ],
        key=str,
    )


@pytest.mark.parametrize(
    ("office", "name", "found_in", "year"),
    [
        (LIUGE, "刘阁街道办事处", "title", 2021),
        (YANZHOULU, "盐池县盐州路街道办事处", "title", 2020),
        (SHANGDIAN, "舞钢市尚店镇人民政府", "title", 2021),
        (HUIYUAN, "汇源办事处", "title", 2022),
        (JINXIANG, "金乡街道办事处", "preamble", 2021),
    ],
)
def test_name_and_year_as_printed(reports: dict[str, Report], office: str, name: str, found_in: str, year: int) -> None:
    identity = reports[office].filling.identity
    assert (identity.name, identity.found_in, identity.year) == (name, found_in, year)


@pytest.mark.parametrize("office", GIVEN)
def test_all_six_sections_are_found(office: str, reports: dict[str, Report]) -> None:
    assert [section.id for section in reports[office].filling.sections] == [
        "preamble", "overview", "proactive", "requests", "disputes", "problems", "other",
    ]  # fmt: skip


def test_a_sub_heading_that_repeats_a_title_stays_in_section_one(reports: dict[str, Report]) -> None:
    sections = {section.id: section for section in reports[YANZHOULU].filling.sections}
    assert (21, "（二）主动公开政府信息情况") in sections["overview"].lines
    assert sections["proactive"].line == 41


def test_the_readout_has_the_public_shape() -> None:
    file = GIVEN[SHANGDIAN][0]
    command = [sys.executable, str(ROOT / "scripts" / "read_report.py"), "--json", file, "missing.txt"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    told, missing = (json.loads(line) for line in run.stdout.splitlines())
    assert told["file"] == file
    assert told["office"] == {"name": "舞钢市尚店镇人民政府", "found_in": "title"}
    assert (told["year"], told["form"]) == (2021, "2021")
    assert told["tables"]["requests"]["received"]["total"] == {
        "value": 1, "status": "printed", "raw": "1", "line": 42,
    }  # fmt: skip
    assert [section["id"] for section in told["sections"]][1:3] == ["overview", "proactive"]
    assert told["sections"][1]["line"] == 5
    assert told["unplaced"] == []
    assert [finding["rule"] for finding in missing["findings"]] == ["unreadable-file"]
    assert missing["tables"] == {}


@pytest.mark.skipif(not (SHARED / "tools" / "score.py").exists(), reason="the shared scoring tool is not here")
@pytest.mark.parametrize(("folder", "right"), [("seeds", "100"), ("specimens", "0")])
def test_the_shared_reports_are_never_read_silently_wrong(folder: str, right: str) -> None:
    score = [sys.executable, SHARED / "tools" / "score.py", SHARED / folder, "--max-silent", "0", "--min-right", right]
    run = subprocess.run(score, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
