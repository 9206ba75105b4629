"""Write small Word and Excel files: what tests read where a format keeps real tables."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from layouts import Figures, Grid, report

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MARK = "\x1e"
_COLUMN = 700
"""Width of a column in twentieths of a point; without widths other programs lay tables out anew."""
_MOST_COLUMNS = 63


class Markup(str):
    """XML that goes into a file as it is."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell that covers several columns or rows; ``down`` is ``"restart"`` or ``"continue"``."""

    text: str
    across: int = 1
    down: str = ""


Row: TypeAlias = Iterable[str | Merged | Markup]
Block: TypeAlias = str | Markup | Iterable[Row]
"""A paragraph, or a table as rows of cells."""


def report_blocks(form: str, true: Figures, *, year: int = 2023, office: str = "试验镇人民政府") -> list[str | Grid]:
    """The report that ``layouts.report`` writes as text: paragraphs, and tables as grids."""
    text = report(form, true, lambda table: f"{_MARK}{json.dumps(table)}\n", office=office, year=year)
    lines = filter(None, text.split("\n"))
    return [json.loads(line.removeprefix(_MARK)) if line.startswith(_MARK) else line for line in lines]


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of named parts, the same bytes at any hour."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def docx(blocks: Iterable[Block], **parts: str) -> bytes:
    """A Word file. ``parts`` are further parts with what their root holds: ``numbering="<w:num …"``."""
    return archive(docx_parts(blocks, **parts))


def docx_parts(blocks: Iterable[Block], **parts: str) -> dict[str, str | bytes]:
    """The parts of a Word file by name, so that a test can change one."""
    body = "".join(map(_word_block, blocks))
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"r1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": word_root("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": _relations({name: (name, f"{name}.xml") for name in parts}),
        **{f"word/{name}.xml": word_root(name, inner) for name, inner in parts.items()},
    }


