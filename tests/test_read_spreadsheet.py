"""Excel files: what a cell shows, where prose ends and a table begins, what is hidden, and files of the old kind."""

from __future__ import annotations

import random
import shutil
import struct
import subprocess
from collections.abc import Iterable, Mapping

import pytest
from disclosure.read.number_format import shown
from disclosure.read.sandbox import close
from disclosure.read.spreadsheet import read_old_workbook, read_spreadsheet
from disclosure.reading import read_report
from documents import Markup, Sheet, report_blocks, xlsx
from layouts import Figures, report
from test_fill import TRUE

DATES = '<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
STYLES = DATES + '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="176"/><xf numFmtId="1"/></cellXfs>'


def rows_of(form: str, true: Figures) -> list[list[str]]:
    """The report on one sheet: paragraphs in the first column, tables below each other."""
    return [row for block in report_blocks(form, true) for row in ([[block]] if isinstance(block, str) else block)]


def sheet(*rows: Iterable[str], **options: object) -> Sheet:
    return Sheet(rows, **options)  # type: ignore[arg-type]


def lines(page: Sheet | list[list[str]], styles: str = "") -> tuple[str, ...]:
    """The lines of a file of one sheet, which must give no notes."""
    document = read_spreadsheet(xlsx({"表": page}, styles))
    assert document.notes == ()
    return document.lines


def cell(place: str, inner: str, kind: str = "n", style: int = 0) -> Markup:
    return Markup(f'<c r="{place}" t="{kind}" s="{style}">{inner}</c>')


def lowered(place: str) -> Markup:
    """12 with a lowered 3 behind it."""
    font = '<rPr><vertAlign val="subscript"/><sz val="11"/></rPr>'
    return cell(place, f"<is><r><t>12</t></r><r>{font}<t>3</t></r></is>", "inlineStr")


MERGED_AND_HIDDEN = {
    "表": sheet(
        ["甲", "", "1"], ["乙", cell("B2", "<v>0.25</v>"), cell("C2", "<v>45291</v>", style=2)], merged=("A1:B1",)
    ),
    "上年": sheet(["9"], state="hidden"),
}
UNTOLD = {
    "error": sheet(["甲", cell("B1", "<v>#REF!</v>", "e"), "1"]),
    "formula with an error": sheet(["甲", cell("B1", "<f>1/0</f><v>#DIV/0!</v>", "e"), "1"]),
    "hidden row": sheet(["甲", "1"], ["乙", "2"], row_attributes={2: 'hidden="1"'}),
    "hidden column": sheet(["甲", "9", "1"], columns='<cols><col min="2" max="2" width="9" hidden="1"/></cols>'),
    "lowered digit": sheet(["甲", lowered("B1")]),
}
"""What the library for old workbooks gives like everything else, or as an empty cell."""
NEW: Mapping[str, bytes] = {
    **{form: xlsx({"年报": rows_of(form, TRUE[form])}) for form in ("2021", "2019")},
    **{name: xlsx({"表": page}) for name, page in UNTOLD.items()},
    "merged and hidden": xlsx(MERGED_AND_HIDDEN, STYLES),
    "formula": xlsx({"表": sheet(["甲", cell("B1", "<f>1234+0.5</f><v>1234.5</v>")])}),
    "far corners": xlsx({"表": sheet([cell("A1", "<v>1</v>")], [cell("IV65536", "<v>2</v>")])}),
    "hidden columns without text": xlsx(
        {"表": sheet(["甲", "1"], columns='<cols><col min="9" max="12" width="9" hidden="1"/></cols>')}
    ),
}
"""Workbooks that tests need as files of the old kind."""


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The same workbooks as .xls, all made by LibreOffice at once: to start it takes longer than to use it."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed: no .xls file can be made to read")
    folder = tmp_path_factory.mktemp("office")
    paths = {name: folder / f"{number}.xlsx" for number, name in enumerate(NEW)}
    for name, path in paths.items():
        path.write_bytes(NEW[name])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xls", "--outdir", folder, *paths.values()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {name: path.with_suffix(".xls").read_bytes() for name, path in paths.items()}


