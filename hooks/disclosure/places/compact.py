"""Make ``divisions.txt`` of the CSV files in which the statistical division codes are passed on.

Columns used: ``provinces.csv`` code, name; ``cities.csv`` code, name; ``areas.csv`` code, name, cityCode;
``streets.csv`` code, name, areaCode. Where they come from stands in ``HEAD`` and in decision note 0019.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from disclosure.errors import DisclosureError
from disclosure.form.divisions import PROVINCES

HEAD: Final = """\
# Divisions of China down to townships: statistical division codes and names.
# Source: 国家统计局《统计用区划代码和城乡划分代码》, edition 2023 (as of 2023-06-30, published 2023-09-11).
# Passed on by: china-division 2.7.0 (dist/*.csv), WTFPL. Made by: scripts/renew_divisions.py; not edited by hand.
# A line of four digits is a city. A line of six digits is a county with its townships, each with the last three
# digits of its code. Provinces are in form/divisions.py. Left out: cities that only stand for "directly under the
# province" or have one county of their own name, and townships that only stand for villages directly under a county.
"""
_STANDS_FOR_NOTHING: Final = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
"""Names of cities under which the source lists what lies directly under a province."""
_NO_TOWNSHIP: Final = "直辖村级区划"


class DivisionsError(DisclosureError):
    """The CSV files are not what they are taken for."""


def compact(folder: Path) -> str:
    """The text of ``divisions.txt`` from the four CSV files in ``folder``.

    Raises:
        DivisionsError: a file or column is missing, a code is malformed, or a province has another name here.
        OSError: a file cannot be read.
    """
    provinces, cities, counties, streets = (
        _rows(folder / f"{name}.csv") for name in ("provinces", "cities", "areas", "streets")
    )
    for code, row in provinces.items():
        if PROVINCES.get(code) != row["name"]:
            raise DivisionsError(f"provinces.csv: {code} is {row['name']}, here {PROVINCES.get(code)}")
    below: dict[str, list[str]] = defaultdict(list)
    for code, row in streets.items():
        if row["areaCode"] not in counties or code[:6] != row["areaCode"]:
            raise DivisionsError(f"streets.csv: {code} has no county of its own code")
        if not row["name"].endswith(_NO_TOWNSHIP):
            below[code[:6]].append(f"{code[6:]}{_name(row)}")
    return HEAD + "".join(f"{line}\n" for line in _lines(cities, counties, below))


def _lines(
    cities: Mapping[str, Mapping[str, str]],
    counties: Mapping[str, Mapping[str, str]],
    below: Mapping[str, list[str]],
) -> Iterator[str]:
    own: dict[str, list[str]] = defaultdict(list)
    for code, row in counties.items():
        if row["cityCode"] not in cities:
            raise DivisionsError(f"areas.csv: {code} has no city")
        own[row["cityCode"]].append(code)
    for city, row in cities.items():
        alone = [counties[code]["name"] for code in own[city]] == [row["name"]]
        if row["name"] not in _STANDS_FOR_NOTHING and not alone:
            yield f"{city} {_name(row)}"
        for county in own[city]:
            yield " ".join([county, _name(counties[county]), *below.get(county, [])])


def _rows(file: Path) -> dict[str, dict[str, str]]:
    """The rows of a CSV file by code, in the order of the codes."""
    length = {"provinces": 2, "cities": 4, "areas": 6, "streets": 9}[file.stem]
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    needed = {"code", "name", *{"areas": ("cityCode",), "streets": ("areaCode",)}.get(file.stem, ())}
    if not rows or not needed <= set(rows[0]):
        raise DivisionsError(f"{file.name}: needs the columns {', '.join(sorted(needed))} and at least one row")
    _refuse_malformed(file.name, length, (row["code"] for row in rows))
    return {row["code"]: row for row in sorted(rows, key=lambda row: row["code"])}


def _refuse_malformed(file: str, length: int, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if len(code) != length or not (code.isascii() and code.isdigit()) or code in seen:
            raise DivisionsError(f"{file}: {code!r} is no code of {length} digits, or stands there twice")
        seen.add(code)


def _name(row: Mapping[str, str]) -> str:
    """The name, which must be able to stand between spaces."""
    name = row["name"].strip()
    if not name or any(character.isspace() or not character.isprintable() for character in name) or name[0].isdigit():
        raise DivisionsError(f"{row['code']}: {name!r} is no name")
    return name
