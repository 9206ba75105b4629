"""Tables of web pages: cells keep the places that a browser shows them at, and tables of layout are text."""

from __future__ import annotations

import pytest
from disclosure.read.web import read_web_page
from test_read_web import HEADINGS, lines, rows
from web_pages import page, row, table


def test_merged_cells_leave_the_places_empty_that_they_cover() -> None:
    body = "<table><tr><td colspan=2>甲<th rowspan=2>乙<tr><td>丙<td>丁<tr><td>1<td>2<td>3</table>"
    assert rows(body) == [["甲", "", "乙"], ["丙", "丁", ""], ["1", "2", "3"]]


@pytest.mark.parametrize(
    ("span", "across"),
    [
        ("2;", 2), (" 2", 2), ("+2", 2), ("2.9", 2), ("0", 1), ("-2", 1), ("", 1), ("x", 1), ("两", 1),
        ("99999999999999999999", 63), ("1e9", 1),
    ],
)  # fmt: skip
def test_malformed_column_spans_are_read_as_browsers_do(span: str, across: int) -> None:
    assert rows(f"<table><tr><td colspan='{span}'>甲<td>乙<tr><td>1<td>2</table>")[0].index("乙") == across


@pytest.mark.parametrize(("span", "covered"), [("0", 2), ("1000000000", 2), ("2;", 1), ("-1", 0)])
def test_a_cell_covers_rows_to_the_end_of_its_group_at_most(span: str, covered: int) -> None:
    body = (
        f"<table><tbody><tr><td rowspan='{span}'>甲<td>1<tr><td>2<tr><td>3</tbody>"
        "<tbody><tr><td>乙<td>4</tbody></table>"
    )
    first_cells = [cells[0] for cells in rows(body)]
    assert first_cells[1:3].count("") == covered
    assert rows(body)[3][:2] == ["乙", "4"]


def test_head_and_foot_stand_where_they_are_shown() -> None:
    body = "<table><tfoot><tr><td>总计<td>3<tbody><tr><td>乙<td>1<thead><tr><td>甲<td>0</table>"
    assert rows(body) == [["甲", "0"], ["乙", "1"], ["总计", "3"]]


def test_rows_with_fewer_cells_than_the_widest_are_filled_up() -> None:
    assert rows("<table><tr><td>甲<tr><td>1<td>2<td>3</table>") == [["甲", "", ""], ["1", "2", "3"]]


@pytest.mark.parametrize("breaking", ["<br>", "</p><p>", "</div><div>"])
def test_a_number_broken_over_lines_is_not_read_as_its_first_part(breaking: str) -> None:
    body = HEADER + f"<tr><td>规章<td><p>13{breaking}26</p><td>0<td>0"
    assert rows(f"<table>{body}</table>")[1] == ["规章", "13↵26", "0", "0"]


@pytest.mark.parametrize(
    ("text", "expected"), [("1 234", "1␣234"), ("1&nbsp;234", "1␣234"), ("0 0 0 0 0", "0 0 0 0 0")]
)
def test_blanks_inside_a_number_do_not_leave_its_first_part(text: str, expected: str) -> None:
    """More than four are the numbers of a row that lost its cells."""
    assert lines(f"<table><tr><td>规章<td>{text}</table>") == (f"规章\t{expected}",)


HEADER = row(["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"])


@pytest.mark.parametrize(
    "cells",
    [["规范性文件", "2", "3"], ["规范性文件", "", "1", "2", "3"]],
    ids=["a cell lost", "a cell too many"],
)
def test_a_row_that_does_not_fit_its_header_has_no_columns(cells: list[str]) -> None:
    """Which cell is missing, or too many, nobody knows; the numbers behind it are below wrong names."""
    document = read_web_page(
        page(table(HEADER + row(["规章", "1", "1", "1"]) + row(cells) + row(["甲", "4", "", "4"])))
    )
    assert document.tables == (range(1, 3), range(4, 5))
    assert document.lines[2].split() == [cell for cell in cells if cell]


