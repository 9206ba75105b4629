"""The narrative on the pages, as HTML and as Markdown: lists, tables, signatures."""

from __future__ import annotations

import re
from dataclasses import replace

from builders import make_office, make_report
from disclosure.render import html as html_notation
from disclosure.render import markdown as markdown_notation
from disclosure.render.narrative import narrative
from disclosure.render.view import View


def shown(*lines: str) -> tuple[str, str]:
    """The narrative of a report with these lines, as HTML and as Markdown."""
    report = make_report(sections={"overview": lines})
    found = list(narrative(View(make_office().id, 2022, report, ())))
    return html_notation.render(found, "offices/x/"), markdown_notation.render(found, "offices/x/")


def test_lists_are_nested_and_keep_their_printed_numbers() -> None:
    html, markdown = shown("2.公开。有序。", "（1）网站。", "（2）公示栏。", "3.培训。有序。", "本年完成。")
    assert (
        '<ol class="own-numbers">\n<li>2.公开。有序。\n<ol class="own-numbers">\n<li>（1）网站。</li>\n'
        "<li>（2）公示栏。</li>\n</ol>\n</li>\n<li>3.培训。有序。</li>\n</ol>\n<p>本年完成。</p>"
    ) in html
    assert "- 2\\.公开。有序。\n  - （1）网站。\n  - （2）公示栏。\n- 3\\.培训。有序。\n\n本年完成。" in markdown


def test_bullets_make_a_plain_list() -> None:
    html, markdown = shown("● 网站", "● 公示栏")
    assert "<ul>\n<li>网站</li>\n<li>公示栏</li>\n</ul>" in html
    assert "- 网站\n- 公示栏" in markdown


def test_a_table_is_a_table_on_both_pages() -> None:
    html, markdown = shown("渠道\t条数", "网站\t15")
    assert '<table class="table-narrative">\n<caption>正文中的表格（原文第 3 行起）</caption>' in html
    assert '<thead><tr><th scope="col">渠道</th><th scope="col" class="number">条数</th></tr></thead>' in html
    assert '<tr><th scope="row">网站</th><td class="number">15</td></tr>' in html
    assert "| 渠道 | 条数 |\n| --- | --- |\n| 网站 | 15 |" in markdown


def test_a_table_without_a_header_has_none() -> None:
    html, markdown = shown("网站\t首页", "公示栏\t门口")
    assert "<thead>" not in html
    assert "|  |  |\n| --- | --- |\n| 网站 | 首页 |\n| 公示栏 | 门口 |" in markdown


def test_a_column_of_long_texts_is_kept_wide_and_long_names_do_not_stay_in_sight() -> None:
    remark = "含规范性文件解读材料以及图片"
    html, _ = shown("渠道\t条数\t备注", f"网站\t15\t{remark}", "公众号\t3\t")
    assert f'<th scope="row">网站</th><td class="number">15</td><td class="long">{remark}</td>' in html
    assert '<th scope="row">公众号</th><td class="number">3</td><td class="long"></td>' in html
    html, _ = shown("事项\t条数", f"{remark}\t15")
    assert f'<td class="long">{remark}</td><td class="number">15</td>' in html


def test_a_signature_is_set_apart_and_the_number_of_a_page_is_not_set() -> None:
    html, _ = shown("工作有序。", "- 3 -", "试验镇人民政府", "2023年1月15日")
    assert '<p>工作有序。</p>\n<p class="closing">试验镇人民政府</p>\n<p class="closing">2023年1月15日</p>' in html


def test_a_narrative_of_several_sections_begins_with_the_way_to_each() -> None:
    report = make_report(sections={"overview": ("正文一。",), "problems": ("正文二。",)})
    view = View(make_office().id, 2022, report, ())
    html = html_notation.render(list(narrative(view)), "offices/x/")
    outline = html.split('<div class="outline" data-unsearched>')[1].split("</div>")[0]
    links = re.findall(r'href="#([^"]+)">([^<]+)<', outline)
    assert links == re.findall(r'<h4 id="([^"]+)">([^<]+)</h4>', html)
    assert len(links) > 1


def test_a_narrative_of_one_section_has_no_outline() -> None:
    one = make_report(sections={"overview": ("正文。",)})
    sections = tuple(each for each in one.filling.sections if each.id == "overview")
    report = replace(one, filling=replace(one.filling, sections=sections))
    html = html_notation.render(list(narrative(View(make_office().id, 2022, report, ()))), "offices/x/")
    assert "outline" not in html
