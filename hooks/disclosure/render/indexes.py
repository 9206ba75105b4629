"""Tables across offices, for one year or one region: what each office reports, what it adds up to, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from disclosure.form.terms import measure_anchor
from disclosure.measures import MAIN_MEASURES, MEASURES, MINIMUM_N, Measure
from disclosure.model import Office, Region, Report
from disclosure.region_sums import ALL
from disclosure.render import urls
from disclosure.render.blocks import Link, Small, Table, TableRow, Td, Text, Th, To, column_heads, text
from disclosure.render.catalog import Catalog
from disclosure.render.view import View
from disclosure.render.words import form_name, measure_cell, share_sum_cell, sum_cell
from disclosure.tallies import Share, Tally, add_up

HOME = Link("首页", To(urls.HOME))
"""Where every breadcrumb begins."""

NOT_COLLECTED = "未收录"
NOT_IN_FORM = "表式无此项"
COVERAGE_NOTE = f"“{NOT_COLLECTED}”只说明本站还没有这份报告，不说明机关没有公布。"
SHARES_NOTE = (
    f"比值后面的括号里是分子和分母。分母小于 {MINIMUM_N} 的注明“分母小”：多一件少一件就差很多，不宜比较。"
    "几份报告合起来的比值，只算分子分母都有数的报告；有缺数的，不写百分数。"
)


def measure_heads() -> tuple[Th, ...]:
    """The names of the columns of measures, each leading to what it means."""
    return tuple(Th((Link(one.label, To(urls.TERMS, measure_anchor(one.id)), "term"),), "col") for one in MAIN_MEASURES)


def latest_table(catalog: Catalog, caption: str, offices: Sequence[Office], region: str) -> Table:
    """One row per office with the measures of its newest report, and the year that it is about.

    ``region`` is the code of the region that the page is about.
    """
    rows = tuple(_latest_row(catalog, office, office_head(office, region)) for office in offices)
    return Table(caption, _heads("机关", "年份", last="表式"), (rows,), "index")


def year_table(catalog: Catalog, caption: str, offices: Sequence[Office], year: int) -> Table:
    """One row per office that has a report for the year, and one that adds them up, saying what it lacks."""
    reports = [(office, report) for office in offices if (report := catalog.report(office.id, year))]
    rows = tuple(TableRow((office_head(office), *_measures(catalog, office, report))) for office, report in reports)
    tallies, count = sums(catalog, offices, year)
    total = TableRow((Th(text(f"合计（{count} 份报告）")), *map(sum_cell, tallies), Td(())), "sums", "total")
    return Table(caption, _heads("机关", last="表式"), (rows, (total,)), "index")


def _heads(*first: str, last: str = "") -> tuple[Th, ...]:
    return (*column_heads(*first), *measure_heads(), *(column_heads(last) if last else ()))


def office_head(office: Office, here: str = "") -> Th:
    """An office as the head of a row, with the last of its regions where neither its name nor the page says it.

    ``here`` is the code of the region that the page is about.
    """
    place = office.regions[-1] if office.regions else Region("", "")
    beside = () if place.name in office.name or place.code == here else (Small(f"（{place.name}）"),)
    return Th((Link(office.name, To(urls.office(office.id))), *beside))


def _latest_row(catalog: Catalog, office: Office, head: Th) -> TableRow:
    report = catalog.latest(office.id)
    if report is None or report.year is None:
        nothing = (Td(text("—"), "number") for _ in MAIN_MEASURES)
        return TableRow((head, Td(text(NOT_COLLECTED), "missing"), *nothing, Td(text("—"))))
    year = Td((Link(str(report.year), To(urls.year(report.year))),), "year")
    return TableRow((head, year, *_measures(catalog, office, report)))


def _measures(catalog: Catalog, office: Office, report: Report) -> Iterator[Td]:
    yield from measure_cells(catalog, catalog.view(office.id, report))


def measure_cells(catalog: Catalog, view: View, here: str | None = None) -> Iterator[Td]:
    """The measures of one report and its form: a single figure leads to its line, a sum to its rows.

    ``here`` is the page of the table, where that may be the page of the report too.
    """
    for measure in MAIN_MEASURES:
        explained_at = view.at(view.measure_anchor(measure), here)
        one = catalog.tallies[view.office, view.year, measure.id]
        yield measure_cell(one, view.measure_place(measure, here), explained_at)
    yield Td(text(form_name(view.report.form)), "form")


def sums(catalog: Catalog, offices: Sequence[Office], year: int) -> tuple[list[Tally], int]:
    """Every measure added up over the offices' reports for one year, and the number of these reports."""
    ids = [office.id for office in offices if catalog.report(office.id, year)]
    return [add_up(catalog.tallies[one, year, measure.id] for one in ids) for measure in MAIN_MEASURES], len(ids)


def sum_table(catalog: Catalog, caption: str, region: str, years: Sequence[int]) -> Table:
    """One row per year with the sums of a region (``ALL``: of everywhere), each saying what it lacks."""
    head = _heads("年份", "收录")
    heads = {year: Th((Link(f"{year} 年", To(urls.year(year))),), kind="year") for year in years}
    return Table(caption, head, (tuple(_sum_row(catalog, heads[year], region, year) for year in years),), "index")


def region_table(catalog: Catalog, caption: str, regions: Mapping[str, Link], year: int) -> Table:
    """One row per region, given by code with where it leads: the sums over its offices, each saying what it lacks."""
    head = _heads("地区", "收录")
    heads = {code: Th((link,)) for code, link in regions.items()}
    rows = tuple(_sum_row(catalog, one, code, year) for code, one in heads.items())
    return Table(caption, head, (rows,), "index")


def _sum_row(catalog: Catalog, head: Th, region: str, year: int) -> TableRow:
    offices = catalog.offices if region == ALL else catalog.offices_in[region]
    count = catalog.reported[region, year]
    nothing = Td(text("—"), "number")
    cells = (region_sum_cell(catalog, one, region, year) if count else nothing for one in MAIN_MEASURES)
    collected = Td((Text(f"{count} 份"), Small(f"（{len(offices)} 个机关）")), "form")
    return TableRow((head, collected, *cells))


def measure_link(measure: Measure) -> Link:
    """The name of a measure, leading to its page."""
    return Link(measure.label, To(urls.measure(measure.id)))


def measure_head(measure: Measure) -> Th:
    """A measure as the head of a row, with its unit."""
    return Th((measure_link(measure), *(() if measure.is_share else (Small(f"（{measure.unit}）"),))))


def shares_table(catalog: Catalog, caption: str, region: str, years: Sequence[int]) -> Table:
    """One row per share, one column per year: what the reports of a region (``ALL``: of everywhere) come to."""
    shares = [one for one in MEASURES if one.is_share]
    rows = tuple(
        TableRow((measure_head(one), *(region_sum_cell(catalog, one, region, year) for year in years)))
        for one in shares
    )
    return Table(caption, column_heads("比值", *(f"{year} 年" for year in years)), (rows,), "measures")


def region_sum_cell(catalog: Catalog, measure: Measure, region: str, year: int) -> Td:
    """A measure of a region in a year; where there is none, why."""
    found = catalog.sum_of.get((region, year, measure.id))
    if found is None:
        return Td(text(NOT_IN_FORM if catalog.reported[region, year] else NOT_COLLECTED), "number missing")
    if isinstance(found.amount, Share):
        return share_sum_cell(found.amount, measure.minimum_n or 0)
    return sum_cell(found.amount)
