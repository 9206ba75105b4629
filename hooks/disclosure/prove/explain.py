"""From the log of a propagation to a short proof: only the steps that a value needs, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeAlias

from disclosure.model import Cell, PlacedBy, Proof, Step
from disclosure.prove import sentences
from disclosure.prove.analysis import Analysis
from disclosure.prove.domains import NO_LIMIT, UNBOUNDED, UNKNOWN, narrow
from disclosure.prove.placements import Placement
from disclosure.prove.propagate import SEARCH, Event
from disclosure.prove.relations import Relation

MOST_STEPS = 8
"""A longer chain convinces nobody: then the proof says that all cases were tried."""

At: TypeAlias = tuple[int, int]
"""Row and column number."""
Bounds: TypeAlias = tuple[int, int]

FREE: Bounds = (0, UNBOUNDED)


class Explainer:
    """Writes the proofs of one table.

    A step holds any number of claims, which ``checker.py`` reads:

    * ``("printed", row, values)``: what the row prints, -1 for a mark;
    * ``("bounds", relation kind, cell, low, high)``: from what is known so far, high None where unbounded;
    * ``("search", cell, value)``: every other value was tried and refuted;
    * ``("order",)``, ``("lone-total",)``: all rows together tell where these numbers belong (see ``PlacedBy``);
    * ``("distrust", relations)``: solved again without each printed number, and without these (kind, row or column).

    Steps without a claim only help the reader.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.problem = analysis.problem
        self.shape = analysis.problem.shape
        self._premises: dict[int, tuple[At, ...]] = {}
        self._rows: dict[int, tuple[Step, ...]] = {}

    @cached_property
    def history(self) -> dict[At, list[int]]:
        """The events of each cell, by number."""
        history: dict[At, list[int]] = {}
        for number, event in enumerate(self.analysis.events):
            history.setdefault((event.row, event.column), []).append(number)
        return history

    @cached_property
    def last_step(self) -> tuple[int, Step]:
        """How many printed numbers were distrusted, and the step that says so."""
        count = sum(value != UNKNOWN for printed in self.analysis.prints for value in printed.values)
        claim = ("distrust", tuple((relation.kind, _place(relation)) for relation in self.analysis.violated))
        return count, Step("distrust", sentences.distrusted(self.shape, count), (claim,))

    def proof(self, row: int, column: int, note: Step | None = None) -> Proof:
        """Why a cell has its value; ``note`` is said before the last step."""
        count, last = self.last_step
        values, columns = self.analysis.prints[row]
        if self.problem.fixed[row] is None:
            steps = (self._printed(row), *self._derivation((row, column)))
        elif columns is None and values:
            steps = self._own_row(row)
        else:
            steps = (self._printed(row), self._own_cell((row, column)))
        return Proof((*steps, *((note,) if note else ()), last), count)

    def whole_table_proof(self, row: int, how: PlacedBy) -> Proof:
        """Why the numbers of a row belong to it, where only all rows together tell: nothing was distrusted."""
        return Proof((Step(how.value, sentences.PLACED_BY[how](self.shape, row), ((how.value,),)),), 0)

    def placement_note(self, row: int, placement: Placement, *, whole: bool) -> Step:
        """Said where the printed numbers of a row fit in several ways."""
        if not whole:
            return Step("placement", sentences.entry_not_told(self.shape, row))
        lost = [column for column in range(len(self.shape.columns)) if column not in placement]
        return Step("placement", sentences.not_told_apart(self.shape, lost))

    def _printed(self, row: int) -> Step:
        values, columns = self.analysis.prints[row]
        if not values:
            text = sentences.not_read(self.shape, row)
        elif columns is None:
            text = sentences.printed_unplaced(self.shape, row, values)
        else:
            known = {column for column, value in zip(columns, values, strict=True) if value != UNKNOWN}
            gaps = (column for column in range(len(self.shape.columns)) if column not in known)
            text = sentences.printed_gaps(self.shape, row, gaps)
        return Step("printed", text, (("printed", self.shape.rows[row], values),))

    def _own_row(self, row: int) -> tuple[Step, ...]:
        """The proof of a row that its own numbers fix, for all its cells at once."""
        if row not in self._rows:
            fixed = self.problem.fixed[row] or ()
            found = {column: (value, value) for column, value in enumerate(fixed)}
            self._rows[row] = (self._printed(row), self._row_step(row, found, ()))
        return self._rows[row]

    def _own_cell(self, at: At) -> Step:
        """The proof of a cell that its row fixes, where the columns of the row are known."""
        bounds = self._bounds_before(at, 0)
        return self._equation_step(Event(None, *at, *bounds), {})

    def _derivation(self, at: At) -> list[Step]:
        """The steps from the printed numbers to the value of a cell."""
        events = self.analysis.events
        last = self.history.get(at, [-1])[-1]
        if last >= 0 and events[last].low == events[last].high:
            steps = self._slice(last)
            if len(steps) <= MOST_STEPS:
                return steps
        bounds = self.analysis.bounds(*at) or FREE
        return [self._search_step(at, bounds[0])]

    def _slice(self, last: int) -> list[Step]:
        """The events that event ``last`` rests on, and itself, as steps."""
        needed, constants, todo = set(), dict[At, None](), [last]
        while todo:
            number = todo.pop()
            if number in needed:
                continue
            needed.add(number)
            for at in self._premises_of(number):
                before = self._before(at, number)
                if before is None:
                    constants[at] = None
                else:
                    todo.append(before)
        return [*self._constant_steps(constants), *(self._event_step(number) for number in sorted(needed))]

    def _before(self, at: At, number: int) -> int | None:
        """The latest event of a cell before event ``number``."""
        return next((earlier for earlier in reversed(self.history.get(at, ())) if earlier < number), None)

    def _bounds_before(self, at: At, number: int) -> Bounds:
        fixed = self.problem.fixed[at[0]]
        count = self._printed_at(at) if fixed is None else fixed[at[1]]
        if count is not None:
            return count, count
        before = self._before(at, number)
        return FREE if before is None else (self.analysis.events[before].low, self.analysis.events[before].high)

    def _printed_at(self, at: At) -> int | None:
        """The count printed in a cell, None where there is none or its column is uncertain."""
        values, columns = self.analysis.prints[at[0]]
        if columns is None or at[1] not in columns:
            return None
        count = values[columns.index(at[1])]
        return None if count == UNKNOWN else count

    def _premises_of(self, number: int) -> tuple[At, ...]:
        """The cells whose earlier bounds an event needs: those that cannot be left out one by one."""
        if number not in self._premises:
            event = self.analysis.events[number]
            cells = self._cells_of(event)
            known = {at: self._bounds_before(at, number) for at in cells}
            premises = [at for at in cells if known[at] != FREE and self._printed_at(at) is None]
            for at in tuple(premises):
                kept, known[at] = known[at], FREE
                if self._implies(event, known):
                    premises.remove(at)
                else:
                    known[at] = kept
            self._premises[number] = tuple(premises)
        return self._premises[number]

    def _cells_of(self, event: Event) -> list[At]:
        if event.line == SEARCH:
            return []
        if event.line is None:
            return [(event.row, column) for column in range(len(self.shape.columns))]
        return [(row, event.column) for row, _ in self.shape.lines[event.line].terms]

    def _implies(self, event: Event, known: Mapping[At, Bounds]) -> bool:
        """Whether a relation leads from ``known`` to the bounds of an event."""
        low, high = self._row_hull(event, known) if event.line is None else self._column_hull(event, known)
        return low >= event.low and (high <= event.high or event.high >= NO_LIMIT)

    def _row_hull(self, event: Event, known: Mapping[At, Bounds]) -> Bounds:
        lows, highs = ([bounds[side] for bounds in known.values()] for side in (0, 1))
        signs = self.shape.signs if self.problem.summed[event.row] else None
        boxes = [narrow(case, lows, highs, signs) for case in self.problem.cases[event.row]]
        found = [(box[0][event.column], box[1][event.column]) for box in boxes if box is not None]
        return min(low for low, _ in found), max(high for _, high in found)

    def _column_hull(self, event: Event, known: Mapping[At, Bounds]) -> Bounds:
        low, high = known[event.row, event.column]
        least = most = own = 0
        for row, sign in self.shape.lines[event.line or 0].terms:
            down, up = known[row, event.column]
            if row == event.row:
                own = sign
            elif sign > 0:
                least, most = least + down, most + up
            else:
                least, most = least - up, most - down
        floor, ceiling = (-most, -least) if own > 0 else (least, most)
        return max(low, floor), min(high, ceiling)

    def _constant_steps(self, constants: Iterable[At]) -> list[Step]:
        """One step per column for other rows that are fixed by their own numbers."""
        columns: dict[int, dict[int, int]] = {}
        for row, column in sorted(constants):
            columns.setdefault(column, {})[row] = (self.problem.fixed[row] or ())[column]
        return [
            Step(
                self.shape.row_relations[0].kind,
                sentences.other_rows(self.shape, column, values),
                tuple(self._claim(None, (row, column), (value, value)) for row, value in values.items()),
            )
            for column, values in columns.items()
        ]

    def _event_step(self, number: int) -> Step:
        event = self.analysis.events[number]
        at, found = (event.row, event.column), (event.low, event.high)
        if event.line == SEARCH:
            return self._search_step(at, event.low)
        premises = self._premises_of(number)
        values, columns = self.analysis.prints[event.row]
        if event.line is None and values and columns is None:
            return self._row_step(event.row, {event.column: found}, premises)
        return self._equation_step(event, {cell: self._bounds_before(cell, number) for cell in premises})

    def _equation_step(self, event: Event, known: Mapping[At, Bounds]) -> Step:
        """A cell out of a relation whose other cells are printed, or have the bounds ``known``."""
        at, found = (event.row, event.column), (event.low, event.high)
        relation = self._relation(event.line, at)
        shown = {cell: self._printed_at(cell) for cell in self._cells_of(event)}
        bounds = {self._cell(cell): (count, count) for cell, count in shown.items() if count is not None}
        bounds.update((self._cell(cell), ends) for cell, ends in known.items())
        text = sentences.equation(self.shape, relation, self._cell(at), bounds, found)
        return Step(relation.kind, text, (self._claim(event.line, at, found),))

    def _row_step(self, row: int, found: Mapping[int, Bounds], premises: tuple[At, ...]) -> Step:
        relation = self._relation(None, (row, 0))
        claims = tuple(self._claim(None, (row, column), bounds) for column, bounds in found.items())
        count = len(self.analysis.prints[row].values)
        text = sentences.tried_placements(self.shape, row, count, found, premised=bool(premises))
        return Step(relation.kind, text, claims)

    def _search_step(self, at: At, value: int) -> Step:
        cell = self._cell(at)
        return Step("search", sentences.searched(self.shape, cell, value), (("search", cell, value),))

    def _claim(self, line: int | None, at: At, bounds: Bounds) -> tuple[object, ...]:
        high = bounds[1] if bounds[1] < NO_LIMIT else None
        return "bounds", self._relation(line, at).kind, self._cell(at), bounds[0], high

    def _relation(self, line: int | None, at: At) -> Relation:
        return self.shape.row_relations[at[0]] if line is None else self.shape.lines[line].relations[at[1]]

    def _cell(self, at: At) -> Cell:
        return Cell(self.shape.table, self.shape.rows[at[0]], self.shape.columns[at[1]])


def _place(relation: Relation) -> str:
    """The row or column in which a relation lies."""
    first, second = relation.cells[:2]
    return first.row if first.row == second.row else first.column
