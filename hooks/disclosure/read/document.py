"""What every reader returns, and how the readers of formats with real tables put it together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from disclosure.model import Note

MOST_CHARACTERS = 4 * 1024 * 1024
"""Characters of one document; a report has some ten thousand."""
MOST_COLUMNS = 64
"""Columns of one table that are read; the widest of the form, table 4, has 15."""
MOST_ROWS = 4000
"""Rows of one table that are read; a table of the form has some thirty."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Digits that stand above the line mark a note; they are no part of the number before them."""
STRUCK = "（划去：{}）"
"""How text that is crossed out is told from the text around it."""
MOST_CELLS = 100_000
"""Cells of all tables of one document; a report has some five hundred."""
_LINE_END = re.compile(r"\r\n|[\r\n\v\f\u0085\u2028\u2029]")
_BLANKS = re.compile(r"[ \t\r\n\v\f\u0085\u2028\u2029]+")
_MARK = r"[+/＋／\-‐‑–—―─−﹣－]"
_PIECE = re.compile(rf"{_MARK}|{_MARK}?(?=[,.，．]*+\d)[\d,.，．]++[件条个项次人份宗起万元]{{0,2}}")
"""A piece of a number, or a number; its sign or a mark for zero may stand alone."""
_MOST_PIECES = 4
"""Of one number; more are the numbers of a whole row, whose cells were lost."""
_LONGEST_IN_PIECES = 60
"""Characters of a cell that may hold a number in pieces."""


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one source, line by line as printed (without line ends), with what the reader has to say.

    ``tables`` are the real tables of formats that have them: ranges of line numbers (from 1), a line for each row and
    a tab between two cells, so that counting tabs tells the column; where a merged cell covers a place, it is empty.
    All lines of a table have equally many tabs. Plain text has no real tables, whatever it looks like.
    ``places`` says for each line where it stands in the original, in Chinese (``第 3 页``); empty for text, whose lines
    are those of the file.
    """

    lines: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    tables: tuple[range, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of a real table as its source gives it: its text, and how many columns and rows it covers."""

    text: str
    across: int = 1
    down: int = 1


class TooLargeError(Exception):
    """The document holds more text than any report; reading stops here."""


@dataclass(slots=True)
class DocumentBuilder:
    """Collects paragraphs and tables in reading order and keeps the account of lines, tables and places."""

    lines: list[str] = field(default_factory=list)
    tables: list[range] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    characters: int = 0
    cells: int = 0

    def paragraph(self, text: str, place: str = "") -> None:
        """Add a paragraph; a line break inside it begins a new line.

        Raises:
            TooLargeError: the document has grown beyond ``MOST_CHARACTERS``.
        """
        for line in _LINE_END.split(text):
            self._add(line, place)

    def table(self, rows: Iterable[Sequence[TableCell]], places: Sequence[str] = ("",)) -> None:
        """Add a table; ``places`` has one place for each row, or one for all.

        Columns beyond ``MOST_COLUMNS`` are kept in the last one, rows beyond ``MOST_ROWS`` become paragraphs.

        Raises:
            TooLargeError: the document has grown beyond ``MOST_CHARACTERS`` or ``MOST_CELLS``.
        """
        grid = grid_of(rows)
        self.cells += sum(map(len, grid))
        if self.cells > MOST_CELLS:
            raise TooLargeError
        first = len(self.lines) + 1
        for number, cells in enumerate(grid):
            self._add("\t".join(cells), places[min(number, len(places) - 1)])
        last = first + min(len(grid), MOST_ROWS)
        if last > first:
            self.tables.append(range(first, last))

    def _add(self, line: str, place: str) -> None:
        self.characters += len(line) + 1
        if self.characters > MOST_CHARACTERS:
            raise TooLargeError
        self.lines.append(line)
        self.places.append(place)

    def build(self, notes: Iterable[Note] = ()) -> Document:
        """The finished document."""
        places = tuple(self.places) if any(self.places) else ()
        return Document(tuple(self.lines), tuple(notes), tuple(self.tables), places)


def grid_of(rows: Iterable[Sequence[TableCell]]) -> list[list[str]]:
    """Lay cells out on a grid: each text at the upper left of the places its cell covers, all rows equally wide.

    >>> grid_of([[TableCell("甲", across=2), TableCell("乙", down=2)], [TableCell("丙"), TableCell("丁")]])
    [['甲', '', '乙'], ['丙', '丁', '']]
    """
    grid: list[list[str]] = []
    covered: dict[int, int] = {}
    """Column → how many more rows a cell from above reaches down there."""
    for row in rows:
        laid, covered = _lay_row(row, covered)
        grid.append(laid)
    width = max(map(len, grid), default=0)
    return [_shown_row(cells + [""] * (width - len(cells))) for cells in grid]


def _lay_row(row: Sequence[TableCell], covered: dict[int, int]) -> tuple[list[str], dict[int, int]]:
    """The texts of one row, and what its cells and those above still cover below it."""
    laid: list[str] = []
    below = {column: rows - 1 for column, rows in covered.items() if rows > 1}
    for cell in row:
        while len(laid) in covered and len(laid) < MOST_COLUMNS:
            laid.append("")
        if len(laid) >= MOST_COLUMNS:
            laid[-1] = f"{laid[-1]} {cell.text}"
            continue
        across = max(1, min(cell.across, MOST_COLUMNS - len(laid)))
        if cell.down > 1:
            below.update((column, cell.down - 1) for column in range(len(laid), len(laid) + across))
        laid += [cell.text] + [""] * (across - 1)
    return laid, below


def _shown_row(cells: Sequence[str]) -> list[str]:
    r"""The texts of a row, each on one line, so that no number of one cell can be taken for that of another.

    Numbers are counted against the columns of a table. Two in one cell beside an empty one come out right, and every
    number behind stands below a wrong name; so the signs between them stay visible. Where the numbers are as many as
    all places together, they are more than the columns, and everybody sees that the row is no row.

    >>> _shown_row(["规章", "2 964", ""]), _shown_row(["规章", "-\n8", ""]), _shown_row(["规章", "12\n34", "7 8"])
    (['规章', '2␣964', ''], ['规章', '-↵8', ''], ['规章', '12 34', '7 8'])
    """
    plain = [_BLANKS.sub(" ", text).strip(" ") for text in cells]
    pieces = [_pieces(text) for text in cells]
    if max(pieces, default=0) <= 1 or (all(plain) and sum(pieces) >= len(cells)):
        return plain
    return [_parted(raw) if count > 1 else text for raw, text, count in zip(cells, plain, pieces, strict=True)]


def _pieces(text: str) -> int:
    """How many pieces a cell has that holds nothing but a number in pieces, or a few numbers; else 0."""
    if len(text) > _LONGEST_IN_PIECES:
        return 0
    pieces = text.split()
    several = len(pieces) <= _MOST_PIECES and all(map(_PIECE.fullmatch, pieces))
    return len(pieces) if several and any(map(str.isdecimal, text)) else 0


def _parted(text: str) -> str:
    return "↵".join("␣".join(line.split()) for line in _LINE_END.split(text) if line.strip())
