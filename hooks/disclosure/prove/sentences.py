"""The Chinese sentences of proofs, with the numbers filled in. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from math import comb
from typing import TypeAlias

from disclosure.form.template import FORMS, TABLE_NAMES
from disclosure.model import Cell, PlacedBy
from disclosure.prove.domains import NO_LIMIT, UNKNOWN
from disclosure.prove.relations import Relation
from disclosure.prove.shape import Shape

Bounds: TypeAlias = tuple[int, int]

COLUMN_KINDS = frozenset({"handled-sum", "balance"})
RELATION_NAMES = {
    "row-total": "横向合计（六类申请人之和等于总计）",
    "dispute-total": "横向合计（四种结果之和等于总计）",
    "handled-sum": "纵向合计（各项办理结果之和等于办理结果总计）",
    "balance": "收转平衡（本年新收加上年结转，等于办理结果总计加结转下年度）",
}
NAMED = 2
"""More rows than this are counted instead of named."""
LISTED = 7
"""A side of an equation with more terms than this is summed up."""


@cache
def _labels(form: str, table: str) -> tuple[dict[str, str], dict[str, str]]:
    rows = FORMS[form].tables[table].rows
    return {row.id: row.short for row in rows}, {column.id: column.label for column in rows[0].columns}


def row_name(shape: Shape, row: int) -> str:
    """The short name of a row, in quotation marks."""
    return f"“{_labels(shape.form, shape.table)[0][shape.rows[row]]}”"


def column_name(shape: Shape, column: int) -> str:
    """The label of a column, in quotation marks."""
    return f"“{_labels(shape.form, shape.table)[1][shape.columns[column]]}”"


def cell_name(shape: Shape, cell: Cell) -> str:
    """A cell as row and column."""
    rows, columns = _labels(shape.form, shape.table)
    return f"“{rows[cell.row]}”一行的“{columns[cell.column]}”"


def within(bounds: Bounds) -> str:
    """What is known of a count."""
    low, high = bounds
    if low == high:
        return f"是 {low}"
    return f"在 {low} 到 {high} 之间" if high < NO_LIMIT else f"不小于 {low}"


def printed_unplaced(shape: Shape, row: int, values: Sequence[int]) -> str:
    """A row that prints fewer numbers than it has columns."""
    size = len(shape.columns)
    numbers = "、".join("（无数字）" if value == UNKNOWN else str(value) for value in values)
    return (
        f"{row_name(shape, row)}一行依次印出 {len(values)} 个数：{numbers}；"
        f"表有 {size} 列，缺 {size - len(values)} 个，缺在哪一列不明。"
    )


def printed_gaps(shape: Shape, row: int, columns: Iterable[int]) -> str:
    """A row without a number in some columns."""
    return f"{row_name(shape, row)}一行的{'、'.join(column_name(shape, column) for column in columns)}没有印出数字。"


def not_read(shape: Shape, row: int) -> str:
    """A row of which nothing was read."""
    return f"原文中没有读到{row_name(shape, row)}一行的数字。"


def tried_placements(shape: Shape, row: int, count: int, found: Mapping[int, Bounds], *, premised: bool) -> str:
    """What all possible placements of a row's numbers have in common; ``found`` is by column."""
    size = len(shape.columns)
    ways = f"这 {count} 个数保持次序放进 {size} 列，共有 {comb(size, count)} 种放法"
    conditions = f"符合{RELATION_NAMES[shape.row_relations[row].kind]}" + ("和以上各步" if premised else "")
    if len(found) == size and all(low == high for low, high in found.values()):
        values = "、".join(str(low) for low, _ in found.values())
        return f"{ways}；凡{conditions}的，各列都依次是：{values}。"
    common = "，".join(f"{column_name(shape, column)}都{within(bounds)}" for column, bounds in found.items())
    return f"{row_name(shape, row)}一行：{ways}；凡{conditions}的，{common}。"


