"""Tables in the narrative: those a file has, those a text plainly sets, and what is none."""

from __future__ import annotations

import pytest
from disclosure.check.sentences import sentences_in
from disclosure.form.fill import fill_form
from disclosure.form.narrative import blocks
from disclosure.read.document import DocumentBuilder, TableCell
from test_narrative import section, setting


def test_a_real_table_keeps_its_cells_and_leaves_empty_places_empty() -> None:
    builder = DocumentBuilder()
    builder.paragraph("一、总体情况")
    builder.paragraph("公开情况见下表。")
    builder.table(
        [
            [TableCell("渠道", across=2), TableCell("条数")],
            [TableCell("网站", down=2), TableCell("首页"), TableCell("12")],
            [TableCell("栏目"), TableCell("3")],
        ]
    )
    builder.paragraph("以上为全年数。")
    (overview,) = fill_form(builder.build()).sections
    assert overview.tables == (range(3, 6),)
    before, table, after = blocks(overview)
    assert (before.text, after.text) == ("公开情况见下表。", "以上为全年数。")
    assert (table.kind, table.line, table.header) == ("table", 3, False)
    assert table.rows == (("渠道", "", "条数"), ("网站", "首页", "12"), ("", "栏目", "3"))


def test_columns_that_hold_nothing_are_left_out_and_a_table_of_one_column_is_text() -> None:
    narrow = section("正文。\t\t", "第二段。\t\t", tables=(range(2, 4),))
    assert [(block.kind, block.text) for block in blocks(narrow)] == [
        ("paragraph", "正文。"),
        ("paragraph", "第二段。"),
    ]
    wide = section("甲\t\t乙", "1\t\t2", tables=(range(2, 4),))
    assert blocks(wide)[0].rows == (("甲", "乙"), ("1", "2"))


def test_the_tables_of_the_form_are_no_tables_of_the_narrative() -> None:
    builder = DocumentBuilder()
    builder.paragraph("二、主动公开政府信息情况")
    rows = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "0", "0"],
        ["行政规范性文件", "1", "0", "4"],
    ]
    builder.table([[TableCell("第二十条第（一）项", across=4)], *([TableCell(cell) for cell in row] for row in rows)])
    (proactive,) = fill_form(builder.build()).sections
    assert (proactive.lines, proactive.tables) == ((), ())


@pytest.mark.parametrize(
    ("lines", "rows", "header"),
    [
        (("| 渠道 | 条数 |", "|---|---:|", "| 网站 | 15 |"), (("渠道", "条数"), ("网站", "15")), True),
        (("渠道 | 条数", "网站 | 15"), (("渠道", "条数"), ("网站", "15")), True),
        (("网站\t15", "公示栏\t3"), (("网站", "15"), ("公示栏", "3")), False),
        (
            ("序号\t名称\t件数", "1\t甲\t2", "2\t乙\t"),
            (("序号", "名称", "件数"), ("1", "甲", "2"), ("2", "乙", "")),
            True,
        ),
    ],
)
def test_a_text_that_plainly_sets_a_table(
    lines: tuple[str, ...], rows: tuple[tuple[str, ...], ...], *, header: bool
) -> None:
    (table,) = setting(*lines)
    assert (table.kind, table.rows, table.header) == ("table", rows, header)


@pytest.mark.parametrize(
    "lines",
    [
        ("电话 | 传真",),
        ("1.\t加强培训。", "2.\t完善制度。"),
        ("•\t加强培训。", "•\t完善制度。"),
        ("\t本年工作有序。", "\t下年继续。"),
        ("甲\t乙", "甲\t乙\t丙"),
    ],
)
def test_what_is_not_plainly_a_table_stays_text(lines: tuple[str, ...]) -> None:
    assert all(block.kind != "table" for block in setting(*lines))


def test_tables_that_do_not_touch_are_two() -> None:
    tables = [block.rows for block in setting("甲\t1", "乙\t2", "另有：", "丙\t3", "丁\t4") if block.kind == "table"]
    assert tables == [(("甲", "1"), ("乙", "2")), (("丙", "3"), ("丁", "4"))]


def test_cells_are_sentences_of_their_own() -> None:
    texts = [(one.text, one.in_table) for one in sentences_in(section("收到申请\t5\t件", "办结\t4\t件"))]
    assert texts == [(text, True) for text in ("收到申请", "5", "件", "办结", "4", "件")]
