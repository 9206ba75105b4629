"""What copying, printing, extracting and recognising do to a table: small named damages over a grid of cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from layouts import Grid, is_number

Change: TypeAlias = Callable[[Random, Grid], None]
Rewrite: TypeAlias = Callable[[Random, str], str]


def has_numbers(table: Grid) -> bool:
    """Whether there is anything left to damage."""
    return bool(_number_cells(table))


def _number_rows(table: Grid) -> list[int]:
    return [index for index, row in enumerate(table) if any(map(is_number, row))]


def _number_cells(table: Grid) -> list[tuple[int, int]]:
    return [(index, at) for index, row in enumerate(table) for at, cell in enumerate(row) if is_number(cell)]


def _numbers(row: list[str]) -> list[int]:
    return [at for at, cell in enumerate(row) if is_number(cell)]


def _lose_cells(rng: Random, table: Grid, count: int) -> None:
    cells = _number_cells(table)
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
    cells = _number_cells(table)
    for index, at in rng.sample(cells, min(rng.randint(1, 5), len(cells))):
        table[index][at] = ""


def zeros_blank(rng: Random, table: Grid) -> None:
    """The office left its zeros blank."""
    for index, at in _number_cells(table):
        if table[index][at] == "0":
            table[index][at] = ""


def row_shifted(rng: Random, table: Grid) -> None:
    """The cells of a row moved one to the right or left; what fell off is gone."""
    row = table[rng.choice(_number_rows(table))]
    first, last = _numbers(row)[0], _numbers(row)[-1]
    old, new = (last, first) if rng.random() < 1 / 2 else (first, last)
    del row[old]
    row.insert(new, "")


def blanks_dropped(rng: Random, table: Grid) -> None:
    """Zeros left blank, and the blanks of each row moved behind its numbers."""
    zeros_blank(rng, table)
    for row in table:
        row.sort(key=lambda cell: not cell)


def only_totals(rng: Random, table: Grid) -> None:
    """Of each row only its last number is left, right behind the label."""
    for index in _number_rows(table):
        numbers = _numbers(table[index])
        table[index][numbers[0] :] = [table[index][numbers[-1]], *[""] * (len(numbers) - 1)]


def cells_swapped(rng: Random, table: Grid) -> None:
    """Two numbers of a row changed places."""
    row = table[rng.choice(_number_rows(table))]
    if len(_numbers(row)) > 1:
        one, other = rng.sample(_numbers(row), 2)
        row[one], row[other] = row[other], row[one]


def cells_merged(rng: Random, table: Grid) -> None:
    """Two neighbouring numbers are printed as one."""
    row = table[rng.choice(_number_rows(table))]
    if len(_numbers(row)) > 1:
        at = rng.choice(_numbers(row)[:-1])
        row[at : at + 2] = ["".join(row[at : at + 2])]


def cell_doubled(rng: Random, table: Grid) -> None:
    """One number is printed twice."""
    index, at = rng.choice(_number_cells(table))
    table[index].insert(at, table[index][at])


def row_lost(rng: Random, table: Grid) -> None:
    """A row is gone."""
    del table[rng.choice(_number_rows(table))]


def row_cut(rng: Random, table: Grid) -> None:
    """The rest of a row is gone."""
    row = table[rng.choice(_number_rows(table))]
    del row[rng.randint(1, len(row)) :]


def row_emptied(rng: Random, table: Grid) -> None:
    """All numbers of a row are gone, its label stands."""
    row = table[rng.choice(_number_rows(table))]
    row[:] = [cell for cell in row if not is_number(cell)]


def row_repeated(rng: Random, table: Grid) -> None:
    """A row is printed twice."""
    index = rng.choice(_number_rows(table))
    table.insert(index, list(table[index]))


def page_repeated(rng: Random, table: Grid) -> None:
    """The last rows of a page are printed again on the next."""
    rows = _number_rows(table)
    first = rng.choice(rows)
    again = [list(row) for row in table[first : first + 3]]
    table[first + 3 : first + 3] = again


def rows_swapped(rng: Random, table: Grid) -> None:
    """Two rows changed places, labels and all."""
    rows = _number_rows(table)
    if len(rows) > 1:
        one, other = rng.sample(rows, 2)
        table[one], table[other] = table[other], table[one]


def numbers_of_neighbours(rng: Random, table: Grid) -> None:
    """Over some rows, the numbers stand a row too high or too low."""
    rows = _number_rows(table)
    first = rng.randrange(len(rows))
    rows = rows[first : first + rng.randint(2, 8)]
    numbers = [[table[index][at] for at in _numbers(table[index])] for index in rows]
    by = rng.choice([1, -1])
    for index, moved in zip(rows, [*numbers[by:], *numbers[:by]], strict=True):
        table[index] = [*(cell for cell in table[index] if not is_number(cell)), *moved]


def label_lost(rng: Random, table: Grid) -> None:
    """The label of a row is gone."""
    index = rng.choice(_number_rows(table))
    table[index] = [cell for cell in table[index] if is_number(cell) or not cell]


def three_labels_lost(rng: Random, table: Grid) -> None:
    """The labels of three rows are gone."""
    for _ in range(3):
        label_lost(rng, table)


def label_misprinted(rng: Random, table: Grid) -> None:
    """One to three characters of a label are lost, added or replaced."""
    row = table[rng.choice(_number_rows(table))]
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
    row = table[rng.choice(_number_rows(table))]
    first = _numbers(row)[0]
    if first:
        row[first - 1 : first + 1] = ["".join(row[first - 1 : first + 1])]


def page_number(rng: Random, table: Grid) -> None:
    """The mark of a page stands between two rows."""
    mark = rng.choice(["4", "- 4 -", "第4页", "Page 3", "共 6 页", "— 12 —", "·3·", "2021", "4/6", "7 试验镇人民政府"])
    table.insert(rng.choice(_number_rows(table)), [mark])


def head_cut(rng: Random, table: Grid) -> None:
    """The table starts somewhere in its middle."""
    del table[: rng.choice(_number_rows(table))]


def tail_cut(rng: Random, table: Grid) -> None:
    """The table ends somewhere in its middle."""
    del table[rng.choice(_number_rows(table)) :]


def digit_misread(rng: Random, table: Grid) -> None:
    """One number is another number."""
    index, at = rng.choice(_number_cells(table))
    table[index][at] = rng.choice([str(rng.randint(0, 30)), table[index][at] + "0", str(int(table[index][at]) + 1)])


def digit_lost(rng: Random, table: Grid) -> None:
    """One digit of one number is gone."""
    index, at = max((rng.choice(_number_cells(table)) for _ in range(3)), key=lambda at: len(table[at[0]][at[1]]))
    drop = rng.randrange(len(table[index][at]))
    table[index][at] = table[index][at][:drop] + table[index][at][drop + 1 :]


def repeated_lines_removed(rng: Random, text: str) -> str:
    """An extraction program dropped every line that it had seen before."""
    seen: set[str] = set()
    kept = []
    for line in text.split("\n"):
        if not line.strip() or line not in seen:
            kept.append(line)
        seen.add(line)
    return "\n".join(kept)


def line_lost(rng: Random, text: str) -> str:
    """A line is gone."""
    lines = text.split("\n")
    del lines[rng.randrange(3, len(lines))]
    return "\n".join(lines)


def lines_joined(rng: Random, text: str) -> str:
    """A line end became a blank."""
    ends = [match.start() for match in re.finditer("\n", text)][3:]
    at = rng.choice(ends)
    return text[:at] + " " + text[at + 1 :]


def stretch_lost(rng: Random, text: str) -> str:
    """Some characters of the text are gone; of each number, all digits or none, and no two become one."""
    start = rng.randrange(40, len(text))
    end = min(len(text), start + rng.randint(1, 60))
    while text[start - 1].isdecimal():
        start -= 1
    while end < len(text) and text[end].isdecimal():
        end += 1
    return f"{text[:start]}{text[end:]}"


@dataclass(frozen=True, slots=True)
class Damage:
    """One kind of damage. ``wrong`` is how many printed numbers it may make wrong: 2 stands for several."""

    name: str
    wrong: int = 0
    change: Change | None = None
    rewrite: Rewrite | None = None


_WRONG = {
    cells_swapped: 2,
    numbers_of_neighbours: 2,
    cells_merged: 1,
    digit_misread: 1,
    digit_lost: 1,
}
_CHANGES: tuple[Change, ...] = (
    cell_lost, three_cells_lost, ten_cells_lost, cells_emptied, zeros_blank, row_shifted, blanks_dropped, only_totals,
    cells_swapped, cells_merged, cell_doubled, row_lost, row_cut, row_emptied, row_repeated, page_repeated,
    rows_swapped, numbers_of_neighbours, label_lost, three_labels_lost, label_misprinted, number_glued_to_label,
    page_number, head_cut, tail_cut, digit_misread, digit_lost,
)  # fmt: skip
_REWRITES = (repeated_lines_removed, line_lost, lines_joined, stretch_lost)
DAMAGES = {
    damage.name: damage
    for damage in (
        *(Damage(change.__name__, _WRONG.get(change, 0), change) for change in _CHANGES),
        *(Damage(rewrite.__name__, 0, None, rewrite) for rewrite in _REWRITES),
    )
}
