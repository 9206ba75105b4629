"""Which regions are built apart: as few as give every machine something to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from disclosure.offices import FILE_NAME
from disclosure.sources import REPORTS

MOST: Final = 500
"""A region with more offices than these is built in the regions below it."""


def units(root: Path, most: int = MOST) -> list[str]:
    """The folders below ``root/reports`` that are built apart, in order: ``河南省``, or ``河南省/平顶山市``.

    Offices of a region that is parted, but of none below it, belong to no unit.
    """
    counts: Counter[PurePosixPath] = Counter()
    for description in (root / REPORTS).rglob(FILE_NAME):
        counts.update(PurePosixPath(description.parent.relative_to(root / REPORTS).as_posix()).parents)
    return [str(region) for region in sorted(_parted(PurePosixPath(), counts, most))]


def _parted(region: PurePosixPath, counts: Mapping[PurePosixPath, int], most: int) -> Iterator[PurePosixPath]:
    """The region itself, or those below it; ``counts`` has the offices of each, but no offices."""
    below = [one for one in counts if one.parent == region and one != region]
    whole = region != PurePosixPath() and (counts[region] <= most or not below)
    if whole:
        yield region
        return
    for one in below:
        yield from _parted(one, counts, most)
