"""The years: a root, and one page for every year with the reports of all offices side by side."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.model import Region
from disclosure.region_sums import ALL
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Breadcrumb,
    Bullets,
    Heading,
    Item,
    Link,
    Paragraph,
    Small,
    Text,
    To,
    paragraph,
)
from disclosure.render.catalog import Catalog
from disclosure.render.comparison import of_year
from disclosure.render.indexes import HOME, SHARES_NOTE, region_table, shares_table, sum_table, year_table
from disclosure.render.page import Page
from disclosure.render.regions import INDEX_NOTE, MOST_OFFICES

_YEARS = Link("年份", To(urls.YEARS))


def year_pages(catalog: Catalog) -> list[Page]:
    """The root and the page of every year, newest first, then those of a year's regions where there are any."""
    regions = list(_apart_at_any_depth(catalog, None))
    within = (_year_in(catalog, year, region) for year in catalog.years for region in regions)
    return [_root(catalog), *(_year(catalog, year) for year in catalog.years), *within]


def _root(catalog: Catalog) -> Page:
    items = tuple(
        Item((Link(f"{year} 年", To(urls.year(year))), Small(f"（收录 {catalog.reported[ALL, year]} 份报告）")))
        for year in catalog.years
    )
    blocks = (
        Breadcrumb((HOME,), "年份"),
        Heading(1, "按年份查看", "top"),
        paragraph("把同一年各机关的主要数字放在一处看。按行政区划代码排列，不作排名。", "lead"),
        Bullets(items),
        Heading(2, "逐年合计", "sums"),
        sum_table(catalog, "全部已收录机关逐年合计（件）", ALL, catalog.years),
        paragraph(INDEX_NOTE, "note"),
    )
    return Page(urls.YEARS, "按年份查看", "按年份查看各机关的政府信息公开工作年度报告。", blocks, "years")


def _year(catalog: Catalog, year: int) -> Page:
    count = catalog.reported[ALL, year]
    missing = len(catalog.offices) - count
    rest = Link("数据质量", To(urls.QUALITY, "coverage"))
    gaps = Paragraph((Text(f"另有 {missing} 个机关的 {year} 年报告本站尚未收录，见"), rest, Text("。")))
    blocks = (
        Breadcrumb((HOME, _YEARS), f"{year} 年"),
        Heading(1, f"{year} 年各机关的报告", "top"),
        paragraph(f"已收录 {count} 份。按行政区划代码排列，不作排名。", "lead"),
        of_year(year),
        *_reports(catalog, year, None),
        *((gaps,) if missing else ()),
        paragraph(INDEX_NOTE, "note"),
        Heading(2, "比值", "shares"),
        shares_table(catalog, f"{year} 年全部已收录机关的比值", ALL, [year]),
        paragraph(SHARES_NOTE, "note"),
    )
    description = f"{year} 年各机关政府信息公开工作年度报告的主要数字、合计与缺数。"
    return Page(urls.year(year), f"{year} 年政府信息公开年报", description, blocks, "year")


def _year_in(catalog: Catalog, year: int, region: Region) -> Page:
    """One year within a region: a page that exists only where the page above it would be too long."""
    here = Link(region.name, To(urls.region(region.code)))
    above = (_link(year, one) for one in catalog.parents[region.code])
    blocks = (
        Breadcrumb((HOME, _YEARS, Link(f"{year} 年", To(urls.year(year))), *above), region.name),
        Heading(1, f"{region.name} {year} 年各机关的报告", "top"),
        Paragraph((Text("按行政区划代码排列，不作排名。其他年份见"), here, Text("。")), "lead"),
        of_year(year, region.code),
        *_reports(catalog, year, region),
        paragraph(INDEX_NOTE, "note"),
    )
    description = f"{region.name}各机关 {year} 年政府信息公开工作年度报告的主要数字、合计与缺数。"
    url = urls.year_region(year, region.code)
    return Page(url, f"{region.name} {year} 年政府信息公开年报", description, blocks, "year")


def _reports(catalog: Catalog, year: int, region: Region | None) -> Iterator[Block]:
    """The reports of a year, or, where they are many, the sums of the regions below and the way to their reports."""
    code, name = (region.code, region.name) if region else (None, "")
    offices = catalog.offices_in[code] if code else catalog.offices
    below = _apart(catalog, code)
    if below:
        links = {one.code: _link(year, one) for one in below}
        yield paragraph("机关较多，这里列各地区的合计；点地区名，看其中各机关。")
        yield region_table(catalog, f"{name}各地区 {year} 年合计（件）", links, year)
        offices = catalog.directly_in(code) if code else ()
    if offices or not below:
        yield year_table(catalog, f"{name}{year} 年各机关申请办理和争议情况（件）", offices, year)


def _apart(catalog: Catalog, code: str | None) -> list[Region]:
    """The regions directly below one (None: the country) whose reports of a year have a page of their own."""
    offices = catalog.offices_in[code] if code else catalog.offices
    return catalog.inside(code) if len(offices) > MOST_OFFICES else []


def _apart_at_any_depth(catalog: Catalog, code: str | None) -> Iterator[Region]:
    for region in _apart(catalog, code):
        yield region
        yield from _apart_at_any_depth(catalog, region.code)


def _link(year: int, region: Region) -> Link:
    return Link(region.name, To(urls.year_region(year, region.code)))
