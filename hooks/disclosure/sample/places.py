"""Who reports in a sample: real townships and counties of the gazetteer, marked as invented in name and in code.

Provinces keep their names and codes, as these have to agree. The third and fourth digit of every code are from 60 to
89, which are assigned nowhere: no address of an invented office is that of a real one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from disclosure.fictional import MARK
from disclosure.form.bodies import DEPARTMENT, OTHER
from disclosure.places.gazetteer import Division, Gazetteer, load
from disclosure.places.names import township_body

DEPARTMENTS = (
    ("教育局", "jyj"), ("人力资源和社会保障局", "rsj"), ("自然资源局", "zrzyj"), ("住房和城乡建设局", "zjj"),
    ("农业农村局", "nyncj"), ("卫生健康委员会", "wjw"), ("市场监督管理局", "scjgj"), ("民政局", "mzj"),
    ("财政局", "czj"), ("交通运输局", "jtysj"), ("水利局", "slj"), ("文化广电和旅游局", "wglj"),
)  # fmt: skip
"""Departments of a county: name and suffix of the id."""
_FIRST_CITY = 60


class Place(NamedTuple):
    """An invented office: its id, its name, its kind, and the folders above its own, from the province down."""

    id: str
    name: str
    kind: str
    regions: tuple[str, ...]

    @property
    def folders(self) -> tuple[str, ...]:
        """Its folders below ``reports/``, its own last."""
        return (*self.regions, self.name)


@lru_cache(maxsize=2)
def places(provinces: tuple[str, ...] = ()) -> tuple[Place, ...]:
    """Every office that can be invented in these provinces, all where none is named.

    First the townships in the order of their codes, then department after department of every county: so many offices
    from the start are always the same ones.
    """
    gazetteer = load()
    townships = [one for one in gazetteer.townships.values() if _wanted(gazetteer, one, provinces)]
    cities = _city_digits(gazetteer.townships)
    counties = {one.code[:6]: gazetteer.region_path(one.code) for one in townships}
    regions = {code: tuple(_invented(region) for region in path) for code, path in counties.items()}
    found = [
        Place(_code(one.code, cities), f"{MARK}{name}", kind, regions[one.code[:6]])
        for one in townships
        for name, kind in (township_body(one.name),)
        if kind != OTHER
    ]
    found += [
        Place(f"{_code(county, cities)}-{suffix}", f"{path[-1]}{name}", DEPARTMENT, path)
        for name, suffix in DEPARTMENTS
        for county, path in regions.items()
    ]
    return tuple(_without_homonyms(found))


def province_names() -> tuple[str, ...]:
    """The provinces of which there are places."""
    gazetteer = load()
    held = {code[:2] for code in gazetteer.townships}
    return tuple(one.name for one in gazetteer.regions.values() if one.is_province and one.code[:2] in held)


def _wanted(gazetteer: Gazetteer, township: Division, provinces: Collection[str]) -> bool:
    province = gazetteer.regions[f"{township.code[:2]}0000"].name
    return not township.is_statistical and (not provinces or province in provinces)


def _invented(region: Division) -> str:
    return region.name if region.is_province else f"{MARK}{region.name}"


def _city_digits(codes: Collection[str]) -> Mapping[str, str]:
    """By the first four digits of a real code the digits that stand for its city in invented ones."""
    cities = sorted({code[:4] for code in codes})
    number = {city: sum(other[:2] == city[:2] for other in cities if other < city) for city in cities}
    return {city: str(_FIRST_CITY + rank) for city, rank in number.items()}


def _code(code: str, cities: Mapping[str, str]) -> str:
    return f"{code[:2]}{cities[code[:4]]}{code[4:]}"


def _without_homonyms(found: Collection[Place]) -> Iterator[Place]:
    """Of two offices with one folder the first."""
    taken: set[tuple[str, ...]] = set()
    for place in found:
        if place.folders not in taken:
            taken.add(place.folders)
            yield place
