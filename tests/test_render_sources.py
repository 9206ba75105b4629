"""What readers see of the files of a report: where they are listed, how they compare, and where a figure leads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from builders import make_office, make_report
from disclosure.dataset import gather
from disclosure.model import Portal, Report
from disclosure.pipeline import FilingError, build_portal
from disclosure.render.blocks import Lines
from disclosure.render.catalog import arrange
from disclosure.render.html import render as as_html
from disclosure.render.markdown import render as as_markdown
from disclosure.render.page import Page
from disclosure.render.site import render_site
from layouts import figures, pipes, report, tabs
from pages import pages_of, read_html

OFFICE = "id: '410481100'\nname: 试验镇人民政府\nkind: 乡镇人民政府\nplace_known_by: 标题写明。\n"
FOLDER = "reports/河南省/平顶山市/舞钢市/试验镇人民政府"
HOME = "offices/410481100/"
TRUE = figures("2021", {("proactive", "licensing", "decisions"): 12})
TEXT = report("2021", TRUE, tabs, year=2021, sections={"六": "未收取信息处理费。"})
PIPES = report("2021", TRUE, pipes, year=2021, sections={"六": "未收取信息处理费。"})
WITHOUT_RULES = re.sub("规章\t.*\n", "", TEXT)
WITHOUT_DISPUTES = re.sub("四、政府信息公开行政复议(?s:.*)(?=五、)", "", TEXT)


def filed(root: Path, files: Mapping[str, str]) -> Portal:
    """The portal of one office with these files."""
    folder = root / FOLDER
    folder.mkdir(parents=True)
    for name, text in {"office.yml": OFFICE, **files}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return build_portal(root)


def pages(portal: Portal) -> dict[str, Page]:
    return {page.url: page for page in render_site(arrange(portal, gather(portal)))}


def test_every_file_has_a_page_and_the_main_one_keeps_the_address_of_the_report(tmp_path: Path) -> None:
    found = pages(filed(tmp_path, {"2021.txt": TEXT, "2021.md": PIPES, "2021-2.txt": WITHOUT_RULES, "2020.txt": ""}))
    assert sorted(url for url in found if "/source/" in url) == [
        f"{HOME}source/2020/", f"{HOME}source/2021-2-txt/", f"{HOME}source/2021-md/", f"{HOME}source/2021/",
    ]  # fmt: skip
    assert found[f"{HOME}source/2021/"].title == "试验镇人民政府 2021 年报告原文"
    assert found[f"{HOME}source/2021-md/"].title == "试验镇人民政府 2021 年报告原文（2021.md）"
    further = read_html(found[f"{HOME}source/2021-md/"].html())
    assert "同一份报告的其他来源2021.txt、2021-2.txt" in re.sub(r"\s", "", further.text)
    assert {"../2021/", "../2021-2-txt/"} <= set(further.hrefs)


def test_a_supplied_figure_leads_to_its_line_in_its_own_file(tmp_path: Path) -> None:
    portal = filed(tmp_path, {"2021.txt": WITHOUT_RULES, "2021.md": WITHOUT_DISPUTES})
    assert [Path(one.file).name for one in portal.reports] == ["2021.txt"]
    row = re.search(r'<tr id="y2021-proactive-rules">.*?</tr>', pages(portal)[HOME].html())
    assert row is not None
    line = next(at for at, text in enumerate(TEXT.splitlines(), 1) if text.startswith("规章"))
    assert row[0].count(f'href="source/2021-md/#L{line}"') == 3
    table = gather(portal).figures
    rules = table[(table["row"] == "rules")]
    assert set(zip(rules["file"], rules["line"], strict=True)) == {(f"{FOLDER}/2021.md", line)}
    assert set(table[table["row"] == "fees"]["file"]) == {f"{FOLDER}/2021.txt"}
    sources = gather(portal).sources
    assert list(zip(sources["file"], sources["figures"], strict=True)) == [
        (f"{FOLDER}/2021.txt", 197),
        (f"{FOLDER}/2021.md", 3),
    ]
    assert list(sources["sha256"]) == [one.sha256 for one in portal.reports[0].sources]


def test_the_page_says_which_files_there_are_and_how_they_compare(tmp_path: Path) -> None:
    differing = WITHOUT_DISPUTES.replace("行政许可\t12", "行政许可\t7")
    page = pages(filed(tmp_path, {"2021.txt": WITHOUT_RULES, "2021.md": differing}))[HOME]
    text = read_html(page.html()).text
    assert "两份来源，181 个数字相同，1 处不同，3 个由 2021.md 补足。" in text
    assert text.index(f"{FOLDER}/2021.txt") < text.index("另一份来源") < text.index(f"{FOLDER}/2021.md")
    assert "〔[不定](./#y2021-proactive-legend)〕（12 或 7）" in page.markdown()


def test_a_finding_leads_to_the_line_of_the_file_that_it_is_about(tmp_path: Path) -> None:
    lost = TEXT.replace("行政许可\t12\n", "").replace("规章\t0\t0\t0", "规章\t0\t0")
    page = pages(filed(tmp_path, {"2021.txt": TEXT, "2021.md": lost}))[HOME]
    places = re.findall(r'<a href="([^"]+)">2021\.md 第 (\d+) 行</a>', page.html())
    assert places[0] == ("source/2021-md/#L11", "11")
    assert {href.partition("L")[2] == line for href, line in places} == {True}


def test_every_link_and_anchor_of_a_portal_with_several_files_exists(tmp_path: Path) -> None:
    files = {"2021.txt": WITHOUT_RULES, "2021.md": PIPES.replace("| 12 |", "| 7 |"), "2021-2.md": "附表另发"}
    found = pages(filed(tmp_path, files))
    ids = {url: set(read_html(page.html()).ids) for url, page in found.items()}
    office = read_html(found[HOME].html())
    leads = [href for href in office.hrefs if href.startswith("source/")]
    assert len(leads) > 200
    for href in leads:
        path, _, anchor = href.partition("#")
        assert not anchor or anchor in ids[f"{HOME}{path}"], href


def test_one_file_is_shown_as_before(tmp_path: Path) -> None:
    page = pages(filed(tmp_path, {"2021.txt": TEXT}))[HOME]
    for words in ("另一份来源", "比较", "份来源"):
        assert words not in page.html()


def test_a_file_of_another_office_among_the_sources_stops_the_build(tmp_path: Path) -> None:
    other = PIPES.replace("试验镇", "另一镇")
    with pytest.raises(FilingError) as raised:
        filed(tmp_path, {"2021.txt": TEXT, "2021.md": other})
    assert [(one.rule, Path(one.file).name) for one in raised.value.findings] == [("office-mismatch", "2021.md")]


def test_the_same_text_twice_stops_the_build_and_says_what_to_delete(tmp_path: Path) -> None:
    with pytest.raises(FilingError, match=r"请删去 2021\.md。"):
        filed(tmp_path, {"2021.txt": TEXT, "2021.md": TEXT.replace("\n", "\r\n")})


def test_files_are_put_together_in_the_same_way_whatever_the_order_they_are_found_in(tmp_path: Path) -> None:
    first = filed(tmp_path / "a", {"2021.txt": WITHOUT_RULES, "2021.md": PIPES})
    second = filed(tmp_path / "b", {"2021.md": PIPES, "2021.txt": WITHOUT_RULES})
    assert first.reports == second.reports
    assert first.findings == second.findings


def test_the_place_of_a_line_is_said_where_it_changes() -> None:
    lines = Lines(((1, "甲"), (2, "乙"), (3, "丙"), (4, "丁")), ("第 1 页", "第 1 页", "", "第 2 页"))
    html = as_html([lines], "")
    assert re.findall(r'id="L(\d)".*<span class="line-place">([^<]+)</span></li>', html) == [
        ("1", "第 1 页"),
        ("4", "第 2 页"),
    ]
    assert as_markdown([lines], "").splitlines() == [
        "```text", "      〔第 1 页〕", "   1  甲", "   2  乙", "   3  丙", "      〔第 2 页〕", "   4  丁", "```",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "words"), [("2022.txt", "逐行照录，不作改动。"), ("2022.html", "版面和图片不在其中，以原文件为准。")]
)
def test_a_page_of_extracted_text_says_so(file: str, words: str) -> None:
    made = make_report()
    shown = Report(f"reports/410481100/{file}", made.sha256, made.lines, made.filling, made.figures, made.office, 2022)
    assert words in pages_of([make_office()], [shown])[f"{HOME}source/2022/"].html()
