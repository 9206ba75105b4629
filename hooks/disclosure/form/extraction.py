"""Traces that a program left in the text when it took it out of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from disclosure.form.folding import fold

_PRINTED_OFTEN = frozenset(map(fold, ("信息内容", "结果维持", "总计")))
"""Header cells that every form prints three times and more, each on a line of its own where a cell is a line."""
_MOST_REPEATED = 2
_FEWEST_LINES = 60
"""Lines with text of a report printed one cell a line, without its narrative: labels and headers alone make more."""


def lines_removed(lines: Sequence[str]) -> int | None:
    """The line of a header cell that should come again and does not, if repeated lines were removed from the text.

    Some extraction programs drop every line that was there before. Of a row 0 0 0 one 0 is left, and later rows lose
    all their zeros: what is left of the numbers can be given no place. None where lines do repeat, but for one or two
    that were doubled afterwards.
    """
    texts = Counter(filter(None, map(str.strip, lines)))
    if len(texts) < _FEWEST_LINES or texts.total() - len(texts) > _MOST_REPEATED:
        return None
    headers = (number for number, line in enumerate(lines, start=1) if fold(line) in _PRINTED_OFTEN)
    return next((number for number in headers if texts[lines[number - 1].strip()] == 1), None)
