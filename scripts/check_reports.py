#!/usr/bin/env python3
"""Check the filed reports and say what the rules find, as the site does; exit with 1 where something is misfiled."""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from pathlib import Path

from lib.own_environment import use_own_environment

use_own_environment()

from disclosure.reporting.changed import changed_since  # noqa: E402 - importable only from here on
from disclosure.reporting.formats import FORMATS  # noqa: E402
from disclosure.reporting.result import check  # noqa: E402
from disclosure.reporting.selection import Selection, UsageError, select  # noqa: E402
from disclosure.reporting.text import Terminal  # noqa: E402
from disclosure.workshop import ROOT  # noqa: E402

BLOCKED, UNUSABLE = 1, 2


def selection(arguments: argparse.Namespace) -> Selection | None:
    """What is asked for; None for everything."""
    named = select(arguments.root, arguments.paths) if arguments.paths else None
    if arguments.changed_since is None:
        return named
    changed = changed_since(arguments.root, arguments.changed_since)
    return changed if named is None else changed.within(named)


def terminal() -> Terminal:
    """What standard output is shown on."""
    if not sys.stdout.isatty():
        return Terminal()
    return Terminal(shutil.get_terminal_size().columns, colour=not os.environ.get("NO_COLOR"))


def main() -> int:
    """Check and print; return the exit status."""
    parser = argparse.ArgumentParser(
        description="核对 reports/ 之下的报告，列出发现：在哪个文件哪一行、怎么办。不改动任何文件。",
        epilog="退出状态：0 可以发布；1 归档有错，要先改正；2 用法不对。报告自己写的内容有矛盾，不影响退出状态。",
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH",
        help="只列这些文件或文件夹的发现（reports/ 之下）；不给就查全部",
    )  # fmt: skip
    parser.add_argument("--changed-since", metavar="REV", help="只列这个版本（如 origin/main）以来改动过的文件的发现")
    parser.add_argument("--format", choices=FORMATS, default="text", help="写法，默认 text（在终端里看）")
    parser.add_argument("--root", type=Path, default=ROOT, help="项目的文件夹，默认是这个脚本所在的项目")
    arguments = parser.parse_args()
    arguments.root = arguments.root.resolve()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # consoles and file names may not be UTF-8
    try:
        result = check(arguments.root, selection(arguments), os.environ.get("SITE_URL", ""))
    except UsageError as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    try:
        for line in FORMATS[arguments.format](result, terminal()):
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has read enough, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BLOCKED if result.blocking else 0


if __name__ == "__main__":
    sys.exit(main())
