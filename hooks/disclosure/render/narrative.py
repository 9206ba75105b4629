"""The narrative of one report, section by section, with the structure that its own numbering shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise

from disclosure.form import narrative as setting
from disclosure.form.narrative_grid import is_figure
from disclosure.model import Section as ReportSection
from disclosure.render.blocks import (
    Block,
    Bullets,
    Heading,
    Inline,
    Item,
    Link,
    Paragraph,
    Parts,
    Section,
    Strong,
    Table,
    TableRow,
    Td,
    Text,
    Th,
    To,
    paragraph,
    text,
)
from disclosure.render.view import View

_BELOW_TITLE = 2
"""``form.narrative`` counts from the section's title, its level 2; here the title is level 4."""
_LOWEST = 6
_SHORT = 12
"""Characters up to which the first cell of a row can stay in sight beside the others on a phone, and any be narrow."""


def narrative(view: View) -> Iterator[Block]:
    """The sections of a report with text in them, under one heading."""
    yield Heading(3, "报告正文", view.anchor("text"))
    sections = [section for section in view.report.filling.sections if section.lines]
    if not sections:
        yield paragraph("这份报告里没有读到正文。")
        return
    if len(sections) > 1:
        yield _outline(view, sections)
    blocks = (block for number, section in enumerate(sections, 1) for block in _section(view, number, section))
    yield Section(tuple(blocks), "narrative")


def _outline(view: View, sections: Sequence[ReportSection]) -> Section:
    """The way to every section. Its words stand below as headings, so search leaves it out."""
    links = (Link(_title(one), To(None, _anchor(view, number, one))) for number, one in enumerate(sections, 1))
    return Section((Bullets(tuple(Item((link,)) for link in links), kind="plain"),), "outline", searchable=False)


def _title(section: ReportSection) -> str:
    return section.heading or "开头"


def _anchor(view: View, number: int, section: ReportSection) -> str:
    return view.anchor("section", str(number), section.id)


def _section(view: View, number: int, section: ReportSection) -> Iterator[Block]:
    yield Heading(4, _title(section), _anchor(view, number, section))
    shown = (block for block in setting.blocks(section) if block.kind != "mark")
    for kind, run in groupby(shown, lambda block: block.kind):
        if kind == "item":
            yield from _lists(list(run))
        else:
            yield from (_block(view, block) for block in run)
    yield Paragraph((Link(f"原文第 {section.line} 行起", view.line(section.line)),), "note")


def _block(view: View, block: setting.Block) -> Block:
    if block.kind == "heading":
        return Heading(min(block.level + _BELOW_TITLE, _LOWEST), block.text, view.anchor("text", str(block.line)))
    if block.kind == "table":
        return _table(block)
    return Paragraph(_parts(block), "closing" if block.kind == "closing" else "")


def _lists(items: Sequence[setting.Block]) -> Iterator[Bullets]:
    """Items of one depth, each with the lists below it; where the kind of mark changes, another list begins."""
    depth = min((item.level for item in items), default=0)
    starts = [at for at, item in enumerate(items) if item.level == depth]
    heads = [(items[start], tuple(_lists(items[start + 1 : end]))) for start, end in pairwise([*starts, len(items)])]
    for numbered, run in groupby(heads, lambda head: bool(head[0].number)):
        yield Bullets(tuple(Item(_parts(item), below=below) for item, below in run), own_numbers=numbered)


def _table(block: setting.Block) -> Table:
    head = tuple(Th(text(cell), "col") for cell in block.rows[0]) if block.header else ()
    body = block.rows[1:] if block.header else block.rows
    named = int(block.header and all(0 < len(row[0]) <= _SHORT and not is_figure(row[0]) for row in body))
    long = {at for row in body for at, cell in enumerate(row) if len(cell) > _SHORT}
    rows = tuple(TableRow((*(Th(text(name)) for name in row[:named]), *_cells(row, named, long))) for row in body)
    return Table(f"正文中的表格（原文第 {block.line} 行起）", head, (rows,), "narrative")


def _cells(row: Sequence[str], first: int, long: Collection[int]) -> Iterator[Td]:
    """The cells of a row from ``first`` on; columns of ``long`` texts are kept wide enough to read."""
    for at, words in enumerate(row[first:], start=first):
        yield Td(text(words), "number" if is_figure(words) else "long" if at in long else "")


def _parts(block: setting.Block) -> Parts:
    """The text with what the source set in bold."""
    cuts = sorted({0, len(block.text), *(end for span in block.strong for end in span)})
    pieces: Iterator[Inline] = (
        (Strong if (start, end) in block.strong else Text)(block.text[start:end]) for start, end in pairwise(cuts)
    )
    return tuple(pieces)
