"""Plain text for a terminal: the summary, then the findings by office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from disclosure.render.text import columns, in_one_line
from disclosure.reporting.excerpt import Excerpt, Piece
from disclosure.reporting.result import Result, Told
from disclosure.reporting.words import in_original, nature, next_step, place, summary

_BOLD, _ALARM, _MARKED = "1", "1;31", "7"
_NARROWEST: Final = 40
_CUT: Final = "…"


class Terminal(NamedTuple):
    """What the text is shown on: its width in columns, and whether it shows colours."""

    width: int = 100
    colour: bool = False

    def styled(self, text: str, style: str) -> str:
        """Text with a style, where there are any."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text else text


def as_text(result: Result, terminal: Terminal) -> Iterator[str]:
    """The lines, without their ends."""
    first, *more = summary(result)
    yield terminal.styled(first, _ALARM if result.blocking else _BOLD)
    yield from more
    for group in result.groups:
        yield ""
        yield terminal.styled(in_one_line(group.name), _BOLD)
        for item in group.items:
            yield ""
            yield from _finding(item, terminal)


def _finding(item: Told, terminal: Terminal) -> Iterator[str]:
    finding = item.finding
    yield f"  {terminal.styled(in_one_line(place(finding)), _ALARM if finding.blocks else '')}"
    yield f"  {terminal.styled(item.rule.title, _BOLD)}（{nature(finding)}）"
    yield f"    {in_one_line(finding.message)}"
    if item.excerpt and item.excerpt.text.strip():
        yield from (f"    {line}" for line in _excerpt(item.excerpt, terminal))
    if in_original(item):
        yield f"    {in_one_line(in_original(item))}"
    yield f"    {in_one_line(next_step(item))}"
    yield f"    规则：{item.page}"


def _excerpt(excerpt: Excerpt, terminal: Terminal) -> Iterator[str]:
    """The line with its number, and a line of signs below what is marked."""
    head = f"{excerpt.line:>5} │ "
    pieces = _window(list(excerpt.pieces()), max(terminal.width - len(head) - 4, _NARROWEST))
    yield head + "".join(terminal.styled(text, _MARKED) if marked else text for text, marked in pieces)
    if any(marked for _, marked in pieces):
        signs = "".join(("^" if marked else " ") * columns(text) for text, marked in pieces)
        yield f"{' ' * (len(head) - 2)}│ {signs.rstrip()}"


def _window(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """As much of a line as fits, with its first mark in it; what is left out is told by a sign."""
    characters = [Piece(character, marked) for text, marked in pieces for character in text]
    if sum(columns(one.text) for one in characters) <= width:
        return list(pieces)
    first = next((at for at, one in enumerate(characters) if one.marked), 0)
    start, before = first, width // 3
    while start and (before := before - columns(characters[start - 1].text)) >= 0:
        start -= 1
    kept = [Piece(_CUT, marked=False)] if start else []
    room = width - 2 * columns(_CUT)
    for one in characters[start:]:
        room -= columns(one.text)
        if room < 0:
            return [*kept, Piece(_CUT, marked=False)]
        kept.append(one)
    return kept
