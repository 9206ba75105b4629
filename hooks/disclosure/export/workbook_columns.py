"""The columns of the sheets: each makes its different cells as pieces of a worksheet's XML, and knows where they stand.

A workbook of a whole country has millions of cells, of which few are different but for their place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final, Protocol, TypeAlias, cast
from xml.sax.saxutils import escape

import numpy as np
import numpy.typing as npt

from disclosure.export.coded import Coded, code_all, pairs
from disclosure.export.workbook_styles import Styles
from disclosure.model import GAPS, Number, Status
from disclosure.render.legend import LEGEND, UNUSABLE
from disclosure.render.text import visible
from disclosure.render.words import PART_OVER_WHOLE

Amount: TypeAlias = Number | float
"""What a cell with a number holds; shares alone are floats."""

FIRST_ROW: Final = 2
"""The number by which a sheet knows the first row below its head."""
LONGEST_TEXT: Final = 32_767
"""So many UTF-16 units fit into a cell of Excel."""
CUT: Final = "…（太长，已截断，全文见 CSV）"
_EXACT_DIGITS: Final = 15
"""So many digits of a number does Excel keep; the others it would turn into 0."""
_PRINTED: Final = Status.PRINTED
_ESCAPED: Final = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
_SPACED: Final = re.compile(r"^\s|\s$|[\t\n]|  ")
_WIDE: Final = 2.1
"""The width of a Chinese character in widths of a digit."""
_NARROWEST: Final = 9.0


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

    def cells(self) -> Coded:
        """The cells below its head, each as what comes after its place: ``" s="3"><v>7</v></c>``."""


def fitted(text: str) -> str:
    """The text with its control characters made visible, cut where Excel would refuse it, with words that say so."""
    shown = visible(text)
    if len(shown) <= LONGEST_TEXT // 2 or len(shown.encode("utf-16-le")) // 2 <= LONGEST_TEXT:
        return shown
    units = shown.encode("utf-16-le")[: 2 * (LONGEST_TEXT - len(CUT))]
    return units.decode("utf-16-le", "ignore") + CUT


def text_cell(style: int, text: str) -> str:
    """A cell, from its place on, that holds text and never anything else, whatever the text looks like."""
    words = escape(_ESCAPED.sub("_x005F_x", fitted(text)))  # Excel would read _x0041_ as the character with that code
    space = ' xml:space="preserve"' if _SPACED.search(words) else ""
    return f'" s="{style}" t="inlineStr"><is><t{space}>{words}</t></is></c>'


def _number_cell(style: int, digits: str) -> str:
    return f'" s="{style}"><v>{digits}</v></c>'


def _empty_cell(style: int) -> str:
    return f'" s="{style}"/>'


def room_for(text: str) -> float:
    """The width that a text takes on one line, in widths of a digit."""
    in_utf_8 = len(text.encode("utf-8", "replace"))  # a Chinese character takes two bytes more than a digit
    return len(text) + (_WIDE - 1) * (in_utf_8 - len(text)) / 2


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

    @cached_property
    def _texts(self) -> Coded:
        return code_all(self.values)

    def cells(self) -> Coded:
        """See ``Column``."""
        nothing = _empty_cell(self.styles.nothing)
        style = self.styles.wrapped if self.wrapped else self.styles.text
        return self._texts.each(lambda text: text_cell(style, text) if text else nothing)

    def lines(self) -> npt.NDArray[np.int64]:
        """How many lines its cells take, if they are wrapped."""
        codes, lines = self._texts.each(lambda text: lines_of(text or "", self.width))
        return np.array(lines, dtype=np.int64)[codes]


