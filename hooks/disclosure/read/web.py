"""Read web pages: what a browser shows of the report, with its real tables, without the website around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from disclosure.form.identity import identify
from disclosure.form.template import SECTIONS
from disclosure.model import Note
from disclosure.read.document import MOST_CHARACTERS, Document, DocumentBuilder, TableCell, TooLargeError
from disclosure.read.signature import is_web_archive
from disclosure.read.text import read_text
from disclosure.read.web_article import Article, find_article
from disclosure.read.web_blocks import read_blocks, shown
from disclosure.read.web_source import costs_too_much, decode_page, mended, page_in_archive
from disclosure.read.web_tables import Block, even_runs

_MARKUP = re.compile(rb"<[a-zA-Z!?/]|&[#a-zA-Z]")
_MOST_QUOTED = 12
_LONGEST_QUOTE = 20
_PLACE_OF_TITLE = "网页标题"
_TITLE_FIELDS = frozenset(("articletitle", "og:title"))
_BETWEEN_TITLES = re.compile(r"[\s_|｜\-—–·>＞»«]+")
"""What websites put between the title of a page and their own name."""
_A_TITLE = re.compile("(?:信息|政务)公开.{0,12}(?:报告|年报)")
_SECTION_TITLES = tuple(title for _, title in SECTIONS.values())
_FEWEST_TITLES = 3
"""Titles of sections in what a page does not show, from which it is the report."""
_HOLDERS = "script, textarea"
"""Elements in which pages keep a text that a script will show."""
_COPY_IT = "请用浏览器打开原网页，把正文连同表格复制到纯文本里，另存为 UTF-8 编码的 .txt 文件。"


def read_web_page(content: bytes) -> Document:
    """Read a web page (HTML, XHTML, or a web archive in MIME parts). Never raises, whatever the bytes.

    Lines are those that a browser shows; real tables keep their cells. What was cut off around the report, what is not
    shown and what could not be decoded is said in notes. Where only the head of the page gives the title, it is the
    first line. Signs that the page does not have, ``↵`` and ``␣``, stand only between the pieces of a broken number.
    """
    charset = ""
    if is_web_archive(content):
        page = page_in_archive(content)
        if page is None:
            return _unread("damaged-file", f"这个网页存档里没有找到可读的网页。{_COPY_IT}")
        content, charset = page
    elif len(content) <= MOST_CHARACTERS and not _MARKUP.search(content.replace(b"\x00", b"")):
        return read_text(content)
    text, exact = decode_page(content, charset)
    if costs_too_much(text):
        return _unread("file-too-large", f"网页的标签过多，或者层层嵌套过深，没有读取。{_COPY_IT}")
    try:
        return _read(LexborHTMLParser(mended(text)), exact=exact)
    except TooLargeError:
        return _unread("file-too-large", f"网页的文字或表格太多，不像是年度报告，没有读取。{_COPY_IT}")


def _unread(rule: str, message: str) -> Document:
    return Document((), (Note(rule, None, message),))


def _read(tree: LexborHTMLParser, *, exact: bool) -> Document:
    article = _article(tree)
    if not article.found and _waits_for_script(tree):
        message = "报告的正文只写在网页的源文件里，要等网页上的程序运行后才显示，没有读取。"
        return _unread("unsupported-format", f"{message}{_COPY_IT}")
    if not article.blocks:
        return _unread("empty-file", f"网页里没有可见的文字。{_COPY_IT}")
    builder = DocumentBuilder()
    lines = [line for block in article.blocks for line in block.lines]
    for title in _title_from_head(tree, lines):
        builder.paragraph(title, _PLACE_OF_TITLE)
    for block in article.blocks:
        if block.rows:
            _add_table(builder, block)
        else:
            builder.paragraph(block.text)
    return builder.build([*_encoding_notes(builder.lines, exact=exact), *_article_notes(article)])


def _add_table(builder: DocumentBuilder, block: Block) -> None:
    for is_certain, rows in even_runs(block.rows):
        if is_certain:
            builder.table([list(map(TableCell, row)) for row in rows])
        else:
            for row in rows:
                builder.paragraph("\t".join(row))


def _article(tree: LexborHTMLParser) -> Article:
    """The report on the page; where nothing visible is one, also among what scripts would show."""
    root = tree.root
    if root is None:
        return Article(())
    article = find_article(read_blocks(root))
    if article.found:
        return article
    other = find_article(read_blocks(root, all_shown=True))
    return replace(other, uncovered=True) if other.found else article


def _waits_for_script(tree: LexborHTMLParser) -> bool:
    """Whether the report stands in the page as material of a script: to say that it has no tables would be untrue."""
    texts = (holder.text() or "" for holder in tree.css(_HOLDERS))
    return any(sum(title in text for title in _SECTION_TITLES) >= _FEWEST_TITLES for text in texts)


def _title_from_head(tree: LexborHTMLParser, lines: Sequence[str]) -> Iterator[str]:
    """The title that only the head of the page gives, if it agrees with the text; at most one."""
    own = identify(lines)
    if own.found_in == "title":
        return
    text = "".join("".join(line.split()) for line in lines)
    for title in _titles(tree):
        named = identify([title])
        agrees = own.year in (None, named.year) and (named.name is None or own.name in (None, named.name))
        if agrees and _A_TITLE.search(title) and "".join(title.split()) not in text:
            yield title
            return


def _titles(tree: LexborHTMLParser) -> Iterator[str]:
    """What the head calls the page; the name of the website is not part of it."""
    for meta in tree.css("meta[content]"):
        attributes = meta.attributes
        name = attributes.get("name") or attributes.get("property") or ""
        if name.lower() in _TITLE_FIELDS:
            yield shown([attributes.get("content") or ""])
    for title in tree.css("head title"):
        yield from _BETWEEN_TITLES.split(shown([title.text()]))


def _encoding_notes(lines: Sequence[str], *, exact: bool) -> Iterator[Note]:
    if not exact:
        damaged = [number for number, line in enumerate(lines, start=1) if "\ufffd" in line]
        yield Note(
            "unreadable-encoding",
            damaged[0] if damaged else None,
            f"网页含有无法识别的字节，有 {len(damaged)} 行受到影响，已显示为“\ufffd”。请重新下载原网页。",
        )


def _article_notes(article: Article) -> Iterator[Note]:
    """Say what was left out, with its first words: nobody has to take our word for it."""
    if article.cut:
        message = f"网页上有 {len(article.cut)} 行是网站的菜单、页眉、页脚等，不属于报告，没有收录："
        yield Note("page-chrome-cut", None, f"{message}{_quoted(article.cut)}。")
    if article.hidden:
        message = f"报告中间有 {len(article.hidden)} 处文字在网页上不显示，没有收录："
        yield Note("hidden-content", None, f"{message}{_quoted(article.hidden)}。")
    if struck := [text for text in article.struck if text]:
        yield Note("tracked-changes", None, f"网页上有 {len(struck)} 处划去的文字，没有收录：{_quoted(struck)}。")
    if article.uncovered:
        yield Note("hidden-content", None, "报告要等网页上的程序运行后才显示，已按网页的源文件读取。请对照公开的网页。")


def _quoted(texts: Sequence[str]) -> str:
    """The first words of each text, equal ones once."""
    quotes = list(dict.fromkeys(" ".join(text.split())[:_LONGEST_QUOTE] for text in texts))
    first = "、".join(f"“{quote}”" for quote in quotes[:_MOST_QUOTED])
    return f"{first}等" if len(quotes) > _MOST_QUOTED else first
