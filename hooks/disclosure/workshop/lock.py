"""Renew the lock files from ``pyproject.toml``, with the hash of every file of every package."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence

from disclosure.errors import DisclosureError
from disclosure.workshop import ROOT, environment, run_command

LOCKS = (
    ("requirements.lock", ("--extra", "build")),
    ("requirements-cluster.lock", ("--extra", "build", "--extra", "cluster", "--constraint", "requirements.lock")),
    (
        "requirements-dev.lock",
        ("--extra", "build", "--extra", "cluster", "--extra", "dev", "--constraint", "requirements-cluster.lock"),
    ),
)
"""Lock files with what they lock, in this order: each builds on the one before it."""

# No options and no header: they would carry the address of somebody's package index into the file.
_PIP_COMPILE = ("-m", "piptools", "compile", "--no-config", "--generate-hashes", "--allow-unsafe", "--strip-extras")
_PLAIN = ("--quiet", "--no-header", "--no-emit-options")


class LockFailedError(DisclosureError):
    """A lock file could not be renewed."""


def _renew(upgrade: Sequence[str]) -> None:
    python = environment.ensure(ROOT, environment.DEVELOPMENT)
    for name, what in LOCKS:
        command = [python, *_PIP_COMPILE, *_PLAIN, *upgrade, *what, "--output-file", name, "pyproject.toml"]
        if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
            raise LockFailedError(f"{name} 没有更新：原因见上。")


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``scripts/lock``; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="scripts/lock",
        description="按 pyproject.toml 更新两个锁定文件。请用最旧的 Python 3.11 运行：新版可能锁定旧版装不了的包。",
    )
    parser.add_argument("--upgrade", action="store_true", help="把所有包升级到允许的最新版本（默认只作必要的改动）")
    upgrade = ["--upgrade"] if parser.parse_args(argv).upgrade else []
    return run_command(lambda: _renew(upgrade))


if __name__ == "__main__":
    sys.exit(main())
