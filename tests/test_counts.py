"""The counts that the narrative states: what is one, its value, unit, subject and place; and what is none."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from disclosure.check.counts import Count, counts_in
from disclosure.check.numerals import parse_quantity
from disclosure.check.sentences import clean, printed_offset
from disclosure.form.folding import half_width
from disclosure.model import Number, Section, Span
from disclosure.workshop import ROOT
from hypothesis import given
from hypothesis import strategies as st


def section(*lines: str, tables: tuple[range, ...] = (), wrap: int = 0) -> Section:
    return Section("overview", "一、总体情况", 1, tuple(enumerate(lines, start=2)), tables, wrap)


def counts(*lines: str) -> tuple[Count, ...]:
    return counts_in(section(*lines))


def values(*lines: str) -> list[tuple[Number, str]]:
    return [(count.value, count.unit) for count in counts(*lines)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("主动公开政府信息15条。", [(15, "条")]),
        ("主动公开政府信息１，２３４条。", [(1234, "条")]),
        ("主动公开政府信息1,234,567条。", [(1_234_567, "条")]),
        ("主动公开政府信息 15 条。", [(15, "条")]),
        ("主动公开政府信息**15**条。", [(15, "条")]),
        ("主动公开政府信息一百二十三条。", [(123, "条")]),
        ("召开会议两次，培训二十期。", [(2, "次"), (20, "期")]),
        ("发布信息一千〇五篇。", [(1005, "篇")]),
        ("网站访问量1.2万次。", [(12_000, "次")]),
        ("网站访问量3千次，点击2亿次。", [(3000, "次"), (200_000_000, "次")]),
        ("收取信息处理费300元。", [(300, "元")]),
        ("投入12.5万元，其中设备三万元。", [(Decimal("12.5"), "万元"), (3, "万元")]),
        ("投入资金3.20亿元。", [(Decimal("3.2"), "亿元")]),
        ("投入资金一万二千元。", [(12_000, "元")]),
        ("培训120人次，覆盖15个村。", [(120, "人次"), (15, "个")]),
        ("2021年1件，2022年2件。", [(1, "件"), (2, "件")]),
        ("12月31日前办结3件。", [(3, "件")]),
        ("12345热线转办3件。", [(3, "件")]),
        ("收到申请零件，办结零件。", [(0, "件")]),
        ("收到申请一件。", [(1, "件")]),
        ("新增3个栏目。", [(3, "个")]),
        ("由3件增加到5件。", [(5, "件")]),
        ("（总计）15件", [(15, "件")]),
    ],
)
def test_a_number_with_its_unit_is_a_count(text: str, expected: list[tuple[Number, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2022年12月31日。",
        "国办公开办函〔2021〕30号文件。",
        "政发[2021]5件，政发（2021）6件。",
        "联系电话0537-6528001，邮编467500。",
        "电话：0537-12345件。",
        "第3次会议，第三次会议，第五十条，第2期。",
        "办结率100%，提高12.5%，增长3.5个百分点。",
        "在20个工作日内答复，3个月内办结，值守24个小时。",
        "每年2次，每季度1次，平均3件，人均2份。",
        "比上年增加3件，减少了5件，同比多2件。",
        "公开3-5条，公开3至5条，公开3条至5条。",
        "约两三次，有七八个，数百条，上百条，几十件，若干件。",
        "推进一件事一次办，提供一条龙服务，进一步公开，统一条目，再一次公开。",
        "未收到一件举报，没有一次投诉，无一份异议。",
        "贯彻“两个维护”和《意见二十条》。",
        "共公开12 3条。",
        "共公开5，120条。",
        "共公开12345,678条。",
        "共公开2.3条。",
        "1、2件，3、4件。",
        "制定3条例，设5部门，有2个人材料，4名录，6项目。",
        "机械零件。",
        "9:30件，A4份，v2次。",
        "1.公开信息。",
    ],
)
def test_what_is_no_count(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("公开信息30余条。", 30),
        ("公开信息30多条。", 30),
        ("公开信息300余份。", 300),
        ("公开信息1万余条。", 10_000),
        ("公开信息10多万条。", 100_000),
        ("公开信息30条以上。", 30),
        ("公开信息30条左右。", 30),
        ("公开信息约30条。", 30),
        ("公开信息近30条。", 30),
        ("公开信息超过30条。", 30),
        ("公开信息不少于30条。", 30),
        ("公开信息不超过30条。", 30),
        ("公开信息达到近30条。", 30),
        ("公开信息大约三十条。", 30),
    ],
)
def test_a_hedge_is_kept(text: str, value: int) -> None:
    ((count),) = counts(text)
    assert (count.value, count.approximate) == (value, True)


@pytest.mark.parametrize("text", ["公开信息30条。", "公开信息共计30条，以上为全年数。", "公开信息达30条。"])
def test_a_number_without_a_hedge_is_exact(text: str) -> None:
    ((count),) = counts(text)
    assert not count.approximate


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("2022年，我镇共主动公开政府信息15条。", "主动公开政府信息"),
        ("全年新收政府信息公开申请18件。", "新收政府信息公开申请"),
        ("本机关收到8件政府信息公开申请。", "收到政府信息公开申请"),
        ("公开信息数量：共计15条。", "公开信息数量"),
        ("主动公开政府信息（总计）15条。", "主动公开政府信息"),
        ("全年投入培训经费共约3万元。", "投入培训经费"),
        ("被申请行政复议2件，被提起行政诉讼1件。", "被申请行政复议"),
        ("其中，网上办件2245件。", "网上办件"),
        ("15件。", ""),
    ],
)
def test_the_words_of_what_is_counted(text: str, about: str) -> None:
    assert counts(text)[0].about == about


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("本年度未收到政府信息公开申请。", ["政府信息公开申请"]),
        ("全年没有收到公民、法人和其他组织提出的政府信息公开申请。", ["政府信息公开申请"]),
        ("无政府信息公开申请，未发生行政诉讼。", ["政府信息公开申请", "行政诉讼"]),
        ("没有因政府信息公开引起的行政复议、行政诉讼。", ["行政复议", "行政诉讼"]),
        ("未被申请行政复议。", []),
        ("未发生因信息公开被申请行政复议的情况。", ["行政复议"]),
        ("未收到政府信息公开申请人的投诉。", []),
        ("没有不予公开的情形。", []),
        ("无。", []),
    ],
)
def test_none_said_in_words_is_a_count_of_zero(text: str, about: list[str]) -> None:
    assert [(count.value, count.about, count.approximate) for count in counts(text)] == [
        (0, one, False) for one in about
    ]


# Places


def test_a_count_stands_where_its_span_says() -> None:
    lines = ("工作有序。", "\u3000\u3000共公开 信息１，２３４ 条；培训**3** 次。")
    found = counts_in(section(*lines))
    assert [(count.text, count.span) for count in found] == [
        ("１，２３４ 条", Span(3, 8, 15)),
        ("3** 次", Span(3, 20, 25)),
    ]
    for count in found:
        assert lines[count.span.line - 2][count.span.start : count.span.end] == count.text


def test_a_count_of_none_stands_where_its_wording_begins() -> None:
    ((count),) = counts("工作有序。本年度未收到政府信息公开申请。")
    assert (count.span, count.text) == (Span(2, 8, 19), "未收到政府信息公开申请")


def test_the_unit_may_stand_on_the_next_line() -> None:
    ((count),) = counts("试验镇严格按照条例办理依申请公开工作，全年共收到政府信息公开申请5", "件。")
    assert (count.value, count.span, count.text) == (5, Span(2, 32, 33), "5件")


@pytest.mark.parametrize(
    "lines",
    [
        ("试验镇严格按照条例办理依申请公开工作，全年共收到政府信息公开申请1", "2件。"),
        ("全年收到申请1", "2件。"),
        ("全年收到申请1", "- 3 -", "2件。"),
    ],
)
def test_a_number_that_two_lines_may_share_is_left_alone(lines: tuple[str, ...]) -> None:
    assert counts(*lines) == ()


def test_cells_of_a_table_state_no_counts() -> None:
    assert counts_in(section("申请\t5件", "办结\t4件", tables=(range(2, 4),))) == ()
    assert counts("| 申请 | 5件 |", "| 办结 | 4件 |") == ()


def test_counts_come_in_the_order_of_their_places() -> None:
    text = "未收到政府信息公开申请，公开信息3条，未发生因信息公开引起的行政诉讼。"
    assert [count.value for count in counts(text)] == [0, 3, 0]


def test_the_readout_shows_the_counts(tmp_path: Path) -> None:
    file = tmp_path / "2022.txt"
    text = "试验镇人民政府2022年政府信息公开工作年度报告\n一、总体情况\n全年公开信息约1.2万条，投入12.5万元。\n"
    file.write_text(text, encoding="utf-8")
    command = [sys.executable, str(ROOT / "scripts" / "read_report.py"), "--json", str(file)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    assert told["counts"] == [
        {"line": 3, "text": "1.2万条", "value": 12_000, "unit": "条", "about": "公开信息", "approximate": True},
        {"line": 3, "text": "12.5万元", "value": 12.5, "unit": "万元", "about": "投入"},
    ]


# Whatever the text

WORDS = st.sampled_from(
    ["收到", "未收到", "没有", "无", "政府信息公开申请", "行政复议", "行政诉讼", "公开信息", "约", "近", "余", "以上",
     "第", "每年", "增加", "一", "十", "百", "万", "两", "零", "1", "2,345", "３", "12.5", "件", "条", "次", "人次",
     "万元", "个", "工作日", "年", "，", "。", "、", "：", "（", "）", "“", "”", "\t", " ", "**", "- 3 -", "|"]
)  # fmt: skip
LINES = st.lists(st.lists(WORDS | st.text(max_size=3), min_size=1, max_size=12).map("".join), max_size=6)


@given(LINES)
def test_every_count_is_whole_and_stands_in_its_line(lines: list[str]) -> None:
    printed = {number: text for number, text in enumerate(lines, start=2) if text.strip()}
    for count in counts_in(Section("other", "", 1, tuple(printed.items()))):
        shown = printed[count.span.line][count.span.start : count.span.end]
        assert shown
        assert count.text.startswith(shown)
        assert count.value >= 0


@given(st.text(max_size=20) | st.lists(WORDS | st.sampled_from("＊＃｜⼀\u200b"), max_size=8).map("".join))
def test_every_character_of_a_sentence_is_found_in_its_line(printed: str) -> None:
    cleaned = clean(printed)
    assert [half_width(printed[printed_offset(printed, at)]) for at in range(len(cleaned))] == list(cleaned)


@given(st.integers(0, 9_999_999), st.sampled_from(["{}", "{:,}"]))
def test_any_whole_number_is_read(value: int, written: str) -> None:
    assert values(f"公开信息{written.format(value)}条。") == [(value, "条")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.2万", 12_000),
        ("1.25", Decimal("1.25")),
        ("3百", 300),
        ("2亿", 200_000_000),
        ("1,234.5", Decimal("1234.5")),
        ("100", 100),
        ("1.20", Decimal("1.2")),
        ("十二", 12),
        ("1.2.3", None),
        ("", None),
    ],
)
def test_quantities(text: str, value: Number | None) -> None:
    assert parse_quantity(text) == value
