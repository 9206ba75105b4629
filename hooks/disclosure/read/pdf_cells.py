"""From ruled lines to the cells of a table, with the text that stands in each."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from disclosure.read.pdf_words import Word, is_wide, line_of, overlap, rows_of, split_word

Edge: TypeAlias = dict[str, Any]
"""A horizontal or vertical line as pdfplumber describes it."""
_TOLERANCE = 3.0
"""Lines nearer to one another than this are one, ends nearer than this to a line touch it."""
MOST_VERTICES = 2500
"""Crossings of lines on one page; a page full of table 4 has a few hundred."""
_NUMERIC = re.compile(r"[+\-−–]?[0-9０-９][0-9０-９,，.．%]*")


class Box(NamedTuple):
    """A rectangle on a page."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(slots=True)
class Cell:
    """One cell: where it is and what it says."""

    box: Box
    text: str = ""


@dataclass(slots=True)
class Ruled:
    """One ruled table of one page. Where ``certain`` is False, some number stands across a line."""

    box: Box
    cells: list[Cell] = field(default_factory=list)
    certain: bool = True


def find_boxes(edges: Sequence[Edge]) -> list[list[Box]]:
    """The cells that lines enclose, a list for each table of at least two columns, the smallest cells first.

    A table whose outer lines are missing at a side is closed there: many are drawn open at the sides, or at the
    edge of a page. Where there are more lines than in any table, none is looked for.
    """
    merged = merge_edges(list(edges), _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    merged = [edge for edge in merged if _length(edge) >= _TOLERANCE]
    crossings = edges_to_intersections(merged, _TOLERANCE, _TOLERANCE)
    if len(crossings) > MOST_VERTICES:
        return []
    closing = [edge for group in _touching(crossings) for edge in _closing(group)]
    if closing:
        merged = merge_edges([*merged, *closing], 0, 0, _TOLERANCE, _TOLERANCE)
        crossings = edges_to_intersections(merged, _TOLERANCE, _TOLERANCE)
    tables = [[Box(*cell) for cell in table] for table in cells_to_tables(intersections_to_cells(crossings))]
    return [table for table in tables if len({cell.x0 for cell in table}) > 1]


def _length(edge: Edge) -> float:
    return float(max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]))


def _touching(crossings: Mapping[Any, Mapping[str, list[Edge]]]) -> list[list[Edge]]:
    """Groups of lines that are connected by crossings."""
    group_of: dict[int, list[Edge]] = {}
    for vertex in crossings.values():
        groups = {id(group): group for edge in (*vertex["v"], *vertex["h"]) if (group := group_of.get(id(edge)))}
        own = [edge for edge in (*vertex["v"], *vertex["h"]) if id(edge) not in group_of]
        joined = [*itertools.chain.from_iterable(groups.values()), *own]
        group_of.update((id(edge), joined) for edge in joined)
    return list({id(group): group for group in group_of.values()}.values())


def _closing(group: Sequence[Edge]) -> Iterator[Edge]:
    """The outer lines that a group of at least two lines each way lacks."""
    level = [edge for edge in group if edge["orientation"] == "h"]
    if min(len(level), len(group) - len(level)) < 2:  # noqa: PLR2004 -- fewer enclose nothing
        return
    x0, x1 = min(edge["x0"] for edge in group), max(edge["x1"] for edge in group)
    top, bottom = min(edge["top"] for edge in group), max(edge["bottom"] for edge in group)
    for x in (x0, x1):
        if not any(edge["orientation"] == "v" and abs(edge["x0"] - x) <= _TOLERANCE for edge in group):
            yield {"x0": x, "x1": x, "top": top, "bottom": bottom, "orientation": "v"}
    for y in (top, bottom):  # under a merged cell that goes on over the page, a part of the line is missing
        drawn = sum(edge["x1"] - edge["x0"] for edge in level if abs(edge["top"] - y) <= _TOLERANCE)
        if drawn < x1 - x0 - _TOLERANCE:
            yield {"x0": x0, "x1": x1, "top": y, "bottom": y, "orientation": "h"}


def fill_boxes(tables: Iterable[Sequence[Box]], words: Iterable[Word]) -> tuple[list[Ruled], list[Word]]:
    """Put words into the cells of tables; also the words that stand in none.

    A table of which a cell holds several numbers is none: its words are given back with the others.
    """
    ruled = [Ruled(_around(boxes), [Cell(box) for box in boxes]) for boxes in tables]
    places = sorted(
        ((cell, table) for table in ruled for cell in table.cells),
        key=lambda place: (place[0].box.x1 - place[0].box.x0) * (place[0].box.bottom - place[0].box.top),
    )
    inside: defaultdict[int, list[Word]] = defaultdict(list)
    outside: list[Word] = []
    for word in words:
        parts, certain = _parted(word, [place for place in places if _meets(place[0].box, word)])
        for part, cell, table in parts:
            if cell is None or table is None:
                outside.append(part)
                _doubt(ruled, part)
                continue
            inside[id(cell)].append(part)
            table.certain &= certain or not is_number(word.text)
    for table in ruled:
        if any(_holds_several(inside[id(cell)]) for cell in table.cells):
            outside += [word for cell in table.cells for word in inside[id(cell)]]
        else:
            _set_texts(table, inside)
    return [table for table in ruled if any(cell.text for cell in table.cells)], outside


