"""Stitch a table together that goes on over pages: rows cut in two, labels cut in two, headers printed again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import takewhile

from disclosure.form.folding import fold
from disclosure.form.template import FORMS, OUTCOMES_LABEL
from disclosure.read.document import TableCell
from disclosure.read.pdf_cells import Box, Cell, Ruled
from disclosure.read.pdf_words import UNREADABLE

_TOLERANCE = 3.0
"""Points by which the lines of one table may differ between pages."""
_TEMPLATES = [table for form in FORMS.values() for table in form.tables.values()]
_ROWS = [row for table in _TEMPLATES for row in table.rows]
_WORDINGS = {OUTCOMES_LABEL} | {text for row in _ROWS for text in (row.label, row.group, *row.also, *row.misprints)}
_HEADS = {text for row in _ROWS for head in row.columns for text in (head.label, *head.also, *head.misprints)}
KNOWN = frozenset(map(fold, _WORDINGS | _HEADS)) - {""}
"""Every wording of a row, a group of rows or a column of the form: what is whole when it stands alone."""
_ALL_KNOWN = "\n" + "\n".join(sorted(KNOWN))
_ITEM = re.compile(r"\s*(?:[(（]?[一二三四五六七八九十]+[)）、]|\d+ ?[.．、])")
_WORDING = re.compile(r"[^\W\d_]")


class Fit(Enum):
    """Whether the text of one cell goes on in the cell below it, on the next page."""

    SURE = auto()
    POSSIBLE = auto()
    NO = auto()


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
        """Whether a table at the head of the next page has the same outer lines, and columns that fit."""
        mine, theirs = _lines(self._last_part()), _lines(ruled.cells)
        if abs(mine[0] - theirs[0]) > _TOLERANCE or abs(mine[-1] - theirs[-1]) > _TOLERANCE:
            return False
        return _within(mine, theirs) or _within(theirs, mine)

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

    def _header(self) -> list[tuple[str, ...]]:
        own = self.parts[1][0] if len(self.parts) > 1 else self.bottom
        rows = _row_texts([cell for cell in self.cells if cell.box.top < own])
        return list(takewhile(lambda texts: not any(map(_is_figure, texts)), rows))

    def _join_cut_row(self, first: Sequence[Cell]) -> bool:
        """Put the first row of the next page to the last of this one, where the page cut one row in two.

        Else only the labels of merged cells that go on are put to what stands above; the answer is False.
        """
        above = {(cell.box.x0, cell.box.x1): cell for cell in self._ends}
        pairs = [(above.get((cell.box.x0, cell.box.x1)), cell) for cell in first]
        matched = [(one, cell) for one, cell in pairs if one is not None]
        if len(matched) == len(pairs) and _is_cut([(one.text, cell.text) for one, cell in matched]):
            for one, cell in matched:
                both = _is_figure(one.text) and _is_figure(cell.text)
                one.text += (UNREADABLE if both else "") + cell.text
                one.box = one.box._replace(bottom=cell.box.bottom)
            return True
        lowest = max(cell.box.top for cell in self._ends)
        end = min(cell.box.bottom for cell in first)
        for one, cell in matched:
            merged = one.box.top < lowest or cell.box.bottom > end
            if merged and cell.text and one.text and _goes_on(one.text, cell.text) is Fit.SURE:
                one.text, cell.text = one.text + cell.text, ""
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


def _is_cut(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether two rows, given as pairs of texts above one another, are one that a page end cut in two.

    Where both have numbers, some number may be broken between the pages: then only a label that surely goes on counts.
    """
    labels = [(above, below) for above, below in pairs if below and not _is_figure(below)]
    figures = [any(_is_figure(pair[half]) for pair in pairs) for half in (0, 1)]
    if not labels or any(_is_figure(above) for above, _ in labels):
        return False
    fits = {_goes_on(above, below) for above, below in labels}
    return fits == {Fit.SURE} or (Fit.NO not in fits and (Fit.SURE in fits or any(figures)) and not all(figures))


def _goes_on(above: str, below: str) -> Fit:
    """Whether a label goes on below: surely where both together are the beginning of a known one, or a whole one."""
    first, second = fold(above), fold(below)
    if first + second in KNOWN:
        return Fit.SURE
    if not first or not second or first in KNOWN or second in KNOWN or _ITEM.match(below):
        return Fit.NO
    return Fit.SURE if f"\n{first}{second}" in _ALL_KNOWN else Fit.POSSIBLE
