"""The rows of table 4: fifteen numbers in one printed row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure.form.align import Alignment
from disclosure.form.cells import places_in_cells
from disclosure.form.columns import adds_up
from disclosure.form.doubts import shift_in
from disclosure.form.grids import Places, places_of
from disclosure.form.rows import Rows, leftover_of, reading_of
from disclosure.form.runs import Run
from disclosure.form.template import OUTCOMES, Table
from disclosure.form.tokens import Token
from disclosure.model import RowReading
from disclosure.read.document import Document

_BLOCK = tuple(column.id for column in OUTCOMES)


def dispute_rows(
    table: Table, alignment: Alignment, tokens: Sequence[Token], document: Document, *, keeps_cells: bool
) -> Rows:
    """Table 4: fifteen numbers in one printed row, or five beside each of its three labels."""
    runs = alignment.runs
    if not runs:
        line = tokens[-1].span.line
        return Rows(tuple(RowReading(row.id, (), None, line) for row in table.rows), ())
    first = runs[0].tokens[0].span.line
    size = len(_BLOCK)
    blocks = list(_blocks(runs)) or _blocks_on_a_line(runs, len(table.rows))
    if len(blocks) == len(table.rows):
        read = [
            reading_of(row, block, _BLOCK, block[0].span.line) for row, block in zip(table.rows, blocks, strict=True)
        ]
        return Rows(tuple(read), tuple(leftover_of(runs, read)), shift=shift_in(table, blocks))
    cells = places_in_cells(document, table.id, tokens)
    places = {span: place.ordinal for span, place in cells.items()}
    certain = bool(places) or keeps_cells
    places = places or _places_to_the_end(document, tokens, runs, len(table.rows) * size)
    by_place = [] if blocks and not cells else _blocks_by_place(runs, places, len(table.rows))
    if not by_place:
        return Rows((), runs)
    return Rows(
        tuple(
            reading_of(row, block, tuple(_BLOCK[places[token.span] % size] for token in block), block[0].span.line)
            if certain and block
            else reading_of(row, block, _BLOCK, block[0].span.line if block else first)
            for row, block in zip(table.rows, by_place, strict=True)
        ),
        (),
    )


def _places_to_the_end(document: Document, tokens: Sequence[Token], runs: Sequence[Run], width: int) -> Places:
    """Places by the layout of the text, where the last number is the last 总计: else cells may be lost behind it."""
    places = places_of(document.lines, tokens, runs, width)
    return places if max(places.values(), default=0) == width - 1 else {}


def _blocks(runs: Sequence[Run]) -> Iterator[Sequence[Token]]:
    """Blocks of five, where every run is made of whole blocks; nothing otherwise."""
    size = len(_BLOCK)
    if all(len(run.tokens) % size == 0 for run in runs):
        for run in runs:
            for start in range(0, len(run.tokens), size):
                yield run.tokens[start : start + size]


def _blocks_on_a_line(runs: Sequence[Run], count: int) -> list[list[Token]]:
    """The blocks that fill a line of their own and add up, among other numbers that stand on other lines."""
    by_line: dict[int, list[Token]] = {}
    for run in runs:
        for token in run.tokens:
            by_line.setdefault(token.span.line, []).append(token)
    size = len(_BLOCK)
    lines = [tokens for tokens in by_line.values() if len(tokens) == size * count]
    blocks = [lines[0][start : start + size] for start in range(0, size * count, size)] if len(lines) == 1 else []
    return blocks if all(adds_up(block[:-1], block[-1]) for block in blocks) else []


def _blocks_by_place(runs: Sequence[Run], places: Places, count: int) -> list[list[Token]]:
    """The blocks of one printed row with empty cells, if each adds up to the total at its end; else none.

    Which block a number is in is certain then; which of its columns, no sum can tell.
    """
    size = len(_BLOCK)
    if len(runs) != 1 or len(places) != len(runs[0].tokens) or len(set(places.values())) < len(places):
        return []
    blocks: list[list[Token]] = [[] for _ in range(count)]
    for token in runs[0].tokens:
        blocks[places[token.span] // size].append(token)
    totals = [places[block[-1].span] % size == size - 1 and adds_up(block[:-1], block[-1]) for block in blocks if block]
    return blocks if all(totals) else []
