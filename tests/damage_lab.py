"""The damage laboratory: true tables, published in every style, damaged in known ways, read, and held to the truth.

What is held to what is said in ``damage_judge.py``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from damage import DAMAGES, Damage, has_numbers
from disclosure.form.template import APPLICANTS, FORMS, OUTCOME_ROWS, OUTCOMES, TABLES
from disclosure.model import Cell, Number
from layouts import TITLES, Block, Figures, Grid, Style, figures, grid
from layouts_formats import ALL_STYLES

MAGNITUDES = (2, 20, 400)
"""Largest count of natural persons in one outcome row."""
TITLE = "试验镇人民政府2023年政府信息公开工作年度报告\n"
OVERVIEW = "一、总体情况\n本年依法公开政府信息。\n"
PROBLEMS = "五、存在的主要问题及改进情况\n公开渠道有待拓宽。\n"
_LOSSY = 1 / 8
"""Share of trials in styles of which not everything can be read: they are there to show that nothing is made up."""
_SLOW = 1 / 40
"""Share of trials in PDF."""
_PARTS = tuple(column.id for column in APPLICANTS[:-1])


def true_figures(rng: Random, form: str, most: int) -> dict[Cell, Number]:
    """Figures of a whole report that satisfy every relation; most are 0, as in real ones."""
    found: dict[Cell, Number] = dict(figures(form))
    for part in _PARTS:
        found.update(_column(rng, form, part, most if part == "natural_person" else most // 8))
    for row in FORMS[form].tables["requests"].rows:
        found[Cell("requests", row.id, "total")] = sum(found[Cell("requests", row.id, part)] for part in _PARTS)
    for row in FORMS[form].tables["disputes"].rows:
        results = [rng.choice([0, 0, rng.randint(0, 5)]) for _ in OUTCOMES[:-1]]
        for column, value in zip(OUTCOMES, (*results, sum(results)), strict=True):
            found[Cell("disputes", row.id, column.id)] = value
    found.update((cell, _of_table_2(rng, cell)) for cell in found if cell.table == "proactive")
    return found


def _column(rng: Random, form: str, column: str, most: int) -> dict[Cell, Number]:
    def count() -> int:
        return rng.choice([0, 0, 0, rng.randint(0, most)])

    outcomes = {row: count() for row in OUTCOME_ROWS[form]}
    handled, carried_out = sum(outcomes.values()), count()
    carried_in = min(count(), handled + carried_out)
    rest = {"received": handled + carried_out - carried_in, "carried_in": carried_in, "handled": handled}
    counts = {**outcomes, **rest, "carried_out": carried_out}
    return {Cell("requests", row, column): value for row, value in counts.items()}


def _of_table_2(rng: Random, cell: Cell) -> Number:
    """Sums of money have four decimals, changes may be negative."""
    count = rng.choice([0, rng.randint(0, 300), rng.randint(0, 3000)])
    if count and cell.column in {"amount", "amount_wan"}:
        return Decimal(count) + Decimal(rng.randint(1, 9999)).scaleb(-4)
    return -count if cell.column == "change" and rng.random() < 1 / 3 else count


@dataclass(frozen=True, slots=True)
class Trial:
    """One published report: the truth, the grids that it was made of, damaged or not, and the bytes."""

    form: str
    true: Figures
    grids: Mapping[str, Grid]
    content: bytes
    style: Style
    damages: tuple[Damage, ...] = ()

    @property
    def wrong(self) -> int:
        """How many printed numbers the damage may have made wrong."""
        return sum(damage.wrong for damage in self.damages)

    @property
    def rewritten(self) -> bool:
        """Whether the text may show less than the grids do."""
        return self.style.finish is not str or any(damage.rewrite for damage in self.damages)


def make_trial(rng: Random, style: Style, damages: tuple[Damage, ...]) -> Trial:
    """A report with one table damaged; table 3, which has the most relations and figures, is hit most often."""
    form = rng.choice(["2021", "2019"])
    true = true_figures(rng, form, rng.choice(MAGNITUDES))
    grids = {table: style.prepare(grid(form, table, true)) for table in TABLES}
    target = grids[rng.choice(["requests", "requests", *TABLES])]
    for damage in damages:
        if damage.change is not None and has_numbers(target):
            damage.change(rng, target)
    headings = rng.random() < 3 / 4 if style.headings is None else style.headings
    parts = blocks(grids, headings=headings)
    if style.binary is not None:
        return Trial(form, true, grids, style.binary(parts), style, damages)
    text = style.text(parts)
    for damage in damages:
        text = text if damage.rewrite is None else damage.rewrite(rng, text)
    return Trial(form, true, grids, text.encode(style.encoding), style, damages)


def blocks(grids: Mapping[str, Grid], *, headings: bool = True) -> list[Block]:
    """A whole report around its tables; a table of which no row is left is left out."""
    parts: list[Block] = [TITLE, OVERVIEW]
    for table in TABLES:
        parts += [TITLES[table] + "\n"] if headings else []
        parts += [grids[table], "\n"] if grids[table] else []
    return [*parts, PROBLEMS]


@dataclass(slots=True)
class Outcome:
    """What became of the figures of one trial or of many: counted verdicts, and every fault in words."""

    verdicts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Take in another outcome."""
        self.verdicts += other.verdicts
        self.faults += other.faults

    def share(self, verdict: str) -> float:
        """The share of a verdict among all figures, from 0 to 1."""
        return self.verdicts[verdict] / max(sum(self.verdicts[name] for name in VERDICTS), 1)


