#!/usr/bin/env python3
"""Measure reading, checking and building, on the given reports and on invented portals of any size."""

from __future__ import annotations

import argparse
import json
import sys

from lib.own_environment import ROOT, use_own_environment

use_own_environment()

from disclosure.bench.given import measure_reports, measure_site  # noqa: E402 - importable only from here on
from disclosure.bench.invented import measure_portals  # noqa: E402
from disclosure.bench.report import Bench  # noqa: E402
from disclosure.errors import DisclosureError  # noqa: E402


def main() -> None:
    """Measure, then print one set of tables."""
    parser = argparse.ArgumentParser(description="测量读取、核对和生成网站所用的时间、内存和字节。不改动任何文件。")
    parser.add_argument(
        "--offices", nargs="+", type=int, default=[], metavar="N", help="再虚构 N 个机关、各三年的报告来测，可给多个 N"
    )
    parser.add_argument("--runs", type=int, default=21, help="每份报告的每一步测几次，取中位数（默认 21）")
    parser.add_argument("--json", action="store_true", help="输出 JSON，供程序使用")
    arguments = parser.parse_args()
    try:
        bench = Bench(measure_reports(ROOT, arguments.runs), measure_site(), measure_portals(arguments.offices))
    except (DisclosureError, ValueError) as error:
        sys.exit(str(error))
    lines = [json.dumps(bench.as_json(), ensure_ascii=False)] if arguments.json else bench.as_lines()
    print("\n".join(lines))


if __name__ == "__main__":
    main()
