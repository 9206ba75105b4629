"""Take a printed name apart: the regions that it begins with, and the body that is left.

河南省平顶山市舞钢市尚店镇人民政府 is 舞钢市 (410481) + 尚店镇人民政府; 朝阳区教育局 is 朝阳区 + 教育局, of two 朝阳区.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from disclosure.form.bodies import CITY, COUNTY, OTHER, PROVINCE, STREET_OFFICE, TOWNSHIP, kind_of_name, name_core
from disclosure.form.folding import fold
from disclosure.places.gazetteer import LONGEST_NAME, Division, Gazetteer

_GOVERNMENT = re.compile(r"人民政府|政府")
_TOWN = re.compile(r"(?:[镇乡]|苏木)$")
_STREET = re.compile(r"(?:街道|街道办事处|办事处|地区)$")
_TOWNSHIP_BODY = re.compile(r"(?:[镇乡]|苏木|街道|地区|办事处)(?:人民政府|政府|办事处)?$")
_COMMITTEE = re.compile(r"(?:管理委员会|管委会)$")


class Reading(NamedTuple):
    """One way to understand a name: ``region`` is the last of the regions it begins with; None where it has none."""

    region: Division | None
    rest: str


def readings(gazetteer: Gazetteer, name: str, *, short: bool = False) -> tuple[Reading, ...]:
    """Every way to read the name as regions, each inside the one before, and a rest. The last one has no region.

    ``short`` also takes regions without 省, 市, 县 …: 河南平顶山.
    """
    return (*dict.fromkeys(_below(gazetteer, fold(name), None, short=short)),)


def _below(gazetteer: Gazetteer, text: str, above: Division | None, *, short: bool) -> Iterator[Reading]:
    for length in range(min(len(text), LONGEST_NAME), 1, -1):
        for region in _called(gazetteer, text[:length], short=short):
            if above is None or (above.holds(region.code) and region != above):
                rest = text[length:]
                government = _GOVERNMENT.match(rest)
                # 舞钢市人民政府尚店镇 is 舞钢市 + 尚店镇, but 舞钢市人民政府办公室 is the office of that government.
                if government and _TOWNSHIP_BODY.search(rest):
                    yield from _below(gazetteer, rest[government.end() :], region, short=short)
                yield from _below(gazetteer, rest, region, short=short)
    yield Reading(above, text)


def _called(gazetteer: Gazetteer, name: str, *, short: bool) -> tuple[Division, ...]:
    return gazetteer.regions_named(name) or (gazetteer.regions_called(name) if short else ())


def is_short_name_of_region(gazetteer: Gazetteer, name: str) -> bool:
    """Whether a city or county is called so for short: 金乡 may be 金乡县 as well as 金乡街道."""
    return any(not one.is_province for one in gazetteer.regions_called(name))


def townships_called(gazetteer: Gazetteer, rest: str) -> tuple[Division, ...]:
    """Every township in the country whose body may be called so.

    街道, 街道办事处 and 办事处 are the same; 汇源乡 may be 汇源瑶族乡; a 管理委员会 is one of a zone of that name.
    """
    core = name_core(_COMMITTEE.sub("", rest))
    if not core or _TOWNSHIP_BODY.fullmatch(core):
        return ()
    if _STREET.search(fold(rest)):
        names = [f"{core}街道", f"{core}街道办事处", f"{core}办事处", core]
        return tuple(sorted(one for name in names for one in gazetteer.townships_named(name)))
    ethnic = gazetteer.ethnic_townships(core.removesuffix("乡")) if core.endswith("乡") else ()
    return tuple(sorted({*gazetteer.townships_named(core), *gazetteer.townships_named(rest), *ethnic}))


def is_township_body(rest: str) -> bool:
    """Whether a name is that of a township's body, wherever it is."""
    return kind_of_name(rest) in {TOWNSHIP, STREET_OFFICE} or _TOWNSHIP_BODY.search(fold(rest)) is not None


def is_government(rest: str) -> bool:
    """Whether what follows the name of a region is its government itself."""
    return _GOVERNMENT.fullmatch(rest) is not None


def township_body(township: str, printed: str = "") -> tuple[str, str]:
    """The official name and the kind of the body of a township called so.

    ``printed`` is what the report calls it; it decides where a zone has no form of its own.
    """
    if _TOWN.search(township):
        return f"{township}人民政府", TOWNSHIP
    if township.endswith("办事处"):
        return township, STREET_OFFICE
    if township.endswith(("街道", "地区")):
        return f"{township}办事处", STREET_OFFICE
    return printed or township, OTHER


def official_township(rest: str) -> tuple[str, str]:
    """The official name and kind of a township's body of which only the printed name is known."""
    core = name_core(rest)
    if kind_of_name(rest) == STREET_OFFICE and not core.endswith("地区"):
        return township_body(f"{core}街道")
    return township_body(core, fold(rest))


def government_kind(gazetteer: Gazetteer, region: Division) -> str:
    """The kind of the government of a region."""
    if region.is_province:
        return PROVINCE
    return CITY if gazetteer.is_city(region) else COUNTY
