"""Files of the old Word, through LibreOffice; where it is missing or fails, one note says what to do."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from disclosure.read import old_word, read_document
from disclosure.read.old_word import CONVERTER, find_converter, read_old_word
from disclosure.read.signature import content_format
from disclosure.reading import read_report
from documents import Merged, docx, paragraph, report_blocks
from test_fill import TRUE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = OLE + bytes(504) + "WordDocument\0".encode("utf-16-le").ljust(64, b"\0") + bytes([26, 0])
needs_converter = pytest.mark.skipif(find_converter() is None, reason="LibreOffice is not installed")


HEADING = paragraph("总体情况", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
LEVEL = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
NUMBERING = f'<w:abstractNum w:abstractNumId="1">{LEVEL}</w:abstractNum>'
NUMBERING += '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
ROWS = [
    [Merged("三、办理结果", down="restart"), Merged("（三）", across=2), "0"],
    [Merged("", down="continue"), "（四）", "1.没有", "7"],
]
NEW = {
    "report": docx(report_blocks("2021", TRUE["2021"])),
    "merged": docx([HEADING, ROWS, "完"], numbering=NUMBERING),
    "long": docx(["甲" * 500]),
}
"""Word files that tests need as files of the old kind."""


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The same files as ``doc``, and as ``rtf``, by their names: to start LibreOffice takes longer than to use it."""
    program = find_converter()
    assert program is not None
    folder = tmp_path_factory.mktemp("office")
    for name, content in NEW.items():
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for suffix in ("doc", "rtf"):
        command = [program, profile, "--headless", "--convert-to", suffix, "--outdir", folder, *folder.glob("*.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    if not (folder / "long.doc").exists():
        pytest.skip("LibreOffice is installed without Writer")
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in {".doc", ".rtf"}}


@needs_converter
@pytest.mark.parametrize("suffix", ["doc", "rtf"])
def test_the_same_report_gives_the_same_figures(suffix: str, old: Mapping[str, bytes]) -> None:
    report = read_report("2023.doc", old[f"report.{suffix}"])
    assert {cell: one.value for cell, one in report.figures.items()} == TRUE["2021"]
    assert report.filling.notes == ()


@needs_converter
def test_merged_cells_and_automatic_numbers_survive(old: Mapping[str, bytes]) -> None:
    document = read_old_word(old["merged.doc"])
    assert document.lines == ("一、总体情况", "三、办理结果\t（三）\t\t0", "\t（四）\t1.没有\t7", "完")
    assert document.places == ("第 1 段", "第 1 张表第 1 行", "第 1 张表第 2 行", "第 2 段")


def test_without_the_converter_a_note_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CONVERTER, "")
    (note,) = read_old_word(WORD).notes
    assert note.rule == "converter-missing"
    assert note.message.endswith("请安装 LibreOffice，或者用 Word 或 WPS 打开，另存为 .docx。")


def test_a_converter_that_does_not_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "soffice").write_text("no program")
    monkeypatch.setenv(CONVERTER, str(tmp_path / "soffice"))
    (note,) = read_old_word(WORD).notes
    assert note.rule == "converter-missing"
    assert note.message.startswith("LibreOffice 没能启动")


def script(folder: Path, text: str) -> str:
    """A converter that is a script, as LibreOffice's own is."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(os.name != "posix", reason="the converter of this test is a shell script")
def test_a_converter_that_hangs_is_ended_with_all_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    child = tmp_path / "child"
    monkeypatch.setenv(CONVERTER, script(tmp_path, f"sleep 300 & echo $! > {child}; wait"))
    monkeypatch.setattr(old_word, "SECONDS", 1)
    (note,) = read_old_word(WORD).notes
    assert note.rule == "converter-missing"
    assert note.message.startswith("LibreOffice 没有在 1 秒内完成转换")
    assert ended(int(child.read_text()))


def ended(process: int) -> bool:
    """Whether a process that is not our own child is gone, or waits to be collected, within ten seconds."""
    for _ in range(100):
        try:
            os.kill(process, 0)
            state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(") ")[2][:1]
        except (ProcessLookupError, FileNotFoundError):
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(os.name != "posix", reason="the converter of this test is a shell script")
@pytest.mark.parametrize("text", ["exit 0", "exit 3", "mkdir made; echo broken > made/report.docx"])
def test_a_converter_that_makes_nothing_of_it(text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(CONVERTER, script(tmp_path, text))
    assert [note.rule for note in read_old_word(WORD).notes] == ["damaged-file"]


@pytest.mark.parametrize("content", [OLE, OLE + b"\0" * 600, OLE + bytes(range(256)) * 40])
def test_what_word_did_not_write_is_not_given_to_the_converter(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice would read it as text of a kind."""
    monkeypatch.setenv(CONVERTER, "")
    assert [note.rule for note in read_document("2023.doc", content).notes] == ["damaged-file"]


@needs_converter
def test_a_file_that_breaks_off(old: Mapping[str, bytes]) -> None:
    content = old["long.doc"]
    for end in (len(WORD), len(content) - 1000):
        document = read_old_word(content[:end])
        assert (document.lines, [note.rule for note in document.notes]) == ((), ["damaged-file"])


@needs_converter
def test_nothing_outside_the_file_is_read(old: Mapping[str, bytes]) -> None:
    """Pictures and texts that a file takes from elsewhere stay where they are."""
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the names that http.server asks for

    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/x"
        fields = f'INCLUDEPICTURE "{address}.png"', f'INCLUDETEXT "{address}.txt"', 'INCLUDETEXT "file:///etc/passwd"'
        inner = "".join(rf"{{\field{{\*\fldinst{{{code}}}}}{{\fldrslt 1}}}}\par " for code in fields)
        document = read_old_word(rf"{{\rtf1\ansi {{\*\template {address}.dot}}{inner}end}}".encode())
        server.shutdown()
    assert asked == []
    assert document.lines[-1] == "end"
    assert not any("root" in line for line in document.lines)


def test_old_files_are_told_by_their_directory() -> None:
    """Not by a word in them: Word's styles have a “Book Title”, and a report may hold an Excel sheet."""
    title = "Book Title Workbook".encode("utf-16-le")
    sheet = "Workbook\0".encode("utf-16-le").ljust(64, b"\0") + bytes([18, 0])
    assert content_format(WORD + title) == "old-word"
    assert content_format(OLE + sheet + WORD[8:]) == "old-word"
    assert content_format(OLE + sheet) == "spreadsheet"
