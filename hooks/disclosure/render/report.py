"""One report in full: on the page of its office if it is the newest, else on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.check import RULES
from disclosure.form.template import FORMS, TABLE_NAMES, TABLES
from disclosure.model import Finding, Office
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Breadcrumb,
    Bullets,
    Heading,
    Item,
    Link,
    Paragraph,
    Parts,
    Small,
    Text,
    To,
    paragraph,
    text,
)
from disclosure.render.catalog import Catalog
from disclosure.render.legend import KINDS, SEVERITIES
from disclosure.render.narrative import narrative
from disclosure.render.origin import origin, source_name
from disclosure.render.page import Page
from disclosure.render.summary import sentences
from disclosure.render.tables import form_table
from disclosure.render.view import View
from disclosure.render.words import answer_of, form_name, page_title


def older_report_pages(catalog: Catalog, office: Office) -> Iterator[Page]:
    """A page for every report of an office but the newest, which stands on the page of the office."""
    views = [catalog.view(office.id, report) for report in reversed(catalog.reports.get(office.id, ()))]
    for view in views[1:]:
        yield _page(office, view, views)


def _page(office: Office, view: View, views: list[View]) -> Page:
    way = breadcrumb(office)
    blocks = (
        Breadcrumb((*way.steps, Link(office.name, To(urls.office(office.id)))), f"{view.year} 年报告"),
        Heading(1, f"{office.name} {view.year} 年报告", "top"),
        Paragraph((*text("这是以前年度的报告。其他年度："), *_others(view, views), Text("。")), "note"),
        Heading(2, "报告说了什么", "latest"),
        *summary_blocks(view),
        Heading(2, f"{view.year} 年报告", view.anchor("report")),
        *report_blocks(office, view),
    )
    description = f"{place_name(office)}{office.name} {view.year} 年的政府信息公开工作年度报告，每个数字都能回到原文。"
    title = page_title(f"{office.name} {view.year} 年")
    return Page(view.page, title, description, blocks, "report")


def _others(view: View, views: list[View]) -> Parts:
    links = [
        (Text("、"), Link(f"{one.year} 年", one.at(one.anchor("report")), "year")) for one in views if one is not view
    ]
    return tuple(part for pair in links for part in pair)[1:]


def breadcrumb(office: Office) -> Breadcrumb:
    """The way to an office through its regions."""
    regions = (Link(region.name, To(urls.region(region.code))) for region in office.regions)
    return Breadcrumb((Link("首页", To(urls.HOME)), Link("地区", To(urls.REGIONS)), *regions), office.name)


def place_name(office: Office) -> str:
    """The names of an office's regions, from the province down."""
    return "".join(region.name for region in office.regions)


def summary_blocks(view: View) -> Iterator[Block]:
    """What a report says, in computed sentences; where it has no tables, that it has none."""
    told = list(sentences(view))
    if told:
        yield Bullets(tuple(Item(parts) for parts in told), kind="summary")
        yield paragraph("以上各句由表格中的数字算出，点数字可以看原文所在的行。", "note")
    else:
        yield paragraph("这份报告里没有读到统一格式的表格，因此没有数字可说；正文见下。")


_HINT = "点数字看原文所在的行，点记号看证明或含义，点行名、列名看解释。"


def report_blocks(office: Office, view: View) -> Iterator[Block]:
    """One report in full: its tables, its findings, its narrative, its origin."""
    form = view.report.form
    if form is None:
        words = "这份报告里没有读到统一格式的表格，因此不列数字。没有读到不等于 0。"
        yield paragraph(words)
    else:
        yield paragraph(f"表式：{form_name(form)}（{FORMS[form].notice}）。{_HINT}", "note")
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
    return Item(parts, view.finding_anchor(number), answer_of(finding))
