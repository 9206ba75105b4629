"""Publish reports in the formats that keep real tables: Word, Excel, web pages and PDF."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from disclosure.form.template import APPLICANTS
from disclosure.read.document import TableCell
from documents import Merged, Sheet, docx, xlsx
from layouts import STYLES, Block, Grid, Style
from layouts_content import blank_zeros
from layouts_grid import is_value
from pdf_files import PdfPage, write_pdf

_LABEL_COLUMNS = 3
"""Columns of table 3 before its numbers: a heading, a group, a label."""
_HEADER_NAMES = {"申请人情况", *(column.label for column in APPLICANTS)}
_ROWS_A_PAGE = 14


def laid(table: Grid) -> list[list[TableCell]]:
    """A grid as a real table: in table 3, labels and headings reach over the columns that the grid leaves out."""
    if not any(APPLICANTS[0].label in row for row in table):
        return [[TableCell(cell) for cell in row] for row in table]
    return [list(_request_row(row)) for row in table]


def _request_row(row: list[str]) -> Iterator[TableCell]:
    if _HEADER_NAMES.intersection(row):
        yield from _header_row(row)
        return
    last = max((at for at, cell in enumerate(row) if cell and not is_value(cell)), default=-1)
    for at, cell in enumerate(row):
        yield TableCell(cell, across=max(1, _LABEL_COLUMNS - at) if at == last else 1)


def _header_row(row: list[str]) -> Iterator[TableCell]:
    """The three rows of the header, told by how many names they have."""
    spans = {2: (_LABEL_COLUMNS, 7), 4: (_LABEL_COLUMNS, 1, 5, 1), 7: (_LABEL_COLUMNS, 1)}.get(len(row), ())
    yield from (TableCell(cell, across=across) for cell, across in zip(row, spans, strict=False))
    yield from (TableCell(cell) for cell in row[len(spans) :])


def word(blocks: list[Block]) -> bytes:
    """A Word file."""
    return docx(
        block if isinstance(block, str) else [[Merged(cell.text, cell.across) for cell in row] for row in laid(block)]
        for block in _lines(blocks)
    )


def excel(blocks: list[Block]) -> bytes:
    """An Excel file with one sheet."""
    rows: list[list[str]] = []
    for block in _lines(blocks):
        tables = [[TableCell(block)]] if isinstance(block, str) else laid(block)
        rows += [[text for cell in row for text in (cell.text, *[""] * (cell.across - 1))] for row in tables]
    return xlsx({"年度报告": Sheet(rows)})


def web(blocks: list[Block]) -> bytes:
    """A web page."""
    body = "".join(
        f"<p>{escape(block)}</p>" if isinstance(block, str) else f"<table>{''.join(map(_web_row, laid(block)))}</table>"
        for block in _lines(blocks)
    )
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def _web_row(row: list[TableCell]) -> str:
    return f"<tr>{''.join(f'<td colspan={cell.across}>{escape(cell.text)}</td>' for cell in row)}</tr>"


def pdf(blocks: list[Block]) -> bytes:
    """A PDF with ruled tables that go on over pages."""
    return _pdf(blocks, ruled=True)


def pdf_without_rules(blocks: list[Block]) -> bytes:
    """A PDF whose tables have no lines."""
    return _pdf(blocks, ruled=False)


def _pdf(blocks: list[Block], *, ruled: bool) -> bytes:
    pages = [PdfPage()]
    top = 40.0
    for block in _lines(blocks):
        if isinstance(block, str):
            pages[-1].text(60, top, block)
            top += 20
            continue
        rows = laid(block)
        width = 480.0 / max(sum(cell.across for cell in row) for row in rows)
        for first in range(0, len(rows), _ROWS_A_PAGE):
            if first or top > 400:
                pages, top = [*pages, PdfPage()], 40.0
            count = max(sum(cell.across for cell in row) for row in rows)
            top = 10 + pages[-1].table(50, top, [width] * count, rows[first : first + _ROWS_A_PAGE], ruled=ruled)
    return write_pdf(pages)


def _lines(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        yield from block.split("\n") if isinstance(block, str) else [block]


FORMATS: dict[str, Style] = {
    style.name: style
    for style in (
        Style("word", binary=word, real_tables=True, suffix=".docx"),
        Style("word_blank_zeros", binary=word, real_tables=True, suffix=".docx", content=blank_zeros, lossy=True),
        Style("excel", binary=excel, real_tables=True, suffix=".xlsx"),
        Style("excel_blank_zeros", binary=excel, real_tables=True, suffix=".xlsx", content=blank_zeros, lossy=True),
        Style("web", binary=web, real_tables=True, suffix=".html"),
        Style("web_blank_zeros", binary=web, real_tables=True, suffix=".html", content=blank_zeros, lossy=True),
        Style("pdf", binary=pdf, real_tables=True, suffix=".pdf"),
        Style("pdf_without_rules", binary=pdf_without_rules, suffix=".pdf", lossy=True),
    )
}
ALL_STYLES = {**STYLES, **FORMATS}
"""Every way of publishing, in every format."""
