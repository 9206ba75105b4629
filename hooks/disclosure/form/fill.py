"""Put the numbers of a document beside the rows of the statutory form, and the text into its sections.

Numbers are taken, not cells: how a table was laid out does not matter. What cannot be given a row with certainty is
kept as ``unplaced``. No number is changed, moved or invented here; what the layout lost is for ``prove`` to decide.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from disclosure.form import remarks
from disclosure.form.align import align
from disclosure.form.columns import header_in_form_order
from disclosure.form.dispute_rows import dispute_rows
from disclosure.form.extraction import lines_removed
from disclosure.form.identity import identify, part_of_another_year
from disclosure.form.ledger import extents_of, open_ledger
from disclosure.form.proactive_rows import proactive_rows
from disclosure.form.request_rows import request_rows
from disclosure.form.sections import Heading, find_headings
from disclosure.form.template import FORMS, TABLES, Form
from disclosure.form.tokens import MARK, MOST_TOKENS, NUMBER, PROSE, Token, tokenize
from disclosure.form.unread import looks_like_a_number
from disclosure.form.zones import Zone, find_zones, tell_form
from disclosure.model import Filling, Note, Span, TableReading
from disclosure.read.document import Document

_LEAD = 100
"""Tokens before a table in which its header may stand."""
_SHORTLY = 20
"""Tokens behind or above a table that may still be its own."""
_READING_ORDER = ("requests", "proactive", "disputes")


@dataclass(frozen=True, slots=True)
class _Filled:
    """One table as read: its tokens, its rows, the runs left over, and what there is to say about it."""

    tokens: Sequence[Token]
    reading: TableReading
    notes: tuple[Note, ...]
    unread: frozenset[Span] = frozenset()
    keeps_cells: bool = False

    @property
    def entries(self) -> frozenset[Span]:
        return frozenset(entry.span for row in self.reading.rows for entry in row.entries)


def fill_form(document: Document) -> Filling:
    """Read the tables, the sections and the identity of one report. Never raises, whatever the text."""
    tokens = tokenize(document.lines)
    too_many = len(tokens) > MOST_TOKENS
    clone = remarks.clone_remark(document.lines)
    if too_many or clone:
        tokens = []
    headings = find_headings(document.lines)
    identity = identify(document.lines)
    foreign = part_of_another_year(document.lines, identity.year)
    zones = find_zones(tokens, headings, foreign)
    form = tell_form(zones)
    filled = {} if form is None else _fill_tables(FORMS[form], zones, tokens, headings, document)
    extents = extents_of(document.lines, [(item.tokens, item.entries, item.unread) for item in filled.values()])
    ledger = open_ledger(document.lines, headings, extents, document.tables)
    about = [clone] if clone else remarks.document_remarks(document, identity, headings, filled, too_many=too_many)
    notes = [*document.notes, *about]
    if foreign:
        notes.append(remarks.another_year(foreign.start))
    for table in TABLES:
        notes += filled[table].notes if table in filled else ()
    return Filling(
        form=form,
        identity=identity,
        tables={
            table: filled[table].reading if table in filled else TableReading(table, (), found=False)
            for table in TABLES
        },
        sections=ledger.sections,
        labels=ledger.labels,
        unplaced=ledger.unplaced,
        notes=tuple(dict.fromkeys(notes)),  # what keeps every table from being read is said once
    )


def _refusal(table: str, zone: Zone, zones: Mapping[str, Zone], tokens: Sequence[Token]) -> Note | None:
    """Why none of a table's numbers can be taken, if so."""
    own = tokens[zone.first : zone.last]
    places = [own, *(tokens[first:last] for first, last in zone.again)]
    printed = {tuple(token.value for token in place if token.sort is NUMBER) for place in places}
    if len(printed) > 1:
        return remarks.printed_twice(table, [place[0].span.line for place in places])
    # A sentence in the middle of a table parts it from its header: what stands before it is looked at, too.
    start = max((other.last for other in zones.values() if other.last <= zone.first), default=0)
    lead = tokens[max(start, zone.first - _LEAD) : zone.first]
    in_order = header_in_form_order(table, own) and header_in_form_order(table, lead)
    return None if in_order else remarks.columns_exchanged(table, own[0].span.line)


def _refused(table: str, zone: Zone, tokens: Sequence[Token], refusal: Note) -> _Filled:
    """A table that is there, of which nothing is read."""
    own = tokens[zone.first : zone.last]
    return _Filled(own, TableReading(table, (), found=True, line=refusal.line), (refusal,))


def _fill_tables(
    form: Form, zones: Mapping[str, Zone], tokens: Sequence[Token], headings: Sequence[Heading], document: Document
) -> dict[str, _Filled]:
    """Every table that was found. Table 3 first: its sums tell whether the source kept its empty cells."""
    filled: dict[str, _Filled] = {}
    removed = lines_removed(document.lines)
    ends = {tokens[zone.last - 1].span for zone in zones.values()}
    # A table that begins with a number was cut there, where the one before it ends: that may be the number's own.
    ends |= {tokens[zone.first].span for zone in zones.values() if not _stands_for_a_number(tokens[zone.first])}
    for table in sorted(zones, key=_READING_ORDER.index):
        zone = zones[table]
        refusal = remarks.lines_removed(removed) if removed else _refusal(table, zone, zones, tokens)
        if refusal is None:
            keeps_cells = "requests" in filled and filled["requests"].keeps_cells
            read = _fill(form, table, tokens[zone.first : zone.last], document, keeps_cells=keeps_cells)
            above = tokens[max(0, zone.first - _SHORTLY) : zone.first][::-1]
            below = tokens[zone.last : zone.last + _SHORTLY]
            stray = any(_has_numbers(side, headings, ends) for side in (above, below))
            filled[table] = _without_blank_rows(read) if stray else read
        else:
            filled[table] = _refused(table, zone, tokens, refusal)
    return filled


def _has_numbers(side: Sequence[Token], headings: Sequence[Heading], ends: Collection[Span]) -> bool:
    """Whether numbers stand on one side of a table, before any heading, sentence or table: they may be its own."""
    lines = {heading.span.line for heading in headings}
    for token in side:
        if token.sort is PROSE or token.span.line in lines or token.span in ends:
            return token.sort is PROSE and token.raw[0].isdecimal()  # a number with a sentence for its note
        if _stands_for_a_number(token):
            return True
    return False


def _stands_for_a_number(token: Token) -> bool:
    return token.sort in (NUMBER, MARK) or looks_like_a_number(token)


def _without_blank_rows(filled: _Filled) -> _Filled:
    """The table without the rows that no number was found for: they cannot be called blank."""
    rows = tuple(row for row in filled.reading.rows if row.entries)
    return replace(filled, reading=replace(filled.reading, rows=rows))


def _fill(form: Form, table: str, tokens: Sequence[Token], document: Document, *, keeps_cells: bool) -> _Filled:
    alignment = align(form, table, tokens)
    template = form.tables[table]
    if table == "requests":
        rows = request_rows(form, template, alignment, tokens, document)
    elif table == "disputes":
        rows = dispute_rows(template, alignment, tokens, document, keeps_cells=keeps_cells)
    else:
        rows = proactive_rows(template, alignment, tokens, document, keeps_cells=keeps_cells)
    line = tokens[0].span.line
    reading = TableReading(table, rows.rows, found=True, line=line, doubted=rows.doubted, refused=rows.refused)
    notes = remarks.table_remarks(template, reading, alignment, rows, tokens)
    unread = frozenset(one.span for own in rows.unread.values() for one in own)
    return _Filled(tokens, reading, tuple(notes), unread, rows.keeps_cells)
