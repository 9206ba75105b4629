"""Nothing lost and nothing doubled: what holds of every reading, whatever the bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from disclosure.model import Filling, Report, Status


def visible(texts: Iterable[str]) -> Counter[str]:
    """How often each visible character stands in these texts."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(text)
    return Counter({char: count for char, count in found.items() if not char.isspace()})


def accounted(filling: Filling) -> list[str]:
    """Every text that the reading gave an owner."""
    entries = [entry for table in filling.tables.values() for row in table.rows for entry in row.entries]
    return [
        *(section.heading for section in filling.sections),
        *(section.text for section in filling.sections),
        *(snippet.text for snippet in (*filling.labels, *filling.unplaced)),
        *(entry.raw for entry in entries),
    ]


def miscounted(filling: Filling, lines: Sequence[str]) -> dict[str, int]:
    """Visible characters with more owners than they stand in the source (above 0), or fewer (below 0)."""
    owned, printed = visible(accounted(filling)), visible(lines)
    return {char: owned[char] - printed[char] for char in owned | printed if owned[char] != printed[char]}


def used_twice(report: Report) -> Iterator[str]:
    """Places in the source that stand for more than one entry or figure."""
    entries = Counter(
        entry.span for table in report.filling.tables.values() for row in table.rows for entry in row.entries
    )
    figures = Counter(
        figure.span for figure in report.figures.values() if figure.span and figure.status is not Status.RECOVERED
    )
    for what, spans in (("entries", entries), ("figures", figures)):
        yield from (f"{span} stands for {count} {what}" for span, count in spans.items() if count > 1)
