"""Rules between the reports of one office for two consecutive years. A missing year or figure keeps them silent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from disclosure.check.equations import row_name, shown, values_of
from disclosure.check.registry import Complaint, Complaints, rule_across_years
from disclosure.form.template import APPLICANTS, FORMS, IN_FORCE, ITEMS_LAST_YEAR
from disclosure.model import Cell, Number, Office, Report, Severity


@rule_across_years("结转数前后不接", Severity.WARNING)
def carry_over_mismatch(_office: Office, reports: Sequence[Report]) -> Complaints:
    """什么：同一机关相邻两年的报告，前一年的“结转下年度继续办理”应等于后一年的“上年结转”，逐列比较。

    为什么：结转到下年的申请不会凭空增减。两年不接，说明其中一年的数字有误，或统计口径有变化。
    错：2021年报告结转下年度 3 件，2022年报告上年结转 1 件。
    对：2021年报告结转下年度 3 件，2022年报告上年结转 3 件。
    """
    for before, after in consecutive(reports):
        differing = [pair for pair in _carried(before, after) if pair.sent != pair.taken]
        if differing:
            yield _carry_over_complaint(before, after, differing)


class _Carried(NamedTuple):
    """What one report sends on in one column, and what the next one takes over."""

    cell: Cell
    column: str
    sent: Number
    taken: Number


def _carried(before: Report, after: Report) -> Iterator[_Carried]:
    for column in APPLICANTS:
        cell = Cell("requests", "carried_in", column.id)
        sent, taken = before.value("requests", "carried_out", column.id), after.value(*cell)
        if sent is not None and taken is not None:
            yield _Carried(cell, column.label, sent, taken)


def _carry_over_complaint(before: Report, after: Report, differing: list[_Carried]) -> Complaint:
    sent = "、".join(f"{pair.column} {shown(pair.sent)}" for pair in differing)
    taken = "、".join(f"{pair.column} {shown(pair.taken)}" for pair in differing)
    message = f"{before.year}年报告“结转下年度”：{sent}；本年报告“上年结转”：{taken}。两年所载的结转数不一致。"
    cells = tuple(pair.cell for pair in differing)
    return Complaint.at(after.figures[cells[0]], message, cells, after)


@rule_across_years("存量前后不接", Severity.NOTICE)
def stock_mismatch(_office: Office, reports: Sequence[Report]) -> Complaints:
    """什么：同一机关相邻两年、用同一版表格的报告，存量应接得上。

    2021年版：上年现行有效件数，加本年制发，减本年废止，应等于本年现行有效件数。
    2019年版：上一份报告的“上一年项目数量”加“本年增/减”，应等于本份报告的“上一年项目数量”。
    为什么：存量接不上，说明其中一年的数字有误，或者清理、移交等情况没有反映在表中。两版表格口径不同，不互相比较。
    错：上年现行有效 24 件，本年制发 3 件，废止 1 件，本年现行有效 30 件。
    对：上年现行有效 24 件，本年制发 3 件，废止 1 件，本年现行有效 26 件。
    """
    for before, after in consecutive(reports):
        if before.form is not None and before.form == after.form:
            yield from _STOCK_BY_FORM[before.form](before, after)


def _stock_2021(before: Report, after: Report) -> Iterator[Complaint]:
    for row in _rows_with(after, IN_FORCE.id):
        issued, repealed, now = cells = _cells(row, "issued", "repealed", "in_force")
        last_year, this_year = values_of(before, [now]), values_of(after, cells)
        if last_year is None or this_year is None:
            continue
        (base,), (plus, minus, stated) = last_year, this_year
        if base + plus - minus != stated:
            message = (
                f"“{row_name(after, now)}”：上年现行有效 {shown(base)} + 本年制发 {shown(plus)}"
                f" − 本年废止 {shown(minus)} = {shown(base + plus - minus)}，"
                f"本年现行有效写作 {shown(stated)}。与{before.year}年报告相比，所载数据不满足存量关系。"
            )
            yield Complaint.at(after.figures[now], message, (issued, repealed, now), after)


def _stock_2019(before: Report, after: Report) -> Iterator[Complaint]:
    for row in _rows_with(after, ITEMS_LAST_YEAR.id):
        items, change = _cells(row, "items_last_year", "change")
        last_year, this_year = values_of(before, (items, change)), values_of(after, [items])
        if last_year is None or this_year is None:
            continue
        (base, plus), (stated,) = last_year, this_year
        if base + plus != stated:
            message = (
                f"“{row_name(after, items)}”：{before.year}年报告的上一年项目数量 {shown(base)}"
                f" + 本年增/减 {shown(plus)} = {shown(base + plus)}，"
                f"本年报告的上一年项目数量写作 {shown(stated)}。所载数据不满足存量关系。"
            )
            yield Complaint.at(after.figures[items], message, (items,), after)


def _cells(row: str, *columns: str) -> tuple[Cell, ...]:
    return tuple(Cell("proactive", row, column) for column in columns)


def _rows_with(report: Report, column: str) -> list[str]:
    """The rows of table 2 that have this column."""
    rows = FORMS[report.form or ""].tables["proactive"].rows
    return [row.id for row in rows if column in {one.id for one in row.columns}]


_STOCK_BY_FORM: dict[str, Callable[[Report, Report], Iterator[Complaint]]] = {
    "2021": _stock_2021,
    "2019": _stock_2019,
}


def consecutive(reports: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """The pairs of reports of two years that follow each other; ``reports`` are oldest first."""
    for before, after in pairwise(reports):
        if before.year is not None and after.year == before.year + 1:
            yield before, after
