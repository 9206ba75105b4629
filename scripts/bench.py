#!/usr/bin/env python3
"""Measure reading, checking and building, on the given reports and on invented portals of any size."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Iterator, Sequence
from random import Random
from statistics import median

from lib.own_environment import ROOT, use_own_environment

use_own_environment()

from lib.laboratory import use_laboratory  # noqa: E402 - importable only from here on

use_laboratory()

from damage import DAMAGES  # noqa: E402 - importable only from here on
from damage_lab import make_trial  # noqa: E402
from disclosure.bench import beside_report, exports  # noqa: E402
from disclosure.bench.beside import measure_beside  # noqa: E402
from disclosure.bench.given import measure_reports, measure_site  # noqa: E402
from disclosure.bench.invented import measure_portals  # noqa: E402
from disclosure.bench.reading import measure_styles, summary  # noqa: E402
from disclosure.bench.report import Bench  # noqa: E402
from disclosure.errors import DisclosureError  # noqa: E402
from disclosure.workshop import run_command  # noqa: E402
from layouts import STYLES, Style  # noqa: E402
from layouts_formats import ALL_STYLES  # noqa: E402
from sample_reports import publish  # noqa: E402

SHARE_DAMAGED = 0.2
REPORTS = 10
"""Reports of each style, whole and damaged ones."""


def reading_table() -> Iterator[str]:
    """What reading costs in every layout and format of the laboratory."""
    samples = {
        name: (_reports(style, damaged=False), _reports(style, damaged=True)) for name, style in ALL_STYLES.items()
    }
    costs = measure_styles(samples, 3)
    yield "Reading and proving, CPU ms a report:"
    yield ""
    yield "| published as | whole, median | damaged, median | worst |"
    yield "|---|--:|--:|--:|"
    for cost in costs:
        worst = max(*cost.whole, *cost.damaged)
        yield f"| {cost.name} | {median(cost.whole):.1f} | {median(cost.damaged):.1f} | {worst:.1f} |"
    text = [cost for cost in costs if cost.name in STYLES]
    middle, mean, worst = summary(text, SHARE_DAMAGED)
    yield f"| **all text layouts** | {middle:.1f} | mean, one in five damaged: {mean:.1f} | {worst:.1f} |"


def _reports(style: Style, *, damaged: bool) -> Iterator[bytes]:
    for seed in range(REPORTS):
        rng = Random(seed)  # noqa: S311 - the same reports every time
        yield make_trial(rng, style, (rng.choice(list(DAMAGES.values())),) if damaged else ()).content


def beside(sizes: Sequence[int], *, as_json: bool) -> None:
    """Measure our build and other programs on the same pages; print the tables of each size when it is measured."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends us, what we started ends and is cleared
    facts = beside_report.measured_on()
    measured = measure_beside(sizes, publish, lambda words: print(words, file=sys.stderr, flush=True))
    if as_json:
        print(json.dumps(beside_report.as_json(facts, list(measured)), ensure_ascii=False))
        return
    for line in beside_report.as_lines(facts, measured):
        print(line, flush=True)


def main() -> None:
    """Measure, then print one set of tables."""
    parser = argparse.ArgumentParser(description="测量读取、核对和生成网站所用的时间、内存和字节。不改动任何文件。")
    parser.add_argument(
        "--offices", nargs="+", type=int, default=[], metavar="N", help="再虚构 N 个机关、各三年的报告来测，可给多个 N"
    )
    parser.add_argument("--runs", type=int, default=21, help="每份报告的每一步测几次，取中位数（默认 21）")
    parser.add_argument("--json", action="store_true", help="输出 JSON，供程序使用")
    parser.add_argument(
        "--beside", action="store_true",
        help="只测生成网站的每一步，再让 MkDocs + Material、ProperDocs、Hugo 处理同样的网页（机关数见 --offices）",
    )  # fmt: skip
    parser.add_argument("--exports", action="store_true", help="只测开放数据的写出（机关数见 --offices）")
    parser.add_argument("--reading", action="store_true", help="只测各种版式和格式的读取")
    arguments = parser.parse_args()
    if arguments.reading:
        print("\n".join(reading_table()))
        return
    if arguments.exports:
        print("\n".join(exports.lines(list(exports.measure_exports(arguments.offices, publish)))))
        return
    if arguments.beside:
        if not arguments.offices:
            parser.error("--beside 要用 --offices 说明虚构几个机关")
        sys.exit(run_command(lambda: beside(arguments.offices, as_json=arguments.json)))
    try:
        bench = Bench(
            measure_reports(ROOT, arguments.runs), measure_site(), measure_portals(arguments.offices, publish)
        )
    except (DisclosureError, ValueError) as error:
        sys.exit(str(error))
    lines = [json.dumps(bench.as_json(), ensure_ascii=False)] if arguments.json else bench.as_lines()
    print("\n".join(lines))


if __name__ == "__main__":
    main()
