"""Which printed number of a row stands in which column, once the values of the columns are proved."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

from disclosure.prove.domains import UNKNOWN

Placement: TypeAlias = tuple[int, ...]
"""The column of each entry of a row."""


@lru_cache(maxsize=4096)
def placements_of(values: tuple[int, ...], proved: tuple[int | None, ...]) -> tuple[Placement, ...]:
    """All placements that agree with the proved values, the preferred one first.

    Where several agree, they tell the same values, and the preferred one decides which figure counts as the one
    not printed: never the last column (总计) if avoidable, otherwise as far to the right as possible.
    """
    size = len(proved)
    agreeing = (
        placement
        for placement in combinations(range(size), len(values))
        if all(
            value == UNKNOWN or proved[column] in (None, value) for value, column in zip(values, placement, strict=True)
        )
    )
    return tuple(sorted(agreeing, key=lambda placement: (size - 1 not in placement, placement)))


def entry_at(placements: tuple[Placement, ...], column: int, *, whole: bool) -> tuple[int | None, bool]:
    """The number of the entry in a column, None where the column is the one not printed; and whether that is certain.

    With ``whole``, all values of the row are proved, and the preferred placement speaks for an uncertain one.
    """
    found = {placement.index(column) if column in placement else None for placement in placements}
    if len(found) == 1:
        return found.pop(), True
    preferred = placements[0]
    return (preferred.index(column) if whole and column in preferred else None), False
