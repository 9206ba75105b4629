"""The addresses of the site, relative to its root. They are an interface: once published they stay.

Every address on a page comes from here, so a report or a name cannot put anything into one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePath

from disclosure.errors import DisclosureError
from disclosure.render.blocks import To

HOME = ""
REGIONS = "regions/"
YEARS = "years/"
MEASURES = "measures/"
QUALITY = "quality/"
RULES = "rules/"
TERMS = "terms/"
METHOD = "method/"
CONTRIBUTE = "contribute/"
ABOUT = "about/"
SEARCH = "search/"
COMPARE = "compare/"
DATA = "data/"
DICTIONARY = "data/dictionary/"
CHANGES = "data/changes/"
DATA_FILES = "data/v1/"
"""The folder of the published files. Its number is that of their schema."""
API_FILES = "api/v1/"
"""The folder of the documents for programs."""

_SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


def _segment(name: str) -> str:
    if not _SEGMENT.fullmatch(name):
        raise DisclosureError(f"“{name}”不能用作网址的一段：只能用拉丁字母、数字、点、连字符和下划线。")
    return name


def office(office_id: str) -> str:
    """The page of one office."""
    return f"offices/{_segment(office_id)}/"


def office_data(office_id: str, table: str) -> str:
    """The file with an office's part of a published table."""
    return f"{DATA_FILES}{office(office_id)}{_segment(table)}.csv"


def report(office_id: str, year: int) -> str:
    """The page of one report that is not the office's newest; that of the newest leads to the office."""
    return f"{office(office_id)}{year}/"


def office_document(office_id: str) -> str:
    """The document on an office for programs."""
    return f"{API_FILES}offices/{_segment(office_id)}.json"


@lru_cache(maxsize=1024)
def source(office_id: str, year: int, further: str | None = None) -> str:
    """The page that shows one raw report, or another file that tells it too, ``further`` (``2021-2.pdf``)."""
    name = str(year) if further is None else _segment(PurePath(further).name.lower().replace(".", "-"))
    return f"{office(office_id)}source/{name}/"


@lru_cache(maxsize=1024)
def source_line(office_id: str, year: int, line: int | None, further: str | None = None) -> To:
    """One line of a raw report, or of another file; the top of its page where the line is not known."""
    return To(source(office_id, year, further), f"L{line}" if line else "")


def region(code: str) -> str:
    """The page of a province, city or county."""
    return f"{REGIONS}{_segment(code)}/"


def year(number: int) -> str:
    """The page of one year across offices."""
    return f"{YEARS}{number}/"


def year_region(number: int, code: str) -> str:
    """One year within a region, where the year has too many offices for one page."""
    return f"{year(number)}{_segment(code)}/"


def measure(measure_id: str) -> str:
    """The page of one measure across regions and years."""
    return f"{MEASURES}{_segment(measure_id.replace('_', '-'))}/"


def dictionary_anchor(measure_id: str) -> str:
    """The place of one measure in the dictionary."""
    return f"measure-{measure_id}".replace("_", "-")


def rule(name: str) -> str:
    """The page that explains one rule."""
    return f"{RULES}{_segment(name)}/"


@lru_cache(maxsize=4096)
def year_anchor(year: int, *names: str) -> str:
    """A place within one year of an office's page: ``y2021-requests-carried-in``."""
    return "-".join((f"y{year}", *names)).replace("_", "-")
