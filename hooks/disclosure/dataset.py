"""gather: everything that is published, as pandas tables.

Numbers stay exact: ``value`` columns hold int or Decimal as objects, and None where there is no number. None is never
0: not in a measure, not in a sum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from disclosure.form.template import FORMS
from disclosure.model import Cell, Number, Office, Portal, Report, Status

_TRUST = tuple(Status)
"""``Status`` runs from the most to the least trustworthy: what is made of several figures is as good as the worst."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that means the same in both editions of the form, so that offices and years can stand side by side.

    It is the 总计 of every row of ``table`` whose identifier begins with one of ``rows``.
    """

    id: str
    label: str
    table: str
    rows: tuple[str, ...]

    def cells(self, form: str | None) -> tuple[Cell, ...]:
        """The figures that add up to the measure. Without a form: those of the newest edition."""
        return _cells(self.table, self.rows, form or max(FORMS))


@cache
def _cells(table: str, prefixes: tuple[str, ...], form: str) -> tuple[Cell, ...]:
    rows = (row.id for row in FORMS[form].tables[table].rows)
    return tuple(Cell(table, row, "total") for row in rows if row.startswith(prefixes))


MEASURES = (
    Measure("received", "本年新收", "requests", ("received",)),
    Measure("carried_in", "上年结转", "requests", ("carried_in",)),
    Measure("granted", "予以公开", "requests", ("granted",)),
    Measure("partly_granted", "部分公开", "requests", ("partly_granted",)),
    Measure("refused", "不予公开", "requests", ("refused_",)),
    Measure("unavailable", "无法提供", "requests", ("unavailable_",)),
    Measure("not_processed", "不予处理", "requests", ("not_processed_",)),
    Measure("closed", "其他处理", "requests", ("closed",)),
    Measure("handled", "办理结果总计", "requests", ("handled",)),
    Measure("carried_out", "结转下年度", "requests", ("carried_out",)),
    Measure("reconsideration", "行政复议", "disputes", ("reconsideration",)),
    Measure("litigation", "行政诉讼", "disputes", ("litigation_",)),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """A sum that knows what it lacks.

    ``at_least`` adds up what there is, None if there is nothing; ``known`` of ``of`` parts have a number, and
    ``conflicts`` of them are printed numbers that contradict others. ``status`` is that of the worst part.
    """

    at_least: Number | None
    known: int
    of: int
    status: Status
    conflicts: int = 0

    @property
    def value(self) -> Number | None:
        """The sum, if no part is missing."""
        return self.at_least if self.known == self.of else None


def tally(parts: Iterable[tuple[Number | None, Status]]) -> Tally:
    """Add up counts given as (value, status). Nothing to add up makes no number, not 0.

    What is printed but cannot be a count (a negative number, a fraction) is a gap: it must not lessen a sum.
    """
    listed = list(parts)
    values = [value for value, _ in listed if isinstance(value, int) and value >= 0]
    return Tally(
        at_least=sum(values) if values else None,
        known=len(values),
        of=len(listed),
        status=max((status for _, status in listed), key=_TRUST.index, default=Status.ABSENT),
        conflicts=sum(status is Status.CONFLICT for _, status in listed),
    )


def measure_report(report: Report, measure: Measure) -> Tally:
    """One measure of one report. Where its table was not read, every part is missing."""
    figures = (report.figures.get(cell) for cell in measure.cells(report.form))
    return tally((None, Status.ABSENT) if figure is None else (figure.value, figure.status) for figure in figures)


def add_up(tallies: Iterable[Tally]) -> Tally:
    """Add up one measure over several reports; the parts of the sum are the reports.

    A report counts as known when none of its own parts is missing; what an incomplete one has still adds to
    ``at_least``.
    """
    listed = list(tallies)
    amounts = [one.at_least for one in listed if one.at_least is not None]
    return Tally(
        at_least=sum(amounts) if amounts else None,
        known=sum(one.known == one.of for one in listed),
        of=len(listed),
        status=max((one.status for one in listed), key=_TRUST.index, default=Status.ABSENT),
        conflicts=sum(one.conflicts > 0 for one in listed),
    )


@dataclass(frozen=True)
class Dataset:
    """The tables. Keys: ``office`` is an office's id, (``office``, ``year``) a report.

    * offices: office, name, kind, folder, regions (codes from the province down, joined by "/"), place_known_by,
      place_inferred;
    * reports: office, year, form, file, sha256;
    * sources: office, year, file, sha256, figures: every file of every report, the main one first, with the number of
      figures that are taken from it;
    * figures: office, year, form, table, row, column, value, status, raw, file, line;
    * measures: office, year, form, measure, tally;
    * findings: rule, severity, kind, file, line, message, office, year;
    * texts: office, year, section, heading, line, text.
    """

    offices: pd.DataFrame
    reports: pd.DataFrame
    sources: pd.DataFrame
    figures: pd.DataFrame
    measures: pd.DataFrame
    findings: pd.DataFrame
    texts: pd.DataFrame


def gather(portal: Portal) -> Dataset:
    """Put everything that is published into tables, in the order of the portal."""
    reports = portal.reports
    return Dataset(
        offices=_frame(_OFFICES, map(_office, portal.offices)),
        reports=_frame(_REPORTS, ((r.office, r.year, r.form, r.file, r.sha256) for r in reports)),
        sources=_frame(_SOURCES, _each(reports, _sources)),
        figures=_frame(_FIGURES, _each(reports, _figures)),
        measures=_frame(_MEASURES, _each(reports, _measures)),
        findings=_frame(
            _FINDINGS,
            (
                (f.rule, f.severity.value, f.kind.value, f.file, f.line, f.message, f.office, f.year)
                for f in portal.findings
            ),
        ),
        texts=_frame(_TEXTS, _each(reports, _texts)),
    )


_OFFICES = ("office", "name", "kind", "folder", "regions", "place_known_by", "place_inferred")
_REPORTS = ("office", "year", "form", "file", "sha256")
_SOURCES = ("office", "year", "file", "sha256", "figures")
_FIGURES = ("office", "year", "form", "table", "row", "column", "value", "status", "raw", "file", "line")
_MEASURES = ("office", "year", "form", "measure", "tally")
_FINDINGS = ("rule", "severity", "kind", "file", "line", "message", "office", "year")
_TEXTS = ("office", "year", "section", "heading", "line", "text")
_WHOLE_NUMBERS = ("year", "line")


def _frame(columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    """A table of objects, so that no number changes its type; years and lines are nullable whole numbers."""
    frame = pd.DataFrame(list(rows), columns=list(columns), dtype=object)
    return frame.astype({column: "Int64" for column in _WHOLE_NUMBERS if column in columns})


def _each(
    reports: Iterable[Report], rows: Callable[[Report], Iterator[tuple[object, ...]]]
) -> Iterator[tuple[object, ...]]:
    return (row for report in reports for row in rows(report))


def _office(office: Office) -> tuple[object, ...]:
    codes = "/".join(region.code for region in office.regions)
    return office.id, office.name, office.kind, office.folder, codes, office.place_known_by, office.place_inferred


def _sources(report: Report) -> Iterator[tuple[object, ...]]:
    values = [figure.source or report.file for figure in report.figures.values() if figure.value is not None]
    for source in report.sources:
        yield report.office, report.year, source.file, source.sha256, values.count(source.file)


def _figures(report: Report) -> Iterator[tuple[object, ...]]:
    for cell, figure in report.figures.items():
        yield (
            report.office, report.year, report.form, *cell,
            figure.value, figure.status.value, figure.raw, figure.source or report.file, figure.line,
        )  # fmt: skip


def _measures(report: Report) -> Iterator[tuple[object, ...]]:
    for measure in MEASURES:
        yield report.office, report.year, report.form, measure.id, measure_report(report, measure)


def _texts(report: Report) -> Iterator[tuple[object, ...]]:
    for section in report.filling.sections:
        yield report.office, report.year, section.id, section.heading, section.line, section.text
