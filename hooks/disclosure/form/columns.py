"""The order in which a source prints the columns of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from itertools import pairwise, takewhile
from typing import NamedTuple

from disclosure.form.folding import fold
from disclosure.form.template import APPLICANTS, FORMS, OUTCOMES, Column
from disclosure.form.tokens import NUMBER, WORDING, Token

TOTAL_LAST = tuple(column.id for column in APPLICANTS)
TOTAL_FIRST = (TOTAL_LAST[-1], *TOTAL_LAST[:-1])
_FEWEST_IN_ORDER = 2
"""Names between which there is an order."""
_FEWEST_WITHOUT_HEADER = 2
"""Rows that must add up with 总计 first, and only so, where no header says anything."""
_NATURAL_PERSON, _TOTAL = fold(APPLICANTS[0].label), fold(APPLICANTS[-1].label)
_HEADER_STARTS = fold("信息内容")
_FIRST_ROW = fold("本年新收")
_ABOVE_ALL_APPLICANTS = fold("申请人情况")


class _Header(Enum):
    """What the header says about the place of 总计."""

    LAST = auto()
    FIRST = auto()
    UNCLEAR = auto()
    MISSING = auto()


def applicant_order(tokens: Sequence[Token], rows: Sequence[Sequence[Token]]) -> tuple[str, ...] | None:
    """Column ids in print order; None where the source does not tell. 总计 stands last on the form, first in some.

    Where the header is unclear, the full rows decide by adding up one way and not the other. Where it is missing, the
    order is the form's, unless the rows contradict that.
    """
    header = _header(tokens)
    full = [row for row in rows if len(row) == len(TOTAL_LAST)]
    wrong_last = sum(not adds_up(row[:-1], row[-1]) for row in full)
    wrong_first = sum(not adds_up(row[1:], row[0]) for row in full)
    if header is _Header.LAST:
        return TOTAL_LAST
    if wrong_last < wrong_first:
        return None if header is _Header.FIRST else TOTAL_LAST
    if wrong_first < wrong_last:
        clear = wrong_first == 0 and wrong_last >= _FEWEST_WITHOUT_HEADER
        return TOTAL_FIRST if clear or header is not _Header.MISSING else None
    if header is _Header.FIRST:
        return TOTAL_FIRST
    return TOTAL_LAST if header is _Header.MISSING and not wrong_last else None


def adds_up(parts: Sequence[Token], total: Token) -> bool:
    """Whether the numbers add up to the total; a mark counts nothing."""
    return sum(part.value or 0 for part in parts) == (total.value or 0)


def _header(tokens: Sequence[Token]) -> _Header:
    """Where the header prints 总计: by its order on a line, or beside the cell above all applicants.

    Read cell by cell, 申请人情况 总计 自然人 may be a 总计 over two rows at the right, or a first column.
    """
    first: dict[str, Token] = {}
    for token in tokens:
        first.setdefault(token.key, token)
    total, person, above = (first.get(key) for key in (_TOTAL, _NATURAL_PERSON, _ABOVE_ALL_APPLICANTS))
    if total is None or person is None:
        return _Header.MISSING
    if person.span < total.span:
        return _Header.LAST
    if above is not None and above.span.line == total.span.line:
        if person.span.line == total.span.line:
            return _Header.UNCLEAR
        return _Header.LAST if above.span < total.span else _Header.FIRST
    return _Header.FIRST if person.span.line == total.span.line else _Header.UNCLEAR


def header_in_form_order(table: str, tokens: Sequence[Token]) -> bool:
    """Whether the column names of a table stand in the order of the form, as far as its headers spell them out.

    No sum can object to columns that are exchanged together with their numbers. A name may be missing, broken or glued;
    an order may start again with its first name (table 4 prints its five names three times). Names that are broken
    over lines and read across (商业企 科研机, then 业 构) are told by their first characters.
    """
    wording = "".join(token.key for token in tokens if token.sort is WORDING)
    parts = wording.split(_HEADER_STARTS) if table == "proactive" else [wording]
    whole = all(_rises(order, part) for part in parts for order in _ORDERS[table])
    heads = _first_header(tokens).partition(_FIRST_ROW)[0]
    return whole and all(_rises(order, heads) for order in _BEGINNINGS.get(table, ()))


def _first_header(tokens: Sequence[Token]) -> str:
    """The wording before the first number; row labels too, where the table has no numbers."""
    return "".join(token.key for token in takewhile(lambda token: token.sort is not NUMBER, tokens))


def _rises(order: _Order, part: str) -> bool:
    """Whether the names found stand in order, starting with the first one if it is there at all."""
    found = [order.places[name] for name in order.pattern.findall(part) if name in order.places]
    if len(found) < _FEWEST_IN_ORDER:
        return True
    last = order.last
    lost = found.count(0) < max(map(found.count, found))  # its first print only, not its place
    starts = (0, 1) if lost else (0,)
    begins = 0 not in found or found[0] in starts
    return begins and all(here <= there or (here == last and there in starts) for here, there in pairwise(found))


class _Order(NamedTuple):
    """Names whose order has to be the form's: the place of each wording, the last place, and how to find them."""

    places: dict[str, int]
    last: int
    pattern: re.Pattern[str]


def _order(places: dict[str, int]) -> _Order:
    return _Order(places, max(places.values()), _pattern(places))


def _places(columns: Sequence[Column]) -> dict[str, int]:
    """Every wording of these columns with the place of its column."""
    return {
        fold(text): place
        for place, column in enumerate(columns)
        for text in (column.label, *column.also, *column.misprints)
    }


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """The names, and what holds one of them without being it."""
    wordings = {*names, *_NOT_A_COLUMN}
    return re.compile("|".join(sorted(map(re.escape, wordings), key=len, reverse=True)))


_NOT_A_COLUMN = tuple(map(fold, ("法人或其他组织", "法人或其他", "其他组织", "其他结果")))


def _beginnings(columns: Sequence[Column]) -> dict[str, int]:
    """The first two characters of the names of columns, with their places."""
    return {name[:2]: place for name, place in _places(columns).items()}


_ORDERS = {
    table: list(map(_order, orders))
    for table, orders in {
        "proactive": [
            _places(columns)
            for columns in dict.fromkeys(
                row.columns for form in FORMS.values() for row in form.tables["proactive"].rows
            )
        ],
        "requests": [_places(APPLICANTS[:-1])],
        "disputes": [_places(OUTCOMES), {"未经复议直接起诉": 0, "复议后起诉": 1}, {"行政复议": 0, "行政诉讼": 1}],
    }.items()
}
"""For each table, the sets of names whose order has to be the form's.

总计 of table 3 is left out: for its place see ``applicant_order``.
"""
_BEGINNINGS = {"requests": [_order(_beginnings(APPLICANTS[:-1]))]}
"""The same by first characters, for the table whose names are long enough to be broken and short enough to differ."""
