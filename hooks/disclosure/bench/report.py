"""Everything that was measured, as Markdown tables for ``docs/contributing/performance.md`` and as JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from disclosure.bench.given import ReportCost, SiteCost
from disclosure.bench.invented import PortalCost
from disclosure.bench.weight import Weight


@dataclass(frozen=True, slots=True)
class Bench:
    """One run of the benchmark."""

    reports: Sequence[ReportCost]
    site: SiteCost
    portals: Sequence[PortalCost]

    def as_json(self) -> dict[str, Any]:
        """The same numbers with names; times in seconds but for ``reports``, which has milliseconds."""
        return {
            "machine": machine(),
            "reports": [asdict(one) for one in self.reports],
            "site": {"spent": self.site.spent._asdict(), "pages": _weights(self.site.pages)},
            "portals": [_portal(one) for one in self.portals],
        }

    def as_lines(self) -> Iterator[str]:
        """Tables for people who look for what is slow."""
        facts = machine()
        yield f"Python {facts['python']}, {facts['system']}, {facts['cores']} cores"
        yield ""
        yield "Given reports, CPU ms each (median; `first` is everything but the check, the first time):"
        yield ""
        yield from _reports(self.reports)
        yield ""
        yield f"`scripts/build`: {self.site.spent.wall:.1f} s wall, {self.site.spent.cpu:.1f} s CPU. Largest pages:"
        yield ""
        yield from _pages([("KB as written / as sent", self.site.pages)])
        if self.portals:
            yield ""
            yield "Invented portals, CPU ms per report (indented: a part of the line above):"
            yield ""
            yield from _portals(self.portals)


def machine() -> dict[str, str | int | None]:
    """What the numbers depend on, without names."""
    system = f"{platform.system()} {platform.machine()}"
    return {"python": platform.python_version(), "system": system, "cores": os.cpu_count()}


def _reports(reports: Sequence[ReportCost]) -> Iterator[str]:
    steps = list(reports[0].steps) if reports else []
    rows = (
        [one.file, f"{one.characters:,}", f"{one.first:.1f}", *(f"{one.steps[step]:.2f}" for step in steps)]
        for one in reports
    )
    return table(["report", "characters", "first", *steps], rows)


def _portals(portals: Sequence[PortalCost]) -> Iterator[str]:
    head = ["", *(f"{one.offices:,} offices, {one.reports:,} reports" for one in portals)]
    rows = [
        [_indented(stage), *(f"{one.stages[stage].cpu * 1000 / one.reports:.2f}" for one in portals)]
        for stage in portals[0].stages
    ]
    rows += [[name, *(tell(one) for one in portals)] for name, tell in _FACTS]
    yield from table(head, rows)
    yield ""
    yield "Largest page of each kind, KB as written and as sent:"
    yield ""
    yield from _pages([(f"{one.offices:,} offices", one.pages) for one in portals])


_FACTS: tuple[tuple[str, Callable[[PortalCost], str]], ...] = (
    ("whole build, wall s", lambda one: f"{one.stages['whole build'].wall:.1f}"),
    ("peak memory, package alone, MiB", lambda one: f"{one.package_mib:,}"),
    ("peak memory, build, MiB", lambda one: f"{one.build_mib:,}"),
    ("pages", lambda one: f"{one.total.pages:,}"),
    ("files", lambda one: f"{one.total.files:,}"),
    ("site, MB", lambda one: f"{one.total.raw / 1e6:,.1f}"),
)


def _pages(sites: Sequence[tuple[str, Mapping[str, Weight]]]) -> Iterator[str]:
    rows = ([kind, *(_kilobytes(pages[kind]) for _, pages in sites)] for kind in sites[0][1])
    return table(["page", *(name for name, _ in sites)], rows)


def _kilobytes(page: Weight) -> str:
    return f"{page.raw / 1000:,.0f} / {page.gzip / 1000:,.0f}"


def _indented(name: str) -> str:
    return name.replace(" ", "… ", 1) if name.startswith(" ") else name


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table, all columns but the first to the right."""
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'--:|' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _portal(one: PortalCost) -> dict[str, Any]:
    return {
        "offices": one.offices,
        "reports": one.reports,
        "stages": {name.strip(): spent._asdict() for name, spent in one.stages.items()},
        "package_mib": one.package_mib,
        "build_mib": one.build_mib,
        "total": one.total._asdict(),
        "pages": _weights(one.pages),
    }


def _weights(pages: Mapping[str, Weight]) -> dict[str, dict[str, str | int]]:
    return {kind: page._asdict() for kind, page in pages.items()}
