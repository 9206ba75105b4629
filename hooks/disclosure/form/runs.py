"""Which label each run of numbers stands behind, by the alignment of the wording, and which it only seems to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from disclosure.form.labels import Label
from disclosure.form.tokens import Token
from disclosure.model import Number

_ENOUGH = 0.6
"""Share of a label that must be printed for the row to count as identified. Below it the row is not read."""
LONGEST_SLIP = 2
"""Replaced characters that are still a misprint of the label rather than another label."""
_NOISE_ALLOWED = 1
"""Foreign characters between a label and its numbers that are taken for a slip of the pen."""
_PLAINLY = 85
"""Similarity in percent at which the wording before a run is a label, however the alignment divided it."""


@dataclass(slots=True)
class Run:
    """Numbers and marks with no wording between them; ``offset`` is where they stand in the zone's wording."""

    offset: int
    tokens: list[Token] = field(default_factory=list)


def settled_owners(
    runs: Sequence[Run],
    labels: Sequence[Label],
    owner: Sequence[int | None],
    wording: str,
    spelt_out: Sequence[int | None],
) -> tuple[list[int | None], set[int]]:
    """Give the wording before a run to the label that it is, or plainly is, where the alignment divided it between two.

    Returned with the labels that were settled so.

    一、本年度新收政府信息公开申请数量 is as near to the beginning of 一 with the end of 二 as to 一: the whole decides.
    """
    settled = list(owner)
    labels_settled: set[int] = set()
    start = 0
    for run, spelt in zip(runs, spelt_out, strict=True):
        index = _most_like(labels, wording[start : run.offset]) if spelt is None else spelt
        around = None if index is not None else _label_around(labels, wording, start, run.offset)
        if index is not None:
            first = max(start, run.offset - len(labels[index].key))
            settled[first : run.offset] = [index] * (run.offset - first)
            labels_settled.add(index)
        elif around is not None:
            index, first = around
            settled[first : first + len(labels[index].key)] = [index] * len(labels[index].key)
            labels_settled.add(index)
        start = run.offset
    return settled, labels_settled


def _label_around(labels: Sequence[Label], wording: str, start: int, offset: int) -> tuple[int, int] | None:
    """The row whose whole label is printed around the numbers at ``offset``, and where it begins; the longest one."""
    found = [
        (len(label.key), index, first)
        for index, label in enumerate(labels)
        if label.row
        and (first := wording.find(label.key, max(start, offset - len(label.key) + 1), offset + len(label.key))) >= 0
        and first < offset < first + len(label.key)
    ]
    return max(found)[1:] if found else None


def _most_like(labels: Sequence[Label], segment: str) -> int | None:
    """The row whose label the end of this wording plainly is, but for a slip or two."""
    likeness = {
        index: fuzz.ratio(label.key, segment[-len(label.key) :])
        for index, label in enumerate(labels)
        if label.row and segment
    }
    best = max(likeness, key=lambda index: (likeness[index], len(labels[index].key)), default=None)
    if best is None or likeness[best] < _PLAINLY:
        return None
    return best if _ends_alike(labels[best].key, segment) else None


def _ends_alike(key: str, segment: str) -> bool:
    """Whether a wording ends as the label does, but for a slip: it may also end in the rest of another label.

    A page can put the rest of one label behind the beginning of the next (…政府信息公 / 取信息 / 开申请).
    """
    end = Levenshtein.opcodes(key, segment[-len(key) :])[-1]
    return end.tag == "equal" or max(end.src_end - end.src_start, end.dest_end - end.dest_start) <= LONGEST_SLIP


def labels_spelt_out(labels: Sequence[Label], wording: str, runs: Sequence[Run]) -> list[int | None]:
    """For each run, the row whose whole label stands right before it; the longest where one label ends another."""
    ending: dict[str, list[int]] = {}
    for index, label in enumerate(labels):
        if label.row:
            ending.setdefault(label.key[-1], []).append(index)
    spelt_out: list[int | None] = []
    start = 0
    for run in runs:
        likely = ending.get(wording[run.offset - 1], ()) if run.offset > start else ()
        found = [index for index in likely if wording.endswith(labels[index].key, start, run.offset)]
        spelt_out.append(max(found, key=lambda index: len(labels[index].key), default=None))
        start = run.offset
    return spelt_out


