"""The narrative of one report, section by section, with the structure that its own numbering shows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from disclosure.form import narrative as setting
from disclosure.model import Section as ReportSection
from disclosure.render.blocks import Block, Heading, Inline, Link, Paragraph, Parts, Section, Strong, Text, paragraph
from disclosure.render.view import View

_FIRST_LEVEL = 3
"""``form.narrative`` counts from the section's title, its level 2; here the title is level 4."""


def narrative(view: View) -> Iterator[Block]:
    """The sections of a report with text in them, under one heading."""
    yield Heading(3, "报告正文", view.anchor("text"))
    sections = [section for section in view.report.filling.sections if section.lines]
    if not sections:
        yield paragraph("这份报告里没有读到正文。")
        return
    blocks = (block for number, section in enumerate(sections, 1) for block in _section(view, number, section))
    yield Section(tuple(blocks), "narrative")


def _section(view: View, number: int, section: ReportSection) -> Iterator[Block]:
    yield Heading(4, section.heading or "开头", view.anchor("section", str(number), section.id))
    below_first = False
    for block in setting.blocks(section):
        if block.kind == "heading":
            below_first = below_first or block.level == _FIRST_LEVEL
            level = 6 if below_first and block.level > _FIRST_LEVEL else 5
            yield Heading(level, block.text, view.anchor("text", str(block.line)))
        else:
            yield Paragraph(_parts(block), "item" if block.kind == "item" else "")
    yield Paragraph((Link(f"原文第 {section.line} 行起", view.line(section.line)),), "note")


def _parts(block: setting.Block) -> Parts:
    """The text with what the source set in bold."""
    cuts = sorted({0, len(block.text), *(end for span in block.strong for end in span)})
    pieces: Iterator[Inline] = (
        (Strong if (start, end) in block.strong else Text)(block.text[start:end]) for start, end in pairwise(cuts)
    )
    return tuple(pieces)