def test_a_row_of_numbers_alone_counts_its_cells_whatever_its_header_lost() -> None:
    """Table 4 where the header lost its merged cells."""
    document = read_web_page(page(table(row(["行政复议", "行政诉讼"]) + row(["1", "", "2", "2", "5"]))))
    assert document.lines == ("行政复议\t行政诉讼\t\t\t", "1\t\t2\t2\t5")
    assert document.tables == (range(1, 3),)


def test_rows_of_one_width_below_a_header_of_another_keep_their_columns() -> None:
    """Headers often merge too few or too many cells."""
    rows = "".join(row([str(number), "1", "", "3"]) for number in range(3))
    assert read_web_page(page(table(row(["甲", "乙", "丙"]) + rows))).tables == (range(1, 5),)


def test_what_stands_in_a_cell_becomes_one_line() -> None:
    upright = "".join(f"<p>{char}</p>" for char in "结果维持")
    body = f"<table><caption>表</caption><tr><td>{upright}<td>商业<br>企业<tr><td><div>&nbsp;<b>1</b></div><td></table>"
    document = read_web_page(page(body))
    assert document.lines == ("表", "结 果 维 持\t商业 企业", "1\t")
    assert document.tables == (range(2, 4),)


def test_cells_that_are_form_fields_keep_their_value() -> None:
    body = (
        "<table><tr><td>规章<td><input value=3><td><input type=text value='5'><td><input type=button value=9></table>"
    )
    assert rows(body) == [["规章", "3", "5", ""]]


def test_hidden_cells_and_rows_take_no_place() -> None:
    body = "<table><tr><td>甲<td style='display:none'>9<td>1<tr hidden><td>8<td>8<tr><td>乙<td>2</table>"
    assert rows(body) == [["甲", "1"], ["乙", "2"]]


SHEET = """<style><!-- /* of the page */ @import "x.css";
.gone { color: red; display: NONE !important }
s.a, .old { text-decoration: line-through }
i.mark { vertical-align: super }
.low { vertical-align: sub }
.shown { display: none } b.shown { display: inline }
@media print { .paper { display: none } .paper { visibility: hidden } }
.far { position: absolute; left: -9999px }
--></style><style media=print>.paper { display: none }</style>"""


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        ("<span class='x gone'>9</span>", ""),
        ("<span class=old>9</span>", ""),
        ("<i class=mark>9</i>", "⁹"),
        ("<span class=low>9</span>", "₉"),
        ("<span class=far>9</span>", ""),
        ("<span style='visibility:hidden'>9</span>", ""),
        ("<span style='font-size: 0'>9</span>", ""),
        ("<span style='position:absolute;left:-999em'>9</span>", ""),
        ("<b class=shown>9</b>", "9"),
        ("<b class=gone style='display:inline'>9</b>", "9"),
        ("<b class=mark>9</b>", "9"),
        ("<span class=paper>9</span>", "9"),
        ("<span style='font-size: 0.9em; left: -9px'>9</span>", "9"),
    ],
)
def test_what_a_page_hides_strikes_or_raises_in_a_cell_is_no_digit_of_its_number(piece: str, text: str) -> None:
    assert rows(f"{SHEET}<table><tr><td>规章<td>12{piece}<td>3</table>") == [["规章", f"12{text}", "3"]]


def test_what_a_style_sheet_hides_in_a_cell_is_said() -> None:
    body = f"{SHEET}<p>一、总体情况</p>{table('<tr><td>规章<td>1<i class=gone>2</i>')}<p>五、其他事项</p>"
    document = read_web_page(page(body))
    assert "规章\t1" in document.lines
    assert [(note.rule, "“2”" in note.message) for note in document.notes] == [("hidden-content", True)]


