"""One sheet of columns under a head: frozen, filtered, ready to print, and written a stretch of rows at a time.

XlsxWriter makes the file, the styles and everything around the rows. The rows go straight into the file in which it
keeps the rows of a sheet in its ``constant_memory`` mode: one call for every cell would take four times as long as all
the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeGuard

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from disclosure.export.coded import Coded, code_all
from disclosure.export.workbook_columns import FIRST_ROW, Column, TextColumn, lines_of, text_cell
from disclosure.export.workbook_styles import Styles

MOST_ROWS: Final = 1_048_576
"""So many rows does a sheet of Excel have."""
SLICE: Final = 5000
"""So many rows are made at once: memory is that of a slice."""
_LINE_HEIGHT: Final = 15
_AIR: Final = 3
"""Points above and below the text of a row together."""
_MOST_LINES: Final = 12
_A4: Final = 9


@dataclass(frozen=True)
class Sheet:
    """A sheet to be written: ``table`` is the published table whose CSV has all of its rows.

    At least one column has wrapped text. The first ``frozen`` columns stay in sight and stand on every printed page.
    ``fits`` where all columns are to be printed side by side on a page.
    """

    name: str
    table: str
    note: str
    columns: Sequence[Column]
    length: int
    frozen: int = 0
    fits: bool = False


def add_sheet(book: Workbook, styles: Styles, sheet: Sheet) -> None:
    """Write a sheet. One that is too long for Excel ends with a row that says where the others are."""
    target = book.add_worksheet(sheet.name)
    letters = [xl_col_to_name(at) for at in range(len(sheet.columns))]
    shown = sheet.length if sheet.length < MOST_ROWS else MOST_ROWS - FIRST_ROW
    target.row_data_fh.write(_head(sheet, letters))
    _write_rows(target, sheet, letters, shown)
    if shown < sheet.length:
        rest = f"其余 {sheet.length - shown} 行见 CSV：{sheet.table}.csv"
        number, cell = shown + FIRST_ROW, text_cell(styles.text, rest)
        target.row_data_fh.write(f'<row r="{number}"><c r="A{number}{cell}</row>')
    last = shown + (FIRST_ROW - 1 if shown < sheet.length else 0)
    target.dim_rowmin, target.dim_rowmax, target.dim_colmin, target.dim_colmax = 0, last, 0, len(letters) - 1
    _lay_out(target, sheet, shown)


def print_setup(target: Worksheet, name: str) -> None:
    """What all sheets have in common on paper."""
    target.hide_gridlines(2)  # on the screen and on paper: cells have lines of their own
    target.set_default_row(height_of(1))
    target.set_paper(_A4)
    target.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    target.set_footer(f"&L&9{name}&R&9第 &P 页，共 &N 页")


def height_of(lines: int) -> float:
    """The height of a row of so many lines, in points. Excel may find it out by itself; other programs do not."""
    return _LINE_HEIGHT * min(lines, _MOST_LINES) + _AIR


def _head(sheet: Sheet, letters: Sequence[str]) -> str:
    # A tenth more, as it is bold.
    height = height_of(max(lines_of(column.head, column.width / 1.1) for column in sheet.columns))
    named = zip(letters, sheet.columns, strict=True)
    cells = "".join(f'<c r="{letter}1{text_cell(column.head_style, column.head)}' for letter, column in named)
    return f'<row r="1" ht="{height:g}" customHeight="1">{cells}</row>'


def _write_rows(target: Worksheet, sheet: Sheet, letters: Sequence[str], shown: int) -> None:
    """Write the rows below the head, many at a time: each is made of pieces, with its number between them."""
    pieces = list(_pieces(sheet, [f'<c r="{letter}' for letter in letters]))
    for start in range(0, shown, SLICE):
        rows = slice(start, min(start + SLICE, shown))
        numbers = pa.array(range(rows.start + FIRST_ROW, rows.stop + FIRST_ROW)).cast(pa.string())
        texts = (piece.texts(rows) for piece in pieces)
        written = pc.binary_join_element_wise(pa.scalar('<row r="'), *texts, numbers)
        target.row_data_fh.write(str(written.buffers()[2], "utf-8"))


def _pieces(sheet: Sheet, places: Sequence[str]) -> Iterator[Coded]:
    """What stands after each number of a row: the rest of its beginning, then its cells, each up to the next number."""
    lines = np.maximum.reduce([column.lines() for column in sheet.columns if _is_wrapped(column)])
    columns = [code_all(lines.tolist()).each(_height), *(column.cells() for column in sheet.columns)]
    for column, after in zip(columns, [*places, "</row>"], strict=True):
        yield column._replace(distinct=[f"{piece}{after}" for piece in column.distinct])


def _is_wrapped(column: Column) -> TypeGuard[TextColumn]:
    return isinstance(column, TextColumn) and column.wrapped


def _height(lines: int) -> str:
    """The rest of the beginning of a row, after its number."""
    return f'" ht="{height_of(lines):g}" customHeight="1">' if lines > 1 else '">'


def _lay_out(target: Worksheet, sheet: Sheet, shown: int) -> None:
    for at, column in enumerate(sheet.columns):
        target.set_column(at, at, column.width)
    target.freeze_panes(1, sheet.frozen)
    target.autofilter(0, 0, max(shown, 1), len(sheet.columns) - 1)
    target.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})  # ids are, on purpose
    target.set_landscape()
    print_setup(target, sheet.name)
    target.repeat_rows(0)
    if sheet.frozen:
        target.repeat_columns(0, sheet.frozen - 1)
    if sheet.fits:
        target.fit_to_pages(1, 0)
    else:
        target.set_print_scale(75)
        target.print_across()
