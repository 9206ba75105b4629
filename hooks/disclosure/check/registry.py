"""The registry of rules: a rule is a short named generator, and its docstring is its public page.

A rule yields complaints and never builds a finding, prints or raises. Its public name is the function's name with
dashes, so the two can never disagree. Its docstring is Chinese and has four parts, each starting a line::

    什么：what the rule looks at.
    为什么：why that matters to a reader.
    错：an example that the rule reports.
    对：the same example as it should be.

After these, 怎么办： may say what to do. A rule with a bad name, without one of the parts or registered twice is
refused at import.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeAlias, TypeVar

from disclosure.model import Cell, Kind, Office, Report, Severity

PARTS = ("什么", "为什么", "错", "对")
"""The parts that every explanation has, in this order."""
OPTIONAL_PARTS = ("怎么办",)

_NAME = re.compile(r"[a-z]+(?:-[a-z]+)+")
_PART = re.compile(rf"^({'|'.join((*PARTS, *OPTIONAL_PARTS))})：", re.MULTILINE)


class Scope(StrEnum):
    """What a rule looks at."""

    REPORT = "report"
    OFFICE = "office"
    PORTAL = "portal"
    NOTE = "note"
    """Nothing of its own: the stages that find and read files report it as a ``Note``."""


class Placed(Protocol):
    """Something that says where it stands: a ``Figure`` or a ``TableReading``."""

    @property
    def line(self) -> int | None:
        """The line, None where it is not known."""

    @property
    def source(self) -> str | None:
        """The file, None where it is the report's own."""


class Filed(Protocol):
    """Which report something is about: a ``Report``, or what is kept of one."""

    @property
    def file(self) -> str:
        """Its file."""

    @property
    def office(self) -> str | None:
        """The id of its office, None where that is not known."""

    @property
    def year(self) -> int | None:
        """Its year, None where that is not known."""


class About(NamedTuple):
    """Which report something is about, without the report."""

    file: str
    office: str | None
    year: int | None


class Digested(NamedTuple):
    """What a rule across offices keeps of a report; ``name`` is that of its office."""

    file: str
    office: str
    year: int
    name: str
    digest: frozenset[str]


class Complaint(NamedTuple):
    """What a rule has to say: a Chinese sentence, the line it is about and the figures it concerns.

    ``report`` is the report it is about; rules that look at one report leave it out. ``source`` is the file of
    ``line``, where that is not the report's own: a complaint about a figure or a table is made with ``at``.
    """

    message: str
    line: int | None = None
    cells: tuple[Cell, ...] = ()
    report: Filed | None = None
    source: str | None = None

    @classmethod
    def at(cls, place: Placed, message: str, cells: tuple[Cell, ...] = (), report: Report | None = None) -> Complaint:
        """A complaint about the place of a figure or a table, in whichever file that is."""
        return cls(message, place.line, cells, report, place.source)


@dataclass(frozen=True, slots=True)
class Rule:
    """The public card of a rule. ``title`` is a short Chinese name, ``explanation`` the docstring."""

    name: str
    title: str
    severity: Severity
    kind: Kind
    scope: Scope
    explanation: str

    @property
    def parts(self) -> dict[str, str]:
        """The explanation by part: 什么, 为什么, 错, 对 and, where given, 怎么办. Line ends inside a part stay."""
        pieces = _PART.split(self.explanation)[1:]
        return {title: text.strip() for title, text in zip(pieces[::2], pieces[1::2], strict=True)}


Complaints: TypeAlias = Iterator[Complaint]
ReportCheck: TypeAlias = Callable[[Report, Office | None], Complaints]
OfficeCheck: TypeAlias = Callable[[Office, Sequence[Report]], Complaints]
Digest: TypeAlias = Callable[[Report, Office], frozenset[str]]
"""What has to be known of a report to compare it with those of all other offices: they are never all in memory."""
CompareDigests: TypeAlias = Callable[[Sequence[Digested]], Complaints]
F = TypeVar("F", bound=Callable[..., object])


class PortalCheck(NamedTuple):
    """A rule across offices: what it keeps of a report while that is at hand, and what it says of all of these."""

    digest: Digest
    compare: CompareDigests


