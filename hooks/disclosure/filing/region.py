"""What ``--region`` means: a code, or the names of regions with or without 省, 市, 县."""

from __future__ import annotations

import re
from collections.abc import Iterable

from disclosure.errors import DisclosureError
from disclosure.places.clues import Clue, From
from disclosure.places.gazetteer import Division, Gazetteer, full_name
from disclosure.places.names import readings, townships_called

_BETWEEN = re.compile(r"[\s/\\、,，>-]+")
_CODE = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}")
_NEW = re.compile(r"(?P<code>\d{6})=(?P<names>.+)")
_REGION, _TOWNSHIP = 6, 9
_MOST = 20


class RegionError(DisclosureError):
    """``--region`` names no place, or several."""


def parse_region(gazetteer: Gazetteer, text: str) -> tuple[Gazetteer, Clue]:
    """The one place that is meant, and the gazetteer with it.

    ``410499=河南省/平顶山市/某县`` gives a region that the gazetteer does not have, with its code.

    Raises:
        RegionError: nothing is called so, or several places are; the sentence lists them.
    """
    new = _NEW.fullmatch(text.strip())
    if new:
        return _new_region(gazetteer, new["code"], new["names"])
    if _CODE.fullmatch(text.strip()):
        return gazetteer, _by_code(gazetteer, text.strip())
    found = _by_name(gazetteer, _BETWEEN.sub("", text))
    if len(found) != 1:
        raise RegionError(_not_one(gazetteer, text, found))
    return gazetteer, _clue(gazetteer, found[0])


def _by_code(gazetteer: Gazetteer, digits: str) -> Clue:
    code = digits[:_TOWNSHIP] if len(digits) > _REGION else digits.ljust(_REGION, "0")
    if len(code) == _TOWNSHIP and code.endswith("000"):
        code = code[:_REGION]
    known = gazetteer.townships.get(code) or gazetteer.regions.get(code)
    if known is None and not (len(code) == _TOWNSHIP and code[:_REGION] in gazetteer.regions):
        raise RegionError(f"名录里没有代码 {digits}。请核对，或者改用名称，如 --region 河南省平顶山市舞钢市。")
    return _clue(gazetteer, known or Division(code, ""))


def _by_name(gazetteer: Gazetteer, text: str) -> list[Division]:
    for short in (False, True):
        read = [(one.region, one.rest) for one in readings(gazetteer, text, short=short)]
        regions = [region for region, rest in read if region is not None and not rest]
        townships = [
            township
            for region, rest in read
            for township in townships_called(gazetteer, rest)
            if region is None or region.holds(township.code)
        ]
        if regions or townships:
            return list(dict.fromkeys([*regions, *townships]))
    return []


def _new_region(gazetteer: Gazetteer, code: str, names: str) -> tuple[Gazetteer, Clue]:
    """A region that is younger than the gazetteer, below one that it has."""
    *above, name = [part for part in _BETWEEN.split(names) if part]
    known = _by_name(gazetteer, "".join(above)) if above else []
    if len(known) != 1 or not known[0].holds(code) or not re.fullmatch(r"[\u3400-\u9fff]{2,15}", name):
        raise RegionError(f"“{code}={names}”应写作：代码=省/市/县，代码属于这个省市，如 410499=河南省/平顶山市/某县。")
    if code in gazetteer.regions and gazetteer.regions[code].name != name:
        raise RegionError(f"代码 {code} 在名录里是“{gazetteer.regions[code].name}”。请核对。")
    extended = gazetteer.with_region(code, name)
    return extended, _clue(extended, extended.regions[code])


def _clue(gazetteer: Gazetteer, division: Division) -> Clue:
    return Clue(From.ORDER, (division.code,), place_name(gazetteer, division))


def place_name(gazetteer: Gazetteer, division: Division) -> str:
    """A division with all that it lies in: 河南省平顶山市舞钢市尚店镇."""
    path = full_name(gazetteer.region_path(division.code))
    return f"{path}{division.name}" if division.is_township else path


def _not_one(gazetteer: Gazetteer, text: str, found: Iterable[Division]) -> str:
    choices = list(found)
    if not choices:
        return f"名录里没有叫“{text}”的地方。请写全称，如 河南省平顶山市舞钢市，或者写区划代码，如 410481。"
    listed = "\n".join(f"  {one.code}  {place_name(gazetteer, one)}" for one in choices[:_MOST])
    more = f"\n  ……共 {len(choices)} 处" if len(choices) > _MOST else ""
    return f"叫“{text}”的地方有 {len(choices)} 处，请写全称或代码：\n{listed}{more}"
