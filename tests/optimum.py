"""The exact optimum: what can be known of a damaged table at all, by CP-SAT, to judge the prover by.

A figure is *provable* where it has one value in every completion of the table, whichever single printed number is
wrong. The prover may find fewer, never others. Not counted are cells with a mark for "no number" that the sums prove to
be more than 0: there the office contradicts itself, and the figure is withheld on purpose.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from disclosure.form.template import DISPUTES
from disclosure.model import Cell, Status, TableReading
from ortools.sat.python import cp_model
from prove_strategies import DAMAGES, Exact, columns_of, damage, make_table, prove, random_counts

REQUESTS = (3, 30, 500)
"""Requests of a year, about."""
MARK = "/"
_PROVED = (Status.PLACED, Status.RECOVERED)


class Recovered(NamedTuple):
    """How many figures that are not printed at a known place are provable, how many of them were recovered.

    ``beyond`` counts figures that the prover published though they are not provable: it must be 0.
    """

    tables: int = 0
    provable: int = 0
    found: int = 0
    beyond: int = 0

    @property
    def share(self) -> float:
        """What was recovered of what is provable, from 0 to 1."""
        return self.found / self.provable if self.provable else 1.0

    def plus(self, other: Recovered) -> Recovered:
        """Both together."""
        return Recovered(*(one + two for one, two in zip(self, other, strict=True)))


class Case(NamedTuple):
    """A true table, and what a damaged source shows of it."""

    form: str
    truth: Mapping[Cell, int]
    reading: TableReading


def implied(form: str, reading: TableReading, cell: Cell, value: int) -> bool:
    """Whether a table has completions, and in all of them a figure has this value, whichever one number is wrong."""
    exact = Exact(form, reading, wrong=1)
    return _solvable(exact) and exact.other({cell: value}) is None


def _solvable(exact: Exact) -> bool:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return solver.solve(exact.model) in {cp_model.OPTIMAL, cp_model.FEASIBLE}


def compare(case: Case) -> Recovered:
    """Prove a table and hold the result to the optimum."""
    figures = prove(case.reading, form=case.form)
    open_cells = {
        cell: value
        for cell, value in case.truth.items()
        if figures[cell].status is not Status.PRINTED and not (figures[cell].raw == MARK and value)
    }
    certain = Exact(case.form, case.reading, wrong=1).certain(case.truth, open_cells)
    proved = {cell for cell in open_cells if figures[cell].status in _PROVED}
    right = {cell for cell in proved if figures[cell].value == case.truth[cell]}
    return Recovered(1, len(certain), len(certain & right), len(proved - certain))


def requests_case(kind: str, number: int) -> Case:
    """A table 3 with rows that lost cells, at known places or not, or are gone."""
    rng = random.Random(f"optimum {kind} {number}")  # noqa: S311 - a seed that can be repeated is the point
    form = ("2021", "2019")[number % 2]
    counts = random_counts(rng, REQUESTS[number % len(REQUESTS)], form)
    truth = {
        Cell("requests", row, column): value
        for row, values in counts.items()
        for column, value in zip(columns_of("requests", row, form), values, strict=True)
    }
    return Case(form, truth, damage(rng, counts, DAMAGES[kind], form))


def disputes_case(kind: str, number: int) -> Case:
    """A table 4 of which blocks lost one or two cells, at known places or not, or are gone."""
    rng = random.Random(f"optimum disputes {kind} {number}")  # noqa: S311 - the same
    truth: dict[Cell, int] = {}
    printed: dict[str, list[int] | None] = {}
    columns: dict[str, list[str] | None] = {}
    for row in DISPUTES.rows:
        names = list(columns_of("disputes", row.id))
        results = [rng.choice([0, 0, rng.randint(0, 9)]) for _ in names[:-1]]
        counts = [*results, sum(results)]
        truth.update({Cell("disputes", row.id, name): value for name, value in zip(names, counts, strict=True)})
        kept = sorted(rng.sample(range(len(names)), len(names) - DISPUTE_DAMAGES[kind]))
        printed[row.id] = [counts[at] for at in kept]
        columns[row.id] = None if "unplaced" in kind else [names[at] for at in kept]
    return Case("2021", truth, make_table("disputes", printed, columns))


DISPUTE_DAMAGES = {"one gap": 1, "two gaps": 2, "one unplaced": 1, "two unplaced": 2}
"""Kinds of damage to table 4, with how many numbers every block loses."""


def recovered_of(number: int) -> dict[str, Recovered]:
    """What is recovered of one table of each kind of damage."""
    found = {f"requests: {kind}": compare(requests_case(kind, number)) for kind in DAMAGES}
    return {**found, **{f"disputes: {kind}": compare(disputes_case(kind, number)) for kind in DISPUTE_DAMAGES}}


def recovered(each: int) -> dict[str, Recovered]:
    """What is recovered of what is provable, by kind of damage, of so many tables of each."""
    found: dict[str, Recovered] = defaultdict(Recovered)
    for number in range(each):
        for kind, one in recovered_of(number).items():
            found[kind] = found[kind].plus(one)
    return dict(found)


def table_of(found: Mapping[str, Recovered]) -> str:
    """The shares as text; the last line is for all."""
    everything = Recovered()
    for one in found.values():
        everything = everything.plus(one)
    lines = [f"{'':32}{'tables':>8}{'provable':>10}{'recovered':>11}{'share':>10}{'beyond':>8}"]
    for kind, one in {**found, "all": everything}.items():
        lines.append(f"{kind:32}{one.tables:8}{one.provable:10}{one.found:11}{one.share:10.2%}{one.beyond:8}")
    return "\n".join(lines)
