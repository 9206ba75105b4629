"""What every reader returns."""

from __future__ import annotations

from dataclasses import dataclass

from disclosure.model import Note


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one source, line by line as printed (without line ends), with what the reader has to say."""

    lines: tuple[str, ...]
    notes: tuple[Note, ...] = ()
