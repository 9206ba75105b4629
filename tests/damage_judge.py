"""Hold what was read from a damaged report to the truth.

A published figure that differs from the truth is *silent*, the one thing that must not happen, but for:

flagged   it is published as a conflict, and a finding says so
as shown  the damaged grid itself prints that number at that place, in a complete row beside the row's own label, or as
          the only number beside it, and no relation over numbers that it prints speaks against it: no reader of this
          source could know better
several   it was derived from two or more numbers that the damage made wrong, and an exact solver confirms that the
          printed numbers have no other meaning, whichever single one is distrusted: proofs bear one wrong number

Faults beside silent figures: a number that stands for two figures, relations between published figures that do not
hold though no figure says so, conflicts and withheld figures that no finding explains, and figures said to be blank
where the source prints a number.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from accounting import used_twice
from damage_lab import Outcome, Trial, named, trials
from damage_rows import PAGE_CUT
from disclosure.check import check_report
from disclosure.form.template import APPLICANTS, DISPUTES, FORMS, TABLES
from disclosure.model import Cell, Figure, Number, Report, RowReading, Status
from disclosure.prove.relations import Relation, relations_of
from disclosure.reading import read_report
from layouts import pipes, tabs
from layouts_grid import NOTED, Grid, Printed, is_value
from optimum import implied
from rapidfuzz import fuzz

SEVERAL = 2
_WITH_EVERY_CELL = (tabs, pipes)
"""Layouts that part every cell from the next, empty ones too."""
_DISPUTE_CELLS = sum(len(row.columns) for row in DISPUTES.rows)
_SAME_LABEL = 60
"""Similarity in percent above which a misprinted label still is the label of its row."""
_EXPLAINED_AS_A_WHOLE = {
    "missing-table",
    "table-printed-twice",
    "columns-exchanged",
    "not-an-annual-report",
    "file-too-large",
}
"""Rules that say of a whole table, or of the file, why nothing of it is published."""


class _Source:
    """What a careful person sees in the damaged grids: the numbers at each place of the form."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.rows: dict[tuple[str, str | None], list[list[Number]]] = defaultdict(list)
        """The numbers printed in the rows that are this row of the form, by table and row."""
        self.shown: dict[Cell, set[Number]] = defaultdict(set)
        """The numbers printed at each place, in rows with a cell for every column."""
        self.complete: set[Cell] = set()
        """The places in rows with their own label and a number in every cell: here nobody has to guess."""
        self.by_order: dict[Cell, set[Number | None]] = defaultdict(set)
        """The number at each place by the order of the rows, where all rows of table 3 are printed."""
        self.alone: dict[Cell, set[Number]] = defaultdict(set)
        """The number of a labelled row that prints no other, by the column that it is from."""
        for table in TABLES:
            rows = [_parsed(cells) for cells in _whole_labels(trial.grids[table])]
            self._see_by_order(table, [rest for _, rest in rows if any(map(is_value, rest))])
            if _header_in_order(trial.grids[table]):
                for label, rest in rows:
                    if label or table == "disputes":
                        self._see(table, label, rest, labelled=True)
                self._see_unlabelled(table, rows)

    def _see_by_order(self, table: str, printed: Sequence[list[str]]) -> None:
        """In a table with all its rows of numbers, whatever became of their labels, each stands for one of the form."""
        rows = FORMS[self.trial.form].tables[table].rows
        if table != "requests" or len(printed) != len(rows):
            return
        for row, cells in zip(rows, printed, strict=True):
            for place, cell in zip(self._places(table, row.label, cells), cells, strict=False):
                self.by_order[place].add(value_of(cell))

    def _see_unlabelled(self, table: str, rows: Sequence[tuple[str, list[str]]]) -> None:
        """Rows that lost their label stand for a row of the form that no other row stands for."""
        before: str | None = None
        for (label, rest), (after, _) in pairwise([*rows, ("", [])]):
            if label or table == "disputes":
                before = (_row_of(self.trial.form, table, label) if any(map(is_value, rest)) else None) or before
            else:
                self._see(table, self._between(table, before, after), rest, labelled=False)

    def _between(self, table: str, before: str | None, after: str) -> str:
        """The label of the only row of the form between two rows; empty where there are none or several."""
        rows = FORMS[self.trial.form].tables[table].rows
        names = [row.id for row in rows]
        first = 0 if before is None else names.index(before) + 1
        follower = _row_of(self.trial.form, table, after)
        last = len(names) if follower is None else names.index(follower)
        return rows[first].label if last - first == 1 and table != "disputes" else ""

    def _see(self, table: str, label: str, rest: list[str], *, labelled: bool) -> None:
        """Note the numbers of one row."""
        numbers = [cell for cell in rest if cell]
        for row in self._rows_of(table, label, numbers):
            self.rows[table, row].append([value for cell in numbers if (value := value_of(cell)) is not None])
            lone = numbers[0] if len(numbers) == 1 else ""
            if labelled and row and isinstance(lone, Printed) and (value := value_of(lone)) is not None:
                self.alone[Cell(table, row, lone.origin.column)].add(value)
        whole = self._places(table, label, numbers)
        sure = whole and labelled and all(value_of(cell) is not None for cell in numbers)
        rest = self._padded(table, label, rest) if self.trial.style.real_tables else rest
        places = whole or self._places(table, label, rest)
        if not labelled and any(self.shown.get(place) for place in places):
            return
        for place, cell in zip(places, numbers if whole else rest, strict=False):
            value = value_of(cell)
            if value is not None and (whole or self._stands_in_its_cell(cell, place)):
                self.shown[place].add(value)
                self.complete.update([place] if sure else [])

    def _padded(self, table: str, label: str, rest: list[str]) -> list[str]:
        """A row of a real table: whatever is missing or empty at its end, the cells before stand below their names."""
        row = _row_of(self.trial.form, table, label)
        known = FORMS[self.trial.form].tables[table].by_id
        width = _DISPUTE_CELLS if table == "disputes" else len(known[row].columns) if row else 0
        padded = [*rest, *[""] * (width - len(rest))]
        return padded[:width] if width and not any(padded[width:]) else padded

    def _stands_in_its_cell(self, cell: str, place: Cell) -> bool:
        """Whether a number beside empty cells stands where it seems to: most text does not show where cells were."""
        shown = self.trial.style.real_tables or self.trial.style.write in _WITH_EVERY_CELL
        return shown or (isinstance(cell, Printed) and cell.origin.column == place.column)

    def _rows_of(self, table: str, label: str, numbers: list[str]) -> set[str | None]:
        row = _row_of(self.trial.form, table, label)
        origins: set[str | None] = {cell.origin.row for cell in numbers if isinstance(cell, Printed)}
        return origins if not label or table == "disputes" else {row} - {None}

    def _places(self, table: str, label: str, printed: list[str]) -> list[Cell]:
        """The addresses of the cells of a complete row, told by its label, or else by the figures it was made of."""
        rows = FORMS[self.trial.form].tables[table].rows
        if table == "disputes":
            cells = [Cell(table, row.id, column.id) for row in rows for column in row.columns]
            return cells if len(printed) == len(cells) and not label else []
        row = _row_of(self.trial.form, table, label)
        if row is None:
            return [] if label else _origins(self.trial.form, table, printed)
        columns = [column.id for column in FORMS[self.trial.form].tables[table].by_id[row].columns]
        if table == "requests" and self.trial.style.total_first:
            columns = [columns[-1], *columns[:-1]]
        return [Cell(table, row, column) for column in columns] if len(printed) == len(columns) else []

    def in_its_row(self, cell: Cell) -> set[Number | None]:
        """The number that is the only one of its labelled row, or stands in the row that its order gives it."""
        return {*self.alone.get(cell, set()), *self.by_order.get(cell, set())}

    def number(self, cell: Cell) -> Number | None:
        """The one number printed at a place."""
        numbers = self.shown.get(cell, set())
        return next(iter(numbers)) if len(numbers) == 1 else None

    def exposes(self, cell: Cell) -> Relation | None:
        """A relation through a figure of which all numbers are printed, and which does not hold."""
        for relation in relations_of(self.trial.form, cell.table):
            if cell in relation.cells:
                left, right = ([self.number(one) for one in side] for side in (relation.left, relation.right))
                if (
                    self.complete.issuperset(relation.cells)
                    and None not in (*left, *right)
                    and sum(n or 0 for n in left) != sum(n or 0 for n in right)
                ):
                    return relation
        return None

    def read_as_printed(self, row: RowReading, table: str) -> bool:
        """Whether the entries of a row stand, in their order, in a printed row that is this row."""
        values = [entry.value for entry in row.entries if entry.value is not None]
        return any(_in_order(values, numbers) for numbers in self.rows.get((table, row.row), []))


