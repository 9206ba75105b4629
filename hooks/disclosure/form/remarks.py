"""What the reading of a report has to say about itself: each remark becomes a finding of the rule it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import groupby, islice

from disclosure.form.align import Alignment
from disclosure.form.doubts import Doubt, Shift
from disclosure.form.folding import fold
from disclosure.form.rows import Rows
from disclosure.form.runs import Run
from disclosure.form.sections import Heading
from disclosure.form.template import FORMS, TABLE_NAMES, Column, Row, Table
from disclosure.form.tokens import MOST_TOKENS, WORDING, Token
from disclosure.model import Cell, Identity, Note, PlacedBy, TableReading
from disclosure.read.document import Document

_LONGEST_QUOTE = 40
_MOST_QUOTED = 10
_BY_SUMS = "能由表内关系推定的已标明，推定不了的不予公布。"
_OUTCOME_OF_LOSS = {
    "proactive": "这张表没有可供推定的加总关系，这些数字不予公布。",
    "requests": _BY_SUMS,
    "disputes": _BY_SUMS,
}
_READING = re.compile(r"[\u3400-\u9fff][(（][a-z]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü][a-z]{0,3}[)）]")
_TONES = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]")
_FEWEST_READINGS = 5
"""A report may give the reading of a rare place name; a clone has them in every sentence."""
_FEWEST_HEADINGS = 2
"""Section headings that make a text an annual report even without tables and title."""


_FEW = 3
_PLACED_BY = {
    PlacedBy.ORDER: (
        "rows-by-order",
        "表三有的行没有读到名称：{rows}。数字的行数齐全、次序不与其他行名冲突，而且表内关系全部成立，已按次序归位。",
    ),
    PlacedBy.LONE_TOTAL: (
        "lone-totals",
        "表三每行只印出一个数（{rows}）。把它作为“总计”，表内关系全部成立，已按总计收录；其余各栏没有印出，不予公布。",
    ),
}
"""How rows got their place → the rule and its sentence."""


def document_remarks(
    document: Document, identity: Identity, headings: Sequence[Heading], tables: Collection[str], *, too_many: bool
) -> Iterator[Note]:
    """Remarks on the document as a whole. A document that could not be opened has said so already."""
    if not document.lines:
        return
    if too_many:
        yield Note(
            "file-too-large", None, f"文字被空白分成了 {MOST_TOKENS} 段以上，不像是年度报告，没有读取其中的表格。"
        )
    elif not tables and len(headings) < _FEWEST_HEADINGS and identity.found_in != "title":
        yield Note(
            "not-an-annual-report",
            None,
            "文中没有找到政府信息公开工作年度报告的标题、章节和表格。请核对文件是否放错；若是年度报告，请换成完整的正文。",
        )
    elif identity.found_in != "title":
        known = "" if identity.name is None else f"机关名称“{identity.name}”取自第 {identity.name_line} 行的前言。"
        yield Note("title-missing", 1, f"正文里没有找到写明机关和年度的标题。{known}")


def clone_remark(lines: Sequence[str]) -> Note | None:
    """Say that a page is a clone, if it is one: their tell is the reading behind a character, 報(bào)告(gào).

    They are not read, though traditional characters could be mapped: no figure of theirs leads back to the office.
    """
    if not _TONES.search("".join(lines)):
        return None
    readings = (number for number, line in enumerate(lines, start=1) for _ in _READING.finditer(line))
    first = list(islice(readings, _FEWEST_READINGS))
    if len(first) < _FEWEST_READINGS:
        return None
    message = (
        "文中多处汉字后面注有拼音，这是仿冒政府网站的网页常有的样子，不是机关自己发布的文字，所以没有读取其中的表格。"
        "请换成机关官方网站上的原文。"
    )
    return Note("not-an-annual-report", first[0], message)


def printed_twice(table: str, lines: Sequence[int]) -> Note:
    """A table that stands in the source more than once, with different numbers."""
    places = "、".join(f"第 {line} 行" for line in sorted(lines))
    message = f"“{TABLE_NAMES[table]}”表不止一处（{places}），数字不同，无法判断哪一处是本年度的。各处都不予采用。"
    return Note("table-printed-twice", min(lines), message)


def another_year(line: int) -> Note:
    """A file that holds the report on another year as well."""
    message = f"第 {line} 行起另有一份标题写明别的年度的报告，其中的表格没有采用。请把两份报告分开存放。"
    return Note("another-year-inside", line, message)


def columns_exchanged(table: str, line: int) -> Note:
    """A table whose header names its columns in another order than the form."""
    message = f"“{TABLE_NAMES[table]}”表的栏目次序与统一格式不同，无法保证数字与栏目对应，其中的数字都不予采用。"
    return Note("columns-exchanged", line, message)


def lines_removed(line: int) -> Note:
    """A text from which an extraction program dropped every line that was there before."""
    message = (
        "表格里本应多次出现的文字（如第一处在本行的表头）都只出现一次，看来重复的行在提取文字时被去掉了。"
        "相同的数字也随之丢失，剩下的无法对应到栏目，各表都不予采用。请换成原件，或重新复制全文。"
    )
    return Note("lines-removed", line, message)


def table_remarks(
    template: Table, reading: TableReading, alignment: Alignment, rows: Rows, tokens: Sequence[Token]
) -> Iterator[Note]:
    """Remarks on one table, in the order of the source."""
    yield from _misprints(template, tokens)
    yield from _slips(alignment)
    yield from _lost_numbers(template, reading)
    yield from _other_units(template, reading)
    yield from _placed_as_a_whole(template, reading)
    yield from _at_odds(template, rows.doubts)
    if rows.shift is not None:
        yield _shifted(template, rows.shift)
    for row, pieces in rows.unread.items():
        yield _unread(template, row, pieces)
    for run in rows.leftover:
        yield _leftover(template, run, tokens)


def _unread(template: Table, row: str, pieces: Sequence[Token]) -> Note:
    printed = "、".join(piece.raw for piece in pieces[:_MOST_QUOTED])[:_LONGEST_QUOTE]
    own = template.by_id[row]
    message = f"“{own.short}”一行印作“{printed}”，读不出确定的数，不予采用。"
    return Note(
        "unreadable-number", pieces[0].span.line, message, tuple(Cell(template.id, row, c.id) for c in own.columns)
    )


def _misprints(template: Table, tokens: Sequence[Token]) -> Iterator[Note]:
    """Labels printed in a wording that the template lists as a slip."""
    slips = _slips_of(template.id)
    found = {token.key: token.span.line for token in reversed(tokens) if token.key in slips}
    for key, (slip, official) in slips.items():
        if key in found and any(slip in item.misprints for item in _items(template)):
            yield _misprint(found[key], slip, official)


def _items(template: Table) -> Iterator[Row | Column]:
    yield from template.rows
    yield from dict.fromkeys(column for row in template.rows for column in row.columns)


@cache
def _slips_of(table: str) -> dict[str, tuple[str, str]]:
    """Every slip that any edition of a table lists, by its key, with the official wording."""
    items = [item for form in FORMS.values() for item in _items(form.tables[table])]
    return {fold(slip): (slip, item.label) for item in items for slip in item.misprints}


def _misprint(line: int, printed: str, official: str) -> Note:
    return Note("label-misprint", line, f"表头或项目名称印作“{printed}”，规定的写法是“{official}”。已按后者读取。")


def _slips(alignment: Alignment) -> Iterator[Note]:
    for slip in alignment.slips:
        yield _misprint(slip.line, slip.printed, slip.official)


def _lost_numbers(template: Table, reading: TableReading) -> Iterator[Note]:
    """One remark for a table, however many rows are short of numbers."""
    short = [row for row in reading.rows if row.entries and row.columns is None]
    if not short:
        return
    first = short[0]
    row = template.by_id[first.row]
    message = (
        f"“{TABLE_NAMES[template.id]}”表有 {len(short)} 行印出的数字少于栏数，无法直接看出缺的是哪一栏。"
        f"例如“{row.short}”一行应有 {len(row.columns)} 个数，只印出 {len(first.entries)} 个。"
        + _OUTCOME_OF_LOSS[template.id]
    )
    cells = tuple(
        Cell(template.id, item.row, column.id) for item in short for column in template.by_id[item.row].columns
    )
    yield Note("numbers-lost", first.line, message, cells)


def _placed_as_a_whole(template: Table, reading: TableReading) -> Iterator[Note]:
    """One remark for all rows that got their place in the same way."""
    for how, (rule, sentence) in _PLACED_BY.items():
        rows = [row for row in reading.rows if row.placed_by is how]
        if rows:
            names = "、".join(template.by_id[row.row].short for row in rows[:_FEW])
            more = f"等 {len(rows)} 行" if len(rows) > _FEW else ""
            cells = tuple(Cell(template.id, row.row, column) for row in rows for column in row.columns or ())
            yield Note(rule, rows[0].line, sentence.format(rows=f"“{names}”{more}"), cells)


def _at_odds(template: Table, doubts: Sequence[Doubt]) -> Iterator[Note]:
    """One remark for each row that was not taken and contradicts those that were."""
    columns = {column.id: column.label for column in template.rows[0].columns}
    for (row, line), own in groupby(doubts, key=lambda doubt: (doubt.row, doubt.line)):
        broken = list(own)
        names = "、".join(dict.fromkeys(columns[doubt.relation.cells[0].column] for doubt in broken))
        message = (
            f"第 {line} 行的数字印在“{template.by_id[row].short}”之后，但前后有行名没有读到，不能确定归属，没有采用。"
            f"如果它们属于这一行，表内关系在“{names}”一列就不成立。有关数字照原文公布，并标明“勾稽不符”。"
        )
        yield Note("unplaced-numbers-at-odds", line, message, tuple(cell for doubt in broken for cell in doubt.cells))


def _shifted(template: Table, shift: Shift) -> Note:
    message = (
        f"“{TABLE_NAMES[template.id]}”表有一组数字之和不等于其总计。如果这里少了一个数、又多了一个数（如页码，或重复的行），"
        "各组就都成立，但其间的数字都要挪动一栏。不能确定是哪一种，有关数字照原文公布，并标明“勾稽不符”。"
    )
    return Note("numbers-shifted", shift.line, message, shift.cells)


def _other_units(template: Table, reading: TableReading) -> Iterator[Note]:
    for row in reading.rows:
        for column, entry in zip(row.columns or (), row.entries, strict=False):
            if entry.value is None and entry.remark:
                official = template.by_id[row.row]
                unit = next(item.unit for item in official.columns if item.id == column)
                printed = entry.raw if entry.remark in entry.raw else f"{entry.raw}（{entry.remark}）"
                message = f"“{official.short}”印作“{printed}”，表格规定的单位是{unit}。没有换算，不予采用。"
                yield Note("unit-differs", entry.span.line, message, (Cell(template.id, row.row, column),))


def _leftover(template: Table, run: Run, tokens: Sequence[Token]) -> Note:
    """A run of numbers without a certain row; with foreign wording before it, it is a row the form does not have."""
    line = run.tokens[0].span.line
    numbers = "、".join(token.raw for token in run.tokens[:_MOST_QUOTED]) + "…" * (len(run.tokens) > _MOST_QUOTED)
    index = tokens.index(run.tokens[0])
    before = tokens[index - 1].raw if index and tokens[index - 1].sort is WORDING else ""
    where = f"“{TABLE_NAMES[template.id]}”表"
    if len(fold(before)) > 1 and fold(before) not in template.vocabulary:
        message = (
            f"{where}有规定格式之外的一行“{before[:_LONGEST_QUOTE]}”，数字为 {numbers}。单独保留，不计入任何栏目。"
        )
        return Note("unknown-row", line, message)
    return Note("unplaced-number", line, f"{where}的数字 {numbers} 无法确定属于哪一行，不计入任何栏目。")
