"""Tables across offices, for one year or one region: what each office reports, what it adds up to, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from disclosure.measures import MAIN_MEASURES, Measure
from disclosure.model import Office, Region, Report
from disclosure.render import urls
from disclosure.render.blocks import Link, Small, Table, TableRow, Td, Text, Th, To, column_heads, text
from disclosure.render.catalog import Catalog
from disclosure.render.view import View
from disclosure.render.words import form_name, measure_cell, sum_cell
from disclosure.tallies import Tally, add_up

HOME = Link("首页", To(urls.HOME))
"""Where every breadcrumb begins."""

NOT_COLLECTED = "未收录"
COVERAGE_NOTE = f"“{NOT_COLLECTED}”只说明本站还没有这份报告，不说明机关没有公布。"
_MEASURE_LABELS = tuple(measure.label for measure in MAIN_MEASURES)


def latest_table(catalog: Catalog, caption: str, offices: Sequence[Office], region: str) -> Table:
    """One row per office with the measures of its newest report, and the year that it is about.

    ``region`` is the code of the region that the page is about.
    """
    rows = tuple(_latest_row(catalog, office, office_head(office, region)) for office in offices)
    return Table(caption, column_heads("机关", "年份", *_MEASURE_LABELS, "表式"), (rows,), "index")


def year_table(catalog: Catalog, caption: str, offices: Sequence[Office], year: int) -> Table:
    """One row per office that has a report for the year, and one that adds them up, saying what it lacks."""
    reports = [(office, report) for office in offices if (report := catalog.report(office.id, year))]
    rows = tuple(TableRow((office_head(office), *_measures(catalog, office, report))) for office, report in reports)
    tallies, count = sums(catalog, offices, year)
    total = TableRow((Th(text(f"合计（{count} 份报告）")), *map(sum_cell, tallies), Td(())), "sums", "total")
    return Table(caption, column_heads("机关", *_MEASURE_LABELS, "表式"), (rows, (total,)), "index")


def coverage_table(catalog: Catalog, caption: str) -> Table:
    """One row per office, one column per year, newest first: whether the report is in the collection."""
    years = range(catalog.years[0], catalog.years[-1] - 1, -1)
    rows = tuple(
        TableRow((office_head(office), *(_coverage_cell(catalog, office, year) for year in years)))
        for office in catalog.offices
    )
    return Table(caption, column_heads("机关", *(f"{year} 年" for year in years)), (rows,), "coverage")


def _coverage_cell(catalog: Catalog, office: Office, year: int) -> Td:
    report = catalog.report(office.id, year)
    if report is None:
        return Td(text(NOT_COLLECTED), "missing")
    words = "已收录" if report.form else "已收录，没有读到表格"
    return Td((Link(words, To(urls.office(office.id), urls.year_anchor(year, "report"))),))


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
    view = View(office.id, report.year or 0, report)
    yield from (_measure_cell(catalog, view, measure) for measure in MAIN_MEASURES)
    yield Td(text(form_name(report.form)), "form")


def _measure_cell(catalog: Catalog, view: View, measure: Measure) -> Td:
    """A measure of one report: a single figure leads to its line, a sum to its rows on the office's page."""
    cells = measure.cells(view.report.form)
    figure = view.report.figures.get(cells[0])
    row = To(urls.office(view.office), view.measure_anchor(measure))
    line = view.place(figure) if figure and figure.line and len(cells) == 1 else row
    return measure_cell(catalog.tallies[view.office, view.year, measure.id], line, row)


def sums(catalog: Catalog, offices: Sequence[Office], year: int) -> tuple[list[Tally], int]:
    """Every measure added up over the offices' reports for one year, and the number of these reports."""
    ids = [office.id for office in offices if catalog.report(office.id, year)]
    return [add_up(catalog.tallies[one, year, measure.id] for one in ids) for measure in MAIN_MEASURES], len(ids)


def sum_table(catalog: Catalog, caption: str, offices: Sequence[Office], years: Sequence[int]) -> Table:
    """One row per year with the sums over the offices, each saying what it lacks."""
    head = column_heads("年份", "收录", *_MEASURE_LABELS)
    heads = {year: Th((Link(f"{year} 年", To(urls.year(year))),), kind="year") for year in years}
    return Table(caption, head, (tuple(_sum_row(catalog, heads[year], offices, year) for year in years),), "index")


def region_table(catalog: Catalog, caption: str, regions: Mapping[str, Link], year: int) -> Table:
    """One row per region, given by code with where it leads: the sums over its offices, each saying what it lacks."""
    head = column_heads("地区", "收录", *_MEASURE_LABELS)
    heads = {code: Th((link,)) for code, link in regions.items()}
    rows = tuple(_sum_row(catalog, one, catalog.offices_in[code], year) for code, one in heads.items())
    return Table(caption, head, (rows,), "index")


def _sum_row(catalog: Catalog, head: Th, offices: Sequence[Office], year: int) -> TableRow:
    tallies, count = sums(catalog, offices, year)
    cells = (sum_cell(one) if count else Td(text("—"), "number") for one in tallies)
    collected = Td((Text(f"{count} 份"), Small(f"（{len(offices)} 个机关）")), "form")
    return TableRow((head, collected, *cells))
