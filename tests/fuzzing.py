"""Inputs that nobody would write: good reports changed at random, by structure and by byte, for ``scripts/fuzz.py``.

An input is made of a seed and a number and nothing else, so that each can be made again.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from random import Random
from typing import NamedTuple, TypeAlias

from accounting import miscounted, used_twice
from damage_lab import blocks, true_figures
from disclosure.check import check_report
from disclosure.form.template import FORMS, TABLES
from disclosure.reading import read_report
from documents import archive
from layouts import LAYOUTS, STYLES, TITLES, grid
from layouts_formats import ALL_STYLES, FORMATS

Mutation: TypeAlias = Callable[[Random, str], str]


class Input(NamedTuple):
    """One input: its kind, the file name that it is read under, its bytes."""

    kind: str
    file: str
    content: bytes


# What is changed -----------------------------------------------------------------------------------------------------


@cache
def _zones(table: str) -> tuple[str, ...]:
    """One table in every layout, whole and its first rows: small, so that a million can be read."""
    found = []
    for seed, (name, layout) in enumerate(LAYOUTS.items()):
        form = ("2021", "2019")[seed % 2]
        true = true_figures(Random(name), form, 20)  # noqa: S311 - the same every time
        rows = grid(form, table, true)
        found.append(f"{TITLES[table]}\n{layout(rows)}")
        found += [layout(rows[:_PART])] if table != "requests" else []
    return tuple(found)


_PART = 5
_ZONES = {"proactive": 10, "disputes": 6, "requests": 2}
"""How often each table is drawn: of table 3, what is left after damage may take long to prove."""


def _draw_zone(rng: Random) -> str:
    (table,) = rng.choices(list(_ZONES), list(_ZONES.values()))
    return rng.choice(_zones(table))


@cache
def _reports(name: str) -> tuple[bytes, ...]:
    """Whole reports in one style."""
    style = ALL_STYLES[name]
    found = []
    for seed, form in enumerate(("2021", "2019", "2021")):
        true = true_figures(Random(seed), form, (2, 20, 400)[seed])  # noqa: S311 - the same every time
        grids = {table: style.prepare(grid(form, table, true)) for table in TABLES}
        found.append(style.publish(blocks(grids, headings=style.headings is not False)))
    return tuple(found)


# How it is changed ---------------------------------------------------------------------------------------------------

WORDS = tuple(
    {
        *TITLES.values(),
        *(
            wording
            for form in FORMS.values()
            for table in form.tables.values()
            for row in table.rows
            for wording in (row.label, row.group, *(column.label for column in row.columns))
        ),
        *(
            "信息内容",
            "申请人情况",
            "法人或其他组织",
            "三、本年度办理结果",
            "五、存在的主要问题及改进情况",
            "一、总体情况",
        ),
    }
)
NUMBERS = (
    "0", "00", "-1", "+0", "1,234", "1,23", "12.5", ".5", "5.", "1e9", "9" * 12, "9" * 40, "１２", "①", "〇", "二十",
    "½", "٣", "0x1F", "1 2", "3/4", "—", "/", "无", "NaN", "2023", "-", "--", "12件", "7（其中2件）", "240万元",
)  # fmt: skip
ODD = (
    "\x00", "\ufeff", "\u202e", "\u2066", "\u200b", "\u2028", "\x0b", "\x0c", "\x85", "\r", "\r\n", "\ud800",
    "\udfff", "\U0001f600", "⼀", "⺠", "㈠", "㊣", "ﬁ", "e\u0301" * 9, "（" * 30, "）" * 30, "|" * 40, "\t" * 40,
    " " * 200, "#" * 20, "|---|---|", "<td>", "</table>", "&nbsp;", "&#0;", "{% x %}", "\\", "**", "__", "```", "。",
    "“", "”", "、", "：", "件",
)  # fmt: skip
LOOSE_LINES = ("- 3 -", "第 2 页 共 5 页", "Page 1", "| 1 | 2 |", "|---|", "2023年度", "单位：件", "（此页无正文）")


def _lines(change: Callable[[Random, list[str]], None]) -> Mutation:
    def mutate(rng: Random, text: str) -> str:
        lines = text.split("\n")
        change(rng, lines)
        return "\n".join(lines)

    return mutate


def _drop_lines(rng: Random, lines: list[str]) -> None:
    at = rng.randrange(len(lines))
    del lines[at : at + rng.choice([1, 1, 3, 10])]


def _repeat_lines(rng: Random, lines: list[str]) -> None:
    at = rng.randrange(len(lines))
    lines[at:at] = lines[at : at + rng.choice([1, 4, 20])] * rng.choice([1, 1, 1, 3])


def _move_lines(rng: Random, lines: list[str]) -> None:
    at, length = rng.randrange(len(lines)), rng.choice([1, 1, 5])
    moved = lines[at : at + length]
    del lines[at : at + length]
    place = rng.randrange(len(lines) + 1)
    lines[place:place] = moved


def _add_line(rng: Random, lines: list[str]) -> None:
    lines.insert(rng.randrange(len(lines) + 1), rng.choice([*WORDS, *NUMBERS, *ODD, *LOOSE_LINES]))


def _change_number(rng: Random, text: str) -> str:
    numbers = list(re.finditer(r"\d+", text))
    if not numbers:
        return text
    match = rng.choice(numbers)
    return f"{text[: match.start()]}{rng.choice(NUMBERS)}{text[match.end() :]}"


def _change_stretch(rng: Random, text: str) -> str:
    start = rng.randrange(len(text) + 1)
    end = min(len(text), start + rng.choice([0, 1, 2, 8, 60, 400]))
    with_what = rng.choice(["", text[start:end] * 2, text[start:end][::-1], rng.choice(WORDS), rng.choice(ODD)])
    return f"{text[:start]}{with_what}{text[end:]}"


def _change_separators(rng: Random, text: str) -> str:
    old, new = rng.choice(["\n", "\t", " ", "|", " | "]), rng.choice(["\n", "\t", " ", "|", "", "\n\n", "\u3000", "/"])
    return text.replace(old, new, rng.choice([-1, -1, 1, 5]))


def _cut(rng: Random, text: str) -> str:
    start, end = sorted(rng.randrange(len(text) + 1) for _ in range(2))
    return rng.choice([text[start:end], text[start:], text[:end]])


def _splice(rng: Random, text: str) -> str:
    other = _draw_zone(rng)
    return text[: rng.randrange(len(text) + 1)] + other[rng.randrange(len(other)) :]


MUTATIONS: tuple[Mutation, ...] = (
    _lines(_drop_lines),
    _lines(_repeat_lines),
    _lines(_move_lines),
    _lines(_add_line),
    _lines(_add_line),
    _change_number,
    _change_number,
    _change_stretch,
    _change_stretch,
    _change_separators,
    _cut,
    _splice,
)


def mutate_text(rng: Random, text: str) -> str:
    """One to six changes by structure."""
    for _ in range(rng.choice([1, 1, 2, 2, 3, 6])):
        text = rng.choice(MUTATIONS)(rng, text or "\n")
    return text[:MOST_CHARACTERS]


MOST_CHARACTERS = 40_000


def mutate_bytes(rng: Random, content: bytes) -> bytes:
    """One to twelve changes by byte: flipped, lost, doubled, overwritten."""
    mutated = bytearray(content)
    for _ in range(rng.choice([1, 1, 2, 4, 12])):
        at = rng.randrange(len(mutated) + 1)
        length = rng.choice([1, 1, 2, 7, 64])
        with_what = rng.choice(
            [b"", mutated[at : at + length] * 2, rng.randbytes(length), b"\x00", b"\xff", b"<", b"%"]
        )
        mutated[at : at + rng.choice([0, length])] = with_what
    return bytes(mutated)


def mutate_package(rng: Random, content: bytes) -> bytes:
    """Change one part of a Word or Excel file and pack it again."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        parts: dict[str, str | bytes] = {name: packed.read(name) for name in packed.namelist()}
    name = rng.choice([name for name in parts if "_rels" not in name and "Content" not in name] * 3 + list(parts))
    inner = parts[name]
    text = inner if isinstance(inner, str) else inner.decode("utf-8", errors="replace")
    for _ in range(rng.choice([1, 1, 2, 5])):
        text = rng.choice([_change_tag, _change_tag, _change_number, _change_stretch])(rng, text)
    parts[name] = text.encode("utf-8", errors="replace")
    return archive(parts)