REGISTERED: dict[str, Rule] = {}
"""Every rule by name, in the order of import; ``disclosure.check.RULES`` has them in a reader's order."""
REPORT_CHECKS: dict[str, ReportCheck] = {}
OFFICE_CHECKS: dict[str, OfficeCheck] = {}
PORTAL_CHECKS: dict[str, PortalCheck] = {}
"""Rules that compare offices, with what they have to know of each report."""


def rule(
    title: str, severity: Severity, kind: Kind = Kind.SOURCE
) -> Callable[[Callable[[Report], Complaints]], Callable[[Report], Complaints]]:
    """Register a rule about one report."""

    def register(check: Callable[[Report], Complaints]) -> Callable[[Report], Complaints]:
        REPORT_CHECKS[_register(check, title, severity, kind, Scope.REPORT)] = lambda report, _office: check(report)
        return check

    return register


def rule_with_office(title: str, severity: Severity, kind: Kind = Kind.SOURCE) -> Callable[[ReportCheck], ReportCheck]:
    """Register a rule about one report and the office it is filed under; the office may be None."""

    def register(check: ReportCheck) -> ReportCheck:
        REPORT_CHECKS[_register(check, title, severity, kind, Scope.REPORT)] = check
        return check

    return register


def rule_across_years(title: str, severity: Severity, kind: Kind = Kind.SOURCE) -> Callable[[OfficeCheck], OfficeCheck]:
    """Register a rule about all reports of one office, oldest first."""

    def register(check: OfficeCheck) -> OfficeCheck:
        OFFICE_CHECKS[_register(check, title, severity, kind, Scope.OFFICE)] = check
        return check

    return register


def rule_across_offices(
    title: str, severity: Severity, digest: Digest, kind: Kind = Kind.SOURCE
) -> Callable[[CompareDigests], CompareDigests]:
    """Register a rule about the reports of all offices, of which it sees what ``digest`` makes of each."""

    def register(check: CompareDigests) -> CompareDigests:
        PORTAL_CHECKS[_register(check, title, severity, kind, Scope.PORTAL)] = PortalCheck(digest, check)
        return check

    return register


def noted(title: str, severity: Severity, kind: Kind) -> Callable[[F], F]:
    """Register a rule that another stage applies: the function is empty, its name and docstring are what counts."""

    def register(card: F) -> F:
        _register(card, title, severity, kind, Scope.NOTE)
        return card

    return register


def in_order() -> Mapping[str, Rule]:
    """Every registered rule by name: by whom it concerns, then by weight, then by name."""
    kinds, severities = list(Kind), list(Severity)
    cards = sorted(
        REGISTERED.values(), key=lambda card: (kinds.index(card.kind), severities.index(card.severity), card.name)
    )
    return MappingProxyType({card.name: card for card in cards})


def _register(function: Callable[..., object], title: str, severity: Severity, kind: Kind, scope: Scope) -> str:
    """Add the card of a rule and return its name.

    Raises:
        ValueError: the name is taken or badly formed, the title is empty, or a part of the docstring is missing.
    """
    name = function.__name__.replace("_", "-")
    if not _NAME.fullmatch(name):
        raise ValueError(f"rule {name!r}: a name is two or more lower-case words joined by dashes")
    if name in REGISTERED:
        raise ValueError(f"rule {name!r} is registered twice")
    if not title.strip():
        raise ValueError(f"rule {name!r} has no title")
    card = Rule(name, title, severity, kind, scope, inspect.getdoc(function) or "")
    _refuse_incomplete(card)
    REGISTERED[name] = card
    return name


def _refuse_incomplete(card: Rule) -> None:
    missing = [part for part in PARTS if not card.parts.get(part)]
    if missing:
        raise ValueError(f"rule {card.name!r}: the docstring lacks {'、'.join(missing)}")
    expected = [part for part in (*PARTS, *OPTIONAL_PARTS) if part in card.parts]
    if list(card.parts) != expected or not card.explanation.startswith(PARTS[0]):
        raise ValueError(f"rule {card.name!r}: the parts of the docstring are {'、'.join(PARTS)}, in this order")
