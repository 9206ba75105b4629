"""Cut the lines of a document into tokens with their places: numbers, marks, and pieces of wording.

A token never crosses white space, a tab or a ``|``: so it does not matter whether a table came as tabs, pipes, one
cell a line or one long line.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, TypeAlias

from rapidfuzz import fuzz

from disclosure.form.folding import fold, half_width
from disclosure.form.template import FORMS
from disclosure.model import Number, Span, made


class Sort(Enum):
    """What a token can be."""

    NUMBER = auto()
    MARK = auto()
    WORDING = auto()
    PROSE = auto()
    RULING = auto()


NUMBER, MARK, WORDING, PROSE, RULING = Sort
"""The same by themselves: every token is asked several times, and Python 3.11 takes long to look a member up."""


class Token(NamedTuple):
    """One token. ``key`` is the folded wording; ``value`` and ``remark`` belong to numbers."""

    sort: Sort
    raw: str
    span: Span
    key: str = ""
    value: Number | None = None
    remark: str = ""


MOST_TOKENS = 100_000
"""A whole report has about a thousand; a text with more is not read for tables, so that its cost stays bounded."""

_PIECE = re.compile(r"(?:[^\s|(（]|[(（](?:(?!\d\s+\d)[^()（）|\t]){0,60}[)）]|[(（])+")
"""What white space and pipes part; blanks inside brackets part nothing, unless they part two numbers."""
_UNITS = r"(?:[十百千万亿]{0,2}[元圆块]|[件人批宗]次|件|条|个|项|次|人|份|宗|起)"
_UNIT = re.compile(rf"(?P<unit>{_UNITS})(?:\(.*\))?")
_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|0|[1-9]\d{0,11})(?:\.\d{1,6})?)"
    rf"(?P<remark>{_UNITS}?(?:\(.*\))?)"
)
"""A whole token: digits without a leading zero (``00`` or ``0537`` is no count), then perhaps a unit and a note."""
_NOTE = re.compile(r"\(.*\)")
_GLUED = re.compile(r"(?P<label>.*[^\d.,+-])(?P<number>[0-9０-９]+)")
_TEMPLATES = [table for form in FORMS.values() for table in form.tables.values()]
_LABELS = frozenset(fold(text) for table in _TEMPLATES for row in table.rows for text in (row.label, *row.also))
_HEADS = frozenset(
    fold(text)
    for table in _TEMPLATES
    for row in table.rows
    for column in row.columns
    for text in (column.label, *column.also)
)
_LABELS_AT_END = tuple(_LABELS)
_NEARBY = 80
"""Characters beside a page mark that are looked at."""
_KNOWN = _LABELS | _HEADS
_ALL_LABELS = "\n".join(sorted(_KNOWN))
_LABEL_LINES = "\n" + _ALL_LABELS
_LABEL_ENDINGS = tuple({label[-2:] for label in _LABELS})
"""How row labels end. Other words that end in a digit (数据1) keep it."""
_MINUS = str.maketrans("−﹣–", "---")
DRAWN_PIPES = str.maketrans("｜│┃¦║", "|||||")
_DRAWN_PIPE = re.compile("[｜│┃¦║]")
_CELL_ENDS = ("|", "\t")
_MARK = re.compile(r"/|\\|[-–‐‑―─]|—{1,2}|无|空|null|none|nan|n/a", re.IGNORECASE)
"""What stands for no number. The words are what programs write into empty cells."""
_ZERO = frozenset("零〇")
_DECORATION = "*`$_"
"""Bold, code and formulas of Markdown around a number."""
_RULING = re.compile(r"[:：]?(?:-{2,}|=+)[:：]?|#+|[*_]+")
_SENTENCE_END = re.compile(r"[。；！？]")
PAGE_MARK = re.compile(
    r"[\s#*>|]*(?:[-–—]+ ?\d+ ?[-–—]+|(?:Page|P\.?)\s*\d+|[第共]\s*\d+\s*页.*|[·•]\s*\d+\s*[·•]|\d+ ?/ ?\d+)[\s#*|]*",
    re.IGNORECASE,
)
_DASHES = re.compile(r"(?<![^\s|])[-–—]{1,2} \d{1,4} [-–—]{1,2}(?![^\s|])")
_CJK = re.compile(r"[\u3400-\u9fff]")
_PAGE_HINT = re.compile(r"[-–—·•第共Pp/]")
"""What every page mark has in it."""
_PAGE_IN_LINE = re.compile(r"(?:Page|P\.) ?\d{1,4}(?: of \d+)?|第 \d{1,4} 页(?: ?共 ?\d+ ?页)?", re.IGNORECASE)
"""Page marks that extraction left in the middle of a line."""
_BROKEN_NUMBER = re.compile(r"0\d+(?:\.\d+)?|\d{13,}")
"""Digits that are no count: behind a number, they are the rest of it (``3 00``)."""
_GOES_ON_AS_LABEL = re.compile(r"[.．、)）]|位小数|日|月|年")
"""What follows a digit that belongs to a label: ``1 .属于国家秘密``, ``保留 4 位小数``."""

_DECIMALS = re.compile(r"[.．][0-9０-９]+\S{0,3}")
"""The rest of the number before, on a line of its own."""
_THOUSANDS = re.compile(r"[0-9０-９]{1,3}[,，]")
"""The beginning of the number behind, on a line of its own."""
_WITH_POINT = re.compile(r"[0-9０-９]+[.．]")
_POINT = re.compile(r"[.．][0-9０-９]")
"""A decimal point that a blank parts from the digits before it."""


_PART_OF_NO_NUMBER = (NUMBER, MARK, RULING)
"""What stands behind a number without changing what it is."""


def tokenize(lines: Sequence[str]) -> list[Token]:
    """The tokens of a document in reading order; one more than ``MOST_TOKENS`` at most."""
    tokens: list[Token] = []
    for number, line in enumerate(lines, start=1):
        if line:
            tokens += islice(_line_tokens(number, line), MOST_TOKENS + 1 - len(tokens))
    _settle_numbers(tokens, lines)
    return tokens


def _settle_numbers(tokens: list[Token], lines: Sequence[str]) -> None:
    """Tell by their neighbours which are no numbers: items, and parts of others; give numbers the units behind them."""
    for index in range(len(tokens) - 1):
        here, after = tokens[index], tokens[index + 1]
        if here.sort is not NUMBER:
            if after.sort is NUMBER and here.sort is WORDING and _THOUSANDS.fullmatch(here.raw):
                tokens[index + 1] = _as_wording(after)
        elif after.sort not in _PART_OF_NO_NUMBER:
            _settle_number(tokens, index, lines)


def _settle_number(tokens: list[Token], index: int, lines: Sequence[str]) -> None:
    """The same for one number and the piece behind it."""
    here, after = tokens[index], tokens[index + 1]
    same_line = after.span.line == here.span.line
    before = tokens[index - 1] if index and tokens[index - 1].span.line == here.span.line else None
    numbered = (before is None or before.sort is not NUMBER) and _is_item(here, after)
    if same_line and (numbered or _GOES_ON_AS_LABEL.match(after.raw)):
        tokens[index] = _as_wording(here)
        if not numbered and _POINT.match(after.raw + "".join(token.raw for token in tokens[index + 2 : index + 3])):
            _take_back(tokens, index, lines[here.span.line - 1])
    elif _DECIMALS.fullmatch(after.raw):
        tokens[index] = _as_wording(here)
    elif after.sort is WORDING and _is_remark(after.raw, same_line=same_line):
        tokens[index] = here._replace(remark=here.remark + half_width(after.raw))
        tokens[index + 1] = Token(RULING, after.raw, after.span)
    elif _BROKEN_NUMBER.fullmatch(half_width(after.raw)):
        tokens[index] = _as_wording(here)
    elif same_line and _is_set_wide(tokens[index + 1 : index + 3]):
        _take_back(tokens, index + 1, lines[here.span.line - 1])


def _is_set_wide(after: Sequence[Token]) -> bool:
    """Whether what follows is the rest of a number before its point, and its decimals (``6. 0224``)."""
    return len(after) > 1 and _WITH_POINT.fullmatch(after[0].raw) is not None and after[1].raw[0].isdecimal()


def _as_wording(token: Token) -> Token:
    return Token(WORDING, token.raw, token.span, fold(token.raw))


def _take_back(tokens: list[Token], index: int, line: str) -> None:
    """Take the digits before ``index`` for no numbers: ``4 6 . 0 2`` is one number, set wide."""
    while index and tokens[index - 1].sort is NUMBER and tokens[index - 1].span.line == tokens[index].span.line:
        if line[tokens[index - 1].span.end : tokens[index].span.start] != " ":
            return
        index -= 1
        tokens[index] = _as_wording(tokens[index])


def _is_item(number: Token, after: Token) -> bool:
    """Whether a number and the piece behind it begin a label that is numbered so (``1 属于国家秘密``)."""
    return after.sort is WORDING and bool(after.key) and f"\n{fold(number.raw)}{after.key}" in _LABEL_LINES


@lru_cache(maxsize=4096)
def _is_remark(raw: str, *, same_line: bool) -> bool:
    """Whether a piece behind a number is its unit, or, on the same line, a note in brackets that is in no label."""
    plain = half_width(raw)
    return bool(_UNIT.fullmatch(plain) or (same_line and _NOTE.fullmatch(plain) and fold(raw) not in _ALL_LABELS))


def as_count(value: Number | None) -> Number | None:
    """A whole number without its decimals, as programs print counts (28.0); any other number as it is."""
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


def unit_of(remark: str) -> str:
    """The unit that a remark starts with; empty where it starts with none.

    >>> unit_of("千元(含罚没)"), unit_of("(其中修订 16 件)")
    ('千元', '')
    """
    match = _UNIT.match(remark)
    return match["unit"] if match else ""


def _line_tokens(number: int, line: str) -> Iterator[Token]:
    pieces = _short_line(line) if len(line) <= _SHORT else _line_pieces(line)
    return (
        made(Token, (sort, raw, made(Span, (number, start, start + len(raw))), key, value, remark))
        for sort, raw, start, key, value, remark in pieces
    )


def _line_pieces(line: str) -> Iterator[_Piece]:
    """The tokens of a line, each with its place there."""
    line = _with_plain_pipes(line)
    page_marks = deque(_page_marks_in(line) if _PAGE_HINT.search(line) else ())
    for match in _PIECE.finditer(line):
        first, raw = match.start(), match[0]
        while page_marks and page_marks[0][1] <= first:
            page_marks.popleft()
        if page_marks and page_marks[0][0] <= first:
            yield RULING, raw, first, "", None, ""
            continue
        for sort, piece, start, key, value, remark in _pieces(raw) if len(raw) <= _SHORT else _parted(raw):
            yield sort, piece, first + start, key, value, remark


@lru_cache(maxsize=4096)
def _short_line(line: str) -> tuple[_Piece, ...]:
    """The same, remembered: lines that hold one cell, and rows of zeros, are alike in all reports."""
    return tuple(_line_pieces(line))


_LONGEST_EXPLAINED = 200
_LONGEST_LABEL = max(map(len, _LABELS)) + 2
_FEWEST = 4
_MOST_PARTS = 3
"""Stretches of one label between full stops; with more, seeking them costs too much."""
_ALIKE = 80
"""Similarity in percent at which a piece is a misread label."""
_SHORT = 64
"""Longer pieces are prose and come once; shorter ones are cells and labels, and come again and again."""
_Piece: TypeAlias = tuple[Sort, str, int, str, Number | None, str]
"""Sort, text, place in the line or in the piece that white space parts, key, value and remark."""


def _parted(raw: str) -> tuple[_Piece, ...]:
    """The tokens in what stands between white space: mostly one."""
    if raw[-1] in ")）" and len(raw) <= _LONGEST_EXPLAINED and (label := _explained(raw)):
        return ((WORDING, raw, 0, label, None, ""),)
    if _SENTENCE_END.search(raw) and not _is_like_a_label(fold(raw)) and not _is_stretch_of_a_label(raw):
        return ((PROSE, raw, 0, "", None, ""),)
    return tuple(
        (sort, piece, at, key, value, remark)
        for piece, at in _unglued(raw)
        for sort, key, value, remark in [_sort(piece)]
    )


def _is_like_a_label(key: str) -> bool:
    """Whether a piece with a full stop in it is a label, or begins as one, misread in a character (（的七。总计)."""
    return _FEWEST <= len(key) <= _LONGEST_LABEL and any(
        fuzz.ratio(key, label) >= _ALIKE or fuzz.ratio(key, label[: len(key)]) >= _ALIKE for label in _LABELS
    )


def _is_stretch_of_a_label(raw: str) -> bool:
    """Whether a full stop stands, or replaces a character or two, inside a piece of a label (要求缴纳费。用、行)."""
    parts = [fold(part) for part in _SENTENCE_END.split(raw)]
    if not parts[-1] or len(parts) > _MOST_PARTS or not _FEWEST <= sum(map(len, parts)) <= _LONGEST_LABEL:
        return False
    return re.search(".{0,2}".join(map(re.escape, parts)), _ALL_LABELS) is not None


_pieces = lru_cache(maxsize=8192)(_parted)


def _with_plain_pipes(line: str) -> str:
    """The line, as long as it was, with what is drawn as pipes, and without backslashes where every pipe has one."""
    if _DRAWN_PIPE.search(line):
        line = line.translate(DRAWN_PIPES)
    escaped = line.count("\\|")
    return line.replace("\\|", " |") if escaped and escaped == line.count("|") else line


def _page_marks_in(line: str) -> list[tuple[int, int]]:
    """Where page marks stand: the whole line, or a stretch among other text.

    ``- 5 -`` may also be a number between two cells marked as empty: it is, unless it fills a cell of its own or
    stands in the middle of a label.
    """
    if PAGE_MARK.fullmatch(line):
        return [(0, len(line))]
    found = [match.span() for match in _PAGE_IN_LINE.finditer(line)]
    for match in _DASHES.finditer(line):
        before = line[max(match.start() - _NEARBY, 0) : match.start()].rstrip(" ")
        after = line[match.end() : match.end() + _NEARBY].lstrip(" ")
        own_cell = before.endswith(_CELL_ENDS) and after.startswith(_CELL_ENDS)
        last, following = fold((before.split() or [""])[-1]), after[:1]
        in_label = not last.isdigit() and not last.endswith(_LABELS_AT_END) if last else bool(_CJK.match(following))
        if own_cell or in_label:
            found.append(match.span())
    return sorted(found)


def _explained(raw: str) -> str:
    """The label in a piece that explains it in brackets (本年增/减（减用负值表示，如-8）); empty where none is."""
    plain = half_width(raw)
    if fold(raw) in _KNOWN:
        return ""
    starts = (index for index, char in enumerate(plain) if char == "(" and index)
    keys = (fold(plain[:start]) for start in starts)
    return next((key for key in keys if key in _KNOWN), "")


def _unglued(raw: str) -> tuple[tuple[str, int], ...]:
    """A number printed right behind its label (结转下年度继续办理0) is a piece of its own; with the offset of each."""
    match = _GLUED.fullmatch(raw)
    if match and fold(match["label"]).endswith(_LABEL_ENDINGS):
        return (match["label"], 0), (match["number"], match.start("number"))
    return ((raw, 0),)


def _sort(raw: str) -> tuple[Sort, str, Number | None, str]:
    """Sort, key, value and remark of a piece."""
    plain = half_width(raw).translate(_MINUS)
    if _RULING.fullmatch(plain):
        return RULING, "", None, ""
    bare = plain.strip(_DECORATION)
    if _MARK.fullmatch(bare):
        return MARK, fold(raw), None, ""
    if bare in _ZERO:
        return NUMBER, "", 0, ""
    match = _NUMBER.fullmatch(bare)
    if match:
        return NUMBER, "", parse_number(match["number"]), match["remark"]
    return WORDING, fold(raw), None, ""


def parse_number(text: str) -> Number:
    """Read a number as printed, exactly: an int, or a Decimal where decimals are printed.

    >>> parse_number("1,234"), parse_number("0.0500"), parse_number("-8")
    (1234, Decimal('0.0500'), -8)
    """
    plain = text.replace(",", "")
    return Decimal(plain) if "." in plain else int(plain)
