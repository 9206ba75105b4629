"""Damage to whole rows, labels and pages of a table."""

from __future__ import annotations

from random import Random

from damage_cells import number_rows, places
from disclosure.form.template import APPLICANTS, Column
from layouts_content import misprints
from layouts_grid import Grid, Printed, is_number


def row_lost(rng: Random, table: Grid) -> None:
    """A row is gone."""
    del table[rng.choice(number_rows(table))]


def row_cut(rng: Random, table: Grid) -> None:
    """The rest of a row is gone."""
    row = table[rng.choice(number_rows(table))]
    del row[rng.randint(1, len(row)) :]


def row_emptied(rng: Random, table: Grid) -> None:
    """All numbers of a row are gone, its label stands."""
    row = table[rng.choice(number_rows(table))]
    row[:] = [cell for cell in row if not is_number(cell)]


def row_repeated(rng: Random, table: Grid) -> None:
    """A row is printed twice."""
    index = rng.choice(number_rows(table))
    table.insert(index, list(table[index]))


def page_repeated(rng: Random, table: Grid) -> None:
    """The last rows of a page are printed again on the next."""
    rows = number_rows(table)
    first = rng.choice(rows)
    again = [list(row) for row in table[first : first + 3]]
    table[first + 3 : first + 3] = again


def rows_swapped(rng: Random, table: Grid) -> None:
    """Two rows changed places, labels and all."""
    rows = number_rows(table)
    if len(rows) > 1:
        one, other = rng.sample(rows, 2)
        table[one], table[other] = table[other], table[one]


def numbers_of_neighbours(rng: Random, table: Grid) -> None:
    """Over some rows, the numbers stand a row too high or too low."""
    rows = number_rows(table)
    first = rng.randrange(len(rows))
    rows = rows[first : first + rng.randint(2, 8)]
    numbers = [[table[index][at] for at in places(table[index])] for index in rows]
    by = rng.choice([1, -1])
    for index, moved in zip(rows, [*numbers[by:], *numbers[:by]], strict=True):
        table[index] = [*(cell for cell in table[index] if not is_number(cell)), *moved]


def label_lost(rng: Random, table: Grid) -> None:
    """The label of a row is gone."""
    index = rng.choice(number_rows(table))
    table[index] = [cell for cell in table[index] if is_number(cell) or not cell]


def three_labels_lost(rng: Random, table: Grid) -> None:
    """The labels of three rows are gone."""
    for _ in range(3):
        label_lost(rng, table)


def label_misprinted(rng: Random, table: Grid) -> None:
    """One to three characters of a label are lost, added or replaced."""
    row = table[rng.choice(number_rows(table))]
    labels = [at for at, cell in enumerate(row) if cell and not is_number(cell)]
    if labels:
        chars = list(row[labels[-1]])
        for _ in range(rng.randint(1, 3)):
            at = rng.randrange(len(chars))
            chars[at : at + rng.randint(0, 1)] = rng.choice(["的", "一", "是", "政", "公", "8", " ", "", "（", "。"])
            chars = chars or ["的"]
        row[labels[-1]] = "".join(chars)


def number_glued_to_label(rng: Random, table: Grid) -> None:
    """The first number stands right behind the label, without a gap."""
    row = table[rng.choice(number_rows(table))]
    first = places(row)[0]
    if first:
        row[first - 1 : first + 1] = ["".join(row[first - 1 : first + 1])]


def page_number(rng: Random, table: Grid) -> None:
    """The mark of a page stands between two rows."""
    mark = rng.choice(["4", "- 4 -", "第4页", "Page 3", "共 6 页", "— 12 —", "·3·", "2021", "4/6", "7 试验镇人民政府"])
    table.insert(rng.choice(number_rows(table)), [mark])


def head_cut(rng: Random, table: Grid) -> None:
    """The table starts somewhere in its middle."""
    del table[: rng.choice(number_rows(table))]


def tail_cut(rng: Random, table: Grid) -> None:
    """The table ends somewhere in its middle."""
    del table[rng.choice(number_rows(table)) :]


def rows_lost(rng: Random, table: Grid) -> None:
    """Two to eight rows in a stretch are gone, as with a lost page."""
    rows = number_rows(table)
    first = rng.randrange(len(rows))
    for index in reversed(rows[first : first + rng.randint(2, 8)]):
        del table[index]


def rows_merged(rng: Random, table: Grid) -> None:
    """Two rows are printed as one: label after label, then their numbers in pairs."""
    full = [index for index in number_rows(table)[:-1] if _same_shape(*table[index : index + 2])]
    if full:
        index = rng.choice(full)
        table[index : index + 2] = [[cell for pair in zip(*table[index : index + 2], strict=True) for cell in pair]]


def _same_shape(one: list[str], other: list[str]) -> bool:
    return [is_number(cell) for cell in one] == [is_number(cell) for cell in other] and "" not in (*one, *other)


PAGE_CUT = ["- 5 -"]
"""The line between the halves of a label."""


def row_cut_by_page(rng: Random, table: Grid) -> None:
    """The label of a row begins on one page, and ends before its numbers on the next."""
    index = rng.choice(number_rows(table))
    labels = [cell for cell in table[index] if cell and not is_number(cell)]
    if labels and len(labels[-1]) > 1:
        half = len(labels[-1]) // 2
        numbers = [table[index][at] for at in places(table[index])]
        table[index : index + 1] = [[*labels[:-1], labels[-1][:half]], list(PAGE_CUT), [labels[-1][half:], *numbers]]


def foreign_row(rng: Random, table: Grid) -> None:
    """A row that the form does not have."""
    index = rng.choice(number_rows(table))
    numbers = [str(rng.randint(0, 9)) for _ in places(table[index])]
    table.insert(index, [rng.choice(["行政征收", "其中：网上申请", "（九）依法转办", "备注", "小计"]), *numbers])


def header_lost(rng: Random, table: Grid) -> None:
    """The rows above the first numbers are gone."""
    del table[: number_rows(table)[0]]


def columns_exchanged(rng: Random, table: Grid) -> None:
    """The report has two columns of table 3 in another order: names and numbers change places."""
    one, other = rng.sample(APPLICANTS[1:-1], 2)
    for row in table:
        at = {cell.origin.column: place for place, cell in enumerate(row) if isinstance(cell, Printed)}
        names = at or {column.id: row.index(name) for column in (one, other) if (name := _name_in(row, column))}
        if {one.id, other.id} <= names.keys():
            here, there = names[one.id], names[other.id]
            row[here], row[there] = row[there], row[here]


def _name_in(row: list[str], column: Column) -> str | None:
    """The wording by which a header names a column; None where it does not."""
    return next((wording for wording in (column.label, *column.also) if wording in row), None)


def seen_misprint(rng: Random, table: Grid) -> None:
    """Labels have slips of the pen that were seen in real reports."""
    table[:] = misprints(table)


def foreign_words_in_label(rng: Random, table: Grid) -> None:
    """The name of a website stands in a label, as on copies of government pages."""
    row = table[rng.choice(number_rows(table))]
    labels = [at for at, cell in enumerate(row) if cell and not is_number(cell)]
    if labels:
        cut = rng.randrange(1, len(row[labels[-1]]) + 1)
        row[labels[-1]] = f"{row[labels[-1]][:cut]}试验网站{row[labels[-1]][cut:]}"
