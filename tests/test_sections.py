"""Headings, sections, and the setting of the narrative."""

from __future__ import annotations

import pytest
from disclosure.form.fill import fill_form
from disclosure.form.identity import identify
from disclosure.form.narrative import Block, blocks
from disclosure.form.sections import find_headings
from disclosure.model import Section
from disclosure.read.document import Document


def found(*lines: str) -> list[tuple[str, int]]:
    return [(heading.id, heading.span.line) for heading in find_headings(lines)]


@pytest.mark.parametrize(
    "line",
    ["五、存在的主要问题及改进情况", "## 五、 存在的主要问题及改进情况", "**五、存在的主要问题及改进情况**",
     "5、存在的主要问题及改进情况", "存在的主要问题及改进情况", "五、政府信息公开工作存在的主要问题及改进情况",
     "五、存在的主要问题及改进情兄", "五、存在的主要题问及改进况情"],
)  # fmt: skip
def test_headings_as_offices_write_them(line: str) -> None:
    assert found("正文。", line) == [("problems", 2)]


@pytest.mark.parametrize(
    "line", ["（二）主动公开政府信息情况", "(二) 主动公开政府信息情况", "主动公开政府信息情况如下。"]
)
def test_a_sub_heading_that_repeats_a_title_opens_no_section(line: str) -> None:
    assert found("一、总体情况", line, "三、收到和处理政府信息公开申请情况") == [("overview", 1), ("requests", 3)]


def test_headings_are_kept_in_the_order_of_the_form() -> None:
    lines = ("六、其他需要报告的事项", "一、总体情况", "二、主动公开政府信息情况", "五、存在的主要问题及改进情况")
    assert [name for name, _ in found(*lines)] == ["overview", "proactive", "problems"]


def test_headings_inside_one_long_line_are_found() -> None:
    line = (
        "报告 " + "一、总体情况 本年工作有序开展。" * 1 + " " + "甲" * 60 + "。 五、存在的主要问题及改进情况 有待加强。"
    )
    filling = fill_form(Document((line,)))
    assert [(section.id, section.text.strip()[:4]) for section in filling.sections] == [
        ("preamble", "报告"),
        ("overview", "本年工作"),
        ("problems", "有待加强"),
    ]


def test_a_heading_is_kept_without_the_marks_around_it_and_the_marks_are_not_lost() -> None:
    filling = fill_form(Document(("## **一、总体情况**", "有序。")))
    (section,) = filling.sections
    assert (section.heading, section.line, section.lines) == ("一、总体情况", 1, ((2, "有序。"),))
    assert [label.text for label in filling.labels] == ["## **", "**"]


def setting(*lines: str) -> list[Block]:
    return blocks(Section("overview", "一、总体情况", 1, tuple(enumerate(lines, start=2))))


def test_a_paragraph_cut_by_a_page_break_is_joined_and_keeps_its_first_line() -> None:
    (block,) = setting("要点包括依申请公开、平台建设、监督保障，明确各项任务的评价标准和责", "任单位，确保落到实处。")
    assert (block.kind, block.line) == ("paragraph", 2)
    assert block.text.endswith("评价标准和责任单位，确保落到实处。")


def test_a_paragraph_cut_many_times_is_joined_in_one_pass() -> None:
    """Quadratic, this would take minutes."""
    lines = ["要点包括依申请公开、平台建设、监督保障，明确各项任务的评价标准和责"] * 30_000
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


@pytest.mark.parametrize(
    ("lines", "name", "found_in", "year"),
    [
        (["# 试验街道办事处2021年政府信息公开工作年度报告"], "试验街道办事处", "title", 2021),
        (["试验县试验街道办事处 2020 年 政府信息公开工作年度报告"], "试验县试验街道办事处", "title", 2020),
        (["关于试验镇人民政府2022年度政府信息公开工作的年度报告"], "试验镇人民政府", "title", 2022),
        (["试验镇人民政府2024政府信息公开工作年度报告"], "试验镇人民政府", "title", 2024),
        (["试验县人力资源和社会保障局", "2023年政府信息公开工作年度报告"], "试验县人力资源和社会保障局", "title", 2023),
        (["现公布试验乡人民政府2022年政府信息公开工作年度报告。"], "试验乡人民政府", "title", 2022),
        (
            ["本报告由试验街道办事处按照条例编制。", "统计期限自2021年1月1日起至2021年12月31日止。"],
            "试验街道办事处",
            "preamble",
            2021,
        ),
        (["本报告统计期限自20241月1日至202412月31日。"], None, None, 2024),
        (["我镇2023年工作有序开展。"], None, None, None),
        (["本机关2023年政府信息公开工作年度报告"], None, None, 2023),
    ],
)
def test_who_reports_on_which_year(lines: list[str], name: str | None, found_in: str | None, year: int | None) -> None:
    identity = identify(lines)
    assert (identity.name, identity.found_in, identity.year) == (name, found_in, year)
