"""Complete search behind propagation, with a cap: is there a completion in which this cell differs?

Branches take one remaining case of a row, then one end of a cell's range against the rest of it, so every completion
lies in exactly one branch. A search that ends is a proof; one that meets the cap proves nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from disclosure.prove.domains import NO_LIMIT, UNBOUNDED
from disclosure.prove.propagate import (
    SEARCH,
    Budget,
    BudgetError,
    ContradictionError,
    Event,
    Problem,
    State,
    propagate,
    with_cell,
)

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
    return _within_cap(lambda cap: _descend(problem, state.copy(), cap, from_top=False), budget, TABLE_CAP)


def find_difference(
    problem: Problem, state: State, at: tuple[int, int], value: int, budget: Budget
) -> Completion | None:
    """A completion in which the cell ``at`` (row, column) is not ``value``; None where there is none.

    It takes the largest counts first, where ``find_completion`` takes the smallest: so the two differ in most cells
    that are open at all, and one answer settles many of them.

    Raises:
        BudgetError: neither was found out within the cap.
    """
    for low, high in ((0, value - 1), (value + 1, UNBOUNDED)):
        if low <= high:
            within = functools.partial(_restricted, problem, state, (*at, low, high))
            found = _within_cap(within, budget, CELL_CAP)
            if found is not None:
                return found
    return None


def _restricted(problem: Problem, state: State, restriction: Restriction, cap: Budget) -> Completion | None:
    """A completion of a state with one cell narrowed."""
    branch = state.copy()
    return _descend(problem, branch, cap, from_top=True) if _restrict(problem, branch, restriction, cap) else None


def _within_cap(search: Callable[[Budget], Completion | None], budget: Budget, most: int) -> Completion | None:
    """The answer of a search that may do ``most`` work, all of it taken off the table's budget."""
    cap = Budget(min(most, budget.left))
    allowed = cap.left
    try:
        return search(cap)
    finally:
        budget.left -= allowed - max(cap.left, 0)


def _descend(problem: Problem, state: State, budget: Budget, *, from_top: bool) -> Completion | None:
    """Depth-first search below a propagated state, without recursion: a wide range makes a deep tree."""
    path = [(state, _branches(problem, state, budget, from_top=from_top))]
    while path:
        parent, branches = path[-1]
        branch = next(branches, None)
        if branch is None:
            path.pop()
        elif branch is parent:
            return {row: lows for row, (lows, _) in branch.boxes.items()}
        else:
            path.append((branch, _branches(problem, branch, budget, from_top=from_top)))
    return None


def _branches(problem: Problem, state: State, budget: Budget, *, from_top: bool) -> Iterator[State]:
    """The propagated branches of a state; the state itself where nothing is open any more."""
    row = min(
        (row for row, cases in state.cases.items() if len(cases) > 1),
        key=lambda row: len(state.cases[row]),
        default=None,
    )
    if row is not None:
        for case in state.cases[row]:
            branch = state.copy()
            branch.cases[row] = (case,)
            if _consistent(problem, branch, row, budget):
                yield branch
        return
    cell = _narrowest(state)
    if cell is None:
        yield state
        return
    at, column, low, high = cell
    first = low if not from_top else high if high < NO_LIMIT else low + 1
    for least, most in ((first, first), (low, first - 1), (first + 1, high)):
        if least > most:
            continue
        branch = state.copy()
        restriction = (at, column, least, most)
        if _restrict(problem, branch, restriction, budget):
            yield branch


def _narrowest(state: State) -> Restriction | None:
    """The open cell with the smallest range."""
    smallest, found = UNBOUNDED + 1, None
    for row, (lows, highs) in state.boxes.items():
        if lows == highs:
            continue
        for column, (low, high) in enumerate(zip(lows, highs, strict=True)):
            if low < high and high - low < smallest:
                smallest, found = high - low, (row, column, low, high)
                if smallest == 1:
                    return found
    return found


def _restrict(problem: Problem, state: State, restriction: Restriction, budget: Budget) -> bool:
    """Narrow one cell and propagate; False where that is impossible."""
    row, column, low, high = restriction
    lows, highs = state.boxes[row]
    low, high = max(low, lows[column]), min(high, highs[column])
    state.boxes[row] = with_cell((lows, highs), column, low, high)
    return low <= high and _consistent(problem, state, row, budget, column)


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
