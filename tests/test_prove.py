"""One case per phenomenon: value, status, what was printed, and how the proof says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from disclosure.form.template import FORMS, OUTCOME_ROWS, TABLES
from disclosure.model import Cell, Entry, Figure, Filling, Identity, RowReading, Span, Status, TableReading
from disclosure.prove import prove_tables
from prove_strategies import columns_of, make_table, prove, sample

APPLICANTS = columns_of("requests", "granted")
OUTCOMES = columns_of("disputes", "reconsideration")
P, L, R = Status.PRINTED, Status.PLACED, Status.RECOVERED
B, A, C, X = Status.BLANK, Status.AMBIGUOUS, Status.CONFLICT, Status.ABSENT
SIX_OF_SEVEN = dict.fromkeys(OUTCOME_ROWS["2021"], (0,) * 6) | {"granted": (1, 0, 0, 0, 0, 1)}
ONE_REQUEST = dict.fromkeys(("received", "handled"), (1, 0, 0, 0, 0, 0, 1))


def row_of(figures: Mapping[Cell, Figure], table: str, row: str) -> list[Figure]:
    return [figures[Cell(table, row, column)] for column in columns_of(table, row)]


def values(figures: list[Figure]) -> list[object]:
    return [figure.value for figure in figures]


def statuses(figures: list[Figure]) -> list[Status]:
    return [figure.status for figure in figures]


def sentences(figure: Figure) -> list[str]:
    assert figure.proof is not None
    return [step.sentence for step in figure.proof.steps]


def statuses_of(figures: Mapping[Cell, Figure], table: str) -> Counter[Status]:
    return Counter(figure.status for cell, figure in figures.items() if cell.table == table)


def cells_with(figures: Mapping[Cell, Figure], status: Status, table: str = "requests") -> set[tuple[str, str]]:
    return {
        (cell.row, cell.column) for cell, figure in figures.items() if figure.status is status and cell.table == table
    }


# --- nothing lost -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_every_cell_of_the_form_has_a_figure_in_its_order(form: str) -> None:
    figures = prove(form=form)
    assert list(figures) == [
        Cell(table, row.id, column.id)
        for table in TABLES
        for row in FORMS[form].tables[table].rows
        for column in row.columns
    ]
    assert [cell for cell, figure in figures.items() if figure.cell != cell] == []


def test_a_whole_table_is_printed_with_its_places() -> None:
    figures = prove(sample({}))
    assert statuses_of(figures, "requests") == {P: 175}
    assert figures["requests", "granted", "total"] == Figure(
        Cell("requests", "granted", "total"), 4, P, "4", Span(22, 12, 13), 22
    )


def test_the_remark_beside_a_number_is_kept() -> None:
    row = RowReading("fees", (Entry(Decimal("0.5"), "0.5", Span(9, 2, 5), remark="万元"),), ("amount_wan",), 9)
    figures = prove(TableReading("proactive", (row,), found=True))
    assert figures["proactive", "fees", "amount_wan"].remark == "万元"
    assert figures["proactive", "fees", "amount_wan"].value == Decimal("0.5")


def test_without_a_form_there_are_no_figures() -> None:
    assert prove_tables(Filling(None, Identity(), {}, (), (), ())) == {}


# --- one number lost, its column unknown --------------------------------------------------------------------------


def test_six_numbers_that_fit_in_one_way_are_placed_and_the_seventh_recovered() -> None:
    received = row_of(prove(sample({"received": (5, 1, 0, 0, 0, 0)})), "requests", "received")
    assert values(received) == [5, 1, 0, 0, 0, 0, 6]
    assert statuses(received) == [L, L, L, L, L, L, R]
    assert [figure.raw for figure in received] == ["5", "1", "0", "0", "0", "0", None]
    assert [figure.span for figure in received[:2]] == [Span(20, 0, 1), Span(20, 2, 3)]
    assert {figure.line for figure in received} == {20}
    assert sentences(received[6]) == [
        "“本年新收”一行依次印出 6 个数：5、1、0、0、0、0；表有 7 列，缺 1 个，缺在哪一列不明。",
        (
            "这 6 个数保持次序放进 7 列，共有 7 种放法；凡符合横向合计（六类申请人之和等于总计）的，"
            "各列都依次是：5、1、0、0、0、0、6。"
        ),
        "把“收到和处理政府信息公开申请情况”表中印出的 174 个数逐个当作可能有误、不予采信，重新推算，结果都不变。",
    ]
    assert received[6].proof is not None
    assert received[6].proof.distrusted == 174


def test_where_the_lost_column_cannot_be_told_each_number_is_still_counted_once() -> None:
    granted = row_of(prove(sample({"granted": (3, 1, 0, 0, 0, 4)})), "requests", "granted")
    assert values(granted) == [3, 1, 0, 0, 0, 0, 4]
    assert statuses(granted) == [L, L, L, L, L, R, L]
    assert [figure.raw for figure in granted] == ["3", "1", "0", "0", "0", None, "4"]
    assert granted[6].span == Span(22, 10, 11)
    note = "缺的究竟是哪一列无从判定，也不影响各列的数值；这里约定把“其他”记为未印出。"
    assert [note in sentences(figure) for figure in granted] == [False, False, True, True, True, True, False]


def test_twenty_one_rows_of_six_numbers_are_all_placed() -> None:
    figures = prove(make_table("requests", SIX_OF_SEVEN | ONE_REQUEST))
    assert statuses_of(figures, "requests") == {P: 28, L: 126, R: 21}
    assert values(row_of(figures, "requests", "granted")) == [1, 0, 0, 0, 0, 0, 1]
    assert cells_with(figures, R) == {(row, "other_org") for row in OUTCOME_ROWS["2021"]}
    assert sentences(figures["requests", "closed_other", "total"]) == [
        "“其他处理：其他”一行依次印出 6 个数：0、0、0、0、0、0；表有 7 列，缺 1 个，缺在哪一列不明。",
        (
            "这 6 个数保持次序放进 7 列，共有 7 种放法；凡符合横向合计（六类申请人之和等于总计）的，"
            "各列都依次是：0、0、0、0、0、0、0。"
        ),
        "缺的究竟是哪一列无从判定，也不影响各列的数值；这里约定把“其他”记为未印出。",
        "把“收到和处理政府信息公开申请情况”表中印出的 154 个数逐个当作可能有误、不予采信，重新推算，结果都不变。",
    ]
    assert sentences(figures["requests", "granted", "natural_person"]) == [
        "“予以公开”一行依次印出 6 个数：1、0、0、0、0、1；表有 7 列，缺 1 个，缺在哪一列不明。",
        "另有 20 行也有数字没有印出或列位不明，但按横向合计（六类申请人之和等于总计），其“自然人”都是 0。",
        (
            "“自然人”一列，纵向合计（各项办理结果之和等于办理结果总计）：□ + 其余 20 项（合计 0）= 1，"
            "所以“予以公开”一行的“自然人”（□）是 1。"
        ),
        "把“收到和处理政府信息公开申请情况”表中印出的 154 个数逐个当作可能有误、不予采信，重新推算，结果都不变。",
    ]


def test_a_total_row_may_be_among_the_damaged_ones() -> None:
    damaged = [row.id for row in FORMS["2021"].tables["requests"].rows][11:]
    figures = prove(make_table("requests", dict.fromkeys(damaged, (0,) * 6)))
    assert statuses_of(figures, "requests") == {P: 77, L: 84, R: 14}
    assert {figure.value for cell, figure in figures.items() if cell.table == "requests"} == {0}


def test_a_placed_number_that_could_stand_in_two_columns_is_withheld() -> None:
    """Two rows that can trade a request between applicants, both without their columns."""
    printed = {"granted": (1, 0, 0, 0, 0, 1), "unavailable_not_held": (1, 0, 0, 0, 0, 1)}
    whole = dict.fromkeys(("received", "handled"), (1, 1, 0, 0, 0, 0, 2))
    figures = prove(make_table("requests", {**printed, **whole}))
    for row in printed:
        figure = figures["requests", row, "natural_person"]
        assert (figure.value, figure.status, figure.raw, figure.bounds) == (None, A, None, (0, 1))
        assert figures["requests", row, "total"].value == 1
        assert figures["requests", row, "total"].status is L


# --- gaps at known places, marks, lost rows -----------------------------------------------------------------------


def test_a_gap_at_a_known_place_is_recovered() -> None:
    table = sample({"granted": (3, 0, 0, 0, 0, 4)}, {"granted": [name for name in APPLICANTS if name != "business"]})
    figure = prove(table)["requests", "granted", "business"]
    assert (figure.value, figure.status, figure.raw, figure.line) == (1, R, "", 22)
    assert sentences(figure)[:2] == [
        "“予以公开”一行的“商业企业”没有印出数字。",
        "横向合计（六类申请人之和等于总计）：3 + □ + 0 + 0 + 0 + 0 = 4，所以“予以公开”一行的“商业企业”（□）是 1。",
    ]


def test_a_mark_is_recovered_where_the_relations_leave_only_0_and_is_kept() -> None:
    figure = prove(sample({"granted": (3, 1, "/", 0, 0, 0, 4)}))["requests", "granted", "research"]
    assert (figure.value, figure.status, figure.raw, figure.span) == (0, R, "/", Span(22, 4, 5))


def test_a_mark_is_not_replaced_by_a_count_whatever_the_relations_say() -> None:
    """The mark says that there is nothing: one of the two is wrong, and nobody can tell which."""
    figure = prove(sample({"granted": (3, "/", 0, 0, 0, 0, 4)}))["requests", "granted", "business"]
    assert (figure.value, figure.status, figure.raw, figure.span) == (None, B, "/", Span(22, 2, 3))


def test_a_mark_in_an_unplaced_row_keeps_its_order() -> None:
    row = row_of(prove(sample({"unavailable_not_held": (2, "—", "—", 2)})), "requests", "unavailable_not_held")
    assert values(row) == [2, 0, 0, 0, 0, 0, 2]
    assert statuses(row) == [L, R, R, R, R, R, L]
    assert [figure.raw for figure in row] == ["2", "—", "—", None, None, None, "2"]


def test_blank_is_not_zero_where_nothing_proves_it() -> None:
    table = make_table("disputes", {"reconsideration": (0, "/", 0, 0, 0)})
    figures = prove(table)
    figure = figures["disputes", "reconsideration", "corrected"]
    assert (figure.value, figure.status, figure.raw, figure.span, figure.proof) == (None, B, "/", Span(20, 2, 3), None)
    assert statuses_of(figures, "disputes") == {P: 14, B: 1}


def test_a_table_of_marks_stays_blank() -> None:
    marks = {row.id: ("无",) * 7 for row in FORMS["2021"].tables["requests"].rows}
    figures = prove(make_table("requests", marks))
    assert statuses_of(figures, "requests") == {B: 175}
    assert {figure.value for figure in figures.values()} == {None}


def test_a_lost_row_is_recovered_without_a_place() -> None:
    row = row_of(prove(sample({"unavailable_not_held": None})), "requests", "unavailable_not_held")
    assert values(row) == [2, 0, 0, 0, 0, 0, 2]
    assert set(statuses(row)) == {R}
    assert [(figure.raw, figure.line, figure.span) for figure in row] == [(None, None, None)] * 7
    assert sentences(row[0])[:2] == [
        "原文中没有读到“无法提供：本机关不掌握”一行的数字。",
        (
            "“自然人”一列，纵向合计（各项办理结果之和等于办理结果总计）：□ + 其余 20 项（合计 3）= 5，"
            "所以“无法提供：本机关不掌握”一行的“自然人”（□）是 2。"
        ),
    ]


def test_a_label_without_numbers_is_recovered_or_blank() -> None:
    granted = row_of(prove(sample({"granted": ()})), "requests", "granted")
    assert [(figure.value, figure.status, figure.raw, figure.line) for figure in granted[:2]] == [
        (3, R, "", 22),
        (1, R, "", 22),
    ]
    dispute = row_of(prove(make_table("disputes", {"reconsideration": ()})), "disputes", "reconsideration")
    assert [(figure.value, figure.status, figure.raw, figure.line) for figure in dispute] == [(None, B, "", 20)] * 5


def test_two_lost_rows_leave_ranges_where_they_share_requests() -> None:
    figures = prove(sample({"granted": None, "unavailable_not_held": None}))
    for row in ("granted", "unavailable_not_held"):
        found = row_of(figures, "requests", row)
        assert statuses(found) == [A, A, R, R, R, R, A]
        assert values(found) == [None, None, 0, 0, 0, 0, None]
        assert [figure.bounds for figure in found] == [(0, 5), (0, 1), None, None, None, None, (0, 6)]


def test_rows_that_nothing_limits_are_absent() -> None:
    figures = prove(sample({"granted": None, "handled": None, "received": None, "carried_in": None}))
    assert figures["requests", "granted", "natural_person"] == Figure(
        Cell("requests", "granted", "natural_person"), None, X
    )


def test_a_missing_table_stays_absent() -> None:
    figures = prove(sample({}))
    assert statuses_of(figures, "disputes") == {X: 15}
    assert statuses_of(figures, "proactive") == {X: 10}


# --- one equation is never enough ---------------------------------------------------------------------------------


def test_fourteen_of_fifteen_dispute_numbers_prove_nothing_about_the_short_block() -> None:
    figures = prove(make_table("disputes", {"litigation_direct": (0, 0, 0, 0)}))
    assert statuses_of(figures, "disputes") == {P: 10, A: 5}
    short = row_of(figures, "disputes", "litigation_direct")
    assert [(figure.value, figure.raw, figure.bounds) for figure in short] == [(None, None, (0, None))] * 5


def test_a_value_that_rests_on_one_printed_number_is_not_published() -> None:
    """The lost result is 3 if the total is right; without the total it could be anything."""
    table = make_table(
        "disputes", {"reconsideration": (2, 0, 0, 5)}, {"reconsideration": ["upheld", "corrected", "other", "total"]}
    )
    figure = prove(table)["disputes", "reconsideration", "pending"]
    assert (figure.value, figure.status) == (None, B)


# --- contradictions -----------------------------------------------------------------------------------------------


def test_a_wrong_total_is_kept_and_gets_a_suggestion() -> None:
    figures = prove(sample({"received": (5, 1, 0, 0, 0, 0, 7)}))
    total = figures["requests", "received", "total"]
    assert (total.value, total.status, total.raw, total.suggestion) == (7, C, "7", 6)
    row, column = {("received", name) for name in APPLICANTS}, {"received", "carried_in", "handled", "carried_out"}
    assert cells_with(figures, C) == row | {(name, "total") for name in column}
    assert [cell for cell, figure in figures.items() if figure.suggestion is not None] == [total.cell]


def test_two_wrong_numbers_get_no_suggestion() -> None:
    figures = prove(sample({"received": (5, 1, 0, 0, 0, 0, 7), "granted": (3, 1, 0, 0, 0, 0, 9)}))
    assert figures["requests", "granted", "total"].status is C
    assert {figure.suggestion for figure in figures.values()} == {None}


def test_a_dispute_block_that_does_not_add_up_gets_no_suggestion() -> None:
    """Any of its five numbers could be the wrong one."""
    figures = prove(make_table("disputes", {"reconsideration": (1, 0, 0, 0, 2)}))
    assert cells_with(figures, C, "disputes") == {("reconsideration", name) for name in OUTCOMES}
    assert {figure.suggestion for figure in figures.values()} == {None}


def test_nothing_is_recovered_where_a_row_may_stand_beside_a_wrong_label() -> None:
    """The numbers of 总计 are another row's: its natural persons add up to 0, so the lost rows would all become 0."""
    lost = {"granted", "partly_granted", "refused_state_secret"}
    numbers = {"handled": (0, 0, 24, 0, 1, 0, 25), "not_processed_excessive": (0, 0, 19, 0, 14, 0, 33)}
    table = sample({**numbers, "carried_out": (8, 0, 0, 0, 0, 0, 8)})
    figures = prove(replace(table, rows=tuple(row for row in table.rows if row.row not in lost)))
    for row in lost:
        assert {figures["requests", row, column].value for column in APPLICANTS} == {None}


