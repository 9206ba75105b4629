"""Readers run in a process that can be killed: what goes in, what comes out, and what is left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from disclosure.model import Note
from disclosure.read import sandbox
from disclosure.read.document import Document
from disclosure.read.sandbox import Failure, read_bounded, run_bounded
from disclosure.workshop import ROOT

TASKS = ("echo", "own_process", "shout", "hang", "hog", "vanish", "fail")
MEGABYTES = 500
PATIENCE = 60.0


@pytest.fixture(autouse=True)
def tasks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Teach the process to misbehave, and leave none of its kind to other tests."""
    sandbox.close()
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setattr(sandbox, "TASKS", sandbox.TASKS | {name: f"sandbox_tasks:{name}" for name in TASKS})
    yield
    sandbox.close()


def run(task: str, content: bytes = b"", seconds: float = PATIENCE) -> Document | Failure:
    return run_bounded(task, content, seconds, MEGABYTES)


def is_alive(process: int) -> bool:
    """Whether a process runs; one that has ended and waits for nobody counts as gone."""
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"


def test_a_document_comes_back_as_it_was_made() -> None:
    content = "一\n二".encode() + b"\xff"
    document = Document(
        ("一\n二\udcff", "甲\t乙"), (Note("empty-file", 1, "什么"),), (range(2, 3),), ("第 1 页", "第 2 页")
    )
    assert run("echo", content) == document


def test_the_process_is_kept_for_the_next_file() -> None:
    assert run("own_process") == run("own_process")


def test_what_a_library_prints_does_not_reach_the_answer() -> None:
    assert run("shout") == Document(("quiet",))


@pytest.mark.skipif(sys.platform != "linux", reason="the state of processes is read from /proc")
def test_a_file_that_takes_too_long_ends_the_process_and_what_it_started(tmp_path: Path) -> None:
    report = tmp_path / "processes"
    assert run("hang", str(report).encode(), 5.0) is Failure.TIME
    processes = [int(number) for number in report.read_text(encoding="utf-8").split()]
    deadline = time.monotonic() + PATIENCE
    while any(map(is_alive, processes)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_alive, processes))
    assert run("shout") == Document(("quiet",))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a process within its memory")
def test_a_file_that_takes_too_much_memory_is_given_up() -> None:
    assert run("hog") is Failure.MEMORY
    assert run("shout") == Document(("quiet",))


@pytest.mark.parametrize("task", ["vanish", "fail"])
def test_a_reader_that_breaks_down_costs_its_own_file_only(task: str) -> None:
    assert run(task) is Failure.CRASH
    assert run("shout") == Document(("quiet",))


def test_a_process_that_was_killed_meanwhile_is_started_again() -> None:
    first = run("own_process")
    assert isinstance(first, Document)
    os.kill(int(first.lines[0]), 9)
    time.sleep(0.2)
    assert isinstance(run("own_process"), Document)


def test_an_unknown_task_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        run("no-such-task")


def test_a_failure_is_one_note_that_says_what_to_do() -> None:
    document = read_bounded("vanish", b"", PATIENCE, MEGABYTES)
    assert document.lines == ()
    assert [note.rule for note in document.notes] == ["reading-stopped"]
    assert "请用原来的软件重新导出" in document.notes[0].message


def test_threads_take_turns() -> None:
    answers: list[Document | Failure] = []
    threads = [threading.Thread(target=lambda: answers.append(run("shout"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [Document(("quiet",))] * 4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_child_reads_in_a_process_of_its_own() -> None:
    """Were the pipes shared, answers would go to whoever reads first."""
    program = (
        "import os, sys\n"
        "from disclosure.read import sandbox\n"
        "sandbox.TASKS['own_process'] = 'sandbox_tasks:own_process'\n"
        "ask = lambda: sandbox.run_bounded('own_process', b'', 60, 500).lines[0]\n"
        "print(ask(), flush=True)\n"
        "child = os.fork()\n"
        "print(ask(), flush=True)\n"
        "sandbox.close() if not child else os.waitpid(child, 0)\n"
    )
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    first, *others = finished.stdout.split()
    assert len(others) == 2
    assert len({first, *others}) == 2
    assert finished.stderr == ""


@pytest.mark.skipif(sys.platform != "linux", reason="the state of processes is read from /proc")
def test_the_process_ends_with_the_one_that_started_it() -> None:
    program = (
        "from disclosure.read import sandbox\n"
        "sandbox.TASKS['own_process'] = 'sandbox_tasks:own_process'\n"
        "print(sandbox.run_bounded('own_process', b'', 60, 500).lines[0])\n"
    )
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert finished.stderr == ""
    assert not is_alive(int(finished.stdout))


def test_an_interrupt_from_the_keyboard_leaves_no_half_read_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sandbox.read_frame

    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(sandbox, "read_frame", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run("echo", b"one")
    monkeypatch.setattr(sandbox, "read_frame", whole)
    answer = run("echo", b"two")
    assert isinstance(answer, Document)
    assert answer.lines[0] == "two"
