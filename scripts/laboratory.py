#!/usr/bin/env python3
"""Damage invented reports in every known way, read them, and print by kind of damage what became of their figures."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lib.own_environment import use_own_environment

use_own_environment()

from lib.laboratory import spread, use_laboratory  # noqa: E402 - importable only from here on

use_laboratory()

from damage_judge import run_trials  # noqa: E402 - importable only from here on
from damage_lab import Outcome, table_of  # noqa: E402

CHUNK = 250


class Job(NamedTuple):
    """A stretch of trials; ``mixed`` trials have two damages each."""

    seed: int
    first: int
    last: int
    mixed: bool


def jobs(seed: int, reports: int, done: set[Job]) -> Iterator[Job]:
    """What is left to do: half of the reports with one damage, half with two."""
    for first in range(0, (reports + 1) // 2, CHUNK):
        for mixed in (False, True):
            job = Job(seed, first, min(first + CHUNK, (reports + 1) // 2), mixed)
            if job not in done:
                yield job


def run(job: Job) -> tuple[Job, dict[str, Outcome]]:
    """Run one stretch."""
    return job, run_trials(job.seed, job.first, job.last, mixed=job.mixed)


def restore(log: Path | None, outcomes: dict[str, Outcome]) -> set[Job]:
    """What an earlier run has written down; its outcomes are added."""
    done = set()
    for line in log.read_text(encoding="utf-8").splitlines() if log is not None and log.exists() else ():
        written = json.loads(line)
        done.add(Job(*written["job"]))
        for name, (verdicts, faults) in written["outcomes"].items():
            outcomes[name].add(Outcome(Counter(verdicts), faults))
    return done


def main() -> None:
    """Run what is left, print faults as they come and the table at the end; exit with 1 if there are faults."""
    parser = argparse.ArgumentParser(description="虚构报告并加以损坏，再读取，逐项与真值对照，按损坏的种类列表。")
    parser.add_argument("--reports", type=int, default=10_000, metavar="N", help="共损坏多少份报告（默认 10000）")
    parser.add_argument("--seed", type=int, default=1, help="随机数种子；同一种子结果相同（默认 1）")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="同时运行几个进程")
    parser.add_argument("--log", type=Path, metavar="FILE", help="把做完的部分记入此文件；中断后再运行即接着做")
    arguments = parser.parse_args()
    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    done = restore(arguments.log, outcomes)
    started, count = time.monotonic(), 0
    for job, found in spread(run, jobs(arguments.seed, arguments.reports, done), arguments.jobs):
        count += job.last - job.first
        for name, outcome in found.items():
            outcomes[name].add(outcome)
            print("".join(f"{fault}\n" for fault in outcome.faults), end="", flush=True)
        if arguments.log is not None:
            written = {name: (outcome.verdicts, outcome.faults) for name, outcome in found.items()}
            with arguments.log.open("a", encoding="utf-8") as log:
                log.write(json.dumps({"job": job, "outcomes": written}, ensure_ascii=False) + "\n")
    spent = time.monotonic() - started
    faults = sum(len(outcome.faults) for outcome in outcomes.values())
    print(table_of(dict(sorted(outcomes.items()))))
    print(f"本次 {count} 份，用时 {spent:.0f} 秒，每秒 {count / max(spent, 1e-9):.0f} 份；有差错的报告共 {faults} 份。")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
