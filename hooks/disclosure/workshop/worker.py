"""Let this machine build regions for a cluster, in as many processes as it has processors."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from disclosure.workers import processors
from disclosure.workshop import ROOT, environment, run_command


def _work(address: str, processes: int) -> None:
    python = environment.ensure(ROOT, environment.CLUSTER)
    folder = ROOT / ".cache" / "cluster"
    folder.mkdir(parents=True, exist_ok=True)
    command = [str(python), "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
    options = ["--nworkers", str(processes), "--local-directory", str(folder)]
    os.execve(python, [*command, *options], environment.variables(ROOT))


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``scripts/worker``; return its exit code, unless the workers take the place of this process."""
    parser = argparse.ArgumentParser(
        prog="scripts/worker",
        description="准备运行环境，让这台机器替集群分地区读取和生成（Ctrl+C 结束）。代码须与发起的机器是同一版。",
    )
    parser.add_argument("address", help="调度进程的地址，如 tcp://10.0.0.5:8786")
    parser.add_argument("--processes", type=int, default=processors(), help="同时生成几个地区（默认每个处理器一个）")
    arguments = parser.parse_args(argv)
    return run_command(lambda: _work(arguments.address, arguments.processes))


if __name__ == "__main__":
    sys.exit(main())
