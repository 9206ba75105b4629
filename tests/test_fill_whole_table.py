"""What all rows of table 3 together tell: rows by their order, and the only number of each row as its total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from disclosure.model import Cell, Figure, Report, Status
from disclosure.prove.checker import verify
from disclosure.reading import read_report
from layouts import TITLES, Grid, cell_a_line, grid, pipes, report, tabs, turned
from test_fill import TRUE

SECOND_OUTCOME = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"


def read(text: str) -> Report:
    return read_report("2023.txt", text.encode())


def read_table(table: Grid, layout: object = tabs) -> Report:
    """A report whose table 3 is this grid."""
    return read(f"{TITLES['requests']}\n{layout(table)}\n五、存在的主要问题及改进情况\n好。\n")  # type: ignore[operator]


def requests(figures: Mapping[Cell, Figure]) -> dict[Cell, int | None]:
    return {cell: figure.value for cell, figure in figures.items() if cell.table == "requests"}  # type: ignore[misc]


def true(form: str = "2021") -> dict[Cell, int | None]:
    return {cell: value for cell, value in TRUE[form].items() if cell.table == "requests"}


def rules(found: Report) -> list[str]:
    return [note.rule for note in found.filling.notes if note.rule != "title-missing"]


def without_labels(table: Grid, *rows: int) -> Grid:
    """The table with the labels of some of its rows lost."""
    return [
        ["" if number in rows and not cell.isdecimal() else cell for cell in cells]
        for number, cells in enumerate(table)
    ]


@pytest.mark.parametrize("form", ["2021", "2019"])
@pytest.mark.parametrize("layout", [tabs, pipes, cell_a_line])
def test_rows_that_lost_their_labels_stand_in_the_order_of_the_form(layout: object, form: str) -> None:
    table = grid(form, "requests", TRUE[form])
    found = read_table(without_labels(table, *range(6, 12)), layout)
    assert requests(found.figures) == true(form)
    assert "rows-by-order" in rules(found)
    lost = Cell("requests", "partly_granted", "total")
    figure = found.figures[lost]
    assert figure.status is Status.PLACED
    assert figure.proof is not None
    assert figure.proof.steps[0].sentence.startswith("表中有的行没有读到名称。印出的数恰好是")
    assert verify(figure.proof, lost, 0, form, found.filling.tables["requests"])
    assert not verify(figure.proof, lost, 1, form, found.filling.tables["requests"])


def test_the_row_beside_its_label_stays_printed_where_the_next_label_is_lost() -> None:
    found = read(report("2021", TRUE["2021"]).replace(SECOND_OUTCOME, ""))
    granted = found.figures[Cell("requests", "granted", "natural_person")]
    partly = found.figures[Cell("requests", "partly_granted", "natural_person")]
    assert (granted.value, granted.status) == (10, Status.PRINTED)
    assert (partly.value, partly.status) == (0, Status.PLACED)
    assert rules(found) == ["rows-by-order"]


def test_order_alone_is_not_believed_where_a_sum_fails() -> None:
    text = report("2021", TRUE["2021"]).replace(SECOND_OUTCOME, "").replace("（七）总计\t10", "（七）总计\t11")
    found = read(text)
    assert "rows-by-order" not in rules(found)
    assert found.figures[Cell("requests", "partly_granted", "natural_person")].value is None


def test_order_is_not_believed_against_a_label() -> None:
    """Two rows change places with their labels, one of which is lost: the other contradicts the order."""
    table = grid("2021", "requests", TRUE["2021"])
    granted = next(number for number, cells in enumerate(table) if "（一）予以公开" in cells)
    table[granted], table[granted + 2] = table[granted + 2], table[granted]
    found = read_table(without_labels(table, granted))
    assert "rows-by-order" not in rules(found)
    assert found.figures[Cell("requests", "refused_state_secret", "total")].value in {None, 0}


def test_a_row_too_few_is_not_filled_from_the_next() -> None:
    table = without_labels(grid("2021", "requests", TRUE["2021"]), 6, 7, 8)
    del table[8]
    assert "rows-by-order" not in rules(read_table(table))


def lone(form: str = "2021", keep: str | None = "0") -> Grid:
    """Table 3 with nothing but its totals; ``keep`` is what is printed for a total of 0."""
    return [
        [*cells[:-7], (cells[-1] if cells[-1] != "0" else keep) or "", *[""] * 6] if cells[-1].isdecimal() else cells
        for cells in grid(form, "requests", TRUE[form])
    ]


@pytest.mark.parametrize("form", ["2021", "2019"])
@pytest.mark.parametrize("keep", ["0", ""], ids=["zeros printed", "zeros blank"])
def test_the_only_number_of_each_row_is_its_total(form: str, keep: str) -> None:
    found = read_table(lone(form, keep))
    for cell, value in true(form).items():
        figure = found.figures[cell]
        if cell.column == "total" and (value or keep):
            assert (figure.value, figure.status) == (value, Status.PLACED)
            assert figure.proof is not None
            assert verify(figure.proof, cell, int(value or 0), form, found.filling.tables["requests"])
        else:
            assert figure.status in {Status.RECOVERED, Status.AMBIGUOUS, Status.BLANK}
            assert (figure.status is Status.RECOVERED) == (figure.value is not None)
            assert figure.value in {None, value}
            assert not (value and figure.status is Status.BLANK)
    assert rules(found) == ["lone-totals"]


def test_a_lone_number_is_no_total_where_the_numbers_do_not_add_up() -> None:
    table = lone()
    handled = next(cells for cells in table if "（七）总计" in cells)
    handled[handled.index("13")] = "12"
    found = read_table(table)
    assert {figure.value for figure in found.figures.values()} == {None}
    assert "lone-totals" not in rules(found)


def test_a_table_cut_off_behind_its_first_column_has_no_totals() -> None:
    """The first column adds up too: only the names of the columns tell that there were more."""
    table = [cells[:-6] for cells in grid("2021", "requests", TRUE["2021"])]
    table[:3] = [["", "申请人情况"], ["", "自然人"]]
    assert "lone-totals" not in rules(read_table(table))


def test_a_proof_by_order_does_not_hold_for_a_table_that_does_not_add_up() -> None:
    found = read(report("2021", TRUE["2021"]).replace(SECOND_OUTCOME, ""))
    cell = Cell("requests", "partly_granted", "total")
    proof = found.figures[cell].proof
    assert proof is not None
    reading = found.filling.tables["requests"]
    broken = replace(reading, rows=reading.rows[:-1])
    assert not verify(proof, cell, 0, "2021", broken)


def test_rows_by_order_with_total_first() -> None:
    table = turned(grid("2021", "requests", TRUE["2021"]))
    found = read_table(without_labels(table, 7))
    assert requests(found.figures) == true()
