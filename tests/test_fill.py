"""Numbers beside the rows of the form, whatever the layout and the damage; no prove stage here."""

from __future__ import annotations

import pytest
from disclosure.form.fill import fill_form
from disclosure.form.tokens import MOST_TOKENS
from disclosure.model import Cell, Filling, Number, RowReading
from disclosure.read import read_document
from layouts import LAYOUTS, figures, grid, pipes, report, tabs

VALUES = {
    ("requests", "received", "natural_person"): 12,
    ("requests", "received", "business"): 3,
    ("requests", "received", "total"): 15,
    ("requests", "granted", "natural_person"): 10,
    ("requests", "granted", "business"): 3,
    ("requests", "granted", "total"): 13,
    ("requests", "handled", "natural_person"): 10,
    ("requests", "handled", "business"): 3,
    ("requests", "handled", "total"): 13,
    ("requests", "carried_out", "natural_person"): 2,
    ("requests", "carried_out", "total"): 2,
    ("disputes", "reconsideration", "upheld"): 2,
    ("disputes", "reconsideration", "total"): 2,
    ("disputes", "litigation_after_reconsideration", "pending"): 1,
    ("disputes", "litigation_after_reconsideration", "total"): 1,
    ("proactive", "normative_documents", "in_force"): 7,
    ("proactive", "licensing", "decisions"): 120,
}
TRUE = {form: figures(form, VALUES) for form in ("2021", "2019")}


def fill(text: str) -> Filling:
    return fill_form(read_document("2023.txt", text.encode()))


def certain(filling: Filling) -> dict[Cell, Number | None]:
    """The numbers whose row and column are certain."""
    return {
        Cell(table, row.row, column): entry.value
        for table, reading in filling.tables.items()
        for row in reading.rows
        for column, entry in zip(row.columns or (), row.entries, strict=False)
    }


def row(filling: Filling, table: str, name: str) -> RowReading:
    """A row as read; one without entries and line where it was not read at all."""
    rows = (row for row in filling.tables[table].rows if row.row == name)
    return next(rows, RowReading(name, (), None, 0))


def notes(filling: Filling) -> list[tuple[str, int | None]]:
    return [(note.rule, note.line) for note in filling.notes]


def damaged(*changes: tuple[str, str], form: str = "2021") -> Filling:
    """A whole report in tabs with some of its text replaced; every change has to hit."""
    text = report(form, TRUE[form])
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return fill(text)


@pytest.mark.parametrize("headings", [True, False], ids=["with headings", "without headings"])
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("form", ["2021", "2019"])
def test_every_layout_gives_the_same_figures(form: str, layout: object, headings: bool) -> None:  # noqa: FBT001 - a case
    filling = fill(report(form, TRUE[form], layout, headings=headings))  # type: ignore[arg-type]
    assert filling.form == form
    assert certain(filling) == TRUE[form]
    assert notes(filling) == []
    assert filling.unplaced == ()


def test_the_form_is_told_by_its_labels_and_not_by_the_year_or_the_notice_cited() -> None:
    text = report("2019", TRUE["2019"], year=2023, sections={"一": "根据国办公开办函〔2021〕30号要求编制。"})
    assert fill(text).form == "2019"


def test_a_row_short_of_a_number_keeps_its_entries_without_columns() -> None:
    filling = damaged(("（一）予以公开\t10\t3\t0\t0\t0\t0\t13", "（一）予以公开\t\t10\t3\t0\t0\t0\t13"))
    granted = row(filling, "requests", "granted")
    assert [entry.value for entry in granted.entries] == [10, 3, 0, 0, 0, 13]
    assert granted.columns is None
    assert notes(filling) == [("numbers-lost", granted.line)]


def test_a_label_cut_by_a_page_break_goes_on_after_its_numbers() -> None:
    filling = damaged(
        (
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）\t0\t0\t0\t0\t0\t0\t0",
            "（二）部分公开（区分\t0\t0\t0\t0\t0\t0\t0\n\n度办 理结果\t处理的，只计这一情形，不计其他情形)\t\t\t",
        )
    )
    assert certain(filling) == TRUE["2021"]
    assert notes(filling) == []


def test_numbers_on_the_line_after_their_label() -> None:
    filling = damaged(("（一）予以公开\t10", "（一）予以公开\t\t\t\n\t10"))
    assert certain(filling) == TRUE["2021"]


def test_group_labels_in_the_middle_of_their_group_are_no_rows() -> None:
    """A vertically centred merged cell is printed beside a row in its middle."""
    filling = damaged(
        ("（三）不予公开\t1.属于国家秘密", "1.属于国家秘密"), ("4.保护第三方", "（三）不予公开\t4.保护第三方")
    )
    assert certain(filling) == TRUE["2021"]


