"""What a page repeats for the sake of paper: page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from disclosure.read.pdf_page import PageContent
from disclosure.read.pdf_words import Line

_MARGIN = 0.12
"""The share of the page above and below in which such lines stand."""
_MOST_LINES = 2
_MARK = re.compile(
    r"[-–—－_·•]+ ?\d+ ?[-–—－_·•]+|[第共] ?\d+ ?页(?:[ ，,/]*[第共] ?\d+ ?页)?|P(?:age|\.)? ?\d+(?: ?(?:of|/) ?\d+)?",
    re.IGNORECASE,
)
"""A page mark that can be nothing else, wherever it stands in the margin."""
_BARE = re.compile(r"(\d{1,4})(?: ?/ ?\d{1,4})?")
"""A page mark only where it counts on from page to page."""
_LONE_NUMBER = re.compile(r"(?<![^\s])\d+(?![^\s])")


def without_furniture(pages: Sequence[PageContent]) -> list[PageContent]:
    """The pages without their page marks; of a line that the pages repeat in one place, the first stays."""
    margins = [list(_margin_lines(page)) for page in pages]
    dropped: set[tuple[int, Line]] = set()
    for number, lines in enumerate(margins):
        dropped.update((number, line) for line in lines if _MARK.fullmatch(line.text.strip()))
    dropped |= _counting(pages, margins) | _repeated(pages, margins)
    return [
        replace(page, lines=tuple(line for line in page.lines if (number, line) not in dropped))
        for number, page in enumerate(pages)
    ]


def _margin_lines(page: PageContent) -> Iterator[Line]:
    """The first and the last lines of a page, as far as they stand in its margins and outside its tables."""
    upper = min((table.box.top for table in page.tables), default=page.height)
    lower = max((table.box.bottom for table in page.tables), default=0.0)
    head = [line for line in page.lines[:_MOST_LINES] if line.bottom <= min(upper, _MARGIN * page.height)]
    foot = [line for line in page.lines[-_MOST_LINES:] if line.top >= max(lower, (1 - _MARGIN) * page.height)]
    yield from head
    yield from (line for line in foot if line not in head)


def _counting(pages: Sequence[PageContent], margins: Sequence[Sequence[Line]]) -> set[tuple[int, Line]]:
    """Bare numbers in one place that grow by one from page to page."""
    series: defaultdict[tuple[int, bool], set[tuple[int, Line]]] = defaultdict(set)
    for number, lines in enumerate(margins):
        for line in lines:
            if match := _BARE.fullmatch(line.text.strip()):
                above = line.top < pages[number].height / 2
                series[int(match[1]) - pages[number].number, above].add((number, line))
    return {item for items in series.values() if len(items) > 1 for item in items}


def _repeated(pages: Sequence[PageContent], margins: Sequence[Sequence[Line]]) -> set[tuple[int, Line]]:
    """Lines that at least three pages, or all of two, show in one place, but for the first of each.

    Numbers do not count where they are the page's own; a line with any other lone number may be a row of a table.
    """
    places: defaultdict[tuple[str, int], list[tuple[int, Line]]] = defaultdict(list)
    for number, lines in enumerate(margins):
        for line in lines:
            own = str(pages[number].number)
            key = re.sub(rf"(?<!\d){own}(?!\d)", "#", line.text)
            if not _LONE_NUMBER.search(key) and any(char.isalpha() for char in key):
                places[key, round(line.top / 4)].append((number, line))
    enough = min(3, max(2, len(pages)))
    return {item for items in places.values() if len(items) >= enough for item in items[1:]}
