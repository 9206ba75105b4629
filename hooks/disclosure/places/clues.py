"""What a text, and the folder that a file was given in, say about the place of a body. Nothing is decided here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from disclosure.form.bodies import name_core
from disclosure.form.folding import INVISIBLE
from disclosure.places.gazetteer import LONGEST_NAME, Division, Gazetteer
from disclosure.places.names import Reading, is_township_body, readings


class From(StrEnum):
    """Where a clue is from; the order is that in which they are named as the reason."""

    PRINTED = "printed"
    """Regions stand right before the name of the body, somewhere in the text."""
    ADDRESS = "address"
    FOLDER = "folder"
    ORDER = "order"
    """Whoever files the report says so."""
    MENTION = "mention"
    """The text names the region, in whatever connection. The weakest: a neighbour may be named, too."""


class Clue(NamedTuple):
    """One hint: the place is in one of the divisions with these ``codes`` (a name may be that of several).

    ``said`` are the words as they stand there, ``line`` is their line in the report.
    """

    source: From
    codes: tuple[str, ...]
    said: str
    line: int | None = None

    def allows(self, code: str) -> bool:
        """Whether a place of this code can be meant."""
        return any(Division(one, "").holds(code) for one in self.codes)


_MARKS = re.compile(r"[\s#*_>|]+")
_ADDRESS = re.compile(r"(?:地址|住所)(?:为|是|位于)?[：:]?(?P<address>[\u3400-\u9fff]{4,40})")
_ENDINGS = "省市区县旗州盟"
_COMPOUND = r"市(?:场|值|售|容|民(?!政|族))|区[域划别分块位间]|县[级域]|州际|省[级略事钱心时]"
"""Words that begin with the last character of a region: 东方市场 is not 东方市."""
_ENDING = re.compile(f"(?!{_COMPOUND})[{_ENDINGS}]")
_SHORTEST = 3
"""城区 and 郊区 are words as well as names; whatever has two characters is not looked for."""
_ALSO_WORDS = frozenset({"新城区", "老城区", "新市区", "城中区", "市中区"})
"""Any text may call a part of any town so: they count only where they stand right before the name of a body."""
_LOOK_BACK = 40
_MOST_LINES = 20_000


def text_clues(gazetteer: Gazetteer, lines: Sequence[str], name: str | None) -> tuple[Clue, ...]:
    """The clues in the text of a report whose body has the printed ``name``; each once, with its first line."""
    found: dict[tuple[From, tuple[str, ...]], Clue] = {}
    forms = _forms(gazetteer, name) if name else ()
    telling = re.compile(f"[{_ENDINGS}址所{re.escape(''.join(form[-1:] for form in forms))}]")
    for number, line in enumerate(lines[:_MOST_LINES], start=1):
        if not telling.search(line):
            continue
        text = _MARKS.sub("", INVISIBLE.sub("", line))
        for clue in _clues_of_line(gazetteer, text, forms, number):
            found.setdefault((clue.source, clue.codes), clue)
    return tuple(sorted(found.values(), key=lambda clue: (list(From).index(clue.source), clue.line or 0)))


def _clues_of_line(gazetteer: Gazetteer, text: str, forms: Iterable[str], number: int) -> Iterator[Clue]:
    for form in forms:
        yield from _before_name(gazetteer, text, form, number)
    for match in _ADDRESS.finditer(text):
        yield from _first_region(gazetteer, match["address"], From.ADDRESS, number)
    for said, codes in _mentions(gazetteer, text):
        yield Clue(From.MENTION, codes, said, number)


def _forms(gazetteer: Gazetteer, name: str) -> tuple[str, ...]:
    """How a text calls the body without its regions: 金乡街道, 金乡办事处; of departments nothing is looked for."""
    rests = {reading.rest for reading in readings(gazetteer, name) if is_township_body(reading.rest)}
    if not rests:
        return ()
    rest = min(rests, key=len)
    core = name_core(rest)
    return (core,) if core == rest.removesuffix("人民政府").removesuffix("政府") else (f"{core}街道", f"{core}办事处")


def _before_name(gazetteer: Gazetteer, text: str, form: str, number: int) -> Iterator[Clue]:
    start = text.find(form)
    while start > 0:
        before = text[max(0, start - _LOOK_BACK) : start].removesuffix("人民政府")
        region = _ending(gazetteer, before)
        if region:
            said, codes = region
            yield Clue(From.PRINTED, codes, f"{said}{form}", number)
        start = text.find(form, start + 1)


def _ending(gazetteer: Gazetteer, text: str) -> tuple[str, tuple[str, ...]] | None:
    """The regions that a text ends with, the longest name first: (their words, the codes they can have)."""
    for length in range(min(len(text), LONGEST_NAME), _SHORTEST - 1, -1):
        regions = gazetteer.regions_named(text[-length:])
        if regions:
            above = _ending(gazetteer, text[:-length])
            inside = [one for one in regions if above and _in_one_of(gazetteer, one, above[1])]
            said = f"{above[0]}{text[-length:]}" if above and inside else text[-length:]
            return said, tuple(one.code for one in inside or regions)
    return None


def _in_one_of(gazetteer: Gazetteer, division: Division, codes: Iterable[str]) -> bool:
    return any(gazetteer.regions[code].holds(division.code) for code in codes)


def _first_region(gazetteer: Gazetteer, text: str, source: From, number: int | None) -> Iterator[Clue]:
    """The regions that a text begins with, as one clue."""
    read = deepest(readings(gazetteer, text))
    if read:
        yield Clue(source, tuple(one.code for one, _ in read), text.removesuffix(read[0][1]), number)


def deepest(found: Iterable[Reading]) -> list[tuple[Division, str]]:
    """The readings that take most of a name for regions; none where it begins with none."""
    read = [(one.region, one.rest) for one in found if one.region is not None]
    shortest = min((len(rest) for _, rest in read), default=0)
    return [(region, rest) for region, rest in read if len(rest) == shortest]


def _mentions(gazetteer: Gazetteer, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The full names of regions in a text, the longest at each place."""
    for ending in _ENDING.finditer(text):
        end = ending.end()
        for length in range(min(end, LONGEST_NAME), _SHORTEST - 1, -1):
            said = text[end - length : end]
            regions = gazetteer.regions_named(said)
            if regions:
                if said not in _ALSO_WORDS:
                    yield said, tuple(one.code for one in regions)
                break


def folder_clues(gazetteer: Gazetteer, folders: Sequence[str]) -> tuple[Clue, ...]:
    """What the names of folders say, from the outermost: each that is made of regions alone is a clue."""
    clues = []
    for folder in folders:
        read = deepest(readings(gazetteer, folder))
        if read and not read[0][1]:
            clues.append(Clue(From.FOLDER, tuple(region.code for region, _ in read), folder))
    return tuple(clues)
