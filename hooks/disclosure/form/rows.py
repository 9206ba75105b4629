"""Turn the runs of numbers of one table into rows of the form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeAlias

from disclosure.form.align import Alignment, Run
from disclosure.form.cells import MISFIT, Place, place_row, places_in_cells, request_rows_by_cells
from disclosure.form.columns import TOTAL_LAST, adds_up, applicant_order
from disclosure.form.doubts import Doubt, doubts
from disclosure.form.entries import entry_of
from disclosure.form.folding import half_width
from disclosure.form.grids import Places, places_between_labels, places_of, rows_by_place
from disclosure.form.orphans import above_their_labels, numbers_behind, without_merged, without_orphans
from disclosure.form.template import OUTCOMES, Form, Row, Table
from disclosure.form.tokens import Sort, Token
from disclosure.form.unread import looks_like_a_number, unread_pieces
from disclosure.form.whole_table import labels_in_order, lone_totals, rows_by_order
from disclosure.model import RowReading, Span
from disclosure.prove.relations import relations_of
from disclosure.read.document import Document

_BLOCK = tuple(column.id for column in OUTCOMES)
_Picked: TypeAlias = tuple[Sequence[Token], tuple[str, ...]]
"""The numbers of a row with the columns that a row prints."""
_MANY_BLANK_ROWS = 4
_MANY_SHORT_ROWS = 15
"""So many rows short of one number, and one whole row: a column was lost."""
_A_ROW_OF_NUMBERS = 7
"""So many numbers without a row may be those of any row without numbers: then none of these is blank for certain."""
_EMPTY_CELLS = re.compile(r"\|[ \t]*\|[ \t|]*$")
_UNIT = re.compile(r"单位[:：]?\s*(?:人民币)?([十百千万亿]{0,2}[元圆块])")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table, the runs that could not be given to any of them, and what could not be read.

    ``keeps_cells`` is True where table 3 adds up with its numbers at their places between empty cells: then the
    source kept its empty cells, in the other tables too. ``doubts`` are what numbers not taken say against these rows.
    """

    rows: tuple[RowReading, ...]
    leftover: tuple[Run, ...]
    unread: Mapping[str, Sequence[Token]] = field(default_factory=dict)
    keeps_cells: bool = False
    doubts: Sequence[Doubt] = ()


def request_rows(form: Form, table: Table, alignment: Alignment, tokens: Sequence[Token], document: Document) -> Rows:
    """Table 3: one run a row. What may belong to another row, or has no certain order, is not taken."""
    run_of_row = without_orphans(table, alignment)
    order = applicant_order(tokens, [run.tokens for run in run_of_row.values()])
    picked = _picked_by_label(table, run_of_row, alignment, document, order)
    unread = unread_pieces(table, alignment, tokens)
    rows = list(_readings(table, alignment, picked, unread))
    if order is None:
        return _told(rows, alignment, unread)
    relations = relations_of(form.id, table.id)
    ordered = rows_by_order(table, rows, alignment, order, relations)
    rows = ordered if ordered and labels_in_order(table, tokens) else rows
    keeps_cells = False
    if order == TOTAL_LAST:
        rows = request_rows_by_cells(table, rows, places_in_cells(document, table.id, tokens), relations)
        placed = rows_by_place(table, rows, places_of(document.lines, tokens, alignment.runs, len(order)), relations)
        keeps_cells = placed != rows
        rows = lone_totals(table, placed, tokens, relations) or placed
    told = _told(rows, alignment, unread, keeps_cells=keeps_cells)
    return replace(told, doubts=doubts(table, alignment, told.rows, order, relations))


def _picked_by_label(
    table: Table, runs: Mapping[str, Run], alignment: Alignment, document: Document, order: tuple[str, ...] | None
) -> dict[str, _Picked]:
    """The numbers of each row that stand behind its label and certainly are its own."""
    shared = _shared_lines(alignment.runs)
    rows_of_cells = _lines_of_tables(document)
    picked = {
        row.id: _in_order(_own_tokens(row, runs[row.id], alignment, shared, rows_of_cells), order)
        for row in table.rows
        if row.id in runs
    }
    return _without_odd_one(picked, len(TOTAL_LAST))


