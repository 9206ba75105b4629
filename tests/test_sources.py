"""What is filed under reports/: offices, years, and everything that can be misfiled."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from disclosure.model import Region
from disclosure.offices import MAX_BYTES, parse_office
from disclosure.read import MAX_BYTES as LONGEST_REPORT
from disclosure.sources import Filing, find_sources

OFFICE = "id: '410481100'\nname: 试验镇人民政府\nkind: 乡镇人民政府\nplace_known_by: 报告标题写明。\n"
FOLDER = "河南省/平顶山市/舞钢市/试验镇人民政府"


def filing(root: Path, files: dict[str, str | bytes]) -> Filing:
    for name, content in files.items():
        path = root / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return find_sources(root)


def renamed(office: str) -> str:
    return office.replace("试验镇人民政府", "另一镇人民政府")


def notes(found: Filing) -> list[tuple[str, str | None, int | None]]:
    return [(note.rule, note.file, note.line) for note in found.notes]


def test_an_office_with_two_years(tmp_path: Path) -> None:
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE, f"{FOLDER}/2022.txt": "乙", f"{FOLDER}/2021.md": "甲"})
    assert notes(found) == []
    (office,) = found.offices
    assert office.folder == f"reports/{FOLDER}"
    assert office.regions == (Region("410000", "河南省"), Region("410400", "平顶山市"), Region("410481", "舞钢市"))
    assert [(source.year, source.file, source.content.decode()) for source in found.sources] == [
        (2021, f"reports/{FOLDER}/2021.md", "甲"),
        (2022, f"reports/{FOLDER}/2022.txt", "乙"),
    ]


def test_a_district_of_a_municipality_has_two_regions(tmp_path: Path) -> None:
    found = filing(tmp_path, {"北京市/东城区/试验镇人民政府/office.yml": OFFICE.replace("410481100", "110101001")})
    assert found.offices[0].regions == (Region("110000", "北京市"), Region("110101", "东城区"))


def test_without_a_reports_folder_there_is_nothing_and_no_failure(tmp_path: Path) -> None:
    assert find_sources(tmp_path) == Filing((), (), ())


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "~$2021.docx", "README.md", ".gitkeep"])
def test_what_systems_and_editors_leave_behind_is_passed_over(tmp_path: Path, name: str) -> None:
    assert notes(filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE, f"{FOLDER}/{name}": "x"})) == []


def test_a_report_without_an_office_file(tmp_path: Path) -> None:
    found = filing(tmp_path, {f"{FOLDER}/2021.txt": "甲"})
    assert notes(found) == [("unknown-office", f"reports/{FOLDER}/2021.txt", None)]
    assert found.notes[0].message.startswith("文件夹里有“2021.txt”，没有 office.yml，不知道是哪个机关的报告。")


def test_files_of_one_year_with_different_suffixes_or_numbers_are_its_sources(tmp_path: Path) -> None:
    files = {f"{FOLDER}/{name}": name for name in ("2021.md", "2021.txt", "2021-2.txt", "2021-9.MD", "2022.txt")}
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE, **files})
    assert notes(found) == []
    assert [(source.year, Path(source.file).name) for source in found.sources] == [
        (2021, "2021-2.txt"), (2021, "2021-9.MD"), (2021, "2021.md"), (2021, "2021.txt"), (2022, "2022.txt"),
    ]  # fmt: skip


def test_of_files_with_the_same_bytes_all_but_one_are_to_be_deleted(tmp_path: Path) -> None:
    files = {f"{FOLDER}/{name}": "甲" for name in ("2021-2.txt", "2021.txt", "2021.md")}
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE, **files, f"{FOLDER}/2022.txt": "甲"})
    assert [(note.rule, note.file, note.message) for note in found.notes] == [
        (
            "duplicate-report",
            f"reports/{FOLDER}/{name}",
            f"与 2021.md 是同一个文件，内容完全相同。请删去 {name}。",
        )
        for name in ("2021.txt", "2021-2.txt")
    ]
    assert [Path(source.file).name for source in found.sources] == ["2021.md", "2022.txt"]


def test_names_that_differ_in_case_only_are_one_file_on_some_systems(tmp_path: Path) -> None:
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE, f"{FOLDER}/2021.TXT": "甲", f"{FOLDER}/2021.txt": "乙"})
    if len(found.sources) == 1:
        pytest.skip("this is such a system")
    assert notes(found) == [("duplicate-report", f"reports/{FOLDER}/2021.txt", None)]
    assert found.notes[0].message == "与 2021.TXT 只有大小写不同，在有的系统上是同一个文件。请改名为 2021-2.txt。"


def test_a_number_without_a_first_file(tmp_path: Path) -> None:
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE, f"{FOLDER}/2021-2.txt": "甲"})
    assert notes(found) == [("bad-file-name", f"reports/{FOLDER}/2021-2.txt", None)]
    assert found.notes[0].message.startswith("文件名里的“-2”表示同一年的另一份来源，这一年却没有不带编号的文件。")


@pytest.mark.parametrize("name", ["2021 (2).txt", "2021 - 副本.txt", "2021-1.txt", "2021-02.txt", "2021_2.txt"])
def test_a_second_file_named_as_systems_name_copies_is_told_how_to_be_named(tmp_path: Path, name: str) -> None:
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE, f"{FOLDER}/2021.txt": "甲", f"{FOLDER}/{name}": "乙"})
    assert notes(found) == [("bad-file-name", f"reports/{FOLDER}/{name}", None)]
    assert "后缀相同的另一份来源写作 2024-2.txt" in found.notes[0].message


@pytest.mark.parametrize("name", ["2021年报告.txt", "report.txt", "1999.txt", "2021.exe", "2021", "21.txt"])
def test_a_file_name_that_is_not_a_year(tmp_path: Path, name: str) -> None:
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE, f"{FOLDER}/{name}": "甲"})
    assert notes(found) == [("bad-file-name", f"reports/{FOLDER}/{name}", None)]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE})
    (tmp_path / "reports" / FOLDER / "2021.txt").symlink_to(secret)
    found = find_sources(tmp_path)
    assert notes(found) == [("bad-file-name", f"reports/{FOLDER}/2021.txt", None)]
    assert found.sources == ()


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE})
    (tmp_path / "reports" / "河南省" / "环").symlink_to(tmp_path / "reports", target_is_directory=True)
    assert [rule for rule, *_ in notes(find_sources(tmp_path))] == ["bad-file-name"]


def test_a_folder_named_differently_from_its_office(tmp_path: Path) -> None:
    found = filing(tmp_path, {"河南省/平顶山市/舞钢市/试验镇/office.yml": OFFICE})
    assert notes(found) == [("bad-office-file", "reports/河南省/平顶山市/舞钢市/试验镇/office.yml", None)]
    assert (
        found.notes[0].message == "“name”写作“试验镇人民政府”，所在的文件夹叫“试验镇”。两者应当相同，请改正其中一个。"
    )


def test_two_offices_with_one_id(tmp_path: Path) -> None:
    other = "河南省/平顶山市/舞钢市/另一镇人民政府"
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE, f"{other}/office.yml": renamed(OFFICE)})
    assert notes(found) == [("duplicate-office-id", f"reports/{FOLDER}/office.yml", None)]


def test_former_ids_are_kept_with_and_without_quotes(tmp_path: Path) -> None:
    text = OFFICE + "former_ids:\n  - 410481900\n  - '410481-old'\n"
    found = filing(tmp_path, {f"{FOLDER}/office.yml": text})
    assert notes(found) == []
    assert found.offices[0].former_ids == ("410481900", "410481-old")


def test_a_former_id_that_an_office_has_now(tmp_path: Path) -> None:
    other = "河南省/平顶山市/舞钢市/另一镇人民政府"
    described = renamed(OFFICE).replace("410481100", "410481101") + "former_ids: ['410481100']\n"
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE, f"{other}/office.yml": described})
    assert notes(found) == [("duplicate-office-id", f"reports/{other}/office.yml", None)]
    assert found.notes[0].message == (
        f"“former_ids”里的 410481100 是 reports/{FOLDER} 现在的编号。这里只写已经停用的编号，请删去或改正。"
    )


def test_an_office_s_own_id_is_no_former_id(tmp_path: Path) -> None:
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE + "former_ids: ['410481100']\n"})
    assert notes(found) == [("duplicate-office-id", f"reports/{FOLDER}/office.yml", None)]


def test_one_former_id_of_two_offices(tmp_path: Path) -> None:
    former = "former_ids: ['410481900']\n"
    other = "河南省/平顶山市/舞钢市/另一镇人民政府"
    described = renamed(OFFICE).replace("410481100", "410481101") + former
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE + former, f"{other}/office.yml": described})
    assert notes(found) == [("duplicate-office-id", f"reports/{FOLDER}/office.yml", None)]
    assert found.notes[0].message == (
        f"“former_ids”里的 410481900 在 reports/{other} 已经写过。一个旧编号只能转到一个机关，也只写一次，请删去一处。"
    )


def test_one_former_id_written_twice(tmp_path: Path) -> None:
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE + "former_ids: ['410481900', '410481900']\n"})
    assert notes(found) == [("duplicate-office-id", f"reports/{FOLDER}/office.yml", None)]


def test_one_code_with_two_place_names(tmp_path: Path) -> None:
    other = "河南省/平顶山市/鲁山县/另一镇人民政府/office.yml"
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE, other: renamed(OFFICE).replace("100", "101")})
    assert [rule for rule, *_ in notes(found)] == ["region-mismatch"]


def test_a_folder_too_deep_or_too_shallow(tmp_path: Path) -> None:
    deep = filing(tmp_path / "a", {f"中国/{FOLDER}/office.yml": OFFICE})
    shallow = filing(tmp_path / "b", {"试验镇人民政府/office.yml": OFFICE})
    assert [note.message[:12] for found in (deep, shallow) for note in found.notes] == [
        "文件夹有 4 层地区，应为"[:12],
        "文件夹有 0 层地区，应为"[:12],
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (OFFICE + "nmae: 甲\n", 5, "不认识“nmae”这一项。是不是想写“name”？"),
        (OFFICE + "电话: 甲\n", 5, "不认识“电话”这一项。可用的有：id、name、kind、"),
        (OFFICE.replace("kind: 乡镇人民政府\n", ""), None, "缺少“kind”这一项：乡镇人民政府、"),
        (OFFICE.replace("乡镇人民政府", "镇政府"), 3, "“kind”写作“镇政府”，应为乡镇人民政府、"),
        (OFFICE.replace("410481100", "41048110"), 1, "“id”写作“41048110”，应为9 位数字"),
        (OFFICE.replace("410481100", "../../etc"), 1, "“id”写作“../../etc”"),
        (OFFICE + "former_ids: ['../x']\n", 5, "“former_ids”写作“../x”，应为停用的旧编号的列表，写法与 id 相同。"),
        (OFFICE + "former_ids: 410481900\n", 5, "“former_ids”写作“410481900”，应为停用的旧编号的列表，"),
        (OFFICE + "website: javascript:alert(1)\n", 5, "“website”写作“javascript:alert(1)”，应为以 http://"),
        (OFFICE + "source_urls:\n  2021: ftp://a.cn\n", 5, "“source_urls”写作"),
        (OFFICE + "source_urls:\n  1821: https://a.cn\n", 5, "“source_urls”写作"),
        (OFFICE + "name: 乙\n", 5, "不是正确的 YAML（“name”写了两次）"),
        ("a: &x 1\nb: *x\n", 2, "不是正确的 YAML（不能使用别名（*））"),
        ("name: [\n", 2, "不是正确的 YAML"),
        ("- 甲\n", 1, "应是“名称: 内容”的若干行"),
        ("", 1, "应是“名称: 内容”的若干行"),
    ],
)
def test_a_broken_office_file_is_told_with_its_line(text: str, line: int | None, message: str) -> None:
    office, problems = parse_office(text.encode(), "reports/x/office.yml")
    assert office is None
    assert [(note.rule, note.file, note.line) for note in problems] == [
        ("bad-office-file", "reports/x/office.yml", line)
    ]
    assert problems[0].message.startswith(message)


def test_an_office_file_in_another_encoding_or_far_too_long() -> None:
    for content, words in ((OFFICE.encode("gb18030"), "不是 UTF-8 编码"), (b"#" * (MAX_BYTES + 1), "超过 64 KB")):
        office, problems = parse_office(content, "office.yml")
        assert office is None
        assert words in problems[0].message


def test_an_id_without_quotes_and_a_byte_order_mark_are_fine() -> None:
    office, problems = parse_office(b"\xef\xbb\xbf" + OFFICE.replace("'", "").encode(), "office.yml")
    assert problems == []
    assert office is not None
    assert office.id == "410481100"


def test_tags_that_would_build_objects_are_refused() -> None:
    office, problems = parse_office(b"id: !!python/object/apply:os.system ['true']\n", "office.yml")
    assert office is None
    assert [note.rule for note in problems] == ["bad-office-file"]


def test_a_key_that_is_not_a_word_is_told_with_its_line() -> None:
    office, problems = parse_office((OFFICE + "? [a, b]\n: 1\n").encode(), "office.yml")
    assert office is None
    assert [(note.line, note.message[:19]) for note in problems] == [(5, "不是正确的 YAML（名称应是一个词）")]


def test_a_name_of_several_lines_is_refused() -> None:
    office, problems = parse_office(OFFICE.replace("试验镇人民政府", '"试验镇\\n人民政府"').encode(), "office.yml")
    assert office is None
    assert [note.line for note in problems] == [2]


def test_reasons_of_the_yaml_parser_are_not_passed_on_in_english() -> None:
    _, problems = parse_office(b"name: a: b\n", "office.yml")
    assert problems[0].message.startswith("不是正确的 YAML（有一处缩进、冒号或引号写得不对）")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE})
    os.mkfifo(tmp_path / "reports" / FOLDER / "2022.txt")
    assert notes(find_sources(tmp_path)) == [("bad-file-name", f"reports/{FOLDER}/2022.txt", None)]


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE, f"{FOLDER}/2021.txt": "甲"})
    true_open = Path.open

    def refused(path: Path, *args: object, **named: object) -> object:
        if path.name == "2021.txt":
            raise PermissionError
        return true_open(path, *args, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refused)
    found = find_sources(tmp_path)
    assert notes(found) == [("unreadable-file", f"reports/{FOLDER}/2021.txt", None)]
    assert found.sources == ()


def test_of_a_huge_file_only_the_head_is_kept_but_all_of_it_is_summed(tmp_path: Path) -> None:
    content = b"a" * (LONGEST_REPORT + 1000)
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE, f"{FOLDER}/2021.txt": content})
    assert len(found.sources[0].content) == LONGEST_REPORT + 1
    assert found.sources[0].sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("folder", ["README", ".隐藏"])
def test_a_folder_is_never_passed_over_by_its_name(tmp_path: Path, folder: str) -> None:
    found = filing(tmp_path, {f"河南省/{folder}/2021.txt": "甲"})
    assert notes(found) == [("unknown-office", f"reports/河南省/{folder}/2021.txt", None)]


@pytest.mark.parametrize(
    ("office", "words"),
    [("110101001", "编号 110101001 是“北京市”的编号"), ("999999999", "编号 999999999 是不存在的编号")],
)
def test_an_id_of_another_province(tmp_path: Path, office: str, words: str) -> None:
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE.replace("410481100", office)})
    assert notes(found) == [("region-mismatch", f"reports/{FOLDER}/office.yml", None)]
    assert found.notes[0].message.startswith(words)


def test_one_folder_with_two_codes(tmp_path: Path) -> None:
    other = "河南省/平顶山市/舞钢市/另一镇人民政府/office.yml"
    found = filing(tmp_path, {f"{FOLDER}/office.yml": OFFICE, other: renamed(OFFICE).replace("410481100", "410423004")})
    assert [rule for rule, *_ in notes(found)] == ["region-mismatch"]
