"""The regions: a root, and one page for every province, city and county that some office belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure.model import Office, Region
from disclosure.region_sums import ALL
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Breadcrumb,
    Bullets,
    Heading,
    Item,
    Link,
    Small,
    To,
    paragraph,
)
from disclosure.render.catalog import Catalog
from disclosure.render.comparison import of_region
from disclosure.render.coverage import ANCHOR, office_map, region_map, signs_note
from disclosure.render.indexes import HOME, SHARES_NOTE, latest_table, region_table, shares_table, sum_table
from disclosure.render.page import Page
from disclosure.render.words import page_title

_ROOT = Link("地区", To(urls.REGIONS))
MOST_OFFICES = 60
"""A region with more offices shows its regions instead: nobody reads hundreds of rows, and laying them out keeps a
phone busy (Lighthouse's mid-range one 0.15 s for 100, most of a second for 300)."""
SUMS_NOTE = (
    "合计只加本站已收录的报告。有缺数时，合计前写“≥”，后面写明几份中有几份有数；缺数不当作 0。"
    "其中有勾稽不符的，只写明份数，不写“≥”。"
)
INDEX_NOTE = f"{SUMS_NOTE}只列 2019 年版和 2021 年版表式含义相同的项目。点带点线的数看来历，点列名看解释。"
"""What stands below tables of the main measures, which both editions of the form have."""


def region_pages(catalog: Catalog) -> list[Page]:
    """The root and the page of every region, by code."""
    return [_root(catalog), *(_region(catalog, region) for _, region in sorted(catalog.regions.items()))]


def _root(catalog: Catalog) -> Page:
    blocks = (
        Breadcrumb((HOME,), "地区"),
        Heading(1, "按地区查看", "top"),
        paragraph("从省、市到县，逐级列出各机关的主要数字。按行政区划代码排列，不作排名。", "lead"),
        *_below(catalog, None, "省、自治区、直辖市"),
        *_sums(catalog, "全部已收录机关", ALL),
    )
    return Page(urls.REGIONS, "按地区查看", "按省、市、县查看政府信息公开工作年度报告。", tuple(blocks), "regions")


def _region(catalog: Catalog, region: Region) -> Page:
    offices = catalog.offices_in[region.code]
    parents = catalog.parents[region.code]
    full_name = "".join(one.name for one in (*parents, region))
    blocks = (
        Breadcrumb((HOME, _ROOT, *(_link(parent) for parent in parents)), region.name),
        Heading(1, region.name, "top"),
        paragraph(f"{full_name}，已收录 {len(offices)} 个机关。按行政区划代码排列，不作排名。", "lead"),
        *of_region(catalog, region),
        *(_many if len(offices) > MOST_OFFICES else _few)(catalog, region),
        *_sums(catalog, region.name, region.code),
        *_coverage(catalog, region),
    )
    description = f"{full_name}各机关的政府信息公开工作年度报告：主要数字、合计与缺数。"
    return Page(urls.region(region.code), page_title(region.name), description, tuple(blocks), "region")


def _few(catalog: Catalog, region: Region) -> Iterator[Block]:
    """The way to the regions below, and every office."""
    yield from _below(catalog, region.code, "所辖地区")
    yield from _offices(catalog, region, catalog.offices_in[region.code])


def _many(catalog: Catalog, region: Region) -> Iterator[Block]:
    """The sums of the regions below, and only those offices that belong to none of them."""
    below = catalog.inside(region.code)
    if below and catalog.years:
        year = catalog.years[0]
        yield Heading(2, "所辖地区", "regions")
        yield paragraph("机关较多，这里只列所辖地区的合计；点地区名，看其中各机关。")
        links = {one.code: _link(one) for one in below}
        yield region_table(catalog, f"{region.name}所辖地区 {year} 年合计（件）", links, year)
    else:
        yield from _below(catalog, region.code, "所辖地区")
    own = catalog.directly_in(region.code)
    if own:
        yield from _offices(catalog, region, own)


def _offices(catalog: Catalog, region: Region, offices: Sequence[Office]) -> Iterator[Block]:
    yield Heading(2, "各机关", "offices")
    caption = f"{region.name}各机关最近一份报告的申请办理和争议情况（件）"
    yield latest_table(catalog, caption, offices, region.code)


def _coverage(catalog: Catalog, region: Region) -> Iterator[Block]:
    """The map of the region's offices and years; where they are many, that of the regions below."""
    if not catalog.years:
        return
    offices = catalog.offices_in[region.code]
    yield Heading(2, "收录与核对", ANCHOR)
    below = catalog.inside(region.code) if len(offices) > MOST_OFFICES else []
    if below:
        yield region_map(catalog, f"{region.name}所辖地区各年度的报告", below)
        offices = catalog.directly_in(region.code)
    if offices:
        yield office_map(catalog, f"{region.name}各机关各年度的报告、发现和没有列出的数字", offices, region.code)
    yield signs_note()


def _link(region: Region) -> Link:
    return Link(region.name, To(urls.region(region.code)))


def _below(catalog: Catalog, code: str | None, title: str) -> Iterator[Block]:
    below = catalog.inside(code)
    if below:
        yield Heading(2, title, "regions")
        yield Bullets(tuple(_item(catalog, region) for region in below))


def _item(catalog: Catalog, region: Region) -> Item:
    return Item((_link(region), Small(f"（{len(catalog.offices_in[region.code])} 个机关）")))


def _sums(catalog: Catalog, name: str, code: str) -> Iterator[Block]:
    if catalog.years:
        yield Heading(2, "逐年合计", "sums")
        yield sum_table(catalog, f"{name}逐年合计（件）", code, catalog.years)
        yield paragraph(INDEX_NOTE, "note")
        yield Heading(2, "逐年比值", "shares")
        yield shares_table(catalog, f"{name}逐年比值", code, catalog.years)
        yield paragraph(SHARES_NOTE, "note")
