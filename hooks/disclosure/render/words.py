"""How numbers and sums are put into words and cells: one way for all pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from disclosure.dataset import Tally
from disclosure.model import Figure, Number, Status
from disclosure.render.blocks import Inline, Link, Mark, Parts, Small, Td, Text, To

_SLOT = re.compile(r"\{(\w+)\}")


def number(value: Number) -> str:
    """A number as digits, a decimal with the places it was printed with.

    >>> number(Decimal("1.50"))
    '1.50'
    """
    return format(value, "f") if isinstance(value, Decimal) else str(value)


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


def gaps(one: Tally, unit: str) -> str:
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


def tally_cell(one: Tally, to: To | None, unit: str) -> Td:
    """A sum in a table: its digits lead to where it comes from, and what it lacks stands beside it.

    The sign of a status stands beside a single figure, and beside a sum that lacks nothing.
    """
    words, lacks = amount(one), gaps(one, unit) if one.of > 1 else ""
    parts: list[Inline] = []
    if words is not None:
        parts.append(Link(words, to, "figure") if to else Text(words))
    if one.status is not Status.PRINTED and not lacks:
        parts.append(Mark(one.status, to))
    if lacks:
        parts.append(Small(f"（{lacks}）"))
    return Td(tuple(parts), "number")


def form_name(form: str | None) -> str:
    """The edition of the form in words."""
    return f"{form} 年版" if form else "没有表格"
