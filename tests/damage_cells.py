"""Damage to single cells of a table: lost, emptied, moved, merged, misread, or left blank by the office."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from disclosure.form.template import APPLICANTS
from layouts_grid import Grid, Printed, is_number


def number_rows(table: Grid) -> list[int]:
    """The rows with a number."""
    return [index for index, row in enumerate(table) if any(map(is_number, row))]


def number_cells(table: Grid) -> list[tuple[int, int]]:
    """Row and place of every number."""
    return [(index, at) for index, row in enumerate(table) for at, cell in enumerate(row) if is_number(cell)]


def places(row: list[str]) -> list[int]:
    """The places of the numbers of a row."""
    return [at for at, cell in enumerate(row) if is_number(cell)]


def _lose_cells(rng: Random, table: Grid, count: int) -> None:
    cells = number_cells(table)
    for index, at in sorted(rng.sample(cells, min(count, len(cells))), reverse=True):
        del table[index][at]


def cell_lost(rng: Random, table: Grid) -> None:
    """One number is gone, and its cell with it."""
    _lose_cells(rng, table, 1)


def three_cells_lost(rng: Random, table: Grid) -> None:
    """Three numbers are gone, anywhere in the table."""
    _lose_cells(rng, table, 3)


def ten_cells_lost(rng: Random, table: Grid) -> None:
    """Ten numbers are gone."""
    _lose_cells(rng, table, 10)


def cells_emptied(rng: Random, table: Grid) -> None:
    """Up to five numbers are gone, their cells are left."""
    cells = number_cells(table)
    for index, at in rng.sample(cells, min(rng.randint(1, 5), len(cells))):
        table[index][at] = ""


def zeros_blank(rng: Random, table: Grid) -> None:
    """The office left its zeros blank."""
    for index, at in number_cells(table):
        if table[index][at] == "0":
            table[index][at] = ""


def row_shifted(rng: Random, table: Grid) -> None:
    """The cells of a row moved one to the right or left; what fell off is gone."""
    row = table[rng.choice(number_rows(table))]
    first, last = places(row)[0], places(row)[-1]
    old, new = (last, first) if rng.random() < 1 / 2 else (first, last)
    del row[old]
    row.insert(new, "")


def blanks_dropped(rng: Random, table: Grid) -> None:
    """Zeros left blank, and the blanks of each row moved behind its numbers."""
    zeros_blank(rng, table)
    for row in table:
        row.sort(key=lambda cell: not cell)


_WITHOUT_TOTAL = range(4, len(APPLICANTS))
"""Numbers of a row of table 3 that lost its last column: none of those left is a total."""


def only_totals(rng: Random, table: Grid) -> None:
    """Of each row only its last number is left, right behind the label: the total, if no column was lost before."""
    for index in number_rows(table):
        if len(places(table[index])) in _WITHOUT_TOTAL:
            continue
        numbers = places(table[index])
        table[index][numbers[0] :] = [table[index][numbers[-1]], *[""] * (len(numbers) - 1)]


def cells_swapped(rng: Random, table: Grid) -> None:
    """Two numbers of a row changed places."""
    row = table[rng.choice(number_rows(table))]
    if len(places(row)) > 1:
        one, other = rng.sample(places(row), 2)
        row[one], row[other] = row[other], row[one]


def cells_swapped_across(rng: Random, table: Grid) -> None:
    """Two numbers of one column changed places."""
    rows = [table[index] for index in number_rows(table)]
    one, other = rng.choice(rows), rng.choice(rows)
    column = rng.randint(1, min(len(places(one)), len(places(other))))
    here, there = places(one)[-column], places(other)[-column]
    one[here], other[there] = other[there], one[here]


def cells_merged(rng: Random, table: Grid) -> None:
    """Two neighbouring numbers are printed as one."""
    row = table[rng.choice(number_rows(table))]
    if len(places(row)) > 1:
        at = rng.choice(places(row)[:-1])
        row[at : at + 2] = ["".join(row[at : at + 2])]


def cell_doubled(rng: Random, table: Grid) -> None:
    """One number is printed twice."""
    index, at = rng.choice(number_cells(table))
    table[index].insert(at, table[index][at])


def digit_misread(rng: Random, table: Grid) -> None:
    """One number is another number."""
    _reread(table, *rng.choice(number_cells(table)), lambda old: _other_number(rng, old))


def _other_number(rng: Random, old: str) -> str:
    whole = re.sub(r"\D.*", "", old.lstrip("-"))
    return rng.choice([str(rng.randint(0, 30)), f"{whole}0", str(int(whole) + 1)])


def digit_lost(rng: Random, table: Grid) -> None:
    """One digit of one number is gone."""
    index, at = max((rng.choice(number_cells(table)) for _ in range(3)), key=lambda at: len(table[at[0]][at[1]]))
    digits = [place for place, char in enumerate(table[index][at]) if char.isdecimal()]
    drop = rng.choice(digits)
    _reread(table, index, at, lambda old: old[:drop] + old[drop + 1 :])


def digit_misshapen(rng: Random, table: Grid) -> None:
    """A digit was recognised as a letter that looks like it."""
    index, at = rng.choice(number_cells(table))
    table[index][at] = table[index][at].translate(str.maketrans("01258", "OlZSB")) + rng.choice(["", "", "?"])


def _reread(table: Grid, index: int, at: int, change: Callable[[str], str]) -> None:
    """Change the text of a number; it goes on standing for its figure."""
    old = table[index][at]
    table[index][at] = Printed.of(change(old), old.origin) if isinstance(old, Printed) else change(old)


def number_split(rng: Random, table: Grid) -> None:
    """A blank stands inside a number: it is printed as two."""
    cells = [(index, at) for index, at in number_cells(table) if table[index][at].isdecimal()]
    longer = [(index, at) for index, at in cells if len(table[index][at]) > 1]
    if longer:
        index, at = rng.choice(longer)
        cut = rng.randrange(1, len(table[index][at]))
        table[index][at : at + 1] = [table[index][at][:cut], table[index][at][cut:]]


def last_cell_lost(rng: Random, table: Grid) -> None:
    """The last number of a row is gone, and its cell with it."""
    row = table[rng.choice(number_rows(table))]
    del row[places(row)[-1]]


def column_lost(rng: Random, table: Grid) -> None:
    """One column of numbers is gone."""
    widest = max((len(places(row)) for row in table), default=1)
    column = rng.randrange(widest)
    for row in table:
        if len(places(row)) == widest:
            del row[places(row)[column]]


def zeros_marked(rng: Random, table: Grid) -> None:
    """Some zeros are printed as strokes or in a word."""
    mark = rng.choice(["/", "-", "—", "——", "无"])
    for index, at in number_cells(table):
        if table[index][at] == "0" and rng.random() < 1 / 2:
            table[index][at] = mark


def table_emptied(rng: Random, table: Grid) -> None:
    """The office left all figures blank."""
    for index, at in number_cells(table):
        table[index][at] = ""


def number_noted(rng: Random, table: Grid) -> None:
    """A note or a unit stands beside a number."""
    index, at = rng.choice(number_cells(table))
    note = rng.choice(["件", " 件", "（其中修订 16 件）", "（见附件2）", "*"])
    table[index][at] = f"{table[index][at]}{note}"
