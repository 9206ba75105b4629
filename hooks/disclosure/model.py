"""The values that travel down the line: what was printed, what it means, and where it stood.

Everything here is frozen. ``None`` means "no number" and is never turned into 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

Number: TypeAlias = int | Decimal
made = tuple.__new__
"""Makes a named tuple of all its fields in half the time that its class takes: a report has a thousand of them."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Cell(NamedTuple):
    """The address of one figure on the statutory form, in the public identifiers of ``form/template.py``."""

    table: str
    row: str
    column: str


class Status(StrEnum):
    """How far a figure can be trusted; the public meaning of each word stands in ``render/legend.py``."""

    PRINTED = "printed"
    PLACED = "placed"
    RECOVERED = "recovered"
    CONFLICT = "conflict"
    BLANK = "blank"
    AMBIGUOUS = "ambiguous"
    ABSENT = "absent"


GAPS: Final = (Status.BLANK, Status.AMBIGUOUS, Status.ABSENT)
"""The statuses under which there is no number."""


class Span(NamedTuple):
    """A stretch of one source line: ``line`` counts from 1, ``start`` and ``end`` are 0-based character offsets."""

    line: int
    start: int
    end: int


class Entry(NamedTuple):
    """One number, or one mark that stands for "no number", as the source prints it inside a table.

    ``value`` is None for a mark (``/``, ``—``, ``无``). ``remark`` keeps what stood beside the number: a unit, a note.
    """

    value: Number | None
    raw: str
    span: Span
    remark: str = ""


class PlacedBy(StrEnum):
    """What gave a row reading its row or its columns, where no label or header did; all relations hold then."""

    ORDER = "order"
    """Labels were lost: the rows of numbers stand in the order of the form."""
    LONE_TOTAL = "lone-total"
    """Empty cells were dropped: the only number of each row is its 总计."""


@dataclass(frozen=True, slots=True)
class RowReading:
    """The entries found beside one row label, in print order.

    ``columns`` names the column of each entry when the columns are certain. None means that print order is all we
    know: fewer entries than columns were found, and any order-preserving placement is possible.
    ``line`` is the line of the label, or of the first entry where the label was lost.
    ``placed_by`` is None where label and header, or the cells of a table, tell row and columns.
    """

    row: str
    entries: tuple[Entry, ...]
    columns: tuple[str, ...] | None
    line: int
    placed_by: PlacedBy | None = None


class Refused(NamedTuple):
    """Numbers of a table that were not taken, in print order: by their place those of ``rows``, which were not read.

    ``columns`` is the order in which a row prints its columns. ``values`` has None for a mark.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[Number | None, ...]


@dataclass(frozen=True, slots=True)
class TableReading:
    """What the source shows of one table: its readable rows, in the order of the form.

    ``found`` is False where no trace of the table stands in the source (then ``rows`` is empty).
    ``source`` is the file that ``line`` is in, where that is not the report's own. ``doubted`` are figures that were
    read, but do not add up with numbers of the source that could not be given a row. ``refused`` are such numbers where
    they stand in the place of rows that were not read.
    """

    table: str
    rows: tuple[RowReading, ...]
    found: bool
    line: int | None = None
    source: str | None = None
    doubted: frozenset[Cell] = frozenset()
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a proof, which a reader can follow and ``prove.checker`` can verify.

    ``relation`` names the relation used (see ``prove.relations``) or the placement excluded;
    ``sentence`` is the Chinese sentence for the public page, with the numbers filled in.
    ``claim`` is the machine-readable form that the checker verifies.
    """

    relation: str
    sentence: str
    claim: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a figure must have its value: assumptions first, then steps.

    ``distrusted`` is how many printed numbers were set aside, one at a time, without the value changing.
    """

    steps: tuple[Step, ...]
    distrusted: int


class Figure(NamedTuple):
    """One figure of the form as published. ``value`` is None under blank, ambiguous and absent.

    ``bounds`` is the proven range of an ambiguous figure (upper end None: unbounded).
    ``suggestion`` is the value a smallest repair would give a conflicting figure; it is shown, never used.
    ``source`` is the file that ``span`` and ``line`` are in, where that is not the report's own (see ``Report``).
    """

    cell: Cell
    value: Number | None
    status: Status
    raw: str | None = None
    span: Span | None = None
    line: int | None = None
    remark: str = ""
    proof: Proof | None = None
    bounds: tuple[int, int | None] | None = None
    suggestion: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A narrative section: ``id`` is overview, proactive, requests, disputes, problems, other or preamble.

    ``lines`` are (line number, text as printed) pairs without the heading; blank lines are left out.
    ``tables`` are the ranges of line numbers that real tables take up among them, a tab between two cells.
    ``wrap`` is the column at which the source cut its lines, 0 where a line is a whole paragraph.
    """

    id: str
    heading: str
    line: int
    lines: tuple[tuple[int, str], ...]
    tables: tuple[range, ...] = ()
    wrap: int = 0

    @property
    def text(self) -> str:
        """The section as printed, one source line a line."""
        return "\n".join(text for _, text in self.lines)


class Snippet(NamedTuple):
    """A piece of source text with its place: a label of a table, or text that found no place (``unplaced``)."""

    span: Span
    text: str


class Kind(StrEnum):
    """Whom a finding concerns: the office's report, our reading of it, or our own filing."""

    SOURCE = "source"
    READING = "reading"
    FILING = "filing"


