"""Write the numbers that Word puts before paragraphs by itself (ECMA-376, part 1, 17.9 and 17.18.59).

Such a number stands nowhere in the text. Without it “一、总体情况” is no heading, and “（一）予以公开” no label.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias
from xml.etree.ElementTree import Element

from disclosure.read.word_styles import Styles, is_on, number_in, value_of, word

_PLACEHOLDER = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "十", "百", "千")
_LEGAL_UNITS = ("", "拾", "佰", "仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_ROMAN_SMALL = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LETTERS = 26
_BULLET = "•"


def chinese(number: int, digits: str = _DIGITS, units: tuple[str, ...] = _UNITS) -> str:
    """A number below ten thousand in Chinese numerals; larger ones digit by digit.

    >>> chinese(10), chinese(21), chinese(105)
    ('十', '二十一', '一百零五')
    """
    figures = str(number)
    if len(figures) > len(units):
        return _by_digit(number)
    text = ""
    for figure, unit in zip(figures, reversed(units[: len(figures)]), strict=True):
        text += digits[int(figure)] + unit if figure != "0" else "零"
    text = re.sub("零+", "零", text).rstrip("零") or digits[0]
    return text.removeprefix(digits[1]) if text.startswith(digits[1] + units[1]) else text


def _counting(number: int) -> str:
    """Numerals up to 99, digits beyond, as Word writes ``chineseCounting``."""
    return chinese(number) if number < 100 else _by_digit(number)  # noqa: PLR2004 - two places


def _by_digit(number: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(number))


def _legal(number: int) -> str:
    text = chinese(number, _LEGAL_DIGITS, _LEGAL_UNITS)
    return f"壹{text}" if text.startswith("拾") else text


def _roman(number: int) -> str:
    text = ""
    for value, sign in (*_ROMAN, *_ROMAN_SMALL):
        text += sign * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    """A to Z, then AA, BB, CC, as Word counts."""
    return chr(ord("A") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)


def _from(signs: str) -> Callable[[int], str]:
    """Numbers written as the signs of a series, and as digits beyond it."""
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _series(first: str, length: int) -> Callable[[int], str]:
    return _from("".join(chr(ord(first) + index) for index in range(length)))


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": lambda number: str(number).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalEnclosedCircle": _series("①", 20),
    "decimalEnclosedCircleChinese": _series("①", 20),
    "decimalEnclosedParen": _series("⑴", 20),
    "decimalEnclosedFullstop": _series("⒈", 20),
    "ideographEnclosedCircle": _series("㊀", 10),
    "ideographTraditional": _from(_STEMS),
    "ideographZodiac": _from(_BRANCHES),
    "ideographDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "taiwaneseDigital": _by_digit,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "none": lambda _: "",
}
"""How a number is written, by Word's name of the format; formats not named here are written as plain digits."""
_MOST_WRITTEN = 9999
"""Beyond this, numbers are written in plain digits: no report counts as far, and a letter would repeat 400 times."""


def written(number: int, number_format: str) -> str:
    """A number in one of Word's formats.

    >>> written(3, "chineseCounting"), written(3, "decimalEnclosedCircle"), written(3, "upperRoman")
    ('三', '③', 'III')
    """
    return _FORMATS.get(number_format, str)(number) if 0 < number <= _MOST_WRITTEN else str(number)


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: the number it starts with, how numbers are written, and the text around them.

    ``plain``: all numbers in plain digits. ``restarts``: it begins anew below each number of a higher level.
    ``style``: the paragraph style that belongs to this level.
    """

    start: int
    number_format: str
    text: str
    plain: bool
    restarts: bool
    style: str | None


_Levels: TypeAlias = dict[int, _Level]


@dataclass(frozen=True, slots=True)
class _List:
    """A list as paragraphs name it: its definition, its levels, and those that its first paragraph begins anew.

    Lists of one definition go on counting together.
    """

    definition: str
    levels: _Levels
    restarted: frozenset[int]


@dataclass(slots=True)
class ListNumbers:
    """The numbered lists of one document, and how far each has counted."""

    _styles: Styles
    _lists: dict[str, _List] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def label(self, properties: Element | None) -> str:
        """The number before a paragraph with these properties (``w:pPr``), counted one further; empty for none."""
        style = value_of(properties, "pStyle")
        list_id, level = self._styles.list_of(properties, style)
        used = self._lists.get(list_id or "")
        if used is None:
            return ""
        if level is None:
            level = next((number for number, one in used.levels.items() if one.style == style), 0)
        if level not in used.levels:
            return ""
        return _label(used.levels, level, self._count(list_id or "", used, level))

    def _count(self, list_id: str, used: _List, level: int) -> dict[int, int]:
        """Count one paragraph; deeper levels begin anew."""
        counts = self._counts.setdefault(used.definition, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for restarted in used.restarted.intersection(counts):
                del counts[restarted]
        counts[level] = counts.get(level, used.levels[level].start - 1) + 1
        for deeper in [number for number in counts if number > level]:
            if deeper not in used.levels or used.levels[deeper].restarts:
                del counts[deeper]
        return counts


def _label(levels: _Levels, level: int, counts: dict[int, int]) -> str:
    own = levels[level]

    def number(match: re.Match[str]) -> str:
        other = int(match[1]) - 1
        if other not in levels:
            return ""
        count = counts.get(other, levels[other].start)
        return str(count) if own.plain else written(count, levels[other].number_format)

    return _BULLET if own.number_format == "bullet" else _PLACEHOLDER.sub(number, own.text)


def read_list_numbers(root: Element | None, styles: Styles) -> ListNumbers:
    """The lists that ``numbering.xml`` defines; none where a document has no such part."""
    if root is None:
        return ListNumbers(styles)
    definitions = {one.get(word("abstractNumId"), ""): one for one in root.iterfind(word("abstractNum"))}
    links = {value_of(one, "styleLink"): one for one in definitions.values()}
    levels = {
        name: _levels_of(links.get(value_of(one, "numStyleLink") or "", one)) for name, one in definitions.items()
    }
    found = ((one.get(word("numId"), ""), _list(one, levels)) for one in root.iterfind(word("num")))
    return ListNumbers(styles, {name: one for name, one in found if one.levels})


def _list(one: Element, levels: dict[str, _Levels]) -> _List:
    definition = value_of(one, "abstractNumId") or ""
    own = dict(levels.get(definition, {}))
    restarted = set()
    for changed in one.iterfind(word("lvlOverride")):
        own.update(_levels_of(changed))
        level, start = number_in(changed.get(word("ilvl"))), number_in(value_of(changed, "startOverride"))
        if level in own and start is not None:
            own[level] = replace(own[level], start=start)
            restarted.add(level)
    return _List(definition, own, frozenset(restarted))


def _levels_of(parent: Element) -> _Levels:
    levels = ((number_in(one.get(word("ilvl"))), one) for one in parent.iterfind(word("lvl")))
    return {number: _level(one) for number, one in levels if number is not None}


def _level(one: Element) -> _Level:
    start = number_in(value_of(one, "start"))
    return _Level(
        start=1 if start is None else start,
        number_format=_number_format(one),
        text=value_of(one, "lvlText") or "",
        plain=is_on(one, "isLgl"),
        restarts=value_of(one, "lvlRestart") != "0",
        style=value_of(one, "pStyle"),
    )


def _number_format(level: Element) -> str:
    """Newer formats stand inside ``mc:AlternateContent``, with a plainer one for older programs behind them."""
    found = next(level.iter(word("numFmt")), None)
    return "decimal" if found is None else found.get(word("val"), "decimal")