def test_beside_a_contradiction_only_what_it_does_not_touch_is_recovered() -> None:
    gap = {"granted": [name for name in APPLICANTS if name != "business"]}
    figures = prove(sample({"received": (5, 1, 0, 0, 0, 0, 7), "granted": (3, 0, 0, 0, 0, 4)}, gap))
    assert (figures["requests", "granted", "business"].value, figures["requests", "granted", "business"].status) == (
        1,
        R,
    )
    gap = {"carried_in": [name for name in APPLICANTS if name != "total"]}
    figures = prove(sample({"received": (5, 1, 0, 0, 0, 0, 7), "carried_in": (1, 0, 0, 0, 0, 0)}, gap))
    lost = figures["requests", "carried_in", "total"]
    assert (lost.value, lost.status, lost.proof) == (None, B, None)
    assert figures["requests", "received", "total"].status is C


def test_in_a_table_that_contradicts_itself_no_range_is_published() -> None:
    figures = prove(sample({"received": (5, 1, 0, 0, 0, 0, 7), "granted": None, "unavailable_not_held": None}))
    figure = figures["requests", "granted", "natural_person"]
    assert (figure.value, figure.status, figure.bounds) == (None, X, None)


def test_a_short_row_that_fits_no_column_withholds_itself_and_flags_the_columns_it_cannot_fit() -> None:
    """The short row adds up by itself, but no way of placing it agrees with the two columns that have numbers."""
    figures = prove(sample({"granted": (4, 1, 0, 0, 0, 5)}))
    granted = row_of(figures, "requests", "granted")
    assert [(figure.value, figure.status, figure.bounds) for figure in granted] == [(None, A, None)] * 7
    rows = [row for row in (*OUTCOME_ROWS["2021"], "handled") if row != "granted"]
    assert cells_with(figures, C) == {(row, column) for row in rows for column in ("natural_person", "total")}
    assert statuses_of(figures, "requests") == {A: 7, C: 42, P: 126}


