"""From printed glyphs to words and lines: what a person sees as one, whatever the file took apart.

Distances are in points, ``top`` and ``bottom`` count from the upper edge of the page.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pdfplumber.utils.text import extract_words

UNREADABLE = "\ufffd"
"""Stands for what is printed and cannot be read; a number that holds it is not taken."""


class Glyph(NamedTuple):
    """One printed character. ``direction`` is where its line runs: ``right``, ``up``, ``down`` or ``left``."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    direction: str = "right"


class Word(NamedTuple):
    """Glyphs without a gap between them, in reading order."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    glyphs: tuple[Glyph, ...]

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


class Line(NamedTuple):
    """One visual line of text."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


_GAP = 0.15
"""A gap of more than this share of the font size ends a word: digits of one number never stand further apart."""
_SAME_PLACE = 1.2
"""Equal glyphs so near to each other are one, printed twice to look bold."""
_DIRECTIONS = {"right": ("ttb", "ltr"), "left": ("btt", "rtl"), "up": ("ltr", "btt"), "down": ("rtl", "ttb")}
"""How pdfplumber names the order of the lines and that of the characters in a line."""


def words_of(glyphs: Iterable[Glyph]) -> list[Word]:
    """Put glyphs together to words, each direction of writing for itself."""
    found: list[Word] = []
    for direction, (line_dir, char_dir) in _DIRECTIONS.items():
        own = [_as_char(glyph) for glyph in glyphs if glyph.direction == direction]
        words = extract_words(
            own,
            return_chars=True,
            x_tolerance_ratio=_GAP,
            y_tolerance_ratio=0.3,
            line_dir=line_dir,
            char_dir=char_dir,
            expand_ligatures=False,
        )
        for word in words if own else ():
            parts = tuple(char["glyph"] for char in word["chars"])
            found.append(_word(parts))
    return found


def _as_char(glyph: Glyph) -> dict[str, object]:
    own = glyph._asdict()
    return own | {"upright": True, "doctop": glyph.top, "height": glyph.bottom - glyph.top, "glyph": glyph}


def _word(glyphs: tuple[Glyph, ...]) -> Word:
    return Word(
        "".join(glyph.text for glyph in glyphs),
        min(glyph.x0 for glyph in glyphs),
        min(glyph.top for glyph in glyphs),
        max(glyph.x1 for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
        glyphs[0].size,
        glyphs,
    )


def split_word(word: Word, at: int) -> tuple[Word, Word]:
    """Part a word before its glyph number ``at``."""
    return _word(word.glyphs[:at]), _word(word.glyphs[at:])


OVERLAP = 0.2
"""Lines of two rows never overlap by this share of the font size; lines of cells in one row may."""


def overlap(one: Word, other: Word) -> bool:
    """Whether two words stand beside one another, at least in part."""
    return min(one.bottom, other.bottom) - max(one.top, other.top) > OVERLAP * one.size


def join_words(words: Sequence[Word], between: str, row: Sequence[Word] = ()) -> Word:
    """One word of several lines, at the height of their middle or of one of them: where others of its ``row`` stand."""
    whole = _word(tuple(glyph for word in words for glyph in word.glyphs))
    whole = whole._replace(text=between.join(word.text for word in words))
    for place in (whole, *words):
        if any(abs(other.middle - place.middle) < OVERLAP * whole.size for other in row):
            return whole._replace(top=place.top, bottom=place.bottom)
    return whole


def without_doubles(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Leave out glyphs that are printed again over themselves."""
    seen: dict[tuple[str, int, int], Glyph] = {}
    for glyph in glyphs:
        column, row = int(glyph.x0 // _SAME_PLACE), int(glyph.top // _SAME_PLACE)
        near = (seen.get((glyph.text, column + dx, row + dy)) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        if any(_same_place(one, glyph) for one in near if one is not None):
            continue
        seen[glyph.text, column, row] = glyph
        yield glyph


def _same_place(one: Glyph, other: Glyph) -> bool:
    return abs(one.x0 - other.x0) <= _SAME_PLACE and abs(one.top - other.top) <= _SAME_PLACE


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words that stand side by side, row by row from the top, each from left to right."""
    if not words:
        return []
    usual = statistics.median(word.size for word in words)
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.middle):
        last = rows[-1][-1] if rows else None
        if last is not None and word.middle - last.middle <= 0.3 * max(usual, min(word.size, last.size)):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def line_of(words: Sequence[Word]) -> Line:
    """One row of words as text: a tab where columns part, a blank where words do, nothing inside a spaced word."""
    gaps = (_gap(left, right) for left, right in itertools.pairwise(words))
    text = words[0].text + "".join(gap + word.text for gap, word in zip(gaps, words[1:], strict=True))
    return Line(
        text,
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
    )


def _gap(left: Word, right: Word) -> str:
    """What stands between two words of a row.

    Digits that touch are two words only where they stand at two heights: whether they are one number, nobody can tell.
    """
    wide = (right.x0 - left.x1) / max(left.size, right.size, 1.0)
    chinese = is_wide(left.text[-1]) + is_wide(right.text[0])
    letters = left.text[-1].isalpha() and right.text[0].isalpha()
    spaced = chinese == 2 and letters and 1 in (len(left.text), len(right.text))  # noqa: PLR2004 -- both
    if wide < (0.05, 0.4, 0.5)[chinese] or (spaced and wide < 1):
        return UNREADABLE if left.text[-1].isdecimal() and right.text[0].isdecimal() else ""
    return "\t" if wide >= 1 else " "


def is_wide(char: str) -> bool:
    """Whether a character is set without blanks around it: Chinese and its punctuation, but no digit."""
    return char >= "\u2e80" and not char.isdigit()
