"""The workbook, read back with another library: every number as it was, every gap empty, and said in words."""

from __future__ import annotations

import errno
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from disclosure.export.workbook import REMARKS
from disclosure.export.workbook_values import counts_in
from disclosure.form.template import REQUESTS_2021
from disclosure.measures import MEASURES, MINIMUM_N
from disclosure.model import Cell, Status
from disclosure.render.legend import LEGEND
from workbooks import (
    CHANGE,
    FEES,
    HANDLED,
    OFFICE,
    RECEIVED,
    SHEETS,
    Row,
    at,
    column,
    figure,
    heads,
    measure,
    read,
    report,
    share,
    wide,
    write,
)


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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "data.xlsx").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left") as caught:
        write(tmp_path, {})
    assert caught.value.errno == errno.ENOSPC
