"""A whole build of an invented portal, stage by stage, and beside it other programs on the same pages.

The site is built three times: with nothing kept from an earlier build, with nothing changed, and with one report
changed. Then the others are given the pages of the offices and of their older reports as Markdown.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from disclosure.bench.commands import Cost, cost_of
from disclosure.bench.invented import YEARS, invent_project
from disclosure.bench.others import Other, Tell, html_bytes, measure_others, pages_of
from disclosure.bench.stages import OFFICE, Told, read
from disclosure.bench.stopwatch import Tally, added
from disclosure.bench.weight import Total, total
from disclosure.sample.store import Publisher
from disclosure.workers import processors
from disclosure.workshop import ROOT, environment

FIRST: Final = "nothing kept"
AGAIN: Final = "nothing changed"
CHANGED: Final = "one report changed"
BUILDS: Final = (FIRST, AGAIN, CHANGED)
_SAME: Final = (OFFICE, "report")
"""The kinds of pages that the others are given: the others have no Markdown beside them."""
_HOOK: Final = """from pathlib import Path

from disclosure.bench.stages import install

install(Path({path!r}))
"""
_CONFIG: Final = """INHERIT: project.yml
hooks:
  - stages_hook.py
  - hooks/publish_site.py
"""
"""Hooks are loaded in order, and lists of a file that inherits stand in place of those before."""
_RECORD: Final = "stages.json"
_SENTENCE: Final = "\n补充说明：以上为本机关本年度的情况。\n"


class Build(NamedTuple):
    """A build of the site: what it cost from outside, and what it told."""

    cost: Cost
    told: Told


@dataclass(frozen=True, slots=True)
class Beside:
    """One size of portal. ``builds`` are in the order of ``BUILDS``; ``html`` are the bytes of the pages compared."""

    offices: int
    builds: Mapping[str, Build]
    site: Total
    pages: int
    html: int
    others: Sequence[Other]

    @property
    def reports(self) -> int:
        """How many reports were read."""
        return self.offices * YEARS

    @property
    def compared(self) -> Tally:
        """Seconds of the first build for the pages that the others are given, by step."""
        pages = self.builds[FIRST].told.pages
        return added(pages.get(kind, {}) for kind in _SAME)


def measure_beside(sizes: Sequence[int], publish: Publisher, tell: Tell) -> Iterator[Beside]:
    """Portals of these numbers of offices, one after the other, in folders that are thrown away.

    ``publish`` as for ``measure_portals``; ``tell`` hears in Chinese what is being done.

    Raises:
        DisclosureError: a program failed.
        OSError: the disk is full, or the like.
    """
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            yield _measured(size, publish, partial(_tell_of, tell, size), Path(folder))


def _tell_of(tell: Tell, size: int, words: str) -> None:
    tell(f"{size:,} 个机关：{words}")


def _measured(offices: int, publish: Publisher, tell: Tell, folder: Path) -> Beside:
    root = folder / "portal"
    variables = {**environment.variables(ROOT), "TMPDIR": str(folder)}  # so that nothing stays behind elsewhere
    tell("虚构报告")
    invent_project(root, offices, publish, processors())
    add_hook(root)
    tell("第一次生成网站")
    builds = {FIRST: build(root, variables)}
    tell("什么也没有变，再生成一次")
    builds[AGAIN] = build(root, variables)
    tell("改动一份报告，再生成一次")
    _change_a_report(root)
    builds[CHANGED] = build(root, variables)
    pages = pages_of(root / "site", folder)
    others = list(measure_others(pages, variables, tell))
    return Beside(offices, builds, total(pages.site), len(pages.urls), html_bytes(pages), others)


def add_hook(root: Path) -> None:
    """Let builds of the sample tell what their stages cost."""
    (root / "mkdocs.yml").rename(root / "project.yml")
    (root / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    (root / "stages_hook.py").write_text(_HOOK.format(path=str(root / _RECORD)), encoding="utf-8")


def build(root: Path, variables: Mapping[str, str]) -> Build:
    """Build the site in place of the one that is there, as ``scripts/build`` does."""
    command = [sys.executable, "-m", "disclosure.bench.sample_site", str(root)]
    cost = cost_of(command, root / "build.log", variables, root)
    return Build(cost, read(root / _RECORD))


def _change_a_report(root: Path) -> None:
    """Add a sentence to the newest report of the office in the middle."""
    reports = sorted((root / "reports").rglob("*.txt"))
    changed = reports[len(reports) // 2]
    changed.write_bytes(changed.read_bytes() + _SENTENCE.encode())
