"""Labels that a page or a narrow column breaks: which pieces belong together, by the wordings of the form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto

from disclosure.form.folding import fold
from disclosure.form.template import FORMS, OUTCOMES_LABEL
from disclosure.read.pdf_cells import is_number
from disclosure.read.pdf_words import OVERLAP, Word, join_words

_TEMPLATES = [table for form in FORMS.values() for table in form.tables.values()]
_ROWS = [row for table in _TEMPLATES for row in table.rows]
_WORDINGS = {OUTCOMES_LABEL} | {text for row in _ROWS for text in (row.label, row.group, *row.also, *row.misprints)}
_HEADS = {text for row in _ROWS for head in row.columns for text in (head.label, *head.also, *head.misprints)}
_KNOWN = frozenset(map(fold, _WORDINGS | _HEADS)) - {""}
"""Every wording of a row, a group of rows or a column of the form: what is whole when it stands alone."""
_ALL_KNOWN = "\n" + "\n".join(sorted(_KNOWN))
_ITEM = re.compile(r"\s*(?:[(（]?[一二三四五六七八九十]+[)）、]|\d+ ?[.．、])")
_MARK = re.compile(r"[\s/／\\＼|｜*＊—–―─－﹣−ー~～_＿-]+")
"""What is printed where a number would stand, and says that there is none: no part of a label."""
_ALIGNED = 3.0
"""Points by which the lines of one cell may stand out of line."""
_LEADING = 1.0
"""Lines of one cell are at most this far apart, in em."""


class Fit(Enum):
    """Whether the text of one cell goes on in the cell below it, on the next page."""

    SURE = auto()
    POSSIBLE = auto()
    NO = auto()


def is_known(text: str) -> bool:
    """Whether a text is a whole wording of the form."""
    return fold(text) in _KNOWN


def goes_on(above: str, below: str) -> Fit:
    """Whether a label goes on below: surely where both together are the beginning of a known one, or a whole one."""
    if _MARK.fullmatch(above) or _MARK.fullmatch(below):
        return Fit.NO
    first, second = fold(above), fold(below)
    if first + second in _KNOWN:
        return Fit.SURE
    if not first or not second or first in _KNOWN or second in _KNOWN or _ITEM.match(below):
        return Fit.NO
    return Fit.SURE if f"\n{first}{second}" in _ALL_KNOWN else Fit.POSSIBLE


def with_broken_labels_joined(words: Sequence[Word]) -> list[Word]:
    """The words with each label that is broken over lines in one piece, where it surely goes on below.

    A label so joined stands at the height of that of its lines, or of its middle, where other words of its row stand.
    """
    ordered = sorted(words, key=lambda word: word.top)
    taken: set[int] = set()
    labels: list[list[Word]] = []
    for start, word in enumerate(ordered):
        if start not in taken:
            labels.append([word, *_lines_below(ordered, start, taken)])
    heads = [lines for lines in labels if is_known("".join(line.text for line in lines))]
    return [lines[0] if len(lines) == 1 else _label(lines, ordered, heads) for lines in labels]


def _label(lines: Sequence[Word], words: Iterable[Word], heads: Sequence[Sequence[Word]]) -> Word:
    """The lines as one word: beside its numbers, else, in a header, beside the other labels of its row."""
    whole = join_words(lines, "")
    numbers = [word for word in words if word.x0 > lines[0].x1 and is_number(word.text)]
    placed = join_words(lines, "", numbers)
    if placed != whole or any(abs(word.middle - whole.middle) < OVERLAP * whole.size for word in numbers):
        return placed
    level = sum(abs(join_words(head, "").middle - whole.middle) < OVERLAP * whole.size for head in heads)
    hung = sum(abs(head[0].middle - lines[0].middle) < OVERLAP * whole.size for head in heads)
    return whole._replace(top=lines[0].top, bottom=lines[0].bottom) if hung > level else whole


def _lines_below(ordered: Sequence[Word], start: int, taken: set[int]) -> list[Word]:
    """The further lines of the label that begins at ``start``; their numbers are added to ``taken``."""
    whole, found = ordered[start], list[Word]()
    for number in range(start + 1, len(ordered)):
        other = ordered[number]
        if other.top - whole.bottom > _LEADING * whole.size:
            break
        if number not in taken and _is_below(whole, other):
            taken.add(number)
            found.append(other)
            whole = join_words((whole, other), "")
    return found


def _is_below(word: Word, other: Word) -> bool:
    """Whether ``other`` is the next line of the label that ``word`` begins."""
    if other.top - word.bottom < -OVERLAP * word.size:
        return False
    middles = (word.x0 + word.x1 - other.x0 - other.x1) / 2
    if min(abs(word.x0 - other.x0), abs(middles)) > _ALIGNED:
        return False
    return goes_on(word.text, other.text) is Fit.SURE
