"""Headings, sections, and who reports on which year."""

from __future__ import annotations

import pytest
from disclosure.form.fill import fill_form
from disclosure.form.identity import identify
from disclosure.form.sections import find_headings
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


@pytest.mark.parametrize("leader", ["……………", "........", "\t", "···· "])
def test_a_table_of_contents_opens_no_section(leader: str) -> None:
    contents = (f"一、总体情况{leader}1", f"二、主动公开政府信息情况{leader}12")
    assert found(*contents, "一、总体情况", "好。") == [("overview", 3)]


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
