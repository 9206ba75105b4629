"""What all exports of an invented portal cost, by one process and by several, and what memory they add."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, NamedTuple

from disclosure.bench.clock import Spent, spend
from disclosure.bench.invented import invent_reports
from disclosure.bench.memory import family, proportional
from disclosure.bench.weight import total
from disclosure.dataset import gather
from disclosure.export.schema import FIGURES
from disclosure.open_data import Settings, publish_open_data
from disclosure.parallel import processes_here
from disclosure.pipeline import build_portal, made_to_last
from disclosure.render import urls
from disclosure.render.catalog import Catalog, arrange
from disclosure.sample.store import Publisher

_EVERY: Final = 0.5
"""Seconds between two looks at the memory: each stops the processes for some milliseconds."""


class Trial(NamedTuple):
    """All exports once: by how many processes, what they cost, and the most memory that they added, in MiB."""

    processes: int
    spent: Spent
    mib: int


class ExportCost(NamedTuple):
    """One size of portal. ``long_form`` are the bytes of its figures as Parquet."""

    offices: int
    trials: Sequence[Trial]
    files: int
    raw: int
    long_form: int


def measure_exports(sizes: Sequence[int], publish: Publisher) -> Iterator[ExportCost]:
    """Portals of these numbers of offices, each in a process of its own; ``publish`` as for ``measure_portals``."""
    for size in sizes:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            yield pool.submit(measure_portal, size, publish).result()


def measure_portal(offices: int, publish: Publisher) -> ExportCost:
    """Invent a portal in a folder that is thrown away, gather it once, and publish it again and again."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "portal"
        invent_reports(root, offices, publish)
        with made_to_last():
            portal = build_portal(root)
            catalog = arrange(portal, gather(portal))
        counts = sorted({1, processes_here()})
        trials = [_trial(catalog, root / f"open-{count}", count) for count in counts]
        site = root / f"open-{counts[0]}"
        written, long_form = total(site), site / urls.DATA_FILES / f"{FIGURES.name}.parquet"
        return ExportCost(offices, trials, written.files, written.raw, long_form.stat().st_size)


def lines(costs: Sequence[ExportCost]) -> Iterator[str]:
    """A Markdown table."""
    yield "| offices | processes | CPU s | wall s | memory added, MiB | files | MB | figures.parquet, MB |"
    yield "|--:|--:|--:|--:|--:|--:|--:|--:|"
    for one in costs:
        for processes, spent, mib in one.trials:
            cost = f"{processes} | {spent.cpu:.1f} | {spent.wall:.1f} | {mib:,}"
            yield f"| {one.offices:,} | {cost} | {one.files:,} | {one.raw / 1e6:.1f} | {one.long_form / 1e6:.1f} |"


def _trial(catalog: Catalog, site: Path, processes: int) -> Trial:
    """Publish twice: looking at the memory takes time of those who use it."""
    spent, _ = _apart(catalog, site, processes, every=None)
    _, most = _apart(catalog, site.with_suffix(".again"), processes, every=_EVERY)
    return Trial(processes, spent, most)


def _apart(catalog: Catalog, site: Path, processes: int, every: float | None) -> tuple[Spent, int]:
    """Publish in a forked process, so that no trial finds what another one has left in memory."""
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    before, most = proportional(os.getpid()), 0
    process = fork.Process(target=_publish, args=(catalog, site, processes, there))
    process.start()
    there.close()
    while not here.poll(every):
        most = max(most, sum(map(proportional, family(os.getpid()))) - before)
    spent: Spent = here.recv()
    process.join()
    return spent, most // 1024


def _publish(catalog: Catalog, site: Path, processes: int, there: Connection) -> None:
    _, spent = spend(lambda: publish_open_data(catalog, site, Settings(processes=processes)))
    there.send(spent)
