"""What offices print inside the cells of the form, and what is left of it: changes of a grid, whatever its layout."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from disclosure.form.template import APPLICANTS
from layouts_grid import Grid, is_number

Content: TypeAlias = Callable[[Grid], Grid]
"""Makes another grid; the one given stays as it is."""


def as_it_is(table: Grid) -> Grid:
    """Every number printed, every label as the form has it."""
    return [list(row) for row in table]


def _zeros_as(*marks: str) -> Content:
    def change(table: Grid) -> Grid:
        printed = iter(range(sum(row.count("0") for row in table)))
        return [[marks[next(printed) % len(marks)] if cell == "0" else cell for cell in row] for row in table]

    return change


blank_zeros = _zeros_as("")
slashes = _zeros_as("/")
dashes = _zeros_as("-", "—", "无")


def blank_form(table: Grid) -> Grid:
    """The form was handed in empty."""
    return [["" if is_number(cell) else cell for cell in row] for row in table]


def blank_zeros_but_totals(table: Grid) -> Grid:
    """Zeros left blank, but for the totals of the first two and the last two rows of table 3."""
    rows = [index for index, row in enumerate(table) if _is_request(row)]
    return [
        [*blank[:-1], row[-1]] if index in {*rows[:2], *rows[-2:]} else blank
        for index, (row, blank) in enumerate(zip(table, blank_zeros(table), strict=True))
    ]


def totals_alone(table: Grid) -> Grid:
    """Of the rows of table 3 only the total is filled in, at its place."""
    width = len(APPLICANTS) - 1
    return [[*row[: -width - 1], *[""] * width, row[-1]] if _is_request(row) else list(row) for row in table]


def totals_beside_labels(table: Grid) -> Grid:
    """Of the rows of table 3 only the total is left, and it stands right behind the label."""
    width = len(APPLICANTS) - 1
    return [[*row[: -width - 1], row[-1], *[""] * width] if _is_request(row) else list(row) for row in table]


def _is_request(row: list[str]) -> bool:
    return len(row) > len(APPLICANTS) and all(map(is_number, row[-len(APPLICANTS) :])) and not is_number(row[0])


def _reworded(changes: dict[str, str]) -> Content:
    return lambda table: [[changes.get(cell, cell) for cell in row] for row in table]


misprints = _reworded(
    {
        "本年废止件数": "本年度止件数",
        "2.其他法律行政法规禁止公开": "2.其他法律法规禁止公开",
        "二、上年结转政府信息公开申请数量": "二、上年转结政府信息公开申请数量",
        "商业企业": "商业机构",
        "社会公益组织": "社会组织",
        "行政规范性文件": "规范性文件",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "1.逾期不补正",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "2.逾期不缴费",
    }
)
lost_characters = _reworded(
    {
        "规章": "",
        "本年制发件数": "本年发件",
        "现行有效件数": "现行有效件",
        "本年收费金额（单位：万元）": "本年收费金额单位:万元",
        **{f"第二十条第（{item}）项": "第二十条第" for item in "一五六八九"},
    }
)


def notes_and_units(table: Grid) -> Grid:
    """Units, signs, thousands marks and notes beside the numbers of table 2."""
    return [
        [_noted(row, at) if len(row) > 1 and is_number(cell) else cell for at, cell in enumerate(row)] for row in table
    ]


def _noted(row: list[str], at: int) -> str:
    label, cell = row[0], row[at]
    if label == "行政事业性收费" and at == len(row) - 1 == 1:
        return f"{cell}万元"
    if label in {"行政许可", "行政处罚", "行政强制"}:
        return f"+{cell}" if at == 1 + 1 and not cell.startswith("-") else f"{cell} 件"
    if label in {"行政规范性文件", "规范性文件"} and at == 1:
        return f"{cell}（其中修订 16 件）"
    thousands = re.fullmatch(r"(\d+)(\d{3})", cell)
    return f"{thousands[1]},{thousands[2]}" if thousands else cell


def local_rows(table: Grid) -> Grid:
    """Rows that some places add to the form: one in table 2, one in table 3."""
    changed: Grid = []
    for row in table:
        changed.append(list(row))
        if row[0] == "行政强制":
            changed.append(["行政检查", *("7" for _ in row[1:])])
        if row[0].startswith("一、本年新收") and _is_request(row):
            changed.append(["其中：通过网络提出的申请", "2", "0", "0", "0", "0", "0", "2"])
    return changed
