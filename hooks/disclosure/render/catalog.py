"""The portal and its tables, arranged so that every page finds what it needs without searching."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from disclosure.dataset import Dataset
from disclosure.measures import MAIN_MEASURES
from disclosure.model import Finding, Office, Portal, Region, Report
from disclosure.tallies import Tally

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    groups: dict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


@dataclass(frozen=True)
class Catalog:
    """What pages are made from.

    Offices stand in the order of their place (division codes from the province down, then id): never ranked.
    ``reports`` are oldest first. ``tallies`` holds a main measure of a report by (office, year, measure).
    """

    dataset: Dataset
    offices: tuple[Office, ...]
    office: Mapping[str, Office]
    reports: Mapping[str, Sequence[Report]]
    findings: Sequence[Finding]
    findings_of: Mapping[tuple[str | None, int | None], Sequence[Finding]]
    findings_by_rule: Mapping[str, Sequence[Finding]]
    tallies: Mapping[tuple[str, int, str], Tally]
    regions: Mapping[str, Region]
    parents: Mapping[str, tuple[Region, ...]]
    offices_in: Mapping[str, Sequence[Office]]

    @cached_property
    def years(self) -> list[int]:
        """The years that some report is about, newest first. Every region asks for them."""
        return sorted({report.year for one in self.reports.values() for report in one if report.year}, reverse=True)

    @cached_property
    def best_covered_year(self) -> int | None:
        """The year with the most reports, of equals the newest; None where there is no report."""
        counts = Counter(report.year for reports in self.reports.values() for report in reports)
        return max(self.years, key=lambda year: (counts[year], year), default=None)

    def latest(self, office: str) -> Report | None:
        """The newest report of an office."""
        reports = self.reports.get(office)
        return reports[-1] if reports else None

    def report(self, office: str, year: int) -> Report | None:
        """The report of an office for a year; None where it is not in the collection."""
        return next((report for report in self.reports.get(office, ()) if report.year == year), None)

    def directly_in(self, code: str) -> list[Office]:
        """The offices of a region that belong to no region below it."""
        return [office for office in self.offices_in[code] if office.regions[-1].code == code]

    def inside(self, code: str | None) -> list[Region]:
        """The regions directly below one, by code; None stands for the country."""
        depth = len(self.parents[code]) + 1 if code else 0
        below = self.offices_in[code] if code else self.offices
        return sorted(
            {one.regions[depth].code: one.regions[depth] for one in below if len(one.regions) > depth}.values()
        )


def arrange(portal: Portal, dataset: Dataset) -> Catalog:
    """Arrange everything once, so that the pages of many offices take time in proportion to their number."""
    offices = tuple(sorted(portal.offices, key=lambda one: (tuple(region.code for region in one.regions), one.id)))
    paths = {region.code: one.regions[: depth + 1] for one in offices for depth, region in enumerate(one.regions)}
    reports = sorted(portal.reports, key=lambda report: report.year or 0)
    measures = dataset.measures[dataset.measures["measure"].isin([measure.id for measure in MAIN_MEASURES])]
    return Catalog(
        dataset=dataset,
        offices=offices,
        office={one.id: one for one in offices},
        reports=_grouped((report.office, report) for report in reports if report.office),
        findings=portal.findings,
        findings_of=_grouped(((finding.office, finding.year), finding) for finding in portal.findings),
        findings_by_rule=_grouped((finding.rule, finding) for finding in portal.findings),
        tallies=dict(
            zip(
                zip(measures["office"], measures["year"], measures["measure"], strict=True),
                measures["tally"],
                strict=True,
            )
        ),
        regions={code: path[-1] for code, path in paths.items()},
        parents={code: path[:-1] for code, path in paths.items()},
        offices_in=_grouped((region.code, one) for one in offices for region in one.regions),
    )
