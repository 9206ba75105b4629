"""Set a narrative section: headings, numbered items and paragraphs; paragraphs that a page break cut are joined."""

from __future__ import annotations

import re
from dataclasses import dataclass

from disclosure.model import Section

_MARKDOWN_HEADING = re.compile(r"\s*#{1,6}\s*")
_MARKDOWN_BULLET = re.compile(r"\s*[-*+]\s+(?=\S)")
_EMPHASIS = re.compile(r"\*{2,3}|__")
_ITEM = re.compile(
    r"(?P<chapter>[一二三四五六七八九十]{1,3}、)"
    r"|(?P<part>[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?P<point>\d{1,2}\s*[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳])"
    r"|(?P<ordinal>[一二三四五六七八九十]{1,2}是)"
)
_LEVELS = {"chapter": 3, "part": 3, "point": 4, "ordinal": 4}
"""Level of a heading by its kind of number; section titles themselves are level 2."""
_SENTENCE_ENDS = "。！？；：:;!?…”』」）)》"
_SHORTEST_CUT_LINE = 20
"""A paragraph cut by a page break fills its line; shorter lines without a full stop end where they end."""
_LONGEST_HEADING = 40


@dataclass(frozen=True, slots=True)
class Block:
    """One block of narrative: ``kind`` is heading, item or paragraph; ``level`` belongs to headings.

    ``text`` has no Markdown marks left; ``strong`` are the (start, end) ranges of it that were set in bold.
    ``line`` is where the block starts in the source.
    """

    kind: str
    text: str
    line: int
    level: int = 0
    strong: tuple[tuple[int, int], ...] = ()


def blocks(section: Section) -> list[Block]:
    """The blocks of a section in order. Every visible character is kept, but for the marks of Markdown."""
    joined: list[tuple[int, list[str]]] = []
    for line, text in section.lines:
        if joined and goes_on(joined[-1][1][-1], text):
            joined[-1][1].append(text.strip())
        else:
            joined.append((line, [text.strip()]))
    return [_block("".join(pieces), line) for line, pieces in joined]


def goes_on(before: str, after: str) -> bool:
    """Whether the line ``after`` continues the paragraph of the line ``before``, which a page break cut.

    Titles and headings have no comma.
    """
    plain = _EMPHASIS.sub("", before).rstrip()
    number = _ITEM.match(plain)
    return (
        len(plain) >= _SHORTEST_CUT_LINE
        and plain[-1] not in _SENTENCE_ENDS
        and any(mark in plain for mark in "，,。；")
        and not (plain.startswith("#") or (number and _is_heading(plain, number)))
        and not _starts_a_block(after)
    )


def _starts_a_block(text: str) -> bool:
    plain = _EMPHASIS.sub("", text).lstrip()
    return bool(plain.startswith("#") or _MARKDOWN_BULLET.match(text) or _ITEM.match(plain))


def _block(text: str, line: int) -> Block:
    marked = _MARKDOWN_HEADING.match(text) if text.lstrip().startswith("#") else None
    bullet = None if marked else _MARKDOWN_BULLET.match(text)
    mark = marked or bullet
    plain, strong = _without_emphasis(text[mark.end() :] if mark else text)
    number = _ITEM.match(plain)
    if marked or (number and _is_heading(plain, number)):
        level = _LEVELS[number.lastgroup or "part"] if number else 3
        return Block("heading", plain, line, level, strong)
    return Block("item" if number or bullet else "paragraph", plain, line, 0, strong)


def _is_heading(text: str, number: re.Match[str]) -> bool:
    """A numbered line without a sentence in it is a heading."""
    return len(number[0]) < len(text) <= _LONGEST_HEADING and not any(mark in text for mark in "。；！？")


def _without_emphasis(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Take the marks of bold out, and tell which ranges they enclosed. A mark without a partner encloses nothing."""
    pieces: list[str] = []
    marks: list[int] = []
    length = here = 0
    for match in _EMPHASIS.finditer(text):
        pieces.append(text[here : match.start()])
        length += match.start() - here
        marks.append(length)
        here = match.end()
    pieces.append(text[here:])
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return "".join(pieces), tuple((start, end) for start, end in pairs if start < end)
