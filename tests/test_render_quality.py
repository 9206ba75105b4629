"""The page on the quality of the data, and the map of what is in the collection, on all pages that have it."""

from __future__ import annotations

import pytest
from builders import HENAN, make_office, make_report
from disclosure.check import RULES
from disclosure.model import Cell, Figure, Finding, Kind, Office, Severity, Status
from disclosure.render import coverage, quality, regions, rules
from disclosure.render.page import Page
from pages import findings, offices, pages_of, read_html, reports, rows, with_figures


@pytest.fixture(scope="module", name="pages")
def made() -> dict[str, Page]:
    return pages_of(offices(), reports(), findings())


def test_the_map_tells_apart_what_is_here_what_has_findings_what_has_no_tables_and_what_is_missing(
    pages: dict[str, Page],
) -> None:
    assert rows(pages["quality/"], 0) == [
        ["汇源街道办事处（鲁山县）", "●已收录", "○未收录", "○未收录", "○未收录", "0 条", "0 条", "0 个"],
        ["舞钢市教育局", "○未收录", "○未收录", "○未收录", "○未收录", "0 条", "0 条", "0 个"],
        ["尚店镇人民政府（舞钢市）", "◎有发现 1 条", "○未收录", "●已收录", "◇没有读到表格", "1 条", "0 条", "1 个"],
    ]


def test_coverage_never_says_that_an_office_did_not_publish(pages: dict[str, Page]) -> None:
    for url in ("", "quality/", "regions/410000/"):
        assert "“未收录”只说明本站还没有这份报告，不说明机关没有公布。" in pages[url].html(), url


def test_a_report_on_the_map_leads_to_its_findings_or_to_itself(pages: dict[str, Page]) -> None:
    hrefs = read_html(pages["quality/"].html()).hrefs
    assert "../offices/410481100/#y2022-findings" in hrefs
    assert "../offices/410423004/#y2022-report" in hrefs


def test_signs_are_hidden_from_those_who_hear_the_words_beside_them(pages: dict[str, Page]) -> None:
    html = pages["quality/"].html()
    assert '<span class="signs" aria-hidden="true">◎</span>' in html
    assert "| ◎ [有发现 1 条](" in pages["quality/"].markdown()


def _many(count: int) -> list[Office]:
    return [make_office(f"410481{number:03}", f"第{number}街道办事处") for number in range(100, 100 + count)]


def test_a_region_shows_a_sign_for_each_office_and_says_the_same_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "MOST_OFFICES", 2)
    listed = [make_report(office="410481100"), make_report(office="410481101", form=None)]
    page = pages_of(_many(3), listed)["quality/"]
    assert rows(page, 0) == [["河南省（3 个机关）", "2 份（没有读到表格 1 份）●◇○"]]
    assert 'role="img" aria-label="已收录 1 份，没有读到表格 1 份，未收录 1 份">●◇○</span>' in page.html()
    assert "../regions/410000/#coverage" in read_html(page.html()).hrefs
    assert "●◇○" not in page.markdown().split("|", 1)[1].split("\n\n")[0]


def test_a_region_of_very_many_offices_is_told_in_numbers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "MOST_OFFICES", 2)
    monkeypatch.setattr(coverage, "MOST_SIGNS", 2)
    assert rows(pages_of(_many(3), [make_report(office="410481100")])["quality/"], 0) == [
        ["河南省（3 个机关）", "1 份"]
    ]


def test_every_region_has_the_map_of_its_own_offices(pages: dict[str, Page]) -> None:
    table = rows(pages["regions/410481/"], 3)
    assert [row[:2] for row in table] == [["舞钢市教育局", "○未收录"], ["尚店镇人民政府", "◎有发现 1 条"]]


def test_a_region_of_many_offices_maps_its_regions_and_its_own_offices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regions, "MOST_OFFICES", 2)
    own = make_office("410000-jyt", "河南省教育厅", regions=(HENAN,), kind="政府部门")
    tables = read_html(pages_of([*offices(), own], reports())["regions/410000/"].html()).tables[-2:]
    assert [[row[0] for row in table[1:]] for table in tables] == [["平顶山市（3 个机关）"], ["河南省教育厅"]]


def test_figures_are_counted_by_status(pages: dict[str, Page]) -> None:
    counts = {row[0]: int(row[2]) for row in rows(pages["quality/"], 1)}
    figures = [figure for report in reports() for figure in report.figures.values()]
    assert counts == {
        "原文": len(figures) - 2, "归位": 0, "推得": 1, "勾稽不符": 0, "未填": 0, "不定": 0, "未见": 1,
    }  # fmt: skip


def test_withheld_figures_are_counted_by_reason_and_table_then_listed_by_report(pages: dict[str, Page]) -> None:
    assert rows(pages["quality/"], 2) == [["未填", "0", "0", "0"], ["不定", "0", "0", "0"], ["未见", "0", "1", "0"]]
    assert rows(pages["quality/"], 3) == [["尚店镇人民政府 2022 年", "收到和处理政府信息公开申请情况", "未见", "1"]]


def test_a_list_of_withheld_figures_that_is_too_long_is_left_to_the_downloads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "MOST_LISTED", 0)
    page = pages_of(offices(), reports())["quality/"]
    assert "按报告、表和原因" not in page.html()
    assert rows(page, 2)[2] == ["未见", "0", "1", "0"]


def test_where_nothing_is_withheld_that_is_said() -> None:
    assert "已收录的报告里，没有未列出的数字。" in pages_of([make_office()], [make_report()])["quality/"].html()


def test_findings_are_counted_by_kind_and_severity(pages: dict[str, Page]) -> None:
    assert [[row[0], *row[2:]] for row in rows(pages["quality/"], 4)] == [
        ["报告所载", "0 条", "1 条", "0 条"],
        ["本站读取", "0 条", "1 条", "0 条"],
    ]


def test_every_rule_says_how_much_it_checked_and_found(pages: dict[str, Page]) -> None:
    checked = {row[0]: row[1:] for row in rows(pages["quality/"], 5) if len(row) > 1}
    assert len(checked) == len(RULES)
    assert checked["横向合计不符"] == ["4 份报告", "1 条"]
    assert checked["结转数前后不接"] == ["1 个机关（有多年报告的）", "0 条"]


def test_a_rule_with_very_many_findings_shows_the_first_and_says_how_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rules, "MOST_LISTED", 2)
    found = [
        Finding(
            "row-total-mismatch", Severity.WARNING, Kind.SOURCE, "x.txt", line, f"第 {line} 处。", "410481100", 2022
        )
        for line in (1, 2, 3)
    ]
    html = pages_of([make_office()], [make_report()], found)["rules/row-total-mismatch/"].html()
    assert "共 3 条，这里列出前 2 条" in html
    assert ("第 2 处。" in html, "第 3 处。" in html) == (True, False)


def test_a_conflicting_figure_is_not_counted_as_withheld() -> None:
    wrong = Figure(Cell("requests", "received", "total"), 9, Status.CONFLICT, "9", line=20)
    page = pages_of([make_office()], [with_figures(make_report(), wrong)])["quality/"]
    assert rows(page, 0)[0][-1] == "0 个"
