"""What a measure comes to: in one report, and over many. Every sum knows what it lacks, and None is never 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeAlias

from disclosure.measures import MEASURES, WAN_YUAN, Measure
from disclosure.model import Cell, Number, Report, Status

_DISTRUST = {status: number for number, status in enumerate(Status)}
"""``Status`` runs from the most to the least trustworthy: what is made of several figures is as good as the worst."""


def worst(statuses: Iterable[Status]) -> Status:
    """The least trustworthy of these statuses; absent where there is none."""
    return max(set(statuses), key=_DISTRUST.__getitem__, default=Status.ABSENT)


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


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole. Over several reports, both add up those alone that have both: else it would be no share.

    ``known`` of ``of`` reports have both; ``conflicts`` of them rest on a printed number that contradicts others.
    """

    numerator: Number | None
    denominator: Number | None
    known: int
    of: int
    status: Status
    conflicts: int = 0

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1, to six decimals.

        None where a part is missing, where there is nothing to divide by, and where the part is larger than the whole,
        which only contradictory figures can make it.
        """
        if self.numerator is None or not self.denominator or self.numerator > self.denominator:
            return None
        return round(float(self.numerator / self.denominator), 6) if self.known == self.of else None


Amount: TypeAlias = Tally | Share
"""What a measure comes to: a count, or a share."""


def count_statuses(report: Report) -> Counter[Status]:
    """How many figures of a report have each status."""
    return Counter(map(attrgetter("status"), report.figures.values()))


def tally(parts: Iterable[tuple[Number | None, Status]], *, whole: bool = True) -> Tally:
    """Add up amounts given as (value, status). Nothing to add up makes no number, not 0.

    What is printed but cannot be one (a negative number; a fraction, where the amounts are ``whole``) is a gap: it must
    not lessen a sum.
    """
    listed = list(parts)
    if len(listed) == 1:  # most measures are one figure
        value, status = listed[0]
        counts = _counts(value, whole=whole)
        return Tally(value if counts else None, int(counts), 1, status, int(status is Status.CONFLICT))
    values = [value for value, _ in listed if _counts(value, whole=whole)]
    statuses = [status for _, status in listed]
    return Tally(
        at_least=_sum(values),
        known=len(values),
        of=len(listed),
        status=worst(statuses),
        conflicts=statuses.count(Status.CONFLICT),
    )


def _counts(value: Number | None, *, whole: bool) -> bool:
    """Whether a value is a number that can be added up."""
    return value is not None and value >= 0 and (not whole or isinstance(value, int))


def measure_all(report: Report) -> Iterator[tuple[Measure, Tally, Share | None]]:
    """Every measure that the report's form has: its amount and, of a share, the share. A formula is added up once."""
    amounts: dict[tuple[str, ...], Tally] = {}

    def amount(formula: tuple[str, ...], cells: tuple[Cell, ...], measure: Measure) -> Tally:
        if formula not in amounts:
            amounts[formula] = _tally_cells(report, cells, measure)
        return amounts[formula]

    for measure in MEASURES:
        cells = measure.cells(report.form)
        if cells:
            numerator = amount(measure.formula, cells, measure)
            divided = measure.denominator_cells(report.form)
            whole = amount(measure.denominator, divided, measure) if measure.is_share else None
            yield measure, numerator, None if whole is None else share_of(numerator, whole)


def measure_report(report: Report, measure: Measure) -> Tally:
    """The amount of one measure in one report; of a share, its numerator.

    Where its table was not read, every part is missing.
    """
    return _tally_cells(report, measure.cells(report.form), measure)


def share_of_report(report: Report, measure: Measure) -> Share:
    """A share in one report."""
    return share_of(
        measure_report(report, measure), _tally_cells(report, measure.denominator_cells(report.form), measure)
    )


def _tally_cells(report: Report, cells: tuple[Cell, ...], measure: Measure) -> Tally:
    of = report.figures
    figures = [of.get(cell) for cell in cells]
    parts = [(None, Status.ABSENT) if figure is None else (figure.value, figure.status) for figure in figures]
    return tally(parts, whole=measure.unit != WAN_YUAN)


def share_of(numerator: Tally, denominator: Tally) -> Share:
    """The share of one report from its two amounts."""
    known = numerator.value is not None and denominator.value is not None
    return Share(
        numerator.value,
        denominator.value,
        int(known),
        1,
        worst((numerator.status, denominator.status)),
        int(numerator.conflicts + denominator.conflicts > 0),
    )


def add_up(tallies: Iterable[Tally]) -> Tally:
    """Add up one measure over several reports; the parts of the sum are the reports.

    A report counts as known when none of its own parts is missing; what an incomplete one has still adds to
    ``at_least``.
    """
    listed = list(tallies)
    return Tally(
        at_least=_sum([one.at_least for one in listed]),
        known=[one.value is None for one in listed].count(False),
        of=len(listed),
        status=worst([one.status for one in listed]),
        conflicts=[one.conflicts > 0 for one in listed].count(True),
    )


def add_up_sums(sums: Iterable[Tally]) -> Tally:
    """Add up sums over reports, as ``add_up`` makes them, to what it would make of all their reports together."""
    listed = list(sums)
    return Tally(
        at_least=_sum([one.at_least for one in listed]),
        known=sum([one.known for one in listed]),
        of=sum([one.of for one in listed]),
        status=worst([one.status for one in listed]),
        conflicts=sum([one.conflicts for one in listed]),
    )


def add_up_shares(shares: Iterable[Share]) -> Share:
    """One share over several reports, or over several such sums: what both parts add up to where both are known."""
    listed = list(shares)
    both = [one for one in listed if one.numerator is not None and one.denominator is not None]
    return Share(
        numerator=_sum([one.numerator for one in both]),
        denominator=_sum([one.denominator for one in both]),
        known=sum([one.known for one in listed]),
        of=sum([one.of for one in listed]),
        status=worst([one.status for one in listed]),
        conflicts=sum([one.conflicts for one in listed]),
    )


def _sum(amounts: Iterable[Number | None]) -> Number | None:
    """The sum of those that are numbers; None where none is."""
    numbers = [one for one in amounts if one is not None]
    return sum(numbers) if numbers else None
