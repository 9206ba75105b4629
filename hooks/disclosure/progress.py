"""Show how far long work has come: a bar on a terminal, now and then a line where nobody looks at one."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO, TypeVar

Item = TypeVar("Item")
_BAR = 30
_SECONDS = 15.0
"""Between two lines in the record of a build."""


class Progress:
    """How many of ``total`` things are done. ``word`` says in Chinese what is done to them.

    Without a terminal nothing is written unless ``lines`` is set: then a line every fifteen seconds.
    """

    def __init__(
        self, total: int, word: str = "读取", stream: TextIO | None = None, *, lines: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._total = total
        self._word = word
        self._stream = sys.stderr if stream is None else stream
        self._bar = total > 1 and self._stream.isatty()
        self._lines = lines
        self._clock = clock
        self._told = clock()

    def show(self, done: int) -> None:
        """Show how many are done; the last call ends the line of a bar."""
        if self._bar:
            bar = ("#" * (_BAR * done // self._total)).ljust(_BAR, ".")
            self._write(f"\r{self._word} [{bar}] {done}/{self._total}" + ("\n" if done >= self._total else ""))
        elif self._lines and (now := self._clock()) - self._told >= _SECONDS:
            self._told = now
            self._write(f"{self._word}：{done}/{self._total}\n")

    def over(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same items, each counted when the next one is asked for."""
        for done, item in enumerate(items, 1):
            yield item
            self.show(done)

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
