"""Complete search behind propagation, with a cap: is there a completion in which this cell differs?

Branches take one remaining case of a row, then one end of a cell's range against the rest of it, so every completion
lies in exactly one branch. A search that ends is a proof; one that meets the cap proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from disclosure.prove.domains import UNBOUNDED
from disclosure.prove.propagate import SEARCH, Budget, BudgetError, ContradictionError, Event, Problem, State, propagate

CELL_CAP = 1500
"""Work for one question about one cell; nearly all questions that can be settled take far less."""
TABLE_CAP = 10_000
"""Work for the question whether a table has a completion: without an answer, nothing about it is published."""

Completion: TypeAlias = Mapping[int, Sequence[int]]
"""The counts of every open row."""
Restriction: TypeAlias = tuple[int, int, int, int]
"""Row, column, lowest and highest value."""


def find_completion(problem: Problem, state: State, budget: Budget) -> Completion | None:
    """Some completion of a propagated state; None where there is none.

    Raises:
        BudgetError: neither was found out within the cap.
    """
    return _within_cap(problem, state, (), budget, TABLE_CAP)


def find_difference(
    problem: Problem, state: State, at: tuple[int, int], value: int, budget: Budget
) -> Completion | None:
    """A completion in which the cell ``at`` (row, column) is not ``value``; None where there is none.

    Raises:
        BudgetError: neither was found out within the cap.
    """
    for low, high in ((0, value - 1), (value + 1, UNBOUNDED)):
        if low <= high:
            found = _within_cap(problem, state, [(*at, low, high)], budget, CELL_CAP)
            if found is not None:
                return found
    return None


def _within_cap(
    problem: Problem, state: State, restrictions: Iterable[Restriction], budget: Budget, most: int
) -> Completion | None:
    cap = Budget(min(most, budget.left))
    allowed = cap.left
    try:
        branch = state.copy()
        for restriction in restrictions:
            if not _restrict(problem, branch, restriction, cap):
                return None
        return _descend(problem, branch, cap)
    finally:
        budget.left -= allowed - max(cap.left, 0)


def _descend(problem: Problem, state: State, budget: Budget) -> Completion | None:
    """Depth-first search below a propagated state, without recursion: a wide range makes a deep tree."""
    path = [(state, _branches(problem, state, budget))]
    while path:
        parent, branches = path[-1]
        branch = next(branches, None)
        if branch is None:
            path.pop()
        elif branch is parent:
            return {row: lows for row, (lows, _) in branch.boxes.items()}
        else:
            path.append((branch, _branches(problem, branch, budget)))
    return None


def _branches(problem: Problem, state: State, budget: Budget) -> Iterator[State]:
    """The propagated branches of a state; the state itself where nothing is open any more."""
    row = min(
        (row for row, cases in state.cases.items() if len(cases) > 1),
        key=lambda row: len(state.cases[row]),
        default=None,
    )
    if row is not None:
        for case in state.cases[row]:
            branch = state.copy()
            branch.cases[row] = [case]
            if _consistent(problem, branch, row, budget):
                yield branch
        return
    cell = _narrowest(state)
    if cell is None:
        yield state
        return
    at, column, low, high = cell
    for restriction in ((at, column, low, low), (at, column, low + 1, high)):
        branch = state.copy()
        if _restrict(problem, branch, restriction, budget):
            yield branch


def _narrowest(state: State) -> Restriction | None:
    """The open cell with the smallest range."""
    cells = (
        (high - low, row, column, low, high)
        for row, (lows, highs) in state.boxes.items()
        for column, (low, high) in enumerate(zip(lows, highs, strict=True))
        if low < high
    )
    smallest = min(cells, default=None)
    return None if smallest is None else smallest[1:]


def _restrict(problem: Problem, state: State, restriction: Restriction, budget: Budget) -> bool:
    """Narrow one cell and propagate; False where that is impossible."""
    row, column, low, high = restriction
    lows, highs = state.boxes[row]
    lows[column], highs[column] = max(low, lows[column]), min(high, highs[column])
    return lows[column] <= highs[column] and _consistent(problem, state, row, budget, column)


def _consistent(problem: Problem, state: State, row: int, budget: Budget, column: int | None = None) -> bool:
    try:
        propagate(problem, state, budget, row, column)
    except ContradictionError:
        return False
    return True


def settle(
    problem: Problem, state: State, views: Iterable[int], values: Mapping[int, Sequence[int | None]], budget: Budget
) -> None:
    """Close the open cells of the rows ``views`` that have their value in every completion of a propagated state.

    ``values`` holds the value to be proved per row and column, None where there is nothing to prove.

    Raises:
        BudgetError: the work allowed for the table is used up; what is closed until then is proved.
    """
    open_cells = {
        (row, column): value
        for row in views
        for column, value in enumerate(values[row])
        if value is not None and state.boxes[row][0][column] < state.boxes[row][1][column]
    }
    while open_cells:
        (row, column), value = open_cells.popitem()
        try:
            other = find_difference(problem, state, (row, column), value, budget)
        except BudgetError:
            continue
        if other is None:
            if state.events is not None:
                state.events.append(Event(SEARCH, row, column, value, value))
            _restrict(problem, state, (row, column, value, value), budget)
        else:
            open_cells = {cell: value for cell, value in open_cells.items() if other[cell[0]][cell[1]] == value}
