#!/usr/bin/env python3
"""Measure how much is read in each layout and format, and pin it as the floor that tests hold."""

from __future__ import annotations

import argparse
import sys

from lib.own_environment import use_own_environment

use_own_environment()

from lib.laboratory import use_laboratory  # noqa: E402 - importable only from here on

use_laboratory()

from quality_floor import FLOOR, load, lower_without_leave, measure_all, renewed, save  # noqa: E402 - the same


def main() -> None:
    """Measure, compare, and write the new floor unless it would fall without a reason."""
    parser = argparse.ArgumentParser(description="测量每种版式和格式读对的比例，写入质量底线；没有理由不降低底线。")
    parser.add_argument(
        "--allow-lower", nargs=2, action="append", default=[], metavar=("STYLE", "REASON"), help="允许降低，理由会记下"
    )
    allowed = dict(parser.parse_args().allow_lower)
    floor, measured = load(), measure_all()
    refused = list(lower_without_leave(measured, floor, allowed))
    for name, quality in measured.items():
        before = floor.styles.get(name)
        mark = "低于底线" if name in refused else "" if before == quality else "有变化"
        print(f"{name:24}{quality.whole:9.2%}{quality.damaged:9.2%}{quality.silent:6}  {mark}")
    if refused:
        sys.exit(f"以下各项低于底线，没有写入：{'、'.join(refused)}。如确应降低，请用 --allow-lower 逐项写明理由。")
    save(renewed(measured, floor, allowed))
    print(f"已写入 {FLOOR.name}。各列依次为：无损坏时读对的比例、有损坏时读对的比例、无声出错的个数。")


if __name__ == "__main__":
    main()
