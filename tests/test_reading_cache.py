"""What was read is kept between builds, and read again whenever anything about it is not exactly as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from damage import DAMAGES
from damage_lab import make_trial
from disclosure import reading_all, reading_cache
from disclosure.errors import DisclosureError
from disclosure.keeping import CACHE, READINGS, Kept
from disclosure.model import Note, Report, Source
from disclosure.packing import UnpackingError, pack, unpack
from disclosure.pipeline import build_portal
from disclosure.reading import read_report, read_source
from disclosure.reading_all import FEW, read_sources
from disclosure.reading_cache import READER, ReadingCache, may_be_kept
from disclosure.sources import find_sources
from disclosure.workers import NoWorkerError
from disclosure.workshop import ROOT
from layouts_formats import ALL_STYLES
from portal_files import write_project


@pytest.fixture
def given() -> tuple[Source, ...]:
    return find_sources(ROOT).sources


@pytest.fixture
def cache(tmp_path: Path) -> ReadingCache:
    return ReadingCache(Kept(tmp_path / "kept"))


@pytest.fixture
def read_again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read in this test, in order."""
    files: list[str] = []

    def noted(source: Source) -> Report:
        files.append(source.file)
        return read_source(source)

    monkeypatch.setattr(reading_all, "read_source", noted)
    return files


def entries(cache_folder: Path) -> list[Path]:
    return sorted(path for path in cache_folder.rglob("*") if path.is_file())


def samples() -> Iterator[bytes]:
    for seed, style in enumerate(ALL_STYLES.values()):
        rng = Random(seed)  # noqa: S311 - the same reports every time
        yield make_trial(rng, style, ()).content
        yield make_trial(rng, style, (rng.choice(list(DAMAGES.values())),)).content


def test_a_report_of_any_layout_is_the_same_after_packing() -> None:
    for content in samples():
        report = read_report("2021.txt", content)
        packed = pack(report)
        assert packed is not None
        assert unpack(packed) == report


@pytest.mark.parametrize("number", ["123456789012345678901234567890", "1.50", "-3"])
def test_a_number_of_any_kind_is_the_same_after_packing_or_travels_as_it_is(number: str) -> None:
    text = (ROOT / "reports/河南省/平顶山市/舞钢市/尚店镇人民政府/2021.txt").read_text(encoding="utf-8")
    report = read_report("2021.txt", text.replace("12", number).encode())
    packed = pack(report)
    assert packed is None or unpack(packed) == report
    assert (packed is None) == (len(number) > 20 and number in text.replace("12", number))


def test_half_a_character_is_not_packed() -> None:
    report = replace(read_report("2021.txt", b""), lines=("\ud800",))
    assert pack(report) is None


@pytest.mark.parametrize("content", [b"", b"\x80", b"\x93\x01\x02\x03", b"not a report"])
def test_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(UnpackingError):
        unpack(content)


def test_a_second_build_reads_nothing_and_finds_the_same(
    given: tuple[Source, ...], cache: ReadingCache, read_again: list[str]
) -> None:
    first = list(read_sources(given, cache))
    assert read_again == [source.file for source in given]
    read_again.clear()
    assert list(read_sources(given, cache)) == first
    assert read_again == []


def test_what_changed_is_read_again_and_nothing_else(
    given: tuple[Source, ...], cache: ReadingCache, read_again: list[str]
) -> None:
    list(read_sources(given, cache))
    for changed in (
        replace(given[1], sha256="0" * 64),
        replace(given[1], file="reports/elsewhere/2021.txt"),
        replace(given[1], year=1999),
        replace(given[1], office=replace(given[1].office, id="410481999")),
    ):
        read_again.clear()
        found = list(read_sources([given[0], changed, *given[2:]], cache))
        assert read_again == [changed.file]
        assert (found[1].office, found[1].filed_year, found[1].sha256) == (
            changed.office.id, changed.year, changed.sha256,
        )  # fmt: skip


