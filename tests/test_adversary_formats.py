"""Traps of real formats: digits beside a number that are no part of it, and tables whose first cell covers a page."""

from __future__ import annotations

import pytest
from disclosure.form.tokens import Sort, tokenize
from disclosure.read import read_document
from disclosure.read.document import Document
from disclosure.read.old_workbook import is_plain
from disclosure.read.pdf import read_pdf
from disclosure.read.workbook import Sheet, Workbook
from documents import archive, xlsx_parts
from pdf_files import PdfPage, write_pdf

COLUMNS = (60.0, 120.0, 240.0, 300.0, 360.0)
"""Where the vertical lines of the tables are, in points."""


def read(*pages: PdfPage) -> Document:
    return read_pdf(write_pdf(pages))


def test_a_raised_digit_behind_a_printed_number_is_its_note() -> None:
    made = PdfPage()
    made.text(60, 200, "行政许可 897")
    made.text(60 + 4 * 10 + 4 * 5, 198, "2", size=6)
    assert read(made).lines == ("行政许可 897²",)


def test_a_small_digit_on_the_line_is_part_of_the_number() -> None:
    made = PdfPage()
    made.text(60, 200, "行政许可 897")
    made.text(60 + 4 * 10 + 4 * 5, 203.5, "2", size=6)
    assert "²" not in read(made).lines[0]


def test_a_printed_number_that_is_crossed_out_is_left_out_and_quoted() -> None:
    made = PdfPage()
    made.text(60, 200, "行政许可")
    made.text(120, 200, "1225559")
    made.line(120, 205, 130, 205)
    document = read(made)
    assert document.lines == ("行政许可\t25559",)
    assert [(note.rule, "“12”" in note.message) for note in document.notes] == [("tracked-changes", True)]


@pytest.mark.parametrize(("x0", "x1", "height"), [(120, 155, 210), (60, 300, 205)])
def test_an_underline_and_the_line_of_a_table_cross_nothing_out(x0: float, x1: float, height: float) -> None:
    made = PdfPage()
    made.text(120, 200, "1225559")
    made.line(x0, height, x1, height)
    assert read(made).lines == ("1225559",)


def rows(made: PdfPage, top: float, texts: list[tuple[str, ...]], *, first: int) -> None:
    """Rows of a table 20 points high, ruled from column ``first`` on."""
    for number, row in enumerate(texts):
        for column, text in enumerate(row, start=first):
            made.text(COLUMNS[column] + 3, top + 20 * number + 5, text)
    for number in range(len(texts) + 1):
        made.line(COLUMNS[first], top + 20 * number, COLUMNS[-1], top + 20 * number)
    for x in COLUMNS[first:]:
        made.line(x, top, x, top + 20 * len(texts))


def test_a_table_goes_on_where_its_first_cell_covers_the_page_without_lines() -> None:
    one, two, three = PdfPage(), PdfPage(), PdfPage()
    rows(one, 700, [("甲", "申请", "1", "2")], first=0)
    rows(two, 60, [("公开", "3", ""), ("不予", "", "4")], first=1)
    rows(three, 60, [("丙", "结转", "5", "6")], first=0)
    document = read(one, two, three)
    assert [len(lines) for lines in document.tables] == [4]
    assert document.lines == ("甲\t申请\t1\t2", "\t公开\t3\t", "\t不予\t\t4", "丙\t结转\t5\t6")


@pytest.mark.parametrize(
    ("font", "shown"),
    [
        ('<vertAlign val="superscript"/>', "行政许可8972¹"),
        ("<strike/>", "行政许可8972（划去：1）"),
        ('<strike val="0"/>', "行政许可89721"),
    ],
)
def test_raised_and_struck_runs_of_a_worksheet_are_told_from_the_number(font: str, shown: str) -> None:
    parts = xlsx_parts({"表": [["行政许可8972", "X"]]})
    run = f"<r><t>行政许可8972</t></r><r><rPr>{font}</rPr><t>1</t></r>"
    name = "xl/sharedStrings.xml"
    parts[name] = str(parts[name]).replace("<t>行政许可8972</t>", run)
    assert shown in "".join(read_document("试验.xlsx", archive(parts)).lines)


@pytest.mark.parametrize(("grbit", "raised", "plain"), [(0, 0, True), (8, 0, False), (0, 1, False), (2, 0, True)])
def test_an_old_workbook_with_a_font_that_strikes_or_raises_is_not_plain(grbit: int, raised: int, plain: bool) -> None:  # noqa: FBT001 -- a case
    font = bytes((0x31, 0, 0x15, 0, 0xC8, 0, grbit, 0, 0xFF, 0x7F, 0x90, 1, raised, 0, 0, 0, 0x86, 0, 2, 1))
    assert is_plain(font, Workbook((Sheet("表"),), 0, 0)) is plain


@pytest.mark.parametrize("printed", ["4 6 . 0 2 2 4", "4 6 .0224", "4 6. 0224"])
def test_digits_set_wide_before_a_point_are_no_number(printed: str) -> None:
    tokens = tokenize([f"行政事业性收费 {printed}"])
    assert not [token.raw for token in tokens[:3] if token.sort is Sort.NUMBER]


def test_a_cell_before_a_number_with_a_parted_point_stays_a_number() -> None:
    tokens = tokenize(["政府集中采购\t4\t6 .0224"])
    assert [token.raw for token in tokens if token.sort is Sort.NUMBER] == ["4"]
