"""The sheets of the workbook: text that stays text, long sheets, what stays in sight, and the same bytes every time."""

from __future__ import annotations

import csv
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pytest
from disclosure.export import workbook_sheet
from disclosure.export.release import gb_citation
from disclosure.export.schema import SCHEMAS, status_field
from disclosure.export.workbook import REMARKS, write_workbook
from disclosure.export.workbook_columns import CUT, LONGEST_TEXT
from disclosure.measures import MINIMUM_N, SERIES_BREAKS
from disclosure.model import Status
from disclosure.render.legend import LEGEND
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import (
    HANDLED,
    OFFICE,
    RECEIVED,
    RELEASE,
    SHEETS,
    at,
    column,
    figure,
    frames,
    measure,
    office,
    read,
    report,
    wide,
    write,
)

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
    assert said["版本"][0] == "1.1.0+20261128.3f9a2c1d"
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
    sheet = read(tmp_path, {}, dictionary=True)["字典"]
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
