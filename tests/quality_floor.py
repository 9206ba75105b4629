"""How much is read in each layout and format, on a fixed set of invented reports, and the floor that it must keep.

The floor stands in ``quality_floor.json``; ``scripts/pin_quality.py`` renews it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

from damage import DAMAGES
from damage_judge import judge
from damage_lab import Outcome, can_bear, make_trial
from layouts import Style
from layouts_formats import ALL_STYLES

FLOOR = Path(__file__).with_suffix(".json")
WHOLE = 4
"""Reports without damage, in each style."""
DAMAGED = 12
"""Reports with one damage each, in each style; a third of it for PDF, which takes long to read."""
_DIGITS = 10**4


class Quality(NamedTuple):
    """Shares of right figures from 0 to 1, without damage and with; how many figures were silently wrong."""

    whole: float
    damaged: float
    silent: int


class Lowered(NamedTuple):
    """A floor that was lowered on purpose."""

    style: str
    before: Quality
    after: Quality
    reason: str


class Floor(NamedTuple):
    """What is pinned, by style, and what was ever lowered."""

    styles: Mapping[str, Quality]
    lowered: tuple[Lowered, ...] = ()


def measure(style: Style) -> Quality:
    """Read the fixed set of one style."""
    return quality(*outcomes(style))


def outcomes(style: Style) -> tuple[Outcome, Outcome]:
    """What became of the fixed set of one style: of the reports without damage, and of those with. Faults say where."""
    kinds = [damage for damage in DAMAGES.values() if can_bear(style, damage)]
    whole, damaged = Outcome(), Outcome()
    for number in range(WHOLE + (DAMAGED // 3 if style.suffix == ".pdf" else DAMAGED)):
        rng = _rng(style, number)
        outcome = judge(make_trial(rng, style, () if number < WHOLE else (rng.choice(kinds),)))
        outcome.faults = [f"floor {style.name} {number}: {fault}" for fault in outcome.faults]
        (whole if number < WHOLE else damaged).add(outcome)
    return whole, damaged


def quality(whole: Outcome, damaged: Outcome) -> Quality:
    """How good that is. Blanks that stand for 0 count as right."""
    return Quality(_right(whole), _right(damaged), whole.verdicts["silent"] + damaged.verdicts["silent"])


def _rng(style: Style, number: int) -> Random:
    return Random(f"floor {style.name} {number}")  # noqa: S311 - the same reports every time


def _right(outcome: Outcome) -> float:
    """Rounded down, so that a floor is never above what was measured."""
    return math.floor((outcome.share("right") + outcome.share("blank")) * _DIGITS) / _DIGITS


def measure_all() -> dict[str, Quality]:
    """Every style."""
    return {name: measure(style) for name, style in ALL_STYLES.items()}


def falls_below(measured: Quality, floor: Quality) -> bool:
    """Whether anything got worse."""
    return measured.whole < floor.whole or measured.damaged < floor.damaged or measured.silent > floor.silent


def load(path: Path = FLOOR) -> Floor:
    """The floor as pinned; empty where nothing is pinned yet."""
    if not path.exists():
        return Floor({})
    read = json.loads(path.read_text(encoding="utf-8"))
    lowered = (
        Lowered(one["style"], Quality(**one["before"]), Quality(**one["after"]), one["reason"])
        for one in read["lowered"]
    )
    return Floor({name: Quality(**one) for name, one in read["styles"].items()}, tuple(lowered))


def save(floor: Floor, path: Path = FLOOR) -> None:
    """Write the floor, a line per style, so that a change of it is seen in review."""
    styles = ",\n".join(f"    {_json(name)}: {_json(one._asdict())}" for name, one in floor.styles.items())
    lowered = ",\n".join(f"    {_json(_plain(one))}" for one in floor.lowered)
    path.write_text(f'{{\n  "styles": {{\n{styles}\n  }},\n  "lowered": [\n{lowered}\n  ]\n}}\n', encoding="utf-8")


def _plain(one: Lowered) -> dict[str, object]:
    return {**one._asdict(), "before": one.before._asdict(), "after": one.after._asdict()}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def lower_without_leave(measured: Mapping[str, Quality], floor: Floor, allowed: Mapping[str, str]) -> Iterator[str]:
    """The styles that a new floor would lower, or lose, and that nobody gave a reason for."""
    for name, pinned in floor.styles.items():
        if name not in allowed and (name not in measured or falls_below(measured[name], pinned)):
            yield name


def renewed(measured: Mapping[str, Quality], floor: Floor, allowed: Mapping[str, str]) -> Floor:
    """The floor at what was measured; what is lowered by it is kept with its reason."""
    lowered = (
        Lowered(name, floor.styles[name], measured[name], reason)
        for name, reason in allowed.items()
        if name in floor.styles and name in measured and falls_below(measured[name], floor.styles[name])
    )
    return Floor(dict(measured), (*floor.lowered, *lowered))
