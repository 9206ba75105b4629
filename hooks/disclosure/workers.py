"""Do the same to many things in several processes: results come in order, and a process that dies costs one thing."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import TypeAlias, TypeVar

from disclosure.errors import DisclosureError

Item = TypeVar("Item")
Result = TypeVar("Result")
Work: TypeAlias = Callable[[Sequence[Item]], list[Result]]
"""What a process does with some items at once: a result for each. It must be importable."""


class NoWorkerError(DisclosureError):
    """No process lives long enough to do anything: it is not for the ``items`` at hand that they end."""

    def __init__(self, items: Sequence[object]) -> None:
        """Keep what none of them could do."""
        self.items = items
        super().__init__("启动的进程一再意外停止，可能是内存不足。请关闭别的程序后重新运行。")


def processors() -> int:
    """How many processes can work at the same time here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(
    work: Work[Item, Result], items: Sequence[Item], lost: Callable[[Item], Result], *, workers: int, at_once: int
) -> Iterator[Result]:
    """The result of each item, in order, ``at_once`` of them to a process.

    A process that dies takes those of its time with it: the rest goes to new ones, and what was unfinished is tried
    again, each item apart. An item that ends its process then too gets the result ``lost(item)``.

    Raises:
        NoWorkerError: none of several items in a row came back.
        Exception: what ``work`` raised for any of the items.
    """
    rest = deque(tuple(items[start : start + at_once]) for start in range(0, len(items), at_once))
    while rest:
        yield from _until_one_dies(work, rest, workers)
        if not rest:
            return
        batch = rest.popleft()
        apart = [_apart(work, item) for item in batch]
        if len(batch) > 1 and not any(apart):
            raise NoWorkerError(batch)
        yield from (lost(item) if found is None else found[0] for item, found in zip(batch, apart, strict=True))


def _until_one_dies(work: Work[Item, Result], batches: deque[tuple[Item, ...]], workers: int) -> Iterator[Result]:
    """The results of the batches from the first on; each is taken off when it is finished."""
    with _pool(min(workers, len(batches))) as pool:
        tasks: deque[Future[list[Result]]] = deque()
        try:
            tasks += (pool.submit(work, batch) for batch in batches)
            while tasks:
                yield from tasks[0].result()
                tasks.popleft()
                batches.popleft()
        except BrokenProcessPool:
            pass
        finally:
            pool.shutdown(cancel_futures=True)


def _apart(work: Work[Item, Result], item: Item) -> list[Result] | None:
    """The result of one item in a process of its own; None where that dies."""
    with _pool(1) as pool:
        try:
            return pool.submit(work, [item]).result()
        except BrokenProcessPool:
            return None


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the readers keep threads and processes of their own.
    return ProcessPoolExecutor(workers, get_context("spawn"), _begin)


def _begin() -> None:
    """Leave interrupts to the process that started this one, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