def labels_of_runs(
    runs: Sequence[Run],
    labels: Sequence[Label],
    owner: Sequence[int | None],
    seen: frozenset[int],
    spelt_out: Sequence[int | None],
) -> list[int | None]:
    """For each run, the label that stands right before it, or around it; None where that is not certain."""
    noise_before = list(accumulate((index is None for index in owner), initial=0))
    everywhere = Counter(owner)
    found: list[int | None] = []
    start = 0
    for run, spelt in zip(runs, spelt_out, strict=True):
        near = _label_near(owner, noise_before, seen, start, run.offset) if spelt is None else spelt
        own = spelt is not None or near is None or not _has_rival(labels, owner[start : run.offset], near, everywhere)
        found.append(near if own else None)
        start = run.offset
    return found


def _has_rival(
    labels: Sequence[Label], owner: Sequence[int | None], index: int, everywhere: Mapping[int | None, int]
) -> bool:
    """Whether another row's label stands before a run, with all that is printed of it, and only a few of this one's.

    These may be a note behind the other label (5.属于三类内部事务信息（共6类): then the run is of neither.
    """
    printed = Counter(owner)
    if printed[index] >= enough_of(labels[index]):
        return False
    return any(
        count >= enough_of(labels[at]) and count == everywhere[at]
        for at, count in printed.items()
        if at is not None and at != index and labels[at].row
    )


def _label_near(
    owner: Sequence[int | None], noise_before: Sequence[int], seen: frozenset[int], start: int, end: int
) -> int | None:
    """The label that the wording before a run belongs to, if enough of it is printed and nothing foreign follows it."""
    index = _label_before(owner, start, end)
    if index is None or index not in seen or not _tail_is_clean(owner, noise_before, index, start, end):
        return None
    return index


def _label_before(owner: Sequence[int | None], start: int, end: int) -> int | None:
    """The label of the last matched character in this stretch of the zone."""
    return next((index for index in reversed(owner[start:end]) if index is not None), None)


def _tail_is_clean(owner: Sequence[int | None], noise_before: Sequence[int], index: int, start: int, end: int) -> bool:
    """Whether no foreign wording stands between the label and its numbers: that would be a row we do not know."""
    last = end
    while last > start and owner[last - 1] != index:
        last -= 1
    return noise_before[end] - noise_before[last] <= _NOISE_ALLOWED


def rows_of_runs(
    runs: Sequence[Run], labels: Sequence[Label], found: Sequence[int | None], decisive: Sequence[bool]
) -> list[str | None]:
    """Give each run the row whose label was found for it; None where the label was found for other numbers, too.

    ``decisive`` says for each run whether other numbers of its own make the label's first numbers doubtful.
    """
    first_run_of: dict[int | None, Run] = {}
    at_odds: set[int | None] = set()
    for run, index, counts in zip(runs, found, decisive, strict=True):
        if _values(first_run_of.setdefault(index, run)) != _values(run) and counts:
            at_odds.add(index)
    return [
        None if index is None or index in at_odds or first_run_of[index] is not run else labels[index].row
        for run, index in zip(runs, found, strict=True)
    ]


def _values(run: Run) -> list[Number | None]:
    return [token.value for token in run.tokens]


def enough_of(label: Label) -> float:
    """How many characters of a label have to be printed."""
    return max(2, _ENOUGH * len(label.key))


def runs_near(
    runs: Sequence[Run],
    labels: Sequence[Label],
    owner: Sequence[int | None],
    seen: frozenset[int],
    rows: Sequence[str | None],
) -> Iterator[tuple[str, Run]]:
    """For rows that have no run, the run without a row that stands behind their label and something else."""
    start = 0
    for run, row in zip(runs, rows, strict=True):
        index = _label_before(owner, start, run.offset) if row is None else None
        near = labels[index].row if index is not None and index in seen else None
        if near is not None and near not in rows:
            yield near, run
        start = run.offset
