"""Blocks as HTML and as Markdown: whatever a report prints comes out as text in both."""

from __future__ import annotations

import markdown
import pytest
from disclosure.errors import DisclosureError
from disclosure.model import Status
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Breadcrumb,
    Bullets,
    Code,
    Definitions,
    Details,
    Heading,
    Item,
    Lines,
    Link,
    Mark,
    Paragraph,
    Section,
    Small,
    Strong,
    Table,
    TableRow,
    Td,
    Text,
    Th,
    To,
    Web,
    column_heads,
    text,
)
from disclosure.render.page import Page
from disclosure.render.text import visible
from hypothesis import example, given
from hypothesis import strategies as st
from pages import flat, markdown_tables, plain, read_html

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "image with a handler": '"><img src=x onerror=alert(1)>',
    "markdown link": "[点我](javascript:alert(1))",
    "markdown image": "![x](http://evil.example/x.png)",
    "reference": "[a]: javascript:alert(1)",
    "bare address": "http://evil.example www.evil.example a@evil.example",
    "autolink": "<http://evil.example>",
    "front matter": "---\ntitle: x\n---",
    "template": "{{ config }} {% raw %} {: onclick=x }",
    "comment": "<!-- hidden -->",
    "placeholder of Python-Markdown": "\x02klzzwxh:0000\x03",
    "direction override": "\u202egpj.exe\u2066",
    "code": "`code` ``` ~~~",
    "table": "| a | b |\n| --- | --- |",
    "entity": "&lt;b&gt; &#60;script&#62; &amp;lt;",
    "heading and rule": "# x\n===\n***",
    "list": "- a\n1. b\n+ c\n2) d",
    "emphasis": "**a** __b__ ~~c~~ ==d== ^e^ $f$",
    "footnote and emoji": "[^1] :smile: @all #1",
    "closing tags": "</td></table></div></article>",
    "line breaks": "a\u2028b\u2029c\x0bd\x85e",
    "lone surrogate": "a\udc80b",
    "null": "a\x00b",
}
_TAGS = {
    "a", "code", "dd", "details", "div", "dl", "dt", "h1", "h2", "li", "nav", "ol", "p", "span", "strong", "summary",
    "table", "tbody", "caption", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"aria-current", "aria-label", "class", "colspan", "href", "id", "rel", "role", "scope", "tabindex"}
