"""Put the lines of a section together again: paragraphs that the source cut, tables, and what only marks pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from disclosure.form.folding import half_width
from disclosure.form.narrative_grid import Numbered, tables_in
from disclosure.form.tokens import PAGE_MARK
from disclosure.model import Section

EMPHASIS = re.compile(r"\*{2,3}|(?<!_)__(?!_)")
HEADING_MARK = re.compile(r"\s*#{1,6}\s*")
BULLET = re.compile(r"\s*(?:[-*+]\s+|[•●◆■▪►★◇·∙➢✓✔\uf06c\uf06e\uf075\uf0b7\uf0d8\uf0fc]\s*)(?=\S)")
"""Marks of a list without numbers; the last ones are what is left of Word's symbol fonts."""
ITEM = re.compile(
    r"(?P<chapter>[一二三四五六七八九十]{1,3}、)"
    r"|(?P<part>[（(][一二三四五六七八九十]{1,3}[）)]|[㈠-㈩])"
    r"|(?P<point>\d{1,2}\s*[.．、](?!\d)|[⒈-⒛])"
    r"|(?P<bracket>[（(]\d{1,2}[）)]|\d{1,2}[)）]|[⑴-⒇])"
    r"|(?P<circle>[①-⑳])"
    r"|(?P<ordinal>[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}[，,、])"
)
"""How numbered lines begin, by kind of number, from the highest to the lowest."""
LONGEST_HEADING = 40
MOST_LINES = 20_000
"""What a section has beyond is set as one paragraph, so that a hostile file cannot cost much."""

_SENTENCE_ENDS = "。！？；：:;!?…”』」）)》"
_FULL_STOPS = "。！？：:!?…"
_NEVER_FIRST = "。，、；：？！）》”』」,;:?!)"
"""Punctuation that no paragraph begins with."""
_SHORTEST_CUT_LINE = 20
"""A paragraph cut by a page break fills its line; shorter lines without a full stop end where they end."""
_INDENT = "\u3000\u3000"
_RULE = re.compile(r"\s*(?:-{3,}|={3,}|—{3,}|_{3,}|~{3,})\s*")

_NARROWEST, _WIDEST = 40, 130
"""Columns of a printed line (a Chinese character takes two) between which a source may have cut its lines."""
_FEWEST_LINES = 4
_RAGGED = 6
"""Columns by which cut lines differ: figures and punctuation are set narrower than a character, or hang."""
_FIRST_WORD = re.compile(r"[!-~]+[，。、；：？！）》”]*|.[，。、；：？！）》”]*")

_CHINESE_DATE = r"二[〇○零0OoО][〇○零一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
_DATE = re.compile(
    rf"\(?(?:(?:发布|公布|成文)?日期:?)?(?:20\d\d年\d{{1,2}}月\d{{1,2}}日|20\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}|{_CHINESE_DATE})\)?"
)
_SIGNED = re.compile(
    r"[^，。；：！？、\s]{2,24}(?:政府|办事处|街道|镇|乡|局|委|委员会|办公室|办|中心|厅|院|所|站|会|处|队|学校)"
)
_MOST_CLOSING = 4
"""A report ends with its signature and date: so many lines at most are looked at."""


class Sort(StrEnum):
    """What a stretch of lines is. ``MARK`` prints nothing that belongs to the text: the number of a page, a rule."""

    TEXT = "text"
    TABLE = "table"
    CLOSING = "closing"
    MARK = "mark"


@dataclass(slots=True)
class Piece:
    """A paragraph, a heading, a table, a line of the signature, or a mark, with its lines in print order."""

    sort: Sort
    lines: list[Numbered] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Cut:
    """How the source cut its lines: at which column (0: not at all), and whether paragraphs begin indented."""

    wrap: int
    indented: bool


def pieces(section: Section) -> list[Piece]:
    """All lines of a section, in the order in which they begin; a paragraph goes on behind the mark of a page."""
    if len(section.lines) <= MOST_LINES:
        return _pieces(section)
    rest = Piece(Sort.TEXT, list(section.lines[MOST_LINES:]))
    return [*_pieces(replace(section, lines=section.lines[:MOST_LINES])), rest]


