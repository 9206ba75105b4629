"""How numbers and sums are put into words and cells: one way for all pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from disclosure.model import Answer, Figure, Finding, Number, Status
from disclosure.render.blocks import Bullets, Inline, Item, Link, Mark, Parts, Small, Strong, Td, Text, To
from disclosure.render.legend import ANSWERED, UNUSABLE
from disclosure.tallies import Amount, Share, Tally

SMALL = "分母小"
"""Beside a share whose denominator is below the least one that says something."""
PART_OVER_WHOLE = "分子大于分母"
"""What only contradictory figures can make of a share."""
_SLOT = re.compile(r"\{(\w+)\}")


def number(value: Number) -> str:
    """A number as digits, a decimal with the places it was printed with.

    >>> number(Decimal("1.50"))
    '1.50'
    """
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def plain_digits(value: Number | float) -> str:
    """A number as digits without needless zeros: never rounded, never with an exponent.

    >>> plain_digits(Decimal("1.50")), plain_digits(3.0), plain_digits(1e-06)
    ('1.5', '3', '0.000001')
    """
    digits = format(Decimal(str(value)), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def sentence(template: str, parts: Mapping[str, Parts]) -> Parts:
    """A sentence with parts set in for ``{name}``."""
    pieces = _SLOT.split(template)
    filled: list[Inline] = []
    for index, piece in enumerate(pieces):
        filled.extend(parts[piece] if index % 2 else (Text(piece),) if piece else ())
    return tuple(filled)


def range_of(figure: Figure) -> str:
    """The proven range of a withheld figure; empty where nothing is known."""
    if figure.bounds is None or figure.bounds == (0, None):
        return ""
    low, high = figure.bounds
    return f"≥ {low}" if high is None else f"{low} 至 {high}"


def gaps(one: Amount, unit: str) -> str:
    """What a sum lacks, e.g. “5 份中 4 份有数”; empty where it lacks nothing."""
    missing = f"{one.of} {unit}中 {one.known} {unit}有数" if one.known < one.of else ""
    doubtful = f"{one.conflicts} {unit}勾稽不符" if one.conflicts else ""
    return "；".join(words for words in (missing, doubtful) if words)


def amount(one: Tally) -> str | None:
    """A sum as digits, with ≥ where parts are missing; None where there is nothing to add up.

    Where a part contradicts other figures, the sum bounds nothing, so it gets no ≥.
    """
    if one.at_least is None:
        return None
    return ("≥ " if one.known < one.of and not one.conflicts else "") + number(one.at_least)


def ratio(one: Share) -> str:
    """A share in digits, always with what was divided by what; empty where one of them is not known.

    >>> ratio(Share(1, 3, 1, 1, Status.PRINTED)), ratio(Share(0, 0, 1, 1, Status.PRINTED))
    ('33.3%（1/3）', '分母为 0（0/0）')
    """
    if one.numerator is None or one.denominator is None:
        return ""
    both = f"{number(one.numerator)}/{number(one.denominator)}"
    if one.known < one.of:
        return both
    if one.value is None:
        return f"{PART_OVER_WHOLE if one.denominator else '分母为 0'}（{both}）"
    percent = Decimal(100) * Decimal(one.numerator) / Decimal(one.denominator)
    return f"{percent.quantize(Decimal('0.1'), ROUND_HALF_UP)}%（{both}）"


def share_cell(one: Share, minimum_n: int, place: To) -> Td:
    """A share of one report in a table: its digits and its sign lead to ``place``, the row of what was divided."""
    digits = ratio(one)
    linked = (Link(digits, place, "figure"),) if digits else ()
    return _share_cell(one, minimum_n, (*_share_sign(one, place), *linked))


def share_sum_cell(one: Share, minimum_n: int) -> Td:
    """A share over reports in a table, with what it lacks beside it."""
    digits, lacks = ratio(one), gaps(one, "份")
    sign = () if lacks else _share_sign(one, None)
    told = (*sign, *((Text(digits),) if digits else ()), *((Small(f"（{lacks}）"),) if lacks else ()))
    return _share_cell(one, minimum_n, told)


def _share_sign(one: Share, to: To | None) -> Parts:
    """The sign of a share that is not simply printed; where what is printed cannot be divided, the words for that."""
    if one.status is not Status.PRINTED:
        return (Mark(one.status, to),)
    return () if one.known else (Small(UNUSABLE.sign),)


def _share_cell(one: Share, minimum_n: int, told: Parts) -> Td:
    """A share of few cases is told apart by a word, and greyed."""
    if one.numerator is None or one.denominator is None or not 0 < one.denominator < minimum_n:
        return Td(told, "number")
    return Td((*told, Small(SMALL)), "number little")


def measure_cell(one: Tally, printed_at: To, explained_at: To) -> Td:
    """A measure of one report in a table: its digits lead to where it is printed, the sign before it to its row.

    A measure of several figures says how many of them have a number; if none has, the sign says it all.
    """
    words = amount(one)
    lacks = gaps(one, "格") if one.of > 1 and words else ""
    digits = () if words is None else (Link(words, printed_at, "figure"),)
    return _cell(one, digits, lacks, explained_at)


def sum_cell(one: Tally) -> Td:
    """A sum over reports in a table, with what it lacks beside it."""
    words = amount(one)
    digits = () if words is None else (Text(words),)
    return _cell(one, digits, gaps(one, "份"), None)


def _cell(one: Tally, digits: Parts, lacks: str, to: To | None) -> Td:
    """Signs stand before the digits and gaps after them, on a line of their own, so that digits align."""
    if lacks:
        return Td((*digits, Small(f"（{lacks}）")), "number")
    if one.status is not Status.PRINTED:
        return Td((Mark(one.status, to), *digits), "number")
    return Td(digits or (Small(UNUSABLE.sign),), "number")


def answer_words(answer: Answer) -> str:
    """What a maintainer answers to a finding, who, and when."""
    return f"{answer.reason}（{answer.by}，{answer.date}）"


def answer_of(finding: Finding) -> tuple[Bullets, ...]:
    """The answer as it stands below a finding; nothing where there is none."""
    if finding.answer is None:
        return ()
    told = (Strong(ANSWERED), Text(f"：{answer_words(finding.answer)}"))
    return (Bullets((Item(told),), kind="answer"),)


def page_title(name: str) -> str:
    """What the page of an office or a region is called, outside itself."""
    return f"{name}：政府信息公开年报"


def form_name(form: str | None) -> str:
    """The edition of the form in words."""
    return f"{form} 年版" if form else "没有表格"
