"""The rule that compares the counts named in the text with the tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from disclosure.check.claims import (
    CARRIED_IN,
    CARRIED_OUT,
    IN_FORCE,
    ISSUED,
    LITIGATION,
    NEW,
    RECEIVED,
    RECONSIDERATION,
    Claim,
    Teller,
    claims_in,
)
from disclosure.check.counts import counts_of
from disclosure.check.equations import shown, total_of, values_of
from disclosure.check.registry import Complaint, Complaints, rule_with_office
from disclosure.model import Cell, Number, Office, Report, Severity


class _Measure(NamedTuple):
    """What a count is compared with: the sum of ``cells``, or that and ``with_carried`` where the wording is wider."""

    name: str
    cells: tuple[Cell, ...]
    with_carried: tuple[Cell, ...] = ()


_TOTAL = "total"
_IN = Cell("requests", "received", _TOTAL)
_OVER = Cell("requests", "carried_in", _TOTAL)
_LAWSUITS = tuple(Cell("disputes", row, _TOTAL) for row in ("litigation_direct", "litigation_after_reconsideration"))
_MEASURES = {
    NEW: _Measure("表三“本年新收”总计", (_IN,)),
    RECEIVED: _Measure("表三“本年新收”总计", (_IN,), (_IN, _OVER)),
    CARRIED_IN: _Measure("表三“上年结转”总计", (_OVER,)),
    CARRIED_OUT: _Measure("表三“结转下年度”总计", (Cell("requests", "carried_out", _TOTAL),)),
    RECONSIDERATION: _Measure("表四“行政复议”总计", (Cell("disputes", "reconsideration", _TOTAL),)),
    LITIGATION: _Measure("表四“行政诉讼”两组总计之和", _LAWSUITS),
    ISSUED: _Measure("表二行政规范性文件“本年制发件数”", (Cell("proactive", "normative_documents", "issued"),)),
    IN_FORCE: _Measure("表二行政规范性文件“现行有效件数”", (Cell("proactive", "normative_documents", "in_force"),)),
}


@rule_with_office("文字与表格不一致", Severity.WARNING)
def narrative_contradicts_table(report: Report, office: Office | None) -> Complaints:
    """什么：正文写明的新收、结转、行政复议、行政诉讼、行政规范性文件数量，与表格所载数量不同。

    “未收到政府信息公开申请”这类说法按 0 比较。

    为什么：同一份报告的文字和表格应当一致。不一致时，读者无法知道哪一个是对的。
    本站只比较说法明确的数量：“约”“余”“近”“以上”等约数、累计多年的数、其他机关或全县全市的数，都不比较；
    同一数量在正文中有一处与表格一致的，不再提示。
    错：正文写“全年新收政府信息公开申请22件”，表三“本年新收”总计 18。
    对：正文写“全年新收政府信息公开申请18件”，表三“本年新收”总计 18。
    """
    if report.year is None:
        return
    known = (report.filling.identity.name, *((office.name, *office.former_names) if office is not None else ()))
    teller = Teller(report.year, tuple(name for name in known if name is not None))
    by_cells: dict[tuple[Cell, ...], list[Claim]] = {}
    for claim in claims_in(counts_of(report), teller):
        by_cells.setdefault(_MEASURES[claim.measure].cells, []).append(claim)
    for group in by_cells.values():
        yield from _contradictions(report, group)


def _contradictions(report: Report, claims: list[Claim]) -> Iterator[Complaint]:
    """One complaint per claim, unless one of the claims about the same thing agrees or the table is not known."""
    allowed = [_allowed(report, _MEASURES[claim.measure]) for claim in claims]
    if any(not values or claim.value in values for claim, values in zip(claims, allowed, strict=True)):
        return
    for claim, values in zip(claims, allowed, strict=True):
        measure = _MEASURES[claim.measure]
        message = (
            f"正文写“{claim.quote}”，{measure.name}是 {shown(values[0])}"
            f"{_with_carried(measure, values)}。文字与表格所载的数量不一致。"
        )
        yield Complaint(message, claim.line, measure.cells)


def _allowed(report: Report, measure: _Measure) -> list[Number]:
    """The numbers that the table allows for a measure, none where a figure is not known."""
    wordings = [cells for cells in (measure.cells, measure.with_carried) if cells]
    known = [values for cells in wordings if (values := values_of(report, cells)) is not None]
    return [total_of(values) for values in known] if len(known) == len(wordings) else []


def _with_carried(measure: _Measure, values: list[Number]) -> str:
    return f"，加上上年结转是 {shown(values[1])}" if measure.with_carried else ""