def _pieces(section: Section) -> list[Piece]:
    tables = tables_in(section)
    closing = _closing(section)
    cut = _Cut(section.wrap, any(text.startswith(_INDENT) for _, text in section.lines))
    found: list[Piece] = []
    paragraph: Piece | None = None
    table: range | None = None
    for number, printed in section.lines:
        sort = Sort.TABLE if number in tables else Sort.CLOSING if number in closing else _sort(printed)
        if sort is Sort.TEXT and paragraph is not None and _goes_on(paragraph.lines[-1][1], printed, cut):
            paragraph.lines.append((number, printed))
        elif sort is Sort.TABLE and tables[number] == table and found[-1].sort is Sort.TABLE:
            found[-1].lines.append((number, printed))
        else:
            found.append(Piece(sort, [(number, printed)]))
            table = tables.get(number)
            if sort is Sort.TEXT:
                paragraph = found[-1]
            elif not PAGE_MARK.fullmatch(printed):
                paragraph = None
    return found


def join(lines: Sequence[Numbered]) -> str:
    """The text of a paragraph: only where a line broke between two Latin words, there was a blank."""
    whole = ""
    parts: list[str] = []
    for _, printed in lines:
        text = printed.strip()
        gap = " " if whole[-1:].isascii() and whole[-1:].isalpha() and text[:1].isascii() and text[:1].isalpha() else ""
        parts.append(gap + text)
        whole = text
    return "".join(parts)


def wrap_of(texts: Sequence[str]) -> int:
    """The column at which most lines of a source were cut, 0 where they are whole paragraphs."""
    widths = sorted(width for text in texts if (width := _columns(text)) >= _NARROWEST)
    if len(widths) < _FEWEST_LINES:
        return 0
    wrap = widths[-1 - len(widths) // 10]
    near = sum(abs(width - wrap) <= _RAGGED for width in widths)
    return wrap if wrap <= _WIDEST and 2 * near >= len(widths) else 0


def is_heading(text: str, number: re.Match[str]) -> bool:
    """A numbered line without a sentence in it is a heading."""
    return len(number[0]) < len(text) <= LONGEST_HEADING and not any(mark in text for mark in "。；！？")


def _sort(printed: str) -> Sort:
    return Sort.MARK if PAGE_MARK.fullmatch(printed) or _RULE.fullmatch(printed) else Sort.TEXT


def _columns(text: str) -> int:
    """The width of a line: a Chinese character, three bytes, takes two columns."""
    stripped = text.strip()
    return (len(stripped.encode("utf-8", "surrogatepass")) + len(stripped)) // 2


def _goes_on(before: str, after: str, cut: _Cut) -> bool:
    """Whether the line ``after`` continues the paragraph of the line ``before``."""
    plain, behind = (EMPHASIS.sub("", text).strip() for text in (before, after))
    if not plain or not behind or plain.startswith("#") or _starts_a_block(after):
        return False
    number = ITEM.match(plain)
    if behind[0] in _NEVER_FIRST or (number and number[0] == plain):
        return True
    if cut.wrap and _is_full(plain, behind, cut.wrap):
        return cut.indented or plain[-1] not in _FULL_STOPS
    return (
        len(plain) >= _SHORTEST_CUT_LINE
        and plain[-1] not in _SENTENCE_ENDS
        and any(mark in plain for mark in "，,。；")  # titles and headings have none
        and not (number and is_heading(plain, number))
    )


def _is_full(plain: str, behind: str, wrap: int) -> bool:
    """Whether the first word of the next line would not have fitted."""
    word = _FIRST_WORD.match(behind)
    return _columns(plain) + _columns(word[0] if word else "") > wrap - _RAGGED // 2


def _starts_a_block(text: str) -> bool:
    plain = EMPHASIS.sub("", text).lstrip()
    return bool(text.startswith(_INDENT) or plain.startswith("#") or BULLET.match(text) or ITEM.match(plain))


def _closing(section: Section) -> frozenset[int]:
    """The numbers of the lines with which a report is signed and dated."""
    if section.id == "preamble":
        return frozenset()
    last = section.lines[-_MOST_CLOSING:]
    bare = [(number, "".join(half_width(text).split())) for number, text in last]
    dated = [_DATE.fullmatch(text) is not None for _, text in bare]
    return frozenset(_signature(bare, dated)) if any(dated) else frozenset()


def _signature(bare: Sequence[Numbered], dated: Sequence[bool]) -> Iterable[int]:
    """Upwards from the end, as long as each line is a date or a name."""
    for (number, text), is_date in zip(reversed(bare), reversed(dated), strict=True):
        if not is_date and (ITEM.match(text) or not _SIGNED.fullmatch(text)):
            return
        yield number
