"""What a piece of work costs: processor time, also of the processes it starts, and time on the wall."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple, TypeVar

Result = TypeVar("Result")

_MIB = 1024 * 1024
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""``ru_maxrss`` counts bytes on macOS and KiB on Linux."""


class Spent(NamedTuple):
    """Seconds: of all processors together, and on the wall. Only the first is comparable on a busy machine."""

    cpu: float
    wall: float


def spend(work: Callable[[], Result]) -> tuple[Result, Spent]:
    """Do the ``work`` once; return its result and what it cost, its finished child processes included."""
    cpu, wall = cpu_seconds(), time.perf_counter()
    result = work()
    return result, Spent(cpu_seconds() - cpu, time.perf_counter() - wall)


def repeat(work: Callable[[], object], runs: int) -> float:
    """The median processor time of ``runs`` runs, in seconds."""
    return median(_own_seconds(work) for _ in range(runs))


def peak_mib(*, children: bool = False) -> int:
    """The most memory that this process ever had, or the largest of the processes it started and waited for; MiB."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF)
    return usage.ru_maxrss * _RSS_UNIT // _MIB


def _own_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def cpu_seconds() -> float:
    """The processor time of this process and of those that it started and waited for."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
