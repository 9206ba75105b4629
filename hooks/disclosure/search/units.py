"""What counts in a text when it is searched: each Chinese character, each word or number, and where runs are parted.

A page holds a query if its units hold those of the query, one behind the other. ``docs/assets/search-text.js`` has
the same rules for queries; a test holds both against each other.
"""

from __future__ import annotations

import re
from typing import Final

CHINESE: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The characters that are units of their own, as a regular expression's range."""
PARTED: Final = "_"
"""Stands where something is between two runs of Chinese, whatever it is: 公开、申请 is not 公开申请."""
WORD: Final = "#"
WORD_END: Final = ";"
"""Around a word or number. Between these and Chinese it makes no difference whether anything parts them: 1件, 1 件."""

_PIECE = re.compile(rf"([{CHINESE}]+)|\d+|(?:(?![{CHINESE}\d])\w)+")
_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_NARROW = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


def units(text: str) -> list[str]:
    """The units of a block of text; letters become small, and those of full width narrow.

    >>> units("（一）公开ＣＯＶＩＤ 2件")
    ['一', '_', '公', '开', '#covid;', '#2;', '件']
    """
    found: list[str] = []
    after_chinese = False
    if _WIDE.search(text):  # translating takes as long as all else
        text = text.translate(_NARROW)
    for piece in _PIECE.finditer(text.lower()):
        chinese = piece[1]
        if chinese and after_chinese:
            found.append(PARTED)
        if chinese:
            found.extend(chinese)
        else:
            found.append(f"{WORD}{piece[0]}{WORD_END}")
        after_chinese = chinese is not None
    return found
