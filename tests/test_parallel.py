"""Tasks side by side: results in order, errors as they were, nothing left running, and the same files as from one."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from disclosure import open_data
from disclosure.errors import DisclosureError
from disclosure.open_data import Settings
from disclosure.parallel import Task, side_by_side
from disclosure.workshop import faults
from open_data import damaged_portal, publish

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, everything is done in one process")

LONG = 60.0
"""Seconds: longer than any test waits."""


def tasks(*works: Callable[[], Any]) -> list[Task]:
    return [Task("写甲", work) for work in works]


def later(seconds: float, value: object) -> object:
    time.sleep(seconds)
    return value


def fail(error: Exception) -> None:
    raise error


def kill_oneself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_results_stand_in_the_order_of_the_tasks_whichever_ends_first() -> None:
    works = [lambda: later(0.3, "slow"), lambda: 2, os.getpid, os.getpid]
    slow, two, *processes = side_by_side(tasks(*works), 3)
    assert (slow, two) == ("slow", 2)
    assert len({*processes, os.getpid()}) == 3


def test_no_more_processes_than_allowed_work_at_once(tmp_path: Path) -> None:
    def watched(name: str) -> int:
        mine = tmp_path / name
        mine.touch()
        time.sleep(0.1)
        there = len(list(tmp_path.iterdir()))
        mine.unlink()
        return there

    counts = side_by_side([Task("", lambda name=name: watched(name)) for name in "abcdef"], 2)
    assert max(counts) == 2


@pytest.mark.parametrize(("processes", "count"), [(1, 3), (4, 1)])
def test_one_process_or_one_task_is_done_here(processes: int, count: int) -> None:
    assert set(side_by_side(tasks(*[os.getpid] * count), processes)) == {os.getpid()}


def test_a_task_sees_what_is_in_memory_and_changes_nothing_here() -> None:
    numbers = [1, 2]
    assert side_by_side(tasks(lambda: numbers.append(3) or len(numbers), lambda: 0), 2) == [3, 0]
    assert numbers == [1, 2]


def test_a_result_larger_than_a_pipe_holds_arrives_whole() -> None:
    assert side_by_side(tasks(lambda: b"x" * 5_000_000, lambda: 0), 2)[0] == b"x" * 5_000_000


def test_our_own_error_keeps_its_sentence_and_ends_the_others() -> None:
    began = time.monotonic()
    with pytest.raises(DisclosureError, match=r"^找不到。$"):
        side_by_side(tasks(lambda: time.sleep(LONG), lambda: fail(DisclosureError("找不到。"))), 2)
    assert time.monotonic() - began < LONG / 2


def test_a_full_disk_is_told_as_one() -> None:
    error = OSError(errno.ENOSPC, "No space left on device", "data.csv")
    with pytest.raises(OSError, match=r"data\.csv") as caught:
        side_by_side(tasks(lambda: fail(error), lambda: 0), 2)
    assert faults.sentence(caught.value) == "写不了或读不了“data.csv”：磁盘已满。请腾出空间后重新运行。"


def test_an_error_of_the_system_without_a_number_keeps_its_words() -> None:
    with pytest.raises(OSError, match=r"^broken$"):
        side_by_side(tasks(lambda: fail(OSError("broken")), lambda: 0), 2)


def test_a_lack_of_memory_is_told_as_one() -> None:
    with pytest.raises(MemoryError):
        side_by_side(tasks(lambda: fail(MemoryError()), lambda: 0), 2)


def test_a_mistake_brings_its_traceback() -> None:
    with pytest.raises(RuntimeError, match=r"(?s)in fail.*ZeroDivisionError: nothing"):
        side_by_side(tasks(lambda: fail(ZeroDivisionError("nothing")), lambda: 0), 2)


def test_a_result_that_cannot_be_sent_is_a_mistake() -> None:
    with pytest.raises(RuntimeError, match="lambda"):
        side_by_side(tasks(lambda: lambda: 0, lambda: 0), 2)


def test_a_killed_process_is_told_in_one_sentence() -> None:
    with pytest.raises(DisclosureError) as caught:
        side_by_side(tasks(kill_oneself, lambda: time.sleep(LONG)), 2)
    assert str(caught.value) == "写甲的进程被系统结束（信号 9），可能是内存不足。请关闭别的程序后重新运行。"


def test_a_process_that_ends_itself_is_told_in_one_sentence() -> None:
    with pytest.raises(DisclosureError, match=r"^写甲的进程意外停止（退出码 3）。请重新运行。$"):
        side_by_side(tasks(lambda: os._exit(3), lambda: 0), 2)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_task_cannot_share_out_its_own_work(processes: int) -> None:
    with pytest.raises(RuntimeError, match="cannot share out its own work"):
        side_by_side(tasks(lambda: side_by_side(tasks(os.getpid, os.getpid), processes), lambda: 0), 2)


PROGRAM = r"""
import os, sys, time
from disclosure.parallel import Task, side_by_side
def work():
    os.write(1, b"%d\n" % os.getpid())
    time.sleep(60)
