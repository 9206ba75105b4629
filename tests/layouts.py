"""Write the tables of a report in the ways that offices and extraction programs do: test material, never published.

All layouts show the same figures, so one expectation serves them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from disclosure.form.template import APPLICANTS, FORMS, OUTCOMES, TABLES
from disclosure.model import Cell

Figures: TypeAlias = Mapping[Cell, int]
Grid: TypeAlias = list[list[str]]
"""Rows of cells; empty strings are the cells that a merged cell covers."""
Layout: TypeAlias = Callable[[Grid], str]

TITLES = {
    "proactive": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "disputes": "四、政府信息公开行政复议、行政诉讼情况",
}


def figures(form: str, values: Mapping[tuple[str, str, str], int] | None = None) -> dict[Cell, int]:
    """Every figure of a form: 0 but for the given ones."""
    known = values or {}
    cells = (
        Cell(table.id, row.id, column.id)
        for table in FORMS[form].tables.values()
        for row in table.rows
        for column in row.columns
    )
    return {cell: known.get((cell.table, cell.row, cell.column), 0) for cell in cells}


def grid(form: str, table: str, true: Figures) -> Grid:
    """One table as a grid of cells, as Word shows it."""
    return _GRIDS[table](form, true)


def _proactive(form: str, true: Figures) -> Grid:
    rows: Grid = []
    group, columns = "", ()
    for row in FORMS[form].tables["proactive"].rows:
        if row.group != group:
            group = row.group
            columns = row.columns
            rows += [[group], ["信息内容", *(column.label for column in columns)]]
        rows.append([row.label, *(str(true[Cell("proactive", row.id, column.id)]) for column in row.columns)])
    return rows


def _requests(form: str, true: Figures) -> Grid:
    names = [column.label for column in APPLICANTS]
    rows: Grid = [
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"],
        ["", "自然人", "法人或其他组织", "总计"],
        ["", "", *names[1:-1]],
    ]
    group = ""
    for row in FORMS[form].tables["requests"].rows:
        first = "三、本年度办理结果" if row.id == "granted" else ""
        second = row.group if row.group != group else ""
        group = row.group
        numbers = [str(true[Cell("requests", row.id, column.id)]) for column in APPLICANTS]
        rows.append([*(cell for cell in (first, second) if cell), row.label, *numbers])
    return rows


def _disputes(form: str, true: Figures) -> Grid:
    names = [column.label for column in OUTCOMES]
    rows = FORMS[form].tables["disputes"].rows
    return [
        ["行政复议", "行政诉讼"],
        [*names, "未经复议直接起诉", "复议后起诉"],
        [*names, *names],
        [str(true[Cell("disputes", row.id, column.id)]) for row in rows for column in OUTCOMES],
    ]


_GRIDS = {"proactive": _proactive, "requests": _requests, "disputes": _disputes}


def _lines(rows: Iterable[str]) -> str:
    return "\n".join(rows) + "\n"


def tabs(table: Grid) -> str:
    """One row a line, cells between tabs, as copied from Word."""
    return _lines("\t".join(row) for row in table)


def ragged_tabs(table: Grid) -> str:
    """The same with stray empty cells and a blank line after every seventh row, as cut by page breaks."""
    lines = ["\t" * (index % 3) + "\t".join(row) + "\t" * (2 - index % 3) for index, row in enumerate(table)]
    return _lines(line + "\n" * (index % 7 == 6) for index, line in enumerate(lines))


def pipes(table: Grid) -> str:
    """One row a line, cells between pipes, empty cells at the end."""
    return _lines(" | ".join(row) + " | ||" for row in table)


def markdown_table(table: Grid) -> str:
    """A Markdown table with its rule below the first row."""
    first, *rest = (f"| {' | '.join(row)} |" for row in table)
    return _lines([first, "|---|---|", *rest])


def cell_a_line(table: Grid) -> str:
    """One cell a line."""
    return _lines(cell for row in table for cell in row if cell)


def cell_a_line_with_blanks(table: Grid) -> str:
    """One cell a line, a blank line between, white space around."""
    return _lines(f"  {cell}\u3000\n" for row in table for cell in row if cell)


def pipe_after_cell(table: Grid) -> str:
    """A line end after every cell, the pipe before it."""
    return _lines(f"{cell} |" for row in table for cell in row if cell)


def one_line(table: Grid) -> str:
    """Everything on one line."""
    return " ".join(cell for row in table for cell in row if cell) + " "


def full_width(table: Grid) -> str:
    """Digits and brackets in full width, spaces between the characters of short headers."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return _lines(
        "\t".join(" ".join(cell) if len(cell) == len("结果维持") else cell.translate(wide) for cell in row)
        for row in table
    )


LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (
        tabs,
        ragged_tabs,
        pipes,
        markdown_table,
        cell_a_line,
        cell_a_line_with_blanks,
        pipe_after_cell,
        one_line,
        full_width,
    )
}


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