def _origins(form: str, table: str, printed: Sequence[str]) -> list[Cell]:
    """The figures that the numbers of a row stand for, where they are all those of one row of the form."""
    origins = [cell.origin for cell in printed if isinstance(cell, Printed)]
    rows = {cell.row for cell in origins}
    if len(rows) != 1 or len(origins) != len(printed):
        return []
    columns = [column.id for column in FORMS[form].tables[table].by_id[rows.pop()].columns]
    return origins if sorted(cell.column for cell in origins) == sorted(columns) else []


def _whole_labels(table: Grid) -> Iterator[list[str]]:
    """The rows, with labels that a page cuts in two made whole."""
    cut: list[str] = []
    for row, after in pairwise([*table, []]):
        if after == PAGE_CUT:
            cut = row
        elif row == PAGE_CUT:
            continue
        else:
            yield [*cut[:-1], cut[-1] + "".join(row[:1]), *row[1:]] if cut else row
            cut = []


def _header_in_order(table: Grid) -> bool:
    """Whether the column names of table 3 that stand in one row have the order of the form."""
    orders = ([_PLACES[cell] for cell in row if cell in _PLACES] for row in table)
    return all(order == sorted(order) for order in orders)


_PLACES = {
    wording: place
    for place, column in enumerate(APPLICANTS[:-1])
    for wording in (column.label, *column.also, *column.misprints)
}


