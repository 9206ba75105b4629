"""The page of one office: who it is, what its latest report says, how it changed, and that report in full."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.model import Office
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Bullets,
    Definitions,
    File,
    Heading,
    Item,
    Link,
    Paragraph,
    Parts,
    Section,
    Table,
    TableRow,
    Text,
    Th,
    To,
    Web,
    column_heads,
    paragraph,
    text,
)
from disclosure.render.catalog import Catalog
from disclosure.render.charts import chart_notes, charts
from disclosure.render.comparison import with_peers
from disclosure.render.indexes import measure_cells, measure_heads
from disclosure.render.page import Page
from disclosure.render.report import breadcrumb, place_name, report_blocks, summary_blocks
from disclosure.render.summary import sentences
from disclosure.render.view import View
from disclosure.render.words import page_title


def office_page(catalog: Catalog, office: Office) -> Page:
    """The page of one office, newest report first."""
    views = [catalog.view(office.id, report) for report in reversed(catalog.reports.get(office.id, ()))]
    blocks: list[Block] = [
        breadcrumb(office),
        Heading(1, office.name, "top"),
        _facts(catalog, office, views),
        *_latest(views),
        *_over_years(catalog, office, views),
        *(block for view in views[:1] for block in _newest(office, view)),
        *_older(views[1:]),
        *_download(office),
        *_apply(office),
        *_report_error(),
    ]
    years = "、".join(str(view.year) for view in views)
    collected = f"（{years}年）" if views else ""
    description = f"{place_name(office)}{office.name}的政府信息公开工作年度报告{collected}，每个数字都能回到原文。"
    return Page(urls.office(office.id), page_title(office.name), description, tuple(blocks), "office")


def _facts(catalog: Catalog, office: Office, views: list[View]) -> Definitions:
    regions = (Link(region.name, To(urls.region(region.code))) for region in office.regions)
    inferred = "（本站推断，报告没有写明）" if office.place_inferred else ""
    items: list[tuple[str, Parts]] = [
        ("机关类别", text(office.kind)),
        *([("曾用名", text("、".join(office.former_names)))] if office.former_names else []),
        *([("报告中的写法", text("、".join(office.printed_names)))] if office.printed_names else []),
        ("所在地区", tuple(part for region in regions for part in (region, Text(" ")))),
        ("地区依据", text(f"{office.place_known_by}{inferred}")),
        *([("网站", (Link(office.website, Web(office.website)),))] if office.website else []),
        ("收录年度", _years(views)),
        *with_peers(catalog, office),
    ]
    return Definitions(tuple(items), "facts")


def _years(views: list[View]) -> Parts:
    links = [(Text("、"), Link(f"{view.year} 年", To(None, view.anchor("report")), "year")) for view in views]
    return tuple(part for pair in links for part in pair)[1:] or text("还没有")


def _latest(views: list[View]) -> Iterator[Block]:
    if not views:
        add = Link("参与", To(urls.CONTRIBUTE, "add-a-report"))
        words = "本站还没有收录这个机关的报告。这不说明机关没有公布；找到了报告，可以按"
        yield Paragraph((Text(words), add, Text("页的办法添加。")))
        return
    view = views[0]
    yield Heading(2, f"{view.year} 年报告说了什么", "latest")
    yield from summary_blocks(view)


_TABLE_OVER_YEARS = "years-table"


def _over_years(catalog: Catalog, office: Office, views: list[View]) -> Iterator[Block]:
    if len(views) < 2:  # noqa: PLR2004 - one year has no course
        return
    yield Heading(2, "历年主要数字", "years")
    drawn = charts(office, catalog.reports[office.id], To(None, _TABLE_OVER_YEARS))
    yield drawn
    yield paragraph("".join(chart_notes(drawn)), "note")
    rows = tuple(_year_row(catalog, view) for view in views)
    head = (*column_heads("年份"), *measure_heads(), *column_heads("表式"))
    yield Table(f"{office.name}历年申请办理和争议情况（件）", head, (rows,), "years", _TABLE_OVER_YEARS)
    yield paragraph("表中只列 2019 年版和 2021 年版表式中含义相同的项目。没有收录的年度不列；缺数不等于 0。", "note")


def _year_row(catalog: Catalog, view: View) -> TableRow:
    here = urls.office(view.office)
    year = Link(f"{view.year} 年", view.at(view.anchor("report"), here))
    return TableRow((Th((year,), kind="year"), *measure_cells(catalog, view, here)))


def _newest(office: Office, view: View) -> Iterator[Block]:
    yield Heading(2, f"{view.year} 年报告", view.anchor("report"))
    yield from report_blocks(office, view)


def _older(views: list[View]) -> Iterator[Block]:
    """The way to the other reports. What led to one of them here, while it was the newest, still finds it."""
    if views:
        yield Heading(2, "以前年度的报告", "older")
        yield Bullets(tuple(_older_item(view) for view in views), kind="plain")


def _older_item(view: View) -> Item:
    said = next(sentences(view), text("没有读到统一格式的表格，正文见报告。"))
    return Item(
        (Link(f"{view.year} 年报告", view.at("")), Text("："), *map(view.from_elsewhere, said)), view.anchor("report")
    )


DATA_OF_AN_OFFICE = {"figures": "数字", "measure_values": "指标", "findings": "核对发现", "texts": "正文"}
"""The tables of which an office has its own part, and what they are called on its page."""


def _download(office: Office) -> Iterator[Block]:
    yield Heading(2, "下载数据", "download")
    files = ((words, File(urls.office_data(office.id, table))) for table, words in DATA_OF_AN_OFFICE.items())
    links = [part for words, file in files for part in (Link(f"{words} CSV", file), Text("，"))]
    document = Link("全部 JSON", File(urls.office_document(office.id)))
    explained = Link("开放数据", To(urls.DATA))
    yield Paragraph((*links, document, Text("。怎样读、怎样引用，见"), explained, Text("。")))


def _apply(office: Office) -> Iterator[Block]:
    """How to ask the office for information. The same on every page, so search leaves it out."""
    yield Heading(2, "怎样申请公开", "apply")
    website = (Text("它的网站："), Link(office.website, Web(office.website)), Text("。")) if office.website else ()
    parts = (Text(_HOW_TO_APPLY), *website, Text("本站不是政府网站，不受理申请。"))
    yield Section((Paragraph(parts),), "apply", searchable=False)


_HOW_TO_APPLY = (
    "想要本页没有的政府信息，向这个机关的政府信息公开工作机构提出申请。按《政府信息公开条例》第二十九条，"
    "申请一般用书面形式（信件、数据电文都可以），写明：申请人的姓名或者名称、身份证明、联系方式；"
    "要公开的信息的名称、文号，或者便于查询的其他特征；希望以什么形式、什么途径得到它。"
)


def _report_error() -> Iterator[Block]:
    yield Heading(2, "发现错误怎么办", "report-error")
    parts = (
        Text("数字、文字或归属有误，请按"),
        Link("参与", To(urls.CONTRIBUTE)),
        Text("页的办法告诉我们。报告本身的错误由发布机关更正，本站照原样公布。"),
    )
    yield Section((Paragraph(parts),), "report-error")
