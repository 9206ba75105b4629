"""Read the bytes of a report into lines of text: one reader per file suffix, all giving the same ``Document``."""

from __future__ import annotations

from pathlib import PurePath

from disclosure.model import Note
from disclosure.read.document import Document
from disclosure.read.signature import content_kind
from disclosure.read.text import read_text

READERS = {".txt": read_text, ".md": read_text}
"""Suffix → reader. A reader takes the bytes and returns a ``Document``; it never raises on any bytes."""

UNSUPPORTED = {
    ".pdf": "PDF",
    ".doc": "Word",
    ".docx": "Word",
    ".xls": "Excel",
    ".xlsx": "Excel",
    ".html": "网页",
    ".htm": "网页",
}
"""Suffixes that reports do come in and that have no reader yet: published as such, with a finding."""

MAX_BYTES = 2 * 1024 * 1024
"""Larger files are not read. The given reports have 6 to 15 KB; a whole year's attachments stay below 1 MB as text."""

_AS_TEXT = "请用原来的软件打开，把正文连同表格复制到纯文本里，另存为 UTF-8 编码的 .txt 文件，再替换本文件"


def read_document(file: str, content: bytes) -> Document:
    """Read one report file. Never raises: what cannot be read becomes a note on an empty document."""
    suffix = PurePath(file).suffix.lower()
    note = _refusal(suffix, content)
    if note is not None:
        return Document((), (note,))
    return READERS[suffix](content)


def _refusal(suffix: str, content: bytes) -> Note | None:
    """Say why these bytes are not read at all, or None if a reader should try."""
    if not content.strip(b" \t\r\n\x00"):
        return Note("empty-file", None, "文件里没有任何文字。请重新下载报告原文，替换本文件。")
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // 2**20
        message = f"文件超过 {limit} MB 的上限，没有读取。请只保留年度报告正文（通常不到 100 KB）。"
        return Note("file-too-large", None, message)
    kind = content_kind(content)
    expected = UNSUPPORTED.get(suffix)
    if kind is not None and kind.suffixes.isdisjoint({suffix}):
        message = (
            f"文件名以 {suffix or '（无后缀）'} 结尾，内容却是{kind.name}。请确认原件：若确是{kind.name}，{_AS_TEXT}。"
        )
        return Note("wrong-suffix", None, message)
    if kind is not None and kind.without_text:
        message = (
            f"这份{kind.name}里只有图片，没有可读取的文字。请先做文字识别，人工核对后另存为 UTF-8 编码的 .txt 文件。"
        )
        return Note("no-text-layer", None, message)
    if suffix in READERS:
        return None
    return Note("unsupported-format", None, f"本站目前读不了 {expected or suffix} 文件，没有读取任何数字。{_AS_TEXT}。")
