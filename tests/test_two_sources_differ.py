"""Where two files for one office and year print different numbers: which is taken, and when none is."""

from __future__ import annotations

import pytest
from disclosure.check import check_report
from disclosure.model import Cell, Status
from layouts import Layout, pipes, tabs
from test_two_sources import (
    GRANTED,
    GRANTED_ROW,
    LICENSING,
    TOTAL,
    UNPAID_ROW,
    UPHELD,
    changed,
    lines_of,
    merged,
    said,
    told,
    unlabelled,
)


def test_a_misread_digit_that_sums_expose_gives_way_to_the_file_whose_sums_hold() -> None:
    both = merged(lines_of({GRANTED: 2}), changed(lines_of(), "规章"))
    assert both.file == "reports/x/2021.md", "its conflicts cost the other file more than a lost row"
    assert told(both, GRANTED) == (3, Status.PRINTED, "2021.md")
    assert told(both, ("proactive", "rules", "issued")) == (0, Status.PRINTED, "2021.txt")
    assert said(both) == [
        ("sources-differ", "2021.md", 32,
         ("“予以公开”一行：“自然人”，2021.md 第 32 行印作 3，2021.txt 第 33 行印作 2，"
         "只有 2021.md 的数满足表内的加总关系，采用 2021.md 的 3。")),
    ]  # fmt: skip
    assert [found.rule for found in check_report(both)] == ["sources-differ"], "nothing is missing, no sum fails"


def test_two_numbers_that_no_sum_can_tell_apart_are_withheld_and_both_shown() -> None:
    both = merged(lines_of(), lines_of({LICENSING: 7}))
    figure = both.figures[Cell(*LICENSING)]
    assert (figure.value, figure.status, figure.line, figure.remark) == (None, Status.AMBIGUOUS, 15, "12 或 7")
    assert said(both) == [
        ("sources-differ", "2021.txt", 15,
         "“行政许可”一行：“本年处理决定数量”，2021.txt 第 15 行印作 12，2021.md 第 15 行印作 7，不能确定，暂不公布。"),
    ]  # fmt: skip
    assert "figure-withheld" in {found.rule for found in check_report(both)}


def test_two_versions_whose_sums_hold_are_withheld_where_they_differ() -> None:
    both = merged(lines_of(), lines_of({UPHELD: 2, TOTAL: 2}))
    assert [told(both, at)[:2] for at in (UPHELD, TOTAL)] == [(None, Status.AMBIGUOUS)] * 2
    (finding,) = said(both)
    assert "“总计”，2021.txt 第 64 行印作 1，2021.md 第 64 行印作 2，不能确定" in finding[3]


def test_of_two_numbers_that_both_break_the_sum_none_is_taken() -> None:
    both = merged(lines_of({UPHELD: 3}), lines_of({UPHELD: 2}))
    assert told(both, UPHELD)[:2] == (None, Status.AMBIGUOUS)
    assert both.figures[Cell(*UPHELD)].remark == "3 或 2"


def test_an_office_s_own_error_that_both_files_print_stays_a_conflict() -> None:
    both = merged(lines_of({UPHELD: 2}), lines_of({UPHELD: 2}, layout=pipes))
    assert told(both, UPHELD) == (2, Status.CONFLICT, "2021.txt")
    assert [found.rule for found in check_report(both)] == ["dispute-total-mismatch"]


def test_a_sum_over_all_rows_proves_one_of_two_numbers() -> None:
    """In each file, the row and the column of the number lack another one: none of their own sums tells anything."""
    first = changed(lines_of(), GRANTED_ROW, 3, 1, "/", 0, 0, 0, 4)
    second = changed(lines_of(), GRANTED_ROW, 2, 1, 0, "/", 0, 0, 4)
    both = merged(changed(first, "2.重复申请", "/", *[0] * 6), changed(second, "3.要求提供公开出版物", "/", *[0] * 6))
    assert told(both, GRANTED) == (3, Status.RECOVERED, "2021.txt")
    assert "只容许一个数，采用 2021.txt 的 3。" in said(both)[0][3]


