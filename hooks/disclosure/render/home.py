"""The home page: what this is, how to find an office, what is covered, and why the figures can be trusted."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.model import Office, Report
from disclosure.render import urls
from disclosure.render.blocks import Block, Bullets, Heading, Item, Link, Paragraph, Small, Text, To, paragraph
from disclosure.render.catalog import Catalog
from disclosure.render.page import Page

_LATEST = 10
_LEAD = (
    "各级行政机关每年都要公布政府信息公开工作年度报告。本站把这些报告读成表格，逐项核对，按机关、地区和年份并列，"
    "让任何人都能查到、看懂、核实。"
)


def home_page(catalog: Catalog) -> Page:
    """The page /."""
    blocks: list[Block] = [
        Heading(1, "阳光年报", "top"),
        paragraph(_LEAD, "lead"),
        Paragraph((Link("搜索机关或正文", To(urls.SEARCH), "search-link"),)),
        *_coverage(catalog),
        *_latest(catalog),
        *_trust(),
    ]
    description = "政府信息公开工作年度报告：每一个数字都能回到原文。"
    return Page(urls.HOME, "阳光年报", description, tuple(blocks), "home")


def _coverage(catalog: Catalog) -> Iterator[Block]:
    count = sum(len(reports) for reports in catalog.reports.values())
    years = f"，{min(catalog.years)} 至 {max(catalog.years)} 年" if catalog.years else ""
    yield Heading(2, "收录范围", "coverage")
    yield paragraph(f"目前收录 {len(catalog.offices)} 个机关的 {count} 份报告{years}。")
    ways = (
        ("按地区查看", urls.REGIONS, "省、市、县，直到乡镇街道"),
        ("按年份查看", urls.YEARS, "同一年各机关并列"),
        ("数据质量", urls.QUALITY, "收录了什么，缺什么，核对出什么"),
    )
    yield Bullets(tuple(Item((Link(title, To(url)), Small(f"：{words}"))) for title, url, words in ways))


def _latest(catalog: Catalog) -> Iterator[Block]:
    newest = sorted(
        ((office, report) for office in catalog.offices for report in catalog.reports.get(office.id, ())),
        key=lambda pair: -(pair[1].year or 0),
    )
    if newest:
        yield Heading(2, "最近年度的报告", "latest")
        yield Bullets(tuple(_item(office, report) for office, report in newest[:_LATEST]))


def _item(office: Office, report: Report) -> Item:
    place = "".join(region.name for region in office.regions)
    return Item((Link(f"{office.name} {report.year} 年", To(urls.office(office.id))), Small(f"（{place}）")))


def _trust() -> Iterator[Block]:
    promise = "每个数字都连到原文的那一行。文件残缺时，只有能证明的才补上，并附证明；不能证明的就不列，也不当作 0。"
    ways = (("办法见", "方法", urls.METHOD), ("，用语见", "术语", urls.TERMS), ("，规则见", "检查规则", urls.RULES))
    links = tuple(part for words, title, url in ways for part in (Text(words), Link(title, To(url))))
    yield Heading(2, "数字从哪里来", "trust")
    yield Paragraph((Text(promise), *links, Text("。")))