VERDICTS = ("right", "blank", "withheld", "as_shown", "flagged", "several", "silent")
"""``blank`` is a figure called blank that is 0; the other words are explained in ``damage_judge.py``."""


def trials(seed: int, first: int, last: int, *, mixed: bool) -> Iterator[tuple[int, str, Trial]]:
    """Trials by number, with the name of their first damage; each depends on its seed and number alone.

    Damages come in turn, styles at random, lossy ones less often; ``mixed`` trials have a second damage.
    """
    kinds = list(DAMAGES.values())
    for number in range(first, last):
        rng = Random(f"{seed} {number}")  # noqa: S311 - the same damage every time
        damage = kinds[number % len(kinds)]
        others = (rng.choice(kinds),) if mixed else ()
        yield number, damage.name, make_trial(rng, _draw_style(rng, damage), (damage, *others))


def _draw_style(rng: Random, damage: Damage) -> Style:
    """A style that can bear the damage; PDF, which takes many times as long to read, comes seldom."""
    slow, lossy = rng.random() < _SLOW, rng.random() < _LOSSY
    fit = [style for style in ALL_STYLES.values() if can_bear(style, damage) and style.lossy is lossy]
    return rng.choice([style for style in fit if (style.suffix == ".pdf") is slow] or fit)


def can_bear(style: Style, damage: Damage) -> bool:
    """Whether a damage leaves something to see: what rewrites text needs text, and one that was not rewritten yet."""
    return damage.change is not None or (style.binary is None and not (style.lossy and style.finish is not str))


def total(outcomes: Iterable[Outcome]) -> Outcome:
    """All outcomes in one."""
    found = Outcome()
    for outcome in outcomes:
        found.add(outcome)
    return found


def table_of(outcomes: Mapping[str, Outcome]) -> str:
    """Shares by kind of damage or by style, as text; the last line is for all."""
    width = max(map(len, outcomes), default=0) + 1
    lines = [f"{'':{width}}{'reports':>9}" + "".join(f"{verdict:>11}" for verdict in VERDICTS)]
    for name, outcome in {**outcomes, "all": total(outcomes.values())}.items():
        row = "".join(f"{outcome.share(verdict):11.3%}" for verdict in VERDICTS)
        lines.append(f"{name:{width}}{outcome.verdicts['reports']:9}{row}")
    return "\n".join(lines)


def named(seed: int, number: int, trial: Trial, faults: Sequence[str], *, mixed: bool) -> list[str]:
    """The faults of one report in one line, with what is needed to see them again."""
    damages = "+".join(damage.name for damage in trial.damages)
    place = f"seed {seed}{' mixed' * mixed} report {number} {trial.form} {trial.style.name} {damages}"
    return [f"{place}: {faults[0]}" + f" … and {len(faults) - 1} more" * (len(faults) > 1)] if faults else []
