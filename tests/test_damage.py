"""Whatever the damage, no figure is silently wrong. Longer runs: ``scripts/laboratory.py --reports 100000``.

A fault names its seed and its number, so that it can be run again; with ``-s`` the shares are printed as a table.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from damage import DAMAGES, Damage
from damage_cells import digit_misread
from damage_judge import judge, run_trials
from damage_lab import Trial, blocks, make_trial, table_of, total, true_figures
from disclosure.form.template import TABLES
from disclosure.model import Cell, Number
from disclosure.prove.relations import relations_of
from layouts import STYLES, Style, grid
from layouts_formats import ALL_STYLES
from layouts_grid import Figures, Grid, Printed

REPORTS = int(os.environ.get("DAMAGE_REPORTS", "360"))
"""Most of them with two damages: hundreds with one are read by ``test_quality_floor.py``, and held to the same."""
WHOLE = [style for style in ALL_STYLES.values() if not style.lossy]
LOSSY = [style for style in ALL_STYLES.values() if style.lossy]
MOST_DERIVED_WRONGLY = 0.0005
"""Share of all figures that may be derived wrongly where several printed numbers are wrong at once."""


@pytest.mark.parametrize("mixed", [False, True], ids=["one damage", "two damages"])
def test_no_damage_makes_a_figure_silently_wrong(mixed: bool) -> None:  # noqa: FBT001 - a case
    reports = REPORTS * 5 // 6 if mixed else REPORTS // 6
    outcomes = run_trials(2026, 0, reports, mixed=mixed)
    sys.stdout.write(f"\n{table_of(outcomes)}\n")
    found = total(outcomes.values())
    assert (found.faults, found.verdicts["silent"]) == ([], 0)
    assert found.verdicts["reports"] == reports
    assert found.share("several") <= MOST_DERIVED_WRONGLY


def published(form: str, true: Figures, style: Style, tables: dict[str, Grid] | None = None) -> Trial:
    """An undamaged report; the laboratory believes that it was made of ``true``, and of ``tables`` where given."""
    grids = {table: style.prepare(grid(form, table, true)) for table in TABLES}
    parts = blocks(grids, headings=style.headings is not False)
    return Trial(form, true, tables or grids, style.publish(parts), style)


@pytest.mark.parametrize("form", ["2021", "2019"])
@pytest.mark.parametrize("style", WHOLE, ids=lambda style: style.name)
def test_without_damage_every_figure_is_right(style: Style, form: str) -> None:
    for seed in range(2):
        true = true_figures(Random(seed), form, 40)  # noqa: S311 - the same figures every time
        outcome = judge(published(form, true, style))
        assert (outcome.verdicts["right"], outcome.faults) == (len(true), [])


@pytest.mark.parametrize("form", ["2021", "2019"])
@pytest.mark.parametrize("style", LOSSY, ids=lambda style: style.name)
def test_what_a_lossy_style_does_not_show_is_withheld(style: Style, form: str) -> None:
    for seed in range(2):
        true = true_figures(Random(seed), form, 40)  # noqa: S311 - the same figures every time
        outcome = judge(published(form, true, style))
        assert sum(outcome.verdicts[verdict] for verdict in ("right", "blank", "withheld")) == len(true)
        assert outcome.faults == []


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_the_truth_of_the_laboratory_satisfies_every_relation(form: str) -> None:
    true = true_figures(Random(1), form, 400)  # noqa: S311 - the same figures every time
    for table in TABLES:
        for relation in relations_of(form, table):
            assert sum(true[cell] for cell in relation.left) == sum(true[cell] for cell in relation.right)


TRUE = true_figures(Random(7), "2021", 40)  # noqa: S311 - the same figures every time
FEE = Cell("proactive", "fees", "amount_wan")
GRANTED = Cell("requests", "granted", "business")


def changed(cell: Cell, by: Number) -> dict[Cell, Number]:
    """The truth with one figure otherwise."""
    return {**TRUE, cell: TRUE[cell] + by}


def test_the_laboratory_sees_a_silently_wrong_figure() -> None:
    """A table written otherwise than the laboratory believes is a fault, not a number as shown."""
    report = published("2021", changed(FEE, Decimal(1)), STYLES["tabs"])
    trial = replace(report, true=TRUE, grids={table: grid("2021", table, TRUE) for table in TABLES})
    outcome = judge(trial)
    assert outcome.verdicts["silent"] == 1
    assert [fault.split(" true")[0] for fault in outcome.faults] == [str(FEE)]


def test_a_number_of_table_2_that_the_source_misprints_is_as_shown() -> None:
    report = published("2021", changed(FEE, Decimal(1)), STYLES["tabs"])
    outcome = judge(replace(report, true=TRUE))
    assert (outcome.verdicts["as_shown"], outcome.verdicts["silent"], outcome.faults) == (1, 0, [])


def test_a_number_that_a_sum_exposes_has_to_be_flagged() -> None:
    """Here it is: the reader says conflict. A reader that prints it would not be excused by what the source shows."""
    report = published("2021", changed(GRANTED, 1), STYLES["tabs"])
    outcome = judge(replace(report, true=TRUE))
    assert (outcome.verdicts["flagged"], outcome.verdicts["as_shown"], outcome.faults) == (1, 0, [])


def test_a_misread_number_goes_on_standing_for_its_figure() -> None:
    table: Grid = [["规章", Printed.of("5", FEE)]]
    digit_misread(Random(1), table)  # noqa: S311 - the same damage every time
    cell = table[0][1]
    assert isinstance(cell, Printed)
    assert (cell.origin, cell != "5") == (FEE, True)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=lambda damage: damage.name)
def test_every_damage_damages(damage: Damage) -> None:
    """On a whole report each kind changes the text, in nearly every draw."""
    style = STYLES["cell_a_line"]
    broken = 0
    for seed in range(12):
        whole, damaged = (make_trial(Random(seed), style, damages) for damages in ((), (damage,)))  # noqa: S311
        broken += whole.content != damaged.content
    assert broken >= 4
