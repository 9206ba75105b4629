"""Invent a portal: offices that do not exist, with figures that satisfy every relation, in several layouts.

Only for measuring, and only in a folder that is thrown away. A code has to name the province of its folder, so the
provinces are real; every city in them is called 虚构, with a code from 80 to 89, which are assigned nowhere.
The same number of offices and years always give the same files.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from disclosure.bench.wording import write_report
from disclosure.form.divisions import PROVINCES
from disclosure.form.template import APPLICANTS, FORMS, IN_FORCE, ISSUED, OUTCOME_ROWS, REPEALED
from disclosure.model import Cell
from disclosure.offices import FILE_NAME
from disclosure.sources import REPORTS

FORM = "2021"
MOST_OFFICES = 10_000
_IN_A_PROVINCE = 1000
_PROVINCES = [(code, name) for code, name in PROVINCES.items() if name.endswith("省")]
_DIGITS = "甲乙丙丁戊己庚辛壬癸"
_DAMAGED = 5
"""One report in so many has lost a number."""


class Place(NamedTuple):
    """Where an invented office stands: its id, and its folders from the province down, its own last."""

    id: str
    folders: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the office: that of its own folder."""
        return self.folders[-1]


def write_portal(root: Path, offices: int, years: Sequence[int]) -> None:
    """Write ``offices`` invented offices with a report for each of the consecutive ``years`` below ``root/reports``.

    Raises:
        ValueError: more offices than there are invented places.
    """
    if not 0 < offices <= MOST_OFFICES:
        raise ValueError(f"between 1 and {MOST_OFFICES} offices can be invented, not {offices}")
    for number in range(offices):
        place = invented_place(number)
        folder = root.joinpath(REPORTS, *place.folders)
        folder.mkdir(parents=True)
        (folder / FILE_NAME).write_text(_description(place), encoding="utf-8")
        for year, text in zip(years, _reports(place, number, years), strict=True):
            (folder / f"{year}.txt").write_text(text, encoding="utf-8")


def invented_place(number: int) -> Place:
    """The place of an office by its number: ten townships a county, ten counties a city, ten cities a province."""
    province, rest = divmod(number, _IN_A_PROVINCE)
    city, county, town = (int(digit) for digit in f"{rest:03d}")
    words = "".join(_DIGITS[digit] for digit in (city, county, town))
    code, name = _PROVINCES[province]
    folders = (name, f"虚构{words[0]}市", f"虚构{words[:2]}县", f"{words}镇人民政府")
    return Place(f"{code}8{city}{county + 21}{town + 100}", folders)


def _description(place: Place) -> str:
    return f'id: "{place.id}"\nname: {place.name}\nkind: 乡镇人民政府\nplace_known_by: 虚构，只用于测量。\n'


def _reports(place: Place, number: int, years: Sequence[int]) -> Iterator[str]:
    chance = random.Random(number)  # noqa: S311 - the same files every time; nothing here is secret
    figures: dict[Cell, int] = {}
    for index, year in enumerate(years):
        figures = invented_figures(chance, figures)
        torn = chance.choice(OUTCOME_ROWS[FORM]) if (number + index) % _DAMAGED == 0 else None
        yield write_report(FORMS[FORM], figures, place.name, year, chance, layout=number, torn=torn)


def invented_figures(chance: random.Random, before: dict[Cell, int]) -> dict[Cell, int]:
    """Every figure of a year that follows on the one ``before``."""
    tables = FORMS[FORM].tables.values()
    figures = {Cell(table.id, row.id, column.id): 0 for table in tables for row in table.rows for column in row.columns}
    issued, repealed, now = (Cell("proactive", "normative_documents", one.id) for one in (ISSUED, REPEALED, IN_FORCE))
    figures[issued], figures[repealed] = chance.randint(2, 4), chance.randint(0, 2)
    figures[now] = before.get(now, 20) + figures[issued] - figures[repealed]
    for column in APPLICANTS[:-1]:
        carried_in = before.get(Cell("requests", "carried_out", column.id), 0)
        figures.update(_column(chance, column.id, carried_in, 30 if column is APPLICANTS[0] else 2))
    for row in FORMS[FORM].tables["requests"].rows:
        *parts, total = (Cell("requests", row.id, column.id) for column in APPLICANTS)
        figures[total] = sum(figures[part] for part in parts)
    return figures


def _column(chance: random.Random, column: str, carried_in: int, most: int) -> dict[Cell, int]:
    """What one kind of applicant asked for in a year, and what became of it: most of it granted."""
    received = chance.randint(0, most)
    carried_out = chance.randint(0, min(2, received + carried_in))
    handled = received + carried_in - carried_out
    rows = {"received": received, "carried_in": carried_in, "handled": handled, "carried_out": carried_out}
    granted, *others = OUTCOME_ROWS[FORM]
    rows |= dict.fromkeys(OUTCOME_ROWS[FORM], 0)
    for row in chance.choices([granted, *others], [2 * len(others), *(1 for _ in others)], k=handled):
        rows[row] += 1
    return {Cell("requests", row, column): count for row, count in rows.items()}
