"""Account for every character of a source: heading, narrative, label, entry or ``unplaced``. Nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from disclosure.form.narrative_lines import wrap_of
from disclosure.form.sections import MARKUP, Heading
from disclosure.form.tokens import MARK, NUMBER, Token
from disclosure.model import Section, Snippet, Span, made

_VALUES = (NUMBER, MARK)
Position = tuple[int, int]
"""Line (from 1) and character offset."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The stretch of source that a table takes up, with its tokens.

    ``entries`` are those that became entries, ``unread`` those that stand for a number and could not be read.
    """

    start: Position
    end: Position
    tokens: Sequence[Token]
    entries: frozenset[Span]
    unread: frozenset[Span]


@dataclass(slots=True)
class _Open:
    """A section while its lines are collected."""

    id: str
    heading: str
    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The account: sections in source order, labels and layout of the tables, and what found no place."""

    sections: tuple[Section, ...]
    labels: tuple[Snippet, ...]
    unplaced: tuple[Snippet, ...]


def open_ledger(
    lines: Sequence[str], headings: Sequence[Heading], extents: Iterable[Extent], tables: Sequence[range] = ()
) -> Ledger:
    """Walk through the source once and give every visible character to its owner; ``tables`` are the real ones."""
    events: list[tuple[Position, Position, Heading | Extent]] = [
        *(((h.span.line, h.span.start), (h.span.line, h.span.end), h) for h in headings),
        *((extent.start, extent.end, extent) for extent in extents),
    ]
    events.sort(key=lambda event: event[:2])
    open_sections = [_Open("preamble", "", 1)]
    labels: list[Snippet] = []
    unplaced: list[Snippet] = []
    here: Position = (1, 0)
    for start, end, event in events:
        _narrate(open_sections[-1], labels, _pieces(lines, here, start))
        if isinstance(event, Heading):
            open_sections.append(_Open(event.id, event.text, event.span.line))
        else:
            _book_table(event, _pieces(lines, start, end), labels, unplaced)
        here = end
    _narrate(open_sections[-1], labels, _pieces(lines, here, (len(lines) + 1, 0)))
    return Ledger(_closed(open_sections, tables), tuple(labels), tuple(unplaced))


def _closed(open_sections: Iterable[_Open], tables: Sequence[range]) -> tuple[Section, ...]:
    """The sections that have a heading or text, each with the real tables that were left in it."""
    sections = [section for section in open_sections if section.lines or section.heading]
    real = {number: table for table in tables for number in table}
    wrap = wrap_of([text for section in sections for number, text in section.lines if number not in real])
    return tuple(
        Section(section.id, section.heading, section.line, tuple(section.lines), _tables_in(section, real), wrap)
        for section in sections
    )


def _tables_in(section: _Open, real: Mapping[int, range]) -> tuple[range, ...]:
    return tuple(dict.fromkeys(real[number] for number, _ in section.lines if number in real))


def extents_of(
    lines: Sequence[str], tables: Iterable[tuple[Sequence[Token], frozenset[Span], frozenset[Span]]]
) -> Iterator[Extent]:
    """The extent of each table, widened over the layout marks beside its first and last token."""
    for tokens, entries, unread in tables:
        first, last = tokens[0].span, tokens[-1].span
        head, tail = lines[first.line - 1][: first.start], lines[last.line - 1][last.end :]
        start = 0 if not head.strip(" \t|") else first.start
        end = len(lines[last.line - 1]) if not tail.strip(" \t|") else last.end
        yield Extent((first.line, start), (last.line, end), tokens, entries, unread)


def _pieces(lines: Sequence[str], start: Position, end: Position) -> Iterator[Snippet]:
    """The visible text between two positions, a snippet a line."""
    for number, line in enumerate(lines[start[0] - 1 : end[0]], start=start[0]):
        first = start[1] if number == start[0] else 0
        last = end[1] if number == end[0] else len(line)
        text = line[first:last]
        if text and not text.isspace():
            yield made(Snippet, (made(Span, (number, first, last)), text))


def _narrate(section: _Open, labels: list[Snippet], pieces: Iterator[Snippet]) -> None:
    """Text outside the tables belongs to the section; a table's frame and a heading's marks count as labels."""
    for piece in pieces:
        if piece.text.strip("|" + MARKUP):
            section.lines.append((piece.span.line, piece.text))
        else:
            labels.append(piece)


def _book_table(extent: Extent, pieces: Iterator[Snippet], labels: list[Snippet], unplaced: list[Snippet]) -> None:
    """Inside a table, numbers that became no entry are unplaced; all that is not a number is label or layout."""
    numbers: dict[int, list[Token]] = {}
    for token in extent.tokens:
        if token.sort in _VALUES or token.span in extent.unread:
            numbers.setdefault(token.span.line, []).append(token)
    for piece in pieces:
        line, here, end = piece.span
        if line not in numbers:
            labels.append(piece)
            continue
        for token in numbers[line]:
            span = token.span
            if span not in extent.entries:
                unplaced.append(Snippet(span, token.raw))
            labels += _label_between(piece, here, span.start)
            here = span.end
        labels += _label_between(piece, here, end)


def _label_between(piece: Snippet, start: int, end: int) -> tuple[Snippet, ...]:
    """The visible text of a piece between two offsets of its line, if there is any."""
    line, before, _ = piece.span
    text = piece.text[start - before : end - before] if start < end else ""
    return (made(Snippet, (made(Span, (line, start, end)), text)),) if text and not text.isspace() else ()
