"""PDF files, a case per phenomenon: what is printed, where it stands, what is left out, and what is said about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from disclosure.read.document import Document
from disclosure.read.pdf import MOST_PAGES, read_pdf
from disclosure.read.pdf_page import MOST_CONTENT
from disclosure.reading import read_report
from disclosure.workshop import ROOT
from pdf_files import PdfPage, write_pdf

DOCUMENTS = ROOT.parent / "shared" / "documents"
GONE = "\ufffd"


def page(*lines: str, size: float = 10.0) -> PdfPage:
    """A page of lines from its upper left corner down."""
    made = PdfPage()
    for number, line in enumerate(lines):
        made.text(60, 200 + 20 * number, line, size=size)
    return made


def read(*pages: PdfPage) -> Document:
    return read_pdf(write_pdf(pages))


def rules(document: Document) -> list[str]:
    return [note.rule for note in document.notes]


def test_a_visual_line_is_a_line_and_knows_its_page() -> None:
    document = read(page("第一行", "第二行"), page("第三行"))
    assert document.lines == ("第一行", "第二行", "第三行")
    assert document.places == ("第 1 页", "第 1 页", "第 2 页")
    assert document.notes == ()
    assert document.tables == ()


@pytest.mark.parametrize("mark", ["- {} -", "第 {} 页 共 2 页", "Page {}", "{}", "{}/2", "·{}·"])
def test_page_marks_are_left_out(mark: str) -> None:
    pages = [page("正文"), page("正文二")]
    for number, one in enumerate(pages, start=1):
        one.text(290, 800, mark.format(number))
    assert read(*pages).lines == ("正文", "正文二")


def test_a_running_head_stays_once() -> None:
    pages = [page("一"), page("二"), page("三")]
    for one in pages:
        one.text(200, 40, "试验镇年度报告")
    assert read(*pages).lines == ("试验镇年度报告", "一", "二", "三")


def test_numbers_at_the_foot_of_pages_that_do_not_count_on_are_text() -> None:
    pages = [page("一"), page("二")]
    for one, number in zip(pages, ("4", "9"), strict=True):
        one.text(290, 800, number)
    assert read(*pages).lines == ("一", "4", "二", "9")


def test_letters_printed_twice_to_look_bold_are_one() -> None:
    made = page("总计1100")
    made.text(60.4, 200, "总计1100")
    assert read(made).lines == ("总计1100",)


@pytest.mark.parametrize(("right", "down"), [(2.4, 0), (0.5, 3)])
def test_a_digit_that_another_is_printed_over_is_not_taken(right: float, down: float) -> None:
    made = page("总计")
    made.text(100, 200, "1")
    made.text(100 + right, 200 + down, "7")
    made.text(140, 200, "12")
    assert GONE in read(made).lines[0]
    assert not {"1", "7", "17", "71"} & set(read(made).lines[0].split("\t"))
    assert read(made).lines[0].endswith("\t12")


@pytest.mark.parametrize(("left", "size", "top"), [(110, 6, 203.52), (97, 6, 203.52), (110, 8, 201.76)])
def test_a_small_digit_on_the_line_of_a_number_is_not_taken(left: float, size: float, top: float) -> None:
    made = page("总计")
    made.text(100, 200, "15")
    made.text(left, top, "2", size=size)
    (line,) = read(made).lines
    assert GONE in line
    assert "152" not in line
    assert "215" not in line


def test_a_large_title_in_two_fonts_is_one_line() -> None:
    """Two fonts set on one line differ in their heights by a share of its size, not of that of the text below."""
    made = page(*("正文",) * 9)
    made.text(60, 100, "试验镇", size=24)
    made.text(132, 104, "2021年", size=24)
    made.text(204, 100, "年度报告", size=24)
    assert read(made).lines[0] == "试验镇2021年年度报告"


def test_a_spaced_out_word_is_one_word() -> None:
    made = PdfPage()
    made.text(60, 200, "总计", spacing=7)
    assert read(made).lines == ("总计",)


def test_spaced_out_digits_are_no_number() -> None:
    made = PdfPage()
    made.text(60, 200, "12", spacing=7)
    assert read(made).lines == ("1 2",)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_whose_text_lies_on_its_side_is_turned(turn: int) -> None:
    made = PdfPage(rotate=turn)
    for number, line in enumerate(("许可一", "处罚")):
        made.turned(100 + 20 * number, 600, line)
    assert read(made).lines == ("许可一", "处罚")


def test_slanting_watermarks_are_left_out() -> None:
    made = page("正文")
    made.drawn.append(("0 g 0 Tr 0 Tc /F 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm", "内部资料"))
    assert read(made).lines == ("正文",)


def test_radicals_are_the_characters_they_draw() -> None:
    assert read(page("⼈⺠政府⻔⼾")).lines == ("人民政府门户",)


def test_a_hyphen_that_breaks_words_is_printed_as_a_minus() -> None:
    assert read(page("\u00ad8")).lines == ("-8",)


def test_a_digit_named_as_nothing_is_not_dropped_from_its_number() -> None:
    document = read(page("1\u200b2"))
    assert document.lines == (f"1{GONE}2",)
    assert rules(document) == ["unreadable-font"]


def test_glyphs_without_characters_are_said_to_be_unreadable() -> None:
    document = read_pdf(write_pdf([page("许可12")], to_unicode=False))
    assert document.lines == (GONE * 4,)
    assert rules(document) == ["unreadable-font"]
    assert "4 个字符" in document.notes[0].message


def test_text_that_nobody_sees_is_left_out() -> None:
    made = page("正文")
    made.text(60, 300, "无形", mode=3)
    made.text(60, 320, "白色", colour="1 g")
    made.text(60, 340, "白墨", colour="0 0 0 0 k")
    made.text(700, 360, "页外")
    made.text(60, 380, "极小", size=0.5)
    assert read(made).lines == ("正文",)


def test_text_that_is_painted_over_in_white_is_left_out() -> None:
    made = page("总计")
    made.text(100, 200, "987")
    made.fill(99, 198, 120, 212, "1 g")
    made.text(101, 200, "12")
    assert read(made).lines == ("总计\t12",)


def test_a_digit_beside_a_number_is_left_out_where_it_alone_is_painted_over() -> None:
    made = page("总计")
    made.text(95, 200, "912")
    made.fill(94, 198, 100, 212, "1 g")
    assert read(made).lines == ("总计\t12",)


def test_a_number_that_is_painted_over_in_a_colour_is_not_taken() -> None:
    """What stands there now may be a figure drawn without text, or a figure taken back."""
    made = page("总计")
    made.text(100, 200, "987")
    made.fill(99, 198, 120, 212, "0.2 g")
    assert read(made).lines == (f"总计\t{GONE * 3}",)


@pytest.mark.parametrize(
    "drawn",
    [
        "/Pale gs 1 g 90 600 60 60 re f",
        "1 g 90 600 60 60 re 92 602 56 56 re f*",
        "q 400 600 10 10 re W n 1 g 90 600 60 60 re f Q",
        "1 g 90 636 60 1 re f",
        "1 g 90 600 m 150 600 l 150 602 l f",
        "q 1 0 0 1 500 0 cm 1 g 90 600 60 60 re f Q",
    ],
    ids=["see-through", "a frame", "clipped", "a line", "a corner", "elsewhere"],
)
def test_what_does_not_cover_text_leaves_it(drawn: str) -> None:
    made = page("总计")
    made.text(100, 200, "987")
    made.drawn.append(drawn)
    assert read(made).lines == ("总计\t987",)


def test_transparent_text_is_left_out() -> None:
    made = page("看得见")
    made.fade()
    made.text(100, 200, "12")
    made.restore()
    made.text(120, 200, "34")
    assert read(made).lines == ("看得见\t34",)


def test_text_that_is_clipped_away_is_left_out() -> None:
    made = page("看得见")
    made.clip(60, 300, 200, 320)
    made.text(100, 200, "12")
    made.text(100, 304, "34")
    made.restore()
    assert read(made).lines == ("看得见", "34")


def test_a_number_of_which_digits_are_clipped_away_is_not_taken() -> None:
    """A narrow column of a spreadsheet shows the head of a number; nobody can tell how it goes on."""
    made = page("看得见")
    made.clip(60, 300, 80, 320)
    made.text(64, 304, "123456")
    made.restore()
    assert read(made).lines == ("看得见", f"123{GONE * 3}")


def test_white_text_on_a_dark_ground_is_seen() -> None:
    made = PdfPage()
    made.fill(50, 190, 200, 220, "0 0 0.5 rg")
    made.text(60, 200, "表头", colour="1 g")
    assert read(made).lines == ("表头",)


def test_text_recognised_from_a_scan_is_read_and_said_to_be_so() -> None:
    made = PdfPage()
    made.image(0, 0, 595, 842)
    made.text(60, 200, "许可 12", mode=3)
    document = read(made)
    assert document.lines == ("许可 12",)
    assert rules(document) == ["scanned-text"]


def test_text_under_a_scan_is_recognised_text_too() -> None:
    made = page("许可 12")
    made.image(0, 0, 595, 842)
    assert rules(read(made)) == ["scanned-text"]


def test_text_below_a_watermark_is_text() -> None:
    made = page("许可 12")
    made.drawn.append("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /IM true /F /AHx ID 80> EI Q")
    document = read(made)
    assert document.lines == ("许可 12",)
    assert document.notes == ()


def test_a_scan_without_text_says_what_to_do() -> None:
    made = PdfPage()
    made.image(0, 0, 595, 842)
    document = read(made)
    assert document.lines == ()
    assert rules(document) == ["no-text-layer"]
    assert "人工录入" in document.notes[0].message


def test_pages_without_text_among_others_are_named() -> None:
    scan = PdfPage()
    scan.image(0, 0, 595, 842)
    document = read(page("一"), scan, PdfPage(), page("四"))
    assert rules(document) == ["no-text-layer"]
    assert "第 2 页没有" in document.notes[0].message


def test_more_pages_than_are_read_are_said() -> None:
    document = read(*[page("一")] * (MOST_PAGES + 1))
    assert len(document.lines) == MOST_PAGES
    assert rules(document) == ["reading-stopped"]
    assert f"只读到 {MOST_PAGES} 页" in document.notes[0].message


def test_a_page_with_too_much_drawing_is_named_and_the_others_are_read() -> None:
    crowded = PdfPage()
    crowded.drawn.append("0 0 m 9 9 l S\n" * (MOST_CONTENT // 14 + 1))
    document = read(page("一"), crowded, page("三"))
    assert document.lines == ("一", "三")
    assert rules(document) == ["reading-stopped"]
    assert "第 2 页" in document.notes[0].message


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the re-created reports are not here")
@pytest.mark.parametrize("file", sorted(DOCUMENTS.glob("*.pdf")), ids=lambda file: file.stem)
def test_re_created_reports_give_their_true_figures(file: Path) -> None:
    true = json.loads(file.with_suffix(".truth.json").read_text(encoding="utf-8"))
    report = read_report(file.name, file.read_bytes())
    read_figures = {cell: figure.value for cell, figure in report.figures.items()}
    wanted = {
        cell: true[cell.table][cell.row].get(cell.column) for cell in read_figures if cell.row in true[cell.table]
    }
    assert {cell: float(value or 0) for cell, value in read_figures.items() if wanted.get(cell) is not None} == {
        cell: float(value) for cell, value in wanted.items() if value is not None
    }


def test_digits_printed_over_one_another_are_unreadable() -> None:
    """A number typed over another one: which of them is meant, nobody can tell from the file."""
    one = PdfPage()
    one.text(60, 200, "行政许可 987")
    one.text(60 + 4 * 10.0 + 4, 200, "24")
    (line,) = read(one).lines
    assert line.startswith("行政许可")
    assert GONE in line
    assert "987" not in line


def test_a_title_in_two_fonts_is_one_line() -> None:
    """Large characters of two fonts stand a little above one another; lines of the text are nearer together."""
    made = page(*(f"第{number}行文字" for number in range(12)))
    made.text(40, 60, "试验镇人民政府", size=18)
    made.text(40 + 7 * 18, 64.5, "2023", size=18)
    made.text(40 + 11 * 18, 60, "年政府信息公开工作年度报告", size=18)
    assert read(made).lines[0].replace("\t", "").replace(" ", "") == "试验镇人民政府2023年政府信息公开工作年度报告"
