"""Cut the narrative of a report into sentences, each with the line it stands on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, chain, islice
from typing import NamedTuple

from disclosure.form.folding import INVISIBLE, half_width
from disclosure.form.narrative_grid import cells_of
from disclosure.form.narrative_lines import Piece, Sort, pieces
from disclosure.model import Report, Section

YEAR_NAMED = re.compile(r"20\d\d(?=年)")
"""A year that a sentence names."""

_END = re.compile(r"[。！？；!?;]")
MOST_SENTENCES = 2000
"""Of a longer report only the first sentences are looked at, so that a hostile file cannot cost much."""
AT_HAND = 16
"""So many reports of one office are remembered while its rules run; of more, some are cut again."""
_MARKS = re.compile(r"[\s*_#>`|]+")
_DROPPED = re.compile(rf"[\s*_#>`|＊＿＃＞｀｜]|{INVISIBLE.pattern}")
"""One character of a printed line that is cleaned away. All others stay one character each."""


class Sentence(NamedTuple):
    """A sentence without white space and Markdown marks, half-width; ``section`` is the section's identifier.

    ``lines`` are pairs (offset in ``text``, line of the source), ascending. The first offset is 0, or less where the
    line begins with the end of another sentence. ``in_table`` tells the cell of a table from running text.
    """

    section: str
    text: str
    lines: tuple[tuple[int, int], ...]
    in_table: bool = False

    def line_at(self, offset: int) -> int:
        """The line of the source on which the character at ``offset`` stands."""
        return self.place_of(offset)[1]

    def place_of(self, offset: int) -> tuple[int, int]:
        """Of the line with the character at ``offset``: where it begins in ``text``, and its number."""
        return self.lines[bisect_right([start for start, _ in self.lines], offset) - 1]


def sentences_of(report: Report) -> tuple[Sentence, ...]:
    """The sentences of the six sections, in order; what stands before the first heading is left out."""
    return _sentences_of(report.filling.sections)


@lru_cache(maxsize=AT_HAND)
def _sentences_of(sections: tuple[Section, ...]) -> tuple[Sentence, ...]:
    """Several rules ask for the sentences of one office's reports in turn: they are cut once."""
    found = chain.from_iterable(sentences_in(section) for section in sections if section.id != "preamble")
    return tuple(islice(found, MOST_SENTENCES))


@lru_cache(maxsize=AT_HAND * 8)
def sentences_in(section: Section) -> tuple[Sentence, ...]:
    """The sentences of one section, in order; each cell of a table is one by itself."""
    found = (
        sentence
        for piece in pieces(section)
        for paragraph in _paragraphs(piece)
        for sentence in _cut(section.id, paragraph, in_table=piece.sort is Sort.TABLE)
    )
    return tuple(islice(found, MOST_SENTENCES))


def _paragraphs(piece: Piece) -> Iterator[list[tuple[int, str]]]:
    """The lines of each paragraph, cleaned."""
    if piece.sort is Sort.TABLE:
        yield from ([(number, clean(cell))] for number, printed in piece.lines for cell in cells_of(printed))
    elif piece.sort is not Sort.MARK:
        yield [(number, clean(printed)) for number, printed in piece.lines]


def clean(printed: str) -> str:
    """A line without white space and Markdown marks, half-width."""
    return _MARKS.sub("", half_width(printed))


def printed_offset(printed: str, offset: int) -> int:
    """Where the character at ``offset`` of ``clean(printed)`` stands in ``printed``."""
    for dropped in _DROPPED.finditer(printed):
        if dropped.start() > offset:
            break
        offset += 1
    return offset


def _cut(section: str, paragraph: list[tuple[int, str]], *, in_table: bool) -> Iterator[Sentence]:
    whole = "".join(text for _, text in paragraph)
    numbers = [number for number, _ in paragraph]
    starts = [0, *accumulate(len(text) for _, text in paragraph[:-1])]
    begin = 0
    for end in [*(match.end() for match in _END.finditer(whole)), len(whole)]:
        if end > begin:
            touched = range(bisect_right(starts, begin) - 1, bisect_left(starts, end))
            lines = tuple((starts[at] - begin, numbers[at]) for at in touched)
            yield Sentence(section, whole[begin:end], lines, in_table)
        begin = end
