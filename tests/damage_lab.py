"""The damage laboratory: true tables, written in every layout, damaged in known ways, read, and held to the truth.

A published figure that differs from the truth is *silent*, the one thing that must not happen, unless it is marked as
a conflict, or unless the damaged grid itself prints that number in that column of a complete row beside the row's own
label: then it is what the source says, and no reader of it could know better (*as shown*). Where several printed
numbers are wrong at once, wrongly derived figures are counted apart (*several*): proofs bear one wrong number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from damage import DAMAGES, Damage, has_numbers
from disclosure.form.template import APPLICANTS, FORMS, OUTCOME_ROWS, OUTCOMES, TABLES, Row
from disclosure.model import Cell, Figure, Report, Status
from disclosure.pipeline import read_report
from disclosure.prove.relations import relations_of
from layouts import LAYOUTS, TITLES, Figures, Grid, figures, grid, is_number, tabs, total_first, turned
from rapidfuzz import fuzz

MAGNITUDES = (2, 20, 400)
"""Largest count of natural persons in one outcome row."""
_PARTS = tuple(column.id for column in APPLICANTS[:-1])
_SAME_LABEL = 60
"""Similarity in percent above which a misprinted label still is the label of its row."""


def true_figures(rng: Random, form: str, most: int) -> dict[Cell, int]:
    """Figures of a whole report that satisfy every relation; most are 0, as in real ones."""
    found = figures(form)
    for column in _PARTS:
        _fill_column(rng, form, column, most if column == "natural_person" else most // 8, found)
    for row in FORMS[form].tables["requests"].rows:
        found[Cell("requests", row.id, "total")] = sum(found[Cell("requests", row.id, part)] for part in _PARTS)
    for row in FORMS[form].tables["disputes"].rows:
        results = [rng.choice([0, 0, rng.randint(0, 5)]) for _ in OUTCOMES[:-1]]
        for column, value in zip(OUTCOMES, (*results, sum(results)), strict=True):
            found[Cell("disputes", row.id, column.id)] = value
    for cell in found:
        if cell.table == "proactive":
            found[cell] = rng.choice([0, rng.randint(0, 300)])
    return found


def _fill_column(rng: Random, form: str, column: str, most: int, found: dict[Cell, int]) -> None:
    def count() -> int:
        return rng.choice([0, 0, 0, rng.randint(0, most)])

    outcomes = {row: count() for row in OUTCOME_ROWS[form]}
    handled, carried_out = sum(outcomes.values()), count()
    carried_in = min(count(), handled + carried_out)
    rest = {"received": handled + carried_out - carried_in, "carried_in": carried_in, "handled": handled}
    for row, value in {**outcomes, **rest, "carried_out": carried_out}.items():
        found[Cell("requests", row, column)] = value


@dataclass(frozen=True, slots=True)
class Trial:
    """One damaged report: the truth, the damaged grids, and the text made of them."""

    form: str
    true: Figures
    grids: Mapping[str, Grid]
    text: str
    layout: str
    total_first: bool
    damages: tuple[Damage, ...]

    @property
    def wrong(self) -> int:
        """How many printed numbers may be wrong."""
        return sum(damage.wrong for damage in self.damages)


def make_trial(rng: Random, layout: str, damages: tuple[Damage, ...]) -> Trial:
    """A report with one table damaged; table 3, which has the most relations and figures, is hit most often."""
    form = rng.choice(["2021", "2019"])
    true = true_figures(rng, form, rng.choice(MAGNITUDES))
    grids = {table: grid(form, table, true) for table in TABLES}
    write = LAYOUTS[layout]
    if write is total_first:
        grids["requests"], write = turned(grids["requests"]), tabs
    target = grids[rng.choice(["requests", "requests", *TABLES])]
    for damage in damages:
        if damage.change is not None and has_numbers(target):
            damage.change(rng, target)
    headings = rng.random() < 3 / 4
    parts = ["试验镇人民政府2023年政府信息公开工作年度报告\n", "一、总体情况\n本年依法公开政府信息。\n"]
    for table in TABLES:
        parts += [TITLES[table] + "\n" if headings else "", write(grids[table]) if grids[table] else "", "\n"]
    text = "\n".join([*parts, "五、存在的主要问题及改进情况\n公开渠道有待拓宽。\n"])
    for damage in damages:
        text = text if damage.rewrite is None else damage.rewrite(rng, text)
    return Trial(form, true, grids, text, layout, LAYOUTS[layout] is total_first, damages)


@dataclass(slots=True)
class Outcome:
    """What became of the figures of one trial or of many: counted verdicts, and every fault in words."""

    verdicts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Take in another outcome."""
        self.verdicts += other.verdicts
        self.faults += other.faults


def run_trial(trial: Trial) -> Outcome:
    """Read a damaged report and hold every published figure to the truth, and the whole to its own relations."""
    report = read_report("2023.txt", trial.text.encode())
    outcome = Outcome(Counter({"reports": 1}), [f"{trial.layout}: {fault}" for fault in _inconsistencies(report)])
    shown = {table: _shown(trial, table) for table in TABLES}
    for cell, value in trial.true.items():
        figure = report.figures.get(cell)
        verdict = _verdict(figure, value, shown[cell.table].get(cell, frozenset()), trial)
        outcome.verdicts[verdict] += 1
        if verdict == "silent" and figure is not None:
            outcome.faults.append(f"{trial.layout}: {cell} true {value}, {figure.status} {figure.value}")
    return outcome


