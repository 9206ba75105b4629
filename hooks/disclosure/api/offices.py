"""The offices: a list of all, one document for each, and one for each of its reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pandas as pd

from disclosure.api.amounts import AMOUNTS, amount_json
from disclosure.api.findings import FindingIndex
from disclosure.api.kinds import Kind
from disclosure.api.reports import HEAD, REPORT, report_data, report_head
from disclosure.api.shapes import array, like, mapping, record, title_of, whole, words
from disclosure.api.writer import Pages, Place, Writer
from disclosure.export.schema import OFFICES, REGIONS
from disclosure.figure_json import Json
from disclosure.measures import MEASURE
from disclosure.model import Office, Region, Report
from disclosure.render import urls
from disclosure.render.catalog import Catalog
from disclosure.render.view import View

LINKS: Final = mapping(words("网址"), "链接")
REGION: Final = record("地区", {"code": like(REGIONS, "region"), "name": like(REGIONS, "name")})
_ENTRY: Final = {
    "id": like(OFFICES, "office"),
    "name": like(OFFICES, "name"),
    "former_names": array(words(title_of(OFFICES, "former_names")), title_of(OFFICES, "former_names")),
    "kind": like(OFFICES, "kind"),
    "regions": array(REGION, "所在地区", "从省级到最低一级。"),
    "years": array(whole("年度"), "有报告的年度", "从早到晚。"),
}
_REPORT: Final = record("报告", {**HEAD, "measures": AMOUNTS, "links": LINKS})
_PLACE: Final = ("place_known_by", "place_inferred", "website")

OFFICE: Final = Kind(
    "office",
    "offices/{office}.json",
    "一个机关：怎么知道它在哪里，它的各份报告和指标",
    record(
        "机关",
        {**_ENTRY, **{name: like(OFFICES, name) for name in _PLACE}, "reports": array(_REPORT, "报告", "从早到晚。")},
    ),
)
LIST: Final = Kind(
    "offices",
    "offices.json",
    "全部机关的名单，按所在地区的代码和机关编号排列",
    record(
        "机关名单",
        {
            "page": whole("第几页"),
            "total": whole("机关总数"),
            "offices": array(record("机关", {**_ENTRY, "links": LINKS}), "机关"),
        },
    ),
    "offices/pages/{page}.json",
)


class _ByReport:
    """The rows of a table of the dataset by report, some columns of them; a report's rows stand together."""

    def __init__(self, frame: pd.DataFrame, columns: Sequence[str]) -> None:
        self._columns = [frame[name].tolist() for name in columns]
        keys = list(zip(frame["office"].tolist(), frame["year"].tolist(), strict=True))
        starts = [number for number, key in enumerate(keys) if not number or key != keys[number - 1]]
        self._rows = {keys[start]: (start, end) for start, end in pairwise([*starts, len(keys)])}

    def of(self, office: str, year: int) -> list[tuple[Any, ...]]:
        """The rows of one report."""
        start, end = self._rows.get((office, year), (0, 0))
        return list(zip(*(column[start:end] for column in self._columns), strict=True))


def region_json(region: Region) -> Json:
    """A region as it stands in documents."""
    return {"code": region.code, "name": region.name}


class Rows(NamedTuple):
    """What tables of the dataset say of each report."""

    measures: _ByReport
    sources: _ByReport


def rows_by_report(catalog: Catalog) -> Rows:
    """The measures of every report as (measure, tally, share), and its sources as (file, sha256, figures)."""
    measures = _ByReport(catalog.dataset.measures, ("measure", "tally", "share"))
    return Rows(measures, _ByReport(catalog.dataset.sources, ("file", "sha256", "figures")))


def write_list(writer: Writer, catalog: Catalog) -> None:
    """The list of all offices."""
    writer.write_pages(LIST, _list(catalog))


def write_offices(
    writer: Writer, catalog: Catalog, offices: Sequence[Office], rows: Rows, findings: FindingIndex
) -> None:
    """Office by office its document and those of its reports."""
    for office in offices:
        place = writer.place(OFFICE, office=office.id)
        told = []
        for year, report in reports_of(catalog, office):
            found = findings.by_report.get((office.id, year), ())
            head = report_head(office, report, year, rows.sources.of(office.id, year), len(found))
            told.append(head | _told(place, office, year, rows.measures.of(office.id, year)))
            at = writer.place(REPORT, office=office.id, year=year)
            view = View(office.id, year, report)
            writer.write(at, report_data(at, office, view, head, found), _report_links(at, view))
        writer.write(place, _office(catalog, office) | {"reports": told}, _office_links(place, office))


def reports_of(catalog: Catalog, office: Office) -> Iterator[tuple[int, Report]]:
    """The reports of an office with their years, oldest first."""
    return ((report.year, report) for report in catalog.reports.get(office.id, ()) if report.year is not None)


def _list(catalog: Catalog) -> Pages[Office]:
    def entry(place: Place, office: Office) -> Json:
        return _entry(catalog, office) | {"links": office_links(place, office)}

    def head(place: Place) -> tuple[Json, Json]:
        return {"html": place.page(urls.REGIONS)}, {}

    return Pages("offices", catalog.offices, entry, head)


def office_links(place: Place, office: Office) -> Json:
    """The ways from a list to an office."""
    return {"self": place.document(OFFICE, office=office.id), "html": place.page(urls.office(office.id))}


def _entry(catalog: Catalog, office: Office) -> Json:
    return {
        "id": office.id,
        "name": office.name,
        "former_names": list(office.former_names),
        "kind": office.kind,
        "regions": [region_json(region) for region in office.regions],
        "years": [year for year, _ in reports_of(catalog, office)],
    }


def _office(catalog: Catalog, office: Office) -> Json:
    return _entry(catalog, office) | {name: getattr(office, name) for name in _PLACE}


def _office_links(place: Place, office: Office) -> Json:
    return {"html": place.page(urls.office(office.id)), "list": place.document(LIST)}


def _told(place: Place, office: Office, year: int, measures: Sequence[tuple[Any, ...]]) -> Json:
    """What the document of an office tells of a report beside its head."""
    amounts = {name: amount_json(MEASURE[name], tally if share is None else share) for name, tally, share in measures}
    links = {
        "self": place.document(REPORT, office=office.id, year=year),
        "html": place.page(urls.office(office.id), urls.year_anchor(year, "report")),
    }
    return {"measures": amounts, "links": links}


def _report_links(place: Place, view: View) -> Json:
    return {
        "html": place.page(urls.office(view.office), view.anchor("report")),
        "source": place.page(urls.source(view.office, view.year)),
        "office": place.document(OFFICE, office=view.office),
    }