@dataclass(frozen=True)
class CountColumn:
    """Whole numbers about the data (a year, a line, a count of ours), which have no status."""

    head: str
    values: Sequence[int | None]
    width: float
    style: int
    head_style: int

    def cells(self) -> Coded:
        """See ``Column``."""
        return code_all(self.values).each(self._cell)

    def _cell(self, value: int | None) -> str:
        return _empty_cell(self.style) if value is None else _number_cell(self.style, str(value))


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
        digits = max(map(len, map(str, self._numbers.distinct)), default=0)
        signed = {status for status in self._statuses.distinct if status is not None} - {_PRINTED, *GAPS}
        sign = max((room_for(LEGEND[status].sign) for status in signed), default=0)
        return max(_NARROWEST, digits + sign + 4)

    @cached_property
    def _numbers(self) -> Coded:
        """The numbers as they are printed: 1.5 and 1.50 are equal, but not the same."""
        if set(map(type, self.values)) <= {int, type(None)}:
            return code_all(self.values)
        return code_all([None if value is None else str(value) for value in self.values])

    @cached_property
    def _statuses(self) -> Coded:
        return code_all(self.statuses)

    @cached_property
    def _figures(self) -> Coded:
        """Number and status of each row."""
        return pairs(self._numbers, self._statuses)

    def cells(self) -> Coded:
        """See ``Column``."""
        return self._figures.each(lambda figure: self._cell(*figure))

    def remarks(self) -> Iterator[tuple[int, str]]:
        """What is to be said of cells, by row."""
        codes, doubtful = self._figures.each(_is_doubtful)
        rows = np.flatnonzero(np.array(doubtful, dtype=bool)[codes]).tolist()
        return ((row, words) for row in rows if (words := self._remark(row)) is not None)

    def in_form(self) -> npt.NDArray[np.bool_]:
        """Which rows have a form with such a cell."""
        codes, known = self._figures.each(lambda figure: figure[1] is not None)
        return np.array(known, dtype=bool)[codes]

    def _remark(self, row: int) -> str | None:
        """Why a doubtful cell is empty, or its sign; None where there is nothing to say."""
        value, status = self.values[row], cast("Status", self.statuses[row])
        words = LEGEND[status].sign if value is not None or status in GAPS else UNUSABLE.sign
        known = self.known[row] if value is None and self.known else None
        return words if known is None else f"{words}（已知部分之和 {digits_of(known)}）"

    def _cell(self, number: int | str | None, status: Status | None) -> str:
        if status is None or number is None:
            return _empty_cell(self.styles.nothing if status is None else self.styles.gap[status])
        digits = digits_of(number)
        if sum(map(str.isdigit, digits)) > _EXACT_DIGITS:
            sign = "" if status is _PRINTED else f"{LEGEND[status].sign} "
            return text_cell(self.styles.long_number, sign + digits)
        places = len(digits.partition(".")[2])
        return _number_cell(self.styles.number(status, places), digits)


@dataclass(frozen=True)
class ShareColumn(FigureColumn):
    """Shares, from 0 to 1, each with what it divides and what it divides by; below ``minimum`` that is too little."""

    numerators: Sequence[Amount | None] = ()
    denominators: Sequence[Amount | None] = ()
    minimum: int = 0

    def cells(self) -> Coded:
        """See ``Column``."""
        small = (whole is not None and whole < self.minimum for whole in self.denominators)
        shares = pairs(self._figures, code_all(list(small)))
        return shares.each(lambda share: self._share(*share[0], small=share[1]))

    def _remark(self, row: int) -> str | None:
        """See ``FigureColumn``. Where the whole is 0, there is nothing to divide by, and nothing to remark."""
        if self.values[row] is not None or self.statuses[row] in GAPS:
            return super()._remark(row)
        part, whole = self.numerators[row], self.denominators[row]
        if whole == 0:
            return None
        return UNUSABLE.sign if part is None or whole is None else PART_OVER_WHOLE

    def _share(self, value: str | None, status: Status | None, *, small: bool) -> str:
        if value is None or status is None:
            return _empty_cell(self.styles.gap[status] if status in GAPS else self.styles.nothing)
        return _number_cell(self.styles.share[status, small], digits_of(value))


def _is_doubtful(figure: tuple[int | str | None, Status | None]) -> bool:
    """Whether a cell, by number and status, is one of the form, and not plainly a printed number."""
    number, status = figure
    return status is not None and (status is not _PRINTED or number is None)


def digits_of(value: Amount | str) -> str:
    """All digits of a number, with the decimal places it was printed with and never an exponent.

    >>> digits_of(Decimal("1.50")), digits_of(0.00001), digits_of(3)
    ('1.50', '0.00001', '3')
    """
    return format(Decimal(str(value)), "f")
