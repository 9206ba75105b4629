"""One report as a page shows it: where its figures, proofs and findings stand, on that page and in the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from disclosure.dataset import Measure
from disclosure.form.template import FORMS, Row, Table
from disclosure.model import Cell, Figure, Finding, Kind, Report
from disclosure.render import urls
from disclosure.render.blocks import To


@dataclass(frozen=True, slots=True)
class ProofGroup:
    """Figures of one row that have the same proof, and the anchor under which it stands."""

    row: Row
    figures: tuple[Figure, ...]
    anchor: str


@dataclass(frozen=True)
class View:
    """A report of an office for a year, with the findings about it in their order of place."""

    office: str
    year: int
    report: Report
    findings: Sequence[Finding] = ()

    def anchor(self, *names: str) -> str:
        """An anchor on the office's page (see ``urls.year_anchor``)."""
        return urls.year_anchor(self.year, *names)

    def line(self, line: int | None, file: str | None = None) -> To:
        """A line of the source; ``file`` is the further one it is in, where it is in one."""
        further = file if file in {one.file for one in self.report.readings[1:]} else None
        return urls.source_line(self.office, self.year, line, further)

    def place(self, figure: Figure) -> To:
        """The line that a figure stands on, in whichever file that is."""
        return self.line(figure.line, figure.source)

    def table(self, table: str) -> Table | None:
        """The form's table; None where the report has no table of any form."""
        return FORMS[self.report.form].tables[table] if self.report.form else None

    def measure_anchor(self, measure: Measure) -> str:
        """Where a measure's figures stand: its first row, or the whole report where its table is not there."""
        reading = self.report.filling.tables.get(measure.table)
        if self.report.form is None or reading is None or not reading.found:
            return self.anchor("report")
        return self.anchor(measure.table, measure.cells(self.report.form)[0].row)

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
    def proofs(self) -> Mapping[str, Sequence[ProofGroup]]:
        """The proofs of the report by table, in the order of the form."""
        found: dict[str, list[ProofGroup]] = {}
        proved = (figure for figure in self.report.figures.values() if figure.proof)
        for (table, row), figures in groupby(proved, key=lambda figure: figure.cell[:2]):
            found.setdefault(table, []).extend(self._groups(table, row, list(figures)))
        return found

    def _groups(self, table: str, row: str, figures: Sequence[Figure]) -> list[ProofGroup]:
        by_steps: dict[tuple[str, ...], list[Figure]] = {}
        for figure in figures:
            by_steps.setdefault(steps(figure), []).append(figure)
        rows = FORMS[self.report.form].tables[table].by_id if self.report.form else {}
        return [
            ProofGroup(rows[row], tuple(same), self.anchor("proof", table, row, str(number)))
            for number, same in enumerate(by_steps.values(), 1)
        ]

    def row_proof_anchor(self, table: str, row: str) -> str:
        """Where the proofs of a row's figures stand together."""
        return self.anchor("proof", table, row)

    @cached_property
    def proof_anchor(self) -> Mapping[Cell, str]:
        """Where the proof of a figure stands."""
        groups = (group for table in self.proofs.values() for group in table)
        return {figure.cell: group.anchor for group in groups for figure in group.figures}


def steps(figure: Figure) -> tuple[str, ...]:
    """The sentences of a figure's proof; none where it needs no proof."""
    return tuple(step.sentence for step in figure.proof.steps) if figure.proof else ()
