"""Web pages that are broken, empty or made to hang, and what holds for whatever bytes there are."""

from __future__ import annotations

import pytest
from disclosure.read.web import read_web_page
from hypothesis import given
from hypothesis import strategies as st
from test_read_web import lines
from web_pages import TITLE

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
        (
            "<table><tr><td>甲<td>" + "<div style='text-decoration:line-through'>" * 4000 + "乙" * 300,
            ("甲\t" + "乙" * 300,),
        ),
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
