"""Recognise what a file is by its content, whatever its name says."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ContentKind:
    """A kind of file: its name, the suffixes it may have, and whether it surely holds no text.

    ``name`` is set into Chinese sentences: before Latin letters it brings its own space.
    """

    name: str
    suffixes: frozenset[str]
    without_text: bool = False


_SIGNATURES = (
    (b"PK\x03\x04", ContentKind(" Word 或 Excel 文件", frozenset({".docx", ".xlsx"}))),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ContentKind("旧版 Word 或 Excel 文件", frozenset({".doc", ".xls"}))),
    (b"\x89PNG", ContentKind("图片", frozenset({".png"}), without_text=True)),
    (b"\xff\xd8\xff", ContentKind("图片", frozenset({".jpg", ".jpeg"}), without_text=True)),
    (b"{\\rtf", ContentKind(" RTF 文件", frozenset({".rtf"}))),
)
_PDF_HEAD = 1024
"""A PDF may carry this many bytes before its ``%PDF-`` mark (ISO 32000-1, implementation note 13)."""
_PDF_STREAM_CAP = 1 << 20
"""Never inflate more than this from one stream: enough to see a font, too little to be a bomb."""


_WEB_PAGE = ContentKind("网页", frozenset({".html", ".htm"}))
_TABLE_MARKUP = re.compile(rb"<(?:html|body|table|tr|td|p)[\s>]", re.IGNORECASE)
_PAGE_SAMPLE = 1 << 18
_FEWEST_TAGS = 10
"""A text may quote a tag or two; a page has a pair around every cell."""


def content_kind(content: bytes) -> ContentKind | None:
    """Tell the kind of a file that is not plain text; None for what may be text."""
    if b"%PDF-" in content[:_PDF_HEAD]:
        return ContentKind(" PDF 文件", frozenset({".pdf"}), without_text=not _pdf_names_a_font(content))
    if len(_TABLE_MARKUP.findall(content, 0, _PAGE_SAMPLE)) >= _FEWEST_TAGS:
        return _WEB_PAGE
    return next((kind for head, kind in _SIGNATURES if content.startswith(head)), None)


def _pdf_names_a_font(content: bytes) -> bool:
    """Whether any object of the PDF names a font: a page without fonts cannot show text, only pictures."""
    return b"/Font" in content or any(b"/Font" in _inflate(stream) for stream in _pdf_streams(content))


def _pdf_streams(content: bytes) -> Iterator[bytes]:
    """What stands between ``stream`` and ``endstream``, in one pass: a file full of the first word costs no more."""
    here = 0
    while (start := content.find(b"stream", here)) >= 0 and (end := content.find(b"endstream", start + 6)) >= 0:
        yield content[start + 6 : end].lstrip(b"\r\n")
        here = end + 9


def _inflate(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _PDF_STREAM_CAP)
    except zlib.error:
        return b""
