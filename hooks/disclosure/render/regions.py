"""The regions: a root, and one page for every province, city and county that some office belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure.model import Office, Region
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
from disclosure.render.indexes import latest_table, sum_table
from disclosure.render.page import Page

_HOME = Link("首页", To(urls.HOME))
_ROOT = Link("地区", To(urls.REGIONS))
SUMS_NOTE = (
    "合计只加本站已收录的报告。有缺数时，合计前写“≥”，后面写明几份中有几份有数；缺数不当作 0。"
    "只列 2019 年版和 2021 年版表式含义相同的项目。"
)


def region_pages(catalog: Catalog) -> list[Page]:
    """The root and the page of every region, by code."""
    return [_root(catalog), *(_region(catalog, region) for _, region in sorted(catalog.regions.items()))]


def _root(catalog: Catalog) -> Page:
    blocks = (
        Breadcrumb((_HOME,), "地区"),
        Heading(1, "按地区查看", "top"),
        paragraph("从省、市到县，逐级列出各机关的主要数字。按行政区划代码排列，不作排名。", "lead"),
        *_below(catalog, None, "省、自治区、直辖市"),
        *_sums(catalog, "全部已收录机关", catalog.offices),
    )
    return Page(urls.REGIONS, "按地区查看", "按省、市、县查看政府信息公开工作年度报告。", tuple(blocks), "regions")


def _region(catalog: Catalog, region: Region) -> Page:
    offices = catalog.offices_in[region.code]
    parents = catalog.parents[region.code]
    full_name = "".join(one.name for one in (*parents, region))
    blocks = (
        Breadcrumb((_HOME, _ROOT, *(_link(parent) for parent in parents)), region.name),
        Heading(1, region.name, "top"),
        paragraph(f"{full_name}，已收录 {len(offices)} 个机关。按行政区划代码排列，不作排名。", "lead"),
        *_below(catalog, region.code, "所辖地区"),
        Heading(2, "各机关", "offices"),
        latest_table(catalog, f"{region.name}各机关最近一份报告的申请办理和争议情况（件）", region.code),
        *_sums(catalog, region.name, offices),
    )
    description = f"{full_name}各机关的政府信息公开工作年度报告：主要数字、合计与缺数。"
    return Page(urls.region(region.code), f"{region.name}：政府信息公开年报", description, tuple(blocks), "region")


def _link(region: Region) -> Link:
    return Link(region.name, To(urls.region(region.code)))


def _below(catalog: Catalog, code: str | None, title: str) -> Iterator[Block]:
    below = catalog.inside(code)
    if below:
        yield Heading(2, title, "regions")
        yield Bullets(tuple(_item(catalog, region) for region in below))


def _item(catalog: Catalog, region: Region) -> Item:
    return Item((_link(region), Small(f"（{len(catalog.offices_in[region.code])} 个机关）")))


def _sums(catalog: Catalog, name: str, offices: Sequence[Office]) -> Iterator[Block]:
    if catalog.years:
        yield Heading(2, "逐年合计", "sums")
        yield sum_table(catalog, f"{name}逐年合计（件）", offices, catalog.years)
        yield paragraph(SUMS_NOTE, "note")
