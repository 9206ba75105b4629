"""The workbook, read back with another library: every number as it was, every gap empty, and said in words."""

from __future__ import annotations

import csv
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from disclosure.export import workbook, workbook_sheet
from disclosure.export.fields import FieldType
from disclosure.export.release import Release, gb_citation
from disclosure.export.schema import SCHEMAS, WIDE, status_field
from disclosure.export.workbook import REMARKS, write_workbook
from disclosure.export.workbook_columns import CUT, LONGEST_TEXT
from disclosure.export.workbook_values import counts_in
from disclosure.form.template import REQUESTS_2021
from disclosure.measures import MEASURES, MINIMUM_N, SERIES_BREAKS
from disclosure.model import Cell, Status
from disclosure.render.legend import LEGEND
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

RELEASE = Release(date(2026, 11, 28), "3f9a2c1d55667788", "https://example.org/portal/")
OFFICE = "410481100"
SHEETS = ["说明", "机关", "报告", "主要指标", "主动公开", "申请办理", "复议诉讼", "核对发现", "字典"]
RECEIVED, HANDLED = Cell("requests", "received", "total"), Cell("requests", "handled", "total")
FEES, CHANGE = Cell("proactive", "fees", "amount_wan"), Cell("proactive", "fees", "change")
PENALTIES = Cell("proactive", "penalties", "decisions")

Row = Mapping[str, object]
Amounts = Mapping[Cell, tuple[object, Status]]


def office(name: str = "样例镇人民政府", office: str = OFFICE, reports: int = 1) -> Row:
    places = {"province": "河南省", "city": "平顶山市", "county": "舞钢市", "region": "410481"}
    known = {"kind": "乡镇人民政府", "place_known_by": "标题写明。", "place_inferred": False}
    return {"office": office, "name": name, "reports": reports, "url": f"offices/{office}/", **places, **known}


def report(year: int = 2022, form: str | None = "2021") -> Row:
    counts = {status.value: number for number, status in enumerate(Status)}
    return {"office": OFFICE, "year": year, "form": form, "file": "a.txt", "sha256": "0" * 64, "findings": 2, **counts}


def measure(measure: str, value: object, status: Status = Status.PRINTED, **more: object) -> Row:
    """A row of ``measure_values``; ``more`` are further fields."""
    return {"office": OFFICE, "year": 2022, "measure": measure, "value": value, "status": status.value, **more}


def share(value: float | None, part: int | None, whole: int | None, status: Status = Status.PRINTED) -> Row:
    return measure("granted_share", value, status, numerator=part, denominator=whole)


def wide(amounts: Amounts, form: str | None = "2021") -> dict[str, list[Row]]:
    """The rows of the wide tables of one report, which has these figures alone."""
    rows: dict[str, list[Row]] = {}
    for table, schema in WIDE.items():
        row: dict[str, object] = {"office": OFFICE, "year": 2022, "form": form}
        for cell, (value, status) in amounts.items():
            if cell.table == table:
                row |= {f"{cell.row}__{cell.column}": value, status_field(cell): status.value}
        rows[schema.name] = [row]
    return rows


def frames(rows: Mapping[str, Sequence[Row]]) -> dict[str, pd.DataFrame]:
    """Tables with these rows; the other tables have none, and fields that a row does not name are None."""
    made = {}
    for schema in SCHEMAS:
        listed = [[row.get(column) for column in schema.columns] for row in rows.get(schema.name, ())]
        frame = pd.DataFrame(listed, columns=list(schema.columns), dtype=object)
        whole = [field.name for field in schema.fields if field.type is FieldType.INTEGER]
        made[schema.name] = frame.astype(dict.fromkeys(whole, "Int64"))
    return made


