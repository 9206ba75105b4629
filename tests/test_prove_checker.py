"""The independent checker accepts what the solver proves, and nothing that was tampered with."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from disclosure.form.template import OUTCOME_ROWS
from disclosure.model import Cell, Figure, Proof, Step, TableReading
from disclosure.prove.checker import verify
from prove_strategies import DAMAGES, columns_of, damage, make_table, prove, random_counts, sample

GRANTED = Cell("requests", "granted", "natural_person")
SIX_OF_SEVEN = dict.fromkeys(OUTCOME_ROWS["2021"], (0,) * 6) | {"granted": (1, 0, 0, 0, 0, 1)}
ONE_REQUEST = dict.fromkeys(("received", "handled"), (1, 0, 0, 0, 0, 0, 1))
TWENTY_ONE = make_table("requests", SIX_OF_SEVEN | ONE_REQUEST)
KINDS = ("three unplaced", "row lost", "mixed", "ten unplaced", "two of seven lost")


def checks(figure: Figure, table: TableReading, form: str = "2021", **changed: object) -> bool:
    figure = figure._replace(**changed)
    assert isinstance(figure.value, int)
    assert figure.proof is not None
    return verify(figure.proof, figure.cell, figure.value, form, table)


def proof_of(table: TableReading, cell: Cell) -> tuple[Figure, Proof]:
    figure = prove(table)[cell]
    assert figure.proof is not None
    return figure, figure.proof


@pytest.mark.parametrize("kind", KINDS)
def test_every_proof_of_a_random_damaged_table_is_accepted(kind: str) -> None:
    rng = random.Random(kind)  # noqa: S311
    table = damage(rng, random_counts(rng, 30), DAMAGES[kind])
    figures = [figure for figure in prove(table).values() if figure.proof is not None]
    assert figures
    assert [figure.cell for figure in figures if not checks(figure, table)] == []


def test_the_proofs_of_twenty_one_short_rows_are_accepted_and_short() -> None:
    figures = [figure for figure in prove(TWENTY_ONE).values() if figure.proof is not None]
    assert len(figures) == 147
    assert [figure.cell for figure in figures if not checks(figure, TWENTY_ONE)] == []
    assert max(len(figure.proof.steps) for figure in figures if figure.proof) <= 6


def test_a_proof_beside_a_contradiction_says_what_it_does_not_rely_on() -> None:
    columns = {"granted": [name for name in columns_of("requests", "granted") if name != "business"]}
    table = sample({"received": (5, 1, 0, 0, 0, 0, 7), "granted": (3, 0, 0, 0, 0, 4)}, columns)
    figure, proof = proof_of(table, Cell("requests", "granted", "business"))
    assert proof.steps[-1].claim == (("distrust", (("row-total", "received"), ("balance", "total"))),)
    assert checks(figure, table)
    silent = replace(proof, steps=(*proof.steps[:-1], replace(proof.steps[-1], claim=(("distrust", ()),))))
    assert not checks(figure, table, proof=silent)


def test_another_value_is_refused() -> None:
    figure, _ = proof_of(TWENTY_ONE, GRANTED)
    assert checks(figure, TWENTY_ONE)
    assert not checks(figure, TWENTY_ONE, value=0)


def test_another_cell_is_refused() -> None:
    figure, _ = proof_of(TWENTY_ONE, GRANTED)
    assert not checks(figure, TWENTY_ONE, cell=Cell("requests", "granted", "total"))


@pytest.mark.parametrize("dropped", [1, 2, 3])
def test_a_proof_with_a_step_missing_is_refused(dropped: int) -> None:
    figure, proof = proof_of(TWENTY_ONE, GRANTED)
    steps = (*proof.steps[:dropped], *proof.steps[dropped + 1 :])
    assert not checks(figure, TWENTY_ONE, proof=replace(proof, steps=steps))


def test_each_single_bound_in_a_proof_is_needed_and_checked() -> None:
    figure, proof = proof_of(TWENTY_ONE, GRANTED)
    for at, step in enumerate(proof.steps):
        for number, claim in enumerate(step.claim):
            assert isinstance(claim, tuple)
            if claim[0] == "bounds":
                for bounds in ((claim[3] + 1, claim[4] + 1), (claim[3], claim[4] + 1)):
                    changed = replace(
                        step, claim=(*step.claim[:number], (*claim[:3], *bounds), *step.claim[number + 1 :])
                    )
                    steps = (*proof.steps[:at], changed, *proof.steps[at + 1 :])
                    assert not checks(figure, TWENTY_ONE, proof=replace(proof, steps=steps)), claim


def test_a_wrong_print_or_count_of_numbers_is_refused() -> None:
    figure, proof = proof_of(TWENTY_ONE, GRANTED)
    assert not checks(figure, TWENTY_ONE, proof=replace(proof, distrusted=proof.distrusted - 1))
    printed = replace(proof.steps[0], claim=(("printed", "granted", (1, 0, 0, 0, 1)),))
    assert not checks(figure, TWENTY_ONE, proof=replace(proof, steps=(printed, *proof.steps[1:])))


def test_a_value_that_is_not_robust_is_refused_however_it_is_derived() -> None:
    """4 = 2 + □ holds only as long as the total of 4 is trusted."""
    columns = {"reconsideration": ["upheld", "corrected", "other", "total"]}
    table = make_table("disputes", {"reconsideration": (2, 0, 0, 4)}, columns)
    cell = Cell("disputes", "reconsideration", "pending")
    steps = (
        Step("dispute-total", "", (("bounds", "dispute-total", cell, 2, 2),)),
        Step("distrust", "", (("distrust", ()),)),
    )
    assert prove(table)[cell].proof is None
    assert not verify(Proof(steps, 14), cell, 2, "2021", table)


def test_a_false_claim_of_a_search_is_refused() -> None:
    table = sample({"granted": None, "unavailable_not_held": None})
    steps = (Step("search", "", (("search", GRANTED, 3),)), Step("distrust", "", (("distrust", ()),)))
    assert not verify(Proof(steps, 161), GRANTED, 3, "2021", table)


def test_nothing_is_proved_from_a_table_that_contradicts_itself() -> None:
    table = sample({"received": (5, 1, 0, 0, 0, 0, 7), "granted": None})
    steps = (Step("search", "", (("search", GRANTED, 99),)), Step("distrust", "", (("distrust", ()),)))
    assert not verify(Proof(steps, 168), GRANTED, 99, "2021", table)
