"""The divisions of China by code and by name, from the province down to townships, read from ``divisions.txt``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from disclosure.form.divisions import PROVINCES, short_name
from disclosure.model import Region

FILE = Path(__file__).with_name("divisions.txt")
EDITION = "2023 年版《统计用区划代码》"
"""What the data are, in sentences for people; ``compact.HEAD`` says more."""
LONGEST_NAME = 15
"""Characters that the name of a region has at most."""
_CITY, _COUNTY, _TOWNSHIP = 4, 6, 9
_DIRECTLY_UNDER_PROVINCE = "90"
"""The third and fourth digit of counties that belong to no city."""
_ZONE = "7"
"""The fifth digit of statistical areas that are no divisions by law (开发区, 新区): 71 to 79."""
_NO_TOWNSHIP_BY_LAW = ("4", "5")
"""The seventh digit of statistical areas at the level of townships: parks, farms, prisons."""


class Division(NamedTuple):
    """A province, city, county or township. ``code`` has 6 digits (``410000``, ``410400``, ``410481``) or 9."""

    code: str
    name: str

    @property
    def is_township(self) -> bool:
        """Whether it is a township or an area at that level."""
        return len(self.code) == _TOWNSHIP

    @property
    def is_province(self) -> bool:
        """Whether it is a province or of that rank."""
        return self.code.endswith("0000")

    @property
    def is_statistical(self) -> bool:
        """Whether the statisticians alone count it as a division, or what it lies in: a park, a farm, a zone."""
        return self.code[4] == _ZONE or self.code[6:7] in _NO_TOWNSHIP_BY_LAW

    def holds(self, code: str) -> bool:
        """Whether what has this code lies in it or is it."""
        return code.startswith(_significant(self.code))


def _significant(code: str) -> str:
    """The digits that all codes below begin with."""
    if len(code) == _TOWNSHIP:
        return code
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


class Gazetteer:
    """Divisions by code and name. Regions are provinces, cities and counties; townships are kept by themselves."""

    def __init__(self, regions: Mapping[str, Division], townships: Mapping[str, Division]) -> None:
        self.regions = regions
        self.townships = townships
        self._regions_named = _by_name(regions.values())

    @cached_property
    def _townships_named(self) -> dict[str, tuple[Division, ...]]:
        return _by_name(self.townships.values())

    @cached_property
    def _called_for_short(self) -> dict[str, tuple[Division, ...]]:
        return _by_name(one._replace(name=short_name(one.name)) for one in self.regions.values())

    @cached_property
    def _directly_in(self) -> dict[str, list[Division]]:
        """Townships by the code of their county, or of the city that has no counties."""
        found: dict[str, list[Division]] = {}
        for one in self.townships.values():
            found.setdefault(one.code[:_COUNTY], []).append(one)
        return found

    @cached_property
    def _ethnic(self) -> tuple[Division, ...]:
        return tuple(one for one in self.townships.values() if one.name.endswith("族乡"))

    def regions_called(self, short: str) -> tuple[Division, ...]:
        """All regions that are called so without their 省, 市, 县 …: 鲁山 for 鲁山县."""
        return tuple(self.regions[one.code] for one in self._called_for_short.get(short, ()))

    def ethnic_townships(self, stem: str) -> Iterator[Division]:
        """The 民族乡 whose name begins so: 汇源瑶族乡 for 汇源."""
        return (one for one in self._ethnic if one.name.startswith(stem))

    def regions_named(self, name: str) -> tuple[Division, ...]:
        """All regions with exactly this name, in the order of their codes."""
        return self._regions_named.get(name, ())

    def townships_named(self, name: str) -> tuple[Division, ...]:
        """All townships with exactly this name, in the order of their codes."""
        return self._townships_named.get(name, ())

    def below(self, region: str) -> Iterator[Division]:
        """The townships of a region, by its code."""
        around = _significant(region)
        inside = [region] if around == region else [one for one in self._directly_in if one.startswith(around)]
        return (township for county in inside for township in self._directly_in.get(county, ()))

    def has_townships(self, region: str) -> bool:
        """Whether townships lie directly in a region, not in counties of it."""
        return region in self._directly_in

    def region_path(self, code: str) -> tuple[Division, ...]:
        """The regions from the province down to the one that has this code, or that the township of this code is in.

        Cities and counties that are not known are left out: the path may end early.
        """
        county = code[:6]
        codes = (f"{county[:2]}0000", f"{county[:4]}00", county)
        return tuple(self.regions[one] for one in dict.fromkeys(codes) if one in self.regions)

    def with_region(self, code: str, name: str) -> Gazetteer:
        """The same with one more region, such as a county that is younger than the edition."""
        return Gazetteer(dict(sorted({**self.regions, code: Division(code, name)}.items())), self.townships)

    def is_city(self, region: Division) -> bool:
        """Whether a region is a city with counties or townships of its own below a province: no county."""
        if region.code.endswith("00"):
            return not region.is_province
        directly = len(self.region_path(region.code)) <= 2  # noqa: PLR2004 - the province and the region itself
        return directly and region.name.endswith("市") and region.code[2:4] != _DIRECTLY_UNDER_PROVINCE


def _by_name(divisions: Iterable[Division]) -> dict[str, tuple[Division, ...]]:
    found: dict[str, tuple[Division, ...]] = {}
    for division in divisions:
        found[division.name] = (*found.get(division.name, ()), division)
    return found


def full_name(path: Iterable[Division | Region]) -> str:
    """The names of a path in one word: 河南省平顶山市舞钢市."""
    return "".join(one.name for one in path)


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The gazetteer of this project.

    Raises:
        OSError: the data file is not there.
        ValueError: it is damaged.
    """
    return parse(FILE.read_text(encoding="utf-8"))


_LINE = re.compile(r"(\d{4}|\d{6}) ([^\d\s]\S*)((?: \d{3}\S+)*)")


def parse(text: str) -> Gazetteer:
    """The gazetteer of a text in the format of ``divisions.txt``.

    Raises:
        ValueError: a line is not in the format.
    """
    regions = {f"{code}0000": Division(f"{code}0000", name) for code, name in PROVINCES.items()}
    townships: dict[str, Division] = {}
    for line in text.splitlines():
        if line.startswith("#") or not line:
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(line)
        code, name, below = match.groups()
        region = f"{code}00" if len(code) == _CITY else code
        regions[region] = Division(region, name)
        for township in below.split():
            full = f"{code}{township[:3]}"
            townships[full] = Division(full, township[3:])
    return Gazetteer(dict(sorted(regions.items())), townships)
