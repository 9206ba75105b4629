"""Find where each table stands, by its own wording, with or without headings.

A zone is a run of tokens from the first to the last label of one table, with the numbers that follow it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from disclosure.form.folding import fold
from disclosure.form.sections import Heading
from disclosure.form.template import APPLICANTS, DISPUTES, FORMS, OUTCOMES, TABLES, Column, Form, Row
from disclosure.form.tokens import MARK, NUMBER, PROSE, RULING, WORDING, Token

_HEADER_WORDS = {
    "proactive": ("信息内容", "第二十条第"),
    "requests": ("勾稽关系", "申请人情况", "法人或其他组织", "本年度办理结果"),
    "disputes": ("未经复议直接起诉", "复议后起诉"),
}
_NO_ANCHOR = {"其他", "总计", "规章", "行政复议", "行政许可", "行政处罚", "行政强制", "重复申请", "(六)其他处理"}
"""Wordings that stand in any narrative too: they never start a zone."""
_SHORTEST_ANCHOR = 3
_FEWEST = {"proactive": 2, "requests": 4, "disputes": 2}
"""Different anchors that must stand together before we believe in a table."""
_WIDEST_GAP = 120
"""Folded characters between two anchors of one table: two lost labels and a page header."""
_BREAK = "\n"
_LAST_HEADER, _ONE_ROW, _LONGEST_SLIP = 16, 10, 12
"""Of table 4: pieces of its last header, numbers that follow it at least, foreign characters that are let pass."""
_VALUES = (NUMBER, MARK)
_MOSTLY = 0.9
_DISPUTE_CHARACTERS = Counter(
    fold(
        "行政复议行政诉讼未经复议直接起诉复议后起诉" + "".join(column.label for column in OUTCOMES) * len(DISPUTES.rows)
    )
)


def _wordings(item: Row | Column) -> tuple[str, ...]:
    return tuple(fold(text) for text in (item.label, *item.also, *item.misprints))


def _core(key: str) -> str:
    """A wording without its item number, which is often lost or printed apart."""
    return re.sub(r"^(?:\([一二三四五六七]\)|[一二三四]|\d)", "", key)


def _anchors(table: str) -> frozenset[str]:
    rows = [row for form in FORMS.values() for row in form.tables[table].rows]
    columns = {column for row in rows for column in row.columns}
    items: list[Row | Column] = [*rows, *columns]
    keys = {_core(key) for item in items for key in _wordings(item)}
    keys |= {fold(word) for word in _HEADER_WORDS[table]}
    return frozenset(key for key in keys if len(key) >= _SHORTEST_ANCHOR and key not in _NO_ANCHOR)


ANCHORS = {table: _anchors(table) for table in TABLES}
_ROW_ANCHORS = {
    table: frozenset(_core(key) for form in FORMS.values() for row in form.tables[table].rows for key in _wordings(row))
    for table in TABLES
}
"""The anchors that are rows: a header may be printed again on the next page, a row may not."""
_ANCHOR_PATTERNS = {
    table: re.compile("|".join(sorted(map(re.escape, anchors), key=len, reverse=True)))
    for table, anchors in ANCHORS.items()
}
_ROW_WORDINGS = {
    table: frozenset(key for form in FORMS.values() for row in form.tables[table].rows for key in _wordings(row))
    for table in TABLES
}
_LEAD_WORDS = {
    "proactive": frozenset({"信息内容"}),
    "requests": frozenset({"申请人情况", "自然人", "法人或其他组织", "总计"}),
    "disputes": frozenset({"行政复议", "行政诉讼"}),
}
"""Header words that may stand before the first anchor of a table, and in any narrative."""
_TAIL_CHARACTERS = {
    "proactive": frozenset(
        fold("".join(row.label for form in FORMS.values() for row in form.tables["proactive"].rows))
    ),
    "requests": frozenset(fold("".join("".join((column.label, *column.also)) for column in APPLICANTS))),
    "disputes": frozenset(fold("".join("".join((column.label, *column.also)) for column in OUTCOMES))),
}
"""What the wordings between the last anchor of a table and its last numbers are made of, however they are broken."""


@dataclass(frozen=True, slots=True)
class Zone:
    """The tokens ``first`` to ``last`` (exclusive) of one table; ``anchors`` are the different anchors seen.

    ``again`` are the token ranges where the same rows stand once more: a table of another year, or a copy.
    """

    table: str
    first: int
    last: int
    anchors: frozenset[str]
    again: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Stream:
    """The folded wordings of a document in one string, with the token that each stretch came from."""

    text: str
    starts: tuple[int, ...]
    tokens: tuple[int, ...]

    def token_at(self, offset: int) -> int:
        return self.tokens[bisect_right(self.starts, offset) - 1]


def _stream(tokens: Sequence[Token], headings: Sequence[Heading], foreign: range) -> _Stream:
    """Prose and section headings become breaks: no table runs across them. The lines ``foreign`` are all break."""
    by_line: dict[int, list[Heading]] = {}
    for heading in headings:
        by_line.setdefault(heading.span.line, []).append(heading)
    pieces, starts, origins, offset = [], [], [], 0
    for index, token in enumerate(tokens):
        line, start, end = token.span
        prose = token.sort is PROSE or line in foreign
        key = _BREAK if prose else token.key if token.sort is WORDING else ""
        if line in by_line and any(start < heading.span.end and heading.span.start < end for heading in by_line[line]):
            key = _BREAK
        if key:
            pieces.append(key)
            starts.append(offset)
            origins.append(index)
            offset += len(key)
    return _Stream("".join(pieces), tuple(starts), tuple(origins))


def find_zones(tokens: Sequence[Token], headings: Sequence[Heading], foreign: range = range(0)) -> dict[str, Zone]:
    """The zone of each table that the source shows, without overlaps; none in the lines ``foreign``."""
    stream = _stream(tokens, headings, foreign)
    breaks = {stream.tokens[i] for i, start in enumerate(stream.starts) if stream.text[start] == _BREAK}
    zones: dict[str, Zone] = {}
    for table in TABLES:
        zone = _best_zone(table, stream)
        if zone is not None:
            again = tuple(_widened_range(table, first, last, tokens, breaks) for first, last in zone.again)
            first, last = _widened_range(table, zone.first, zone.last, tokens, breaks)
            zones[table] = replace(zone, first=first, last=last, again=again)
    by_characters = None if "disputes" in zones or foreign else _by_characters(tokens, headings)
    if by_characters is not None:
        zones["disputes"] = by_characters
    return _without_overlaps(zones)


def _by_characters(tokens: Sequence[Token], headings: Sequence[Heading]) -> Zone | None:
    """Table 4 below its heading, where its header was read across the cells and no name is left whole.

    Text of PDF has 结果 结果 其他 / 维持 纠正 结果. All characters of the header are there, and hardly any other.
    """
    own = next((heading.span for heading in headings if heading.id == "disputes"), None)
    if own is None:
        return None
    ends = {heading.span.line for heading in headings}
    first = next((at for at, token in enumerate(tokens) if token.span > own), len(tokens))
    below = list(takewhile(lambda token: token.sort is not PROSE and token.span.line not in ends, tokens[first:]))
    printed = Counter("".join(token.key for token in below if token.sort is WORDING))
    known = (printed & _DISPUTE_CHARACTERS).total()
    is_header = known >= _MOSTLY * _DISPUTE_CHARACTERS.total() and printed.total() - known <= _LONGEST_SLIP
    has_a_row = sum(token.sort in _VALUES for token in below) >= _ONE_ROW
    return Zone("disputes", first, first + len(below), frozenset()) if is_header and has_a_row else None


def _best_zone(table: str, stream: _Stream) -> Zone | None:
    """The stretch with the most different anchors, none further from the next than the widest gap."""
    clusters: list[list[re.Match[str]]] = []
    end = None
    for match in _ANCHOR_PATTERNS[table].finditer(stream.text):
        between = "" if end is None else stream.text[end : match.start()]
        if end is None or len(between) > _WIDEST_GAP or _BREAK in between:
            clusters.append([])
        clusters[-1].append(match)
        end = match.end()
    best = max(clusters, key=lambda cluster: len({match[0] for match in cluster}), default=[])
    anchors = frozenset(match[0] for match in best)
    if len(anchors) < _FEWEST[table]:
        return None
    ranges = [(stream.token_at(one[0].start()), stream.token_at(one[-1].end() - 1) + 1) for one in clusters]
    same_rows = anchors & _ROW_ANCHORS[table]
    again = [
        place
        for cluster, place in zip(clusters, ranges, strict=True)
        if cluster is not best and len(same_rows & {match[0] for match in cluster}) >= _FEWEST[table]
    ]
    return Zone(table, *ranges[clusters.index(best)], anchors, tuple(again))


def _widened_range(table: str, first: int, last: int, tokens: Sequence[Token], breaks: set[int]) -> tuple[int, int]:
    """Take in the header before the first label, and the numbers that belong to the last labels."""
    while last < len(tokens) and last not in breaks:
        if not _goes_on(table, tokens[last]) and not _is_slip_in_header(table, tokens[first:], last - first):
            break
        last += 1
    return _first_token(table, first, tokens, breaks), last


def _is_slip_in_header(table: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether foreign wording stands in the last header of table 4, before its one row of numbers (尚未办结)."""
    if table != "disputes" or any(token.sort is NUMBER for token in tokens[:at]):
        return False
    header = list(takewhile(lambda token: token.sort is not NUMBER, tokens[at : at + _LAST_HEADER]))
    foreign = sum(len(token.key) for token in header if not _goes_on(table, token))
    numbers = tokens[at + len(header) : at + len(header) + _ONE_ROW]
    return foreign <= _LONGEST_SLIP and len(numbers) == _ONE_ROW and all(t.sort in _VALUES for t in numbers)


