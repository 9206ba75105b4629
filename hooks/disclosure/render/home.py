"""The home page: what can be looked up, what is covered, what is new, and what one can learn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from disclosure.measures import MAIN_MEASURES
from disclosure.model import Kind, Office, Report, Status
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Bullets,
    Heading,
    Item,
    Link,
    Mark,
    Paragraph,
    Parts,
    Section,
    Small,
    Text,
    To,
    paragraph,
)
from disclosure.render.catalog import Catalog
from disclosure.render.coverage import office_map, region_map, signs_note
from disclosure.render.indexes import sums
from disclosure.render.legend import KINDS, LEGEND
from disclosure.render.page import Page
from disclosure.render.summary import sentences
from disclosure.render.words import amount, gaps
from disclosure.tallies import Tally

_LATEST = 10
_FEW = 20
"""How many offices the table of coverage may list by name; beyond, it counts by region."""
_LEAD = "各级行政机关每年都要公布政府信息公开工作年度报告。本站把报告读成表格，逐项核对，按机关、地区和年份摆在一起。"
_WAYS = (
    (Text("办法见"), Link("方法", To(urls.METHOD))),
    (Text("，规则见"), Link("检查规则", To(urls.RULES))),
)
_PROMISE = "每个数字都连到原文的那一行。文件残缺时，能证明的才补上，并附证明；不能证明的不列，也不当作 0。"


def home_page(catalog: Catalog) -> Page:
    """The page /. The theme puts a search box below its title."""
    blocks: list[Block] = [
        Heading(1, "政府信息公开年报，查得到，看得懂，能核实", "top"),
        paragraph(_LEAD, "lead"),
        *_lessons(catalog),
        *_collection(catalog),
    ]
    description = "政府信息公开工作年度报告：每一个数字都能回到原文。"
    return Page(urls.HOME, "阳光年报", description, tuple(blocks), "home", searchable=False)


def _lessons(catalog: Catalog) -> Iterator[Block]:
    """Three things one can learn here, each shown by what the reports say."""
    if catalog.years:
        told = (_of_an_office(catalog), _of_a_year(catalog), _of_the_figures(catalog))
        yield Heading(2, "在这里能知道什么", "lessons")
        yield Section(tuple(Section(lesson, "lesson") for lesson in told if lesson), "lessons")


def _of_an_office(catalog: Catalog) -> tuple[Block, ...]:
    """The first sentence about the newest report, if possible of an office that received requests."""
    newest = [pair for pair in _newest(catalog) if pair[1].form]
    asked = (pair for pair in newest if pair[1].value("requests", "received", "total"))
    chosen = next(asked, newest[0] if newest else None)
    if chosen is None:
        return ()
    office, report = chosen
    view = catalog.view(office.id, report)
    told = [view.from_elsewhere(part) for sentence in islice(sentences(view), 2) for part in sentence]
    return (
        Heading(3, "一个机关一年办了什么", "lesson-office"),
        Paragraph((Link(office.name, To(view.page)), Text("："), *told)),
    )


def _of_a_year(catalog: Catalog) -> tuple[Block, ...]:
    """What the offices of the best covered year received and handled together; of equals the newest."""
    year = catalog.best_covered_year
    if year is None:
        return ()
    tallies, count = sums(catalog, catalog.offices, year)
    by_name = dict(zip((measure.id for measure in MAIN_MEASURES), tallies, strict=True))
    total = To(urls.year(year), "sums")
    return (
        Heading(3, "同一年各机关的情况", "lesson-year"),
        Paragraph(
            (
                *(Link(f"{year} 年", To(urls.year(year))), Text(f"已收录的 {count} 份报告，合计新收申请 ")),
                *_sum(by_name["received"], total),
                Text("，办结 "),
                *_sum(by_name["handled"], total),
                Text("。"),
            )
        ),
    )


def _sum(one: Tally, to: To) -> Parts:
    """A sum in a sentence, with its sign and what it lacks."""
    known, lacks = amount(one), gaps(one, "份")
    sign = () if one.status is Status.PRINTED or lacks else (Mark(one.status, to),)
    return (Link(f"{known} 件" if known else "数量", to, "figure"), *sign, *((Small(f"（{lacks}）"),) if lacks else ()))


def _of_the_figures(catalog: Catalog) -> tuple[Block, ...]:
    counts = catalog.dataset.figures["status"].value_counts()
    by_status = ((status, int(counts.get(status.value, 0))) for status in Status)
    figures = "，".join(f"{LEGEND[status].sign} {count} 个" for status, count in by_status if count)
    kinds = [(kind, sum(finding.kind is kind for finding in catalog.findings)) for kind in Kind]
    found = "，".join(f"{KINDS[kind].sign} {count} 条" for kind, count in kinds if count)
    how = f"已收录的报告共有 {int(counts.sum())} 个数字{figures and '：'}{figures}。"
    told = f"{how}按规则核对，{f'发现：{found}' if found else '没有发现问题'}。"
    quality = Link("数据质量", To(urls.QUALITY))
    return (
        Heading(3, "数字可靠到什么程度", "lesson-quality"),
        Paragraph((Text(told), Text("详见"), quality, Text("。"))),
        Paragraph((Text(_PROMISE), *(part for pair in _WAYS for part in pair), Text("。")), "note"),
    )


def _collection(catalog: Catalog) -> tuple[Block, ...]:
    """What is covered and what is new: side by side where there is little of it, else the map has the whole width."""
    covered, latest = _coverage(catalog), _latest(catalog)
    if len(catalog.offices) <= _FEW:
        return (Section((Section(covered, "half"), Section(latest, "half")), "halves"),)
    return (*covered, *latest)


def _coverage(catalog: Catalog) -> tuple[Block, ...]:
    count = sum(len(reports) for reports in catalog.reports.values())
    years = f"，{_span(catalog.years)}" if catalog.years else ""
    told = Text(f"目前收录 {len(catalog.offices)} 个机关的 {count} 份报告{years}。可以")
    ways = (Link("按地区查看", To(urls.REGIONS)), Text("，也可以"), Link("按年份查看", To(urls.YEARS)), Text("。"))
    head = (Heading(2, "收录范围", "coverage"), Paragraph((told, *ways)))
    if not catalog.years:
        return head
    few = len(catalog.offices) <= _FEW
    table = (
        office_map(catalog, "各机关各年度的报告", catalog.offices, counted=False)
        if few
        else region_map(catalog, "各地区各年度的报告", catalog.divided)
    )
    return (*head, table, signs_note())


def _span(years: Sequence[int]) -> str:
    return f"{years[-1]} 至 {years[0]} 年" if len(years) > 1 else f"{years[0]} 年"


def _newest(catalog: Catalog) -> list[tuple[Office, Report]]:
    """The newest report of every office, newest first."""
    latest = ((office, catalog.latest(office.id)) for office in catalog.offices)
    return sorted(((office, one) for office, one in latest if one), key=lambda pair: -(pair[1].year or 0))


def _latest(catalog: Catalog) -> tuple[Block, ...]:
    items = tuple(_item(office, report) for office, report in _newest(catalog)[:_LATEST])
    return (Heading(2, "最近年度的报告", "latest"), Bullets(items, kind="plain columns")) if items else ()


def _item(office: Office, report: Report) -> Item:
    place = "".join(region.name for region in office.regions)
    return Item((Link(f"{office.name} {report.year} 年", To(urls.office(office.id))), Small(f"（{place}）")))
