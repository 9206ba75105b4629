"""Tables across offices, for one year or one region: what each office reports, what it adds up to, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from disclosure.dataset import MEASURES, Measure, Tally, add_up
from disclosure.model import Office, Report
from disclosure.render import urls
from disclosure.render.blocks import Link, Small, Table, TableRow, Td, Text, Th, To, column_heads, text
from disclosure.render.catalog import Catalog
from disclosure.render.view import View
from disclosure.render.words import form_name, measure_cell, sum_cell

NOT_COLLECTED = "本站尚未收录"
_NOTHING = Td(text("—"), "number")
_MEASURE_LABELS = tuple(measure.label for measure in MEASURES)


def office_table(catalog: Catalog, caption: str, pairs: Iterable[tuple[Office, Report | None]]) -> Table:
    """One row per office with the measures of one of its reports; None says that it is not in the collection."""
    rows = tuple(_office_row(catalog, office, report) for office, report in pairs)
    head = column_heads("机关", "年份", "表式", *_MEASURE_LABELS)
    return Table(caption, head, (rows,), "index")


def office_head(office: Office) -> Th:
    """An office as the head of a row, with the last of its regions where its name does not say it."""
    place = office.regions[-1].name if office.regions else ""
    beside = () if place in office.name else (Small(f"（{place}）"),)
    return Th((Link(office.name, To(urls.office(office.id))), *beside))


def _office_row(catalog: Catalog, office: Office, report: Report | None) -> TableRow:
    if report is None or report.year is None:
        return TableRow((office_head(office), Td(text(NOT_COLLECTED)), *(_NOTHING for _ in ("form", *MEASURES))))
    view = View(office.id, report.year, report)
    cells = (_measure_cell(catalog, view, measure) for measure in MEASURES)
    year = Td((Link(str(report.year), To(urls.year(report.year))),), "year")
    return TableRow((office_head(office), year, Td(text(form_name(report.form))), *cells))


def _measure_cell(catalog: Catalog, view: View, measure: Measure) -> Td:
    """A measure of one report: a single figure leads to its line, a sum to its rows on the office's page."""
    cells = measure.cells(view.report.form)
    figure = view.report.figures.get(cells[0])
    row = To(urls.office(view.office), view.measure_anchor(measure))
    line = view.line(figure.line) if figure and figure.line and len(cells) == 1 else row
    return measure_cell(catalog.tallies[view.office, view.year, measure.id], line, row)


def sums(catalog: Catalog, offices: Sequence[Office], year: int) -> tuple[list[Tally], int]:
    """Every measure added up over the offices' reports for one year, and the number of these reports."""
    ids = [office.id for office in offices if catalog.report(office.id, year)]
    return [add_up(catalog.tallies[one, year, measure.id] for one in ids) for measure in MEASURES], len(ids)


def sum_table(catalog: Catalog, caption: str, offices: Sequence[Office], years: Sequence[int]) -> Table:
    """One row per year with the sums over the offices, each saying what it lacks."""
    head = column_heads("年份", "报告", *_MEASURE_LABELS)
    return Table(caption, head, (tuple(_sum_row(catalog, offices, year) for year in years),), "index")


def _sum_row(catalog: Catalog, offices: Sequence[Office], year: int) -> TableRow:
    tallies, count = sums(catalog, offices, year)
    cells = (sum_cell(one) for one in tallies) if count else (_NOTHING for _ in tallies)
    reports = f"{len(offices)} 个机关，收录 {count} 份"
    year_link = Link(f"{year} 年", To(urls.year(year)))
    return TableRow((Th((year_link,), kind="year"), Td((Text(reports),)), *cells))
