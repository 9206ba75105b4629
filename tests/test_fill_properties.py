"""Whatever the text: reading never fails, loses nothing, doubles nothing, and says the same twice."""

from __future__ import annotations

from accounting import miscounted, visible
from disclosure.form.fill import fill_form
from disclosure.form.narrative import blocks
from disclosure.read import read_document
from disclosure.read.document import Document
from disclosure.reading import read_report
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import LAYOUTS, figures, report

FORM_WORDS = [
    "一、总体情况", "二、主动公开政府信息情况", "（二）主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
    "第二十条第（一）项", "信息内容", "本年制发件数", "本年新制作数量", "行政许可", "一、本年新收政府信息公开申请数量",
    "（一）予以公开", "（三）不予公开", "1.属于国家秘密", "属于行政查询事项", "3.其他", "（七）总计", "总计", "自然人",
    "四、结转下年度继续办理", "结果维持", "尚未审结", "行政复议", "未经复议直接起诉", "本年度办理结果", "申请人情况",
    "规章",
]  # fmt: skip
LAYOUT_MARKS = [
    "0",
    "1",
    "12",
    "１",
    "/",
    "—",
    "|",
    "|---|",
    "\t",
    "\n",
    "\r\n",
    " ",
    "\u3000",
    "#",
    "**",
    "。",
    "\x00",
]
PIECES = st.sampled_from([*FORM_WORDS, *LAYOUT_MARKS]) | st.text(max_size=6)
ANY_TEXT = st.lists(PIECES, max_size=80).map("".join)


@st.composite
def damaged_reports(draw: st.DrawFn) -> str:
    """A whole report in any layout with a few stretches cut out, doubled or overwritten."""
    form = draw(st.sampled_from(["2021", "2019"]))
    text = report(form, figures(form), LAYOUTS[draw(st.sampled_from(sorted(LAYOUTS)))], headings=draw(st.booleans()))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        text = text[:start] + draw(st.sampled_from(["", text[start:end] * 2, *FORM_WORDS, "7", "\n"])) + text[end:]
    return text


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT | damaged_reports())
def test_every_visible_character_has_exactly_one_owner(text: str) -> None:
    document = read_document("2023.txt", text.encode("utf-8", errors="surrogatepass"))
    assert miscounted(fill_form(document), document.lines) == {}


def test_a_heading_that_runs_into_the_first_words_of_its_table_has_one_owner() -> None:
    """Found by fuzzing: the marks before the heading hid that heading and table share a piece of text."""
    document = read_document(
        "2023.txt", "##二、主动公开政府信息情况第二十条第（一）项\n规章 0 0 0\n行政许可 1".encode()
    )
    assert miscounted(fill_form(document), document.lines) == {}


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT | damaged_reports())
def test_every_entry_stands_where_its_span_says(text: str) -> None:
    document = Document(tuple(text.split("\n")))
    for table in fill_form(document).tables.values():
        for row in table.rows:
            for entry in row.entries:
                line, start, end = entry.span
                assert document.lines[line - 1][start:end] == entry.raw


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT | damaged_reports())
def test_reading_twice_says_the_same(text: str) -> None:
    document = Document(tuple(text.split("\n")))
    assert fill_form(document) == fill_form(document)


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT)
def test_setting_the_narrative_loses_and_doubles_nothing(text: str) -> None:
    for section in fill_form(Document(tuple(text.split("\n")))).sections:
        found = blocks(section)
        cells = [cell for block in found for row in block.rows for cell in row]
        held = [*cells, *(piece for block in found for piece in (block.text, block.marks))]
        assert visible(held) == visible([section.text])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_can_be_read_and_proved(content: bytes) -> None:
    assert read_report("2023.txt", content).file == "2023.txt"
