"""The printed line that a finding is about, with the numbers it is about marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from disclosure.model import Finding, Report
from disclosure.proofs import place_on_line
from disclosure.render.text import visible

_TAB = "→"
"""How source pages show a tab."""


class Piece(NamedTuple):
    """A stretch of a line as it is shown."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of a file as it is printed there.

    ``marks`` are 0-based character offsets, the end not included, in their order, where places are certain.
    ``in_file`` is False where the line was read out of a Word file and the like: the number counts no line of the file,
    and ``original`` says where it stands there (“第 1 张表第 2 行”), if that is known.
    """

    line: int
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    in_file: bool = True
    original: str = ""

    def pieces(self) -> Iterator[Piece]:
        """The line from its beginning to its end; no character of it steers a terminal."""
        at = 0
        for start, end in self.marks:
            yield Piece(_shown(self.text[at:start]), marked=False)
            yield Piece(_shown(self.text[start:end]), marked=True)
            at = end
        yield Piece(_shown(self.text[at:]), marked=False)


def _shown(text: str) -> str:
    return visible(text).replace("\t", _TAB).replace("\n", _TAB)


def marks_of(finding: Finding, report: Report) -> tuple[tuple[int, int], ...]:
    """Where on its line the figures stand that a finding is about."""
    figures = (report.figures.get(cell) for cell in finding.cells)
    spans = {
        (span.start, span.end)
        for figure in figures
        if figure and (figure.source or report.file) == finding.file
        if (span := place_on_line(figure)) and span.line == finding.line and span.start < span.end
    }
    return tuple(_apart(sorted(spans)))


def _apart(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that do not overlap; of two that do, the first."""
    last = 0
    for start, end in spans:
        if start >= last:
            yield start, end
            last = end
