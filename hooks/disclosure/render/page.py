"""One page of the site, whatever it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import UnionType
from typing import NamedTuple

from disclosure.render import html, markdown
from disclosure.render.blocks import Block, Details, Heading, Section
from disclosure.render.text import visible

_NOT_MARKUP = str.maketrans({"<": "＜", ">": "＞", "&": "＆", '"': "”", "'": "’"})


_DEEPEST = 3


class Entry(NamedTuple):
    """A line of a table of contents; ``title`` is HTML, escaped."""

    level: int
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its address relative to the site's root (``offices/410481100/``), its head, and its contents.

    ``kind`` is the CSS class of the whole page. Where ``searchable`` is False, search leaves the page out.
    ``twin`` says that the page is published as Markdown too, beside its HTML.
    ``structured_data`` is JSON-LD about what the page offers, escaped to stand in the head.
    ``moved_to`` is the address of the page that took this one's place; whoever comes here is sent there.
    """

    url: str
    title: str
    description: str
    blocks: tuple[Block, ...]
    kind: str = ""
    searchable: bool = True
    twin: bool = True
    structured_data: str = ""
    moved_to: str = ""

    @property
    def src_uri(self) -> str:
        """The name under which MkDocs knows the page."""
        return f"{self.url}index.md"

    @property
    def head_title(self) -> str:
        """The title without characters that any template, escaping or not, could turn into markup."""
        return visible(self.title).translate(_NOT_MARKUP)

    @property
    def head_description(self) -> str:
        """The description, made safe in the same way."""
        return visible(self.description).translate(_NOT_MARKUP)

    def html(self) -> str:
        """The contents as HTML, to stand inside the theme's article."""
        body = (Section(self.blocks, f"page-{self.kind}" if self.kind else "page", self.searchable),)
        return html.render(body, self.url)

    def markdown(self) -> str:
        """The contents as Markdown."""
        return markdown.render(self.blocks, self.url)

    def headings(self) -> list[Heading]:
        """All headings in order, also those inside sections and details."""
        return list(_headings(self.blocks, Section | Details))

    def contents(self) -> list[Entry]:
        """The table of contents: the headings of the first three levels, but for what is folded away."""
        shown = (heading for heading in _headings(self.blocks, Section) if heading.level <= _DEEPEST)
        return [Entry(heading.level, heading.anchor, html.escaped(heading.text)) for heading in shown]


def _headings(blocks: Iterable[Block], within: type[Section] | UnionType) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Section | Details) and isinstance(block, within):
            yield from _headings(block.blocks, within)