class Severity(StrEnum):
    """How much a finding weighs. Only filing errors stop a build."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a maintainer answers to a finding, as ``office.yml`` says it on ``line``. It changes no figure.

    ``place`` tells several findings of one rule and year apart: the number of a line, or ``table``, ``table.row`` or
    ``table.row.column``; it is empty where there is only one. ``date`` is written ``2026-11-28``.
    """

    rule: str
    year: int
    reason: str
    by: str
    date: str
    place: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint of one rule about one place, with a Chinese sentence that carries the equation.

    ``file`` is relative to the project's root where the file lies below it; ``line`` is None for the whole file.
    ``cells`` are the figures it concerns, so that pages can mark them. ``answer`` stands beside it; the finding stays.
    """

    rule: str
    severity: Severity
    kind: Kind
    file: str
    line: int | None
    message: str
    office: str | None = None
    year: int | None = None
    cells: tuple[Cell, ...] = ()
    answer: Answer | None = None

    @property
    def blocks(self) -> bool:
        """Whether nothing is published until it is mended."""
        return self.kind is Kind.FILING and self.severity is Severity.ERROR

    def __str__(self) -> str:
        """The finding as one line: place, sentence, rule. Nothing in it can steer a terminal."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return _CONTROL.sub("\ufffd", f"{place}: {self.message} [{self.rule}]")


@dataclass(frozen=True, slots=True)
class Note:
    """Something that finding or reading a file has to say; ``check`` turns it into a finding of rule ``rule``.

    ``file`` is None where it is the report at hand.
    """

    rule: str
    line: int | None
    message: str
    cells: tuple[Cell, ...] = ()
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports on which year, as far as the text itself says.

    ``found_in`` is where the name stood: ``title`` or ``preamble``. Lines are None where nothing was found.
    """

    name: str | None = None
    found_in: str | None = None
    name_line: int | None = None
    year: int | None = None
    year_line: int | None = None


@dataclass(frozen=True, slots=True)
class Filling:
    """One report with its numbers beside the form's rows, before anything is proved.

    ``form`` is "2021" or "2019" by the labels, None where the source shows no table.
    Together, ``sections``, ``labels``, the entries and ``unplaced`` hold every visible character of the source.
    """

    form: str | None
    identity: Identity
    tables: Mapping[str, TableReading]
    sections: tuple[Section, ...]
    labels: tuple[Snippet, ...]
    unplaced: tuple[Snippet, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One report, read and proved. ``figures`` holds every cell of its form, in the order of the form.

    ``places`` says for each line where it stands in the original (see ``read.document.Document``).
    Where several files tell the same report, ``readings`` holds what each gives by itself, the main one first: text
    and identity are those of the main one, ``file`` is its name, and ``filling.tables`` and ``figures`` are what all
    give together. Then a figure, and a table as a whole, names its own file; the rows of a table do not.
    """

    file: str
    sha256: str
    lines: tuple[str, ...]
    filling: Filling
    figures: Mapping[Cell, Figure] = field(default_factory=dict)
    office: str | None = None
    filed_year: int | None = None
    places: tuple[str, ...] = ()
    readings: tuple[Report, ...] = ()

    @property
    def sources(self) -> tuple[Report, ...]:
        """What each file gives by itself, the main one first; the report itself where there is only one."""
        return self.readings or (self,)

    @property
    def form(self) -> str | None:
        """The form used, "2021" or "2019"; None where no table was found."""
        return self.filling.form

    @property
    def year(self) -> int | None:
        """The year it is filed under, else the year that its text names."""
        return self.filed_year if self.filed_year is not None else self.filling.identity.year

    def value(self, table: str, row: str, column: str) -> Number | None:
        """The published value of one figure; None where there is none."""
        figure = self.figures.get(Cell(table, row, column))
        return None if figure is None else figure.value


class Region(NamedTuple):
    """A province, city or county: ``code`` is its 6-digit division code (``410000``, ``410400``, ``410481``)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Office:
    """One body that reports, as ``office.yml`` describes it.

    ``folder`` is relative to the project's root (``reports/河南省/…``). ``regions`` go from the province down.
    ``place_known_by`` is a Chinese sentence that says how we know where it belongs; ``place_inferred`` is True where
    no report names the place. ``printed_names`` are slips and short forms of the name that its reports print.
    ``former_ids`` are ids that were published by mistake; their addresses lead to this office.
    ``source_urls`` maps a year to the address the report was published at. ``answers`` are those to findings about its
    reports.
    """

    id: str
    name: str
    kind: str
    folder: str
    regions: tuple[Region, ...]
    place_known_by: str
    place_inferred: bool = False
    former_ids: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    printed_names: tuple[str, ...] = ()
    source_urls: Mapping[int, str] = field(default_factory=dict)
    website: str | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One file in ``reports/``, with its office and the year of its file name. ``file`` is relative to the root."""

    file: str
    office: Office
    year: int
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Portal:
    """Everything that is published: offices by id, reports by (office, year), findings in order of place."""

    offices: tuple[Office, ...]
    reports: tuple[Report, ...]
    findings: tuple[Finding, ...]

    def reports_of(self, office: str) -> tuple[Report, ...]:
        """The reports of one office, oldest first."""
        return tuple(report for report in self.reports if report.office == office)
