"""Web pages to lines and tables: as a browser shows them, whatever wrote the page."""

from __future__ import annotations

import pytest
import web_pages
from disclosure.form.fill import fill_form
from disclosure.form.template import FORMS
from disclosure.model import Filling
from disclosure.read import read_document
from disclosure.read.web import read_web_page
from hypothesis import given
from hypothesis import strategies as st
from layouts import figures, report
from web_pages import TITLE, page, row, table

HEADINGS = "<p>一、总体情况</p><p>五、存在的主要问题及改进情况</p>"


def lines(body: str) -> tuple[str, ...]:
    """The lines that are read from a page with this body."""
    return read_web_page(page(body)).lines


def rows(body: str) -> list[list[str]]:
    """The cells of the only table on a page with this body."""
    document = read_web_page(page(body))
    (place,) = document.tables
    return [document.lines[number - 1].split("\t") for number in place]


def read_figures(filling: Filling) -> dict[tuple[str, str], list[object]]:
    """The numbers beside each row of each table."""
    return {
        (name, one.row): [(entry.value, column) for entry, column in zip(one.entries, one.columns or "", strict=False)]
        for name, reading in filling.tables.items()
        for one in reading.rows
    }


# The same report


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("write", [web_pages.report, None], ids=["merged cells", "ragged rows"])
def test_the_same_report_as_web_page_and_as_text_gives_the_same_figures(form: str, write: object) -> None:
    true = {cell: (number * 7) % 90 + 1 for number, cell in enumerate(figures(form))}
    body = web_pages.report(form, true) if write else report(form, true, web_pages.ragged)
    web = fill_form(read_document("2023.html", page(f"<h1>{TITLE}</h1>{body}")))
    text = fill_form(read_document("2023.txt", report(form, true).encode()))
    assert read_figures(web) == read_figures(text)
    assert len(read_figures(web)) == sum(len(one.rows) for one in FORMS[form].tables.values())
    assert (web.identity.name, web.identity.year) == ("试验镇人民政府", 2023)
    assert web.notes == text.notes == ()


# Encodings


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gbk"),
        ("<meta charset=utf-8>", "gbk"),
        ("<meta charset=gb2312>", "utf-8"),
        ("<meta charset=gb2312>", "utf-8-sig"),
        ("", "utf-8"),
        ("", "gb18030"),
        ("", "utf-16"),
        ("", "utf-16-le"),
    ],
)
def test_pages_are_decoded_by_what_they_are_before_what_they_declare(declared: str, encoding: str) -> None:
    source = f"<html><head>{declared}</head><body><p>政府信息公开</p><p>第二段</p></body></html>"
    document = read_web_page(source.encode(encoding))
    assert document.lines == ("政府信息公开", "第二段")
    assert document.notes == ()


def test_a_declared_charset_decides_where_nothing_in_the_text_does() -> None:
    """Neither page says 信息公开, which would give GB18030 and Big5 away."""
    assert read_web_page("<meta charset=gbk><p>一二三</p>".encode("gbk")).lines == ("一二三",)
    assert read_web_page("<meta charset=big5><p>一二三</p>".encode("big5")).lines == ("一二三",)
    assert read_web_page("<?xml version='1.0' encoding='GBK'?><p>一二三</p>".encode("gbk")).lines == ("一二三",)


def test_references_and_a_western_charset_as_office_programs_write_them() -> None:
    source = b"<meta charset=windows-1252><p>&#19968;&#20108;\xa0&#x4e09;&ldquo;&#8221;&lt;1&gt;</p>"
    assert read_web_page(source).lines == ("一二 三“”<1>",)


def test_damaged_bytes_stay_visible_and_are_said_with_their_line() -> None:
    source = "<meta charset=gb2312><p>政府信息公开</p><p>第".encode("gbk") + b"\xff\xff" + "段</p>".encode("gbk")
    document = read_web_page(source)
    assert document.lines[0] == "政府信息公开"
    assert document.lines[1].startswith("第\ufffd")
    (note,) = document.notes
    assert (note.rule, note.line) == ("unreadable-encoding", 2)


def test_a_file_without_any_tag_keeps_its_lines() -> None:
    assert read_web_page("政府信息公开\n第二行".encode()).lines == ("政府信息公开", "第二行")


