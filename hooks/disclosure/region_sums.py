"""Every measure added up over regions: a county from its reports, a city from its counties, and so on to all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple, TypeAlias, cast

import pandas as pd

from disclosure.dataset import Dataset
from disclosure.measures import MEASURE, MEASURES, Measure
from disclosure.model import Office, Status
from disclosure.tallies import Amount, Share, Tally, add_up, add_up_shares, add_up_sums, worst

Place: TypeAlias = tuple[str, ...]
"""The codes of regions from the province down; empty for all of them together."""
ALL: Final = "all"
"""Stands for no region: all offices of the collection together."""
_Key: TypeAlias = tuple[int, str]
_ORDER = {measure.id: number for number, measure in enumerate(MEASURES)}


class RegionSum(NamedTuple):
    """What a measure comes to in a region (``ALL``: everywhere) in a year, over so many reports."""

    region: str
    year: int
    measure: Measure
    reports: int
    amount: Amount


def sum_regions(offices: Iterable[Office], dataset: Dataset) -> Iterator[RegionSum]:
    """The sums of all together and of every region, by code, year and the order of the measures.

    A measure that no report of a region and year has is left out. Where some have it, the others, whose form does not,
    are parts that are missing.
    """
    places = {office.id: tuple(region.code for region in office.regions) for office in offices}
    reports = _count_reports(places, dataset.reports)
    sums = _roll_up(_by_place(places, dataset.measures))
    for place in sorted(sums):
        for year, name in sorted(sums[place], key=lambda key: (key[0], _ORDER[key[1]])):
            count = reports[place, year]
            amount = _over(count, sums[place][year, name])
            yield RegionSum(place[-1] if place else ALL, year, MEASURE[name], count, amount)


def _count_reports(places: Mapping[str, Place], reports: pd.DataFrame) -> Counter[tuple[Place, int]]:
    """The reports of every place and year, of the places around it too."""
    named = zip(reports["office"], reports["year"], strict=True)
    return Counter(
        (places[office][:depth], int(year)) for office, year in named for depth in range(len(places[office]) + 1)
    )


def _by_place(places: Mapping[str, Place], measures: pd.DataFrame) -> dict[Place, dict[_Key, list[Amount]]]:
    found: dict[Place, dict[_Key, list[Amount]]] = defaultdict(lambda: defaultdict(list))
    columns = (measures[name].tolist() for name in ("office", "year", "measure", "tally", "share"))
    for office, year, measure, tally, share in zip(*columns, strict=True):
        found[places[office]][year, measure].append(tally if share is None else share)
    return found


def _roll_up(parts: Mapping[Place, Mapping[_Key, list[Amount]]]) -> dict[Place, dict[_Key, Amount]]:
    """The sums of every place, the deepest first, each of which is a part of the place around it."""
    below: dict[Place, dict[_Key, list[Amount]]] = defaultdict(lambda: defaultdict(list))
    sums: dict[Place, dict[_Key, Amount]] = {}
    around = {place[:depth] for place in parts for depth in range(len(place) + 1)}
    for place in sorted(around, key=lambda place: (-len(place), place)):
        for key, own in parts.get(place, {}).items():
            below[place][key].append(_sum(own, add_up))
        sums[place] = {key: _sum(listed, add_up_sums) for key, listed in below[place].items()}
        for key, amount in sums[place].items() if place else ():
            below[place[:-1]][key].append(amount)
    return sums


def _sum(parts: list[Amount], add: Callable[[Iterable[Tally]], Tally]) -> Amount:
    """The sum of amounts of one measure: all of them are shares, or none is."""
    if isinstance(parts[0], Share):
        return add_up_shares(cast("list[Share]", parts))
    return add(cast("list[Tally]", parts))


def _over(reports: int, amount: Amount) -> Amount:
    """The sum as one over all reports, of which some may not have the measure."""
    return amount if amount.of == reports else replace(amount, of=reports, status=worst((amount.status, Status.ABSENT)))
