"""Markdown for the summary of a workflow run (``$GITHUB_STEP_SUMMARY``) or a comment on a change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from disclosure.render.markdown import escaped, listing
from disclosure.reporting.excerpt import Excerpt
from disclosure.reporting.result import Result, Told
from disclosure.reporting.words import in_original, nature, next_step, place, summary

MOST_BYTES: Final = 1_000_000
"""GitHub refuses a summary of more than 1 MiB; the last sentence has to fit in as well."""
_COMMAND: Final = "`scripts/check_reports.py`"
_CALLS: Final = str.maketrans({"@": "@&#8203;", "#": "#&#8203;"})
"""GitHub looks for names and numbers of issues in the finished page, where an escape is gone: a character without width
behind the sign is what keeps it from calling anybody."""


def as_markdown(result: Result, most: int = MOST_BYTES) -> Iterator[str]:
    """Paragraphs, without the blank lines between them, of at most ``most`` bytes; what is cut off is told."""
    yield "## 报告核对"
    yield from map(_inert, summary(result))
    left, told = most, 0
    for group in result.groups:
        begin = [f"### {_inert(group.name)}"]
        for item in group.items:
            paragraphs = [*begin, *_finding(item)]
            left -= sum(len(paragraph.encode("utf-8", "surrogatepass")) + 2 for paragraph in paragraphs)
            if left < 0:
                rest = len(result.items) - told
                yield f"这里只列前 {told} 条，其余 {rest} 条因篇幅略去。运行 {_COMMAND} 可以看到全部。"
                return
            yield from paragraphs
            begin, told = [], told + 1


def _finding(item: Told) -> Iterator[str]:
    finding = item.finding
    yield f"**{_inert(item.rule.title)}**（{nature(finding)}） {_inert(place(finding))}"
    yield _inert(finding.message)
    if item.excerpt and item.excerpt.text.strip():
        yield from _excerpt(item.excerpt)
    if in_original(item):
        yield _inert(in_original(item))
    page = item.page if item.page.startswith("https://") else ""
    yield f"{_inert(next_step(item))} 规则：{f'<{page}>' if page else _inert(item.page)}"


def _excerpt(excerpt: Excerpt) -> Iterator[str]:
    """The line in a fence. Browsers align no signs below Chinese, so what is marked is told in words."""
    yield listing("".join(text for text, _ in excerpt.pieces()), "text")
    if excerpt.marks:
        told = "，".join(f"第 {start + 1} 字起的“{_inert(excerpt.text[start:end])}”" for start, end in excerpt.marks)
        yield f"所指的数：第 {excerpt.line} 行，{told}"


def _inert(text: str) -> str:
    return escaped(text).translate(_CALLS)
