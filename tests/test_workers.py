"""Work in several processes: results in order, whatever becomes of a process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from disclosure.errors import DisclosureError
from disclosure.workers import NoWorkerError, in_processes
from disclosure.workshop import ROOT
from worker_tasks import double_or_die, refuse


def lost(item: str) -> str:
    return f"没有{item}"


def run(*items: str, at_once: int = 2) -> list[str]:
    return list(in_processes(double_or_die, items, lost, workers=2, at_once=at_once))


def test_results_come_in_order_whoever_is_finished_first() -> None:
    assert run("slow", "a", "b", "c", "d") == ["slowslow", "aa", "bb", "cc", "dd"]


def test_nothing_to_do_gives_nothing() -> None:
    assert run() == []


def test_a_process_that_dies_costs_what_ended_it_and_nothing_else() -> None:
    assert run("a", "b", "c", "die", "e", "f", "g") == ["aa", "bb", "cc", "没有die", "ee", "ff", "gg"]


def test_where_none_of_a_batch_comes_back_it_is_not_for_them() -> None:
    found: list[str] = []
    with pytest.raises(NoWorkerError, match=r"^启动的进程一再意外停止，可能是内存不足。") as caught:
        found.extend(in_processes(double_or_die, ["a", "b", "die1", "die2", "c"], lost, workers=2, at_once=2))
    assert found == ["aa", "bb"]
    assert caught.value.items == ("die1", "die2")


def test_a_single_one_that_does_not_come_back_is_lost() -> None:
    assert run("a", "b", "die") == ["aa", "bb", "没有die"]


def test_what_the_work_raises_reaches_whoever_asked() -> None:
    with pytest.raises(DisclosureError, match=r"^没有地方：a$"):
        list(in_processes(refuse, ["a", "b", "c"], lost, workers=2, at_once=1))


def test_processes_end_with_the_one_that_started_them_however_it_ends(tmp_path: Path) -> None:
    told = tmp_path / "told"
    program = (
        "from disclosure.workers import NoWorkerError, in_processes; from worker_tasks import tell_and_sleep\n"
        f"if __name__ == '__main__': list(in_processes(tell_and_sleep, [{str(told)!r}] * 2, str, workers=2, at_once=1))"
    )
    script = tmp_path / "program.py"
    script.write_text(program, encoding="utf-8")
    paths = os.pathsep.join([str(ROOT / "hooks"), str(ROOT / "tests")])
    parent = subprocess.Popen([sys.executable, str(script)], env={**os.environ, "PYTHONPATH": paths})
    try:
        processes = _told(told, 2)
    finally:
        parent.kill()
        parent.wait()
    deadline = time.monotonic() + 30
    while any(map(_lives, processes)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [process for process in processes if _lives(process)] == []


def _told(file: Path, count: int) -> list[int]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        numbers = file.read_text(encoding="utf-8").split() if file.exists() else []
        if len(numbers) == count:
            return [int(number) for number in numbers]
        time.sleep(0.05)
    pytest.fail("the processes did not start")


def _lives(process: int) -> bool:
    """Whether a process runs: one that ended and waits to be counted does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
