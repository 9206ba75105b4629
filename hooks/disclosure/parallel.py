"""Tasks side by side, each in a process that is forked for it: it sees all that is in memory, without a copy.

What a task returns is sent back, in the order of the tasks; what it writes must be its own files. A process lives for
one task, so that pages of memory that it touches, and has to copy, are given back when it ends.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Final, NamedTuple

from disclosure.errors import DisclosureError
from disclosure.workers import processors

_MOST: Final = 4
"""So many processes at once: each may copy a part of the memory, and the disk has only one head."""
_PARENT_DIED: Final = 1
"""``PR_SET_PDEATHSIG`` of Linux: which signal a process gets when the one that forked it ends."""
_NEW_OBJECTS: Final = 100_000
"""So many are made between two looks for garbage: a report has some thousand, which end without being looked for."""
_KILLED: Final = "{}的进程被系统结束（信号 {}），可能是内存不足。请关闭别的程序后重新运行。"
_ENDED: Final = "{}的进程意外停止（退出码 {}）。请重新运行。"


class Task(NamedTuple):
    """A piece of work. ``name`` says in Chinese what it does (``写工作簿``); ``work`` returns plain values."""

    name: str
    work: Callable[[], Any]


class _Running(NamedTuple):
    """A task that is being done: its place among all, its process, and where that is going to answer."""

    number: int
    task: Task
    process: BaseProcess
    answer: Connection


def processes_here() -> int:
    """How many tasks may be done at once: as many as there are cores, where it is safe to fork at all.

    A fork copies the thread that calls it, and the locks of all others as they are. Arrow and OpenBLAS, whose threads
    Python does not count, look after theirs; a thread of Python's (the preview of MkDocs has some) may not. macOS
    forbids a forked process the use of its own libraries.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(processors(), _MOST)


def side_by_side(tasks: Sequence[Task], processes: int) -> list[Any]:
    """Do the tasks, at most so many at once, in order; what each of them returned.

    With one process they are done here, one after the other. The first error ends all others, and so does an
    interruption.

    Raises:
        DisclosureError: a task raised it, or its process was killed.
        OSError: a task raised it, or no process can be started.
        RuntimeError: a task made a mistake (the text is its traceback), or shares out its own work again.
    """
    if multiprocessing.current_process().daemon:
        raise RuntimeError("a task that is done side by side with others cannot share out its own work")
    if processes == 1 or len(tasks) == 1:
        return [task.work() for task in tasks]
    waiting = deque(enumerate(tasks))
    results: list[Any] = [None] * len(tasks)
    running: list[_Running] = []
    try:
        while waiting or running:
            while waiting and len(running) < processes:
                with _uninterrupted():
                    running.append(_start(*waiting.popleft()))
            answered = wait([one.answer for one in running])
            for one in [one for one in running if one.answer in answered]:
                results[one.number] = _answer(one)
                running.remove(one)
    finally:
        _end(running)
    return results


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put off an interruption: in the midst of a fork Python may lose it, or we the process that was started."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(number: int, task: Task) -> _Running:
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    process = fork.Process(target=_do, args=(task.work, there, os.getpid()), daemon=True)
    process.start()
    there.close()  # so that nothing but the process holds it open
    return _Running(number, task, process, here)


def _do(work: Callable[[], Any], there: Connection, parent: int) -> None:
    """What the process of a task does: send what the task returns, or the arguments of ``_raise``."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts us all, the first process ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # for whatever it starts
    ctypes.CDLL(None).prctl(_PARENT_DIED, signal.SIGKILL)
    gc.freeze()  # what was there before is no garbage of ours, and to look at it would copy it
    gc.set_threshold(_NEW_OBJECTS)
    if os.getppid() != parent:  # it has ended before we asked to be told
        return
    try:
        there.send((True, work()))
    except DisclosureError as error:
        there.send((False, (DisclosureError, str(error))))
    except OSError as error:
        told = (error.errno, error.strerror, error.filename) if error.errno else (str(error),)
        there.send((False, (OSError, *told)))
    except MemoryError:
        there.send((False, (MemoryError,)))
    except BaseException:  # noqa: BLE001 - a mistake is told by the process that has a terminal
        there.send((False, (RuntimeError, traceback.format_exc())))


def _answer(one: _Running) -> Any:  # noqa: ANN401 - whatever the task returned
    """What the task returned, when its process is done."""
    try:
        good, told = one.answer.recv()
    except EOFError:
        one.process.join()
        code = one.process.exitcode or 0
        raise DisclosureError((_KILLED if code < 0 else _ENDED).format(one.task.name, abs(code))) from None
    one.process.join()
    if good:
        return told
    kind, *arguments = told
    raise kind(*arguments)


def _end(running: Iterable[_Running]) -> None:
    """End what is still being done: nobody waits for it any more."""
    for one in running:
        one.process.kill()
        one.process.join()
