"""The rules about figures that are hard to explain, and about the processing fee."""

from __future__ import annotations

from decimal import Decimal

import pytest
from builders import granted, line_of, make_office, make_report, said
from disclosure.check import check_report
from disclosure.model import Cell, Report, Status

RULES_MADE = {"rules": {"issued": 2, "in_force": 2}}


def cells(row: str, *columns: str) -> tuple[Cell, ...]:
    return tuple(Cell("proactive", row, column) for column in columns)


def line_of_section(report: Report, section: str) -> int:
    return next(one.line for one in report.filling.sections if one.id == section)


def test_rules_without_power_fires_for_a_township() -> None:
    report = make_report(proactive=RULES_MADE)
    assert said(check_report(report, make_office()), "rules-without-power") == [
        (
            line_of(report, "proactive", "rules", "issued"),
            cells("rules", "issued", "in_force"),
            "“规章”一行：本年制发件数 2，现行有效件数 2。乡镇人民政府没有制定规章的权限，所载数据可能填错了行。",
        )
    ]


def test_rules_without_power_fires_for_a_lone_file_by_the_printed_name() -> None:
    report = make_report(form="2019", year=2020, office=None, name="示例街道办事处", proactive={"rules": {"made": 1}})
    ((_, where, message),) = said(check_report(report), "rules-without-power")
    assert where == cells("rules", "made")
    assert message == "“规章”一行：本年新制作数量 1。街道办事处没有制定规章的权限，所载数据可能填错了行。"


def test_rules_without_power_fires_for_a_department_of_a_county() -> None:
    office = make_office("410481-jyj", "舞钢市教育局", kind="政府部门")
    ((_, _, message),) = said(check_report(make_report(proactive=RULES_MADE), office), "rules-without-power")
    assert "县级及以下的政府部门没有制定规章的权限" in message


@pytest.mark.parametrize(
    ("kind", "depth"),
    [("市级人民政府", 2), ("省级人民政府", 1), ("政府部门", 2), ("政府部门", 0), ("其他", 3)],
)
def test_rules_without_power_is_silent_where_the_law_gives_power_or_doubt_remains(kind: str, depth: int) -> None:
    office = make_office(kind=kind, regions=make_office().regions[:depth])
    assert not said(check_report(make_report(proactive=RULES_MADE), office), "rules-without-power")


def test_rules_without_power_is_silent_about_zeros_and_blanks() -> None:
    report = make_report(proactive={"rules": {"issued": Status.BLANK}})
    assert not said(check_report(report, make_office()), "rules-without-power")


def test_made_exceeds_stock_fires_on_the_2021_form() -> None:
    report = make_report(proactive={"normative_documents": {"issued": 5, "repealed": 1, "in_force": 3}})
    assert said(check_report(report), "made-exceeds-stock") == [
        (
            line_of(report, "proactive", "normative_documents", "issued"),
            cells("normative_documents", "issued", "repealed", "in_force"),
            "“行政规范性文件”一行：本年制发 5，多于现行有效 3 与本年废止 1 之和。所载数据难以同时成立。",
        )
    ]


def test_made_exceeds_stock_fires_on_the_2019_form() -> None:
    report = make_report(form="2019", year=2020, proactive={"normative_documents": {"made": 87}})
    assert said(check_report(report), "made-exceeds-stock") == [
        (
            line_of(report, "proactive", "normative_documents", "total_public"),
            cells("normative_documents", "made", "total_public"),
            "“规范性文件”一行：本年新制作数量 87，多于对外公开总数量 0。所载数据难以同时成立。",
        )
    ]


def test_made_exceeds_stock_is_silent_where_documents_were_issued_and_repealed_in_one_year() -> None:
    report = make_report(proactive={"normative_documents": {"issued": 5, "repealed": 5}})
    assert not said(check_report(report), "made-exceeds-stock")


def test_fee_silent_fires_at_section_six_when_requests_were_handled() -> None:
    report = make_report(requests=granted(natural_person=1), sections={"other": ["无"]})
    assert said(check_report(report), "fee-silent") == [
        (
            line_of_section(report, "other"),
            (Cell("requests", "handled", "total"),),
            "表三办理结果总计 1 件，报告正文没有提到信息处理费。没有提到不等于收了费；写明是否收取，更便于读者了解。",
        )
    ]


def test_fee_silent_fires_with_the_strongest_reason_only() -> None:
    unpaid = {"closed_fee_unpaid": {"natural_person": 1, "total": 1}, "handled": {"natural_person": 1, "total": 1}}
    ((_, where, _),) = said(check_report(make_report(requests=unpaid, sections={"other": ["无"]})), "fee-silent")
    assert where == (Cell("requests", "closed_fee_unpaid", "total"),)


