"""Characters that would not stay characters, made visible before anything is written, and the room that text takes."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CONTROL_PICTURES: Final = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: 0x2421}
_NAMED: Final = (
    *range(0x80, 0xA0),  # C1 controls; U+0085 also breaks lines
    0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A),  # would reorder the text around them
    0x2028, 0x2029,  # break lines
    *range(0xE0000, 0xE0080),  # tags: a hidden text that programs read and nobody sees
)  # fmt: skip
_VISIBLE: Final = _CONTROL_PICTURES | {code: f"⟨U+{code:04X}⟩" for code in _NAMED}
_NEVER: Final = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_RISKY: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


_BREAKS: Final = re.compile(r"[\t\r\n]+")


def in_one_line(text: str) -> str:
    """Text in which no character steers a terminal, breaks the line or is forbidden in XML."""
    return visible(_BREAKS.sub(" ", text))


def visible(text: str) -> str:
    r"""Replace control characters, direction overrides and non-characters by signs that show them.

    Tab and line feed stay. Everything else comes out as it went in.

    >>> visible("a\x02b")
    'a␂b'
    >>> visible("\u202egpj")
    '⟨U+202E⟩gpj'
    """
    if not _RISKY.search(text):
        return text
    return _NEVER.sub("\ufffd", text.translate(_VISIBLE))


def columns(text: str) -> int:
    """How many columns a terminal takes for a text: Chinese takes two for a character, accents none.

    >>> columns("表3"), columns("e\u0301")
    (3, 1)
    """
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
