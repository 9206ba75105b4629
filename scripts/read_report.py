#!/usr/bin/env python3
"""Show what was read from report files: figures with their status, sections, findings. Nothing is filed or changed."""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path

from lib.own_environment import use_own_environment

use_own_environment()

from disclosure.errors import DisclosureError  # noqa: E402 - importable only from here on
from disclosure.readout import Readout  # noqa: E402 - the same


def main() -> None:
    """Read every file given, in order."""
    parser = argparse.ArgumentParser(description="显示从年度报告文件里读到的数字、状态、章节和发现。不改动任何文件。")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="报告文件，可以给多个")
    parser.add_argument("--json", action="store_true", help="每个文件输出一行 JSON，供程序使用")
    arguments = parser.parse_args()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # consoles and file names may not be UTF-8
    for path in arguments.files:
        readout = Readout(path)
        lines = [json.dumps(readout.as_json(), ensure_ascii=False)] if arguments.json else readout.as_lines()
        print("\n".join(lines), flush=True)


if __name__ == "__main__":
    try:
        main()
    except DisclosureError as error:
        sys.exit(str(error))
