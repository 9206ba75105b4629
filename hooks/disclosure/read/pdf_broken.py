"""Numbers that a narrow column without lines breaks over two lines: whole again, or marked as unreadable."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from disclosure.read.pdf_cells import is_number
from disclosure.read.pdf_words import OVERLAP, UNREADABLE, Word, join_words, overlap

_NEAR = 0.6
_NARROW = 0.75
"""Lines of one cell are at most ``_NEAR`` em apart, and nearer by this than rows of the table are."""


def with_broken_numbers_joined(words: Sequence[Word]) -> list[Word]:
    """The words with each number in one piece, as far as the other numbers of its row show that it is one.

    A number stands beside both lines of a broken one in its row, at half their height. Where rows are set so that only
    their narrow distance shows it, the pieces are joined by U+FFFD: no number is made of a guess.
    """
    numbers = sorted((word for word in words if is_number(word.text)), key=lambda word: word.top)
    joined = [word for band in _bands(numbers) for word in _mended(band)]
    return [*(word for word in words if not is_number(word.text)), *joined]


def _bands(numbers: Sequence[Word]) -> list[list[Word]]:
    """Numbers that overlap in height; also a sparse row right below another, where rows stand wider apart."""
    bands: list[list[Word]] = []
    for word in numbers:
        if bands and word.top < max(one.bottom for one in bands[-1]) - OVERLAP * word.size:
            bands[-1].append(word)
        else:
            bands.append([word])
    gaps = [_distance(above, below) for above, below in pairwise(bands)]
    near = min(_NEAR, _NARROW * statistics.median(gaps)) if gaps else 0.0
    merged = bands[:1]
    for band, gap in zip(bands[1:], gaps, strict=True):
        if gap <= near and _hangs_below(merged[-1], band):
            merged[-1] = merged[-1] + band
        else:
            merged.append(band)
    return merged


def _distance(above: Sequence[Word], below: Sequence[Word]) -> float:
    """The empty height between two bands, in em."""
    return (min(word.top for word in below) - max(word.bottom for word in above)) / below[0].size


def _hangs_below(above: Sequence[Word], below: Sequence[Word]) -> bool:
    """Whether every number of the lower row stands under a longer one, and some of the upper have none below."""
    owners = [next((one for one in above if _share_column(one, word)), None) for word in below]
    return len(below) < len(above) and all(
        owner is not None and len(owner.text) >= len(word.text) for owner, word in zip(owners, below, strict=True)
    )


def _share_column(one: Word, other: Word) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _mended(band: Sequence[Word]) -> Iterator[Word]:
    """One word for each column of a row."""
    columns = _columns(band)
    others = [column[0] for column in columns if len(column) == 1]
    yield from others
    for column in columns:
        if len(column) > 1:
            stack = sorted(column, key=lambda word: word.top)
            yield join_words(stack, "" if _is_proved(stack, band) else UNREADABLE, others)


def _columns(band: Iterable[Word]) -> list[list[Word]]:
    columns: list[list[Word]] = []
    for word in sorted(band, key=lambda word: word.x0):
        if columns and word.x0 < max(one.x1 for one in columns[-1]):
            columns[-1].append(word)
        else:
            columns.append([word])
    return columns


def _is_proved(stack: Sequence[Word], band: Sequence[Word]) -> bool:
    """Whether each two lines of a stack have a number beside them that overlaps both, and only the last is shorter."""
    return all(
        not overlap(above, below)
        and len(above.text) >= len(below.text)
        and any(overlap(one, above) and overlap(one, below) for one in band if one not in stack)
        for above, below in pairwise(stack)
    )
