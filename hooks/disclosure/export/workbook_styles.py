"""How the cells of the workbook look: every look is made once, and known by its number.

A reader who sees no colours misses nothing: a figure that is not plainly printed has its sign in its number format,
so that the cell still holds a number; a missing one is an empty cell, with a pattern that says why it is empty.
"""

from __future__ import annotations

from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from disclosure.model import Status
from disclosure.render.legend import LEGEND

INK: Final = "#1d1b18"
FADED: Final = "#6b6459"
HAIRLINE: Final = "#d8d1c2"
RULE: Final = "#8b8272"
TINT: Final = "#f3efe5"
PAPER: Final = "#fbf9f4"
ACCENT: Final = "#8f2b1e"

_BASE: Final = {"font_color": INK, "valign": "vcenter"}
_LINE: Final = {"bottom": 1, "bottom_color": HAIRLINE}
_LEFT: Final = {"align": "left", "indent": 1}
"""Words keep off the numbers before them, which end at the edge of their cells."""
_RIGHT: Final = {"align": "right"}
_DOTS, _STRIPES, _GRID, _LINES = 18, 14, 16, 11
"""Patterns of Excel: thin dots, rising lines, crossed lines, horizontal lines."""
_GAPS: Final = {
    Status.BLANK: {"pattern": _DOTS, "fg_color": RULE, "bg_color": PAPER},
    Status.AMBIGUOUS: {"pattern": _STRIPES, "fg_color": "#c9a55c", "bg_color": "#fbf3dc"},
    Status.ABSENT: {"pattern": _GRID, "fg_color": "#b9b2a5", "bg_color": "#ece8df"},
}
"""The statuses of a figure that has no number."""
_UNUSABLE: Final = {"pattern": _LINES, "fg_color": "#c98f86", "bg_color": "#f7e9e6"}
"""Where something is printed that cannot be added up."""


class Styles:
    """The looks of one workbook, each as its number in ``styles.xml``.

    ``nothing`` is that of an empty cell where no number is to be, ``gap`` has one by the status that says why a number
    is missing, and ``share`` one for a share in percent, by its status and by whether what it divides by is too small.
    """

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._numbers: dict[tuple[Status, int], int] = {}
        head = {
            "bold": True,
            "text_wrap": True,
            "valign": "bottom",
            "bottom": 1,
            "bottom_color": RULE,
            "bg_color": TINT,
        }
        self.head_of_words = self._index(**head, **_LEFT)
        self.head_of_numbers = self._index(**head, **_RIGHT)
        self.text = self._index(**_LINE, **_LEFT)
        self.wrapped = self._index(**_LINE, **_LEFT, text_wrap=True)
        self.year = self._index(**_LINE, **_LEFT, num_format="0")
        self.count = self._index(**_LINE, **_RIGHT, num_format="0")
        self.long_number = self._index(**_LINE, **_RIGHT)
        self.nothing = self._index(**_LINE)
        self.gap = {status: self._index(**_LINE, **gap_look(status)) for status in Status}
        self.share = {
            (status, small): self._index(**_LINE, **share_look(status, small=small))
            for status in Status
            for small in (False, True)
        }

    def format(self, **properties: object) -> Format:
        """A look for the methods of a worksheet, on top of what all cells have in common."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(_BASE | properties)
        return self._formats[key]

    def number(self, status: Status, places: int = 0) -> int:
        """A figure of this status with so many decimal places."""
        key = (status, places)
        if key not in self._numbers:
            digits = "0." + "0" * places if places else "0"
            self._numbers[key] = self._index(**_LINE, **number_look(status, digits))
        return self._numbers[key]

    def _index(self, **properties: object) -> int:
        # The cells are written with it, as XlsxWriter would write them (see ``workbook_sheet.py``).
        return int(self.format(**properties)._get_xf_index())  # noqa: SLF001


def number_look(status: Status, digits: str = "0") -> dict[str, object]:
    """The properties of a number: its sign word at the left edge, so that the digits stay below each other."""
    if status is Status.PRINTED:
        return {**_RIGHT, "num_format": digits}
    sign = f'"{LEGEND[status].sign} "* '  # an asterisk repeats the space after it until the cell is full
    colour = {"font_color": ACCENT} if status is Status.CONFLICT else {}
    return {**_RIGHT, **colour, "num_format": f"{sign}{digits};{sign}-{digits}"}


def share_look(status: Status, *, small: bool) -> dict[str, object]:
    """The properties of a share, in grey italics where it is ``small``."""
    faded: dict[str, object] = {"italic": True, "font_color": FADED} if small else {}
    return number_look(status, "0.0%") | faded


def gap_look(status: Status) -> dict[str, object]:
    """The properties of an empty cell. A status of figures that have a number tells that it is unusable."""
    return dict(_GAPS.get(status, _UNUSABLE))
