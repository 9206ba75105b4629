"""Put one table together from several files that tell the same report.

What is printed is compared; what follows from it is proved again. Entries are put together row by row and cell by
cell, and the table that results is proved like any other, so every status and proof speaks about this table:

* a number that the main file lacks comes from the next one that prints it at a certain place;
* where two files print different numbers, the one whose sums hold is taken, provided that the sums fail in every file
  that says otherwise. Else the cell counts as unknown: the sums of the whole table prove one of the printed numbers,
  or it is withheld with all of them shown;
* a number from another file that makes sums fail which hold in that file is given back;
* rows that got their place from the table as a whole (``PlacedBy``) mean nothing outside it: they are compared, and the
  table is taken as it is where that gives more figures than all rows whose labels and columns were read.

Why: ``docs/contributing/decisions/0008-two-sources.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple, TypeAlias

from disclosure.model import Cell, Entry, Figure, Number, RowReading, Status, TableReading
from disclosure.prove.conflicts import relations_through
from disclosure.prove.relations import Relation
from disclosure.prove.statuses import cells_of, certain_entries, figures_of


class Witness(NamedTuple):
    """One file's table: as read, and as proved by itself."""

    file: str
    reading: TableReading
    figures: Mapping[Cell, Figure]


class Variant(NamedTuple):
    """What one file prints in a cell."""

    witness: Witness
    entry: Entry
    inferred: bool = False
    """Whether only its table as a whole tells that the entry stands here."""


CERTAIN = frozenset({Status.PRINTED, Status.PLACED, Status.RECOVERED})
"""The statuses of figures that nothing contradicts."""

Shown: TypeAlias = tuple[Witness, RowReading]
"""A row as one file shows it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the files do not agree. ``variants`` are (file, line, print) of each, the main file first.

    ``cells`` is a cell in which the files print different numbers, or a whole row in which the numbers of one file,
    whose columns are lost, do not fit those of another. ``refused`` says that the main file prints no number here and
    that the one of another file makes sums fail.
    """

    cells: tuple[Cell, ...]
    variants: tuple[tuple[str, int, str], ...]
    refused: bool = False

    @property
    def prints(self) -> tuple[str, ...]:
        """What the files print, without their places."""
        return tuple(printed for *_, printed in self.variants)


