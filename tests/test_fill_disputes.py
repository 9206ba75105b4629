"""Table 4 in text: fifteen numbers in one row, told by their count, their sums, and what stands around them."""

from __future__ import annotations

import pytest
from disclosure.check import check_report
from disclosure.model import Cell, Report, Status
from disclosure.reading import read_report
from layouts import TITLES, grid, tabs
from test_fill import TRUE

NUMBERS = "3 0 3 4 10 1 1 4 0 6 0 0 5 0 5"
READ_ACROSS = """\
行政复议 行政诉讼
结果 结果 其他 尚未 总计 未经 复议
维持 纠正 结果 审结 复议 后起
直接 诉
起诉
结果 结果 其他 尚未 总计 结果 结果 其他 尚未 总计
维持 纠正 结果 审结 维持 纠正 结果 审结
"""
WHOLE = tabs(grid("2021", "disputes", TRUE["2021"])[:-1])


def read(disputes: str) -> Report:
    requests = f"{TITLES['requests']}\n{tabs(grid('2021', 'requests', TRUE['2021']))}"
    return read_report("2023.txt", f"{requests}\n{TITLES['disputes']}\n{disputes}\n五、存在的主要问题\n好。\n".encode())


def values(report: Report) -> list[object]:
    return [figure.value for cell, figure in report.figures.items() if cell.table == "disputes"]


def test_a_header_that_was_read_across_its_cells_is_the_header_of_table_4() -> None:
    assert values(read(READ_ACROSS + NUMBERS)) == list(map(int, NUMBERS.split()))


@pytest.mark.parametrize(
    "header", ["", "结果 结果 其他 尚未 总计\n维持 纠正 结果 审结\n", READ_ACROSS.replace("\n", "各机关\n")]
)
def test_fifteen_numbers_below_the_heading_are_not_table_4_without_its_header(header: str) -> None:
    assert values(read(header + NUMBERS)) == [None] * 15


def test_the_number_of_a_page_above_the_row_is_none_of_its_fifteen() -> None:
    found = read(f"{WHOLE}7\n{NUMBERS}")
    assert values(found) == list(map(int, NUMBERS.split()))
    assert [piece.text for piece in found.filling.unplaced] == ["7"]
    assert "unplaced-number" in {finding.rule for finding in check_report(found)}


def test_a_line_of_fifteen_that_does_not_add_up_is_not_believed_for_its_count() -> None:
    assert values(read(f"{WHOLE}7\n{NUMBERS.replace('10', '11')}")) == [None] * 15


def test_two_lines_of_fifteen_are_two_years() -> None:
    assert values(read(f"{WHOLE}7\n{NUMBERS}\n{NUMBERS}")) == [None] * 15


@pytest.mark.parametrize("comma", [",", "，"])
def test_rows_whose_cells_only_commas_part_are_not_blank(comma: str) -> None:
    table = "\n".join(comma.join(row) for row in grid("2021", "requests", TRUE["2021"]))
    found = read_report("2023.txt", f"{TITLES['requests']}\n{table}\n".encode())
    statuses = {figure.status for cell, figure in found.figures.items() if cell.table == "requests"}
    assert statuses == {Status.ABSENT}
    said = [finding for finding in check_report(found) if finding.rule == "unreadable-number"]
    assert Cell("requests", "granted", "total") in {cell for finding in said for cell in finding.cells}