def test_markdown_with_tables_in_html_keeps_its_lines() -> None:
    """Programs for OCR write the text as Markdown and the tables as HTML."""
    cells = "<table>\n<tr><td>规章\n</td><td>1</td></tr>\n<tr><td>甲</td><td>2</td></tr></table>"
    source = f"# {TITLE}\n\n## 一、总体情况\n\n本年公开。\n\n<html><body>{cells}</body></html>\n\n五、其他事项\n第二行"
    document = read_web_page(source.encode())
    assert document.lines == (
        f"# {TITLE}", "## 一、总体情况", "本年公开。", "规章\t1", "甲\t2", "五、其他事项", "第二行",
    )  # fmt: skip
    assert document.tables == (range(4, 6),)


# Lines


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>甲<b>乙</b><span>丙</span><font>丁</font></p>", ("甲乙丙丁",)),
        ("<div>甲<p>乙</p>丙</div>", ("甲", "乙", "丙")),
        ("甲<br>乙<br/><br>丙", ("甲", "乙", "丙")),
        ("<h2>甲</h2><ul><li>乙<li>丙</ul><dl><dt>丁<dd>戊</dl>", ("甲", "乙", "丙", "丁", "戊")),
        ("<p>&nbsp;&nbsp;甲&nbsp;乙&nbsp;</p><p>&nbsp;</p><p>\u3000</p>", ("甲 乙",)),
        ("<p>  a \n\t b </p>", ("a b",)),
        ("<p>本年\n  依法公开</p>", ("本年依法公开",)),
        ("<p>2023\n年</p>", ("2023 年",)),
        ("<pre>甲  1\n\n乙\t2</pre>", ("甲  1", "乙 2")),
        ("<div style='white-space: pre-line'>甲\n乙</div>", ("甲", "乙")),
        ("<pre><p style='white-space:normal'>a\nb</p></pre>", ("a b",)),
        ("<span style='display:block'>甲</span><span>乙</span>", ("甲", "乙")),
        ("<div>甲<div style='display: inline'>乙</div></div>", ("甲乙",)),
        ("<p>甲<o:p></o:p></p><p><o:p>&nbsp;</o:p></p>", ("甲",)),
        ("<font face=仿宋>一、<font>总体</font></font>情况", ("一、总体情况",)),
        ("<p>甲\x00乙&#0;</p>", ("甲乙\ufffd",)),
        ("<section><section><span>甲</span></section></section>", ("甲",)),
        ("<p>甲<textarea>乙\n丙</textarea></p>", ("甲", "乙", "丙")),
    ],
)
def test_lines_are_those_that_a_browser_shows(body: str, expected: tuple[str, ...]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>1</script>",
        "<style>p{}</style>",
        "<template><p>1</p></template>",
        "<noscript>1</noscript>",
        "<!-- 1 -->",
        "<p hidden>1</p>",
        "<p style='color:red;display: none'>1</p>",
        "<span style='mso-hide:all'>1</span>",
        "<![if !supportLists]><![endif]><!--[if gte mso 9]><xml>1</xml><![endif]-->",
        "<select><option>1</select>",
        "<iframe>1</iframe>",
        "<input type=hidden value=1>",
    ],
)
def test_what_a_browser_does_not_show_is_left_out(hidden: str) -> None:
    assert lines(f"<p>甲{hidden}</p><p>乙</p>") == ("甲", "乙")


def test_text_hidden_inside_the_report_is_said() -> None:
    document = read_web_page(page("<p>一、总体情况</p><p>12<s style='display:none'>34</s>件。</p><p>五、其他事项</p>"))
    assert document.lines[1] == "12件。"
    (note,) = document.notes
    assert note.rule == "hidden-content"
    assert "“34”" in note.message


@pytest.mark.parametrize("old", ["<del>12</del>", "<s>12</s>", "<span style='text-decoration: line-through'>12</span>"])
def test_a_number_that_is_crossed_out_does_not_join_the_one_that_replaces_it(old: str) -> None:
    document = read_web_page(page(table(f"<tr><td>规章<td>{old}<ins>15</ins>")))
    assert document.lines == ("规章\t15",)
    (note,) = document.notes
    assert (note.rule, "“12”" in note.message) == ("tracked-changes", True)


def test_a_mark_of_crossing_out_that_is_never_closed_loses_nothing() -> None:
    assert "五、存在的主要问题及改进情况" in lines(f"<s>{HEADINGS}<p>{'本年依法公开。' * 40}</p>")


@pytest.mark.parametrize("mark", ["<sup>1</sup>", "<span style='vertical-align: super'><a href=#n>1</a></span>"])
def test_the_mark_of_a_footnote_is_no_digit_of_the_number_before_it(mark: str) -> None:
    assert rows(f"<table><tr><td>规章<td>12{mark}</table>") == [["规章", "12¹"]]


