"""Write the tables of a report in the ways that offices and extraction programs do: test material, never published.

All layouts show the same figures, so one expectation serves them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from disclosure.form.template import APPLICANTS, DISPUTES, FORMS, OUTCOMES, TABLES
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


def is_number(cell: str) -> bool:
    """Whether a cell of a grid holds a number."""
    return cell.isdecimal()


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


def split_header(table: Grid) -> str:
    """One cell a line, a blank line between; header words broken over lines, blanks before the numbers."""
    return _lines(f"{_broken_header(cell)}\n" if not is_number(cell) else f" {cell}\n" for cell in _cells(table))


def _broken_header(cell: str) -> str:
    """商业企业 → 商业 / 企业 on a line each."""
    half = -(-len(cell) // 2)
    return f"{cell[:half]}\n\n{cell[half:]}" if cell in _BREAKABLE else cell


_BREAKABLE = {
    *(column.label for column in (*APPLICANTS, *OUTCOMES) if len(column.label) > len("总计")),
    *(column.label for form in FORMS.values() for row in form.tables["proactive"].rows for column in row.columns),
}


def pipe_between_cells(table: Grid) -> str:
    """One cell a line, and between two cells a line that holds only a pipe."""
    return "\n|\n".join(_cells(table)) + "\n"


def pipes_with_white_space(table: Grid) -> str:
    """White space and line ends inside the cells."""
    return _lines("|".join(f"\n\t {_wrapped(cell, 6)}\n  " for cell in row) + "|" for row in table)


def _wrapped(cell: str, width: int) -> str:
    """A long cell over several lines; numbers and short words stay whole."""
    if is_number(cell) or len(cell) <= width * 2:
        return cell
    return "\n".join(cell[start : start + width] for start in range(0, len(cell), width))


def pipe_before_row(table: Grid) -> str:
    """A pipe alone on a line, then the row."""
    return _lines("|\n" + " | ".join(row) + " |" for row in table)


def markdown_tables(table: Grid) -> str:
    """A small Markdown table below a heading for every merged cell, with made-up names over the numbers."""
    lines: list[str] = []
    for row in table:
        labels = [cell for cell in row if cell and not is_number(cell)]
        numbers = [cell for cell in row if is_number(cell)]
        if numbers and not labels:
            lines += _dispute_tables(numbers)
        elif numbers:
            names = [f"数据{number}" for number in range(1, len(numbers))]
            lines += [*(f"### {cell}" for cell in labels[:-1]), "", _piped(["类别", *names, "总计"])]
            lines += ["|---" * (len(numbers) + 1) + "|", _piped([labels[-1], *numbers])]
        else:
            lines.append(f"### {' '.join(labels)}")
    return _lines(lines)


def _dispute_tables(numbers: list[str]) -> Iterator[str]:
    width = len(OUTCOMES)
    for start, row in zip(range(0, len(numbers), width), DISPUTES.rows, strict=False):
        yield f"### {row.group}（{row.label}）" if row.group else f"### {row.label}"
        yield from (_piped(column.label for column in OUTCOMES), "|---" * width + "|")
        yield _piped(numbers[start : start + width])


def _piped(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def spaced_text(table: Grid) -> str:
    """Text of a PDF: blanks between cells, a merged cell's characters read across, page marks between rows."""
    upright = iter("本年度办理结果")
    lines: list[str] = []
    for index, row in enumerate(table):
        cells = [cell for cell in row if cell]
        if cells[:1] == ["三、本年度办理结果"]:
            cells[0] = "三、"
        elif len(cells) > len(OUTCOMES) and not is_number(cells[0]):
            cells = [*(char for char in [next(upright, "")] if char), *cells]
        lines.append("   ".join(cells))
        if index % _ROWS_A_PAGE == _ROWS_A_PAGE - 1:
            lines += ["", ("— {} —", "P. {}", "Page {}", "第 {} 页 共 9 页")[index % 4].format(index), ""]
    return _lines(lines)


_ROWS_A_PAGE = 9


def labels_around_numbers(table: Grid) -> str:
    """Long labels over two lines, their numbers in a Markdown table of their own below; page marks in between."""
    lines: list[str] = []
    for index, row in enumerate(table):
        numbers = [cell for cell in row if is_number(cell)]
        labels = [cell for cell in row if cell and not is_number(cell)]
        if len(numbers) > 1 and labels and len(labels[-1]) > _LONG:
            lines += [*_wrapped(labels[-1], _LONG).split("\n"), _piped(numbers), "|---" * len(numbers) + "|"]
        else:
            lines.append(_piped([*labels[-1:], *numbers]) if numbers else "".join(labels))
        lines += [f"— {index} —"] * (index % _ROWS_A_PAGE == _ROWS_A_PAGE - 1)
    return _lines(lines)


_LONG = 10


def long_labels(table: Grid) -> str:
    """Labels with explanations behind them, in which digits stand."""
    return tabs([[_EXPLAINED.get(cell, cell) for cell in row] for row in table])


_EXPLAINED = {
    "本年增/减": "本年增/减（与2019年相比，增加用正值表示，减少用负值表示，如-8）",
    "上一年项目数量": "上一年项目数量（指截至2018年12月31日的项目数量）",
    "本年收费金额（单位：万元）": "本年收费金额（单位：万元，保留4位小数，如0.0001）",
    "行政许可": "行政许可（含2019年12月31日前受理、2020年办结的）",
    "一、本年新收政府信息公开申请数量": "一、本年新收政府信息公开申请数量（1月1日至12月31日）",
    "3.危及“三安全一稳定”": "3.危及“三安全一稳定”（《条例》第14条）",
    "（七）总计": "（七）总计（前6项之和）",
}


def total_first(table: Grid) -> str:
    """Tabs, with the column 总计 of table 3 before the others."""
    return tabs(turned(table))


def turned(table: Grid) -> Grid:
    """Table 3 with its column 总计 moved before the others; other tables as they are."""
    width = len(APPLICANTS)
    moved = [
        [*row[:-width], row[-1], *row[-width:-1]]
        if len(row) > width and not is_number(row[-width - 1]) and all(map(is_number, row[-width:]))
        else row
        for row in table
    ]
    return [["", "总计", *row[1:-1]] if row[1:2] == ["自然人"] else row for row in moved]


def split_rows(table: Grid) -> str:
    """Labels and their numbers over two lines, as where a cell was split in two."""
    return _lines("\t".join(_split_label(cell) for cell in row) for row in table)


def _split_label(cell: str) -> str:
    return f"{cell[:-3]}\t\t\n\t{cell[-3:]}" if len(cell) > _LONG and not is_number(cell) else cell


def _cells(table: Grid) -> Iterator[str]:
    return (cell for row in table for cell in row if cell)


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
        split_header,
        pipe_between_cells,
        pipes_with_white_space,
        pipe_before_row,
        markdown_tables,
        spaced_text,
        labels_around_numbers,
        long_labels,
        total_first,
        split_rows,
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
