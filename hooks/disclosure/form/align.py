"""Align the wording of a zone with the wording of the form, character by character, and so find the rows.

The form's labels are one long sentence; what the source shows of them is that sentence with gaps, slips and noise.
A global alignment (Levenshtein, rapidfuzz) tells for every character which label it belongs to. Labels cut by a page
break, split over lines or printed around their numbers need no special case: the numbers stand at some place in the
sentence, and that place lies in, or right behind, one label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate, groupby

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein, Opcode

from disclosure.form.labels import Label, labels_of_characters, sentence, told_apart
from disclosure.form.template import Form
from disclosure.form.tokens import Sort, Token, as_count
from disclosure.model import Number

_ENOUGH = 0.6
"""Share of a label that must be printed for the row to count as identified. Below it the row is not read."""
_LONGEST_SLIP = 2
"""Replaced characters that are still a misprint of the label rather than another label."""
_SURE = 2
"""Right characters that must stand on both sides of a misprint."""
_NOISE_ALLOWED = 1
"""Foreign characters between a label and its numbers that are taken for a slip of the pen."""
_PLAINLY = 85
"""Similarity in percent at which the wording before a run is a label, however the alignment divided it."""
_LONGEST_ZONE = 12_000
"""Folded characters; the whole form has about 800. Longer zones are not a table."""


@dataclass(slots=True)
class Run:
    """Numbers and marks with no wording between them; ``offset`` is where they stand in the zone's wording."""

    offset: int
    tokens: list[Token] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Slip:
    """A label printed with a few other characters than the form's, both without punctuation."""

    official: str
    printed: str
    line: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which row each run belongs to (None: none of the form's rows), and the first and last line of each label seen.

    ``before_a_gap`` are the rows behind which the form has others whose label was not seen, and how many: numbers
    behind them may be those of another row. ``run_behind_header`` has, for a row whose label was not seen, the numbers
    that stand right behind the header where it would begin, if the row after it was seen. ``before_their_label`` are
    numbers between a header and a label that was seen. ``extent_of_row`` is where the label of each row seen begins and
    ends in the zone's wording, as ``Run.offset`` counts.
    """

    runs: tuple[Run, ...]
    row_of_run: tuple[str | None, ...]
    line_of_row: dict[str, int]
    last_line_of_row: dict[str, int] = field(default_factory=dict)
    before_a_gap: dict[str, int] = field(default_factory=dict)
    run_behind_header: dict[str, Run] = field(default_factory=dict)
    before_their_label: dict[str, Run] = field(default_factory=dict)
    slips: tuple[Slip, ...] = ()
    extent_of_row: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def run_of_row(self) -> dict[str, Run]:
        """The run of each row that has one."""
        return {row: run for row, run in zip(self.row_of_run, self.runs, strict=True) if row is not None}


def align(form: Form, table: str, tokens: Sequence[Token]) -> Alignment:
    """Align the tokens of one zone with one table of a form."""
    wording, lines, runs = _split(tokens if table == "proactive" else [_counting(token) for token in tokens])
    if len(wording) > _LONGEST_ZONE:
        return Alignment(tuple(runs), (None,) * len(runs), {})
    labels = sentence(form, table, wording)
    blocks = Levenshtein.opcodes("".join(label.key for label in labels), wording)
    apart = told_apart(labels, blocks)
    spelt_out = _labels_spelt_out(labels, wording, runs)
    at = labels_of_characters(labels)
    owner, settled = _settled(runs, labels, _owners(at, wording, blocks), wording, spelt_out)
    seen = _labels_seen(labels, owner) & (apart | settled)
    extents = _extents(labels, owner, seen)
    # No sum of table 2 could object to numbers that stand before the rest of a label that has numbers already.
    decisive = [spelt is not None or table == "proactive" for spelt in spelt_out]
    return Alignment(
        tuple(runs),
        tuple(_assign(runs, labels, _labels_of_runs(runs, labels, owner, seen, spelt_out), decisive)),
        {row: lines[first] for row, (first, _) in extents.items()},
        {row: lines[end - 1] for row, (_, end) in extents.items()},
        _before_a_gap(labels, seen),
        dict(_behind_headers(runs, labels, owner, seen)),
        dict(_before_labels(runs, labels, owner, extents)),
        tuple(_slips(labels, seen, wording, lines, blocks)),
        extents,
    )


def _counting(token: Token) -> Token:
    """The same token, its number without decimals where it is a whole one: tables 3 and 4 hold counts only."""
    return token._replace(value=as_count(token.value)) if isinstance(token.value, Decimal) else token


def _extents(labels: Sequence[Label], owner: Sequence[int | None], seen: Collection[int]) -> dict[str, tuple[int, int]]:
    """Where the label of each row seen begins and ends."""
    extents: dict[str, tuple[int, int]] = {}
    end = 0
    for index, characters in groupby(owner):
        start, end = end, end + len(list(characters))
        row = labels[index].row if index in seen and index is not None else None
        if row:
            extents[row] = (extents.get(row, (start, 0))[0], end)
    return extents


def _split(tokens: Sequence[Token]) -> tuple[str, list[int], list[Run]]:
    """The zone's wording, the source line of each of its characters, and the runs of numbers between."""
    pieces: list[str] = []
    lines: list[int] = []
    runs: list[Run] = []
    open_run = False
    for token in tokens:
        if token.sort in (Sort.NUMBER, Sort.MARK):
            if not open_run:
                runs.append(Run(len(lines)))
            runs[-1].tokens.append(token)
            open_run = True
        elif token.key:
            pieces.append(token.key)
            lines.extend([token.span.line] * len(token.key))
            open_run = False
    return "".join(pieces), lines, runs


def _owners(at: Sequence[int], wording: str, blocks: Iterable[Opcode]) -> list[int | None]:
    """For each character of the zone, the index of the label it was matched to (None: noise).

    ``at`` has the index of the label for each character of the form's sentence.
    """
    owner: list[int | None] = [None] * len(wording)
    for block in blocks:
        if block.tag == "equal":
            owner[block.dest_start : block.dest_end] = at[block.src_start : block.src_end]
    return owner


def _settled(
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
    return end.tag == "equal" or max(end.src_end - end.src_start, end.dest_end - end.dest_start) <= _LONGEST_SLIP


def _slips(
    labels: Sequence[Label], seen: frozenset[int], wording: str, lines: Sequence[int], blocks: Iterable[Opcode]
) -> Iterator[Slip]:
    """One or two characters replaced in the middle of a row's label whose neighbours on both sides are right."""
    starts = list(accumulate((len(label.key) for label in labels), initial=0))
    window = list(blocks)
    at: list[int] = []
    for before, block, after in zip(window, window[1:], window[2:], strict=False):
        if block.tag != "replace" or block.src_end - block.src_start > _LONGEST_SLIP:
            continue
        at = at or labels_of_characters(labels)
        index = at[block.src_start]
        key, first = labels[index].key, starts[index]
        if (
            index in seen
            and labels[index].row
            and first + _SURE <= block.src_start
            and block.src_end + _SURE <= first + len(key)
            and min(before.dest_end - before.dest_start, after.dest_end - after.dest_start) >= _SURE
        ):
            instead = wording[block.dest_start : block.dest_end]
            printed = key[: block.src_start - first] + instead + key[block.src_end - first :]
            yield Slip(key, printed, lines[block.dest_start])


def _labels_seen(labels: Sequence[Label], owner: Sequence[int | None]) -> frozenset[int]:
    """The labels, of rows and headers, of which enough characters are printed."""
    printed = [0] * len(labels)
    for index in owner:
        if index is not None:
            printed[index] += 1
    return frozenset(index for index, label in enumerate(labels) if printed[index] >= _enough(label))


def _before_a_gap(labels: Sequence[Label], seen: frozenset[int]) -> dict[str, int]:
    """The rows whose next row was not seen, with how many in a row were not.

    A header in between parts nothing: in table 3 it may be printed in the middle of its group, and those of table 2
    are too much alike to say which of them was lost.
    """
    gaps: dict[str, int] = {}
    unseen = 0
    for index in range(len(labels) - 1, -1, -1):
        row = labels[index].row
        if row is not None:
            if unseen:
                gaps[row] = unseen
            unseen = 0 if index in seen else unseen + 1
    return gaps


def _labels_of_runs(
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
    if printed[index] >= _enough(labels[index]):
        return False
    return any(
        count >= _enough(labels[at]) and count == everywhere[at]
        for at, count in printed.items()
        if at is not None and at != index and labels[at].row
    )


def _enough(label: Label) -> float:
    """How many characters of a label have to be printed."""
    return max(2, _ENOUGH * len(label.key))


def _assign(
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


def _label_near(
    owner: Sequence[int | None], noise_before: Sequence[int], seen: frozenset[int], start: int, end: int
) -> int | None:
    """The label that the wording before a run belongs to, if enough of it is printed and nothing foreign follows it."""
    index = _label_before(owner, start, end)
    if index is None or index not in seen or not _tail_is_clean(owner, noise_before, index, start, end):
        return None
    return index


def _behind_headers(
    runs: Sequence[Run], labels: Sequence[Label], owner: Sequence[int | None], seen: frozenset[int]
) -> Iterator[tuple[str, Run]]:
    """Rows without a label, between their header and the next row, with all that stands there: one run."""
    starts = (0, *(run.offset for run in runs))
    for start, run in zip(starts, runs, strict=False):
        header = owner[run.offset - 1] if run.offset > start else None
        if header is None or labels[header].row or header not in seen or header + 2 >= len(labels):
            continue
        lost, following = labels[header + 1], labels[header + 2]
        if lost.row and following.row and header + 1 not in seen and header + 2 in seen:
            begins = owner.index(header + 2)
            if run.offset == begins:
                yield lost.row, run


def _before_labels(
    runs: Sequence[Run], labels: Sequence[Label], owner: Sequence[int | None], extents: Mapping[str, tuple[int, int]]
) -> Iterator[tuple[str, Run]]:
    """Rows whose label follows a run that stands right behind a header, with that run."""
    row_at = {first: row for row, (first, _) in extents.items()}
    for run in runs:
        before = owner[run.offset - 1] if run.offset else None
        if before is not None and labels[before].row is None and run.offset in row_at:
            yield row_at[run.offset], run


def _labels_spelt_out(labels: Sequence[Label], wording: str, runs: Sequence[Run]) -> list[int | None]:
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


def _label_before(owner: Sequence[int | None], start: int, end: int) -> int | None:
    """The label of the last matched character in this stretch of the zone."""
    return next((index for index in reversed(owner[start:end]) if index is not None), None)


def _tail_is_clean(owner: Sequence[int | None], noise_before: Sequence[int], index: int, start: int, end: int) -> bool:
    """Whether no foreign wording stands between the label and its numbers: that would be a row we do not know."""
    last = end
    while last > start and owner[last - 1] != index:
        last -= 1
    return noise_before[end] - noise_before[last] <= _NOISE_ALLOWED
