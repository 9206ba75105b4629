"""What a second adversary's texts brought to light: broken numbers, stolen runs, other years, slips in headers."""

from __future__ import annotations

import re

import pytest
from disclosure.check import check_report
from disclosure.form.tokens import Sort, tokenize
from disclosure.model import Cell, Report, Status
from disclosure.reading import read_report
from layouts import cell_a_line, grid, pipes, repeated_lines_removed, report, tabs
from layouts_text import wrong_headers
from test_doubts import changed, figure, read, row_of, statuses
from test_fill import TRUE

LATER = report("2021", {**TRUE["2021"], Cell("proactive", "licensing", "decisions"): 9}, tabs, year=2024)
THIS_YEAR = report("2021", TRUE["2021"], tabs)


def read_text(text: str) -> Report:
    return read_report("2023.txt", text.encode())


def differing(found: Report) -> list[Cell]:
    return [cell for cell, figure in found.figures.items() if figure.value != TRUE["2021"][cell]]


def rules(found: Report) -> set[str]:
    return {finding.rule for finding in check_report(found)}


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        (["769", ".3209"], []),
        (["769", "", ".3209万元"], []),
        (["1,", "234"], []),
        (["5", "0", ".3"], ["5"]),
        (["12", "3"], ["12", "3"]),
    ],
)
def test_a_number_broken_at_its_point_or_comma_is_no_number(lines: list[str], numbers: list[str]) -> None:
    assert [token.raw for token in tokenize(lines) if token.sort is Sort.NUMBER] == numbers


@pytest.mark.parametrize("slip", ["6.属于四类过程信息", "6.属于四过程性信息"])
def test_a_note_that_begins_as_the_next_label_does_not_take_the_numbers_to_it(slip: str) -> None:
    def change(rows: list[list[str]]) -> None:
        internal = row_of(rows, "5.属于三类内部事务信息")
        internal[-8] = "5.属于三类内部事务信息（共6类"
        internal[-7:] = row_of(rows, "（一）予以公开")[-7:]
        row_of(rows, "（一）予以公开")[-7:] = ["0"] * 7
        row_of(rows, "6.属于四类")[-8] = slip

    found = read("requests", changed("requests", change))
    assert figure(found, "refused_internal_affairs", "natural_person")[0] in {10, None}
    assert figure(found, "refused_process_information", "natural_person")[0] in {0, None}


@pytest.mark.parametrize("pipe", "｜│┃")
def test_pipes_that_are_drawn_part_cells_as_others_do(pipe: str) -> None:
    text = report("2021", TRUE["2021"], pipes).replace(" | ", pipe).replace("| ", pipe).replace(" |", pipe)
    assert differing(read_text(text)) == []


def test_a_circled_number_is_not_an_empty_cell() -> None:
    found = read("proactive", changed("proactive", lambda rows: row_of(rows, "行政许可").__setitem__(1, "⑤")))
    assert statuses(found, "licensing") == {Status.ABSENT}


def test_counts_with_a_decimal_zero_are_counts() -> None:
    """As spreadsheet programs write them."""
    found = read_text(re.sub(r"(?m)^(\d+)$", r"\1.0", report("2021", TRUE["2021"], cell_a_line)))
    assert differing(found) == []
    assert {figure.status for figure in found.figures.values()} == {Status.PRINTED}
    assert found.figures[Cell("requests", "received", "total")].raw == "15.0"


@pytest.mark.parametrize("printed", ["12.561", "-5"])
def test_what_can_be_no_count_is_flagged_in_table_2_too(printed: str) -> None:
    found = read("proactive", changed("proactive", lambda rows: row_of(rows, "行政许可").__setitem__(1, printed)))
    assert statuses(found, "licensing") == {Status.CONFLICT}
    assert "not-a-count" in rules(found)


class TestHeaderOfTable4:
    """One character of a header may be lost or another: its numbers are still its own."""

    @pytest.mark.parametrize(
        ("printed", "instead"),
        [("结果维持", "结维持"), ("尚未审结", "尚未办结"), ("总计", "合计"), ("尚未审结", "尚未审结（单位：件）")],
    )
    @pytest.mark.parametrize("last", [True, False])
    def test_with_a_slip_is_read(self, printed: str, instead: str, *, last: bool) -> None:
        text = cell_a_line(grid("2021", "disputes", TRUE["2021"]))
        at = text.rfind(printed) if last else text.find(printed)
        found = read("disputes", text[:at] + instead + text[at + len(printed) :])
        assert differing(found) == []

    def test_with_columns_exchanged_is_refused(self) -> None:
        text = cell_a_line(grid("2021", "disputes", TRUE["2021"]))
        first, *others = "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"
        moved = text.replace("\n".join((first, *others)), "\n".join((*others, first)))
        assert moved != text
        assert statuses(read("disputes", moved), "reconsideration", "disputes") == {Status.ABSENT}


