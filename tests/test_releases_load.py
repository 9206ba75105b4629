"""Releases as they are published: folders and archives, Parquet and CSV, and what is no release."""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from disclosure.releases import files, load
from disclosure.releases.compare import compare
from disclosure.releases.files import ReleaseUnusableError
from disclosure.releases.load import Release, load_release, plain
from made_releases import FORMULA, SHANGDIAN, VERSION, made, write_csv, write_parquet, zipped

TABLES = ("offices", "reports", "sources", "figures", "findings")
RECEIVED = "requests.received.total"


def rows(release: Release, table: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = getattr(release, table).to_pylist()
    return found


def refusal(path: Path) -> str:
    with pytest.raises(ReleaseUnusableError) as raised:
        load_release(path)
    message = str(raised.value)
    assert message.startswith(f"“{path}”不能用作一次发布：")
    assert message.endswith("。")
    return message.removeprefix(f"“{path}”不能用作一次发布：")


def test_a_release_says_which_state_of_the_data_it_is(tmp_path: Path) -> None:
    release = load_release(write_parquet(made(), tmp_path))
    assert (release.version, release.data_date) == (VERSION, "2026-01-01")


def test_values_keep_null_and_0_apart_and_lose_needless_zeros(tmp_path: Path) -> None:
    one = made()
    figures = one.tables["figures"]
    for row, value in zip(figures, (None, 0, "1.50", "0.0001"), strict=False):
        row["value"] = value
    found = [
        rows(load_release(write(one, tmp_path / write.__name__)), "figures") for write in (write_parquet, write_csv)
    ]
    assert [[row["value"] for row in table[:5]] for table in found] == [[None, "0", "1.5", "0.0001", "3"]] * 2


def test_csv_and_parquet_give_the_same_tables(tmp_path: Path) -> None:
    one = made()
    one.add_finding(None, None, '两行\n的说明，有“引号”和"引号"。')
    one.figure(SHANGDIAN, 2021, RECEIVED).update(value=None, status="blank")
    parquet, csv = load_release(write_parquet(one, tmp_path / "p")), load_release(write_csv(one, tmp_path / "c"))
    assert [rows(csv, table) for table in TABLES] == [rows(parquet, table) for table in TABLES]
    assert len(rows(csv, "findings")) == 2
    assert not compare(parquet, csv)
    assert not compare(csv, parquet)


def test_a_guarded_name_is_read_without_its_guard(tmp_path: Path) -> None:
    one = made()
    one.office(SHANGDIAN)["name"] = FORMULA
    one.tables["sources"][0]["file"] = "'quoted'.txt"
    release = load_release(write_csv(one, tmp_path))
    assert "'=HYPERLINK" in (tmp_path / "offices.csv").read_text("utf-8")
    assert rows(release, "offices")[0]["name"] == FORMULA
    assert rows(release, "sources")[0]["file"] == "'quoted'.txt"


def test_an_apostrophe_in_parquet_is_part_of_the_text(tmp_path: Path) -> None:
    one = made()
    one.office(SHANGDIAN)["name"] = "'甲'镇"
    assert rows(load_release(write_parquet(one, tmp_path)), "offices")[0]["name"] == "'甲'镇"


def test_parquet_is_preferred(tmp_path: Path) -> None:
    write_parquet(made(), tmp_path)
    (tmp_path / "figures.csv").write_text("nonsense")
    assert len(rows(load_release(tmp_path), "figures")) == 15


def test_a_release_without_findings_is_one(tmp_path: Path) -> None:
    one = made()
    one.tables["findings"] = []
    for write in (write_parquet, write_csv):
        assert rows(load_release(write(one, tmp_path / write.__name__)), "findings") == []


@pytest.mark.parametrize("inside", ["", "v1/", "site/data/v1/"])
@pytest.mark.parametrize("write", [write_parquet, write_csv])
def test_an_archive_may_hold_the_release_inside_folders(
    tmp_path: Path, write: Callable[..., Path], inside: str
) -> None:
    folder = write(made(), tmp_path / "v1")
    release = load_release(zipped(folder, tmp_path / "v1.zip", inside))
    assert len(rows(release, "figures")) == 15
    assert not compare(load_release(folder), release)


def test_the_release_nearest_to_the_root_of_an_archive_counts(tmp_path: Path) -> None:
    archive = zipped(write_parquet(made(), tmp_path / "v1"), tmp_path / "v1.zip", "data/v1/")
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr("data/v1/offices/1/datapackage.json", "{}")
        opened.writestr("readme.txt", "")
    assert load_release(archive).version == VERSION


def test_two_releases_side_by_side_in_an_archive_are_refused(tmp_path: Path) -> None:
    archive = zipped(write_parquet(made(), tmp_path / "v1"), tmp_path / "v1.zip", "a/")
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr("b/datapackage.json", "{}")
    assert refusal(archive) == "里面并排放着不止一次发布。请每次发布各压缩成一个文件。"


EXPECTED = "应当是已发布的 data/v1 文件夹，或者它的 zip 压缩包，里面有 datapackage.json；请检查路径。"


def test_nothing_and_what_is_no_release_are_told_apart(tmp_path: Path) -> None:
    text = tmp_path / "text.zip"
    text.write_text("no archive")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as opened:
        opened.writestr("a/b.txt", "")
    assert refusal(tmp_path / "nowhere") == f"这里什么也没有。{EXPECTED}"
    assert refusal(tmp_path) == f"里面没有 datapackage.json。{EXPECTED}"
    assert refusal(tmp_path / "other.zip") == f"里面没有 datapackage.json。{EXPECTED}"
    assert refusal(text) == f"它不是 zip 压缩包，或者压缩包不完整。{EXPECTED}"


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_table_is_named(tmp_path: Path, table: str) -> None:
    (write_parquet(made(), tmp_path) / f"{table}.parquet").unlink()
    assert refusal(tmp_path) == f"里面没有 {table}.parquet，也没有 {table}.csv。请重新下载或重新生成。"


DESCRIPTIONS = {
    "no JSON": "{",
    "no object": "[]",
    "no version": '{"data_date": "2026-01-01"}',
    "no date": '{"version": "1.0.0"}',
    "a date that is none": '{"version": "1.0.0", "data_date": "2026-02-30"}',
    "a date in another notation": '{"version": "1.0.0", "data_date": "20260101"}',
    "a version that is a path": '{"version": "1.0.0+../../x", "data_date": "2026-01-01"}',
    "nested too deeply": "[" * 100_000,
}


@pytest.mark.parametrize("description", DESCRIPTIONS.values(), ids=DESCRIPTIONS)
def test_a_broken_description_is_refused(tmp_path: Path, description: str) -> None:
    (write_parquet(made(), tmp_path) / "datapackage.json").write_text(description)
    assert refusal(tmp_path) == (
        "datapackage.json 读不出来：应当是 JSON，写明 version（如 1.1.0+20260101.3f9a2c1d）"
        "和 data_date（如 2026-01-01）。请重新下载或重新生成。"
    )


def test_tables_of_another_major_version_are_refused(tmp_path: Path) -> None:
    write_parquet(made("2.0.0+20260101.aaaaaaaa"), tmp_path)
    assert refusal(tmp_path) == "它的版本是 2.0.0+20260101.aaaaaaaa，这个程序只认 1.x。请用与它相配的程序。"


def test_a_later_minor_version_is_read(tmp_path: Path) -> None:
    assert load_release(write_parquet(made("1.7.0+20260101.aaaaaaaa"), tmp_path)).version.startswith("1.7.0")


def test_a_status_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    one = made()
    one.figure(SHANGDIAN, 2021, RECEIVED)["status"] = "guessed"
    assert refusal(write_parquet(one, tmp_path)) == "figures 表里有不认识的状态“guessed”。请用更新的程序。"


BAD_VALUES = {"nan": "nan", "infinite": "inf", "a word": "三", "absurdly long": "1e999999"}


@pytest.mark.parametrize("value", BAD_VALUES.values(), ids=BAD_VALUES)
def test_a_value_that_is_no_number_is_refused(tmp_path: Path, value: str) -> None:
    one = made()
    one.figure(SHANGDIAN, 2021, RECEIVED)["value"] = value
    assert refusal(write_csv(one, tmp_path)).startswith("里面的 figures.csv 不完整，或者与数据字典不符。")


def test_not_a_number_in_parquet_is_refused_and_not_taken_for_a_gap(tmp_path: Path) -> None:
    one = made()
    one.figure(SHANGDIAN, 2021, RECEIVED)["value"] = "nan"
    assert refusal(write_parquet(one, tmp_path)).startswith("里面的 figures.parquet 不完整")


def test_a_gap_where_a_value_must_be_is_refused(tmp_path: Path) -> None:
    one = made()
    one.figure(SHANGDIAN, 2021, RECEIVED)["status"] = None
    assert refusal(write_parquet(one, tmp_path)).startswith("里面的 figures.parquet 不完整，或者与数据字典不符。")


def test_a_table_without_a_column_is_refused(tmp_path: Path) -> None:
    write_parquet(made(), tmp_path)
    path = tmp_path / "figures.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["status"]), path)
    assert refusal(tmp_path).startswith("里面的 figures.parquet 不完整，或者与数据字典不符。")


@pytest.mark.parametrize("content", [b"", b"PAR1" * 20, b"office,year\r\n1\r\n", b"\xff\xfe"])
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_broken_table_is_named(tmp_path: Path, suffix: str, content: bytes) -> None:
    {"csv": write_csv, "parquet": write_parquet}[suffix](made(), tmp_path)
    (tmp_path / f"reports.{suffix}").write_bytes(content)
    assert refusal(tmp_path).startswith(f"里面的 reports.{suffix} 不完整，或者与数据字典不符。")


def test_a_table_that_claims_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_parquet(made(), tmp_path)
    monkeypatch.setattr(load, "MOST_ROWS", 14)
    assert refusal(tmp_path).startswith("里面的 figures.parquet 不完整，或者与数据字典不符。")


def bomb(path: Path, size: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("datapackage.json", b" " * size)
    return path


def test_a_file_that_inflates_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 2 * 1024**2)
    archive = bomb(tmp_path / "bomb.zip", 2 * 1024**2 + 1)
    assert archive.stat().st_size < 10_000
    assert refusal(archive) == "里面的 datapackage.json 超过 2 MB，没有读取。请确认它是本站发布的文件。"


LIES = {
    "too small: reading stops there, and the checksum tells": (5, "不完整或已损坏。请重新下载或重新生成。"),
    "too large: nothing is inflated": (2**31, "超过 1024 MB，没有读取。请确认它是本站发布的文件。"),
}


@pytest.mark.parametrize(("declared", "said"), LIES.values(), ids=LIES)
def test_a_file_that_lies_about_its_size_is_refused(tmp_path: Path, declared: int, said: str) -> None:
    archive = bomb(tmp_path / "bomb.zip", 100_000)
    content = bytearray(archive.read_bytes())
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<L", declared)
    archive.write_bytes(content)
    assert refusal(archive) == f"里面的 datapackage.json {said}"


def test_a_folder_with_too_large_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_parquet(made(), tmp_path)
    monkeypatch.setattr(files, "MOST_BYTES", 50)
    assert refusal(tmp_path) == "里面的 datapackage.json 超过 0 MB，没有读取。请确认它是本站发布的文件。"


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = zipped(write_parquet(made(), tmp_path / "v1"), tmp_path / "v1.zip")
    monkeypatch.setattr(files, "MOST_MEMBERS", 5)
    assert refusal(archive) == "里面的文件超过 5 个。请确认它是本站发布的文件。"


def test_an_archive_with_one_name_twice_is_refused(tmp_path: Path) -> None:
    archive = zipped(write_parquet(made(), tmp_path / "v1"), tmp_path / "v1.zip")
    with zipfile.ZipFile(archive, "a") as opened, pytest.warns(UserWarning, match="Duplicate name"):
        opened.writestr("figures.parquet", b"")
    assert refusal(archive) == "里面有同名的文件，不知道以哪一个为准。请重新下载或重新生成。"


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    archive = bomb(tmp_path / "locked.zip", 10)
    content = bytearray(archive.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(content)
    assert refusal(archive) == "里面的 datapackage.json 设有密码，或者压缩方式不常见。请用普通的 zip 重新压缩。"


def test_an_archive_compressed_in_a_rare_way_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "rare.zip", "w", zipfile.ZIP_LZMA) as opened:
        opened.writestr("datapackage.json", "{}")
    assert refusal(tmp_path / "rare.zip").startswith("里面的 datapackage.json 设有密码，或者压缩方式不常见。")


def test_a_truncated_archive_is_refused(tmp_path: Path) -> None:
    archive = zipped(write_parquet(made(), tmp_path / "v1"), tmp_path / "v1.zip")
    archive.write_bytes(archive.read_bytes()[:-40])
    assert refusal(archive) == f"它不是 zip 压缩包，或者压缩包不完整。{EXPECTED}"


def test_names_that_climb_out_of_an_archive_write_nothing(tmp_path: Path) -> None:
    archive = zipped(write_parquet(made(), tmp_path / "v1"), tmp_path / "v1.zip", "v1/")
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr("../../evil.txt", "x")
    before = sorted(tmp_path.rglob("*"))
    assert load_release(archive).version == VERSION
    assert sorted(tmp_path.rglob("*")) == before


NUMBERS = {
    "whole": (3, "3"),
    "whole as a fraction": (3.0, "3"),
    "zeros at the end": ("1.50", "1.5"),
    "hundreds": ("100", "100"),
    "an exponent": ("1e3", "1000"),
    "small": (0.0001, "0.0001"),
    "negative": ("-2", "-2"),
    "negative zero": ("-0.0", "0"),
    "many digits": ("12345678901234567890.5", "12345678901234567890.5"),
}


@pytest.mark.parametrize(("given", "digits"), NUMBERS.values(), ids=NUMBERS)
def test_a_number_is_always_the_same_digits(given: float | str, digits: str) -> None:
    assert plain(given) == digits


def test_whatever_integers_and_texts_parquet_uses_are_read(tmp_path: Path) -> None:
    write_parquet(made(), tmp_path)
    path = tmp_path / "figures.parquet"
    table = pq.read_table(path)
    changed = {"year": pa.int16(), "office": pa.large_string(), "value": pa.decimal128(20, 4)}
    kinds = [pa.field(name, changed.get(name, table.schema.field(name).type)) for name in table.column_names]
    pq.write_table(table.cast(pa.schema(kinds)), path)
    first = rows(load_release(tmp_path), "figures")[0]
    assert (first["office"], first["year"], first["value"]) == (SHANGDIAN, 2021, "3")


def test_what_is_not_needed_need_not_be_there(tmp_path: Path) -> None:
    write_parquet(made(), tmp_path)
    description = json.loads((tmp_path / "datapackage.json").read_text())
    (tmp_path / "datapackage.json").write_text(json.dumps({**description, "resources": []}))
    path = tmp_path / "figures.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["raw", "file", "proof"]), path)
    assert len(rows(load_release(tmp_path), "figures")) == 15
