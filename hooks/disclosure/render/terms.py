"""The page that explains every row and column of the form: /terms/."""

from __future__ import annotations

from disclosure.form.template import FORMS, TABLE_NAMES, TABLES, Form
from disclosure.form.terms import COLUMN_TERMS, ROW_TERMS, Term, column_anchor, row_anchor
from disclosure.render import urls
from disclosure.render.blocks import Block, Definitions, Heading, Link, Paragraph, Text, To, paragraph, text
from disclosure.render.legend import LEGEND
from disclosure.render.page import Page

SIGNS = "signs"
"""The anchor of the meanings of the signs beside figures."""

_LEAD = (
    "年度报告里的表格由国务院办公厅统一规定。下面用平常的话说明表上的每一行、每一列是什么意思。"
    "2019、2020 年度用的是 2019 年版表格，从 2021 年度起用 2021 年版；两版不同的地方，逐条注明。"
)
_LAW = "“条例”指《中华人民共和国政府信息公开条例》（国务院令第 711 号，2019 年 5 月 15 日起施行）。"


def terms_page() -> Page:
    """The page /terms/, with an anchor for each row and column (``form.terms.row_anchor``, ``column_anchor``)."""
    head: tuple[Block, ...] = (
        Heading(1, "术语", "terms"),
        paragraph(_LEAD, "lead"),
        Paragraph((Text(_LAW), Text("数字怎样读出，见"), Link("方法", To(urls.METHOD)), Text("。"))),
        Heading(2, "数字旁边的记号", SIGNS),
        Definitions(tuple((word.sign, text(word.meaning)) for word in LEGEND.values())),
    )
    tables = tuple(block for table in TABLES for block in _table(table))
    return Page(urls.TERMS, "术语", "年度报告表格每一行、每一列的含义，用平常的话说明。", (*head, *tables), "terms")


def _table(table: str) -> list[Block]:
    rows = (_row(table, row, term) for row, term in ROW_TERMS[table].items())
    columns = (_column(table, column, term) for column, term in COLUMN_TERMS[table].items())
    return [
        Heading(2, TABLE_NAMES[table], table),
        Heading(3, "各行", f"{table}-rows"),
        *(block for blocks in rows for block in blocks),
        Heading(3, "各列", f"{table}-columns"),
        *(block for blocks in columns for block in blocks),
    ]


def _row(table: str, row: str, term: Term) -> tuple[Block, ...]:
    found = {form.id: form.tables[table].by_id[row] for form in FORMS.values() if row in form.tables[table].by_id}
    printed = {form: _wording(item.group, item.label) for form, item in found.items()}
    return _entry(row_anchor(table, row), next(iter(found.values())).short, term, printed)


def _column(table: str, column: str, term: Term) -> tuple[Block, ...]:
    labels = {form.id: label for form in FORMS.values() if (label := _column_label(form, table, column))}
    printed = {form: _wording("", label) for form, label in labels.items()}
    return _entry(column_anchor(table, column), next(iter(labels.values())), term, printed)


def _column_label(form: Form, table: str, column: str) -> str:
    """The label of a column in this edition of the form; empty where the edition does not have it."""
    columns = (item for row in form.tables[table].rows for item in row.columns)
    return next((item.label for item in columns if item.id == column), "")


def _wording(group: str, label: str) -> str:
    return f"“{label}”（列在“{group}”之下）" if group else f"“{label}”"


def _entry(anchor: str, name: str, term: Term, printed: dict[str, str]) -> tuple[Block, ...]:
    article = f"条例{term.article}。" if term.article else ""
    return (
        Heading(4, name, anchor),
        paragraph(term.meaning),
        paragraph(f"{_printed(printed)}{article}英文：{term.english}。", "note"),
    )


def _printed(printed: dict[str, str]) -> str:
    """How the editions of the form print it: once where they agree, else each with its edition."""
    wordings = set(printed.values())
    if len(printed) == 1:
        return "".join(f"只见于 {form} 年版表格，写作{wording}。" for form, wording in printed.items())
    if len(wordings) == 1:
        return f"表上写作{wordings.pop()}。"
    return "".join(f"{form} 年版表格写作{wording}。" for form, wording in printed.items())
