"""What measures come to, in one report and over many: counts and shares, with what they lack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

import pandas as pd

from disclosure.api.encode import plain
from disclosure.api.shapes import like, mapping, nullable, record, truth
from disclosure.export.schema import MEASURE_VALUES, REGION_SUMS
from disclosure.figure_json import PLAIN, Json
from disclosure.measures import MEASURE, Measure
from disclosure.model import Status
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


def sums_by_region(region_sums: pd.DataFrame) -> dict[str, list[YearSums]]:
    """The rows of ``export.schema.REGION_SUMS`` by region; years in their order."""
    found: dict[str, list[YearSums]] = {}
    names = REGION_SUMS.columns
    columns = (_plain_values(region_sums[name]) for name in names)
    rows = (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))
    for (region, year), same in groupby(rows, key=itemgetter("region", "year")):
        found.setdefault(region, []).append(_year_sums(year, list(same)))
    return found


def _plain_values(column: pd.Series[Any]) -> Iterator[Any]:
    """The values of a column as Python's own; None where there is none."""
    return (None if missing else value for value, missing in zip(column.tolist(), column.isna(), strict=True))


def _year_sums(year: int, rows: Sequence[Json]) -> YearSums:
    measures = {row["measure"]: amount_json(MEASURE[row["measure"]], _amount(row)) for row in rows}
    return YearSums(year, rows[0]["reports"], measures)


def _amount(row: Json) -> Tally | Share:
    """The sum that a row was made of."""
    known, of, status, conflicts = row["known"], row["of"], Status(row["status"]), row["conflicts"]
    if MEASURE[row["measure"]].is_share:
        return Share(row["numerator"], row["denominator"], known, of, status, conflicts)
    return Tally(row["at_least"], known, of, status, conflicts)
