"""The page of one office: who it is, what its latest report says, and every report in full."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.check import RULES
from disclosure.form.template import FORMS, TABLE_NAMES, TABLES
from disclosure.measures import MAIN_MEASURES
from disclosure.model import Finding, Office, Report
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Breadcrumb,
    Bullets,
    Definitions,
    Details,
    File,
    Heading,
    Item,
    Link,
    Paragraph,
    Parts,
    Section,
    Small,
    Table,
    TableRow,
    Td,
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
from disclosure.render.legend import KINDS, SEVERITIES
from disclosure.render.narrative import narrative
from disclosure.render.origin import origin, source_name
from disclosure.render.page import Page
from disclosure.render.summary import sentences
from disclosure.render.tables import form_table
from disclosure.render.view import View
from disclosure.render.words import form_name, measure_cell, page_title


def office_page(catalog: Catalog, office: Office) -> Page:
    """The page of one office, newest report first."""
    views = [view_of(catalog, office, report) for report in reversed(catalog.reports.get(office.id, ()))]
    blocks: list[Block] = [
        breadcrumb(office),
        Heading(1, office.name, "top"),
        _facts(office, views),
        *_latest(views),
        *_over_years(catalog, office, views),
        *(block for view in views[:1] for block in _newest(office, view)),
        *_older(office, views[1:]),
        *_download(office),
        *_apply(office),
        *_report_error(),
    ]
    years = "、".join(str(view.year) for view in views)
    collected = f"（{years}年）" if views else ""
    description = f"{_place(office)}{office.name}的政府信息公开工作年度报告{collected}，每个数字都能回到原文。"
    return Page(urls.office(office.id), page_title(office.name), description, tuple(blocks), "office")


def view_of(catalog: Catalog, office: Office, report: Report) -> View:
    """A report as the pages of its office show it."""
    year = report.year or 0
    return View(office.id, year, report, catalog.findings_of.get((office.id, report.year), ()))


def breadcrumb(office: Office) -> Breadcrumb:
    """The way to an office through its regions."""
    regions = (Link(region.name, To(urls.region(region.code))) for region in office.regions)
    return Breadcrumb((Link("首页", To(urls.HOME)), Link("地区", To(urls.REGIONS)), *regions), office.name)


def _place(office: Office) -> str:
    return "".join(region.name for region in office.regions)


def _facts(office: Office, views: list[View]) -> Definitions:
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
    told = sentences(view)
    if told:
        yield Bullets(tuple(Item(parts) for parts in told), kind="summary")
        yield paragraph("以上各句由表格中的数字算出，点数字可以看原文所在的行。", "note")
    else:
        yield paragraph("这份报告里没有读到统一格式的表格，因此没有数字可说；正文见下。")


_TABLE_OVER_YEARS = "years-table"


def _over_years(catalog: Catalog, office: Office, views: list[View]) -> Iterator[Block]:
    if len(views) < 2:  # noqa: PLR2004 - one year has no course
        return
    yield Heading(2, "历年主要数字", "years")
    drawn = charts(office, catalog.reports[office.id], To(None, _TABLE_OVER_YEARS))
    yield drawn
    yield paragraph("".join(chart_notes(drawn)), "note")
    rows = tuple(_year_row(catalog, office, view) for view in views)
    head = column_heads("年份", *(one.label for one in MAIN_MEASURES), "表式")
    yield Table(f"{office.name}历年申请办理和争议情况（件）", head, (rows,), "years", _TABLE_OVER_YEARS)
    yield paragraph("表中只列 2019 年版和 2021 年版表式中含义相同的项目。没有收录的年度不列；缺数不等于 0。", "note")


def _year_row(catalog: Catalog, office: Office, view: View) -> TableRow:
    places = {one.id: To(None, view.measure_anchor(one)) for one in MAIN_MEASURES}
    cells = (measure_cell(catalog.tallies[office.id, view.year, one], place, place) for one, place in places.items())
    year = Link(f"{view.year} 年", To(None, view.anchor("report")))
    return TableRow((Th((year,), kind="year"), *cells, Td(text(form_name(view.report.form)), "form")))


def _newest(office: Office, view: View) -> Iterator[Block]:
    yield Heading(2, f"{view.year} 年报告", view.anchor("report"))
    yield from _report(office, view, "")


def _older(office: Office, views: list[View]) -> Iterator[Block]:
    """The other reports, folded. Each opens by itself where an address leads into it, so its anchor stands inside."""
    if views:
        yield Heading(2, "以前年度的报告", "older")
    for view in views:
        yield Details(f"{view.year} 年报告", tuple(_report(office, view, view.anchor("report"))), "older")


def _report(office: Office, view: View, anchor: str) -> Iterator[Block]:
    """One report in full; its first paragraph has the anchor."""
    form = view.report.form
    if form is None:
        words = "这份报告里没有读到统一格式的表格，因此不列数字。没有读到不等于 0。"
        yield Paragraph(text(words), anchor=anchor)
    else:
        yield Paragraph(text(f"表式：{form_name(form)}（{FORMS[form].notice}）。"), "note", anchor)
        for table in TABLES:
            yield Heading(3, TABLE_NAMES[table], view.anchor("table", table))
            yield from form_table(view, table)
    yield from _findings(view)
    yield from narrative(view)
    yield from origin(office, view)


def _findings(view: View) -> Iterator[Block]:
    yield Heading(3, "核对结果", view.anchor("findings"))
    if view.findings:
        items = tuple(_finding(view, number, finding) for number, finding in enumerate(view.findings, 1))
        yield Bullets(items, ordered=True, kind="findings")
    else:
        yield Paragraph((Text("按"), Link("各条规则", To(urls.RULES)), Text("核对，没有发现问题。")))


def _finding(view: View, number: int, finding: Finding) -> Item:
    rule = RULES[finding.rule]
    words = f"{source_name(view.report, finding.file)}第 {finding.line} 行"
    place = (Text(" "), Link(words, view.line(finding.line, finding.file))) if finding.line else ()
    kind = f"{KINDS[finding.kind].sign}，{SEVERITIES[finding.severity]}"
    parts = (Link(rule.title, To(urls.rule(rule.name))), Small(f"（{kind}）"), Text(finding.message), *place)
    return Item(parts, view.finding_anchor(number))


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
