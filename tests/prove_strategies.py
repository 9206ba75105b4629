"""Readings of tables for the tests of ``prove``: a whole sample, random damage, and an exact solver to judge by.

Nothing here knows the solver under test: the exact model is built from the relations of the form and the entries.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeAlias

from disclosure.form.template import FORMS, OUTCOME_ROWS
from disclosure.model import Cell, Entry, Figure, Filling, Identity, Number, RowReading, Span, TableReading
from disclosure.prove import prove_tables
from disclosure.prove.relations import relations_of
from ortools.sat.python import cp_model

Counts: TypeAlias = dict[str, list[int]]
ZEROS = (0, 0, 0, 0, 0, 0, 0)
SAMPLE: Mapping[str, Sequence[Number | str]] = {
    "received": (5, 1, 0, 0, 0, 0, 6),
    "carried_in": (1, 0, 0, 0, 0, 0, 1),
    "granted": (3, 1, 0, 0, 0, 0, 4),
    "unavailable_not_held": (2, 0, 0, 0, 0, 0, 2),
    "handled": (5, 1, 0, 0, 0, 0, 6),
    "carried_out": (1, 0, 0, 0, 0, 0, 1),
}
"""A small year in which all relations of table 3 hold; rows not named are zero."""
FIRST_LINE = 20


def columns_of(table: str, row: str, form: str = "2021") -> tuple[str, ...]:
    return tuple(column.id for column in FORMS[form].tables[table].by_id[row].columns)


def make_row(row: str, printed: Sequence[Number | str], columns: Sequence[str] | None, line: int) -> RowReading:
    """A row as printed with a tab between entries; a text stands for a mark."""
    entries, start = [], 0
    for value in printed:
        raw = str(value)
        number = None if isinstance(value, str) else value
        entries.append(Entry(number, raw, Span(line, start, start + len(raw))))
        start += len(raw) + 1
    return RowReading(row, tuple(entries), None if columns is None else tuple(columns), line)


def make_table(
    table: str,
    printed: Mapping[str, Sequence[Number | str] | None],
    columns: Mapping[str, Sequence[str] | None] | None = None,
    form: str = "2021",
) -> TableReading:
    """A table that is whole but for the rows in ``printed``: their entries, or None for a row that is not there.

    A row with all its columns filled, or with ``columns`` given, has certain columns; any other only an order.
    """
    rows = []
    for number, row in enumerate(FORMS[form].tables[table].rows):
        all_columns = columns_of(table, row.id, form)
        values = printed.get(row.id, (0,) * len(all_columns))
        if values is not None:
            default = all_columns if len(values) == len(all_columns) else None
            rows.append(make_row(row.id, values, (columns or {}).get(row.id, default), FIRST_LINE + number))
    return TableReading(table, tuple(rows), found=True, line=FIRST_LINE)


def sample(
    changed: Mapping[str, Sequence[Number | str] | None], columns: Mapping[str, Sequence[str] | None] | None = None
) -> TableReading:
    """Table 3 of the sample year with some rows printed otherwise."""
    return make_table("requests", {**SAMPLE, **changed}, columns)


def prove(*tables: TableReading, form: str = "2021") -> dict[Cell, Figure]:
    """The figures of a report with these tables; tables not given are not found."""
    return prove_tables(Filling(form, Identity(), {table.table: table for table in tables}, (), (), ()))


def random_counts(rng: random.Random, requests: int, form: str = "2021") -> Counts:
    """A table 3 in which everything holds, with about as many requests, unevenly spread as in real life."""
    rows = OUTCOME_ROWS[form]
    counts = {row.id: [0] * 7 for row in FORMS[form].tables["requests"].rows}
    likely = [rng.random() ** 3 for _ in rows]
    for _ in range(requests):
        counts[rng.choices(rows, likely)[0]][rng.choices(range(6), (80, 20, 1, 3, 3, 5))[0]] += 1
    for column in range(6):
        handled = counts["handled"][column] = sum(counts[row][column] for row in rows)
        left = counts["carried_out"][column] = sum(rng.random() < 0.1 for _ in range(handled))
        before = counts["carried_in"][column] = sum(rng.random() < 0.1 for _ in range(handled + left))
        counts["received"][column] = handled + left - before
    for row in counts.values():
        row[6] = sum(row[:6])
    return counts


DAMAGES: Mapping[str, Mapping[str, int]] = {
    "one unplaced": {"unplaced": 1},
    "three unplaced": {"unplaced": 3},
    "three gaps": {"gap": 3},
    "row lost": {"lost": 1},
    "marks": {"mark": 5},
    "mixed": {"unplaced": 2, "gap": 1, "lost": 1, "mark": 1},
    "ten unplaced": {"unplaced": 10},
    "twenty-one unplaced": {"unplaced": 21},
    "two of seven lost": {"pair": 4},
    "two rows lost": {"lost": 2},
    "one column torn off": {"last": 21},
}
LIGHT = ("one unplaced", "three unplaced", "three gaps", "row lost", "marks", "mixed", "ten unplaced")


def _damaged(
    rng: random.Random, how: str, counts: Sequence[int], names: Sequence[str], mark: str
) -> tuple[list[Number | str], list[str] | None]:
    if how == "mark":
        at = rng.randrange(7)
        return [mark if column == at else count for column, count in enumerate(counts)], list(names)
    lost = {"pair": rng.sample(range(7), 2), "last": [5]}.get(how, [rng.randrange(7)])
    kept = [column for column in range(7) if column not in lost]
    return [counts[column] for column in kept], [names[column] for column in kept] if how == "gap" else None


def damage(rng: random.Random, counts: Counts, kinds: Mapping[str, int], form: str = "2021") -> TableReading:
    """The table as a damaged source shows it: so many rows of each kind of damage, chosen at random."""
    chosen = rng.sample(list(counts), sum(kinds.values()))
    hows = [how for how, number in kinds.items() for _ in range(number)]
    printed: dict[str, Sequence[Number | str] | None] = dict(counts)
    columns: dict[str, Sequence[str] | None] = {}
    for row, how in zip(chosen, hows, strict=True):
        if how == "lost":
            printed[row] = None
        else:
            printed[row], columns[row] = _damaged(rng, how, counts[row], columns_of("requests", row, form), "/")
    return make_table("requests", printed, columns, form)


def misread(rng: random.Random, table: TableReading) -> TableReading:
    """The same table with one printed number read wrong."""
    places = [
        (at, number)
        for at, row in enumerate(table.rows)
        for number, entry in enumerate(row.entries)
        if entry.value is not None
    ]
    at, number = rng.choice(places)
    row = table.rows[at]
    old = row.entries[number]
    wrong = rng.choice(
        [value for value in (0, 1, 2, 7, int(old.value or 0) + 1, int(old.value or 0) * 10) if value != old.value]
    )
    entries = (*row.entries[:number], old._replace(value=wrong, raw=str(wrong)), *row.entries[number + 1 :])
    return replace(table, rows=(*table.rows[:at], replace(row, entries=entries), *table.rows[at + 1 :]))


class Exact:
    """All completions of a damaged table in which at most ``wrong`` printed numbers are wrong, for CP-SAT."""

    def __init__(self, form: str, reading: TableReading, *, wrong: int) -> None:
        self.model = cp_model.CpModel()
        self.cells: dict[Cell, cp_model.IntVar] = {
            Cell(reading.table, row.id, column.id): self.model.new_int_var(0, 20_000, f"{row.id}/{column.id}")
            for row in FORMS[form].tables[reading.table].rows
            for column in row.columns
        }
        for relation in relations_of(form, reading.table):
            left, right = (sum(self.cells[cell] for cell in side) for side in (relation.left, relation.right))
            self.model.add(left == right)
        self.distrusted: list[cp_model.IntVar] = []
        for row in reading.rows:
            self._print(reading.table, row, columns_of(reading.table, row.row, form))
        self.model.add(sum(self.distrusted) <= wrong)

    def _print(self, table: str, row: RowReading, names: Sequence[str]) -> None:
        placements = [row.columns] if row.columns is not None else list(combinations(names, len(row.entries)))
        chosen = [self.model.new_bool_var("") for _ in placements]
        self.model.add_exactly_one(chosen)
        for number, entry in enumerate(row.entries):
            if entry.value is None:
                continue
            wrong = self.model.new_bool_var("")
            self.distrusted.append(wrong)
            for placement, here in zip(placements, chosen, strict=True):
                cell = self.cells[Cell(table, row.row, placement[number])]
                self.model.add(cell == int(entry.value)).only_enforce_if(here, ~wrong)

    def other(self, values: Mapping[Cell, int]) -> dict[Cell, int] | None:
        """A completion in which at least one of these values is another; None where there is none."""
        model = self.model.clone()
        differs = []
        for cell, value in values.items():
            flag = model.new_bool_var("")
            model.add(model.get_int_var_from_proto_index(self.cells[cell].index) != value).only_enforce_if(flag)
            differs.append(flag)
        model.add_bool_or(differs)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(model)
        assert status in {cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE}
        if status == cp_model.INFEASIBLE:
            return None
        return {cell: solver.value(variable) for cell, variable in self.cells.items()}

    def certain(self, truth: Mapping[Cell, int], cells: Iterable[Cell]) -> set[Cell]:
        """Those of the cells that have their true value in every completion."""
        left = {cell: truth[cell] for cell in cells}
        while left and (other := self.other(left)) is not None:
            left = {cell: value for cell, value in left.items() if other[cell] == value}
        return set(left)
