"""All documents, in one order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from disclosure.api import compare, findings, index, offices, regions, reports, vocabulary, years
from disclosure.api.amounts import sums_by_region
from disclosure.api.openapi import write_descriptions
from disclosure.api.writer import SCHEMA, Writer
from disclosure.export.release import Release
from disclosure.model import Office
from disclosure.render.catalog import Catalog
from disclosure.writing import Tree

KINDS: Final = (
    index.INDEX, offices.LIST, offices.OFFICE, reports.REPORT, regions.LIST, regions.REGION, years.LIST, years.YEAR,
    years.YEAR_REGION, vocabulary.MEASURE_LIST, vocabulary.FORM_LIST, vocabulary.STATUS_LIST, vocabulary.RULE_LIST,
    findings.INDEX, findings.RULE_FINDINGS, *compare.KINDS, SCHEMA, index.OPENAPI,
)  # fmt: skip
"""Every kind of document."""
Part: TypeAlias = Callable[[], list[str]]
"""Writes some of the documents, and returns their paths."""


def write_api(catalog: Catalog, release: Release, folder: Path) -> list[str]:
    """Write every document below ``folder`` (``site/api/v1``), one after the other, and return their paths in it.

    Links are complete where ``release.site_url`` is known, else relative to the document they stand in, so that a site
    works wherever it is put.

    Raises:
        DisclosureError: an identifier cannot be a part of an address.
    """
    return [path for part in api_parts(catalog, release, folder, [catalog.offices]) for path in part()]


def api_parts(catalog: Catalog, release: Release, folder: Path, runs: Sequence[Sequence[Office]]) -> list[Part]:
    """The same in parts that know nothing of each other: the offices of each run with their reports; the others."""
    found = findings.index_findings(catalog.findings)
    rows = offices.rows_by_report(catalog)

    def part(write: Callable[[Writer], None]) -> Part:
        def written() -> list[str]:
            writer = Writer(release, Tree(folder))
            write(writer)
            return writer.written

        return written

    def sums(writer: Writer) -> None:
        added = sums_by_region(catalog.region_sums)
        regions.write_regions(writer, catalog, added)
        years.write_years(writer, catalog, added)

    def others(writer: Writer) -> None:
        index.write_index(writer, catalog)
        vocabulary.write_vocabulary(writer, found)
        offices.write_list(writer, catalog)
        findings.write_findings(writer, found)
        compare.write_compare(writer, catalog)
        write_descriptions(writer, KINDS)

    def some(listed: Sequence[Office]) -> Callable[[Writer], None]:
        return lambda writer: offices.write_offices(writer, catalog, listed, rows, found)

    return [part(write) for write in (*map(some, runs), others, sums)]
