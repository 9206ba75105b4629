"""The page about what changed from release to release."""

from __future__ import annotations

import posixpath
from pathlib import Path

import pytest
from disclosure.releases import page as page_module
from disclosure.releases.history import History, extend
from disclosure.releases.load import load_release
from disclosure.releases.page import changes_page
from disclosure.releases.words import FIRST_RELEASE, NOTHING_CHANGED
from made_releases import LATER, SAMPLE, SHANGDIAN, VERSION, Made, later, made, write_parquet
from pages import Read, markdown_tables, read_html

RECEIVED = "requests.received.total"
CHANGES = "changes/1.0.0_20260201.bbbbbbbb.json"


def record(tmp_path: Path, new: Made | None = None) -> History:
    """The record after the usual release and, where it is given, a second one."""
    first = write_parquet(made(), tmp_path / "1")
    if new is None:
        return extend(None, load_release(first))
    return extend(first, load_release(write_parquet(new, tmp_path / "2")))


def read_page(history: History) -> Read:
    read = read_html(changes_page(history, history.latest_changes).html())
    assert read.problems == []
    assert len(set(read.ids)) == len(read.ids)
    return read


def addresses(read: Read) -> list[str]:
    """Where the links of the page lead, from the root of the site."""
    return [posixpath.normpath(posixpath.join("data/changes", href)) for href in read.hrefs]


def everything() -> Made:
    """A release with a change of every kind."""
    release = later()
    release.figure(SHANGDIAN, 2021, RECEIVED)["value"] = 5
    release.drop_report(SAMPLE, 2021)
    release.tables["offices"] = [row for row in release.tables["offices"] if row["office"] != SAMPLE]
    release.add_report(SHANGDIAN, 2023)
    release.add_finding(None, None, "多余的文件。")
    return release


def test_the_first_release_says_that_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    read = read_page(record(tmp_path))
    assert read.text.count(FIRST_RELEASE) == 2
    assert read.tables == [[["版本", "数据日期", "变化"], [VERSION, "2026-01-01", FIRST_RELEASE]]]


def test_the_page_groups_what_the_newest_release_changed(tmp_path: Path) -> None:
    text = read_page(record(tmp_path, everything())).text
    parts = (
        "报告增减", "舞钢市样例镇人民政府：不再收录的机关", "舞钢市尚店镇人民政府 2023 年报告：新收录",
        "舞钢市样例镇人民政府 2021 年报告：不再收录",
        "数字更正", "舞钢市尚店镇人民政府 2021 年报告，本年新收、总计：3 → 5（本站的读法改了）",
        "核对发现", "新增核对发现（横向合计不符）：多余的文件。",
    )  # fmt: skip
    places = [text.index(part, text.index("相比：")) for part in parts if part != "核对发现"]
    assert places == sorted(places)


def test_every_release_is_listed_with_what_it_changed(tmp_path: Path) -> None:
    history = record(tmp_path, everything())
    rows = [
        ["版本", "数据日期", "变化"],
        [
            LATER,
            "2026-02-01",
            (
                "不再收录机关 1 个，新收录报告 1 份，不再收录报告 1 份，本站的读法改了而更正的数字 1 个，"
                "新增核对发现 1 条。全部变化（JSON）"
            ),
        ],
        [VERSION, "2026-01-01", FIRST_RELEASE],
    ]
    assert read_page(history).tables == [rows]
    assert markdown_tables(changes_page(history, history.latest_changes).markdown()) == [rows]


def test_links_lead_to_files_of_the_record_and_to_offices_that_are_still_there(tmp_path: Path) -> None:
    history = record(tmp_path, everything())
    files = {f"data/v1/{name}" for name in (*history.files(), "changes.atom")}
    found = set(addresses(read_page(history)))
    assert found == files | {f"offices/{SHANGDIAN}", "."}
    assert f"data/v1/{CHANGES}" in found


def test_every_release_has_an_anchor_to_which_the_feed_leads(tmp_path: Path) -> None:
    history = record(tmp_path, everything())
    ids = read_page(history).ids
    assert {"v-1.0.0_20260201.bbbbbbbb", "v-1.0.0_20260101.aaaaaaaa"} == {one for one in ids if one.startswith("v-")}
    assert all(one.isascii() for one in ids)


def test_a_release_without_changes_says_so(tmp_path: Path) -> None:
    read = read_page(record(tmp_path, later()))
    assert read.text.count(NOTHING_CHANGED) == 2
    assert "数字更正有" in read.text
    assert "figures" not in read.ids


@pytest.mark.parametrize(("most", "rest"), [(1, "其余 2 条见 JSON。"), (3, "")])
def test_a_long_group_is_cut_and_says_where_the_rest_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, rest: str
) -> None:
    release = later()
    for number in range(3):
        release.add_finding(SHANGDIAN, 2022, f"第 {number} 条。")
    monkeypatch.setattr(page_module, "MOST", most)
    text = read_page(record(tmp_path, release)).text
    assert text.count("新增核对发现（") == most
    assert ("其余" in text, rest in text) == (bool(rest), True)


def test_names_and_messages_become_no_markup(tmp_path: Path) -> None:
    release = later()
    release.office(SHANGDIAN)["name"] = "<script>甲</script>"
    release.add_finding(SHANGDIAN, 2022, "<img src=x>")
    read = read_page(record(tmp_path, release))
    assert "script" not in read.tags
    assert "img" not in read.tags
    assert "舞钢市<script>甲</script> 2022 年报告，新增核对发现（横向合计不符）：<img src=x>" in read.text