def word_root(name: str, inner: str) -> str:
    """A part of a Word file: its root element around ``inner``, with the usual prefixes."""
    spaces = {
        "w": _WORD,
        "r": _OFFICE,
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    return f"{_HEAD}<w:{name} {declared}>{inner}</w:{name}>"


def paragraph(*runs: str, properties: str = "") -> Markup:
    """A paragraph of runs: texts, or markup of its own."""
    inner = "".join(one if isinstance(one, Markup) else run(one) for one in runs)
    return Markup(f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}{inner}</w:p>")


def run(text: str, properties: str = "") -> Markup:
    """A run of text with its properties (``<w:vanish/>``)."""
    before = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return Markup(f'<w:r>{before}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>')


def table(rows: Iterable[Row], row_properties: str = "") -> Markup:
    """A table; ``row_properties`` go into every row."""
    before = f"<w:trPr>{row_properties}</w:trPr>" if row_properties else ""
    laid = [list(row) for row in rows]
    inner = "".join(f"<w:tr>{before}{''.join(map(_word_cell, row))}</w:tr>" for row in laid)
    columns = max((sum(cell.across if isinstance(cell, Merged) else 1 for cell in row) for row in laid), default=0)
    grid = f'<w:gridCol w:w="{_COLUMN}"/>' * min(columns, _MOST_COLUMNS)
    return Markup(f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{inner}</w:tbl>")


def numbered(text: str, level: int = 0, number: int = 1) -> Markup:
    """A paragraph of a list."""
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def levels(*formats: tuple[str, str], extra: str = "") -> str:
    """A numbering with these number formats and texts, a level each, and list 1 of it."""
    inner = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{name}"/>'
        f'<w:lvlText w:val="{text}"/>{extra}</w:lvl>'
        for index, (name, text) in enumerate(formats)
    )
    used = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="7">{inner}</w:abstractNum>{used}'


def _word_block(block: Block) -> str:
    if isinstance(block, Markup):
        return block
    return paragraph(block) if isinstance(block, str) else table(block)


def _word_cell(cell: str | Merged | Markup) -> str:
    if isinstance(cell, Markup):
        return f"<w:tc>{cell}</w:tc>"
    text, across, down = (cell.text, cell.across, cell.down) if isinstance(cell, Merged) else (cell, 1, "")
    width = f'<w:tcW w:w="{_COLUMN * across}" w:type="dxa"/>'
    merge = f'<w:gridSpan w:val="{across}"/>' * (across > 1) + f'<w:vMerge w:val="{down}"/>' * bool(down)
    return f"<w:tc><w:tcPr>{width}{merge}</w:tcPr>{paragraph(text)}</w:tc>"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: rows of cells, or of markup (``<c r="B2"…``), merged ranges (``B2:C3``), what stands around."""

    rows: Iterable[Iterable[str]]
    merged: tuple[str, ...] = ()
    state: str = "visible"
    columns: str = ""
    row_attributes: Mapping[int, str] | None = None


def xlsx(sheets: Mapping[str, Sheet | Iterable[Iterable[str]]], styles: str = "") -> bytes:
    """An Excel file; digits become numbers, other texts shared strings."""
    return archive(xlsx_parts(sheets, styles))


def xlsx_parts(sheets: Mapping[str, Sheet | Iterable[Iterable[str]]], styles: str = "") -> dict[str, str | bytes]:
    """The parts of an Excel file by name, so that a test can change one."""
    pages = {name: one if isinstance(one, Sheet) else Sheet(one) for name, one in sheets.items()}
    strings: dict[str, int] = {}
    written = [_worksheet(page, strings) for page in pages.values()]
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" state="{page.state}" r:id="s{number}"/>'
        for number, (name, page) in enumerate(pages.items(), start=1)
    )
    targets = {f"s{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(pages) + 1)}
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": _sheet_root("workbook", f"<sheets>{listed}</sheets>"),
        "xl/_rels/workbook.xml.rels": _relations(
            {**targets, "t": ("sharedStrings", "sharedStrings.xml"), "y": ("styles", "styles.xml")}
        ),
        "xl/sharedStrings.xml": _sheet_root("sst", shared),
        "xl/styles.xml": _sheet_root("styleSheet", styles or "<cellXfs><xf/></cellXfs>"),
        **{f"xl/worksheets/sheet{number}.xml": page for number, page in enumerate(written, start=1)},
    }


def _worksheet(page: Sheet, strings: dict[str, int]) -> str:
    attributes = page.row_attributes or {}
    rows = "".join(
        f'<row r="{number}" {attributes.get(number, "")}>{"".join(_excel_cells(number, row, strings))}</row>'
        for number, row in enumerate(page.rows, start=1)
    )
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in page.merged)
    return _sheet_root("worksheet", f"{page.columns}<sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells>")


def _excel_cells(number: int, row: Iterable[str], strings: dict[str, int]) -> Iterator[str]:
    for index, cell in enumerate(row):
        place = f"{chr(ord('A') + index)}{number}"
        if isinstance(cell, Markup):
            yield cell
        elif cell.isdecimal():
            yield f'<c r="{place}"><v>{int(cell)}</v></c>'
        elif cell:
            yield f'<c r="{place}" t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>'


def _sheet_root(name: str, inner: str) -> str:
    return f'{_HEAD}<{name} xmlns="{_SHEET}" xmlns:r="{_OFFICE}">{inner}</{name}>'


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    excel = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = {
        "/word/document.xml": f"{word}.document.main+xml",
        "/word/numbering.xml": f"{word}.numbering+xml",
        "/word/styles.xml": f"{word}.styles+xml",
        "/word/footnotes.xml": f"{word}.footnotes+xml",
        "/xl/workbook.xml": f"{excel}.sheet.main+xml",
        "/xl/sharedStrings.xml": f"{excel}.sharedStrings+xml",
        "/xl/styles.xml": f"{excel}.styles+xml",
        **{f"/xl/worksheets/sheet{number}.xml": f"{excel}.worksheet+xml" for number in range(1, 10)},
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items())
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    defaults = f'{relations}<Default Extension="xml" ContentType="application/xml"/>'
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'
