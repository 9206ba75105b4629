"""Damage to the text of a whole report, after its tables were written."""

from __future__ import annotations

import re
from random import Random

_HEAD = 3
"""Lines at the top that carry the title."""


def line_lost(rng: Random, text: str) -> str:
    """A line is gone."""
    lines = text.split("\n")
    if len(lines) > _HEAD:
        del lines[rng.randrange(_HEAD, len(lines))]
    return "\n".join(lines)


def lines_joined(rng: Random, text: str) -> str:
    """A line end became a blank."""
    ends = [match.start() for match in re.finditer("\n", text)][_HEAD:] or [len(text)]
    at = rng.choice(ends)
    return f"{text[:at]} {text[at + 1 :]}"


def stretch_lost(rng: Random, text: str) -> str:
    """Some characters of the text are gone; of each number, all digits or none, and no two become one."""
    start = rng.randrange(40, len(text))
    end = min(len(text), start + rng.randint(1, 60))
    while _in_number(text[start - 1]):
        start -= 1
    while end < len(text) and _in_number(text[end]):
        end += 1
    return f"{text[:start]}{text[end:]}"


def _in_number(char: str) -> bool:
    return char.isdecimal() or char in ".,+-"


def lines_swapped(rng: Random, text: str) -> str:
    """Two neighbouring lines changed places, one of them with words."""
    lines = text.split("\n")
    pairs = [at for at in range(len(lines) - 1) if not (_is_bare(lines[at]) and _is_bare(lines[at + 1]))]
    if pairs:
        at = rng.choice(pairs)
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return "\n".join(lines)


def _is_bare(line: str) -> bool:
    """Whether a line holds numbers and what parts cells, and no word."""
    return not any(char.isalpha() for char in line)


def line_repeated(rng: Random, text: str) -> str:
    """A line is printed twice."""
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    return "\n".join([*lines[:at], lines[at], *lines[at:]])


def page_break(rng: Random, text: str) -> str:
    """A page ends anywhere between two lines: its number, a blank line, the head of the next page."""
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    mark = rng.choice(["- 3 -", "第 2 页 共 5 页", "\f", "4", "试验镇人民政府 2023 年度报告"])
    return "\n".join([*lines[:at], "", mark, "", *lines[at:]])


def characters_misread(rng: Random, text: str) -> str:
    """Up to five characters that are no digits were recognised as others."""
    places = [at for at, char in enumerate(text) if not char.isspace() and not char.isdecimal()]
    chars = list(text)
    for at in rng.sample(places, min(len(places), rng.randint(1, 5))):
        chars[at] = rng.choice("末己曰入囗广亍（。、的")
    return "".join(chars)


def dates_damaged(rng: Random, text: str) -> str:
    """年 and 月 or digits are lost where a page mixes its fonts."""
    lost = rng.choice([("2023年", "2023"), ("2023年", "202年"), ("2023年", "20231月1日"), ("年度", "度")])
    return text.replace(*lost)


def title_garbled(rng: Random, text: str) -> str:
    """The title has its words in disorder, or names the year twice, or is gone."""
    title, _, rest = text.partition("\n")
    half = len(title) // 2
    garbled = ["", "正文", f"2023{title}", title.replace("年度报告", "告年度报"), f"{title[:half]}\n{title[half:]}"]
    return f"{rng.choice(garbled)}\n{rest}"


def counts_in_prose(rng: Random, text: str) -> str:
    """The text between the tables names numbers."""
    at = rng.choice([match.start() for match in re.finditer("\n", text)] or [len(text)])
    prose = rng.choice(
        [
            "2023年，本机关共收到政府信息公开申请12件，上年结转3件。",
            "主动公开信息 45 条，其中规范性文件 2 件。",
            "（注：表中数据截至2023年12月31日）",
            "单位：件",
        ]
    )
    return f"{text[:at]}\n{prose}{text[at:]}"
