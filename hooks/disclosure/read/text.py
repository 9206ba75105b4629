"""Read plain text and Markdown: find the encoding, split the lines, change nothing else."""

from __future__ import annotations

import codecs
import re

from disclosure.model import Note
from disclosure.read.document import Document

_MARKS_OF_OUR_TEXT = ("信息公开", "資訊公開", "信息公開")
"""GB18030 and Big5 decode nearly any bytes; only a text that says one of these was decoded rightly."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_LINE_END = re.compile(r"\r\n|\r|\n")
_REPLACEMENT = "\ufffd"


def read_text(content: bytes) -> Document:
    """Decode and split into lines. Undecodable bytes stay visible as U+FFFD, with a note on the first such line."""
    text, exact = decode(content)
    lines = tuple(_LINE_END.split(text))
    if exact:
        return Document(lines)
    damaged = [number for number, line in enumerate(lines, start=1) if _REPLACEMENT in line]
    first = damaged[0] if damaged else None
    message = (
        f"文件不是完好的 UTF-8 或 GB18030 文本：有 {len(damaged)} 行含有无法识别的字节，已显示为“{_REPLACEMENT}”。"
        f"含有“{_REPLACEMENT}”的数字不予采用。请重新下载原文，另存为 UTF-8 编码。"
    )
    return Document(lines, (Note("unreadable-encoding", first, message),))


def may_be_text(content: bytes) -> bool:
    """Whether these bytes may have been written as text: nothing is lost in decoding them, or they say our words."""
    text, exact = decode(content)
    return (exact and "\x00" not in text) or any(mark in text for mark in _MARKS_OF_OUR_TEXT)


def decode(content: bytes) -> tuple[str, bool]:
    """Decode by the ladder byte-order mark, UTF-8, GB18030, Big5, UTF-16; the flag is False where bytes were lost."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode_or_replace(content, encoding)
    text = _strictly(content, "utf-8")
    if text is not None and "\x00" not in text:
        return text, True
    for encoding in _GUESSES:
        guess = _strictly(content, encoding)
        if guess is not None and any(mark in guess for mark in _MARKS_OF_OUR_TEXT):
            return guess, True
    return (text, True) if text is not None else _least_damaged(content)


def _least_damaged(content: bytes) -> tuple[str, bool]:
    """UTF-8 or GB18030 with bytes lost: the one that says what our texts say, with fewer losses."""
    texts = [content.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")]
    ours = [text for text in texts if any(mark in text for mark in _MARKS_OF_OUR_TEXT)]
    return min(ours or texts[:1], key=lambda text: text.count(_REPLACEMENT)), False


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_or_replace(content: bytes, encoding: str) -> tuple[str, bool]:
    text = _strictly(content, encoding)
    return (text, True) if text is not None else (content.decode(encoding, errors="replace"), False)
