"""Have the regions of a project built on a cluster, and keep what comes back for the build of the whole."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from distributed import Client, as_completed, get_worker

from disclosure.cluster.units import MOST, units
from disclosure.cluster.work import build_part, pack, unpack
from disclosure.errors import DisclosureError
from disclosure.keeping import CACHE
from disclosure.pages_cache import version
from disclosure.progress import Progress
from disclosure.settings import DATA_DATE
from disclosure.sources import REPORTS
from disclosure.workshop import ROOT, run_command

_BEGUN: Final = "disclosure-begun"
"""The topic under which machines say which region they begin with."""
_PASSED_ON: Final = (DATA_DATE, "SITE_URL")
"""Variables of the build that the pages of offices depend on."""
_SECONDS: Final = 20


def run(address: str, root: Path, told: Mapping[str, str], most: int = MOST) -> None:
    """Build the regions of the project at ``root`` on the cluster at ``address``; what they keep goes to its cache.

    ``most`` is how many offices a region may have (``units``). One that could not be built there is named, and left to
    the build of the whole.

    Raises:
        DisclosureError: the cluster does not answer.
    """
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        told_why = str(error).splitlines()[0]
        raise DisclosureError(
            f"连不上集群 {address}（{told_why}）。请检查地址和调度进程，或者不用 --cluster，在本机生成。"
        ) from error
    with client:
        client.subscribe_topic(_BEGUN, _Begun())
        _hand_out(client, root, units(root, most), {name: told[name] for name in _PASSED_ON if told.get(name)})


def _hand_out(client: Client, root: Path, regions: Sequence[str], told: Mapping[str, str]) -> None:
    wanted = version(root)
    machines = len(client.scheduler_info()["workers"])
    _say(f"集群有 {machines} 个工作进程，分 {len(regions)} 个地区生成。")
    region_of = {}
    for region in regions:
        packed = pack(root / REPORTS, region)
        region_of[client.submit(_build, wanted, region, packed, told, pure=False)] = region
    progress = Progress(len(regions), "集群生成", lines=True)
    for future in progress.over(as_completed(region_of, loop=client.loop)):
        failed = future.exception()
        if failed is None:
            unpack(future.result(), root / CACHE)
        else:
            _say(f"“{region_of[future]}”没有在集群上做成（{_first_line(failed)}），在本机做。")
        future.release()


def _build(wanted: str, region: str, packed: bytes, told: Mapping[str, str]) -> bytes:
    """What runs on a machine of the cluster."""
    worker = get_worker()
    worker.log_event(_BEGUN, region)
    return build_part(wanted, region, packed, told, worker.local_directory)


class _Begun:
    """Says when a region is begun once more, since the process that was at it has gone."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()

    def __call__(self, event: tuple[Any, str]) -> None:
        _, region = event
        self._times[region] += 1
        if self._times[region] > 1:
            _say(f"“{region}”：生成它的工作进程没有了，换一个重做（第 {self._times[region]} 次）。")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the first half of ``scripts/build --cluster``; return its exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    address = parser.parse_args(argv).address
    return run_command(lambda: run(address, ROOT, os.environ))


if __name__ == "__main__":
    sys.exit(main())
