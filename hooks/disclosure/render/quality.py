"""How good the data is: what is in the collection, how its figures are known, what was withheld, what was checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from disclosure.check import RULES
from disclosure.check.registry import Rule, Scope
from disclosure.form.template import TABLE_NAMES
from disclosure.model import GAPS, Kind, Severity, Status
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Breadcrumb,
    Bullets,
    Details,
    Heading,
    Link,
    Mark,
    Paragraph,
    Table,
    TableRow,
    Td,
    Text,
    Th,
    To,
    column_heads,
    paragraph,
    text,
)
from disclosure.render.catalog import Catalog, Withheld
from disclosure.render.coverage import ANCHOR, office_map, region_map, signs_note
from disclosure.render.indexes import HOME
from disclosure.render.legend import KINDS, LEGEND, SEVERITIES
from disclosure.render.page import Page
from disclosure.render.regions import MOST_OFFICES
from disclosure.render.rules import MOST_LISTED, by_kind, finding_item


def quality_page(catalog: Catalog) -> Page:
    """The page /quality/."""
    blocks: list[Block] = [
        Breadcrumb((HOME,), "数据质量"),
        Heading(1, "数据质量", "top"),
        paragraph("本站收录了什么，数字各有多可靠，哪些没有列出、为什么，按哪些规则核对过。", "lead"),
        *_coverage(catalog),
        *_statuses(catalog),
        *_withheld(catalog),
        *_findings(catalog),
        *_checks(catalog),
        *_unfiled(catalog),
    ]
    description = "本站的收录范围、数字的可靠程度、未列出的数字和核对结果。"
    return Page(urls.QUALITY, "数据质量", description, tuple(blocks), "quality")


def _coverage(catalog: Catalog) -> Iterator[Block]:
    yield Heading(2, "收录范围", ANCHOR)
    if not catalog.years:
        yield paragraph("本站还没有收录任何报告。")
    elif len(catalog.offices) > MOST_OFFICES:
        yield paragraph("机关较多，这里按地区列出；点地区名，看其中各机关各年度的报告、发现和没有列出的数字。")
        yield region_map(catalog, "各地区各年度的报告", catalog.inside(None))
        yield signs_note()
    else:
        yield office_map(catalog, "各机关各年度的报告、发现和没有列出的数字", catalog.offices)
        yield signs_note()


def _statuses(catalog: Catalog) -> Iterator[Block]:
    counts = catalog.dataset.figures["status"].value_counts()
    rows = tuple(_status_row(status, int(counts.get(status.value, 0))) for status in Status)
    yield Heading(2, "数字的来历", "statuses")
    yield Table(f"全部 {int(counts.sum())} 个数字，按来历", column_heads("标记", "含义", "个数"), (rows,), "counts")


def _status_row(status: Status, count: int) -> TableRow:
    word = LEGEND[status]
    return TableRow(
        (Th((Mark(status),)), Td(text(word.meaning)), Td(text(str(count)), "number")), f"status-{status.value}"
    )


def _withheld(catalog: Catalog) -> Iterator[Block]:
    """Which figures have no number and why: all of them by reason and table, then by report."""
    yield Heading(2, "没有列出的数字", "withheld")
    if not catalog.withheld:
        yield paragraph("已收录的报告里，没有未列出的数字。")
        return
    yield _reasons(catalog)
    yield Paragraph(
        (
            Text("为什么没有读到，见各份报告的核对结果，以及下面“本站读取”各条规则的发现。每一个数字的状态，可以"),
            Link("下载", To(urls.DATA)),
            Text("。"),
        ),
        "note",
    )
    listed = [_withheld_row(catalog, key, count) for key, count in catalog.withheld.items()]
    title = "没有列出的数字，按报告、表和原因"
    if len(listed) <= MOST_LISTED:
        table = Table(title, column_heads("报告", "表", "原因", "个数"), (tuple(listed),), "counts")
        yield Details(f"{title}（{len(listed)} 行）", (table,))


def _reasons(catalog: Catalog) -> Table:
    counts: Counter[tuple[str, str]] = Counter()
    for key, count in catalog.withheld.items():
        counts[key.status, key.table] += count
    rows = tuple(
        TableRow(
            (
                Th((Mark(status, To(None, f"status-{status.value}")),)),
                *(Td(text(str(counts[status.value, table])), "number") for table in TABLE_NAMES),
            )
        )
        for status in Status
        if status in GAPS
    )
    return Table("没有列出的数字，按原因和表", column_heads("原因", *TABLE_NAMES.values()), (rows,), "counts")


def _withheld_row(catalog: Catalog, key: Withheld, count: int) -> TableRow:
    place = To(catalog.page_of(key.office, key.year), urls.year_anchor(key.year, "table", key.table))
    report = Link(f"{catalog.office[key.office].name} {key.year} 年", place)
    why = Mark(Status(key.status), To(None, f"status-{key.status}"))
    return TableRow((Th((report,)), Td(text(TABLE_NAMES[key.table])), Td((why,)), Td(text(str(count)), "number")))


def _findings(catalog: Catalog) -> Iterator[Block]:
    """How many findings there are of each kind, by how much they matter."""
    yield Heading(2, "核对发现", "findings")
    counts = Counter((finding.kind, finding.severity) for finding in catalog.findings)
    rows = tuple(
        TableRow(
            (
                Th(text(word.sign)),
                Td(text(word.meaning)),
                *(Td(text(f"{counts[kind, severity]} 条"), "number") for severity in Severity),
            )
        )
        for kind, word in KINDS.items()
        if kind is not Kind.FILING or any(counts[kind, severity] for severity in Severity)
    )
    head = column_heads("类别", "说明", *(SEVERITIES[severity] for severity in Severity))
    yield Table(f"全部 {len(catalog.findings)} 条发现，按类别和级别", head, (rows,), "counts")
    above = Link("收录范围", To(None, ANCHOR))
    yield Paragraph((Text("每个机关各有多少条，见上面的"), above, Text("；每条规则有哪些，见下表。")), "note")


def _checks(catalog: Catalog) -> Iterator[Block]:
    """Every rule, with how much it looked at: a check that did not run must not look like one that found nothing."""
    yield Heading(2, "按规则核对", "checks")
    yield paragraph(
        f"本站共有 {len(RULES)} 条规则。下表写明每条规则这一次查过多少、发现多少：没有发现，是查过了没有，不是没有查。"
        "每条规则都备有做坏的样本，本站的程序每次改动，都要先证明它对样本仍然查得出来。"
    )
    yield Table(
        "各条规则查过多少、发现多少", column_heads("规则", "查过", "发现"), by_kind(_rule_row, catalog, 3), "counts"
    )


def _rule_row(catalog: Catalog, rule: Rule) -> TableRow:
    count = len(catalog.findings_by_rule.get(rule.name, ()))
    link = Link(rule.title, To(urls.rule(rule.name), "findings" if count else ""))
    checked = Td(text(_checked(catalog, rule.scope)))
    return TableRow((Th((link,)), checked, Td(text(f"{count} 条"), "number")))


def _checked(catalog: Catalog, scope: Scope) -> str:
    if scope is Scope.OFFICE:
        several = sum(len(reports) > 1 for reports in catalog.reports.values())
        return f"{several} 个机关（有多年报告的）"
    return f"{sum(len(reports) for reports in catalog.reports.values())} 份报告"


def _unfiled(catalog: Catalog) -> Iterator[Block]:
    """Findings about files that belong to no report, which no other page would show."""
    items = tuple(
        finding_item(catalog, finding) for finding in catalog.findings if not (finding.office and finding.year)
    )
    if items:
        yield Heading(2, "没有归入机关和年度的文件", "unfiled")
        yield Bullets(items, kind="findings")
