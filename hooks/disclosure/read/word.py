"""Read Word files (.docx): paragraphs, tables with their merged cells, automatic numbers, notes.

Headers and footers are left out, for they carry page marks, and so is the table of contents, for it repeats headings.
Deleted and hidden text is left out and said.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

from disclosure.model import Note
from disclosure.read.archive import DamagedFileError, damaged
from disclosure.read.document import Document, DocumentBuilder, TableCell, TooLargeError
from disclosure.read.list_numbers import ListNumbers, read_list_numbers
from disclosure.read.package import Package, open_package
from disclosure.read.word_styles import Styles, is_on, number_in, read_styles, value_of, word
from disclosure.read.word_text import ParagraphText, Seen, nearest, note_mark

MOST_ACROSS = 64
"""Columns that one cell is believed to cover."""
MOST_BLOCKS = 50_000
"""Paragraphs and rows of one document; a report has some hundred."""
_PARAGRAPH, _TABLE, _ROW, _CELL = word("p"), word("tbl"), word("tr"), word("tc")
_FOREIGN = word("altChunk")
_BLOCKS = frozenset((_PARAGRAPH, _TABLE, _FOREIGN))
_TEXT_BLOCKS = (_PARAGRAPH,)
_PROPERTIES = word("pPr")
_PAGE_NUMBER_AT_END = re.compile(r"\t\s*\d+\s*$")
_NOTES = {"脚注": "footnotes", "尾注": "endnotes"}
_CLOSING = ("、", "，", "：", "．", ".", "）", ")", "】", "］", "]", "〕")
"""Ends of automatic numbers that need no blank behind them."""
_TELLING = (b"numPr", b"vanish", b"vertAlign", b"strike", b"dstrike", b"position")
"""What styles say that matters here; most documents have none that says any of it."""
_ONLY_PICTURES = Note(
    "no-text-layer",
    None,
    "文件里只有图片，没有可读取的文字。请先做文字识别，人工核对后另存为 UTF-8 编码的 .txt 文件。",
)
_EMPTY = Note("empty-file", None, "文件里没有任何文字。请重新下载报告原文，替换本文件。")
_PICTURE = "〔图〕"
"""Stands in a cell that shows a picture and no text: such a cell is not empty."""


def read_word(content: bytes) -> Document:
    """The text of a Word file as it is shown, tables with a line for each row. Never raises.

    ``places`` are ``第 3 段`` (counting those with text, outside tables) and ``第 2 张表第 5 行``.
    """
    try:
        return _read(open_package(content))
    except DamagedFileError as error:
        return damaged(str(error))
    except RecursionError:
        return damaged("文件的内容层层套叠，不像一份报告，没有继续读取。")
    except TooLargeError:
        message = "文件的文字太长，不像一份报告，没有读取。请只保留年度报告正文。"
        return Document((), (Note("file-too-large", None, message),))


def _read(package: Package) -> Document:
    name = package.main_part("word/document.xml")
    content = package.read(name)
    body = None if content is None else package.parse(content).find(word("body"))
    if content is None or body is None:
        raise DamagedFileError("文件里没有 Word 正文，可能不完整。")
    parts = {one.kind: one.target for one in package.relations(name)}
    writer = _writer(package, parts, content)
    writer.blocks(body)
    writer.notes({kind: package.tree(parts[part]) for kind, part in _NOTES.items() if part in parts})
    has_text = any(line.strip(_PICTURE).strip() for line in writer.builder.lines)
    return writer.builder.build(_remarks(writer.seen, has_text=has_text))


def _writer(package: Package, parts: Mapping[str, str], content: bytes) -> _Writer:
    """A writer that knows the styles and lists of the document, as far as anything in it needs them.

    Files written from a template carry hundreds of styles: to read them takes longer than the report itself.
    """
    uses_styles = _mentions(content, b"pStyle") or _mentions(content, b"rStyle")
    styles = (package.read(parts.get("styles", "")) if uses_styles else None) or b""
    needed = any(_mentions(styles, name) for name in _TELLING)
    known = read_styles(package.parse(styles) if needed else None)
    numbered = _mentions(content, b"numPr") or _mentions(styles, b"numPr")
    return _Writer(known, read_list_numbers(package.tree(parts.get("numbering", "")) if numbered else None, known))


def _mentions(content: bytes, name: bytes) -> bool:
    """Whether a name stands in XML, which may be in UTF-16."""
    return name in content or (b"\0" in content and name in content.replace(b"\0", b""))


@dataclass(slots=True)
class _Writer:
    """Writes the blocks of one document into lines, counting paragraphs and tables on the way."""

    styles: Styles
    numbers: ListNumbers
    builder: DocumentBuilder = field(default_factory=DocumentBuilder)
    seen: Seen = field(default_factory=Seen)
    paragraphs: int = 0
    tables: int = 0

    def blocks(self, parent: Element, place: str = "", depth: int = 0) -> None:
        """Write the paragraphs and tables of a body, a text box or a cell used for layout.

        Raises:
            DamagedFileError: they stand inside each other too deep.
            TooLargeError: the document is longer than any report.
        """
        for block in nearest(parent, _BLOCKS, depth):
            if len(self.builder.lines) > MOST_BLOCKS:
                raise TooLargeError
            if block.tag == _PARAGRAPH:
                self._paragraph(block, place, depth + 1)
            elif block.tag == _TABLE:
                self._table(block, depth + 1)
            else:
                self.seen.embedded += 1

    def notes(self, roots: Mapping[str, Element | None]) -> None:
        """Write the notes that the text refers to, each behind its mark, in the order of the text."""
        for (kind, name), number in list(self.seen.notes.items()):
            root = roots.get(kind)
            found = () if root is None else (one for one in root if one.get(word("id")) == name)
            text = " ".join(self._shown(one, 0) for one in found)
            self.builder.paragraph(note_mark(kind, number) + text.strip(), f"{kind} {number}")

    def _paragraph(self, block: Element, place: str, depth: int) -> None:
        text = self._text(block, depth)
        shown = text.shown
        if _is_contents_line(block, shown):
            return
        if shown.strip() and not place:
            self.paragraphs += 1
            place = f"第 {self.paragraphs} 段"
        self.builder.paragraph(shown, place)
        for box in text.boxes:
            self.blocks(box, "", depth)

    def _text(self, block: Element, depth: int) -> ParagraphText:
        """The text of a paragraph behind its automatic number."""
        properties = block.find(_PROPERTIES)
        style = value_of(properties, "pStyle")
        text = ParagraphText(self.styles, self.seen, looks=tuple(self.styles.run_properties(style)))
        if self.styles.is_hidden(style):
            self.seen.hidden += 1
            return text
        text.add(block, depth)
        if text.shown.strip() or not _is_deleted(properties):
            text.pieces.insert(0, _before(self.numbers.label(properties), text.shown))
        return text

    def _shown(self, parent: Element, depth: int) -> str:
        """All text inside a cell or a note, block by block; a cell that shows only a picture says so.

        A paragraph whose end a revision deletes goes on in the next: 1 and 2 below it are 12.
        """
        texts, pictures, goes_on = [""], 0, True
        for block in nearest(parent, _TEXT_BLOCKS, depth):
            text = self._text(block, depth + 1)
            pictures += text.pictures
            texts[-1:] = [texts[-1] + text.shown] if goes_on else [texts[-1], text.shown]
            texts += (self._shown(box, depth + 1) for box in text.boxes)
            goes_on = not text.boxes and _is_deleted(block.find(_PROPERTIES))
            self.seen.revised += goes_on
        shown = "\n".join(texts)
        return _PICTURE if pictures and not shown.strip() else shown

    def _table(self, block: Element, depth: int) -> None:
        """A table with one line for each row; rows that only arrange other blocks give those blocks."""
        self.tables += 1
        name = f"第 {self.tables} 张表"
        rows = [row for row in nearest(block, (_ROW,), depth) if not self._is_left_out(row)]
        cells = [list(nearest(row, (_CELL,), depth)) for row in rows]
        narrow = max(map(len, cells), default=0) <= 1
        real: list[list[TableCell]] = []
        places: list[str] = []
        merged: dict[int, int] = {}
        for number, (row, own) in enumerate(zip(rows, cells, strict=True), start=1):
            place = f"{name}第 {number} 行"
            if narrow or any(_arranges(cell, depth) for cell in own):
                self._write_rows(real, places)
                for cell in own:
                    self.blocks(cell, place, depth)
                continue
            laid, merged = self._row(row, own, merged, depth)
            real.append(laid)
            places.append(place)
        self._write_rows(real, places)

    def _write_rows(self, rows: list[list[TableCell]], places: list[str]) -> None:
        if rows:
            self.builder.table(_without_seams(rows), places)
        rows.clear()
        places.clear()

    def _row(
        self, row: Element, cells: list[Element], above: dict[int, int], depth: int
    ) -> tuple[list[TableCell], dict[int, int]]:
        """The cells of a row, and the columns from which a merged cell reaches down, each with its width.

        A cell that goes on from above is empty: Word shows only the first.
        """
        properties = row.find(word("trPr"))
        skipped = _count(properties, "gridBefore", 0)
        laid = [TableCell("", skipped)] if skipped else []
        column, below = skipped, {}
        for cell in cells:
            merge = _merge_of(cell)
            goes_on = merge.across_from_left or (merge.down == "continue" and above.get(column) == merge.across)
            laid.append(TableCell("" if goes_on else self._shown(cell, depth), merge.across))
            if merge.down:
                below[column] = merge.across
            column += merge.across
        return laid, below

    def _is_left_out(self, row: Element) -> bool:
        """Rows that a revision deletes, or that are hidden."""
        properties = row.find(word("trPr"))
        deleted = properties is not None and properties.find(word("del")) is not None
        hidden = is_on(properties, "hidden")
        self.seen.revised += deleted
        self.seen.hidden += hidden
        return deleted or hidden


def _without_seams(rows: list[list[TableCell]]) -> list[list[TableCell]]:
    """The rows without the columns that no cell begins in: they come of borders that miss each other by a hair."""
    begins = [list(accumulate((cell.across for cell in row), initial=0)) for row in rows]
    seen = sorted({column for row, own in zip(rows, begins, strict=True) for column in own[: len(row)]})
    return [
        [
            replace(cell, across=bisect_left(seen, after) - bisect_left(seen, begin))
            for cell, (begin, after) in zip(row, pairwise(own), strict=True)
        ]
        for row, own in zip(rows, begins, strict=True)
    ]


class _Merge(NamedTuple):
    """How a cell is merged: columns covered, ``restart`` or ``continue`` or nothing downwards, part of the last."""

    across: int
    down: str
    across_from_left: bool


def _merge_of(cell: Element) -> _Merge:
    properties = cell.find(word("tcPr"))
    down = None if properties is None else properties.find(word("vMerge"))
    return _Merge(
        _count(properties, "gridSpan", 1),
        "" if down is None else down.get(word("val"), "continue"),
        value_of(properties, "hMerge") == "continue",
    )


def _count(properties: Element | None, name: str, otherwise: int) -> int:
    """How many columns a property says, within what is believed."""
    number = number_in(value_of(properties, name))
    return otherwise if number is None else max(otherwise, min(number, MOST_ACROSS))


def _arranges(cell: Element, depth: int) -> bool:
    """Whether a cell holds blocks rather than an entry: a table, or sentences in several paragraphs."""
    blocks = list(nearest(cell, _BLOCKS, depth))
    if any(block.tag != _PARAGRAPH for block in blocks):
        return True
    return len(blocks) > 1 and any("。" in (text.text or "") for text in cell.iter(word("t")))


def _is_contents_line(block: Element, shown: str) -> bool:
    """Whether a paragraph belongs to the table of contents that Word makes of the headings: it repeats them."""
    if _PAGE_NUMBER_AT_END.search(shown) is None:
        return False
    codes = (code.text or "" for code in block.iter(word("instrText")))
    anchors = (link.get(word("anchor"), "") for link in block.iter(word("hyperlink")))
    return any("_Toc" in target for target in (*codes, *anchors))


def _is_deleted(properties: Element | None) -> bool:
    """Whether a revision deletes the paragraph's end."""
    mark = None if properties is None else properties.find(word("rPr"))
    return mark is not None and mark.find(word("del")) is not None


def _before(label: str, text: str) -> str:
    """An automatic number as it stands before a text; never so that the two make another number."""
    closed = label.endswith(_CLOSING) and not text[:1].isdigit()
    return label if closed or not label else f"{label} "


def _remarks(seen: Seen, *, has_text: bool) -> Iterator[Note]:
    """What a person who opens the file would see otherwise than it was read."""
    if not has_text:
        yield _ONLY_PICTURES if seen.pictures else _EMPTY
    if seen.revised:
        yield Note("tracked-changes", None, f"文件里有 {seen.revised} 处没有定稿的修订，已按接受全部修订后的文字读取。")
    if seen.hidden:
        yield Note("hidden-content", None, f"文件里有 {seen.hidden} 处隐藏的文字，没有读取。")
    if seen.embedded:
        yield Note("embedded-content", None, f"文件里嵌有 {seen.embedded} 个别的文件（如 Excel 表格），没有读取。")
