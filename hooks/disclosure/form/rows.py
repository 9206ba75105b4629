"""Turn the runs of numbers of one table into rows of the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from disclosure.form.align import Alignment, Run
from disclosure.form.columns import applicant_order
from disclosure.form.template import OUTCOMES, Column, Table
from disclosure.form.tokens import Token
from disclosure.model import Entry, RowReading

_BLOCK = tuple(column.id for column in OUTCOMES)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table, and the runs that could not be given to any of them."""

    rows: tuple[RowReading, ...]
    leftover: tuple[Run, ...]


def labelled_rows(table: Table, alignment: Alignment, tokens: Sequence[Token]) -> Rows:
    """Tables 2 and 3: one run a row. More numbers than columns belong to more than one row: none is taken."""
    run_of_row = {row: run for row, run in zip(alignment.row_of_run, alignment.runs, strict=True) if row is not None}
    order = applicant_order(tokens, [run.tokens for run in run_of_row.values()]) if table.id == "requests" else None
    rows: list[RowReading] = []
    taken: list[Run] = []
    for row in table.rows:
        run = run_of_row.get(row.id)
        line = alignment.line_of_row.get(row.id)
        if run is None or len(run.tokens) > len(row.columns) or not (order or _stand_together(run.tokens)):
            if line is not None:
                rows.append(RowReading(row.id, (), None, line))
            continue
        columns = order or tuple(column.id for column in row.columns)
        rows.append(_reading(row.id, run.tokens, columns, line or run.tokens[0].span.line, row.columns))
        taken.append(run)
    return Rows(tuple(rows), tuple(run for run in alignment.runs if run not in taken))


def _stand_together(tokens: Sequence[Token]) -> bool:
    """Whether numbers are on one line, or one a line; otherwise they may be of two rows of which one lost its label.

    Asked only where no relation could tell: in table 3 the numbers of two rows do not add up as one.
    """
    lines = {token.span.line for token in tokens}
    return len(lines) in {1, len(tokens)}


def dispute_rows(table: Table, alignment: Alignment) -> Rows:
    """Table 4: fifteen numbers in one printed row, or five beside each of its three labels."""
    blocks = list(_blocks(alignment.runs))
    if len(blocks) != len(table.rows):
        return Rows((), alignment.runs)
    rows = tuple(
        _reading(row.id, block, _BLOCK, block[0].span.line, row.columns)
        for row, block in zip(table.rows, blocks, strict=True)
    )
    return Rows(rows, ())


def _blocks(runs: Sequence[Run]) -> Iterator[Sequence[Token]]:
    """Blocks of five, where every run is made of whole blocks; nothing otherwise."""
    size = len(_BLOCK)
    if all(len(run.tokens) % size == 0 for run in runs):
        for run in runs:
            for start in range(0, len(run.tokens), size):
                yield run.tokens[start : start + size]


def _reading(
    row: str, tokens: Sequence[Token], columns: tuple[str, ...], line: int, official: tuple[Column, ...]
) -> RowReading:
    """One row. Its columns are certain only where every one of them is printed."""
    if len(tokens) != len(columns):
        return RowReading(row, tuple(_entry(token) for token in tokens), None, line)
    units = {column.id: column.unit for column in official}
    entries = tuple(_entry(token, units[column]) for token, column in zip(tokens, columns, strict=True))
    return RowReading(row, entries, columns, line)


def _entry(token: Token, unit: str = "") -> Entry:
    """A number keeps what is printed beside it. One printed in another unit than the form's is kept as a mark only."""
    other_unit = bool(unit) and token.remark.endswith("元") and token.remark != unit
    return Entry(None if other_unit else token.value, token.raw, token.span, token.remark)
