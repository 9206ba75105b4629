"""Excel files that are damaged, or made to hang or to fill the memory: one note, at once."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest
from disclosure.read import read_document
from disclosure.read.signature import content_format
from disclosure.read.spreadsheet import read_spreadsheet
from documents import archive, docx, docx_parts, xlsx, xlsx_parts
from hypothesis import given, settings
from hypothesis import strategies as st
from test_fill import TRUE
from test_read_spreadsheet import STYLES, cell, lines, rows_of, sheet


def stored(parts: dict[str, str | bytes]) -> bytes:
    """An archive whose members are not packed, so that what they hold can be seen in its bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def rule_of(content: bytes) -> str:
    """The rule of the only note on a file that is not read."""
    document = read_spreadsheet(content)
    assert document.lines == ()
    (note,) = document.notes
    assert note.message.endswith("。")
    return note.rule


class TestHostile:
    """Files made to hang or to fill the memory: one note, at once."""

    def test_two_cells_at_the_far_corners(self) -> None:
        """Laid out with all cells between them, seventeen billion, they end the process."""
        near, far = ["甲", cell("B1", "<v>1</v>")], [cell("XFC1048576", "<v>2</v>"), cell("XFD1048576", "<v>3</v>")]
        assert lines(sheet(near, far)) == ("甲\t1\t\t", "\t\t2\t3")

    def test_a_row_at_the_end_of_the_sheet(self) -> None:
        parts = xlsx_parts({"表": [["甲", "1"]]})
        name = "xl/worksheets/sheet1.xml"
        parts[name] = str(parts[name]).replace('<row r="1"', '<row r="1048576"')
        assert read_spreadsheet(archive(parts)).places == ("工作表“表”第 1048576 行",)

    def test_merged_cells_over_everything_again_and_again(self) -> None:
        page = sheet(*([f"第{number}行。"] for number in range(2000)), merged=("B1:XFD1048576",) * 1000)
        assert rule_of(xlsx({"表": page})) == "damaged-file"

    def test_a_small_file_that_inflates_to_much(self) -> None:
        parts = {**xlsx_parts({"表": [["甲"]]}), "xl/sharedStrings.xml": b" " * 100_000_000}
        assert rule_of(archive(parts)) == "damaged-file"

    def test_entities(self) -> None:
        parts = xlsx_parts({"表": [["甲"]]})
        text = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>'
        assert rule_of(archive({**parts, "xl/sharedStrings.xml": text})) == "damaged-file"

    @pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
    def test_a_file_without_one_of_its_parts(self, name: str) -> None:
        parts = xlsx_parts({"表": [["甲"]]})
        del parts[name]
        assert rule_of(archive(parts)) == "damaged-file"

    def test_a_file_that_was_not_downloaded_to_its_end(self) -> None:
        assert rule_of(xlsx({"表": [["甲"]]})[:-30]) == "damaged-file"

    def test_very_many_sheets(self) -> None:
        parts = xlsx_parts({"表": [["甲"]]})
        listed = '<sheet name="表" sheetId="1" r:id="s1"/>' * 300
        parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("<sheets>", f"<sheets>{listed}")
        assert rule_of(archive(parts)) == "damaged-file"

    def test_ten_megabytes_in_one_cell(self) -> None:
        assert rule_of(xlsx({"表": [["甲" * 5_000_000]]})) == "file-too-large"

    def test_a_file_that_holds_a_file_of_the_other_kind(self) -> None:
        inner_word, inner_excel = docx(["内。"]), xlsx({"表": [["内。"]]})
        excel = stored({"xl/embeddings/1.docx": inner_word, **xlsx_parts({"表": [["外。"]]})})
        word = stored({"word/embeddings/1.xlsx": inner_excel, **docx_parts(["外。"])})
        assert (content_format(excel), content_format(word)) == ("spreadsheet", "word")
        assert read_document("2023.xlsx", excel).lines == ("外。",)

    def test_a_file_with_another_suffix_is_read_and_said(self) -> None:
        document = read_document("2023.docx", xlsx({"表": [["甲。"]]}))
        assert document.lines == ("甲。",)
        assert [note.rule for note in document.notes] == ["wrong-suffix"]


GOOD = xlsx({"年报": rows_of("2021", TRUE["2021"])})


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 60), end=st.integers(0, len(GOOD)))
def test_no_mutation_of_a_good_file_raises(seed: int, changes: int, end: int) -> None:
    """Bytes of the archive changed behind the two that say what it is, the end cut off."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    content = bytearray(GOOD)
    for _ in range(changes):
        content[chance.randrange(2, len(content))] = chance.randrange(256)
    document = read_spreadsheet(bytes(content[: max(end, 2) if seed % 2 else None]))
    assert bool(document.lines) or bool(document.notes)


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 200))
def test_no_mutation_of_its_xml_raises(seed: int, changes: int) -> None:
    """Characters of a sheet's attributes and values changed: places, kinds, styles, numbers."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    parts = xlsx_parts({"表": sheet(*rows_of("2021", TRUE["2021"]), merged=("A1:B2", "C3:D4"))}, STYLES)
    text = list(str(parts["xl/worksheets/sheet1.xml"]))
    for _ in range(changes):
        place = chance.randrange(200, len(text))
        if text[place].isalnum():
            text[place] = chance.choice("0123456789ABXYZnsbed.-")
    document = read_spreadsheet(archive({**parts, "xl/worksheets/sheet1.xml": "".join(text)}))
    assert bool(document.lines) or bool(document.notes)
