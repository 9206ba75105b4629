"""What measures come to, in one report and over many: counts and shares, with what they lack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from disclosure.api.encode import plain
from disclosure.api.shapes import like, mapping, nullable, record, truth
from disclosure.export.schema import MEASURE_VALUES, REGION_SUMS
from disclosure.figure_json import PLAIN, Json
from disclosure.measures import Measure
from disclosure.region_sums import RegionSum
from disclosure.tallies import Share, Tally

_BOTH = ("value", "status", "known", "of", "conflicts")
_SMALL = nullable(truth("分母偏小", "只用于比值：分母小于指标的最小分母，比值说明不了什么。分母没有数就为空。"))
AMOUNT: Final = record(
    "指标的值",
    {name: like(MEASURE_VALUES, name) for name in _BOTH},
    {name: like(MEASURE_VALUES, name) for name in ("at_least", "numerator", "denominator")} | {"small_n": _SMALL},
)
AMOUNTS: Final = mapping(AMOUNT, "指标", "按指标编号。表式里没有的指标不列。")


class YearSums(NamedTuple):
    """What the reports of one year add up to, in a region or everywhere."""

    year: int
    reports: int
    measures: Json

    def as_json(self) -> Json:
        """As it stands in documents."""
        return {"year": self.year, "reports": self.reports, "measures": self.measures}


YEAR_SUMS: Final = record(
    "一年的合计", {"year": like(REGION_SUMS, "year"), "reports": like(REGION_SUMS, "reports"), "measures": AMOUNTS}
)


def amount_json(measure: Measure, amount: Tally | Share) -> Json:
    """One measure as it stands in documents."""
    return _share(measure, amount) if isinstance(amount, Share) else _tally(amount)


def _tally(one: Tally) -> Json:
    return {
        "value": one.value,
        "status": PLAIN[one.status],
        "at_least": one.at_least,
        "known": one.known,
        "of": one.of,
        "conflicts": one.conflicts,
    }


def _share(measure: Measure, one: Share) -> Json:
    least = measure.minimum_n
    return {
        "value": plain(one.value),
        "status": PLAIN[one.status],
        "numerator": one.numerator,
        "denominator": one.denominator,
        "small_n": None if one.denominator is None or least is None else one.denominator < least,
        "known": one.known,
        "of": one.of,
        "conflicts": one.conflicts,
    }


def sums_by_region(sums: Iterable[RegionSum]) -> dict[str, list[YearSums]]:
    """The sums by region; years in their order."""
    found: dict[str, list[YearSums]] = {}
    for (region, year), same in groupby(sums, key=attrgetter("region", "year")):
        found.setdefault(region, []).append(_year_sums(year, list(same)))
    return found


def _year_sums(year: int, sums: Sequence[RegionSum]) -> YearSums:
    measures = {one.measure.id: amount_json(one.measure, one.amount) for one in sums}
    return YearSums(year, sums[0].reports, measures)
