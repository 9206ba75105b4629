"""One at a time: a file lock that cannot go stale, because the kernel drops it with its last holder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def exclusive(path: Path, work: str) -> Iterator[int]:
    """Hold the lock at ``path``, waiting for another process that holds it.

    ``work`` is the Chinese name of what is being done, for the sentence that a waiting person reads.
    Yields the descriptor of the lock: a child process that inherits it keeps the lock when we are killed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        _acquire(file, work)
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield file.fileno()


def _acquire(file: TextIO, work: str) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        print(f"另一个进程（{file.read() or '编号未知'}）正在{work}，等它结束……", flush=True)
        fcntl.flock(file, fcntl.LOCK_EX)
