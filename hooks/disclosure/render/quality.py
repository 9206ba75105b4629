"""How good the data is: what is in the collection, how its figures are known, what was withheld, what was checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from disclosure.check.registry import Rule, Scope
from disclosure.form.template import TABLE_NAMES
from disclosure.model import GAPS, Status
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Breadcrumb,
    Bullets,
    Definitions,
    Heading,
    Item,
    Link,
    Mark,
    Table,
    TableRow,
    Td,
    Th,
    To,
    column_heads,
    paragraph,
    text,
)
from disclosure.render.catalog import Catalog
from disclosure.render.indexes import COVERAGE_NOTE, HOME, coverage_table
from disclosure.render.legend import KINDS, LEGEND
from disclosure.render.page import Page
from disclosure.render.rules import by_kind, finding_parts


def quality_page(catalog: Catalog) -> Page:
    """The page /quality/."""
    blocks: list[Block] = [
        Breadcrumb((HOME,), "数据质量"),
        Heading(1, "数据质量", "top"),
        paragraph("本站收录了什么，数字各有多可靠，哪些没有列出、为什么，按哪些规则核对过。", "lead"),
        *_coverage(catalog),
        *_statuses(catalog),
        *_withheld(catalog),
        *_checks(catalog),
        *_unfiled(catalog),
    ]
    description = "本站的收录范围、数字的可靠程度、未列出的数字和核对结果。"
    return Page(urls.QUALITY, "数据质量", description, tuple(blocks), "quality")


def _coverage(catalog: Catalog) -> Iterator[Block]:
    yield Heading(2, "收录范围", "coverage")
    if not catalog.years:
        yield paragraph("本站还没有收录任何报告。")
        return
    yield coverage_table(catalog, "各机关各年度的报告")
    yield paragraph(COVERAGE_NOTE, "note")


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
    yield Heading(2, "没有列出的数字", "withheld")
    figures = catalog.dataset.figures
    missing = figures[figures["status"].isin([status.value for status in GAPS])]
    counts = Counter(zip(*(missing[name] for name in ("office", "year", "table", "status")), strict=True))
    rows = tuple(_withheld_row(catalog, key, count) for key, count in counts.items())
    if rows:
        yield Table("没有列出的数字，按报告、表和原因", column_heads("报告", "表", "原因", "个数"), (rows,), "counts")
    else:
        yield paragraph("已收录的报告里，没有未列出的数字。")


def _withheld_row(catalog: Catalog, key: tuple[Any, ...], count: int) -> TableRow:
    """One row from a key of (office, year, table, status)."""
    office, year, table, status = key
    place = To(urls.office(office), urls.year_anchor(int(year), "table", table))
    report = Link(f"{catalog.office[office].name} {year} 年", place)
    why = Mark(Status(status), To(None, f"status-{status}"))
    return TableRow((Th((report,)), Td(text(TABLE_NAMES[table])), Td((why,)), Td(text(str(count)), "number")))


def _checks(catalog: Catalog) -> Iterator[Block]:
    yield Heading(2, "核对", "checks")
    yield Table(
        "各条规则查过多少、发现多少", column_heads("规则", "查过", "发现"), by_kind(_rule_row, catalog, 3), "counts"
    )
    yield Definitions(tuple((word.sign, text(word.meaning)) for word in KINDS.values()), "legend")


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
        Item(finding_parts(catalog, finding)) for finding in catalog.findings if not (finding.office and finding.year)
    )
    if items:
        yield Heading(2, "没有归入机关和年度的文件", "unfiled")
        yield Bullets(items, kind="findings")
