"""Findings: how many each rule has, and those of one rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from disclosure.api.kinds import Kind
from disclosure.api.shapes import array, like, mapping, record, title_of, whole, words
from disclosure.api.writer import Pages, Place, Writer
from disclosure.check import RULES
from disclosure.check.registry import Rule
from disclosure.export.schema import FINDINGS
from disclosure.figure_json import ANSWER_FIELDS, Json, finding_json
from disclosure.model import Finding
from disclosure.render import urls

_COLUMNS = ("finding", "rule", "severity", "kind", "office", "year", "file", "line", "message", *ANSWER_FIELDS)
_CELL = words("格", "写作“表.行.列”。")
FINDING: Final = record(
    "核对发现",
    {name: like(FINDINGS, name) for name in _COLUMNS} | {"cells": array(_CELL, title_of(FINDINGS, "cells"))},
)
_LINKS = mapping(words("网址"), "链接")
_OF_RULE: Final = {"rule": like(FINDINGS, "rule"), "title": words("规则的中文名称"), "total": whole("发现的条数")}
_IN_INDEX = record("一条规则", {**_OF_RULE, "links": _LINKS})

RULE_FINDINGS: Final = Kind(
    "rule_findings",
    "findings/{rule}.json",
    "一条规则的全部核对发现",
    record("一条规则的核对发现", {**_OF_RULE, "page": whole("第几页"), "findings": array(FINDING, "核对发现")}),
    "findings/{rule}/pages/{page}.json",
)
INDEX: Final = Kind(
    "findings",
    "findings.json",
    "核对发现的目录：每条规则有几条发现",
    record("核对发现的目录", {"total": whole("发现的条数"), "rules": array(_IN_INDEX, "各条规则")}),
)


class Numbered(NamedTuple):
    """A finding with its number in this release (``finding`` in the published tables)."""

    number: int
    finding: Finding


class FindingIndex(NamedTuple):
    """All findings, in their order, by report (office, year) and by rule."""

    by_report: Mapping[tuple[str | None, int | None], Sequence[Numbered]]
    by_rule: Mapping[str, Sequence[Numbered]]
    total: int


def index_findings(findings: Sequence[Finding]) -> FindingIndex:
    """Number the findings as the published table of them does."""
    by_report: dict[tuple[str | None, int | None], list[Numbered]] = defaultdict(list)
    by_rule: dict[str, list[Numbered]] = defaultdict(list)
    for one in map(Numbered, range(1, len(findings) + 1), findings):
        by_report[one.finding.office, one.finding.year].append(one)
        by_rule[one.finding.rule].append(one)
    return FindingIndex(dict(by_report), dict(by_rule), len(findings))


def numbered_json(one: Numbered) -> Json:
    """A finding as it stands in documents."""
    return {"finding": one.number, **finding_json(one.finding)}


def write_findings(writer: Writer, index: FindingIndex) -> None:
    """The index, then the findings of every rule, also of those that have none."""
    place = writer.place(INDEX)
    rules = [_in_index(place, rule, len(index.by_rule.get(rule.name, ()))) for rule in RULES.values()]
    writer.write(place, {"total": index.total, "rules": rules}, {"html": place.page(urls.QUALITY)})
    for rule in RULES.values():
        writer.write_pages(RULE_FINDINGS, _of_rule(rule, index.by_rule.get(rule.name, ())), rule=rule.name)


def _in_index(place: Place, rule: Rule, total: int) -> Json:
    links = dict(_links(place, rule))
    return {"rule": rule.name, "title": rule.title, "total": total, "links": links}


def _links(place: Place, rule: Rule) -> Iterator[tuple[str, str]]:
    yield "findings", place.document(RULE_FINDINGS, rule=rule.name)
    yield "html", place.page(urls.rule(rule.name))


def _of_rule(rule: Rule, findings: Sequence[Numbered]) -> Pages[Numbered]:
    def head(place: Place) -> tuple[Json, Json]:
        links = {"html": place.page(urls.rule(rule.name)), "list": place.document(INDEX)}
        return links, {"rule": rule.name, "title": rule.title}

    return Pages("findings", findings, lambda _, one: numbered_json(one), head)
