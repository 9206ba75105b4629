"""What can change between two releases, as values. Plain data: how it is said stands in ``words.py``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from disclosure.model import Cell, Number, Status


class Cause(StrEnum):
    """Why a figure of a report that both releases have is another one. No answer of a maintainer changes a figure."""

    SOURCE = "source"
    """The bytes of the report's files are others."""
    READER = "reader"
    """The bytes are the same: they are read in another way."""


class Turn(StrEnum):
    """What became of something."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class OfficeState:
    """What an office is called and where it is: ``region`` is a division code, ``places`` go from the province down."""

    name: str
    region: str
    places: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """The name with the lowest place before it, unless it begins with a place itself."""
        return self.name if not self.places or self.name.startswith(self.places) else f"{self.places[-1]}{self.name}"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a report: its path in the project, and the SHA-256 of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReportState:
    """A report as one release has it: its files in order of their paths; how many cells of the form, and findings."""

    sources: tuple[SourceFile, ...]
    figures: int
    findings: int

    @property
    def contents(self) -> frozenset[str]:
        """The checksums of its files."""
        return frozenset(source.sha256 for source in self.sources)


@dataclass(frozen=True, slots=True)
class FigureState:
    """A figure as one release has it. Both are None where the report's form has no such cell there."""

    value: Number | None
    status: Status | None


@dataclass(frozen=True, slots=True)
class OfficeChange:
    """An office that came, went, or is called or placed differently. ``old`` or ``new`` is None where it was not."""

    office: str
    old: OfficeState | None
    new: OfficeState | None

    @property
    def turn(self) -> Turn:
        """What became of it."""
        return _turn(self.old, self.new)


@dataclass(frozen=True, slots=True)
class ReportChange:
    """A report that came, went, or is told by other files. ``name`` is the full name of its office."""

    office: str
    year: int
    name: str
    old: ReportState | None
    new: ReportState | None

    @property
    def turn(self) -> Turn:
        """What became of it."""
        return _turn(self.old, self.new)


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure with another value or status, of a report that both releases have."""

    office: str
    year: int
    name: str
    table: str
    row: str
    column: str
    old: FigureState
    new: FigureState
    cause: Cause

    @property
    def cell(self) -> Cell:
        """Its place on the form."""
        return Cell(self.table, self.row, self.column)


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that came or went, ``count`` times. Office and year are None, and ``name`` empty, where it has none."""

    office: str | None
    year: int | None
    name: str
    rule: str
    message: str
    turn: Turn
    count: int = 1


@dataclass(frozen=True, slots=True)
class AnswerState:
    """What a maintainer answers to a finding in one release; ``date`` is written ``2026-11-28``."""

    reason: str
    by: str
    date: str


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """An answer to a finding of the new release that came, went or says something else; the finding itself is named."""

    office: str | None
    year: int | None
    name: str
    rule: str
    message: str
    old: AnswerState | None
    new: AnswerState | None

    @property
    def turn(self) -> Turn:
        """What became of it."""
        return _turn(self.old, self.new)


Change: TypeAlias = OfficeChange | ReportChange | FigureChange | FindingChange | AnswerChange

COUNTS: Final = (
    *(f"offices_{turn}" for turn in Turn),
    *(f"reports_{turn}" for turn in Turn),
    *(f"figures_{cause}" for cause in Cause),
    "findings_added",
    "findings_removed",
    *(f"answers_{turn}" for turn in Turn),
)
"""What is counted of a comparison."""


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed, by office and year, then in the order of the form or by rule. False where nothing did."""

    offices: tuple[OfficeChange, ...] = ()
    reports: tuple[ReportChange, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    findings: tuple[FindingChange, ...] = ()
    answers: tuple[AnswerChange, ...] = ()

    def __bool__(self) -> bool:
        return not self.empty

    @property
    def empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.offices or self.reports or self.figures or self.findings or self.answers)

    def counts(self) -> dict[str, int]:
        """How many changes there are of each of ``COUNTS``, all of them named."""
        found = Counter(self._counted())
        return {name: found[name] for name in COUNTS}

    def _counted(self) -> Iterator[str]:
        yield from (f"offices_{one.turn}" for one in self.offices)
        yield from (f"reports_{one.turn}" for one in self.reports)
        yield from (f"figures_{one.cause}" for one in self.figures)
        for one in self.findings:
            yield from (f"findings_{one.turn}" for _ in range(one.count))
        yield from (f"answers_{one.turn}" for one in self.answers)


def _turn(old: object, new: object) -> Turn:
    if old is None:
        return Turn.ADDED
    return Turn.REMOVED if new is None else Turn.CHANGED