def equation(shape: Shape, relation: Relation, target: Cell, bounds: Mapping[Cell, Bounds], found: Bounds) -> str:
    """A relation with its numbers, the target as □, and what follows; cells not in ``bounds`` are only ≥ 0."""
    left, right = (_side(cells, target, bounds) for cells in (relation.left, relation.right))
    place = column_name(shape, shape.columns.index(target.column)) + "一列，" if relation.kind in COLUMN_KINDS else ""
    conclusion = f"所以{cell_name(shape, target)}（□）{within(found)}。"
    sums = f"{left} = {right}".replace(" （", "（").replace("） ", "）")  # full-width brackets bring their own space
    return f"{place}{RELATION_NAMES[relation.kind]}：{sums}，{conclusion}"


def _side(cells: Sequence[Cell], target: Cell, bounds: Mapping[Cell, Bounds]) -> str:
    if len(cells) <= LISTED:
        return " + ".join("□" if cell == target else _term(bounds.get(cell)) for cell in cells)
    others = [bounds.get(cell, (0, NO_LIMIT)) for cell in cells if cell != target]
    total = sum(low for low, _ in others), sum(high for _, high in others)
    if target in cells:
        return f"□ + 其余 {len(others)} 项（合计{_range(total)}）"
    return f"{len(others)} 项合计{_range(total)}"


def _term(bounds: Bounds | None) -> str:
    low, high = bounds or (0, NO_LIMIT)
    return str(low) if low == high else f"（{_range((low, high)).strip()}）"


def _range(bounds: Bounds) -> str:
    low, high = bounds
    if low == high:
        return f" {low}"
    return f" {low} 至 {high}" if high < NO_LIMIT else f"不小于 {low}"


def other_rows(shape: Shape, column: int, values: Mapping[int, int]) -> str:
    """What other damaged rows have in a column, by their own numbers alone; ``values`` is by row."""
    kind = RELATION_NAMES[shape.row_relations[0].kind]
    names = "、".join(row_name(shape, row) for row in values) if len(values) <= NAMED else f"另有 {len(values)} 行"
    numbers = set(values.values())
    told = f"都是 {numbers.pop()}" if len(numbers) == 1 else f"依次是 {'、'.join(map(str, values.values()))}"
    return f"{names}也有数字没有印出或列位不明，但按{kind}，其{column_name(shape, column)}{told}。"


def searched(shape: Shape, cell: Cell, value: int) -> str:
    """All other values were tried and refuted."""
    name = cell_name(shape, cell)
    return f"把本表余下的各种可能逐一代入，{name}凡不是 {value} 的，都与表中的勾稽关系矛盾，所以是 {value}。"


def not_told_apart(shape: Shape, columns: Sequence[int]) -> str:
    """Which column was lost cannot be told and does not matter; ``columns`` are those taken for the lost ones."""
    names = "、".join(column_name(shape, column) for column in columns)
    return f"缺的究竟是哪一列无从判定，也不影响各列的数值；这里约定把{names}记为未印出。"


def entry_not_told(shape: Shape, row: int) -> str:
    """The value is certain although the place of the printed numbers of its row is not."""
    return f"{row_name(shape, row)}一行印出的数各在哪一列还不能全部判定，但这一格的数值不受影响。"


def distrusted(shape: Shape, count: int) -> str:
    """The result does not rest on any single printed number."""
    return f"把“{TABLE_NAMES[shape.table]}”表中印出的 {count} 个数逐个当作可能有误、不予采信，重新推算，结果都不变。"


def placed_by_order(shape: Shape, row: int) -> str:
    """A row of numbers without its label."""
    return (
        f"表中有的行没有读到名称。印出的数恰好是 {len(shape.rows)} 行、每行 {len(shape.columns)} 个，"
        f"第 {row + 1} 行按表格次序是{row_name(shape, row)}；这样归位，已读到的行名都不冲突，表内全部勾稽关系都成立。"
    )


def placed_as_total(shape: Shape, row: int) -> str:
    """The only number of a row."""
    return (
        f"{row_name(shape, row)}一行只印出一个数，各行都是这样。把每行的这个数都作为“总计”，"
        "各项办理结果之和等于办理结果总计，收转也平衡；其余各栏在提取文字时是空的。"
    )


PLACED_BY: Mapping[PlacedBy, Callable[[Shape, int], str]] = {
    PlacedBy.ORDER: placed_by_order,
    PlacedBy.LONE_TOTAL: placed_as_total,
}
