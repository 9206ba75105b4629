"""PDF files that are encrypted, cut off, damaged or made to hang: a document, and a word on what is not read."""

from __future__ import annotations

import hashlib
import zlib

import pytest
from disclosure.read import read_document
from disclosure.read.pdf import read_pdf
from disclosure.read.sandbox import Failure, run_bounded
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import assemble, stream, write_pdf
from test_read_pdf import page, read, rules
from test_read_pdf_tables import HEAD, ruled


def rc4(key: bytes, content: bytes) -> bytes:
    """The cipher of PDF 1.1: for tests, and for nothing else."""
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def encrypted(password: bytes) -> bytes:
    """A file with one line, and a password for opening it (ISO 32000-1, 7.6.3, revision 2)."""
    padding = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    owner = bytes(32)
    known = (password + padding)[:32] + owner + (0xFFFFFFFC).to_bytes(4, "little")
    key = hashlib.md5(known, usedforsecurity=False).digest()[:5]
    drawn = b"BT /F 10 Tf 60 700 Td (12) Tj ET"
    own = hashlib.md5(key + (5).to_bytes(3, "little") + bytes(2), usedforsecurity=False).digest()[:10]
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        4: b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
        % (owner.hex().encode(), rc4(key, padding).hex().encode()),
        5: stream(rc4(own, drawn)),
    }
    return assemble(objects, b"/Encrypt 4 0 R /ID [<> <>]")


def test_a_file_encrypted_without_a_password_for_opening_is_read() -> None:
    assert read_pdf(encrypted(b"")).lines == ("12",)


def test_a_file_with_a_password_says_so() -> None:
    document = read_pdf(encrypted(b"secret"))
    assert document.lines == ()
    assert rules(document) == ["damaged-file"]
    assert "密码" in document.notes[0].message


WHOLE = write_pdf([ruled([HEAD, ("行政许可", "3", "4")]), page("二")], compressed=True)


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_a_file_that_is_cut_off_is_not_read(quarter: int) -> None:
    cut = WHOLE[: len(WHOLE) * quarter // 4 - 7]
    assert read_pdf(cut).lines == ()
    assert rules(read_pdf(cut)) == ["damaged-file"]


def test_a_page_that_cannot_be_unpacked_whole_is_named_and_not_read() -> None:
    """One bit of the checksum: the text would look whole."""
    first = WHOLE.rindex(b"endstream")
    flipped = bytearray(WHOLE)
    flipped[first - 2] ^= 1
    document = read_pdf(bytes(flipped))
    assert document.lines == ("项目\t甲\t乙", "行政许可\t3\t4")
    assert rules(document) == ["reading-stopped"]
    assert "第 2 页" in document.notes[0].message


def test_pages_that_the_file_promises_and_does_not_have_are_said() -> None:
    document = read_pdf(write_pdf([page("一")]).replace(b"/Count 1", b"/Count 3"))
    assert document.lines == ("一",)
    assert rules(document) == ["reading-stopped"]
    assert "有 3 页，只读到 1 页" in document.notes[0].message


def objects_of(**changed: bytes) -> dict[int, bytes]:
    """The objects of a small file, by name; ``page`` is object 3, ``content`` 4, ``more`` 5."""
    usual = {
        "catalog": b"<< /Type /Catalog /Pages 2 0 R >>",
        "pages": b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "page": b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <<"
        b" /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /X 5 0 R >> >> >>",
        "content": stream(b"BT /F 10 Tf 60 700 Td (12) Tj ET"),
        "more": b"null",
    }
    return dict(enumerate((usual | changed).values(), start=1))


FORM = b" /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
HOSTILE = {
    "pages that are their own children": objects_of(pages=b"<< /Type /Pages /Count 1 /Kids [2 0 R 2 0 R 3 0 R] >>"),
    "a page tree without pages": objects_of(pages=b"<< /Type /Pages /Count 9 /Kids [2 0 R] >>"),
    "arrays a hundred thousand deep": objects_of(more=b"[" * 100_000 + b"]" * 100_000),
    "a page box a hundred thousand deep": objects_of(page=b"<< /Type /Page /MediaBox " + b"[" * 100_000 + b" >>"),
    "a form that draws itself": objects_of(content=stream(b"/X Do"), more=stream(b"/X Do", entries=FORM)),
    "a huge page": objects_of(page=b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1e38 1e38] /Contents 4 0 R >>"),
    "a page box that is none": objects_of(page=b"<< /Type /Page /Parent 2 0 R /MediaBox [/a (b) null] >>"),
    "numbers beyond all measure": objects_of(content=stream(b"BT /F 1e308 Tf 1e308 0 0 1e308 1e308 9 Tm (12) Tj ET")),
    "a field that is nowhere": objects_of(
        page=b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [<< /Subtype /Widget >>"
        b" << /Subtype /FreeText /Contents (1) /Rect [0 0 0 0] >> null] /Resources <<"
        b" /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    ),
    "operators without operands": objects_of(content=stream(b"Tj TJ re m l c cm Do Tf Q Q Q ET")),
}


@pytest.mark.parametrize("objects", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_structures_give_a_document(objects: dict[int, bytes]) -> None:
    document = read_document("2023.pdf", assemble(objects))
    assert document.lines in ((), ("12",))
    assert document.lines or document.notes


def test_an_object_that_is_a_reference_to_itself_is_given_up() -> None:
    """It keeps pdfminer busy for ever."""
    content = assemble(objects_of(content=b"4 0 R"))
    assert run_bounded("pdf", content, seconds=5, megabytes=500) is Failure.TIME


def test_a_stream_that_inflates_to_gigabytes_is_given_up() -> None:
    packer = zlib.compressobj(1)
    bomb = b"".join(packer.compress(bytes(1 << 24)) for _ in range(40)) + packer.flush()
    content = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(bomb), bomb)
    document = read_document("2023.pdf", assemble(objects_of(content=content)))
    assert document.lines == ()
    assert rules(document) == ["reading-stopped"]


def test_a_table_of_two_hundred_pages_is_one_table() -> None:
    pages = [ruled([(f"第{number}类", str(number), "4")], top=60) for number in range(1, 201)]
    document = read(*pages)
    assert [len(one) for one in document.tables] == [200]
    assert document.lines[-1] == "第200类\t200\t4"
    assert document.places[-1] == "第 200 页"


def test_a_character_map_that_is_broken_hides_no_text() -> None:
    document = read_pdf(WHOLE.replace(b"/ToUnicode 5 0 R", b"/ToUnicode 2 0 R"))
    assert set(rules(document)) == {"unreadable-font"}
    assert not any(char.isdigit() for line in document.lines for char in line)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_any_bytes_changed_give_a_document(changes: list[tuple[int, int]]) -> None:
    changed = bytearray(WHOLE)
    for place, value in changes:
        changed[place] = value
    document = read_pdf(bytes(changed))
    assert document.lines or document.notes


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_content_of_a_page_gives_a_document(drawn: bytes) -> None:
    document = read_pdf(assemble(objects_of(content=stream(drawn))))
    assert len(document.places) == len(document.lines)
