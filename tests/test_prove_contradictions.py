"""Numbers that contradict each other: every relation that cannot hold is flagged, and what leans on it."""

from __future__ import annotations

from disclosure.model import Cell, Report, Status
from layouts import Grid, cell_a_line
from test_doubts import changed, exchange, figure, read, row_of
from test_fill import TRUE

ZEROS = ["0"] * 7


def conflicts(report: Report) -> set[tuple[str, str]]:
    return {
        (cell.row, cell.column)
        for cell, found in report.figures.items()
        if cell.table == "requests" and found.status is Status.CONFLICT
    }


def silent(report: Report) -> list[Cell]:
    """What is published, differs from the truth, and is not flagged."""
    return [
        cell
        for cell, found in report.figures.items()
        if found.value not in {None, TRUE["2021"][cell]} and found.status is not Status.CONFLICT
    ]


def marked(rows: Grid, mark: str = "/") -> None:
    """Print every zero of table 3 as a mark."""
    for row in rows:
        row[:] = [mark if cell == "0" else cell for cell in row]


def test_marks_count_nothing_where_they_stand_for_all_zeros() -> None:
    """Two numbers of a row changed places, and every cell around them is a mark: with zeros, two columns fail."""

    def change(rows: Grid) -> None:
        exchange(row_of(rows, "予以公开"), 2, 5)
        marked(rows)

    report = read("requests", changed("requests", change))
    assert figure(report, "granted", "social") == (10, Status.CONFLICT)
    assert figure(report, "handled", "natural_person") == (10, Status.CONFLICT)
    assert figure(report, "handled", "business") == (3, Status.PRINTED)
    assert silent(report) == []


def test_marks_for_all_zeros_that_add_up_speak_against_nothing() -> None:
    report = read("requests", changed("requests", marked))
    assert conflicts(report) == set()
    assert figure(report, "granted", "natural_person") == (10, Status.PRINTED)


def test_totals_with_marks_for_their_parts_are_no_contradiction() -> None:
    """The office did not tell the applicants apart."""

    def change(rows: Grid) -> None:
        for row in rows:
            if len(row) > 7 and row[-1].isdecimal():
                row[-7:-1] = ["/"] * 6
        marked(rows)

    assert conflicts(read("requests", changed("requests", change))) == set()


def test_rows_that_slipped_down_by_one_are_flagged_to_the_last() -> None:
    """A row lost its numbers, and those of all rows below moved up to the label before: 结转 shows those of 总计."""

    def change(rows: Grid) -> None:
        first = rows.index(row_of(rows, "（一）予以公开"))
        numbers = [row[-7:] for row in rows[first:-1]]
        for row, moved in zip(rows[first + 1 :], numbers, strict=True):
            row[-7:] = moved
        del rows[first][-7:]

    report = read("requests", changed("requests", change))
    assert silent(report) == []
    assert figure(report, "carried_out", "total") == (13, Status.CONFLICT)


def test_every_column_that_no_content_of_the_table_satisfies_is_flagged() -> None:
    """Two rows lost a number each, and a third has two of its numbers exchanged: the first failure hides none."""

    def change(rows: Grid) -> None:
        exchange(row_of(rows, "予以公开"), 2, 5)
        del row_of(rows, "2.重复申请")[1]
        del row_of(rows, "3.要求提供公开出版物")[1]

    report = read("requests", changed("requests", change), cell_a_line)
    assert silent(report) == []
    assert {("granted", "natural_person"), ("granted", "social")} <= conflicts(report)
