"""Who reports on which year, as the text itself says. Never guessed: what is not plainly there is None."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from disclosure.form.folding import INVISIBLE
from disclosure.model import Identity

FOUND_IN = {"title": "标题", "preamble": "前言"}
"""Where a name can have stood (``Identity.found_in``), in words."""

_YEAR = r"(?P<year>20\d{2})"
_NAME = r"(?P<name>[\u3400-\u9fff（）()·]{2,40}?)"
_TOPIC = r"(?:政府)?(?:信息公开|政务公开)"
_REPORT = "(?:报告|年报|告年度报)"
"""The last is seen where a page lost the order of its characters."""
_START = r"(?:^|[>》】])(?:(?:文件)?(?:已失效|已废止|现行有效))?(?:(?:信息|文件)?(?:名称|标题)[：:])?"
"""Before a title on its line: where the page stands in the site, its kind in brackets, its state, the field's name."""
_TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_START}(?:关于|现公布|现将)?{_NAME}(?:关于)?{_YEAR}年?度?{_TOPIC}.{{0,8}}{_REPORT}",
        rf"{_START}(?:关于)?{_NAME}{_TOPIC}(?:工作)?{_YEAR}年?度?(?:年度)?(?:工作)?{_REPORT}",
        rf"{_START}(?:关于)?{_YEAR}年?度?{_NAME}(?:关于)?(?:20\d{{2}}年?度?)?{_TOPIC}.{{0,8}}{_REPORT}",
        rf"{_START}(?:关于)?{_NAME}{_TOPIC}.{{0,8}}{_REPORT}[（(]{_YEAR}年?度?[）)]",
    )
)
"""Titles, written without white space. The office comes before the year, or the year comes first."""
_PREAMBLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:本报告|本年度报告|本年报)(?:是)?由{_NAME}(?:按照|根据|依据|编制|发布)",
        rf"请与{_NAME}联系",
    )
)
_PERIOD = re.compile(rf"{_YEAR}年?0?1月?0?1日?(?:起|至|到|—|-|－)")
_A_BODY = re.compile(
    r".{2,}(?:政府|办事处|街道|[镇乡局委厅院署队站会部处所办]|办公室|中心|公司|集团|学校|大学|学院|医院)$"
)
"""How the name of a body ends. Anything else before a year is a phrase, not a name."""
_NOT_A_NAME = re.compile(
    r"^[本我](?:机关|单位|街道|镇|乡|局|县|区|市|办)|^(?:年度|关于|[上下]一[篇条])|报告|信息"
    r"|^(?:街道|[镇乡县区市旗])?(?:人民政府|政府|办事处|街道)?(?:办公室)?$"
)
"""Phrases, and kinds of bodies that name none: what is left of a title broken inside the name."""
_MOST_LINES = 40
"""The title and the preamble stand within this many non-empty lines."""
_LONGEST_LINE = 400
_LONGEST_TITLE_LINE = 40
_MOST_TITLE_LINES = 3
"""So many short lines in a row may be one title that was broken."""


def identify(lines: Sequence[str]) -> Identity:
    """Read name and year from the title, else from the preamble and the sentence on the reporting period."""
    for number, text in _head(lines):
        if not _may_be_a_title(text):
            continue
        for pattern in _TITLES:
            match = pattern.search(text)
            if match and _is_name(match["name"]):
                return Identity(match["name"], "title", number, int(match["year"]), number)
    head = list(_head(lines))
    name, name_line = _first(head, _PREAMBLES, "name")
    year, year_line = _first(head, (_PERIOD,), "year")
    if year is None:
        year, year_line = _first(head, (re.compile(rf"{_YEAR}年?度?{_TOPIC}"),), "year")
    found_in = None if name is None else "preamble"
    return Identity(name, found_in, name_line, None if year is None else int(year), year_line)


def part_of_another_year(lines: Sequence[str], year: int | None) -> range:
    """The lines from the title of a report on another year to the end, or to a title of this year; empty without one.

    A file may hold the report of the year before as well. Only a line that is a title and nothing else counts: a
    sentence, a link or a heading may name another year, too.
    """
    found = [(number, other) for number, line in enumerate(lines, start=1) if (other := _year_of_title(line))]
    first = next((number for number, other in found if year and other != year), None)
    if first is None:
        return range(0)
    end = next((number for number, other in found if number > first and other == year), len(lines) + 1)
    return range(first, end)


def _may_be_a_title(text: str) -> bool:
    """Whether a text has what all titles have; quickly told, as most lines have not."""
    return "公开" in text and "报" in text


def _year_of_title(line: str) -> int | None:
    """The year in a line that is the title of a report and nothing else."""
    if not _may_be_a_title(line) or len(line) > _LONGEST_LINE:
        return None
    text = _with_arabic_year(re.sub(r"[\s#*_]+", "", INVISIBLE.sub("", line)))
    for match in (pattern.fullmatch(text) for pattern in _TITLES):
        if match and _is_name(match["name"]):
            return int(match["year"])
    return None


def _head(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The first non-empty lines, without Markdown marks and white space; a title broken over lines is joined."""
    seen = 0
    short: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        text = _with_arabic_year(re.sub(r"[\s#*_]+", "", INVISIBLE.sub("", line[:_LONGEST_LINE])))
        if not text:
            continue
        yield number, text
        short = [*short, (number, text)][-_MOST_TITLE_LINES:] if len(text) < _LONGEST_TITLE_LINE else []
        for count in range(2, len(short) + 1):
            yield short[-count][0], "".join(piece for _, piece in short[-count:])
        seen += 1
        if seen == _MOST_LINES:
            return


def _with_arabic_year(text: str) -> str:
    """The text with years in Chinese or full-width digits (二〇二三年, ２０２３年) in the digits that patterns know."""
    return _OTHER_YEAR.sub(lambda match: match[0].translate(_DIGITS), text) if _OTHER_YEAR.search(text) else text


_OTHER_YEAR = re.compile(r"[二２][〇○零０Ｏ][〇○零一二三四五六七八九０-９]{2}(?=年)")
_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九０１２３４５６７８９", "00001234567890123456789")


def _is_name(text: str) -> bool:
    return _A_BODY.match(text) is not None and _NOT_A_NAME.search(text) is None


def _first(
    head: Sequence[tuple[int, str]], patterns: Sequence[re.Pattern[str]], group: str
) -> tuple[str | None, int | None]:
    for number, text in head:
        for pattern in patterns:
            match = pattern.search(text)
            if match and (group != "name" or _is_name(match["name"])):
                return match[group], number
    return None, None
