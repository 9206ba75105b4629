#!/usr/bin/env python3
"""File report files under ``reports/``: find out whose they are, propose a place, ask, copy. Nothing is overwritten."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from lib.own_environment import ROOT, use_own_environment

use_own_environment()

from disclosure.errors import DisclosureError  # noqa: E402 - importable only from here on
from disclosure.filing.run import Options, add_reports  # noqa: E402

_EXAMPLES = """\
例：
  scripts/add_report.py 下载/2021年报.pdf
  scripts/add_report.py 下载/                            文件夹里的文件都看一遍
  scripts/add_report.py 河南省/平顶山市/ --yes            文件夹的名称说明地区；没有疑问的直接归档
  scripts/add_report.py 年报.docx --region 410481100      指明地区：代码，或者名称，如 河南省平顶山市舞钢市
  scripts/add_report.py 年报.docx --region 410499=河南省/平顶山市/某县    名录里还没有的新县区：代码=名称

退出状态：0 全部归档（或早已收录）；1 有的需要人看；2 用法有误。"""
_INTERRUPTED = 130
_USAGE = 2


def main() -> int:
    """File everything given."""
    parser = argparse.ArgumentParser(
        description="把年度报告归档到 reports/：认出是哪个机关、哪一年，给出位置，确认后复制过去。从不覆盖已有的文件。",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="报告文件或文件夹，可以给多个")
    parser.add_argument("--region", metavar="REGION", help="这些报告所在的地区：区划代码，或者名称")
    parser.add_argument("--year", type=int, metavar="YEAR", help="报告所写的年度，只在报告自己没写清楚时用")
    parser.add_argument("--yes", action="store_true", help="不问，把没有疑问的都归档（供程序使用）")
    parser.add_argument("--dry-run", action="store_true", help="只看会怎样归档，不写入任何文件")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # consoles and file names may not be UTF-8
    options = Options(
        region=arguments.region,
        year=arguments.year,
        yes=arguments.yes,
        dry_run=arguments.dry_run,
        ask=input if sys.stdin.isatty() and sys.stdout.isatty() else None,
    )
    try:
        return add_reports(arguments.files, arguments.root, options)
    except DisclosureError as error:
        print(error, file=sys.stderr)
        return _USAGE
    except KeyboardInterrupt:
        print("已中断。已经归档的都是完整的；其余的没有写入。", file=sys.stderr)
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
