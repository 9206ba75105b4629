"""render: every generated page of the site, in one list."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.model import Office
from disclosure.render import urls
from disclosure.render.catalog import Catalog
from disclosure.render.home import home_page
from disclosure.render.measure_pages import measure_pages
from disclosure.render.office import office_page
from disclosure.render.page import Page
from disclosure.render.quality import quality_page
from disclosure.render.regions import region_pages
from disclosure.render.report import older_report_pages
from disclosure.render.rules import rule_pages
from disclosure.render.source import source_addresses, source_pages
from disclosure.render.terms import terms_page
from disclosure.render.years import year_pages


def render_site(catalog: Catalog) -> list[Page]:
    """All pages but those that lead elsewhere, in an order that depends on the data alone."""
    return [*shared_pages(catalog), *(page for office in catalog.offices for page in office_pages(catalog, office))]


def shared_pages(catalog: Catalog) -> list[Page]:
    """The pages that are about more than one office."""
    return [
        home_page(catalog),
        *region_pages(catalog),
        *year_pages(catalog),
        *measure_pages(catalog),
        quality_page(catalog),
        *rule_pages(catalog),
        terms_page(),
    ]


def office_pages(catalog: Catalog, office: Office) -> Iterator[Page]:
    """The pages about one office: its own, that of every older report, and the files of all reports."""
    yield office_page(catalog, office)
    yield from older_report_pages(catalog, office)
    for report in catalog.reports.get(office.id, ()):
        yield from source_pages(office, report)


def office_addresses(catalog: Catalog, office: Office) -> Iterator[str]:
    """The addresses of these pages, in the same order, without making them."""
    reports = catalog.reports.get(office.id, ())
    yield urls.office(office.id)
    yield from (catalog.page_of(office.id, report.year or 0) for report in reversed(reports[:-1]))
    for report in reports:
        yield from source_addresses(office, report)
