"""The portal and its tables, arranged so that every page finds what it needs without searching."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, TypeVar

from disclosure.dataset import Dataset
from disclosure.measures import MAIN_MEASURES
from disclosure.model import GAPS, Finding, Office, Portal, Region, Report
from disclosure.region_sums import ALL, RegionSum, sum_regions
from disclosure.render import urls
from disclosure.render.view import View
from disclosure.tallies import Amount, Tally

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Withheld(NamedTuple):
    """Which figures have no number, counted together: those of one table of one report for one reason."""

    office: str
    year: int
    table: str
    status: str


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
        """The year with the most reports."""
        return self.best_covered(self.offices)

    def best_covered(self, offices: Iterable[Office]) -> int | None:
        """The year with the most reports of these offices, of equals the newest; None where there is no report."""
        reports = (report for office in offices for report in self.reports.get(office.id, ()))
        counts = Counter(report.year for report in reports if report.year)
        return max(counts, key=lambda year: (counts[year], year), default=None)

    @cached_property
    def region_sums(self) -> Sequence[RegionSum]:
        """Every measure of every region and year, added up once for all who tell it."""
        return list(sum_regions(self.offices, self.dataset))

    @cached_property
    def sum_of(self) -> Mapping[tuple[str, int, str], RegionSum]:
        """The same by (region or ``region_sums.ALL``, year, measure)."""
        return {(one.region, one.year, one.measure.id): one for one in self.region_sums}

    def amounts(self, measure: str) -> Mapping[tuple[str, int], Amount]:
        """One measure of every report that has it, by (office, year)."""
        rows = self.dataset.measures[self.dataset.measures["measure"] == measure]
        columns = (rows[name] for name in ("office", "year", "tally", "share"))
        return {
            (office, int(year)): tally if share is None else share
            for office, year, tally, share in zip(*columns, strict=True)
        }

    @cached_property
    def statuses_of(self) -> Mapping[tuple[str, int], Counter[str]]:
        """How many figures of a report, by (office, year), have each status."""
        counts: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
        found = self.dataset.figures.groupby(["office", "year", "status"], observed=True).size().reset_index()
        for office, year, status, count in found.itertuples(index=False):
            counts[office, int(year)][status] = int(count)
        return counts

    @cached_property
    def withheld(self) -> Mapping[Withheld, int]:
        """How many figures have no number, in the order of the reports."""
        figures = self.dataset.figures
        missing = figures[figures["status"].isin([status.value for status in GAPS])]
        columns = (missing[name] for name in Withheld._fields)
        return Counter(Withheld(office, int(year), *rest) for office, year, *rest in zip(*columns, strict=True))

    @cached_property
    def withheld_of(self) -> Mapping[str, int]:
        """How many figures without a number each office has."""
        counts: Counter[str] = Counter()
        for key, count in self.withheld.items():
            counts[key.office] += count
        return counts

    @cached_property
    def divided(self) -> Sequence[Region]:
        """The highest regions that there are several of: a row for its province alone tells a city's portal nothing."""
        regions = self.inside(None)
        while len(regions) == 1 and not self.directly_in(regions[0].code):
            regions = self.inside(regions[0].code)
        return regions

    @cached_property
    def reported(self) -> Counter[tuple[str, int]]:
        """How many reports the offices of a region, or of ``region_sums.ALL``, have for a year."""
        inside = {ALL: self.offices, **self.offices_in}
        return Counter(
            (region, report.year)
            for region, offices in inside.items()
            for office in offices
            for report in self.reports.get(office.id, ())
            if report.year
        )

    def latest(self, office: str) -> Report | None:
        """The newest report of an office."""
        reports = self.reports.get(office)
        return reports[-1] if reports else None

    def report(self, office: str, year: int) -> Report | None:
        """The report of an office for a year; None where it is not in the collection."""
        return next((report for report in self.reports.get(office, ()) if report.year == year), None)

    def page_of(self, office: str, year: int) -> str:
        """The page that shows a report in full: its own, or that of the office for the newest."""
        newest = self.latest(office)
        return urls.office(office) if newest is None or newest.year == year else urls.report(office, year)

    def view(self, office: str, report: Report) -> View:
        """A report as pages show it."""
        year = report.year or 0
        return View(office, year, report, self.findings_of.get((office, report.year), ()), self.page_of(office, year))

    def runs(self, least: int) -> list[Sequence[Office]]:
        """The offices in their order, at least so many together; those of one lowest region are never torn apart."""
        starts = [0]
        for number, (before, office) in enumerate(pairwise(self.offices), 1):
            if number - starts[-1] >= least and before.regions[-1:] != office.regions[-1:]:
                starts.append(number)
        return [self.offices[start:end] for start, end in pairwise([*starts, len(self.offices)])]

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
