#!/usr/bin/env python3
"""Make the gazetteer anew from the CSV files of a newer edition (see docs/contributing/decisions/0019-gazetteer.md)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lib.own_environment import use_own_environment

use_own_environment()

from disclosure.errors import DisclosureError  # noqa: E402 - importable only from here on
from disclosure.places.compact import compact  # noqa: E402
from disclosure.places.gazetteer import FILE  # noqa: E402


def main() -> None:
    """Write ``divisions.txt``, or the file asked for."""
    parser = argparse.ArgumentParser(description="由区划代码的 CSV 文件生成区划名录。来源和版本写在 0019 号决定里。")
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="放有 provinces、cities、areas、streets 四个 .csv 的文件夹"
    )
    parser.add_argument("--output", type=Path, default=FILE, metavar="FILE", help="写到哪里（默认：本项目的名录）")
    arguments = parser.parse_args()
    try:
        text = compact(arguments.folder)
        arguments.output.write_text(text, encoding="utf-8", newline="\n")
    except (DisclosureError, OSError) as error:
        sys.exit(f"没有生成：{error}")
    print(f"已生成 {arguments.output}，{len(text.encode()) // 1024} KB。")


if __name__ == "__main__":
    main()
