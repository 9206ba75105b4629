"""Faults of the system in the midst of a build, where a report is read and where the search index is written."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path

import pytest
from disclosure.keeping import CACHE, Kept
from disclosure.pipeline import build_portal
from disclosure.read import old_word, sandbox
from disclosure.read.old_word import NoRoomError, read_old_word
from disclosure.read.sandbox import NoProcessError, read_bounded
from disclosure.search import Copies, index_site
from disclosure.search.kept import KeptParts
from disclosure.workshop import faults
from layouts import figures, report
from pdf_files import PdfPage, write_pdf
from small_disks import mounted


def _with_a_pdf(root: Path) -> None:
    folder = root / "reports" / "河南省" / "平顶山市" / "舞钢市" / "甲镇人民政府"
    folder.mkdir(parents=True)
    described = "id: '410481101'\nname: 甲镇人民政府\nkind: 乡镇人民政府\nplace_known_by: 标题写明。\n"
    (folder / "office.yml").write_text(described, encoding="utf-8")
    page = PdfPage()
    text = report("2021", figures("2021"), office="甲镇人民政府", year=2021)
    for number, line in enumerate(line for line in text.split("\n") if line):
        page.text(20, 10 + 12 * number, line)
    (folder / "2021.pdf").write_bytes(write_pdf([page]))


def test_a_reading_process_that_dies_in_a_build_is_started_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by the system, when memory is short: the site is the same as without."""
    _with_a_pdf(tmp_path)
    expected = build_portal(tmp_path)
    assert expected.reports[0].lines
    write, killed = sandbox.write_frame, []

    def deadly(pipe: object, content: bytes) -> None:
        if not killed:
            process = sandbox._KEPT[os.getpid()].process  # noqa: SLF001 - whom to kill
            assert process is not None
            os.kill(process.pid, 9)
            killed.append(process.wait())
        write(pipe, content)  # type: ignore[arg-type]

    monkeypatch.setattr(sandbox, "write_frame", deadly)
    shutil.rmtree(tmp_path / CACHE)
    assert build_portal(tmp_path) == expected
    assert killed == [-9]


def test_a_system_that_starts_no_process_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    sandbox.close()
    monkeypatch.setattr(sandbox, "_start", refuse)
    with pytest.raises(NoProcessError, match="启动不了读取文件的进程"):
        read_bounded("pdf", b"%PDF-1.6", 5, 500)


def test_a_full_folder_for_temporary_files_is_no_fault_of_a_word_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"{\\rtf1 " + b"x" * 200_000 + b"}"
    with mounted(tmp_path / "disk", "size=64k") as disk:
        monkeypatch.setattr("tempfile.tempdir", str(disk))
        monkeypatch.setenv(old_word.CONVERTER, sys.executable)
        with pytest.raises(NoRoomError, match="临时文件夹写不进去"):
            read_old_word(content)


def test_a_full_folder_for_temporary_files_stops_the_index_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "<article><h1>甲</h1><p>" + "依法公开政府信息" * 20_000 + "</p></article>"
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text(page, encoding="utf-8")
    with mounted(tmp_path / "disk", "size=64k") as disk:
        monkeypatch.setattr("tempfile.tempdir", str(disk))
        with pytest.raises(OSError, match="No space left") as raised:
            index_site(tmp_path / "site")
    assert faults.sentence(raised.value).endswith("磁盘已满。请腾出空间后重新运行。")


@pytest.mark.parametrize("options", ["size=4k", "size=8k", "size=16k", "size=20k", "nr_inodes=3", "nr_inodes=7"])
def test_a_disk_that_runs_full_while_the_index_is_written(tmp_path: Path, options: str) -> None:
    page = f"<article><h1>甲</h1><p>{''.join(map(chr, range(0x4E00, 0x5A00)))}</p></article>"
    copies = Copies(tmp_path / "copies", {})
    copies.add("index.html", page)
    with mounted(tmp_path / "disk", options) as disk, pytest.raises(OSError, match="No space left") as raised:
        copies.index(disk)
    assert faults.sentence(raised.value).endswith("磁盘已满。请腾出空间后重新运行。")


def test_a_disk_that_runs_full_while_a_part_is_kept_costs_nothing_but_that(tmp_path: Path) -> None:
    page = f"<article><h1>甲</h1><p>{''.join(map(chr, range(0x4E00, 0x5A00)))}</p></article>"
    copies = Copies(tmp_path / "copies", {})
    copies.add("index.html", page)
    with mounted(tmp_path / "disk", "size=8k") as disk:
        copies.index(tmp_path / "site", KeptParts(Kept(disk / "cache")))
        assert [path for path in (disk / "cache").rglob("*") if path.is_file()] == []  # the room is there for the site
    assert (tmp_path / "site" / "search" / "texts.json").is_file()
