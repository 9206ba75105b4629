"""Blocks → Markdown (CommonMark with pipe tables), to be read as it stands or by any tool.

Escaping is complete: every character that some dialect gives a meaning is written as a character, ``<``, ``>`` and
``&`` as entities, so nothing in a report becomes markup, a link, front matter or a placeholder.
Anchors live on the HTML page only; links to a place on the same page therefore lead to ``./#…``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from disclosure.render.blocks import (
    Block,
    Breadcrumb,
    Bullets,
    Charts,
    Code,
    Definitions,
    Details,
    English,
    Heading,
    Inline,
    Item,
    Lines,
    Link,
    Listing,
    Mark,
    Paragraph,
    Section,
    Signs,
    Small,
    Strong,
    Table,
    Target,
    Td,
    Text,
    Th,
    To,
)
from disclosure.render.html import SHORT, href
from disclosure.render.legend import LEGEND
from disclosure.render.text import visible

_SPECIAL = re.compile(r"[\\`*_{}\[\]()#+!|~$@:^=]|(?<![0-9])[.-]|[.-](?![0-9])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_BACKTICKS = re.compile("`+")
_BLANK = re.compile(r"[ \t\n]+")


def render(blocks: Iterable[Block], url: str) -> str:
    """The blocks as Markdown, with one blank line between them; ``url`` is the address of the page."""
    return "\n\n".join(_block(block, url) for block in blocks) + "\n"


def escaped(text: str) -> str:
    """Text on one line in which no character means anything. A point or dash between two digits needs no escape."""
    return _remembered(text) if len(text) <= SHORT else _escape(text)


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", _BLANK.sub(" ", visible(text))).translate(_ENTITIES)


_remembered = lru_cache(maxsize=16384)(_escape)


def _strong(text: str) -> str:
    words = escaped(text).strip(" ")
    return f"**{words}**" if words else ""


def _line(parts: Sequence[Inline], url: str) -> str:
    """Parts as one line that begins with no blank, which could make it code."""
    if len(parts) == 1:
        return _INLINES[type(parts[0])](parts[0], url).strip(" ")
    return "".join([_INLINES[type(part)](part, url) for part in parts]).strip(" ")


def _plain(part: Text | Code | Small | English, _url: str) -> str:
    return escaped(part.text)


def _mark(part: Mark, url: str) -> str:
    if part.quiet:
        return ""
    sign = escaped(LEGEND[part.status].sign)
    return f"〔{sign if part.to is None else _link(sign, part.to, url)}〕"


_INLINES: Final[dict[type, Callable[[Any, str], str]]] = {
    Text: _plain,
    Code: _plain,
    Small: _plain,
    English: _plain,
    # Beside Chinese punctuation, CommonMark takes stars for bold only after a blank.
    Strong: lambda part, _url: f" {_strong(part.text)} ",
    Link: lambda part, url: _link(escaped(part.text), part.to, url),
    Mark: _mark,
    Signs: lambda part, _url: "" if part.told else f"{escaped(part.signs)} ",
}
"""By their type: see ``html.py``."""


def _link(label: str, to: Target, url: str) -> str:
    address = href(to, url)
    if address is None:
        return label
    return f"[{label}]({'./' if isinstance(to, To) and to.page is None else ''}{address})"


def _block(block: Block, url: str) -> str:
    match block:
        case Heading(level, words):
            written = f"{'#' * level} {escaped(words).strip(' ')}"
        case Paragraph(parts):
            written = _line(parts, url)
        case Bullets():
            written = _list(block, url)
        case Definitions(items):
            written = "\n".join(f"- {_strong(term)}：{_line(parts, url)}" for term, parts in items)
        case Table():
            written = _table(block, url)
        case Lines():
            written = _fence(block.placed())
        case Listing(words, language):
            written = listing(words, language)
        case Breadcrumb(steps, here):
            written = " › ".join((*(_link(escaped(step.text), step.to, url) for step in steps), escaped(here)))
        case Section() | Details() | Charts():
            written = _container(block, url)
    return written


def _container(block: Section | Details | Charts, url: str) -> str:
    if isinstance(block, Charts):
        return "\n".join(f"- {_strong(chart.title)}：{escaped(chart.sentence())}" for chart in block.charts)
    begin = f"{_strong(block.summary)}\n\n" if isinstance(block, Details) else ""
    return f"{begin}{render(block.blocks, url)}".rstrip("\n")


def _list(block: Bullets, url: str, indent: str = "") -> str:
    """A list, with those below its items indented; a number that the source gives stands behind a plain bullet."""
    signs = (f"{number}." if block.ordered else "-" for number in range(1, len(block.items) + 1))
    return "\n".join(_item(item, url, f"{indent}{sign} ") for sign, item in zip(signs, block.items, strict=True))


def _item(item: Item, url: str, begin: str) -> str:
    below = (_list(one, url, " " * len(begin)) for one in item.below)
    return "\n".join((f"{begin}{_line(item.parts, url)}", *below))


def _table(table: Table, url: str) -> str:
    head = table.head or (Td(()),) * len(table.body[0][0].cells)  # a pipe table must have a header row
    width = sum(cell.colspan if isinstance(cell, Th) else 1 for cell in head)
    rows = [_row(head, url), "|" + " --- |" * width]
    rows += [_row(row.cells, url) for group in table.body for row in group]
    return f"{_strong(table.caption)}\n\n" + "\n".join(rows)


def _row(cells: Iterable[Th | Td], url: str) -> str:
    return "|" + "".join(_cell(cell, url) for cell in cells)


def _cell(cell: Th | Td, url: str) -> str:
    contents = _line(cell.parts, url)
    if isinstance(cell, Td):
        return f" {contents} |"
    return f" {f'**{contents}**' if cell.scope == 'rowgroup' else contents} |" + "  |" * (cell.colspan - 1)


def listing(text: str, language: str) -> str:
    """Lines in a fence that is longer than any run of backticks among them."""
    fence = "`" * max(3, 1 + max((len(run) for run in _BACKTICKS.findall(text)), default=0))
    return f"{fence}{language}\n{visible(text).rstrip()}\n{fence}"


def _fence(lines: Iterable[tuple[str | None, int, str]]) -> str:
    """Numbered lines in a fence that none of them can close, because each begins with its number."""
    numbered = (
        (f"      〔{visible(place)}〕\n" if place else "") + f"{number:>4}  {visible(line)}"
        for place, number, line in lines
    )
    return "\n".join(("```text", *numbered, "```"))
