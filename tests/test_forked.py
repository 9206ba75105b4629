"""Different work side by side, in copies of this process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from disclosure.errors import DisclosureError
from disclosure.forked import ForkError, side_by_side
from disclosure.workshop import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process")


def write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def refuse() -> None:
    raise DisclosureError("没有写成：磁盘已满。")


def test_every_task_is_done_with_what_this_process_has_at_hand(tmp_path: Path) -> None:
    texts = {name: name * 3 for name in "abc"}
    side_by_side([partial(write, tmp_path / name, text) for name, text in texts.items()])
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == texts


@pytest.mark.parametrize("number", [0, 1])
def test_none_or_one_is_done_here(number: int) -> None:
    here: list[int] = []
    side_by_side([lambda: here.append(os.getpid())] * number)
    assert here == [os.getpid()] * number


def test_what_two_do_to_this_process_stays_with_them() -> None:
    here: list[int] = []
    side_by_side([lambda: here.append(1)] * 2)
    assert here == []


def test_an_error_of_ours_keeps_its_sentence_and_ends_the_others(tmp_path: Path) -> None:
    def wait() -> None:
        write(tmp_path / "process", str(os.getpid()))
        time.sleep(600)

    with pytest.raises(DisclosureError, match=r"^没有写成：磁盘已满。$"):
        side_by_side([wait, partial(_when_written, tmp_path / "process", refuse)])
    process = int((tmp_path / "process").read_text(encoding="utf-8"))
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def _when_written(file: Path, task: Callable[[], None]) -> None:
    while not (file.exists() and file.read_text(encoding="utf-8")):
        time.sleep(0.01)
    task()


def test_a_copy_that_the_system_ends_is_one_sentence() -> None:
    with pytest.raises(
        ForkError, match=r"^生成网站的进程被系统结束（信号 9），可能是内存不足。请关闭别的程序后重新运行。$"
    ):
        side_by_side([lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: None])


def test_a_mistake_of_ours_keeps_its_traceback(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError):
        side_by_side([lambda: None, partial(divmod, 1, 0)])
    assert "ZeroDivisionError: integer division or modulo by zero" in capfd.readouterr().err


def test_a_full_disk_is_told_as_one(capfd: pytest.CaptureFixture[str]) -> None:
    def fill() -> None:
        with open("/dev/full", "wb", buffering=0) as file:  # noqa: PTH123 - unbuffered
            file.write(b"x")

    if not Path("/dev/full").exists():
        pytest.skip("this system has no full device")
    with pytest.raises(OSError, match="No space left on device"):
        side_by_side([lambda: None, fill])
    assert capfd.readouterr().err == ""


def test_copies_end_with_the_process_that_made_them(tmp_path: Path) -> None:
    program = (
        "import os, time\nfrom disclosure.forked import side_by_side\n"
        "def stay():\n    print(os.getpid(), flush=True)\n    time.sleep(600)\n"
        "side_by_side([stay, stay])\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert parent.stdout is not None
    processes = [int(parent.stdout.readline()) for _ in range(2)]
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 30
    while parent.stdout.read(1) and time.monotonic() < deadline:  # the pipe ends when the last of them has
        time.sleep(0.05)
    assert len(set(processes)) == 2
    parent.stdout.close()