def test_accepted_wordings_are_read_without_a_word() -> None:
    filling = damaged(("商业企业", "商业机构"), ("2.其他法律行政法规禁止公开", "2.其他法律法规禁止公开"))
    assert certain(filling) == TRUE["2021"]
    assert notes(filling) == []


def test_a_known_misprint_is_read_and_named_with_its_line() -> None:
    filling = damaged(("本年废止件数", "本年度止件数"))
    (note,) = filling.notes
    assert (note.rule, note.line) == ("label-misprint", 10)
    assert note.message == "表头或项目名称印作“本年度止件数”，规定的写法是“本年废止件数”。已按后者读取。"
    assert certain(filling) == TRUE["2021"]


@pytest.mark.parametrize(
    "first",
    [
        "本年新收政府信息公开申请数量",
        "一、本年度新收政府信息公开申请数量",
        "一、本年收到政府信息公开申请数量",
        "一、本年新收政府信息公幵申请数量",
    ],
)
def test_labels_with_the_same_ending_are_not_mixed_up_where_one_is_lost(first: str) -> None:
    """新收 and 结转 share ten characters of fifteen; with one of them lost, their halves align equally well.

    The numbers could be those of either, had all between the two labels been lost: they are given to neither.
    """
    filling = damaged(
        ("一、本年新收政府信息公开申请数量", first), ("二、上年结转政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0\n", "")
    )
    assert all(reading.row not in {"received", "carried_in"} for reading in filling.tables["requests"].rows)
    assert [snippet.text for snippet in filling.unplaced] == ["12", "3", "0", "0", "0", "0", "15"]


def test_a_label_printed_whole_further_on_is_not_given_away_before() -> None:
    filling = damaged(("行政处罚\t0\n行政强制\t0", "行政\t5\n行政强制\t8"))
    assert [entry.value for entry in row(filling, "proactive", "coercion").entries] == [8]


def test_a_new_misprint_is_read_and_named_too() -> None:
    filling = damaged(("5.要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认或重新出据已获取信息"))
    (note,) = filling.notes
    assert note.rule == "label-misprint"
    assert "印作“5要求行政机关确认或重新出据已获取信息”" in note.message
    assert certain(filling) == TRUE["2021"]


def test_a_local_row_is_kept_apart_and_moves_nothing() -> None:
    filling = damaged(("行政处罚\t0", "涉企行政检查\t31\n行政处罚\t0"))
    assert certain(filling) == TRUE["2021"]
    assert [snippet.text for snippet in filling.unplaced] == ["31"]
    (note,) = filling.notes
    assert note.rule == "unknown-row"
    assert note.message == (
        "“主动公开政府信息情况”表有规定格式之外的一行“涉企行政检查”，数字为 31。单独保留，不计入任何栏目。"
    )


def test_numbers_of_two_rows_behind_one_label_are_given_to_neither_if_a_number_is_lost_elsewhere() -> None:
    """With all numbers of the table there, their order would tell."""
    filling = damaged(("\n2.重复申请\t", "\t"), ("（七）总计\t10\t", "（七）总计\t"))
    assert row(filling, "requests", "not_processed_petition").entries == ()
    assert all(reading.row != "not_processed_duplicate" for reading in filling.tables["requests"].rows)
    assert [note.rule for note in filling.notes] == ["numbers-lost", "unplaced-number"]
    assert [snippet.text for snippet in filling.unplaced] == ["0"] * 14


def test_numbers_of_two_rows_of_table_2_that_fill_one_row_by_chance_are_not_taken() -> None:
    """Two numbers lost, then a label, then one more number: three are left for 规章, and no sum could object."""
    filling = damaged(("规章\t0\t0\t0\n行政规范性文件\t0\t0\t7", "规章\t0\n0\t7"))
    assert row(filling, "proactive", "rules").entries == ()
    assert [note.rule for note in filling.notes] == ["unplaced-number"]


def test_a_row_whose_numbers_were_not_taken_is_not_called_blank() -> None:
    filling = damaged(("行政许可\t120", "行政许可\t1 234"))
    assert all(reading.row != "licensing" for reading in filling.tables["proactive"].rows)
    assert [note.rule for note in filling.notes] == ["unplaced-number"]
    assert [snippet.text for snippet in filling.unplaced] == ["1", "234"]


