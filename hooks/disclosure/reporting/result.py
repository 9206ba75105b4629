"""The findings that are asked for, with all that somebody needs to act on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urljoin

from disclosure.check import RULES
from disclosure.check.registry import Rule, Scope
from disclosure.keeping import READINGS
from disclosure.model import Finding, Kind, Office, Portal, Report
from disclosure.offices import FILE_NAME
from disclosure.order import Order
from disclosure.pipeline import examine
from disclosure.reading_cache import ReadingCache
from disclosure.render import urls
from disclosure.render.atom import root_of
from disclosure.reporting.excerpt import Excerpt, marks_of
from disclosure.reporting.selection import Selection
from disclosure.sources import find_sources, is_extracted

_ADVICE: Final = {
    Kind.SOURCE: "请对照原文。原文确实这样印的，不用改，网站照登；知道原因的，可以写进 office.yml 的 answers。",
    Kind.READING: "请对照原文。有更清楚的原件（如 Word 文件、网页）的，一并放进来；不要为此改动原文。",
    Kind.FILING: "请按上面所说的改正。",
}
"""What to do where a rule says nothing of its own."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with what to do about it. ``page`` is the address of the page that explains its rule."""

    finding: Finding
    rule: Rule
    advice: str
    page: str
    excerpt: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The findings about the files of one folder; ``name`` is that of its office, or its path where it is none's."""

    name: str
    items: tuple[Told, ...]


@dataclass(frozen=True)
class Result:
    """What was found, by office: those first that must be mended before anything is published.

    ``offices`` and ``reports`` count what was read, ``hidden`` the findings about it that were not asked for.
    ``unchecked`` are the rules that could not be applied to a part of the collection.
    """

    groups: tuple[Group, ...]
    offices: int
    reports: int
    hidden: int = 0
    unchecked: tuple[Rule, ...] = ()

    @cached_property
    def items(self) -> tuple[Told, ...]:
        """All findings, in the order of the groups."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def blocking(self) -> int:
        """How many findings keep everything from being published."""
        return sum(item.finding.blocks for item in self.items)


def check(root: Path, selection: Selection | None = None, site_url: str = "") -> Result:
    """Check what is filed below ``root/reports``: everything, or the offices that are selected.

    ``site_url`` is the address of the site, empty where it is not known.
    """
    filing = find_sources(root)
    folders = None if selection is None else selection.folders(filing.offices)
    if folders == frozenset(office.folder for office in filing.offices):
        folders = None
    portal = examine(filing, folders, ReadingCache(Order.of(root).kept(READINGS)))
    shown = [one for one in portal.findings if selection is None or selection.shows(one)]
    told = _Teller(root, portal, site_url)
    return Result(
        groups=tuple(sorted(told.groups(shown), key=lambda group: not group.items[0].finding.blocks)),
        offices=len(portal.offices) if folders is None else len(folders),
        reports=len(portal.reports),
        hidden=len(portal.findings) - len(shown),
        unchecked=() if folders is None else tuple(rule for rule in RULES.values() if rule.scope is Scope.PORTAL),
    )


class _Teller:
    """Knows of every finding its office, its report and its line."""

    def __init__(self, root: Path, portal: Portal, site_url: str) -> None:
        self._root = root
        self._site = root_of(site_url)
        self._offices = {office.folder: office for office in portal.offices}
        self._reports: Mapping[str, tuple[Report, Report]] = {
            source.file: (report, source) for report in portal.reports for source in report.sources
        }

    def groups(self, findings: Iterable[Finding]) -> Iterator[Group]:
        """The findings by folder, in their order; in each, those first that block."""
        by_folder: dict[str, list[Told]] = {}
        for finding in findings:
            by_folder.setdefault(str(PurePosixPath(finding.file).parent), []).append(self._told(finding))
        for folder, items in by_folder.items():
            office = self._offices.get(folder)
            name = _name(office) if office else folder
            yield Group(name, tuple(sorted(items, key=lambda item: not item.finding.blocks)))

    def _told(self, finding: Finding) -> Told:
        rule = RULES[finding.rule]
        advice = "".join(rule.parts.get("怎么办", _ADVICE[finding.kind]).splitlines())
        return Told(finding, rule, advice, urljoin(self._site, urls.rule(rule.name)), self._excerpt(finding))

    def _excerpt(self, finding: Finding) -> Excerpt | None:
        """The line; None for a whole file, or a line that is not there."""
        report, source = self._reports.get(finding.file, (None, None))
        lines = source.lines if source else self._description(finding.file)
        if finding.line is None or not 0 < finding.line <= len(lines):
            return None
        text = lines[finding.line - 1]
        if report is None or source is None:
            return Excerpt(finding.line, text)
        original = source.places[finding.line - 1] if source.places else ""
        return Excerpt(finding.line, text, marks_of(finding, report), not is_extracted(source), original)

    def _description(self, file: str) -> tuple[str, ...]:
        """The lines of an ``office.yml``; none of any other file."""
        path = self._root / file
        if path.name != FILE_NAME or not path.is_file():
            return ()
        return tuple(path.read_text(encoding="utf-8-sig", errors="replace").splitlines())


def _name(office: Office) -> str:
    return f"{''.join(region.name for region in office.regions)}{office.name}（{office.id}）"
