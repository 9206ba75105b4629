"""The page that explains every row and column of the form, and of the tables across offices: /terms/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from disclosure.form.template import FORMS, TABLE_NAMES, TABLES, Form, Row
from disclosure.form.terms import (
    COLUMN_TERMS,
    ROW_TERMS,
    SUM_TERMS,
    Term,
    column_anchor,
    measure_anchor,
    row_anchor,
)
from disclosure.measures import MAIN_MEASURES, Measure
from disclosure.model import Status
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Definitions,
    English,
    Heading,
    Link,
    Paragraph,
    Parts,
    Section,
    Text,
    To,
    paragraph,
    text,
)
from disclosure.render.legend import LEGEND
from disclosure.render.page import Page

SIGNS = "signs"
"""The anchor of the meanings of the signs beside figures."""

_TOP = "terms"
_LEAD = (
    "年度报告里的表格由国务院办公厅统一规定。下面用平常的话说明表上的每一行、每一列是什么意思。"
    "2019、2020 年度用的是 2019 年版表格，从 2021 年度起用 2021 年版；两版不同的地方，逐条注明。"
)
_LAW = "“条例”指《中华人民共和国政府信息公开条例》（国务院令第 711 号，2019 年 5 月 15 日起施行）。"
_MEASURES_NOTE = "地区、年份和历年的汇总表，各列取自报告表格的“总计”一列。"


def sign_anchor(status: Status) -> str:
    """The anchor of what a sign means: ``sign-placed``."""
    return f"sign-{status.value}"


def terms_page() -> Page:
    """The page /terms/, with an anchor for each row, column and measure (see ``form.terms``) and for each sign."""
    signs = tuple((word.sign, text(word.meaning)) for word in LEGEND.values())
    head: tuple[Block, ...] = (
        Heading(1, "术语", _TOP),
        paragraph(_LEAD, "lead"),
        Paragraph((Text(_LAW), Text("数字怎样读出，见"), Link("方法", To(urls.METHOD)), Text("。"))),
        Heading(2, "数字旁边的记号", SIGNS),
        Definitions(signs, anchors=tuple(map(sign_anchor, LEGEND))),
    )
    tables = tuple(block for table in TABLES for block in _table(table))
    return Page(
        urls.TERMS,
        "术语",
        "年度报告表格每一行、每一列的含义，用平常的话说明。",
        (*head, *tables, *_measures()),
        "terms",
    )


def _table(table: str) -> Iterator[Block]:
    yield Heading(2, TABLE_NAMES[table], table)
    yield Heading(3, "各行", f"{table}-rows")
    yield from _entries([_row(table, row, term) for row, term in ROW_TERMS[table].items()])
    yield Heading(3, "各列", f"{table}-columns")
    yield from _entries([_column(table, column, term) for column, term in COLUMN_TERMS[table].items()])


def _measures() -> Iterator[Block]:
    yield Heading(2, "汇总表的各列", "measures")
    yield paragraph(_MEASURES_NOTE)
    yield Heading(3, "各列", "measures-columns")
    yield from _entries([_measure(measure) for measure in MAIN_MEASURES])


def _entries(entries: Sequence[Section]) -> Iterator[Block]:
    """The names of the entries, each leading to its own, then the entries, then the way back."""
    heads = (head for entry in entries for head in entry.blocks if isinstance(head, Heading))
    yield Paragraph(_listed((head.text, head.anchor) for head in heads), "note")
    yield from entries
    yield Paragraph((Link("回到本页开头", To(None, _TOP)),), "note")


def _listed(names: Iterable[tuple[str, str]]) -> Parts:
    pairs = [(Text("、"), Link(name, To(None, anchor))) for name, anchor in names]
    return tuple(part for pair in pairs for part in pair)[1:]


def _row(table: str, row: str, term: Term) -> Section:
    found = {form.id: one for form in FORMS.values() if (one := form.tables[table].by_id.get(row))}
    printed = {form: _wording(one.group, one.label) for form, one in found.items()}
    first = next(iter(found.values()))
    article = term.article or (first.group if table == "proactive" else "")
    return _entry(row_anchor(table, row), first.short, term, article, [("表上写法", text(_printed(printed)))])


def _column(table: str, column: str, term: Term) -> Section:
    labels = {form.id: label for form in FORMS.values() if (label := _column_label(form, table, column))}
    printed = {form: _wording("", label) for form, label in labels.items()}
    name = next(iter(labels.values()))
    return _entry(column_anchor(table, column), name, term, term.article, [("表上写法", text(_printed(printed)))])


def _column_label(form: Form, table: str, column: str) -> str:
    """The label of a column in this edition of the form; empty where the edition does not have it."""
    columns = (item for row in form.tables[table].rows for item in row.columns)
    return next((item.label for item in columns if item.id == column), "")


def _measure(measure: Measure) -> Section:
    """What a column of the tables across offices is made of, in the newest edition of the form."""
    cells = measure.cells(None)
    rows = [_row_of(cell.table, cell.row) for cell in cells]
    names = _listed((row.label, row_anchor(measure.table, row.id)) for row in rows)
    several = len(cells) > 1
    term = SUM_TERMS[measure.id] if several else ROW_TERMS[measure.table][rows[0].id]
    source = (*names, Text(f"，{len(cells)} 行之和。" if several else "一行。"))
    caveat = [("注意", text(measure.caveat))] if measure.caveat else []
    return _entry(measure_anchor(measure.id), measure.label, term, term.article, [("取自", source), *caveat])


def _row_of(table: str, row: str) -> Row:
    """A row in the newest edition of the form that has it."""
    newest_first = (FORMS[form].tables[table].by_id for form in sorted(FORMS, reverse=True))
    return next(rows[row] for rows in newest_first if row in rows)


def _wording(group: str, label: str) -> str:
    return f"“{label}”（列在“{group}”之下）" if group else f"“{label}”"


def _entry(anchor: str, name: str, term: Term, article: str, facts: Sequence[tuple[str, Parts]]) -> Section:
    """One explained term. The article is named first: where it stands in the law is what a reader may have to quote."""
    law = [("条例", text(article))] if article else []
    items = (*law, *facts, ("英文", (English(term.english),)))
    return Section((Heading(4, name, anchor), paragraph(term.meaning), Definitions(items, "entry-facts")), "entry")


def _printed(printed: dict[str, str]) -> str:
    """How the editions of the form print it: once where they agree, else each with its edition."""
    wordings = set(printed.values())
    if len(printed) == 1:
        return "".join(f"只见于 {form} 年版表格，写作{wording}。" for form, wording in printed.items())
    if len(wordings) == 1:
        return f"{wordings.pop()}。"
    return "".join(f"{form} 年版表格写作{wording}。" for form, wording in printed.items())
