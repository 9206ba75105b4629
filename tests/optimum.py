"""The exact optimum: what can be known of a damaged table at all, by CP-SAT, to judge the prover by."""

from __future__ import annotations

from disclosure.model import Cell, TableReading
from ortools.sat.python import cp_model
from prove_strategies import Exact


def implied(form: str, reading: TableReading, cell: Cell, value: int) -> bool:
    """Whether a table has completions, and in all of them a figure has this value, whichever one number is wrong."""
    exact = Exact(form, reading, wrong=1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solvable = solver.solve(exact.model) in {cp_model.OPTIMAL, cp_model.FEASIBLE}
    return solvable and exact.other({cell: value}) is None