@dataclass(frozen=True, slots=True)
class Collation:
    """One table from all files; ``reading`` and ``figures`` name the file of their place if it is not the main one."""

    reading: TableReading
    figures: tuple[Figure, ...]
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row put together. ``files`` are those of its entries, ``file`` is that of its line.

    ``disputed`` are the cells in doubt, with what each file prints there. No reading of a ``lost`` row can be believed.
    """

    reading: RowReading
    files: tuple[str, ...]
    file: str
    disputed: Mapping[Cell, tuple[Variant, ...]]
    differences: tuple[Difference, ...] = ()
    lost: bool = False

    def file_of(self, cell: Cell) -> str:
        """The file in which the figure of a cell stands."""
        columns = self.reading.columns
        if columns is None or cell.column not in columns:
            return self.file
        return self.files[columns.index(cell.column)]


def collate(form: str, table: str, witnesses: Sequence[Witness]) -> Collation:
    """One table from several files, the main one first."""
    main = witnesses[0].file
    found = [witness for witness in witnesses if witness.reading.found] or [witnesses[0]]
    if len(found) == 1:
        return _as_it_is(found[0], (), main)
    together = _Desk(form, table, main, found).collation()
    whole = [one for one in found if any(row.placed_by is not None for row in one.reading.rows)]
    if not whole:
        return together
    best = max(whole, key=lambda one: _certain(one.figures.values()))
    alone = _as_it_is(best, [one for one in found if one is not best], main)
    return alone if _certain(alone.figures) > _certain(together.figures) else together


def _certain(figures: Iterable[Figure]) -> int:
    return sum(figure.status in CERTAIN for figure in figures)


def _as_it_is(witness: Witness, others: Sequence[Witness], main: str) -> Collation:
    """The table of one file, but for the numbers that others print differently: those are withheld."""
    source = None if witness.file == main else witness.file
    figures: list[Figure] = []
    differences: list[Difference] = []
    for cell, figure in witness.figures.items():
        printed = [(one, one.figures[cell]) for one in (witness, *others)]
        variants = [
            (one.file, shown.span.line, shown.raw or "", shown.value)
            for one, shown in printed
            if shown.span is not None and shown.value is not None
        ]
        if len({value for *_, value in variants}) > 1:
            difference = Difference((cell,), tuple(variant[:3] for variant in variants))
            differences.append(difference)
            figures.append(_withheld(cell, figure.line, difference.prints, source))
        else:
            figures.append(figure._replace(source=source))
    return Collation(replace(witness.reading, source=source), tuple(figures), tuple(differences))


def _withheld(cell: Cell, line: int | None, prints: Sequence[str], source: str | None) -> Figure:
    """A figure in doubt, with what the files print where they print different things."""
    different = list(dict.fromkeys(prints))
    remark = " 或 ".join(different) if len(different) > 1 else ""
    return Figure(cell, None, Status.AMBIGUOUS, line=line, remark=remark, source=source)


class _Desk:
    """The work on one table that several files show; ``main`` is the name of the main file."""

    def __init__(self, form: str, table: str, main: str, witnesses: Sequence[Witness]) -> None:
        self.form, self.main, self.witnesses = form, main, witnesses
        self.rows = cells_of(form, table)
        self.through = relations_through(form, table)

    def collation(self) -> Collation:
        """Put the table together, giving back what makes sums fail until nothing does."""
        refused: set[Cell] = set()
        while True:
            rows = {cells[0].row: row for cells in self.rows if (row := self._row(cells, refused)) is not None}
            first = self.witnesses[0]
            readings = tuple(row.reading for row in rows.values() if not row.lost)
            reading = replace(first.reading, rows=readings, source=self._source(first.file))
            figures = tuple(figures_of(self.form, reading))
            harmful = self._harmful(rows, figures)
            if harmful <= refused:
                break
            refused |= harmful
        told = tuple(self._told(figure, rows.get(figure.cell.row)) for figure in figures)
        return Collation(reading, told, tuple(one for row in rows.values() for one in row.differences))

    def _source(self, file: str) -> str | None:
        return None if file == self.main else file

    def _row(self, cells: tuple[Cell, ...], refused: AbstractSet[Cell]) -> _Row | None:
        """One row from every file that shows it."""
        every = [(one, row) for one in self.witnesses for row in one.reading.rows if row.row == cells[0].row]
        inferred = [shown for shown in every if shown[1].placed_by is not None]
        certain = [shown for shown in every if shown not in inferred and _is_certain(shown[1], len(cells))]
        uncertain = [shown for shown in every if shown not in inferred and shown not in certain]
        if certain:
            return self._by_cells(cells, certain, inferred, uncertain, refused)
        return _by_order(cells, uncertain, inferred, refused=not refused.isdisjoint(cells)) if uncertain else None

    def _by_cells(
        self,
        cells: tuple[Cell, ...],
        certain: Sequence[Shown],
        inferred: Sequence[Shown],
        uncertain: Sequence[Shown],
        refused: AbstractSet[Cell],
    ) -> _Row:
        """A row whose columns some file tells."""
        variants = _variants(cells, (*certain, *inferred))
        numbers = {cell: _numbers(each) for cell, each in variants.items()}
        told = {cell for cell in cells if any(_is_usable(one) for one in variants[cell])}
        misfits = [(one, row) for one, row in uncertain if not _fits(row, list(numbers.values()))]
        differing = {cell for cell in told if _is_different(variants[cell])}
        upheld = all(self._upheld(cell, each) for cell, each in variants.items())
        disputed = differing | (told & refused) if upheld or not misfits else told
        chosen = {cell: self._chosen(cell, each, disputed, refused) for cell, each in variants.items()}
        differences = (
            *(
                _cell_difference(cell, variants[cell], refused=cell not in differing)
                for cell in cells
                if cell in differing or cell in told & refused
            ),
            *(_row_difference(cells, (certain[0], misfit)) for misfit in misfits),
        )
        return _row_of(certain[0], chosen, {cell: variants[cell] for cell in disputed}, differences)

    def _chosen(
        self, cell: Cell, variants: Sequence[Variant], disputed: AbstractSet[Cell], refused: AbstractSet[Cell]
    ) -> Variant | None:
        """What stands in a cell: the number that all agree on or sums decide for, a mark, or nothing.

        Nothing is what an unknown number leaves: a mark would say that there is none.
        """
        usable = [one for one in variants if _is_usable(one)]
        if cell in disputed:
            return None if cell in refused else self._decided(cell, variants)
        return next(iter((*usable, *(one for one in variants if not one.inferred))), None)

    def _upheld(self, cell: Cell, variants: Sequence[Variant]) -> list[Variant]:
        """The variants that stand in a sum of which their own file prints every number, and that holds."""
        return [
            one
            for one in variants
            if any(_all_printed(one.witness, relation) for relation in self.through.get(cell, ()))
        ]

    def _decided(self, cell: Cell, variants: Sequence[Variant]) -> Variant | None:
        """The number whose sums hold, where sums fail in every file that prints another one."""
        numbers = [one for one in variants if one.entry.value is not None]
        upheld = self._upheld(cell, [one for one in numbers if not one.inferred])
        if not upheld:
            return None
        against = [one for one in numbers if one.entry.value != upheld[0].entry.value]
        failing = all(one.witness.figures[cell].status is Status.CONFLICT for one in against)
        return upheld[0] if against and failing else None

    def _harmful(self, rows: Mapping[str, _Row], figures: Sequence[Figure]) -> set[Cell]:
        """The cells from another file that are to be given back: sums fail that do not fail in their own file."""
        own = {one.file: one.figures for one in self.witnesses}
        files = {
            figure.cell: row.file_of(figure.cell)
            for figure in figures
            if (row := rows.get(figure.cell.row)) is not None and not row.lost
        }
        foreign = {cell for cell, file in files.items() if file != self.main}
        failing = {figure.cell for figure in figures if figure.status is Status.CONFLICT} & files.keys()
        new = any(own[files[cell]][cell].status is not Status.CONFLICT for cell in failing)
        # Where no foreign number stands in the sums that fail, it is not plain which one is the cause: then none stays.
        return (failing & foreign or foreign) if new else set()

    def _told(self, figure: Figure, row: _Row | None) -> Figure:
        """A figure with the file of its place; of what is in doubt, only what sums prove or decide."""
        if row is None:
            return figure
        variants = row.disputed.get(figure.cell, ())
        if row.lost or (variants and figure.status not in {Status.PRINTED, Status.CONFLICT}):
            return self._settled(figure, row, variants)
        return figure._replace(source=self._source(row.file_of(figure.cell))) if figure.line else figure

    def _settled(self, figure: Figure, row: _Row, variants: Sequence[Variant]) -> Figure:
        """A figure in doubt: one of the printed numbers where the sums prove it, otherwise withheld."""
        for witness, entry, _ in variants:
            if figure.value is not None and entry.value == figure.value:
                place = figure._replace(raw=entry.raw, span=entry.span, line=entry.span.line, remark=entry.remark)
                return place._replace(source=self._source(witness.file))
        prints = [one.entry.raw for one in variants]
        return _withheld(figure.cell, row.reading.line, prints, self._source(row.file))


def _variants(cells: tuple[Cell, ...], shown: Sequence[Shown]) -> dict[Cell, tuple[Variant, ...]]:
    """What each file prints in each cell of a row, a number or a mark."""
    printed = [(one, certain_entries(cells, row), row.placed_by is not None) for one, row in shown]
    return {
        cell: tuple(Variant(one, entries[cell], inferred) for one, entries, inferred in printed if cell in entries)
        for cell in cells
    }


def _is_usable(variant: Variant) -> bool:
    """Whether it is a number that can be used outside its own table."""
    return variant.entry.value is not None and not variant.inferred


def _row_of(
    first: Shown,
    chosen: Mapping[Cell, Variant | None],
    disputed: Mapping[Cell, tuple[Variant, ...]],
    differences: tuple[Difference, ...],
) -> _Row:
    """A row with what was chosen for its cells; its line is that of the first file that tells its columns."""
    witness, row = first
    taken = {cell: one for cell, one in chosen.items() if one is not None}
    entries, columns = tuple(one.entry for one in taken.values()), tuple(cell.column for cell in taken)
    files = tuple(one.witness.file for one in taken.values())
    return _Row(replace(row, entries=entries, columns=columns), files, witness.file, disputed, differences)


def _by_order(cells: tuple[Cell, ...], shown: Sequence[Shown], inferred: Sequence[Shown], *, refused: bool) -> _Row:
    """A row of which every file tells only the order: the fullest print that holds what the others print.

    A file whose own table proves the whole row is believed before those whose tables do not.
    """
    proved = [one for one in shown if all(one[0].figures[cell].status in CERTAIN for cell in cells)]
    believed = proved or shown
    first, fullest = max(believed, key=lambda one: len(one[1].entries))
    numbers = [{entry.value} - {None} for entry in fullest.entries]
    lost = refused or not all(_fits(row, numbers) for _, row in (believed if proved else (*shown, *inferred)))
    differing = lost or not all(_fits(row, numbers) for _, row in (*shown, *inferred))
    differences = (_row_difference(cells, (*shown, *inferred), refused=refused),) if differing else ()
    return _Row(fullest, (first.file,) * len(fullest.entries), first.file, {}, differences, lost)


def _is_certain(row: RowReading, width: int) -> bool:
    """Whether the file itself tells the columns of a row; a row without any entry has none to tell."""
    return row.columns is not None or len(row.entries) in {0, width}


def _all_printed(witness: Witness, relation: Relation) -> bool:
    return all(witness.figures[cell].status is Status.PRINTED for cell in relation.cells)


def _numbers(variants: Sequence[Variant]) -> set[Number | None]:
    return {one.entry.value for one in variants} - {None}


def _fits(row: RowReading, places: Sequence[AbstractSet[Number | None]]) -> bool:
    """Whether the numbers of a row can stand at these places in print order; an empty place takes any.

    Where the row has more numbers, whether they leave room for those at the places.
    """
    values = [entry.value for entry in row.entries if entry.value is not None]
    if len(values) > len(places):
        return any(
            all(not place or value in place for value, place in zip(chosen, places, strict=True))
            for chosen in combinations(values, len(places))
        )
    return any(
        all(not place or value in place for value, place in zip(values, chosen, strict=True))
        for chosen in combinations(places, len(values))
    )


def _is_different(variants: Sequence[Variant]) -> bool:
    """Whether files print different things in a cell: two numbers, or a mark for none and a number that is not 0."""
    numbers = _numbers(variants)
    return len(numbers) > 1 or (any(numbers) and any(one.entry.value is None for one in variants))


def _cell_difference(cell: Cell, variants: Sequence[Variant], *, refused: bool) -> Difference:
    shown = [one for one in variants if not refused or one.entry.value is not None]
    prints = tuple((one.witness.file, one.entry.span.line, one.entry.raw) for one in shown)
    return Difference((cell,), prints, refused)


def _row_difference(cells: tuple[Cell, ...], shown: Sequence[Shown], *, refused: bool = False) -> Difference:
    prints = ((one.file, row.line, "、".join(entry.raw for entry in row.entries)) for one, row in shown)
    return Difference(cells, tuple(prints), refused)
