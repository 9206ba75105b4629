"""Stitch a table together that goes on over pages: rows cut in two, labels cut in two, headers printed again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from disclosure.read.document import TableCell
from disclosure.read.pdf_cells import Box, Cell, Ruled
from disclosure.read.pdf_labels import Fit, goes_on, is_known
from disclosure.read.pdf_words import UNREADABLE, Line

_TOLERANCE = 3.0
"""Points by which the lines of one table may differ between pages."""
_FEWEST_LINES = 3
"""Of two columns, which every table has."""
_WORDING = re.compile(r"[^\W\d_]")


class _Pair(NamedTuple):
    """The last cell of a column on one page and the first on the next."""

    above: Cell
    below: Cell

    @property
    def texts(self) -> tuple[str, str]:
        return self.above.text, self.below.text

    @property
    def are_figures(self) -> bool:
        return all(map(_is_figure, self.texts))

    @property
    def is_whole(self) -> bool:
        """Whether both together are a known wording."""
        return is_known("".join(self.texts))

    @property
    def fit(self) -> Fit | None:
        """How well the label goes on; None where the lower cell holds no label."""
        above, below = self.texts
        if not below or _is_figure(below):
            return None
        return Fit.NO if _is_figure(above) else goes_on(above, below)

    def join(self, between: str) -> None:
        """Put the text of the lower cell to that of the upper."""
        if self.below.text:
            self.above.text, self.below.text = self.above.text + between + self.below.text, ""


@dataclass(slots=True)
class PrintedTable:
    """A table, perhaps of several pages, in one system of coordinates: each page's part below that before.

    ``parts`` says where each part begins, and on which page.
    """

    cells: list[Cell]
    parts: list[tuple[float, int]]
    certain: bool
    _ends: list[Cell]

    @classmethod
    def opened(cls, ruled: Ruled, page: int) -> PrintedTable:
        """A table that begins on ``page``."""
        return cls([*ruled.cells], [(ruled.box.top, page)], ruled.certain, _ending(ruled.cells))

    @property
    def page(self) -> int:
        """The page of its last part."""
        return self.parts[-1][1]

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self._ends[0].box.bottom

    def goes_on_in(self, ruled: Ruled) -> bool:
        """Whether a table at the head of the next page has the same outer lines, and columns that fit.

        On the left one may begin at an inner line of the other: a merged cell that covers a whole page shows no lines.
        """
        mine, theirs = _lines(self._last_part()), _lines(ruled.cells)
        first = max(mine[0], theirs[0]) - _TOLERANCE
        mine, theirs = ([x for x in lines if x >= first] for lines in (mine, theirs))
        if min(len(mine), len(theirs)) < _FEWEST_LINES or abs(mine[0] - theirs[0]) > _TOLERANCE:
            return False
        return abs(mine[-1] - theirs[-1]) <= _TOLERANCE and (_within(mine, theirs) or _within(theirs, mine))

    def _last_part(self) -> list[Cell]:
        start = self.parts[-1][0]
        return [cell for cell in self.cells if cell.box.bottom > start]

    def extend(self, ruled: Ruled, page: int) -> None:
        """Add the part on the next page: without its repeated header, a cut row and cut labels whole again."""
        lines = _lines(self.cells)
        part = _without_header(self._header(), ruled.cells)
        start, bottom = min(cell.box.top for cell in part), self.bottom
        moved = [Cell(_moved(cell.box, lines, start, bottom), cell.text) for cell in part]
        first = [cell for cell in moved if cell.box.top == bottom]
        kept = moved if not self._join_cut_row(first) else [cell for cell in moved if cell not in first]
        self.parts.append((bottom, page))
        self.cells += kept
        self._ends = _ending([*self._ends, *kept])
        self.certain &= ruled.certain

    def takes(self, line: Line) -> bool:
        """Put a line right below the table to the label above it, if that surely goes on: the page cut its cell."""
        middle = (line.x0 + line.x1) / 2
        for cell in self._ends:
            if cell.box.x0 <= middle <= cell.box.x1 and goes_on(cell.text, line.text) is Fit.SURE:
                cell.text += line.text
                return True
        return False

    def _header(self) -> list[tuple[str, ...]]:
        own = self.parts[1][0] if len(self.parts) > 1 else self.bottom
        rows = _row_texts([cell for cell in self.cells if cell.box.top < own])
        return list(takewhile(lambda texts: not any(map(_is_figure, texts)), rows))

    def _join_cut_row(self, first: Sequence[Cell]) -> bool:
        """Put the first row of the next page to the last of this one, where the page cut one row in two.

        Else only the labels of merged cells that go on are put to what stands above; the answer is False.
        """
        above = {(cell.box.x0, cell.box.x1): cell for cell in self._ends}
        pairs = [_Pair(one, cell) for cell in first if (one := above.get((cell.box.x0, cell.box.x1))) is not None]
        lowest, end = max(cell.box.top for cell in self._ends), min(cell.box.bottom for cell in first)
        own = [pair for pair in pairs if pair.above.box.top == lowest and pair.below.box.bottom == end]
        if len(pairs) == len(first) and _is_cut(own) and all(pair.fit is not Fit.NO for pair in pairs):
            for pair in pairs:
                pair.join(UNREADABLE if pair.are_figures else "")
                pair.above.box = pair.above.box._replace(bottom=pair.below.box.bottom)
            return True
        for pair in pairs:
            if pair.fit is Fit.SURE and (pair not in own or pair.is_whole):
                pair.join("")
        return False

    def rows(self) -> tuple[list[list[TableCell]], list[int]]:
        """The rows with the columns and rows that each cell covers, and the page of each row."""
        lines = _lines(self.cells)
        tops = sorted({y for cell in self.cells for y in (cell.box.top, cell.box.bottom)})
        column = {x: number for number, x in enumerate(lines)}
        row = {y: number for number, y in enumerate(tops)}
        laid: list[dict[int, TableCell]] = [{} for _ in tops[1:]]
        covered: set[tuple[int, int]] = set()
        for cell in self.cells:
            x0, y0 = column[cell.box.x0], row[cell.box.top]
            across, down = column[cell.box.x1] - x0, row[cell.box.bottom] - y0
            laid[y0][x0] = TableCell(cell.text, across, down)
            covered.update((y0 + dy, x0 + dx) for dy in range(down) for dx in range(across))
        for y, cells in enumerate(laid):
            cells.update((x, TableCell("")) for x in range(len(lines) - 1) if (y, x) not in covered)
        return [[cells[x] for x in sorted(cells)] for cells in laid], [self._page_at(y) for y in tops[:-1]]

    def _page_at(self, y: float) -> int:
        return next(page for start, page in reversed(self.parts) if start <= y)


def _ending(cells: Sequence[Cell]) -> list[Cell]:
    bottom = max(cell.box.bottom for cell in cells)
    return [cell for cell in cells if cell.box.bottom == bottom]


def _lines(cells: Iterable[Cell]) -> list[float]:
    """Where its vertical lines are, from the left."""
    return sorted({x for cell in cells for x in (cell.box.x0, cell.box.x1)})


def _within(some: Sequence[float], others: Sequence[float]) -> bool:
    return all(any(abs(x - other) <= _TOLERANCE for other in others) for x in some)


def _moved(box: Box, lines: Sequence[float], start: float, bottom: float) -> Box:
    """The box at the coordinates of the table so far: its lines where they are, ``start`` at its ``bottom``."""
    x0, x1 = (min(lines, key=lambda line: (abs(line - x) > _TOLERANCE, abs(line - x))) for x in (box.x0, box.x1))
    return Box(
        x0 if abs(x0 - box.x0) <= _TOLERANCE else box.x0,
        bottom + (box.top - start),
        x1 if abs(x1 - box.x1) <= _TOLERANCE else box.x1,
        bottom + (box.bottom - start),
    )


def _is_figure(text: str) -> bool:
    """Whether a cell holds a number or a mark, not wording."""
    return bool(text) and not _WORDING.search(text)


def _row_texts(cells: Iterable[Cell]) -> list[tuple[str, ...]]:
    """The texts of the cells that begin in each row, from the top."""
    rows: dict[float, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.box.top, []).append(cell)
    ordered = (sorted(rows[top], key=lambda cell: cell.box.x0) for top in sorted(rows))
    return [tuple(cell.text for cell in row if cell.text) for row in ordered]


def _without_header(header: Sequence[tuple[str, ...]], cells: Sequence[Cell]) -> list[Cell]:
    """The cells of a part without the rows at its top that repeat the header of the table, whole or its first rows."""
    texts = _row_texts(cells)
    same = len(list(takewhile(lambda pair: pair[0] == pair[1] != (), zip(header, texts, strict=False))))
    tops = sorted({cell.box.top for cell in cells})
    if not same or same == len(tops):
        return [*cells]
    start = tops[same]
    if any(cell.box.top < start < cell.box.bottom for cell in cells):
        return [*cells]
    return [cell for cell in cells if cell.box.top >= start]


def _is_cut(pairs: Sequence[_Pair]) -> bool:
    """Whether a page end cut one row in two, given the cells that belong to the two rows alone.

    Where both have numbers, some number may be broken between the pages: then only labels that surely go on count,
    and some number must have nothing below.
    """
    fits = {pair.fit for pair in pairs} - {None}
    if Fit.NO in fits or not fits:
        return False
    above, below = (any(_is_figure(pair.texts[half]) for pair in pairs) for half in (0, 1))
    if above and below:
        return fits == {Fit.SURE} and any(pair.texts[1] == "" and _is_figure(pair.texts[0]) for pair in pairs)
    return Fit.SURE in fits or above or below
