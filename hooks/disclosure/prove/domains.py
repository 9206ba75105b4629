"""What one row can hold, by its own printed numbers and its own total.

A case is one possible content of a row: a count per column, ``UNKNOWN`` where the row alone leaves it open.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple, TypeAlias

UNKNOWN = -1
UNBOUNDED = 1 << 60
"""Upper bound of a count that nothing limits yet; sums of bounds stay exact integers."""
NO_LIMIT = UNBOUNDED >> 1
"""A bound computed above this rests on an unbounded one and says nothing."""
LARGEST = 10**12
"""Printed numbers above this are not taken for counts (and bounds stay clear of ``UNBOUNDED``)."""

Case: TypeAlias = tuple[int, ...]
Box: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
"""Lowest and highest value of each column of one row."""
Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Lowest and highest value of one cell, for each content that its row may have."""


class Print(NamedTuple):
    """The print of one row: ``values`` in print order (``UNKNOWN``: a mark), ``columns`` None where they are lost."""

    values: tuple[int, ...]
    columns: tuple[int, ...] | None


def narrow(case: Case, lows: Sequence[int], highs: Sequence[int], signs: tuple[int, ...] | None) -> Box | None:
    """The hull of a case inside a box, under Σ sign · column = 0 if ``signs`` are given; None where impossible."""
    low, high = list(lows), list(highs)
    for column, value in enumerate(case):
        if value != UNKNOWN:
            if not low[column] <= value <= high[column]:
                return None
            low[column] = high[column] = value
    if signs is None or _balance(low, high, signs):
        return tuple(low), tuple(high)
    return None


@lru_cache(maxsize=8192)
def narrow_cases(
    cases: tuple[Case, ...], lows: tuple[int, ...], highs: tuple[int, ...], signs: tuple[int, ...] | None
) -> tuple[tuple[Case, ...], Box] | None:
    """The cases that are possible inside a box, and the hull of them; None where none is.

    Rows of a table have little to tell them apart, and a search comes to the same few boxes again and again.
    """
    possible = {case: box for case in cases if (box := narrow(case, lows, highs, signs)) is not None}
    if len(possible) <= 1:
        return next(((cases if len(cases) == 1 else (case,), box) for case, box in possible.items()), None)
    all_lows, all_highs = zip(*possible.values(), strict=True)
    return tuple(possible), (tuple(map(min, *all_lows)), tuple(map(max, *all_highs)))


def _balance(low: list[int], high: list[int], signs: tuple[int, ...]) -> bool:
    """Tighten a box in place to what Σ sign · column = 0 allows; False where it allows nothing."""
    least = most = 0
    for down, up, sign in zip(low, high, signs, strict=True):
        if sign > 0:
            least += down
            most += up
        else:
            least -= up
            most -= down
    if least > 0 or most < 0:
        return False
    slack = min(most, -least)
    for column, sign in enumerate(signs):
        down, up = low[column], high[column]
        if up - down <= slack:
            continue
        floor, ceiling = (up - most, down - least) if sign > 0 else (up + least, down + most)
        if floor > down:
            low[column] = floor
        if ceiling < up and ceiling < NO_LIMIT:
            high[column] = ceiling
    return True


@lru_cache(maxsize=4096)
def cases_of(row: Print, signs: tuple[int, ...], *, summed: bool) -> tuple[Case, ...]:
    """Every content a row may have; ``summed`` is False where its relation is not to be relied on."""
    size = len(signs)
    placements = [row.columns] if row.columns is not None else combinations(range(size), len(row.values))
    cases: dict[Case, None] = {}
    for placement in placements:
        case = [UNKNOWN] * size
        for column, value in zip(placement, row.values, strict=True):
            case[column] = value
        box = narrow(tuple(case), [0] * size, [UNBOUNDED] * size, signs if summed else None)
        if box is not None:
            cases[tuple(low if low == high else UNKNOWN for low, high in zip(*box, strict=True))] = None
    return tuple(cases)


@lru_cache(maxsize=4096)
def ranges_of(row: Print, signs: tuple[int, ...], *, summed: bool) -> tuple[Ranges, ...]:
    """For each column, what it may hold: a range for each content that the row may have."""
    boxes = [
        narrow(case, [0] * len(signs), [UNBOUNDED] * len(signs), signs if summed else None)
        for case in cases_of(row, signs, summed=summed)
    ]
    by_column = zip(*(zip(*box, strict=True) for box in boxes if box is not None), strict=True)
    return tuple(tuple(dict.fromkeys(ranges)) for ranges in by_column)


@lru_cache(maxsize=4096)
def distrusted_cases_of(row: Print, signs: tuple[int, ...], *, summed: bool) -> tuple[Case, ...]:
    """Every content a row may have when any one of its printed numbers is wrong (or none)."""
    cases: dict[Case, None] = {}
    for position, value in enumerate(row.values):
        if value != UNKNOWN:
            values = (*row.values[:position], UNKNOWN, *row.values[position + 1 :])
            cases.update(dict.fromkeys(cases_of(Print(values, row.columns), signs, summed=summed)))
    return tuple(cases) or cases_of(row, signs, summed=summed)