class TestCells:
    """A cell is read as it shows itself."""

    @pytest.mark.parametrize(
        ("inner", "kind", "style", "text"),
        [
            ("<v>1.0</v>", "n", 0, "1"),
            ("<v>0.35</v>", "n", 0, "0.35"),
            ("<v>0.30000000000000004</v>", "n", 0, "0.3"),
            ("<v>0.35</v>", "n", 1, "35%"),
            ("<v>45291</v>", "n", 2, "2023-12-31"),
            ("<v>2.9999999</v>", "n", 3, "3"),
            ("<v>1E3</v>", "n", 0, "1000"),
            ("<v>1</v>", "b", 0, "TRUE"),
            ("<v>#REF!</v>", "e", 0, "#REF!"),
            ("<f>B1+1</f><v>7</v>", "n", 0, "7"),
            ("<f>B1&amp;C1</f><v>甲</v>", "str", 0, "甲"),
            ("<f>B1+1</f>", "n", 0, "〔公式无值〕"),
            ("<f>B1+1</f><v></v>", "n", 0, "〔公式无值〕"),
            ("<is><t>甲</t></is>", "inlineStr", 0, "甲"),
            ("<is><r><t>1</t></r><r><t>2</t></r><rPh><t>yi</t></rPh></is>", "inlineStr", 0, "12"),
            ("<v>99</v>", "s", 0, "\ufffd"),
            ("<v>乱</v>", "n", 0, "乱"),
            ("<v>5</v>", "n", 77, "5"),
        ],
    )
    def test_kinds_of_cells(self, inner: str, kind: str, style: int, text: str) -> None:
        assert lines(sheet(["甲", cell("B1", inner, kind, style)]), STYLES) == (f"甲\t{text}",)

    @pytest.mark.parametrize(
        ("font", "text"),
        [
            ("<strike/>", "（划去：3）"),
            ('<vertAlign val="superscript"/>', "³"),
            ('<vertAlign val="subscript"/>', "³"),
            ('<strike val="0"/><vertAlign val="baseline"/>', "3"),
        ],
    )
    def test_digits_struck_or_off_the_line_stay_apart(self, font: str, text: str) -> None:
        """By the font of a part of a text, or of a whole cell."""
        inner = f"<is><r><t>12</t></r><r><rPr>{font}</rPr><t>3</t></r></is>"
        styles = f"<fonts><font/><font>{font}</font></fonts>" + '<cellXfs><xf/><xf fontId="1"/></cellXfs>'
        row = "甲", cell("B1", inner, "inlineStr"), cell("C1", "<v>3</v>", style=1)
        assert lines(sheet(row), styles) == (f"甲\t12{text}\t{text}",)

    def test_a_formula_that_gives_no_text_is_an_empty_cell(self) -> None:
        given = cell("B1", '<f>IF(D1=0,"",D1)</f><v></v>', "str")
        assert lines(sheet(["甲", given, cell("C1", "<v>1</v>")])) == ("甲\t\t1",)

    def test_dates_counted_from_1904(self) -> None:
        assert shown(45291 - 1462, "yyyy-mm-dd", from_1904=True) == "2023-12-31"

    @pytest.mark.parametrize(
        ("value", "code", "text"),
        [
            (239.6, "0", "240"),
            (2.5, "0", "3"),
            (29.0506, "0.00_ ", "29.05"),
            (1234.5, "#,##0.00", "1234.5"),
            (5.0, '0"件"', "5"),
            (0.0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0"),
            (-0.2, "0", "0"),
            (0.5, "h:mm", "12:00:00"),
            (1200.0, "#,##0,", "〔1200，格式 #,##0,〕"),
            (12345.0, "0!.0,", "〔12345，格式 0!.0,〕"),
            (12345.0, '0"."0', '〔12345，格式 0"."0〕'),
            (1e300, "0", "1" + "0" * 300),
            (float("inf"), "0", "#NUM!"),
        ],
    )
    def test_number_formats(self, value: float, code: str, text: str) -> None:
        assert shown(value, code) == text

    def test_cells_and_rows_that_do_not_say_their_place(self) -> None:
        row = Markup("<c><v>1</v></c>"), Markup("<c><v>2</v></c>")
        assert lines(sheet(row)) == ("1\t2",)


class TestSheets:
    """Prose and tables on one sheet, several sheets, merged and hidden cells."""

    def test_prose_becomes_paragraphs_and_rows_become_tables(self) -> None:
        page = [
            ["试验镇2023年年度报告"],
            ["一、总体情况"],
            ["本年依法公开。共5条。"],
            ["信息内容", "本年制发件数"],
            ["规章", "0"],
            ["三、收到和处理政府信息公开申请情况"],
            ["", "自然人"],
            ["一、本年新收", "5"],
        ]
        document = read_spreadsheet(xlsx({"年报": page}))
        assert document.tables == (range(4, 6), range(7, 9))
        assert document.lines[3:] == (
            "信息内容\t本年制发件数",
            "规章\t0",
            "三、收到和处理政府信息公开申请情况",
            "\t自然人",
            "一、本年新收\t5",
        )
        assert document.places[0] == "工作表“年报”第 1 行"
        assert document.places[7] == "工作表“年报”第 8 行"

    def test_a_label_whose_figures_are_blank_stays_in_its_table(self) -> None:
        page = [
            ["", "自然人", "总计"],
            ["一、本年新收", "5", "5"],
            ["（二）部分公开（区分处理的，只计这一情形）"],
            ["（三）", "1", "1"],
        ]
        document = read_spreadsheet(xlsx({"表": page}))
        assert document.tables == (range(1, 5),)
        assert document.lines[2] == "（二）部分公开（区分处理的，只计这一情形）\t\t"

    def test_a_line_break_inside_a_cell_of_prose_begins_a_line(self) -> None:
        assert lines(sheet(["一、总体情况\n依法公开。"])) == ("一、总体情况", "依法公开。")

    def test_empty_rows_and_columns_before_the_table(self) -> None:
        assert lines(sheet([], ["", "", "规章", "0"], [], ["", "", "行政许可", "1"])) == ("规章\t0", "行政许可\t1")

    def test_an_empty_column_inside_the_table_keeps_its_place(self) -> None:
        assert lines(sheet(["规章", "", "0"], ["甲", "", "1"])) == ("规章\t\t0", "甲\t\t1")

    def test_columns_that_only_merged_cells_need_are_no_columns_of_a_table(self) -> None:
        """The second table is finer than the first, and the columns of a sheet go all the way down."""
        page = sheet(
            ["甲", "", "1", "", "2"],
            ["三、收到和处理政府信息公开申请情况"],
            ["乙", "3", "4", "5", "6"],
            merged=("A1:B1", "C1:D1"),
        )
        assert lines(page)[0] == "甲\t1\t2"
        assert lines(page)[2] == "乙\t3\t4\t5\t6"

    def test_text_below_a_merged_cell_is_not_shown(self) -> None:
        document = read_spreadsheet(xlsx({"表": sheet(["甲", "9", "1"], ["8", "7", "2"], merged=("A1:B2",))}))
        assert document.lines == ("甲\t1", "\t2")
        assert [note.message for note in document.notes] == ["文件里有 3 个隐藏的单元格，没有读取。"]

    def test_hidden_rows_and_columns_are_left_out_and_said(self) -> None:
        columns = '<cols><col min="2" max="2" hidden="1"/></cols>'
        page = sheet(
            ["甲", "9", "1"], ["乙", "8", "2"], ["丙", "7", "3"], columns=columns, row_attributes={2: 'hidden="1"'}
        )
        document = read_spreadsheet(xlsx({"表": page}))
        assert document.lines == ("甲\t\t1", "丙\t\t3")
        assert [note.message for note in document.notes] == ["文件里有 5 个隐藏的单元格，没有读取。"]

    def test_hidden_sheets_are_left_out_and_said(self) -> None:
        pages = {"一": sheet(["甲。"]), "上年": sheet(["9"], state="hidden"), "二": sheet(["乙。"])}
        document = read_spreadsheet(xlsx(pages))
        assert document.lines == ("甲。", "乙。")
        assert [(note.rule, note.message) for note in document.notes] == [
            ("hidden-content", "文件里有 1 张隐藏的工作表，没有读取。")
        ]

    def test_empty_sheets_are_passed_over(self) -> None:
        assert read_spreadsheet(xlsx({"一": [], "二": [["甲。"]]})).lines == ("甲。",)

    def test_a_workbook_without_any_text_says_so(self) -> None:
        document = read_spreadsheet(xlsx({"一": [], "二": [[]]}))
        assert (document.lines, [note.rule for note in document.notes]) == ((), ["empty-file"])


@pytest.mark.parametrize("form", ["2021", "2019"])
class TestSameFigures:
    """One report as Excel and as text."""

    @pytest.mark.parametrize("sheets", [1, 3])
    def test_on_one_sheet_or_several(self, form: str, sheets: int) -> None:
        rows = rows_of(form, TRUE[form])
        size = -(-len(rows) // sheets)
        pages = {f"第{start}行起": rows[start : start + size] for start in range(0, len(rows), size)}
        as_text = read_report("2023.txt", report(form, TRUE[form]).encode()).figures
        as_excel = read_report("2023.xlsx", xlsx(pages)).figures
        assert {cell: (one.value, one.status) for cell, one in as_excel.items()} == {
            cell: (one.value, one.status) for cell, one in as_text.items()
        }
        assert {cell: one.value for cell, one in as_excel.items()} == TRUE[form]

    def test_as_a_file_of_the_old_kind(self, form: str, old: Mapping[str, bytes]) -> None:
        figures = read_report("2023.xls", old[form]).figures
        assert {cell: one.value for cell, one in figures.items()} == TRUE[form]


class TestOldWorkbooks:
    """Files of the old kind, through python-calamine."""

    def test_cells_merged_and_hidden(self, old: Mapping[str, bytes]) -> None:
        document = read_spreadsheet(old["merged and hidden"])
        assert document.lines == ("甲\t\t1", "乙\t0.25\t2023-12-31")
        assert document.places == ("工作表“表”第 1 行", "工作表“表”第 2 行")
        assert [note.rule for note in document.notes] == ["hidden-content"]

    @pytest.mark.parametrize("what", UNTOLD)
    def test_what_the_library_does_not_tell_is_not_read(self, what: str, old: Mapping[str, bytes]) -> None:
        """It gives an error as an empty cell, and what is hidden like everything else."""
        document = read_spreadsheet(old[what])
        assert document.lines == ()
        assert [note.rule for note in document.notes] == ["unsupported-format"]

    def test_a_formula_without_a_value_is_no_empty_cell(self, old: Mapping[str, bytes]) -> None:
        """Programs that do not calculate write it as an empty text, and the library gives that as an empty cell."""
        content = old["formula"]
        empty = b"\x03" + bytes(5) + b"\xff\xff"
        value = struct.pack("<d", 1234.5)
        assert value in content
        document = read_spreadsheet(content.replace(value, empty))
        assert (document.lines, [note.rule for note in document.notes]) == ((), ["unsupported-format"])

    def test_two_cells_at_the_far_corners(self, old: Mapping[str, bytes]) -> None:
        """The library lays out sixteen million cells between them; the process that bounds it stops it."""
        document = read_spreadsheet(old["far corners"])
        assert (document.lines, [note.rule for note in document.notes]) == ((), ["reading-stopped"])

    def test_hidden_columns_without_text_do_not_matter(self, old: Mapping[str, bytes]) -> None:
        assert read_spreadsheet(old["hidden columns without text"]).lines == ("甲\t1",)

    @pytest.mark.parametrize("tail", [b"", b"\0" * 600, b"\xff" * 1024, bytes(range(256)) * 40])
    def test_what_is_no_workbook(self, tail: bytes) -> None:
        document = read_old_workbook(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + tail)
        assert [note.rule for note in document.notes] == ["damaged-file"]

    def test_mutations_of_a_good_file_end_in_a_document(self, old: Mapping[str, bytes]) -> None:
        """In the process that bounds them: the library may panic, or ask for all memory there is."""
        content = old["2021"]
        chance = random.Random(2023)  # noqa: S311 - reproducible, not secret
        for _ in range(60):
            changed = bytearray(content)
            for _ in range(chance.randrange(1, 40)):
                changed[chance.randrange(8, len(changed))] = chance.randrange(256)
            document = read_spreadsheet(bytes(changed))
            assert document.lines or document.notes
        close()
