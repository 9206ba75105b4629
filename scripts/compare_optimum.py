#!/usr/bin/env python3
"""Compare what the prover recovers of damaged tables with all that an exact solver shows to be provable."""

from __future__ import annotations

import argparse
import os
import sys
from collections import defaultdict

from lib.own_environment import use_own_environment

use_own_environment()

from lib.laboratory import spread, use_laboratory  # noqa: E402 - importable only from here on

use_laboratory()

import optimum  # noqa: E402 - importable only from here on


def main() -> None:
    """Print the shares by kind of damage; exit with 1 if anything was published that is not provable."""
    parser = argparse.ArgumentParser(description="把推得的数字与精确求解所能确定的全部数字相比，按损坏的种类列表。")
    parser.add_argument("--tables", type=int, default=20, metavar="N", help="每种损坏取几张表（默认 20）")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="同时运行几个进程")
    arguments = parser.parse_args()
    found: dict[str, optimum.Recovered] = defaultdict(optimum.Recovered)
    for part in spread(optimum.recovered_of, range(arguments.tables), arguments.jobs):
        for kind, one in part.items():
            found[kind] = found[kind].plus(one)
    print(optimum.table_of(found))
    sys.exit(any(one.beyond for one in found.values()))


if __name__ == "__main__":
    main()
