"""gather: everything that is published, as pandas tables.

Numbers stay exact: ``value`` columns hold int or Decimal as objects, and None where there is no number. None is never
0: not in a measure, not in a sum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

import pandas as pd

from disclosure.figure_json import ANSWER_FIELDS, PLAIN, answer_values
from disclosure.model import Figure, Finding, Office, Portal, Report
from disclosure.proofs import ProofGroup, group_proofs, proof_id, steps
from disclosure.tallies import measure_all


@dataclass(frozen=True)
class Dataset:
    """The tables. Keys: ``office`` is an office's id, (``office``, ``year``) a report.

    * offices: office, name, kind, folder, regions (codes from the province down, joined by "/"), place_known_by,
      place_inferred;
    * reports: office, year, form, file, sha256;
    * sources: office, year, file, sha256, figures: every file of every report, the main one first, with the number of
      figures that are taken from it;
    * figures: office, year, form, table, row, column, value, status, low, high, suggestion, raw, file, line, proof:
      every cell of the form of every report; ``proof`` is the identifier of a row of ``proofs``;
    * proofs: proof, office, year, table, row, number, steps, distrusted: figures of a row with the same one share it;
    * measures: office, year, form, measure, tally, share: every measure that the report's form has; ``tally`` is the
      amount, of a share its numerator, and ``share`` None for a count;
    * findings: rule, severity, kind, file, line, message, office, year, cells (``table.row.column``, blanks between),
      answer_reason, answer_by, answer_date (None where there is no answer);
    * texts: office, year, number, section, heading, line, text; ``number`` counts the sections of a report from 1.
    """

    offices: pd.DataFrame
    reports: pd.DataFrame
    sources: pd.DataFrame
    figures: pd.DataFrame
    proofs: pd.DataFrame
    measures: pd.DataFrame
    findings: pd.DataFrame
    texts: pd.DataFrame


def gather(portal: Portal) -> Dataset:
    """Put everything that is published into tables, in the order of the portal."""
    reports = portal.reports
    proofs = [(report, group) for report in reports for group in group_proofs(report)]
    return Dataset(
        offices=_frame(_OFFICES, map(_office, portal.offices)),
        reports=_frame(_REPORTS, ((r.office, r.year, r.form, r.file, r.sha256) for r in reports)),
        sources=_frame(_SOURCES, _each(reports, _sources)),
        figures=_figures(reports, proofs),
        proofs=_frame(_PROOFS, (_proof(report, group) for report, group in proofs)),
        measures=_frame(_MEASURES, _each(reports, _measures)),
        findings=_frame(_FINDINGS, map(_finding, portal.findings)),
        texts=_frame(_TEXTS, _each(reports, _texts)),
    )


_OFFICES = ("office", "name", "kind", "folder", "regions", "place_known_by", "place_inferred")
_REPORTS = ("office", "year", "form", "file", "sha256")
_SOURCES = ("office", "year", "file", "sha256", "figures")
_PROOFS = ("proof", "office", "year", "table", "row", "number", "steps", "distrusted")
_MEASURES = ("office", "year", "form", "measure", "tally", "share")
_FINDINGS = ("rule", "severity", "kind", "file", "line", "message", "office", "year", "cells", *ANSWER_FIELDS)
_TEXTS = ("office", "year", "number", "section", "heading", "line", "text")
_WHOLE_NUMBERS = ("year", "line", "number", "low", "high", "suggestion", "distrusted")


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


def _figures(reports: Sequence[Report], proofs: Iterable[tuple[Report, ProofGroup]]) -> pd.DataFrame:
    """Column by column, words as categories: a country has millions of figures, and few different words."""
    figures = [figure for report in reports for figure in report.figures.values()]
    proof_of = {id(figure): proof_id(report, group) for report, group in proofs for figure in group.figures}
    columns: dict[str, Iterable[object]] = {
        "office": _per_figure(reports, lambda report: report.office),
        "year": _per_figure(reports, lambda report: report.year),
        "form": _per_figure(reports, lambda report: report.form),
        "table": (figure.cell.table for figure in figures),
        "row": (figure.cell.row for figure in figures),
        "column": (figure.cell.column for figure in figures),
        "value": (figure.value for figure in figures),
        "status": (PLAIN[figure.status] for figure in figures),
        "low": (figure.bounds[0] if figure.bounds else None for figure in figures),
        "high": (figure.bounds[1] if figure.bounds else None for figure in figures),
        "suggestion": (figure.suggestion for figure in figures),
        "raw": (figure.raw or None for figure in figures),
        "file": _files(reports),
        "line": (figure.line for figure in figures),
        "proof": (proof_of.get(id(figure)) for figure in figures),
    }
    return pd.DataFrame({name: _series(name, values) for name, values in columns.items()})


_WORDS = ("office", "form", "table", "row", "column", "status", "raw", "file", "proof")


def _series(name: str, values: Iterable[object]) -> pd.Series:
    """One column of figures in its type."""
    listed = pd.Series(list(values), dtype=object)
    if name in _WORDS:  # the words stay objects: Arrow, which pandas would keep them in, refuses broken characters
        codes, words = pd.factorize(listed)
        return pd.Series(pd.Categorical.from_codes(codes, pd.Index(words, dtype=object)))
    return listed.astype("Int64") if name in _WHOLE_NUMBERS else listed


def _per_figure(reports: Sequence[Report], told: Callable[[Report], object]) -> Iterator[object]:
    return chain.from_iterable(repeat(told(report), len(report.figures)) for report in reports)


def _files(reports: Sequence[Report]) -> Iterator[str]:
    return (figure.source or report.file for report in reports for figure in report.figures.values())


def _proof(report: Report, group: ProofGroup) -> tuple[object, ...]:
    first: Figure = group.figures[0]
    distrusted = first.proof.distrusted if first.proof else 0
    told = "\n".join(steps(first))
    return proof_id(report, group), report.office, report.year, group.table, group.row, group.number, told, distrusted


def _finding(finding: Finding) -> tuple[object, ...]:
    cells = " ".join(".".join(cell) for cell in finding.cells) or None
    return (
        finding.rule, finding.severity.value, finding.kind.value, finding.file, finding.line, finding.message,
        finding.office, finding.year, cells, *answer_values(finding.answer),
    )  # fmt: skip


def _measures(report: Report) -> Iterator[tuple[object, ...]]:
    for measure, tally, share in measure_all(report):
        yield report.office, report.year, report.form, measure.id, tally, share


def _texts(report: Report) -> Iterator[tuple[object, ...]]:
    for number, section in enumerate(report.filling.sections, 1):
        heading, text = section.heading or None, section.text or None
        yield report.office, report.year, number, section.id, heading, section.line, text
