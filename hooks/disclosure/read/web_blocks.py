"""Turn the elements of a web page into lines of text and tables, in reading order, as a browser shows them.

The tree is walked with a list, never by recursion: pages nest as deep as they like.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from disclosure.read.web_styles import HIDING, UNSEEN, Looks, declared, read_looks
from disclosure.read.web_tables import Block, PageCell, PageTable, visible_length

_NEVER_SHOWN = frozenset(("script", "style", "template", "head", "title", "meta", "link", "base"))
_FALLBACKS = "audio canvas datalist iframe noembed noframes noscript object rp select svg video xml"
_NOT_SHOWN = frozenset(_FALLBACKS.split())
"""Shown only where a browser lacks something, or no text of the page: left out unless nothing else is there."""
_BLOCK_TAGS = """
    address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol
    optgroup option p plaintext pre search section summary table tbody td textarea tfoot th thead tr ul xmp
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_WHITE_SPACE_OF = {**dict.fromkeys(("listing", "plaintext", "pre", "textarea", "xmp"), "pre"), "table": "normal"}
_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_CELLS = frozenset(("td", "th"))
_TYPED = frozenset(("", "number", "text"))
"""Types of ``<input>`` whose value is shown as text."""
_STANDS_ALONE = re.compile("block|flex|flow-root|grid|list-item|table")
_STRUCK_TAGS = frozenset(("del", "s", "strike"))
_STRIKING = {("text-decoration", "line-through"), ("text-decoration-line", "line-through")}
_LONGEST_SHORT = 200
"""Characters; a longer text was not struck out, somebody forgot to close an element.

Nor do style sheets hide longer ones: scripts will show them.
"""
_SMALL_DIGITS = {
    "sup": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "super": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
"""By tag or style. The mark of a footnote behind a number must not become its last digit."""
_MOST_TABLES_IN_TABLES = 30
"""Tables nested deeper are read as text; pages laid out by tables nest some five."""
_MOST_CONTAINERS_DEEP = 200

_WIDE = (
    "[\u2e80-\u2fff\u3001-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f"
    "\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]"
)
_WRAPPED = re.compile(rf"(?<={_WIDE})[ \t]*+[\n\r][ \t\n\r\f]*+(?={_WIDE})")
"""A line end in the source between two wide characters shows nothing (CSS Text 3, segment break transformation)."""
_WHITE_SPACE = re.compile("[ \t\n\r\f]+")
_LINE_END = re.compile("\r\n|\r|\n")
_KEPT_BLANK = "\u00a0"
_COUNT = re.compile(r"[ \t\n\r\f]*\+?(\d{1,9})")

_CHROME_TAGS = frozenset(("aside", "footer", "header", "nav"))
_CHROME_NAME = re.compile(
    r"(?:^|[\s_-])(?:bottom|breadcrumbs?|copyright|crumbs?|dqwz|foot(?:er)?|friend-?links?|head(?:er)?|location|menu|"
    r"nav(?:bar|igation)?|pager|position|related|search|share|side-?bar|tool-?bar|top(?:bar|nav)?)(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Page:
    """The visible content of a page.

    ``parents`` gives for each container, an element that holds lines or tables, the one around it, always an earlier
    one; the first is the page. ``furniture`` says which are menus, heads or feet by their tag or class. ``hidden`` are
    texts that are not shown, each with the number of blocks before it, ``struck`` those that are crossed out.
    """

    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [0])
    furniture: list[bool] = field(default_factory=lambda: [False])
    hidden: list[tuple[int, str]] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds inside an element: where its lines go, and how its text is shown."""

    sink: list[Block]
    container: int = 0
    containers_deep: int = 0
    tables_deep: int = 0
    table: PageTable | None = None
    keeps_white_space: bool = False
    linked: bool = False
    digits: Mapping[int, int] = field(default_factory=dict)
    ends_line: bool = True
    owns_table: bool = False
    in_cell: bool = False


@dataclass(slots=True)
class _Line:
    """The line being collected."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0


def read_blocks(root: LexborNode, *, all_shown: bool = False) -> Page:
    """The content of ``root`` in reading order; with ``all_shown``, also what a browser would hide."""
    walker = _Walker(read_looks(root), all_shown=all_shown)
    walker.walk(root)
    return walker.page


class _Walker:
    """Walks over the elements and keeps the line, the contexts and the page."""

    def __init__(self, looks: Looks, *, all_shown: bool) -> None:
        self.page = Page()
        self.looks = looks
        self.all_shown = all_shown
        self.context = _Context(self.page.blocks)
        self.line = _Line()

    def walk(self, root: LexborNode) -> None:
        """Visit every node once; on the list stand nodes to enter and, below their content, contexts to return to."""
        to_do: list[LexborNode | _Context] = [root]
        while to_do:
            node = to_do.pop()
            if isinstance(node, _Context):
                self._leave(node)
            elif node.is_text_node:
                self._text(node.text_content or "")
            elif node.is_element_node:
                around = self.context
                if self._enter(node):
                    to_do.append(around)
                    to_do += _children_backwards(node)
        self._end_line()

    def _leave(self, around: _Context) -> None:
        """Return to the context around an element that has been read."""
        inside = self.context
        if inside.ends_line:
            self._end_line()
        self.context = around
        if inside.owns_table and inside.table is not None:
            around.sink.extend(inside.table.blocks())

    def _text(self, text: str) -> None:
        text = text.translate(self.context.digits) if self.context.digits else text
        if not self.context.keeps_white_space:
            self._add(text)
            return
        first, *others = _LINE_END.split(text.replace(" ", _KEPT_BLANK).replace("\t", _KEPT_BLANK))
        self._add(first)
        for line in others:
            self._end_line()
            self._add(line)

    def _add(self, text: str) -> None:
        self.line.pieces.append(text)
        if self.context.linked:
            self.line.linked += visible_length(text)

    def _end_line(self) -> None:
        text = shown(self.line.pieces)
        if text.strip():
            self.context.sink.append(Block(text, self.context.container, self.line.linked))
        self.line = _Line()

    def _enter(self, node: LexborNode) -> bool:
        """Open the context of an element; False where nothing in it is to be read."""
        tag = node.tag or ""
        attributes = {name.lower(): value or "" for name, value in node.attributes.items()}
        style = declared(attributes.get("style", ""))
        if self.context.in_cell:
            style = {**self.looks.of(tag, attributes.get("class", "")), **style}
        if tag in _NEVER_SHOWN or (not self.all_shown and self._is_left_out(node, tag, attributes, style)):
            return False
        if tag == "br":
            self._end_line()
        if tag == "input" and attributes.get("type", "").lower() in _TYPED:
            self._add(f" {attributes.get('value', '')} ")
        shown_as = style.get("display", "")
        ends_line = _STANDS_ALONE.match(shown_as) is not None or (tag in _BLOCKS and not shown_as.startswith("inline"))
        if ends_line:
            self._end_line()
        self.context = self._inside(node, tag, attributes, style, ends_line=ends_line)
        return True

    def _is_left_out(self, node: LexborNode, tag: str, attributes: dict[str, str], style: dict[str, str]) -> bool:
        """Whether a browser hides an element or crosses it out.

        Outside of cells ``visibility`` and style sheets do not count: scripts switch it on in the end. In a cell they
        keep what is hidden from becoming a digit of the number beside it.
        """
        if tag in _NOT_SHOWN:
            return True
        if "hidden" in attributes or not HIDING.isdisjoint(style.items()):
            if text := _all_text(node):
                self.page.hidden.append((len(self.page.blocks), text))
            return True
        if self.context.in_cell and UNSEEN in style.items() and (unseen := _short_text(node)) is not None:
            self.page.hidden += [(len(self.page.blocks), unseen)] if unseen else []
            return True
        is_struck = tag in _STRUCK_TAGS or not _STRIKING.isdisjoint(style.items())
        if is_struck and (struck := _short_text(node)) is not None:
            self.page.struck.append(struck)
            return True
        return False

    def _inside(
        self, node: LexborNode, tag: str, attributes: dict[str, str], style: dict[str, str], *, ends_line: bool
    ) -> _Context:
        around = self.context
        white_space = style.get("white-space") or _WHITE_SPACE_OF.get(tag, "")
        keeps = white_space.startswith(("pre", "break")) if white_space else around.keeps_white_space
        keeps = keeps or (tag == "body" and _is_text_with_tables(node))
        linked = around.linked or (tag == "a" and bool(attributes.get("href")))
        container, deep = around.container, around.containers_deep
        if ends_line and deep < _MOST_CONTAINERS_DEEP:
            container, deep = self._open_container(tag, attributes), deep + 1
        sink, table, owns, tables_deep = around.sink, around.table, False, around.tables_deep
        if tag == "table":
            table = PageTable(container) if tables_deep < _MOST_TABLES_IN_TABLES else None
            owns, tables_deep = table is not None, tables_deep + 1
        elif table is not None and tag in _CELLS:
            cell = PageCell(_span(attributes.get("colspan"), least=1), _span(attributes.get("rowspan"), least=0))
            table.add(cell)
            sink, table = cell.blocks, None
        elif table is not None and tag == "tr":
            table.open_row()
        elif table is not None and tag in _ROW_GROUPS:
            table.open_group(tag)
        in_cell = around.in_cell or sink is not around.sink
        digits = _SMALL_DIGITS.get(tag) or _SMALL_DIGITS.get(style.get("vertical-align", "")) or around.digits
        return _Context(sink, container, deep, tables_deep, table, keeps, linked, digits, ends_line, owns, in_cell)

    def _open_container(self, tag: str, attributes: dict[str, str]) -> int:
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        self.page.parents.append(self.context.container)
        self.page.furniture.append(tag in _CHROME_TAGS or _CHROME_NAME.search(names) is not None)
        return len(self.page.parents) - 1


def _is_text_with_tables(body: LexborNode) -> bool:
    """Whether the lines of the source are lines of the text: Markdown with tables in HTML, as programs for OCR write.

    Then text stands in the body itself, over several lines, and nothing in the body says where a line ends.
    """
    children = _children_backwards(body)
    if any(child.tag in ("br", "p") for child in children):
        return False
    return any("\n" in (child.text_content or "").strip() for child in children if child.is_text_node)


def _all_text(node: LexborNode) -> str:
    return " ".join(line for block in read_blocks(node, all_shown=True).blocks for line in block.lines)


def _short_text(node: LexborNode) -> str | None:
    """The text of an element; None where it is long, which is seen without laying it out: such elements may nest."""
    if visible_length(node.text()) > _LONGEST_SHORT:
        return None
    text = _all_text(node)
    return text if len(text) <= _LONGEST_SHORT else None


def _children_backwards(node: LexborNode) -> list[LexborNode]:
    children = []
    child = node.last_child
    while child is not None:
        children.append(child)
        child = child.prev
    return children


def _span(text: str | None, *, least: int) -> int:
    """How many columns or rows a cell covers, read as browsers do (``2;`` is 2); 1 where it says nothing.

    Source: HTML standard, rules for parsing non-negative integers, and the limits of ``colspan`` and ``rowspan``.
    """
    match = _COUNT.match(text or "")
    return int(match[1]) if match and int(match[1]) >= least else 1


def shown(pieces: list[str]) -> str:
    """A line as a browser shows it: blanks and line ends collapsed, fixed blanks as blanks, none at the ends."""
    text = _WRAPPED.sub("", "".join(pieces))
    return _WHITE_SPACE.sub(" ", text).strip(" ").replace(_KEPT_BLANK, " ").strip(" ")
