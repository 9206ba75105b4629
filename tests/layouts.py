"""The ways in which reports are published: tables as text, what stands in their cells, and the text around them.

All of them show the same figures, so one expectation serves them all: test material, never published.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import layouts_content as content
import layouts_text as text
from disclosure.form.template import TABLES
from layouts_grid import TITLES, Figures, Grid, figures, grid, is_number, turned
from layouts_text import cell_a_line, pipes, tabs, total_first

__all__ = [
    "LAYOUTS", "STYLES", "TITLES", "Block", "Figures", "Grid", "Layout", "Style", "cell_a_line", "figures", "grid",
    "is_number", "pipes", "report", "tabs", "total_first", "turned",
]  # fmt: skip

Layout: TypeAlias = Callable[[Grid], str]
Block: TypeAlias = str | Grid
"""A paragraph or heading, or a table."""

LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (
        tabs,
        text.ragged_tabs,
        pipes,
        text.pipe_compact,
        text.markdown_table,
        cell_a_line,
        text.cell_a_line_with_blanks,
        text.every_cell_a_line,
        text.pipe_after_cell,
        text.one_line,
        text.full_width,
        text.split_header,
        text.pipe_between_cells,
        text.pipes_with_white_space,
        text.pipe_before_row,
        text.markdown_tables,
        text.wrong_headers,
        text.spaced_text,
        text.labels_around_numbers,
        text.numbers_inside_labels,
        text.long_labels,
        total_first,
        text.split_rows,
        text.cut_labels,
    )
}
"""Tables as text, with nothing lost: without damage every figure of theirs is read."""


@dataclass(frozen=True, slots=True)
class Style:
    """A way of publishing a whole report: what is in the cells, how tables are written, what became of the whole.

    ``lossy`` says that not every figure can be read even without damage. ``total_first`` says that table 3 has its
    column 总计 before the others. ``headings`` is None where a report may have them or not. ``real_tables`` says that
    cells stand in places of their own, empty ones too, for everybody to see.
    """

    name: str
    write: Layout = tabs
    content: content.Content = content.as_it_is
    finish: Callable[[str], str] = str
    headings: bool | None = None
    lossy: bool = False
    total_first: bool = False
    real_tables: bool = False
    suffix: str = ".txt"
    encoding: str = "utf-8"
    binary: Callable[[list[Block]], bytes] | None = None

    def prepare(self, table: Grid) -> Grid:
        """The table as the office filled it in."""
        changed = self.content(table)
        return turned(changed) if self.total_first else changed

    def text(self, blocks: list[Block]) -> str:
        """The report as text."""
        return self.finish("\n".join(block if isinstance(block, str) else self.write(block) for block in blocks))

    def publish(self, blocks: list[Block]) -> bytes:
        """The report as a file."""
        return self.text(blocks).encode(self.encoding) if self.binary is None else self.binary(blocks)


def _no_table(table: Grid) -> str:
    return ""


def _with_readings(report: str) -> str:
    """The reading behind every third character, as clones of government pages have it."""
    return re.sub(r"([一-龥]{2})([一-龥])", r"\1\2(bào)", report)


def _odd_numbering(report: str) -> str:
    return report.replace("一、总体情况", "1、 总体情况").replace("主动公开政府信息情况", "主动公开政府政府情况")


def _with_page_chrome(report: str) -> str:
    """What stands around a report on the website of a government."""
    before = "首页 > 政务公开 > 年报\n索引号：TEST/2020-00012\n字号：大 中 小\n浏览次数：1280\n文件已失效\n"
    return f"{before}{report}打印本页 关闭窗口\n主办：试验县人民政府 备案号：00000000号-1\n"


def _unnamed(report: str) -> str:
    """The page has its title elsewhere: the text begins with section one."""
    return report[report.index("一、总体情况") :] if "一、总体情况" in report else report


def repeated_lines_removed(report: str) -> str:
    """An extraction program dropped every line that it had seen before."""
    lines = report.split("\n")
    return "\n".join(dict.fromkeys(line for line in lines if line.strip()))


STYLES: dict[str, Style] = {
    style.name: style
    for style in (
        *(Style(name, write) for name, write in LAYOUTS.items() if write is not total_first),
        Style("total_first", total_first=True),
        Style("no_headings", text.cell_a_line_with_blanks, headings=False),
        Style("whole_on_one_line", finish=lambda report: " ".join(report.split())),
        Style("odd_numbering", text.cell_a_line_with_blanks, finish=_odd_numbering, headings=True),
        Style("page_chrome", pipes, finish=_with_page_chrome),
        Style("no_title", finish=_unnamed, headings=True),
        Style("gb18030", encoding="gb18030"),
        Style("utf_16", cell_a_line, encoding="utf-16-le"),
        Style("misprints", pipes, content.misprints),
        Style("lost_characters", cell_a_line, content.lost_characters),
        Style("notes_and_units", tabs, content.notes_and_units),
        Style("local_rows", pipes, content.local_rows),
        Style("slashes", text.cell_a_line_with_blanks, content.slashes, lossy=True),
        Style("dashes", tabs, content.dashes, lossy=True),
        Style("blank_zeros", tabs, content.blank_zeros, lossy=True),
        Style("blank_zeros_a_line", text.every_cell_a_line, content.blank_zeros, lossy=True, real_tables=True),
        Style("blank_zeros_but_totals", pipes, content.blank_zeros_but_totals, lossy=True),
        Style("blank_form", text.every_cell_a_line, content.blank_form, lossy=True),
        Style("totals_alone", text.every_cell_a_line, content.totals_alone, lossy=True),
        Style("totals_beside_labels", pipes, content.totals_beside_labels, lossy=True),
        Style("labels_then_numbers", text.labels_then_numbers, lossy=True),
        Style("repeated_lines_removed", cell_a_line, finish=repeated_lines_removed, lossy=True),
        Style("no_tables", _no_table, headings=True, lossy=True),
        Style("clone", finish=_with_readings, lossy=True),
    )
}
"""Every way of publishing that the damage laboratory and the quality floor try."""


def report(  # noqa: PLR0913 - a case may vary any of them
    form: str,
    true: Figures,
    layout: Layout = tabs,
    *,
    office: str = "试验镇人民政府",
    year: int = 2023,
    headings: bool = True,
    sections: Mapping[str, str] | None = None,
) -> str:
    """A whole report: title, sections one, five and six as prose, and the three tables in one layout."""
    prose = {
        "一": "本年依法公开政府信息。",
        "五": "公开渠道有待拓宽。",
        "六": "无其他需要报告的事项。",
        **(sections or {}),
    }
    parts = [f"{office}{year}年政府信息公开工作年度报告\n", "一、总体情况\n" * headings, prose["一"] + "\n"]
    for table in TABLES:
        parts += [TITLES[table] + "\n" if headings else "", layout(grid(form, table, true)), "\n"]
    parts += ["五、存在的主要问题及改进情况\n" * headings, prose["五"] + "\n"]
    parts += ["六、其他需要报告的事项\n" * headings, prose["六"] + "\n"]
    return "\n".join(parts)
