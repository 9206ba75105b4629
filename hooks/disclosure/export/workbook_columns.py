"""The columns of the sheets: each makes its cells, as pieces of a worksheet's XML, for a stretch of rows.

A workbook of a whole country has millions of cells. Columns of like cells are made in one go; whatever is not a printed
whole number takes a slower way, one cell at a time.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, Protocol, TypeAlias
from xml.sax.saxutils import escape

from disclosure.export.workbook_styles import Styles
from disclosure.model import GAPS, Number, Status
from disclosure.render.legend import LEGEND, UNUSABLE
from disclosure.render.text import visible

Amount: TypeAlias = Number | float
"""What a cell with a number holds; shares alone are floats."""

FIRST_ROW: Final = 2
"""The number by which a sheet knows the first row below its head."""
LONGEST_TEXT: Final = 32_767
"""So many UTF-16 units fit into a cell of Excel."""
CUT: Final = "…（太长，已截断，全文见 CSV）"
_EXACT_DIGITS: Final = 15
"""So many digits of a number does Excel keep; the others it would turn into 0."""
_LIMIT: Final = 10**_EXACT_DIGITS
_PRINTED: Final = Status.PRINTED
_ESCAPED: Final = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
_SPACED: Final = re.compile(r"^\s|\s$|[\t\n]|  ")
_WIDE: Final = 2.1
"""The width of a Chinese character in widths of a digit."""
_NARROWEST: Final = 9.0

PART_OVER_WHOLE: Final = "分子大于分母"


class Column(Protocol):
    """One column: ``head`` stands above it, ``width`` is in widths of a digit."""

    @property
    def head(self) -> str:
        """The words above it."""

    @property
    def head_style(self) -> int:
        """The look of its head, which is aligned as its cells are."""

    @property
    def width(self) -> float:
        """The width, in widths of a digit."""

    def cells(self, letters: str, rows: range) -> list[str]:
        """The cells of these rows, which are counted from 0 below the head."""


def fitted(text: str) -> str:
    """The text with its control characters made visible, cut where Excel would refuse it, with words that say so."""
    shown = visible(text)
    if len(shown) <= LONGEST_TEXT // 2 or len(shown.encode("utf-16-le")) // 2 <= LONGEST_TEXT:
        return shown
    units = shown.encode("utf-16-le")[: 2 * (LONGEST_TEXT - len(CUT))]
    return units.decode("utf-16-le", "ignore") + CUT


@lru_cache(1 << 16)
def _inline(text: str) -> str:
    """Text as the content of a cell. Excel would read ``_x0041_`` as the character with that code."""
    words = escape(_ESCAPED.sub("_x005F_x", fitted(text)))
    space = ' xml:space="preserve"' if _SPACED.search(words) else ""
    return f't="inlineStr"><is><t{space}>{words}</t></is></c>'


def text_cell(place: str, style: int, text: str) -> str:
    """A cell that holds text and never anything else, whatever the text looks like."""
    return f'<c r="{place}" s="{style}" {_inline(text)}'


def room_for(text: str) -> float:
    """The width that a text takes on one line, in widths of a digit."""
    in_utf_8 = len(text.encode("utf-8", "replace"))  # a Chinese character takes two bytes more than a digit
    return len(text) + (_WIDE - 1) * (in_utf_8 - len(text)) / 2


def _numbered(rows: range, *columns: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """These rows of the columns, each after the number by which the sheet knows it."""
    numbers = range(rows.start + FIRST_ROW, rows.stop + FIRST_ROW)
    return zip(numbers, *(column[rows.start : rows.stop] for column in columns), strict=True)


@lru_cache(1 << 16)
def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width, rather one too many than one too few."""
    return sum(max(1, math.ceil(1.05 * room_for(line) / width)) for line in text.split("\n"))


@dataclass(frozen=True)
class TextColumn:
    """Words; None and the empty text are empty cells. What is not ``wrapped`` is seen as far as the column is wide."""

    head: str
    values: Sequence[str | None]
    width: float
    styles: Styles
    wrapped: bool = True

    @property
    def head_style(self) -> int:
        """See ``Column``."""
        return self.styles.head_of_words

    def cells(self, letters: str, rows: range) -> list[str]:
        """See ``Column``."""
        nothing = self.styles.nothing
        style = self.styles.wrapped if self.wrapped else self.styles.text
        return [
            text_cell(f"{letters}{n}", style, text) if text else f'<c r="{letters}{n}" s="{nothing}"/>'
            for n, text in _numbered(rows, self.values)
        ]

    def lines(self, rows: range) -> list[int]:
        """How many lines the cells of these rows take, if they are wrapped."""
        return [lines_of(text or "", self.width) for text in self.values[rows.start : rows.stop]]


