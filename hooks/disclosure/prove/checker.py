"""Check a proof without the solver: only the form's relations, the source's entries, and what the proof claims.

Written plainly, for trust instead of speed; nothing of the solver is imported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from math import inf
from typing import Any, TypeAlias

from disclosure.form.template import FORMS
from disclosure.model import Cell, Proof, RowReading, TableReading
from disclosure.prove.relations import Relation, relations_of

Bounds: TypeAlias = dict[Cell, tuple[float, float]]
Printed: TypeAlias = tuple[tuple[str, tuple[int | None, ...], tuple[str, ...] | None], ...]
"""Row, count per entry (None: no count), column per entry (None: only the order is known)."""

MOST_BRANCHES = 400
LARGEST_COUNT = 10**12


def verify(proof: Proof, cell: Cell, value: int, form: str, reading: TableReading) -> bool:
    """Whether every claim of the proof holds, and together they give the cell this value, and only this one.

    ``reading`` is the table as the source shows it. The last claim has to be that the value stays when any one
    printed number is set aside; that is solved again here.
    """
    claims: list[Any] = [claim for step in proof.steps for claim in step.claim]
    if [claim[0] for claim in claims] in (["order"], ["lone-total"]):
        return _holds_as_a_whole(claims[0][0], form, reading, cell, value)
    if not claims or claims[-1][0] != "distrust":
        return False
    table = _table(form, reading, frozenset(claims[-1][1]))
    known = table.start(table.printed)
    if not all(_holds(claim, table, known) for claim in claims[:-1]) or known[cell] != (value, value):
        return False
    numbers = [(row, at) for row, (_, counts, _) in enumerate(table.printed) for at, _ in enumerate(counts)]
    numbers = [(row, at) for row, at in numbers if table.printed[row][1][at] is not None]
    return (
        len(numbers) == proof.distrusted
        and table.differs(table.settled(None), table.printed, cell, None, [MOST_BRANCHES])
        and all(table.forces(cell, value, number) for number in numbers)
    )


def _holds_as_a_whole(how: str, form: str, reading: TableReading, cell: Cell, value: int) -> bool:
    """Whether all rows have their numbers in known columns, as many as claimed, and every relation they touch holds."""
    counts = {
        Cell(reading.table, row.row, column): entry.value
        for row in reading.rows
        for column, entry in zip(row.columns or (), row.entries, strict=False)
    }
    template = FORMS[form].tables[reading.table]
    rows = {row.row: row.entries for row in reading.rows}
    most = {"order": {len(row.columns) for row in template.rows}, "lone-total": {0, 1}}[how]
    whole = rows.keys() == template.by_id.keys() and all(len(entries) in most for entries in rows.values())
    touched = [
        relation
        for relation in relations_of(form, reading.table)
        if how == "order" or {at.column for at in relation.cells} == {cell.column}
    ]
    numbers: dict[Cell, Any] = {at: counts.get(at, 0) for relation in touched for at in relation.cells}
    sums = all(sum(numbers[at] for at in one.left) == sum(numbers[at] for at in one.right) for one in touched)
    return whole and bool(touched) and sums and counts.get(cell) == value


def _holds(claim: Sequence[Any], table: _Table, known: Bounds) -> bool:
    """Check one claim against what is known so far, and take its bounds over."""
    if claim[0] == "printed":
        read = {row: tuple(-1 if count is None else count for count in counts) for row, counts, _ in table.printed}
        return bool(read.get(claim[1], ()) == claim[2])
    if claim[0] == "search":
        known[claim[1]] = (claim[2], claim[2])
        return table.forces(claim[1], claim[2], None)
    _, kind, cell, low, high = claim
    most = inf if high is None else high
    for relation in table.relations:
        if relation.kind == kind and cell in relation.cells:
            found = _apply(relation, table.printed, known)
            if found is not None and found[cell][0] >= low and found[cell][1] <= most:
                known[cell] = (low, most)
                return True
    return False


class _Table:
    """One table with its relations, without those set aside, which are given as (kind, row or column)."""

    def __init__(self, form: str, reading: TableReading, aside: frozenset[tuple[str, str]]) -> None:
        self.form, self.reading = FORMS[form].tables[reading.table], reading
        self.relations = [
            relation
            for relation in relations_of(form, reading.table)
            if not any(kind == relation.kind and all(at in cell for cell in relation.cells) for kind, at in aside)
        ]
        self.printed = tuple(self._row(row) for row in reading.rows)
        self.memory: dict[tuple[int, int] | None, Bounds | None] = {}

    def _row(self, row: RowReading) -> tuple[str, tuple[int | None, ...], tuple[str, ...] | None]:
        columns = tuple(column.id for column in self.form.by_id[row.row].columns)
        counts = tuple(
            entry.value if isinstance(entry.value, int) and 0 <= entry.value <= LARGEST_COUNT else None
            for entry in row.entries
        )
        return row.row, counts, columns if row.columns is None and len(counts) == len(columns) else row.columns

    def start(self, printed: Printed) -> Bounds:
        """Every count is at least 0; a number in a certain column is what it is."""
        table = self.reading.table
        bounds: Bounds = {Cell(table, row.id, column.id): (0, inf) for row in self.form.rows for column in row.columns}
        for row, counts, columns in printed:
            for column, count in zip(columns or (), counts, strict=False):
                if count is not None:
                    bounds[Cell(table, row, column)] = (count, count)
        return bounds

    def without(self, number: tuple[int, int] | None) -> Printed:
        """The print with one number, as (row, entry), set aside."""
        if number is None:
            return self.printed
        at, entry = number
        row, counts, columns = self.printed[at]
        return (
            *self.printed[:at],
            (row, (*counts[:entry], None, *counts[entry + 1 :]), columns),
            *self.printed[at + 1 :],
        )

    def settled(self, number: tuple[int, int] | None) -> Bounds | None:
        """What all relations leave together, with one number set aside; None where they contradict each other."""
        if number not in self.memory:
            printed = self.without(number)
            self.memory[number] = self.settle(self.start(printed), printed)
        return self.memory[number]

    def settle(self, bounds: Bounds, printed: Printed) -> Bounds | None:
        """Apply all relations until nothing changes."""
        before: Bounds = {}
        while before != bounds:
            before = dict(bounds)
            for relation in self.relations:
                found = _apply(relation, printed, bounds)
                if found is None:
                    return None
                bounds.update(found)
        return bounds

    def forces(self, cell: Cell, value: int, number: tuple[int, int] | None) -> bool:
        """Whether the cell has this value in every completion, with one number set aside."""
        bounds = self.settled(number)
        return not self.differs(bounds, self.without(number), cell, value, [MOST_BRANCHES])

    def differs(self, bounds: Bounds | None, printed: Printed, cell: Cell, value: int | None, left: list[int]) -> bool:
        """Whether a completion of settled bounds gives the cell another value, or this could not be found out."""
        if bounds is None or bounds[cell] == (value, value):
            return False
        left[0] -= 1
        splits = _halves(bounds, cell, value)
        if left[0] < 0 or not splits:
            return True
        return any(
            self.differs(self.settle({**bounds, at: part}, printed), printed, cell, value, left) for at, part in splits
        )


@lru_cache(maxsize=8)
def _table(form: str, reading: TableReading, aside: frozenset[tuple[str, str]]) -> _Table:
    """One table serves the proofs of all its cells."""
    return _Table(form, reading, aside)


def _halves(bounds: Bounds, cell: Cell, value: int | None) -> list[tuple[Cell, tuple[float, float]]]:
    """Two parts of the range of an open cell: around the value to be refuted, else of the narrowest cell."""
    low, high = bounds[cell]
    if value is not None and low <= value <= high:
        parts = [(cell, (low, value - 1)), (cell, (value + 1, high))]
    else:
        spread = [(ends[1] - ends[0], at) for at, ends in bounds.items() if ends[0] < ends[1]]
        if not spread:
            return []
        narrowest = min(spread)[1]
        low, high = bounds[narrowest]
        parts = [(narrowest, (low, low)), (narrowest, (low + 1, high))]
    return [(at, part) for at, part in parts if part[0] <= part[1]]


def _apply(relation: Relation, printed: Printed, bounds: Bounds) -> Bounds | None:
    """What a relation leaves of its cells; in a row whose columns are lost, what all placements leave together."""
    options = list(_options(relation, printed, bounds))
    if not options:
        return None
    return {
        cell: (min(option[cell][0] for option in options), max(option[cell][1] for option in options))
        for cell in relation.cells
    }


def _options(relation: Relation, printed: Printed, bounds: Bounds) -> Iterator[Bounds]:
    cells = relation.cells
    rows = {cell.row for cell in cells}
    lost = [counts for row, counts, columns in printed if columns is None and rows == {row}]
    counts = lost[0] if lost else ()
    for places in combinations(cells, len(counts)):
        box = {cell: bounds[cell] for cell in cells}
        for place, count in zip(places, counts, strict=True):
            if count is not None:
                box[place] = (max(count, box[place][0]), min(count, box[place][1]))
        narrowed = _linear(relation, box)
        if all(low <= high for low, high in narrowed.values()):
            yield narrowed


def _linear(relation: Relation, box: Bounds) -> Bounds:
    """A cell is what the other side has, less the other cells of its own side."""
    narrowed = {}
    for near, far in ((relation.left, relation.right), (relation.right, relation.left)):
        far_low, far_high = (sum(box[cell][end] for cell in far) for end in (0, 1))
        for cell in near:
            low, high = (sum(box[other][end] for other in near if other != cell) for end in (0, 1))
            floor = far_low - high if high < inf else 0
            narrowed[cell] = (max(box[cell][0], floor), min(box[cell][1], far_high - low))
    return narrowed
