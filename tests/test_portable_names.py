"""Names that Windows, macOS or Linux cannot hold, and names that are one on some of them: one sentence each."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePosixPath

import pytest
from disclosure.offices import parse_office
from disclosure.portable import LONGEST_NAME, LONGEST_PATH, clashes, unportable
from test_sources import FOLDER, OFFICE, filing, notes

COUNTY = "河南省/平顶山市/舞钢市"
FORBIDDEN = ["甲:镇", "甲<镇", "甲>镇", '甲"镇', "甲|镇", "甲?镇", "甲*镇", "甲\\镇"]
DEVICES = ["CON", "nul", "Aux.txt", "com1", "LPT9.pdf", "prn .x", "CONOUT$", "com¹"]
ENDS = ["甲镇.", "甲镇 "]
FINE = ["甲镇人民政府", "conx", "com", "com10", "lpt0a", "con-1.txt", "2021.txt", "（甲）镇·乙", "a.b", ".甲", "𠮷镇"]


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_character_that_windows_forbids(name: str) -> None:
    assert list(unportable(PurePosixPath("reports", name))) == [
        f"名称里有“{name[1]}”，Windows 不容许，别人取不出这个仓库。请改名。"
    ]


@pytest.mark.parametrize("name", DEVICES)
def test_the_name_of_a_device(name: str) -> None:
    assert [said[: len(name) + 2] for said in unportable(PurePosixPath("reports", name))] == [f"“{name}”"]


@pytest.mark.parametrize("name", ENDS)
def test_an_end_that_windows_cuts_off(name: str) -> None:
    assert [said[:10] for said in unportable(PurePosixPath("reports", name))] == ["名称以空格或点结尾，"]


@pytest.mark.parametrize("name", FINE)
def test_a_name_that_every_system_holds_is_silent(name: str) -> None:
    assert list(unportable(PurePosixPath("reports", name))) == []


def test_a_decomposed_name() -> None:
    name = unicodedata.normalize("NFD", "é镇")
    assert [said[:11] for said in unportable(PurePosixPath("reports", name))] == ["名称里的字符是分解写法"]


def test_a_name_and_a_path_are_measured_as_systems_do() -> None:
    """Linux counts bytes of a name, Windows characters of a path."""
    longest = PurePosixPath("甲" * (LONGEST_NAME // 3))
    assert list(unportable(longest)) == []
    assert list(unportable(PurePosixPath(f"{longest}a"))) == [
        f"名称有 {LONGEST_NAME + 1} 字节，超过 {LONGEST_NAME} 字节，Linux 存不下。请改短。"
    ]
    deep = PurePosixPath("/".join(["甲" * 49] * 4))
    assert len(str(deep)) == LONGEST_PATH - 1
    assert list(unportable(deep)) == []
    assert list(unportable(deep / "乙")) == [
        f"从 reports 起的路径有 {LONGEST_PATH + 1} 字，超过 {LONGEST_PATH} 字，Windows 可能取不出。请改短文件夹的名称。"
    ]


def test_names_that_are_one_on_some_systems() -> None:
    composed = unicodedata.normalize("NFC", "É镇")
    assert list(clashes(["a镇", "A镇", composed, unicodedata.normalize("NFD", "é镇"), "乙"])) == [
        ("a镇", "A镇"),
        (composed, unicodedata.normalize("NFD", "é镇")),
    ]


def test_two_folders_that_differ_in_case_only(tmp_path: Path) -> None:
    one, two = (OFFICE.replace("试验镇", f"{letter}镇") for letter in "Aa")
    two = two.replace("410481100", "410481101")
    found = filing(tmp_path, {f"{COUNTY}/A镇人民政府/office.yml": one, f"{COUNTY}/a镇人民政府/office.yml": two})
    if len(found.offices) == 1:
        pytest.skip("this is such a system")
    assert notes(found) == [("unportable-name", f"reports/{COUNTY}/a镇人民政府", None)]
    assert found.notes[0].message.startswith("与 A镇人民政府 只有大小写或写法不同，")


def test_a_file_and_each_folder_above_it_are_looked_at_once(tmp_path: Path) -> None:
    found = filing(tmp_path, {"河南省/aux/甲:镇/nul.txt": "甲"})
    assert [(rule, file) for rule, file, _ in notes(found) if rule == "unportable-name"] == [
        ("unportable-name", "reports/河南省/aux"),
        ("unportable-name", "reports/河南省/aux/甲:镇"),
        ("unportable-name", "reports/河南省/aux/甲:镇/nul.txt"),
    ]


@pytest.mark.parametrize("unseen", ["\u200b", "\u202e", "\ufeff", "\U000e0041"])
def test_a_folder_with_characters_that_cannot_be_seen(tmp_path: Path, unseen: str) -> None:
    found = filing(tmp_path, {f"河南省/平顶山{unseen}市/舞钢市/试验镇人民政府/office.yml": OFFICE})
    assert notes(found) == [("bad-file-name", f"reports/河南省/平顶山{unseen}市", None)]
    assert found.notes[0].message == "名称里有看不见的字符。请重新输入文件夹的名称。"


def test_a_name_whose_bytes_are_no_text(tmp_path: Path) -> None:
    filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE})
    folder = tmp_path / "reports" / FOLDER
    try:
        (folder / b"2021\xff.txt".decode("utf-8", "surrogateescape")).write_bytes(b"x")
    except OSError:
        pytest.skip("this system holds no such name")
    assert [rule for rule, *_ in notes(filing(tmp_path, {}))] == ["bad-file-name"]


@pytest.mark.parametrize("unseen", ["\u200b", "\u202e", "\u2028", "\ufeff", "\U000e0041", "\x85"])
@pytest.mark.parametrize("key", ["place_known_by", "former_names", "printed_names"])
def test_an_office_file_with_characters_that_cannot_be_seen(key: str, unseen: str) -> None:
    value = f'"甲\\U{ord(unseen):08x}乙"'
    written = f"{OFFICE}{key}: {value if key == 'place_known_by' else f'[{value}]'}\n"
    written = written.replace("place_known_by: 报告标题写明。\n", "", int(key == "place_known_by"))
    office, (problem,) = parse_office(written.encode(), "office.yml")
    assert office is None
    assert problem.message.endswith(f"里面有看不见的字符 U+{ord(unseen):04X}，请删去。")
