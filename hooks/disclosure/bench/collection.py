"""Invent a collection without its files: offices and the measures of their reports, with every kind of gap.

For what works on measures alone: reading 15,000 invented files to measure a page of the site takes an hour, this a
minute. The same numbers of offices and years always give the same collection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import pandas as pd

from disclosure.dataset import Dataset
from disclosure.form.template import FORMS
from disclosure.model import GAPS, Cell, Figure, Filling, Identity, Number, Office, Portal, Region, Report, Status
from disclosure.render.catalog import Catalog, arrange
from disclosure.sample.chance import chance
from disclosure.sample.figures import Figures, figures_of, profile_of
from disclosure.sample.places import Place, places
from disclosure.sources import region_codes
from disclosure.tallies import measure_all

_SEED = 1
_COLLECTED = 0.85
"""Of how many years an office has a report."""
_FORMS = (min(FORMS), *4 * (max(FORMS),))
"""Which edition of the form a report has: one of five the older one."""
_WITHOUT_TABLE = 0.05
_DOUBTFUL = 0.05
"""How many tables are not there, how many cells of every other report are not simply printed."""
_TAKEN = (Status.PLACED, Status.RECOVERED, Status.CONFLICT)


def invented_catalog(offices: int, years: Sequence[int]) -> Catalog:
    """So many invented offices, with reports for most of the years."""
    listed = [_office(place) for place in places()[:offices]]
    reports = [report for office in listed for report in _reports(office, years)]
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


def _office(place: Place) -> Office:
    codes = region_codes(place.id, len(place.regions))
    regions = tuple(Region(code, name) for code, name in zip(codes, place.regions, strict=True))
    return Office(place.id, place.name, place.kind, "", regions, "")


def _reports(office: Office, years: Sequence[int]) -> Iterator[Report]:
    rng = chance(_SEED, office.id)
    profile = profile_of(rng, office.kind)
    counts: Figures = {}
    for year in years:
        form = rng.choice(_FORMS)
        counts = figures_of(rng, profile, form, counts)
        if rng.random() < _COLLECTED:
            figures = _figures(rng, form, counts)
            yield Report("", "", (), Filling(form, Identity(), {}, (), (), ()), figures, office.id, year)


def _figures(rng: Random, form: str, counts: Figures) -> dict[Cell, Figure]:
    """The figures of a report: most are printed, some have another status, and some tables are not there."""
    lost = {table for table in FORMS[form].tables if rng.random() < _WITHOUT_TABLE}
    doubtful = rng.choice((0.0, _DOUBTFUL))
    return {
        cell: Figure(cell, None, Status.ABSENT) if cell.table in lost else _figure(rng, cell, count, doubtful)
        for cell, count in counts.items()
    }


def _figure(rng: Random, cell: Cell, count: Number, doubtful: float) -> Figure:
    status = rng.choice((*_TAKEN, *GAPS)) if rng.random() < doubtful else Status.PRINTED
    return Figure(cell, None if status in GAPS else count, status)