def _in_order(values: Sequence[Number], numbers: Sequence[Number]) -> bool:
    left = iter(numbers)
    return all(value in left for value in values)


def value_of(cell: str) -> Number | None:
    """The number that a cell shows, whatever note stands beside it."""
    match = NOTED.fullmatch(cell)
    if match is None:
        return None
    plain = match["number"].replace(",", "")
    return Decimal(plain) if "." in plain else int(plain)


def _parsed(cells: list[str]) -> tuple[str, list[str]]:
    """The label of a printed row, and the cells behind it, empty ones too.

    A number may be glued to the label, but not if the cell where it would stand is there, and empty: then it is a
    misprint of the label.
    """
    at = max((at for at, cell in enumerate(cells) if cell and not is_value(cell)), default=-1)
    label, rest = cells[at] if at >= 0 else "", cells[at + 1 :]
    glued = None if rest[:1] == [""] else re.fullmatch(r"(.*?[^\d.-])(\d+)", label)
    return (glued[1], [glued[2], *rest]) if glued else (label, rest)


@lru_cache(maxsize=4096)
def _row_of(form: str, table: str, label: str) -> str | None:
    """The row of the form that a label names, perhaps misprinted; None where it names none."""
    wordings = {
        wording: row.id for row in FORMS[form].tables[table].rows for wording in (row.label, *row.also, *row.misprints)
    }
    best = max(wordings, key=lambda wording: fuzz.ratio(wording, label))
    return wordings[best] if label and fuzz.ratio(best, label) >= _SAME_LABEL else None


