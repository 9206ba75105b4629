"""Bad files among good ones: a clear sentence each, the others published; misfiled ones stop the build."""

from __future__ import annotations

from pathlib import Path

import pytest
from disclosure.check import check_report
from disclosure.dataset import gather
from disclosure.model import Portal, Status
from disclosure.pipeline import FilingError, build_portal
from disclosure.reading import read_report
from disclosure.render.catalog import arrange
from disclosure.render.page import Page
from disclosure.render.site import render_site
from layouts import figures, report

GOOD = report("2021", figures("2021"), office="甲镇人民政府", year=2021).encode()
BROKEN_UTF8 = report("2021", figures("2021"), office="丙镇人民政府", year=2021).encode()
BROKEN_UTF8 = BROKEN_UTF8.replace("公开政府信息。".encode(), "公开政府信".encode() + b"\xe6\x81")
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 99
NO_ZIP = b"PK\x03\x04...."
NEWS = "我县召开春季农业生产会议\n3月2日，会议在县城召开。\n".encode()
UNREADABLE = {
    "empty-file": ("2021.txt", b"", None),
    "no-text-layer": ("2021.pdf", PICTURE, None),
    "unsupported-format": ("2021.txt", NO_ZIP, None),
    "file-too-large": ("2021.txt", b"a" * 31_000_000, None),
    "not-an-annual-report": ("2021.txt", NEWS, None),
    "unreadable-encoding": ("2021.txt", BROKEN_UTF8, 5),
}


def put_office(root: Path, name: str, number: int) -> Path:
    folder = root / "reports" / "河南省" / "平顶山市" / "舞钢市" / name
    folder.mkdir(parents=True)
    description = f"id: '4104811{number:02}'\nname: {name}\nkind: 乡镇人民政府\nplace_known_by: 标题写明。\n"
    (folder / "office.yml").write_text(description, encoding="utf-8")
    return folder


def with_one_good_office(root: Path) -> Path:
    folder = put_office(root, "甲镇人民政府", 1)
    (folder / "2021.txt").write_bytes(GOOD)
    return folder


def page_of(portal: Portal, url: str) -> Page:
    return next(page for page in render_site(arrange(portal, gather(portal))) if page.url == url)


@pytest.mark.parametrize("rule", UNREADABLE)
def test_a_file_that_cannot_be_read_says_so_once_and_stops_nobody(tmp_path: Path, rule: str) -> None:
    name, content, line = UNREADABLE[rule]
    with_one_good_office(tmp_path)
    bad = put_office(tmp_path, "丙镇人民政府", 3) / name
    bad.write_bytes(content)

    portal = build_portal(tmp_path)

    about_bad = [finding for finding in portal.findings if finding.office == "410481103"]
    assert [(one.rule, one.line, one.file) for one in about_bad] == [(rule, line, str(bad.relative_to(tmp_path)))]
    good, unread = portal.reports
    assert {figure.status for figure in good.figures.values()} == {Status.PRINTED}
    assert unread.sha256
    assert about_bad[0].message in page_of(portal, "offices/410481103/").html()
    assert bad.read_bytes() == content


def test_nothing_is_published_from_a_file_that_was_not_read(tmp_path: Path) -> None:
    (put_office(tmp_path, "丙镇人民政府", 3) / "2021.txt").write_bytes(b"")
    portal = build_portal(tmp_path)
    assert portal.reports[0].figures == {}
    assert "因此不列数字。没有读到不等于 0。" in page_of(portal, "offices/410481103/").html()


def test_every_misfiled_file_is_named_in_one_message(tmp_path: Path) -> None:
    """All at once: whoever repairs the first must not meet the second only in the next build."""
    folder = with_one_good_office(tmp_path)
    (folder / "2021.md").write_bytes(GOOD)
    (folder / "报告.txt").write_bytes(GOOD)
    (put_office(tmp_path, "乙镇人民政府", 2) / "2021.txt").write_bytes(GOOD)
    (put_office(tmp_path, "丙镇人民政府", 3) / "office.yml").write_text("nmae: 丙镇人民政府\n", encoding="utf-8")
    (put_office(tmp_path, "丁镇人民政府", 4) / "2022.txt").write_bytes(GOOD.replace("甲镇".encode(), "丁镇".encode()))

    with pytest.raises(FilingError) as raised:
        build_portal(tmp_path)

    assert sorted({finding.rule for finding in raised.value.findings}) == [
        "bad-file-name",
        "bad-office-file",
        "duplicate-report",
        "office-mismatch",
        "year-mismatch",
    ]
    first, *lines = str(raised.value).splitlines()
    assert first == f"归档有 {len(lines)} 处需要先改正，网站没有重新生成："
    assert "reports/河南省/平顶山市/舞钢市/丁镇人民政府/2022.txt:1: 文件按2022年存放" in str(raised.value)
    assert "乙镇人民政府/2021.txt:1: 报告标题的机关是“甲镇人民政府”" in str(raised.value)
    assert "不认识“nmae”这一项。是不是想写“name”？" in str(raised.value)


@pytest.mark.parametrize(
    "pattern",
    [
        "（", "()", "- 5 ", "3 00 ", "|", "\t", "0\n", "....", "**", "22（其中 ", "第 5 页", "收到 5 件，",
        "一、总体情况\n", "（一）予以公开\t0\t0\t0\t0\t0\t0\t0\n", "| a | b |\n|---|---|\n", "\u202e", "政府信息公开\0",
    ],
)  # fmt: skip
def test_a_text_of_one_thing_a_million_times_is_walked_once(pattern: str) -> None:
    """What takes a second as it should would take hours with a step that is quadratic."""
    text = "试验镇2021年政府信息公开工作年度报告\n" + pattern * (1_900_000 // len(pattern.encode()))
    report = read_report("2021.txt", text.encode())
    assert check_report(report)
    assert {figure.value for figure in report.figures.values()} <= {None, 0, 5}
