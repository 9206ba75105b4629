"""Which tables have columns of even width where there is little room, so that whole columns fill the window."""

from __future__ import annotations

import re
from typing import Final

from disclosure.render.blocks import Link, Table, Td

_KINDS: Final = {"form", "years"}
_NARROW, _TOTALED = 3, 5
"""Columns of figures: with fewer, a table fits anyway; a form with so many ends in a total."""
_SHORT, _LONGEST = 5, 8
"""Digits that fit into a column of the common width, and into a wider one."""
_DIGITS: Final = re.compile(r"[\d.]+")


def layout(table: Table) -> str:
    """Classes for the style sheet, each with a space before it; none for a table that its contents lay out.

    ``even`` has columns of even width; ``even-3`` and so on say how many figures a row has, ``even-long`` that some are
    long, ``even-total`` that the last one is a total, which stays in sight.
    """
    columns = len(table.head) - 1
    longest = _longest(table) if table.kind in _KINDS and columns >= _NARROW else _LONGEST + 1
    if longest > _LONGEST:
        return ""
    classes = {
        "even": True,
        f"even-{columns}": True,
        "even-long": longest > _SHORT,
        "even-total": table.kind == "form" and columns >= _TOTALED,
    }
    return "".join(f" {name}" for name, holds in classes.items() if holds)


def _longest(table: Table) -> int:
    """Digits of the longest number."""
    cells = (cell for group in table.body for row in group for cell in row.cells if isinstance(cell, Td))
    figures = (part.text for cell in cells for part in cell.parts if isinstance(part, Link) and part.kind == "figure")
    return max((len(digits) for figure in figures for digits in _DIGITS.findall(figure)), default=0)
