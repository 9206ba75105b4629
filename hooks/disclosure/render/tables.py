"""The tables of one report as the form prints them, with every figure leading to its line and its proof."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from disclosure.form.template import OUTCOME_ROWS, OUTCOMES_LABEL, Column, Row
from disclosure.form.terms import column_anchor, row_anchor
from disclosure.model import Cell, Figure, Status
from disclosure.proofs import steps
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Bullets,
    Definitions,
    Details,
    Item,
    Link,
    Mark,
    Paragraph,
    Parts,
    Section,
    Small,
    Strong,
    Table,
    TableRow,
    Td,
    Text,
    Th,
    To,
    paragraph,
    text,
)
from disclosure.render.legend import LEGEND
from disclosure.render.view import ShownProof, View
from disclosure.render.words import number, range_of

_OF_A_ROW = "记号写在行名旁的，指这一行里所有没有另写记号的数。"
_CAPTIONS = {"requests": "按申请人类别和办理结果（件）", "disputes": "按争议类别和结果（件）"}
PRINTED, PLACED, AMBIGUOUS, ABSENT = Status.PRINTED, Status.PLACED, Status.AMBIGUOUS, Status.ABSENT
"""By themselves: there are two hundred figures a report, and Python 3.11 takes long to look a member up."""


def form_table(view: View, table: str) -> list[Block]:
    """One table of a report, the meaning of the signs in it, and its proofs. A missing table is said to be missing."""
    form_table = view.table(table)
    reading = view.report.filling.tables.get(table)
    if form_table is None or reading is None or not reading.found:
        return [paragraph("本站在这份报告里没有见到这张表，因此不列数字。没有见到不等于 0。")]
    runs = [list(rows) for _, rows in groupby(form_table.rows, key=lambda row: row.columns)]
    tables = [_table(view, table, rows) for rows in runs]
    return [*tables, *_legend(view, table), *_proofs(view, table)]


def _table(view: View, table: str, rows: Sequence[Row]) -> Table:
    """Rows that have the same columns; table 2 of the form consists of several such runs."""
    columns = rows[0].columns
    groups = [list(group) for _, group in groupby(rows, key=lambda row: _group(view, table, row))]
    return Table(
        caption=f"{view.year} 年，{_CAPTIONS.get(table) or '、'.join(row.label for row in rows)}",
        head=(Th(text("项目"), "col"), *(_column_head(table, column) for column in columns)),
        body=tuple(_body(view, table, group) for group in groups),
        kind="form",
        anchor=view.anchor(table) if rows[0] is _first_row(view, table) else "",
    )


def _first_row(view: View, table: str) -> Row | None:
    form_table = view.table(table)
    return form_table.rows[0] if form_table else None


def _group(view: View, table: str, row: Row) -> str:
    """The label over a group of rows: the merged cell of the printed form."""
    form = view.report.form
    if table == "requests" and form and not row.group and row.id in OUTCOME_ROWS[form][:2]:
        return OUTCOMES_LABEL
    return row.group


def _body(view: View, table: str, rows: Sequence[Row]) -> tuple[TableRow, ...]:
    label = _group(view, table, rows[0])
    head = (TableRow((Th(text(label), "rowgroup", 1 + len(rows[0].columns)),)),) if label else ()
    return (*head, *(_row(view, table, row) for row in rows))


def _column_head(table: str, column: Column) -> Th:
    return Th((Link(column.label, To(urls.TERMS, column_anchor(table, column.id)), "term"),), "col")


def _row(view: View, table: str, row: Row) -> TableRow:
    figures = _figures(view, table, row)
    placed = _is_placed_throughout(figures)
    name = Link(row.label, To(urls.TERMS, row_anchor(table, row.id)), "term")
    sign = (Mark(Status.PLACED, To(None, view.row_proof_anchor(table, row.id))),) if placed else ()
    cells = (_cell(view, figure, quiet=placed) for figure in figures)
    return TableRow((Th((name, *sign)), *cells), view.anchor(table, row.id))


def _figures(view: View, table: str, row: Row) -> list[Figure]:
    figures = view.report.figures  # asked for once: the report may be packed
    return [figures[Cell(table, row.id, column.id)] for column in row.columns]


def _is_placed_throughout(figures: Sequence[Figure]) -> bool:
    """Whether one sign at the head of the row can stand for its placed figures: every other one has its own."""
    statuses = [figure.status for figure in figures]
    return statuses.count(PLACED) > 1 and PRINTED not in statuses


def _cell(view: View, figure: Figure, *, quiet: bool) -> Td:
    """A figure as it stands in a table: its signs, then the number, leading to its line, so that digits align."""
    digits = _digits(view, figure)
    noted = view.remarks.get(figure.cell)
    if noted is None and figure.status is PRINTED and not figure.remark:  # nearly all
        return Td(digits, "number")
    remarks = (Link(f"注{at}", To(None, view.finding_anchor(at)), "finding-ref") for at in noted or ())
    signs = () if figure.status is PRINTED else (_sign(view, figure, quiet=quiet),)
    beside = figure.remark or (range_of(figure) if figure.status is AMBIGUOUS else "")
    small = (Small(f"（{beside}）"),) if beside else ()
    return Td((*remarks, *signs, *digits, *small), "number")


def _sign(view: View, figure: Figure, *, quiet: bool) -> Mark:
    return Mark(figure.status, To(None, _explained_at(view, figure)), quiet and figure.status is PLACED)


def _digits(view: View, figure: Figure) -> Parts:
    shown = figure.raw if figure.value is None else number(figure.value)
    known = shown and figure.status is not AMBIGUOUS and figure.status is not ABSENT
    return (Link(shown, view.place(figure), "figure"),) if shown and known else ()


def _explained_at(view: View, figure: Figure) -> str:
    return view.proof_anchor.get(figure.cell) or view.anchor(figure.cell.table, "legend")


def _legend(view: View, table: str) -> list[Block]:
    """The signs used in the table, with their meaning; nothing where every figure is as printed."""
    used = {figure.status for cell, figure in view.report.figures.items() if cell.table == table} - {Status.PRINTED}
    items = tuple((LEGEND[status].sign, text(_meaning(view, table, status))) for status in Status if status in used)
    return (
        [Section((Definitions(items),), "legend", searchable=False, anchor=view.anchor(table, "legend"))]
        if items
        else []
    )


def _meaning(view: View, table: str, status: Status) -> str:
    """What a sign means and, where it stands at the head of a row, for what it stands there."""
    form_table = view.table(table)
    rows = form_table.rows if form_table and status is Status.PLACED else ()
    of_a_row = any(_is_placed_throughout(_figures(view, table, row)) for row in rows)
    return LEGEND[status].meaning + (_OF_A_ROW if of_a_row else "")


def _proofs(view: View, table: str) -> list[Block]:
    groups = view.proofs.get(table, ())
    if not groups:
        return []
    count = sum(len(group.figures) for group in groups)
    rows = [list(same) for _, same in groupby(groups, key=lambda group: group.row.id)]
    proofs = tuple(_proof(same, view.row_proof_anchor(table, same[0].row.id)) for same in rows)
    details = Details(f"证明：本表有 {count} 个数归位或推得", proofs, "proofs", view.anchor(table, "proofs"))
    return [Section((details,), "proof-list", searchable=False)]


def _proof(groups: Sequence[ShownProof], anchor: str) -> Details:
    blocks: list[Block] = []
    for group in groups:
        values = "，".join(f"{_column(group.row, figure).label} {_value(figure)}" for figure in group.figures)
        sentences = tuple(Item((Text(sentence),)) for sentence in steps(group.figures[0]))
        blocks += [Paragraph((Strong(values),), anchor=group.anchor), Bullets(sentences, ordered=True)]
    return Details(groups[0].row.short, tuple(blocks), "proof", anchor)


def _column(row: Row, figure: Figure) -> Column:
    return next(column for column in row.columns if column.id == figure.cell.column)


def _value(figure: Figure) -> str:
    return "" if figure.value is None else f"{number(figure.value)}（{LEGEND[figure.status].sign}）"