@pytest.mark.parametrize("style", ["class=gone", "style='visibility: hidden'"])
def test_a_report_that_scripts_show_stays_readable_also_in_a_cell(style: str) -> None:
    prose = f"<p>{'本年依法公开政府信息。' * 20}</p>"
    body = f"{SHEET}<table><tr><td>左<td><div {style}>{HEADINGS}{prose}</div></table>"
    assert "一、总体情况" in lines(body)


def test_tables_of_layout_are_text_and_those_inside_stay_tables() -> None:
    inner = table(row(["甲", "1"]) + row(["乙", "2"]))
    body = f"<table><tr><td>左</td><td><p>前</p>{inner}<p>后</p></td></tr></table>"
    document = read_web_page(page(body))
    assert document.lines == ("左", "前", "甲\t1", "乙\t2", "后")
    assert document.tables == (range(3, 5),)


def test_a_single_column_is_no_table() -> None:
    document = read_web_page(page(table(row(["一、总体情况"]) + row(["本年公开。"]))))
    assert (document.lines, document.tables) == (("一、总体情况", "本年公开。"), ())


def test_prose_between_the_rows_of_one_table_is_text() -> None:
    """Some offices put the whole report into one table."""
    prose = "<tr><td colspan=2><p>本年依法公开。</p><p>详见网站。</p></td></tr>"
    body = table(row(["一、总体情况", ""]) + prose + row(["规章", "1"]) + row(["行政规范性文件", "2"]))
    document = read_web_page(page(body))
    assert document.lines == ("一、总体情况\t", "本年依法公开。", "详见网站。", "规章\t1", "行政规范性文件\t2")
    assert document.tables == (range(1, 2), range(4, 6))


def test_an_article_in_a_cell_beside_a_menu_is_text() -> None:
    body = f"<table><tr><td>菜单</td><td><p>一、总体情况</p><p>{'本年依法公开' * 80}</p></td></tr></table>"
    document = read_web_page(page(body))
    assert document.lines[:2] == ("菜单", "一、总体情况")
    assert document.tables == ()


def test_a_short_article_in_a_cell_keeps_its_headings() -> None:
    body = f"<table><tr><td>菜单</td><td>{HEADINGS}<p>公开渠道有待拓宽。</p></td></tr></table>"
    assert lines(body) == ("菜单", "一、总体情况", "五、存在的主要问题及改进情况", "公开渠道有待拓宽。")


def test_a_table_in_several_pieces_stays_in_pieces() -> None:
    document = read_web_page(page(table(row(["甲", "1"])) + table(row(["乙", "2"]))))
    assert document.tables == (range(1, 2), range(2, 3))


def test_a_table_that_is_never_closed_keeps_its_rows() -> None:
    assert lines("<div contenteditable=true><table><tr><td>甲<td>1<tr><td>乙<td>2") == ("甲\t1", "乙\t2")


def test_cells_outside_any_table_are_not_joined_to_one_number() -> None:
    """A parser of HTML drops their tags: 1, 0 and 2 would become 102."""
    assert lines("<tr><td>规章</td><td>1</td><td>0</td><td>2</td></tr>") == ("规章 1 0 2",)


def test_a_header_whose_names_reach_down_without_saying_so_is_as_wide_as_its_widest_row() -> None:
    """自然人 and 总计 have no rowspan: the third row of the header is a cell short, the rows of numbers are not."""
    names = "".join(f"<td>{name}</td>" for name in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"))
    rows = [
        "<td colspan=3>勾稽关系</td><td colspan=7>申请人情况</td>",
        "<td colspan=3></td><td>自然人</td><td colspan=5>法人或其他组织</td><td>总计</td>",
        f"<td colspan=3></td><td></td>{names}",
        "<td colspan=3>一、本年新收政府信息公开申请数量</td>" + "<td></td>" * 6 + "<td>1</td>",
        "<td colspan=3>二、上年结转政府信息公开申请数量</td>" + "<td>2</td>" * 7,
    ]
    page = "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    (table,) = read_web_page(page.encode()).tables
    assert len(table) == len(rows)
