"""The rows of table 2: no sum could object to the numbers of another row, or to the number of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from disclosure.form.align import Alignment
from disclosure.form.cells import MISFIT, Place, place_row, places_in_cells
from disclosure.form.folding import half_width
from disclosure.form.grids import Places, places_between_labels
from disclosure.form.orphans import above_their_labels, without_merged
from disclosure.form.rows import (
    Picked,
    Rows,
    lines_of_tables,
    numbers_beside,
    readings_of,
    rows_told,
    shared_lines,
)
from disclosure.form.runs import Run
from disclosure.form.template import Row, Table
from disclosure.form.tokens import RULING, WORDING, Token
from disclosure.form.unread import is_wording_of, looks_like_a_number, unread_pieces
from disclosure.form.wrapped_cells import rows_in_wrapped_cells
from disclosure.model import RowReading, Span
from disclosure.read.document import Document

_MANY_BLANK_ROWS = 4
_MOST_PAGES = 100
_EMPTY_CELLS = re.compile(r"\|[ \t]*\|[ \t|]*$")
_UNIT = re.compile(r"单位[:：]?\s*(?:人民币)?([十百千万亿]{0,2}[元圆块])")


def proactive_rows(
    table: Table, alignment: Alignment, tokens: Sequence[Token], document: Document, *, keeps_cells: bool
) -> Rows:
    """Table 2: one run a row. No sum could object to the numbers of another row, or to the number of a page.

    So no label may be lost behind a row, and where rows stand beside their labels, all have to. A row that lost its
    label is read where it is the only one between a header and the row that follows it on the form.
    """
    wrapped = _in_wrapped_cells(table, alignment, tokens, document)
    found = _runs_of_labels(table, alignment, tokens, document, wrapped)
    cells = places_in_cells(document, table.id, tokens)
    picked: dict[str, Picked] = {
        row.id: (found[row.id].tokens, tuple(column.id for column in row.columns))
        for row in table.rows
        if row.id in found
        and len(found[row.id].tokens) <= len(row.columns)
        and (
            row.id in wrapped
            or _stand_together(found[row.id].tokens, alignment.last_line_of_row.get(row.id), document.lines)
        )
    }
    usual = _usual_step(picked)
    picked = {
        row: one
        for row, one in picked.items()
        if not _misfits(one, picked, cells) and (row in wrapped or not any(0 < step < usual for step in _steps(one[0])))
    }
    picked = _without_page_numbers(picked, alignment)
    unread = unread_pieces(table, alignment, tokens)
    unit = _unit_in_header(tokens)
    own = {row: found[row] for row in picked}
    places = places_between_labels(table, document.lines, tokens, own) if keeps_cells else {}
    rows = (_in_cells(table.by_id[row.row], row, cells) for row in readings_of(table, alignment, picked, unread, unit))
    return rows_told([_at_place(table.by_id[row.row], row, places) for row in rows], alignment, unread)


def _without_page_numbers(picked: dict[str, Picked], alignment: Alignment) -> dict[str, Picked]:
    """The rows of a table with blank cells, but for those in which a bare page number may stand for a figure.

    Printed one cell a line, a page number stands as a figure does. It is told by the distance from cell to cell, or
    by being the only number of the table.
    """
    blank = set(alignment.line_of_row.keys() - picked.keys())
    short = any(len(tokens) < len(columns) for tokens, columns in picked.values())
    if not blank and not short:
        return picked
    alone = sum(len(tokens) for tokens, _ in picked.values()) == 1 and len(blank) >= _MANY_BLANK_ROWS
    return {
        row: (tokens, columns)
        for row, (tokens, columns) in picked.items()
        if len(tokens) < len(columns)
        or not (_spreads(row, tokens, alignment, alone=alone) or (short and _may_end_in_page_number(tokens)))
    }


def _may_end_in_page_number(tokens: Sequence[Token]) -> bool:
    """Whether the last of several numbers stands alone on its line and can be the number of a page."""
    *before, last = tokens
    own_line = bool(before) and before[-1].span.line < last.span.line
    return own_line and isinstance(last.value, int) and 0 < last.value < _MOST_PAGES


def _spreads(row: str, tokens: Sequence[Token], alignment: Alignment, *, alone: bool) -> bool:
    """Whether numbers stand one a line at varying distances from their label on; if ``alone``, on their own line."""
    lines = [alignment.last_line_of_row.get(row, tokens[0].span.line), *(token.span.line for token in tokens)]
    steps = {after - before for before, after in pairwise(lines)}
    return 0 not in steps and (alone or len(steps) > 1)


def _usual_step(picked: Mapping[str, Picked]) -> int:
    """The most frequent distance in lines from number to number in a row: a line that is nearer is there twice."""
    steps = Counter(step for tokens, _ in picked.values() for step in _steps(tokens))
    return max(steps, key=lambda step: (steps[step], -step), default=0)


def _steps(tokens: Sequence[Token]) -> list[int]:
    return [other.span.line - one.span.line for one, other in pairwise(tokens)]


def _misfits(one: Picked, picked: Mapping[str, Picked], cells: Mapping[Span, Place]) -> bool:
    """Whether a row of several columns does not fit the header above it, while another of them does."""
    wide = [tokens for tokens, columns in picked.values() if len(columns) > 1]
    fitting = any(all(cells.get(token.span, MISFIT) is not MISFIT for token in tokens) for tokens in wide)
    return fitting and len(one[1]) > 1 and any(cells.get(token.span) is MISFIT for token in one[0])


def _in_wrapped_cells(
    table: Table, alignment: Alignment, tokens: Sequence[Token], document: Document
) -> frozenset[str]:
    """The rows that pipes alone tell; none where numbers seem to stand above their labels."""
    if above_their_labels(table, alignment):
        return frozenset()
    return rows_in_wrapped_cells(tokens, alignment.run_of_row, document.lines)


def _runs_of_labels(
    table: Table, alignment: Alignment, tokens: Sequence[Token], document: Document, wrapped: Collection[str]
) -> dict[str, Run]:
    """The runs of table 2 that are certainly of their rows; ``wrapped`` are the rows that pipes tell."""
    shared = shared_lines(alignment.runs)
    rows_of_cells = lines_of_tables(document)
    runs = without_merged(alignment, alignment.run_of_row)
    beside = {row.id for row in table.rows if row.id in runs and numbers_beside(row, runs[row.id], alignment, shared)}
    in_cells = {name for name in beside if all(token.span.line in rows_of_cells for token in runs[name].tokens)}
    whole = {row.id for row in table.rows if row.id in runs and _is_whole(row, runs[row.id])}
    by_line = len(beside) * 2 > len(runs) or above_their_labels(table, alignment)
    found = {
        name: run
        for name, run in runs.items()
        if (name not in alignment.before_a_gap or name in in_cells)
        and (name in beside or name in wrapped or not by_line)
        and not _has_unread_neighbours(table, run, tokens)
        and not _ends_in_page_mark(table, run, alignment.last_line_of_row.get(name), tokens)
        and (name in beside or not _has_cells_of_its_own(alignment.last_line_of_row.get(name), document.lines))
    }
    return found | {
        row.id: alignment.run_behind_header[row.id]
        for row, following in pairwise(table.rows)
        if row.id in alignment.run_behind_header
        and following.id in whole & found.keys()
        and len(row.columns) > 1
        and _is_whole(row, alignment.run_behind_header[row.id])
    }


def _has_cells_of_its_own(line: int | None, lines: Sequence[str]) -> bool:
    """Whether the line of a label ends in several cells, all empty: then numbers on another line are not its own."""
    return line is not None and _EMPTY_CELLS.search(lines[line - 1]) is not None


def _has_unread_neighbours(table: Table, run: Run, tokens: Sequence[Token]) -> bool:
    """Whether something that may be a number stands before or behind: then it is not certain which number is which.

    A piece of the form's own wording is none, though it may be half numerals (第二十条 / 第（五）项).
    """
    before = tokens[max(tokens.index(run.tokens[0]) - 1, 0)]
    neighbours = [before, *filter(None, [_following(run, tokens)])]
    return any(looks_like_a_number(token) and not is_wording_of(table, token) for token in neighbours)


def _ends_in_page_mark(table: Table, run: Run, label_line: int | None, tokens: Sequence[Token]) -> bool:
    """Whether the last number stands at the head of a line of words that no label has: it may be that of a page."""
    last, after = run.tokens[-1], _following(run, tokens)
    alone = last.span.line != label_line and all(token.span.line != last.span.line for token in run.tokens[:-1])
    words = after is not None and after.sort is WORDING and after.span.line == last.span.line
    return alone and words and after is not None and after.key not in table.vocabulary


def _following(run: Run, tokens: Sequence[Token]) -> Token | None:
    """What stands behind a run of numbers."""
    after = tokens[tokens.index(run.tokens[-1]) + 1 :]
    return next((token for token in after if token.sort is not RULING), None)


def _in_cells(row: Row, reading: RowReading, cells: Mapping[Span, Place]) -> RowReading:
    """A row of table 2 with the columns of its cells, unless it stands under the header of other rows."""
    placed = place_row(reading, cells)
    return placed if {column.id for column in row.columns}.issuperset(placed.columns or ()) else reading


def _at_place(row: Row, reading: RowReading, places: Places) -> RowReading:
    """A row of table 2 that is short of numbers, with the columns that the places of its numbers tell."""
    if reading.columns is not None or not reading.entries or any(e.span not in places for e in reading.entries):
        return reading
    return replace(reading, columns=tuple(row.columns[places[entry.span]].id for entry in reading.entries))


def _stand_together(tokens: Sequence[Token], label_line: int | None, text: Sequence[str]) -> bool:
    """Whether numbers are on one line, or one a line below the label; else some may be another row's or a page's.

    The first may be glued to the end of the label.
    """
    lines = {token.span.line for token in tokens}
    if len(lines) == 1 or len(lines) < len(tokens) or label_line not in lines:
        return len(lines) in {1, len(tokens)}
    line, start, _ = tokens[0].span
    return line == label_line and start > 0 and text[line - 1][start - 1] not in " \t|\u3000"


def _unit_in_header(tokens: Sequence[Token]) -> str:
    """The unit that the header of the fees prints (单位：元); empty where it prints none."""
    found = (_UNIT.search(half_width(token.raw)) for token in tokens if token.sort is WORDING)
    return next((match[1] for match in found if match), "")


def _is_whole(row: Row, run: Run) -> bool:
    return len(run.tokens) == len(row.columns)
