"""One report as a page shows it: where its figures, proofs and findings stand, on that page and in the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from disclosure.form.template import FORMS, Row, Table
from disclosure.measures import Measure
from disclosure.model import Cell, Figure, Finding, Kind, Report
from disclosure.proofs import ProofGroup, group_proofs, place_on_line
from disclosure.render import urls
from disclosure.render.blocks import Inline, Link, Mark, To


@dataclass(frozen=True, slots=True)
class ShownProof:
    """A proof of one row's figures, and the anchor under which it stands."""

    row: Row
    figures: tuple[Figure, ...]
    anchor: str


@dataclass(frozen=True)
class View:
    """A report of an office for a year, with the findings about it in their order of place.

    ``page`` is the address of the page that shows it in full; ``Catalog.view`` knows it.
    """

    office: str
    year: int
    report: Report
    findings: Sequence[Finding] = ()
    page: str = ""

    def anchor(self, *names: str) -> str:
        """An anchor on the page of the report (see ``urls.year_anchor``)."""
        return urls.year_anchor(self.year, *names)

    def at(self, anchor: str, here: str | None = None) -> To:
        """A place on the page of the report, as seen from the page ``here``."""
        return To(None if self.page == here else self.page, anchor)

    def from_elsewhere(self, part: Inline) -> Inline:
        """A part of what is said on the page of the report, for another page: it leads there."""
        match part:
            case Link(to=To(None) as to) | Mark(to=To(None) as to):
                return replace(part, to=replace(to, page=self.page))
        return part

    def line(self, line: int | None, file: str | None = None) -> To:
        """A line of the source; ``file`` is the further one it is in, where it is in one."""
        further = file if file in self._further else None
        return urls.source_line(self.office, self.year, line, further)

    @cached_property
    def _further(self) -> frozenset[str]:
        return frozenset(one.file for one in self.report.readings[1:])

    def place(self, figure: Figure) -> To:
        """The line that a figure stands on, in whichever file that is, and where on it, if that is certain."""
        line, span = self.line(figure.line, figure.source), place_on_line(figure)
        return line if span is None else To(line.page, line.anchor, (span.start, span.end))

    def table(self, table: str) -> Table | None:
        """The form's table; None where the report has no table of any form."""
        return FORMS[self.report.form].tables[table] if self.report.form else None

    def measure_anchor(self, measure: Measure) -> str:
        """Where a measure's figures stand: its first row, or the whole report where its table is not there."""
        reading = self.report.filling.tables.get(measure.table)
        if self.report.form is None or reading is None or not reading.found:
            return self.anchor("report")
        return self.anchor(measure.table, measure.cells(self.report.form)[0].row)

    def measure_place(self, measure: Measure, here: str | None = None) -> To:
        """Where a measure is printed, seen from the page ``here``: the line of a single figure; of a sum, its rows."""
        cells = measure.cells(self.report.form)
        figure = self.report.figures.get(cells[0])
        if figure and figure.line and len(cells) == 1:
            return self.place(figure)
        return replace(self.at(self.measure_anchor(measure), here), rows=len(cells) if len(cells) > 1 else 0)

    def finding_anchor(self, number: int) -> str:
        """The anchor of the finding with this number, counted from 1."""
        return self.anchor("finding", str(number))

    @cached_property
    def remarks(self) -> Mapping[Cell, Sequence[int]]:
        """The numbers of the findings that say something about the office's own figures, by figure."""
        numbers: dict[Cell, list[int]] = {}
        for number, finding in enumerate(self.findings, 1):
            for cell in finding.cells if finding.kind is Kind.SOURCE else ():
                numbers.setdefault(cell, []).append(number)
        return numbers

    @cached_property
    def proofs(self) -> Mapping[str, Sequence[ShownProof]]:
        """The proofs of the report by table, in the order of the form."""
        found: dict[str, list[ShownProof]] = {}
        for group in group_proofs(self.report) if self.report.form else ():
            row = FORMS[str(self.report.form)].tables[group.table].by_id[group.row]
            found.setdefault(group.table, []).append(ShownProof(row, group.figures, self.group_anchor(group)))
        return found

    def group_anchor(self, group: ProofGroup) -> str:
        """Where one proof stands."""
        return self.anchor("proof", group.table, group.row, str(group.number))

    def row_proof_anchor(self, table: str, row: str) -> str:
        """Where the proofs of a row's figures stand together."""
        return self.anchor("proof", table, row)

    @cached_property
    def proof_anchor(self) -> Mapping[Cell, str]:
        """Where the proof of a figure stands."""
        groups = (group for table in self.proofs.values() for group in table)
        return {figure.cell: group.anchor for group in groups for figure in group.figures}
