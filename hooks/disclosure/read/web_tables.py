"""Tell the tables of a web page that hold data from those that only place text on the screen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from disclosure.read.document import MOST_COLUMNS, TableCell, grid_of

_LONGEST_CELL = 400
"""Characters; the longest wording of the form has some sixty, a cell that places an article has thousands."""
_MOST_BLOCKS = 2
"""Paragraphs of a cell of data that holds a sentence."""
_SENTENCE_END = "。"
_NUMBER = re.compile(r"\s*+[+-]?(?=[,.，．]*+\d)[\d,.，．]++\s*+")
_PIECE = re.compile(rf"[+\-－−]|{_NUMBER.pattern}")
_MOST_PIECES = 4
"""Of one number; more are the numbers of a whole row, whose cells were lost."""
_WORDING = re.compile("[\u4e00-\u9fff]{2}")
_FEWEST_ALIKE = 3
"""Rows of equal width that are believed against a header of another."""


@dataclass(frozen=True, slots=True)
class Block:
    """One line of text, or one table, where it stands on the page.

    ``container`` is the index of the element around it, see ``Page``; ``linked`` counts the visible characters that
    are links. ``rows`` are the cells of a table, whose ``text`` is empty.
    """

    text: str
    container: int
    linked: int = 0
    rows: tuple[tuple[TableCell, ...], ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The visible text, a line for each row of a table, its cells between tabs."""
        return tuple("\t".join(cell.text for cell in row) for row in self.rows) if self.rows else (self.text,)

    @property
    def visible(self) -> int:
        """How many characters can be seen."""
        return sum(map(visible_length, self.lines))


def visible_length(text: str) -> int:
    """The number of characters that are not blank."""
    return sum(map(len, text.split()))


