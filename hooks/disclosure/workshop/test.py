"""Run every check of the project: lint, format, types, tests. All of them, so that one run shows everything."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from disclosure.errors import DisclosureError
from disclosure.workshop import ROOT, chromium, environment, run_command, system

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("pytest", "--numprocesses=auto", "--dist=worksteal"),
)
"""Modules with their arguments. pytest comes last: what it says at the end is what a person looks for first.

A process per core takes the next test when it has none left: single ones take from a millisecond to many seconds. The
others run beside it, and each says what it found in one piece: mypy leaves all cores but one to the tests.
"""


class ChecksFailedError(DisclosureError):
    """At least one check did not pass."""


def _run_checks(pytest_arguments: Sequence[str]) -> None:
    with ThreadPoolExecutor() as beside:
        programs = beside.submit(_provide_programs)  # Debian's packages come while pip installs
        python = environment.ensure(ROOT, environment.DEVELOPMENT)
        programs.result()
        *linters, (tests, *arguments) = CHECKS
        linted = beside.submit(lambda: [_failed_in_one_piece(python, check) for check in linters])
        command = [tests, *arguments, *pytest_arguments]
        print(f"── {' '.join(command)}", flush=True)
        tested = subprocess.run(_call(python, command), cwd=ROOT, env=environment.variables(ROOT), check=False)
        failed = [*filter(None, linted.result()), *([" ".join(command)] if tested.returncode else [])]
    if failed:
        raise ChecksFailedError(f"未通过：{'；'.join(failed)}")
    print("全部通过。")


def _provide_programs() -> None:
    chromium.provide()
    system.provide_tools()


def _call(python: Path, command: Sequence[str]) -> list[str | Path]:
    return [python, "-m", *command]


def _failed_in_one_piece(python: Path, command: Sequence[str]) -> str:
    """Run a check and print what it said; return its name if it did not pass."""
    done = subprocess.run(
        _call(python, command), cwd=ROOT, env=environment.variables(ROOT), check=False, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    name = " ".join(command)
    print(f"\n── {name}\n{done.stdout}", end="", flush=True)
    return name if done.returncode else ""


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``scripts/test``; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="scripts/test",
        description="准备测试环境，检查代码风格、格式和类型，并运行全部测试。其余参数原样交给 pytest。",
    )
    _, pytest_arguments = parser.parse_known_args(argv)
    return run_command(lambda: _run_checks(pytest_arguments))


if __name__ == "__main__":
    sys.exit(main())
