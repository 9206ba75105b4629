"""What changed between two releases: each change made by hand, and found exactly once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from disclosure.model import Number, Status
from disclosure.releases import figures as figures_module
from disclosure.releases.changes import (
    COUNTS,
    Cause,
    Changes,
    FigureChange,
    FigureState,
    FindingChange,
    OfficeChange,
    OfficeState,
    ReportChange,
    ReportState,
    SourceFile,
    Turn,
)
from disclosure.releases.compare import compare
from disclosure.releases.document import changes_document, read_changes
from disclosure.releases.files import ReleaseUnusableError
from disclosure.releases.load import load_release
from made_releases import CELLS, SAMPLE, SHANGDIAN, Made, later, made, write_csv, write_parquet

NAME, OTHER_NAME = "舞钢市尚店镇人民政府", "舞钢市样例镇人民政府"
RECEIVED, FEES = "requests.received.total", "proactive.fees.amount_wan"
PLACES = ("河南省", "平顶山市", "舞钢市")


@pytest.fixture(name="changed")
def _changed(tmp_path: Path) -> Callable[..., Changes]:
    """Compares two made releases; the older one is the usual one where none is given."""

    def changed(new: Made, old: Made | None = None) -> Changes:
        older = write_parquet(old or made(), tmp_path / "old")
        return compare(load_release(older), load_release(write_parquet(new, tmp_path / "new")))

    return changed


def figure(cell: str, old: FigureState, new: FigureState, cause: Cause, office: str = SHANGDIAN) -> FigureChange:
    name = NAME if office == SHANGDIAN else OTHER_NAME
    table, row, column = cell.split(".")
    return FigureChange(office, 2021, name, table, row, column, old, new, cause)


def state(value: Number | None, status: Status | None = Status.PRINTED) -> FigureState:
    return FigureState(value, status)


def report_state(office: str, year: int, figures: int = len(CELLS), findings: int = 0) -> ReportState:
    return ReportState((SourceFile(f"reports/{office}/{year}.txt", f"{office}-{year}"),), figures, findings)


def test_two_equal_releases_give_no_changes(changed: Callable[..., Changes]) -> None:
    found = changed(later())
    assert found == Changes()
    assert found.empty
    assert not found
    assert found.counts() == dict.fromkeys(COUNTS, 0)


def test_a_release_in_csv_equals_the_same_in_parquet(tmp_path: Path) -> None:
    parquet, csv = write_parquet(made(), tmp_path / "p"), write_csv(later(), tmp_path / "c")
    assert compare(load_release(parquet), load_release(csv)).empty


def test_an_added_report_is_one_change_with_its_numbers_of_figures_and_findings(
    changed: Callable[..., Changes],
) -> None:
    new = later()
    new.add_report(SAMPLE, 2022)
    new.add_finding(SAMPLE, 2022, "不符。")
    new.add_finding(SAMPLE, 2022, "不符。")
    report = ReportChange(SAMPLE, 2022, OTHER_NAME, None, report_state(SAMPLE, 2022, findings=2))
    assert changed(new) == Changes(reports=(report,))
    assert report.turn is Turn.ADDED


def test_a_removed_report_is_one_change(changed: Callable[..., Changes]) -> None:
    new = later()
    new.drop_report(SHANGDIAN, 2021)
    report = ReportChange(SHANGDIAN, 2021, NAME, report_state(SHANGDIAN, 2021, findings=1), None)
    assert changed(new) == Changes(reports=(report,))
    assert report.turn is Turn.REMOVED


def test_a_report_without_any_table_can_come(changed: Callable[..., Changes]) -> None:
    new = later()
    new.add_report(SAMPLE, 2022, cells=())
    assert changed(new).reports[0].new == report_state(SAMPLE, 2022, figures=0)


def test_a_replaced_file_is_a_change_even_where_no_figure_is_another(changed: Callable[..., Changes]) -> None:
    new = later()
    new.source(SHANGDIAN, 2021)["sha256"] = "other"
    old_state = report_state(SHANGDIAN, 2021, findings=1)
    new_state = ReportState((SourceFile(old_state.sources[0].file, "other"),), len(CELLS), 1)
    report = ReportChange(SHANGDIAN, 2021, NAME, old_state, new_state)
    assert changed(new) == Changes(reports=(report,))
    assert report.turn is Turn.CHANGED


def test_the_order_of_the_files_of_a_report_is_no_change(changed: Callable[..., Changes]) -> None:
    old, new = made(), later()
    second = {"office": SHANGDIAN, "year": 2021, "file": "a.pdf", "sha256": "pdf", "figures": 0}
    old.tables["sources"].append(second)
    new.tables["sources"].insert(0, second)
    assert changed(new, old).empty


def test_a_figure_is_corrected_through_its_source(changed: Callable[..., Changes]) -> None:
    new = later()
    new.source(SHANGDIAN, 2021)["sha256"] = "other"
    new.figure(SHANGDIAN, 2021, RECEIVED)["value"] = 5
    assert changed(new).figures == (figure(RECEIVED, state(3), state(5), Cause.SOURCE),)


def test_a_figure_is_corrected_through_the_reader(changed: Callable[..., Changes]) -> None:
    new = later()
    new.figure(SHANGDIAN, 2021, RECEIVED)["value"] = 5
    assert changed(new) == Changes(figures=(figure(RECEIVED, state(3), state(5), Cause.READER),))


def test_a_file_that_only_moved_is_no_other_source_of_a_figure(changed: Callable[..., Changes]) -> None:
    new = later()
    new.source(SHANGDIAN, 2021)["file"] = "reports/moved/2021.txt"
    new.figure(SHANGDIAN, 2021, RECEIVED)["value"] = 5
    found = changed(new)
    assert [one.turn for one in found.reports] == [Turn.CHANGED]
    assert [one.cause for one in found.figures] == [Cause.READER]


def test_another_source_of_one_report_is_none_of_the_next(changed: Callable[..., Changes]) -> None:
    new = later()
    new.source(SHANGDIAN, 2022)["sha256"] = "other"
    new.figure(SHANGDIAN, 2021, RECEIVED)["value"] = 5
    assert [one.cause for one in changed(new).figures] == [Cause.READER]


TURNS = {
    "a value lost": ((3, "printed"), (None, "absent"), state(3), state(None, Status.ABSENT)),
    "a gap that is a printed 0": ((None, "blank"), (0, "printed"), state(None, Status.BLANK), state(0)),
    "a printed 0 that is a gap": ((0, "printed"), (None, "blank"), state(0), state(None, Status.BLANK)),
    "status only": ((3, "printed"), (3, "conflict"), state(3), state(3, Status.CONFLICT)),
    "a gap of another kind": (
        (None, "blank"), (None, "ambiguous"), state(None, Status.BLANK), state(None, Status.AMBIGUOUS),
    ),
    "a fraction": (
        ("1.50", "printed"), ("1.25", "placed"), state(Decimal("1.5")), state(Decimal("1.25"), Status.PLACED),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "old_state", "new_state"), TURNS.values(), ids=TURNS)
def test_a_change_of_value_or_status_is_told(
    changed: Callable[..., Changes],
    before: tuple[object, str],
    after: tuple[object, str],
    old_state: FigureState,
    new_state: FigureState,
) -> None:
    old, new = made(), later()
    for release, (value, status) in ((old, before), (new, after)):
        release.figure(SHANGDIAN, 2021, FEES).update(value=value, status=status)
    assert changed(new, old) == Changes(figures=(figure(FEES, old_state, new_state, Cause.READER),))


def test_a_gap_that_stays_a_gap_is_no_change(changed: Callable[..., Changes]) -> None:
    old, new = made(), later()
    for release in (old, new):
        release.figure(SHANGDIAN, 2021, FEES).update(value=None, status="blank")
    assert changed(new, old).empty


@pytest.mark.parametrize("what", ["raw", "file", "line", "proof", "low", "suggestion"])
def test_what_stands_beside_a_figure_may_change_unsaid(changed: Callable[..., Changes], what: str) -> None:
    new = later()
    new.figure(SHANGDIAN, 2021, RECEIVED)[what] = 4 if what in {"line", "low", "suggestion"} else "4"
    assert changed(new).empty


def test_another_edition_of_the_form_takes_cells_away_and_brings_others(changed: Callable[..., Changes]) -> None:
    new = later()
    new.tables["figures"] = [row for row in new.tables["figures"] if (row["office"], row["year"]) != (SAMPLE, 2021)]
    new.tables["reports"], kept = [], [row for row in new.tables["reports"] if row["office"] != SAMPLE]
    new.tables["sources"] = [row for row in new.tables["sources"] if row["office"] != SAMPLE]
    new.add_report(SAMPLE, 2021, (RECEIVED, "requests.closed.total"), form="2019")
    new.tables["reports"] += kept
    nothing = state(None, None)
    gone = [cell for cell in CELLS if cell != RECEIVED]
    assert changed(new) == Changes(
        figures=(
            figure("requests.closed.total", nothing, state(3), Cause.READER, SAMPLE),
            *(figure(cell, state(3), nothing, Cause.READER, SAMPLE) for cell in gone),
        )
    )


def test_a_table_that_is_read_at_last_brings_figures_of_a_report_that_had_none(
    changed: Callable[..., Changes],
) -> None:
    old, new = made(), later()
    old.tables["figures"] = []
    found = changed(new, old)
    assert len(found.figures) == 3 * len(CELLS)
    assert {(one.old.value, one.old.status, one.new.value) for one in found.figures} == {(None, None, 3)}
    assert changed(old, new).counts()["figures_reader"] == 3 * len(CELLS)


def test_releases_without_any_figure_can_be_compared(changed: Callable[..., Changes]) -> None:
    old, new = made(), later()
    old.tables["figures"], new.tables["figures"] = [], []
    new.office(SHANGDIAN)["name"] = "尚店街道办事处"
    assert changed(new, old).counts() == {**dict.fromkeys(COUNTS, 0), "offices_changed": 1}


def test_changes_stand_by_office_year_and_the_order_of_the_form(changed: Callable[..., Changes]) -> None:
    new = later()
    for row in new.tables["figures"]:
        row["value"] = 8
    new.tables["reports"].reverse()
    found = [(one.office, one.year, ".".join(one.cell)) for one in changed(new).figures]
    reports = ((SHANGDIAN, 2021), (SHANGDIAN, 2022), (SAMPLE, 2021))
    assert found == [(office, year, cell) for office, year in reports for cell in CELLS]


def test_a_new_and_a_gone_finding_are_told(changed: Callable[..., Changes]) -> None:
    new = later()
    new.tables["findings"].clear()
    new.add_finding(SHANGDIAN, 2021, "各列之和为 5，总计写作 3。")
    gone, come = "各列之和为 4，总计写作 3。", "各列之和为 5，总计写作 3。"
    rule = "row-total-mismatch"
    assert changed(new) == Changes(
        findings=(
            FindingChange(SHANGDIAN, 2021, NAME, rule, gone, Turn.REMOVED),
            FindingChange(SHANGDIAN, 2021, NAME, rule, come, Turn.ADDED),
        )
    )


def test_a_finding_on_another_line_is_the_same(changed: Callable[..., Changes]) -> None:
    new = later()
    new.tables["findings"][0].update(line=99, finding=12, file="moved.txt", cells="requests.received.total")
    assert changed(new).empty


def test_equal_findings_are_counted(changed: Callable[..., Changes]) -> None:
    new = later()
    for _ in range(2):
        new.add_finding(SHANGDIAN, 2021, "各列之和为 4，总计写作 3。")
    found = changed(new)
    assert [(one.turn, one.count) for one in found.findings] == [(Turn.ADDED, 2)]
    assert found.counts()["findings_added"] == 2


def test_a_finding_about_no_office_is_told_first(changed: Callable[..., Changes]) -> None:
    new = later()
    new.add_finding(SHANGDIAN, 2022, "不符。")
    new.add_finding(None, None, "多余的文件。")
    found = [(one.office, one.year, one.name, one.message) for one in changed(new).findings]
    assert found == [(None, None, "", "多余的文件。"), (SHANGDIAN, 2022, NAME, "不符。")]


def test_an_office_comes_and_goes(changed: Callable[..., Changes]) -> None:
    new = later()
    new.tables["offices"].append(
        {"office": "510000", "name": "四川省人民政府", "province": "四川省", "region": "510000"}
    )
    new.drop_report(SAMPLE, 2021)
    del new.tables["offices"][1]
    found = changed(new)
    assert found.offices == (
        OfficeChange(SAMPLE, OfficeState("样例镇人民政府", "410481", PLACES), None),
        OfficeChange("510000", None, OfficeState("四川省人民政府", "510000", ("四川省",))),
    )
    assert [(one.name, one.turn) for one in found.reports] == [(OTHER_NAME, Turn.REMOVED)]


RENAMED = {"name": "尚店街道办事处", "county": "叶县", "region": "410422"}


@pytest.mark.parametrize("column", RENAMED)
def test_an_office_of_another_name_or_place_is_told(changed: Callable[..., Changes], column: str) -> None:
    new = later()
    new.office(SHANGDIAN)[column] = RENAMED[column]
    found = changed(new)
    assert [(one.office, one.turn) for one in found.offices] == [(SHANGDIAN, Turn.CHANGED)]
    assert found.counts() == {**dict.fromkeys(COUNTS, 0), "offices_changed": 1}


def test_changes_of_a_renamed_office_bear_its_new_name(changed: Callable[..., Changes]) -> None:
    new = later()
    new.office(SHANGDIAN)["name"] = "尚店街道办事处"
    new.figure(SHANGDIAN, 2021, RECEIVED)["value"] = 5
    assert changed(new).figures[0].name == "舞钢市尚店街道办事处"


def test_a_name_that_begins_with_its_place_does_not_get_it_twice() -> None:
    assert OfficeState("舞钢市人民政府", "410481", PLACES).full_name == "舞钢市人民政府"
    assert OfficeState("尚店镇人民政府", "", ()).full_name == "尚店镇人民政府"


def test_two_figures_for_one_cell_are_refused(changed: Callable[..., Changes]) -> None:
    new = later()
    new.tables["figures"].append(dict(new.figure(SHANGDIAN, 2021, RECEIVED)))
    with pytest.raises(ReleaseUnusableError, match="figures 表里同一格有两行"):
        changed(new)


def test_keys_that_could_run_into_each_other_are_refused(
    changed: Callable[..., Changes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two offices, two years, 3 tables, 4 rows and 4 columns need 192 numbers."""
    monkeypatch.setattr(figures_module, "_MOST_KEYS", 193)
    assert changed(later()).empty
    monkeypatch.setattr(figures_module, "_MOST_KEYS", 192)
    with pytest.raises(ReleaseUnusableError, match="figures 表里不同的机关、年度和格太多"):
        changed(later())


