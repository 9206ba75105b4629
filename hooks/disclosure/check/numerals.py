"""Read a count as a sentence writes it: 134, 1,234, 1.2万, 一百三十四, 两."""

from __future__ import annotations

import re
from decimal import Decimal

from disclosure.model import Number

_DIGITS = {character: value for value, character in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
_PLACES = (("千", 1000), ("百", 100), ("十", 10))
_DIGIT = f"[{''.join(_DIGITS)}]?"
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_CHINESE = re.compile(
    "".join(f"(?:(?P<zero{value}>零?)(?P<digit{value}>{_DIGIT}){unit})?" for unit, value in _PLACES)
    + f"(?P<zero1>零?)(?P<digit1>{_DIGIT})"
)
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SCALED = re.compile(r"(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<scale>[百千万亿]?)")
CHINESE_NUMERALS = "零〇一二两三四五六七八九十百千万"
NUMBER = (
    r"(?:(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?:\.\d{1,6})?(?:[百千](?!万)|[万亿])?"
    rf"|[{CHINESE_NUMERALS}]{{1,20}})"
)
"""A count in half-width text, of bounded length. Order numbers and 余 are for the caller to refuse."""


def parse_quantity(text: str) -> Number | None:
    """The value of a number that may have decimals or a scale behind its digits; else as ``parse_count``.

    >>> [parse_quantity(text) for text in ("1.2万", "3千", "56.688", "十二")]
    [12000, 3000, Decimal('56.688'), 12]
    """
    match = _SCALED.fullmatch(text)
    if match is None:
        return parse_count(text)
    value = Decimal(match["digits"].replace(",", "")) * _SCALES.get(match["scale"], 1)
    return int(value) if value == value.to_integral_value() else value.normalize()


def parse_count(text: str) -> int | None:
    """The value of a count, None where it is not well formed or can be read in two ways (二百五).

    >>> [parse_count(text) for text in ("1,234", "一百三十四", "十二", "两千零五", "一万二千")]
    [1234, 134, 12, 2005, 12000]
    >>> [parse_count(text) for text in ("百", "一二三", "二百五", "一万二")]
    [None, None, None, None]
    """
    if _ARABIC.fullmatch(text):
        return int(text.replace(",", ""))
    text = text.replace("〇", "零")
    if text == "零":
        return 0
    thousands, wan, rest = text.rpartition("万")
    if not wan:
        return _below_ten_thousand(rest)
    high, low = _below_ten_thousand(thousands), _below_ten_thousand(rest) if rest else 0
    if high is None or low is None or (rest and low < _PLACES[0][1] and not rest.startswith("零")):
        return None
    return high * 10_000 + low


def _below_ten_thousand(text: str) -> int | None:
    match = _CHINESE.fullmatch(text)
    if not text or match is None:
        return None
    total = 0
    for unit, value in (*_PLACES, ("", 1)):
        digit, zero = match[f"digit{value}"], match[f"zero{value}"]
        if (zero and not digit) or (value >= _PLACES[1][1] and unit in text and not digit):
            return None
        if value == 1 and digit and total and total % 100 == 0 and not zero:
            return None
        if digit or (unit and unit in text):
            total += _DIGITS.get(digit, 1) * value
    return total
