"""What numbers that were not taken say against numbers that were.

A row may be refused because its numbers could be those of a neighbour that lost its label. They still stand behind its
label: where a sum over them and over the rows that were read does not hold, nobody can say which number is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

from disclosure.form.align import Alignment
from disclosure.form.columns import TOTAL_LAST, adds_up
from disclosure.form.orphans import A_LINE
from disclosure.form.runs import Run
from disclosure.form.template import Table
from disclosure.form.tokens import Token
from disclosure.form.whole_table import counts_of, hold
from disclosure.model import Cell, Number, Refused, RowReading
from disclosure.prove.relations import Relation


class Doubt(NamedTuple):
    """A sum that does not hold with the numbers of ``row``, which were not taken, at ``line``; ``cells`` were."""

    relation: Relation
    row: str
    line: int
    cells: tuple[Cell, ...]


def refused_numbers(
    table: Table, alignment: Alignment, rows: Sequence[RowReading], leftover: Sequence[Run], order: tuple[str, ...]
) -> tuple[Refused, ...]:
    """The numbers that were not taken, with the rows not read that they may belong to.

    These are the rows of the form between the two that were read above and below, and the one whose label they stand
    behind, which may be out of order.
    """
    labelled = {run.offset: row for row, run in alignment.run_of_row.items()}
    index = {row.id: at for at, row in enumerate(table.rows)}
    read = [row for row in rows if row.entries]
    taken = {row.row for row in read}
    found: dict[tuple[str, ...], list[Number | None]] = {}
    for run in leftover:
        if len(run.tokens) < A_LINE:
            continue
        first, last = run.tokens[0].span, run.tokens[-1].span
        above = max((index[row.row] for row in read if row.entries[-1].span < first), default=-1)
        below = min((index[row.row] for row in read if row.entries[0].span > last), default=len(table.rows))
        own = labelled.get(run.offset)
        between = tuple(
            row.id for row in table.rows if above < index[row.id] < below or (row.id == own and own not in taken)
        )
        if between:
            found.setdefault(between, []).extend(token.value for token in run.tokens)
    return tuple(Refused(between, order, tuple(values)) for between, values in found.items())


class Shift(NamedTuple):
    """Figures that would be others if the source lost one number of a row and prints another one too many."""

    line: int
    cells: tuple[Cell, ...]


def doubts(
    table: Table,
    alignment: Alignment,
    rows: Sequence[RowReading],
    order: tuple[str, ...],
    relations: Sequence[Relation],
) -> list[Doubt]:
    """The column relations that only rows with all their numbers take part in, some of them not taken, and fail."""
    refused = dict(_refused(table, alignment, {row.row for row in rows if row.entries}, order))
    if not refused:
        return []
    whole = [row for row in rows if row.columns is not None and len(row.entries) == len(order)]
    known = counts_of(whole, table.id)
    counts = known | {
        Cell(table.id, row, column): int(token.value or 0)
        for row, tokens in refused.items()
        for column, token in zip(order, tokens, strict=True)
    }
    return [
        Doubt(relation, row, refused[row][0].span.line, taken)
        for relation in relations
        if (row := next((cell.row for cell in relation.cells if cell.row in refused), None))
        and (taken := tuple(cell for cell in relation.cells if cell in known))
        and counts.keys() >= set(relation.cells)
        and not hold([relation], counts)
    ]


def _refused(
    table: Table, alignment: Alignment, read: set[str], order: tuple[str, ...]
) -> Iterator[tuple[str, Sequence[Token]]]:
    """The rows of which no number was taken though a whole row of numbers, adding up, stands behind their label."""
    found: Mapping[str, Run] = {**alignment.behind_foreign_words, **alignment.run_of_row}
    for row in table.rows:
        tokens = found[row.id].tokens[: len(order)] if row.id in found and row.id not in read else []
        if len(tokens) == len(order) and all(isinstance(token.value, int) for token in tokens):
            own = dict(zip(order, tokens, strict=True))
            if adds_up([own[column] for column in TOTAL_LAST[:-1]], own[TOTAL_LAST[-1]]):
                yield row.id, tokens


def shift_in(table: Table, blocks: Sequence[Sequence[Token]]) -> Shift | None:
    """What may stand a column too far, where a block of table 4 does not add up and all do once numbers are moved.

    A page number, or a line that is there twice, can make up the count of a row that lost a number: then every number
    between the two stands beside its own place, also in a block that adds up all the same.
    """
    size = len(blocks[0])
    printed: list[Number | None] = [token.value or 0 for block in blocks for token in block]
    sound = {at for at in range(len(printed)) if _may_add_up(printed[at - at % size :][:size])}
    if len(sound) == len(printed):
        return None
    readings = (_moved(printed, extra, lost) for extra, lost in permutations(range(len(printed)), 2))
    possible = [
        reading
        for reading in readings
        if all(_may_add_up(reading[at : at + size]) for at in range(0, len(reading), size))
    ]
    moved = {at for at in range(len(printed)) if any(reading[at] != printed[at] for reading in possible)}
    if moved.isdisjoint(sound):
        return None
    cells = [Cell(table.id, row.id, column.id) for row in table.rows for column in row.columns]
    return Shift(blocks[0][0].span.line, tuple(cells[at] for at in sorted(moved)))


def _moved(printed: Sequence[Number | None], extra: int, lost: int) -> list[Number | None]:
    """The numbers without the one too many, and with a gap (None) where one was lost."""
    numbers = [*printed[:extra], *printed[extra + 1 :]]
    return [*numbers[:lost], None, *numbers[lost:]]


def _may_add_up(block: Sequence[Number | None]) -> bool:
    """Whether a block ends in its sum; a gap stands for whatever makes it so, but for less than nothing."""
    *parts, total = block
    known = sum(part for part in parts if part is not None)
    return total is None or known == total or (None in parts and known < total)