def test_a_lone_number_in_a_row_is_not_taken_for_the_first_column() -> None:
    filling = damaged(("2.重复申请\t0\t0\t0\t0\t0\t0\t0", "2.重复申请\t4\t\t\t\t\t\t"))
    duplicate = row(filling, "requests", "not_processed_duplicate")
    assert ([entry.value for entry in duplicate.entries], duplicate.columns) == ([4], None)


@pytest.mark.parametrize("mark", ["/", "—", "-", "无"])
def test_marks_are_entries_without_a_value(mark: str) -> None:
    marked = "\t".join([mark] * 7)
    filling = damaged(("2.重复申请\t0\t0\t0\t0\t0\t0\t0", f"2.重复申请\t{marked}"))
    duplicate = row(filling, "requests", "not_processed_duplicate")
    assert [(entry.value, entry.raw) for entry in duplicate.entries] == [(None, mark)] * 7
    assert duplicate.columns is not None


@pytest.mark.parametrize("printed", ["约11", "十一", "（11）", "~~11~~", "1O", "l1", "011", "1，1"])
@pytest.mark.parametrize("between", ["\t", "\n"], ids=["beside", "below"])
def test_what_cannot_be_read_as_a_number_is_not_called_blank(printed: str, between: str) -> None:
    filling = damaged(("行政许可\t120", f"行政许可{between}{printed}"))
    assert all(reading.row != "licensing" for reading in filling.tables["proactive"].rows)
    (note,) = filling.notes
    assert note.rule == "unreadable-number"
    assert note.message == f"“行政许可”一行印作“{printed}”，读不出确定的数，不予采用。"
    assert [snippet.text for snippet in filling.unplaced] == [printed]


def test_a_number_in_bold_is_a_number() -> None:
    filling = damaged(("行政许可\t120", "行政许可\t**120**"))
    (entry,) = row(filling, "proactive", "licensing").entries
    assert (entry.value, entry.raw) == (120, "**120**")


def test_a_row_without_any_number_is_a_row_without_entries() -> None:
    filling = damaged(("2.重复申请\t0\t0\t0\t0\t0\t0\t0", "2.重复申请\t\t\t\t\t\t\t"))
    assert row(filling, "requests", "not_processed_duplicate").entries == ()


def test_thousands_marks_signs_and_units_are_understood_and_kept_as_printed() -> None:
    filling = damaged(("行政许可\t120", "行政许可\t1,120件"))
    (entry,) = row(filling, "proactive", "licensing").entries
    assert (entry.value, entry.raw, entry.remark) == (1120, "1,120件", "件")


def test_a_sum_in_another_unit_is_not_taken_for_ten_thousand_yuan() -> None:
    filling = damaged(("行政事业性收费\t0", "行政事业性收费\t8000元"))
    (entry,) = row(filling, "proactive", "fees").entries
    assert (entry.value, entry.raw) == (None, "8000元")
    assert [note.rule for note in filling.notes] == ["unit-differs"]


def test_a_number_glued_to_its_label_is_read() -> None:
    filling = damaged(("四、结转下年度继续办理\t2\t0", "四、结转下年度继续办理2\t0"), ("行政许可\t120", "行政许可120"))
    assert certain(filling) == TRUE["2021"]


def test_a_number_too_many_glued_to_a_label_is_not_passed_over() -> None:
    filling = damaged(("四、结转下年度继续办理\t2\t0", "四、结转下年度继续办理5\t2\t0"))
    assert row(filling, "requests", "carried_out").entries == ()
    assert [note.rule for note in filling.notes] == ["unplaced-number"]


def test_decimals_are_kept_exactly() -> None:
    filling = damaged(("行政事业性收费\t0", "行政事业性收费\t0.0500"))
    (entry,) = row(filling, "proactive", "fees").entries
    assert str(entry.value) == "0.0500"


@pytest.mark.parametrize("page_mark", ["— 4 —", "- 4 -", "第 4 页", "P. 4", "4 / 6"])
def test_page_marks_inside_a_table_are_no_numbers(page_mark: str) -> None:
    filling = damaged(("2.重复申请", f"{page_mark}\n2.重复申请"))
    assert certain(filling) == TRUE["2021"]
    assert filling.unplaced == ()


def test_digits_inside_labels_are_no_numbers() -> None:
    filling = damaged(
        ("本年收费金额（单位：万元）", "本年收费金额（单位：万元，保留 4 位小数）"),
        ("1.属于国家秘密", "1 .属于国家秘密"),
    )
    assert certain(filling) == TRUE["2021"]