_MADE_BY_PYTHON_MARKDOWN = {
    "a", "code", "em", "h1", "h2", "li", "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip

_PLACES = 43
"""In how many places ``everywhere`` puts its words."""


def everywhere(words: str) -> Page:
    """A page with these words in every place that can hold text."""
    inlines = (
        Text(words),
        Strong(words),
        Code(words),
        Small(words),
        Link(words, To("rules/")),
        Link(words, Web(f"javascript:{words}")),
    )
    row = TableRow((Th(text(words)), Td(inlines, "number")), "row")
    blocks: tuple[Block, ...] = (
        Breadcrumb((Link(words, To("")),), words),
        Heading(1, words, "top"),
        Paragraph(inlines),
        Bullets((Item(inlines),)),
        Bullets((Item(inlines),), ordered=True),
        Definitions(((words, inlines),)),
        Table(words, column_heads(words, words), ((TableRow((Th(text(words), "rowgroup", 2),)), row),)),
        Section((Heading(2, words, "second"),), "narrative"),
        Details(words, (Paragraph(text(words)),)),
        Lines(((1, words.replace("\n", " ")),)),
    )
    return Page("offices/1/", words, words, blocks, "office")


def spaceless(words: str) -> str:
    """The characters of a text without blanks, which Markdown may join."""
    return "".join(visible(words).split())


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_text_in_html(words: str) -> None:
    read = read_html(everywhere(words).html())
    assert read.problems == []
    assert read.tags <= _TAGS
    assert read.attributes <= _ATTRIBUTES
    assert {href for href in read.hrefs if not href.startswith((".", "#"))} == set()
    assert spaceless(read.text).count(spaceless(words)) == _PLACES


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_text_in_markdown(words: str) -> None:
    body, fence = everywhere(words).markdown().split("```text\n")
    first, last, nothing = fence.split("\n")
    assert (spaceless(first), last, nothing) == (f"1{spaceless(words)}", "```", "")
    assert spaceless(plain(body)).count(spaceless(words)) == _PLACES - 1
    assert not body.startswith("---")
    assert "<" not in body


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_harmless_in_a_markdown_dialect_with_every_extension(words: str) -> None:
    extensions = ["extra", "toc", "sane_lists", "smarty", "meta", "admonition", "wikilinks", "nl2br"]
    read = read_html(markdown.markdown(everywhere(words).markdown(), extensions=extensions))
    assert read.tags <= _MADE_BY_PYTHON_MARKDOWN
    assert read.attributes <= {"href", "id", "class"}
    assert {href for href in read.hrefs if not href.startswith("..")} == set()


@given(st.text())
@example("-")
@example("---")
def test_any_text_comes_out_whole_in_both(words: str) -> None:
    page = Page("", "x", "x", (Paragraph((Text(words),)), Table("x", column_heads("a"), ((_row(words),),))))
    read = read_html(page.html())
    assert read.problems == []
    assert read.tables[0][1] == [visible(words)]
    assert spaceless(flat(markdown_tables(page.markdown())[-1])[-1]) == spaceless(words)


def _row(words: str) -> TableRow:
    return TableRow((Td(text(words)),))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x?y=1&z=(2)", "https://a.example/x?y=1&z=%282%29"),
        ("http://a.example/年 报", "http://a.example/%E5%B9%B4%20%E6%8A%A5"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example/", None),
        ("a.example", None),
        ("http://", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str, shown: str | None) -> None:
    page = Page("", "x", "x", (Paragraph((Link("文", Web(url)),)),))
    assert read_html(page.html()).hrefs == ([shown] if shown else [])
    assert page.markdown() == (f"[文]({shown})\n" if shown else "文\n")


@pytest.mark.parametrize(
    ("here", "target", "html", "md"),
    [
        ("", To("regions/410000/"), "regions/410000/", "regions/410000/"),
        ("offices/1/", To(""), "../../", "../../"),
        ("offices/1/", To("offices/1/source/2021/", "L42"), "source/2021/#L42", "source/2021/#L42"),
        ("offices/1/", To(None, "y2021"), "#y2021", "./#y2021"),
        ("offices/1/", To("offices/1/"), "./", "./"),
    ],
)
def test_links_are_relative_so_that_the_site_can_stand_anywhere(here: str, target: To, html: str, md: str) -> None:
    page = Page(here, "x", "x", (Paragraph((Link("文", target),)),))
    assert read_html(page.html()).hrefs == [html]
    assert page.markdown() == f"[文]({md})\n"


def test_a_mark_is_a_word_and_not_only_a_colour() -> None:
    page = Page("", "x", "x", (Paragraph((Text("1"), Mark(Status.PLACED, To(None, "proof")), Mark(Status.BLANK))),))
    assert '<a href="#proof" class="mark mark-placed">归位</a><span class="mark mark-blank">未填</span>' in page.html()
    assert page.markdown() == "1〔[归位](./#proof)〕〔未填〕\n"


def test_a_quiet_mark_is_there_for_who_hears_the_page_and_left_out_of_markdown() -> None:
    page = Page("", "x", "x", (Paragraph((Mark(Status.PLACED, To(None, "proof"), quiet=True), Text("1"))),))
    assert '<a href="#proof" class="mark mark-placed mark-quiet">归位</a>1' in page.html()
    assert page.markdown() == "1\n"


def test_a_table_has_a_caption_scopes_and_a_scroll_region_for_the_keyboard() -> None:
    group = (TableRow((Th(text("组"), "rowgroup", 2),)), TableRow((Th(text("行")), Td(text("1"), "number")), "r1"))
    page = Page("", "x", "x", (Table("题", column_heads("项目", "总计"), (group,), "form", "t"),))
    assert '<div class="table-scroll" tabindex="0" role="region" aria-label="题">' in page.html()
    assert '<table id="t" class="table-form">\n<caption>题</caption>' in page.html()
    assert '<th scope="col">项目</th><th scope="col" class="number">总计</th>' in page.html()
    assert '<th scope="rowgroup" colspan="2"><span>组</span></th>' in page.html()
    assert '<tr id="r1"><th scope="row">行</th><td class="number">1</td></tr>' in page.html()
    assert page.markdown() == "**题**\n\n| 项目 | 总计 |\n| --- | --- |\n| **组** |  |\n| 行 | 1 |\n"


@pytest.mark.parametrize(
    ("kind", "figures", "classes"),
    [
        ("form", ("12345", "≥ 1", "0"), "table-form even even-3"),
        ("form", ("123456", "1", "0"), "table-form even even-3 even-long"),
        ("form", ("1", "2", "3", "4", "12345678"), "table-form even even-5 even-long even-total"),
        ("years", ("1", "2", "3", "4", "5"), "table-years even even-5"),
        ("form", ("1", "2"), "table-form"),
        ("form", ("1", "2", "123456789"), "table-form"),
        ("index", ("1", "2", "3"), "table-index"),
    ],
)
def test_wide_tables_of_an_office_have_columns_of_even_width_for_their_longest_number(
    kind: str, figures: tuple[str, ...], classes: str
) -> None:
    cells = (Td((Link(figure, To(None, "x"), "figure"),), "number") for figure in figures)
    head = column_heads("项目", *map(str, range(len(figures))))
    page = Page("", "x", "x", (Table("题", head, ((TableRow((Th(text("行")), *cells)),),), kind),))
    assert f'<table class="{classes}">' in page.html()


def test_source_lines_keep_tabs_and_carry_anchors() -> None:
    page = Page("", "x", "x", (Lines(((41, "a\tb "), (42, ""))),))
    assert '<li id="L41"><a class="line-number" href="#L41">41</a>' in page.html()
    assert 'a<span class="tab">\t</span>b </span></li>' in page.html()
    assert page.markdown() == "```text\n  41  a\tb \n  42  \n```\n"


def test_decimals_dates_and_ranges_stay_readable_in_markdown() -> None:
    page = Page("", "x", "x", (Paragraph(text("2021-12-31 收费 0.50 万元，1. 2)")),))
    assert page.markdown() == "2021-12-31 收费 0.50 万元，1\\. 2\\)\n"


@pytest.mark.parametrize("anchor", ["1a", "a b", 'a"b', "年"])
def test_an_anchor_that_is_no_plain_name_is_our_mistake(anchor: str) -> None:
    with pytest.raises(ValueError, match="not an anchor"):
        Page("", "x", "x", (Heading(1, "x", anchor),)).html()


@pytest.mark.parametrize("kind", ["A", 'a"b', "a  b"])
def test_a_kind_that_is_no_class_name_is_our_mistake(kind: str) -> None:
    with pytest.raises(ValueError, match="not a kind"):
        Page("", "x", "x", (Paragraph(text("x"), kind),)).html()


@pytest.mark.parametrize("name", ["", "..", "a/b", "年", "a b", "-a"])
def test_an_id_that_cannot_stand_in_an_address_is_refused(name: str) -> None:
    with pytest.raises(DisclosureError, match="不能用作网址"):
        urls.office(name)


def test_the_head_of_a_page_holds_nothing_that_an_unescaping_template_could_open() -> None:
    page = Page("", "<script>\x02&lt;", 'x" onload="y', ())
    assert page.head_title == "＜script＞␂＆lt;"
    assert page.head_description == "x” onload=”y"


def test_the_table_of_contents_holds_escaped_headings_of_three_levels_that_are_not_folded_away() -> None:
    folded = Details("x", (Heading(3, "e", "e"),))
    nested = Section((Heading(3, "c", "c"), Heading(4, "d", "d")), "narrative")
    page = Page("", "x", "x", (Heading(1, "<a>", "a"), Section((Heading(2, "b", "b"), nested, folded), "narrative")))
    assert page.contents() == [(1, "a", "&lt;a&gt;"), (2, "b", "b"), (3, "c", "c")]
    assert [heading.text for heading in page.headings()] == ["<a>", "b", "c", "d", "e"]


def test_the_name_of_a_column_may_break_between_words_and_nowhere_else() -> None:
    labels = ("社会公益组织", "自然人", "本年收费金额（单位：万元）", "结转下年度")
    page = Page("", "x", "x", (Table("x", column_heads(*labels), ((_row("社会公益组织"),),)),))
    for written in (
        "社会<wbr>公益<wbr>组织",
        ">自然人<",
        "本年<wbr>收费<wbr>金额<wbr>（单位：万元）",
        "结转<wbr>下年度",
    ):
        assert written in page.html()
    assert "<td>社会公益组织</td>" in page.html()
    assert read_html(page.html()).tables[0][0] == list(labels)
    assert markdown_tables(page.markdown())[0][0] == list(labels)


def test_unsearchable_sections_say_so_to_the_search_index() -> None:
    assert "data-unsearched" in Page("", "x", "x", (), searchable=False).html()
    assert "data-unsearched" not in Page("", "x", "x", ()).html()