def _verdict(figure: Figure | None, true: int, shown: frozenset[int], trial: Trial) -> str:
    if figure is None or figure.value is None:
        return "withheld"
    if figure.value == true:
        return "right"
    if figure.status is Status.CONFLICT:
        return "flagged"
    if figure.status is Status.PRINTED and figure.value in shown:
        return "as_shown"
    rewritten = any(damage.rewrite for damage in trial.damages)
    return "several" if trial.wrong > 1 and (rewritten or figure.status is not Status.PRINTED) else "silent"


def _shown(trial: Trial, table: str) -> dict[Cell, frozenset[int]]:
    """What the damaged grid prints in every complete row, by the row whose label stands there and by column.

    Complete is a row with a number, or with a cell, full or empty, for every column.
    """
    found: dict[Cell, frozenset[int]] = {}
    rows = FORMS[trial.form].tables[table].rows
    for cells in trial.grids[table]:
        label, rest = _parsed(cells)
        numbers = [cell for cell in rest if cell]
        for printed in (numbers, rest):
            for cell, number in zip(_cells_beside(trial, table, rows, label, len(printed)), printed, strict=False):
                if number:
                    found[cell] = found.get(cell, frozenset()) | {int(number)}
        if not label:
            for cell, number in _misread(trial, table, [int(number) for number in numbers]):
                found[cell] = found.get(cell, frozenset()) | {number}
    return found


def _misread(trial: Trial, table: str, numbers: list[int]) -> Iterator[tuple[Cell, int]]:
    """The wrong number of a row without a label that is, but for this one, a row of the truth."""
    for row in FORMS[trial.form].tables[table].rows:
        cells = [Cell(table, row.id, column.id) for column in row.columns]
        wrong = [(cell, number) for cell, number in zip(cells, numbers, strict=False) if trial.true[cell] != number]
        if len(numbers) == len(cells) > 1 and len(wrong) == 1:
            yield wrong[0]


def _parsed(cells: list[str]) -> tuple[str, list[str]]:
    """The label of a printed row, and the cells behind it, empty ones too; a number may be glued to the label."""
    at = max((at for at, cell in enumerate(cells) if cell and not is_number(cell)), default=-1)
    label, rest = cells[at] if at >= 0 else "", cells[at + 1 :]
    glued = re.fullmatch(r"(.*?\D)(\d+)", label)
    return (glued[1], [glued[2], *rest]) if glued else (label, rest)


def _cells_beside(trial: Trial, table: str, rows: tuple[Row, ...], label: str, count: int) -> Iterator[Cell]:
    """The addresses of the cells behind a label, where the row is complete."""
    if table == "disputes":
        if count == sum(len(row.columns) for row in rows):
            yield from (Cell(table, row.id, column.id) for row in rows for column in row.columns)
        return
    row = max(rows, key=lambda row: fuzz.ratio(row.label, label))
    if count == len(row.columns) and fuzz.ratio(row.label, label) >= _SAME_LABEL:
        columns = [column.id for column in row.columns]
        if table == "requests" and trial.total_first:
            columns = [columns[-1], *columns[:-1]]
        yield from (Cell(table, row.id, column) for column in columns)


def _inconsistencies(report: Report) -> Iterator[str]:
    """Numbers used twice, and relations among published figures that do not hold without any of them saying so."""
    spans = Counter(f.span for f in report.figures.values() if f.span and f.status is not Status.RECOVERED)
    yield from (f"{span} stands for {count} figures" for span, count in spans.items() if count > 1)
    for table in TABLES if report.form else ():
        for relation in relations_of(str(report.form), table):
            left, right = ([report.figures[cell] for cell in side] for side in (relation.left, relation.right))
            values = [figure.value for figure in (*left, *right)]
            if None in values or any(figure.status is Status.CONFLICT for figure in (*left, *right)):
                continue
            if sum(figure.value or 0 for figure in left) != sum(figure.value or 0 for figure in right):
                yield f"{relation.kind} does not hold: {relation.left[0]}"


def run_trials(seed: int, reports: int, *, mixed: bool) -> dict[str, Outcome]:
    """Outcomes by kind of damage over every layout in turn; ``mixed`` runs draw a second damage for each report."""
    rng = Random(seed)  # noqa: S311 - the same damage every time
    outcomes = {name: Outcome() for name in DAMAGES}
    for number in range(reports):
        damage = list(DAMAGES.values())[number % len(DAMAGES)]
        others = (rng.choice(list(DAMAGES.values())),) if mixed else ()
        trial = make_trial(rng, rng.choice(list(LAYOUTS)), (damage, *others))
        outcome = run_trial(trial)
        names = "+".join(damage.name for damage in trial.damages)
        outcome.faults = [f"seed {seed} report {number} {names}: {fault}" for fault in outcome.faults]
        outcomes[damage.name].add(outcome)
    return outcomes
