"""Random damaged tables against an exact solver.

``PROVE_RUNS=200 pytest tests/test_prove_random.py`` runs so many tables of each kind instead of a few.
"""

from __future__ import annotations

import os
import random
from collections.abc import Mapping

import pytest
from disclosure.form.template import OUTCOME_ROWS
from disclosure.model import Cell, Figure, Status, TableReading
from disclosure.prove import robust
from prove_strategies import (
    DAMAGES,
    Counts,
    Exact,
    columns_of,
    damage,
    make_table,
    misread,
    prove,
    random_counts,
)

RUNS = int(os.environ.get("PROVE_RUNS", "2"))
WITHOUT_SOLVER = 4
"""So many times more tables where no exact solver is asked."""
REQUESTS = (3, 30, 500)
PROVED = (Status.PLACED, Status.RECOVERED)


def case(form: str, kind: str, requests: int, run: int) -> tuple[dict[Cell, int], TableReading, random.Random]:
    """A true table and what a damaged source shows of it."""
    rng = random.Random(f"{form} {kind} {requests} {run}")  # noqa: S311 - a seed that can be repeated is the point
    counts = random_counts(rng, requests, form)
    return truth_of(counts, form), damage(rng, counts, DAMAGES[kind], form), rng


def truth_of(counts: Counts, form: str) -> dict[Cell, int]:
    return {
        Cell("requests", row, column): value
        for row, values in counts.items()
        for column, value in zip(columns_of("requests", row, form), values, strict=True)
    }


def proved(figures: Mapping[Cell, Figure]) -> dict[Cell, int]:
    return {cell: int(figure.value or 0) for cell, figure in figures.items() if figure.status in PROVED}


def assert_nothing_wrong(figures: Mapping[Cell, Figure], truth: Mapping[Cell, int]) -> None:
    """Proved values are true, ranges hold the truth, and printed numbers are each placed once at most."""
    for cell, true in truth.items():
        figure = figures[cell]
        if figure.status in PROVED:
            assert figure.value == true, cell
        if figure.bounds is not None:
            assert figure.bounds[0] <= true, cell
            assert figure.bounds[1] is None or true <= figure.bounds[1], cell
    spans = [figure.span for figure in figures.values() if figure.span is not None]
    assert len(spans) == len(set(spans))


@pytest.mark.parametrize("requests", REQUESTS)
@pytest.mark.parametrize("kind", DAMAGES)
@pytest.mark.parametrize("form", ["2021", "2019"])
def test_every_proved_value_is_the_only_one_even_without_any_one_printed_number(
    form: str, kind: str, requests: int
) -> None:
    for run in range(RUNS):
        truth, table, _ = case(form, kind, requests, run)
        figures = prove(table, form=form)
        assert_nothing_wrong(figures, truth)
        values = proved(figures)
        if values:
            assert Exact(form, table, wrong=1).other(values) is None, run


@pytest.mark.parametrize("requests", REQUESTS)
@pytest.mark.parametrize("kind", DAMAGES)
def test_one_misread_number_makes_no_proved_value_wrong(kind: str, requests: int) -> None:
    for run in range(RUNS * WITHOUT_SOLVER):
        truth, table, rng = case("2021", kind, requests, 1000 + run)
        assert_nothing_wrong(prove(misread(rng, table)), truth)


@pytest.mark.parametrize("requests", REQUESTS)
def test_one_misread_number_in_a_whole_table_is_found_and_the_truth_suggested(requests: int) -> None:
    for run in range(RUNS * WITHOUT_SOLVER):
        rng = random.Random(f"misread {requests} {run}")  # noqa: S311
        counts = random_counts(rng, requests)
        truth = truth_of(counts, "2021")
        figures = prove(misread(rng, damage(rng, counts, {})))
        wrong = [cell for cell, true in truth.items() if figures[cell].value != true]
        assert len(wrong) == 1
        assert figures[wrong[0]].status is Status.CONFLICT
        assert {cell: figure.suggestion for cell, figure in figures.items() if figure.suggestion is not None} == {
            wrong[0]: truth[wrong[0]]
        }


@pytest.mark.parametrize("requests", [1, 2, 3, 5])
def test_solving_one_row_for_all_its_kin_changes_nothing(requests: int, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [case("2021", "twenty-one unplaced", requests, run)[1] for run in range(RUNS * WITHOUT_SOLVER)]
    together = [prove(table) for table in tables]
    monkeypatch.setattr(robust, "kin_of", lambda _, prints: [(row,) for row in range(len(prints))])
    for table, figures in zip(tables, together, strict=True):
        alone = prove(table)
        assert {cell: (figure.value, figure.status, figure.bounds) for cell, figure in figures.items()} == {
            cell: (figure.value, figure.status, figure.bounds) for cell, figure in alone.items()
        }


def test_distrust_of_a_twin_row_counts_too() -> None:
    """``not_processed_duplicate`` and ``closed_other`` print the same; only distrust of one opens the other."""
    six_zeros = dict.fromkeys(OUTCOME_ROWS["2021"], (0,) * 6)
    seven_zeros = dict.fromkeys(("partly_granted", "not_processed_petition", "closed_not_corrected"), (0,) * 7)
    table = make_table(
        "requests",
        six_zeros
        | seven_zeros
        | {
            "received": (7, 2, 0, 0, 0, 9),
            "carried_in": (0, 0, 0, 0, 0, 0),
            "unavailable_not_held": (1, 1, 0, 0, 0, 2),
            "not_processed_duplicate": (1, 0, 0, 0, 0, 1),
            "not_processed_excessive": (3, 0, 0, 0, 0, 3),
            "closed_fee_unpaid": (0, 1, 0, 0, 0, 0, 1),
            "closed_other": (1, 0, 0, 0, 0, 1),
            "handled": (6, 2, 0, 0, 0, 8),
            "carried_out": (1, 0, 0, 0, 0, 1),
        },
    )
    figures = prove(table)
    for row in ("not_processed_duplicate", "closed_other"):
        cell = Cell("requests", row, "business")
        assert Exact("2021", table, wrong=1).other({cell: 0}) is not None
        assert (figures[cell].value, figures[cell].status, figures[cell].bounds) == (None, Status.AMBIGUOUS, (0, 1))


def test_the_same_table_gives_the_same_figures_twice() -> None:
    _, table, _ = case("2021", "twenty-one unplaced", 30, 0)
    assert prove(table) == prove(table)