os.write(1, b"%d\n" % os.getpid())
side_by_side([Task("", work), Task("", work)], 2)
"""


@pytest.mark.parametrize(("send", "which"), [(os.killpg, signal.SIGINT), (os.kill, signal.SIGKILL)])
def test_whoever_ends_the_first_process_leaves_nothing_running(
    send: Callable[[int, int], None], which: signal.Signals
) -> None:
    """Ctrl-C reaches all of them; who is killed cannot end the others."""
    command = [sys.executable, "-c", PROGRAM]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=quiet, start_new_session=True) as program:
        assert program.stdout is not None
        assert all(program.stdout.readline() for _ in range(3))
        began = time.monotonic()
        send(program.pid, which)
        assert program.stdout.read() == b""  # it ends when the last of them has gone
    assert time.monotonic() - began < LONG / 2
    assert program.returncode != 0


def test_an_interruption_in_the_midst_of_a_fork_is_not_lost() -> None:
    """What is raised in a handler that Python calls there is only printed."""
    handler = "os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), 2))\n"
    program = PROGRAM.replace("side_by_side([", f"{handler}side_by_side([")
    began = time.monotonic()
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=False).returncode != 0
    assert time.monotonic() - began < LONG / 2


@pytest.mark.parametrize(
    ("cores", "threads", "system", "expected"),
    [(1, 1, "linux", 1), (2, 1, "linux", 2), (64, 1, "linux", 4), (4, 2, "linux", 1), (4, 1, "darwin", 1)],
)
def test_a_build_takes_a_process_per_core_up_to_four_and_one_where_fork_is_not_safe(
    cores: int, threads: int, system: str, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not safe: beside threads that may hold locks, as the preview of MkDocs has them, and on macOS."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(cores))
    monkeypatch.setattr(threading, "active_count", lambda: threads)
    monkeypatch.setattr(sys, "platform", system)
    assert Settings.from_environment({}, None).processes == expected


def test_every_published_file_is_the_same_for_any_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_data, "FEW", 0)
    monkeypatch.setattr(open_data, "AT_ONCE", 2)
    portal = damaged_portal(10)
    settings = Settings(told_date="2026-11-28")
    pages = {
        count: publish(portal, tmp_path / str(count), Settings(settings.told_date, processes=count)) for count in (1, 3)
    }
    one, three = (contents(tmp_path / str(count)) for count in (1, 3))
    assert {path for path in one if one[path] != three.get(path)} == set()
    assert set(one) == set(three)
    assert [page.html() for page in pages[1]] == [page.html() for page in pages[3]]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_small_collection_is_written_by_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(open_data, "side_by_side", lambda given, count: asked.append(count) or side_by_side(given, 1))
    publish(damaged_portal(1), tmp_path, Settings(told_date="2026-11-28", processes=3))
    assert asked == [1]
