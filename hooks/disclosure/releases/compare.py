"""compare: what changed from one release to the next, value by value."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest
from typing import Any, TypeAlias

from disclosure.model import Number, Status
from disclosure.releases.changes import (
    AnswerChange,
    AnswerState,
    Cause,
    Changes,
    FigureChange,
    FigureState,
    FindingChange,
    OfficeChange,
    OfficeState,
    ReportChange,
    ReportState,
    SourceFile,
    Turn,
)
from disclosure.releases.figures import ReportKey, differing_figures, figure_counts
from disclosure.releases.files import ReleaseUnusableError
from disclosure.releases.load import Release

FindingKey: TypeAlias = tuple[str | None, int | None, str, str]
"""Office, year, rule and message: the line that a finding stands on may shift without a change."""


def compare(old: Release, new: Release) -> Changes:
    """All that changed from ``old`` to ``new``; nothing where both publish the same offices, reports and findings.

    Raises:
        ReleaseUnusableError: the tables of a release contradict each other.
    """
    return _Comparison(_Indexed(old), _Indexed(new)).changes()


@dataclass(frozen=True)
class _Indexed:
    """One release with its small tables by key."""

    release: Release

    @cached_property
    def offices(self) -> dict[str, OfficeState]:
        """Offices by id."""
        rows = self.release.offices.to_pylist()
        return {row["office"]: OfficeState(row["name"], row["region"] or "", _places(row)) for row in rows}

    @cached_property
    def reports(self) -> dict[ReportKey, ReportState]:
        """Reports by office and year."""
        figures = figure_counts(self.release)
        findings: Counter[tuple[str | None, int | None]] = Counter()
        for (office, year, *_), count in self.findings.items():
            findings[office, year] += count
        keys = [(row["office"], row["year"]) for row in self.release.reports.to_pylist()]
        if strangers := sorted((figures.keys() | self._sources.keys()) - set(keys)):
            problem = f"有 {strangers[0][0]} {strangers[0][1]} 年的数字或来源，但 reports 表里没有这份报告"
            raise ReleaseUnusableError(self.release.path, problem)
        return {key: ReportState(self._sources[key], figures.get(key, 0), findings[key]) for key in keys}

    @cached_property
    def _sources(self) -> defaultdict[ReportKey, tuple[SourceFile, ...]]:
        found: defaultdict[ReportKey, tuple[SourceFile, ...]] = defaultdict(tuple)
        for row in sorted(self.release.sources.to_pylist(), key=lambda row: row["file"]):
            found[row["office"], row["year"]] += (SourceFile(row["file"], row["sha256"]),)
        return found

    @cached_property
    def findings(self) -> Counter[FindingKey]:
        """How often each finding is there."""
        rows = self.release.findings.to_pylist()
        return Counter(map(_finding_key, rows))

    @cached_property
    def answers(self) -> dict[FindingKey, Counter[AnswerState]]:
        """The answers by finding, for those that have any."""
        found: defaultdict[FindingKey, Counter[AnswerState]] = defaultdict(Counter)
        for row in self.release.findings.to_pylist():
            if row["answer_reason"] is not None:
                state = AnswerState(row["answer_reason"], row["answer_by"] or "", row["answer_date"] or "")
                found[_finding_key(row)][state] += 1
        return dict(found)


def _finding_key(row: Mapping[str, Any]) -> FindingKey:
    return row["office"], row["year"], row["rule"], row["message"]


def _places(row: Mapping[str, str | None]) -> tuple[str, ...]:
    return tuple(place for place in (row["province"], row["city"], row["county"]) if place)


@dataclass(frozen=True)
class _Comparison:
    old: _Indexed
    new: _Indexed

    def changes(self) -> Changes:
        """All changes, each group in its order."""
        return Changes(
            tuple(self._offices()),
            tuple(self._reports()),
            tuple(self._figures()),
            tuple(self._findings()),
            tuple(self._answers()),
        )

    def _name(self, office: str | None) -> str:
        """The full name of an office now, or else as it was; empty where it is no office's."""
        known = self.new.offices.get(office or "") or self.old.offices.get(office or "")
        return known.full_name if known else office or ""

    def _offices(self) -> Iterator[OfficeChange]:
        for office in sorted(self.old.offices.keys() | self.new.offices.keys()):
            old, new = self.old.offices.get(office), self.new.offices.get(office)
            if old != new:
                yield OfficeChange(office, old, new)

    def _reports(self) -> Iterator[ReportChange]:
        for office, year in sorted(self.old.reports.keys() | self.new.reports.keys()):
            old, new = (side.reports.get((office, year)) for side in (self.old, self.new))
            if old is None or new is None or old.sources != new.sources:
                yield ReportChange(office, year, self._name(office), old, new)

    def _figures(self) -> Iterator[FigureChange]:
        both = self.old.reports.keys() & self.new.reports.keys()
        causes = {key: _cause(self.old.reports[key], self.new.reports[key]) for key in both}
        for key, cell, old, new in differing_figures(self.old.release, self.new.release, both):
            yield FigureChange(*key, self._name(key[0]), *cell, _figure(*old), _figure(*new), causes[key])

    def _findings(self) -> Iterator[FindingChange]:
        """Those of a report that came or went are told by their number there."""
        alone = self.old.reports.keys() ^ self.new.reports.keys()
        gone, come = self.old.findings - self.new.findings, self.new.findings - self.old.findings
        turned = [(Turn.REMOVED, *pair) for pair in gone.items()] + [(Turn.ADDED, *pair) for pair in come.items()]
        for turn, (office, year, rule, message), count in sorted(turned, key=_by_place):
            if (office, year) not in alone:
                yield FindingChange(office, year, self._name(office), rule, message, turn, count)

    def _answers(self) -> Iterator[AnswerChange]:
        """Those to findings that are there now: where a finding went, its answer went with it."""
        alone = self.old.reports.keys() ^ self.new.reports.keys()
        answered = (self.old.answers.keys() | self.new.answers.keys()) & self.new.findings.keys()
        for key in sorted(answered, key=_in_order):
            office, year, rule, message = key
            old, new = (side.answers.get(key, Counter()) for side in (self.old, self.new))
            gone, come = (sorted((one - other).elements(), key=astuple) for one, other in ((old, new), (new, old)))
            for before, after in zip_longest(gone, come) if (office, year) not in alone else ():
                yield AnswerChange(office, year, self._name(office), rule, message, before, after)


def _by_place(one: tuple[Turn, FindingKey, int]) -> tuple[str, int, str, str]:
    """By office, year, rule and message, which differ for all that came or went; those of no office first."""
    return _in_order(one[1])


def _in_order(key: FindingKey) -> tuple[str, int, str, str]:
    office, year, rule, message = key
    return office or "", year or 0, rule, message


def _cause(old: ReportState, new: ReportState) -> Cause:
    """Why the figures of a report may differ."""
    return Cause.READER if old.contents == new.contents else Cause.SOURCE


def _figure(value: str | None, status: str | None) -> FigureState:
    return FigureState(None if value is None else _number(value), None if status is None else Status(status))


def _number(digits: str) -> Number:
    return Decimal(digits) if "." in digits else int(digits)
