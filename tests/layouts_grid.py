"""The tables of a report as grids of cells: what every layout and every format is written from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from disclosure.form.template import APPLICANTS, FORMS, OUTCOMES, Column
from disclosure.model import Cell, Number

Figures: TypeAlias = Mapping[Cell, Number]
Grid: TypeAlias = list[list[str]]
"""Rows of cells; empty strings are the cells that a merged cell covers."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
NOTED = re.compile(r"(?P<number>[+-]?\d[\d,]*(?:\.\d+)?)(?: ?件|万元|（[^）]*）|\*)?")
"""A number with what may stand beside it: 1,234 · 240万元 · 22（其中修订 16 件）."""
_NO_NUMBER = re.compile(r"[/—-]|——|无|-?[\dOlZSB.]+\??")
"""Marks for no number, and what is left of one when its digits are taken for letters."""


class Printed(str):
    """A printed number that knows which figure it stands for, wherever damage takes it."""

    __slots__ = ("origin",)
    origin: Cell

    @classmethod
    def of(cls, text: object, origin: Cell) -> Printed:
        """The number as text, printed for a figure."""
        printed = cls(text)
        printed.origin = origin
        return printed


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


def _print(true: Figures, cell: Cell) -> str:
    return Printed.of(true[cell], cell)


def _proactive(form: str, true: Figures) -> Grid:
    rows: Grid = []
    group, columns = "", tuple[Column, ...]()
    for row in FORMS[form].tables["proactive"].rows:
        if row.group != group:
            group = row.group
            columns = row.columns
            rows += [[group], ["信息内容", *(column.label for column in columns)]]
        rows.append([row.label, *(_print(true, Cell("proactive", row.id, column.id)) for column in row.columns)])
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
        numbers = [_print(true, Cell("requests", row.id, column.id)) for column in APPLICANTS]
        rows.append([*(cell for cell in (first, second) if cell), row.label, *numbers])
    return rows


def _disputes(form: str, true: Figures) -> Grid:
    names = [column.label for column in OUTCOMES]
    rows = FORMS[form].tables["disputes"].rows
    return [
        ["行政复议", "行政诉讼"],
        [*names, "未经复议直接起诉", "复议后起诉"],
        [*names, *names],
        [_print(true, Cell("disputes", row.id, column.id)) for row in rows for column in OUTCOMES],
    ]


_GRIDS = {"proactive": _proactive, "requests": _requests, "disputes": _disputes}


def is_number(cell: str) -> bool:
    """Whether a cell of a grid holds a number and nothing else."""
    return _NUMBER.fullmatch(cell) is not None


def is_value(cell: str) -> bool:
    """Whether a cell stands where a number should: a number, with a note perhaps, a mark for none, a misread one."""
    return NOTED.fullmatch(cell) is not None or _NO_NUMBER.fullmatch(cell) is not None


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
