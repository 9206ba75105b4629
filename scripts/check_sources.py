#!/usr/bin/env python3
"""Look for web addresses in reports/ that are gone, and for reports that should be published by now. Asks the web."""

from __future__ import annotations

import argparse
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from lib.own_environment import ROOT, use_own_environment

use_own_environment()

from disclosure.sources import find_sources  # noqa: E402 - importable only from here on
from disclosure.upkeep.freshness import addresses, answered, year_due  # noqa: E402
from disclosure.upkeep.report import report  # noqa: E402


def main() -> None:
    """Ask, print, and exit with 1 where an address is gone."""
    parser = argparse.ArgumentParser(
        description="检查 office.yml 里的网址还能不能打开，列出应当已经公布、本站还没有的年度。要上网。"
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="项目文件夹（默认是本项目）")
    parser.add_argument("--offline", action="store_true", help="不上网，只列年度")
    parser.add_argument("--output", type=Path, metavar="FILE", help="接在这个文件后面写，不在屏幕上显示")
    arguments = parser.parse_args()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # consoles may not be UTF-8
    filing = find_sources(arguments.root)
    asked = [] if arguments.offline else answered(list(addresses(filing.offices)))
    told = report(filing, asked, year_due(datetime.now(UTC).date()))
    if arguments.output:
        with arguments.output.open("a", encoding="utf-8") as file:
            file.write(told)
    else:
        print(told, end="")
    sys.exit(1 if any(one.is_gone for one in asked) else 0)


if __name__ == "__main__":
    main()
