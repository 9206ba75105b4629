"""Fold text to the few characters that labels are compared by. The text that is published is never folded."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SUPPLEMENT = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺌⺍⺎⺏⺐⺒⺓⺔⺖⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺶⺹⺺⺼⺽⺾"
    "⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱⻳"
)
_SUPPLEMENT_CHARACTERS = (
    "厂乛乚乙亻冂几刀刂卜小小兀尣尢巳幺彑忄扌攵旡日月歺母民氵氺灬爫丬牛犭王疋目示礻竹糹纟羊耂肀肉臼艹"
    "艹艹虎衤覀西见角讠贝车辶辶辶阝钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾齐齿龙龜龟"
)
RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | {
    ord(radical): character for radical, character in zip(_SUPPLEMENT, _SUPPLEMENT_CHARACTERS, strict=True)
}
RADICALS |= {0x2F3E: "户", 0x2FAD: "青"}
"""PDF text holds radicals that look like characters. NFKC maps the Kangxi block, two of them to old forms.

For the supplement: Unicode's EquivalentUnifiedIdeograph.txt, as far as the characters are in common use.
"""
_PLAIN = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    chr(code): character for code, character in RADICALS.items()
}
"""Full-width ASCII and radicals, with what they stand for."""

_INVISIBLE = "\x00-\x08\x0e-\x1b\x7f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
INVISIBLE = re.compile(f"[{_INVISIBLE}]")
"""Characters that print nothing: controls, zero-width and bidirectional marks, variation selectors."""
_NOT_PLAIN = re.compile(f"[{''.join(_PLAIN)}{_INVISIBLE}]")

_NOT_COMPARED = re.compile("[^0-9A-Za-z()\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
"""Brackets stay because they tell （一） from 一、; all other punctuation varies freely between reports."""


def half_width(text: str) -> str:
    """Full-width ASCII to ASCII, radicals to characters, invisible characters removed.

    >>> half_width("（１，２３４）")
    '(1,234)'
    """
    return _NOT_PLAIN.sub(_plain, text) if _NOT_PLAIN.search(text) else text


def _plain(character: re.Match[str]) -> str:
    return _PLAIN.get(character[0], "")


def fold(text: str) -> str:
    """The key that wordings are compared by: no spaces, no punctuation but brackets, half-width.

    >>> fold("（三） 危及“三安全一稳定”")
    '(三)危及三安全一稳定'
    """
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    return _NOT_COMPARED.sub("", half_width(text))


_SHORT = 64
"""Wordings of the form come again and again and are worth remembering; long texts are not."""
_fold_short = lru_cache(maxsize=4096)(_fold)
