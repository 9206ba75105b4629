"""All documents, in one order."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from disclosure.api import compare, findings, index, offices, regions, reports, vocabulary, years
from disclosure.api.amounts import sums_by_region
from disclosure.api.openapi import write_descriptions
from disclosure.api.writer import SCHEMA, Writer
from disclosure.export.release import Release
from disclosure.render.catalog import Catalog
from disclosure.writing import Tree

KINDS: Final = (
    index.INDEX, offices.LIST, offices.OFFICE, reports.REPORT, regions.LIST, regions.REGION, years.LIST, years.YEAR,
    years.YEAR_REGION, vocabulary.MEASURE_LIST, vocabulary.FORM_LIST, vocabulary.STATUS_LIST, vocabulary.RULE_LIST,
    findings.INDEX, findings.RULE_FINDINGS, *compare.KINDS, SCHEMA, index.OPENAPI,
)  # fmt: skip
"""Every kind of document."""


def write_api(catalog: Catalog, region_sums: pd.DataFrame, release: Release, folder: Path) -> list[str]:
    """Write every document below ``folder`` (``site/api/v1``), one after the other, and return their paths in it.

    ``region_sums`` has the columns of ``export.schema.REGION_SUMS``. Links are complete where ``release.site_url`` is
    known, else relative to the document they stand in, so that a site works wherever it is put.

    Raises:
        DisclosureError: an identifier cannot be a part of an address.
    """
    writer = Writer(release, Tree(folder))
    found = findings.index_findings(catalog.findings)
    sums = sums_by_region(region_sums)
    index.write_index(writer, catalog)
    vocabulary.write_vocabulary(writer, found)
    offices.write_offices(writer, catalog, found)
    regions.write_regions(writer, catalog, sums)
    years.write_years(writer, catalog, sums)
    findings.write_findings(writer, found)
    compare.write_compare(writer, catalog)
    write_descriptions(writer, KINDS)
    return writer.written