def _without_odd_one(picked: dict[str, _Picked], width: int) -> dict[str, _Picked]:
    """The rows, but for the only whole one among many that all lack one number.

    A column was lost there, it seems, and with it the place of every number: a row that has seven all the same has one
    of them twice.
    """
    lengths = Counter(len(own) for own, _ in picked.values())
    odd = lengths[width] == 1 and lengths[width - 1] >= _MANY_SHORT_ROWS
    return {row: (() if odd and len(own) == width else own, columns) for row, (own, columns) in picked.items()}


def proactive_rows(
    table: Table, alignment: Alignment, tokens: Sequence[Token], document: Document, *, keeps_cells: bool
) -> Rows:
    """Table 2: one run a row. No sum could object to the numbers of another row, or to the number of a page.

    So no label may be lost behind a row, and where rows stand beside their labels, all have to. A row that lost its
    label is read where it is the only one between a header and the row that follows it on the form.
    """
    found = _runs_of_labels(table, alignment, tokens, document)
    cells = places_in_cells(document, table.id, tokens)
    picked: dict[str, _Picked] = {
        row.id: (found[row.id].tokens, tuple(column.id for column in row.columns))
        for row in table.rows
        if row.id in found and len(found[row.id].tokens) <= len(row.columns) and _stand_together(found[row.id].tokens)
    }
    picked = {row: one for row, one in picked.items() if not _misfits(one, picked, cells)}
    picked = _without_page_numbers(picked, alignment)
    unread = unread_pieces(table, alignment, tokens)
    unit = _unit_in_header(tokens)
    widths = {row: len(table.by_id[row].columns) for row in picked}
    places = places_between_labels(tokens, {row: found[row] for row in picked}, widths) if keeps_cells else {}
    rows = (_in_cells(table.by_id[row.row], row, cells) for row in _readings(table, alignment, picked, unread, unit))
    return _told([_at_place(table.by_id[row.row], row, places) for row in rows], alignment, unread)


def _without_page_numbers(picked: dict[str, _Picked], alignment: Alignment) -> dict[str, _Picked]:
    """The rows of a table with blank rows, but for those in which a bare page number may stand for a figure.

    Printed one cell a line, a page number stands as a figure does. It is told by the distance from cell to cell, or
    by being the only number of the table.
    """
    blank = set(alignment.line_of_row.keys() - picked.keys())
    if not blank:
        return picked
    alone = sum(len(tokens) for tokens, _ in picked.values()) == 1 and len(blank) >= _MANY_BLANK_ROWS
    return {
        row: (tokens, columns)
        for row, (tokens, columns) in picked.items()
        if len(tokens) < len(columns) or not _spreads(row, tokens, alignment, alone=alone)
    }


def _spreads(row: str, tokens: Sequence[Token], alignment: Alignment, *, alone: bool) -> bool:
    """Whether numbers stand one a line at varying distances from their label on; if ``alone``, on their own line."""
    lines = [alignment.last_line_of_row.get(row, tokens[0].span.line), *(token.span.line for token in tokens)]
    steps = {after - before for before, after in pairwise(lines)}
    return 0 not in steps and (alone or len(steps) > 1)


def _misfits(one: _Picked, picked: Mapping[str, _Picked], cells: Mapping[Span, Place]) -> bool:
    """Whether a row of several columns does not fit the header above it, while another of them does."""
    wide = [tokens for tokens, columns in picked.values() if len(columns) > 1]
    fitting = any(all(cells.get(token.span, MISFIT) is not MISFIT for token in tokens) for tokens in wide)
    return fitting and len(one[1]) > 1 and any(cells.get(token.span) is MISFIT for token in one[0])


