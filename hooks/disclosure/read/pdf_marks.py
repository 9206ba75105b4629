"""Printed digits that are no part of the number they stand at, or may be none: raised, small, crossed out, covered."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from disclosure.read.document import RAISED
from disclosure.read.pdf_words import UNREADABLE, Glyph, Word

_SMALLER = 0.9
_HIGHER = 0.1
"""A raised digit is smaller than the character it stands at, and ends higher by this share of its size."""
_NEAR = 0.5
"""It begins at most this share of the size from where the other ends."""
_THICKEST = 0.15
_UPPER, _LOWER = 0.3, 0.75
"""The line that crosses a character out runs between these shares of its height; an underline runs lower."""
_OVER = 0.5
"""Of two characters in one place, more than this share of the smaller one is covered, across and down."""
_BAND = 4.0
_MOST_OVER = 16
"""Characters are compared with so many beside them that begin in the same two bands of so many points."""
_ENDS = 0.4
"""It ends with the text, give or take this share of its size; the lines of tables go on."""


def with_raised_marked(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The glyphs in their order, raised digits as the characters ``⁰`` to ``⁹``."""
    base: Glyph | None = None
    last: Glyph | None = None
    for glyph in glyphs:
        if base is not None and last is not None and glyph.text.isdigit() and _is_raised(glyph, base, last):
            last = glyph._replace(text=glyph.text.translate(RAISED))
            yield last
        else:
            base = last = glyph
            yield glyph


def _is_raised(glyph: Glyph, base: Glyph, last: Glyph) -> bool:
    """Whether a glyph stands raised behind ``base``, right behind ``last``."""
    return (
        glyph.direction == base.direction == "right"
        and glyph.size < _SMALLER * base.size
        and base.top < (glyph.top + glyph.bottom) / 2 < glyph.bottom < base.bottom - _HIGHER * base.size
        and abs(glyph.x0 - last.x1) < _NEAR * base.size
    )


def with_small_digits_marked(words: Iterable[Word]) -> Iterator[Word]:
    """The words, of a number in two sizes the smaller digits as unreadable.

    On the line of the others, a small digit may mark a note as well as belong to the number: nobody can tell.
    """
    for word in words:
        sizes = [glyph.size for glyph in word.glyphs if glyph.text.isdecimal()]
        if len(sizes) < 2 or min(sizes) >= _SMALLER * max(sizes):  # noqa: PLR2004 -- one is of one size
            yield word
            continue
        glyphs = [*word.glyphs]
        for number, glyph in enumerate(word.glyphs):
            beside = [*word.glyphs[max(0, number - 1) : number], *word.glyphs[number + 1 : number + 2]]
            if glyph.text.isdecimal() and any(_is_large_digit(other, glyph) for other in beside):
                glyphs[number] = glyph._replace(text=UNREADABLE)
        yield word._replace(text="".join(glyph.text for glyph in glyphs), glyphs=tuple(glyphs))


def _is_large_digit(other: Glyph, glyph: Glyph) -> bool:
    return other.text.isdecimal() and glyph.size < _SMALLER * other.size


def without_overprint(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs, digits that another glyph is printed over as unreadable: what is covered there, nobody can tell."""
    bands: defaultdict[float, list[int]] = defaultdict(list)
    for number, glyph in enumerate(glyphs):
        if glyph.direction == "right" and not glyph.text.isspace():
            bands[(glyph.top + glyph.bottom) // (2 * _BAND)].append(number)
    hit: set[int] = set()
    for band, own in bands.items():
        near = sorted((*own, *bands.get(band + 1, ())), key=lambda number: glyphs[number].x0)
        for place, number in enumerate(near):
            for other in near[place + 1 : place + 1 + _MOST_OVER]:
                if glyphs[other].x0 >= glyphs[number].x1:
                    break
                if _cover(glyphs[number], glyphs[other]):
                    hit |= {number, other}
    return [
        glyph._replace(text=UNREADABLE) if number in hit and glyph.text.isdigit() else glyph
        for number, glyph in enumerate(glyphs)
    ]


def _cover(one: Glyph, other: Glyph) -> bool:
    """Whether two characters stand in one place, at least by half of the smaller."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    narrower = min(one.x1 - one.x0, other.x1 - other.x0)
    lower = min(one.bottom - one.top, other.bottom - other.top)
    return across > _OVER * narrower > 0 and down > _OVER * lower


def struck_out(glyphs: Sequence[Glyph], shapes: Iterable[Mapping[str, Any]]) -> list[list[Glyph]]:
    """The runs of glyphs that a level line crosses out, each from left to right.

    Args:
        glyphs: what can be seen on a page.
        shapes: its lines and areas, as pdfplumber describes them.
    """
    rows: defaultdict[int, list[Glyph]] = defaultdict(list)
    for glyph in sorted(glyphs, key=_middle):
        if glyph.direction == "right":
            rows[int((glyph.top + glyph.bottom) / 2)].append(glyph)
    struck = (_crossed(rows, shape) for shape in shapes if shape["width"] > shape["height"])
    return [run for run in struck if run]


def _middle(glyph: Glyph) -> float:
    return (glyph.x0 + glyph.x1) / 2


def _crossed(rows: Mapping[int, Sequence[Glyph]], line: Mapping[str, Any]) -> list[Glyph]:
    """The glyphs that one line crosses out."""
    x0, x1, middle = line["x0"], line["x1"], (line["top"] + line["bottom"]) / 2
    run = [
        glyph
        for row in range(int(middle) - _REACH, int(middle) + _REACH + 1)
        for glyph in _between(rows.get(row, ()), x0, x1)
        if _UPPER < (middle - glyph.top) / (glyph.bottom - glyph.top or 1.0) < _LOWER
        and line["height"] <= _THICKEST * glyph.size
    ]
    run.sort(key=lambda glyph: glyph.x0)
    ends_with_it = run and max(abs(run[0].x0 - x0), abs(run[-1].x1 - x1)) <= _ENDS * run[0].size
    return run if ends_with_it else []


def _between(row: Sequence[Glyph], x0: float, x1: float) -> Sequence[Glyph]:
    return row[bisect_left(row, x0, key=_middle) : bisect_left(row, x1, key=_middle)]


_REACH = 8
"""Points between a line and the middle of what it crosses out, at most: a quarter of the largest heading."""
