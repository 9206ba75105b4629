"""The rules between reports: carry-over, stock and repeated text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from builders import granted, line_of, make_office, make_report, said
from disclosure.check import check_office, check_portal
from disclosure.check.repetition import WIDESPREAD
from disclosure.model import Cell, Region, Report, Status

OFFICE = make_office()
CARRIED_OUT = {"received": {"business": 3, "total": 3}, "carried_out": {"business": 3, "total": 3}}
TOPICS = (
    *("值班制度", "网站维护", "村务公示", "财政预算", "征地补偿", "教育资助"),
    *("医疗救助", "就业培训", "环境整治", "道路养护", "防汛抗旱", "信访接待"),
)


def text_about(topics: Sequence[str]) -> dict[str, list[str]]:
    """One sentence a topic, none of them alike."""
    return {"overview": [f"{topic}方面，{topic[:2]}专班按月更新{topic}目录并当面解释{topic[2:]}。" for topic in topics]}


def test_carry_over_mismatch_fires_once_with_every_column_that_differs() -> None:
    before = make_report(year=2021, requests=CARRIED_OUT)
    after = make_report(year=2022, requests={"carried_in": {"business": 1, "total": 1}})
    assert said(check_office(OFFICE, [after, before]), "carry-over-mismatch") == [
        (
            line_of(after, "requests", "carried_in", "business"),
            (Cell("requests", "carried_in", "business"), Cell("requests", "carried_in", "total")),
            (
                "2021年报告“结转下年度”：商业企业 3、总计 3；本年报告“上年结转”：商业企业 1、总计 1。"
                "两年所载的结转数不一致。"
            ),
        )
    ]


def test_carry_over_mismatch_fires_across_a_change_of_form() -> None:
    before = make_report(year=2020, form="2019", requests=CARRIED_OUT)
    (finding,) = [one for one in check_office(OFFICE, [before, make_report(year=2021)]) if one.rule[:5] == "carry"]
    assert (finding.file, finding.year) == ("reports/410481100/2021.txt", 2021)


def test_carry_over_mismatch_fires_where_more_is_taken_over_than_was_sent() -> None:
    after = make_report(year=2022, requests={"carried_in": {"total": 1}})
    ((_, _, message),) = said(check_office(OFFICE, [make_report(year=2021), after]), "carry-over-mismatch")
    assert message == "2021年报告“结转下年度”：总计 0；本年报告“上年结转”：总计 1。两年所载的结转数不一致。"


def test_carry_over_mismatch_is_silent_where_the_years_agree() -> None:
    after = make_report(year=2022, requests={"carried_in": {"business": 3, "total": 3}})
    assert not said(check_office(OFFICE, [make_report(year=2021, requests=CARRIED_OUT), after]), "carry-over-mismatch")


def test_carry_over_mismatch_is_silent_where_a_year_is_missing() -> None:
    reports = [make_report(year=2020, requests=CARRIED_OUT), make_report(year=2022)]
    assert not said(check_office(OFFICE, reports), "carry-over-mismatch")


def test_carry_over_mismatch_is_silent_where_a_figure_is_missing() -> None:
    after = make_report(year=2022, requests={"carried_in": {"business": Status.BLANK, "total": Status.AMBIGUOUS}})
    assert not said(check_office(OFFICE, [make_report(year=2021, requests=CARRIED_OUT), after]), "carry-over-mismatch")


def test_stock_mismatch_fires_on_the_2021_form() -> None:
    before = make_report(year=2021, proactive={"normative_documents": {"in_force": 24}})
    after = make_report(year=2022, proactive={"normative_documents": {"issued": 3, "repealed": 1, "in_force": 30}})
    assert said(check_office(OFFICE, [before, after]), "stock-mismatch") == [
        (
            line_of(after, "proactive", "normative_documents", "in_force"),
            tuple(Cell("proactive", "normative_documents", column) for column in ("issued", "repealed", "in_force")),
            (
                "“行政规范性文件”：上年现行有效 24 + 本年制发 3 − 本年废止 1 = 26，本年现行有效写作 30。"
                "与2021年报告相比，所载数据不满足存量关系。"
            ),
        )
    ]


def test_stock_mismatch_fires_on_the_2019_form() -> None:
    before = make_report(year=2019, form="2019", proactive={"licensing": {"items_last_year": 40, "change": -8}})
    after = make_report(year=2020, form="2019", proactive={"licensing": {"items_last_year": 40}})
    assert said(check_office(OFFICE, [before, after]), "stock-mismatch") == [
        (
            line_of(after, "proactive", "licensing", "items_last_year"),
            (Cell("proactive", "licensing", "items_last_year"),),
            (
                "“行政许可”：2019年报告的上一年项目数量 40 + 本年增/减 -8 = 32，"
                "本年报告的上一年项目数量写作 40。所载数据不满足存量关系。"
            ),
        )
    ]


def test_stock_mismatch_is_silent_where_the_stock_follows() -> None:
    before = make_report(year=2021, proactive={"normative_documents": {"in_force": 24}})
    after = make_report(year=2022, proactive={"normative_documents": {"issued": 3, "repealed": 1, "in_force": 26}})
    assert not said(check_office(OFFICE, [before, after]), "stock-mismatch")


def test_stock_mismatch_is_silent_across_a_change_of_form() -> None:
    before = make_report(year=2020, form="2019", proactive={"normative_documents": {"total_public": 24}})
    assert not said(check_office(OFFICE, [before, make_report(year=2021)]), "stock-mismatch")


def test_text_repeats_last_year_fires_although_years_numbers_and_a_word_differ() -> None:
    old = text_about(TOPICS)["overview"]
    new = ["2022年，" + old[0].removeprefix("2021年，"), *old[1:10], "今年新增了一个完全不同的线下查阅点位。"]
    new[3] = new[3].replace("当面解释", "当面讲解")
    before = make_report(year=2021, sections={"overview": ["2021年，" + old[0], *old[1:]]})
    findings = check_office(OFFICE, [before, make_report(year=2022, sections={"overview": new})])
    assert said(findings, "text-repeats-last-year") == [
        (
            None,
            (),
            (
                "正文除格式用语外有 12 句，其中 11 句（91%）与2021年报告相同或基本相同（数字、年份不计）。"
                "沿用旧稿不等于内容不实，仅供参考。"
            ),
        )
    ]


def test_text_repeats_last_year_is_silent_below_the_share() -> None:
    before = make_report(year=2021, sections=text_about(TOPICS[:8]))
    after = make_report(year=2022, sections=text_about(TOPICS[4:]))
    assert not said(check_office(OFFICE, [before, after]), "text-repeats-last-year")


def test_text_repeats_last_year_is_silent_on_short_texts_and_template_sentences() -> None:
    formulae = {"overview": ["本年度未收到政府信息公开申请。", "无。"], "other": ["没有其他需要报告的事项。"]}
    reports = [make_report(year=year, sections=formulae) for year in (2021, 2022)]
    assert not said(check_office(OFFICE, reports), "text-repeats-last-year")


OTHER = make_office("410481101", "邻近街道办事处", kind="街道办事处")


def neighbours(own: Sequence[str], other: Sequence[str], year: int = 2022) -> list[Report]:
    """Two reports of one year: this office's and its neighbour's, each naming itself in its text."""
    texts = [[f"样例镇人民政府的{one}" for one in text_about(own)["overview"]]]
    texts += [[f"邻近街道办事处的{one}" for one in text_about(other)["overview"]]]
    return [
        make_report(year=2022, sections={"overview": texts[0]}),
        make_report(year=year, office=OTHER.id, name=OTHER.name, sections={"overview": texts[1]}),
    ]


def test_text_repeats_other_office_fires_for_the_report_that_has_little_of_its_own() -> None:
    findings = check_portal([OFFICE, OTHER], neighbours(TOPICS[:6], TOPICS))
    assert [
        (one.file, one.line, one.cells, one.message) for one in findings if one.rule[:18] == "text-repeats-other"
    ] == [
        (
            "reports/410481100/2022.txt",
            None,
            (),
            (
                "正文除共用语句外有 7 句，其中 7 句（100%）与“邻近街道办事处”2022年报告"
                "相同或基本相同（数字、机关名称不计）。"
                "使用共同的范本不等于内容不实，仅供参考。"
            ),
        )
    ]


def test_text_repeats_other_office_is_silent_where_most_sentences_are_the_office_s_own() -> None:
    findings = check_portal([OFFICE, OTHER], neighbours(TOPICS[:7], TOPICS[5:]))
    assert not said(findings, "text-repeats-other-office")


def test_text_repeats_other_office_is_silent_between_different_years() -> None:
    findings = check_portal([OFFICE, OTHER], neighbours(TOPICS, TOPICS, year=2021))
    assert not said(findings, "text-repeats-other-office")


def test_text_repeats_other_office_is_silent_between_two_files_of_one_office() -> None:
    twice = [make_report(sections=text_about(TOPICS))] * 2
    assert not said(check_portal([OFFICE], twice), "text-repeats-other-office")


def test_text_repeats_other_office_is_silent_about_what_many_offices_write() -> None:
    offices = [make_office(f"4104811{number:02}", f"第{number}镇人民政府") for number in range(WIDESPREAD + 1)]
    reports = [make_report(office=office.id, name=office.name, sections=text_about(TOPICS)) for office in offices]
    assert not said(check_portal(offices, reports), "text-repeats-other-office")
    assert len(said(check_portal(offices[1:], reports[1:]), "text-repeats-other-office")) == WIDESPREAD


@pytest.mark.parametrize("regions", [(), (Region("370000", "山东省"),)])
def test_offices_without_places_can_be_compared(regions: tuple[Region, ...]) -> None:
    office = make_office(regions=regions)
    reports = [make_report(year=year, requests=granted(business=1)) for year in (2021, 2022)]
    assert not check_office(office, reports)