@pytest.fixture(autouse=True)
def _no_dictionary(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of rows of which one test wants to know."""
    if "dictionary" not in request.node.name:
        monkeypatch.setattr(workbook, "SCHEMAS", SCHEMAS[:1])


def write(folder: Path, rows: Mapping[str, Sequence[Row]], name: str = "data.xlsx") -> Path:
    write_workbook(folder / name, frames(rows), RELEASE)
    return folder / name


def read(folder: Path, rows: Mapping[str, Sequence[Row]]) -> Workbook:
    return load_workbook(write(folder, {"offices": [office()], "reports": [report()], **rows}))


def heads(sheet: Worksheet) -> list[object]:
    return [cell.value for cell in sheet[1]]


def at(sheet: Worksheet, head: str, row: int = 2) -> SheetCell:
    """The cell below a head; row 1 is the head."""
    return sheet.cell(row, heads(sheet).index(head) + 1)


def figure(folder: Path, value: object, status: Status = Status.PRINTED, cell: Cell = RECEIVED) -> SheetCell:
    """The cell of a figure in the workbook of a report that has no other."""
    sheets = {"requests": ("申请办理", "本年新收\n（件）"), "proactive": ("主动公开", TITLES.get(cell, ""))}
    sheet, head = sheets[cell.table]
    return at(read(folder, wide({cell: (value, status)}))[sheet], head)


TITLES = {
    FEES: "行政事业性收费：本年收费金额（单位：万元）",
    CHANGE: "行政事业性收费：本年增/减",
    PENALTIES: "行政处罚：本年处理决定数量",
}


def column(sheet: Worksheet, number: int) -> list[object]:
    return [row[0] for row in sheet.iter_rows(min_col=number, max_col=number, values_only=True)]


def test_the_sheets_stand_in_their_order(tmp_path: Path) -> None:
    assert read(tmp_path, {}).sheetnames == SHEETS


def test_a_row_reads_by_itself(tmp_path: Path) -> None:
    sheet = read(tmp_path, wide({RECEIVED: (3, Status.PRINTED)}))["申请办理"]
    assert heads(sheet)[:8] == [
        "机关编号", "机关", "年度", "省级地区", "市级地区", "县级地区", "表式", "本年新收\n（件）",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[2]][:8] == [
        OFFICE, "样例镇人民政府", 2022, "河南省", "平顶山市", "舞钢市", "2021 年版", 3,
    ]  # fmt: skip


def test_of_requests_the_totals_alone_are_shown(tmp_path: Path) -> None:
    shown = heads(read(tmp_path, {})["申请办理"])[7:-1]
    newest = [f"{row.short}\n（件）" for row in REQUESTS_2021.rows]
    assert shown == [*newest, "其他处理\n（件）"]


@pytest.mark.parametrize(
    ("value", "read_back", "looks"),
    [
        (0, 0, "0"),
        (7, 7, "0"),
        (12_345_678, 12_345_678, "0"),
        (np.int64(5), 5, "0"),
        (Decimal("1.50"), 1.5, "0.00"),
        (Decimal("12345.6789"), 12345.6789, "0.0000"),
        (Decimal(3), 3, "0"),
        (0.00001, 0.00001, "0.00000"),
        (999_999_999_999_999, 999_999_999_999_999, "0"),
    ],
)
def test_a_printed_number_is_itself_with_the_places_it_was_printed_with(
    tmp_path: Path, value: object, read_back: float, looks: str
) -> None:
    cell = figure(tmp_path, value, cell=FEES)
    assert (cell.value, cell.data_type, cell.number_format) == (read_back, "n", looks)


@pytest.mark.parametrize("status", [Status.PLACED, Status.RECOVERED, Status.CONFLICT])
def test_a_number_that_is_not_plainly_printed_stays_a_number_and_carries_its_sign(
    tmp_path: Path, status: Status
) -> None:
    cell = figure(tmp_path, 12, status)
    sign = LEGEND[status].sign
    assert (cell.value, cell.data_type) == (12, "n")
    assert cell.number_format == f'"{sign} "* 0;"{sign} "* -0'


def test_a_negative_number_keeps_its_sign_beside_its_digits(tmp_path: Path) -> None:
    cell = figure(tmp_path, -4, Status.PLACED, CHANGE)
    assert (cell.value, cell.number_format) == (-4, '"归位 "* 0;"归位 "* -0')


def test_a_number_with_more_digits_than_excel_keeps_is_written_out_as_text(tmp_path: Path) -> None:
    assert figure(tmp_path, 1_234_567_890_123_456).value == "1234567890123456"
    assert figure(tmp_path, 10**15, Status.CONFLICT).value == "勾稽不符 1000000000000000"
    assert figure(tmp_path, Decimal("12345678901.23456"), cell=FEES).value == "12345678901.23456"


@pytest.mark.parametrize(
    ("nothing", "status", "pattern"),
    [
        (None, Status.BLANK, "gray0625"),
        (pd.NA, Status.AMBIGUOUS, "lightUp"),
        (float("nan"), Status.ABSENT, "lightTrellis"),
    ],
)
def test_a_missing_number_is_an_empty_cell_whose_pattern_says_why(
    tmp_path: Path, nothing: object, status: Status, pattern: str
) -> None:
    cell = figure(tmp_path, nothing, status)
    assert cell.value is None
    assert cell.fill.patternType == pattern


def test_a_figure_that_the_form_does_not_have_is_an_empty_cell_without_a_pattern(tmp_path: Path) -> None:
    sheet = read(tmp_path, wide({RECEIVED: (1, Status.PRINTED)}))["申请办理"]
    cell = at(sheet, "其他处理\n（件）")
    assert (cell.value, cell.fill.patternType) == (None, None)
    assert at(sheet, REMARKS).value is None


def test_the_last_column_says_what_is_missing_or_doubtful(tmp_path: Path) -> None:
    amounts = {
        RECEIVED: (4, Status.PRINTED),
        Cell("requests", "granted", "total"): (1, Status.PLACED),
        HANDLED: (None, Status.AMBIGUOUS),
    }
    sheet = read(tmp_path, wide(amounts))["申请办理"]
    assert heads(sheet)[-1] == REMARKS
    assert at(sheet, REMARKS).value == "予以公开：归位；办理结果总计：不定"


def test_a_row_of_gaps_alone_is_summed_up(tmp_path: Path) -> None:
    amounts = {Cell("requests", row.id, "total"): (None, Status.ABSENT) for row in REQUESTS_2021.rows}
    sheet = read(tmp_path, wide(amounts))["申请办理"]
    assert at(sheet, REMARKS).value == f"全部 {len(REQUESTS_2021.rows)} 项：未见"
    assert [cell.value for cell in sheet[2]][7:-1] == [None] * (len(REQUESTS_2021.rows) + 1)


def test_many_remarks_are_cut_between_two_of_them_and_counted(tmp_path: Path) -> None:
    amounts: dict[Cell, tuple[object, Status]] = {
        Cell("requests", row.id, "total"): (1, Status.CONFLICT) for row in REQUESTS_2021.rows
    }
    amounts[RECEIVED] = (1, Status.PLACED)
    words = str(at(read(tmp_path, wide(amounts))["申请办理"], REMARKS).value)
    said, _, counted = words.partition("……")
    assert counted == f"等 {len(REQUESTS_2021.rows)} 处"
    assert said.startswith("本年新收：归位；上年结转：勾稽不符；")
    assert said.endswith("：勾稽不符")
    assert len(said) <= 200


def test_a_report_without_tables_says_so_and_has_no_number(tmp_path: Path) -> None:
    rows = {
        **wide({}, form=None),
        "reports": [report(form=None)],
        "measure_values": [measure("received", None, Status.ABSENT)],
    }
    book = read(tmp_path, rows)
    for name in ("主要指标", "主动公开", "申请办理", "复议诉讼"):
        assert at(book[name], REMARKS).value == "没有读到表格"
        assert at(book[name], "表式").value is None
        assert [cell.value for cell in book[name][2]][7:-1] == [None] * (book[name].max_column - 8)


def test_measures_stand_in_one_row_per_report_under_their_names(tmp_path: Path) -> None:
    later = {**measure("handled", 9), "year": 2023}
    rows = {
        "reports": [report(), report(2023)],
        "measure_values": [measure("received", 3), later, measure("handled", 2)],
    }
    sheet = read(tmp_path, rows)["主要指标"]
    assert column(sheet, 3) == ["年度", 2022, 2023]
    assert [at(sheet, "本年新收\n（件）", row).value for row in (2, 3)] == [3, None]
    assert [at(sheet, "办理结果总计\n（件）", row).value for row in (2, 3)] == [2, 9]


def test_a_sum_with_a_gap_is_empty_and_what_is_known_of_it_is_said(tmp_path: Path) -> None:
    rows = {"measure_values": [measure("refused", None, Status.ABSENT, at_least=5), measure("received", 8)]}
    sheet = read(tmp_path, rows)["主要指标"]
    assert at(sheet, "不予公开\n（件）").value is None
    assert at(sheet, REMARKS).value == "不予公开：未见（已知部分之和 5）"


def test_what_is_printed_and_cannot_be_added_up_is_a_gap_of_its_own_kind(tmp_path: Path) -> None:
    rows = {"measure_values": [measure("received", None, Status.CONFLICT), measure("handled", 8)]}
    sheet = read(tmp_path, rows)["主要指标"]
    cell = at(sheet, "本年新收\n（件）")
    assert (cell.value, cell.fill.patternType) == (None, "lightHorizontal")
    assert at(sheet, REMARKS).value == "本年新收：所印的数不能相加"


def test_a_share_is_a_percentage_with_what_it_divides(tmp_path: Path) -> None:
    rows = {"measure_values": [measure("granted", 10), measure("handled", 40), share(0.25, 10, 40)]}
    sheet = read(tmp_path, rows)["主要指标"]
    cell = at(sheet, "予以公开占办结")
    assert (cell.value, cell.number_format, cell.font.italic) == (0.25, "0.0%", False)
    assert at(sheet, "予以公开占办结：分子").value == 10
    assert at(sheet, "予以公开占办结：分母").value == 40


@pytest.mark.parametrize(("whole", "faded"), [(MINIMUM_N - 1, True), (MINIMUM_N, False)])
def test_a_share_of_too_few_is_in_grey_italics(tmp_path: Path, whole: int, faded: bool) -> None:  # noqa: FBT001
    rows = {"measure_values": [measure("granted", 0), measure("handled", whole), share(0.0, 0, whole, Status.PLACED)]}
    cell = at(read(tmp_path, rows)["主要指标"], "予以公开占办结")
    assert (cell.font.italic, cell.font.color.rgb == "FF6B6459") == (faded, faded)
    assert (cell.value, cell.number_format) == (0, '"归位 "* 0.0%;"归位 "* -0.0%')


def test_a_part_of_a_share_has_the_sign_of_its_own_figures(tmp_path: Path) -> None:
    rows = {
        "measure_values": [
            measure("granted", 10, Status.PLACED),
            measure("handled", 40),
            share(0.25, 10, 40, Status.PLACED),
        ]
    }
    sheet = read(tmp_path, rows)["主要指标"]
    assert at(sheet, "予以公开占办结：分子").number_format == '"归位 "* 0;"归位 "* -0'
    assert at(sheet, "予以公开占办结：分母").number_format == "0"


@pytest.mark.parametrize("measure", [one for one in MEASURES if one.is_share], ids=lambda one: one.id)
def test_the_parts_of_every_share_are_counts_whose_signs_are_known(measure: object) -> None:
    for formula in (measure.formula, measure.denominator):  # type: ignore[attr-defined]
        counts = counts_in(formula)
        assert {cell for count in counts for cell in count.formula} == set(formula)
        assert [count for count in counts if count.is_share] == []


@pytest.mark.parametrize(
    ("row", "pattern", "remark"),
    [
        (share(None, 0, 0), None, None),
        (share(None, 3, 2), None, "予以公开占办结：分子大于分母"),
        (share(None, 3, None, Status.ABSENT), "lightTrellis", "予以公开占办结：未见"),
        (share(None, None, 9, Status.CONFLICT), None, "予以公开占办结：所印的数不能相加"),
    ],
)
def test_a_share_that_there_is_not_is_empty_and_said_where_that_is_no_matter_of_course(
    tmp_path: Path, row: Row, pattern: str | None, remark: str | None
) -> None:
    sheet = read(tmp_path, {"measure_values": [measure("received", 9), row]})["主要指标"]
    cell = at(sheet, "予以公开占办结")
    assert (cell.value, cell.fill.patternType) == (None, pattern)
    assert at(sheet, REMARKS).value == remark


TEXTS = (
    "=cmd|'/c calc'!A1", "+1", "-2+3", "@x", "{=1}", "007", "1e5", "3-1", "TRUE", "#N/A", "NULL", "nan",
    "https://example.org/", "mailto:a@b", "internal:说明!A1", "<r>x</r>", "<b>&amp;</b>", '"引号"', " 空格 ",
    "甲\t乙", "甲\n乙", "两  空", "😀镇", "𠮷㐂村", "镇" * 300,
)  # fmt: skip


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """A workbook of offices with these names, each with a report, in their order."""
    named = [(str(410481100 + number), text) for number, text in enumerate(TEXTS)]
    rows = {
        "offices": [office(text, one) for one, text in named],
        "reports": [{**report(), "office": one} for one, _ in named],
    }
    return load_workbook(write(tmp_path_factory.mktemp("texts"), rows))


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_text_whatever_it_looks_like(texts: Workbook, text: str) -> None:
    for sheet, head in (("机关", "名称"), ("报告", "机关")):
        cell = at(texts[sheet], head, TEXTS.index(text) + 2)
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_what_excel_would_read_as_a_character_code_is_escaped(tmp_path: Path) -> None:
    path = write(tmp_path, {"offices": [office("a_x0041_b")]})
    assert ">a_x005F_x0041_b<" in zipfile.ZipFile(path).read("xl/worksheets/sheet2.xml").decode()


def test_control_characters_are_made_visible(tmp_path: Path) -> None:
    book = read(tmp_path, {"offices": [office("甲\x00乙\r\u202e丙\ud800")]})
    assert at(book["机关"], "名称").value == "甲␀乙␍⟨U+202E⟩丙\ufffd"


@pytest.mark.parametrize("character", ["长", "😀"])
def test_text_that_excel_would_refuse_is_cut_and_says_so(tmp_path: Path, character: str) -> None:
    value = str(at(read(tmp_path, {"offices": [office(character * 40_000)]})["机关"], "名称").value)
    units = len(value.encode("utf-16-le")) // 2
    assert LONGEST_TEXT - 1 <= units <= LONGEST_TEXT
    assert value.strip(character) == CUT


def test_text_of_just_the_longest_length_is_whole(tmp_path: Path) -> None:
    value = at(read(tmp_path, {"offices": [office("长" * LONGEST_TEXT)]})["机关"], "名称").value
    assert value == "长" * LONGEST_TEXT


def test_ids_are_text_and_codes_have_their_words(tmp_path: Path) -> None:
    finding = {
        "finding": 1, "rule": "row-total-mismatch", "severity": "warning", "kind": "source", "office": OFFICE,
        "year": 2022, "file": "a.txt", "line": 7, "message": "不符。",
    }  # fmt: skip
    book = read(tmp_path, {"findings": [finding]})
    assert (at(book["机关"], "机关编号").value, at(book["机关"], "所在地区代码").value) == (OFFICE, "410481")
    assert at(book["机关"], "地区为推断").value == "否"
    shown = [at(book["核对发现"], head).value for head in ("规则", "程度", "类别", "行号", "有关的格")]
    assert shown == ["横向合计不符", "值得核对", "报告所载", 7, None]


def test_a_finding_about_no_office_has_its_row(tmp_path: Path) -> None:
    finding = {"finding": 1, "rule": "x", "severity": "notice", "kind": "filing", "message": "无处归档。"}
    sheet = read(tmp_path, {"findings": [finding]})["核对发现"]
    assert [cell.value for cell in sheet[2]][:8] == [1, None, None, None, None, None, None, "x"]


def test_an_office_without_reports_is_listed_with_none(tmp_path: Path) -> None:
    rows = {"offices": [office(), office("空镇人民政府", "410481101", reports=0)]}
    book = read(tmp_path, rows)
    assert column(book["机关"], 1) == ["机关编号", OFFICE, "410481101"]
    assert at(book["机关"], "报告份数", 3).value == 0
    assert column(book["报告"], 1) == ["机关编号", OFFICE]


def test_counts_of_statuses_stand_under_their_signs(tmp_path: Path) -> None:
    sheet = read(tmp_path, {})["报告"]
    assert [at(sheet, f"{LEGEND[status].sign}的数").value for status in Status] == list(range(len(Status)))


def test_no_data_at_all_make_sheets_with_a_head_alone(tmp_path: Path) -> None:
    book = load_workbook(write(tmp_path, {}))
    assert {name: book[name].max_row for name in SHEETS[1:-1]} == dict.fromkeys(SHEETS[1:-1], 1)


def test_the_first_sheet_says_what_it_is_and_how_to_read_it(tmp_path: Path) -> None:
    sheet = read(tmp_path, {"measure_values": [measure("received", 1)]})["说明"]
    said = {str(term): (words, sample.value) for term, words, sample in _three(sheet) if term}
    assert said["版本"][0] == "1.0.0+20261128.3f9a2c1d"
    assert said["数据日期"][0] == "2026-11-28"
    assert said["引用"][0] == gb_citation(RELEASE)
    assert {LEGEND[status].sign: said[LEGEND[status].sign] for status in Status} == {
        word.sign: (word.meaning, 12 if status in {*Status} - GAPS else None) for status, word in LEGEND.items()
    }
    assert "绝不是 0" in str(said["空格"][0])
    assert str(MINIMUM_N) in str(said["灰色斜体"][0])
    for year, change in SERIES_BREAKS.items():
        assert str(said[f"{year} 年起"][0]).startswith(change)
    assert {name: said[name][1] for name in SHEETS[1:-1]} == {
        "机关": 1, "报告": 1, "主要指标": 1, "主动公开": 0, "申请办理": 0, "复议诉讼": 0, "核对发现": 0,
    }  # fmt: skip


GAPS = {Status.BLANK, Status.AMBIGUOUS, Status.ABSENT}


def _three(sheet: Worksheet) -> Iterable[tuple[object, object, SheetCell]]:
    return ((row[0].value, row[1].value, row[2]) for row in sheet.iter_rows(max_col=3))


def test_the_dictionary_has_every_field_of_every_table(tmp_path: Path) -> None:
    sheet = read(tmp_path, {})["字典"]
    listed = [(row[0], row[2], row[3]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert listed == [(schema.name, one.name, one.title) for schema in SCHEMAS for one in schema.fields]
    severity = next(row for row in sheet.iter_rows(values_only=True) if row[:3] == ("findings", "核对发现", "severity"))
    assert severity[3:] == (
        "程度", "文字", None, "是", None, "error：需要改正；warning：值得核对；notice：供参考",
    )  # fmt: skip


def test_a_sheet_too_long_for_excel_says_where_the_rest_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_sheet, "MOST_ROWS", 5)
    ids = [str(410481100 + number) for number in range(5)]
    sheet = read(tmp_path, {"offices": [office(office=one) for one in ids]})["机关"]
    assert column(sheet, 1) == ["机关编号", *ids[:3], "其余 2 行见 CSV：offices.csv"]


def test_a_sheet_that_just_fits_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_sheet, "MOST_ROWS", 5)
    ids = [str(410481100 + number) for number in range(4)]
    assert column(read(tmp_path, {"offices": [office(office=one) for one in ids]})["机关"], 1) == ["机关编号", *ids]


def test_more_rows_than_are_made_at_once_keep_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_sheet, "SLICE", 2)
    ids = [str(410481100 + number) for number in range(5)]
    sheet = read(tmp_path, {"offices": [office(office=one) for one in ids]})["机关"]
    assert column(sheet, 1) == ["机关编号", *ids]


def test_heads_and_leading_columns_stay_in_sight_and_on_paper(tmp_path: Path) -> None:
    sheet = read(tmp_path, wide({RECEIVED: (1, Status.PRINTED)}))["申请办理"]
    last = sheet.cell(1, sheet.max_column).column_letter
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("D2", f"A1:{last}2")
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$C")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_a_column_is_wide_enough_for_its_longest_number_with_its_sign(tmp_path: Path) -> None:
    narrow = figure(tmp_path, 1)
    assert narrow.parent.column_dimensions[narrow.column_letter].width == pytest.approx(9.7, abs=0.1)
    broad = figure(tmp_path, 123_456_789_012, Status.CONFLICT)
    assert broad.parent.column_dimensions[broad.column_letter].width > 12 + 2 * len("勾稽不符")


def test_a_row_is_as_high_as_its_longest_text(tmp_path: Path) -> None:
    book = read(tmp_path, {"offices": [office("短镇", "410481101"), office("长" * 60)]})
    assert [book["机关"].row_dimensions[row].height for row in (2, 3)] == [None, 15 * 5 + 3]


def test_categories_are_read_as_the_words_they_stand_for(tmp_path: Path) -> None:
    made = frames({"offices": [office()], "reports": [report()], **wide({RECEIVED: (4, Status.PLACED)})})
    for name in ("office", "form", status_field(RECEIVED)):
        made["requests_wide"][name] = made["requests_wide"][name].astype("category")
    write_workbook(tmp_path / "data.xlsx", made, RELEASE)
    sheet = load_workbook(tmp_path / "data.xlsx")["申请办理"]
    assert (at(sheet, "机关编号").value, at(sheet, REMARKS).value) == (OFFICE, "本年新收：归位")


def test_the_same_tables_make_the_same_bytes(tmp_path: Path) -> None:
    rows = {"offices": [office()], "reports": [report()], **wide({RECEIVED: (3, Status.PLACED)})}
    first, second = (write(tmp_path, rows, name).read_bytes() for name in ("1.xlsx", "2.xlsx"))
    assert first == second


def test_the_date_of_the_file_is_that_of_the_data(tmp_path: Path) -> None:
    properties = read(tmp_path, {}).properties
    assert properties.created == properties.modified == datetime(2026, 11, 28)  # noqa: DTZ001 -- as the file has it
    assert properties.title == "阳光年报：政府信息公开工作年度报告数据"


def test_a_report_of_an_office_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match=OFFICE):
        write(tmp_path, {"reports": [report()]})


def test_an_unknown_measure_or_status_is_refused(tmp_path: Path) -> None:
    for row in (measure("wishes", 1), {**measure("received", 1), "status": "guessed"}):
        with pytest.raises(KeyError, match=r"wishes|guessed"):
            read(tmp_path, {"measure_values": [row]})


def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed: the workbook is not opened with it")
    path = write(tmp_path, {"offices": [office("=1+1")], "reports": [report()], **wide(
        {RECEIVED: (12, Status.PLACED), HANDLED: (None, Status.ABSENT)}
    )})  # fmt: skip
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", tmp_path, path,
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with (tmp_path / "data-申请办理.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["机关"] for row in rows] == ["=1+1"]
    assert rows[0]["本年新收\n（件）"].split()[-1] == "12"
    assert rows[0]["办理结果总计\n（件）"] == ""
    assert rows[0][REMARKS] == "本年新收：归位；办理结果总计：未见"
