#!/usr/bin/env python3
"""Fetch the last release of the open data from a published site, so that the next build can say what it changes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lib.own_environment import use_own_environment

use_own_environment()

from disclosure.errors import DisclosureError  # noqa: E402 - importable only from here on
from disclosure.releases.fetch import fetch_release  # noqa: E402


def main() -> None:
    """Fetch, then say what to do with it; exit with 1 and one sentence where it cannot be had."""
    parser = argparse.ArgumentParser(
        description="从已发布的网站取回上一次发布的数据，供 scripts/build --previous 使用。还没有发布过的，什么也不建。"
    )
    parser.add_argument("site", metavar="URL", help="网站首页的网址，如 https://example.org/nianbao/")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="放在哪个文件夹（必须还没有）")
    arguments = parser.parse_args()
    if arguments.folder.exists():
        parser.error(f"“{arguments.folder}”已经有了。请给一个还没有的文件夹。")
    try:
        found = fetch_release(arguments.site, arguments.folder)
    except DisclosureError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"写不了“{arguments.folder}”（{error.strerror}）。请检查路径和权限。")
    print(f"已取回：{arguments.folder}" if found else "那里还没有发布过数据：这是第一次发布，不用 --previous。")


if __name__ == "__main__":
    main()
