"""The years: a list, and for each the sums over all reports and the way down, region by region, to single reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from disclosure.api.amounts import AMOUNTS, YearSums, amount_json
from disclosure.api.kinds import Kind
from disclosure.api.offices import LINKS, REGION, region_json, reports_of
from disclosure.api.reports import REPORT
from disclosure.api.shapes import Schema, array, like, nullable, record, whole
from disclosure.api.writer import Pages, Place, Writer
from disclosure.export.schema import OFFICES, REGION_SUMS, REPORTS
from disclosure.figure_json import Json
from disclosure.measures import MAIN_MEASURES
from disclosure.model import Office, Region, Report
from disclosure.region_sums import ALL
from disclosure.render import urls
from disclosure.render.catalog import Catalog

_COUNT: Final = {"year": like(REPORTS, "year"), "report_count": like(REGION_SUMS, "reports")}
_BELOW: Final = record(
    "下级地区", {**REGION["properties"], "report_count": like(REGION_SUMS, "reports"), "links": LINKS}
)
_REPORT: Final = record(
    "一份报告的主要指标",
    {
        "office": like(OFFICES, "office"),
        "name": like(OFFICES, "name"),
        "form": like(REPORTS, "form"),
        "measures": AMOUNTS,
        "links": LINKS,
    },
)


def _year_schema(region: Schema) -> Schema:
    return record(
        "一年的报告",
        {
            **_COUNT,
            "region": region,
            "measures": {**AMOUNTS, "title": "合计", "description": "全部报告的合计，包括所有下级地区。"},
            "regions": array(_BELOW, "下级地区", "这一年有报告的下级地区，按代码排列。"),
            "page": whole("第几页"),
            "total": whole("不属于任何下级地区的报告总数"),
            "reports": array(_REPORT, "报告", "不属于任何下级地区的机关的报告。"),
        },
    )


YEAR: Final = Kind(
    "year",
    "years/{year}.json",
    "一年：全部报告的合计，和各省级地区的链接",
    _year_schema(nullable(REGION)),
    "years/{year}/pages/{page}.json",
)
YEAR_REGION: Final = Kind(
    "year_region",
    "years/{year}/{region}.json",
    "一个地区一年的报告：合计、下级地区的链接，和直属机关的主要指标",
    _year_schema(REGION),
    "years/{year}/{region}/pages/{page}.json",
)
LIST: Final = Kind(
    "years",
    "years.json",
    "有报告的各个年度",
    record(
        "年度", {"years": array(record("年度", {**_COUNT, "measures": AMOUNTS, "links": LINKS}), "年度", "从新到旧。")}
    ),
)

Sums: TypeAlias = Mapping[tuple[str, int], YearSums]
Filed: TypeAlias = tuple[Office, Report]


class _Part(NamedTuple):
    """A year, everywhere or in a region."""

    year: int
    region: Region | None = None

    @property
    def code(self) -> str:
        return self.region.code if self.region else ALL

    @property
    def html(self) -> str:
        return urls.region(self.region.code) if self.region else urls.year(self.year)

    def link(self, place: Place) -> str:
        if self.region is None:
            return place.document(YEAR, year=self.year)
        return place.document(YEAR_REGION, year=self.year, region=self.region.code)


def write_years(writer: Writer, catalog: Catalog, sums: Mapping[str, Sequence[YearSums]]) -> None:
    """The list, then every year with its regions, newest first."""
    by_year = {(region, one.year): one for region, listed in sums.items() for one in listed}
    counts = _count_reports(catalog)
    place = writer.place(LIST)
    years = [_in_list(place, year, counts, by_year) for year in catalog.years]
    writer.write(place, {"years": years}, {"html": place.page(urls.YEARS)})
    for year in catalog.years:
        writer.write_pages(YEAR, _pages(catalog, _Part(year), counts, by_year), year=year)
        for code, region in sorted(catalog.regions.items()):
            if counts[code, year]:
                pages = _pages(catalog, _Part(year, region), counts, by_year)
                writer.write_pages(YEAR_REGION, pages, year=year, region=code)


def _count_reports(catalog: Catalog) -> Counter[tuple[str, int]]:
    """How many reports there are in each region, and everywhere, for each year."""
    return Counter(
        (code, year)
        for office in catalog.offices
        for year, _ in reports_of(catalog, office)
        for code in (ALL, *(region.code for region in office.regions))
    )


def _in_list(place: Place, year: int, counts: Counter[tuple[str, int]], sums: Sums) -> Json:
    links = {"self": place.document(YEAR, year=year), "html": place.page(urls.year(year))}
    return _counted(_Part(year), counts, sums) | {"links": links}


def _counted(part: _Part, counts: Counter[tuple[str, int]], sums: Sums) -> Json:
    found = sums.get((part.code, part.year))
    measures = found.measures if found else {}
    return {"year": part.year, "report_count": counts[part.code, part.year], "measures": measures}


def _pages(catalog: Catalog, part: _Part, counts: Counter[tuple[str, int]], sums: Sums) -> Pages[Filed]:
    below = [one for one in catalog.inside(part.region and part.region.code) if counts[one.code, part.year]]
    region = region_json(part.region) if part.region else None

    def head(place: Place) -> tuple[Json, Json]:
        regions = [_below(place, _Part(part.year, one), one, counts) for one in below]
        links = {"html": place.page(part.html), "list": place.document(LIST)}
        return links, {**_counted(part, counts, sums), "region": region, "regions": regions}

    def entry(place: Place, filed: Filed) -> Json:
        return _report(catalog, place, part.year, *filed)

    return Pages("reports", _reports(catalog, part), entry, head)


def _reports(catalog: Catalog, part: _Part) -> list[Filed]:
    """The reports of those offices that belong to no region below."""
    nowhere = [office for office in catalog.offices if not office.regions]
    offices = catalog.directly_in(part.region.code) if part.region else nowhere
    return [(office, report) for office in offices if (report := catalog.report(office.id, part.year))]


def _below(place: Place, part: _Part, region: Region, counts: Counter[tuple[str, int]]) -> Json:
    links = {"self": part.link(place), "html": place.page(part.html)}
    return region_json(region) | {"report_count": counts[region.code, part.year], "links": links}


def _report(catalog: Catalog, place: Place, year: int, office: Office, report: Report) -> Json:
    tallies = ((measure, catalog.tallies.get((office.id, year, measure.id))) for measure in MAIN_MEASURES)
    return {
        "office": office.id,
        "name": office.name,
        "form": report.form,
        "measures": {measure.id: amount_json(measure, tally) for measure, tally in tallies if tally},
        "links": {
            "self": place.document(REPORT, office=office.id, year=year),
            "html": place.page(urls.office(office.id), urls.year_anchor(year, "report")),
        },
    }
