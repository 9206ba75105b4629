"""What the rows of all three tables have in common: numbers with their columns, and what is left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from disclosure.form.align import Alignment
from disclosure.form.doubts import Doubt, Shift
from disclosure.form.entries import entry_of
from disclosure.form.orphans import numbers_behind
from disclosure.form.runs import Run
from disclosure.form.template import MAY_HAVE_DECIMALS, Row, Table
from disclosure.form.tokens import Token
from disclosure.model import Cell, Refused, RowReading
from disclosure.read.document import Document

Picked: TypeAlias = tuple[Sequence[Token], tuple[str, ...]]
"""The numbers of a row with the columns that a row prints."""
_A_ROW_OF_NUMBERS = 7
"""So many numbers without a row may be those of any row without numbers: then none of these is blank for certain."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table, the runs that could not be given to any of them, and what could not be read.

    ``keeps_cells`` is True where table 3 adds up with its numbers at their places between empty cells: then the
    source kept its empty cells, in the other tables too. ``doubts`` are what numbers not taken say against these rows,
    ``shift`` those that may stand beside their own places, ``refused`` the numbers in the place of rows not read.
    """

    rows: tuple[RowReading, ...]
    leftover: tuple[Run, ...]
    unread: Mapping[str, Sequence[Token]] = field(default_factory=dict)
    keeps_cells: bool = False
    doubts: Sequence[Doubt] = ()
    shift: Shift | None = None
    refused: tuple[Refused, ...] = ()

    @property
    def doubted(self) -> frozenset[Cell]:
        """The figures that cannot be relied on though they were read."""
        shifted = () if self.shift is None else self.shift.cells
        return frozenset((*shifted, *(cell for doubt in self.doubts for cell in doubt.cells)))


def readings_of(
    table: Table, alignment: Alignment, picked: Mapping[str, Picked], unread: Collection[str], unit: str = ""
) -> Iterator[RowReading]:
    """The rows that have numbers, and those that have a label and nothing behind it."""
    for row in table.rows:
        line = alignment.line_of_row.get(row.id)
        own, columns = picked.get(row.id, ((), ()))
        if own:
            yield reading_of(row, own, columns, line or own[0].span.line, unit)
        elif line is not None and row.id not in unread:
            yield RowReading(row.id, (), None, line)  # blank, unless ``rows_told`` finds numbers behind it


def shared_lines(runs: Sequence[Run]) -> frozenset[int]:
    """The lines on which more than one run stands."""
    counted = Counter(line for run in runs for line in {token.span.line for token in run.tokens})
    return frozenset(line for line, count in counted.items() if count > 1)


def lines_of_tables(document: Document) -> frozenset[int]:
    """The lines that are rows of a real table: there a label and the numbers beside it belong together."""
    return frozenset(line for lines in document.tables for line in lines)


def numbers_beside(row: Row, run: Run, alignment: Alignment, shared: frozenset[int]) -> Sequence[Token]:
    """The numbers of a run that stand on the first or last line of its label, if no other run does."""
    lines = {alignment.line_of_row.get(row.id), alignment.last_line_of_row.get(row.id)} - shared
    return [token for token in run.tokens if token.span.line in lines]


def rows_told(
    rows: Iterable[RowReading],
    alignment: Alignment,
    unread: Mapping[str, Sequence[Token]],
    *,
    keeps_cells: bool = False,
) -> Rows:
    """The rows that were read or are blank. One whose numbers were not taken is neither."""
    listed = list(rows)
    leftover = tuple(leftover_of(alignment.runs, listed))
    refused = {token.span for run in leftover for token in run.tokens}
    not_read = {row for row, run in alignment.run_of_row.items() if run.tokens[0].span in refused}
    not_read |= numbers_behind(alignment, {run.offset for run in leftover})
    if sum(len(run.tokens) for run in leftover) >= _A_ROW_OF_NUMBERS:
        not_read.update(row.row for row in listed)
    return Rows(tuple(row for row in listed if row.entries or row.row not in not_read), leftover, unread, keeps_cells)


def leftover_of(runs: Sequence[Run], rows: Iterable[RowReading]) -> Iterator[Run]:
    """What is left of each run."""
    taken = {entry.span for row in rows for entry in row.entries}
    for run in runs:
        left = [token for token in run.tokens if token.span not in taken]
        if left:
            yield Run(run.offset, left)


def reading_of(
    row: Row, tokens: Sequence[Token], columns: tuple[str, ...], line: int, header_unit: str = ""
) -> RowReading:
    """One row. ``columns`` are those of its numbers; with more of them than numbers, none is certain."""
    if len(tokens) != len(columns):
        return RowReading(row.id, tuple(entry_of(token) for token in tokens), None, line)
    units = {column.id: column.unit for column in row.columns}
    entries = tuple(
        entry_of(token, units[column], header_unit, counts=column not in MAY_HAVE_DECIMALS)
        for token, column in zip(tokens, columns, strict=True)
    )
    return RowReading(row.id, entries, columns, line)
