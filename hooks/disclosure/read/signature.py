"""Recognise what a file is by its content, whatever its name says.

Names lie: web pages are saved as .txt, Word's own "single-file web page" as .doc, a renamed PDF as .docx.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PDF_HEAD = 1024
"""A PDF may carry this many bytes before its ``%PDF-`` mark (ISO 32000-1, implementation note 13)."""
_TABLE_MARKUP = re.compile(rb"<(?:html|body|table|tr|td|p|div|br)[\s/>]", re.IGNORECASE)
_PAGE_SAMPLE = 1 << 18
_FEWEST_TAGS = 10
"""A text may quote a tag or two; a page has a pair around every cell."""
_ARCHIVE = re.compile(rb"\A\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)
_ARCHIVE_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The compound files of old Office programs; what they hold is told by the name of a stream in UTF-16."""
_OLE_NAME = 64
"""Bytes of a stream's name in the directory."""
_ZIP = b"PK\x03\x04"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:_PDF_HEAD]


def _is_web_page(content: bytes) -> bool:
    sample = content[:_PAGE_SAMPLE]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        sample = sample.replace(b"\x00", b"")
    return len(_TABLE_MARKUP.findall(sample)) >= _FEWEST_TAGS


def is_web_archive(content: bytes) -> bool:
    """Whether these bytes are a web page in MIME parts (MHTML), as browsers save it, and Word under the name .doc."""
    return _ARCHIVE.match(content[:_ARCHIVE_HEAD]) is not None and b"text/html" in content[:_PAGE_SAMPLE].lower()


def _has_stream(name: str) -> Callable[[bytes], bool]:
    """Looks for the whole entry of a directory ([MS-CFB] 2.6.1): a text may well say “Book Title” in UTF-16."""
    encoded = f"{name}\0".encode("utf-16-le")
    entry = encoded.ljust(_OLE_NAME, b"\0") + len(encoded).to_bytes(2, "little")
    return lambda content: content.startswith(_OLE) and entry in content


def _has_members(folder: bytes, other: bytes) -> Callable[[bytes], bool]:
    """Looks for the last name of a folder: one file may hold the other, but its own directory stands at its end."""
    return lambda content: content.startswith(_ZIP) and content.rfind(folder) > content.rfind(other)


SIGNATURES: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("pdf", _is_pdf),
    ("word", _has_members(b"word/", b"xl/")),
    ("spreadsheet", _has_members(b"xl/", b"word/")),
    ("encrypted", _has_stream("EncryptedPackage")),
    ("old-word", _has_stream("WordDocument")),  # before Workbook: Excel tables inside Word are common
    ("spreadsheet", _has_stream("Workbook")),
    ("spreadsheet", _has_stream("Book")),
    ("old-word", lambda content: content.startswith(_OLE)),
    ("old-word", lambda content: content.startswith(b"{\\rtf")),
    ("archive", lambda content: content.startswith(_ZIP)),
    ("picture", lambda content: content.startswith(_PICTURES)),
    ("web", is_web_archive),
    ("web", _is_web_page),
)
"""Names of formats (see ``read.FORMATS``) with how each is told, the surest first."""


def content_format(content: bytes) -> str | None:
    """The name of the format that these bytes are in; None for what may be text."""
    return next((name for name, matches in SIGNATURES if matches(content)), None)
