"""How an office changed over the years, as charts: what each of them shows, before anything is drawn.

A bar stands for a number and nothing else. A year without one is a gap that says why, in the same words as the tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from disclosure.measures import MEASURE, SERIES_BREAKS, Measure
from disclosure.model import GAPS, Office, Report, Status
from disclosure.render.blocks import Bar, BarKind, Chart, Charts, Link, Small, Strong, To
from disclosure.render.indexes import COVERAGE_NOTE, NOT_COLLECTED, NOT_IN_FORM
from disclosure.render.legend import LEGEND, UNUSABLE
from disclosure.render.words import amount, gaps
from disclosure.tallies import Tally, measure_report

CHARTED: Final = tuple(MEASURE[name] for name in ("received", "handled", "carried_out"))
"""The measures that an office's page draws: what came in, what was done, what was left."""

NEW_FORM: Final = "新表式"

_NOTE = (
    "一根柱是一年，柱上的数与下表相同，0 只画一道短竖线；各图的柱按同一比例画。"
    "没有数的年度不画柱，写明缘由；没有数不等于 0。"
)
_KIND_NOTES: Final[dict[BarKind, str]] = {
    "conflict": f"虚线框的空心柱是{LEGEND[Status.CONFLICT].sign}的数，照报告所载画出。",
    "partial": "实线框的空心柱缺了一部分，只画出已有的数。",
}


def charts(office: Office, reports: Sequence[Report], table: To, measures: Sequence[Measure] = CHARTED) -> Charts:
    """One chart per measure, from the first to the last year of which there is a report of the office.

    ``reports`` are the office's own, at least one; ``table`` is the place of the table with the same numbers;
    ``measures`` are counts.
    """
    by_year = {report.year: report for report in reports if report.year}
    years = range(min(by_year), max(by_year) + 1)
    told = ((measure, tuple(_bar(year, by_year.get(year), measure) for year in years)) for measure in measures)
    drawn = tuple(_chart(office, table, measure, bars) for measure, bars in told)
    return Charts(drawn, tuple((year, NEW_FORM) for year in sorted(SERIES_BREAKS) if year in years[1:]))


def chart_notes(block: Charts) -> Iterator[str]:
    """What a reader has to know about these charts, a sentence or two each; only what occurs in them."""
    bars = [bar for chart in block.charts for bar in chart.bars]
    kinds = {bar.kind for bar in bars}
    yield _NOTE
    yield from (words for kind, words in _KIND_NOTES.items() if kind in kinds)
    if any(bar.sign == NOT_COLLECTED for bar in bars):
        yield COVERAGE_NOTE
    yield from (f"竖虚线表示 {year} 年{SERIES_BREAKS[year]}" for year, _ in block.breaks)


def _chart(office: Office, table: To, measure: Measure, bars: tuple[Bar, ...]) -> Chart:
    caption = (Strong(measure.label), Small(f"（{measure.unit}）"), Link("下表同名一列", table))
    title = f"{office.name}{measure.label}，{bars[0].year} 至 {bars[-1].year} 年"
    return Chart(title, caption, bars, f"chart-{measure.id}".replace("_", "-"))


def _bar(year: int, report: Report | None, measure: Measure) -> Bar:
    """One year of a measure."""
    if report is None:
        return _gap(year, NOT_COLLECTED)
    if not measure.cells(report.form):
        return _gap(year, NOT_IN_FORM)
    one = measure_report(report, measure)
    words = amount(one)
    if one.at_least is None or words is None:
        return _gap(year, LEGEND[one.status].sign if one.status in GAPS else UNUSABLE.sign)
    kind, sign = _trust(one)
    remark = (gaps(one, "格") if one.of > 1 else "") or sign
    told = f"{words} {measure.unit}" + (f"（{remark}）" if remark else "")
    return Bar(year, one.at_least, words, sign, told, kind)


def _gap(year: int, why: str) -> Bar:
    return Bar(year, None, "", why, why, "gap")


def _trust(one: Tally) -> tuple[BarKind, str]:
    """How a bar is drawn, and the sign word beside its number."""
    if one.conflicts:
        return "conflict", LEGEND[Status.CONFLICT].sign
    sign = "" if one.status is Status.PRINTED else LEGEND[one.status].sign
    return ("whole" if one.known == one.of else "partial"), sign
