"""The visible cells of an Excel workbook (.xlsx, ECMA-376, part 1, 18), each as its sheet shows it.

Read from the XML itself: python-calamine gives an error such as ``#REF!`` and a formula without a value as an empty
cell, where an empty cell may mean 0; it tells no hidden rows and no percentages; and it lays out two cells at
opposite corners of a sheet as all the cells between them, which ends the process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from disclosure.read.archive import DamagedFileError
from disclosure.read.document import RAISED, STRUCK
from disclosure.read.number_format import BUILT_IN, GENERAL, shown
from disclosure.read.package import Package

MOST_SHEETS = 200
_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LETTERS = 26
_LAST_COLUMN = 16_384
_LAST_ROW = 1_048_576
_YES = ("1", "true")
_NO = ("0", "false")
_UNKNOWN = "\ufffd"
_NOT_CALCULATED = "〔公式无值〕"
"""Stands for a formula whose value the file does not hold: such a cell is not empty."""


class Range(NamedTuple):
    """Merged cells: the first and the last row and column, from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One worksheet: its name, the texts of its cells by row and column (from 0), what is merged, what is hidden."""

    name: str
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Workbook:
    """The visible worksheets in their order, and how many other sheets there are: hidden ones, charts."""

    sheets: tuple[Sheet, ...]
    hidden: int
    charts: int


def s(name: str) -> str:
    """The full name of an element of SpreadsheetML."""
    return _NAMESPACE + name


_ROW, _CELL, _VALUE, _INLINE, _FORMULA = s("row"), s("c"), s("v"), s("is"), s("f")


def read_workbook(package: Package) -> Workbook:
    """All that the workbook shows.

    Raises:
        DamagedFileError: there is no workbook, a sheet is missing or broken, or there is too much.
    """
    name = package.main_part("xl/workbook.xml")
    root = package.tree(name)
    if root is None:
        raise DamagedFileError("文件里没有 Excel 工作簿，可能不完整。")
    relations = {one.id: one for one in package.relations(name)}
    parts = {one.kind: one.target for one in relations.values()}
    cells = _CellReader(
        _strings(package.tree(parts.get("sharedStrings", ""))),
        _styles(package.tree(parts.get("styles", ""))),
        any(one.get("date1904") in _YES for one in root.iter(s("workbookPr"))),
    )
    listed = [(one, relations.get(one.get(_RELATION_ID, ""))) for one in root.iter(s("sheet"))]
    visible = [(one, relation) for one, relation in listed if one.get("state", "visible") == "visible"]
    pages = [
        (one.get("name", ""), relation.target if relation else "")
        for one, relation in visible
        if relation is None or relation.kind == "worksheet"
    ]
    if len(pages) > MOST_SHEETS:
        raise DamagedFileError(f"工作簿里有超过 {MOST_SHEETS} 张工作表，不像一份报告，没有读取。")
    sheets = tuple(_sheet(title, package.tree(target), cells) for title, target in pages)
    return Workbook(sheets, len(listed) - len(visible), len(visible) - len(pages))


def _sheet(name: str, root: Element | None, reader: _CellReader) -> Sheet:
    if root is None:
        raise DamagedFileError(f"文件里缺少工作表“{name}”，可能不完整。")
    sheet = Sheet(name, merged=list(_merged(root)))
    hidden_columns = list(_hidden_columns(root))
    for number, row in _numbered_rows(root):
        texts = {column: text for column, cell in _numbered_cells(row) if (text := reader.text(cell)).strip()}
        shown_texts = {
            column: text
            for column, text in texts.items()
            if row.get("hidden") not in _YES and not any(column in hidden for hidden in hidden_columns)
        }
        sheet.hidden += len(texts) - len(shown_texts)
        if shown_texts:
            sheet.cells[number] = shown_texts
    return sheet


def _numbered_rows(root: Element) -> Iterator[tuple[int, Element]]:
    """The rows with their numbers, from 0; a row that does not say its number follows the one before."""
    number = -1
    for row in root.iter(_ROW):
        said = row.get("r", "")
        number = (
            int(said) - 1 if said.isascii() and said.isdecimal() and len(said) <= len(str(_LAST_ROW)) else number + 1
        )
        yield number, row


def _numbered_cells(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row with their columns, from 0; a cell that does not say its column follows the one before."""
    column = -1
    for cell in row.iterfind(_CELL):
        place = _place(cell.get("r", ""))
        column = column + 1 if place is None else place[1]
        yield column, cell


def _place(reference: str) -> tuple[int, int] | None:
    """``B3`` → row 2, column 1; None for what is no reference."""
    match = _REFERENCE.fullmatch(reference.replace("$", ""))
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _merged(root: Element) -> Iterator[Range]:
    for one in root.iter(s("mergeCell")):
        first, _, last = one.get("ref", "").partition(":")
        start, end = _place(first), _place(last)
        if start is not None and end is not None:
            yield Range(*start, *end)


