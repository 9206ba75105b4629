"""Invent a collection without its files: offices and the measures of their reports, with every kind of gap.

For what works on measures alone: reading 15,000 invented files to measure a page of the site takes an hour, this a
minute. The same numbers of offices and years always give the same collection.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import pandas as pd

from disclosure.bench.fiction import FORM, invented_figures, invented_place
from disclosure.dataset import Dataset
from disclosure.form.bodies import STREET_OFFICE, TOWNSHIP
from disclosure.form.template import FORMS
from disclosure.model import GAPS, Cell, Figure, Filling, Identity, Office, Portal, Region, Report, Status
from disclosure.render.catalog import Catalog, arrange
from disclosure.tallies import measure_all

_SYLLABLES = (
    "安白宝北长城大东丰福高公桂海汉和河红湖华淮黄吉江金井莲梁林龙马明南宁平青清泉"
    "仁沙山上石水泰潭堂天土王文武溪新兴阳杨永玉云漳郑中周庄"
)
_TYPES = (("镇人民政府", TOWNSHIP), ("乡人民政府", TOWNSHIP), ("街道办事处", STREET_OFFICE))
_SIZES = (0, 0, 1, 1, 1, 1, 2, 3, 7, 40)
"""How many times as many requests as a small township an office gets."""
_COLLECTED = 0.85
"""Of how many years an office has a report."""
_OLD_FORM = 0.2
_WITHOUT_TABLE = 0.05
_DOUBTFUL = 0.05
"""How many reports are of the old form, how many tables are not there, how many cells of every other report are not
simply printed."""
_TAKEN = (Status.PLACED, Status.RECOVERED, Status.CONFLICT)


def invented_catalog(offices: int, years: Sequence[int]) -> Catalog:
    """So many invented offices, with reports for most of the years."""
    listed = [_office(number) for number in range(offices)]
    reports = [report for number, office in enumerate(listed) for report in _reports(office, number, years)]
    rows = [
        (report.office, report.year, report.form, measure.id, tally, share)
        for report in reports
        for measure, tally, share in measure_all(report)
    ]
    measures = pd.DataFrame(rows, columns=["office", "year", "form", "measure", "tally", "share"], dtype=object)
    bare = [Report(one.file, "", (), one.filling, {}, one.office, one.filed_year) for one in reports]
    nothing = pd.DataFrame()
    dataset = Dataset(nothing, nothing, nothing, nothing, nothing, measures, nothing, nothing)
    return arrange(Portal(tuple(listed), tuple(bare), ()), dataset)


def _office(number: int) -> Office:
    place = invented_place(number)
    chance = random.Random(number)  # noqa: S311 - the same names every time; nothing here is secret
    ending, kind = chance.choice(_TYPES)
    name = "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3)))) + ending
    codes = (f"{place.id[:2]}0000", f"{place.id[:4]}00", place.id[:6])
    regions = tuple(Region(code, folder) for code, folder in zip(codes, place.folders, strict=False))
    return Office(place.id, name, kind, "", regions, "")


def _reports(office: Office, number: int, years: Sequence[int]) -> Iterator[Report]:
    chance = random.Random(number)  # noqa: S311 - the same numbers every time
    size = chance.choice(_SIZES)
    for year in years:
        if chance.random() < _COLLECTED:
            form = min(FORMS) if chance.random() < _OLD_FORM else FORM
            figures = _figures(chance, form, size)
            yield Report("", "", (), Filling(form, Identity(), {}, (), (), ()), figures, office.id, year)


def _figures(chance: random.Random, form: str, size: int) -> dict[Cell, Figure]:
    """The figures of a report: most are printed, some have another status, and some tables are not there."""
    counts = invented_figures(chance, {})
    tables = FORMS[form].tables.values()
    lost = {table.id for table in tables if chance.random() < _WITHOUT_TABLE}
    doubtful = chance.choice((0.0, _DOUBTFUL))
    cells = [Cell(table.id, row.id, column.id) for table in tables for row in table.rows for column in row.columns]
    return {
        cell: Figure(cell, None, Status.ABSENT)
        if cell.table in lost
        else _figure(chance, cell, counts.get(cell, 0) * size, doubtful)
        for cell in cells
    }


def _figure(chance: random.Random, cell: Cell, count: int, doubtful: float) -> Figure:
    status = chance.choice((*_TAKEN, *GAPS)) if chance.random() < doubtful else Status.PRINTED
    return Figure(cell, None if status in GAPS else count, status)