def test_a_report_that_a_script_would_show_is_read_and_said() -> None:
    """Word of WeChat pages and tabs: hidden until all has loaded."""
    document = read_web_page(page(f"<p>正在加载</p><div style='display:none'>{HEADINGS}</div>"))
    assert "一、总体情况" in document.lines
    assert [note.rule for note in document.notes] == ["hidden-content"]


def test_visibility_is_no_hiding() -> None:
    assert lines("<div style='visibility: hidden; opacity: 0'>甲</div>") == ("甲",)


def test_an_empty_title_of_xhtml_does_not_swallow_the_page() -> None:
    source = "<?xml version='1.0' encoding='UTF-8'?><html><head><title/></head><body><p>甲</p></body></html>"
    assert read_web_page(source.encode()).lines == ("甲",)


# Tables


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


# Programs that write pages

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p {mso-style-name:x} --></style>
<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--></head><body lang=ZH-CN style='tab-interval:21.0pt'>
<div class=WordSection1 style='layout-grid:15pt'><p class=MsoNormal align=center><b><span style='font-family:宋体'>试验
镇人民政府</span></b><b><span lang=EN-US>2023</span></b><span style='font-family:宋体'>年政府信息公开工作年度报告
</span><span lang=EN-US><o:p></o:p></span></p>
<p class=MsoNormal style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>
一、<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]>总体情况</p>
<table class=MsoNormalTable border=1><tr style='mso-yfti-irow:0'><td width=97 colspan=2><p>规章<o:p></o:p></p></td>
<td><p><span lang=EN-US>0<o:p></o:p></span></p></td></tr><![if !supportMisalignedColumns]><tr height=0>
<td width=97 style='border:none'></td><td width=1 style='border:none'></td><td></td></tr>
<![endif]></table></div></body></html>
"""


def test_word_s_own_web_pages() -> None:
    document = read_web_page(WORD.encode())
    assert document.lines == (TITLE, "一、  总体情况", "规章\t\t0", "\t\t")


def test_a_wechat_page() -> None:
    body = (
        f"<div id=img-content><h1 class=rich_media_title>\n  {TITLE}\n</h1><div id=meta_content>试验发布</div>"
        "<div id=js_content style='visibility: hidden;'><section><section><p><span>一、</span><span>总体情况</span></p>"
        "</section></section><section><span><span>全年公开</span><strong>12</strong><span>条。</span></span></section>"
        "</div></div><div id=js_pc_qr_code>微信扫一扫关注该公众号</div>"
    )
    assert lines(body) == (TITLE, "试验发布", "一、总体情况", "全年公开12条。")


# Web archives


def archive(html: bytes, kind: str = "text/html; charset=gbk", encoding: str = "8bit") -> bytes:
    """A page with a picture, as Word saves it in one file."""
    parts = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="--=_Next"\r\n\r\n',
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + html,
        b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=",
    )
    return b"\r\n----=_Next\r\n".join(parts) + b"\r\n----=_Next--\r\n"


@pytest.mark.parametrize("file", ["2023.html", "2023.doc", "2023.txt"])
def test_a_web_archive_is_opened_whatever_it_is_called(file: str) -> None:
    document = read_document(file, archive("<p>一、总体情况</p><p>本年公开。</p>".encode("gbk")))
    assert document.lines == ("一、总体情况", "本年公开。")
    assert [note.rule for note in document.notes] == ([] if file.endswith("html") else ["wrong-suffix"])


def test_a_quoted_printable_archive() -> None:
    html = b"<p>=E4=B8=80=E3=80=81</p><p>=E4=BA=8C=E3=\r\n=80=81</p>"
    assert read_web_page(archive(html, "text/html", "quoted-printable")).lines == ("一、", "二、")


@pytest.mark.parametrize(
    "content",
    [
        archive(b"", "text/plain") + b"text/html",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\ntext/html"
        + b"".join(b"--%d\r\nContent-Type: multipart/mixed; boundary=%d\r\n\r\n" % (n, n + 1) for n in range(2000)),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\ntext/html\r\n" * 2000,
        b"MIME-Version: 1.0\r\nContent-Type: text/html;" + b' a="b";' * 500_000 + b"\r\n\r\n<p>1</p>",
    ],
    ids=["no page inside", "parts in parts", "many parts", "long field"],
)
def test_an_archive_without_a_readable_page_says_so(content: bytes) -> None:
    document = read_web_page(content)
    assert document.lines == ()
    assert [note.rule for note in document.notes] == ["damaged-file"]


# Hostile and broken pages

DEEP = 1_600_000


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * DEEP,
        "<table><tr><td>" * 500_000,
        "<b>" * 100_000,
        "<p>" + "".join(f"<font size={n}>" for n in range(2000)) + "</p>" + "<p>x</p>" * 2000,
        "<p " + " ".join(f"a{n}" for n in range(700_000)) + ">",
        "<x>" * 20_000 + "</y>" * 20_000,
        "<p>" + "甲" * 4_500_000,
        "<br>" * 300_000,
    ],
    ids=["div", "table", "b", "font", "attributes", "unknown", "text", "br"],
)
def test_pages_that_would_cost_too_much_are_refused(source: str) -> None:
    document = read_web_page(source.encode())
    assert document.lines == ()
    assert [note.rule for note in document.notes] == ["file-too-large"]
    assert document.notes[0].message.endswith("另存为 UTF-8 编码的 .txt 文件。")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<div>" * 5000 + "甲", ("甲",)),
        ("<table><tr><td>" * 3000 + "甲", ("甲",)),
        ("<p>甲" + "</p>" * 100_000, ("甲",)),
        ("<p>" + "(" * 100_000, ("(" * 100_000,)),
        ("<p>甲" + "&#20;" * 1000, ("甲" + "\x14" * 1000,)),
        ("<p>甲&#xD800;&#x110000;&bogus;", ("甲\ufffd\ufffd&bogus;",)),
        ("<p>甲<!-- 乙", ("甲",)),
        ("<p>甲<p title='乙", ("甲",)),
        ("<svg>" * 3000 + "<p>甲", ("甲",)),
        ("<p>甲" + "<a" * 60_000, ("甲",)),
    ],
)
def test_broken_pages_are_read_as_browsers_do(source: str, expected: tuple[str, ...]) -> None:
    assert read_web_page(source.encode()).lines == expected


@pytest.mark.parametrize("source", [b"<html></html>", b"<p>\x00</p>", b"<!-- <p>1</p>", b"<script><p>1</p>"])
def test_a_page_without_visible_text_says_so(source: bytes) -> None:
    document = read_web_page(source)
    assert document.lines == ()
    assert [note.rule for note in document.notes] == ["empty-file"]


# Properties

SOUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<table>", "</table>", "<tr>", "<td rowspan=3>", "<td colspan=2>", "<th>", "</td>", "<div>",
         "</div>", "<br>", "<b>", "</b>", "<pre>", "<a href=x>", "</a>", "<script>", "</script>", "<!--", "-->",
         "<title>", "&nbsp;", "&#", "<", ">", "甲", "1", " ", "\n", "\x00", "一、总体情况", TITLE, "<tfoot>",
         "<select>", "<svg>", "<caption>", "<li>", "<p style='display:none'>", "<nav>", "<form>", "<template>",
         "当前位置："]
    ),
    max_size=60,
)  # fmt: skip


@given(st.one_of(st.binary(), SOUP.map(lambda parts: "".join(parts).encode())))
def test_no_bytes_make_the_reader_fail(content: bytes) -> None:
    document = read_web_page(content)
    assert document.lines or document.notes
    for place in document.tables:
        assert len({document.lines[number - 1].count("\t") for number in place}) == 1


BLOCKS = st.sampled_from(["p", "div", "h2", "li", "section", "td", "span", "b"])
TREES = st.recursive(
    st.text("甲乙丙ab12。、", min_size=1, max_size=6).map(lambda text: (text, text)),
    lambda inner: st.tuples(BLOCKS, st.lists(inner, max_size=4)).map(
        lambda made: (_element(made[0], [one for one, _ in made[1]]), "".join(text for _, text in made[1]))
    ),
    max_leaves=20,
)
"""(source, visible text) of small pages."""


def _element(tag: str, content: list[str]) -> str:
    if tag == "td":
        return f"<table><tr>{''.join(f'<td>{one}</td>' for one in content)}</tr></table>"
    return f"<{tag}>{''.join(content)}</{tag}>"


BETWEEN_PIECES = str.maketrans("", "", "↵␣")


@given(TREES)
def test_every_visible_character_of_a_page_is_in_its_lines_and_in_order(tree: tuple[str, str]) -> None:
    source, text = tree
    shown = "".join("".join(lines(source)).split())
    assert shown.translate(BETWEEN_PIECES) == text


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
