"""The pages of measures, and shares in tables: always with what was divided by what."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from builders import HENAN, granted, make_office, make_report
from disclosure.measures import MEASURE, MEASURES, SERIES_BREAKS
from disclosure.model import Cell, Figure, Region, Status
from disclosure.render import measure_pages, urls
from disclosure.render.blocks import Td, To
from disclosure.render.page import Page
from disclosure.render.words import ratio, share_cell, share_sum_cell
from disclosure.tallies import Share
from pages import offices, pages_of, plain, read_html, reports, rows, with_figures

_SHANDONG = Region("370000", "山东省")


@pytest.fixture(scope="module", name="pages")
def made() -> dict[str, Page]:
    return pages_of(offices(), reports())


def _page(pages: dict[str, Page], measure: str) -> Page:
    return pages[urls.measure(measure)]


def test_the_root_sums_every_measure_over_all_offices_and_years(pages: dict[str, Page]) -> None:
    listed = [row for table in range(3) for row in rows(pages["measures/"], table)]
    assert len(listed) == len(MEASURES)
    assert listed[0] == ["本年新收（件）", "≥ 3（2 份中 1 份有数）", "5", "（1 份中 0 份有数）"]


def test_a_measure_that_the_form_of_a_year_has_not_says_so(pages: dict[str, Page]) -> None:
    issued = {row[0]: row[1:] for row in rows(pages["measures/"], 1)}["规章本年制发（件）"]
    assert issued == ["0", "表式无此项", "（1 份中 0 份有数）"]


def test_a_measure_has_its_regions_and_its_offices_year_by_year(pages: dict[str, Page]) -> None:
    page = _page(pages, "received")
    assert rows(page, 0) == [
        ["全部已收录机关", "≥ 3（2 份中 1 份有数）", "5", "（1 份中 0 份有数）"],
        ["鲁山县", "3", "未收录", "未收录"],
        ["舞钢市", "（1 份中 0 份有数）", "5", "（1 份中 0 份有数）"],
    ]
    assert rows(page, 1) == [
        ["汇源街道办事处（鲁山县）", "3", "未收录", "未收录"],
        ["舞钢市教育局", "未收录", "未收录", "未收录"],
        ["尚店镇人民政府（舞钢市）", "未见", "5", "未见"],
    ]


def test_a_figure_on_the_page_of_a_measure_leads_to_its_line_and_a_sum_to_its_rows(pages: dict[str, Page]) -> None:
    single, added = (_page(pages, measure).html() for measure in ("received", "refused"))
    assert re.search(r'<a href="../../offices/410423004/source/2022/#L\d+" class="figure"[^>]*>3</a>', single)
    row = "../../offices/410423004/#y2022-requests-refused-state-secret"
    assert f'<a href="{row}" class="figure" data-rows="8">0</a>' in added


def test_a_measure_says_of_which_rows_and_columns_of_the_form_it_is_made(pages: dict[str, Page]) -> None:
    text = read_html(_page(pages, "refused_share").html()).text
    assert "分子《收到和处理政府信息公开申请情况》表里，“不予公开：属于国家秘密、" in text
    assert "”的“总计”相加\n分母《收到和处理政府信息公开申请情况》表里，“办理结果总计”的“总计”\n" in text
    assert "相加不能相加\n注意分母只含已办结的申请" in text
    assert "表式只见于 2021 年版表式" in read_html(_page(pages, "rules_issued").html()).text


def test_every_measure_says_when_its_series_breaks(pages: dict[str, Page]) -> None:
    for measure in MEASURES:
        assert all(words in _page(pages, measure.id).html() for words in SERIES_BREAKS.values()), measure.id


def test_years_of_one_form_alone_have_no_break() -> None:
    page = pages_of([make_office()], [make_report()])[urls.measure("received")]
    assert not any(words in page.html() for words in SERIES_BREAKS.values())


def test_where_offices_are_many_a_measure_leads_to_other_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure_pages, "MOST_OFFICES", 1)
    page = _page(pages_of(offices(), reports()), "received")
    assert len(read_html(page.html()).tables) == 1
    assert {"../../regions/", "../../compare/?measures=received"} <= set(read_html(page.html()).hrefs)


def test_a_measure_without_any_report_says_so() -> None:
    page = _page(pages_of([make_office()], []), "received")
    assert "本站还没有收录任何报告。" in page.html()
    assert read_html(page.html()).tables == []


def test_several_provinces_stand_side_by_side_and_one_is_divided() -> None:
    far = make_office("370000-jyt", "山东省教育厅", regions=(_SHANDONG,), kind="政府部门")
    page = _page(pages_of([make_office(), far], [make_report()]), "received")
    assert [row[0] for row in rows(page, 0)] == ["全部已收录机关", "山东省", "河南省"]
    own = make_office("410000-jyt", "河南省教育厅", regions=(HENAN,), kind="政府部门")
    page = _page(pages_of([make_office(), own], [make_report()]), "received")
    assert [row[0] for row in rows(page, 0)] == ["全部已收录机关", "河南省"], "no office may be left out"


def test_regions_and_years_have_shares_with_what_was_divided() -> None:
    made = pages_of([make_office()], [make_report(requests=granted(natural_person=2, business=1))])
    for url in ("regions/410481/", "years/2022/", "regions/"):
        shares = {row[0]: row[1] for table in read_html(made[url].html()).tables for row in table if len(row) == 2}
        assert shares["予以公开占办结"] == "100.0%（3/3）分母小", url
        assert shares["自然人占本年新收"] == "66.7%（2/3）分母小", url


def _text(cell: Td) -> str:
    return plain("".join(getattr(part, "text", f"〔{getattr(part, 'status', '')}〕") for part in cell.parts))


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (Share(1, 3, 1, 1, Status.PRINTED), "33.3%（1/3）"),
        (Share(1, 8, 1, 1, Status.PRINTED), "12.5%（1/8）"),
        (Share(1, 16, 1, 1, Status.PRINTED), "6.3%（1/16）"),  # half up, as a person rounds
        (Share(0, 7, 1, 1, Status.PRINTED), "0.0%（0/7）"),
        (Share(40, 80, 2, 3, Status.ABSENT), "40/80"),
        (Share(None, 5, 0, 1, Status.BLANK), ""),
        (Share(Decimal("1.5"), 3, 1, 1, Status.PRINTED), "50.0%（1.5/3）"),
    ],
)
def test_a_share_is_told_with_its_parts_and_without_percent_where_it_lacks_some(share: Share, told: str) -> None:
    assert ratio(share) == told


def test_a_share_of_few_cases_says_so_beside_the_number_and_in_its_look() -> None:
    cell = share_cell(Share(9, 29, 1, 1, Status.PRINTED), 30, To("x/"))
    assert (_text(cell), cell.kind) == ("31.0%（9/29）分母小", "number little")
    cell = share_cell(Share(9, 30, 1, 1, Status.PRINTED), 30, To("x/"))
    assert (_text(cell), cell.kind) == ("30.0%（9/30）", "number")


def test_a_share_that_is_not_known_shows_why_and_no_number() -> None:
    assert _text(share_cell(Share(None, None, 0, 1, Status.AMBIGUOUS), 30, To("x/"))) == "〔ambiguous〕"
    assert _text(share_cell(Share(None, 4, 0, 1, Status.PRINTED), 30, To("x/"))) == "所印的数不能相加"


def test_a_share_over_reports_says_how_many_of_them_have_both_parts() -> None:
    cell = share_sum_cell(Share(40, 80, 2, 3, Status.ABSENT), 30)
    assert _text(cell) == "40/80（3 份中 2 份有数）"


def test_a_share_that_rests_on_a_conflict_says_so() -> None:
    wrong = Figure(Cell("requests", "granted", "total"), 1, Status.CONFLICT, "1", line=25)
    report = with_figures(make_report(requests=granted(natural_person=2)), wrong)
    page = pages_of([make_office()], [report])[urls.measure("granted_share")]
    assert rows(page, 0)[0][1] == "50.0%（1/2）（1 份勾稽不符）分母小"
    assert rows(page, 1)[0][1] == "勾稽不符50.0%（1/2）分母小"
    assert MEASURE["granted_share"].minimum_n == 30
