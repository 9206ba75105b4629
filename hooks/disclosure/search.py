"""The search index: Pagefind over a stripped copy of the finished site, written so that Chinese can be found.

Pagefind cuts Chinese into dictionary words and then misses most of what readers look for. So it is given, instead of
the pages, a copy of their text in which every run of Chinese characters stands as overlapping pairs between its first
and its last character (``行政复议`` → ``行 行政 政复 复议 议``). A query becomes the same pairs, as a phrase: it
finds every page that holds it, and no other. ``docs/assets/search-text.js`` holds the reader's half of this agreement;
why it is so, and what was measured: ``docs/contributing/decisions/0005-search.md``.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from disclosure.errors import DisclosureError
from disclosure.writing import Tree

Facets: TypeAlias = Mapping[str, Sequence[str]]
"""What a page can be chosen by: values by the name that ``docs/assets/search.js`` has for them in an address."""

CHINESE: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The characters written as pairs, as a regular expression's range; ``search-text.js`` has the same."""
SPACE: Final = "\ue000"
"""Stands for a space of the text, since plain spaces only separate tokens. Pagefind does not count it as a word."""
BREAK: Final = "\ue001"
"""Stands between blocks, as a token of its own, so that no phrase is found across them."""
TITLE: Final = "\ua66e"
"""A letter of no living language: the tokens of a title are indexed once more behind it, to put those pages first."""
FACET: Final = "\ua66d"
"""Another such letter, before what a page can be chosen by: a choice is one more word that it has to hold."""
ANCHOR: Final = 0xE100
"""Added to the characters of a heading's anchor, which then stand behind its BREAK and are no word to Pagefind."""


class PageKind(NamedTuple):
    """What readers call the pages of a folder of the site, and where they stand among the results of a query."""

    name: str
    order: int


_OTHER: Final = PageKind("其他", 1)
_KINDS: Final = {
    "offices": PageKind("机关", 0),
    "regions": PageKind("地区", 1),
    "years": PageKind("年份", 1),
    "measures": PageKind("指标", 3),
    "terms": PageKind("术语", 1),
    "rules": PageKind("规则", 2),  # they mention everything
    "data": PageKind("数据", 3),
}
PAGE_KINDS: Final = (*(kind.name for kind in _KINDS.values()), _OTHER.name)
"""The values of the facet ``page``, which every page has, in the order in which they are offered."""

_PIECES = re.compile(rf"(?P<chinese>[{CHINESE}]+)|(?P<word>\d+|(?:(?![{CHINESE}\d])\w)+)|(?P<rest>[^\w]+)")
_NARROW = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
_TABLE = re.compile(r'<table\b(?! class="table-narrative").*?</table>', re.DOTALL)
"""Tables of ours, whose words are the same on every page. Those that an office set in its text are its own words."""
_UNSEARCHED = re.compile(r'<article\b[^>]*>\s*<div class="page-[a-z]+" data-pagefind-ignore>')
"""An article whose whole contents search leaves out: three of four pages are raw reports, and they are the longest."""
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_INLINE = frozenset({"a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup"})
_LEFT_OUT = "nav, script, style, noscript, form, svg, template, [data-pagefind-ignore]"
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_NOT_INDEXED = frozenset({"404.html", "search/index.html"})
_SECONDS: Final = 60.0
_SECONDS_A_PAGE: Final = 0.1
"""What Pagefind may take: ten times what it took on a crowded machine."""
_ENDS: Final = {"pagefind.js": b"search};", "pagefind-worker.js": b"})();"}
"""How the scripts of the locked version of Pagefind end, if they were written to their end."""
_DISK_FULL = f"os error {errno.ENOSPC}"
"""What Pagefind says of a full disk, in whatever words."""
_UNUSED = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
    "wasm.unknown.*",
)


@dataclass(frozen=True, slots=True)
class Stripped:
    """What of a page can be found: its title (the first heading), and its other text, block by block.

    ``anchors`` has the anchor of each block that is a heading, and nothing for the others.
    """

    title: str
    blocks: tuple[str, ...]
    anchors: tuple[str, ...] = ()


def index_site(site_dir: Path, facets: Mapping[str, Facets] = MappingProxyType({})) -> None:
    """Write the search index of the finished site ``site_dir`` to its folder ``pagefind/``.

    Pages count with the text of their ``article``, without our tables and without what is marked
    ``data-pagefind-ignore``. ``facets`` says by its address what a page can be chosen by, beside its kind.
    Raises DisclosureError if Pagefind does not succeed.
    """
    with tempfile.TemporaryDirectory() as folder:
        copies = Copies(Path(folder), facets)
        copies.add_all(site_dir)
        copies.index(site_dir)


class Copies:
    """The copies of pages that Pagefind is given, in a folder of their own. Several processes may add to them."""

    def __init__(self, folder: Path, facets: Mapping[str, Facets]) -> None:
        self._folder = folder
        self._tree = Tree(folder)
        self._facets = facets

    def add(self, file: str, html: str) -> None:
        """Add a page by its file in the site (``offices/410481100/index.html``), if anything is to be found on it."""
        copy = _copy(html, PurePosixPath(file), self._facets)
        if file not in _NOT_INDEXED and copy:
            self._tree.write(file, copy.encode())

    def add_all(self, site_dir: Path, but: Container[str] = ()) -> None:
        """Add the pages that the site has now, but for those in the folders ``but`` (``offices/410481100``)."""
        for page in sorted(_files(site_dir, "", but)):
            self.add(page, (site_dir / page).read_text(encoding="utf-8"))

    def index(self, site_dir: Path) -> None:
        """Write the index of all copies.

        Raises:
            DisclosureError: Pagefind did not succeed.
        """
        index = site_dir / "pagefind"
        if index.is_dir():
            shutil.rmtree(index)
        pages = sum(1 for _ in self._folder.rglob("*.html"))
        _run_pagefind(self._folder, index.resolve(), _SECONDS + _SECONDS_A_PAGE * pages)
        _require_whole(index, pages)
        for pattern in _UNUSED:
            for file in index.glob(pattern):
                file.unlink()


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


