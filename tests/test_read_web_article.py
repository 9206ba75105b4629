"""The report on its web page: what is the website's goes, with an account of it; what is the report's stays."""

from __future__ import annotations

import pytest
from disclosure.form.fill import fill_form
from disclosure.model import Note
from disclosure.read.document import Document
from disclosure.read.web import read_web_page
from disclosure.read.web_chrome import is_chrome
from hypothesis import given
from hypothesis import strategies as st
from web_pages import TITLE, page, row, table

TABLE = table(row(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]) + row(["规章", "0", "0", "0"]))
ARTICLE = (
    "<p>本报告依照规定编制。</p><p><b>一、总体情况</b></p><p>2023年公开信息12条。</p><p>二、主动公开政府信息情况</p>"
    f"{TABLE}<p>五、存在的主要问题及改进情况</p><p>问题若干。</p><p>六、其他需要报告的事项</p><p>无。</p>"
    "<p>试验镇人民政府</p><p>2024年1月20日</p>"
)
OWN = (
    "本报告依照规定编制。", "一、总体情况", "2023年公开信息12条。", "二、主动公开政府信息情况",
    "信息内容\t本年制发件数\t本年废止件数\t现行有效件数", "规章\t0\t0\t0", "五、存在的主要问题及改进情况", "问题若干。",
    "六、其他需要报告的事项", "无。", "试验镇人民政府", "2024年1月20日",
)  # fmt: skip
"""The lines of ``ARTICLE``."""
TITLED = (TITLE, *OWN)
MENU = "<ul><li><a href=/>首页</a></li><li><a href=/a>政务公开</a></li><li><a href=/b>总体情况</a></li></ul>"


def read(body: str, head: str = "") -> Document:
    """The document read from a page with this body."""
    return read_web_page(page(body, f'<meta charset="utf-8">{head}'))


def cut_note(document: Document) -> Note:
    """The one note of the document, which says what was cut off."""
    (note,) = document.notes
    assert note.rule == "page-chrome-cut"
    return note


WHOLE_PAGE = f"""
<div class="header"><div class="logo">试验县人民政府</div>{MENU}
<form><input type=text value="请输入"><button>搜索</button></form></div>
<div class="wrap"><div class="dqwz">您当前的位置：<a href="/">首页</a> &gt; <a href="/n">年报</a> &gt; 2022</div>
<table class="xxgk"><tr><td>索 引 号：</td><td>123456/2024-00012</td><td>主题分类：</td><td>政务公开</td></tr>
<tr><td>发文机关：</td><td>试验镇</td><td>成文日期：</td><td>2024-01-20</td></tr></table><div>文件已失效</div>
<h1>{TITLE}</h1><div class="info"><span>发布时间：2024-01-20 10:23</span><span>来源：试验镇</span>
<span>浏览次数：<em>1234</em>次</span><span>字体：[<a>大</a> <a>中</a> <a>小</a>]</span></div>
<div class="TRS_Editor">{ARTICLE}</div>
<div class="share">分享到：<a href=#>微信</a></div><p>【<a href="javascript:print()">打印</a>】【关闭】</p>
<div>上一篇：<a href=x>试验县2022年政府信息公开工作年度报告</a></div><div>扫一扫在手机打开当前页</div></div>
<div class="foot"><p>主办单位：试验县人民政府办公室 地址：试验路1号 邮编：100000</p>
<p>网站标识码：1234567890 京ICP备12345678号-1 京公网安备 11010102001234号</p><p>您是第 123456 位访客</p></div>
"""


def test_the_website_around_a_report_is_cut_off_and_named() -> None:
    document = read(WHOLE_PAGE)
    assert document.lines == TITLED
    assert document.tables == (range(6, 8),)
    message = cut_note(document).message
    assert message.startswith(
        "网页上有 17 行是网站的菜单、页眉、页脚等，不属于报告，没有收录：“试验县人民政府”、“首页”、"
    )
    assert message.endswith("等。")


def test_a_page_laid_out_by_tables() -> None:
    body = (
        f"<table><tr><td>{MENU}</td></tr></table><table><tr><td>{table(row(['<通知>']))}{MENU}</td><td><p>{TITLE}</p>"
        f"{ARTICLE}</td></tr></table><table><tr><td>版权所有：试验县人民政府</td></tr><tr><td>地址：试验路1号</td></tr>"
        "<tr><td>冀ICP备05000000号</td></tr></table>"
    )
    document = read(body)
    assert document.lines == TITLED
    assert "“地址：试验路1号”" in cut_note(document).message


