"""The rules about the sums that the form prints, each with a case that fires and one that stays silent."""

from __future__ import annotations

from dataclasses import replace

from builders import granted, line_of, make_report, said
from disclosure.check import check_report
from disclosure.form.template import APPLICANTS, OUTCOME_ROWS, OUTCOMES
from disclosure.model import Cell, Kind, Severity, Status
from disclosure.reading import read_report
from layouts import figures
from layouts import report as report_text

ROW = {"natural_person": 3, "business": 1}


def cells_of_row(table: str, row: str) -> tuple[Cell, ...]:
    columns = APPLICANTS if table == "requests" else OUTCOMES
    return tuple(Cell(table, row, column.id) for column in columns)


def test_row_total_mismatch_fires_and_names_the_smallest_repair() -> None:
    total = Cell("requests", "granted", "total")
    report = make_report(requests={"granted": {**ROW, "total": 5}}, suggestions={total: 4})
    assert said(check_report(report), "row-total-mismatch") == [
        (
            line_of(report, *total),
            cells_of_row("requests", "granted"),
            (
                "“予以公开”一行：自然人 3 + 商业企业 1（其余各项均为 0）= 4，总计写作 5，相差 1。"
                "所载数据不满足横向合计关系。"
                "如果“予以公开”的“总计”是 4，本表的各项关系就都成立；这只是推测，本站公布的仍是原文的数字。"
            ),
        )
    ]


def test_a_finding_carries_its_rule_s_card_and_the_report_s_place() -> None:
    report = make_report(requests={"granted": {**ROW, "total": 5}})
    (finding,) = [one for one in check_report(report) if one.rule == "row-total-mismatch"]
    assert (finding.severity, finding.kind) == (Severity.WARNING, Kind.SOURCE)
    assert (finding.file, finding.office, finding.year) == ("reports/410481100/2022.txt", "410481100", 2022)


def test_row_total_mismatch_is_silent_where_the_row_adds_up() -> None:
    assert not said(check_report(make_report(requests=granted(**ROW))), "row-total-mismatch")


def test_row_total_mismatch_is_silent_where_a_figure_of_the_row_is_withheld() -> None:
    report = make_report(requests={"granted": {**ROW, "research": Status.AMBIGUOUS, "total": 5}})
    assert not said(check_report(report), "row-total-mismatch")


def test_row_total_mismatch_is_silent_where_a_figure_of_the_row_was_recovered() -> None:
    report = make_report(requests={"granted": {**ROW, "total": 5}})
    cell = Cell("requests", "granted", "research")
    recovered = {**report.figures, cell: report.figures[cell]._replace(status=Status.RECOVERED)}
    assert not said(check_report(replace(report, figures=recovered)), "row-total-mismatch")


def test_a_sum_of_zeros_is_said_to_be_zero() -> None:
    report = make_report(requests={"carried_out": {"total": 3}})
    ((_, _, message),) = said(check_report(report), "row-total-mismatch")
    assert message == "“结转下年度”一行：各项均为 0，合计 0，总计写作 3，相差 3。所载数据不满足横向合计关系。"


def test_handled_sum_mismatch_fires_in_the_column_whose_outcomes_do_not_add_up() -> None:
    row = {"natural_person": 2, "total": 2}
    report = make_report(requests={"received": row, "granted": row, "handled": {"natural_person": 4, "total": 2}})
    handled = Cell("requests", "handled", "natural_person")
    outcomes = tuple(Cell("requests", row, "natural_person") for row in OUTCOME_ROWS["2021"])
    assert said(check_report(report), "handled-sum-mismatch") == [
        (
            line_of(report, *handled),
            (*outcomes, handled),
            "“自然人”一列：予以公开 2（其余各项均为 0）= 2，办理结果总计写作 4，相差 2。所载数据不满足纵向合计关系。",
        )
    ]


def test_handled_sum_mismatch_is_silent_in_both_forms_where_outcomes_add_up() -> None:
    for form in ("2021", "2019"):
        assert not said(check_report(make_report(form=form, requests=granted(**ROW))), "handled-sum-mismatch")


def test_balance_mismatch_fires_with_both_sides_written_out() -> None:
    report = make_report(
        requests=granted(business=18) | {"carried_in": {"business": 1, "total": 1}, "carried_out": {"total": 1}}
    )
    cells = tuple(Cell("requests", row, "business") for row in ("received", "carried_in", "handled", "carried_out"))
    assert said(check_report(report), "balance-mismatch") == [
        (
            line_of(report, "requests", "handled", "business"),
            cells,
            (
                "“商业企业”一列：本年新收 18 + 上年结转 1 = 19，办理结果总计 18 + 结转下年度 0 = 18，相差 1。"
                "所载数据不满足“新收加结转等于总计加结转下年度”的关系。"
            ),
        )
    ]


def test_balance_mismatch_is_silent_where_what_came_in_went_out() -> None:
    report = make_report(
        requests=granted(business=18)
        | {"carried_in": {"business": 1, "total": 1}, "carried_out": {"business": 1, "total": 1}}
    )
    assert not said(check_report(report), "balance-mismatch")


def test_dispute_total_mismatch_fires_for_its_block() -> None:
    report = make_report(disputes={"litigation_direct": {"upheld": 1, "pending": 2, "total": 2}})
    assert said(check_report(report), "dispute-total-mismatch") == [
        (
            line_of(report, "disputes", "litigation_direct", "total"),
            cells_of_row("disputes", "litigation_direct"),
            (
                "“行政诉讼（未经复议直接起诉）”一组：结果维持 1 + 尚未审结 2（其余各项均为 0）= 3，总计写作 2，相差 1。"
                "所载数据不满足横向合计关系。"
            ),
        )
    ]


def test_dispute_total_mismatch_is_silent_where_the_block_adds_up() -> None:
    report = make_report(disputes={"reconsideration": {"upheld": 1, "pending": 2, "total": 3}})
    assert not said(check_report(report), "dispute-total-mismatch")


def test_no_relation_is_checked_where_no_table_was_found() -> None:
    rules = {finding.rule for finding in check_report(make_report(form=None))}
    assert not {rule for rule in rules if rule.endswith("-mismatch")}


def test_figures_contradict_fires_where_what_is_left_exceeds_the_total() -> None:
    """结果维持 3 and 结果纠正 4 are more than the 总计 5, whatever the empty cells hold."""
    zeros = "\t".join("0" * 15)
    text = report_text("2021", figures("2021")).replace(zeros, f"3\t4\t/\t/\t5{zeros[9:]}")
    found = read_report("2023.txt", text.encode())
    (complaint,) = said(check_report(found), "figures-contradict")
    assert complaint[2] == (
        "“政府信息公开行政复议、行政诉讼情况”表有 3 个数字（“行政复议”的“结果维持”写作 3、"
        "“行政复议”的“结果纠正”写作 4、“行政复议”的“总计”写作 5）放在一起，"
        "怎样补上没有读到的数，也不能满足表内的合计关系。本站公布的仍是原文的数字。"
    )
    assert {found.figures[cell].status for cell in complaint[1]} == {Status.CONFLICT}


def test_figures_contradict_is_silent_where_another_rule_has_the_whole_sum() -> None:
    report = make_report(requests={"granted": {**ROW, "total": 5}})
    assert not said(check_report(report), "figures-contradict")
