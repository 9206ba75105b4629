"""The regions: a list of all, and for each what lies in it and what its reports add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from disclosure.api.amounts import YEAR_SUMS, YearSums
from disclosure.api.kinds import Kind
from disclosure.api.offices import LINKS, office_links, reports_of
from disclosure.api.shapes import array, like, record, whole
from disclosure.api.writer import Pages, Place, Writer
from disclosure.export.schema import OFFICES, REGIONS
from disclosure.figure_json import Json
from disclosure.model import Office, Region
from disclosure.render import urls
from disclosure.render.catalog import Catalog

_ENTRY: Final = {
    "code": like(REGIONS, "region"),
    "name": like(REGIONS, "name"),
    "parent": like(REGIONS, "parent"),
    "office_count": like(REGIONS, "offices"),
}
_LISTED: Final = record("地区", {**_ENTRY, "links": LINKS})
_OFFICE: Final = record(
    "机关",
    {
        "id": like(OFFICES, "office"),
        "name": like(OFFICES, "name"),
        "years": array(whole("年度"), "有报告的年度", "从早到晚。"),
        "links": LINKS,
    },
)
REGION: Final = Kind(
    "region",
    "regions/{region}.json",
    "一个地区：下级地区、直属机关和逐年合计",
    record(
        "地区",
        {
            **_ENTRY,
            "regions": array(_LISTED, "下级地区", "按代码排列。"),
            "sums": array(YEAR_SUMS, "逐年合计", "从早到晚；包括所有下级地区。"),
            "page": whole("第几页"),
            "total": whole("不属于任何下级地区的机关总数"),
            "offices": array(_OFFICE, "机关", "不属于任何下级地区的机关。"),
        },
    ),
    "regions/{region}/pages/{page}.json",
)
LIST: Final = Kind(
    "regions",
    "regions.json",
    "有机关收录的全部省、市、县，按代码排列",
    record(
        "地区名单",
        {"page": whole("第几页"), "total": whole("地区总数"), "regions": array(_LISTED, "地区")},
    ),
    "regions/pages/{page}.json",
)


def write_regions(writer: Writer, catalog: Catalog, sums: Mapping[str, Sequence[YearSums]]) -> None:
    """The list, then the document of every region, by code."""

    def entry(place: Place, region: Region) -> Json:
        return _listed(catalog, place, region)

    def head(place: Place) -> tuple[Json, Json]:
        return {"html": place.page(urls.REGIONS)}, {}

    regions = [region for _, region in sorted(catalog.regions.items())]
    writer.write_pages(LIST, Pages("regions", regions, entry, head))
    for region in regions:
        writer.write_pages(REGION, _region(catalog, region, sums.get(region.code, ())), region=region.code)


def _region(catalog: Catalog, region: Region, sums: Sequence[YearSums]) -> Pages[Office]:
    below = catalog.inside(region.code)

    def head(place: Place) -> tuple[Json, Json]:
        regions = [_listed(catalog, place, one) for one in below]
        told = _entry(catalog, region) | {"regions": regions, "sums": [one.as_json() for one in sums]}
        return {"html": place.page(urls.region(region.code)), "list": place.document(LIST)}, told

    def entry(place: Place, office: Office) -> Json:
        years = [year for year, _ in reports_of(catalog, office)]
        return {"id": office.id, "name": office.name, "years": years, "links": office_links(place, office)}

    return Pages("offices", catalog.directly_in(region.code), entry, head)


def _entry(catalog: Catalog, region: Region) -> Json:
    parents = catalog.parents[region.code]
    return {
        "code": region.code,
        "name": region.name,
        "parent": parents[-1].code if parents else None,
        "office_count": len(catalog.offices_in[region.code]),
    }


def _listed(catalog: Catalog, place: Place, region: Region) -> Json:
    links = {"self": place.document(REGION, region=region.code), "html": place.page(urls.region(region.code))}
    return _entry(catalog, region) | {"links": links}
