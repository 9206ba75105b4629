"""Let a command use the laboratory that stands among the tests, and spread its work over all cores."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice
from typing import TypeVar

from lib.own_environment import ROOT

Job = TypeVar("Job")
Result = TypeVar("Result")


def use_laboratory() -> None:
    """Make the modules in ``tests/`` importable."""
    sys.path.insert(1, str(ROOT / "tests"))


def spread(work: Callable[[Job], Result], jobs: Iterable[Job], processes: int) -> Iterator[Result]:
    """Results in the order in which they come; only a few jobs wait at a time, so that there may be any number."""
    waiting = iter(jobs)
    with ProcessPoolExecutor(processes) as pool:
        running: set[Future[Result]] = {pool.submit(work, job) for job in islice(waiting, processes * 2)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {pool.submit(work, job) for job in islice(waiting, len(done))}
            for finished in done:
                yield finished.result()
