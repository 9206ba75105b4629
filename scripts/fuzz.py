#!/usr/bin/env python3
"""Read inputs that were changed at random, and look for crashes, hangs, and characters that were lost or used twice."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from lib.own_environment import use_own_environment

use_own_environment()

from lib.laboratory import spread, use_laboratory  # noqa: E402 - importable only from here on

use_laboratory()

from fuzzing import Failure, Input, check_input, make_input  # noqa: E402 - importable only from here on

CHUNK = 400
SECONDS_OF = {".pdf": 30.0}
SECONDS = 2.0
"""Processor seconds that one input may take, by suffix; the sandbox of PDF has its own limit."""
SLOWEST = 3


class Job(NamedTuple):
    """A stretch of inputs, and the moment (``time.time``) from which on no further one is begun."""

    seed: int
    first: int
    last: int
    until: float


class Slow(NamedTuple):
    """How long one input took, in seconds of processor time."""

    seconds: float
    number: int
    kind: str


@dataclass(slots=True)
class Found:
    """What a stretch of inputs showed."""

    inputs: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[int, Failure]] = field(default_factory=list)
    slowest: list[Slow] = field(default_factory=list)

    def add(self, other: Found) -> None:
        """Take in what another stretch showed."""
        self.inputs += other.inputs
        self.failures += other.failures
        self.slowest = sorted([*self.slowest, *other.slowest], reverse=True)[:SLOWEST]


class HangError(BaseException):
    """An input took too long. No ``Exception``, so that nothing on the way takes it for a failure of its own."""


def stop(_signal: int, _frame: FrameType | None) -> None:
    """Interrupt the reading of an input."""
    raise HangError


def run(job: Job) -> Found:
    """Read a stretch of inputs, each within its time."""
    found = Found()
    signal.signal(signal.SIGVTALRM, stop)
    for number in range(job.first, job.last):
        if time.time() > job.until:
            break
        one = make_input(job.seed, number)
        started = time.process_time()
        failure = check_within(one, SECONDS_OF.get(Path(one.file).suffix, SECONDS))
        found.add(Found(Counter([one.kind]), [], [Slow(time.process_time() - started, number, one.kind)]))
        found.failures += [(number, failure)] if failure else []
    return found


def check_within(one: Input, seconds: float) -> Failure | None:
    """Check one input; a hang where it takes more processor time than allowed."""
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        return check_input(one)
    except HangError:
        return Failure("hang", f"more than {seconds:g} s")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def jobs(seed: int, first: int, inputs: int, until: float) -> Iterator[Job]:
    """Stretches of inputs until all are run or the time is up."""
    for start in range(first, first + inputs, CHUNK):
        if time.time() > until:
            return
        yield Job(seed, start, min(start + CHUNK, first + inputs), until)


def save(folder: Path, seed: int, number: int, failure: Failure) -> None:
    """Keep a failing input, and say what it did."""
    one = make_input(seed, number)
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{seed}-{number}-{failure.kind}{Path(one.file).suffix}"
    kept.write_bytes(one.content)
    print(f"{kept}: {one.kind}, {failure.message[:300]!a}", flush=True)


def main() -> None:
    """Run, print failures as they come and the account at the end; exit with 1 if there was any failure."""
    parser = argparse.ArgumentParser(description="随机改动报告后读取，查找崩溃、卡死，以及丢失或重复使用的字。")
    parser.add_argument("--inputs", type=int, default=100_000, metavar="N", help="共读多少个（默认 100000）")
    parser.add_argument("--seconds", type=float, default=float("inf"), metavar="S", help="到时停止（默认不限）")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="同时运行几个进程")
    parser.add_argument("--seed", type=int, default=1, help="随机数种子；种子和序号相同，内容相同（默认 1）")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="从第几个开始（默认 0）")
    parser.add_argument("--keep", type=Path, default=Path(".cache/fuzz"), metavar="FOLDER", help="出错的存入此文件夹")
    arguments = parser.parse_args()
    started, found = time.time(), Found()
    for one in spread(
        run, jobs(arguments.seed, arguments.first, arguments.inputs, started + arguments.seconds), arguments.jobs
    ):
        found.add(one)
        for number, failure in one.failures:
            save(arguments.keep, arguments.seed, number, failure)
    spent, total = time.time() - started, sum(found.inputs.values())
    kinds = Counter(failure.kind for _, failure in found.failures)
    print("、".join(f"{kind} {count}" for kind, count in found.inputs.most_common()))
    print("最慢：" + "；".join(f"第 {slow.number} 个（{slow.kind}）{slow.seconds:.2f} 秒" for slow in found.slowest))
    print(
        f"共 {total} 个，崩溃 {kinds['crash']}，超时 {kinds['hang']}，账目不符 {kinds['account']}；"
        f"用时 {spent:.0f} 秒，每秒 {total / max(spent, 1e-9):.0f} 个。"
    )
    sys.exit(bool(found.failures))


if __name__ == "__main__":
    main()
