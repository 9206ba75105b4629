"""Run every check of the project: lint, format, types, tests. All of them, so that one run shows everything."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence

from disclosure.errors import DisclosureError
from disclosure.workshop import ROOT, chromium, environment, run_command, system

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("pytest", "--numprocesses=auto", "--dist=worksteal"),
)
"""Modules with their arguments. pytest comes last: what it says at the end is what a person looks for first.

A process per core takes the next test when it has none left: single ones take from a millisecond to many seconds.
"""


class ChecksFailedError(DisclosureError):
    """At least one check did not pass."""


def _run_checks(pytest_arguments: Sequence[str]) -> None:
    python = environment.ensure(ROOT, environment.DEVELOPMENT)
    chromium.provide()
    system.provide_tools()
    failed = []
    for check in CHECKS:
        command = [*check, *(pytest_arguments if check[0] == "pytest" else ())]
        print(f"── {' '.join(command)}", flush=True)
        if subprocess.run([python, "-m", *command], cwd=ROOT, env=environment.variables(ROOT), check=False).returncode:
            failed.append(" ".join(command))
    if failed:
        raise ChecksFailedError(f"未通过：{'；'.join(failed)}")
    print("全部通过。")


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
