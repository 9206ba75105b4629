#!/usr/bin/env python3
"""Check that a finished site holds together: every link leads somewhere, every id stands once."""

from __future__ import annotations

import argparse
import sys
from itertools import islice
from pathlib import Path

from lib.own_environment import ROOT, use_own_environment

use_own_environment()

from disclosure.upkeep.links import broken_links  # noqa: E402 - importable only from here on

MOST_SHOWN = 50


def main() -> None:
    """Check, print what is broken, and exit with 1 if anything is."""
    parser = argparse.ArgumentParser(description="检查生成好的网站：每个链接在网站里都有去处，每页的编号都不重复。")
    parser.add_argument("site", nargs="?", type=Path, default=ROOT / "site", help="网站文件夹（默认 site）")
    parser.add_argument("--address", default="", metavar="URL", help="网站首页的网址：以它开头的链接也一并检查")
    arguments = parser.parse_args()
    if not (arguments.site / "index.html").is_file():
        parser.error(f"“{arguments.site}”不是生成好的网站。请先运行 scripts/build。")
    broken = broken_links(arguments.site, arguments.address)
    shown = list(islice(broken, MOST_SHOWN))
    print("\n".join(map(str, shown)) if shown else "网站里的链接都有去处，编号都不重复。")
    if further := sum(1 for _ in broken):
        print(f"还有 {further} 处，改好以上各处再查。")
    sys.exit(1 if shown else 0)


if __name__ == "__main__":
    main()
