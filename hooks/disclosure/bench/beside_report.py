"""What was measured beside other programs, as Markdown tables and as JSON, and how far the aims are reached."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

from disclosure.bench.beside import BUILDS, CHANGED, FIRST, Beside, Build
from disclosure.bench.clock import repeat
from disclosure.bench.others import STOCK, Other
from disclosure.bench.report import machine, table
from disclosure.bench.stages import (
    COPY,
    COUNT,
    DESCRIBING,
    HTML,
    INDEX,
    KEEPING,
    OFFICES,
    STAGES,
    STEPS,
    TEMPLATE,
    TWIN,
    WRITING,
)
from disclosure.bench.stopwatch import added
from disclosure.workshop import ROOT

_NOTHING: Final = "–"
_RENDERING: Final = (DESCRIBING, HTML, TEMPLATE, WRITING)
"""The steps from figures to a file that a browser is given: what the other programs do, too."""
_SEARCHED: Final = (*_RENDERING, TWIN, COPY, KEEPING)
_STEPS_OF_A_LOOP: Final = 10_000_000


def measured_on() -> dict[str, Any]:
    """When, where and of what; ``loop`` are the CPU s of ten million additions, to hold another machine against."""
    git = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    told = subprocess.run(git, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    loop = repeat(lambda: sum(range(_STEPS_OF_A_LOOP)), 3)
    return {**machine(), "date": f"{datetime.now(UTC):%Y-%m-%d}", "commit": told.stdout.strip(), "loop": loop}


def as_json(facts: dict[str, Any], measured: Sequence[Beside]) -> dict[str, Any]:
    """All numbers with names: seconds, MiB and bytes."""
    return {"run": facts, "portals": [_portal(one) for one in measured]}


def as_lines(facts: dict[str, Any], measured: Iterable[Beside]) -> Iterator[str]:
    """Tables for each size, as soon as it is measured, then the aims."""
    done: list[Beside] = []
    where = f"Python {facts['python']}, {facts['system']}, {facts['cores']} cores"
    yield f"Run of {facts['date']} at {facts['commit']}: {where}; ten million additions take {facts['loop']:.2f} s."
    for one in measured:
        done.append(one)
        yield from ("", *_lines(one))
    yield from ("", "How far the aims are reached (processor time, but for the last):", "")
    yield from table(["", *(f"{one.offices:,} offices" for one in done)], _aims(done))


def _lines(one: Beside) -> Iterator[str]:
    yield f"{one.offices:,} offices, {one.reports:,} reports, {one.site.pages:,} pages. A whole build, CPU s:"
    yield ""
    yield from table(["", *BUILDS, "largest process until then, MiB"], _stages(one))
    yield ""
    kinds = sorted(one.builds[FIRST].told.pages)
    yield "Pages of offices, CPU ms a page by kind:"
    yield ""
    yield from table(["", *kinds], _steps(one, kinds))
    yield ""
    yield f"The {one.pages:,} pages of offices and of older reports, by us and by others:"
    yield ""
    head = ("", "CPU ms a page", "CPU s", "wall s", "memory, MiB", "pages", "HTML, KB a page", "index, MB / as sent")
    yield from table(head, [*_ours(one), *map(_other(one), one.others)])


def _stages(one: Beside) -> Iterator[list[str]]:
    builds = [one.builds[name] for name in BUILDS]
    peaks = builds[0].told.peaks
    for stage in STAGES:
        yield [stage, *(f"{build.told.stages[stage]:.2f}" for build in builds), f"{peaks.get(stage, 0) or _NOTHING}"]
    yield ["putting the site in place", *(f"{_rest(build):.2f}" for build in builds), _NOTHING]
    yield ["**whole build**", *(f"{build.cost.cpu:.1f}" for build in builds), _NOTHING]
    yield ["wall s", *(f"{build.cost.wall:.1f}" for build in builds), _NOTHING]
    yield ["memory of all processes, MiB", *(f"{build.cost.mib:,}" for build in builds), _NOTHING]


def _rest(build: Build) -> float:
    return build.cost.cpu - sum(build.told.stages.values())


def _steps(one: Beside, kinds: Sequence[str]) -> Iterator[list[str]]:
    tallies = [one.builds[FIRST].told.pages[kind] for kind in kinds]
    for step in STEPS:
        yield [step, *(f"{tally.get(step, 0) * 1000 / tally[COUNT]:.2f}" for tally in tallies)]
    yield ["pages", *(f"{tally[COUNT]:,.0f}" for tally in tallies)]


def _rendering(one: Beside, steps: Iterable[str] = _RENDERING) -> float:
    """Seconds that steps take for the pages compared, with their part of what the processes cost that do them."""
    told = one.builds[FIRST].told
    all_pages = added(told.pages.values())
    around = told.stages[OFFICES] / sum(all_pages.get(step, 0) for step in STEPS)
    return around * sum(one.compared.get(step, 0) for step in steps)


def _searched(one: Beside) -> float:
    """The same with what is published beside HTML, and all of the search index, though others have pages in it, too."""
    return _rendering(one, _SEARCHED) + one.builds[FIRST].told.stages[INDEX]


def _ours(one: Beside) -> Iterator[list[str]]:
    size = f"{one.html / one.pages / 1000:.1f}"
    for name, spent in (
        ("ours: described, rendered, written", _rendering(one)),
        ("ours, with Markdown and the search index", _searched(one)),
    ):
        yield [name, f"{_ms(one, spent):.2f}", f"{spent:.1f}", _NOTHING, _NOTHING, f"{one.pages:,}", size, _NOTHING]


def _other(one: Beside) -> Callable[[Other], list[str]]:
    def row(other: Other) -> list[str]:
        if other.cost is None:
            return [other.name, other.missing, *[_NOTHING] * 6]
        index = f"{other.index.raw / 1e6:.1f} / {other.index.gzip / 1e6:.1f}" if other.index else _NOTHING
        cost = other.cost
        times = (f"{_ms(one, cost.cpu):.2f}", f"{cost.cpu:.1f}", f"{cost.wall:.1f}", f"{cost.mib:,}")
        return [other.name, *times, f"{other.pages:,}", f"{other.html / other.pages / 1000:.1f}", index]

    return row


def _ms(one: Beside, seconds: float) -> float:
    return seconds * 1000 / one.pages


def _aims(measured: Sequence[Beside]) -> Iterator[list[str]]:
    """An aim a row, with what was reached by each size."""
    for words, reached in _AIMS:
        yield [words, *(reached(one) for one in measured)]
    before = [None, *measured[:-1]]
    grown = [
        f"{_an_office(one) / _an_office(less):.2f}" if less else _NOTHING
        for less, one in zip(before, measured, strict=True)
    ]
    yield ["a first build, an office, times that of the size before (1.3 from 500 to 5,000)", *grown]


def _an_office(one: Beside) -> float:
    return one.builds[FIRST].cost.cpu / one.offices


def _times(one: Beside, name: str, spent: float, *, theirs_first: bool = False) -> str:
    """How many times of the other's time ours is, or the other way round; nothing where there is no other."""
    found = next((other.cost for other in one.others if other.name.startswith(name)), None)
    if found is None:
        return _NOTHING
    return f"{found.cpu / spent if theirs_first else spent / found.cpu:.2f}"