@dataclass(slots=True)
class PageCell:
    """A cell while its content is collected; ``down`` 0 means all rows to the end of its group."""

    across: int
    down: int
    blocks: list[Block] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The visible text, a line for each block.

        A few numbers in a place for one are one number broken in pieces, or several: the signs between them say
        so, and keep the first from being taken alone.
        """
        pieces = [piece for block in self.blocks for piece in block.text.split()]
        if self.across < len(pieces) <= _MOST_PIECES and all(map(_PIECE.fullmatch, pieces)):
            return "↵".join("␣".join(block.text.split()) for block in self.blocks)
        return "\n".join(block.text for block in self.blocks)


@dataclass(slots=True)
class PageTable:
    """A table while its rows are collected, by row groups: (``thead``, ``tbody`` or ``tfoot``, rows)."""

    container: int
    groups: list[tuple[str, list[list[PageCell]]]] = field(default_factory=list)

    def open_group(self, tag: str) -> None:
        """Begin a row group."""
        self.groups.append((tag, []))

    def open_row(self) -> None:
        """Begin a row."""
        if not self.groups:
            self.open_group("tbody")
        self.groups[-1][1].append([])

    def add(self, cell: PageCell) -> None:
        """Add a cell to the last row."""
        if not self.groups or not self.groups[-1][1]:
            self.open_row()
        self.groups[-1][1][-1].append(cell)

    def blocks(self) -> Iterator[Block]:
        """The content in reading order: runs of rows of data as tables, everything else as lines of text."""
        run: list[list[PageCell]] = []
        for row in self._rows():
            if _places_text(row):
                yield from self._run(run)
                run = []
                yield from (block for cell in row for block in cell.blocks)
            else:
                run.append(row)
        yield from self._run(run)

    def _rows(self) -> Iterator[list[PageCell]]:
        """The rows as they are shown: the first head on top, the first foot below; no cell leaves its group."""
        order = [self._rank(index) for index in range(len(self.groups))]
        for index in sorted(range(len(self.groups)), key=order.__getitem__):
            rows = self.groups[index][1]
            for number, row in enumerate(rows):
                for cell in row:
                    cell.down = min(cell.down or len(rows), len(rows) - number)
                yield row

    def _rank(self, index: int) -> int:
        tag = self.groups[index][0]
        first = all(earlier != tag for earlier, _ in self.groups[:index])
        return {"thead": -1, "tfoot": 1}.get(tag, 0) if first else 0

    def _run(self, rows: Sequence[Sequence[PageCell]]) -> Iterator[Block]:
        """One table of data; a single column is no table."""
        if max(map(len, rows), default=0) <= 1:
            yield from (block for row in rows for cell in row for block in cell.blocks)
            return
        cells = tuple(tuple(TableCell(cell.text, cell.across, cell.down) for cell in row) for row in rows)
        yield Block("", self.container, sum(block.linked for block in _blocks(rows)), cells)


def _blocks(rows: Iterable[Iterable[PageCell]]) -> Iterator[Block]:
    return (block for row in rows for cell in row for block in cell.blocks)


def _places_text(row: Sequence[PageCell]) -> bool:
    """Whether a row is there for the layout: it holds a table, an article, or nothing but prose across the table."""
    most_blocks = 0 if len(row) == 1 else _MOST_BLOCKS
    return any(
        any(block.rows for block in cell.blocks)
        or len(cell.text) > _LONGEST_CELL
        or (len(cell.blocks) > most_blocks and _SENTENCE_END in cell.text)
        for cell in row
    )


def even_runs(rows: Sequence[Sequence[TableCell]]) -> Iterator[tuple[bool, list[list[str]]]]:
    """The rows of a table laid out on its grid, in runs: True with rows whose cells are certain to be in their columns.

    Where a row of numbers has fewer or more cells than its header, a cell was lost or doubled in the source, nobody
    knows which: a browser would show all numbers behind it below wrong names. Such rows are text without columns.
    """
    certain = _certain(rows, _widths(rows))
    for is_certain, run in groupby(zip(certain, grid_of(rows), strict=True), key=lambda pair: pair[0]):
        yield is_certain, [cells for _, cells in run]


def _certain(rows: Sequence[Sequence[TableCell]], widths: Sequence[int]) -> list[bool]:
    """For each row whether it is as wide as the header above it; rows without numbers are headers.

    A row without any wording, such as that of table 4, has to be the widest: its cells are counted from the left.
    """
    numbered = [any(_NUMBER.fullmatch(cell.text) for cell in row) for row in rows]
    certain: list[bool] = []
    header, widest = 0, max(widths, default=0)
    for has_numbers, run in groupby(range(len(rows)), key=numbered.__getitem__):
        indexes = list(run)
        believed = _believed(header, [widths[index] for index in indexes])
        certain += [
            not (has_numbers and header)
            or widths[index] in believed
            or (widths[index] == widest and not any(_WORDING.search(cell.text) for cell in rows[index]))
            for index in indexes
        ]
        if not has_numbers:
            # The lower rows of a header may lack the names that reach down from above without saying so.
            header = max((widths[index] for index in indexes if len(rows[index]) > 1), default=widths[indexes[-1]])
    return certain


def _believed(header: int, widths: Sequence[int]) -> set[int]:
    """The widths that rows below a header may have: its own, and one that most of several rows have."""
    usual, count = Counter(widths).most_common(1)[0]
    return {header, usual} if count >= _FEWEST_ALIKE and count * 2 > len(widths) else {header}


def _widths(rows: Sequence[Sequence[TableCell]]) -> list[int]:
    """How many columns each row takes up, with those that cells from above cover."""
    widths: list[int] = []
    covered: dict[int, int] = {}
    for row in rows:
        taken = dict(covered)
        column = 0
        for cell in row:
            while column in covered:
                column += 1
            end = column + min(cell.across, MOST_COLUMNS)
            taken |= dict.fromkeys(range(column, end), cell.down)
            column = end
        widths.append(len(taken))
        covered = {place: down - 1 for place, down in taken.items() if down > 1}
    return widths