def _first_token(table: str, start: int, tokens: Sequence[Token], breaks: set[int]) -> int:
    """The start of the line, and lines of header words above it, as far as no break and no number is crossed."""
    first, line = start, tokens[start].span.line
    for index in range(start - 1, -1, -1):
        token = tokens[index]
        if index in breaks or token.sort in (NUMBER, MARK, PROSE):
            break
        if token.span.line == line or token.key in _LEAD_WORDS[table]:
            first = index
        elif token.sort is not RULING:
            break
    return first


def _goes_on(table: str, token: Token) -> bool:
    known = token.key in _ROW_WORDINGS[table] or _TAIL_CHARACTERS[table].issuperset(token.key)
    return token.sort is not WORDING or known


def _without_overlaps(zones: dict[str, Zone]) -> dict[str, Zone]:
    """Where two zones meet, the later one starts where the earlier one ends."""
    kept: dict[str, Zone] = {}
    end = 0
    for zone in sorted(zones.values(), key=lambda zone: (zone.first, zone.last)):
        first = max(zone.first, end)
        if first < zone.last:
            kept[zone.table] = replace(zone, first=first)
            end = zone.last
    return kept


def tell_form(zones: dict[str, Zone]) -> str | None:
    """Which edition of the form the labels belong to; None where they do not say.

    The year and the notice that a report cites say nothing: 2 of 43 reports of 2021 and later use the 2019 form.
    """
    seen = {anchor for zone in zones.values() for anchor in zone.anchors}
    votes = {form: len(seen & telling) for form, telling in _TELLING.items()}
    best = max(votes, key=lambda form: votes[form])
    return best if votes[best] > sum(votes.values()) - votes[best] else None


def _cores(form: Form) -> frozenset[str]:
    rows = [row for table in form.tables.values() for row in table.rows]
    items: list[Row | Column] = [*rows, *(column for row in rows for column in row.columns)]
    return frozenset(_core(key) for item in items for key in _wordings(item))


def _telling() -> dict[str, frozenset[str]]:
    """The wordings that only one edition prints."""
    cores = {form.id: _cores(form) for form in FORMS.values()}
    return {
        form: own.difference(*(others for other, others in cores.items() if other != form))
        for form, own in cores.items()
    }


_TELLING = _telling()
