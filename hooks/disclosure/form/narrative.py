"""Set a narrative section: headings, lists, tables and paragraphs, each line of the source once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from disclosure.form.narrative_grid import lay_out
from disclosure.form.narrative_lines import (
    BULLET,
    EMPHASIS,
    HEADING_MARK,
    ITEM,
    LONGEST_HEADING,
    Piece,
    Sort,
    is_heading,
    join,
    pieces,
)
from disclosure.model import Section

_RANKS = tuple(ITEM.groupindex)
_LIST_RANKS = ("point", "bracket", "circle", "ordinal")
"""Numbers that count the items of a list as well as headings."""
_ANYWHERE = ("ordinal", "bullet")
"""Marks of items that may stand below any other kind, even where that is a lower one."""
_FIRST = re.compile(r"[（(第]?[一1１①⑴⒈㈠](?![\d一二三四五六七八九十])")
_TOP_LEVEL, _LOWEST_LEVEL = 3, 5
"""Levels of headings; section titles themselves are level 2."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of narrative: ``kind`` is heading, item, paragraph, table, closing (signature, date) or mark.

    ``line`` is where the block starts in the source. ``level`` is 3 to 5 for a heading; for an item, how deep it is
    nested, from 1. ``text`` has no Markdown marks left; ``strong`` are its (start, end) ranges that were set in bold.
    ``number`` is the number that an item or a heading begins with, as printed; empty for a bullet.
    ``rows`` are the cells of a table, all rows equally long, ``header`` tells whether the first names the columns.
    ``marks`` are the visible characters that are set as structure instead: bullets, ``#``, ``**``, pipes.
    """

    kind: str
    text: str
    line: int
    level: int = 0
    strong: tuple[tuple[int, int], ...] = ()
    number: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    header: bool = False
    marks: str = ""


def blocks(section: Section) -> list[Block]:
    """The blocks of a section in order. Their texts, cells and marks hold every visible character of it, once."""
    drafts = [_DRAFTS[piece.sort](piece) for piece in pieces(section)]
    return list(_nested(_levelled(_listed(drafts))))


def _paragraph(piece: Piece) -> Block:
    line, text = piece.lines[0][0], join(piece.lines)
    marked = HEADING_MARK.match(text) if text.startswith("#") else None
    mark = marked or BULLET.match(text)
    plain, strong, stars = _without_emphasis(text[mark.end() :] if mark else text)
    number = ITEM.match(plain)
    marks = (mark[0].strip() if mark else "") + stars
    numbered = number[0] if number else ""
    if not plain:
        return Block("mark", "", line, marks=marks)
    if marked or (number and is_heading(plain, number)) or (not mark and _is_all_bold(plain, strong)):
        return Block("heading", plain, line, _TOP_LEVEL, strong, numbered, marks=marks)
    return Block("item" if number or mark else "paragraph", plain, line, 0, strong, numbered, marks=marks)


def _table(piece: Piece) -> Block:
    rows, header = lay_out(piece.lines)
    cells = tuple(tuple(_without_emphasis(cell)[0] for cell in row) for row in rows)
    shown = sum(len("".join(cell.split())) for row in cells for cell in row)
    printed = "".join("".join(text.split()) for _, text in piece.lines)
    return Block("table", "", piece.lines[0][0], rows=cells, header=header, marks=_rest(printed, cells, shown))


def _rest(printed: str, cells: Sequence[Sequence[str]], shown: int) -> str:
    """What of a table's text is not in its cells: walking along both, every character that no cell holds."""
    wanted = "".join("".join(cell.split()) for row in cells for cell in row)
    rest: list[str] = []
    here = 0
    for character in printed:
        if here < shown and character == wanted[here]:
            here += 1
        else:
            rest.append(character)
    return "".join(rest)


def _closing(piece: Piece) -> Block:
    text, strong, stars = _without_emphasis(join(piece.lines))
    return Block("closing", text, piece.lines[0][0], 0, strong, marks=stars)


def _mark(piece: Piece) -> Block:
    return Block("mark", "", piece.lines[0][0], marks=join(piece.lines))


_DRAFTS = {Sort.TEXT: _paragraph, Sort.TABLE: _table, Sort.CLOSING: _closing, Sort.MARK: _mark}


def _rank(block: Block) -> str:
    """The kind of number that a heading or an item has; ``bullet`` for none."""
    match = ITEM.match(block.number)
    return (match and match.lastgroup) or "bullet"


def _listed(drafts: list[Block]) -> list[Block]:
    """Short numbered lines that follow on one another, with nothing to head, are items of a list."""
    set_out = list(drafts)
    numbered = [at for at, block in enumerate(drafts) if block.kind != "mark"]
    for before, after in pairwise(numbered):
        one, other = drafts[before], drafts[after]
        if one.number and other.number and _rank(one) == _rank(other) in _LIST_RANKS:
            set_out[before] = replace(one, kind="item", level=0)
            set_out[after] = replace(other, kind="item", level=0)
    return set_out


def _levelled(drafts: list[Block]) -> list[Block]:
    """Give each heading the level of its kind of number among those that the section uses."""
    order = ("bullet", *_RANKS)
    used = sorted({order.index(_rank(block)) for block in drafts if block.kind == "heading"})
    return [
        replace(block, level=min(_TOP_LEVEL + used.index(order.index(_rank(block))), _LOWEST_LEVEL))
        if block.kind == "heading"
        else block
        for block in drafts
    ]


def _nested(drafts: list[Block]) -> Iterator[Block]:
    """Say of each item how deep it is: another kind of number that begins anew stands below the one before."""
    above: list[str] = []
    for block in drafts:
        if block.kind == "item":
            above = _path(above, _rank(block), block)
            yield replace(block, level=len(above))
        else:
            above = above if block.kind == "mark" else []
            yield block


def _path(above: list[str], rank: str, block: Block) -> list[str]:
    """The kinds of number from the outermost to this item's own."""
    if rank in above:
        return above[: above.index(rank) + 1]
    begins = rank == "bullet" or _FIRST.match(block.number)
    lower = rank in _ANYWHERE or (above and above[-1] in _RANKS and _RANKS.index(rank) > _RANKS.index(above[-1]))
    return [*above, rank] if above and begins and lower else [rank]


def _is_all_bold(plain: str, strong: Sequence[tuple[int, int]]) -> bool:
    """A short line that is bold from end to end is a heading, whether numbered or not."""
    return tuple(strong) == ((0, len(plain)),) and len(plain) <= LONGEST_HEADING and plain[-1] not in "。；！？，："


def _without_emphasis(text: str) -> tuple[str, tuple[tuple[int, int], ...], str]:
    """Take the marks of bold out: the plain text, the ranges that they enclosed, and the marks.

    A mark without a partner encloses nothing.
    """
    parts: list[str] = []
    marks: list[int] = []
    length = here = 0
    for match in EMPHASIS.finditer(text):
        parts.append(text[here : match.start()])
        length += match.start() - here
        marks.append(length)
        here = match.end()
    parts.append(text[here:])
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return "".join(parts), tuple((one, two) for one, two in pairs if one < two), "".join(EMPHASIS.findall(text))
