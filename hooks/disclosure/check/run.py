"""Run the rules, and turn complaints and notes into findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

from disclosure.check.answers import set_answers
from disclosure.check.registry import (
    OFFICE_CHECKS,
    PORTAL_CHECKS,
    REGISTERED,
    REPORT_CHECKS,
    About,
    Complaint,
    Digested,
    Filed,
)
from disclosure.model import Finding, Kind, Note, Office, Report


def check_report(report: Report, office: Office | None = None) -> list[Finding]:
    """The findings about one report: the notes of its reading, then the rules that need no other report.

    Where several files tell it, the rules look at what these give together.

    Raises:
        ValueError: a note names no registered rule.
    """
    findings = [_from_note(note, report) for note in report.filling.notes]
    for name, check in REPORT_CHECKS.items():
        findings += [_from_complaint(name, complaint, report) for complaint in check(report, office)]
    said = {(finding.rule, finding.message) for finding in findings if finding.kind is Kind.SOURCE}
    further = (finding for source in report.sources[1:] for finding in _check_further(source, office))
    return _sorted([*findings, *(one for one in further if (one.rule, one.message) not in said)])


def _check_further(source: Report, office: Office | None) -> Iterator[Finding]:
    """What concerns a further source of a report as a file: how it was read, and whether it is filed rightly."""
    yield from (_from_note(note, source) for note in source.filling.notes)
    for name, check in REPORT_CHECKS.items():
        if REGISTERED[name].kind is Kind.FILING:
            yield from (_from_complaint(name, complaint, source) for complaint in check(source, office))


def check_office(office: Office, reports: Sequence[Report]) -> list[Finding]:
    """The findings between the reports of one office; ``reports`` in any order."""
    oldest_first = sorted((report for report in reports if report.year is not None), key=lambda one: one.year or 0)
    return _sorted(
        _from_complaint(name, complaint)
        for name, check in OFFICE_CHECKS.items()
        for complaint in check(office, oldest_first)
    )


def check_portal(
    offices: Sequence[Office],
    reports: Iterable[Report],
    filing_notes: Sequence[Note] = (),
    folders: Container[str] | None = None,
) -> list[Finding]:
    """Every finding, with its answer, in order of file, line and rule.

    ``folders`` are those of the offices that ``reports`` are of, where these are not all: then offices cannot be
    compared with each other.

    Raises:
        ValueError: a note names no registered rule, or a filing note names no file.
    """
    by_office: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_office[report.office or ""].append(report)
    checking = Checking(offices, folders)
    for own in by_office.values():
        checking.add(own)
    return checking.findings(filing_notes)


class Checking:
    """Checks an office at a time, as ``check_portal`` does them all, and keeps none of its reports.

    What several rules need of a text is at hand while its office is.
    """

    def __init__(self, offices: Sequence[Office], folders: Container[str] | None = None) -> None:
        """Begin with no report; the arguments are those of ``check_portal``."""
        self._offices = {office.id: office for office in offices}
        self._read = [office for office in offices if folders is None or office.folder in folders]
        self._across = PORTAL_CHECKS if folders is None else {}
        self._findings: list[Finding] = []
        self._digests: dict[str, list[Digested]] = {name: [] for name in self._across}
        self._years: dict[str, set[int | None]] = defaultdict(set)
        self._filed: dict[str, Filed] = {}

    def add(self, reports: Sequence[Report]) -> None:
        """Check all reports of one office, or those of none."""
        office = self._offices.get(reports[0].office or "")
        for report in reports:
            self._findings += check_report(report, office)
            self._years[report.office or ""].add(report.year)
            about = About(report.file, report.office, report.year)
            self._filed |= {source.file: about for source in report.sources}
        if office:
            self._findings += check_office(office, reports)
            self._digest(office, reports)

    def _digest(self, office: Office, reports: Sequence[Report]) -> None:
        for name, check in self._across.items():
            self._digests[name] += [
                Digested(report.file, office.id, report.year, office.name, check.digest(report, office))
                for report in reports
                if report.year is not None
            ]

    def findings(self, filing_notes: Sequence[Note] = ()) -> list[Finding]:
        """All findings about what was added, and what comes of comparing it."""
        found = [_from_filing_note(note, self._filed.get(note.file or "")) for note in filing_notes]
        for name, check in self._across.items():
            found += [_from_complaint(name, complaint) for complaint in check.compare(self._digests[name])]
        not_run = () if self._across else PORTAL_CHECKS
        return _sorted(set_answers(self._read, self._years, _sorted([*found, *self._findings]), not_run))


def _from_complaint(name: str, complaint: Complaint, report: Filed | None = None) -> Finding:
    about = complaint.report or report
    if about is None:
        raise ValueError(f"rule {name!r} looks at several reports and has to say which one it complains about")
    note = Note(name, complaint.line, complaint.message, complaint.cells)
    return _finding(name, about, complaint.source or about.file, note)


def _from_note(note: Note, report: Filed) -> Finding:
    return _finding(note.rule, report, note.file or report.file, note)


def _from_filing_note(note: Note, report: Filed | None) -> Finding:
    if note.file is None:
        raise ValueError(f"a filing note of rule {note.rule!r} names no file")
    return _finding(note.rule, report, note.file, note)


def _finding(name: str, report: Filed | None, file: str, note: Note) -> Finding:
    card = REGISTERED.get(name)
    if card is None:
        raise ValueError(f"no rule is called {name!r}; register it in disclosure.check.notes")
    office, year = (report.office, report.year) if report is not None else (None, None)
    return Finding(name, card.severity, card.kind, file, note.line, note.message, office, year, note.cells)


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: (one.file, one.line or 0, one.rule, one.message))
