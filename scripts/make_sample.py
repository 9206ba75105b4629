#!/usr/bin/env python3
"""Invent a province or a country: reports of offices that do not exist, in every layout, with the truth beside them."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from pathlib import Path
from typing import NoReturn

from lib.own_environment import ROOT, use_own_environment

use_own_environment()

from lib.laboratory import use_laboratory  # noqa: E402 - importable only from here on

use_laboratory()

from disclosure.sample.drafts import MOST_YEARS  # noqa: E402 - importable only from here on
from disclosure.sample.store import Order, SampleError, write_sample  # noqa: E402
from disclosure.workshop import run_command  # noqa: E402
from sample_reports import LAYOUTS, publish  # noqa: E402

_TELL_AFTER = 5.0
"""Seconds between two lines on how far it is."""
_ENDING = """生成的全部是虚构的：机关名称都带“虚构”二字，编号不对应任何地方。网站的每一页都会标明，也不能用来发布。
同样的参数得到同样的文件；机关较少的样本是机关较多的样本的一部分。真值在 truth.jsonl，写法见其中的 README.md。"""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in Chinese, and in one line."""

    def error(self, message: str) -> NoReturn:
        print(f"参数有误（{message}）。用法见 {self.prog} --help。", file=sys.stderr)
        sys.exit(2)


def _parse() -> argparse.Namespace:
    parser = _Parser(description="虚构若干机关的年度报告，连同真值，用于测试和测量。", epilog=_ENDING)
    parser.add_argument("out", type=Path, metavar="OUT", help="放在哪里：一个还没有的文件夹")
    parser.add_argument("--offices", type=int, default=100, metavar="N", help="几个机关（默认 100）")
    parser.add_argument(
        "--years", type=int, default=3, metavar="K", help=f"各几年的报告，从 2019 年起（默认 3，最多 {MOST_YEARS}）"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="随机数种子（默认 1）")
    parser.add_argument(
        "--province", action="append", default=[], metavar="省", help="只虚构这个省的机关，可给多次（默认全国）"
    )
    parser.add_argument("--layouts", choices=LAYOUTS, default="all", help="all：各种格式（默认）；text：只有纯文本")
    parser.add_argument("--damage", type=float, default=0.2, metavar="P", help="遭到损坏的报告的比例（默认 0.2）")
    parser.add_argument("--errors", type=float, default=0.03, metavar="P", help="机关填错一个数的比例（默认 0.03）")
    parser.add_argument("--project", action="store_true", help="再放入 mkdocs.yml、docs、hooks，可以直接生成网站")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="同时运行几个进程")
    return parser.parse_args()


def _make(arguments: argparse.Namespace) -> None:
    order = Order(
        arguments.offices,
        arguments.years,
        arguments.seed,
        arguments.layouts,
        arguments.damage,
        arguments.errors,
        tuple(dict.fromkeys(arguments.province)),
    )
    out: Path = arguments.out.resolve()
    if arguments.jobs < 1:
        raise SampleError(f"进程数应为 1 以上，不能是 {arguments.jobs}。")
    if out.is_relative_to(ROOT):
        raise SampleError("虚构样本不能放在项目的文件夹里，以免混进真实的报告。请指定别处。")
    started = last = time.monotonic()

    def tell(done: int) -> None:
        nonlocal last
        if time.monotonic() - last > _TELL_AFTER:
            last = time.monotonic()
            print(f"已虚构 {done} / {order.offices} 个机关……", flush=True)

    write_sample(out, order, publish, arguments.jobs, tell)
    spent = time.monotonic() - started
    print(f"已虚构 {order.offices} 个机关、{order.offices * order.years} 份报告：{out}（用时 {spent:.1f} 秒）")
    if arguments.project:
        _make_project(out)
        python = ROOT / ".venv" / "bin" / "python"
        print(f"生成网站：'{python}' -m mkdocs build -f '{out}/mkdocs.yml' -d '{out}/site'")


def _make_project(out: Path) -> None:
    """What a build needs besides reports, from this project."""
    shutil.copy(ROOT / "mkdocs.yml", out)
    for name in ("docs", "hooks"):
        (out / name).symlink_to(ROOT / name)


if __name__ == "__main__":
    arguments = _parse()
    sys.exit(run_command(lambda: _make(arguments)))
