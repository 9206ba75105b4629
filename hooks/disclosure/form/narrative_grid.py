"""Tables inside the narrative: those that the format marks as tables, and those that a text plainly sets as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from disclosure.model import Section

Numbered: TypeAlias = tuple[int, str]
"""A line number of the source, and the line as printed."""
Cells: TypeAlias = tuple[str, ...]

_RULE_CELL = re.compile(r"\s*:?-{2,}:?\s*")
_FEWEST_CELLS = 2
_FEWEST_ROWS = 2
_FIGURE = re.compile(r"[+-]?[\d０-９][\d０-９,，.．]*\s*[%％]?|[-—/]")
_LIST_NUMBER = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,3}[、.．)）]|[^\w\s]")
"""A first cell that numbers a list: Word puts a tab between the number or bullet of a list and its text."""


def tables_in(section: Section) -> dict[int, range]:
    """For each line number of a table its range: real tables of more than one column, else what is plainly one."""
    printed = dict(section.lines)
    found: dict[int, range] = {}
    for table in section.tables:
        rows = [cells_of(printed[number]) for number in table if number in printed]
        if len(_filled_columns(rows)) >= _FEWEST_CELLS:
            found |= dict.fromkeys(table, table)
    real = {number for table in section.tables for number in table}
    rest = [line for line in section.lines if line[0] not in real]
    for first, last in _runs(rest):
        found |= dict.fromkeys(range(first, last + 1), range(first, last + 1))
    return found


def cells_of(line: str) -> Cells:
    """The cells of a row as printed: between tabs, else between the pipes of Markdown."""
    if "\t" in line:
        return tuple(cell.strip() for cell in line.split("\t"))
    inner = line.strip()
    if "|" in inner:
        inner = inner.removeprefix("|").removesuffix("|")
    return tuple(cell.strip() for cell in inner.split("|"))


def lay_out(lines: Sequence[Numbered]) -> tuple[tuple[Cells, ...], bool]:
    """The rows of a table without empty columns and without Markdown's rule, and whether the first row is a header."""
    ruled = len(lines) > 1 and _is_rule(lines[1][1])
    rows = [cells_of(text) for _, text in lines if not _is_rule(text)]
    columns = _filled_columns(rows)
    laid = tuple(tuple(row[column] if column < len(row) else "" for column in columns) for row in rows)
    return laid, ruled or _begins_with_names(laid)


def is_figure(cell: str) -> bool:
    """Whether a cell holds nothing but a number, or a mark that stands for none."""
    return _FIGURE.fullmatch(cell) is not None


def _begins_with_names(rows: Sequence[Cells]) -> bool:
    """A header names every column and holds no figure, but figures stand below it."""
    if len(rows) < _FEWEST_ROWS:
        return False
    head, *body = rows
    return all(cell and not is_figure(cell) for cell in head) and any(is_figure(cell) for row in body for cell in row)


def _is_rule(line: str) -> bool:
    """Whether this is the line of Markdown between the header of a table and its body."""
    return "|" in line and "\t" not in line and all(_RULE_CELL.fullmatch(cell) for cell in cells_of(line))


def _filled_columns(rows: Iterable[Cells]) -> list[int]:
    return sorted({column for row in rows for column, cell in enumerate(row) if cell})


def _runs(lines: Sequence[Numbered]) -> list[tuple[int, int]]:
    """First and last line number of each table in the text: lines on end with equally many cells."""
    runs: list[list[Numbered]] = []
    for number, text in lines:
        width = len(cells_of(text)) if "|" in text or "\t" in text else 0
        if width < _FEWEST_CELLS:
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and last[0] == number - 1 and len(cells_of(last[1])) == width:
            runs[-1].append((number, text))
        else:
            runs.append([(number, text)])
    return [(run[0][0], run[-1][0]) for run in runs if _is_plainly_a_table([text for _, text in run])]


def _is_plainly_a_table(lines: Sequence[str]) -> bool:
    rows = [cells_of(line) for line in lines if not _is_rule(line)]
    whole = [row for row in rows if sum(map(bool, row)) >= _FEWEST_CELLS]
    is_list = len(rows[0]) == _FEWEST_CELLS and all(_LIST_NUMBER.fullmatch(row[0]) for row in rows) if rows else False
    return len(whole) >= _FEWEST_ROWS and not is_list
