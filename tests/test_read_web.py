"""Web pages to lines: as a browser shows them, in any encoding, whatever wrote the page."""

from __future__ import annotations

import pytest
import web_pages
from disclosure.form.fill import fill_form
from disclosure.form.template import FORMS
from disclosure.model import Filling
from disclosure.read import read_document
from disclosure.read.web import read_web_page
from layouts import figures, report
from web_pages import TITLE, page, table

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


@pytest.mark.parametrize(
    "holder",
    [
        "<textarea style='display:none'>{}</textarea>",
        "<script type='text/template'>{}</script>",
        "<script>var text = '{}'</script>",
    ],
)
def test_a_report_that_is_only_material_of_a_script_is_refused_with_what_to_do(holder: str) -> None:
    whole = holder.format(f"{HEADINGS}<h2>二、主动公开政府信息情况</h2>")
    document = read_web_page(page(f"<h1>{TITLE}</h1>{whole}<p>版权所有</p>"))
    assert document.lines == ()
    (note,) = document.notes
    assert note.rule == "unsupported-format"
    assert "网页的源文件里" in note.message
    assert note.message.endswith("另存为 UTF-8 编码的 .txt 文件。")


def test_visibility_is_no_hiding() -> None:
    assert lines("<div style='visibility: hidden; opacity: 0'>甲</div>") == ("甲",)


def test_an_empty_title_of_xhtml_does_not_swallow_the_page() -> None:
    source = "<?xml version='1.0' encoding='UTF-8'?><html><head><title/></head><body><p>甲</p></body></html>"
    assert read_web_page(source.encode()).lines == ("甲",)


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