class TestReportOfAnotherYear:
    """A file may hold the report of another year as well."""

    def test_behind_this_one_is_left_out(self) -> None:
        found = read_text(f"{THIS_YEAR}\n附：另一年度报告\n{LATER}")
        assert differing(found) == []
        assert "another-year-inside" in rules(found)

    def test_does_not_supply_tables_that_this_one_lacks(self) -> None:
        without = THIS_YEAR[: THIS_YEAR.index("二、主动公开")] + THIS_YEAR[THIS_YEAR.index("五、存在") :]
        found = read_text(f"{without}\n{LATER}")
        assert found.figures == {}
        (said,) = [finding for finding in check_report(found) if finding.rule == "another-year-inside"]
        assert said.line == 1 + f"{without}\n".count("\n")

    def test_named_in_a_sentence_or_a_link_leaves_out_nothing(self) -> None:
        text = THIS_YEAR.replace("本年依法公开", "《试验镇人民政府2022年政府信息公开工作年度报告》已发布。本年依法公开")
        assert differing(read_text(f"上一篇：试验镇人民政府2022年政府信息公开工作年度报告\n{text}")) == []


def test_rows_without_labels_do_not_stand_in_an_order_that_the_beginnings_of_labels_contradict() -> None:
    def change(rows: list[list[str]]) -> None:
        held, query = row_of(rows, "1.本机关不掌握"), row_of(rows, "8.属于行政查询事项")
        one, other = rows.index(query), rows.index(held)
        rows[one], rows[other] = held, query
        for row, begun in ((held, "1.本机关不"), (query, "8.属于行政")):
            row[-8] = begun
        held[-7], held[-1] = "4", "4"
        granted = row_of(rows, "（一）予以公开")
        granted[-7], granted[-1] = "6", "9"

    found = read("requests", changed("requests", change), tabs)
    assert figure(found, "refused_administrative_query", "natural_person") != (4, Status.PLACED)


def test_a_text_without_repeated_lines_is_known_though_one_was_doubled_afterwards() -> None:
    text = repeated_lines_removed(report("2021", TRUE["2021"], cell_a_line)).replace("\n120\n", "\n120\n120\n")
    found = read_text(text)
    assert "lines-removed" in rules(found)
    assert {figure.value for figure in found.figures.values()} == {None}


@pytest.mark.parametrize("printed", ["知要求缴纳费。用、行政机", "。用、行政机关不再处理", "知要求缴纳费。、行政机"])
def test_a_full_stop_in_a_line_of_a_label_does_not_end_the_table(printed: str) -> None:
    assert [token.sort for token in tokenize([printed])] == [Sort.WORDING]


@pytest.mark.parametrize("printed", ["依法处理了申请。行政机关", "缴纳费用。", "费。用。、。行。政。机关" * 9])
def test_a_sentence_is_no_stretch_of_a_label(printed: str) -> None:
    assert [token.sort for token in tokenize([printed])] == [Sort.PROSE]


@pytest.mark.parametrize(("last", "expected"), [("4", None), ("0", 0), ("2425", 2425)])
def test_where_a_row_of_table_2_lost_a_number_a_page_may_have_lent_another_row_its_own(
    last: str, expected: int | None
) -> None:
    def change(rows: list[list[str]]) -> None:
        row_of(rows, "规章")[1:] = ["33", "5", last]
        del row_of(rows, "行政规范性文件")[-1]

    found = read("proactive", changed("proactive", change))
    assert found.value("proactive", "rules", "in_force") == expected


def test_the_last_row_of_a_table_is_not_blank_where_the_next_table_was_thought_to_begin_above_it() -> None:
    """Headers of the next table that stand above the row make its zone begin there."""

    def change(rows: list[list[str]]) -> None:
        row_of(rows, "政府集中采购")[1:] = ["0", "00"]

    tables = [changed("proactive", change, "2019"), grid("2019", "requests", TRUE["2019"])]
    found = read_text("\n".join(map(wrong_headers, tables)))
    assert {figure(found, "procurement", column, "proactive")[0] for column in ("items", "amount")} == {None}
    assert Status.BLANK not in statuses(found, "procurement")


def test_what_keeps_every_table_from_being_read_is_said_once() -> None:
    found = read_text(repeated_lines_removed(report("2021", TRUE["2021"], cell_a_line)))
    assert [note.rule for note in found.filling.notes].count("lines-removed") == 1
