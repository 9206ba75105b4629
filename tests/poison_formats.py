"""Reports in every format with given texts in every place of it that can hold one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from xml.sax.saxutils import escape as xml_escape

from documents import Markup, Sheet, archive, docx_parts, paragraph, run, xlsx
from layouts import figures, grid, report, tabs
from pdf_files import SIZE, Annotation, PdfPage, write_pdf

Write = Callable[[Sequence[str], str], bytes]
YEAR = 2022
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINES = 38


def _sections(texts: Sequence[str]) -> dict[str, str]:
    return {"一": "\n".join(f"本年依法公开{text}信息。" for text in texts)}


def label_report(texts: Sequence[str], name: str) -> str:
    """A report of zeros in which each text stands behind the label of a row of table 3."""
    left = list(texts)

    def write(table: list[list[str]]) -> str:
        rows = [[row[0], *row[1:]] for row in table]
        for row in rows[-len(left) :] if 0 < len(left) < len(rows) else ():
            at = max(index for index, cell in enumerate(row) if not cell.isdecimal())
            row[at] += left.pop()
        return tabs(rows)

    return report("2021", figures("2021"), write, office=name, year=YEAR)


def _with_cells(texts: Sequence[str]) -> list[list[str]]:
    """Table 3 of zeros with a text instead of each number, as far as they go."""
    left = list(texts)
    table = grid("2021", "requests", figures("2021"))
    return [[left.pop(0) if cell.isdecimal() and left else cell for cell in row] for row in table]


def _cell_report(texts: Sequence[str], name: str) -> bytes:
    def write(table: list[list[str]]) -> str:
        return tabs(_with_cells([one for one in texts if "\n" not in one]) if len(table) > len(texts) // 5 else table)

    return report("2021", figures("2021"), write, office=name, year=YEAR, sections=_sections(texts)).encode()


def _markdown(texts: Sequence[str], name: str) -> bytes:
    front = f"---\ntitle: {texts[0]}\n---\n"
    return (front + report("2021", figures("2021"), office=name, year=YEAR, sections=_sections(texts))).encode()


def web_page(text: str, title: str) -> bytes:
    """A page with the text as markup, as text, and in attributes of both quotes."""
    quoted = escape(text)
    return (
        f"<!doctype html><meta charset=utf-8><title>{quoted}</title><h1>{escape(title)}</h1>"
        f"<h2>一、总体情况</h2><p title=\"{quoted}\">{quoted}</p><p><a href='{quoted}'>{quoted}</a>"
        f'<img alt="{quoted}" src="{quoted}"></p><table><tr><td>{quoted}<td>1</table>'
        f"<h2>五、存在的主要问题及改进情况</h2><p>好。</p><p>{text}</p>"
    ).encode()


def _web(texts: Sequence[str], name: str) -> bytes:
    cells = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}' for cell in row)}"
        for row in _with_cells([one for one in texts if "\n" not in one])
    )
    lines = "".join(f"<p>{escape(text)}<p><a href='{escape(text)}'>x</a>" for text in texts)
    return (
        f"<!doctype html><meta charset=utf-8><h1>{escape(name)}{YEAR}年政府信息公开工作年度报告</h1>"
        f"<h2>一、总体情况</h2>{lines}<h2>三、收到和处理政府信息公开申请情况</h2><table>{cells}</table>"
    ).encode()


def _in_xml(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if not _NOT_XML.search(text)]


def _word(texts: Sequence[str], name: str) -> bytes:
    """With properties of the file, hyperlinks, bookmarks and field codes beside its paragraphs and its table."""
    fit = _in_xml(texts)
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    field += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    codes = (f'HYPERLINK "{text}" \\o "{text}"' for text in fit)
    fields = [paragraph(Markup(field.format(xml_escape(code))), run("x")) for code in codes]
    linked = [
        Markup(f'<w:p><w:bookmarkStart w:id="1" w:name={_attribute(text)}/><w:hyperlink r:id="h{number}" '
               f"w:tooltip={_attribute(text)}>{run(text)}</w:hyperlink></w:p>")
        for number, text in enumerate(fit)
    ]  # fmt: skip
    parts = docx_parts(
        [f"{name}{YEAR}年政府信息公开工作年度报告", "一、总体情况", *fit, *linked, *fields, _with_cells(fit)]
    )
    links = "".join(
        f'<Relationship Id="h{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'hyperlink" Target={_attribute(text)} TargetMode="External"/>'
        for number, text in enumerate(fit)
    )
    rels = "word/_rels/document.xml.rels"
    parts[rels] = re.sub(r"</Relationships>$", lambda end: links + end.group(), str(parts[rels]))
    inner = "".join(f"<dc:title>{xml_escape(text)}</dc:title>" for text in fit)
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    space = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    parts["docProps/core.xml"] = f'<cp:coreProperties xmlns:cp="{core}" {space}>{inner}</cp:coreProperties>'
    return archive(parts)


def _attribute(text: str) -> str:
    return '"' + xml_escape(text, {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}) + '"'


def _workbook(texts: Sequence[str], name: str) -> bytes:
    """A sheet for each text that is a possible name of one, and every text in cells of the first."""
    fit = _in_xml(texts)
    first = [
        [f"{name}{YEAR}年政府信息公开工作年度报告"],
        ["一、总体情况"],
        *([text] for text in fit),
        *_with_cells(fit),
    ]
    return xlsx({"年报": Sheet(first), **{text: Sheet([[text]]) for text in dict.fromkeys(fit) if "\n" not in text}})


def _pdf(texts: Sequence[str], name: str) -> bytes:
    """Printed lines, and the same in comments and fields."""
    lines = [f"{name}{YEAR}年政府信息公开工作年度报告", "一、总体情况", *_in_xml(texts)]
    return write_pdf(list(_pdf_pages([line for text in lines for line in text.split("\n")])))


def _pdf_pages(lines: Sequence[str]) -> Iterator[PdfPage]:
    for at in range(0, len(lines), _LINES):
        printed, commented = PdfPage(width=1400), PdfPage(width=1400)
        for number, line in enumerate(lines[at : at + _LINES]):
            top = 20 + 2 * SIZE * number
            printed.text(20, top, line)
            commented.annotations.append(Annotation("FreeText", 20, top, 1380, top + SIZE, line))
        yield from (printed, commented)


FORMATS: Mapping[str, Write] = {
    "txt": _cell_report,
    "md": _markdown,
    "html": _web,
    "docx": _word,
    "xlsx": _workbook,
    "pdf": _pdf,
}
"""How a report of many texts is written, by the suffix of its file."""
