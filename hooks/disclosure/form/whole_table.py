"""What a row by itself does not tell, and all rows of table 3 together do: rows by their order, lone totals.

Both are accepted only where every relation of the table holds, and the figures say so: they count as placed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from disclosure.form.align import Alignment
from disclosure.form.entries import entry_of
from disclosure.form.folding import fold
from disclosure.form.orphans import behind_labels
from disclosure.form.template import APPLICANTS, Table
from disclosure.form.tokens import MARK, NUMBER, WORDING, Token
from disclosure.model import Cell, PlacedBy, RowReading
from disclosure.prove.relations import Relation

_WIDTH = len(APPLICANTS)
_TOTAL = APPLICANTS[-1].id
_BEGINNING = 5
"""Characters that tell labels apart, their item number among them."""
_FEWEST_TOTALS = 3
"""Lone totals above 0 that have to add up, where rows without any number stand between them."""


def hold(relations: Sequence[Relation], counts: Mapping[Cell, int]) -> bool:
    """Whether all these relations hold, cells without a count being zeros."""
    return all(
        sum(counts.get(cell, 0) for cell in relation.left) == sum(counts.get(cell, 0) for cell in relation.right)
        for relation in relations
    )


def counts_of(rows: Sequence[RowReading], table: str) -> dict[Cell, int]:
    """The numbers of the rows whose columns are known, by cell."""
    return {
        Cell(table, row.row, column): int(entry.value)
        for row in rows
        for column, entry in zip(row.columns or (), row.entries, strict=True)
        if entry.value is not None
    }


def lone_totals(
    table: Table, rows: Sequence[RowReading], tokens: Sequence[Token], relations: Sequence[Relation]
) -> list[RowReading] | None:
    """The rows of a table that prints one number a row, each as the row's 总计; None if it is not such a table.

    Extraction drops empty cells, and what an office leaves empty are the applicants, not the sum. A table cut off at
    its edge would show another single column: so the header has to name them all, and the numbers have to add up. No
    number may be left over: beside it, what was read is not the only one of its row.
    """
    numbers = [row.entries[0].value for row in rows if row.entries]
    printed = sum(token.sort in (NUMBER, MARK) for token in tokens)
    if len(rows) < len(table.rows) or any(len(row.entries) > 1 for row in rows) or printed > len(numbers):
        return None
    if not _names_all_columns(tokens):
        return None
    if any(not isinstance(number, int) for number in numbers):
        return None
    if len(numbers) < len(rows) and sum(bool(number) for number in numbers) < _FEWEST_TOTALS:
        return None
    placed = [replace(row, columns=(_TOTAL,), placed_by=PlacedBy.LONE_TOTAL) if row.entries else row for row in rows]
    down = [relation for relation in relations if {cell.column for cell in relation.cells} == {_TOTAL}]
    return placed if numbers and hold(down, counts_of(placed, table.id)) else None


def _names_all_columns(tokens: Sequence[Token]) -> bool:
    """Whether the wording before the first number names every column."""
    wording = ""
    for token in tokens:
        if token.sort is NUMBER:
            break
        wording += token.key
    return all(any(fold(text) in wording for text in (column.label, *column.also)) for column in APPLICANTS)


def rows_by_order(
    table: Table,
    rows: Sequence[RowReading],
    alignment: Alignment,
    order: tuple[str, ...],
    relations: Sequence[Relation],
) -> list[RowReading] | None:
    """The rows of a table that prints all its numbers and lost labels, in the order of the form; None if not certain.

    There have to be exactly as many numbers as the form has cells, line by line or one a line; every row that was
    found by its label has to be where the order says; and all relations have to hold. None too where nothing is lost.
    """
    if len(rows) == len(table.rows) and all(len(row.entries) == _WIDTH for row in rows):
        return None
    numbers = _without_pages([token for run in alignment.runs for token in run.tokens], _WIDTH * len(table.rows))
    if len(numbers) != _WIDTH * len(table.rows) or any(not isinstance(token.value, int) for token in numbers):
        return None
    chunks = [numbers[start : start + _WIDTH] for start in range(0, len(numbers), _WIDTH)]
    if not _keep_to_lines(numbers):
        return None
    by_label = {row.row: row for row in rows}
    run_of_row = behind_labels(table, alignment)
    placed = []
    for row, chunk in zip(table.rows, chunks, strict=True):
        if row.id in run_of_row and run_of_row[row.id].tokens[0] not in chunk:
            return None
        reading = _row_by_order(row.id, chunk, by_label.get(row.id), order)
        if reading is None:
            return None
        placed.append(reading)
    return placed if hold(relations, counts_of(placed, table.id)) else None


def _without_pages(numbers: Sequence[Token], wanted: int) -> Sequence[Token]:
    """The numbers, without those alone on their line where the lines of several are just as many as the form has."""
    on_line = Counter(token.span.line for token in numbers)
    together = [token for token in numbers if on_line[token.span.line] > 1]
    return together if len(together) == wanted else numbers


def _row_by_order(
    row: str, chunk: Sequence[Token], known: RowReading | None, order: tuple[str, ...]
) -> RowReading | None:
    """One row with the numbers that its order gives it; None where its label has others, itself where it is whole."""
    entries = tuple(entry_of(token) for token in chunk)
    if known is not None and known.entries:
        if {entry.span for entry in known.entries} - {entry.span for entry in entries}:
            return None
        if known.columns is not None and len(known.entries) == _WIDTH:
            return known
    return RowReading(row, entries, order, chunk[0].span.line if known is None else known.line, PlacedBy.ORDER)


def labels_in_order(table: Table, tokens: Sequence[Token]) -> bool:
    """Whether the labels that are printed or begun stand in the order of the form: else the numbers may not, either."""
    wording = "".join(token.key for token in tokens if token.sort is WORDING)
    places = [
        max(wording.find(fold(text)[:_BEGINNING]) for text in (row.label, *row.also, *row.misprints))
        for row in table.rows
    ]
    seen = [place for place in places if place >= 0]
    return seen == sorted(seen)


def _keep_to_lines(numbers: Sequence[Token]) -> bool:
    """Whether every line has one number, or whole rows of numbers: anything else may be several broken rows."""
    on_line = [len(list(group)) for _, group in groupby(numbers, key=lambda token: token.span.line)]
    return set(on_line) == {1} or all(count % _WIDTH == 0 for count in on_line)
