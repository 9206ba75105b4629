"""Bytes to lines: encodings, and files that are not what their name says."""

from __future__ import annotations

import pytest
from disclosure.read import FORMATS, read_document
from documents import xlsx

TEXT = "试验镇2023年政府信息公开工作年度报告\n一、总体情况\n喆𠮷"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_of_chinese_texts_are_found(encoding: str) -> None:
    document = read_document("2023.txt", TEXT.encode(encoding))
    assert document.lines == tuple(TEXT.split("\n"))
    assert document.notes == ()


def test_gbk_without_rare_characters() -> None:
    assert read_document("2023.txt", "政府信息公开\n一、总体情况".encode("gbk")).lines[0] == "政府信息公开"


def test_big5_text() -> None:
    assert read_document("2023.txt", "政府資訊公開工作年度報告".encode("big5")).lines == ("政府資訊公開工作年度報告",)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_system(end: str) -> None:
    assert read_document("2023.txt", f"政府信息公开{end}{end}二".encode()).lines == ("政府信息公开", "", "二")


def test_a_form_feed_and_a_unicode_line_separator_do_not_shift_line_numbers() -> None:
    """Editors count only line feeds; a finding has to point where they do."""
    assert len(read_document("2023.txt", "政府信息公开\x0c\u2028甲\n乙".encode()).lines) == 2


def test_broken_utf8_stays_visible_and_is_said_with_its_line() -> None:
    document = read_document("2023.txt", "政府信息公开\n".encode() + b"\xe4\xb8 1\n" + "好\n".encode())
    assert document.lines[1] == "\ufffd 1"
    (note,) = document.notes
    assert (note.rule, note.line) == ("unreadable-encoding", 2)
    assert note.message.startswith("文件不是完好的 UTF-8 或 GB18030 文本：有 1 行含有无法识别的字节")


def test_a_lost_byte_in_gb18030_costs_a_character_and_not_the_text() -> None:
    content = TEXT.replace("喆𠮷", "好").encode("gb18030")
    broken = content.replace("总体".encode("gb18030"), "总体".encode("gb18030")[:3], 1) + b"\n"
    document = read_document("2023.txt", broken)
    assert document.lines[0] == "试验镇2023年政府信息公开工作年度报告"
    assert [note.rule for note in document.notes] == ["unreadable-encoding"]


ZIP = b"PK\x03\x04...."
PAGE = "<html><body><h1>试验镇2023年政府信息公开工作年度报告</h1><p>一、总体情况</p>" + "<p>好。</p>" * 10


@pytest.mark.parametrize(
    ("file", "content", "rule", "words"),
    [
        ("2023.txt", b"", "empty-file", "文件里没有任何文字"),
        ("2023.txt", b" \r\n\t\n", "empty-file", "重新下载报告原文"),
        ("2023.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 99, "no-text-layer", "是一张图片"),
        ("2023.docx", ZIP, "unsupported-format", "是压缩包"),
        ("2023", b"text", "unsupported-format", "本站不读 没有后缀的 文件"),
        ("2023.csv", b"text", "unsupported-format", "可用的后缀：.txt、.md、"),
        ("2023.txt", b"a" * (FORMATS["text"].max_bytes + 1), "file-too-large", "超过纯文本的上限 2 MB"),
        ("2023.html", PAGE.encode() * 99_999, "file-too-large", "超过网页的上限 8 MB"),
    ],
)
def test_files_that_are_not_read_say_why_and_what_to_do(file: str, content: bytes, rule: str, words: str) -> None:
    document = read_document(file, content)
    assert document.lines == ()
    (note,) = document.notes
    assert note.rule == rule
    assert words in note.message
    assert note.message.endswith("。")


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("2023.txt", PAGE.encode(), "文件名以 .txt 结尾，内容却是网页，已按网页读取。请核对原件，后缀改为 .html。"),
        ("2023.pdf", PAGE.encode(), "文件名以 .pdf 结尾，内容却是网页，已按网页读取。请核对原件，后缀改为 .html。"),
        (
            "2023.pdf",
            TEXT.encode(),
            "文件名以 .pdf 结尾，内容却是纯文本，已按纯文本读取。请核对原件，后缀改为 .txt。",
        ),
        ("2023.docx", xlsx({"年报": [[line] for line in TEXT.split("\n")]}), None),
    ],
)
def test_a_file_is_read_as_what_it_is_whatever_its_name(file: str, content: bytes, said: str | None) -> None:
    document = read_document(file, content)
    assert "试验镇2023年政府信息公开工作年度报告" in "\n".join(document.lines)
    assert document.notes[0].rule == "wrong-suffix"
    assert said is None or document.notes[0].message == said


def test_markdown_may_hold_tables_in_html() -> None:
    assert read_document("2023.md", PAGE.encode()).notes == ()


def test_every_format_has_its_own_suffixes() -> None:
    suffixes = [suffix for one in FORMATS.values() for suffix in one.suffixes]
    assert sorted(suffixes) == [".doc", ".docx", ".htm", ".html", ".md", ".pdf", ".txt", ".xls", ".xlsx"]


@pytest.mark.parametrize("file", ["a.pdf", "a.docx", "a.xlsx", "a.xls", "a.doc"])
@pytest.mark.parametrize("content", [bytes(range(256)) * 20, b"\x00\x01\x02" * 500], ids=["noise", "zeros"])
def test_what_is_no_file_of_its_program_and_no_text_is_to_be_downloaded_again(file: str, content: bytes) -> None:
    document = read_document(file, content)
    assert document.lines == ()
    (note,) = document.notes
    assert note.rule == "damaged-file"
    assert "请重新下载" in note.message


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_under_the_name_of_a_program_is_read_as_text(encoding: str) -> None:
    document = read_document("2021.doc", "政府信息公开工作年度报告\n一、总体情况\n".encode(encoding))
    assert document.lines[:2] == ("政府信息公开工作年度报告", "一、总体情况")
    assert [note.rule for note in document.notes] == ["wrong-suffix"]
