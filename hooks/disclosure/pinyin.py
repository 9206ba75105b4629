"""The letters by which Chinese names are typed for short: the initials of their characters' readings (pinyin)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable


def initials(names: Iterable[str]) -> dict[str, str]:
    """By letter, every character of the names that a reading of the dictionary begins with that letter.

    A character of several readings stands at all their letters (长: c and z), whatever name it is in: which reading
    a place name has is often known to its neighbours alone (尉氏, 解州, 浚县), and a dictionary of words misses those.

    >>> initials(["重庆"])
    {'c': '重', 'q': '庆', 't': '重', 'z': '重'}
    """
    from pypinyin import Style, pinyin  # noqa: PLC0415 - see ``short_form``

    found: dict[str, str] = defaultdict(str)
    for character in sorted({character for name in names for character in name}):
        # What has no reading, such as a digit, is typed as it is.
        readings = pinyin(character, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
        for letter in sorted({letter for one in readings for letter in one if letter.isascii()}):
            found[letter] += character
    return dict(sorted(found.items()))


def short_form(name: str, most: int = 18) -> str:
    """The first letters of a name's characters, each by the reading it has in its word; digits stay.

    >>> short_form("教育局")
    'jyj'
    """
    # Its dictionaries take 0.4 s to load: every process that reads reports to be filed would load them for nothing.
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    letters = lazy_pinyin(name, style=Style.FIRST_LETTER, errors=lambda text: text)
    return re.sub(r"[^a-z0-9]", "", "".join(letters).lower())[:most] or "x"