def test_total_printed_first_is_seen_in_the_header_and_confirmed_by_the_sums() -> None:
    rows = grid("2021", "requests", TRUE["2021"])
    turned = [[*cells[:-7], cells[-1], *cells[-7:-1]] if len(cells) >= 8 else cells for cells in rows]
    turned[1] = ["", "总计", "自然人", "法人或其他组织"]
    filling = fill(report("2021", TRUE["2021"]).replace(tabs(rows), tabs(turned)))
    assert certain(filling) == TRUE["2021"]


def test_a_dispute_header_broken_over_lines_and_glued() -> None:
    rows = grid("2021", "disputes", TRUE["2021"])
    head = "行政复议行政诉讼\n未经复议直接起诉复议后起诉\n结果结果其他尚未\n"
    broken = head + "| 维持 | 纠正 | 结果 | 审结 | 总计 |\n|---|---|\n"
    filling = fill(report("2021", TRUE["2021"]).replace(tabs(rows), broken + tabs(rows[-1:])))
    assert certain(filling) == TRUE["2021"]


@pytest.mark.parametrize(
    ("table", "header", "exchanged"),
    [
        ("requests", "商业企业\t科研机构\t社会公益组织", "社会公益组织\t科研机构\t商业企业"),
        ("proactive", "本年制发件数\t本年废止件数\t现行有效件数", "现行有效件数\t本年制发件数\t本年废止件数"),
        ("disputes", "结果维持\t结果纠正\t其他结果", "结果纠正\t结果维持\t其他结果"),
        ("disputes", "未经复议直接起诉\t复议后起诉", "复议后起诉\t未经复议直接起诉"),
        ("disputes", "行政复议\t行政诉讼", "行政诉讼\t行政复议"),
    ],
)
def test_exchanged_columns_are_not_read_in_the_order_of_the_form(table: str, header: str, exchanged: str) -> None:
    """The sums hold in either order."""
    filling = damaged((header, exchanged))
    assert filling.tables[table].rows == ()
    assert [note.rule for note in filling.notes] == ["columns-exchanged"]
    assert certain(filling) == {cell: value for cell, value in TRUE["2021"].items() if cell.table != table}


def test_fourteen_of_fifteen_dispute_numbers_are_not_shifted_into_cells() -> None:
    line = "2\t0\t0\t0\t2\t0\t0\t0\t0\t0\t0\t0\t0\t1\t1"
    filling = damaged((line, line.removesuffix("\t1")))
    assert filling.tables["disputes"].rows == ()
    assert [note.rule for note in filling.notes] == ["unplaced-number"]
    assert len(filling.unplaced) == 14


def test_headings_without_tables_are_no_tables() -> None:
    title = "试验镇2023年政府信息公开工作年度报告"
    filling = fill(f"{title}\n一、总体情况\n好。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况")
    assert filling.form is None
    assert all(not reading.found for reading in filling.tables.values())


def test_of_two_tables_with_different_numbers_neither_is_taken() -> None:
    """Last year's table quoted in section one, or two reports in one file."""
    last_year = tabs(grid("2021", "requests", figures("2021")))
    filling = fill(report("2021", TRUE["2021"], sections={"一": f"上年情况如下。\n{last_year}\n本年情况见后。"}))
    assert filling.tables["requests"].rows == ()
    assert filling.tables["requests"].found
    (note,) = filling.notes
    assert (note.rule, note.line) == ("table-printed-twice", 6)
    assert "不止一处（第 6 行、第 " in note.message


def test_a_table_printed_again_with_the_same_numbers_is_read() -> None:
    again = tabs(grid("2021", "requests", TRUE["2021"]))
    filling = fill(report("2021", TRUE["2021"], sections={"六": f"附表。\n{again}"}))
    assert certain(filling) == TRUE["2021"]


def test_a_narrative_that_lists_the_labels_is_no_table() -> None:
    words = "本年行政许可12件、行政处罚3件，属于国家秘密0件，属于行政执法案卷1件，属于行政查询事项2件。"
    filling = fill(f"试验镇2023年政府信息公开工作年度报告\n一、总体情况\n{words}")
    assert filling.form is None


def test_a_news_page_is_no_annual_report() -> None:
    filling = fill("我县召开春季农业生产会议\n3月2日，会议在县城召开。\n全县共有120人参加。")
    assert [note.rule for note in filling.notes] == ["not-an-annual-report"]


def test_a_text_of_endless_pieces_is_not_read_for_tables() -> None:
    filling = fill("0 " * (MOST_TOKENS + 1))
    assert filling.form is None
    assert notes(filling) == [("file-too-large", None)]


def test_white_space_and_pipes_do_not_matter() -> None:
    text = report("2021", TRUE["2021"], pipes).replace(" | ", "\u3000|\u00a0\n|\n ")
    assert certain(fill(text)) == TRUE["2021"]
