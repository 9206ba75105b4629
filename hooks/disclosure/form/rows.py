"""Turn the runs of numbers of one table into rows of the form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from disclosure.form.align import Alignment, Run
from disclosure.form.columns import TOTAL_LAST, adds_up, applicant_order
from disclosure.form.folding import half_width
from disclosure.form.grids import places_of, rows_by_place
from disclosure.form.template import OUTCOMES, Form, Row, Table
from disclosure.form.tokens import Sort, Token, unit_of
from disclosure.model import Entry, RowReading, Span
from disclosure.prove.relations import relations_of

_BLOCK = tuple(column.id for column in OUTCOMES)
_UNIT = re.compile(r"单位[:：]?\s*(?:人民币)?([十百千万亿]{0,2}[元圆块])")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table, and the runs that could not be given to any of them."""

    rows: tuple[RowReading, ...]
    leftover: tuple[Run, ...]


def labelled_rows(
    form: Form, table: Table, alignment: Alignment, tokens: Sequence[Token], lines: Sequence[str]
) -> Rows:
    """Tables 2 and 3: one run a row. What may belong to another row, or has no certain order, is not taken."""
    run_of_row = {row: run for row, run in zip(alignment.row_of_run, alignment.runs, strict=True) if row is not None}
    order = applicant_order(tokens, [run.tokens for run in run_of_row.values()]) if table.id == "requests" else None
    rows: list[RowReading] = []
    unit = _unit_in_header(tokens) if table.id == "proactive" else ""
    runs_on_line = Counter(line for run in alignment.runs for line in {token.span.line for token in run.tokens})
    taken: set[Span] = set()
    for row in table.rows:
        line = alignment.line_of_row.get(row.id)
        run = run_of_row.get(row.id)
        own = _own_tokens(table, row, run, alignment, runs_on_line) if run else ()
        columns = tuple(column.id for column in row.columns)
        if table.id == "requests" and own:
            own, columns = _in_order(own, order)
        if own:
            rows.append(_reading(row, own, columns, line or own[0].span.line, unit))
            taken.update(token.span for token in own)
        elif line is not None:
            rows.append(RowReading(row.id, (), None, line))
    if order == TOTAL_LAST:
        rows = rows_by_place(
            table, rows, places_of(lines, tokens, alignment.runs, len(order)), relations_of(form.id, table.id)
        )
    return Rows(tuple(rows), tuple(_leftover(alignment.runs, taken)))


def _own_tokens(
    table: Table, row: Row, run: Run, alignment: Alignment, runs_on_line: Mapping[int, int]
) -> Sequence[Token]:
    """The numbers of a run that certainly are of this row and no other; none where that is not certain.

    Numbers that stand on the line of the label, alone with it, are the label's own. Otherwise a run is a row's where
    it has no more numbers than the row has columns, and no label was lost behind it.
    """
    lines = {alignment.line_of_row.get(row.id), alignment.last_line_of_row.get(row.id)}
    beside = [token for token in run.tokens if token.span.line in lines and runs_on_line[token.span.line] == 1]
    if len(beside) == len(row.columns) or (len(beside) == len(run.tokens) < len(row.columns)):
        return beside
    if len(run.tokens) > len(row.columns) or row.id in alignment.before_a_gap:
        return ()
    return run.tokens if table.id == "requests" or _stand_together(run.tokens) else ()


def _in_order(tokens: Sequence[Token], order: tuple[str, ...] | None) -> tuple[Sequence[Token], tuple[str, ...]]:
    """The numbers of a row of table 3 with the order of its columns. Equal numbers are the same in every order.

    A row short of numbers is read in the order of the form, so it is not taken where the source prints another.
    """
    if order == TOTAL_LAST or len({token.value for token in tokens}) == 1:
        return tokens, TOTAL_LAST
    return (tokens, order) if order is not None and len(tokens) == len(order) else ((), TOTAL_LAST)


def _leftover(runs: Sequence[Run], taken: set[Span]) -> Iterator[Run]:
    """What is left of each run."""
    for run in runs:
        left = [token for token in run.tokens if token.span not in taken]
        if left:
            yield Run(run.offset, left)


def _stand_together(tokens: Sequence[Token]) -> bool:
    """Whether numbers are on one line, or one a line; otherwise they may be of two rows of which one lost its label.

    Asked only where no relation could tell: in table 3 the numbers of two rows do not add up as one.
    """
    lines = {token.span.line for token in tokens}
    return len(lines) in {1, len(tokens)}


def dispute_rows(table: Table, alignment: Alignment, tokens: Sequence[Token], lines: Sequence[str]) -> Rows:
    """Table 4: fifteen numbers in one printed row, or five beside each of its three labels."""
    blocks = list(_blocks(alignment.runs)) or _blocks_by_place(lines, tokens, alignment.runs, len(table.rows))
    if len(blocks) != len(table.rows):
        return Rows((), alignment.runs)
    first = alignment.runs[0].tokens[0].span.line
    rows = tuple(
        _reading(row, block, _BLOCK, block[0].span.line if block else first)
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


def _blocks_by_place(
    lines: Sequence[str], tokens: Sequence[Token], runs: Sequence[Run], count: int
) -> list[list[Token]]:
    """The blocks of one printed row with empty cells, if each adds up to the total at its end; else none.

    Which block a number is in is certain then; which of its columns, no sum can tell.
    """
    size = len(_BLOCK)
    places = places_of(lines, tokens, runs, count * size)
    if len(runs) != 1 or len(places) != len(runs[0].tokens):
        return []
    blocks: list[list[Token]] = [[] for _ in range(count)]
    for token in runs[0].tokens:
        blocks[places[token.span] // size].append(token)
    totals = [places[block[-1].span] % size == size - 1 and adds_up(block[:-1], block[-1]) for block in blocks if block]
    return blocks if all(totals) else []


def _reading(
    row: Row, tokens: Sequence[Token], columns: tuple[str, ...], line: int, header_unit: str = ""
) -> RowReading:
    """One row. ``columns`` are those of its numbers; with more of them than numbers, none is certain."""
    if len(tokens) != len(columns):
        return RowReading(row.id, tuple(_entry(token) for token in tokens), None, line)
    units = {column.id: column.unit for column in row.columns}
    entries = tuple(_entry(token, units[column], header_unit) for token, column in zip(tokens, columns, strict=True))
    return RowReading(row.id, entries, columns, line)


def _entry(token: Token, unit: str = "", header_unit: str = "") -> Entry:
    """A number keeps what is printed beside it. One printed in another unit than the form's is kept as a mark only."""
    printed = unit_of(token.remark) or header_unit
    other_unit = bool(unit) and printed not in {"", unit}
    remark = token.remark or (header_unit if other_unit else "")
    return Entry(None if other_unit else token.value, token.raw, token.span, remark)


def _unit_in_header(tokens: Sequence[Token]) -> str:
    """The unit that the header of the fees prints (单位：元); empty where it prints none."""
    found = (_UNIT.search(half_width(token.raw)) for token in tokens if token.sort is Sort.WORDING)
    return next((match[1] for match in found if match), "")
