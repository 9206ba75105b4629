"""The reports of the collection as Atom feeds: of the whole site, of every region, of every office.

A feed stands beside its page: ``feed.atom``, ``regions/410481/feed.atom``, ``offices/410481100/feed.atom``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from disclosure.model import Office, Report
from disclosure.render import urls
from disclosure.render.atom import TAG, Head, add, begin, link, moment, root_of, written
from disclosure.render.blocks import Inline, Mark, Signs
from disclosure.render.catalog import Catalog
from disclosure.render.legend import LEGEND
from disclosure.render.page import Page
from disclosure.render.summary import sentences
from disclosure.render.view import View
from disclosure.render.words import page_title
from disclosure.writing import Tree

FEED: Final = "feed.atom"
"""The name of a feed, below the address of its page."""
MOST_ENTRIES: Final = 50
"""Reports that a feed tells; its page leads to all."""
NO_TABLES: Final = "已收录，没有读到表格。"
_MOST_SENTENCES: Final = 2
_SITE_TITLE: Final = "阳光年报：收录的年度报告"
_WITH_FEED: Final = frozenset({"home", "region", "office"})
"""The kinds of pages that have a feed."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """Where the feed of a page is, relative to the site's root, and what it is called."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class _Told:
    """A report in words. ``anchor`` is its place on the page of its office."""

    office: Office
    year: int
    anchor: str
    summary: str


def feed_of(page: Page) -> FeedLink | None:
    """The feed beside a page; None where it has none."""
    if page.kind not in _WITH_FEED:
        return None
    return FeedLink(f"{page.url}{FEED}", _SITE_TITLE if page.url == urls.HOME else page.head_title)


def write_feeds(catalog: Catalog, site: Path, on: date, site_url: str = "") -> None:
    """Write the feed of the site, of every region and of every office below ``site``.

    ``on`` is the date of the data, which all entries bear: when a report was added is not known. Where ``site_url``
    is empty, identifiers are ``tag:`` URIs and links are relative to the feed.
    """
    for part in feed_parts(catalog, site, on, site_url, [catalog.offices]):
        part()


def feed_parts(
    catalog: Catalog, site: Path, on: date, site_url: str, runs: Sequence[Sequence[Office]]
) -> list[Callable[[], None]]:
    """The same in parts that know nothing of each other: what lies within a run of offices, run by run; the others."""
    run_of = {office.id: number for number, run in enumerate(runs) for office in run}
    within = {urls.office(office): {number} for office, number in run_of.items()}
    within |= {urls.region(code): {run_of[one.id] for one in inside} for code, inside in catalog.offices_in.items()}
    own: dict[int | None, dict[str, str]] = defaultdict(dict)
    for page, title in _titles(catalog).items():
        number, *others = within.get(page, (None,))
        own[None if others else number][page] = title
    parts = [*enumerate(runs), (None, catalog.offices)]
    return [partial(_write, catalog, offices, own[number], Tree(site), (site_url, on)) for number, offices in parts]


def _write(
    catalog: Catalog, offices: Sequence[Office], titles: Mapping[str, str], files: Tree, told: tuple[str, date]
) -> None:
    """Write the feeds of these pages, which tell of no other offices; ``told`` are the site's address and the date."""
    reports = _reports_of(catalog, offices, titles)
    root, updated = root_of(told[0]), moment(f"{told[1]:%Y-%m-%d}")
    for page, title in titles.items():
        files.write(f"{page}{FEED}", _feed(page, title, reports.get(page, ()), root, updated))


def _titles(catalog: Catalog) -> dict[str, str]:
    """The title of every feed by the address of its page."""
    regions = {urls.region(code): region.name for code, region in sorted(catalog.regions.items())}
    offices = {urls.office(office.id): office.name for office in catalog.offices}
    return {urls.HOME: _SITE_TITLE} | {page: page_title(name) for page, name in (regions | offices).items()}


def _reports_of(catalog: Catalog, offices: Iterable[Office], wanted: Container[str]) -> Mapping[str, list[_Told]]:
    """The reports of every wanted feed that has any, by its page's address: newest year first, then by place."""
    reports = ((office, report) for office in offices for report in catalog.reports.get(office.id, ()))
    feeds: dict[str, list[_Told]] = {}
    for office, report in sorted(reports, key=lambda pair: -(pair[1].year or 0)):
        pages = (urls.HOME, *(urls.region(one.code) for one in office.regions), urls.office(office.id))
        there = (page for page in pages if page in wanted)
        with_room = [feed for page in there if len(feed := feeds.setdefault(page, [])) < MOST_ENTRIES]
        if with_room:
            told = _told(office, report)
            for feed in with_room:
                feed.append(told)
    return feeds


def _told(office: Office, report: Report) -> _Told:
    view = View(office.id, report.year or 0, report)
    said = ("".join(_plain(parts)) for parts in islice(sentences(view), _MOST_SENTENCES))
    return _Told(office, view.year, view.anchor("report"), "".join(said) or NO_TABLES)


def _plain(parts: Iterable[Inline]) -> Iterator[str]:
    """The words of a sentence, with the signs of statuses in brackets."""
    told = (part for part in parts if not isinstance(part, Signs))
    return (f"〔{LEGEND[part.status].sign}〕" if isinstance(part, Mark) else part.text for part in told)


def _feed(page: str, title: str, reports: Iterable[_Told], root: str, updated: str) -> bytes:
    base = root or "../" * page.count("/") or "./"
    identifier = f"{root}{page}{FEED}" if root else f"{TAG}{page}{FEED}"
    feed = begin(Head(identifier, title, updated, f"{base}{page}{FEED}", f"{base}{page}"))
    for told in reports:
        _entry(feed, told, root, base, updated)
    return written(feed)


def _entry(feed: ET.Element, told: _Told, root: str, base: str, updated: str) -> None:
    """One report. Its regions are categories: offices of different places have the same name."""
    page = f"{urls.office(told.office.id)}#{told.anchor}"
    entry = ET.SubElement(feed, "entry")
    add(entry, "id", f"{root}{page}" if root else f"{TAG}{urls.office(told.office.id)}{told.year}")
    add(entry, "title", f"{told.office.name} {told.year} 年政府信息公开工作年度报告")
    add(entry, "updated", updated)
    link(entry, "alternate", f"{base}{page}", "text/html")
    for region in told.office.regions:
        ET.SubElement(entry, "category", {"term": region.code, "label": region.name})
    add(entry, "summary", told.summary)