def test_a_supplied_number_that_makes_a_sum_fail_is_given_back() -> None:
    """The sums of the main file leave only 0 for the row that it lost; the other file prints 5 there."""
    wrong = {("requests", "closed_fee_unpaid", column): 5 for column in ("social", "total")}
    both = merged(changed(lines_of(), UNPAID_ROW), changed(lines_of(wrong), "规章"))
    assert both.file == "reports/x/2021.txt"
    for column in ("social", "total"):
        assert both.sources[0].value("requests", "closed_fee_unpaid", column) == 0
        assert told(both, ("requests", "closed_fee_unpaid", column))[:2] == (None, Status.AMBIGUOUS)
    assert told(both, GRANTED) == (3, Status.PRINTED, "2021.txt")
    (finding,) = said(both)
    assert finding[3].startswith("“其他处理：逾期未缴费”一行：“社会公益组织”只有 2021.md 第 ")
    assert "行印作 5，与其余的数合不上，没有采用" in finding[3]


def test_a_mark_for_nothing_beside_a_number_above_0_is_a_difference() -> None:
    both = merged(changed(lines_of(), "行政强制", "/"), lines_of({("proactive", "coercion", "decisions"): 5}))
    figure = both.figures[Cell("proactive", "coercion", "decisions")]
    assert (figure.value, figure.status, figure.remark) == (None, Status.AMBIGUOUS, "5 或 /")
    assert "2021.txt 第 19 行印作 /，不能确定，暂不公布。" in said(both)[0][3]


def test_a_row_without_columns_that_does_not_fit_the_other_is_kept_only_where_sums_hold() -> None:
    both = merged(changed(lines_of(), GRANTED_ROW, 2, 1, 0, 0, 0, 0), lines_of())
    assert told(both, GRANTED) == (3, Status.PRINTED, "2021.md")
    assert said(both)[0][3] == (
        "“予以公开”一行：2021.md 第 33 行印作 3、1、0、0、0、0、4，2021.txt 第 33 行印作 2、1、0、0、0、0，对不上，"
        "采用 2021.md 的数。"
    )


def test_a_row_of_table_2_that_does_not_fit_the_other_is_withheld() -> None:
    both = merged(changed(lines_of(), "规章", 0, 5), changed(lines_of(), "规章", 0, 0, 6))
    for column in ("issued", "repealed", "in_force"):
        assert told(both, ("proactive", "rules", column))[:2] == (None, Status.AMBIGUOUS)
    assert said(both)[0][3].endswith("2021.txt 第 11 行印作 0、5，对不上，不能确定的数暂不公布。")


def test_of_two_rows_without_columns_that_differ_the_one_that_its_table_proves_is_taken() -> None:
    first, second = (changed(lines_of(), GRANTED_ROW, number, 1, 0, 0, 0, 4) for number in (2, 3))
    both = merged(first, second)
    assert told(both, GRANTED) == (3, Status.PLACED, "2021.md")
    assert said(both)[0][3].endswith("2021.txt 第 33 行印作 2、1、0、0、0、4，对不上，采用 2021.md 的数。")


def test_two_rows_without_columns_that_differ_are_withheld_where_no_table_proves_either() -> None:
    """In both files another row lacks numbers that could make up for the difference."""
    lines = changed(lines_of(), "2.重复申请", "/", 0, 0, 0, 0, 0, "/")
    first, second = (changed(lines, GRANTED_ROW, number, 1, 0, 0) for number in (2, 3))
    both = merged(first, second)
    row = [figure for cell, figure in both.figures.items() if cell.row == "granted"]
    assert [(figure.value, figure.status) for figure in row] == [(None, Status.AMBIGUOUS)] * 7


@pytest.mark.parametrize("layout", [tabs, unlabelled])
def test_a_number_that_another_table_known_by_order_prints_differently_is_withheld(layout: Layout) -> None:
    more = {("requests", row, column): 5 for row in ("received", "granted", "handled") for column in ("total",)}
    more |= {("requests", row, "business"): 2 for row in ("received", "granted", "handled")}
    both = merged(lines_of(layout=layout), lines_of(more, layout=unlabelled))
    for row in ("received", "granted", "handled"):
        assert both.figures[Cell("requests", row, "total")].remark == "4 或 5"
        assert told(both, ("requests", row, "total"))[:2] == (None, Status.AMBIGUOUS)
    assert told(both, GRANTED)[0] == 3
    assert len(said(both)) == 3
