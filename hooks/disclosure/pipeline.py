"""The straight line from ``reports/`` to what is published, readable from top to bottom."""

from __future__ import annotations

import gc
from collections.abc import Container, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from disclosure.check import Checking
from disclosure.errors import DisclosureError
from disclosure.held import hold
from disclosure.keeping import READINGS
from disclosure.merge import merge_sources
from disclosure.model import Finding, Portal, Report
from disclosure.order import Order
from disclosure.reading_all import read_sources
from disclosure.reading_cache import ReadingCache
from disclosure.sources import Filing, find_sources


class FilingError(DisclosureError):
    """Something under ``reports/`` is misfiled; ``findings`` say what. Nothing is published until it is mended."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Gather all findings into one message, a line each."""
        self.findings = findings
        lines = "\n".join(f"  {finding}" for finding in findings)
        super().__init__(f"归档有 {len(findings)} 处需要先改正，网站没有重新生成：\n{lines}")

    def __reduce__(self) -> tuple[type[FilingError], tuple[tuple[Finding, ...]]]:
        """Between processes it travels by what it was made of, not by its message."""
        return type(self), (self.findings,)


def build_portal(root: Path, order: Order | None = None) -> Portal:
    """Find, read, prove and check everything under ``root/reports``, or what ``order`` asks for.

    Raises:
        DisclosureError: there is nothing in the folder that was asked for.
        FilingError: a file is misfiled or an ``office.yml`` is not valid.
    """
    order = order or Order.of(root)
    kept = order.kept(READINGS)
    portal = examine(find_sources(root, order.only), cache=ReadingCache(kept))
    order.forget(kept)
    blocking = tuple(finding for finding in portal.findings if finding.blocks)
    if blocking:
        raise FilingError(blocking)
    return portal


def examine(filing: Filing, folders: Container[str] | None = None, cache: ReadingCache | None = None) -> Portal:
    """Read, prove and check what was found, whatever is misfiled; the findings say it.

    ``folders`` are those of the offices whose reports are read, None for all. What is found about them is then the same
    as with all, but for the rules that compare offices with each other: these are left out. What ``cache`` keeps is not
    read again.
    """
    wanted = [source for source in filing.sources if folders is None or source.office.folder in folders]
    readings = zip(wanted, read_sources(wanted, cache), strict=True)
    checking = Checking(filing.offices, folders)
    reports: list[Report] = []
    for _, of_office in groupby(readings, key=lambda pair: pair[0].office.id):
        by_report = groupby(of_office, key=lambda pair: (pair[0].office.folder, pair[0].year))
        own = [merge_sources([report for _, report in pairs]) for _, pairs in by_report]
        checking.add(own)
        reports += map(hold, own)
    return Portal(filing.offices, tuple(reports), tuple(checking.findings(filing.notes)))


@contextmanager
def made_to_last() -> Iterator[None]:
    """Keep the garbage collector off what is made inside, then and later: it lives until the build ends.

    The collector would go through millions of figures again and again and find nothing, as none is part of a cycle.
    What an earlier build in this process left is collected first.
    """
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()
