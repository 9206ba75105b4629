"""What a collection lacks that should be there by now, and addresses in it that no longer answer.

Both look at the world as it is today, so they are no part of a build: a build gives the same whenever it is run.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from disclosure.model import Office

DUE = (3, 31)
"""Month and day by which the reports of the year before are to be published: 条例 第四十九条 (governments by 31 March,
departments by 31 January)."""
_PATIENCE = 20
"""Seconds for one address."""
_AT_ONCE = 8
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_FAULTS = HTTPStatus.BAD_REQUEST
"""From this status on, an answer is a fault."""
_AGENT = "Mozilla/5.0 (compatible; link check of a public archive of annual reports)"

Ask = Callable[[str], int | None]
"""The status that an address answers with, None where it does not answer at all."""


@dataclass(frozen=True, slots=True)
class Address:
    """A web address of an office, the year of the report it belongs to (None: the office's own site), its answer."""

    office: Office
    year: int | None
    address: str
    status: int | None = None

    @property
    def is_gone(self) -> bool:
        """Whether the page is certainly not there any more. A site that is down or refuses us may be well tomorrow."""
        return self.status in _GONE

    @property
    def is_silent(self) -> bool:
        """Whether there was no page this time, which says nothing of the next."""
        return not self.is_gone and (self.status is None or self.status >= _FAULTS)


def year_due(today: date) -> int:
    """The newest year whose report should be published by now.

    >>> year_due(date(2026, 3, 31)), year_due(date(2026, 4, 1))
    (2024, 2025)
    """
    return today.year - (1 if (today.month, today.day) > DUE else 2)


def missing_years(years: Sequence[int], due: int) -> tuple[int, ...]:
    """The years without a report between the first that we have and the one that is due.

    >>> missing_years((2021, 2023), 2024)
    (2022, 2024)
    """
    return tuple(year for year in range(min(years), due + 1) if year not in set(years)) if years else (due,)


def addresses(offices: Sequence[Office]) -> Iterator[Address]:
    """Every web address that the descriptions of offices give."""
    for office in offices:
        yield from (Address(office, year, address) for year, address in office.source_urls.items())
        if office.website:
            yield Address(office, None, office.website)


def answered(asked: Sequence[Address], ask: Ask | None = None) -> list[Address]:
    """The same addresses with their answers; each address is asked once."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        every = sorted({one.address for one in asked})
        status = dict(zip(every, pool.map(ask or status_of, every), strict=True))
    return [Address(one.office, one.year, one.address, status[one.address]) for one in asked]


def status_of(address: str) -> int | None:
    """Ask an address of the web for its page; see ``Ask``."""
    request = urllib.request.Request(address, headers={"User-Agent": _AGENT})  # noqa: S310 - http(s): offices.py
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - the same
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, ValueError):
        return None
