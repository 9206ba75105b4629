"""Real tables: the header names the place of each column, so empty cells tell the columns of numbers beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from disclosure.form.fill import fill_form
from disclosure.model import Cell, Figure, Status
from disclosure.prove import prove_tables
from disclosure.read.document import Document, DocumentBuilder, TableCell
from layouts import TITLES, Grid, grid
from test_fill import TRUE

WORD_GRID = {"proactive": 4, "requests": 10, "disputes": 15}


def cells(row: list[str], width: int) -> list[TableCell]:
    return [TableCell(text) for text in (row + [""] * width)[:width]]


def document(**tables: Grid) -> Document:
    """A document with these real tables."""
    builder = DocumentBuilder()
    builder.paragraph("试验镇2023年政府信息公开工作年度报告")
    for name, table in tables.items():
        builder.paragraph(TITLES[name])
        builder.table([cells(row, max(map(len, table))) for row in table])
    return builder.build()


def figures(source: Document) -> dict[Cell, Figure]:
    return prove_tables(fill_form(source))


def word_grid(form: str, blank_zeros: bool = True) -> Grid:  # noqa: FBT001, FBT002 - two kinds of table
    """Table 3 as Word has it: three columns of labels, and the header in three rows."""
    table = grid(form, "requests", TRUE[form])
    header = [
        ["勾稽关系", "", "", "申请人情况", *[""] * 6],
        ["", "", "", "自然人", "法人或其他组织", "", "", "", "", "总计"],
        ["", "", "", "", *next(row for row in table if "科研机构" in row)[-5:], ""],
    ]
    rows = []
    for row in table[3:]:
        labels, numbers = row[:-7], row[-7:]
        if numbers[-1].isdecimal():
            shown = ["" if number == "0" and blank_zeros else number for number in numbers]
            rows.append([*labels, *[""] * (3 - len(labels)), *shown])
    return header + rows


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_numbers_between_empty_cells_stand_in_the_columns_that_the_header_names(form: str) -> None:
    found = figures(document(requests=word_grid(form)))
    for cell, value in TRUE[form].items():
        if cell.table == "requests" and value:
            assert (found[cell].value, found[cell].status) == (value, Status.PRINTED), cell
        elif cell.table == "requests":
            assert found[cell].value in {None, 0}


def test_without_a_real_table_the_same_lines_need_all_sums() -> None:
    """Lines with tabs are not a real table: one broken sum, and no row is placed by its tabs."""
    table = word_grid("2021")
    handled = next(row for row in table if "（七）总计" in row)
    handled[3] = "9"
    source = document(requests=table)
    cell = Cell("requests", "received", "natural_person")
    assert figures(source)[cell].status in {Status.PRINTED, Status.CONFLICT}
    assert figures(replace(source, tables=()))[cell].status is Status.AMBIGUOUS


def test_a_row_that_slipped_to_the_left_is_not_placed_by_its_cells() -> None:
    table = word_grid("2021")
    slipped = next(row for row in table if "（一）予以公开" in row)
    slipped.append(slipped.pop(3 - 1))
    granted = figures(document(requests=table))[Cell("requests", "granted", "natural_person")]
    assert granted.status is not Status.PRINTED


def test_cells_are_not_believed_where_a_complete_row_stands_elsewhere() -> None:
    """The header leaves three columns for labels, the rows have two: every place is off by one."""
    table = word_grid("2021")
    full = ["二、上年结转政府信息公开申请数量", "", "0", "0", "0", "0", "0", "0", "0", ""]
    table = [*table[:3], *([*row[:2], *row[3:], ""] for row in table[3:])]
    table[4] = full
    found = figures(document(requests=table))
    assert found[Cell("requests", "granted", "natural_person")].status is not Status.PRINTED


def test_a_table_that_lost_a_column_but_not_its_name_is_not_placed_by_its_cells() -> None:
    """Every number stands one column to the left of its own, and every column adds up: but no 总计 is printed."""
    table = [row if number < 3 else [*row[:4], *row[5:], ""] for number, row in enumerate(word_grid("2021"))]
    found = figures(document(requests=table))
    assert found[Cell("requests", "received", "total")].value in {None, 15}
    assert found[Cell("requests", "received", "total")].status is not Status.PRINTED


def test_a_row_without_its_total_is_placed_where_all_columns_add_up() -> None:
    table = word_grid("2021")
    next(row for row in table if "（一）予以公开" in row)[-1] = ""
    found = figures(document(requests=table))
    granted = {column: found[Cell("requests", "granted", column)] for column in ("natural_person", "business", "total")}
    assert {name: (one.value, one.status.value) for name, one in granted.items()} == {
        "natural_person": (10, "printed"),
        "business": (3, "printed"),
        "total": (None, "blank"),
    }


def test_a_table_cut_over_two_pages_keeps_the_header_of_the_first() -> None:
    table = word_grid("2021")
    builder = DocumentBuilder()
    builder.paragraph(TITLES["requests"])
    builder.table([cells(row, 10) for row in table[:9]])
    builder.table([cells(row, 10) for row in table[9:]])
    found = figures(builder.build())
    total = Cell("requests", "handled", "natural_person")
    assert (found[total].value, found[total].status) == (TRUE["2021"][total], Status.PRINTED)


def test_columns_in_another_order_are_refused_with_their_cells() -> None:
    table = word_grid("2021")
    table[2][4], table[2][5] = table[2][5], table[2][4]
    assert {figure.value for figure in figures(document(requests=table)).values()} == {None}


def disputes(numbers: list[str]) -> Grid:
    return [
        ["行政复议", "", "", "", "", "行政诉讼", *[""] * 9],
        [
            "结果维持",
            "结果纠正",
            "其他结果",
            "尚未审结",
            "总计",
            "未经复议直接起诉",
            "",
            "",
            "",
            "",
            "复议后起诉",
            *[""] * 4,
        ],
        ["", "", "", "", "", *["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2],
        numbers,
    ]


def test_blank_zeros_of_table_4_have_their_columns_in_a_real_table() -> None:
    numbers = ["", "1", "", "", "1", *[""] * 5, "2", "", "", "3", "5"]
    found = figures(document(requests=word_grid("2021"), disputes=disputes(numbers)))
    at = {cell[1:]: figure for cell, figure in found.items() if cell.table == "disputes" and figure.value is not None}
    assert {key: figure.value for key, figure in at.items() if figure.status is Status.PRINTED} == {
        ("reconsideration", "corrected"): 1,
        ("reconsideration", "total"): 1,
        ("litigation_after_reconsideration", "upheld"): 2,
        ("litigation_after_reconsideration", "pending"): 3,
        ("litigation_after_reconsideration", "total"): 5,
    }


def test_table_4_without_merged_header_cells_is_told_by_its_fifteen_columns() -> None:
    table = disputes(["", "1", "", "", "1", *[""] * 5, "2", "", "", "3", "5"])
    table[1] = [cell for cell in table[1] if cell]
    table[2] = [cell for cell in table[2] if cell]
    found = figures(document(requests=word_grid("2021"), disputes=table))
    pending = found[Cell("disputes", "litigation_after_reconsideration", "pending")]
    assert (pending.value, pending.status) == (3, Status.PRINTED)


def test_a_block_of_table_4_that_does_not_add_up_is_not_placed() -> None:
    numbers = ["", "1", "", "", "2", *[""] * 10]
    found = figures(document(requests=word_grid("2021"), disputes=disputes(numbers)))
    assert {figure.value for cell, figure in found.items() if cell.table == "disputes"} == {None}


def test_an_empty_table_4_is_blank() -> None:
    found = figures(document(requests=word_grid("2021"), disputes=disputes([""] * 15)))
    assert {figure.status for cell, figure in found.items() if cell.table == "disputes"} == {Status.BLANK}


def test_blank_cells_of_table_2_keep_their_columns() -> None:
    table = [
        ["第二十条第（一）项", "", "", ""],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "", "", ""],
        ["行政规范性文件", "5", "", "28"],
        ["第二十条第（五）项", "", "", ""],
        ["信息内容", "本年处理决定数量", "", ""],
        ["行政许可", "133", "", ""],
    ]
    found = figures(document(proactive=table))
    row = {cell.column: figure for cell, figure in found.items() if cell.row == "normative_documents"}
    assert {column: (figure.value, figure.status.value) for column, figure in row.items()} == {
        "issued": (5, "printed"),
        "repealed": (None, "blank"),
        "in_force": (28, "printed"),
    }


def test_a_row_of_table_2_with_one_cell_too_many_is_not_taken() -> None:
    """One number stands twice beside an empty cell: three numbers again, two of them in the wrong columns."""
    table = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", ""],
        ["规章", "5", "1", "7", ""],
        ["行政规范性文件", "3", "", "296", "296"],
    ]
    found = figures(document(proactive=table, requests=word_grid("2021")))
    values = {
        row: [figure.value for cell, figure in found.items() if cell.row == row]
        for row in ("rules", "normative_documents")
    }
    assert values == {"rules": [5, 1, 7], "normative_documents": [None, None, None]}


def test_a_row_under_the_header_of_other_rows_has_no_columns() -> None:
    """规章 has the columns of its own header, and no sum could object to others."""
    table = [["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"], ["规章", "5", "", "7"]]
    found = figures(document(proactive=table, requests=word_grid("2019")))
    assert {figure.value for cell, figure in found.items() if cell.row == "rules"} == {None}


def test_a_row_lost_between_two_pages_takes_nothing_from_the_row_before() -> None:
    """In a real table the numbers of a row stand beside its own label, whatever was lost behind it."""
    table = [["信息内容", "本年处理决定数量"], ["行政许可", "133"], ["第二十条第（六）项", ""], ["行政强制", "8"]]
    found = figures(document(proactive=table, requests=word_grid("2021")))
    assert [found[Cell("proactive", row, "decisions")].value for row in ("licensing", "penalties", "coercion")] == [
        133,
        None,
        8,
    ]


@pytest.mark.parametrize("misread", ["l", "00"])
def test_a_cell_that_cannot_be_read_leaves_no_cell_of_its_row_blank(misread: str) -> None:
    table = word_grid("2021")
    row = next(row for row in table if "3.危及“三安全一稳定”" in row)
    row[-2] = misread
    found = figures(document(requests=table))
    own = [figure for cell, figure in found.items() if cell.row == "refused_security_stability"]
    assert Status.BLANK not in {figure.status for figure in own}
    assert all(figure.value in {None, TRUE["2021"][figure.cell]} for figure in own)