def _change_tag(rng: Random, text: str) -> str:
    """Lose, double, move or rename one tag."""
    tags = list(re.finditer(r"<[^>]*>", text))
    if not tags:
        return text
    one, other = rng.choice(tags), rng.choice(tags)
    with_what = rng.choice(["", one[0] * 2, other[0], one[0].replace("/", ""), one[0].replace("=", '="9" x=')])
    return f"{text[: one.start()]}{with_what}{text[one.end() :]}"


# Inputs --------------------------------------------------------------------------------------------------------------


def _small_text(rng: Random) -> Input:
    return Input("table", "2023.txt", _encoded(rng, mutate_text(rng, _draw_zone(rng))))


def _whole_text(rng: Random) -> Input:
    text = rng.choice(_reports(rng.choice(_TEXT_STYLES))).decode()
    return Input("report", "2023.txt", _encoded(rng, mutate_text(rng, text)))


_TEXT_STYLES = tuple(name for name, style in STYLES.items() if style.encoding == "utf-8")


def _encoded(rng: Random, text: str) -> bytes:
    encoding = rng.choice(["utf-8"] * 12 + ["gb18030", "utf-16"])
    return text.encode(encoding, errors="surrogatepass" if encoding == "utf-8" else "replace")


def _text_bytes(rng: Random) -> Input:
    return Input("bytes", rng.choice(["2023.txt", "2023.md"]), mutate_bytes(rng, _draw_zone(rng).encode()))


