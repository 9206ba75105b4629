"""What an adversary's reports brought to light: layouts in which a number could pass for another one, or for none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from disclosure.form.template import FORMS
from disclosure.model import Cell, Figure, Status
from disclosure.reading import read_report
from layouts import TITLES, Figures, Grid, Layout, cell_a_line, figures, grid, tabs
from test_fill import TRUE, fill

ROWS = "\n五、存在的主要问题及改进情况\n好。\n"


def read(text: str) -> Mapping[Cell, Figure]:
    return read_report("2023.txt", text.encode()).figures


def said(text: str) -> set[str]:
    return {note.rule for note in fill(text).notes}


def table_text(table: str, rows: str) -> str:
    """A report with this text for one table."""
    return f"试验镇人民政府2023年政府信息公开工作年度报告\n{TITLES[table]}\n{rows}{ROWS}"


def statuses(read_figures: Mapping[Cell, Figure], table: str, row: str) -> list[tuple[object, Status]]:
    return [
        (figure.value, figure.status) for cell, figure in read_figures.items() if (cell.table, cell.row) == (table, row)
    ]


def wrong(read_figures: Mapping[Cell, Figure], true: Figures) -> list[Cell]:
    return [cell for cell, figure in read_figures.items() if figure.value not in {None, true[cell]}]


def requests(write: Callable[[str], str]) -> Grid:
    """Table 3 with its cells written so."""
    return [[write(cell) for cell in row] for row in grid("2021", "requests", TRUE["2021"])]


def numbers_first(table: Grid) -> str:
    """The numbers of each row on lines above its label."""
    lines = []
    for row in table:
        cells = [cell for cell in row if cell]
        words = [cell for cell in cells if not cell.lstrip("-").replace(".", "").isdigit()]
        lines += [*cells[len(words) :], *words]
    return "\n".join(lines) + "\n"


def test_numbers_above_their_labels_are_not_those_of_the_label_above_them() -> None:
    """Table 2 has no sums that could object."""
    text = table_text("proactive", numbers_first(grid("2021", "proactive", TRUE["2021"])))
    found = read(text)
    assert wrong(found, TRUE["2021"]) == []
    assert {figure.status for cell, figure in found.items() if cell.table == "proactive"} == {Status.ABSENT}


def test_rows_of_table_3_above_their_labels_are_not_moved_by_one_row() -> None:
    """Every row adds up in its neighbour's place, and so do columns of zeros."""
    text = table_text("requests", numbers_first(grid("2021", "requests", TRUE["2021"])))
    assert wrong(read(text), TRUE["2021"]) == []


@pytest.mark.parametrize("word", ["×", "……", "缺"])
def test_the_first_numbers_of_rows_that_an_unknown_word_breaks_are_no_lone_totals(word: str) -> None:
    """The column of natural persons adds up as well as that of totals."""
    table = requests(lambda cell: word if cell == "0" else cell)
    assert wrong(read(table_text("requests", tabs(table))), TRUE["2021"]) == []


def proactive_with(row: str, *printed: str, header: str = "", layout: Layout = cell_a_line) -> str:
    """Table 2 of the 2021 form in which this row prints something else; its header, too."""
    form = "2019" if len(printed) > 1 else "2021"
    table = [[cells[0], *printed] if cells[0] == row else cells for cells in grid(form, "proactive", TRUE[form])]
    written = layout(table)
    return table_text("proactive", written.replace("单位：万元", header) if header else written)


@pytest.mark.parametrize("printed", [("5 244", "0", "13 002"), ("5 244", "7 035", "0")])
def test_blanks_as_thousands_marks_make_no_three_numbers_of_two(printed: tuple[str, ...]) -> None:
    found = read(proactive_with("行政许可", *printed, layout=lambda table: "\n".join(map(" ".join, table)) + "\n"))
    assert statuses(found, "proactive", "licensing") == [(None, Status.ABSENT)] * 3
    assert statuses(found, "proactive", "penalties")[0][1] is Status.PRINTED


def test_the_end_of_a_broken_sum_is_not_left_out() -> None:
    assert statuses(read(proactive_with("行政事业性收费", "15 097.7433")), "proactive", "fees") == [
        (None, Status.ABSENT)
    ]


