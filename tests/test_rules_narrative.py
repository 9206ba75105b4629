"""The rule that compares text with tables, and what it understands of the text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import granted, make_office, make_report, said
from disclosure.check import check_report
from disclosure.check.claims import (
    CARRIED_IN,
    CARRIED_OUT,
    IN_FORCE,
    ISSUED,
    LITIGATION,
    NEW,
    RECEIVED,
    RECONSIDERATION,
    Teller,
    claims_in,
)
from disclosure.check.counts import counts_in
from disclosure.check.numerals import parse_count
from disclosure.model import Cell, Report, Section, Status
from hypothesis import given
from hypothesis import strategies as st

RECEIVED_TOTAL = (Cell("requests", "received", "total"),)
RULE = "narrative-contradicts-table"


def counts(text: str, section: str = "overview", names: tuple[str, ...] = ("样例镇人民政府",)) -> list[tuple[str, int]]:
    """Measures and values that the text states, in a report for 2022."""
    report = make_report(sections={"problems": (), "other": (), "overview": (), section: [text]})
    found = [count for one in report.filling.sections for count in counts_in(one)]
    return [(claim.measure, claim.value) for claim in claims_in(found, Teller(2022, names))]


def messages(report: Report) -> list[tuple[int | None, tuple[Cell, ...], str]]:
    return said(check_report(report, make_office()), RULE)


def test_narrative_contradicts_table_fires_at_the_line_of_the_text() -> None:
    texts = {"overview": ["本机关依法公开。", "全年新收政府信息公开申请２２件，上年结转0件。"]}
    report = make_report(requests=granted(natural_person=18), sections=texts)
    assert messages(report) == [
        (
            4,
            RECEIVED_TOTAL,
            "正文写“全年新收政府信息公开申请22件”，表三“本年新收”总计是 18。文字与表格所载的数量不一致。",
        )
    ]


def test_narrative_contradicts_table_fires_on_a_count_of_none() -> None:
    report = make_report(requests=granted(business=2), sections={"overview": ["本年度未收到政府信息公开申请。"]})
    assert messages(report) == [
        (
            3,
            RECEIVED_TOTAL,
            (
                "正文写“本年度未收到政府信息公开申请”，表三“本年新收”总计是 2，加上上年结转是 2。"
                "文字与表格所载的数量不一致。"
            ),
        )
    ]


def test_narrative_contradicts_table_fires_on_the_sum_of_both_kinds_of_lawsuits() -> None:
    rows = {row: {"upheld": 1, "total": 1} for row in ("litigation_direct", "litigation_after_reconsideration")}
    text = "全年没有发生因政府信息公开申请行政复议和提起行政诉讼的情况。"
    report = make_report(disputes=rows, sections={"overview": [text]})
    assert messages(report) == [
        (
            3,
            tuple(Cell("disputes", row, "total") for row in rows),
            f"正文写“{text[:-1]}”，表四“行政诉讼”两组总计之和是 2。文字与表格所载的数量不一致。",
        )
    ]


def test_narrative_contradicts_table_is_silent_where_they_agree() -> None:
    texts = [
        "全年新收政府信息公开申请一百三十四件，上年结转0件，结转下年度继续办理0件。",
        "未发生因政府信息公开引起的行政复议、行政诉讼。",
    ]
    assert not messages(make_report(requests=granted(business=134), sections={"overview": texts}))


def test_narrative_contradicts_table_fires_on_the_documents_issued() -> None:
    text = "2022年，本机关制发行政规范性文件3件，现行有效的行政规范性文件0件。"
    report = make_report(sections={"overview": [text]})
    assert messages(report) == [
        (
            3,
            (Cell("proactive", "normative_documents", "issued"),),
            ("正文写“本机关制发行政规范性文件3件”，表二行政规范性文件“本年制发件数”是 0。文字与表格所载的数量不一致。"),
        )
    ]


def test_narrative_contradicts_table_is_silent_about_documents_on_the_older_form() -> None:
    text = "本机关制发行政规范性文件3件。"
    assert not messages(make_report(form="2019", year=2020, sections={"overview": [text]}))


def test_narrative_contradicts_table_is_silent_about_approximate_counts() -> None:
    texts = {"overview": ["共收到政府信息公开申请30余件。", "公开信息 5 条。"]}
    assert not messages(make_report(requests=granted(business=2), sections=texts))


def test_narrative_contradicts_table_is_silent_about_tables_in_the_text() -> None:
    texts = {"overview": ["收到政府信息公开申请\t9件", "收到政府信息公开申请\t8件"]}
    assert not messages(make_report(requests=granted(business=2), sections=texts))


def test_narrative_contradicts_table_is_silent_where_received_may_include_what_was_carried_in() -> None:
    rows = granted(business=7) | {"carried_in": {"business": 1, "total": 1}}
    for stated in (7, 8):
        text = f"我镇共收到政府信息公开申请{stated}件。"
        assert not messages(make_report(requests=rows, sections={"overview": [text]}))
    assert messages(make_report(requests=rows, sections={"overview": ["我镇共收到政府信息公开申请9件。"]}))


def test_narrative_contradicts_table_is_silent_where_one_mention_agrees() -> None:
    texts = {"overview": ["收到政府信息公开申请9件。", "新收政府信息公开申请7件。"]}
    assert not messages(make_report(requests=granted(business=7), sections=texts))


def test_narrative_contradicts_table_is_silent_where_the_figure_is_not_known() -> None:
    rows = {"received": {"total": Status.AMBIGUOUS}}
    assert not messages(make_report(requests=rows, sections={"overview": ["收到政府信息公开申请9件。"]}))


def test_the_line_is_that_of_the_words_where_a_page_break_cut_the_paragraph() -> None:
    texts = {
        "overview": [
            "2022年，样例镇严格按照《政府信息公开条例》办理依申请公开工作，全年共收到",
            "政府信息公开申请5件。",
        ]
    }
    ((line, _, _),) = messages(make_report(sections=texts))
    assert line == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2022年，样例镇共收到信息公开申请7件，上年度结转1件；结转下年继续办理2件。",
            [(RECEIVED, 7), (CARRIED_IN, 1), (CARRIED_OUT, 2)],
        ),
        ("全年新收政府信息公开申请数量0件。", [(NEW, 0)]),
        ("2022年度，我街道没有接到依申请公开政府信息，没有办理依申请公开答复。", [(RECEIVED, 0)]),
        ("2022年未收到依申请公开政府信息申请。", [(RECEIVED, 0)]),
        ("全年未接到申请公开政府信息，无咨询受理情况。", [(RECEIVED, 0)]),
        ("2021年结转政府信息公开申请1件，结转2023年度政府信息公开申请2件。", [(CARRIED_IN, 1), (CARRIED_OUT, 2)]),
        ("收到政府信息公开申请一百三十四件，其中自然人申请3件。", [(RECEIVED, 134)]),
        ("截至2022年12月31日，我镇共收到政府信息公开申请 1,234 件。", [(RECEIVED, 1234)]),
        ("本机关收到8件政府信息公开申请。", [(RECEIVED, 8)]),
        ("新收公民、法人和其他组织提出的政府信息公开申请28件。", [(NEW, 28)]),
        ("2021年收到政府信息公开申请5件，2022年收到政府信息公开申请8件。", [(RECEIVED, 8)]),
        ("因政府信息公开被申请行政复议2件，被提起行政诉讼1件。", [(RECONSIDERATION, 2), (LITIGATION, 1)]),
        ("无政府信息公开申请，无行政复议、行政诉讼。", [(RECEIVED, 0), (RECONSIDERATION, 0), (LITIGATION, 0)]),
        ("2022年累计收到政府信息公开申请5件。", [(RECEIVED, 5)]),
        ("2022年度，样例镇未接收到政府信息公开申请。", [(RECEIVED, 0)]),
        ("2022年度我镇未接到提出公开政府信息的申请。", [(RECEIVED, 0)]),
        ("样例镇政府共收到8份政府信息公开申请，均为自然人申请。", [(RECEIVED, 8)]),
        (
            "全年共收到依申请公开0件，因政府信息依申请公开引起行政复议0件，行政诉讼0件。",
            [(RECEIVED, 0), (RECONSIDERATION, 0), (LITIGATION, 0)],
        ),
        ("全年未发生因政府信息公开申请提起的行政复议和行政诉讼案件。", [(RECONSIDERATION, 0), (LITIGATION, 0)]),
        ("2022年1月1日至12月31日，累计收到政府信息公开申请5件。", [(RECEIVED, 5)]),
        ("上年度结转1件，新收政府信息公开申请5件。", [(CARRIED_IN, 1), (NEW, 5)]),
        ("与上年相比，新收政府信息公开申请5件。", [(NEW, 5)]),
        ("收到政府信息公开申请１２件（含上年结转２件）。", [(RECEIVED, 12), (CARRIED_IN, 2)]),
        ("**一是**收到政府信息公开申请**5**件。", [(RECEIVED, 5)]),
        ("本机关制发行政规范性文件3件，现行有效的行政规范性文件20件。", [(ISSUED, 3), (IN_FORCE, 20)]),
    ],
)
def test_counts_are_understood(text: str, expected: list[tuple[str, int]]) -> None:
    assert counts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "其中，通过网络收到政府信息公开申请3件。",
        "其中，收到政府信息公开申请3件。",
        "其中自然人申请3件。",
        "我镇申请办理情况：2020年结转政府信息公开申请1件。",
        "我镇申请办理情况：结转2024年度1件。",
        "没有因政府信息公开行政复议被纠正的情况。",
        "现场收到政府信息公开申请3件，信函收到信息公开申请2件。",
        "截至6月底，我镇共收到政府信息公开申请5件。",
        "上半年收到政府信息公开申请12件。",
        "自2008年以来，我镇共收到政府信息公开申请5件。",
        "2021年，我镇收到政府信息公开申请5件。",
        "共收到政府信息公开申请近30件。",
        "共收到政府信息公开申请30余件。",
        "共收到政府信息公开申请30件以上。",
        "全市共收到政府信息公开申请300件。",
        "舞钢市教育局收到政府信息公开申请5件。",
        "上级部门未收到政府信息公开申请。",
        "我局收到申请3件。",
        "主动公开政府信息300余条，承办人大议案 2 条、政协提案 2 条。",
        "未收到行政许可申请。",
        "没有依申请公开目录，没有行政复议维持的情况。",
        "未收到政府信息公开申请人的投诉。",
        "扎实推进政务信息公开，办理行政复议案件35件。",
        "政府信息公开行政复议维持3件。",
        "因政府信息公开被申请行政复议、行政诉讼3件。",
        "财政拨款上年结转300万元，结转下年度20件。",
        "全年依申请公开政府信息3件，均按时答复。",
        "共收到政府信息公开申请约30件。",
        "共收到政府信息公开申请不少于30件。",
        "共收到政府信息公开申请30件左右。",
        "我镇累计收到政府信息公开申请120件。",
        "截至2022年12月31日，我镇累计收到政府信息公开申请120件。",
        "历年来，共收到政府信息公开申请120件。",
        "上年，我镇收到政府信息公开申请5件。",
        "上年度，共收到政府信息公开申请5件。",
        "收到政府信息公开申请表3份。",
        "收到政府信息公开申请3件次。",
        "收到政府信息公开申请3-5件。",
        "收到政府信息公开申请1 2件。",
        "收到政府信息公开申请比上年增加3件。",
        "每月收到政府信息公开申请3件。",
        "各村收到政府信息公开申请3件。",
        "全镇各单位共收到政府信息公开申请3件。",
        "因政府信息公开收到行政复议申请3件。",
        "全市共收到政府信息公开申请658件，因政府信息公开引起的行政复议22件、行政诉讼案件1件。",
        "截至6月底，因政府信息公开被申请行政复议2件。",
        "通过复议渠道，政府信息公开行政复议2件。",
        "依申请公开3次，信息公开行政复议1次。",
        "受理向县政府提出的政府信息公开申请5件。",
        "收到8份政府信息公开申请表。",
        "因政府信息公开累计发生行政复议3件。",
        "累计制发行政规范性文件30件。",
        "制定规范性文件3件。",
        "县政府制发行政规范性文件3件。",
        "清理现行有效行政规范性文件约30件。",
    ],
)
def test_counts_of_a_part_of_others_or_of_another_time_are_left_alone(text: str) -> None:
    assert counts(text) == []


def test_what_stands_before_the_first_heading_is_not_read() -> None:
    report = make_report()
    preamble = Section("preamble", "", 1, ((1, "收到政府信息公开申请9件。"),))
    assert not messages(replace(report, filling=replace(report.filling, sections=(preamble,))))


def test_disputes_need_no_topic_in_section_four() -> None:
    text = "本年度发生行政复议3件、行政诉讼1件。"
    assert counts(text, "disputes") == [(RECONSIDERATION, 3), (LITIGATION, 1)]
    assert counts(text) == []


def test_the_whole_of_a_city_is_its_government_s_own() -> None:
    text = "全市共收到政府信息公开申请300件。"
    assert counts(text, names=("宿迁市人民政府",)) == [(RECEIVED, 300)]
    assert counts(text, names=("宿迁市教育局",)) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1,234", 1234),
        ("零", 0),
        ("十", 10),
        ("二十一", 21),
        ("一百零五", 105),
        ("一百一十", 110),
        ("两千零五", 2005),
        ("一万零三十", 10030),
        ("二十万", 200_000),
        ("一二三", None),
        ("二〇二一", None),
        ("二百五", None),
        ("一万二", None),
        ("百", None),
        ("", None),
    ],
)
def test_numerals(text: str, value: int | None) -> None:
    assert parse_count(text) == value


def test_a_sentence_too_long_to_be_one_is_not_searched() -> None:
    assert counts("，".join(["收到政府信息公开申请9件"] * 200)) == []


WORDS = (
    *(
        "收到",
        "新收",
        "政府信息公开申请",
        "行政复议",
        "行政诉讼",
        "结转",
        "上年",
        "信息处理费",
        "收取",
        "未",
        "无",
        "其中",
    ),
    *("2022年", "３", "百", "万", "1,", "件", "元", "，", "。", "、", "“", "\t"),
)


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map("".join), max_size=6))
def test_any_narrative_is_checked_without_error_and_findings_point_into_the_file(lines: list[str]) -> None:
    report = make_report(requests=granted(business=2), sections={"overview": [line for line in lines if line.strip()]})
    for finding in check_report(report, make_office()):
        assert finding.line is None or 1 <= finding.line <= len(report.lines)


@given(st.integers(min_value=0, max_value=99_999_999))
def test_arabic_numerals_are_read_with_and_without_thousands(value: int) -> None:
    assert parse_count(str(value)) == parse_count(f"{value:,}") == value


OWN = st.sampled_from(
    ["", "2022年，", "全年", "本年度，我镇", "2022年度，样例镇政府", "一是", "报告期内，本机关共", "2022年累计"]
)
OTHERS = st.sampled_from(
    ["2021年，", "去年", "全市", "全县各单位", "上级部门", "上半年", "其中，", "通过网络", "历年来累计", "累计", "每月"]
)
VERBS = st.sampled_from(["收到政府信息公开申请{}件", "新收政府信息公开申请{}件", "接到{}件政府信息公开申请"])
LATER = st.sampled_from(["。", "，均按时答复。", "，其中自然人99件。", "（均为书面申请）。", "；召开会议77次。"])
EXACT = st.sampled_from(["{}", " {} ", "**{}**"])
HEDGED = st.sampled_from(["约{}", "近{}", "不少于{}", "{}余", "上百", "第{}", "{}-99"])
TABLE_SAYS = 17


@given(OWN, VERBS, EXACT, LATER, st.integers(0, 60))
def test_a_count_of_the_office_s_own_year_is_compared_whatever_stands_around_it(
    own: str, verb: str, written: str, later: str, stated: int
) -> None:
    text = own + verb.format(written.format(stated)) + later
    found = messages(make_report(requests=granted(business=TABLE_SAYS), sections={"overview": [text]}))
    assert [(line, cells) for line, cells, _ in found] == ([] if stated == TABLE_SAYS else [(3, RECEIVED_TOTAL)])


@given(OTHERS, VERBS, EXACT, LATER, st.integers(0, 60))
def test_a_count_of_others_or_of_another_time_is_never_compared(
    others: str, verb: str, written: str, later: str, stated: int
) -> None:
    text = others + verb.format(written.format(stated)) + later
    assert not messages(make_report(requests=granted(business=TABLE_SAYS), sections={"overview": [text]}))


@given(OWN, VERBS, HEDGED, LATER, st.integers(0, 60))
def test_a_count_that_is_not_exact_is_never_compared(own: str, verb: str, hedged: str, later: str, stated: int) -> None:
    text = own + verb.format(hedged.format(stated)) + later
    assert not messages(make_report(requests=granted(business=TABLE_SAYS), sections={"overview": [text]}))
