"""The visible cells of an Excel workbook of the old kind (.xls), with python-calamine."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from io import BytesIO

import python_calamine

from disclosure.read.archive import DamagedFileError
from disclosure.read.number_format import GENERAL, shown
from disclosure.read.workbook import MOST_SHEETS, Range, Sheet, Workbook

_ERRORS = rb"[\x00\x07\x0f\x17\x1d\x24\x2a\x2b]"
_ERROR = re.compile(
    rb"\x05\x02\x08\x00.{6}" + _ERRORS + rb"\x01|\x06\x00.\x00.{6}\x02." + _ERRORS + rb"...\xff\xff", re.DOTALL
)
"""The records BOOLERR and FORMULA ([MS-XLS] 2.4.24, 2.4.127) of a cell that shows an error."""
_NOT_CALCULATED = re.compile(rb"\x06\x00.[\x00-\x20].{6}\x03.{5}\xff\xff", re.DOTALL)
"""The record FORMULA of a cell without a value: programs that do not calculate write such, and it is no empty cell."""
_HIDDEN_ROW = re.compile(rb"\x08\x02\x10\x00(?P<row>..).{10}[\x20-\x3f\x60-\x7f\xa0-\xbf\xe0-\xff]\x01", re.DOTALL)
"""The record ROW (2.4.221) of a row without height."""
_HIDDEN_COLUMNS = re.compile(
    rb"\x7d\x00\x0c\x00(?P<first>.\x00)(?P<last>.[\x00\x01])....[\x01\x03\x05\x07\x09\x0b\x0d\x0f]", re.DOTALL
)
"""The record COLINFO (2.4.53) of hidden columns."""

_MARKING_FONT = re.compile(
    rb"\x31\x00.\x00..(?:[\x08\x0a\x0c\x0e]\x00..(?:\x90\x01|\xbc\x02)..|.\x00..(?:\x90\x01|\xbc\x02)[\x01\x02]\x00)",
    re.DOTALL,
)
"""The record FONT (2.4.122) of a font that strikes out, raises or lowers: the library joins 12, struck, and 15."""


def is_plain(content: bytes, workbook: Workbook) -> bool:
    """Whether the file shows what python-calamine reads: only texts and values, none struck, off the line or hidden.

    The library gives a cell with an error, or a formula without a value, as an empty one, and tells nothing of what is
    hidden. The records that do are looked for in the bytes, wherever they stand: a few too many found only cost saving
    the file anew.
    """
    rows = {number for sheet in workbook.sheets for number in sheet.cells}
    columns = {column for sheet in workbook.sheets for row in sheet.cells.values() for column in row}
    return (
        _ERROR.search(content) is None
        and _NOT_CALCULATED.search(content) is None
        and _MARKING_FONT.search(content) is None
        and rows.isdisjoint(int.from_bytes(found["row"], "little") for found in _HIDDEN_ROW.finditer(content))
        and columns.isdisjoint(column for found in _HIDDEN_COLUMNS.finditer(content) for column in _columns(found))
    )


def _columns(found: re.Match[bytes]) -> range:
    return range(int.from_bytes(found["first"], "little"), int.from_bytes(found["last"], "little") + 1)


def open_old_workbook(content: bytes) -> Workbook:
    """All visible sheets.

    Raises:
        DamagedFileError: the file is broken or has a password.
    """
    try:
        with python_calamine.load_workbook(BytesIO(content)) as workbook:
            return _old_workbook(workbook)
    except python_calamine.PasswordError as error:
        raise DamagedFileError("文件设有密码，读不出内容。") from error
    except python_calamine.CalamineError as error:
        raise DamagedFileError("文件不完整，或中间有损坏的部分。") from error


def _old_workbook(workbook: python_calamine.CalamineWorkbook) -> Workbook:
    kinds, states = python_calamine.SheetTypeEnum, python_calamine.SheetVisibleEnum
    visible = [one for one in workbook.sheets_metadata if one.visible == states.Visible]
    pages = [one.name for one in visible if one.typ == kinds.WorkSheet][:MOST_SHEETS]
    sheets = tuple(_old_sheet(workbook.get_sheet_by_name(name)) for name in pages)
    return Workbook(sheets, len(workbook.sheets_metadata) - len(visible), len(visible) - len(pages))


def _old_sheet(opened: python_calamine.CalamineSheet) -> Sheet:
    top, left = opened.start or (0, 0)
    sheet = Sheet(opened.name, merged=[Range(*first, *last) for first, last in opened.merged_cell_ranges or ()])
    for number, row in enumerate(opened.iter_rows(), start=top):
        texts = {column: text for column, value in enumerate(row, start=left) if (text := _text(value)).strip()}
        if texts:
            sheet.cells[number] = texts
    return sheet


def _text(value: float | str | date | time | timedelta) -> str:
    """The value of a cell of the old kind; python-calamine tells no number formats but dates."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return shown(value, GENERAL)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)
