"""What the data are, for search engines: a schema.org ``Dataset`` as JSON-LD, to stand in the head of /data/."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from disclosure.export.package import describe_package
from disclosure.export.publish import WORKBOOK, Published
from disclosure.render import urls

Json = dict[str, Any]
_CSV: Final = "text/csv"
_PARQUET: Final = "application/vnd.apache.parquet"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TO_ROOT: Final = "../" * urls.DATA.count("/")
_NOT_IN_A_SCRIPT: Final = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&"})
"""With these as JSON's own escapes, no text can end the element that it stands in."""


def describe_dataset(published: Published, years: Sequence[int], about: str) -> Json:
    """The dataset in the words of ``datapackage.json``; ``about`` is the description of the page it stands on.

    ``years`` are those that reports are about, in any order. Where the address of the site is not known, the addresses
    of the files are relative to the page.
    """
    package = describe_package(published.release, published.written, published.sums)
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": package["title"],
        "description": f"{about}{package['description']}",
        **({"url": package["homepage"]} if "homepage" in package else {}),
        "version": package["version"],
        "dateModified": package["data_date"],
        "license": package["licenses"][0]["path"],
        "creator": {"@type": "Organization", "name": package["contributors"][0]["title"]},
        "keywords": package["keywords"],
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        **({"temporalCoverage": f"{min(years)}/{max(years)}"} if years else {}),
        "distribution": list(_distribution(published)),
    }


def as_script(data: Json) -> str:
    """JSON that can stand inside a ``script`` element as it is."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_NOT_IN_A_SCRIPT)


def _distribution(published: Published) -> Iterator[Json]:
    """The workbook, then every table in both formats."""
    yield _download(published, WORKBOOK, "Excel 工作簿", _XLSX)
    for one in published.written:
        yield _download(published, one.csv, one.schema.title, _CSV)
        yield _download(published, one.parquet, one.schema.title, _PARQUET)


def _download(published: Published, path: str, name: str, media_type: str) -> Json:
    return {
        "@type": "DataDownload",
        "name": name,
        "contentUrl": f"{published.release.site_url or _TO_ROOT}{urls.DATA_FILES}{path}",
        "encodingFormat": media_type,
        "contentSize": f"{published.bytes_of(path)} B",
    }
