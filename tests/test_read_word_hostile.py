"""Word files that are damaged, or made to hang, to fill the memory or to read other files: one note, at once."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest
from disclosure.read import read_document
from disclosure.read.word import read_word
from documents import (
    Markup,
    Merged,
    archive,
    docx,
    docx_parts,
    levels,
    numbered,
    paragraph,
    report_blocks,
    table,
    word_root,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from test_fill import TRUE
from test_read_word import lines


def rule_of(content: bytes) -> str:
    """The rule of the only note on a file that is not read."""
    document = read_word(content)
    assert document.lines == ()
    (note,) = document.notes
    assert note.message.endswith("。")
    return note.rule


class TestHostile:
    """Files made to hang, to fill the memory or to read other files: one note, at once."""

    @pytest.mark.parametrize("cut", [100, 400, 900])
    def test_a_file_that_was_not_downloaded_to_its_end(self, cut: int) -> None:
        content = docx(["甲" * 500])
        assert rule_of(content[:cut]) == "damaged-file"

    def test_a_file_without_its_text(self) -> None:
        parts = docx_parts(["甲"])
        del parts["word/document.xml"]
        assert rule_of(archive(parts)) == "damaged-file"

    def test_xml_that_breaks_off(self) -> None:
        parts = docx_parts(["甲"])
        assert rule_of(archive({**parts, "word/document.xml": str(parts["word/document.xml"])[:-40]})) == "damaged-file"

    @pytest.mark.parametrize(
        "declaration",
        ['<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">', '<!ENTITY b SYSTEM "file:///etc/passwd">', ""],
    )
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_declarations_are_refused_in_any_encoding(self, declaration: str, encoding: str) -> None:
        text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{declaration}]>'
        text += word_root("document", f"<w:body>{paragraph('&b;')}</w:body>").split("?>\n", 1)[1]
        parts = {**docx_parts([]), "word/document.xml": text.encode(encoding)}
        document = read_word(archive(parts))
        assert document.lines == ()
        assert "XML 声明" in document.notes[0].message

    def test_a_small_file_that_inflates_to_much(self) -> None:
        parts = {**docx_parts(["甲"]), "word/document.xml": b" " * 100_000_000}
        assert rule_of(archive(parts)) == "damaged-file"

    def test_a_file_that_understates_its_size(self) -> None:
        """The directory says 10 bytes; what inflates is a hundred million."""
        content = archive({**docx_parts(["甲"]), "word/document.xml": b" " * 100_000_000})
        lie = content.replace((100_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
        assert lie != content
        assert rule_of(lie) == "damaged-file"

    def test_very_many_parts(self) -> None:
        assert rule_of(archive({f"word/{number}": b"" for number in range(10_001)})) == "damaged-file"

    def test_two_texts_in_one_file(self) -> None:
        """Word and we might each read another."""
        parts = docx_parts(["甲"])
        buffer = BytesIO(archive(parts))
        with zipfile.ZipFile(buffer, "a") as packed:
            packed.writestr("word/DOCUMENT.xml", parts["word/document.xml"])
        assert rule_of(buffer.getvalue()) == "damaged-file"

    @pytest.mark.parametrize(
        "element",
        [
            ("<w:x>", "</w:x>"),
            ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
            ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
            ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
        ],
    )
    @pytest.mark.parametrize("depth", [120, 100_000])
    def test_elements_inside_each_other(self, element: tuple[str, str], depth: int) -> None:
        assert rule_of(docx([Markup(element[0] * depth + element[1] * depth)])) == "damaged-file"

    def test_very_many_elements(self) -> None:
        assert rule_of(docx([Markup("<w:x/>" * 1_600_000)])) == "damaged-file"

    def test_very_many_attributes(self) -> None:
        attributes = " ".join(f'a{number}=""' for number in range(1_600_000))
        assert rule_of(docx([Markup(f"<w:x {attributes}/>")])) == "damaged-file"

    def test_very_many_empty_paragraphs(self) -> None:
        assert rule_of(docx([Markup("<w:p/>" * 100_000)])) == "file-too-large"

    def test_ten_megabytes_on_one_line(self) -> None:
        assert rule_of(docx(["1" * 10_000_000])) == "file-too-large"

    def test_a_cell_that_says_it_covers_a_hundred_thousand_columns(self) -> None:
        document = read_word(docx([[["甲", Merged("乙", across=99_999), "丙"], ["1"] * 80]]))
        assert [line.count("\t") for line in document.lines] == [63, 63]
        assert document.lines[0].startswith("甲\t乙\t\t")

    def test_a_table_over_two_hundred_pages_is_read(self) -> None:
        document = read_word(docx([[[f"第{number}项", "1", "2", "3"] for number in range(3500)]]))
        assert document.tables == (range(1, 3501),)
        assert document.lines[-1] == "第3499项\t1\t2\t3"

    def test_a_style_based_on_itself_ends(self) -> None:
        styles = '<w:style w:styleId="a"><w:basedOn w:val="a"/><w:pPr><w:numPr/></w:pPr></w:style>'
        assert lines(paragraph("甲", properties='<w:pStyle w:val="a"/>'), styles=styles) == ("甲",)

    def test_a_file_with_a_password(self) -> None:
        """Office keeps such a file in a compound file, whose directory names the encrypted stream."""
        name = "EncryptedPackage\0".encode("utf-16-le")
        content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name.ljust(64, b"\0") + bytes([len(name), 0])
        (note,) = [note for note in read_document("2023.docx", content).notes if note.rule != "wrong-suffix"]
        assert (note.rule, note.message[:7]) == ("damaged-file", "文件设有密码，")


GOOD = docx([*report_blocks("2021", TRUE["2021"]), numbered("甲")], numbering=levels(("decimal", "%1.")))


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 60), end=st.integers(0, len(GOOD)))
def test_no_mutation_of_a_good_file_raises(seed: int, changes: int, end: int) -> None:
    """Bytes of the archive changed, the end cut off."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    content = bytearray(GOOD)
    for _ in range(changes):
        content[chance.randrange(len(content))] = chance.randrange(256)
    document = read_word(bytes(content[: end if seed % 2 else None]))
    assert bool(document.lines) or bool(document.notes)


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 30))
def test_no_mutation_of_its_xml_raises(seed: int, changes: int) -> None:
    """Pieces of the markup taken out, doubled or moved, so that most files stay well-formed enough to be walked."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    parts = docx_parts([table([["甲", Merged("乙", 2)], [numbered("丙"), "1", "2"]]), numbered("丁")])
    pieces = str(parts["word/document.xml"]).split("<w:")
    for _ in range(changes):
        first, second = chance.randrange(1, len(pieces)), chance.randrange(1, len(pieces))
        if pieces[first].count("/") == pieces[second].count("/"):
            pieces[first], pieces[second] = pieces[second], pieces[first]
    document = read_word(archive({**parts, "word/document.xml": "<w:".join(pieces)}))
    for one in document.tables:
        assert len({document.lines[number - 1].count("\t") for number in one}) == 1
