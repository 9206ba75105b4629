"""Places by geometry: where a table keeps its empty cells, the place of a number tells its column.

Numbers move and cells get lost, so no place is believed by itself: rows are placed all together or not at all, and
only if then every relation of the table holds, the empty cells being the zeros that the office did not print.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from math import gcd
from typing import TypeAlias

from disclosure.form.folding import fold
from disclosure.form.runs import Run
from disclosure.form.template import Table
from disclosure.form.tokens import DRAWN_PIPES, MARK, NUMBER, RULING, WORDING, Token
from disclosure.form.unread import is_wording_of
from disclosure.form.whole_table import counts_of, hold
from disclosure.model import RowReading, Span
from disclosure.prove.relations import Relation

Places: TypeAlias = dict[Span, int]
"""Where a number stands → in which cell of its row, from 0."""

_HEAD = fold("信息内容")
"""The first word of every header of table 2."""
_DELIMITERS = ("|", "\t")
_SHORTEST_PITCH = 2
"""Lines from cell to cell: with less, a blank line may be a page break as well as an empty cell."""


def places_of(lines: Sequence[str], tokens: Sequence[Token], runs: Sequence[Run], width: int) -> Places:
    """The places of the numbers of a table with ``width`` cells a row; empty if no run is short of numbers.

    Either the cells of a row are parted by tabs or pipes on one line, or every cell is a line of its own, a blank
    one where the cell is empty, at a constant distance.
    """
    if all(len(run.tokens) >= width for run in runs):
        return {}
    before = labels_before(tokens)
    found = {**_down_the_lines(tokens, runs, before), **_on_the_line(lines, runs, before, _margin(lines, tokens))}
    return found if all(0 <= place < width for place in found.values()) else {}


def rows_by_place(
    table: Table, rows: list[RowReading], places: Places, relations: Sequence[Relation]
) -> list[RowReading]:
    """The rows, those short of numbers with the columns that their places tell; unchanged if that is not certain."""
    if all(row.columns is not None or not row.entries for row in rows):
        return rows
    columns_of = {row.id: [column.id for column in row.columns] for row in table.rows}
    if len(rows) < len(table.rows) or not all(_may_be_placed(row, places, len(columns_of[row.row])) for row in rows):
        return rows
    placed = [
        replace(row, columns=tuple(columns_of[row.row][places[entry.span]] for entry in row.entries))
        if row.columns is None and row.entries
        else row
        for row in rows
    ]
    return placed if hold(relations, counts_of(placed, table.id)) else rows


def _may_be_placed(row: RowReading, places: Places, width: int) -> bool:
    """A row is complete, or empty, or its numbers have places of their own, the last of them that of 总计.

    Where zeros are printed beside it, an empty cell is a lost one.
    """
    if row.columns is not None or not row.entries:
        return True
    cells = [places.get(entry.span) for entry in row.entries]
    own_places = None not in cells and len(set(cells)) == len(cells)
    return own_places and cells[-1] == width - 1 and all(entry.value for entry in row.entries[:-1])


def labels_before(tokens: Sequence[Token]) -> dict[Span, Token]:
    """The piece of wording right before a number, by the place of the number."""
    return {
        after.span: before
        for before, after in pairwise(token for token in tokens if token.sort is not RULING)
        if before.sort is WORDING and after.sort in (NUMBER, MARK)
    }


def _margin(lines: Sequence[str], tokens: Sequence[Token]) -> int:
    """Tabs before the first piece of every line of a table: they indent it, and are no cells."""
    first: dict[int, int] = {}
    for token in tokens:
        first.setdefault(token.span.line, token.span.start)
    return min(lines[number - 1].count("\t", 0, start) for number, start in first.items())


def _on_the_line(lines: Sequence[str], runs: Sequence[Run], before: Mapping[Span, Token], margin: int) -> Places:
    """Places counted in delimiters, behind the label or from the margin; none where rows differ in their delimiter.

    How many empty cells follow the last number says nothing: a merged cell before the label takes one of them away.
    """
    places: Places = {}
    marks = set()
    for run in runs:
        first = run.tokens[0].span
        if any(token.span.line != first.line for token in run.tokens):
            continue
        line, label = lines[first.line - 1].translate(DRAWN_PIPES), before.get(first)
        behind_label = label is not None and label.span.line == first.line
        start = label.span.end if label is not None and behind_label else line.find("|") + 1
        mark = next((mark for mark in _DELIMITERS if mark in line[start:]), _DELIMITERS[0])
        outside = 1 if behind_label else margin if mark == "\t" else 0
        places |= {token.span: line.count(mark, start, token.span.start) - outside for token in run.tokens}
        marks.add(mark)
    return places if len(marks) == 1 else {}


def _down_the_lines(tokens: Sequence[Token], runs: Sequence[Run], before: Mapping[Span, Token]) -> Places:
    """Places counted in lines from the label; none where the distance from cell to cell varies.

    Nor where the mark of a page stands among the cells: it took lines of its own.
    """
    pitch = _pitch(tokens)
    if pitch < _SHORTEST_PITCH or any(token.sort is RULING for token in tokens):
        return {}
    return {
        token.span: (token.span.line - label.span.line) // pitch - 1
        for run in runs
        if (label := before.get(run.tokens[0].span))
        for token in run.tokens
    }


def _pitch(tokens: Sequence[Token]) -> int:
    """Lines from cell to cell; 0 where several cells share a line."""
    steps = [other.span.line - one.span.line for one, other in pairwise(tokens) if NUMBER in (one.sort, other.sort)]
    return 0 if 0 in steps else gcd(*steps)


def places_between_labels(
    table: Table, lines: Sequence[str], tokens: Sequence[Token], runs: Mapping[str, Run]
) -> Places:
    """Places of the numbers of rows that have all their cells: on the line of the label, or a line each below it.

    For a table without sums, in a source that is known to keep its empty cells. What stands before the numbers has to
    be the form's own wording: it may also be a number that was not read.
    """
    before = labels_before(tokens)
    labels = {
        row: label
        for row, run in runs.items()
        if (label := before.get(run.tokens[0].span)) is not None and is_wording_of(table, label)
    }
    widths = {row: len(table.by_id[row].columns) for row in labels}
    return {
        **_on_the_line_of_the_label(lines, tokens, runs, labels, widths),
        **_below_the_label(tokens, runs, labels, widths),
    }


def _below_the_label(
    tokens: Sequence[Token], runs: Mapping[str, Run], labels: Mapping[str, Token], widths: Mapping[str, int]
) -> Places:
    pitch = _pitch(tokens)
    if pitch < _SHORTEST_PITCH:
        return {}
    places: Places = {}
    for row, label in labels.items():
        after = tokens[tokens.index(runs[row].tokens[-1]) + 1 :]
        end = next((token.span.line for token in after if token.sort is not RULING), None)
        if end is not None and end - label.span.line == pitch * (widths[row] + 1):
            places |= {token.span: (token.span.line - label.span.line) // pitch - 1 for token in runs[row].tokens}
    return places


def _on_the_line_of_the_label(
    lines: Sequence[str],
    tokens: Sequence[Token],
    runs: Mapping[str, Run],
    labels: Mapping[str, Token],
    widths: Mapping[str, int],
) -> Places:
    """Places counted in delimiters, where the line has as many cells behind the label as the header above it.

    There may be more than the row has, empty ones: all lines end in pipes, or another header of the table is wider.
    """
    heads = {
        token.span.line: _cells_behind(lines[token.span.line - 1], token.span.end)
        for token in tokens
        if token.key == _HEAD
    }
    places: Places = {}
    for row, label in labels.items():
        line = label.span.line
        cells = _cells_behind(lines[line - 1], label.span.end)
        above = heads[max(head for head in heads if head < line)] if heads and min(heads) < line else ()
        whole = len(cells) == len(above) and not any(text.strip() for _, text in cells[widths[row] :])
        if whole and all(token.span.line == line for token in runs[row].tokens):
            places |= {
                token.span: place
                for place, (start, text) in enumerate(cells)
                for token in runs[row].tokens
                if start <= token.span.start < start + len(text)
            }
    return places


def _cells_behind(line: str, start: int) -> list[tuple[int, str]]:
    """The cells behind a place of a line: where each begins, and its text. A pipe may close the last one."""
    line = line.translate(DRAWN_PIPES)
    mark = next((mark for mark in _DELIMITERS if mark in line[start:]), _DELIMITERS[0])
    first, *texts = line[start:].split(mark)
    if mark == "|" and texts and not texts[-1].strip():
        texts.pop()
    starts = accumulate((len(text) + 1 for text in texts), initial=start + len(first) + 1)
    return list(zip(starts, texts, strict=False))