def test_more_applicants_than_the_total_is_a_conflict_before_all_is_known() -> None:
    table = make_table(
        "disputes", {"reconsideration": (4, 0, 0, 2)}, {"reconsideration": ["upheld", "corrected", "other", "total"]}
    )
    found = row_of(prove(table), "disputes", "reconsideration")
    assert statuses(found) == [C, C, C, B, C]
    assert values(found) == [4, 0, 0, None, 2]


@pytest.mark.parametrize("number", [Decimal("3.5"), -3, 10**13])
def test_what_cannot_be_a_count_is_kept_as_a_conflict(number: int | Decimal) -> None:
    figure = prove(sample({"granted": (number, 1, 0, 0, 0, 0, 4)}))["requests", "granted", "natural_person"]
    assert (figure.value, figure.status, figure.raw, figure.suggestion) == (number, C, str(number), 3)


def test_what_cannot_be_a_count_withholds_its_row_where_the_columns_are_lost() -> None:
    granted = row_of(prove(sample({"granted": (Decimal("3.5"), 1, 0, 0, 0, 4)})), "requests", "granted")
    assert [(figure.value, figure.status) for figure in granted] == [(None, A)] * 7


# --- table 2: no relations ----------------------------------------------------------------------------------------


def test_table_2_shows_what_is_printed_and_keeps_marks() -> None:
    printed = {"rules": (0, "/", 12), "fees": (Decimal("1.2500"),), "penalties": ()}
    figures = prove(make_table("proactive", printed))
    assert statuses(row_of(figures, "proactive", "rules")) == [P, B, P]
    assert figures["proactive", "rules", "repealed"].raw == "/"
    assert figures["proactive", "fees", "amount_wan"].value == Decimal("1.2500")
    assert (
        figures["proactive", "penalties", "decisions"].status,
        figures["proactive", "penalties", "decisions"].raw,
    ) == (B, "")


def test_table_2_withholds_numbers_without_columns_and_rows_not_read() -> None:
    figures = prove(make_table("proactive", {"rules": (0, 12), "licensing": None}))
    assert [
        (figure.value, figure.status, figure.raw, figure.bounds) for figure in row_of(figures, "proactive", "rules")
    ] == [(None, A, None, None)] * 3
    assert figures["proactive", "licensing", "decisions"].status is X


def test_table_2_of_the_2019_form_has_negative_changes() -> None:
    figures = prove(make_table("proactive", {"licensing": (19, -8, 0)}, form="2019"), form="2019")
    assert (figures["proactive", "licensing", "change"].value, figures["proactive", "licensing", "change"].status) == (
        -8,
        P,
    )
