"""Columns by the cells of a real table: the header names the place of every column, and each number stands in a cell.

Only formats with real tables (Word, Excel, web pages, ruled PDF) tell this. Even there a row may have slipped, so no
row is believed for its cells alone: complete rows have to stand where the header says, and short ones have to add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from disclosure.form.folding import fold
from disclosure.form.template import APPLICANTS, FORMS, OUTCOMES, TABLES, Table
from disclosure.form.tokens import MARK, NUMBER, Token
from disclosure.form.unread import looks_like_a_number
from disclosure.form.whole_table import counts_of, hold
from disclosure.model import Entry, RowReading, Span
from disclosure.prove.relations import Relation
from disclosure.read.document import Document

MANY_SHORT_ROWS = 15
"""So many rows short of one number: a column was lost."""
_SURELY_PRINTED = ("received", "handled")


class Place(NamedTuple):
    """The place of a number under a header: which of its columns, counted from the left, and the column's id."""

    ordinal: int
    column: str


MISFIT = Place(-1, "")
"""The place of a number in a row that does not fit the header above it, or of which a cell could not be read.

There a cell was lost, or doubled, or holds something like a number: no cell of such a row is empty for certain.
"""
Places: TypeAlias = Mapping[Span, Place]
_Header: TypeAlias = Mapping[int, Place]
"""Tabs before a cell → what its column is."""


def _wordings(table: str) -> dict[str, str]:
    """Every accepted wording of a column → its id."""
    columns = {column for form in FORMS.values() for row in form.tables[table].rows for column in row.columns}
    return {fold(text): column.id for column in columns for text in (column.label, *column.also, *column.misprints)}


_WORDINGS = {table: _wordings(table) for table in TABLES}
_WHOLE_HEADER = {
    "requests": [column.id for column in APPLICANTS],
    "disputes": [column.id for column in OUTCOMES] * 3,
}
"""The columns that a header has to name, each once, before it is believed. Table 2 has a header for each group."""
_BY_WIDTH: Mapping[tuple[str, int], _Header] = {
    ("disputes", len(_WHOLE_HEADER["disputes"]) - 1): {
        at: Place(at, column) for at, column in enumerate(_WHOLE_HEADER["disputes"])
    }
}
"""Table and tabs a line → its columns, for table 4: it has no labels, so as many cells as columns need no header."""


def places_in_cells(document: Document, table: str, tokens: Sequence[Token]) -> Places:
    """Where the numbers of one table stand, as far as they are in the cells of real tables."""
    if not document.tables:
        return {}
    numbers: dict[int, list[Token]] = {}
    unread: dict[int, list[Token]] = {}
    for token in tokens:
        if token.sort in (NUMBER, MARK):
            numbers.setdefault(token.span.line, []).append(token)
        elif looks_like_a_number(token):
            unread.setdefault(token.span.line, []).append(token)
    zone = range(tokens[0].span.line, tokens[-1].span.line + 1)
    places: dict[Span, Place] = {}
    header: _Header = {}
    width = 0
    for lines in document.tables:
        inside = range(max(lines.start, zone.start), min(lines.stop, zone.stop))
        if not inside:
            continue
        if document.lines[lines.start - 1].count("\t") != width:
            header, width = {}, document.lines[lines.start - 1].count("\t")
        for line, current in _headers(document.lines, inside, table, header, numbers):
            header = current
            known = current or _BY_WIDTH.get((table, width), {})
            places |= _places_on(document.lines[line - 1], numbers.get(line, ()), known, unread.get(line, ()))
    return places


def _headers(
    lines: Sequence[str], inside: range, table: str, header: _Header, numbers: Mapping[int, Sequence[Token]]
) -> Iterator[tuple[int, _Header]]:
    """Each line of a real table with the header above it. Header lines that follow each other belong together."""
    names: dict[int, str] = {}
    for line in inside:
        if line in numbers:
            names = {}
        else:
            found = {
                place: _WORDINGS[table][key]
                for place, cell in enumerate(lines[line - 1].split("\t"))
                if (key := fold(cell)) in _WORDINGS[table]
            }
            if found and table == "proactive":
                names = {}
            names |= found
            header = _header(table, names) if found else header
        yield line, header