def _web_page(rng: Random) -> Input:
    page = rng.choice(_reports("web")).decode()
    for _ in range(rng.choice([1, 2, 4])):
        page = rng.choice([_change_tag, _change_tag, _change_number, _change_stretch, _cut])(rng, page)
    return Input("web", "2023.html", page.encode("utf-8", errors="surrogatepass"))


def _package(rng: Random) -> Input:
    name = rng.choice(["word", "excel"])
    mutate = rng.choice([mutate_package, mutate_package, mutate_package, mutate_bytes])
    return Input(name, f"2023{FORMATS[name].suffix}", mutate(rng, rng.choice(_reports(name))))


def _pdf(rng: Random) -> Input:
    return Input("pdf", "2023.pdf", mutate_bytes(rng, rng.choice(_reports("pdf"))))


SOURCES: tuple[tuple[int, Callable[[Random], Input]], ...] = (
    (10_000, _small_text),
    (2_000, _text_bytes),
    (300, _whole_text),
    (150, _web_page),
    (300, _package),
    (5, _pdf),
)
"""How often each is drawn."""
_WEIGHTS, _MAKERS = zip(*SOURCES, strict=True)


def make_input(seed: int, number: int) -> Input:
    """One input."""
    rng = Random(f"{seed} {number}")  # noqa: S311 - each input can be made again
    (maker,) = rng.choices(_MAKERS, _WEIGHTS)
    made: Input = maker(rng)
    return made


# What has to hold ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong with one input: ``crash`` or ``account``, and the words for it."""

    kind: str
    message: str


def check_input(one: Input) -> Failure | None:
    """Read one input and check what holds of every reading; None where it does."""
    try:
        report = read_report(one.file, one.content)
        check_report(report)
    except Exception as error:  # noqa: BLE001 - any exception is what is looked for
        return Failure("crash", f"{type(error).__name__}: {error}")
    lost = miscounted(report.filling, report.lines)
    if lost:
        return Failure("account", f"characters without owner or with two: {lost}")
    twice = list(used_twice(report))
    return Failure("account", twice[0]) if twice else None
