"""What two kinds of damage at once brought to light: numbers that could be those of a neighbour, and what they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from disclosure.check import check_report
from disclosure.form.columns import TOTAL_LAST
from disclosure.form.template import TABLES
from disclosure.model import Cell, Refused, Report, Status
from disclosure.prove import prove_tables
from disclosure.prove.domains import UNBOUNDED, UNKNOWN, Print, ranges_of
from disclosure.reading import read_report
from layouts import TITLES, Grid, Layout, cell_a_line, grid, tabs
from layouts_text import cell_a_line_with_blanks
from test_fill import TRUE

SIGNS = (1, 1, 1, 1, 1, 1, -1)
"""Six applicants and their total."""
AT_ODDS = "unplaced-numbers-at-odds"


def read(table: str, rows: Grid | str, layout: Layout = cell_a_line, form: str = "2021") -> Report:
    """A report of which one table is this; the others are as they should be."""
    shown = {name: layout(grid(form, name, TRUE[form])) for name in TABLES}
    shown[table] = rows if isinstance(rows, str) else layout(rows)
    text = "\n".join(f"{TITLES[name]}\n{shown[name]}" for name in TABLES)
    return read_report("2023.txt", f"{text}\n五、存在的主要问题及改进情况\n好。\n".encode())


def changed(table: str, change: Callable[[Grid], object], form: str = "2021") -> Grid:
    """A table after this was done to it."""
    rows = [list(row) for row in grid(form, table, TRUE[form])]
    change(rows)
    return rows


def row_of(rows: Grid, label: str) -> list[str]:
    return next(row for row in rows if any(label in cell for cell in row))


def exchange(row: list[str], one: int, other: int) -> None:
    row[one], row[other] = row[other], row[one]


def figure(report: Report, row: str, column: str, table: str = "requests") -> tuple[object, Status]:
    found = report.figures[Cell(table, row, column)]
    return found.value, found.status


def statuses(report: Report, row: str, table: str = "proactive") -> set[Status]:
    return {figure.status for cell, figure in report.figures.items() if (cell.table, cell.row) == (table, row)}


def swap_and(damage: Callable[[Grid], object]) -> Callable[[Grid], None]:
    """Exchange two numbers of 予以公开, which its own total cannot tell, then do this."""

    def change(rows: Grid) -> None:
        exchange(row_of(rows, "予以公开"), 2, 5)
        damage(rows)

    return change


def drop_last(rows: Grid) -> None:
    del rows[-1]


def unlabel_last(rows: Grid) -> None:
    del rows[-1][0]


def add_page_number(rows: Grid) -> None:
    rows[-1:] = [["7", "试验镇人民政府"], rows[-1][1:]]


@pytest.mark.parametrize(
    ("damage", "layout"),
    [(drop_last, tabs), (unlabel_last, cell_a_line), (add_page_number, cell_a_line)],
    ids=["the last row is cut off", "its label is lost", "a page number stands before it"],
)
def test_a_sum_that_only_a_refused_row_contradicts_is_flagged(damage: Callable[[Grid], object], layout: Layout) -> None:
    """（七）总计 is refused, as the row behind it lost its label; its sums speak all the same."""
    report = read("requests", changed("requests", swap_and(damage)), layout)
    assert figure(report, "handled", "natural_person")[0] is None
    assert figure(report, "granted", "natural_person") == (0, Status.CONFLICT)
    assert figure(report, "granted", "social") == (10, Status.CONFLICT)
    assert figure(report, "granted", "business") == (3, Status.PRINTED)
    (said,) = [finding for finding in check_report(report) if finding.rule == AT_ODDS]
    assert said.line == report.filling.tables["requests"].rows[-1].line + (1 if layout is tabs else 9)
    assert "如果它们属于这一行，表内关系在“自然人、社会公益组织”一列就不成立" in said.message
    assert {Cell("requests", "granted", "natural_person"), Cell("requests", "granted", "social")} <= set(said.cells)


def test_a_sum_that_only_a_row_with_foreign_words_in_its_label_contradicts_is_flagged() -> None:
    """A clone of the page wrote its name behind the label: the row may be one that the form does not have."""

    def change(rows: Grid) -> None:
        exchange(row_of(rows, "予以公开"), 2, 5)
        row_of(rows, "3.要求提供公开出版物")[0] += "试验网站"

    report = read("requests", changed("requests", change), tabs)
    assert figure(report, "granted", "natural_person") == (0, Status.CONFLICT)
    assert figure(report, "granted", "social") == (10, Status.CONFLICT)
    assert AT_ODDS in {finding.rule for finding in check_report(report)}


def test_a_refused_row_that_adds_up_says_nothing() -> None:
    report = read("requests", changed("requests", drop_last), tabs)
    assert AT_ODDS not in {finding.rule for finding in check_report(report)}
    assert figure(report, "granted", "natural_person") == (10, Status.PRINTED)


def test_refused_rows_that_do_not_add_up_themselves_speak_against_nobody() -> None:
    def change(rows: Grid) -> None:
        swap_and(unlabel_last)(rows)
        row_of(rows, "（七）总计")[-1] = "99"

    report = read("requests", changed("requests", change))
    assert AT_ODDS not in {finding.rule for finding in check_report(report)}


def test_a_full_stop_in_a_misread_label_does_not_end_the_table() -> None:
    def change(rows: Grid) -> None:
        row_of(rows, "（七）总计")[0] = "（的七。总计"

    report = read("requests", changed("requests", change))
    assert figure(report, "handled", "total") == (13, Status.PRINTED)
    assert figure(report, "carried_out", "total") == (2, Status.PRINTED)


GRANTED = ["10", "3", "0", "0", "0", "0", "13"]
ZEROS = ["0"] * 7


def test_numbers_between_the_halves_of_two_labels_are_not_those_of_the_longer_one() -> None:
    """The rest of one label stands behind the beginning of the next, and the numbers of the first with it."""

    def change(rows: Grid) -> None:
        row_of(rows, "予以公开")[-7:] = ZEROS
        own, following = row_of(rows, "5.要求行政机关确认"), row_of(rows, "1.申请人无正当理由")
        at = rows.index(own)
        rows[at : at + 2] = [
            [own[0][:-3]],
            [following[0], following[1][:-3]],
            ["", own[0][-3:], *GRANTED],
            ["", following[1][-3:], *ZEROS],
        ]

    report = read("requests", changed("requests", change), tabs)
    assert figure(report, "closed_not_corrected", "natural_person") == (0, Status.PRINTED)
    assert figure(report, "not_processed_reconfirm", "natural_person") == (10, Status.PLACED)


def test_numbers_behind_two_labels_on_one_line_belong_to_neither() -> None:
    """Two rows were printed as one, and only one of them had numbers."""

    def change(rows: Grid) -> None:
        row_of(rows, "予以公开")[-7:] = ZEROS
        secret, forbidden = row_of(rows, "1.属于国家秘密"), row_of(rows, "2.其他法律行政法规禁止公开")
        secret[-7:] = [forbidden[0], *GRANTED]
        rows.remove(forbidden)

    report = read("requests", changed("requests", change), tabs)
    for row in ("refused_state_secret", "refused_prohibited_by_law"):
        assert figure(report, row, "natural_person") == (None, Status.AMBIGUOUS)
        assert report.figures[Cell("requests", row, "natural_person")].bounds == (0, 10)


def test_a_line_of_numbers_below_a_label_is_not_its_own_where_others_lost_their_label() -> None:
    """Most rows stand beside their labels; one whole row has lost its label, so another may have, too."""

    def change(rows: Grid) -> None:
        outcome = row_of(rows, "（二）部分公开")
        at = rows.index(outcome)
        rows[at : at + 1] = [outcome[:1], outcome[1:]]
        del row_of(rows, "2.重复申请")[0]
        rows.insert(rows.index(row_of(rows, "3.要求提供公开出版物")), ["8", "0", "0", "0", "0", "0", "8"])

    report = read("requests", changed("requests", change), tabs)
    assert figure(report, "partly_granted", "total")[1] is not Status.PRINTED


class TestTable2:
    """No sum could object to its numbers."""

    @pytest.mark.parametrize("at", [1, 4], ids=["before its numbers", "behind them"])
    def test_a_row_with_an_unreadable_number_beside_whole_ones_is_refused(self, at: int) -> None:
        def change(rows: Grid) -> None:
            row_of(rows, "规章").insert(at, "l7lS")

        report = read("proactive", changed("proactive", change), cell_a_line_with_blanks)
        assert statuses(report, "rules") == {Status.ABSENT}

    def test_the_number_of_a_page_does_not_stand_for_a_lost_one(self) -> None:
        def change(rows: Grid) -> None:
            del row_of(rows, "规章")[-1]
            rows.insert(rows.index(row_of(rows, "行政规范性文件")), ["7 试验镇人民政府"])

        report = read("proactive", changed("proactive", change), cell_a_line_with_blanks)
        assert statuses(report, "rules") == {Status.ABSENT}
        assert figure(report, "normative_documents", "in_force", "proactive") == (7, Status.PRINTED)


def test_the_mark_of_a_page_is_no_cell_of_table_4() -> None:
    """With the lines it took, fourteen numbers look like fifteen cells of which the first is empty."""

    def change(rows: Grid) -> None:
        rows[-1] = list("00000102302259")
        rows.insert(len(rows) - 1, ["- 4 -"])

    report = read("disputes", changed("disputes", change), cell_a_line_with_blanks)
    assert {figure.value for cell, figure in report.figures.items() if cell.table == "disputes"} == {None}


@pytest.mark.parametrize(
    ("printed", "column", "ranges"),
    [
        (Print((0, 38, 0, 0, 0, 38), None), 4, {(0, 0)}),
        (Print((0, 0, 0, 50, 0, 50), None), 3, {(0, 0), (50, 50)}),
        (Print((1, UNKNOWN, 0, 0, 0, 0, 3), tuple(range(7))), 1, {(2, 2)}),
        (Print((), None), 0, {(0, UNBOUNDED)}),
    ],
    ids=["one value, wherever the number was lost", "two values", "a mark", "nothing printed"],
)
def test_what_a_cell_may_hold_by_what_its_row_may_contain(
    printed: Print, column: int, ranges: set[tuple[int, int]]
) -> None:
    assert set(ranges_of(printed, SIGNS, summed=True)[column]) == ranges


def test_a_column_that_a_short_row_cannot_mend_is_flagged_as_a_whole() -> None:
    """A row that lost one number has no 5 to give to any column: both columns of the exchange are wrong."""

    def change(rows: Grid) -> None:
        exchange(row_of(rows, "予以公开"), 2, 5)
        del row_of(rows, "4.无正当理由大量反复申请")[1]

    report = read("requests", changed("requests", change), tabs)
    assert figure(report, "granted", "natural_person") == (0, Status.CONFLICT)
    assert figure(report, "granted", "social") == (10, Status.CONFLICT)


def test_a_tab_before_every_line_of_a_table_is_no_cell_of_table_4() -> None:
    """Fourteen numbers behind the margin are not the second to the fifteenth."""
    report = read(
        "disputes",
        changed("disputes", lambda rows: rows.__setitem__(-1, list("00000300350005"))),
        lambda rows: "".join("\t" + "\t".join(row) + "\n" for row in rows),
    )
    assert {figure.value for cell, figure in report.figures.items() if cell.table == "disputes"} == {None}


def test_a_line_printed_twice_is_not_two_numbers_of_table_2() -> None:
    """Two cells were printed as one, and the line before it twice: only the distance from line to line tells."""
    text = cell_a_line_with_blanks(grid("2021", "proactive", TRUE["2021"]))
    before = "  行政规范性文件　\n\n  0　\n\n  0　\n\n  7　\n"
    assert before in text
    report = read(
        "proactive", text.replace(before, "  行政规范性文件　\n\n  3　\n  3　\n\n  1207　\n"), cell_a_line_with_blanks
    )
    assert statuses(report, "normative_documents") == {Status.ABSENT}
    assert figure(report, "licensing", "decisions", "proactive") == (120, Status.PRINTED)


def test_numbers_inside_a_label_of_table_2_and_behind_it_are_told_by_nobody() -> None:
    """The number of a page stands in the middle of the label, its strokes misread."""
    text = " ".join(tabs(grid("2019", "proactive", TRUE["2019"])).split())
    assert "行政事业性收费 0 0 " in text
    damaged = text.replace("行政事业性收费 0 0 ", "行政事 末 5 - 业性收费 0 4 ")
    assert statuses(read("proactive", damaged, form="2019"), "fees") == {Status.ABSENT}


DISPUTES = ["0", "0", "0", "4", "4", "2", "0", "0", "0", "2", "0", "0", "0", "4", "4"]


def disputes(numbers: list[str]) -> Report:
    return read("disputes", changed("disputes", lambda rows: rows.__setitem__(-1, numbers)))


@pytest.mark.parametrize(
    "printed", [["4", *DISPUTES[:-1]], [*DISPUTES[1:10], "2", *DISPUTES[10:]]], ids=["a page number", "a line twice"]
)
def test_numbers_that_a_surplus_one_may_have_moved_are_flagged_where_they_add_up_too(printed: list[str]) -> None:
    found = disputes(printed)
    true = dict(zip((c for c in found.figures if c.table == "disputes"), map(int, DISPUTES), strict=True))
    wrong = [cell for cell in true if found.figures[cell].value != true[cell]]
    assert wrong
    assert {found.figures[cell].status for cell in wrong} == {Status.CONFLICT}
    (said,) = [finding for finding in check_report(found) if finding.rule == "numbers-shifted"]
    assert set(said.cells) >= set(wrong) - {Cell("disputes", "litigation_direct", "total")}
    assert "少了一个数、又多了一个数" in said.message


def test_one_misprint_of_table_4_flags_its_own_block_alone() -> None:
    found = disputes(["5", *DISPUTES[1:]])
    flagged = {cell.row for cell, figure in found.figures.items() if figure.status is Status.CONFLICT}
    assert flagged == {"reconsideration"}
    assert "numbers-shifted" not in {finding.rule for finding in check_report(found)}


def wrong_sum(damage: Callable[[Grid], object]) -> Callable[[Grid], None]:
    """The office itself printed another 自然人 in （七）总计, and its 总计 with it, than the rows above make."""

    def change(rows: Grid) -> None:
        row_of(rows, "（七）总计")[-7:] = ["12", "3", "0", "0", "0", "0", "15"]
        damage(rows)

    return change


def unlabel(rows: Grid) -> None:
    del row_of(rows, "（七）总计")[0]


def unlabel_next(rows: Grid) -> None:
    del row_of(rows, "四、结转下年度继续办理")[0]


def double(rows: Grid) -> None:
    own = row_of(rows, "（七）总计")
    own.insert(-7, own[-7])


@pytest.mark.parametrize("damage", [unlabel, unlabel_next, double])
@pytest.mark.parametrize("layout", [cell_a_line, tabs])
def test_what_is_proved_of_a_row_is_not_published_against_the_numbers_that_stand_in_its_place(
    damage: Callable[[Grid], object], layout: Layout
) -> None:
    """The numbers were not taken, for they lost their label, or there is one too many: they speak all the same."""
    report = read("requests", changed("requests", wrong_sum(damage)), layout)
    handled = [figure(report, "handled", column) for column in ("natural_person", "total")]
    printed = [(12, Status.PRINTED), (12, Status.CONFLICT), (12, Status.PLACED)]
    assert handled[0] in (*printed, (None, Status.ABSENT), (None, Status.AMBIGUOUS))
    assert handled[1][0] in {15, None}


@pytest.mark.parametrize("damage", [unlabel, double])
def test_what_is_proved_of_a_row_is_published_where_its_numbers_stand_in_its_place(
    damage: Callable[[Grid], object],
) -> None:
    report = read("requests", changed("requests", damage))
    assert figure(report, "handled", "natural_person")[0] == 10
    assert figure(report, "handled", "total")[0] == 13


def test_two_rows_that_changed_places_are_still_proved() -> None:
    def change(rows: Grid) -> None:
        one, other = (rows.index(row_of(rows, label)) for label in ("予以公开", "7.属于行政执法案卷"))
        rows[one][-8:], rows[other][-8:] = rows[other][-8:], rows[one][-8:]

    report = read("requests", changed("requests", change), tabs)
    assert figure(report, "granted", "natural_person")[0] == 10
    assert figure(report, "refused_enforcement_file", "natural_person")[0] == 0


@pytest.mark.parametrize(("printed", "status"), [((), Status.AMBIGUOUS), ((99, 3, 0, 0, 0, 0, 102), Status.ABSENT)])
def test_no_range_is_published_of_a_row_in_whose_place_numbers_stand(printed: tuple[int, ...], status: Status) -> None:
    """Two rows were not read, and the sum says how much both have together; what is printed there may be more."""
    tables = read("requests", grid("2021", "requests", TRUE["2021"])).filling
    whole = tables.tables["requests"]
    rows = tuple(row for row in whole.rows if row.row not in {"granted", "closed_other"})
    refused = (Refused(("granted",), TOTAL_LAST, printed),) if printed else ()
    filling = replace(tables, tables={"requests": replace(whole, rows=rows, refused=refused)})
    found = prove_tables(filling)[Cell("requests", "granted", "natural_person")]
    assert (found.value, found.status, found.bounds is None) == (None, status, bool(printed))
