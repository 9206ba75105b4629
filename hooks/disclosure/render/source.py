"""The files of a report with line numbers: the pages that every figure leads to. Nothing on them is interpreted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from disclosure.model import Office, Report
from disclosure.render import urls
from disclosure.render.blocks import Breadcrumb, Code, Definitions, Heading, Lines, Link, Parts, Text, To, paragraph
from disclosure.render.page import Page
from disclosure.render.report import breadcrumb
from disclosure.sources import is_extracted

_AS_IT_IS = "文件里的文字，逐行照录，不作改动。行首是行号，箭头（→）是原文里的制表符。"
_EXTRACTED = (
    "从文件里读出的文字，逐行列出，不作改动；版面和图片不在其中，以原文件为准。行首是行号，箭头（→）分开表格里的各格。"
)


def source_pages(office: Office, report: Report) -> Iterator[Page]:
    """A page for each file that tells a report, the main one first."""
    main, *further = report.sources
    yield _page(office, report, main, None)
    for source in further:
        yield _page(office, report, source, source.file)


def source_addresses(office: Office, report: Report) -> Iterator[str]:
    """Where these pages stand, in the same order."""
    _, *further = report.sources
    yield urls.source(office.id, report.year or 0)
    yield from (urls.source(office.id, report.year or 0, source.file) for source in further)


def _page(office: Office, report: Report, source: Report, further: str | None) -> Page:
    """The page of one file. Tabs stay tabs; control characters are shown as signs."""
    year = report.year or 0
    way = breadcrumb(office)
    name = f"（{PurePath(further).name}）" if further else ""
    facts: tuple[tuple[str, Parts], ...] = (
        ("文件", (Code(source.file),)),
        ("校验值（SHA-256）", (Code(source.sha256),)),
        *_others(office, report, source),
    )
    title = f"{office.name} {year} 年报告原文{name}"
    blocks = (
        Breadcrumb((*way.steps, Link(office.name, To(urls.office(office.id)))), f"{year} 年原文{name}"),
        Heading(1, title, "top"),
        paragraph(_EXTRACTED if is_extracted(source) else _AS_IT_IS, "lead"),
        Definitions(facts, "origin"),
        Lines(tuple(enumerate(source.lines, 1)), source.places),
    )
    description = f"{office.name} {year} 年政府信息公开工作年度报告的原文{name}，带行号。"
    url = urls.source(office.id, year, further)
    return Page(url, title, description, blocks, "source", searchable=False, twin=False)


def _others(office: Office, report: Report, source: Report) -> tuple[tuple[str, Parts], ...]:
    """The other files of the same report."""
    year = report.year or 0
    links = [
        (Text("、"), Link(PurePath(one.file).name, To(urls.source(office.id, year, None if main else one.file))))
        for one in report.sources
        for main in [one.file == report.file]
        if one.file != source.file
    ]
    return (("同一份报告的其他来源", tuple(part for pair in links for part in pair)[1:]),) if links else ()
