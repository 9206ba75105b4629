"""PDF files, a case per phenomenon: what is printed, where it stands, what is left out, and what is said about it."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from disclosure.pipeline import read_report
from disclosure.read import read_document
from disclosure.read.document import Document, TableCell
from disclosure.read.pdf import MOST_PAGES, read_pdf
from disclosure.read.pdf_page import MOST_CONTENT
from disclosure.read.sandbox import Failure, run_bounded
from disclosure.workshop import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import PdfPage, assemble, stream, write_pdf

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


def table(document: Document, number: int = 0) -> list[str]:
    """The lines of one table."""
    lines = document.tables[number]
    return list(document.lines[lines.start - 1 : lines.stop - 1])


WIDTHS = (120, 40, 40)
HEAD = ("项目", "甲", "乙")


def ruled(rows: Sequence[Sequence[TableCell | str]], top: float = 200, widths: Sequence[float] = WIDTHS) -> PdfPage:
    """A page with a ruled table."""
    made = PdfPage()
    made.table(60, top, widths, rows)
    return made


def test_a_visual_line_is_a_line_and_knows_its_page() -> None:
    document = read(page("第一行", "第二行"), page("第三行"))
    assert document.lines == ("第一行", "第二行", "第三行")
    assert document.places == ("第 1 页", "第 1 页", "第 2 页")
    assert document.notes == ()
    assert document.tables == ()


def test_a_ruled_table_keeps_its_merged_cells() -> None:
    rows = [
        [TableCell("项目", across=2), TableCell("数量", down=2)],
        ["甲", TableCell("", across=1)],
        ["乙", "丙", "1,234"],
    ]
    assert table(read(ruled(rows))) == ["项目\t\t数量", "甲\t\t", "乙\t丙\t1,234"]


def test_text_around_a_table_is_read_once_and_in_order() -> None:
    made = ruled([HEAD, ("行政许可", "3", "4")])
    made.text(60, 160, "表前")
    made.text(60, 300, "表后")
    assert read(made).lines == ("表前", "项目\t甲\t乙", "行政许可\t3\t4", "表后")


def test_the_lines_of_a_label_are_joined_without_a_blank() -> None:
    assert table(read(ruled([("一、本年新收政府信息公开申请数量", "3", "4")], widths=(60, 40, 40)))) == [
        "一、本年新收政府信息公开申请数量\t3\t4"
    ]


def test_a_number_broken_in_a_narrow_cell_is_whole_again() -> None:
    assert table(read(ruled([("项目", "123456", "7")], widths=(60, 22, 22)))) == ["项目\t123456\t7"]


def test_two_numbers_below_one_another_in_a_wide_cell_stay_two() -> None:
    assert table(read(ruled([("项目", "12\n34", "7\n8")], widths=(60, 60, 60)))) == ["项目\t12 34\t7 8"]


def test_a_number_that_runs_across_a_line_makes_the_columns_uncertain() -> None:
    made = ruled([("项目", "", ""), ("其他", "1", "2")], widths=(60, 20, 20))
    made.text(125, 203, "123456")
    document = read(made)
    assert document.tables == ()
    assert document.lines == ("项目\t123456", "其他\t1\t2")


def test_numbers_on_both_sides_of_a_line_are_two() -> None:
    made = ruled([("项目", "", "")], widths=(60, 20, 20))
    made.text(128, 203, "12")
    made.text(141, 203, "34")
    assert table(read(made)) == ["项目\t12\t34"]


def test_a_table_open_at_the_sides_is_closed() -> None:
    made = PdfPage()
    for y in (200, 220, 240):
        made.line(60, y, 300, y)
    for x in (140, 220):
        made.line(x, 200, x, 240)
    for row, texts in enumerate((HEAD, ("许可", "3", "4"))):
        for column, text in enumerate(texts):
            made.text(70 + 80 * column, 205 + 20 * row, text)
    assert table(read(made)) == ["项目\t甲\t乙", "许可\t3\t4"]


def test_dashes_are_lines() -> None:
    made = PdfPage()
    for y in (200, 220, 240):
        for x in range(60, 220, 4):
            made.fill(x, y, x + 2.5, y + 0.75)
    for x in (60, 140, 220):
        for y in range(200, 240, 4):
            made.fill(x, y, x + 0.75, y + 2.5)
    for row, texts in enumerate((("许可", "3"), ("处罚", "4"))):
        for column, text in enumerate(texts):
            made.text(70 + 80 * column, 205 + 20 * row, text)
    assert table(read(made)) == ["许可\t3", "处罚\t4"]


def test_a_table_that_lacks_inner_lines_is_read_as_lines() -> None:
    made = PdfPage()
    for y in (200, 260):
        made.line(60, y, 300, y)
    for x in (60, 140, 300):
        made.line(x, 200, x, 260)
    for row, texts in enumerate((("许可", "3", "4"), ("处罚", "5", "6"))):
        for column, text in enumerate(texts):
            made.text(70 + 80 * column, 205 + 20 * row, text)
    document = read(made)
    assert document.tables == ()
    assert document.lines == ("许可\t3\t4", "处罚\t5\t6")


def test_a_table_goes_on_on_the_next_page() -> None:
    document = read(ruled([HEAD, ("行政许可", "3", "4")], top=700), ruled([("行政处罚", "5", "")], top=60))
    assert table(document) == ["项目\t甲\t乙", "行政许可\t3\t4", "行政处罚\t5\t"]
    assert document.places == ("第 1 页", "第 1 页", "第 2 页")


def test_a_row_cut_by_the_page_is_one_row() -> None:
    document = read(
        ruled([HEAD, ("1.本机关不掌握", "3", "4")], top=700),
        ruled([("相关政府信息", "", ""), ("2.没有", "5", "6")], top=60),
    )
    assert table(document) == ["项目\t甲\t乙", "1.本机关不掌握相关政府信息\t3\t4", "2.没有\t5\t6"]


def test_a_row_cut_by_the_page_may_carry_its_numbers_over() -> None:
    document = read(ruled([HEAD, ("1.本机关不掌握", "", "")], top=700), ruled([("相关政府信息", "3", "4")], top=60))
    assert table(document) == ["项目\t甲\t乙", "1.本机关不掌握相关政府信息\t3\t4"]


@pytest.mark.parametrize("below", ["行政处罚", "2.重复申请", "（四）无法提供"])
def test_a_row_of_blanks_at_the_head_of_a_page_is_a_row(below: str) -> None:
    document = read(ruled([HEAD, ("行政许可", "3", "4")], top=700), ruled([(below, "", "")], top=60))
    assert table(document) == ["项目\t甲\t乙", "行政许可\t3\t4", f"{below}\t\t"]


def test_a_number_broken_between_two_pages_is_not_taken() -> None:
    document = read(ruled([HEAD, ("1.本机关不掌握", "36", "1")], top=700), ruled([("相关政府信息", "5", "")], top=60))
    assert table(document)[1] == f"1.本机关不掌握相关政府信息\t36{GONE}5\t1"


def test_the_label_of_a_merged_cell_goes_on_where_the_page_cuts_it() -> None:
    above = ruled([HEAD, (TableCell("（五）不予", down=1), "1", "2")], top=700)
    below = ruled([(TableCell("处理", down=2), "3", "4"), ("5", "6")], top=60)
    assert table(read(above, below)) == ["项目\t甲\t乙", "（五）不予处理\t1\t2", "\t3\t4", "\t5\t6"]


def test_a_header_printed_again_on_the_next_page_is_left_out() -> None:
    document = read(ruled([HEAD, ("甲类", "3", "4")], top=700), ruled([HEAD, ("乙类", "5", "6")], top=60))
    assert table(document) == ["项目\t甲\t乙", "甲类\t3\t4", "乙类\t5\t6"]


def test_a_table_with_other_columns_on_the_next_page_is_another_one() -> None:
    document = read(ruled([HEAD], top=700), ruled([("丙", "丁", "戊")], top=60, widths=(50, 110, 40)))
    assert len(document.tables) == 2


def test_a_heading_on_the_next_page_ends_the_table() -> None:
    second = ruled([HEAD], top=100)
    second.text(60, 60, "四、行政复议")
    assert len(read(ruled([HEAD], top=700), second).tables) == 2


@pytest.mark.parametrize("mark", ["- {} -", "第 {} 页 共 2 页", "Page {}", "{}", "{}/2", "·{}·"])
def test_page_marks_are_left_out(mark: str) -> None:
    pages = [page("正文"), page("正文二")]
    for number, one in enumerate(pages, start=1):
        one.text(290, 800, mark.format(number))
    assert read(*pages).lines == ("正文", "正文二")


def test_a_table_goes_on_past_page_marks() -> None:
    first, second = ruled([HEAD], top=700), ruled([("行政许可", "3", "4")], top=60)
    first.text(290, 800, "- 1 -")
    second.text(290, 800, "- 2 -")
    assert table(read(first, second)) == ["项目\t甲\t乙", "行政许可\t3\t4"]


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


def test_rows_without_lines_keep_their_order_and_gaps() -> None:
    made = PdfPage()
    made.table(60, 200, (100, 40, 40), [HEAD, ("行政许可", "3", "4")], ruled=False)
    assert read(made).lines == ("项目\t甲\t乙", "行政许可\t3\t4")


def test_a_number_broken_without_lines_is_whole_where_its_row_shows_it() -> None:
    made = PdfPage()
    made.table(60, 200, (100, 24, 40), [("行政许可", "12345", "4")], ruled=False)
    assert read(made).lines == ("行政许可\t12345 4",)


def test_a_label_broken_without_lines_is_one_and_stands_by_its_numbers() -> None:
    made = PdfPage()
    rows = [("2.其他法律行政法规禁止公开", "3", "4"), ("3.危及“三安全一稳定”", "5", "6")]
    made.table(60, 200, (70, 40, 40), rows, ruled=False)
    assert read(made).lines == ("2.其他法律行政法规禁止公开\t3\t4", "3.危及“三安全一稳定”\t5\t6")


def test_a_wording_that_no_form_has_is_not_joined() -> None:
    assert read(page("某项工作", "的件数")).lines == ("某项工作", "的件数")


def test_heads_of_columns_broken_over_lines_keep_their_order() -> None:
    made = PdfPage()
    made.table(60, 200, (40, 30, 30, 40), [("自然人", "商业企业", "科研机构", "总计")], ruled=False)
    assert read(made).lines == ("自然人\t商业企业\t科研机构\t总计",)


def test_a_number_that_hangs_below_its_row_without_proof_is_not_taken() -> None:
    made = PdfPage()
    for row in range(4):
        made.text(60, 200 + 40 * row, f"{row + 1}.甲")
        made.text(160, 200 + 40 * row, "12")
        made.text(220, 200 + 40 * row, "34")
    made.text(160, 212, "5")
    assert read(made).lines[0] == f"1.甲\t12{GONE}5\t34"


def test_numbers_that_overlap_in_no_readable_order_are_not_taken() -> None:
    made = PdfPage()
    made.text(60, 200, "12")
    made.text(61, 206, "345")
    assert read(made).lines == (f"12{GONE}345",)


def test_letters_printed_twice_to_look_bold_are_one() -> None:
    made = page("总计1100")
    made.text(60.4, 200, "总计1100")
    assert read(made).lines == ("总计1100",)


def test_a_spaced_out_word_is_one_word() -> None:
    made = PdfPage()
    made.text(60, 200, "总计", spacing=7)
    assert read(made).lines == ("总计",)


def test_spaced_out_digits_are_no_number() -> None:
    made = PdfPage()
    made.text(60, 200, "12", spacing=7)
    assert read(made).lines == ("1 2",)


def test_turned_words_of_a_header_are_read_upwards() -> None:
    made = ruled([("项目", TableCell("")), ("许可许可许可许可许可许可许可许可", "3")], widths=(60, 60))
    made.turned(150, 217, "总计")
    assert table(read(made))[0] == "项目\t总计"


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


def rc4(key: bytes, content: bytes) -> bytes:
    """The cipher of PDF 1.1: for tests, and for nothing else."""
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def encrypted(password: bytes) -> bytes:
    """A file with one line, and a password for opening it (ISO 32000-1, 7.6.3, revision 2)."""
    padding = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    owner = bytes(32)
    known = (password + padding)[:32] + owner + (0xFFFFFFFC).to_bytes(4, "little")
    key = hashlib.md5(known, usedforsecurity=False).digest()[:5]
    drawn = b"BT /F 10 Tf 60 700 Td (12) Tj ET"
    own = hashlib.md5(key + (5).to_bytes(3, "little") + bytes(2), usedforsecurity=False).digest()[:10]
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        4: b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
        % (owner.hex().encode(), rc4(key, padding).hex().encode()),
        5: stream(rc4(own, drawn)),
    }
    return assemble(objects, b"/Encrypt 4 0 R /ID [<> <>]")


def test_a_file_encrypted_without_a_password_for_opening_is_read() -> None:
    assert read_pdf(encrypted(b"")).lines == ("12",)


def test_a_file_with_a_password_says_so() -> None:
    document = read_pdf(encrypted(b"secret"))
    assert document.lines == ()
    assert rules(document) == ["damaged-file"]
    assert "密码" in document.notes[0].message


WHOLE = write_pdf([ruled([HEAD, ("行政许可", "3", "4")]), page("二")], compressed=True)


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_a_file_that_is_cut_off_is_not_read(quarter: int) -> None:
    cut = WHOLE[: len(WHOLE) * quarter // 4 - 7]
    assert read_pdf(cut).lines == ()
    assert rules(read_pdf(cut)) == ["damaged-file"]


def test_a_page_that_cannot_be_unpacked_whole_is_named_and_not_read() -> None:
    """One bit of the checksum: the text would look whole."""
    first = WHOLE.rindex(b"endstream")
    flipped = bytearray(WHOLE)
    flipped[first - 2] ^= 1
    document = read_pdf(bytes(flipped))
    assert document.lines == ("项目\t甲\t乙", "行政许可\t3\t4")
    assert rules(document) == ["reading-stopped"]
    assert "第 2 页" in document.notes[0].message


def test_pages_that_the_file_promises_and_does_not_have_are_said() -> None:
    document = read_pdf(write_pdf([page("一")]).replace(b"/Count 1", b"/Count 3"))
    assert document.lines == ("一",)
    assert rules(document) == ["reading-stopped"]
    assert "有 3 页，只读到 1 页" in document.notes[0].message


def objects_of(**changed: bytes) -> dict[int, bytes]:
    """The objects of a small file, by name; ``page`` is object 3, ``content`` 4, ``more`` 5."""
    usual = {
        "catalog": b"<< /Type /Catalog /Pages 2 0 R >>",
        "pages": b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "page": b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <<"
        b" /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /X 5 0 R >> >> >>",
        "content": stream(b"BT /F 10 Tf 60 700 Td (12) Tj ET"),
        "more": b"null",
    }
    return dict(enumerate((usual | changed).values(), start=1))


FORM = b" /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
HOSTILE = {
    "pages that are their own children": objects_of(pages=b"<< /Type /Pages /Count 1 /Kids [2 0 R 2 0 R 3 0 R] >>"),
    "a page tree without pages": objects_of(pages=b"<< /Type /Pages /Count 9 /Kids [2 0 R] >>"),
    "arrays a hundred thousand deep": objects_of(more=b"[" * 100_000 + b"]" * 100_000),
    "a page box a hundred thousand deep": objects_of(page=b"<< /Type /Page /MediaBox " + b"[" * 100_000 + b" >>"),
    "a form that draws itself": objects_of(content=stream(b"/X Do"), more=stream(b"/X Do", entries=FORM)),
    "a huge page": objects_of(page=b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1e38 1e38] /Contents 4 0 R >>"),
    "a page box that is none": objects_of(page=b"<< /Type /Page /Parent 2 0 R /MediaBox [/a (b) null] >>"),
    "numbers beyond all measure": objects_of(content=stream(b"BT /F 1e308 Tf 1e308 0 0 1e308 1e308 9 Tm (12) Tj ET")),
    "operators without operands": objects_of(content=stream(b"Tj TJ re m l c cm Do Tf Q Q Q ET")),
}


@pytest.mark.parametrize("objects", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_structures_give_a_document(objects: dict[int, bytes]) -> None:
    document = read_document("2023.pdf", assemble(objects))
    assert document.lines in ((), ("12",))
    assert document.lines or document.notes


def test_an_object_that_is_a_reference_to_itself_is_given_up() -> None:
    """It keeps pdfminer busy for ever."""
    content = assemble(objects_of(content=b"4 0 R"))
    assert run_bounded("pdf", content, seconds=5, megabytes=500) is Failure.TIME


def test_a_stream_that_inflates_to_gigabytes_is_given_up() -> None:
    packer = zlib.compressobj(1)
    bomb = b"".join(packer.compress(bytes(1 << 24)) for _ in range(40)) + packer.flush()
    content = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(bomb), bomb)
    document = read_document("2023.pdf", assemble(objects_of(content=content)))
    assert document.lines == ()
    assert rules(document) == ["reading-stopped"]


def test_a_table_of_two_hundred_pages_is_one_table() -> None:
    pages = [ruled([(f"第{number}类", str(number), "4")], top=60) for number in range(1, 201)]
    document = read(*pages)
    assert [len(one) for one in document.tables] == [200]
    assert document.lines[-1] == "第200类\t200\t4"
    assert document.places[-1] == "第 200 页"


def test_a_character_map_that_is_broken_hides_no_text() -> None:
    document = read_pdf(WHOLE.replace(b"/ToUnicode 5 0 R", b"/ToUnicode 2 0 R"))
    assert set(rules(document)) == {"unreadable-font"}
    assert not any(char.isdigit() for line in document.lines for char in line)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_any_bytes_changed_give_a_document(changes: list[tuple[int, int]]) -> None:
    changed = bytearray(WHOLE)
    for place, value in changes:
        changed[place] = value
    document = read_pdf(bytes(changed))
    assert document.lines or document.notes


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_content_of_a_page_gives_a_document(drawn: bytes) -> None:
    document = read_pdf(assemble(objects_of(content=stream(drawn))))
    assert len(document.places) == len(document.lines)


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
