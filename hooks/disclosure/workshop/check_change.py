"""Check the reports that a change touches, as CI shows it: notes beside the change, and a summary for people."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from disclosure.workshop import ROOT, environment, run_command

SUMMARY = "GITHUB_STEP_SUMMARY"
"""The file that GitHub shows as the summary of a step; where it is not set, everything is printed as text."""


def check_change(base: str) -> int:
    """Check what changed since the commit ``base``; the exit status of ``scripts/check_reports.py``."""
    python = environment.ensure(ROOT)
    summary = os.environ.get(SUMMARY)
    if summary is None:
        return _check(python, base, "text").returncode
    noted = _check(python, base, "github")
    told = _check(python, base, "markdown", capture=True)
    with Path(summary).open("a", encoding="utf-8") as file:
        file.write(told.stdout)
    return noted.returncode


def _check(python: Path, base: str, form: str, *, capture: bool = False) -> subprocess.CompletedProcess[str]:
    command = [str(python), "scripts/check_reports.py", f"--changed-since={base}", f"--format={form}"]
    return subprocess.run(
        command, cwd=ROOT, env=environment.variables(ROOT), check=False, encoding="utf-8",
        stdout=subprocess.PIPE if capture else None,
    )  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``scripts/check_change``; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="scripts/check_change",
        description="检查一次改动所涉及的报告，供持续集成使用：在 GitHub 上注明在改动旁边并写出摘要，别处显示为文字。",
    )
    parser.add_argument("base", metavar="COMMIT", help="改动以前的提交")
    base = parser.parse_args(argv).base
    outcome: list[int] = []
    return run_command(lambda: outcome.append(check_change(base))) or outcome[0]


if __name__ == "__main__":
    sys.exit(main())
