"""What a command costs with all processes that come from it. Whatever happens, none of them outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from disclosure.bench.given import BenchFailedError
from disclosure.bench.memory import family, watched

_PATIENCE: Final = 10
"""Seconds that an interrupted command has to clear up."""
_LAST_WORDS: Final = 2000


class Cost(NamedTuple):
    """Seconds: of all processors together, and on the wall; and the most memory of all processes together, in MiB.

    That is what was seen, now and then: 0 where the system does not tell, and too little where all is over in no time.
    """

    cpu: float
    wall: float
    mib: int


def cost_of(command: Sequence[str], log: Path, variables: Mapping[str, str], folder: Path) -> Cost:
    """Run a command in a folder; what it says goes to the file ``log``.

    Raises:
        BenchFailedError: it failed; the message has its last words.
        OSError: it cannot be started.
    """
    start = time.perf_counter()
    with log.open("wb") as said:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            command, stdout=said, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=variables, cwd=folder,
            start_new_session=True,
        )  # fmt: skip
    try:
        with watched(process.pid) as peak:
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    finally:
        _end(process)
    wall = time.perf_counter() - start
    if process.returncode:
        words = log.read_text(encoding="utf-8", errors="replace")[-_LAST_WORDS:]
        raise BenchFailedError(f"{' '.join(command)}\n失败，退出码 {process.returncode}。它最后说：\n{words}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, peak.kib // 1024)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it with all that came from it, if it has not ended."""
    if process.returncode is not None:
        return
    running = family(process.pid)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)  # so that it ends what it started in sessions of their own
    with suppress(subprocess.TimeoutExpired):
        process.wait(_PATIENCE)
    for one in running:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    process.wait()