def _header(table: str, names: Mapping[int, str]) -> _Header:
    """The header that these cells make; empty where it does not name each column once, in the order of the form."""
    found = {at: Place(number, name) for number, (at, name) in enumerate(sorted(names.items()))}
    whole = _WHOLE_HEADER.get(table)
    return found if whole is None or [place.column for place in found.values()] == whole else {}


def _places_on(line: str, numbers: Sequence[Token], header: _Header, unread: Sequence[Token]) -> Places:
    """The places of the numbers of one line; ``MISFIT`` where one of them, or what stands for one, has none."""
    at, unread_at = ([line.count("\t", 0, token.span.start) for token in some] for some in (numbers, unread))
    if len(set(at)) < len(at) or not header.keys() >= set(at) or not header.keys().isdisjoint(unread_at):
        return dict.fromkeys((token.span for token in numbers), MISFIT) if header else {}
    return {token.span: header[place] for token, place in zip(numbers, at, strict=True)}


def request_rows_by_cells(
    table: Table, rows: Sequence[RowReading], places: Places, relations: Sequence[Relation]
) -> list[RowReading]:
    """The rows of table 3, those short of numbers with the columns of their cells as far as that is certain.

    It is not where complete rows stand elsewhere than the header says. Else it is for a row that adds up there or
    shows its 总计 alone, and for all rows of a table in which every column adds up, the empty cells being zeros. In a
    table of which a column was lost, rows add up in columns that are not theirs.
    """
    width = len(APPLICANTS)
    complete = [row for row in rows if len(row.entries) == width]
    if any([_ordinal(places, entry) for entry in row.entries] != list(range(width)) for row in complete):
        return list(rows)
    placed = [place_row(row, places) for row in rows]
    if _columns_add_up(table, placed, relations):
        return placed
    if sum(len(row.entries) == width - 1 for row in rows) >= MANY_SHORT_ROWS:
        return list(rows)
    return [there if _adds_up(there) else row for row, there in zip(rows, placed, strict=True)]


def _ordinal(places: Places, entry: Entry) -> int | None:
    place = places.get(entry.span, MISFIT)
    return None if place is MISFIT else place.ordinal


def place_row(row: RowReading, places: Places) -> RowReading:
    """The row with the columns of its cells; unchanged if it has them already, or if its cells do not tell them."""
    if row.columns is not None or any(places.get(entry.span, MISFIT) is MISFIT for entry in row.entries):
        return row
    ordinals = [places[entry.span].ordinal for entry in row.entries]
    if not ordinals or any(here >= there for here, there in pairwise(ordinals)):
        return row
    return replace(row, columns=tuple(places[entry.span].column for entry in row.entries))


def _adds_up(row: RowReading) -> bool:
    """Whether the parts make the 总计 printed with them, or nothing but 总计 is printed."""
    if row.columns is None or row.columns[-1] != APPLICANTS[-1].id:
        return False
    *parts, total = (entry.value or 0 for entry in row.entries)
    return not parts or sum(parts) == total


def _columns_add_up(table: Table, rows: Sequence[RowReading], relations: Sequence[Relation]) -> bool:
    """Whether every relation holds with empty cells as zeros, but for the 总计 that are not printed.

    Those of 新收 and （七）总计 have to be, and add up: a whole table moved to the left would show none.
    """
    if len(rows) < len(table.rows) or any(row.columns is None and row.entries for row in rows):
        return False
    if not all(_adds_up(row) for row in rows if row.row in _SURELY_PRINTED):
        return False
    counts = counts_of(rows, table.id)
    total = APPLICANTS[-1].id
    unprinted = {cell for relation in relations for cell in relation.cells if cell.column == total} - counts.keys()
    testable = [relation for relation in relations if unprinted.isdisjoint(relation.cells)]
    return any(counts.values()) and hold(testable, counts)
