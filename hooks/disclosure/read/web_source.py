"""The source of a web page: its bytes as text, found in a web archive where needed, and what it would cost to parse."""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from collections.abc import Iterable

from disclosure.read.text import decode

_CHINESE = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936", "euc-cn"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
}
"""What pages of Chinese offices declare → the codec to read it with: gb2312 is declared where GBK is written."""
_WESTERN = dict.fromkeys(("windows-1252", "iso-8859-1", "latin1"), "cp1252")
"""Believed only after everything else failed: office programs declare these and write Chinese as references."""
_HEAD = 8192
_DECLARED = re.compile(rb"""<\?xml[^>]{0,99}?encoding=["']([\w.:-]+)|charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")

_MOST_NESTED_PARTS = 20
_MOST_PARTS = 1_000
_CONTENT_FIELD = re.compile(rb"^Content-[\w-]+:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_LONGEST_FIELD = 1_000
"""Bytes; the standard library takes minutes over a field of megabytes."""
_PARTS_IN_PARTS = re.compile(rb"multipart/|message/", re.IGNORECASE)

MOST_TAGS = 120_000
"""Tags of one page; a report pasted from Word, with a ``<font>`` around every character, has some thirty thousand."""
_FEW_TAGS = 1_500
"""However so few tags are arranged, parsing them takes less than a second."""
_MOST_WORK = 50_000_000
"""Elements that a parser may have to look through: for every tag, those that are still open around it."""
_COST_OF_FORMATTING = 100
"""An open formatting element is not only looked at: it is made again in every paragraph."""
_LONG_TAG = 1_000
_MOST_COMPARISONS = 50_000_000
"""A parser compares every attribute with those before it."""

_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+))?+"""
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(rf"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:{_ATTRIBUTE})*+)")
"""Matches at every ``<`` before a letter and never backtracks, so that all matches together read the text once."""
_FORMATTING_TAGS = "a b big code em font i nobr s small strike strong tt u"
_FORMATTING = frozenset(_FORMATTING_TAGS.split())
_CLOSED_TAGS = "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option"
_NOT_LEFT_OPEN = frozenset(_CLOSED_TAGS.split())
"""Void elements, and those that the next of their kind closes."""
_CELL = re.compile(r"<t[dh]\b[^<>]*>", re.IGNORECASE)
_SELF_CLOSED = re.compile(r"<(title|script|style|textarea|iframe|noscript)\b([^<>]*)/>", re.IGNORECASE)


def page_in_archive(content: bytes) -> tuple[bytes, str] | None:
    """The bytes of the page that a web archive holds, with their declared charset; None where there is no page."""
    long_field = any(len(field[0]) > _LONGEST_FIELD for field in _CONTENT_FIELD.finditer(content))
    nested = len(_PARTS_IN_PARTS.findall(content)) > _MOST_NESTED_PARTS
    if long_field or nested or content.count(b"\n--") > _MOST_PARTS:
        return None
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    payload = None if page is None else page.get_payload(decode=True)
    if page is None or not isinstance(payload, bytes):
        return None
    return payload, page.get_content_charset("")


def decode_page(content: bytes, charset: str = "") -> tuple[str, bool]:
    """Decode a page: byte-order mark or UTF-8, else what it declares, else what a text would be taken for.

    Args:
        content: the bytes of the page.
        charset: what was declared outside the page; empty where nothing was.

    Returns:
        The text, and whether every byte could be decoded.
    """
    text, exact = decode(content)
    if content.startswith(_UTF_16_MARKS) or _strictly(content, "utf-8") is not None:
        return text, exact
    declared = [charset.lower(), *(name.decode("ascii", "replace").lower() for name in _declared(content))]
    chinese = _first_of(declared, _CHINESE)
    for codec in (chinese, "" if exact else _first_of(declared, _WESTERN)):
        found = _strictly(content, codec) if codec else None
        if found is not None:
            return found, True
    return (text, exact) if exact or not chinese else (content.decode(chinese, errors="replace"), False)


def _declared(content: bytes) -> Iterable[bytes]:
    return (one or other for one, other in _DECLARED.findall(content[:_HEAD]))


def _first_of(names: Iterable[str], codecs: dict[str, str]) -> str:
    return next((codecs[name] for name in names if name in codecs), "")


def _strictly(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def mended(text: str) -> str:
    """The source with two things mended that a parser of HTML would lose without a trace.

    In XHTML ``<title/>`` is a whole element; in HTML it opens a title that never ends. And cells outside any table are
    dropped, which joins their numbers to one: the blank put into every cell keeps them apart, and shows nowhere else.
    """
    whole = _SELF_CLOSED.sub(r"<\1\2></\1>", text) if text.lstrip("\ufeff \t\r\n").startswith("<?xml") else text
    return _CELL.sub(r"\g<0> ", whole)


def costs_too_much(text: str) -> bool:
    """Whether parsing could take far longer than the text is long: by the number, depth or attributes of its tags."""
    tags = text.count("<")
    if tags > MOST_TAGS or _comparisons(text) > _MOST_COMPARISONS:
        return True
    return tags > _FEW_TAGS and _nests_too_deep(text)


def _comparisons(text: str) -> int:
    """How often attributes are compared, over all long tags."""
    long_ones = (tag["attributes"] for tag in _TAG.finditer(text) if tag.end() - tag.start() > _LONG_TAG)
    return sum(len(_ATTRIBUTES.findall(attributes)) ** 2 for attributes in long_ones)


def _nests_too_deep(text: str) -> bool:
    """Add up the open elements around every tag, as far as they can be told without parsing."""
    opened: Counter[str] = Counter()
    around = work = 0
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if name not in _NOT_LEFT_OPEN:
            weight = _COST_OF_FORMATTING if name in _FORMATTING else 1
            change = 1 if not tag["close"] else -1 if opened[name] else 0
            opened[name] += change
            around += change * weight
        work += around
        if work > _MOST_WORK:
            return True
    return False