def test_a_page_without_any_container() -> None:
    before = "首页 &gt; 政务公开<br>索引号：1-2<br>浏览次数：9<br>"
    after = "打印本页 关闭窗口<br>主办：试验县<br>备案号：0-1"
    assert read(f"{before}{TITLE}<br>{ARTICLE}{after}").lines == TITLED


@pytest.mark.parametrize(
    "line",
    [
        "您现在的位置：首页 > 政府信息公开 > 年报 > 2022",
        "索 引 号：000014349/2024-00012",
        "发文字号：试政发〔2022〕12号",
        "发布日期：2022-01-25",
        "2022-01-25 09:12 来源： 试验镇",
        "来源：试验镇",
        "浏览次数：2022次",
        "点击数: 15",
        "【字体：大 中 小】",
        "字号：[ 大 中 小 ]",
        "分享到：",
        "【打印】 【关闭】",
        "打印本页 | 关闭窗口",
        "上一篇：没有了",
        "相关链接：",
        "扫一扫在手机打开当前页",
        "主办单位：试验县人民政府办公室",
        "京ICP备12345678号 京公网安备11010102001234号",
        "政府网站标识码：1234567890",
        "版权所有 试验县人民政府",
        "Copyright © 2022 All Rights Reserved",
        "建议使用1024×768分辨率浏览",
        "您是第 2022 位访客",
        "文件已失效",
        "首页 > 政务公开",
        "无障碍浏览 长者模式",
    ],
)
def test_chrome_beside_the_article_in_its_own_container_is_cut_by_its_words(line: str) -> None:
    document = read(f"<div><p>{line}</p><p>{TITLE}</p><p>{line}</p>{ARTICLE}<p>{line}</p></div>")
    assert document.lines == TITLED
    assert cut_note(document).message.startswith("网页上有 3 行")


@pytest.mark.parametrize(
    "line",
    [
        "2024年1月20日",
        "（2024年1月20日）",
        "附件：试验镇收费情况.docx",
        "本报告由试验镇办公室编制，联系电话：010-00000000。",
        "联系地址：试验路1号，邮编：100000",
        "浏览量较低，群众知晓率不高",
        "相关信息公开不够及时；",
        "试政发〔2024〕1号",
        "版面设计美观",
        "全年网站总访问量达到12万次。",
        "1.来源单一；2.字体偏小。",
    ],
)
def test_lines_that_may_be_the_report_s_stay(line: str) -> None:
    document = read(f"<div><p>{TITLE}</p><p>{line}</p>{ARTICLE}<p>{line}</p></div>")
    assert document.lines == (TITLE, line, *OWN, line)
    assert document.notes == ()


def test_nothing_is_cut_between_headings() -> None:
    """Not even what looks like chrome: a problem that a report names may be the counter of its own website."""
    article = ARTICLE.replace("问题若干。", "浏览次数：12")
    assert "浏览次数：12" in read(f"<p>{TITLE}</p>{article}").lines


def test_a_part_of_the_article_outside_its_container_stays() -> None:
    body = f"<div class=a><h1>{TITLE}</h1>{ARTICLE}</div><div class=b><p>附注：数字截至年底</p></div>{MENU}"
    assert read(body).lines == (*TITLED, "附注：数字截至年底")


@pytest.mark.parametrize("line", ["联系电话：010-00000000 邮编：100000", "地址：试验路1号", "相关文档"])
def test_how_to_reach_the_website_is_told_from_the_report_s_own_by_its_place(line: str) -> None:
    inside = f"<div><h1>{TITLE}</h1>{ARTICLE}<p>{line}</p></div>"
    assert read(inside).lines == (*TITLED, line)
    assert read(f"<div><h1>{TITLE}</h1>{ARTICLE}</div><div><p>{line}</p></div>").lines == TITLED


def test_an_attachment_and_an_address_that_are_links_stay() -> None:
    tail = "<p>附件：<a href=a.doc>试验镇2023年年报.docx</a></p><p><a href=x>http://www.shiyan.example/</a></p>"
    document = read(f"<div><h1>{TITLE}</h1>{ARTICLE}{tail}</div>")
    assert document.lines == (*TITLED, "附件：试验镇2023年年报.docx", "http://www.shiyan.example/")


def test_an_article_inside_one_long_link_is_read_whole() -> None:
    assert read(f"<a href=#><div><h1>{TITLE}</h1>{ARTICLE}<p>附注</p></div></a>").lines == (*TITLED, "附注")


