#!/usr/bin/env python3
"""Read every report of an invented sample and hold what is read to its truth."""

from __future__ import annotations

import argparse
import os
import sys
from collections import defaultdict
from pathlib import Path

from lib.own_environment import use_own_environment

use_own_environment()

from lib.laboratory import spread, use_laboratory  # noqa: E402 - importable only from here on

use_laboratory()

from damage_lab import Outcome, table_of, total  # noqa: E402 - importable only from here on
from disclosure.errors import DisclosureError  # noqa: E402
from sample_score import DUE, jobs, score  # noqa: E402


def main() -> None:
    """Print faults as they come and the table at the end; exit with 1 if there are faults."""
    parser = argparse.ArgumentParser(description="读取虚构样本的全部报告，逐格与真值对照，按遭到的损坏列表。")
    parser.add_argument("out", type=Path, metavar="OUT", help="scripts/make_sample.py 生成的文件夹")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="同时运行几个进程")
    arguments = parser.parse_args()
    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    for found in spread(score, jobs(arguments.out.resolve()), max(1, arguments.jobs)):
        for name, outcome in found.items():
            outcomes[name].add(outcome)
            print("".join(f"{fault}\n" for fault in outcome.faults), end="", flush=True)
    print(table_of(dict(sorted(outcomes.items()))))
    everything = total(outcomes.values())
    silent, faults = everything.verdicts["silent"], len(everything.faults)
    reports = everything.verdicts["reports"]
    print(f"共 {reports} 份报告；与真值不同而没有说明的数 {silent} 个；差错共 {faults} 处。")
    if everything.verdicts[DUE]:
        print(f"另有 {everything.verdicts[DUE]} 个机关填错的数没有留在文件里，推得的是各项合计所要求的数。")
    sys.exit(bool(silent or faults))


if __name__ == "__main__":
    try:
        main()
    except DisclosureError as error:
        sys.exit(str(error))
