"""Read PDF files: what is printed on the pages, ruled tables stitched together over them.

``read_pdf`` may meet a file that keeps pdfminer busy for hours or fills the memory: it is called through
``read.sandbox``, which bounds both.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice

from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, int_value
from pdfplumber.pdf import PDF

from disclosure.model import Note
from disclosure.read.document import Document, DocumentBuilder, TooLargeError
from disclosure.read.pdf_cells import Ruled
from disclosure.read.pdf_device import PageTooLargeError
from disclosure.read.pdf_furniture import without_furniture
from disclosure.read.pdf_page import PageContent, read_page
from disclosure.read.pdf_stitch import PrintedTable
from disclosure.read.pdf_words import Line

MOST_PAGES = 400
"""Pages of one file that are read; a report has some five."""
_END_MARK = b"%%EOF"
"""Where it is missing, so is the end of the file; behind it stand no objects."""
_LENGTH = re.compile(rb"/Linearized\b[^>]*?/L\s+(\d+)")
"""A file made for viewing in browsers says at its head how long it is."""
_HEAD = 2048

_MOST_QUOTED = 12
_LONGEST_QUOTE = 20
_ENCRYPTED = "文件有打开密码，没有读取。请用原来的软件去掉密码，重新导出。"
_DAMAGED = "文件已损坏，读不出任何一页。请重新下载或导出。"
_CUT_OFF = "文件不完整，可能缺页或缺字。请重新下载或导出，并核对页数。"
_SCAN = "PDF 里没有可读取的文字，可能是扫描的图片。请找网页版或 Word 版，或者人工录入后另存为 UTF-8 编码的 .txt 文件。"
_RECOGNISED = "文字来自扫描件的识别结果，可能认错。请对照扫描件核对数字，有条件的换成网页版或 Word 版。"
_FIELDS = (
    "填写框或批注里的文字没有读取，已显示为“\ufffd”；那里的数字不予采用，也不当作没有填写。"
    "请在原来的软件里打印成新的 PDF（或“平展”填写框和批注），再提交。"
)
_TOO_MUCH_TEXT = "文字超过了一份报告可能的长度，后面的没有读取。请只保留年度报告正文。"


@dataclass(slots=True)
class _Reading:
    """The pages read, and those that were not; how many the file says that it has, and how many were ``found``."""

    stated: int
    found: int = 0
    pages: list[PageContent] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    too_large: list[int] = field(default_factory=list)


def read_pdf(content: bytes) -> Document:
    """The text of a PDF, a visual line a line, its ruled tables as tables.

    Not read: text that nobody can see (invisible, transparent, clipped away, white on white, off the page) and text
    that runs slanting. Invisible text over a scanned image is read, as it is all that such a file says, and noted: the
    machine that recognised it may have erred. A glyph that the font gives no character for is U+FFFD. A file that is
    cut off is not read at all.

    Raises:
        MemoryError: there is not memory enough; nothing else is raised, whatever the bytes.
    """
    if _is_cut_off(content):
        return _refused("damaged-file", _CUT_OFF)
    try:
        reading = _read_pages(content)
    except Exception as error:  # pdfminer raises anything on a damaged file
        if any(isinstance(one, MemoryError) for one in (error, *error.args)):
            raise MemoryError from error
        encrypted = any(isinstance(one, PDFPasswordIncorrect) for one in error.args)
        return _refused("damaged-file", _ENCRYPTED if encrypted else _DAMAGED)
    if not reading.pages and not reading.too_large:
        return _refused("damaged-file", _DAMAGED)
    builder = DocumentBuilder()
    notes = list(_notes(reading))
    try:
        _lay_out(without_furniture(reading.pages), builder)
    except TooLargeError:
        notes.append(Note("reading-stopped", None, _TOO_MUCH_TEXT))
    return builder.build(notes)


def _is_cut_off(content: bytes) -> bool:
    """Whether the end of the file is missing: its last end mark, or what its head says that it is long."""
    stated = _LENGTH.search(content[:_HEAD])
    _, mark, after = content.rpartition(_END_MARK)
    return not mark or b" obj" in after or (stated is not None and int(stated[1]) > len(content))


def _refused(rule: str, message: str) -> Document:
    return Document((), (Note(rule, None, message),))


@contextmanager
def _decoding_losses() -> Iterator[list[str]]:
    """What pdfminer says about streams that it could unpack only in part: it says so to its log alone."""
    losses: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            losses.append(record.getMessage())

    log, ear = logging.getLogger("pdfminer.pdftypes"), Ear(logging.WARNING)
    log.addHandler(ear)
    try:
        yield losses
    finally:
        log.removeHandler(ear)


def _read_pages(content: bytes) -> _Reading:
    """Read page by page. From where a stream was unpacked with a loss, no page is trusted: it may be a font of all."""
    with _decoding_losses() as losses:
        pdf = PDF(BytesIO(content), raise_unicode_errors=False)
        reading = _Reading(_pages_stated(pdf))
        for number, page in enumerate(islice(PDFPage.create_pages(pdf.doc), MOST_PAGES), start=1):
            reading.found = number
            try:
                shown = read_page(pdf, page, number)
            except PageTooLargeError:
                reading.too_large.append(number)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 -- pdfminer raises anything on a damaged page; the others may be whole
                reading.failed.append(number)
            else:
                if losses:
                    reading.failed.append(number)
                else:
                    reading.pages.append(shown)
    return reading


def _pages_stated(pdf: PDF) -> int:
    """How many pages the file says that it has; 0 where it does not say so."""
    try:
        return int_value(dict_value(pdf.doc.catalog["Pages"])["Count"])
    except Exception:  # noqa: BLE001 -- as above
        return 0


def _lay_out(pages: Sequence[PageContent], builder: DocumentBuilder) -> None:
    """Add lines and tables in reading order; a table at the end of a page may go on at the head of the next."""
    open_table: PrintedTable | None = None
    for page in pages:
        blocks: list[Line | Ruled] = sorted([*page.lines, *page.tables], key=_place)
        for position, block in enumerate(blocks):
            if isinstance(block, Ruled):
                follows = position == 0 and open_table is not None and open_table.page == page.number - 1
                if open_table is not None and follows and open_table.goes_on_in(block):
                    open_table.extend(block, page.number)
                    continue
                _add_table(open_table, builder)
                open_table = PrintedTable.opened(block, page.number)
            elif open_table is None or not open_table.takes(block):
                _add_table(open_table, builder)
                open_table = None
                builder.paragraph(block.text, _page_name(page.number))
    _add_table(open_table, builder)


def _place(block: Line | Ruled) -> tuple[float, float]:
    box = block.box if isinstance(block, Ruled) else block
    return box.top, box.x0


def _page_name(number: int) -> str:
    return f"第 {number} 页"


def _add_table(table: PrintedTable | None, builder: DocumentBuilder) -> None:
    """Add a table; where its columns are not certain, a line a row, with no claim about columns."""
    if table is None:
        return
    rows, pages = table.rows()
    places = [_page_name(number) for number in pages]
    if table.certain:
        builder.table(rows, places)
        return
    for row, place in zip(rows, places, strict=True):
        builder.paragraph("\t".join(cell.text for cell in row if cell.text), place)


def _notes(reading: _Reading) -> Iterator[Note]:
    """What a reader of the page has to know about how far the file could be read."""
    silent = [page.number for page in reading.pages if page.drawn and not page.lines and not page.tables]
    if reading.pages and not any(page.lines or page.tables for page in reading.pages):
        yield Note("no-text-layer", None, _SCAN)
    elif silent:
        yield Note(
            "no-text-layer", None, f"第 {_listed(silent)} 页没有可读取的文字，可能是扫描的图片。请对照原件补录。"
        )
    if any(page.recognised for page in reading.pages):
        yield Note("scanned-text", None, _RECOGNISED)
    if struck := [text for page in reading.pages for text in page.struck]:
        yield Note("tracked-changes", None, _crossed_out(struck))
    if fields := sum(page.fields for page in reading.pages):
        pages = _listed([page.number for page in reading.pages if page.fields])
        yield Note("fields-not-read", None, f"第 {pages} 页有 {fields} 处{_FIELDS}")
    unreadable = sum(page.unreadable for page in reading.pages)
    if unreadable:
        yield Note("unreadable-font", None, _unreadable(unreadable))
    if reading.failed:
        yield Note("reading-stopped", None, f"第 {_listed(reading.failed)} 页已损坏，没有读取。请重新下载或导出。")
    if reading.too_large:
        yield Note(
            "reading-stopped", None, f"第 {_listed(reading.too_large)} 页的图形或文字过多，没有读取。请核对原件。"
        )
    if reading.found < reading.stated:
        counts = f"文件说有 {reading.stated} 页，只读到 {reading.found} 页"
        yield Note("reading-stopped", None, f"{counts}，读取至此为止。请核对原件，重新下载或导出。")


def _crossed_out(struck: Sequence[str]) -> str:
    quoted = "、".join(f"“{text[:_LONGEST_QUOTE]}”" for text in struck[:_MOST_QUOTED])
    return f"PDF 上有 {len(struck)} 处划去的文字，没有收录：{quoted}{'等' if len(struck) > _MOST_QUOTED else ''}。"


def _unreadable(count: int) -> str:
    return (
        f"PDF 的字体没有说明 {count} 个字符是什么字，已显示为“\ufffd”；含有“\ufffd”的数字不予采用。"
        "请找网页版或 Word 版，或者用原来的软件重新导出。"
    )


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers))
