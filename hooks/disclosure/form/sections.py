"""Find the headings of the six sections, and give every line of the narrative to one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from disclosure.form.folding import fold
from disclosure.form.template import SECTIONS
from disclosure.model import Span

_ALSO = {
    "overview": ("工作概述", "总体情况概述", "概述"),
    "proactive": ("行政机关主动公开政府信息情况", "主动公开情况", "主动公开信息情况"),
    "requests": ("收到和处理政府信息公开申请的情况", "依申请公开政府信息情况", "收到和处理信息公开申请情况"),
    "disputes": (
        "因政府信息公开工作被申请行政复议提起行政诉讼情况",
        "政府信息公开行政复议和行政诉讼情况",
        "行政复议、行政诉讼情况",
    ),
    "problems": (
        "政府信息公开工作存在的主要问题及改进情况",
        "存在的主要问题和改进情况",
        "存在问题及改进情况",
        "存在的问题及改进措施",
    ),
    "other": ("需要报告的其他事项", "其他需报告的事项", "其他事项"),
}
"""Titles accepted beside the official ones."""
TITLES = [(fold(title), name) for name in SECTIONS for title in (SECTIONS[name][1], *_ALSO[name])]
_KNOWN_TITLES = [title for title, _ in TITLES]
_SECTION_OF_TITLE = dict(reversed(TITLES))
_NUMBERED = re.compile(r"(?:第?[一二三四五六七八九十]{1,2}(?:部分)?|\d)[、.．，,]?\s*(?=[^\s、.．，,])")
MARKUP = "#*_> \t\u3000"
"""Marks of Markdown, and white space, that may stand around a heading."""
_CONTENTS = re.compile(r"(?:[.．…·‧]{2,}|\t)[.．…·‧ ]*\d{1,3}\s*$")
"""How a line of a table of contents ends: leaders or a tab, then the page."""
_SHORTEST_END = 12
"""Characters at the end of a line that show it."""
_LONGEST = max(len(title) for title, _ in TITLES) + 6
_SHORTEST = min(len(title) for title, _ in TITLES)
_CLOSE_ENOUGH = 84
"""Similarity in percent above which a numbered line is a misprinted title."""
_CLOSE_ENOUGH_WITH_ITS_NUMBER = 75
"""The same where the line carries the section's own number (二、主动公开政府政府情况: 80)."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of section ``id`` as it stands in the source, without the marks of Markdown around it."""

    id: str
    span: Span
    text: str


def find_headings(lines: Sequence[str]) -> list[Heading]:
    """The headings of the six sections, in order, each section at most once.

    A sub-heading that repeats a title, such as “（二）主动公开政府信息情况”, is told by its brackets.
    """
    candidates = [
        Heading(name, Span(number, start, start + len(title)), title)
        for number, line in enumerate(lines, start=1)
        if len(line) >= _SHORTEST
        for name, start, title in _titles_in(line)
    ]
    return _longest_in_order(candidates)


def _titles_in(line: str) -> Iterable[tuple[str, int, str]]:
    """The section that each title in a line belongs to, where it starts, and its text."""
    title = line.strip(MARKUP)
    if len(title) < _SHORTEST or _ends_as_in_contents(line.rstrip()):
        return ()
    name = _section_of(title)
    if name is not None:
        return ((name, line.index(title), title),)
    if len(title) <= _LONGEST * 2:
        return ()
    pieces = re.finditer(r"\S+", line)
    return [(name, piece.start(), piece[0]) for piece in pieces if (name := _section_of(piece[0])) is not None]


def _ends_as_in_contents(line: str) -> bool:
    return line[-1:].isdecimal() and _CONTENTS.search(line[-_SHORTEST_END:]) is not None


@lru_cache(maxsize=4096)
def _section_of(text: str) -> str | None:
    """Which section this text is the title of, or None."""
    if not _SHORTEST <= len(text) <= _LONGEST * 2:
        return None
    numbered = _NUMBERED.match(text)
    title = fold(text[numbered.end() :] if numbered else text)
    if title in _SECTION_OF_TITLE:
        return _SECTION_OF_TITLE[title]
    if not numbered or len(title) > _LONGEST:
        return None
    _, score, index = process.extractOne(title, _KNOWN_TITLES, scorer=fuzz.ratio)
    name = TITLES[index][1]
    own_number = numbered[0].startswith(SECTIONS[name][0])
    return name if score >= (_CLOSE_ENOUGH_WITH_ITS_NUMBER if own_number else _CLOSE_ENOUGH) else None


def _longest_in_order(candidates: list[Heading]) -> list[Heading]:
    """The longest run of candidates whose sections follow the order of the form; the earliest where equal."""
    order = list(SECTIONS)
    best: dict[str, list[Heading]] = {}
    for heading in candidates:
        earlier = order[: order.index(heading.id)]
        chain = [*max((best[name] for name in earlier if name in best), key=len, default=[]), heading]
        if len(chain) > len(best.get(heading.id, [])):
            best[heading.id] = chain
    return max((best[name] for name in order if name in best), key=len, default=[])