_AIMS: Final[tuple[tuple[str, Callable[[Beside], str]], ...]] = (
    ("rendering and writing, ms a page (5)", lambda one: f"{_ms(one, _rendering(one)):.2f}"),
    ("the same, times the floor (4)", lambda one: _times(one, "floor", _rendering(one))),
    ("the same, times Hugo (1, must 1.5)", lambda one: _times(one, "Hugo", _rendering(one))),
    (
        "MkDocs + Material + jieba, times ours with the search index (10 or more)",
        lambda one: _times(one, STOCK, _searched(one), theirs_first=True),
    ),
    ("one changed report, wall s (10)", lambda one: f"{one.builds[CHANGED].cost.wall:.1f}"),
)
"""What is aimed at, in brackets, and what was reached."""


def _portal(one: Beside) -> dict[str, Any]:
    return {
        "offices": one.offices,
        "reports": one.reports,
        "site": one.site._asdict(),
        "builds": {name: {"cost": build.cost._asdict(), **build.told._asdict()} for name, build in one.builds.items()},
        "compared": {"pages": one.pages, "html": one.html, "rendering": _rendering(one), "searched": _searched(one)},
        "others": [_plain(other) for other in one.others],
    }


def _plain(other: Other) -> dict[str, Any]:
    told = asdict(other)
    return {**told, "cost": other.cost and other.cost._asdict(), "index": other.index and other.index._asdict()}
