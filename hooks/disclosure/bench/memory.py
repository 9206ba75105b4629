"""How much memory processes have together, memory that several share counted once. Nothing is known but on Linux."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LEAST = 0.05
_PATIENCE = 20
"""A look at the memory of a process stops it, for longer the more it has: one part in twenty of the time at most."""


def family(process: int) -> list[int]:
    """A process and all that come from it, by their numbers."""
    found = [process]
    for one in found:
        for listed in Path(f"/proc/{one}/task").glob("*/children"):
            found += map(int, _told(listed).split())
    return found


def proportional(process: int) -> int:
    """The memory of a process in KiB, of pages that several share its part; 0 where the system does not tell."""
    told = dict(line.split(":", 1) for line in _told(Path(f"/proc/{process}/smaps_rollup")).splitlines()[1:])
    return int(told.get("Pss", "0").split()[0])


class Peak:
    """The most that processes had together when they were looked at, in KiB."""

    def __init__(self) -> None:
        self.kib = 0

    def look(self, process: int) -> None:
        """Look at a process and all that come from it."""
        self.kib = max(self.kib, sum(map(proportional, family(process))))


@contextmanager
def watched(process: int) -> Iterator[Peak]:
    """Look at a process and all that come from it again and again, as long as what stands inside takes."""
    peak, over = Peak(), threading.Event()

    def look() -> None:
        pause = 0.0  # the time of this thread: on a crowded machine a look takes long that costs little
        while not over.wait(pause):
            start = time.thread_time()
            peak.look(process)
            pause = max(_LEAST, _PATIENCE * (time.thread_time() - start))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield peak
    finally:
        over.set()
        looking.join()


def _told(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended in the meantime
        return ""
