"""Tables in PDF files: with all their lines, with some or none, and over several pages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from disclosure.read.document import Document, TableCell
from pdf_files import Annotation, PdfPage
from test_read_pdf import GONE, page, read, rules


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


def test_a_ruled_table_keeps_its_merged_cells() -> None:
    rows = [
        [TableCell("项目", across=2), TableCell("数量", down=2)],
        ["甲", TableCell("", across=1)],
        ["乙", "丙", "1,234"],
    ]
    assert table(read(ruled(rows))) == ["项目\t\t数量", "甲\t\t", "乙\t丙\t1,234"]


def test_rows_shaded_one_after_the_other_are_read() -> None:
    """Each row is shaded before its own text is printed, and after that of the row above."""
    made = PdfPage()
    top = 200.0
    for shade, row in zip(("1 g", "0.8 g", "1 g", "0.8 g"), (HEAD, *[("行政许可", "3", "4")] * 3), strict=True):
        made.fill(60, top, 60 + sum(WIDTHS), top + 18, shade)
        top = made.table(60, top, WIDTHS, [row])
    assert table(read(made)) == ["项目\t甲\t乙", *["行政许可\t3\t4"] * 3]


CELL = (181, 219, 219, 236)


def test_the_text_of_a_field_is_read_where_the_page_shows_it() -> None:
    made = ruled([HEAD, ("行政许可", "", "4")])
    made.annotations.append(Annotation("Widget", *CELL, "35", "35"))
    document = read(made)
    assert table(document)[1] == "行政许可\t35\t4"
    assert document.notes == ()


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [("Widget", "35", None), ("Widget", "35", "36"), ("FreeText", "35", "35"), ("FreeText", "35", None)],
    ids=["not drawn", "drawn otherwise", "a comment", "a comment not drawn"],
)
@pytest.mark.parametrize("printed", ["", "7"])
def test_a_cell_with_a_field_that_is_not_read_is_neither_empty_nor_a_number(
    kind: str, text: str, shown: str | None, printed: str
) -> None:
    made = ruled([HEAD, ("行政许可", printed, "4")])
    made.annotations.append(Annotation(kind, *CELL, text, shown))
    document = read(made)
    name, first, second = table(document)[1].split("\t")
    assert (name, second) == ("行政许可", "4")
    assert GONE in first
    assert not any(char.isdigit() for char in first)
    assert rules(document) == ["fields-not-read"]
    assert "第 1 页有 1 处填写框或批注" in document.notes[0].message


def test_an_empty_field_leaves_its_cell_empty() -> None:
    made = ruled([HEAD, ("行政许可", "", "4")])
    made.annotations.append(Annotation("Widget", *CELL, ""))
    document = read(made)
    assert table(document)[1] == "行政许可\t\t4"
    assert document.notes == ()


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


def test_a_tiny_digit_at_a_number_in_a_narrow_cell_is_no_part_of_it() -> None:
    made = ruled([HEAD, ("行政许可", "123", "4")], widths=(120, 21, 40))
    made.text(181, 227.6, "7", size=1.2)
    assert table(read(made))[1] == "行政许可\t123 7\t4"


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


def test_a_table_goes_on_past_page_marks() -> None:
    first, second = ruled([HEAD], top=700), ruled([("行政许可", "3", "4")], top=60)
    first.text(290, 800, "- 1 -")
    second.text(290, 800, "- 2 -")
    assert table(read(first, second)) == ["项目\t甲\t乙", "行政许可\t3\t4"]


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


@pytest.mark.parametrize("mark", ["/", "—", "——", "-", "*", "／"])
def test_a_mark_for_no_number_is_no_part_of_the_head_above_it(mark: str) -> None:
    made = PdfPage()
    made.table(
        60, 200, (160, 80, 80), [("信息内容", "本年制发件数", "本年废止件数"), ("规章", mark, "12")], ruled=False
    )
    assert read(made).lines == ("信息内容\t本年制发件数\t本年废止件数", f"规章\t{mark}\t12")


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


def test_turned_words_of_a_header_are_read_upwards() -> None:
    made = ruled([("项目", TableCell("")), ("许可许可许可许可许可许可许可许可", "3")], widths=(60, 60))
    made.turned(150, 217, "总计")
    assert table(read(made))[0] == "项目\t总计"