def test_another_reader_reads_everything_again(
    given: tuple[Source, ...], cache: ReadingCache, read_again: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    list(read_sources(given, cache))
    read_again.clear()
    monkeypatch.setattr(reading_cache, "reader_version", lambda: "another")
    list(read_sources(given, cache))
    assert read_again == [source.file for source in given]


def test_the_version_of_the_reader_depends_on_all_of_its_code() -> None:
    """Every module that is loaded to read a report is one of those whose content makes the version."""
    program = "import sys, disclosure.reading; print(*sorted(n for n in sys.modules if n.startswith('disclosure.')))"
    told = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    parts = {name.removesuffix(".py") for name in READER}
    assert [name for name in told.stdout.split() if name.split(".")[1] not in parts] == []


@pytest.mark.parametrize("name", ["form/fill.py", "read/text.py", "prove/checker.py", "model.py", "reading.py"])
def test_the_version_of_the_reader_changes_with_its_files(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = ROOT / "hooks" / "disclosure"
    before = reading_cache.reader_version()
    for part in READER:
        copy = tmp_path / part
        if (package / part).is_dir():
            copy.mkdir()
            for file in (package / part).glob("*.py"):
                (copy / file.name).write_bytes(file.read_bytes())
        else:
            copy.write_bytes((package / part).read_bytes())
    monkeypatch.setattr(reading_cache, "_PACKAGE", tmp_path)
    assert reading_cache.reader_version.__wrapped__() == before
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b"\n")
    assert reading_cache.reader_version.__wrapped__() != before


@pytest.mark.parametrize(("cut", "added"), [(0, b""), (-1, b""), (40, b"x")], ids=["empty", "cut", "changed"])
def test_a_broken_entry_is_read_again_and_replaced(
    cut: int, added: bytes, given: tuple[Source, ...], read_again: list[str], tmp_path: Path
) -> None:
    cache = ReadingCache(Kept(tmp_path / "kept"))
    first = list(read_sources(given, cache))
    whole = {path: path.read_bytes() for path in entries(tmp_path / "kept")}
    broken = min(whole)
    broken.write_bytes(whole[broken][:cut] + added)
    read_again.clear()
    assert list(read_sources(given, cache)) == first
    assert len(read_again) == 1
    assert {path: path.read_bytes() for path in entries(tmp_path / "kept")} == whole


def test_an_entry_under_the_name_of_another_is_read_again(
    given: tuple[Source, ...], cache: ReadingCache, read_again: list[str], tmp_path: Path
) -> None:
    first = list(read_sources(given, cache))
    one, other, *_ = entries(tmp_path / "kept")
    one.write_bytes(other.read_bytes())
    read_again.clear()
    assert list(read_sources(given, cache)) == first
    assert len(read_again) == 1


def test_where_nothing_can_be_kept_everything_is_read(
    given: tuple[Source, ...], tmp_path: Path, read_again: list[str]
) -> None:
    (tmp_path / "file").write_text("a file where the folder should be", encoding="utf-8")
    cache = ReadingCache(Kept(tmp_path / "file"))
    assert list(read_sources(given, cache)) == list(read_sources(given))
    assert len(read_again) == 2 * len(given)


def test_what_this_machine_could_not_read_is_tried_again(given: tuple[Source, ...]) -> None:
    report = read_source(given[0])
    stopped = replace(report, filling=replace(report.filling, notes=(Note("reading-stopped", None, "。"),)))
    assert may_be_kept(given[0], report)
    assert not may_be_kept(given[0], stopped)
    assert not may_be_kept(replace(given[0], content=b"{\\rtf1 x}", file="a/2021.doc"), report)


def test_a_build_keeps_what_it_used_and_forgets_the_rest(tmp_path: Path) -> None:
    write_project(tmp_path, 2, [2020, 2021], 3)
    build_portal(tmp_path)
    kept = entries(tmp_path / CACHE / READINGS)
    assert len(kept) == 4
    (tmp_path / CACHE / READINGS / "00").mkdir(exist_ok=True)
    (tmp_path / CACHE / READINGS / "00" / "left.123").write_bytes(b"of a build that was killed")
    min((tmp_path / "reports").rglob("2020.txt")).unlink()
    build_portal(tmp_path)
    assert set(entries(tmp_path / CACHE / READINGS)) < set(kept)
    assert len(entries(tmp_path / CACHE / READINGS)) == 3


def test_many_are_read_by_several_processes_and_come_out_the_same(
    given: tuple[Source, ...], cache: ReadingCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_all, "processors", lambda: 2)
    many = [replace(given[n % 5], file=f"reports/{n}/2021.txt") for n in range(FEW + 1)]
    found = list(read_sources(many, cache))
    assert found == [read_source(source) for source in many]
    assert [cache.find(source) for source in many] == found


def test_where_no_process_lives_the_build_stops_instead_of_blaming_the_files(
    given: tuple[Source, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_lives(_work: object, sources: Sequence[Source], _lost: object, **_: int) -> Iterator[bytes]:
        raise NoWorkerError(sources[:2])
        yield b""

    monkeypatch.setattr(reading_all, "processors", lambda: 2)
    monkeypatch.setattr(reading_all, "in_processes", none_lives)
    many = [replace(given[0], file=f"reports/{n}/2021.txt") for n in range(FEW + 1)]
    with pytest.raises(DisclosureError, match=r"^没有读成 reports/0/2021.txt 等 2 个文件：启动的进程一再意外停止"):
        list(read_sources(many))
