"""What marks for "no number" (``/``, ``—``, ``无``) say: there is nothing, so with 0 in their places the sums hold too.

A mark is never replaced by a count above 0. So where numbers and marks fill a relation and it does not hold with zeros
for the marks, a number is wrong, or stands in the wrong cell; propagation alone, to which a mark is an unknown count,
would not see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from disclosure.model import RowReading
from disclosure.prove.domains import UNKNOWN, Case, Print
from disclosure.prove.shape import Shape

_FEW = 0.25
"""Share of the relations with marks that may fail where marks are zeros and some number is wrong."""


def _with_marks_as_zeros(row: RowReading | None, printed: Print, signs: Sequence[int]) -> Case | None:
    """The counts of a row that prints a number or a mark in every cell, marks as 0; None for any other row.

    A row that prints its total and nothing but marks is another: there the parts were not told.
    """
    if row is None or printed.columns is None or len(printed.values) != len(signs):
        return None
    unread = (entry for entry, value in zip(row.entries, printed.values, strict=True) if value == UNKNOWN)
    if any(entry.value is not None or entry.remark for entry in unread):
        return None
    at_place = dict(zip(printed.columns, printed.values, strict=True))
    values = [at_place[column] for column in range(len(signs))]
    *parts, total = values
    return None if total > 0 and set(parts) == {UNKNOWN} else tuple(max(value, 0) for value in values)


def broken_by_marks(
    shape: Shape, rows: Sequence[RowReading | None], prints: Sequence[Print]
) -> tuple[list[int], list[tuple[int, int]]]:
    """The rows, and the column relations as (line, column), with marks that do not hold with zeros for them.

    None in a table that prints zeros as well, or where that is so of many: there marks may stand for lost numbers.
    """
    if any(0 in printed.values for printed in prints):
        return [], []
    zeroed = [_with_marks_as_zeros(row, printed, shape.signs) for row, printed in zip(rows, prints, strict=True)]
    marked = [UNKNOWN in printed.values for printed in prints]
    by_row = [row for row, counts in enumerate(zeroed) if counts and marked[row]]
    broken_rows = [row for row in by_row if _weighed(zip(zeroed[row] or (), shape.signs, strict=True))]
    by_column = [
        (number, column)
        for number, line in enumerate(shape.lines)
        if all(zeroed[row] for row, _ in line.terms) and any(marked[row] for row, _ in line.terms)
        for column in range(len(shape.columns))
    ]
    broken_columns = [
        (number, column)
        for number, column in by_column
        if _weighed(((zeroed[row] or ())[column], sign) for row, sign in shape.lines[number].terms)
    ]
    broken, tested = len(broken_rows) + len(broken_columns), len(by_row) + len(by_column)
    return (broken_rows, broken_columns) if broken <= _FEW * tested else ([], [])


def _weighed(terms: Iterable[tuple[int, int]]) -> int:
    """Σ count · sign: 0 where a relation holds."""
    return sum(count * sign for count, sign in terms)
