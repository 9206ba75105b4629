"""Do different things side by side, each in a copy of this process that has everything made so far at hand.

For work that leaves its results in files. Copies share memory with this process as long as neither changes it, so that
a catalog of a whole country need not be sent to anybody.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from select import select
from typing import Final, NoReturn

from disclosure.errors import DisclosureError

_TOLD: Final = 3
"""Exit status of a copy that has written a sentence for people into its pipe."""
_REFUSED: Final = 4
"""The same of a copy to which the system refused something."""
_FAILED: Final = 1
_POLL: Final = 0.2


class ForkError(DisclosureError):
    """A copy of this process ended before its work was done."""


def side_by_side(tasks: Sequence[Callable[[], None]]) -> None:
    """Do all tasks at the same time; a single one is done here.

    Raises:
        DisclosureError: a task raised one, or was ended from outside. The other tasks are ended then.
        OSError: a task raised one, a full disk for example.
        RuntimeError: a task raised something else, which it has printed.
    """
    if len(tasks) <= 1 or not hasattr(os, "fork"):
        for task in tasks:
            task()
        return
    running: dict[int, int] = {}
    try:
        for task in tasks:
            told, process = _start(task)
            running[told] = process
        while running:
            for told in select(list(running), (), ())[0]:
                said = _all_of(told)
                _, status = os.waitpid(running.pop(told), 0)
                _require_done(status, said)
    finally:
        _end(running)


def _start(task: Callable[[], None]) -> tuple[int, int]:
    """The pipe in which a copy says what went wrong and which ends with it, and the number of the copy."""
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    told, tell = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(told)
        _do(task, tell, parent)
    os.close(tell)
    return told, process


def _do(task: Callable[[], None], tell: int, parent: int) -> NoReturn:
    """Do the task and end, without anything that this process would do at its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupts are for the process that waits
    threading.Thread(target=_end_with_parent, args=(parent,), daemon=True).start()
    status = _FAILED
    try:
        task()
        status = 0
    except DisclosureError as error:
        os.write(tell, str(error).encode())
        status = _TOLD
    except OSError as error:
        os.write(tell, json.dumps([error.errno, error.strerror, error.filename]).encode())
        status = _REFUSED
    except BaseException:  # noqa: BLE001 - nothing may leave the copy
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_POLL)
    os._exit(_FAILED)


def _require_done(status: int, said: str) -> None:
    code = os.waitstatus_to_exitcode(status)
    if code == _TOLD:
        raise DisclosureError(said)
    if code == _REFUSED:
        raise OSError(*json.loads(said))
    if code < 0:
        raise ForkError(f"生成网站的进程被系统结束（信号 {-code}），可能是内存不足。请关闭别的程序后重新运行。")
    if code:
        raise RuntimeError("a copy of this process failed; its traceback stands above")


def _all_of(pipe: int) -> str:
    """What the copy says until it ends; the pipe is closed then."""
    with os.fdopen(pipe, encoding="utf-8", errors="replace") as file:
        return file.read()


def _end(running: Mapping[int, int]) -> None:
    for told, process in running.items():
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        with suppress(OSError):  # closed already, where an interrupt came while it was read
            os.close(told)
