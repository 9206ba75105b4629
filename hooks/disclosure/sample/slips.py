"""What an office got wrong: one figure of its tables, so that a sum through it does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import NamedTuple

from disclosure.form.template import APPLICANTS
from disclosure.model import Cell, Number
from disclosure.prove.relations import Relation, relations_of

_TOTAL = APPLICANTS[-1].id
_TABLES = ("requests", "requests", "requests", "disputes")


class Slip(NamedTuple):
    """The figure, what it had to be, what the office printed, and the relations that its print violates."""

    cell: Cell
    due: Number
    printed: Number
    relations: tuple[Relation, ...]

    @property
    def broken(self) -> list[str]:
        """The relations in words for programs: their kind, and the figure that they add up to."""
        return [f"{one.kind} {'.'.join(one.right[0])}" for one in self.relations]


def slip(rng: Random, form: str, figures: Mapping[Cell, Number]) -> Slip:
    """One figure changed: a total as often as a part, one that is not 0 rather than a 0."""
    table, total = rng.choice(_TABLES), rng.random() < 1 / 2
    cells = [cell for cell in figures if cell.table == table and (cell.column == _TOTAL) is total]
    cell = rng.choice([cell for cell in cells if figures[cell]] or cells)
    due = figures[cell]
    printed = rng.choice([value for value in (due + 1, due - 1, due + 10, due * 10) if value >= 0 and value != due])
    return Slip(cell, due, printed, tuple(one for one in relations_of(form, table) if cell in one.cells))
