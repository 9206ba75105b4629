"""From what is proved about a table to one figure per cell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from disclosure.form.template import FORMS, may_hold
from disclosure.model import Cell, Entry, Figure, PlacedBy, Proof, Refused, RowReading, Status, TableReading, made
from disclosure.prove.agreement import may_be
from disclosure.prove.analysis import Analysis, analyse, is_count
from disclosure.prove.conflicts import single_repair
from disclosure.prove.domains import NO_LIMIT
from disclosure.prove.explain import Explainer
from disclosure.prove.placements import Placement, entry_at, placements_of
from disclosure.prove.shape import shape_of

PRINTED = Status.PRINTED
"""By itself: most figures have it, and Python 3.11 takes long to look a member up."""


@cache
def cells_of(form: str, table: str) -> tuple[tuple[Cell, ...], ...]:
    """The addresses of one table, row by row in the order of the form."""
    return tuple(
        tuple(Cell(table, row.id, column.id) for column in row.columns) for row in FORMS[form].tables[table].rows
    )


def figures_of(form: str, reading: TableReading) -> Iterator[Figure]:
    """The figures of one table, in the order of the form."""
    shape = shape_of(form, reading.table) if reading.found else None
    if shape is None:
        rows = {row.row: row for row in reading.rows}
        for cells in cells_of(form, reading.table):
            yield from _unrelated(cells, rows.get(cells[0].row))
    else:
        yield from _Judge(form, reading, analyse(shape, reading)).figures()


def _unrelated(cells: tuple[Cell, ...], row: RowReading | None) -> Iterator[Figure]:
    """The figures of a row that no relation runs through, or of a table that was not found."""
    entries = certain_entries(cells, row)
    for cell in cells:
        entry = entries.get(cell)
        if entry is not None and entry.value is not None:
            possible = may_hold(cell.column, entry.value)
            yield _shown(cell, entry, PRINTED if possible else Status.CONFLICT)
        else:
            yield _withheld(cell, row, entry)


def certain_entries(cells: tuple[Cell, ...], row: RowReading | None) -> dict[Cell, Entry]:
    """The entries of a row whose column is certain."""
    if row is None:
        return {}
    columns = row.columns
    if columns is None:
        return dict(zip(cells, row.entries, strict=True)) if len(row.entries) == len(cells) else {}
    by_column = dict(zip(columns, row.entries, strict=True))
    return {cell: by_column[cell.column] for cell in cells if cell.column in by_column}


def _shown(cell: Cell, entry: Entry, status: Status, suggestion: int | None = None) -> Figure:
    value, raw, span, remark = entry
    return made(Figure, (cell, value, status, raw, span, span.line, remark, None, None, suggestion, None))


def _withheld(
    cell: Cell, row: RowReading | None, entry: Entry | None, bounds: tuple[int, int | None] | None = None
) -> Figure:
    """A figure without a value: absent, blank or ambiguous by what the source shows at its place."""
    if row is None:
        # A lost row of which something is known all the same is shown with its range.
        limited = bounds is not None and bounds[1] is not None
        return Figure(cell, None, Status.AMBIGUOUS if limited else Status.ABSENT, bounds=bounds if limited else None)
    if entry is not None:
        # A number in another unit than the form's is printed, but it is not the figure.
        status = Status.ABSENT if entry.remark else Status.BLANK
        return Figure(cell, None, status, entry.raw, entry.span, entry.span.line, entry.remark)
    if row.placed_by is PlacedBy.LONE_TOTAL:
        return Figure(cell, None, Status.AMBIGUOUS, line=row.line, bounds=bounds)
    if row.columns is not None or not row.entries:
        return Figure(cell, None, Status.BLANK, "", line=row.line)
    return Figure(cell, None, Status.AMBIGUOUS, line=row.line, bounds=bounds)


def _proved(cell: Cell, value: int, status: Status, entry: Entry, proof: Proof) -> Figure:
    return Figure(cell, value, status, entry.raw, entry.span, entry.span.line, entry.remark, proof)


class _Judge:
    """Gives every figure of one table with relations its status."""

    def __init__(self, form: str, reading: TableReading, analysis: Analysis) -> None:
        self.analysis = analysis
        self.cells = cells_of(form, reading.table)
        self.entries = [certain_entries(cells, row) for cells, row in zip(self.cells, analysis.rows, strict=True)]
        violated = (cell for relation in (*analysis.violated, *analysis.failed) for cell in relation.cells)
        self.tainted = {*violated, *reading.doubted}
        self.repairs = self._repairs(form, reading.table) if analysis.violated else {}
        self.explainer = Explainer(analysis)
        self.beyond = {row for refused in reading.refused if self._exceeds(refused) for row in refused.rows}
        self.contradicted = not all(map(self._agrees, reading.refused))

    def _agrees(self, refused: Refused) -> bool:
        """Whether numbers that were not taken can be the proved ones of their rows.

        An office may have printed a sum that is wrong, and the label beside it is lost: then what is proved of the row
        is not what the source says.
        """
        at = {cells[0].row: row for row, cells in enumerate(self.cells)}
        columns = [cell.column for cell in self.cells[0]]
        order = [columns.index(column) for column in refused.columns]
        return may_be([self._proved(at[row], column) for row in refused.rows for column in order], refused.values)

    def _exceeds(self, refused: Refused) -> bool:
        """Whether one of these numbers is more than any cell of its rows can hold: then no range of them is true."""
        ranges = [
            self.analysis.bounds(row, column)
            for row, cells in enumerate(self.cells)
            if cells[0].row in refused.rows
            for column in range(len(cells))
        ]
        highest = max((bounds[1] for bounds in ranges if bounds is not None), default=NO_LIMIT)
        return any(value is not None and value > highest for value in refused.values)

    def _repairs(self, form: str, table: str) -> dict[Cell, int]:
        counts = {
            cell: int(entry.value)
            for entries in self.entries
            for cell, entry in entries.items()
            if entry.value is not None and is_count(entry.value)
        }
        return single_repair(form, table, self.analysis.violated, counts)

    def figures(self) -> Iterator[Figure]:
        """Every figure of the table."""
        for row, (cells, entries) in enumerate(zip(self.cells, self.entries, strict=True)):
            reading = self.analysis.rows[row]
            if reading is None or entries or not reading.entries:
                for column, cell in enumerate(cells):
                    yield self._certain(row, column, entries.get(cell))
            else:
                yield from self._unplaced(row, reading)

    def _certain(self, row: int, column: int, entry: Entry | None) -> Figure:
        """A cell at a known place, with its entry or without any."""
        if entry is None or entry.value is None:
            return self._numberless(row, column, entry)
        cell = self.cells[row][column]
        if not is_count(entry.value):
            return _shown(cell, entry, Status.CONFLICT, self._proved(row, column))
        if cell in self.tainted:
            return _shown(cell, entry, Status.CONFLICT, self.repairs.get(cell))
        reading = self.analysis.rows[row]
        if reading is not None and reading.placed_by is not None:
            proof = self.explainer.whole_table_proof(row, reading.placed_by)
            return _proved(cell, int(entry.value), Status.PLACED, entry, proof)
        return _shown(cell, entry, PRINTED)

    def _numberless(self, row: int, column: int, entry: Entry | None) -> Figure:
        """A cell at a known place without a number: recovered, or withheld."""
        cell, reading, value = self.cells[row][column], self.analysis.rows[row], self._proved(row, column)
        if reading is None and self.contradicted:
            return Figure(cell, None, Status.ABSENT)
        if value is None or (value and entry is not None):
            # A mark says that there is nothing: a count there would contradict what is printed.
            no_range = value is not None or (reading is None and cell.row in self.beyond)
            return _withheld(cell, reading, entry, None if no_range else self._bounds(row, column))
        proof = self.explainer.proof(row, column)
        if entry is not None:
            return _proved(cell, value, Status.RECOVERED, entry, proof)
        if reading is None:
            return Figure(cell, value, Status.RECOVERED, proof=proof)
        return Figure(cell, value, Status.RECOVERED, "", line=reading.line, proof=proof)

    def _unplaced(self, row: int, reading: RowReading) -> Iterator[Figure]:
        """A row of which only the print order is known."""
        values = [self._proved(row, column) for column in range(len(self.cells[row]))]
        if any(entry.value is not None and not is_count(entry.value) for entry in reading.entries):
            values = [None] * len(values)
        placements = placements_of(self.analysis.prints[row].values, tuple(values))
        for column, value in enumerate(values):
            if value is None:
                yield _withheld(self.cells[row][column], reading, None, self._bounds(row, column))
            else:
                yield self._placed((row, column), value, reading, placements, whole=None not in values)

    def _placed(
        self, at: tuple[int, int], value: int, reading: RowReading, placements: tuple[Placement, ...], *, whole: bool
    ) -> Figure:
        """A proved cell of such a row: one of the printed numbers, or the one not printed."""
        row, column = at
        number, certain = entry_at(placements, column, whole=whole)
        note = None if certain else self.explainer.placement_note(row, placements[0], whole=whole)
        proof = self.explainer.proof(row, column, note)
        if number is None:
            return Figure(self.cells[row][column], value, Status.RECOVERED, line=reading.line, proof=proof)
        entry = reading.entries[number]
        status = Status.RECOVERED if entry.value is None else Status.PLACED
        return _proved(self.cells[row][column], value, status, entry, proof)

    def _proved(self, row: int, column: int) -> int | None:
        """The only value a cell can have, if nothing around it contradicts itself."""
        bounds = self.analysis.bounds(row, column)
        if bounds is None or bounds[0] != bounds[1] or self.cells[row][column] in self.tainted:
            return None
        return bounds[0]

    def _bounds(self, row: int, column: int) -> tuple[int, int | None] | None:
        """The range to publish; none in a table that contradicts itself."""
        bounds = self.analysis.bounds(row, column)
        if bounds is None or bounds[0] == bounds[1] or self.analysis.violated:
            return None
        return bounds[0], bounds[1] if bounds[1] < NO_LIMIT else None
