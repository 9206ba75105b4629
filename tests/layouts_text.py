"""Write a table as text, in the ways that offices and extraction programs do. Every number of the grid is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from disclosure.form.template import APPLICANTS, DISPUTES, FORMS, OUTCOMES
from layouts_grid import Grid, is_value, turned


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
        "\t".join(" ".join(cell) if cell in _SHORT_RESULTS else cell.translate(wide) for cell in row) for row in table
    )


def split_header(table: Grid) -> str:
    """One cell a line, a blank line between; header words broken over lines, blanks before the numbers."""
    return _lines(f"{_broken_header(cell)}\n" if not is_value(cell) else f" {cell}\n" for cell in _cells(table))


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
    if is_value(cell) or len(cell) <= width * 2:
        return cell
    return "\n".join(cell[start : start + width] for start in range(0, len(cell), width))


def pipe_before_row(table: Grid) -> str:
    """A pipe alone on a line, then the row."""
    return _lines("|\n" + " | ".join(row) + " |" for row in table)


_DISPUTES = len(OUTCOMES) * len(DISPUTES.rows)
"""Numbers of table 4; with more, a damaged row is more than its three tables hold."""


def markdown_tables(table: Grid) -> str:
    """A small Markdown table below a heading for every merged cell, with made-up names over the numbers."""
    lines: list[str] = []
    for row in table:
        labels = [cell for cell in row if cell and not is_value(cell)]
        numbers = [cell for cell in row if is_value(cell)]
        if len(APPLICANTS) + 1 < len(numbers) <= _DISPUTES and not labels:
            lines += _dispute_tables(numbers)
        elif numbers and not labels:
            lines.append(_piped(numbers))
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
        elif len(cells) > len(OUTCOMES) and not is_value(cells[0]):
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
        numbers = [cell for cell in row if is_value(cell)]
        labels = [cell for cell in row if cell and not is_value(cell)]
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


def split_rows(table: Grid) -> str:
    """Labels and their numbers over two lines, as where a cell was split in two."""
    return _lines("\t".join(_split_label(cell) for cell in row) for row in table)


def _split_label(cell: str) -> str:
    return f"{cell[:-3]}\t\t\n\t{cell[-3:]}" if len(cell) > _LONG and not is_value(cell) else cell


def _cells(table: Grid) -> Iterator[str]:
    return (cell for row in table for cell in row if cell)


def pipe_compact(table: Grid) -> str:
    """One row a line, a pipe behind every cell."""
    return _lines("".join(f"{cell} | " for cell in row) for row in table)


def cut_labels(table: Grid) -> str:
    """Labels cut by narrow cells and page breaks: the numbers on the first line, the rest of the label below."""
    lines: list[str] = []
    for index, row in enumerate(table):
        labels = [cell for cell in row if not is_value(cell)]
        label = labels[-1] if labels and len(labels) < len(row) and len(labels[-1]) > _LONG else ""
        head = label[: len(label) // 2]
        shown = [*labels[:-1], head, *row[len(labels) :]] if label else row
        lines.append("\t".join(["", *(" ".join(cell) if cell in _SHORT_RESULTS else cell for cell in shown)]))
        lines += [""] * (index % _ROWS_A_PAGE == _ROWS_A_PAGE - 1)
        lines += [f"\t\t{label.removeprefix(head)}"] if label else []
    return _lines(lines)


_SHORT_RESULTS = {column.label for column in OUTCOMES[:-1]}


def labels_then_numbers(table: Grid) -> str:
    """Text of a PDF in the order of its columns: all labels of table 3, then all its rows of numbers."""
    labels: list[str] = []
    rows: list[str] = []
    for row in table:
        numbers = [cell for cell in row if is_value(cell)]
        words = [cell for cell in row if cell and not is_value(cell)]
        if words and len(numbers) > _MOST_NUMBERS_OF_TABLE_2:
            labels += words
            rows.append(_piped(numbers))
        else:
            (rows or labels).append(" ".join([*words, *numbers]))
    return _lines([*labels, *rows])


_MOST_NUMBERS_OF_TABLE_2 = 3


def numbers_inside_labels(table: Grid) -> str:
    """Text of a PDF: the numbers stand at half height of labels of two lines, the words of the header are mixed."""
    lines: list[str] = []
    for index, row in enumerate(table):
        numbers = [cell for cell in row if is_value(cell)]
        words = [cell for cell in row if cell and not is_value(cell)]
        if len(words) == len(_PARTS) and not numbers:
            upper, lower = [word[:_HALF] for word in words], [word[_HALF:] for word in words if len(word) > _HALF]
            lines += ["".join(upper), _piped(lower)]
        elif len(numbers) > 1 and words and len(words[-1]) > _LONG:
            half = len(words[-1]) // 2
            lines += [words[-1][:half], " ".join(numbers), words[-1][half:]]
        else:
            lines.append(" ".join([*words[-1:], *numbers] if numbers else words))
        lines += [f"— {index} —"] * (index % _ROWS_A_PAGE == _ROWS_A_PAGE - 1)
    return _lines(lines)


_HALF = 3
_PARTS = APPLICANTS[1:-1]


def wrong_headers(table: Grid) -> str:
    """A small Markdown table for every row of table 3, some below names that belong elsewhere."""
    return "".join(
        f"{line}\n" if not line.startswith("| 类别 |") or number % _EVERY_THIRD else f"{_WRONG_HEADER}\n"
        for number, line in enumerate(markdown_tables(table).splitlines())
    )


_EVERY_THIRD = 3
_WRONG_HEADER = "| 项目 | 本年新收件数 | 上年结转件数 | 予以公开 | 部分公开 | 不予公开 | 结转下年度 | 总计 |"


def every_cell_a_line(table: Grid) -> str:
    """One cell a line with a blank line between, empty cells too: blank figures leave stretches of blank lines."""
    return _lines(f"{cell}\n" for row in table for cell in row)
