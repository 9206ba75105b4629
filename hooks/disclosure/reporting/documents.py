"""Findings for programs: one JSON document, or a line each in reviewdog's diagnostic format."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Final

from disclosure.figure_json import Json, finding_json
from disclosure.model import Finding, Kind, Severity
from disclosure.reporting.excerpt import Excerpt
from disclosure.reporting.result import Result, Told
from disclosure.reporting.words import in_original, next_step, summary

SOURCE_NAME: Final = "check_reports"
_LEVELS: Final = {Severity.ERROR: "WARNING", Severity.WARNING: "WARNING", Severity.NOTICE: "INFO"}
"""Of what does not block; reviewdog ends with an error where a finding is one."""


def as_json(result: Result) -> Iterator[str]:
    """The document. Findings have the fields of ``/api/v1/findings/``, but for their number, which a release gives."""
    counted: Json = {
        "offices": result.offices,
        "reports": result.reports,
        "findings": len(result.items),
        "blocking": result.blocking,
        "not_listed": result.hidden,
        "kinds": _counts(item.finding.kind for item in result.items),
        "severities": _counts(item.finding.severity for item in result.items),
        "rules_not_applied": [rule.name for rule in result.unchecked],
        "sentences": list(summary(result)),
    }
    document = {"summary": counted, "findings": [_finding(item) for item in result.items]}
    yield json.dumps(document, ensure_ascii=False, indent=1)


def _counts(values: Iterator[Kind] | Iterator[Severity]) -> dict[str, int]:
    counts = Counter(values)
    return {one.value: counts[one] for one in counts}


def _finding(item: Told) -> Json:
    excerpt = item.excerpt
    return {
        **finding_json(item.finding),
        "title": item.rule.title,
        "blocks": item.finding.blocks,
        "advice": item.advice,
        "page": item.page,
        "text": excerpt.text if excerpt else None,
        "marks": [list(mark) for mark in excerpt.marks] if excerpt else [],
        "place": (excerpt.original or None) if excerpt else None,
    }


def as_rdjsonl(result: Result) -> Iterator[str]:
    """A line for each finding, as ``reviewdog -f=rdjsonl`` reads it."""
    return (json.dumps(_diagnostic(item), ensure_ascii=False) for item in result.items)


def _diagnostic(item: Told) -> Json:
    finding = item.finding
    located = finding.line is not None and (item.excerpt is None or item.excerpt.in_file)
    where: Json = {"path": finding.file} | ({"range": _range(finding, item.excerpt)} if located else {})
    parts = (f"{item.rule.title}：{finding.message}", in_original(item), next_step(item))
    code: Json = {"value": finding.rule}
    if "://" in item.page:
        code["url"] = item.page
    return {
        "message": "\n".join(part for part in parts if part),
        "location": where,
        "severity": "ERROR" if finding.blocks else _LEVELS[finding.severity],
        "code": code,
        "source": {"name": SOURCE_NAME},
    }


def _range(finding: Finding, excerpt: Excerpt | None) -> Json:
    """Lines from 1; columns, which the format counts in bytes of UTF-8 from 1, where what is meant is one stretch."""
    if excerpt is None or not excerpt.marks:
        return {"start": {"line": finding.line}}
    first, last = excerpt.marks[0][0], excerpt.marks[-1][1]
    start, end = (1 + len(excerpt.text[:at].encode("utf-8", "surrogatepass")) for at in (first, last))
    return {"start": {"line": finding.line, "column": start}, "end": {"line": finding.line, "column": end}}