def test_figures_of_a_report_that_is_not_listed_are_refused(changed: Callable[..., Changes]) -> None:
    new = later()
    new.tables["reports"].pop()
    with pytest.raises(ReleaseUnusableError, match=f"有 {SAMPLE} 2021 年的数字或来源，但 reports 表里没有这份报告"):
        changed(new)


def test_everything_at_once_is_counted_and_survives_its_document(changed: Callable[..., Changes]) -> None:
    old, new = made(), later()
    old.figure(SHANGDIAN, 2021, FEES)["value"] = "1.5"
    new.figure(SHANGDIAN, 2021, FEES)["value"] = "0.0001"
    new.source(SHANGDIAN, 2022)["sha256"] = "other"
    new.figure(SHANGDIAN, 2022, RECEIVED).update(value=None, status="absent")
    new.drop_report(SAMPLE, 2021)
    new.office(SAMPLE)["name"] = "新名镇人民政府"
    new.add_finding(None, None, "一条。")
    found = changed(new, old)
    told = {name: count for name, count in found.counts().items() if count}
    assert told == {
        "offices_changed": 1, "reports_removed": 1, "reports_changed": 1, "figures_source": 1, "figures_reader": 1,
        "findings_added": 1,
    }  # fmt: skip
    document = changes_document(found, new.version, new.data_date, old.version)
    assert read_changes(document) == found
    assert b'"value": 0.0001' in document
    assert b'"value": null, "status": "absent"' in document


def test_a_change_leads_back(changed: Callable[..., Changes]) -> None:
    new = later()
    new.figure(SHANGDIAN, 2021, RECEIVED)["value"] = 5
    new.add_finding(SHANGDIAN, 2022, "不符。")
    there, back = changed(new), changed(made(), new)
    assert [(one.new, one.old) for one in back.figures] == [(one.old, one.new) for one in there.figures]
    assert [one.turn for one in back.findings] == [Turn.REMOVED]
