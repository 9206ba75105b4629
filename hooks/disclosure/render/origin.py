"""Where a report comes from: the files that tell it, how they compare, and what of them found no place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from disclosure.merge import APART, DIFFER
from disclosure.model import Cell, Office, Report, Status
from disclosure.render.blocks import (
    Block,
    Bullets,
    Code,
    Definitions,
    Details,
    Heading,
    Item,
    Link,
    Parts,
    Text,
    Web,
    text,
)
from disclosure.render.view import View

_PRINTED = frozenset({Status.PRINTED, Status.PLACED, Status.CONFLICT})


def origin(office: Office, view: View) -> Iterator[Block]:
    """The section on the origin of one report."""
    url = office.source_urls.get(view.year)
    main, *further = view.report.sources
    items: list[tuple[str, Parts]] = [
        ("原文", (Link("逐行查看，带行号", view.line(None)),)),
        ("文件", (Code(main.file),)),
        ("校验值（SHA-256）", (Code(main.sha256),)),
        *(item for source in further for item in _further(view, source)),
        *([("比较", text(comparison(view.report)))] if further else []),
        ("发布地址", (Link(url, Web(url)),) if url else text("本站没有记录。")),
    ]
    yield Heading(3, "来源", view.anchor("origin"))
    yield Definitions(tuple(items), "origin")
    unplaced = tuple(item for source in view.report.sources for item in _unplaced(view, source))
    if unplaced:
        yield Details("没有归入表格和正文的文字", (Bullets(unplaced),), "unplaced")


def source_name(report: Report, file: str) -> str:
    """What a line of a file is said to be in: “原文” where the report has one file, else the name of the file."""
    return "原文" if len(report.sources) == 1 else f"{PurePath(file).name} "


def _further(view: View, source: Report) -> Iterator[tuple[str, Parts]]:
    yield "另一份来源", (Link("逐行查看，带行号", view.line(None, source.file)),)
    yield "文件", (Code(source.file),)
    yield "校验值（SHA-256）", (Code(source.sha256),)


def _unplaced(view: View, source: Report) -> Iterator[Item]:
    name = "" if source.file == view.report.file else source_name(view.report, source.file)
    for one in source.filling.unplaced:
        place = Link(f"{name}第 {one.span.line} 行", view.line(one.span.line, source.file))
        yield Item((place, Text(f"：{one.text}")))


def comparison(report: Report) -> str:
    """How the files of a report compare: how many numbers are the same, differ, or stand in one of them only."""
    notes = report.filling.notes
    apart = {note.file for note in notes if note.rule == APART}
    joined = [source for source in report.sources if source.file not in apart]
    differing = [note.cells for note in notes if note.rule == DIFFER]
    same = {cell for cell in report.figures if _agrees(joined, cell)}
    told = same.union(*differing)
    supplied = Counter(
        PurePath(figure.source).name
        for cell, figure in report.figures.items()
        if figure.source and figure.value is not None and cell not in told
    )
    files = len(report.sources)
    counted = "两" if files == 2 else f"{files} "  # noqa: PLR2004 - Chinese does not say 二 here
    if not (same or differing or supplied):
        return f"{counted}份来源，没有可以互相核对的数字。"
    added = "".join(f"，{number} 个由 {name} 补足" for name, number in sorted(supplied.items()))
    return f"{counted}份来源，{len(same)} 个数字相同，{len(differing)} 处不同{added}。"


def _agrees(sources: Sequence[Report], cell: Cell) -> bool:
    """Whether two files or more print the figure, all with the same value."""
    found = (source.figures.get(cell) for source in sources)
    printed = [figure.value for figure in found if figure and figure.status in _PRINTED]
    return len(printed) > 1 and len(set(printed)) == 1