def judge(trial: Trial) -> Outcome:
    """Read a damaged report and hold every published figure to the truth, and the whole to its own relations."""
    try:
        report = read_report(f"2023{trial.style.suffix}", trial.content)
    except Exception as error:  # noqa: BLE001 - whatever it is, the run has to go on and say where it was
        return Outcome(Counter({"reports": 1, "withheld": len(trial.true)}), [f"reading raised {error!r}"])
    source = _Source(trial)
    outcome = Outcome(Counter({"reports": 1}), list(_inconsistencies(report)))
    outcome.faults += _unexplained(report)
    for cell, value in trial.true.items():
        figure = report.figures.get(cell)
        verdict = _verdict(figure, value, report, source)
        outcome.verdicts[verdict] += 1
        if figure is not None and verdict == "silent":
            outcome.faults.append(f"{cell} true {value}, {figure.status} {figure.value}")
        if figure is not None and _called_blank(figure, source):
            outcome.faults.append(f"{cell} called blank, the source prints {source.number(cell)}")
    return outcome


def _verdict(figure: Figure | None, true: Number, report: Report, source: _Source) -> str:
    if figure is None or figure.value is None:
        return "blank" if figure is not None and figure.status is Status.BLANK and true == 0 else "withheld"
    if figure.value == true:
        return "right"
    if figure.status is Status.CONFLICT:
        return "flagged"
    if figure.status is Status.PLACED and figure.value in source.in_its_row(figure.cell):
        return "as_shown"
    if figure.status is Status.PRINTED:
        exposed = not source.trial.rewritten and source.exposes(figure.cell) is not None
        return "as_shown" if source.number(figure.cell) == figure.value and not exposed else "silent"
    return "several" if source.trial.wrong >= SEVERAL and _implied(figure, report, source) else "silent"


def _implied(figure: Figure, report: Report, source: _Source) -> bool:
    reading = report.filling.tables[figure.cell.table]
    if not all(source.read_as_printed(row, reading.table) for row in reading.rows if row.entries):
        return False
    return implied(source.trial.form, reading, figure.cell, int(figure.value or 0))


def _called_blank(figure: Figure, source: _Source) -> bool:
    """Whether a figure is said to be blank where a number is printed, in a row that is no other row as well."""
    blank = figure.status is Status.BLANK and not figure.raw and not source.trial.rewritten
    return blank and figure.cell in source.complete and source.number(figure.cell) is not None


def _inconsistencies(report: Report) -> Iterator[str]:
    """Places used twice, and relations among published figures that do not hold without any of them saying so."""
    yield from used_twice(report)
    for table in TABLES if report.form else ():
        for relation in relations_of(str(report.form), table):
            left, right = ([report.figures[cell] for cell in side] for side in (relation.left, relation.right))
            values = [figure.value for figure in (*left, *right)]
            if None in values or any(figure.status is Status.CONFLICT for figure in (*left, *right)):
                continue
            if sum(figure.value or 0 for figure in left) != sum(figure.value or 0 for figure in right):
                yield f"{relation.kind} does not hold: {relation.left[0]}"


def _unexplained(report: Report) -> Iterator[str]:
    """Conflicts, and figures withheld as absent or ambiguous, that no finding names."""
    odd = [f for f in report.figures.values() if f.status in {Status.CONFLICT, Status.ABSENT, Status.AMBIGUOUS}]
    if not odd:
        return
    findings = check_report(report)
    named_cells = {cell for finding in findings for cell in finding.cells}
    whole = any(finding.rule in _EXPLAINED_AS_A_WHOLE for finding in findings)
    for figure in odd:
        if figure.cell not in named_cells and (figure.status is Status.CONFLICT or not whole):
            yield f"{figure.cell} is {figure.status}, and no finding says why"


def run_trials(seed: int, first: int, last: int, *, mixed: bool) -> dict[str, Outcome]:
    """Outcomes by kind of damage of the trials from one number up to another."""
    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    for number, kind, trial in trials(seed, first, last, mixed=mixed):
        outcome = judge(trial)
        outcome.faults = named(seed, number, trial, outcome.faults, mixed=mixed)
        outcomes[kind].add(outcome)
    return dict(outcomes)
