"""Bounds that hold even if any single printed number of the table is wrong.

For every printed number, the table is solved once more without it; the hull of all these solutions is what we stand
by. If at most one printed number is wrong, the true table is among them, so a cell with one value left is right.

Numbers of one row are set aside together as alternatives (the row then has the cases of each). Rows with the same
role and the same print, a kin, are interchangeable: each kin is distrusted once, in its first row, and seen in its
first row and, for distrust of another of its rows, in its second. A row that stays fixed without any one of its
numbers (a complete row whose total holds) adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TypeAlias

from disclosure.prove.domains import Box, Print, distrusted_cases_of
from disclosure.prove.propagate import Budget, BudgetError, Problem, State, propagate, single, start
from disclosure.prove.search import Completion, settle

Kin: TypeAlias = tuple[int, ...]
"""Interchangeable rows, in the order of the form."""


def kin_of(problem: Problem, prints: Sequence[Print]) -> list[Kin]:
    """The rows grouped by what makes them interchangeable: role, print, and whether their relation counts."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for row, printed in enumerate(prints):
        groups.setdefault((problem.shape.roles[row], printed, problem.summed[row]), []).append(row)
    return [tuple(rows) for rows in groups.values()]


def robust_boxes(
    problem: Problem, prints: Sequence[Print], base: State, witness: Completion, budget: Budget
) -> dict[int, Box]:
    """The hull of every row that is open, or opened by distrust; rows left out keep their constant.

    ``base`` is the propagated table, all numbers trusted, and ``witness`` a completion of it.
    """
    kins = kin_of(problem, prints)
    with suppress(BudgetError):
        settle(problem, base, (rows[0] for rows in kins if rows[0] in base.boxes), witness, budget)
    hulls = {rows: base.boxes[rows[0]] for rows in kins if rows[0] in base.boxes}
    for rows in kins:
        cases = distrusted_cases_of(prints[rows[0]], problem.shape.signs, summed=problem.summed[rows[0]])
        if single(cases) is None:
            fixed = problem.fixed[rows[0]]
            hulls.setdefault(rows, (fixed or (), fixed or ()))
            _widen(hulls, rows, _distrust(problem, rows, cases, hulls, budget))
    return {row: hull for rows, hull in hulls.items() for row in rows}


def _distrust(
    problem: Problem, rows: Kin, cases: Sequence[tuple[int, ...]], hulls: dict[Kin, Box], budget: Budget
) -> State:
    """Solve with ``cases`` for the first row. Out of budget, the state is wider than need be, but still sound."""
    state = start(problem, rows[0], cases)
    values: dict[int, list[int | None]] = {}
    for kin, (lows, highs) in hulls.items():
        wanted = [low if low == high else None for low, high in zip(lows, highs, strict=True)]
        values.update((row, wanted) for row in _views(kin, rows) if row in state.boxes)
    with suppress(BudgetError):
        propagate(problem, state, budget)
        settle(problem, state, values, values, budget)
    return state


def _views(kin: Kin, distrusted: Kin) -> tuple[int, ...]:
    """The rows of a kin that differ from one another while the first row of ``distrusted`` is distrusted."""
    return kin[:2] if kin == distrusted else kin[:1]


def _widen(hulls: dict[Kin, Box], distrusted: Kin, state: State) -> None:
    """Take in what a state leaves open."""
    for kin, hull in hulls.items():
        lows, highs = hull
        for row in _views(kin, distrusted):
            if row in state.boxes:
                also_lows, also_highs = state.boxes[row]
                lows, highs = tuple(map(min, lows, also_lows)), tuple(map(max, highs, also_highs))
        hulls[kin] = lows, highs
