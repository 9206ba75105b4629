"""Time by what it was spent on, without counting any of it twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeAlias

Tally: TypeAlias = Mapping[str, float]
"""Seconds, or how many there are, by name."""


class Stopwatch:
    """Seconds of a ``clock`` by name. What is done within something else counts for itself alone."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._spent: dict[str, float] = defaultdict(float)
        self._clock = clock
        self._since = clock()
        self._within: list[str] = []

    @property
    def now(self) -> str:
        """What is being timed; nothing where nothing is."""
        return self._within[-1] if self._within else ""

    def begin(self, name: str) -> None:
        """Count what is done from now on as ``name``."""
        self._turn()
        self._within.append(name)

    @contextmanager
    def over(self, name: str) -> Iterator[None]:
        """Count what is done inside as ``name``."""
        self.begin(name)
        try:
            yield
        finally:
            self._turn()
            self._within.pop()

    def take(self) -> Tally:
        """What was spent since it was last taken; what is running goes on."""
        self._turn()
        taken, self._spent = dict(self._spent), defaultdict(float)
        return taken

    def _turn(self) -> None:
        now = self._clock()
        if self._within:
            self._spent[self._within[-1]] += now - self._since
        self._since = now


def added(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    together: dict[str, float] = defaultdict(float)
    for tally in tallies:
        for name, value in tally.items():
            together[name] += value
    return dict(together)
