"""Office and year from the title, whatever stands before it and whatever happened to it."""

from __future__ import annotations

import pytest
from disclosure.form.identity import identify
from layouts import report
from test_fill import TRUE, certain, fill

TITLE = "试验镇人民政府2023年政府信息公开工作年度报告"
CHROME = "首页 > 2019\n索引号：11410481005\n字号：大 中 小\n发布日期：2024-01-15\n浏览次数：1203\n文件已失效\n"


@pytest.mark.parametrize(
    "title",
    [
        "试验镇人民政府2023年政府信息公开工作告年度报",
        "2023试验镇人民政府2023年度政府信息公开工作年度报告",
        "关于2023年度试验镇人民政府政府信息公开工作的年度报告",
        "试验镇人民政府\n2023年政府信息公开\n工作年度报告",
        f"正文\n{TITLE}",
        f"打印 分享\n{TITLE}",
        "试验镇人民政府2023政府信息公开工作年度报告",
        "2023年试验镇人民政府政府信息公开工作年度报告",
        "试验镇人民政府政府信息公开工作年度报告（2023年）",
        "试验镇人民政府政府信息公开工作年度报告\n（2023年度）",
        "试验镇人民政府二〇二三年政府信息公开工作年度报告",
        "试验镇人民政府２０２３年政府信息公开工作年度报告",
        f"首页 > 政府信息公开年报 > {TITLE}",
        f"【年报】{TITLE}",
        f"信息名称： {TITLE}",
        f"文件已失效 {TITLE}",
        f"现行有效 标题：{TITLE}",
        f"标题:{TITLE}",
    ],
)
def test_a_garbled_title_still_names_office_and_year(title: str) -> None:
    identity = identify([*title.split("\n"), "一、总体情况"])
    assert (identity.name, identity.year, identity.found_in) == ("试验镇人民政府", 2023, "title")


@pytest.mark.parametrize("line", [f"转发《{TITLE}》", f"相关阅读：{TITLE}", f"上一篇 {TITLE}"])
def test_a_title_that_is_only_spoken_of_is_not_the_title(line: str) -> None:
    assert identify([line, "一、总体情况"]).found_in is None


def test_a_name_may_begin_as_we_speak_of_ourselves() -> None:
    """样本街道 holds 本街道, which is what an office calls itself."""
    assert identify(["样本街道办事处2023年政府信息公开工作年度报告"]).name == "样本街道办事处"
    assert identify(["本街道办事处2023年政府信息公开工作年度报告"]).name is None


def test_a_title_broken_over_lines_stands_on_its_first() -> None:
    assert identify(["试验镇人民政府", "2023年政府信息公开", "工作年度报告"]).name_line == 1


@pytest.mark.parametrize(
    "parts", [["试验", "镇人民政府"], ["首页", "试验", "街道办事处"], ["试验区", "人民政府办公室"]]
)
def test_the_kind_of_a_body_alone_is_no_name(parts: list[str]) -> None:
    title = "2023年政府信息公开工作年度报告"
    assert identify([parts[-1] + title]).name is None
    assert identify([*parts, title]).name == "".join(parts[-2:])
    assert identify([*parts, title]).name_line == len(parts) - 1


def test_a_year_run_together_with_the_month_is_no_year_of_the_title() -> None:
    assert identify(["试验镇人民政府20241月1日政府信息公开工作年度报告"]).found_in is None


def test_what_the_page_prints_before_the_title_is_no_number_of_a_table() -> None:
    filling = fill(CHROME + report("2021", TRUE["2021"]))
    assert (filling.identity.name, filling.identity.year) == ("试验镇人民政府", 2023)
    assert certain(filling) == TRUE["2021"]
    assert filling.unplaced == ()


def test_a_page_with_readings_behind_its_characters_is_a_clone_and_is_refused() -> None:
    """Copies of government pages on foreign domains print 報(bào)告(gào); what they say is not the office's word."""
    readings = "試(shì)驗(yàn)鎮(zhèn)人民政府2023年政府信息公開(kāi)工作年度報(bào)告，依據(jù)條(tiáo)例編(biān)制。"
    filling = fill(readings + "\n" + report("2021", TRUE["2021"]))
    assert filling.form is None
    assert [(note.rule, note.line) for note in filling.notes] == [("not-an-annual-report", 1)]
    assert "拼音" in filling.notes[0].message


def test_one_reading_in_a_report_is_no_clone() -> None:
    filling = fill(report("2021", TRUE["2021"], sections={"一": "在滹(hū)沱河沿岸开展宣传。"}))
    assert certain(filling) == TRUE["2021"]