def test_a_sum_in_another_unit_is_not_called_blank() -> None:
    text = proactive_with("行政事业性收费", "8000元")
    assert statuses(read(text), "proactive", "fees") == [(None, Status.ABSENT)]
    assert "unit-differs" in said(text)


def test_a_mark_under_a_header_with_another_unit_is_a_blank() -> None:
    text = proactive_with("行政事业性收费", "/", header="单位：元")
    assert statuses(read(text), "proactive", "fees") == [(None, Status.BLANK)]
    assert "unit-differs" not in said(text)


def test_labels_whose_numbers_all_stand_above_the_table_are_not_blank() -> None:
    labels = "\n".join(row.label for row in FORMS["2021"].tables["proactive"].rows)
    heads = "本年制发件数\n本年废止件数\n现行有效件数\n"
    found = read(table_text("proactive", f"0\n0\n0\n3\n1\n9\n12\n{heads}{labels}\n"))
    assert {figure.status for cell, figure in found.items() if cell.table == "proactive"} == {Status.ABSENT}


def test_numbers_with_a_counter_that_is_no_known_unit_are_not_blank() -> None:
    table = requests(lambda cell: f"{cell}笔" if cell.isdigit() else cell)
    found = read(table_text("requests", tabs(table)))
    assert {figure.status for cell, figure in found.items() if cell.table == "requests"} == {Status.ABSENT}


@pytest.mark.parametrize("write", ["{}件次", "`{}`", "${}$", "**{}**", "_{}_"])
def test_numbers_in_decoration_are_read(write: str) -> None:
    table = requests(lambda cell: write.format(cell) if cell.isdigit() else cell)
    found = read(table_text("requests", tabs(table)))
    assert {cell: figure.value for cell, figure in found.items() if cell.table == "requests"} == {
        cell: value for cell, value in TRUE["2021"].items() if cell.table == "requests"
    }


def test_escaped_pipes_part_cells_and_are_no_marks() -> None:
    table = grid("2021", "requests", TRUE["2021"])
    found = read(table_text("requests", "\n".join(" \\| ".join(row) + " \\|" for row in table) + "\n"))
    assert {cell: figure.value for cell, figure in found.items() if cell.table == "requests"} == {
        cell: value for cell, value in TRUE["2021"].items() if cell.table == "requests"
    }


@pytest.mark.parametrize("word", ["NULL", "None", "nan", "N/A", "‐", "―"])
def test_words_that_programs_write_into_empty_cells_are_marks(word: str) -> None:
    table = requests(lambda cell: word if cell == "0" else cell)
    found = read(table_text("requests", tabs(table)))
    assert all(
        figure.value == TRUE["2021"][cell] or (figure.status is Status.BLANK and TRUE["2021"][cell] == 0)
        for cell, figure in found.items()
        if cell.table == "requests"
    )


@pytest.mark.parametrize("zero", ["零", "〇"])
def test_a_zero_in_words_is_a_printed_zero(zero: str) -> None:
    table = requests(lambda cell: zero if cell == "0" else cell)
    found = read(table_text("requests", tabs(table)))
    assert statuses(found, "requests", "refused_state_secret")[-1] == (
        TRUE["2021"][Cell("requests", "refused_state_secret", "total")],
        Status.PRINTED,
    )


def test_an_item_number_without_a_dot_is_no_number_of_the_row() -> None:
    table = requests(lambda cell: re.sub(r"^(\d)\.", r"\1 ", cell))
    found = read(table_text("requests", tabs(table)))
    assert statuses(found, "requests", "unavailable_not_held")[0] == (
        TRUE["2021"][Cell("requests", "unavailable_not_held", "natural_person")],
        Status.PRINTED,
    )


def test_group_cells_before_labels_do_not_make_empty_cells_unreadable() -> None:
    """A Markdown table pads its rows to one width, and a merged group cell takes one of the cells."""
    printed = [(name, column) for name in ("received", "granted", "handled") for column in ("business", "total")]
    truth = figures("2021", {("requests", *place): 4 for place in printed})
    rows = [[cell if cell != "0" else "" for cell in row] for row in grid("2021", "requests", truth)]
    width = max(map(len, rows))
    text = "\n".join("| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows) + "\n"
    found = read(table_text("requests", text))
    assert found[Cell("requests", "granted", "business")].value == 4
    assert wrong(found, truth) == []
