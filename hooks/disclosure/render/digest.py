"""A build in a few lines, for whoever runs it."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.dataset import Dataset
from disclosure.model import Finding, Kind, Portal, Severity, Status
from disclosure.render.legend import KINDS, LEGEND


def digest(portal: Portal, dataset: Dataset, pages: int) -> list[str]:
    """What was read, how its figures are known, what was found, what came of it and what could not be read."""
    statuses = dataset.figures["status"].value_counts()
    kinds = dataset.findings["kind"].value_counts()
    figures = (f"{LEGEND[status].sign} {statuses[status.value]}" for status in Status if status.value in statuses)
    findings = (f"{KINDS[kind].sign} {kinds[kind.value]}" for kind in Kind if kind.value in kinds)
    return [
        f"读了 {len(dataset.offices)} 个机关的 {len(dataset.reports)} 份报告",
        f"数字 {len(dataset.figures)} 个：{'，'.join(figures) or '无'}",
        f"核对发现 {len(dataset.findings)} 条：{'，'.join(findings) or '无'}",
        f"生成 {pages} 页",
        *_unread(portal.findings),
    ]


def _unread(findings: Sequence[Finding]) -> list[str]:
    """The files that could not be read: whoever filed them has to know, not only who opens the site."""
    errors = [one for one in findings if one.kind is Kind.READING and one.severity is Severity.ERROR]
    return [f"没有读好 {error}" for error in errors]
