"""gather: everything that is published, as pandas tables.

Numbers stay exact: ``value`` columns hold int or Decimal as objects, and None where there is no number. None is never
0: not in a measure, not in a sum.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Final, TypeAlias

import numpy as np
import pandas as pd

from disclosure.figure_json import ANSWER_FIELDS, PLAIN, answer_values
from disclosure.model import Figure, Finding, Office, Portal, Report
from disclosure.proofs import ProofGroup, group_proofs, proof_id, steps
from disclosure.tallies import measure_all

Row: TypeAlias = tuple[object, ...]


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
    """Put everything that is published into tables, in the order of the portal, looking into each report once."""
    figures = _Figures()
    rows: dict[str, list[Row]] = {name: [] for name in _ROWS}
    for report in portal.reports:
        proofs = [(proof_id(report, group), group) for group in group_proofs(report)]
        figures.add(report, proofs)
        rows["reports"].append((report.office, report.year, report.form, report.file, report.sha256))
        rows["sources"] += _sources(report)
        rows["proofs"] += (_proof(report, name, group) for name, group in proofs)
        rows["measures"] += _measures(report)
        rows["texts"] += _texts(report)
    return Dataset(
        offices=_frame(_OFFICES, map(_office, portal.offices)),
        figures=figures.frame(),
        findings=_frame(_FINDINGS, map(_finding, portal.findings)),
        **{name: _frame(columns, rows[name]) for name, columns in _ROWS.items()},
    )


_OFFICES = ("office", "name", "kind", "folder", "regions", "place_known_by", "place_inferred")
_ROWS: Final = {
    "reports": ("office", "year", "form", "file", "sha256"),
    "sources": ("office", "year", "file", "sha256", "figures"),
    "proofs": ("proof", "office", "year", "table", "row", "number", "steps", "distrusted"),
    "measures": ("office", "year", "form", "measure", "tally", "share"),
    "texts": ("office", "year", "number", "section", "heading", "line", "text"),
}
"""The tables that have some rows of every report, and their columns."""
_FINDINGS = ("rule", "severity", "kind", "file", "line", "message", "office", "year", "cells", *ANSWER_FIELDS)
_WHOLE_NUMBERS = ("year", "line", "number", "low", "high", "suggestion", "distrusted")


def _frame(columns: Sequence[str], rows: Iterable[Row]) -> pd.DataFrame:
    """A table of objects, so that no number changes its type; years and lines are nullable whole numbers."""
    frame = pd.DataFrame(list(rows), columns=list(columns), dtype=object)
    return frame.astype({column: "Int64" for column in _WHOLE_NUMBERS if column in columns})


def _office(office: Office) -> Row:
    codes = "/".join(region.code for region in office.regions)
    return office.id, office.name, office.kind, office.folder, codes, office.place_known_by, office.place_inferred


def _sources(report: Report) -> Iterator[Row]:
    values = [figure.source or report.file for figure in report.figures.values() if figure.value is not None]
    for source in report.sources:
        yield report.office, report.year, source.file, source.sha256, values.count(source.file)


class _Figures:
    """The table of figures, column by column, words as codes: a country has millions of rows and few words."""

    def __init__(self) -> None:
        self._words = {name: _Words() for name in _WORDS}
        self._numbers = {name: _Numbers() for name in ("year", "line", "low", "high", "suggestion")}
        self._values: list[object] = []
        self._reports: list[tuple[Report, int]] = []

    def add(self, report: Report, proofs: Iterable[tuple[str, ProofGroup]]) -> None:
        """Add those of a report; ``proofs`` are its own, by identifier."""
        figures = list(report.figures.values())
        proof_of = {figure.cell: name for name, group in proofs for figure in group.figures}
        words: dict[str, Iterable[str | None]] = {
            "office": repeat(report.office, len(figures)),
            "form": repeat(report.form, len(figures)),
            "table": (figure.cell.table for figure in figures),
            "row": (figure.cell.row for figure in figures),
            "column": (figure.cell.column for figure in figures),
            "status": (PLAIN[figure.status] for figure in figures),
            "raw": (figure.raw or None for figure in figures),
            "file": (figure.source or report.file for figure in figures),
            "proof": (proof_of.get(figure.cell) for figure in figures),
        }
        for name, values in words.items():
            self._words[name].add(values)
        self._numbers["year"].add(repeat(report.year, len(figures)))
        self._numbers["line"].add(figure.line for figure in figures)
        self._numbers["low"].add(figure.bounds[0] if figure.bounds else None for figure in figures)
        self._numbers["high"].add(figure.bounds[1] if figure.bounds else None for figure in figures)
        self._numbers["suggestion"].add(figure.suggestion for figure in figures)
        self._values += (figure.value for figure in figures)

    def frame(self) -> pd.DataFrame:
        """The table of all figures that were added."""
        values = pd.Series(self._values, dtype=object)
        columns = {"value": values} | {name: one.column() for name, one in (self._words | self._numbers).items()}
        return pd.DataFrame({name: columns[name] for name in _FIGURES}, copy=False)


_FIGURES: Final = (
    "office", "year", "form", "table", "row", "column", "value", "status", "low", "high", "suggestion", "raw", "file",
    "line", "proof",
)  # fmt: skip
_WORDS: Final = ("office", "form", "table", "row", "column", "status", "raw", "file", "proof")


class _Words:
    """A column of words or None: each different word once, in order of appearance, and a code for every row."""

    def __init__(self) -> None:
        self._code: dict[str | None, int] = _Codes({None: -1})
        self._codes = array("i")

    def add(self, words: Iterable[str | None]) -> None:
        self._codes.extend(map(self._code.__getitem__, words))

    def column(self) -> pd.Series:
        # The words stay objects: Arrow, which pandas would keep them in, refuses broken characters.
        words = pd.Index([word for word in self._code if word is not None], dtype=object)
        return pd.Series(pd.Categorical.from_codes(np.array(self._codes, dtype=np.intc), words))


class _Codes(dict[str | None, int]):
    def __missing__(self, word: str | None) -> int:
        code = self[word] = len(self) - 1  # None has a code, but is no word
        return code


class _Numbers:
    """A column of whole numbers or None."""

    def __init__(self) -> None:
        self._numbers = array("q")
        self._gaps = bytearray()

    def add(self, numbers: Iterable[int | None]) -> None:
        listed = list(numbers)
        self._numbers.extend(number or 0 for number in listed)
        self._gaps.extend(number is None for number in listed)

    def column(self) -> pd.Series:
        gaps = np.array(self._gaps, dtype=bool)
        return pd.Series(pd.arrays.IntegerArray(np.array(self._numbers, dtype=np.int64), gaps))


def _proof(report: Report, name: str, group: ProofGroup) -> Row:
    first: Figure = group.figures[0]
    distrusted = first.proof.distrusted if first.proof else 0
    told = "\n".join(steps(first))
    return name, report.office, report.year, group.table, group.row, group.number, told, distrusted


def _finding(finding: Finding) -> Row:
    cells = " ".join(".".join(cell) for cell in finding.cells) or None
    return (
        finding.rule, finding.severity.value, finding.kind.value, finding.file, finding.line, finding.message,
        finding.office, finding.year, cells, *answer_values(finding.answer),
    )  # fmt: skip


def _measures(report: Report) -> Iterator[Row]:
    for measure, tally, share in measure_all(report):
        yield report.office, report.year, report.form, measure.id, tally, share


def _texts(report: Report) -> Iterator[Row]:
    for number, section in enumerate(report.filling.sections, 1):
        heading, text = section.heading or None, section.text or None
        yield report.office, report.year, number, section.id, heading, section.line, text
