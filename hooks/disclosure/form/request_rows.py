"""The rows of table 3: what stands behind a label, as far as no other row can claim it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from disclosure.form.align import Alignment
from disclosure.form.cells import MANY_SHORT_ROWS, places_in_cells, request_rows_by_cells
from disclosure.form.columns import TOTAL_LAST, applicant_order
from disclosure.form.doubts import doubts, refused_numbers
from disclosure.form.grids import places_of, rows_by_place
from disclosure.form.orphans import without_orphans
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
from disclosure.form.template import Form, Row, Table
from disclosure.form.tokens import NUMBER, Token
from disclosure.form.unread import unread_pieces
from disclosure.form.whole_table import labels_in_order, lone_totals, rows_by_order
from disclosure.prove.relations import relations_of
from disclosure.read.document import Document


def request_rows(form: Form, table: Table, alignment: Alignment, tokens: Sequence[Token], document: Document) -> Rows:
    """Table 3: one run a row. What may belong to another row, or has no certain order, is not taken."""
    run_of_row = without_orphans(table, alignment)
    order = applicant_order(tokens, [run.tokens for run in run_of_row.values()])
    picked = _picked_by_label(table, run_of_row, alignment, document, order)
    unread = unread_pieces(table, alignment, tokens)
    rows = list(readings_of(table, alignment, picked, unread))
    if order is None:
        told = rows_told(rows, alignment, unread)
        return replace(told, refused=refused_numbers(table, alignment, told.rows, told.leftover, TOTAL_LAST))
    relations = relations_of(form.id, table.id)
    ordered = rows_by_order(table, rows, alignment, order, relations)
    rows = ordered if ordered and labels_in_order(table, tokens) else rows
    keeps_cells = False
    if order == TOTAL_LAST:
        rows = request_rows_by_cells(table, rows, places_in_cells(document, table.id, tokens), relations)
        placed = rows_by_place(table, rows, places_of(document.lines, tokens, alignment.runs, len(order)), relations)
        keeps_cells = placed != rows
        rows = lone_totals(table, placed, tokens, relations) or placed
    told = rows_told(rows, alignment, unread, keeps_cells=keeps_cells)
    return replace(
        told,
        doubts=doubts(table, alignment, told.rows, order, relations),
        refused=refused_numbers(table, alignment, told.rows, told.leftover, order),
    )


def _picked_by_label(
    table: Table, runs: Mapping[str, Run], alignment: Alignment, document: Document, order: tuple[str, ...] | None
) -> dict[str, Picked]:
    """The numbers of each row that stand behind its label and certainly are its own."""
    shared = shared_lines(alignment.runs)
    rows_of_cells = lines_of_tables(document)
    picked = {
        row.id: _in_order(_own_tokens(row, runs[row.id], alignment, shared, rows_of_cells), order)
        for row in table.rows
        if row.id in runs
    }
    return _without_odd_one(picked, len(TOTAL_LAST))


def _without_odd_one(picked: dict[str, Picked], width: int) -> dict[str, Picked]:
    """The rows, but for the only whole one among many that all lack one number.

    A column was lost there, it seems, and with it the place of every number: a row that has seven all the same has one
    of them twice.
    """
    lengths = Counter(len(own) for own, _ in picked.values())
    odd = lengths[width] == 1 and lengths[width - 1] >= MANY_SHORT_ROWS
    return {row: (() if odd and len(own) == width else own, columns) for row, (own, columns) in picked.items()}


def _own_tokens(
    row: Row, run: Run, alignment: Alignment, shared: frozenset[int], rows_of_cells: frozenset[int]
) -> Sequence[Token]:
    """The numbers of a run of table 3 that certainly are of this row and no other; none where that is not certain.

    Numbers that stand on the line of the label, alone with it, are the label's own, and so are all others up to the
    next label. But where labels were lost behind the row, all between may be lost, and the numbers those of another
    row: then they are its own only if one label was lost, and the numbers of that row stand there too.
    """
    width = len(row.columns)
    beside = numbers_beside(row, run, alignment, shared)
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
    lines = Counter(token.span.line for token in tokens if token.sort is NUMBER)
    together = len(lines) == 1 and lines.total() > 1
    return [token for token in tokens if token.span.line in lines] if together else tokens


def _in_order(tokens: Sequence[Token], order: tuple[str, ...] | None) -> tuple[Sequence[Token], tuple[str, ...]]:
    """The numbers of a row of table 3 with the order of its columns. Equal numbers are the same in every order.

    A row short of numbers is read in the order of the form, so it is not taken where the source prints another.
    """
    if order == TOTAL_LAST or len({token.value for token in tokens}) == 1:
        return tokens, TOTAL_LAST
    return (tokens, order) if order is not None and len(tokens) == len(order) else ((), TOTAL_LAST)
