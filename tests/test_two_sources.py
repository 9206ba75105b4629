"""Several files for one office and year: each read by itself, compared, and put together without a silent error."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest
from disclosure.check import check_report
from disclosure.form.template import FORMS
from disclosure.merge import merge_sources
from disclosure.model import Cell, Figure, Report, Status
from disclosure.prove.checker import verify
from disclosure.reading import read_report
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import Grid, Layout, cell_a_line, figures, pipes, report, tabs

Values: TypeAlias = Mapping[tuple[str, str, str], int]

OFFICE_ID = "410481100"
VALUES = {
    **{("requests", row, column): value for row in ("received", "granted", "handled")
       for column, value in (("natural_person", 3), ("business", 1), ("total", 4))},
    ("proactive", "licensing", "decisions"): 12,
    ("disputes", "reconsideration", "upheld"): 1,
    ("disputes", "reconsideration", "total"): 1,
}  # fmt: skip
LICENSING = ("proactive", "licensing", "decisions")
GRANTED, SOCIAL = ("requests", "granted", "natural_person"), ("requests", "granted", "social")
UPHELD, TOTAL = ("disputes", "reconsideration", "upheld"), ("disputes", "reconsideration", "total")
GRANTED_ROW, UNPAID_ROW, CARRIED_OUT_ROW = (
    FORMS["2021"].tables["requests"].by_id[row].label for row in ("granted", "closed_fee_unpaid", "carried_out")
)
SHARED = {
    **{("requests", row, "social"): 2 for row in ("received", "handled", "not_processed_duplicate")},
    **{("requests", row, "total"): 6 for row in ("received", "handled")},
    ("requests", "not_processed_duplicate", "total"): 2,
}
"""Two requests more, by public-interest bodies, that were refused as repeated."""


def lines_of(
    changes: Values | None = None, *, form: str = "2021", year: int = 2021, layout: Layout = tabs
) -> list[str]:
    """The text of a report; ``changes`` are figures that differ from ``VALUES``."""
    known = VALUES if form == "2021" else {}
    true = figures(form, {**known, **(changes or {})})
    return report(form, true, layout, year=year, sections={"六": "本年度未收取信息处理费。"}).split("\n")


def unlabelled(table: Grid) -> str:
    """Of table 3, the rows from 予以公开 on to the last 不予处理 have lost their labels: their order tells them."""
    wide = [number for number, row in enumerate(table) if row[-7:] == [cell for cell in row if cell.isdecimal()]]
    return tabs([row[-7:] if number in wide[2:20] else row for number, row in enumerate(table)])


def changed(lines: Sequence[str], label: str, *cells: int | str) -> list[str]:
    """The lines with these cells after the label; without any, the row is lost."""
    (at,) = (number for number, line in enumerate(lines) if f"{label}\t" in line)
    row = ["\t".join((label, *map(str, cells)))] if cells else []
    return [*lines[:at], *row, *lines[at + 1 :]]


def read(name: str, lines: Sequence[str], year: int = 2021) -> Report:
    """One file, read and proved by itself."""
    return read_report(f"reports/x/{name}", "\n".join(lines).encode(), None, OFFICE_ID, year)


def merged(first: Sequence[str], second: Sequence[str]) -> Report:
    """The report of 2021.txt and 2021.md. Whatever they hold, places and proofs are right."""
    one = merge_sources([read("2021.md", second), read("2021.txt", first)])
    hold_true(one)
    return one


def hold_true(one: Report) -> None:
    """Proofs hold in the table that they speak of, and every printed number stands where the figure says."""
    for cell, figure in one.figures.items():
        if figure.proof is not None:
            assert isinstance(figure.value, int)
            assert verify(figure.proof, cell, figure.value, str(one.form), one.filling.tables[cell.table]), cell
        if figure.value is not None and figure.status is not Status.RECOVERED:
            assert shown_at(one, figure) == figure.raw == str(figure.value), cell


def shown_at(one: Report, figure: Figure) -> str:
    """What stands at the place that a figure names."""
    assert figure.span is not None
    (source,) = (source for source in one.sources if source.file == (figure.source or one.file))
    return source.lines[figure.span.line - 1][figure.span.start : figure.span.end]


def told(one: Report, at: tuple[str, str, str]) -> tuple[object, Status, str]:
    """Value, status and file name of a figure."""
    figure = one.figures[Cell(*at)]
    return figure.value, figure.status, Path(figure.source or one.file).name


def statuses(one: Report) -> Counter[tuple[Status, str]]:
    """How many figures there are of each status from each file."""
    return Counter((figure.status, Path(figure.source or one.file).name) for figure in one.figures.values())


def said(one: Report) -> list[tuple[str, str, int | None, str]]:
    """The findings on the sources: rule, file name, line, message."""
    rules = {"sources-differ", "sources-apart", "duplicate-report"}
    return [(found.rule, Path(found.file).name, found.line, found.message) for found in check_report(one)
            if found.rule in rules]  # fmt: skip


def test_two_files_that_say_the_same_give_the_main_ones_figures_and_no_finding() -> None:
    alone = read("2021.txt", lines_of())
    both = merged(lines_of(), lines_of(layout=pipes))
    assert both.figures == alone.figures
    assert both.file == "reports/x/2021.txt"
    assert [source.file for source in both.sources] == ["reports/x/2021.txt", "reports/x/2021.md"]
    assert check_report(both) == check_report(alone)


def test_a_report_of_one_file_is_that_file() -> None:
    alone = read("2021.txt", lines_of())
    assert merge_sources([alone]) is alone
    assert alone.sources == (alone,)


def test_a_row_that_the_main_file_lost_comes_from_the_other_one_with_its_place() -> None:
    both = merged(changed(lines_of(), "规章"), changed(lines_of(), "行政许可"))
    assert both.file == "reports/x/2021.txt"
    assert told(both, LICENSING) == (12, Status.PRINTED, "2021.txt")
    assert told(both, ("proactive", "rules", "issued")) == (0, Status.PRINTED, "2021.md")
    assert statuses(both) == {(Status.PRINTED, "2021.txt"): 197, (Status.PRINTED, "2021.md"): 3}
    assert said(both) == []


def test_a_row_that_lost_a_number_takes_its_columns_from_the_file_that_has_them() -> None:
    both = merged(changed(lines_of(), GRANTED_ROW, 3, 1, 0, 0, 0, 4), changed(lines_of(), "规章"))
    assert both.file == "reports/x/2021.txt"
    assert told(both, GRANTED) == (3, Status.PRINTED, "2021.md")
    assert told(both, SOCIAL) == (0, Status.PRINTED, "2021.md")
    assert said(both) == []


def test_what_no_file_proves_alone_is_proved_by_the_rows_of_both() -> None:
    """In each file two rows lack what they share of 2 requests; only one of these rows is the same in both."""
    lines = changed(lines_of(SHARED), "2.重复申请", 0, 0, 0, 0, 0)
    first, second = (changed(lines, row, 0, 0, 0, 0, 0) for row in ("3.要求提供公开出版物", "4.无正当理由大量反复申请"))
    duplicate = ("requests", "not_processed_duplicate", "social")
    assert [told(read("2021.txt", one), duplicate)[0] for one in (first, second)] == [None, None]
    both = merged(first, second)
    assert told(both, duplicate)[:2] == (2, Status.RECOVERED)
    assert said(both) == []


@pytest.mark.parametrize("mark", ["", "/", "—"])
def test_a_blank_beside_a_printed_0_is_no_difference(mark: str) -> None:
    both = merged(changed(lines_of(), "规章", 0, mark, 0), changed(lines_of(), UNPAID_ROW))
    assert told(both, ("proactive", "rules", "repealed")) == (0, Status.PRINTED, "2021.md")
    assert said(both) == []


def test_a_cell_that_no_file_fills_stays_blank_and_is_never_0() -> None:
    both = merged(changed(lines_of(), "规章", 0, "/", 0), changed(lines_of(), "规章", 0, "—", 0))
    assert told(both, ("proactive", "rules", "repealed")) == (None, Status.BLANK, "2021.txt")
    assert both.figures[Cell("proactive", "rules", "repealed")].raw == "/"


def test_a_table_that_only_the_other_file_has_is_taken_as_it_is_with_its_own_error() -> None:
    lines = lines_of({UPHELD: 2})
    start = lines.index("四、政府信息公开行政复议、行政诉讼情况")
    end = lines.index("五、存在的主要问题及改进情况")
    both = merged([*lines[:start], *lines[end:]], changed(changed(changed(lines, UNPAID_ROW), GRANTED_ROW), "规章"))
    assert both.file == "reports/x/2021.txt"
    assert told(both, UPHELD) == (2, Status.CONFLICT, "2021.md")
    assert both.filling.tables["disputes"].source == "reports/x/2021.md"
    (mismatch,) = [found for found in check_report(both) if found.rule == "dispute-total-mismatch"]
    assert mismatch.file == "reports/x/2021.md"
    assert both.sources[1].lines[(mismatch.line or 0) - 1].startswith("2\t0\t0\t0\t1\t")


def test_rows_known_by_their_order_give_way_to_rows_with_labels() -> None:
    both = merged(lines_of(layout=unlabelled), lines_of())
    assert told(both.sources[1], GRANTED)[:2] == (3, Status.PLACED)
    assert statuses(both) == {(Status.PRINTED, "2021.md"): 200}, "the main file is the one that prints more"


def test_a_table_known_by_the_order_of_its_rows_is_taken_whole_where_the_other_lacks_more() -> None:
    """Rows known by order prove nothing outside the table that has all of them: they are not mixed in."""
    lacking = [line for line in lines_of(SHARED) if not re.search("重复申请|公开出版物", line)]
    both = merged(lines_of(SHARED, layout=unlabelled), lacking)
    assert told(both, GRANTED) == (3, Status.PLACED, "2021.txt")
    assert all(figure.value is not None for figure in both.figures.values())
    assert said(both) == []


def test_a_table_of_totals_alone_adds_nothing_but_is_compared() -> None:
    """Of each row of table 3, only the total is left; one of them is another one."""
    totals = [re.sub(r"(?:\t\d+){6}(\t\d+)$", r"\1", line) for line in lines_of()]
    alone = read("2021.txt", totals)
    assert told(alone, ("requests", "granted", "total"))[:2] == (4, Status.PLACED)
    both = merged(totals, lines_of())
    assert statuses(both) == {(Status.PRINTED, "2021.md"): 200}
    assert said(both) == []


def test_three_files_fill_each_other_and_a_majority_does_not_decide() -> None:
    files = {
        "2021.txt": changed(lines_of({LICENSING: 7}), GRANTED_ROW),
        "2021.md": changed(lines_of(), UNPAID_ROW),
        "2021-2.txt": changed(lines_of(), CARRIED_OUT_ROW),
    }
    both = merge_sources([read(name, lines) for name, lines in files.items()])
    hold_true(both)
    assert both.figures[Cell(*LICENSING)].status is Status.AMBIGUOUS
    assert len([figure for figure in both.figures.values() if figure.value is None]) == 1
    (finding,) = said(both)
    assert finding[3].count("印作") == 3


def test_files_with_another_edition_of_the_form_are_not_put_together() -> None:
    both = merged(changed(lines_of(), "行政许可"), lines_of(form="2019"))
    assert both.file == "reports/x/2021.txt", "the 2019 form has more figures, and is not that of the year"
    assert both.form == "2021"
    assert told(both, LICENSING)[:2] == (None, Status.ABSENT)
    assert said(both) == [
        ("sources-apart", "2021.md", None,
         "用的是 2019 年版表格，2021.txt 用的是 2021 年版。两份来源没有合并，本站采用 2021.txt。"),
    ]  # fmt: skip


def test_a_file_about_another_year_is_not_put_together_and_stops_the_build() -> None:
    both = merged(changed(lines_of(), "行政许可"), lines_of(year=2020))
    assert told(both, LICENSING)[:2] == (None, Status.ABSENT)
    assert ("sources-apart", "2021.md", 1) in {one[:3] for one in said(both)}
    assert [Path(found.file).name for found in check_report(both) if found.rule == "year-mismatch"] == ["2021.md"]


@pytest.mark.parametrize("lines", [[], ["今天举行了培训会。"]])
def test_the_readable_file_is_published_beside_one_that_cannot_be_read(lines: list[str]) -> None:
    both = merged(lines, lines_of())
    assert both.file == "reports/x/2021.md"
    assert statuses(both) == {(Status.PRINTED, "2021.md"): 200}
    (finding,) = check_report(both)
    assert finding.file == "reports/x/2021.txt"


def test_the_same_text_in_other_text_files_is_misfiled() -> None:
    spaced = [line + "  " for line in lines_of() if line]
    both = merge_sources([read(name, spaced) for name in ("2021-2.md", "2021.md")] + [read("2021.txt", lines_of())])
    assert said(both) == [
        ("duplicate-report", name, None, f"与 2021.txt 的文字完全相同，不是另一份来源。请删去 {name}。")
        for name in ("2021-2.md", "2021.md")
    ]


def test_empty_files_are_not_the_same_text() -> None:
    assert [found.rule for found in check_report(merged([], [""]))] == ["empty-file", "empty-file"]


def test_a_slip_of_the_office_is_told_once_and_a_fault_of_a_file_for_each_file() -> None:
    lines = [line.replace("本年废止件数", "本年度止件数") for line in lines_of()]
    both = merged(lines, changed(lines, "规章", 0, 0))
    rules = [(found.rule, Path(found.file).name) for found in check_report(both)]
    assert rules == [("numbers-lost", "2021.md"), ("label-misprint", "2021.txt")]


@pytest.mark.parametrize("names", [("2021.txt", "2021.md"), ("2021.md", "2021-2.md"), ("2021.TXT", "2021-2.txt")])
def test_of_files_that_read_equally_well_the_order_of_suffixes_and_names_decides(names: tuple[str, str]) -> None:
    first, second = (read(name, lines_of(layout=layout)) for name, layout in zip(names, (pipes, tabs), strict=True))
    assert merge_sources([first, second]).file == merge_sources([second, first]).file == first.file


def test_a_file_with_the_narrative_comes_before_one_that_has_only_the_tables() -> None:
    lines = lines_of(layout=cell_a_line)
    tables_only = [line for line in lines if "。" not in line]
    assert merged(tables_only, lines).file == "reports/x/2021.md"


LOST = st.tuples(st.integers(0, 29), st.integers(0, 6), st.sampled_from(["cell", "row", "/", ""]))


def damaged(lines: Sequence[str], losses: Sequence[tuple[int, int, str]]) -> list[str]:
    """The lines with cells or rows of their tables lost, or blank."""
    left = list(lines)
    for row, column, kind in losses:
        rows = [at for at, line in enumerate(left) if line[-1:].isdigit() and "\t" in line]
        at = rows[row % len(rows)]
        cells = left[at].split("\t")
        cell = 1 + column % (len(cells) - 1)
        new = {"row": [], "cell": [*cells[:cell], *cells[cell + 1 :]]}.get(
            kind, [*cells[:cell], kind, *cells[cell + 1 :]]
        )
        left[at] = "\t".join(new)
    return left


@given(st.lists(LOST, max_size=6), st.lists(LOST, max_size=6), st.sampled_from([GRANTED, SOCIAL, UPHELD, LICENSING]))
@settings(max_examples=25, deadline=None)
def test_whatever_two_files_lost_and_one_misread_no_figure_is_silently_wrong(
    first: list[tuple[int, int, str]], second: list[tuple[int, int, str]], misread: tuple[str, str, str]
) -> None:
    """A wrong number is either exposed, or printed in the one file and lost in the other."""
    true = figures("2021", VALUES)
    both = merged(damaged(lines_of({misread: 8}), first), damaged(lines_of(), second))
    for cell, figure in both.figures.items():
        if figure.value is not None and figure.value != true[cell]:
            other = next(source for source in both.sources if source.file.endswith(".md"))
            lost = other.figures[cell].status is not Status.PRINTED
            assert figure.status is Status.CONFLICT or (cell == Cell(*misread) and lost), cell
