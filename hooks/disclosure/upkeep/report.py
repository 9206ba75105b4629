"""What the weekly look at sources has found, as Markdown for maintainers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from disclosure.model import Office
from disclosure.render.blocks import Block, Bullets, Heading, Item, Paragraph, Text
from disclosure.render.markdown import render
from disclosure.sources import Filing
from disclosure.upkeep.freshness import Address, missing_years

MOST_LISTED = 500
"""Of each kind: a summary on a code host may be one megabyte."""


def report(filing: Filing, asked: Sequence[Address], due: int) -> str:
    """The addresses that are gone, those that did not answer, and the years up to ``due`` that offices lack."""
    gone = [one for one in asked if one.is_gone]
    silent = [one for one in asked if one.is_silent]
    blocks = [
        Heading(1, "来源和年度检查", "upkeep"),
        *_list("打不开的网址", "请找到新的网址，改在 office.yml 里；没有新网址的删去这一项。", map(_about, gone)),
        *_list("这次没有答复的网址", "可能只是暂时的，下次再看。", map(_about, silent)),
        *_list(f"到 {due} 年为止，本站还没有收录的年度", "机关可能已经公布，请到机关网站查找。", _lacking(filing, due)),
    ]
    return render(blocks, "")


def _lacking(filing: Filing, due: int) -> Iterator[str]:
    years: dict[str, list[int]] = defaultdict(list)
    for source in filing.sources:
        years[source.office.id].append(source.year)
    for office in filing.offices:
        if missing := missing_years(years[office.id], due):
            yield f"{_place(office)}：{'、'.join(map(str, missing))}"


def _list(title: str, remedy: str, lines: Iterable[str]) -> Iterator[Block]:
    listed = list(lines)
    yield Heading(2, f"{title}：{len(listed)} 项", "")
    if not listed:
        return
    yield Paragraph((Text(remedy),))
    yield Bullets(tuple(Item((Text(line),)) for line in listed[:MOST_LISTED]))
    if len(listed) > MOST_LISTED:
        yield Paragraph((Text(f"其余 {len(listed) - MOST_LISTED} 项从略。"),))


def _about(one: Address) -> str:
    what = "机关网站" if one.year is None else f"{one.year} 年的报告"
    answer = "没有答复" if one.status is None else f"答复 {one.status}"
    return f"{_place(one.office)}，{what}：{one.address}（{answer}）"


def _place(office: Office) -> str:
    return office.folder.removeprefix("reports/")
