"""What the proving refuses, and what it leaves unproved when its work is capped."""

from __future__ import annotations

from collections import Counter

import pytest
from disclosure.form.template import OUTCOME_ROWS
from disclosure.model import RowReading, Status, TableReading
from disclosure.prove import analysis, propagate, search
from prove_strategies import columns_of, make_row, make_table, prove

SIX_OF_SEVEN = dict.fromkeys(OUTCOME_ROWS["2021"], (0,) * 6) | {"granted": (1, 0, 0, 0, 0, 1)}
ONE_REQUEST = dict.fromkeys(("received", "handled"), (1, 0, 0, 0, 0, 0, 1))


def test_out_of_budget_everything_not_printed_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "WORK", 10)
    figures = prove(make_table("requests", SIX_OF_SEVEN | ONE_REQUEST))
    statuses = Counter(figure.status for cell, figure in figures.items() if cell.table == "requests")
    assert statuses == {Status.PRINTED: 28, Status.AMBIGUOUS: 147}


def test_a_search_that_meets_its_cap_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """All the cap leaves is what propagation finds: the range is still there, and still right."""

    def capped(*_: object) -> None:
        raise propagate.BudgetError

    monkeypatch.setattr(search, "find_difference", capped)
    whole = dict.fromkeys(("received", "handled"), (1, 1, 0, 0, 0, 0, 2))
    short = dict.fromkeys(("granted", "unavailable_not_held"), (1, 0, 0, 0, 0, 1))
    figure = prove(make_table("requests", whole | short))["requests", "granted", "natural_person"]
    assert (figure.value, figure.status, figure.bounds) == (None, Status.AMBIGUOUS, (0, 1))


@pytest.mark.parametrize(
    "row",
    [
        make_row("granted", (0,) * 8, None, 1),
        make_row("granted", (0, 0), ("natural_person", "natural_person"), 1),
        make_row("granted", (0, 0), ("natural_person", "upheld"), 1),
        make_row("granted", (0, 0), ("natural_person",), 1),
        make_row("unheard_of", (0,), None, 1),
    ],
    ids=["too many entries", "column twice", "column of another table", "columns and entries differ", "unknown row"],
)
def test_a_reading_that_does_not_fit_the_form_is_refused(row: RowReading) -> None:
    with pytest.raises(ValueError, match="requests"):
        prove(TableReading("requests", (row,), found=True))


def test_a_row_read_twice_is_refused() -> None:
    row = make_row("granted", (0,) * 7, columns_of("requests", "granted"), 1)
    with pytest.raises(ValueError, match="repeated"):
        prove(TableReading("requests", (row, row), found=True))
