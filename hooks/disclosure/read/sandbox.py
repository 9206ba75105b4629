"""Run a reader in a process of its own, so that a hostile file costs bounded time and memory, whatever it does.

The process is started once and kept for the next file. It is killed when a file takes too long, and started anew for
the file after it. Files go in and documents come out as frames: eight bytes of length, then the content.
Nothing is forked or pickled, so it runs alike on all systems, in threads and in worker processes. Where the system
cannot bound the memory of a process (Windows; macOS takes the limit and does not keep it), only time is bounded.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from disclosure.errors import DisclosureError
from disclosure.model import Note
from disclosure.read.document import Document

TASKS = {
    "pdf": "disclosure.read.pdf:read_pdf",
    "old-workbook": "disclosure.read.spreadsheet:read_old_workbook",
}
"""The readers that run here: name → module and function. The function takes bytes and gives a ``Document``."""

_WORKER = "disclosure.read.sandbox_worker"
_IMPORT_ROOT = Path(__file__).parents[2]
_LENGTH = 8
_MOST_ANSWER = 256 * 1024 * 1024
"""A longer answer is none of ours: ``MOST_CHARACTERS``, all of them escaped, fit into it."""
_GRACE = 2.0
"""Seconds that an idle process has to end by itself."""


class Failure(StrEnum):
    """Why a reader gave no document."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"


CRASHED = "读取时程序意外停止，没有读出内容。"
"""What happened; what to do about it depends on where it is told."""
_SENTENCES = {
    Failure.TIME: "读取超过了时间上限，已停止。请用原来的软件重新导出，只保留年度报告正文。",
    Failure.MEMORY: "读取超过了内存上限，已停止。请用原来的软件重新导出，只保留年度报告正文。",
    Failure.CRASH: f"{CRASHED}请用原来的软件重新导出，或者另存为 .docx 或 .txt。",
}


class NoProcessError(DisclosureError):
    """The system starts no process: nobody may take that for a fault of the file at hand."""


def read_bounded(task: str, content: bytes, seconds: float, megabytes: int) -> Document:
    """The document that the reader ``task`` makes of ``content``, or an empty one with a note.

    Raises:
        NoProcessError: no process could be started.
    """
    outcome = run_bounded(task, content, seconds, megabytes)
    if isinstance(outcome, Failure):
        return Document((), (Note("reading-stopped", None, _SENTENCES[outcome]),))
    return outcome


def run_bounded(task: str, content: bytes, seconds: float, megabytes: int) -> Document | Failure:
    """Run a reader of ``TASKS`` in the process kept for it, at most ``seconds`` long and ``megabytes`` large.

    A process that ended is started once more: it may have been ended from outside. A file that ends it does so twice.

    Raises:
        KeyError: there is no such task.
        NoProcessError: no process could be started.
    """
    request = json.dumps({"reader": TASKS[task], "megabytes": megabytes}).encode()
    # A forked child inherits the object, but the process belongs to the parent: each process keeps its own.
    kept = _KEPT.setdefault(os.getpid(), _Kept())
    with kept.lock:
        outcome = kept.ask(request, content, seconds)
        return kept.ask(request, content, seconds) if outcome is Failure.CRASH else outcome


@dataclass(slots=True)
class _Kept:
    """The reading process of this process, while there is one."""

    process: subprocess.Popen[bytes] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, request: bytes, content: bytes, seconds: float) -> Document | Failure:
        """Hand one file to the process and wait for its answer; it is ended unless the answer is a document."""
        answered, timed_out = False, threading.Event()
        try:
            process = self._running()
            timer = threading.Timer(seconds, _stop, (process, timed_out))
            timer.daemon = True
            timer.start()
            try:
                answer = _exchange(process, request, content)
            finally:
                timer.cancel()
            outcome = _outcome(answer)
            answered = isinstance(outcome, Document) and not timed_out.is_set()
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            return Failure.TIME if timed_out.is_set() else Failure.CRASH
        else:
            return outcome
        finally:
            if not answered:
                self.end(at_once=True)

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.end(at_once=True)
            try:
                self.process = _start()
            except OSError as error:
                raise NoProcessError(
                    f"启动不了读取文件的进程（{error.strerror}），没有继续。请稍后重新运行。"
                ) from error
        return self.process

    def end(self, *, at_once: bool) -> None:
        """End the process and wait until it is gone; ``at_once`` does not wait for it to notice that it may go."""
        process, self.process = self.process, None
        if process is None:
            return
        if at_once:
            _kill(process)
        _close(process)
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            _kill(process)
            process.wait()


_KEPT: dict[int, _Kept] = {}


def close() -> None:
    """End the reading process of this process, if there is one."""
    kept = _KEPT.pop(os.getpid(), None)
    if kept is not None:
        kept.end(at_once=False)


atexit.register(close)


def _start() -> subprocess.Popen[bytes]:
    paths = [str(_IMPORT_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(  # noqa: S603 -- our own module, run by this very interpreter
        [sys.executable, "-m", _WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        # Not in our group: an interrupt from the keyboard is for us, and killing the group ends what it started too.
        start_new_session=True,
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


def _stop(process: subprocess.Popen[bytes], timed_out: threading.Event) -> None:
    timed_out.set()
    _kill(process)


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        try:
            if pipe is not None:
                pipe.close()
        except OSError:
            continue  # what could not be written any more is lost with the process


def _exchange(process: subprocess.Popen[bytes], request: bytes, content: bytes) -> bytes:
    if process.stdin is None or process.stdout is None:
        raise OSError
    write_frame(process.stdin, request)
    write_frame(process.stdin, content)
    return read_frame(process.stdout, _MOST_ANSWER)


def write_frame(pipe: IO[bytes], content: bytes) -> None:
    """Write one frame.

    Raises:
        OSError: the other side is gone.
    """
    pipe.write(len(content).to_bytes(_LENGTH, "big"))
    pipe.write(content)
    pipe.flush()


def read_frame(pipe: IO[bytes], most: int) -> bytes:
    """Read one frame of at most ``most`` bytes.

    Raises:
        EOFError: the other side has closed the pipe; also where it did so within a frame.
        ValueError: the frame is longer.
    """
    head = pipe.read(_LENGTH)
    length = int.from_bytes(head, "big")
    if length > most:
        raise ValueError
    content = pipe.read(length) if len(head) == _LENGTH else b""
    if len(head) < _LENGTH or len(content) < length:
        raise EOFError
    return content


def packed(document: Document) -> bytes:
    """A document as a frame's content; lone surrogates survive, as JSON escapes them."""
    notes = [(note.rule, note.line, note.message) for note in document.notes]
    tables = [(table.start, table.stop) for table in document.tables]
    parts = {"lines": document.lines, "notes": notes, "tables": tables, "places": document.places}
    return json.dumps(parts).encode()


def _outcome(answer: bytes) -> Document | Failure:
    parts: dict[str, Any] = json.loads(answer)
    if "failure" in parts:
        return Failure(parts["failure"])
    return Document(
        tuple(parts["lines"]),
        tuple(Note(rule, line, message) for rule, line, message in parts["notes"]),
        tuple(range(first, last) for first, last in parts["tables"]),
        tuple(parts["places"]),
    )
