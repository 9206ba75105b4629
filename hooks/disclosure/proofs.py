"""Figures of one row that have the same proof share it: the one place that says which, for pages and for files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from disclosure.model import Figure, Report, Span


class ProofGroup(NamedTuple):
    """Figures of one row that have the same proof; ``number`` counts the groups of the row from 1."""

    table: str
    row: str
    number: int
    figures: tuple[Figure, ...]


def steps(figure: Figure) -> tuple[str, ...]:
    """The sentences of a figure's proof; none where it needs no proof."""
    return tuple(step.sentence for step in figure.proof.steps) if figure.proof else ()


def is_told_apart(figure: Figure) -> bool:
    """Whether it is certain which of the numbers printed in its row a figure is.

    Of several that are alike, a proof may tell the value of each cell, but not which of them stands in it.
    """
    return not (figure.proof and any(step.relation == "placement" for step in figure.proof.steps))


def place_on_line(figure: Figure) -> Span | None:
    """Where on its line a figure is printed; None where that is not certain."""
    span = figure.span
    return span if span is not None and span.line == figure.line and is_told_apart(figure) else None


def group_proofs(report: Report) -> Iterator[ProofGroup]:
    """The proofs of a report, in the order of the form."""
    proved = (figure for figure in report.figures.values() if figure.proof)
    for (table, row), figures in groupby(proved, key=lambda figure: figure.cell[:2]):
        for number, same in enumerate(_with_the_same_steps(list(figures)), 1):
            yield ProofGroup(table, row, number, tuple(same))


def _with_the_same_steps(figures: Sequence[Figure]) -> list[list[Figure]]:
    by_steps: dict[tuple[str, ...], list[Figure]] = {}
    for figure in figures:
        by_steps.setdefault(steps(figure), []).append(figure)
    return list(by_steps.values())


def proof_id(report: Report, group: ProofGroup) -> str:
    """The identifier of a proof in published files: ``410481100-2021-requests-received-1``."""
    return f"{report.office}-{report.year}-{group.table}-{group.row}-{group.number}"
