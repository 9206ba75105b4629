"""The raw report with line numbers: the page that every figure leads to. Nothing on it is interpreted."""

from __future__ import annotations

from disclosure.model import Office, Report
from disclosure.render import urls
from disclosure.render.blocks import Breadcrumb, Code, Definitions, Heading, Lines, Link, To, paragraph
from disclosure.render.office import breadcrumb
from disclosure.render.page import Page


def source_page(office: Office, report: Report) -> Page:
    """The page of one raw report. Tabs stay tabs; control characters are shown as signs."""
    year = report.year or 0
    way = breadcrumb(office)
    blocks = (
        Breadcrumb((*way.steps, Link(office.name, To(urls.office(office.id)))), f"{year} 年原文"),
        Heading(1, f"{office.name} {year} 年报告原文", "top"),
        paragraph("文件里的文字，逐行照录，不作改动。行首是行号，箭头（→）是原文里的制表符。", "lead"),
        Definitions((("文件", (Code(report.file),)), ("校验值（SHA-256）", (Code(report.sha256),))), "origin"),
        Lines(tuple(enumerate(report.lines, 1))),
    )
    description = f"{office.name} {year} 年政府信息公开工作年度报告的原文，带行号。"
    title = f"{office.name} {year} 年报告原文"
    return Page(urls.source(office.id, year), title, description, blocks, "source", searchable=False, twin=False)