def test_fee_silent_fires_on_the_amount_of_table_2_only_where_the_requests_are_not_known() -> None:
    fees = {"fees": {"amount_wan": Decimal("63.1302")}}
    unknown = make_report(proactive=fees, requests={"handled": {"total": Status.AMBIGUOUS}}, sections={"other": ["无"]})
    ((_, where, message),) = said(check_report(unknown), "fee-silent")
    assert where == (Cell("proactive", "fees", "amount_wan"),)
    assert message.startswith("表二“行政事业性收费” 63.1302 万元，办理了多少申请不能确定，")
    assert not said(check_report(make_report(proactive=fees, sections={"other": ["无"]})), "fee-silent")


@pytest.mark.parametrize("section", ["overview", "requests", "other"])
def test_fee_silent_is_silent_where_any_section_speaks_of_the_fee(section: str) -> None:
    texts = {"other": ["无"]} | {section: ["2022年度，收到的政府信息公开申请均未收取信息处理费。"]}
    assert not said(check_report(make_report(requests=granted(business=2), sections=texts)), "fee-silent")


def test_fee_silent_is_silent_before_the_fee_existed_and_without_section_six() -> None:
    requests = granted(business=2)
    early = make_report(form="2019", year=2020, requests=requests, sections={"other": ["无"]})
    headless = make_report(requests=requests, without_sections=["other"])
    assert not said(check_report(early), "fee-silent")
    assert not said(check_report(headless), "fee-silent")


def test_fee_contradiction_fires_between_two_sentences() -> None:
    texts = {"overview": ["全年收取信息处理费３００元。"], "other": ["2022年未收取信息处理费。"]}
    report = make_report(requests=granted(business=40), sections=texts)
    assert said(check_report(report), "fee-contradiction") == [
        (
            line_of_section(report, "other") + 1,
            (),
            "正文一处写“收取信息处理费300元”，另一处写“未收取信息处理费”，两处说法不一致。",
        )
    ]


def test_fee_contradiction_fires_where_a_fee_was_charged_without_requests() -> None:
    report = make_report(sections={"other": ["本年度实际收取信息处理费共计400元。"]})
    assert said(check_report(report), "fee-contradiction") == [
        (
            line_of_section(report, "other") + 1,
            (Cell("requests", "received", "total"), Cell("requests", "carried_in", "total")),
            "正文写“收取信息处理费共计400元”，而表三的本年新收和上年结转都是 0。文字与表格不一致。",
        )
    ]


def test_fee_contradiction_fires_where_a_notice_must_have_been_sent() -> None:
    requests = {"closed_fee_unpaid": {"natural_person": 2, "total": 2}}
    report = make_report(requests=requests, sections={"other": ["本年度没有发出收费通知。"]})
    assert said(check_report(report), "fee-contradiction") == [
        (
            line_of_section(report, "other") + 1,
            (Cell("requests", "closed_fee_unpaid", "total"),),
            "正文写“没有发出收费通知”，而表三“逾期未缴费”总计 2 件。文字与表格不一致。",
        )
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "本年度未收取信息处理费。",
        "收取信息处理费0元。",
        "2021年收取信息处理费300元，2022年未收取信息处理费。",
        "全县收取信息处理费300元。",
    ],
)
def test_fee_contradiction_is_silent(sentence: str) -> None:
    report = make_report(
        proactive={"fees": {"amount_wan": Decimal("3.08")}},
        requests={"closed_fee_unpaid": {"natural_person": 1, "total": 1}},
        sections={"overview": [sentence], "other": ["本年度未收取信息处理费。"]},
    )
    assert not said(check_report(report), "fee-contradiction")


@pytest.mark.parametrize(
    ("row", "column", "value", "what"),
    [("received", "total", -6, "负数"), ("granted", "natural_person", Decimal("1.5"), "小数")],
)
def test_not_a_count_fires_at_the_figure(row: str, column: str, value: int | Decimal, what: str) -> None:
    report = make_report(requests={row: {column: value}})
    ((line, cells, message),) = said(check_report(report), "not-a-count")
    assert (line, cells) == (line_of(report, "requests", row, column), (Cell("requests", row, column),))
    assert f"印作 {value}，是{what}。件数应为 0 或正整数，此数不计入合计。" in message


def test_not_a_count_is_silent_on_changes_amounts_and_whole_decimals() -> None:
    changed = {"licensing": {"change": -8}, "procurement": {"amount": Decimal("29.0506")}}
    assert not said(check_report(make_report(form="2019", proactive=changed)), "not-a-count")
    whole = make_report(
        requests={"received": {"total": Decimal("6.0")}}, proactive={"fees": {"amount_wan": Decimal("0.5")}}
    )
    assert not said(check_report(whole), "not-a-count")