def _runs_of_labels(table: Table, alignment: Alignment, tokens: Sequence[Token], document: Document) -> dict[str, Run]:
    """The runs of table 2 that are certainly of their rows."""
    shared = _shared_lines(alignment.runs)
    rows_of_cells = _lines_of_tables(document)
    runs = without_merged(alignment, alignment.run_of_row)
    beside = {row.id for row in table.rows if row.id in runs and _beside(row, runs[row.id], alignment, shared)}
    in_cells = {name for name in beside if all(token.span.line in rows_of_cells for token in runs[name].tokens)}
    by_line = len(beside) * 2 > len(runs) or above_their_labels(table, alignment)
    whole = {row.id for row in table.rows if row.id in runs and _is_whole(row, runs[row.id])}
    found = {
        name: run
        for name, run in runs.items()
        if (name not in alignment.before_a_gap or name in in_cells)
        and (name in beside or not by_line)
        and not _has_unread_neighbours(run, tokens)
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


def _has_unread_neighbours(run: Run, tokens: Sequence[Token]) -> bool:
    """Whether something that may be a number stands before or behind: then it is not certain which number is which."""
    before = tokens[max(tokens.index(run.tokens[0]) - 1, 0)]
    after = _following(run, tokens)
    return looks_like_a_number(before) or (after is not None and looks_like_a_number(after))


def _ends_in_page_mark(table: Table, run: Run, label_line: int | None, tokens: Sequence[Token]) -> bool:
    """Whether the last number stands at the head of a line of words that no label has: it may be that of a page."""
    last, after = run.tokens[-1], _following(run, tokens)
    alone = last.span.line != label_line and all(token.span.line != last.span.line for token in run.tokens[:-1])
    words = after is not None and after.sort is Sort.WORDING and after.span.line == last.span.line
    return alone and words and after is not None and after.key not in table.vocabulary


def _following(run: Run, tokens: Sequence[Token]) -> Token | None:
    """What stands behind a run of numbers."""
    after = tokens[tokens.index(run.tokens[-1]) + 1 :]
    return next((token for token in after if token.sort is not Sort.RULING), None)


def _in_cells(row: Row, reading: RowReading, cells: Mapping[Span, Place]) -> RowReading:
    """A row of table 2 with the columns of its cells, unless it stands under the header of other rows."""
    placed = place_row(reading, cells)
    return placed if {column.id for column in row.columns}.issuperset(placed.columns or ()) else reading


def _readings(
    table: Table, alignment: Alignment, picked: Mapping[str, _Picked], unread: Collection[str], unit: str = ""
) -> Iterator[RowReading]:
    """The rows that have numbers, and those that have a label and nothing behind it."""
    for row in table.rows:
        line = alignment.line_of_row.get(row.id)
        own, columns = picked.get(row.id, ((), ()))
        if own:
            yield _reading(row, own, columns, line or own[0].span.line, unit)
        elif line is not None and row.id not in unread:
            yield RowReading(row.id, (), None, line)  # blank, unless ``_told`` finds numbers behind it


def _shared_lines(runs: Sequence[Run]) -> frozenset[int]:
    """The lines on which more than one run stands."""
    counted = Counter(line for run in runs for line in {token.span.line for token in run.tokens})
    return frozenset(line for line, count in counted.items() if count > 1)


def _lines_of_tables(document: Document) -> frozenset[int]:
    """The lines that are rows of a real table: there a label and the numbers beside it belong together."""
    return frozenset(line for lines in document.tables for line in lines)


def _own_tokens(
    row: Row, run: Run, alignment: Alignment, shared: frozenset[int], rows_of_cells: frozenset[int]
) -> Sequence[Token]:
    """The numbers of a run of table 3 that certainly are of this row and no other; none where that is not certain.

    Numbers that stand on the line of the label, alone with it, are the label's own, and so are all others up to the
    next label. But where labels were lost behind the row, all between may be lost, and the numbers those of another
    row: then they are its own only if one label was lost, and the numbers of that row stand there too.
    """
    width = len(row.columns)
    beside = _beside(row, run, alignment, shared)
    if beside and len(beside) <= width and rows_of_cells.issuperset(token.span.line for token in beside):
        return beside
    if row.id in alignment.before_a_gap:
        both_rows = len(beside) == width and len(run.tokens) == 2 * width and alignment.before_a_gap[row.id] == 1
        return beside if both_rows else ()
    if len(beside) == width:
        return beside
    return _without_strays(run.tokens) if len(run.tokens) <= width else ()


def _without_strays(tokens: Sequence[Token]) -> Sequence[Token]:
    """The numbers without a mark on another line, where they stand on one: half a page mark is no cell of theirs."""
    lines = Counter(token.span.line for token in tokens if token.sort is Sort.NUMBER)
    together = len(lines) == 1 and lines.total() > 1
    return [token for token in tokens if token.span.line in lines] if together else tokens


def _beside(row: Row, run: Run, alignment: Alignment, shared: frozenset[int]) -> Sequence[Token]:
    """The numbers of a run that stand on the first or last line of its label, if no other run does."""
    lines = {alignment.line_of_row.get(row.id), alignment.last_line_of_row.get(row.id)} - shared
    return [token for token in run.tokens if token.span.line in lines]


def _in_order(tokens: Sequence[Token], order: tuple[str, ...] | None) -> tuple[Sequence[Token], tuple[str, ...]]:
    """The numbers of a row of table 3 with the order of its columns. Equal numbers are the same in every order.

    A row short of numbers is read in the order of the form, so it is not taken where the source prints another.
    """
    if order == TOTAL_LAST or len({token.value for token in tokens}) == 1:
        return tokens, TOTAL_LAST
    return (tokens, order) if order is not None and len(tokens) == len(order) else ((), TOTAL_LAST)


def _at_place(row: Row, reading: RowReading, places: Places) -> RowReading:
    """A row of table 2 that is short of numbers, with the columns that the places of its numbers tell."""
    if reading.columns is not None or not reading.entries or any(e.span not in places for e in reading.entries):
        return reading
    return replace(reading, columns=tuple(row.columns[places[entry.span]].id for entry in reading.entries))


def _told(
    rows: Iterable[RowReading],
    alignment: Alignment,
    unread: Mapping[str, Sequence[Token]],
    *,
    keeps_cells: bool = False,
) -> Rows:
    """The rows that were read or are blank. One whose numbers were not taken is neither."""
    listed = list(rows)
    leftover = tuple(_leftover(alignment.runs, listed))
    refused = {token.span for run in leftover for token in run.tokens}
    not_read = {row for row, run in alignment.run_of_row.items() if run.tokens[0].span in refused}
    not_read |= numbers_behind(alignment, {run.offset for run in leftover})
    if sum(len(run.tokens) for run in leftover) >= _A_ROW_OF_NUMBERS:
        not_read.update(row.row for row in listed)
    return Rows(tuple(row for row in listed if row.entries or row.row not in not_read), leftover, unread, keeps_cells)


def _leftover(runs: Sequence[Run], rows: Iterable[RowReading]) -> Iterator[Run]:
    """What is left of each run."""
    taken = {entry.span for row in rows for entry in row.entries}
    for run in runs:
        left = [token for token in run.tokens if token.span not in taken]
        if left:
            yield Run(run.offset, left)


def _is_whole(row: Row, run: Run) -> bool:
    return len(run.tokens) == len(row.columns)


def _stand_together(tokens: Sequence[Token]) -> bool:
    """Whether numbers are on one line, or one a line; otherwise they may be of two rows of which one lost its label."""
    lines = {token.span.line for token in tokens}
    return len(lines) in {1, len(tokens)}


def dispute_rows(
    table: Table, alignment: Alignment, tokens: Sequence[Token], document: Document, *, keeps_cells: bool
) -> Rows:
    """Table 4: fifteen numbers in one printed row, or five beside each of its three labels."""
    runs = alignment.runs
    if not runs:
        line = tokens[-1].span.line
        return Rows(tuple(RowReading(row.id, (), None, line) for row in table.rows), ())
    first = runs[0].tokens[0].span.line
    blocks = list(_blocks(runs))
    if len(blocks) == len(table.rows):
        read = [_reading(row, block, _BLOCK, block[0].span.line) for row, block in zip(table.rows, blocks, strict=True)]
        return Rows(tuple(read), ())
    size = len(_BLOCK)
    cells = places_in_cells(document, table.id, tokens)
    places = {span: place.ordinal for span, place in cells.items()}
    certain = bool(places) or keeps_cells
    places = places or _places_to_the_end(document, tokens, runs, len(table.rows) * size)
    by_place = [] if blocks and not cells else _blocks_by_place(runs, places, len(table.rows))
    if not by_place:
        return Rows((), runs)
    return Rows(
        tuple(
            _reading(row, block, tuple(_BLOCK[places[token.span] % size] for token in block), block[0].span.line)
            if certain and block
            else _reading(row, block, _BLOCK, block[0].span.line if block else first)
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


def _reading(
    row: Row, tokens: Sequence[Token], columns: tuple[str, ...], line: int, header_unit: str = ""
) -> RowReading:
    """One row. ``columns`` are those of its numbers; with more of them than numbers, none is certain."""
    if len(tokens) != len(columns):
        return RowReading(row.id, tuple(entry_of(token) for token in tokens), None, line)
    units = {column.id: column.unit for column in row.columns}
    entries = tuple(entry_of(token, units[column], header_unit) for token, column in zip(tokens, columns, strict=True))
    return RowReading(row.id, entries, columns, line)


def _unit_in_header(tokens: Sequence[Token]) -> str:
    """The unit that the header of the fees prints (单位：元); empty where it prints none."""
    found = (_UNIT.search(half_width(token.raw)) for token in tokens if token.sort is Sort.WORDING)
    return next((match[1] for match in found if match), "")
