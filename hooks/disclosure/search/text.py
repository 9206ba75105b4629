"""What of a page can be found: the text of its article without our tables, block by block.

Left out are navigation, forms, what is marked ``data-unsearched``, and our tables, whose labels are the same on
every page and whose figures have pages of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

_ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
_TABLE = re.compile(r'<table\b(?! class="table-narrative").*?</table>', re.DOTALL)
"""Tables of ours, whose words are the same on every page. Those that an office set in its text are its own words."""
_UNSEARCHED = re.compile(r'<article\b[^>]*>\s*<div class="page-[a-z]+" data-unsearched>')
"""An article whose whole contents search leaves out: three of four pages are raw reports, and they are the longest."""
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_INLINE = frozenset({"a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup"})
_LEFT_OUT = "nav, script, style, noscript, form, svg, template, [data-unsearched]"
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Stripped:
    """What of a page can be found: its title (the first heading), and its other text, block by block.

    ``anchors`` has the anchor of each block that is a heading, and nothing for the others.
    """

    title: str
    blocks: tuple[str, ...]
    anchors: tuple[str, ...] = ()


def strip_page(html: str) -> Stripped:
    """The findable text of one page of the site; no title and no blocks where nothing is to be found."""
    article = _ARTICLE.search(html)
    if article is None or _UNSEARCHED.match(article.group()):
        return Stripped("", ())
    # Tables are most of a page: they are cut out before anything is parsed.
    page = LexborHTMLParser(_TABLE.sub("", article.group()))
    for unsearched in page.css(_LEFT_OUT):
        unsearched.decompose()
    return _Blocks().of(page)


class _Blocks:
    """Collects the title and the other text of an article, block by block, and the anchors of its headings."""

    def __init__(self) -> None:
        self._title = ""
        self._blocks: list[str] = []
        self._anchors: list[str] = []
        self._anchor = ""
        self._text: list[str] = []

    def of(self, page: LexborHTMLParser) -> Stripped:
        """What was collected of a page."""
        if page.body is not None:
            self._walk(page.body)
        self._end_block()
        return Stripped(self._title, tuple(self._blocks), tuple(self._anchors))

    def _walk(self, node: LexborNode) -> None:
        child = node.child
        while child is not None:
            self._take(child, child.tag or "")
            child = child.next

    def _take(self, node: LexborNode, tag: str) -> None:
        if tag == "-text":
            self._text.append(node.text_content or "")
        elif tag in _VOID:
            self._text.append(" ")
        elif tag in _INLINE:
            self._walk(node)
        elif tag[:1].isalpha():  # comments have no such names
            self._end_block()
            self._anchor = (node.attributes.get("id") or "") if tag in _HEADINGS else ""
            self._walk(node)
            self._end_block(is_title=tag == "h1")

    def _end_block(self, *, is_title: bool = False) -> None:
        text = " ".join("".join(self._text).split())
        self._text = []
        if is_title and not self._title:
            self._title = text
        elif text:
            self._blocks.append(text)
            self._anchors.append(self._anchor)
        self._anchor = ""