def _holds_several(words: Sequence[Word]) -> bool:
    """Whether a cell without wording holds more than one number side by side: lines are missing from its table."""
    numbers = [word for word in words if is_number(word.text)]
    return len(numbers) == len(words) and any(len(row) > 1 for row in rows_of(numbers))


def _doubt(tables: Iterable[Ruled], word: Word) -> None:
    """A number inside a table, but in none of its cells, makes its columns uncertain."""
    if is_number(word.text):
        for table in tables:
            table.certain &= not table.box.holds((word.x0 + word.x1) / 2, word.middle)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def _meets(box: Box, word: Word) -> bool:
    return box.x0 <= word.x1 and word.x0 <= box.x1 and box.top <= word.middle <= box.bottom


_Place: TypeAlias = tuple[Cell, Ruled]
_Part: TypeAlias = tuple[Word, Cell | None, Ruled | None]


def _parted(word: Word, places: Sequence[_Place]) -> tuple[list[_Part], bool]:
    """The word with its cell, or its parts with theirs where a line passes between two of its glyphs.

    The flag is False where the line passes through: then the whole word goes to the cell that holds most of it.
    """
    homes = [_home(places, (g.x0 + g.x1) / 2, (g.top + g.bottom) / 2) for g in word.glyphs]
    changes = [n for n in range(1, len(homes)) if homes[n][0] is not homes[n - 1][0]]
    if not changes:
        return [(word, *homes[0])], True
    if all(word.glyphs[n].x0 - word.glyphs[n - 1].x1 > _BREATH * word.size for n in changes):
        first, rest = split_word(word, changes[0])
        parts, certain = _parted(rest, places)
        return [(first, *homes[0]), *parts], certain
    return [(word, *max(homes, key=lambda home: sum(one[0] is home[0] for one in homes)))], False


_BREATH = 0.04
"""Glyphs of one number touch; a gap of this share of the font size with a line in it parts two numbers."""


def _home(places: Sequence[_Place], x: float, y: float) -> tuple[Cell | None, Ruled | None]:
    return next((place for place in places if place[0].box.holds(x, y)), (None, None))


def _set_texts(table: Ruled, inside: Mapping[int, Sequence[Word]]) -> None:
    """Write into each cell what it says: its lines one after the other, a broken number whole again."""
    held = [(cell, inside[id(cell)]) for cell in table.cells if id(cell) in inside]
    numbers = [word for _, words in held for word in words if is_number(word.text)]
    left = min((word.x0 - cell.box.x0 for cell, words in held for word in words), default=0.0)
    right = min((cell.box.x1 - word.x1 for cell, words in held for word in words), default=0.0)
    for cell, words in held:
        room = cell.box.x1 - cell.box.x0 - max(left, 0.0) - max(right, 0.0)
        cell.text = cell_text(words, room, is_one_number=_is_one_number(words, numbers))


def _is_one_number(words: Sequence[Word], numbers: Sequence[Word]) -> bool:
    """Whether the numbers of a cell are the lines of one.

    They are where all but the last are equally long, and a number beside them stands at half the height of two.
    """
    lines = sorted(words, key=lambda word: word.top)
    if len({len(word.text) for word in lines[:-1]}) != 1 or len(lines[-1].text) > len(lines[0].text):
        return False
    return all(is_number(word.text) for word in lines) and any(
        not overlap(above, below) and any(overlap(one, above) and overlap(one, below) for one in numbers)
        for above, below in pairwise(lines)
    )


def cell_text(words: Sequence[Word], room: float, *, is_one_number: bool) -> str:
    """The text of one cell that is ``room`` points wide without its padding.

    Lines are joined without a blank, as labels are broken anywhere. Two numbers on two lines are joined only where
    they are known to be one, or the first line had no room for another digit; else, and where they are of two sizes, a
    blank keeps them apart.
    """
    text, used, size = "", 0.0, 0.0
    level = [word for word in words if word.glyphs[0].direction == "right"]
    rows = [*rows_of(level), *([word] for word in words if word.glyphs[0].direction != "right")]
    for row in rows:
        line = _closed_up(line_of(row).text)
        step = row[0].glyphs[0].x1 - row[0].glyphs[0].x0
        digits = bool(_DIGIT.search(text[-1:]) and _DIGIT.search(line[:1]))
        apart = not is_one_number and used + step <= room - _SLACK
        apart |= min(size, row[0].size) < _SAME_SIZE * max(size, row[0].size)
        text += " " + line if digits and apart else line
        used, size = row[-1].x1 - row[0].x0, row[-1].size
    return text


_SLACK = 0.3
_SAME_SIZE = 0.9
_DIGIT = re.compile(r"[0-9０-９.．,，]")
_BLANKS = re.compile(r"[\t ]+")


def _closed_up(line: str) -> str:
    """No blanks between two Chinese characters of a cell: they only spread a label over its width."""
    pieces = _BLANKS.split(line)
    text = pieces[0]
    for piece in pieces[1:]:
        text += piece if is_wide(text[-1:] or " ") and is_wide(piece[:1] or " ") else f" {piece}"
    return text


def is_number(text: str) -> bool:
    """Whether a cell says a number and nothing else."""
    return _NUMERIC.fullmatch(text) is not None
