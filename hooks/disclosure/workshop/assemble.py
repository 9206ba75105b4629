"""Join parts that were built apart, on other machines or in other jobs, to the whole site.

A part holds what its build has kept: readings, pages of offices, parts of the search index, each named by all that it
depends on. The whole is built as ever, with that at hand: what a part has is not made again, what none has is, and the
bytes are those of a site that was built in one go.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from disclosure.errors import DisclosureError
from disclosure.keeping import KINDS
from disclosure.settings import PARTS
from disclosure.workshop import ROOT, run_command
from disclosure.workshop.build import PARTS_FOLDER, add_arguments, build_and_report


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/assemble",
        description="把分开生成的各地分部（scripts/build --only）合成全站。分部里没有的，在这里补上。",
    )
    parser.add_argument(
        "parts", nargs="*", type=Path, metavar="分部", help=f"分部的文件夹（默认 {PARTS_FOLDER}/ 下的全部）"
    )
    add_arguments(parser, "网站放在哪里（默认 site）")
    return parser.parse_args(argv)


def parts_at(given: Sequence[Path], folder: Path) -> list[Path]:
    """The folders of the parts that were given, or else of all in ``folder``: a build that failed leaves none there.

    Raises:
        DisclosureError: one that was given is no part, or there is none.
    """
    found = sorted(path for path in folder.iterdir() if _is_part(path)) if folder.is_dir() else []
    parts = [path.resolve() for path in given or found]
    for part in parts:
        if not _is_part(part):
            held = "、".join(KINDS)
            raise DisclosureError(f"{part} 不是分部：里面没有 {held}。请给出 scripts/build --only 生成的文件夹。")
        if os.pathsep in str(part):
            raise DisclosureError(f"分部的路径里不能有“{os.pathsep}”：{part}。请改名。")
    if not parts:
        raise DisclosureError(f"没有分部：{folder} 是空的。请先运行 scripts/build --only 地区。")
    return parts


def _is_part(folder: Path) -> bool:
    return any((folder / name).is_dir() for name in KINDS)


def _assemble(arguments: argparse.Namespace) -> None:
    parts = parts_at(arguments.parts, ROOT / PARTS_FOLDER)
    print(f"合成 {len(parts)} 个分部：{'、'.join(part.name for part in parts)}", flush=True)
    site = arguments.site_dir or ROOT / "site"
    build_and_report(site.resolve(), arguments.previous, {PARTS: os.pathsep.join(map(str, parts))})


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``scripts/assemble``; return its exit code."""
    arguments = _parse(argv)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends us, MkDocs ends and its folder goes
    return run_command(lambda: _assemble(arguments))


if __name__ == "__main__":
    sys.exit(main())
