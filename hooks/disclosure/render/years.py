"""The years: a root, and one page for every year with the reports of all offices side by side."""

from __future__ import annotations

from disclosure.render import urls
from disclosure.render.blocks import (
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
from disclosure.render.indexes import sum_table, year_table
from disclosure.render.page import Page
from disclosure.render.regions import SUMS_NOTE

_HOME = Link("首页", To(urls.HOME))


def year_pages(catalog: Catalog) -> list[Page]:
    """The root and the page of every year, newest first."""
    return [_root(catalog), *(_year(catalog, year) for year in catalog.years)]


def _collected(catalog: Catalog, year: int) -> int:
    return sum(catalog.report(office.id, year) is not None for office in catalog.offices)


def _root(catalog: Catalog) -> Page:
    items = tuple(
        Item((Link(f"{year} 年", To(urls.year(year))), Small(f"（收录 {_collected(catalog, year)} 份报告）")))
        for year in catalog.years
    )
    blocks = (
        Breadcrumb((_HOME,), "年份"),
        Heading(1, "按年份查看", "top"),
        paragraph("把同一年各机关的主要数字放在一处看。按行政区划代码排列，不作排名。", "lead"),
        Bullets(items),
        Heading(2, "逐年合计", "sums"),
        sum_table(catalog, "全部已收录机关逐年合计（件）", catalog.offices, catalog.years),
        paragraph(SUMS_NOTE, "note"),
    )
    return Page(urls.YEARS, "按年份查看", "按年份查看各机关的政府信息公开工作年度报告。", blocks, "years")


def _year(catalog: Catalog, year: int) -> Page:
    count = _collected(catalog, year)
    missing = len(catalog.offices) - count
    rest = Link("数据质量", To(urls.QUALITY, "coverage"))
    gaps = Paragraph((Text(f"另有 {missing} 个机关的 {year} 年报告本站尚未收录，见"), rest, Text("。")))
    blocks = (
        Breadcrumb((_HOME, Link("年份", To(urls.YEARS))), f"{year} 年"),
        Heading(1, f"{year} 年各机关的报告", "top"),
        paragraph(f"已收录 {count} 份。按行政区划代码排列，不作排名。", "lead"),
        year_table(catalog, f"{year} 年各机关申请办理和争议情况（件）", year),
        *((gaps,) if missing else ()),
        paragraph(SUMS_NOTE, "note"),
    )
    description = f"{year} 年各机关政府信息公开工作年度报告的主要数字、合计与缺数。"
    return Page(urls.year(year), f"{year} 年政府信息公开年报", description, blocks, "year")
