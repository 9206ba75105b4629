"""What an invented office counts: a size that it keeps, and figures of a year that follow on those of the year before.

Every relation of the form holds, and so does what ties two years together: what was carried over, what was in force.
Most figures are 0, as in life: half of the offices get one or two requests a year, one in some hundred gets thousands.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import NamedTuple, TypeAlias

from disclosure.form.bodies import DEPARTMENT
from disclosure.form.template import APPLICANTS, DISPUTES, FORMS, OUTCOME_ROWS, OUTCOMES
from disclosure.model import Cell, Number
from disclosure.sample.chance import divided, happening, hits

Figures: TypeAlias = Mapping[Cell, Number]

PARTS = tuple(column.id for column in APPLICANTS[:-1])
CELLS = {
    form: tuple(
        Cell(table.id, row.id, column.id)
        for table in edition.tables.values()
        for row in table.rows
        for column in row.columns
    )
    for form, edition in FORMS.items()
}
"""Every figure of a form, in its order."""

_MIDDLE, _SPREAD = 0.2, 2.4
"""Of the logarithm of the requests that an office expects in a year."""
_OTHERS = (0.45, 0.04, 0.06, 0.15, 0.30)
"""How requests that are not of natural persons are divided among the other applicants."""
_GRANTED = 6.0
_WEIGHTS = {
    "granted": _GRANTED, "partly_granted": 1.2, "refused_state_secret": 0.02, "refused_prohibited_by_law": 0.05,
    "refused_security_stability": 0.03, "refused_third_party": 0.25, "refused_internal_affairs": 0.2,
    "refused_process_information": 0.2, "refused_enforcement_file": 0.15, "refused_administrative_query": 0.2,
    "unavailable_not_held": 2.4, "unavailable_needs_creation": 0.3, "unavailable_unclear": 0.3,
    "not_processed_petition": 0.6, "not_processed_duplicate": 0.3, "not_processed_published": 0.05,
    "not_processed_excessive": 0.05, "not_processed_reconfirm": 0.05, "closed_not_corrected": 0.3,
    "closed_fee_unpaid": 0.02, "closed_other": 0.4, "closed": 0.7,
}  # fmt: skip
"""How often an outcome is beside the others."""
_RESULTS = (6.0, 1.5, 1.0, 1.5)
"""Upheld, corrected, other, pending."""


class Profile(NamedTuple):
    """What an office keeps over the years.

    ``requests`` are expected in a year, ``growth`` is the factor from one year to the next, ``natural`` the share of
    natural persons, ``late`` of requests carried over; ``decisions`` and ``documents`` are expected in a year.
    """

    requests: float
    growth: float
    natural: float
    late: float
    contested: float
    decisions: float
    documents: float
    charges: bool


def profile_of(rng: Random, kind: str) -> Profile:
    """The profile of an office of this kind; departments are asked more often and decide more."""
    department = kind == DEPARTMENT
    return Profile(
        requests=math.exp(rng.gauss(_MIDDLE + department, _SPREAD)),
        growth=math.exp(rng.gauss(0.05, 0.12)),
        natural=rng.uniform(0.7, 1.0),
        late=rng.choice((0.0, 0.03, 0.06, 0.12)),
        contested=rng.choice((0.0, 0.01, 0.02, 0.06)),
        decisions=rng.choice((0.0, 0.0, 4.0, 30.0)) * (12 if department else 1),
        documents=rng.choice((0.0, 0.0, 0.5, 2.0)),
        charges=rng.random() < (0.2 if department else 0.05),
    )


def figures_of(rng: Random, profile: Profile, form: str, before: Figures) -> dict[Cell, Number]:
    """Every figure of a year. ``before`` are those of the year before; empty for the first year."""
    figures: dict[Cell, Number] = dict.fromkeys(CELLS[form], 0)
    figures.update(_requests(rng, profile, form, before))
    figures.update(_disputes(rng, profile, figures))
    figures.update(_STOCK[form](rng, profile, before))
    return figures


def expected_in(profile: Profile, years: int) -> Profile:
    """The profile after so many years of growth."""
    return profile._replace(requests=profile.requests * profile.growth**years)


def _requests(rng: Random, profile: Profile, form: str, before: Figures) -> dict[Cell, Number]:
    """Table 3, as far as it is not 0."""
    asked = happening(rng, profile.requests * math.exp(rng.gauss(0, 0.2)))
    natural = hits(rng, asked, profile.natural)
    received = (natural, *divided(rng, asked - natural, _OTHERS))
    found: dict[Cell, Number] = {}
    for column, new in zip(PARTS, received, strict=True):
        carried_in = int(before.get(Cell("requests", "carried_out", column), 0))
        carried_out = hits(rng, new + carried_in, profile.late)
        handled = new + carried_in - carried_out
        rows = OUTCOME_ROWS[form]
        outcomes = dict(zip(rows, divided(rng, handled, [_WEIGHTS[row] for row in rows]), strict=True))
        counts = {"received": new, "carried_in": carried_in, **outcomes, "handled": handled, "carried_out": carried_out}
        found |= {Cell("requests", row, column): count for row, count in counts.items() if count}
    totals: dict[Cell, Number] = {}
    for cell, count in found.items():
        total = Cell("requests", cell.row, APPLICANTS[-1].id)
        totals[total] = totals.get(total, 0) + count
    return found | totals


def _disputes(rng: Random, profile: Profile, figures: Figures) -> dict[Cell, Number]:
    """Table 4, as far as it is not 0. Cases may be of earlier years: it has no relation to the requests."""
    handled = int(figures[Cell("requests", "handled", "total")])
    found: dict[Cell, Number] = {}
    for row in DISPUTES.rows:
        cases = hits(rng, handled, profile.contested)
        for column, count in zip(OUTCOMES, (*divided(rng, cases, _RESULTS), cases), strict=True):
            found[Cell("disputes", row.id, column.id)] = count
    return found


def _of(row: str, **columns: Number) -> dict[Cell, Number]:
    return {Cell("proactive", row, column): value for column, value in columns.items()}


def _stock_2021(rng: Random, profile: Profile, before: Figures) -> dict[Cell, Number]:
    """Table 2: what is in force follows from the year before. Below the province nobody can make 规章."""
    in_force = Cell("proactive", "normative_documents", "in_force")
    held = int(before.get(in_force, happening(rng, profile.documents * 5)))
    issued = happening(rng, profile.documents)
    repealed = hits(rng, held, 0.05)
    return {
        **_of("normative_documents", issued=issued, repealed=repealed, in_force=held + issued - repealed),
        **_of("licensing", decisions=happening(rng, profile.decisions)),
        **_of("penalties", decisions=happening(rng, profile.decisions / 4)),
        **_of("coercion", decisions=happening(rng, profile.decisions / 20)),
        **_of("fees", amount_wan=_money(rng, 120) if profile.charges else 0),
    }


def _stock_2019(rng: Random, profile: Profile, before: Figures) -> dict[Cell, Number]:
    """Table 2: a number of items follows from that of the year before and its change."""
    total = Cell("proactive", "normative_documents", "total_public")
    public = int(before.get(total, happening(rng, profile.documents * 5)))
    made = happening(rng, profile.documents)
    found = _of("normative_documents", made=made, published=made, total_public=public + made)
    for row, share in (("licensing", 1.0), ("other_services", 0.5), ("penalties", 0.5), ("coercion", 0.1)):
        found |= _items(rng, row, profile.decisions * share, before)
        found |= _of(row, decisions=happening(rng, profile.decisions * share))
    found |= _items(rng, "fees", 3.0 if profile.charges else 0.0, before)
    bought = happening(rng, 1 + profile.decisions / 10)
    return found | _of("procurement", items=bought, amount=_money(rng, 400) if bought else 0)


def _items(rng: Random, row: str, expected: float, before: Figures) -> dict[Cell, Number]:
    last = int(before.get(Cell("proactive", row, "items_last_year"), happening(rng, expected)))
    last += int(before.get(Cell("proactive", row, "change"), 0))
    grown = happening(rng, expected * 0.1)
    return _of(row, items_last_year=last, change=rng.choice((grown, -min(grown, last))))


def _money(rng: Random, most: int) -> Number:
    """A sum in 万元 with up to four decimals."""
    amount = Decimal(rng.randint(1, most * 10_000)).scaleb(-4).normalize()
    return int(amount) if amount == int(amount) else amount


_STOCK = {"2021": _stock_2021, "2019": _stock_2019}
