"""Sound bounds propagation over the open rows of a table: only what violates a relation is ever removed.

A row that its own print already fixes is a constant. The rest, the open rows, keep their remaining cases and the
hull of those cases; rows and columns narrow each other until nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from disclosure.prove.domains import NO_LIMIT, UNBOUNDED, UNKNOWN, Box, Case, narrow_cases
from disclosure.prove.shape import Shape

SEARCH = -1
"""In place of a line: found by trying all cases."""


class Event(NamedTuple):
    """A tightened cell: by which relation, to which bounds. ``line`` is None for the row's own relation."""

    line: int | None
    row: int
    column: int
    low: int
    high: int


class ContradictionError(Exception):
    """No content of the table satisfies a relation: that of row ``at``, or of column ``at`` in line ``line``."""

    def __init__(self, line: int | None, at: int) -> None:
        super().__init__(line, at)
        self.line, self.at = line, at


class BudgetError(Exception):
    """The work allowed for one table is used up; what was not proved until now stays unproved."""


@dataclass(slots=True)
class Budget:
    """Work left, in cases looked at and column sums taken: deterministic, unlike a clock."""

    left: int

    def spend(self, work: int) -> None:
        """Take ``work`` off; raises BudgetError when there is not enough left."""
        self.left -= work
        if self.left < 0:
            raise BudgetError


@dataclass(frozen=True, slots=True)
class Problem:
    """One table with its constants. ``dropped`` are column relations, as (line, column), not to be relied on.

    ``summed`` says per row whether its own relation may be relied on. ``fixed`` holds the single case of a row that
    is known without any other row, ``None`` for an open row. ``constants`` are Σ sign · fixed per line and column.
    """

    shape: Shape
    cases: tuple[tuple[Case, ...], ...]
    summed: tuple[bool, ...]
    dropped: frozenset[tuple[int, int]]
    fixed: tuple[Case | None, ...]
    constants: tuple[tuple[int, ...], ...]


@dataclass(slots=True)
class State:
    """Remaining cases and hull of every open row, and the sums of the rows that are constant."""

    cases: dict[int, tuple[Case, ...]]
    boxes: dict[int, Box]
    constants: Sequence[Sequence[int]]
    terms: list[list[tuple[int, int]]]
    events: list[Event] | None = field(default=None)

    def copy(self) -> State:
        """An independent state for one branch of a search; events are not recorded there."""
        return State(self.cases.copy(), self.boxes.copy(), self.constants, self.terms)


def single(cases: Sequence[Case]) -> Case | None:
    """The one content of a row that its own print fixes completely."""
    return cases[0] if len(cases) == 1 and UNKNOWN not in cases[0] else None


def make_problem(shape: Shape, cases: Sequence[tuple[Case, ...]], summed: Sequence[bool]) -> Problem:
    """Sum up the rows that are constant; every column relation may be relied on."""
    fixed = tuple(map(single, cases))
    constants = []
    for line in shape.lines:
        sums = [0] * len(shape.columns)
        for row, sign in line.terms:
            for column, value in enumerate(fixed[row] or ()):
                sums[column] += sign * value
        constants.append(tuple(sums))
    return Problem(shape, tuple(cases), tuple(summed), frozenset(), fixed, tuple(constants))


def start(problem: Problem, changed: int | None = None, cases: Sequence[Case] = ()) -> State:
    """The state before propagation; row ``changed`` has ``cases`` instead of its own."""
    size = len(problem.shape.columns)
    domains: dict[int, tuple[Case, ...]] = {
        row: problem.cases[row] for row, fixed in enumerate(problem.fixed) if fixed is None
    }
    constants = [list(sums) for sums in problem.constants]
    if changed is not None:
        domains[changed] = tuple(cases)
        fixed = problem.fixed[changed]
        if fixed is not None:
            for line, sign in problem.shape.roles[changed]:
                for column, value in enumerate(fixed):
                    constants[line][column] -= sign * value
    terms = [[term for term in line.terms if term[0] in domains] for line in problem.shape.lines]
    boxes = dict.fromkeys(domains, ((0,) * size, (UNBOUNDED,) * size))
    return State(domains, boxes, constants, terms)


def propagate(
    problem: Problem, state: State, budget: Budget, row: int | None = None, column: int | None = None
) -> None:
    """Narrow all rows and columns until nothing changes.

    After a change to one row of a state that was narrowed before, ``row`` says which, and ``column`` where.

    Raises:
        ContradictionError: no content satisfies the relations.
        BudgetError: the state is sound, but not narrowed as far as possible.
    """
    todo = dict.fromkeys(state.cases if row is None else (row,))
    columns = _columns_of(problem.shape, row, column)
    while todo or columns:
        for changed in todo:
            for at in narrow_row(problem, state, changed, budget):
                for line in problem.shape.lines_of[changed]:
                    columns[line, at] = None
        todo = {}
        for line, at in columns:
            if (line, at) not in problem.dropped:
                todo.update(dict.fromkeys(narrow_column(state, line, at, budget)))
        columns = {}


def _columns_of(shape: Shape, row: int | None, column: int | None) -> dict[tuple[int, int], None]:
    """The column relations to begin with: all at the start, also those of constants only, which may not hold."""
    if row is None:
        return {(line, at): None for line in range(len(shape.lines)) for at in range(len(shape.columns))}
    return {} if column is None else {(line, column): None for line in shape.lines_of[row]}


def narrow_row(problem: Problem, state: State, row: int, budget: Budget) -> list[int]:
    """Drop the impossible cases of a row and take the hull of the rest; returns the columns that changed."""
    lows, highs = state.boxes[row]
    signs = problem.shape.signs if problem.summed[row] else None
    cases = state.cases[row]
    budget.spend(len(cases))
    possible = narrow_cases(cases, lows, highs, signs)
    if possible is None:
        raise ContradictionError(None, row)
    state.cases[row], hull = possible
    if hull == (lows, highs):
        return []
    changed = [
        column
        for column, (low, high) in enumerate(zip(lows, highs, strict=True))
        if hull[0][column] != low or hull[1][column] != high
    ]
    state.boxes[row] = hull
    if state.events is not None:
        state.events += [Event(None, row, column, hull[0][column], hull[1][column]) for column in changed]
    return changed


def narrow_column(state: State, line: int, column: int, budget: Budget) -> list[int]:
    """Tighten one column relation; returns the rows that changed."""
    terms = state.terms[line]
    budget.spend(1)
    boxes = state.boxes
    least = most = state.constants[line][column]
    for row, sign in terms:
        lows, highs = boxes[row]
        if sign > 0:
            least += lows[column]
            most += highs[column]
        else:
            least -= highs[column]
            most -= lows[column]
    if least > 0 or most < 0:
        raise ContradictionError(line, column)
    slack = min(most, -least)
    changed = []
    for row, sign in terms:
        lows, highs = boxes[row]
        low, high = lows[column], highs[column]
        if high - low <= slack:
            continue
        floor, ceiling = (high - most, low - least) if sign > 0 else (high + least, low + most)
        if floor > low or (ceiling < high and ceiling < NO_LIMIT):
            tightened = max(low, floor), min(high, ceiling) if ceiling < NO_LIMIT else high
            boxes[row] = with_cell(boxes[row], column, *tightened)
            changed.append(row)
            if state.events is not None:
                state.events.append(Event(line, row, column, *tightened))
    return changed


def with_cell(box: Box, column: int, low: int, high: int) -> Box:
    """A box with other bounds of one column."""
    lows, highs = box
    return (*lows[:column], low, *lows[column + 1 :]), (*highs[:column], high, *highs[column + 1 :])
