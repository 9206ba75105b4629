"""One table from its reading to what is proved about it: printed counts, broken relations, robust bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from disclosure.model import RowReading, TableReading
from disclosure.prove.domains import LARGEST, UNKNOWN, Box, Case, Print, Ranges, cases_of, ranges_of
from disclosure.prove.marks import broken_by_marks
from disclosure.prove.propagate import (
    Budget,
    BudgetError,
    ContradictionError,
    Event,
    Problem,
    make_problem,
    propagate,
    start,
)
from disclosure.prove.relations import Relation
from disclosure.prove.robust import robust_boxes
from disclosure.prove.search import find_completion
from disclosure.prove.shape import Shape

WORK = 40_000
"""Work allowed for one table (see ``Budget``), roughly 0.15 s; light and medium damage takes below 5,000."""


_SEVERAL = 2
"""Columns that do not add up where more than one number is wrong."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known about one table.

    ``rows`` and ``prints`` follow ``shape.rows``; a row that was not read has None and an empty print. ``violated``
    are the relations that do not hold by themselves, ``failed`` the one at which the table turned out impossible as
    a whole. ``solved`` is True where a completion exists; then ``boxes`` are the robust bounds per row number (rows
    left out are constant) and ``events`` say how the values come about.
    """

    problem: Problem
    rows: tuple[RowReading | None, ...]
    prints: tuple[Print, ...]
    violated: tuple[Relation, ...] = ()
    failed: tuple[Relation, ...] = ()
    solved: bool = False
    boxes: Mapping[int, Box] = field(default_factory=dict)
    events: tuple[Event, ...] = ()

    def bounds(self, row: int, column: int) -> tuple[int, int] | None:
        """The proven range of a cell, whichever one printed number is wrong; None where nothing is proved."""
        if not self.solved:
            return None
        fixed = self.problem.fixed[row] or ()
        lows, highs = self.boxes.get(row) or (fixed, fixed)
        return lows[column], highs[column]


def is_count(value: object) -> bool:
    """Whether a printed number can be a count: a whole number from 0 to ``LARGEST``."""
    return isinstance(value, int) and 0 <= value <= LARGEST


def analyse(shape: Shape, reading: TableReading) -> Analysis:
    """Prove what can be proved about one table that has relations."""
    read = {row.row: row for row in reading.rows}
    rows = tuple(read.get(row) for row in shape.rows)
    prints = tuple(_print_of(row, shape) for row in rows)
    by_marks = broken_by_marks(shape, rows, prints)
    broken_rows = [
        row
        for row, printed in enumerate(prints)
        if row in by_marks[0] or not cases_of(printed, shape.signs, summed=True)
    ]
    summed = [row not in broken_rows for row in range(len(rows))]
    problem = make_problem(shape, _cases(shape, prints, summed), summed)
    broken_columns = list(dict.fromkeys((*_broken_columns(problem, prints), *by_marks[1])))
    problem = replace(problem, dropped=frozenset(broken_columns))
    violated = (
        *(shape.row_relations[row] for row in broken_rows),
        *(shape.lines[line].relations[column] for line, column in broken_columns),
        *_hollow(shape, prints, broken_columns),
    )
    found = Analysis(problem, rows, prints, violated)
    whole = all(_complete(printed, shape) for printed in prints)
    empty = all(value == UNKNOWN for printed in prints for value in printed.values)
    if whole or empty:
        return found
    return _solve(found, publish=_one_misprint_explains(broken_rows, broken_columns))


def _hollow(shape: Shape, prints: Sequence[Print], broken_columns: Sequence[tuple[int, int]]) -> tuple[Relation, ...]:
    """The column relations that hold only through numbers that other relations contradict, where rows may have slipped.

    Below a row that lost its numbers, all others may stand a row too low: then （七）总计 stands beside 结转下年度, and
    the balance holds with it. So it is where a row among complete ones is empty and several columns do not add up.
    """
    complete = sum(_complete(printed, shape) for printed in prints)
    slipped = not all(printed.values for printed in prints) and 2 * complete > len(prints)
    columns = {column for _, column in broken_columns}
    if not slipped or len(columns) < _SEVERAL:
        return ()
    return tuple(
        line.relations[column]
        for number, line in enumerate(shape.lines)
        for column in columns
        if (number, column) not in broken_columns
    )


def _cases(shape: Shape, prints: Sequence[Print], summed: Sequence[bool]) -> list[tuple[Case, ...]]:
    """What each row may contain."""
    return [cases_of(printed, shape.signs, summed=counts) for printed, counts in zip(prints, summed, strict=True)]


def _one_misprint_explains(broken_rows: Sequence[int], broken_columns: Sequence[tuple[int, int]]) -> bool:
    """Whether one wrong number can be the cause of what does not add up.

    One wrong number breaks its row and its column. A broken column with no broken row, or with several, may mean that
    a row stands beside a wrong label: then many of its numbers are wrong, in columns that do add up too, and distrust
    of single numbers protects nothing.
    """
    columns = {column for _, column in broken_columns}
    return not columns or (len(columns) == 1 and len(broken_rows) == 1)


def _print_of(row: RowReading | None, shape: Shape) -> Print:
    """The counts of a row; marks and numbers that are no counts are unknown."""
    if row is None or not row.entries:
        return Print((), None)
    values = tuple(entry.value if is_count(entry.value) else UNKNOWN for entry in row.entries)
    columns = row.columns
    if columns is None and len(values) == len(shape.columns):
        columns = shape.columns
    return Print(values, None if columns is None else tuple(map(shape.columns.index, columns)))  # type: ignore[arg-type]


def _complete(printed: Print, shape: Shape) -> bool:
    return printed.columns is not None and len(printed.values) == len(shape.columns) and UNKNOWN not in printed.values


def _broken_columns(problem: Problem, prints: Sequence[Print]) -> list[tuple[int, int]]:
    """The column relations, as (line, column), that cannot hold, whatever its rows have of what each may contain."""
    signs = problem.shape.signs
    ranges = {
        row: ranges_of(prints[row], signs, summed=problem.summed[row])
        for row, fixed in enumerate(problem.fixed)
        if fixed is None
    }
    return [
        (number, column)
        for number, line in enumerate(problem.shape.lines)
        for column, constant in enumerate(problem.constants[number])
        if not _can_be_zero(constant, [(ranges[row][column], sign) for row, sign in line.terms if row in ranges])
    ]


def _can_be_zero(constant: int, terms: Sequence[tuple[Ranges, int]]) -> bool:
    """Whether constant + Σ sign · cell = 0 is possible: exactly where one cell is in doubt, else within the bounds."""
    signed = [[(low, high) if sign > 0 else (-high, -low) for low, high in ranges] for ranges, sign in terms]
    least = constant + sum(min(low for low, _ in ranges) for ranges in signed)
    most = constant + sum(max(high for _, high in ranges) for ranges in signed)
    in_doubt = [ranges for ranges in signed if len(ranges) > 1]
    if len(in_doubt) != 1 or least > 0 or most < 0:
        return least <= 0 <= most
    (ranges,) = in_doubt
    least -= min(low for low, _ in ranges)
    most -= max(high for _, high in ranges)
    return any(least + low <= 0 <= most + high for low, high in ranges)


def _solve(found: Analysis, *, publish: bool) -> Analysis:
    """Bounds that hold in every completion, whichever single printed number is wrong; or what cannot hold.

    Where ``publish`` is False, only contradictions are looked for.
    """
    problem, budget = found.problem, Budget(WORK)
    state = start(problem)
    state.events = []
    try:
        propagate(problem, state, budget)
        witness = find_completion(problem, state, budget) if publish else None
    except ContradictionError as impossible:
        return replace(found, failed=_all_failed(found, impossible, budget))
    except BudgetError:
        return found
    if witness is None:
        return found
    boxes = robust_boxes(problem, found.prints, state, witness, budget)
    return replace(found, solved=True, boxes=boxes, events=tuple(state.events))


def _all_failed(found: Analysis, impossible: ContradictionError, budget: Budget) -> tuple[Relation, ...]:
    """The relation that turned out impossible, and all that still are when it is set aside, one after another."""
    problem, failed = found.problem, [_relation_of(found.problem.shape, impossible)]
    while True:
        problem = _without(problem, found.prints, impossible)
        try:
            propagate(problem, start(problem), budget)
        except ContradictionError as another:
            impossible = another
            failed.append(_relation_of(problem.shape, another))
        except BudgetError:
            return tuple(failed)
        else:
            return tuple(failed)


def _without(problem: Problem, prints: Sequence[Print], impossible: ContradictionError) -> Problem:
    """The problem without the relation that turned out impossible."""
    if impossible.line is not None:
        return replace(problem, dropped=problem.dropped | {(impossible.line, impossible.at)})
    summed = [counts and row != impossible.at for row, counts in enumerate(problem.summed)]
    fewer = make_problem(problem.shape, _cases(problem.shape, prints, summed), summed)
    return replace(fewer, dropped=problem.dropped)


def _relation_of(shape: Shape, impossible: ContradictionError) -> Relation:
    if impossible.line is None:
        return shape.row_relations[impossible.at]
    return shape.lines[impossible.line].relations[impossible.at]
