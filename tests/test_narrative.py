"""The setting of the narrative: paragraphs, headings, lists, signatures; and that nothing of it is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from disclosure.form.fill import fill_form
from disclosure.form.narrative import Block, blocks
from disclosure.form.narrative_lines import MOST_LINES
from disclosure.model import Section
from disclosure.read import read_document
from disclosure.read.document import Document
from disclosure.workshop import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

CUT = "要点包括依申请公开、平台建设、监督保障，明确各项任务的评价标准和责"
WRAPPED = (
    "（一）试验镇持续推进重点领域信息公开工作，全年通过门户网站发布",
    "信息364条。规范公开流程，落实审核制度，回应群众关切。规范公开流",
    "程并落实审核制度并回应群众关切并规范公开流程并落实审核制度并回",
    "应群众关切。",
    "（二）试验镇持续推进重点领域信息公开工作，全年通过门户网站发布",
    "信息35条。规范公开流程，落实审核制度，回应群众关切，持续改进。",
    "下一年度继续加强工作。",
)
"""As a PDF gives it: one line for each line of print, 31 characters wide."""


def section(*lines: str, name: str = "overview", tables: tuple[range, ...] = (), wrap: int = 0) -> Section:
    return Section(name, "一、总体情况", 1, tuple(enumerate(lines, start=2)), tables, wrap)


def setting(*lines: str, wrap: int = 0) -> list[Block]:
    return blocks(section(*lines, wrap=wrap))


def outline(*lines: str) -> list[tuple[str, int]]:
    return [(block.kind, block.level) for block in setting(*lines)]


# Paragraphs


def test_lines_of_print_become_the_paragraphs_that_were_printed() -> None:
    (overview,) = fill_form(Document(("一、总体情况", *WRAPPED))).sections
    assert overview.wrap == 63
    texts = [block.text for block in blocks(overview)]
    assert texts == ["".join(WRAPPED[:4]), "".join(WRAPPED[4:6]), WRAPPED[6]]


def test_lines_that_are_whole_paragraphs_have_no_wrap() -> None:
    lines = ("一、总体情况", "甲" * 30 + "。", "乙" * 45 + "。", "丙" * 60 + "。", "丁" * 22 + "。")
    (overview,) = fill_form(Document(lines)).sections
    assert overview.wrap == 0


def test_a_short_line_ends_its_paragraph_where_lines_are_cut() -> None:
    assert len(setting("甲" * 15 + "乙" * 5, "丙" * 31 + "。", wrap=62)) == 2


def test_a_full_line_that_ends_with_a_full_stop_is_joined_only_where_paragraphs_are_indented() -> None:
    full = "本" * 30 + "。"
    assert len(setting(full, "丙丁。", wrap=62)) == 2
    assert len(setting(f"\u3000\u3000{full[2:]}", "丙丁。", wrap=62)) == 1
    assert len(setting(f"\u3000\u3000{full[2:]}", "\u3000\u3000丙丁。", wrap=62)) == 2


def test_a_word_that_would_not_have_fitted_is_no_end_of_a_paragraph() -> None:
    """Word takes 2023-12345-67890 to the next line as a whole."""
    assert len(setting("甲" * 24, "2023-12345-67890号件。", wrap=62)) == 1
    assert len(setting("甲" * 24, "号件。", wrap=62)) == 2


@pytest.mark.parametrize("mark", ["- 3 -", "—12—", "第 3 页", "第3页 共8页", "Page 3"])
def test_a_paragraph_goes_on_behind_the_mark_of_a_page(mark: str) -> None:
    paragraph, page = setting(CUT, mark, "任单位，确保落到实处。")
    assert paragraph.text == f"{CUT}任单位，确保落到实处。"
    assert (page.kind, page.text, page.marks, page.line) == ("mark", "", mark, 3)


def test_a_bare_number_between_two_lines_is_left_in_the_text() -> None:
    """It may be the number of a page, or of what the sentence counts: “信息 12 条”."""
    assert "12" in "".join(block.text for block in setting(CUT, "12", "任单位，确保落到实处。"))


def test_only_two_latin_words_get_a_blank_where_their_line_broke() -> None:
    before = "可在门户网站查阅，地址为本机关官方网站，也可发送邮件联系 abc"
    assert setting(before, "def。")[0].text.endswith("abc def。")
    assert setting(before, "本机关。")[0].text.endswith("abc本机关。")
    assert setting(before, "123。")[0].text.endswith("abc123。")


def test_no_paragraph_begins_with_a_closing_mark() -> None:
    (block,) = setting("本年工作有序", "。")
    assert block.text == "本年工作有序。"


def test_what_a_section_has_beyond_the_most_lines_is_one_paragraph() -> None:
    lines = ["本年工作有序。"] * (MOST_LINES + 3)
    assert [block.text for block in setting(*lines)[-2:]] == [lines[0], "".join(lines[:3])]


def test_a_number_on_a_line_of_its_own_goes_on_with_the_next() -> None:
    assert [(block.kind, block.text) for block in setting("（一）", "主动公开", "1.", "网站有序。")] == [
        ("heading", "（一）主动公开"),
        ("item", "1.网站有序。"),
    ]
    assert len(setting("（一）", "（二）主动公开")) == 2


def test_a_rule_across_the_page_ends_a_paragraph_and_prints_nothing() -> None:
    assert [block.kind for block in setting(CUT, "-----", "任单位，确保落到实处。")] == [
        "paragraph",
        "mark",
        "paragraph",
    ]


def test_signature_and_date_are_lines_of_their_own() -> None:
    shown = setting(f"{CUT}任单位，确保各项任务落到实处，主动接受监督", "试验镇人民政府", "2023年1月15日")
    assert [(block.kind, block.text) for block in shown[1:]] == [
        ("closing", "试验镇人民政府"),
        ("closing", "2023年1月15日"),
    ]


@pytest.mark.parametrize(
    "date", ["二〇二三年一月十五日", "2023 年 1 月 15 日", "2023-01-15", "（发布日期：2023年1月15日）"]
)
def test_dates_as_offices_write_them(date: str) -> None:
    assert [block.kind for block in setting("工作有序。", date)] == ["paragraph", "closing"]


def test_a_name_without_a_date_is_no_signature() -> None:
    assert [block.kind for block in setting("工作有序。", "试验镇人民政府")] == ["paragraph", "paragraph"]


def test_the_date_below_a_title_is_no_signature() -> None:
    assert [block.kind for block in blocks(section("年度报告", "2023年1月15日", name="preamble"))] == ["paragraph"] * 2


# Headings and lists


def test_levels_of_headings_follow_the_kinds_of_numbers_in_use() -> None:
    lines = ("一、公开", "（一）主动公开", "1.网站", "本年更新。", "（二）依申请公开", "全年没有。")
    assert outline(*lines) == [
        ("heading", 3),
        ("heading", 4),
        ("heading", 5),
        ("paragraph", 0),
        ("heading", 4),
        ("paragraph", 0),
    ]
    assert outline("1.网站", "本年更新。") == [("heading", 3), ("paragraph", 0)]


@pytest.mark.parametrize(
    "numbers", ["1.|2.|3.", "（1）|（2）|（3）", "1）|2）|3）", "①|②|③", "一是|二是|三是", "第一，|第二，|第三，"]
)
def test_short_numbered_lines_one_behind_the_other_are_a_list(numbers: str) -> None:
    shown = setting(*(f"{number}加强培训" for number in numbers.split("|")))
    assert [(block.kind, block.level, block.number) for block in shown] == [
        ("item", 1, number) for number in numbers.split("|")
    ]
    assert [block.text for block in shown] == [f"{number}加强培训" for number in numbers.split("|")]


def test_short_numbered_lines_with_text_below_are_headings() -> None:
    assert outline("1.网站", "本年更新。", "2.公示栏", "本年更换。")[::2] == [("heading", 3), ("heading", 3)]


@pytest.mark.parametrize("bullet", ["-", "*", "+", "•", "●", "◆", "■", "·", "\uf06c"])
def test_bullets_are_taken_off_and_kept_in_the_account(bullet: str) -> None:
    (block,) = setting(f"{bullet} 加强培训。")
    assert (block.kind, block.text, block.number, block.marks) == ("item", "加强培训。", "", bullet)


@pytest.mark.parametrize("line", ["-3件。", "*注：数据截至年底。", "+86电话。", "-"])
def test_a_sign_without_a_blank_is_no_bullet(line: str) -> None:
    (block,) = setting(line)
    assert (block.kind, block.text) == ("paragraph", line)


def test_another_kind_of_number_that_begins_anew_is_nested() -> None:
    lines = ("1.公开。有序。", "（1）网站。有序。", "①首页。", "②栏目。", "（2）公示栏。", "2.培训。有序。", "- 两期。")
    assert [block.level for block in setting(*lines)] == [1, 2, 3, 3, 2, 1, 2]


@pytest.mark.parametrize(
    ("lines", "levels"),
    [
        (("1.公开。", "（3）网站。"), [1, 1]),
        (("（1）网站。", "1.公开。"), [1, 1]),
        (("1.公开。", "其间有一段。", "①网站。"), [1, 0, 1]),
        (("1.公开。", "- 3 -", "①网站。"), [1, 0, 2]),
    ],
)
def test_nothing_is_nested_where_that_is_not_certain(lines: tuple[str, ...], levels: list[int]) -> None:
    assert [block.level for block in setting(*lines)] == levels


def test_a_short_line_in_bold_is_a_heading() -> None:
    assert outline("**主动公开**", "有序。") == [("heading", 3), ("paragraph", 0)]
    assert outline("**本年工作有序开展。**") == [("paragraph", 0)]


def test_underscores_to_be_filled_in_are_no_bold() -> None:
    (block,) = setting("地址：________，电话：____。")
    assert (block.text, block.strong, block.marks) == ("地址：________，电话：____。", (), "")


def test_a_paragraph_cut_by_a_page_break_is_joined_and_keeps_its_first_line() -> None:
    (block,) = setting("要点包括依申请公开、平台建设、监督保障，明确各项任务的评价标准和责", "任单位，确保落到实处。")
    assert (block.kind, block.line) == ("paragraph", 2)
    assert block.text.endswith("评价标准和责任单位，确保落到实处。")


def test_a_paragraph_cut_many_times_is_joined_in_one_pass() -> None:
    """Quadratic, this would take minutes."""
    lines = ["要点包括依申请公开、平台建设、监督保障，明确各项任务的评价标准和责"] * MOST_LINES
    (block,) = setting(*lines)
    assert len(block.text) == sum(map(len, lines))


@pytest.mark.parametrize(
    "second", ["二是加强培训。", "（二）平台建设。", "2.健全制度。", "## 小标题", "三、下一步", "- 公示栏"]
)
def test_a_numbered_line_starts_a_block_of_its_own(second: str) -> None:
    assert len(setting("要点包括依申请公开、平台建设、监督保障，明确各项任务的评价标准和责", second)) == 2


def test_a_title_without_a_comma_is_not_run_into_the_next_line() -> None:
    assert len(setting("试验县试验街道办事处 2023 年政府信息公开工作年度报告", "根据有关规定，制作本报告。")) == 2


@pytest.mark.parametrize(
    ("line", "kind", "level"),
    [
        ("（一）主动公开情况", "heading", 3),
        ("##### (一) 存在问题", "heading", 3),
        ("一是健全组织，责任到人", "heading", 3),
        ("（一）主动公开情况。本年公开15条。", "item", 1),
        ("1. 提高认识。加强宣传。", "item", 1),
        ("本年工作有序开展。", "paragraph", 0),
        ("无", "paragraph", 0),
        ("2023.5万元用于平台建设，其余结转。", "paragraph", 0),
    ],
)
def test_kinds_of_blocks(line: str, kind: str, level: int) -> None:
    (block,) = setting(line)
    assert (block.kind, block.level) == (kind, level)


def test_bold_becomes_ranges_of_the_plain_text() -> None:
    (block,) = setting("**（一）公开。**一是**完善制度。**建立机制。")
    assert block.text == "（一）公开。一是完善制度。建立机制。"
    assert [block.text[start:end] for start, end in block.strong] == ["（一）公开。", "完善制度。"]


# Formats

DOCUMENTS = ROOT.parent / "shared" / "documents"


@pytest.mark.skipif(not DOCUMENTS.exists(), reason="the shared documents are not here")
@pytest.mark.parametrize("name", ["doc00", "doc02"])
def test_one_report_has_the_same_paragraphs_in_every_format(name: str) -> None:
    def paragraphs(suffix: str) -> list[tuple[str, str, str]]:
        file = DOCUMENTS / f"{name}{suffix}"
        filling = fill_form(read_document(file.name, file.read_bytes()))
        return [
            (part.id, block.kind, block.text)
            for part in filling.sections
            for block in blocks(part)
            if block.kind != "mark"
        ]

    printed = paragraphs(".docx")
    assert len(printed) > 5
    assert paragraphs(".html") == printed
    assert paragraphs(".pdf") == printed


# Nothing is lost

PARTS = st.sampled_from(
    ["一、", "（一）", "1.", "2.", "（1）", "①", "一是", "- ", "● ", "## ", "**", "__", "\t", "|", "|---|---|",
     "。", "，",
     "- 3 -", "第3页",
     "试验镇人民政府", "2023年1月15日", "15", "abc", " ", "\u3000\u3000", "-----", "公开信息", CUT, "甲" * 28]
)  # fmt: skip
LINES = st.lists(st.lists(PARTS | st.text(max_size=4), max_size=6).map("".join), max_size=12)


def visible(*texts: str) -> Counter[str]:
    return Counter(character for text in texts for character in text if not character.isspace())


@settings(max_examples=500, deadline=None)
@given(
    LINES,
    st.sampled_from([0, 56, 62]),
    st.lists(st.integers(2, 13), max_size=4),
    st.sampled_from(["preamble", "other"]),
)
def test_blocks_hold_every_visible_character_once(lines: list[str], wrap: int, cuts: list[int], name: str) -> None:
    bounds = sorted(set(cuts))
    tables = tuple(range(one, other) for one, other in zip(bounds[::2], bounds[1::2], strict=False))
    printed = tuple((number, text) for number, text in enumerate(lines, start=2) if text.strip())
    found = blocks(Section(name, "", 1, printed, tables, wrap))
    held = [
        piece for block in found for piece in (block.text, block.marks, *(cell for row in block.rows for cell in row))
    ]
    assert visible(*held) == visible(*(text for _, text in printed))
    assert [block.line for block in found] == sorted({block.line for block in found})
    for block in found:
        assert block.text.startswith(block.number)
        assert len({len(row) for row in block.rows}) <= 1
        assert all(0 <= start < end <= len(block.text) for start, end in block.strong)
