"""Print the number of a worksheet cell as the sheet shows it, as far as its format says so without doubt."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

GENERAL = "General"
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    **dict.fromkeys((*range(14, 18), *range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((*range(18, 22), *range(45, 48)), "h:mm:ss"),
    22: "yyyy-mm-dd h:mm",
}
"""Formats that files name by number only (ECMA-376, part 1, 18.8.30); those not named here show plain numbers."""

_NOT_DIGITS = re.compile(r'"[^"]*"|\\.|!.|_.|\*.|\[[^\]]*\]')
"""Parts of a format that print themselves, leave room, or give a colour or condition."""
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_PLACES = re.compile(r"[#0?,]*[#0?](?:\.(?P<decimals>[#0?]*))?(?P<percent>%?)")
_SCALED = re.compile(r"[#0?],+(?![#0?])|[#0?](?:!.|\\.|\"[^\"]*\")[#0?]")
"""Formats that show thousands, or put a point of their own between digits: 12345 shown as 1.2."""
_LONGEST_CODE = 255
_SIGNIFICANT = 15
"""Digits that a sheet shows at most; the others are noise of binary fractions."""
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a date of a sheet belongs to no time zone
_DAYS_1904 = 1462
_DAYS = range(2_958_466)
"""Day numbers up to the end of the year 9999."""


def shown(value: float, code: str, *, from_1904: bool = False) -> str:
    """A number as a cell with this format shows it; dates as ``2023-01-31``.

    Where the sheet shows another quantity than the file holds (thousands shown as 1), the number stands in brackets
    with its format, and is no figure.

    >>> shown(0.30000000000000004, "General"), shown(0.35, "0%"), shown(12345, "0!.0,")
    ('0.3', '35%', '〔12345，格式 0!.0,〕')
    """
    if not math.isfinite(value):
        return "#NUM!"
    first = code[:_LONGEST_CODE].split(";", maxsplit=1)[0]
    digits = _NOT_DIGITS.sub("", first)
    exact = Decimal(format(value, f".{_SIGNIFICANT}g"))
    if code != GENERAL and _DATE.search(digits):
        return _date(value, from_1904=from_1904)
    if _SCALED.search(first):
        return f"〔{_plain(exact)}，格式 {first}〕"
    places = _PLACES.fullmatch(digits.strip())
    return _plain(exact) if places is None else _rounded(exact, places)


def _rounded(value: Decimal, places: re.Match[str]) -> str:
    percent = places["percent"]
    decimals = len(places["decimals"] or "")
    quantity = value * 100 if percent else value
    if max(quantity.adjusted(), 0) + decimals < _SIGNIFICANT:
        quantity = quantity.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return _plain(quantity) + percent


def _plain(value: Decimal) -> str:
    """Digits without exponent, without zeros at the end of a fraction."""
    text = f"{value or abs(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: float, *, from_1904: bool) -> str:
    """The date, or the time of day, of a day number; a number that is none stays one."""
    days = value + _DAYS_1904 * from_1904
    if not 0 <= days < _DAYS.stop:
        return _plain(Decimal(format(value, f".{_SIGNIFICANT}g")))
    moment = _EPOCH + timedelta(seconds=round(days * 86400))
    if days < 1:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%Y-%m-%d}" if moment.hour == moment.minute == moment.second == 0 else f"{moment:%Y-%m-%d %H:%M}"
