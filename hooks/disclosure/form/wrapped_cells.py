"""Cells told by the pipes between them, where lines end anywhere: some extractions wrap what stands in a cell.

In such a text a number stands beside its label, below it, or two on a line and one on the next; one pipe between any
two of them says all the same that they are cells that follow each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from disclosure.form.grids import labels_before
from disclosure.form.runs import Run
from disclosure.form.tokens import DRAWN_PIPES, Token
from disclosure.model import Span

_ONE_PIPE = re.compile(r"\s*\|\s*")
_MOST_LINES = 6
"""Lines from one cell to the next."""
_SEVERAL = 2
"""Rows that lines end in: one may be cut by a page, or stand below the label of another."""


def rows_in_wrapped_cells(tokens: Sequence[Token], runs: Mapping[str, Run], lines: Sequence[str]) -> frozenset[str]:
    """The rows whose label and numbers are parted by one pipe each, if lines end inside several rows of the table.

    None where every cell has its line, or every row: there the lines tell more.
    """
    before = labels_before(tokens)
    gaps = {
        name: [_between(lines, here.span, there.span) for here, there in pairwise((before[first], *run.tokens))]
        for name, run in runs.items()
        if (first := run.tokens[0].span) in before
    }
    parted = {name: own for name, own in gaps.items() if all(map(_ONE_PIPE.fullmatch, own))}
    wrapped = sum(any("\n" in gap for gap in own) for own in parted.values())
    some_share_a_line = any("\n" not in gap for own in parted.values() for gap in own)
    return frozenset(parted) if wrapped >= _SEVERAL and some_share_a_line else frozenset()


def _between(lines: Sequence[str], here: Span, there: Span) -> str:
    """What stands between two places, line ends too; empty where they are far apart."""
    if here.line == there.line:
        text = lines[here.line - 1][here.end : there.start]
    elif there.line - here.line > _MOST_LINES:
        text = ""
    else:
        inner = lines[here.line : there.line - 1]
        text = "\n".join((lines[here.line - 1][here.end :], *inner, lines[there.line - 1][: there.start]))
    return text.translate(DRAWN_PIPES)
