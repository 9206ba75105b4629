"""What stands in the place of a number and cannot be read as one: 约11, 十一, 1O.

A row is blank only where nothing is printed. Where something is, and we cannot read it, the row is not read: to call it
blank would say of an office what is true of us.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from disclosure.form.align import Alignment
from disclosure.form.folding import fold
from disclosure.form.template import Table
from disclosure.form.tokens import RULING, WORDING, Token

_NUMERAL = re.compile(r"[0-9〇零一二三四五六七八九十百千万两lIoO]")
_MOSTLY = 0.5
"""Share of numerals that makes a piece of text stand for a number."""
_DIGIT = re.compile(r"\d")
_ONLY_DIGITS = re.compile(r"\d+")
_BEGINS_AS_NUMBER = re.compile(r"\d+[^\d()]{0,4}")
"""A number with a few characters that are no unit we know (3笔)."""


def unread_pieces(table: Table, alignment: Alignment, tokens: Sequence[Token]) -> Mapping[str, Sequence[Token]]:
    """For each row whose label is printed without a number behind it: the pieces there that look like one."""
    unread: dict[str, Sequence[Token]] = {}
    read = alignment.run_of_row
    bare = [row for row in table.rows if row.id in alignment.line_of_row and row.id not in read]
    vocabulary = table.vocabulary if bare else ""
    with_digits = [token for token in tokens if token.sort is WORDING and _DIGIT.search(token.key, 1)] if bare else []
    for row in bare:
        wordings = [fold(text) for text in (row.label, *row.also, *row.misprints)]
        line = alignment.last_line_of_row[row.id]
        pieces = _behind_label("\n".join(wordings), line, tokens, vocabulary) or _glued(wordings, with_digits)
        if pieces:
            unread[row.id] = pieces
    return unread


def _glued(wordings: Sequence[str], with_digits: Sequence[Token]) -> list[Token]:
    """The pieces in which digits follow the label: cells that only a comma parts (规章,5,3,20)."""
    return [
        token
        for token in with_digits
        if any(wording and _DIGIT.search(token.key.partition(wording)[2]) for wording in wordings)
    ]


def _behind_label(own: str, line: int, tokens: Sequence[Token], vocabulary: str) -> list[Token]:
    """The pieces between the end of a label and the next number or the next wording of the form."""
    ends = [at for at, token in enumerate(tokens) if token.span.line <= line and token.key and token.key in own]
    pieces: list[Token] = []
    for token in tokens[ends[-1] + 1 :] if ends else ():
        known = bool(token.key) and token.key in vocabulary and not _ONLY_DIGITS.fullmatch(token.key)
        if looks_like_a_number(token) and not known:
            pieces.append(token)
        elif token.sort is not RULING and (token.sort is not WORDING or known or not token.key):
            break
    return pieces


def is_wording_of(table: Table, token: Token) -> bool:
    """Whether a piece is a stretch of the form's wording; numerals by themselves may be a number."""
    return token.key in table.vocabulary and _NUMERAL.sub("", token.key) != ""


def looks_like_a_number(token: Token) -> bool:
    """Whether a piece is mostly numerals (⑤ too), or what is taken for them, or a number with a few characters."""
    if token.sort is not WORDING:
        return False
    if not token.key:
        return any(char.isnumeric() for char in token.raw)
    mostly = len(_NUMERAL.findall(token.key)) >= _MOSTLY * len(token.key) > 0
    return mostly or _BEGINS_AS_NUMBER.fullmatch(token.key) is not None
