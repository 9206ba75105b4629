"""Read the bytes of a report into lines of text: one reader per format, all giving the same ``Document``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath

from disclosure.model import Note
from disclosure.read.document import Document
from disclosure.read.old_word import read_old_word
from disclosure.read.sandbox import read_bounded
from disclosure.read.signature import content_format
from disclosure.read.spreadsheet import read_spreadsheet
from disclosure.read.text import may_be_text, read_text
from disclosure.read.web import read_web_page
from disclosure.read.word import read_word


@dataclass(frozen=True, slots=True)
class Format:
    """A format of reports. ``name`` is set into Chinese sentences: before Latin letters it brings its own space.

    ``read`` takes the bytes, at most ``max_bytes`` of them, and never raises, whatever they are.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes], Document]
    max_bytes: int


_MB = 1024 * 1024
FORMATS = {
    "text": Format("纯文本", (".txt", ".md"), read_text, 2 * _MB),
    "web": Format("网页", (".html", ".htm"), read_web_page, 8 * _MB),
    "word": Format(" Word 文件", (".docx",), read_word, 20 * _MB),
    "spreadsheet": Format(" Excel 文件", (".xlsx", ".xls"), read_spreadsheet, 20 * _MB),
    "pdf": Format(" PDF", (".pdf",), partial(read_bounded, "pdf", seconds=30, megabytes=500), 30 * _MB),
    "old-word": Format("旧式 Word 文件", (".doc",), read_old_word, 20 * _MB),
}
"""Every format that is read. The limits leave room for pictures where a format carries them.

Of two files of one year that read equally well, the one whose format stands first here is the main one.
"""

FORMAT_OF_SUFFIX = {suffix: name for name, one in FORMATS.items() for suffix in one.suffixes}
MAX_BYTES = max(one.max_bytes for one in FORMATS.values())
"""No file larger than this is read, whatever its format."""

_OF_PROGRAMS = frozenset({"word", "spreadsheet", "pdf", "old-word"})
"""Formats that programs write."""
_PERMITTED = {(".md", "web")}
"""Suffixes whose format may well hold the other: Markdown with tables in HTML."""
_NOT_READABLE = {
    "picture": Note(
        "no-text-layer",
        None,
        "这个文件是一张图片，没有可读取的文字。请先做文字识别，人工核对后另存为 UTF-8 编码的 .txt 文件。",
    ),
    "encrypted": Note(
        "damaged-file", None, "文件设有密码，读不出内容。请用密码打开，另存为不设密码的文件，再放到同一位置。"
    ),
    "archive": Note(
        "unsupported-format",
        None,
        "这个文件是压缩包，或本站不认得的办公文件。请解开后提交里面的报告，或另存为 .docx、.pdf 或 .txt。",
    ),
}
"""Formats that are recognised so that the sentence can say what to do."""


def read_document(file: str, content: bytes) -> Document:
    """Read one report file. Never raises: what cannot be read becomes a note on an empty document.

    What the file is decides its content, not its name; a name that says otherwise is noted.
    """
    suffix = PurePath(file).suffix.lower()
    claimed = FORMAT_OF_SUFFIX.get(suffix)
    actual = format_of(content, claimed)
    refused = _objection(content, suffix, claimed, actual)
    if refused is not None:
        return Document((), (refused,))
    used = FORMATS[actual]
    document = used.read(content)
    if fits(suffix, actual):
        return document
    return replace(document, notes=(_misnamed(suffix, used), *document.notes))


def _objection(content: bytes, suffix: str, claimed: str | None, actual: str) -> Note | None:
    """Why a file is not read at all, if it is not."""
    if not content.strip(b" \t\r\n\x00"):
        return Note("empty-file", None, "文件里没有任何文字。请重新下载报告原文，替换本文件。")
    if actual in _NOT_READABLE:
        return _NOT_READABLE[actual]
    if claimed is None:
        known = "、".join(FORMAT_OF_SUFFIX)
        message = f"本站不读 {suffix or '没有后缀的'} 文件。可用的后缀：{known}。"
        return Note("unsupported-format", None, message)
    used = FORMATS[actual]
    if len(content) > used.max_bytes:
        limit = used.max_bytes // _MB
        message = f"文件超过{used.name}的上限 {limit} MB，没有读取。请只保留年度报告正文，去掉大幅图片。"
        return Note("file-too-large", None, message)
    return None


def format_of(content: bytes, claimed: str | None) -> str:
    """The name of the format of these bytes; ``claimed`` is the one that the name of their file says.

    What is neither plain from the bytes nor text is taken for what the name says: its reader says what is wrong with
    it, where that of text would ask for another encoding.
    """
    plain = content_format(content)
    if plain is not None:
        return plain
    if claimed == "web" or (claimed in _OF_PROGRAMS and not may_be_text(content)):
        return claimed
    return "text"


def fits(suffix: str, actual: str) -> bool:
    """Whether a file of this format may have this suffix."""
    return FORMAT_OF_SUFFIX.get(suffix) == actual or (suffix, actual) in _PERMITTED


def _misnamed(suffix: str, used: Format) -> Note:
    advice = f"请核对原件，后缀改为 {used.suffixes[0]}。"
    message = f"文件名以 {suffix} 结尾，内容却是{used.name}，已按{used.name}读取。{advice}"
    return Note("wrong-suffix", None, message)
