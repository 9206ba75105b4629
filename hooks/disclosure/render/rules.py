"""The rules: a list, and one page for each with what it looks at, why, and where it speaks now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from disclosure.check import RULES
from disclosure.check.registry import Rule
from disclosure.model import Finding
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Breadcrumb,
    Bullets,
    Code,
    Definitions,
    Heading,
    Item,
    Link,
    Paragraph,
    Parts,
    Small,
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
from disclosure.render.catalog import Catalog
from disclosure.render.indexes import HOME
from disclosure.render.legend import KINDS, SEVERITIES
from disclosure.render.page import Page
from disclosure.render.words import answer_of

MOST_LISTED = 300
"""Of lists that grow with the reports, so much stands on a page; the published files have all."""
_TITLES = {"什么": "查什么", "为什么": "为什么查", "错": "会报告的例子", "对": "不会报告的例子", "怎么办": "怎么办"}


def rule_pages(catalog: Catalog) -> list[Page]:
    """The list and the page of every rule, in the order of registration."""
    return [_root(catalog), *(_rule(catalog, rule) for rule in RULES.values())]


def _root(catalog: Catalog) -> Page:
    blocks = (
        Breadcrumb((HOME,), "检查规则"),
        Heading(1, "检查规则", "top"),
        paragraph("每份报告都按下列规则核对。规则只说数据之间对不对得上，不评价机关的工作。", "lead"),
        Definitions(tuple((word.sign, text(word.meaning)) for word in KINDS.values()), "legend"),
        Table("全部规则", column_heads("规则", "级别", "现有发现"), by_kind(_row, catalog, 3), "rules"),
    )
    return Page(urls.RULES, "检查规则", "本站核对政府信息公开工作年度报告所用的全部规则。", blocks, "rules")


def _row(catalog: Catalog, rule: Rule) -> TableRow:
    count = len(catalog.findings_by_rule.get(rule.name, ()))
    link = Link(rule.title, To(urls.rule(rule.name)))
    return TableRow((Th((link,)), Td(text(SEVERITIES[rule.severity])), Td(text(f"{count} 条"), "number")))


def by_kind(row: Callable[[Catalog, Rule], TableRow], catalog: Catalog, width: int) -> tuple[tuple[TableRow, ...], ...]:
    """Rows about all rules, grouped by what the rules are about."""
    heads = {kind: TableRow((Th(text(word.sign), "rowgroup", width),)) for kind, word in KINDS.items()}
    rules = {kind: [rule for rule in RULES.values() if rule.kind is kind] for kind in KINDS}
    return tuple((heads[kind], *(row(catalog, rule) for rule in rules[kind])) for kind in KINDS if rules[kind])


def _rule(catalog: Catalog, rule: Rule) -> Page:
    facts = (
        *((_TITLES[part], text("".join(words.splitlines()))) for part, words in rule.parts.items()),
        ("代号", (Code(rule.name),)),
        ("类别", text(f"{KINDS[rule.kind].sign}：{KINDS[rule.kind].meaning}")),
        ("级别", text(SEVERITIES[rule.severity])),
    )
    blocks = (
        Breadcrumb((HOME, Link("检查规则", To(urls.RULES))), rule.title),
        Heading(1, rule.title, "top"),
        Definitions(facts, "facts"),
        *_firing(catalog, catalog.findings_by_rule.get(rule.name, ())),
    )
    summary = rule.parts["什么"].replace("\n", "")
    return Page(urls.rule(rule.name), f"检查规则：{rule.title}", summary, tuple(blocks), "rule")


def _firing(catalog: Catalog, findings: Sequence[Finding]) -> Iterator[Block]:
    yield Heading(2, "现有发现", "findings")
    if not findings:
        yield paragraph("现在没有报告触发这条规则。")
        return
    if len(findings) > MOST_LISTED:
        rest = f"共 {len(findings)} 条，这里列出前 {MOST_LISTED} 条；其余见各机关的页面，全部可以"
        yield Paragraph((Text(rest), Link("下载", To(urls.DATA)), Text("。")))
    yield Bullets(tuple(finding_item(catalog, one) for one in findings[:MOST_LISTED]), kind="findings")


def finding_item(catalog: Catalog, finding: Finding) -> Item:
    """A finding away from its report: the report it is about, leading there, the message and its answer."""
    return Item(_finding_parts(catalog, finding), below=answer_of(finding))


def _finding_parts(catalog: Catalog, finding: Finding) -> Parts:
    office = catalog.office.get(finding.office or "")
    if office is None or finding.year is None:
        line = f"第 {finding.line} 行" if finding.line else ""
        return Code(finding.file), Small(line), Text(f"：{finding.message}")
    to = To(catalog.page_of(office.id, finding.year), urls.year_anchor(finding.year, "findings"))
    return Link(f"{office.name} {finding.year} 年", to), Text(f"：{finding.message}")
