"""render: every generated page of the site, in one list."""

from __future__ import annotations

from disclosure.render.catalog import Catalog
from disclosure.render.home import home_page
from disclosure.render.measure_pages import measure_pages
from disclosure.render.office import office_page
from disclosure.render.page import Page
from disclosure.render.quality import quality_page
from disclosure.render.regions import region_pages
from disclosure.render.report import older_report_pages
from disclosure.render.rules import rule_pages
from disclosure.render.source import source_pages
from disclosure.render.terms import terms_page
from disclosure.render.years import year_pages


def render_site(catalog: Catalog) -> list[Page]:
    """All pages, in an order that depends on the data alone."""
    return [
        home_page(catalog),
        *region_pages(catalog),
        *(page for office in catalog.offices for page in _office_pages(catalog, office.id)),
        *year_pages(catalog),
        *measure_pages(catalog),
        quality_page(catalog),
        *rule_pages(catalog),
        terms_page(),
    ]


def _office_pages(catalog: Catalog, office_id: str) -> list[Page]:
    office = catalog.office[office_id]
    sources = (page for report in catalog.reports.get(office_id, ()) for page in source_pages(office, report))
    return [office_page(catalog, office), *older_report_pages(catalog, office), *sources]
