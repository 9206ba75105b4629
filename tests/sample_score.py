"""Hold what is read from the reports of a sample to its truth, as the damage laboratory does (``damage_judge.py``).

An office that erred printed what it printed: that number is the truth, nothing may be published in its place. Where
damage took that very number, nothing that is left is wrong, and what the sums require is published as derived: no
reader of this source could know better. Such figures are counted apart, as ``DUE``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from damage_judge import judge
from damage_lab import Outcome, Trial
from disclosure.model import Cell, Status
from disclosure.reading import read_report
from disclosure.sample.drafts import Draft, drafts
from disclosure.sample.places import Place
from disclosure.sample.store import Order, figures_in, order_of, places_for, read_truth
from layouts_grid import Printed
from sample_reports import trial_of

DUE = "due"
_DERIVED = (Status.RECOVERED, Status.PLACED)
AT_ONCE = 20
"""Offices that a process checks in a row."""


class Job(NamedTuple):
    """Some offices of the sample in the folder ``out``, with the lines of the truth about them."""

    out: Path
    order: Order
    offices: Sequence[Place]
    truth: Sequence[Mapping[str, Any]]


def jobs(out: Path) -> Iterator[Job]:
    """The whole sample in stretches.

    Raises:
        SampleError: there is no sample in the folder.
    """
    order = order_of(out)
    wanted, truth = places_for(order), read_truth(out)
    for at in range(0, len(wanted), AT_ONCE):
        offices = wanted[at : at + AT_ONCE]
        yield Job(out, order, offices, tuple(islice(truth, len(offices) * order.years)))


def score(job: Job) -> dict[str, Outcome]:
    """What became of the figures, by what was done to the report: nothing, damage, an error of the office, or both."""
    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    lines = iter(job.truth)
    for place in job.offices:
        for draft in drafts(job.order.seed, place, job.order.years, job.order.errors):
            record = next(lines)
            trial = trial_of(draft, job.order)
            outcome = judged(draft, trial)
            outcome.faults = [f"{record['path']} ({_done_to(record)}): {fault}" for fault in outcome.faults]
            outcome.faults += _not_as_made(job.out, record, trial)
            outcomes[_group(record, trial)].add(outcome)
    return dict(outcomes)


def judged(draft: Draft, trial: Trial) -> Outcome:
    """The verdicts of the laboratory; the office's own error apart where it was lost and its due was derived."""
    outcome = judge(trial)
    slip = draft.slip
    if slip is None or not outcome.verdicts["silent"] or not _is_lost(slip.cell, trial):
        return outcome
    figure = read_report(f"2023{trial.style.suffix}", trial.content).figures.get(slip.cell)
    if figure is not None and figure.status in _DERIVED and figure.value == slip.due:
        outcome.verdicts.update({"silent": -1, DUE: 1})
        outcome.faults = [fault for fault in outcome.faults if not fault.startswith(f"{slip.cell} true")]
    return outcome


def _is_lost(cell: Cell, trial: Trial) -> bool:
    """Whether the number printed for a figure is gone, or may be: damage to the text does not say what it took."""
    printed = (one for row in trial.grids[cell.table] for one in row if isinstance(one, Printed))
    return all(one.origin != cell for one in printed) or any(damage.rewrite for damage in trial.damages)


def _group(record: Mapping[str, Any], trial: Trial) -> str:
    """The line of the table that a report counts for."""
    done = [word for word, is_so in (("damaged", record["damage"]), ("erred", record["erred"])) if is_so]
    return " and ".join(done or ["whole"]) + ", lossy layout" * trial.style.lossy


def _done_to(record: Mapping[str, Any]) -> str:
    erred = [f"erred {record['erred']['figure']}"] if record["erred"] else []
    return " ".join([record["layout"], *record["damage"], *erred])


def _not_as_made(out: Path, record: Mapping[str, Any], trial: Trial) -> Iterator[str]:
    """Whether file and truth are those that the order makes: if not, something was changed since."""
    if (out / record["path"]).read_bytes() != trial.content:
        yield f"{record['path']}: the file is not the one that was made"
    if figures_in(record) != trial.true:
        yield f"{record['path']}: the truth is not the one that was written"