def _hidden_columns(root: Element) -> Iterator[range]:
    for one in root.iter(s("col")):
        first, last = one.get("min", ""), one.get("max", "")
        if one.get("hidden") in _YES and first.isdecimal() and last.isdecimal():
            yield range(int(first[:5]) - 1, min(int(last[:5]), _LAST_COLUMN))


class _Style(NamedTuple):
    """How a cell is shown: its number format, and its font where one is named."""

    code: str = GENERAL
    font: Element | None = None


@dataclass(frozen=True, slots=True)
class _CellReader:
    """Reads single cells with what the whole workbook shares: its strings, its formats, its first day."""

    strings: list[str]
    styles: list[_Style]
    from_1904: bool

    def text(self, cell: Element) -> str:
        """What a cell shows; struck or raised text is told from other text."""
        return _in_font(self.plain(cell), self.style(cell).font)

    def style(self, cell: Element) -> _Style:
        """The style of a cell; the usual one where the workbook does not have the one it names."""
        number = cell.get("s", "0")
        index = int(number) if number.isascii() and number.isdecimal() and len(number) <= len("65535") else -1
        return self.styles[index] if 0 <= index < len(self.styles) else _Style()

    def plain(self, cell: Element) -> str:
        """What a cell says."""
        value = cell.findtext(_VALUE)
        has_formula = cell.find(_FORMULA) is not None
        if value is None or (not value and has_formula and cell.get("t") != "str"):
            inline = cell.find(_INLINE)
            if inline is not None:
                return _rich_text(inline)
            return _NOT_CALCULATED if has_formula else ""
        return _TEXTS.get(cell.get("t", "n"), _CellReader.number)(self, value, cell)

    def number(self, value: str, cell: Element) -> str:
        """A number in the format of its cell."""
        try:
            number = float(value)
        except ValueError:
            return value
        return shown(number, self.style(cell).code, from_1904=self.from_1904)

    def shared(self, value: str, _cell: Element) -> str:
        """A text that stands in the list of strings."""
        known = (
            value.isascii() and value.isdecimal() and len(value) <= len("10000000") and int(value) < len(self.strings)
        )
        return self.strings[int(value)] if known else _UNKNOWN

    def as_written(self, value: str, _cell: Element) -> str:
        """A text, an error or a date that stands in the cell itself."""
        return value

    def truth(self, value: str, _cell: Element) -> str:
        """A truth value."""
        return "TRUE" if value in _YES else "FALSE"


_TEXTS: Mapping[str, Callable[[_CellReader, str, Element], str]] = {
    "s": _CellReader.shared,
    "str": _CellReader.as_written,
    "inlineStr": _CellReader.as_written,
    "e": _CellReader.as_written,
    "d": _CellReader.as_written,
    "b": _CellReader.truth,
}
"""How the value of a cell is read, by the cell's type; all others are numbers."""


def _rich_text(parent: Element) -> str:
    """The text of a string in one or more fonts, without the readings set above it."""
    return "".join(_run_text(one) for one in parent if one.tag in (s("t"), s("r")))


def _run_text(run: Element) -> str:
    """The text in one font."""
    return _in_font("".join(part.text or "" for part in run.iter(s("t"))), run.find(s("rPr")))


def _in_font(text: str, font: Element | None) -> str:
    """A text as its font shows it; what is struck, or stands off the line, is told from the text around it."""
    if font is None or not text.strip():
        return text
    struck, place = font.find(s("strike")), font.find(s("vertAlign"))
    if struck is not None and struck.get("val") not in _NO:
        return STRUCK.format(text)
    raised = place is not None and place.get("val", "baseline") != "baseline"
    return text.translate(RAISED) if raised else text


def _strings(root: Element | None) -> list[str]:
    return [] if root is None else [_rich_text(one) for one in root.iterfind(s("si"))]


def _styles(root: Element | None) -> list[_Style]:
    """The styles of cells by their numbers."""
    if root is None:
        return []
    own = {one.get("numFmtId", ""): one.get("formatCode", GENERAL) for one in root.iter(s("numFmt"))}
    codes = {**{str(number): code for number, code in BUILT_IN.items()}, **own}
    listed, fonts = root.find(s("cellXfs")), root.find(s("fonts"))
    known = {str(number): font for number, font in enumerate(() if fonts is None else fonts)}
    return [
        _Style(codes.get(one.get("numFmtId", ""), GENERAL), known.get(one.get("fontId", "")))
        for one in (() if listed is None else listed)
    ]
