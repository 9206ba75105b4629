"""The rules about what a report lacks, what is withheld, and whether it stands in the right place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import line_of, make_office, make_report, said
from disclosure.check import check_report
from disclosure.form.template import APPLICANTS, DISPUTES
from disclosure.model import Cell, Note, Report, Status
from disclosure.reading import read_report


def line_of_section(report: Report, section: str) -> int:
    return next(one.line for one in report.filling.sections if one.id == section)


def test_missing_section_fires_with_every_missing_title() -> None:
    assert said(check_report(make_report(without_sections=["problems", "other"])), "missing-section") == [
        (None, (), "没有找到“五、存在的主要问题及改进情况”、“六、其他需要报告的事项”的标题，共缺 2 个部分。")
    ]


def test_missing_section_fires_shortly_where_there_are_no_headings_at_all() -> None:
    sections = ["overview", "proactive", "requests", "disputes", "problems", "other"]
    assert said(check_report(make_report(without_sections=sections)), "missing-section") == [
        (None, (), "六个部分的标题一个也没有找到，正文没有分部分。")
    ]


def test_missing_section_is_silent_on_a_whole_report() -> None:
    assert not said(check_report(make_report()), "missing-section")


@pytest.mark.parametrize("rule", ["missing-section", "missing-table", "missing-row"])
def test_nothing_is_said_to_be_missing_from_what_is_no_report(rule: str) -> None:
    sections = ["overview", "proactive", "requests", "disputes", "problems", "other"]
    news = make_report(form=None, without_sections=sections, notes=[Note("not-an-annual-report", None, "不是。")])
    assert not said(check_report(news), rule)


def test_missing_table_fires_at_the_heading_it_should_stand_under() -> None:
    report = make_report(without_tables=["requests"])
    assert said(check_report(report), "missing-table") == [
        (
            line_of_section(report, "requests"),
            (),
            "没有找到“收到和处理政府信息公开申请情况”的表格，其中各项写作“未见”，不当作 0。",
        )
    ]


def test_missing_table_fires_three_times_where_only_headings_are_left() -> None:
    assert len(said(check_report(make_report(form=None)), "missing-table")) == 3


def test_missing_table_is_silent_on_a_whole_report() -> None:
    assert not said(check_report(make_report()), "missing-table")


def test_missing_row_fires_at_its_table_with_the_cells_of_the_row() -> None:
    report = make_report(without_rows=["not_processed_duplicate"])
    assert said(check_report(report), "missing-row") == [
        (
            report.filling.tables["requests"].line,
            tuple(Cell("requests", "not_processed_duplicate", column.id) for column in APPLICANTS),
            "“收到和处理政府信息公开申请情况”的表格中没有找到“不予处理：重复申请”，共缺 1 行。",
        )
    ]


def test_missing_row_fires_shortly_where_a_table_has_no_numbers_at_all() -> None:
    report = make_report(without_rows=[row.id for row in DISPUTES.rows])
    ((_, cells, message),) = said(check_report(report), "missing-row")
    assert message == "“政府信息公开行政复议、行政诉讼情况”的表格中一行数字也没有读到。"
    assert len(cells) == 15


def test_missing_row_is_silent_on_whole_and_on_missing_tables() -> None:
    assert not said(check_report(make_report()), "missing-row")
    assert not said(check_report(make_report(without_tables=["requests"])), "missing-row")


def test_figure_withheld_fires_once_a_table() -> None:
    report = make_report(requests={"granted": {"natural_person": Status.AMBIGUOUS, "business": Status.AMBIGUOUS}})
    assert said(check_report(report), "figure-withheld") == [
        (
            line_of(report, "requests", "granted", "natural_person"),
            (Cell("requests", "granted", "natural_person"), Cell("requests", "granted", "business")),
            "“收到和处理政府信息公开申请情况”的表格中有 2 个数字不能确定，暂不公布。",
        )
    ]


def test_figure_withheld_is_silent_on_blanks_and_absent_figures() -> None:
    report = make_report(requests={"granted": {"business": Status.BLANK}}, without_rows=["received"])
    assert not said(check_report(report), "figure-withheld")


def test_form_of_another_year_fires_at_table_2() -> None:
    report = make_report(form="2019", year=2023)
    assert said(check_report(report), "form-of-another-year") == [
        (
            report.filling.tables["proactive"].line,
            (),
            (
                "2023年度的报告应使用国办公开办函〔2021〕30号所附的 2021 年版表格，"
                "原文的表头是国办公开办函〔2019〕60号所附的 2019 年版。本站按原文的版本公布，不换算。"
            ),
        )
    ]


@pytest.mark.parametrize(("form", "year"), [("2019", 2020), ("2021", 2021), (None, 2023)])
def test_form_of_another_year_is_silent(form: str | None, year: int) -> None:
    assert not said(check_report(make_report(form=form, year=year)), "form-of-another-year")


def test_year_mismatch_fires_where_the_text_is_on_the_side_of_its_title() -> None:
    texts = {"overview": ["2023年，本机关依法公开。"]}
    assert said(check_report(make_report(year=2022, printed_year=2023, sections=texts)), "year-mismatch") == [
        (
            1,
            (),
            (
                "文件按2022年存放，报告的标题或前言写的是2023年，正文提到后者的次数也不少于前者。"
                "请核对，并把文件改名为报告所属的年份。"
            ),
        )
    ]


def test_year_mismatch_is_silent_where_title_and_place_agree_or_only_the_title_differs() -> None:
    texts = {"overview": ["2022年，本机关依法公开。", "统计期限为2022年1月1日至2022年12月31日。"]}
    assert not said(check_report(make_report(sections=texts)), "year-mismatch")
    assert not said(check_report(make_report(year=2022, printed_year=2021, sections=texts)), "year-mismatch")
    assert not said(check_report(make_report(office=None, year=2022, printed_year=2021)), "year-mismatch")


def test_year_misprint_fires_where_the_text_is_on_the_side_of_its_place() -> None:
    texts = {"overview": ["2022年，本机关依法公开。", "统计期限为2022年1月1日至2022年12月31日。"]}
    assert said(check_report(make_report(year=2022, printed_year=2021, sections=texts)), "year-misprint") == [
        (1, (), "标题或前言写的是2021年，正文较多提到的是2022年，疑为标题笔误。本站按2022年收录。")
    ]


def test_year_misprint_is_silent_where_the_text_is_on_the_side_of_its_title() -> None:
    assert not said(check_report(make_report(year=2022, printed_year=2021)), "year-misprint")


def test_office_mismatch_fires_at_the_line_of_the_name() -> None:
    report = make_report(name="舞钢市八台镇人民政府")
    assert said(check_report(report, make_office(name="尚店镇人民政府")), "office-mismatch") == [
        (
            1,
            (),
            (
                "报告标题的机关是“舞钢市八台镇人民政府”，存放位置的机关是“尚店镇人民政府”，两者对不上。"
                "放错的请移到正确的文件夹；确属该机关的，请把“舞钢市八台镇人民政府”写进 office.yml 的 printed_names"
                "（改过名的写进 former_names）。"
            ),
        )
    ]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("汇源办事处", "汇源街道办事处"),
        ("舞钢市尚店镇人民政府", "尚店镇人民政府"),
        ("河南省平顶山市舞钢市尚店镇政府", "尚店镇人民政府"),
        ("尚店 镇人民政府", "舞钢市尚店镇人民政府"),
        ("尚店政府", "尚店镇人民政府"),
        ("舞钢市人民政府尚店镇人民政府", "尚店镇人民政府"),
        ("旧名镇人民政府", "尚店镇人民政府"),
        ("尚店填人民政府", "尚店镇人民政府"),
        (None, "尚店镇人民政府"),
    ],
)
def test_office_mismatch_is_silent_on_names_of_the_same_body(printed: str | None, name: str) -> None:
    office = make_office(name=name, former_names=("旧名镇人民政府",), printed_names=("尚店填人民政府",))
    assert not said(check_report(make_report(name=printed), office), "office-mismatch")
    assert not said(check_report(make_report(name=printed)), "office-mismatch")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("东金乡街道办事处", "金乡街道办事处"),
        ("临清市尚店镇人民政府", "尚店镇人民政府"),
        ("凤凰乡人民政府", "凤凰镇人民政府"),
        ("金乡县人民政府", "金乡街道办事处"),
        ("沐阳县人民政府", "沭阳县人民政府"),
        ("鲁山县人民政府办公室", "鲁山县人民政府"),
    ],
)
def test_office_mismatch_tells_similar_names_apart(printed: str, name: str) -> None:
    assert said(check_report(make_report(name=printed), make_office(name=name)), "office-mismatch")


def in_preamble(name: str) -> Report:
    report = make_report(name=name)
    identity = replace(report.filling.identity, found_in="preamble", name_line=3)
    return replace(report, filling=replace(report.filling, identity=identity))


def test_office_mismatch_fires_on_the_preamble_where_there_is_no_title() -> None:
    found = said(
        check_report(in_preamble("舞钢市八台镇人民政府"), make_office(name="尚店镇人民政府")), "office-mismatch"
    )
    ((line, cells, message),) = found
    assert (line, cells) == (3, ())
    assert message.startswith("报告前言的机关是“舞钢市八台镇人民政府”，存放位置的机关是“尚店镇人民政府”，两者对不上。")


def test_office_mismatch_is_silent_on_its_own_name_in_the_preamble() -> None:
    assert not said(check_report(in_preamble("尚店镇政府"), make_office(name="尚店镇人民政府")), "office-mismatch")


def test_office_mismatch_is_silent_where_a_title_was_cut_inside_the_name_of_a_region() -> None:
    office = make_office(name="尚店镇人民政府")
    path = "".join(region.name for region in office.regions)
    for at in range(len(path)):
        report = make_report(name=f"{path[at:]}尚店镇人民政府")
        assert not said(check_report(report, office), "office-mismatch"), path[at:]
    for other in ("八台镇人民政府", "新尚店镇人民政府"):
        assert said(check_report(make_report(name=f"{path[-1:]}{other}"), office), "office-mismatch")


@pytest.mark.parametrize(
    ("title", "misfiled"),
    [
        ("尚\n店镇\n人民政府2021年度政府信息公开工作年度报告", 0),
        ("首页\n尚\n店镇人民政府\n2021年度政府信息公开工作年度报告", 0),
        ("八\n台镇人民政府\n2021年度政府信息公开工作年度报告", 1),
        ("店镇人民政府\n2021年度政府信息公开工作年度报告", 1),
    ],
)
def test_a_title_broken_inside_the_name_of_its_office_is_no_mismatch(title: str, misfiled: int) -> None:
    report = read_report("2021.txt", title.encode())
    assert len(said(check_report(report, make_office(name="尚店镇人民政府")), "office-mismatch")) == misfiled
