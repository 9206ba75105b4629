"""Numbers and labels that were parted: which label stray numbers may belong to, and which they only seem to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from disclosure.form.align import Alignment
from disclosure.form.runs import Run
from disclosure.form.template import Table

_MERGED = 2
"""Labels that share a line where two rows are printed as one."""
A_LINE = 3
"""So many numbers without a row are a line of some row that lost its label; fewer may be a page number, or a date."""
_A_BLOCK = 3
"""So many labels in a row without numbers are a block of labels, so many rows of numbers a block of numbers."""


def without_orphans(table: Table, alignment: Alignment) -> dict[str, Run]:
    """The run of each row as far as its label can be trusted to stand before its own numbers."""
    found = _in_order(table, alignment, behind_labels(table, alignment))
    found = _without_mixed_lines(table, alignment, without_merged(alignment, found))
    if not above_their_labels(table, alignment):
        return found
    return {row: run for row, run in found.items() if _on_its_line(run, alignment, row)}


def above_their_labels(table: Table, alignment: Alignment) -> bool:
    """Whether rows of numbers seem to stand above their labels: one behind a header, and a label without any.

    Numbers behind a header may also be those of a row that lost its label.
    """
    of_lost_rows = {run.offset for run in alignment.run_behind_header.values()}
    above = alignment.before_their_label
    bare = alignment.extent_of_row.keys() - alignment.run_of_row.keys()
    return bool(bare) and any(
        len(run.tokens) == len(table.by_id[row].columns) and run.offset not in of_lost_rows
        for row, run in above.items()
    )


def behind_labels(table: Table, alignment: Alignment) -> dict[str, Run]:
    """The run of each row, but for the last label of a block of labels whose numbers stand elsewhere.

    Extraction may write all labels of a page first and all its numbers behind them: what stands behind the last label
    is the first row then. So it is taken for a stranger if it is a whole row below the label, or if there are numbers
    for another row. So is any line of numbers below its label where whole rows stand without theirs.
    """
    found = alignment.run_of_row
    width = len(table.rows[0].columns)
    pairs = zip(alignment.row_of_run, alignment.runs, strict=True)
    strangers = [len(run.tokens) for row, run in pairs if row is None]
    blocks = any(len(run.tokens) >= _A_BLOCK * width for run in alignment.runs)
    spare = blocks or any(count >= width for count in strangers)
    offsets = sorted(run.offset for run in alignment.runs)
    bare = 0
    for row, (_, end) in sorted(alignment.extent_of_row.items(), key=lambda item: item[1]):
        if row not in found:
            bare += 1
            continue
        run = found[row]
        following = next((offset for offset in offsets if offset >= end), None)
        below = len(run.tokens) == width and not _on_its_line(run, alignment, row)
        lone_line = below and is_lone_line(run, width)
        if (bare >= _A_BLOCK and run.offset == following and (spare or below)) or (blocks and lone_line):
            del found[row]
        bare = 0
    return found


def without_merged(alignment: Alignment, found: Mapping[str, Run]) -> dict[str, Run]:
    """The run of each row, but for those of two rows that are printed as one: both labels on a line, then numbers.

    Where many labels share a line, it is the whole table that stands on it.
    """
    extents = sorted(alignment.extent_of_row.items(), key=lambda item: item[1])
    on_line = Counter(alignment.line_of_row.values())
    merged = {
        after
        for (before, _), (after, _) in pairwise(extents)
        if before not in alignment.run_of_row
        and alignment.last_line_of_row[before] == alignment.line_of_row[after]
        and on_line[alignment.line_of_row[after]] == _MERGED
    }
    return {row: run for row, run in found.items() if row not in merged}


def _without_mixed_lines(table: Table, alignment: Alignment, found: Mapping[str, Run]) -> dict[str, Run]:
    """The run of each row, but for lines of numbers below a label among rows that stand beside theirs.

    So it is where other lines of numbers have no label: those that lost it stand anywhere.
    """
    width = len(table.rows[0].columns)
    strangers = any(len(run.tokens) >= A_LINE and run not in found.values() for run in alignment.runs)
    below = {row for row, run in found.items() if is_lone_line(run, width) and not _on_its_line(run, alignment, row)}
    beside = sum(_on_its_line(run, alignment, row) for row, run in found.items())
    mixed = strangers and len(below) < beside
    return {row: run for row, run in found.items() if not (mixed and row in below)}


def is_lone_line(run: Run, width: int) -> bool:
    """Whether a run is a whole row of numbers on one line."""
    return len(run.tokens) == width and len({token.span.line for token in run.tokens}) == 1


def _in_order(table: Table, alignment: Alignment, found: Mapping[str, Run]) -> dict[str, Run]:
    """The run of each row, but for labels that are out of the form's order and not on one line with their numbers.

    A label that stands among others of its page, away from its row, may be followed by the numbers of any other.
    """
    places = {row.id: place for place, row in enumerate(table.rows)}
    printed = sorted(found, key=lambda row: found[row].offset)
    order = [places[row] for row in printed]
    kept = set(order) if order == sorted(order) else _longest_rise(order)
    beside = {row for row in printed if _on_its_line(found[row], alignment, row)}
    return {row: found[row] for row in printed if places[row] in kept or row in beside}


def _on_its_line(run: Run, alignment: Alignment, row: str) -> bool:
    return run.tokens[0].span.line in (alignment.line_of_row.get(row), alignment.last_line_of_row.get(row))


def _longest_rise(order: Sequence[int]) -> set[int]:
    """The longest rising part of a sequence of different numbers."""
    best: list[list[int]] = [[]]
    for here in order:
        before = [rise for rise in best if not rise or rise[-1] < here]
        best.append([*_longest(before), here])
    return set(_longest(best))


def _longest(rises: Sequence[list[int]]) -> list[int]:
    return max(rises, key=len)


def numbers_behind(alignment: Alignment, leftover: Collection[int]) -> set[str]:
    """The rows with numbers without a row, at the offsets ``leftover``, inside their label or before the next one."""
    starts = [first for first, _ in alignment.extent_of_row.values()]
    rows = set()
    for row, (first, end) in alignment.extent_of_row.items():
        next_label = min((start for start in starts if start >= end), default=None)
        rows |= {row for offset in leftover if first < offset and (next_label is None or offset <= next_label)}
    return rows
