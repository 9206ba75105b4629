"""The order in which a source prints the applicant columns of table 3."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.form.folding import fold
from disclosure.form.template import APPLICANTS
from disclosure.form.tokens import Token

TOTAL_LAST = tuple(column.id for column in APPLICANTS)
TOTAL_FIRST = (TOTAL_LAST[-1], *TOTAL_LAST[:-1])
_NATURAL_PERSON, _TOTAL = fold(APPLICANTS[0].label), fold(APPLICANTS[-1].label)


def applicant_order(tokens: Sequence[Token], rows: Sequence[Sequence[Token]]) -> tuple[str, ...]:
    """Column ids in print order. 总计 stands last on the form; some sources print it first.

    A merged header reads 总计 before 自然人 in either case, so the header alone does not tell: 总计 is taken as the
    first column only where the header allows it and the full rows add up that way and not the other.
    """
    full = [row for row in rows if len(row) == len(TOTAL_LAST)]
    wrong_last = sum(not _adds_up(row[:-1], row[-1]) for row in full)
    wrong_first = sum(not _adds_up(row[1:], row[0]) for row in full)
    return TOTAL_FIRST if wrong_first < wrong_last and _header_allows_total_first(tokens) else TOTAL_LAST


def _adds_up(parts: Sequence[Token], total: Token) -> bool:
    return sum(part.value or 0 for part in parts) == (total.value or 0)


def _header_allows_total_first(tokens: Sequence[Token]) -> bool:
    keys = [token.key for token in tokens]
    if _TOTAL not in keys or _NATURAL_PERSON not in keys:
        return False
    return keys.index(_TOTAL) < keys.index(_NATURAL_PERSON)