def test_names_of_sections_in_menus_are_no_headings() -> None:
    menu = "".join(f"<li><a href=/{n}>{name}</a></li>" for n, name in enumerate(("总体情况", "其他需要报告的事项")))
    document = read(f"<ul>{menu}</ul><h1>{TITLE}</h1>{ARTICLE}<ul>{menu}</ul>")
    assert document.lines == TITLED
    assert [section.id for section in fill_form(document).sections] == [
        "preamble", "overview", "proactive", "problems", "other",
    ]  # fmt: skip


def test_a_class_that_names_a_menu_does_not_matter_around_the_report() -> None:
    assert read(f"<div class='nav-fixed header'><h1>{TITLE}</h1>{ARTICLE}</div>").lines == TITLED


def test_a_title_broken_over_elements_stays_whole() -> None:
    title = "<p>试验镇人民政府</p><p>2023年政府信息公开工作年度报告</p>"
    document = read(f"<div class=top>试验县政府网</div><div>{title}{ARTICLE}</div>")
    assert document.lines == ("试验镇人民政府", "2023年政府信息公开工作年度报告", *OWN)
    identity = fill_form(document).identity
    assert (identity.name, identity.year) == ("试验镇人民政府", 2023)


@pytest.mark.parametrize(
    "head",
    [
        f'<meta name="ArticleTitle" content="{TITLE}">',
        f'<META NAME="articletitle" CONTENT="{TITLE}"><title>试验县政府</title>',
        f"<title>{TITLE}</title>",
        f"<title>{TITLE}_试验县人民政府门户网站</title>",
        f"<title>试验县人民政府 - {TITLE}</title>",
        f"<title>  {TITLE}\n </title>",
    ],
)
def test_a_title_that_only_the_head_of_the_page_gives_becomes_the_first_line(head: str) -> None:
    document = read(f"{MENU}<div>{ARTICLE}</div>", head)
    assert document.lines == TITLED
    assert document.places == ("网页标题", *("" for _ in OWN))
    identity = fill_form(document).identity
    assert (identity.name, identity.found_in, identity.year) == ("试验镇人民政府", "title", 2023)


def test_the_head_of_the_page_is_not_believed_against_the_text() -> None:
    """A template kept the title of another year."""
    article = "<p>本报告由试验镇人民政府编制，数据从2023年1月1日起至2023年12月31日止。</p>" + ARTICLE
    document = read(f"<div>{article}</div>", "<title>试验镇人民政府2022年政府信息公开工作年度报告</title>")
    assert document.lines[0].startswith("本报告由")
    assert fill_form(document).identity.year == 2023


def test_a_title_in_the_text_is_not_printed_twice() -> None:
    assert read(f"<h1>{TITLE}</h1>{ARTICLE}", f"<title>{TITLE}</title>").lines == TITLED


def test_the_name_of_the_website_is_not_taken_for_the_office() -> None:
    document = read(ARTICLE, "<title>试验县人民政府 2023年政府信息公开工作年度报告</title>")
    assert document.lines == ("2023年政府信息公开工作年度报告", *OWN)
    identity = fill_form(document).identity
    assert (identity.name, identity.year) == (None, 2023)


def test_years_in_paths_and_lists_of_other_reports_are_not_the_year() -> None:
    others = "".join(f"<li><a href=/{y}>试验镇人民政府{y}年政府信息公开工作年度报告</a></li>" for y in (2021, 2022))
    document = read(
        f"<p>位置：首页 &gt; 2022</p><ul>{others}</ul><div><h1>{TITLE}</h1>{ARTICLE}</div><ul>{others}</ul>"
    )
    assert document.lines == TITLED


@pytest.mark.parametrize("body", [f"<h1>{TITLE}</h1><p>表格见附件</p>", "<p>一则通知</p><p>正文</p>"])
def test_where_the_article_is_not_certain_nothing_is_cut_but_for_its_words(body: str) -> None:
    assert read(body).notes == ()


def test_a_sentence_is_chrome_only_by_what_no_report_says() -> None:
    assert is_chrome("本网站由试验县主办。京ICP备12345678号")
    assert not is_chrome("发布时间：本年发布信息12条。")


LINES = st.lists(
    st.sampled_from(["<p>甲乙丙</p>", MENU, "<p>打印</p>", "<div>来源：甲</div>", "<p>说明。</p>"]), max_size=4
)


@given(LINES, LINES, st.sampled_from(["", "<div class=foot>", "<nav>", "<table><tr><td>"]))
def test_whatever_stands_around_it_no_line_of_the_report_is_lost(
    before: list[str], after: list[str], opened: str
) -> None:
    document = read(f"{opened}{''.join(before)}<div><h1>{TITLE}</h1>{ARTICLE}</div>{''.join(after)}")
    start = document.lines.index(TITLE)
    assert document.lines[start : start + len(TITLED)] == TITLED
