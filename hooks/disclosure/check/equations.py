"""Write figures and sums out in Chinese: “自然人 3 + 商业企业 1 = 4”."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosure.form.template import FORMS, Row
from disclosure.model import Cell, Number, Report


def row_of(report: Report, cell: Cell) -> Row:
    """The row of the form that a cell belongs to."""
    return FORMS[report.form or ""].tables[cell.table].by_id[cell.row]


def row_name(report: Report, cell: Cell) -> str:
    """The short name of the row of a cell, such as 本年新收."""
    return row_of(report, cell).short


def column_name(report: Report, cell: Cell) -> str:
    """The official name of the column of a cell, such as 自然人."""
    return next(column.label for column in row_of(report, cell).columns if column.id == cell.column)


def shown(value: Number) -> str:
    """A number as it is written in a sentence, never in scientific notation.

    >>> shown(3)
    '3'
    """
    return str(value) if isinstance(value, int) else f"{value:f}"


@dataclass(frozen=True, slots=True)
class Term:
    """One number of a sum with its name."""

    name: str
    value: Number


def total_of(numbers: Iterable[Number]) -> Decimal:
    """The exact sum of the numbers."""
    return sum((Decimal(number) for number in numbers), start=Decimal(0))


def sum_in_words(terms: Sequence[Term], *, leave_out_zeros: bool = False) -> str:
    """The sum with its names, “自然人 3 + 商业企业 1 = 4”; of many terms only those that are not 0.

    >>> sum_in_words([Term("自然人", 3), Term("商业企业", 0)], leave_out_zeros=True)
    '自然人 3（其余各项均为 0）= 3'
    """
    named = [term for term in terms if term.value or not leave_out_zeros]
    if not named:
        return "各项均为 0，合计 0"
    written = " + ".join(f"{term.name} {shown(term.value)}" for term in named)
    rest = "（其余各项均为 0）" if len(named) < len(terms) else " "
    return f"{written}{rest}= {shown(total_of(term.value for term in terms))}"


def values_of(report: Report, cells: Sequence[Cell]) -> list[Number] | None:
    """The values of these cells, or None unless every one of them has a value."""
    values = [value for cell in cells if (value := report.value(*cell)) is not None]
    return values if len(values) == len(cells) else None
