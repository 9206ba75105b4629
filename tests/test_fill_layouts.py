"""What the layout tells and what it does not: orders of columns, empty cells, lost labels, explanations and units."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from disclosure.model import Cell, Filling, Number, Status
from disclosure.reading import read_report
from layouts import TITLES, Grid, cell_a_line, figures, grid, pipes, report, tabs, turned
from test_fill import TRUE, certain, damaged, fill, notes, row

ONE_REQUEST = figures(
    "2021",
    {
        ("requests", name, column): 1
        for name in ("received", "granted", "handled")
        for column in ("natural_person", "total")
    },
)


def requests_table(table: Grid, layout: object = tabs) -> str:
    """A report whose table 3 is this grid."""
    return f"{TITLES['requests']}\n{layout(table)}\n五、存在的主要问题及改进情况\n好。\n"  # type: ignore[operator]


def values(text: str) -> Mapping[Cell, Number | None]:
    return {cell: figure.value for cell, figure in read_report("2023.txt", text.encode()).figures.items()}


def numbers(filling: Filling, table: str, name: str) -> list[Number | None]:
    """What was taken for the numbers of a row; nothing where the row was not read."""
    return [entry.value for each in filling.tables[table].rows if each.row == name for entry in each.entries]


def test_total_first_on_the_line_of_the_other_columns_needs_no_sums() -> None:
    """1 0 0 0 0 0 1 reads the same both ways; the header says which it is."""
    filling = fill(requests_table(turned(grid("2021", "requests", ONE_REQUEST))))
    assert certain(filling) == {cell: value for cell, value in ONE_REQUEST.items() if cell.table == "requests"}


def test_total_between_the_cell_above_all_applicants_and_the_applicants_may_be_either_column() -> None:
    """One cell a line, 申请人情况 总计 自然人 is a 总计 at the right over two rows, or a first column."""
    table = grid("2021", "requests", ONE_REQUEST)
    table[0], table[1] = [*table[0], "总计"], ["", "自然人", "法人或其他组织"]
    filling = fill(requests_table(table, cell_a_line))
    assert numbers(filling, "requests", "received") == []
    assert [entry.value for entry in row(filling, "requests", "carried_in").entries] == [0] * 7


def test_a_row_short_of_a_number_is_not_read_where_total_stands_first() -> None:
    table = turned(grid("2021", "requests", ONE_REQUEST))
    del table[3][3]
    assert numbers(fill(requests_table(table)), "requests", "received") == []


def test_total_first_without_a_header_is_told_by_sums_that_hold_no_other_way() -> None:
    table = turned(grid("2021", "requests", TRUE["2021"]))
    filling = fill(requests_table(table[3:]))
    assert row(filling, "requests", "received").columns == (
        "total", "natural_person", "business", "research", "social", "legal_service", "other_org",
    )  # fmt: skip


@pytest.mark.parametrize("layout", [tabs, pipes])
def test_where_an_office_leaves_its_zeros_blank_the_place_of_a_number_tells_its_column(layout: object) -> None:
    blank = [["" if cell == "0" else cell for cell in cells] for cells in grid("2021", "requests", TRUE["2021"])]
    received = row(fill(requests_table(blank, layout)), "requests", "received")
    assert received.columns == ("natural_person", "business", "total")
    assert [entry.value for entry in received.entries] == [12, 3, 15]


def test_a_number_in_a_cell_that_no_sum_confirms_has_no_column() -> None:
    """Blank first, 10 3 0 0 0 13: the row adds up, the columns of the table do not."""
    table = grid("2021", "requests", TRUE["2021"])
    table[5] = [*table[5][:2], "", "10", "3", "", "", "", "13"]
    assert row(fill(requests_table(table)), "requests", "granted").columns is None


def test_numbers_behind_a_lost_label_are_not_given_to_the_label_before() -> None:
    """One cell a line; the number of 行政处罚 and the label 行政强制 are lost together."""
    text = report("2021", figures("2021", {("proactive", "coercion", "decisions"): 3}), cell_a_line)
    filling = fill(text.replace("行政处罚\n0\n行政强制\n3", "行政处罚\n3"))
    assert Cell("proactive", "penalties", "decisions") not in certain(filling)
    assert "3" in [snippet.text for snippet in filling.unplaced]


def test_a_number_is_not_taken_from_a_row_whose_label_is_lost_because_the_row_before_is_blank() -> None:
    table = grid("2021", "requests", TRUE["2021"])
    table[4] = ["二、上年结转政府信息公开申请数量", *[""] * 7]
    table[5] = ["", "", *table[5][2:]]
    assert numbers(fill(requests_table(table)), "requests", "carried_in") == []


@pytest.mark.parametrize(
    ("printed", "value", "raw", "remark"),
    [
        ("22（其中修订 16 件）", 22, "22（其中修订 16 件）", "(其中修订 16 件)"),
        ("22 （其中修订 16 件）", 22, "22", "(其中修订 16 件)"),
        ("22 件", 22, "22", "件"),
        ("+19", 19, "+19", ""),
        ("1,234", 1234, "1,234", ""),
    ],
)
def test_what_stands_beside_a_number_is_kept_as_a_remark(printed: str, value: int, raw: str, remark: str) -> None:
    filling = damaged(("行政许可\t120", f"行政许可\t{printed}"))
    (entry,) = row(filling, "proactive", "licensing").entries
    assert (entry.value, entry.raw, entry.remark) == (value, raw, remark)
    assert notes(filling) == []


@pytest.mark.parametrize("printed", ["8000元", "8000 元", "8 千元（含罚没）", "8000\n元", "8块"])
def test_a_fee_in_another_unit_is_never_taken_for_ten_thousand_yuan(printed: str) -> None:
    filling = damaged(("行政事业性收费\t0", f"行政事业性收费\t{printed}"))
    assert [entry.value for entry in row(filling, "proactive", "fees").entries if entry.value] == []


@pytest.mark.parametrize("unit", ["（单位：元）", "(单位:人民币元)", "\n单位：元"])
def test_a_fee_below_a_header_in_yuan_is_never_taken_for_ten_thousand_yuan(unit: str) -> None:
    filling = damaged(("（单位：万元）", unit), ("行政事业性收费\t0", "行政事业性收费\t8000"))
    (entry,) = row(filling, "proactive", "fees").entries
    assert (entry.value, entry.raw, entry.remark) == (None, "8000", "元")
    assert [note.message for note in filling.notes] == [
        "“行政事业性收费”印作“8000（元）”，表格规定的单位是万元。没有换算，不予采用。"
    ]


def test_an_explanation_in_brackets_is_no_part_of_a_label_and_its_digits_are_no_numbers() -> None:
    filling = damaged(("行政许可\t120", "行政许可（含 2019 年 12 月 31 日前受理；2020 年办结的 3 件）\t120"))
    assert certain(filling) == TRUE["2021"]
    assert notes(filling) == []


def test_a_local_row_in_brackets_is_no_explanation_of_the_row_before() -> None:
    filling = damaged(
        (
            "二、上年结转政府信息公开申请数量",
            "（其中：网上申请）\t5\t0\t0\t0\t0\t0\t5\n二、上年结转政府信息公开申请数量",
        )
    )
    assert certain(filling) == TRUE["2021"]
    assert [note.rule for note in filling.notes] == ["unknown-row"]


def test_a_row_that_lost_its_label_between_its_header_and_the_next_row_is_read() -> None:
    filling = damaged(("规章\t0\t0\t0", "\t3\t1\t9"))
    rules = row(filling, "proactive", "rules")
    assert ([entry.value for entry in rules.entries], rules.line) == ([3, 1, 9], 11)
    assert filling.unplaced == ()


def test_numbers_behind_a_header_are_no_row_where_the_next_row_lost_its_label_too() -> None:
    filling = damaged(("规章\t0\t0\t0", "\t3\t1\t9"), ("行政规范性文件\t0\t0\t7", "\t0\t0\t7"))
    assert Cell("proactive", "rules", "issued") not in certain(filling)


def test_a_lone_number_behind_a_header_may_be_the_number_of_a_page() -> None:
    filling = damaged(("行政处罚\t0", "4"))
    assert Cell("proactive", "penalties", "decisions") not in certain(filling)


@pytest.mark.parametrize("mark", ["4", "共 6 页", "·3·", "7 试验镇人民政府"])
def test_the_number_of_a_page_does_not_fill_a_row_that_lost_its_own(mark: str) -> None:
    filling = damaged(("行政处罚\t0", f"行政处罚\n{mark}"))
    assert numbers(filling, "proactive", "penalties") == []


def test_a_row_of_table_2_is_not_spliced_from_two() -> None:
    """The end of one row, the label of the next and its first numbers are lost together; no sum could object."""
    filling = damaged(("规章\t0\t0\t0\n行政规范性文件\t0\t0\t7", "规章\t0\t0\t7"))
    assert numbers(filling, "proactive", "rules") == []


def test_blank_cells_of_table_4_tell_the_block_of_a_number_but_not_its_column() -> None:
    line = "2\t0\t0\t0\t2\t0\t0\t0\t0\t0\t0\t0\t0\t1\t1"
    filling = damaged((line, "2\t\t\t\t2\t\t\t\t\t0\t0\t0\t0\t1\t1"))
    rows = filling.tables["disputes"].rows
    assert [([entry.value for entry in each.entries], each.columns is None) for each in rows] == [
        ([2, 2], True), ([0], True), ([0, 0, 0, 1, 1], False),
    ]  # fmt: skip


def test_the_only_whole_row_among_many_short_of_one_number_is_not_taken() -> None:
    """A column was lost, and one number of a single row stands twice: seven numbers, none of them in its place."""
    table = [
        cells[:-7] + cells[-6:] if cells[-1].isdecimal() else cells for cells in grid("2021", "requests", TRUE["2021"])
    ]
    doubled = next(cells for cells in table if "（一）予以公开" in cells)
    doubled.append(doubled[-1])
    assert numbers(fill(requests_table(table)), "requests", "granted") == []


def test_a_page_mark_that_ends_or_begins_a_line_inside_a_label_is_no_number() -> None:
    text = report("2019", TRUE["2019"])
    for broken in ("行政 - 5 -\n强制", "行政\n- 5 - 强制"):
        assert certain(fill(text.replace("行政强制", broken))) == certain(fill(text.replace("行政强制", "行政\n强制")))


def test_a_row_whose_number_has_a_sentence_for_its_note_is_not_called_blank() -> None:
    text = report("2021", TRUE["2021"]).replace("行政规范性文件\t0\t", "行政规范性文件\t0（其中修订。16 件）\t")
    figures_read = read_report("2023.txt", text.encode()).figures
    assert figures_read[Cell("proactive", "normative_documents", "issued")].status.value == "absent"


def test_a_number_below_a_label_with_empty_cells_of_its_own_is_not_the_label_s() -> None:
    """Three rows lost their labels, one of them a local row: its number stands where one of 行政强制 might."""
    lines = [
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 | ||", "规章 | 0 | 5 | 26 | ||", "17 |  | 10 | ||",
        "第二十条第（五）项 | ||", "信息内容 | 本年处理决定数量 | ||", "47 | ||",
        "第二十条第（六）项 | ||", "信息内容 | 本年处理决定数量 | ||", "行政处罚 |  | ||", "行政强制 |  | ||", "7 | ||",
        "第二十条第（八）项 | ||", "信息内容 | 本年收费金额（单位：万元） | ||", "行政事业性收费 |  | ||",
    ]  # fmt: skip
    filling = fill("\n".join([TITLES["proactive"], *lines, "五、存在的主要问题及改进情况", "好。\n"]))
    assert numbers(filling, "proactive", "coercion") == []


@pytest.mark.parametrize("edges", ["| | |", "│ │ │"])
@pytest.mark.parametrize("wider", ["", " | |"])
def test_pipes_tell_the_blank_cells_of_table_2_where_table_3_shows_that_they_are_kept(edges: str, wider: str) -> None:
    left, pipe, _ = edges.split()
    rows = {name: [list(row) for row in grid("2021", name, TRUE["2021"])] for name in TITLES}
    blanked = {name: [["" if cell == "0" else cell for cell in row] for row in table] for name, table in rows.items()}
    next(row for row in blanked["proactive"] if "行政规范性文件" in row)[1:] = ["", "7", ""]
    written = {
        name: "\n".join(f"{left} " + f" {pipe} ".join(row) + f" {pipe}" + wider.replace("|", pipe) for row in table)
        for name, table in blanked.items()
    }
    text = "\n".join(f"{TITLES[name]}\n{table}" for name, table in written.items())
    found = read_report("2023.txt", text.encode())
    own = {c.column: (f.value, f.status) for c, f in found.figures.items() if c.row == "normative_documents"}
    blank = (None, Status.BLANK)
    assert own == {"issued": blank, "repealed": (7, Status.PRINTED), "in_force": blank}


def test_what_was_not_read_before_a_number_is_not_the_label_that_cells_are_counted_from() -> None:
    table = [["" if cell == "0" else cell for cell in row] for row in grid("2021", "requests", TRUE["2021"])]
    requests = "\n".join("| " + " | ".join(row) + " |" for row in table)
    proactive = "\n".join(
        "| " + " | ".join(row) + " | | |"
        for row in [
            ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
            ["规章", "", "Z", "1509"],
            ["行政规范性文件", "3", "1", "2"],
        ]
    )
    text = f"{TITLES['proactive']}\n{proactive}\n{TITLES['requests']}\n{requests}\n"
    found = read_report("2023.txt", text.encode())
    assert {f.value for c, f in found.figures.items() if c.row == "rules"} == {None}