def as_pairs(text: str) -> str:
    """The text as tokens for Pagefind: pairs for Chinese, words and numbers for the rest, punctuation glued on.

    >>> as_pairs("行政复议2件。")
    '行 行政 政复 复议 议 2 件。'
    """
    tokens: list[str] = []
    for piece in _PIECES.finditer(text):
        if piece["rest"] is None:
            tokens.extend(_pairs(piece["chinese"]) if piece["chinese"] else [piece["word"].translate(_NARROW)])
            continue
        rest = re.sub(r"\s+", SPACE, piece["rest"])
        # A token of punctuation alone would count as a word and break phrases.
        if tokens:
            tokens[-1] += rest
        else:
            tokens.append(rest)
    return " ".join(tokens)


def _pairs(run: str) -> list[str]:
    pairs = [run[at : at + 2] for at in range(len(run) - 1)]
    return [run[0], *pairs, run[-1]] if pairs else [run]


def _files(site_dir: Path, folder: str, but: Container[str]) -> Iterator[str]:
    """The pages below a folder, by their path in the site."""
    for entry in os.scandir(site_dir / folder):
        name = f"{folder}/{entry.name}".removeprefix("/")
        if entry.is_dir(follow_symlinks=False) and name not in but:
            yield from _files(site_dir, name, but)
        elif name.endswith(".html") and entry.is_file():
            yield name


def _copy(html: str, file: PurePosixPath, facets: Mapping[str, Facets]) -> str:
    """What Pagefind is given of a page; nothing where nothing is to be found on it."""
    stripped = strip_page(html)
    if not (stripped.title or stripped.blocks):
        return ""
    title = as_pairs(stripped.title)
    marked = " ".join(f"{TITLE}{token}" for token in title.split())
    placed = zip(stripped.anchors, stripped.blocks, strict=True)
    text = "".join(f" {BREAK}{_hidden(anchor)}\n{as_pairs(block)}" for anchor, block in placed)
    kind = _KINDS.get(file.parts[0], _OTHER)
    chosen = " ".join(_choices({"page": [kind.name], **facets.get(f"{file.parent}/", {})}))
    # lang="en": Pagefind must take the tokens as they are. Its segmentation is for Chinese pages only.
    return (
        f'<!doctype html><html lang="en"><head><meta data-pagefind-meta="title[content]" '
        f'content="{escape(stripped.title)}">'
        f'<meta data-pagefind-sort="order[content]" content="{kind.order}"></head><body data-pagefind-body>'
        f"<h1>{escape(title)} {escape(marked)}</h1><p>{escape(chosen + text)}</p></body></html>\n"
    )


def _hidden(anchor: str) -> str:
    return "".join(chr(ANCHOR + ord(character)) for character in anchor) if anchor.isascii() else ""


def _choices(facets: Facets) -> Iterator[str]:
    """A token for each facet. Pagefind has filters of its own, but writes their values in another order each time."""
    return (f"{FACET}{name}{value}" for name, values in facets.items() for value in values)


def _run_pagefind(pages: Path, output: Path, seconds: float) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(output), "--quiet"]
    process = subprocess.Popen(  # noqa: S603 our own arguments
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", start_new_session=True
    )
    try:
        told, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:  # on some full disks it waits for ever
        message = f"搜索索引没有建成：Pagefind 没有在 {seconds:.0f} 秒内完成，多半是磁盘已满。请腾出空间后重新运行。"
        raise DisclosureError(message) from error
    finally:
        _end(process)
    if process.returncode:
        said = " ".join(told.split())[-400:]
        full = "磁盘已满，请腾出空间后重新运行。" if _DISK_FULL in said else ""
        raise DisclosureError(
            f"搜索索引没有建成：{full}Pagefind 退出，代码 {process.returncode}。它的说明：{said or '无'}"
        )


def _end(process: subprocess.Popen[str]) -> None:
    """End it with the program that it started, if they have not ended."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _require_whole(index: Path, pages: int) -> None:
    """Refuse an index that breaks off: on a full disk Pagefind writes what fits and reports success.

    Raises DisclosureError where a file is missing or ends early.
    """
    broken = [file.name for file in sorted(index.rglob("*")) if file.is_file() and not _is_whole(file)]
    fragments = sum(1 for _ in index.glob("fragment/*"))
    if broken or fragments != pages or not (index / "pagefind-entry.json").is_file():
        what = f"{broken[0]} 没有写完" if broken else f"应有 {pages} 页，写成 {fragments} 页"
        raise DisclosureError(f"搜索索引没有建成：{what}，多半是磁盘已满。请腾出空间后重新运行。")


def _is_whole(file: Path) -> bool:
    content = file.read_bytes()
    if file.suffix == ".json":
        return content.endswith(b"}")
    if file.name in _ENDS:
        return content.rstrip().endswith(_ENDS[file.name])
    if ".pf_" in file.name or file.suffix == ".pagefind":
        unpacked = zlib.decompressobj(wbits=zlib.MAX_WBITS + 16)  # gzip
        try:
            unpacked.decompress(content)
        except zlib.error:
            return False
        return unpacked.eof
    return True


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
