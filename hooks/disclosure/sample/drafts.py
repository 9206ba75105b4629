"""The reports of one invented office before they are published: who, when, which figures, which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from disclosure.form.template import form_of
from disclosure.model import Cell, Number
from disclosure.sample.chance import chance
from disclosure.sample.figures import Figures, expected_in, figures_of, profile_of
from disclosure.sample.places import Place
from disclosure.sample.prose import written
from disclosure.sample.slips import Slip, slip

FIRST_YEAR = 2019
"""The first report of every office: two of the form of 2019, then those of 2021."""
MOST_YEARS = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """One report. ``figures`` are what the office printed: the truth, even where it erred (``slip``)."""

    place: Place
    year: int
    form: str
    figures: Mapping[Cell, Number]
    slip: Slip | None
    title: str
    preamble: str
    sections: Mapping[str, str]


def drafts(seed: int, place: Place, years: int, errors: float) -> Iterator[Draft]:
    """The reports of an office for so many years from ``FIRST_YEAR`` on; ``errors`` is the share in which it erred."""
    profile = profile_of(chance(seed, place.id, "profile"), place.kind)
    before: Figures = {}
    for number in range(years):
        year = FIRST_YEAR + number
        form = form_of(year)
        figures = figures_of(chance(seed, place.id, year, "figures"), expected_in(profile, number), form, before)
        words = written(chance(seed, place.id, year, "words"), place, year, figures)
        rng = chance(seed, place.id, year, "slip")
        erred = slip(rng, form, figures) if rng.random() < errors else None
        printed = figures if erred is None else {**figures, erred.cell: erred.printed}
        yield Draft(place, year, form, printed, erred, *words)
        before = figures
