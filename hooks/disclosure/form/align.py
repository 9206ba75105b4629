"""Align the wording of a zone with the wording of the form, character by character, and so find the rows.

The form's labels are one long sentence; what the source shows of them is that sentence with gaps, slips and noise.
A global alignment (Levenshtein, rapidfuzz) tells for every character which label it belongs to. Labels cut by a page
break, split over lines or printed around their numbers need no special case: the numbers stand at some place in the
sentence, and that place lies in, or right behind, one label.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate, groupby

from rapidfuzz.distance import Levenshtein, Opcode

from disclosure.form.labels import Label, labels_of_characters, sentence, told_apart
from disclosure.form.runs import (
    LONGEST_SLIP,
    Run,
    enough_of,
    labels_of_runs,
    labels_spelt_out,
    rows_of_runs,
    runs_near,
    settled_owners,
)
from disclosure.form.template import Form
from disclosure.form.tokens import MARK, NUMBER, Token, as_count

_SURE = 2
"""Right characters that must stand on both sides of a misprint."""
_LONGEST_ZONE = 12_000
"""Folded characters; the whole form has about 800. Longer zones are not a table."""


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
    ends in the zone's wording, as ``Run.offset`` counts. ``behind_foreign_words`` are numbers behind a label, but not
    right behind it: perhaps they are its own.
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
    behind_foreign_words: dict[str, Run] = field(default_factory=dict)

    @property
    def run_of_row(self) -> dict[str, Run]:
        """The run of each row that has one."""
        return {row: run for row, run in zip(self.row_of_run, self.runs, strict=True) if row is not None}


def align(form: Form, table: str, tokens: Sequence[Token]) -> Alignment:
    """Align the tokens of one zone with one table of a form."""
    wording, lines, runs = _split(tokens if table == "proactive" else _counting(tokens))
    if len(wording) > _LONGEST_ZONE:
        return Alignment(tuple(runs), (None,) * len(runs), {})
    labels = sentence(form, table, wording)
    blocks = Levenshtein.opcodes("".join(label.key for label in labels), wording)
    apart = told_apart(labels, blocks)
    spelt_out = labels_spelt_out(labels, wording, runs)
    at = labels_of_characters(labels)
    owner, settled = settled_owners(runs, labels, _owners(at, wording, blocks), wording, spelt_out)
    seen = _labels_seen(labels, owner) & (apart | settled)
    extents = _extents(labels, owner, seen)
    # No sum of table 2 could object to numbers that stand before the rest of a label that has numbers already.
    decisive = [spelt is not None or table == "proactive" for spelt in spelt_out]
    rows = rows_of_runs(runs, labels, labels_of_runs(runs, labels, owner, seen, spelt_out), decisive)
    return Alignment(
        tuple(runs),
        tuple(rows),
        {row: lines[first] for row, (first, _) in extents.items()},
        {row: lines[end - 1] for row, (_, end) in extents.items()},
        _before_a_gap(labels, seen),
        dict(_behind_headers(runs, labels, owner, seen)),
        dict(_before_labels(runs, labels, owner, extents)),
        tuple(_slips(labels, seen, wording, lines, blocks)),
        extents,
        dict(runs_near(runs, labels, owner, seen, rows)),
    )


def _counting(tokens: Sequence[Token]) -> list[Token]:
    """The same tokens, whole numbers without their decimals: tables 3 and 4 hold counts only."""
    return [
        token._replace(value=as_count(token.value)) if isinstance(token.value, Decimal) else token for token in tokens
    ]


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
        if token.sort in (NUMBER, MARK):
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


def _slips(
    labels: Sequence[Label], seen: frozenset[int], wording: str, lines: Sequence[int], blocks: Iterable[Opcode]
) -> Iterator[Slip]:
    """One or two characters replaced in the middle of a row's label whose neighbours on both sides are right."""
    starts = list(accumulate((len(label.key) for label in labels), initial=0))
    window = list(blocks)
    at: list[int] = []
    for before, block, after in zip(window, window[1:], window[2:], strict=False):
        if block.tag != "replace" or block.src_end - block.src_start > LONGEST_SLIP:
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
    return frozenset(index for index, label in enumerate(labels) if printed[index] >= enough_of(label))


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
