"""Read Excel files (.xlsx, .xls): every visible sheet in order, prose as paragraphs, the rest as tables."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TypeAlias

from disclosure.form.folding import fold
from disclosure.form.template import SECTIONS
from disclosure.model import Note
from disclosure.read.archive import DamagedFileError, damaged
from disclosure.read.document import MOST_COLUMNS, Document, DocumentBuilder, TableCell, TooLargeError
from disclosure.read.old_workbook import is_plain, open_old_workbook
from disclosure.read.package import open_package
from disclosure.read.sandbox import read_bounded
from disclosure.read.workbook import Range, Sheet, Workbook, read_workbook

_ZIP = b"PK"
_SECONDS, _MEGABYTES = 20, 500
_SENTENCE = re.compile(r"[。；！？]")
_LONGEST_LABEL = 80
_NOT_PLAIN = Note(
    "unsupported-format",
    None,
    "这个旧式 Excel 文件里有隐藏的行列、出错或没有结果的公式、划去、上标或下标的文字，按旧格式读不准，没有读取。"
    "请用 Excel 或 WPS 打开，另存为 .xlsx。",
)
_TITLES = tuple(fold(title) for _, title in SECTIONS.values())
_MOST_STEPS = 1_000_000


def read_spreadsheet(content: bytes) -> Document:
    """The visible sheets of an Excel file, a line for each row. Never raises.

    ``places`` are ``工作表“表三”第 5 行``. Files of the old kind are read in a process of its own: what they say about
    their size is only known when they have taken it.
    """
    if not content.startswith(_ZIP):
        return read_bounded("old-workbook", content, _SECONDS, _MEGABYTES)
    try:
        return _document(read_workbook(open_package(content)))
    except DamagedFileError as error:
        return damaged(str(error))


def read_old_workbook(content: bytes) -> Document:
    """The same for a file of the old kind (.xls), in this process."""
    try:
        workbook = open_old_workbook(content)
        return _document(workbook) if is_plain(content, workbook) else Document((), (_NOT_PLAIN,))
    except DamagedFileError as error:
        return damaged(str(error))


def _document(workbook: Workbook) -> Document:
    builder = DocumentBuilder()
    try:
        for sheet in workbook.sheets:
            _uncover(sheet)
            for rows in _blocks(sheet):
                _write(builder, sheet, rows)
    except TooLargeError:
        message = "文件的文字太长，不像一份报告，没有读取。请只保留年度报告正文。"
        return Document((), (Note("file-too-large", None, message),))
    return builder.build(_remarks(workbook))


def _uncover(sheet: Sheet) -> None:
    """Take away texts below merged cells: the sheet shows only the one at the upper left.

    Raises:
        DamagedFileError: merged cells overlap so often that no program wrote them.
    """
    numbers = sorted(sheet.cells)
    steps = 0
    for merged in sheet.merged:
        rows = numbers[bisect_left(numbers, merged.top) : bisect_right(numbers, merged.bottom)]
        steps += len(rows)
        if steps > _MOST_STEPS:
            raise DamagedFileError("工作表里的合并单元格互相重叠，读不出内容。")
        for number in rows:
            sheet.hidden += _uncover_row(sheet.cells[number], merged, is_first=number == merged.top)


def _uncover_row(row: dict[int, str], merged: Range, *, is_first: bool) -> int:
    covered = [column for column in row if merged.left + is_first <= column <= merged.right]
    for column in covered:
        del row[column]
    return len(covered)


_Row: TypeAlias = tuple[int, dict[int, str]]
"""The number of a row, from 0, and its texts by column."""


def _blocks(sheet: Sheet) -> Iterator[list[_Row]]:
    """Runs of rows that belong together: a row of prose by itself, the rows of a table together."""
    table: list[_Row] = []
    edge = min((column for row in sheet.cells.values() for column in row), default=0)
    for number, row in sorted(sheet.cells.items()):
        if len(row) > 1 or (row and not _is_prose(row, edge, inside=bool(table))):
            table.append((number, row))
        elif row:
            yield table
            yield [(number, row)]
            table = []
    yield table


def _is_prose(row: dict[int, str], edge: int, *, inside: bool) -> bool:
    """Whether the only text of a row is a title, a sentence or a heading, and no label or header without figures."""
    ((column, text),) = row.items()
    if not inside and column == edge:
        return True
    return bool(_SENTENCE.search(text)) or len(text) > _LONGEST_LABEL or any(title in fold(text) for title in _TITLES)


def _write(builder: DocumentBuilder, sheet: Sheet, rows: list[_Row]) -> None:
    """Write a block: a table where it has more than one column, else paragraphs."""
    columns = _columns(sheet, rows)
    places = [f"工作表“{sheet.name}”第 {number + 1} 行" for number, _ in rows]
    if len(columns) > 1:
        builder.table([[TableCell(row.get(column, "")) for column in columns] for _, row in rows], places)
        return
    for place, (_, row) in zip(places, rows, strict=True):
        builder.paragraph("".join(row.values()), place)


def _columns(sheet: Sheet, rows: list[_Row]) -> list[int]:
    """The columns of a block from its first text to its last, without those that only belong to merged cells.

    Tables below each other share the columns of the sheet, so that a cell of one covers two of another. If the texts
    lie far apart, only columns with texts count.
    """
    used = {column for _, row in rows for column in row}
    if not used or max(used) - min(used) >= MOST_COLUMNS:
        return sorted(used)
    merged = [one for one in sheet.merged if one.top <= rows[-1][0] and one.bottom >= rows[0][0]]
    covered = {column for one in merged for column in range(one.left + 1, min(one.right, max(used)) + 1)}
    return [column for column in range(min(used), max(used) + 1) if column in used or column not in covered]


def _remarks(workbook: Workbook) -> Iterator[Note]:
    """What a person who opens the file would see otherwise than it was read."""
    if not any(sheet.cells for sheet in workbook.sheets):
        yield Note("empty-file", None, "工作簿里没有任何文字。请重新下载报告原文，替换本文件。")
    if workbook.hidden:
        yield Note("hidden-content", None, f"文件里有 {workbook.hidden} 张隐藏的工作表，没有读取。")
    cells = sum(sheet.hidden for sheet in workbook.sheets)
    if cells:
        yield Note("hidden-content", None, f"文件里有 {cells} 个隐藏的单元格，没有读取。")
    if workbook.charts:
        yield Note("embedded-content", None, f"文件里有 {workbook.charts} 张图表或宏工作表，没有读取。")
