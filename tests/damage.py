"""What copying, printing, extracting and recognising do to a report: every damage by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

import damage_cells as cells
import damage_rows as rows
import damage_text as texts
from damage_cells import digit_misread, number_cells
from layouts import repeated_lines_removed
from layouts_grid import Grid

__all__ = ["DAMAGES", "Damage", "digit_misread", "has_numbers"]

Change: TypeAlias = Callable[[Random, Grid], None]
Rewrite: TypeAlias = Callable[[Random, str], str]


def has_numbers(table: Grid) -> bool:
    """Whether there is anything left to damage."""
    return bool(number_cells(table))


def lines_seen_before_removed(rng: Random, text: str) -> str:
    """An extraction program dropped every line that it had seen before."""
    return repeated_lines_removed(text)


@dataclass(frozen=True, slots=True)
class Damage:
    """One kind of damage. ``wrong`` is how many printed numbers it may make wrong: 2 stands for several."""

    name: str
    wrong: int = 0
    change: Change | None = None
    rewrite: Rewrite | None = None


_WRONG: dict[Change, int] = {
    cells.cells_swapped: 2,
    cells.cells_swapped_across: 2,
    cells.cells_merged: 1,
    cells.digit_misread: 1,
    cells.digit_lost: 1,
    cells.number_split: 2,
    rows.numbers_of_neighbours: 2,
    rows.rows_merged: 2,  # where zeros are blank, numbers of one row stand behind the label of the other
    rows.columns_exchanged: 2,  # where the header that tells of it is lost as well
}
_CHANGES: tuple[Change, ...] = (
    cells.cell_lost,
    cells.three_cells_lost,
    cells.ten_cells_lost,
    cells.last_cell_lost,
    cells.column_lost,
    cells.cells_emptied,
    cells.zeros_blank,
    cells.zeros_marked,
    cells.table_emptied,
    cells.blanks_dropped,
    cells.only_totals,
    cells.row_shifted,
    cells.cells_swapped,
    cells.cells_swapped_across,
    cells.cells_merged,
    cells.cell_doubled,
    cells.number_split,
    cells.number_noted,
    cells.digit_misread,
    cells.digit_lost,
    cells.digit_misshapen,
    rows.row_lost,
    rows.rows_lost,
    rows.row_cut,
    rows.row_cut_by_page,
    rows.row_emptied,
    rows.row_repeated,
    rows.rows_merged,
    rows.rows_swapped,
    rows.page_repeated,
    rows.page_number,
    rows.numbers_of_neighbours,
    rows.label_lost,
    rows.three_labels_lost,
    rows.label_misprinted,
    rows.seen_misprint,
    rows.foreign_words_in_label,
    rows.number_glued_to_label,
    rows.foreign_row,
    rows.header_lost,
    rows.columns_exchanged,
    rows.head_cut,
    rows.tail_cut,
)
_REWRITES: tuple[Rewrite, ...] = (
    lines_seen_before_removed,
    texts.line_lost,
    texts.line_repeated,
    texts.lines_joined,
    texts.lines_swapped,
    texts.stretch_lost,
    texts.page_break,
    texts.characters_misread,
    texts.counts_in_prose,
    texts.dates_damaged,
    texts.title_garbled,
)
DAMAGES = {
    damage.name: damage
    for damage in (
        *(Damage(change.__name__, _WRONG.get(change, 0), change) for change in _CHANGES),
        *(Damage(rewrite.__name__, 0, None, rewrite) for rewrite in _REWRITES),
    )
}
