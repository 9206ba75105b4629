"""Write an invented report as text: a title, six sections of prose, three tables in one of several layouts."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import TypeAlias

from disclosure.form.template import SECTIONS, Form, Row, Table
from disclosure.model import Cell

Figures: TypeAlias = Mapping[Cell, int]
Grid: TypeAlias = list[list[str]]

_LAYOUTS: tuple[Callable[[Grid], str], ...] = (
    lambda grid: "\n".join("\t".join(row) for row in grid),
    lambda grid: "\n".join(" | ".join(row) for row in grid),
    lambda grid: "\n\n".join(cell for row in grid for cell in row),
)
"""Tabs, pipes, a cell a line."""

_PHRASES = (
    ("年初以来", "按照年度计划", "结合本镇实际", "根据上级部署", "围绕中心工作", "在往年基础上", "针对薄弱环节"),
    ("党政综合办", "信息公开专班", "各村和各站所", "便民服务中心", "分管负责人", "政务公开小组", "宣传和档案人员"),
    ("逐项梳理", "集中更新", "定期核查", "重新编排", "分批整理", "专题研究", "及时补充"),
    ("惠农补贴台账", "项目建设信息", "办事指南和流程图", "村级财务公示", "应急预案目录", "会议纪要", "民生实事清单"),
    ("群众查阅更加方便", "内容与实际保持一致", "过期栏目都已撤下", "问题当月整改到位", "答复时间明显缩短"),
)
_SHARED = (
    "本机关严格落实信息发布审核制度，做到先审查后公开。",
    "下一步将加强业务培训，提高工作人员的能力和水平。",
    "进一步拓宽公开渠道，主动接受社会各界的监督。",
)
"""Sentences that every office writes: templates, which the comparison of texts has to see through."""
_FEES = "本年度没有收取信息处理费，也没有其他需要报告的事项。"
_SENTENCES = {"overview": 24, "problems": 6}


def write_report(  # noqa: PLR0913 - what a report is made of
    form: Form, figures: Figures, office: str, year: int, chance: random.Random, *, layout: int, torn: str | None
) -> str:
    """The text of one report. The row ``torn`` of table 3 lacks one of its numbers."""
    parts = [f"{office}{year}年政府信息公开工作年度报告"]
    for section, (number, title) in SECTIONS.items():
        parts.append(f"{number}、{title}")
        if section in form.tables:
            parts.append(_LAYOUTS[layout % len(_LAYOUTS)](_grid(form.tables[section], figures, torn)))
        else:
            parts.append(prose(chance, year, _SENTENCES[section]) if section in _SENTENCES else _FEES)
    return "\n\n".join(parts) + "\n"


def prose(chance: random.Random, year: int, count: int) -> str:
    """Sentences of the office's own with a few shared ones, a paragraph each four."""
    own = [_sentence(chance) for _ in range(count)]
    sentences = [f"{year}年，{own[0]}", *own[1:], *_SHARED]
    return "\n\n".join("".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))


def _sentence(chance: random.Random) -> str:
    when, who, how, what, result = (chance.choice(phrases) for phrases in _PHRASES)
    return f"{when}，{who}{how}{what}，{result}。"


def _grid(table: Table, figures: Figures, torn: str | None) -> Grid:
    """A table as rows of cells, with a header wherever the columns change."""
    if table.id == "disputes":
        return _disputes(table, figures)
    grid: Grid = []
    head: Row | None = None
    for row in table.rows:
        if head is None or row.columns != head.columns:
            grid.append(["信息内容", *(column.label for column in row.columns)])
        group = [row.group] if row.group and (head is None or row.group != head.group) else []
        numbers = _numbers(table, row, figures)
        grid.append([*group, row.label, *(numbers[1:] if row.id == torn else numbers)])
        head = row
    return grid


def _disputes(table: Table, figures: Figures) -> Grid:
    """Blocks side by side: their names, their columns, then all numbers on one line."""
    names = [cell for row in table.rows for cell in (row.group, row.label) if cell]
    return [
        list(dict.fromkeys(names)),
        [column.label for row in table.rows for column in row.columns],
        [number for row in table.rows for number in _numbers(table, row, figures)],
    ]


def _numbers(table: Table, row: Row, figures: Figures) -> list[str]:
    return [str(figures[Cell(table.id, row.id, column.id)]) for column in row.columns]