@dataclass(frozen=True)
class CountColumn:
    """Whole numbers about the data (a year, a line, a count of ours), which have no status."""

    head: str
    values: Sequence[int | None]
    width: float
    style: int
    head_style: int

    def cells(self, letters: str, rows: range) -> list[str]:
        """See ``Column``."""
        return [
            f'<c r="{letters}{n}" s="{self.style}"/>'
            if value is None
            else f'<c r="{letters}{n}" s="{self.style}"><v>{value}</v></c>'
            for n, value in _numbered(rows, self.values)
        ]


@dataclass(frozen=True)
class FigureColumn:
    """Figures with their statuses; a status of None where the form has no such cell.

    ``label`` names it in remarks. ``known`` is what the known parts of a sum add up to, where that is known.
    """

    head: str
    label: str
    values: Sequence[Amount | None]
    statuses: Sequence[Status | None]
    styles: Styles
    known: Sequence[Amount | None] = ()

    @property
    def head_style(self) -> int:
        """See ``Column``."""
        return self.styles.head_of_numbers

    @property
    def width(self) -> float:
        """Wide enough for its longest number with the longest sign: Excel shows # for a number that does not fit."""
        digits = max(map(len, map(str, self.values)), default=0)
        signed = {status for status in self.statuses if status is not None} - {_PRINTED, *GAPS}
        sign = max((room_for(LEGEND[status].sign) for status in signed), default=0)
        return max(_NARROWEST, digits + sign + 4)

    def cells(self, letters: str, rows: range) -> list[str]:
        """See ``Column``."""
        plain = self.styles.number(_PRINTED)
        return [
            f'<c r="{letters}{n}" s="{plain}"><v>{value}</v></c>'
            if status is _PRINTED and type(value) is int and -_LIMIT < value < _LIMIT
            else self._cell(f"{letters}{n}", value, status)
            for n, value, status in _numbered(rows, self.values, self.statuses)
        ]

    def remark(self, row: int) -> str | None:
        """What is to be said of a cell: why it is empty, or its sign; None where there is nothing to say."""
        value, status = self.values[row], self.statuses[row]
        if status is None or (status is _PRINTED and value is not None):
            return None
        words = LEGEND[status].sign if value is not None or status in GAPS else UNUSABLE.sign
        known = self.known[row] if value is None and self.known else None
        return words if known is None else f"{words}（已知部分之和 {digits_of(known)}）"

    def _cell(self, place: str, value: Amount | None, status: Status | None) -> str:
        if status is None or value is None:
            return f'<c r="{place}" s="{self.styles.nothing if status is None else self.styles.gap[status]}"/>'
        digits = digits_of(value)
        if sum(map(str.isdigit, digits)) > _EXACT_DIGITS:
            sign = "" if status is _PRINTED else f"{LEGEND[status].sign} "
            return text_cell(place, self.styles.long_number, sign + digits)
        places = len(digits.partition(".")[2])
        return f'<c r="{place}" s="{self.styles.number(status, places)}"><v>{digits}</v></c>'


@dataclass(frozen=True)
class ShareColumn(FigureColumn):
    """Shares, from 0 to 1, each with what it divides and what it divides by; below ``minimum`` that is too little."""

    numerators: Sequence[Amount | None] = ()
    denominators: Sequence[Amount | None] = ()
    minimum: int = 0

    def cells(self, letters: str, rows: range) -> list[str]:
        """See ``Column``."""
        columns = (self.values, self.statuses, self.denominators)
        return [self._share(f"{letters}{n}", *cell) for n, *cell in _numbered(rows, *columns)]

    def remark(self, row: int) -> str | None:
        """See ``FigureColumn``. Where the whole is 0, there is nothing to divide by, and nothing to remark."""
        if self.values[row] is not None or self.statuses[row] in GAPS:
            return super().remark(row)
        part, whole = self.numerators[row], self.denominators[row]
        if self.statuses[row] is None or whole == 0:
            return None
        return UNUSABLE.sign if part is None or whole is None else PART_OVER_WHOLE

    def _share(self, place: str, value: Amount | None, status: Status | None, whole: Amount | None) -> str:
        if value is None or status is None:
            style = self.styles.gap[status] if status in GAPS else self.styles.nothing
            return f'<c r="{place}" s="{style}"/>'
        style = self.styles.share[status, whole is not None and whole < self.minimum]
        return f'<c r="{place}" s="{style}"><v>{digits_of(value)}</v></c>'


def digits_of(value: Amount) -> str:
    """All digits of a number, with the decimal places it was printed with and never an exponent.

    >>> digits_of(Decimal("1.50")), digits_of(0.00001), digits_of(3)
    ('1.50', '0.00001', '3')
    """
    return format(Decimal(str(value)), "f")
