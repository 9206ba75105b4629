#!/usr/bin/env python3
"""Show what changed between two releases of the open data: offices, reports, figures and findings."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from lib.own_environment import use_own_environment

use_own_environment()

from disclosure.errors import DisclosureError  # noqa: E402 - importable only from here on
from disclosure.releases.compare import compare  # noqa: E402
from disclosure.releases.document import changes_document  # noqa: E402
from disclosure.releases.load import load_release  # noqa: E402
from disclosure.releases.words import as_lines  # noqa: E402


def output(arguments: argparse.Namespace) -> Iterator[str]:
    """What is to be printed, a piece at a time."""
    old, new = load_release(arguments.old), load_release(arguments.new)
    changes = compare(old, new)
    if arguments.json:
        yield changes_document(changes, new.version, new.data_date, old.version).decode()
    else:
        yield f"{old.version} → {new.version}\n"
        yield from (f"{line}\n" for line in as_lines(changes))


def main() -> None:
    """Compare, then print or write; exit with 1 and one sentence where a release cannot be read."""
    parser = argparse.ArgumentParser(description="比较两次发布的开放数据，列出机关、报告、数字和核对发现的变化。")
    parser.add_argument("old", type=Path, metavar="OLD", help="较早的发布：data/v1 文件夹，或者它的 zip 压缩包")
    parser.add_argument("new", type=Path, metavar="NEW", help="较晚的发布，同上")
    parser.add_argument("--json", action="store_true", help="输出 JSON，供程序使用")
    parser.add_argument("--output", type=Path, metavar="FILE", help="写入这个文件，不在屏幕上显示")
    arguments = parser.parse_args()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # consoles may not be UTF-8
    try:
        text = "".join(output(arguments))
        if arguments.output:
            arguments.output.write_text(text, encoding="utf-8", newline="\n")
        else:
            sys.stdout.write(text)
    except DisclosureError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"写不了“{arguments.output or '屏幕'}”（{error.strerror}）。请检查路径和权限。")


if __name__ == "__main__":
    main()
