"""All pages together: addresses, links, sums with their gaps, and the same pages from the same reports."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from builders import HENAN, PINGDINGSHAN, make_office, make_report
from disclosure.check import RULES
from disclosure.dataset import gather
from disclosure.measures import MEASURES
from disclosure.model import Cell, Figure, Finding, Kind, Severity, Status
from disclosure.render import regions, urls, years
from disclosure.render.catalog import arrange
from disclosure.render.digest import digest
from disclosure.render.page import Page
from disclosure.render.site import office_addresses, office_pages, render_site
from pages import LUSHAN, PROOF, findings, flat, offices, pages_of, portal, read_html, reports, rows, with_figures

_WRITTEN_BY_HAND = {"search/", "compare/", "method/", "contribute/", "about/"}


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return pages_of(offices(), reports(), findings())


def test_every_kind_of_page_is_there_at_its_address(pages: dict[str, Page]) -> None:
    assert set(pages) == {
        "", "regions/", "regions/410000/", "regions/410400/", "regions/410423/", "regions/410481/",
        "offices/410423004/", "offices/410423004/source/2022/",
        "offices/410481-jyj/",
        "offices/410481100/", "offices/410481100/source/2022/", "offices/410481100/source/2020/",
        "offices/410481100/source/2019/", "offices/410481100/2020/", "offices/410481100/2019/",
        "years/", "years/2022/", "years/2020/", "years/2019/",
        "measures/", *(urls.measure(one.id) for one in MEASURES),
        "quality/", "terms/", "rules/", *(f"rules/{name}/" for name in RULES),
    }  # fmt: skip


def test_the_addresses_of_an_office_are_those_of_its_pages() -> None:
    readings = (make_report(), replace(make_report(), file="reports/河南省/2021.pdf"))
    told_twice = replace(make_report(), readings=readings)
    for given in (reports(), [told_twice]):
        whole = portal(offices(), given, findings())
        catalog = arrange(whole, gather(whole))
        for office in catalog.offices:
            made = [page.url for page in office_pages(catalog, office)]
            assert list(office_addresses(catalog, office)) == made


def test_every_page_is_well_formed_with_one_h1_and_no_id_twice(pages: dict[str, Page]) -> None:
    for url, page in pages.items():
        read = read_html(page.html())
        assert read.problems == [], url
        assert sorted(read.ids) == sorted(set(read.ids)), url
        assert page.html().count("<h1") == 1, url
        assert not {"style", "onclick"} & read.attributes, url
        assert not {"script", "style"} & read.tags, url


_FILES = (urls.DATA, urls.API_FILES)


def test_every_link_leads_to_a_page_and_an_anchor_that_exist(pages: dict[str, Page]) -> None:
    ids = {url: set(read_html(page.html()).ids) for url, page in pages.items()}
    broken = [
        (url, href) for url, page in pages.items() for href in read_html(page.html()).hrefs if _broken(url, href, ids)
    ]
    assert broken == []


def _broken(url: str, href: str, ids: dict[str, set[str]]) -> bool:
    path, _, anchor = href.partition("#")
    path, _, _ = path.partition("?")
    target = f"{posixpath.normpath(posixpath.join(url, path))}/" if path else url
    target = "" if target == "./" else target
    if target.startswith(_FILES):  # what tests of the data look after
        return False
    return target not in _WRITTEN_BY_HAND and (target not in ids or (bool(anchor) and anchor not in ids[target]))


def test_heading_levels_are_never_skipped(pages: dict[str, Page]) -> None:
    for url, page in pages.items():
        levels = [int(piece[0]) for piece in page.html().split("<h")[1:] if piece[0].isdigit()]
        assert all(after - before <= 1 for before, after in pairwise(levels)), (url, levels)


def test_two_renderings_of_the_same_reports_are_the_same() -> None:
    once, again = (pages_of(offices(), reports(), findings()) for _ in range(2))
    assert [(url, page.html(), page.markdown()) for url, page in once.items()] == [
        (url, page.html(), page.markdown()) for url, page in again.items()
    ]


def test_the_order_of_the_offices_on_pages_does_not_depend_on_their_order_in_the_portal() -> None:
    forward = pages_of(offices(), reports())
    backward = pages_of(offices()[::-1], reports()[::-1])
    assert forward["years/2022/"].html() == backward["years/2022/"].html()
    assert forward["regions/410400/"].html() == backward["regions/410400/"].html()


def test_a_sum_with_a_gap_says_at_least_and_how_many_reports_have_a_number(pages: dict[str, Page]) -> None:
    assert rows(pages["years/"], 0)[0][:4] == ["2022 年", "2 份（3 个机关）", "≥ 3（2 份中 1 份有数）", "0"]
    assert rows(pages["years/2022/"], 0)[-1][:3] == ["合计（2 份报告）", "≥ 3（2 份中 1 份有数）", "0"]


def test_a_sum_that_rests_on_a_recovered_figure_says_so(pages: dict[str, Page]) -> None:
    assert rows(pages["years/2022/"], 0)[-1][3] == "推得1"


def test_a_sum_without_any_number_is_not_0(pages: dict[str, Page]) -> None:
    assert rows(pages["years/2019/"], 0)[-1][:2] == ["合计（1 份报告）", "（1 份中 0 份有数）"]


def test_a_measure_without_any_number_is_shown_by_its_sign() -> None:
    missing = {row: {"total": Status.ABSENT} for row in ("litigation_direct", "litigation_after_reconsideration")}
    page = pages_of([make_office()], [make_report(disputes=missing)])["years/2022/"]
    assert rows(page, 0)[0][-2] == "未见"


def test_a_printed_number_that_is_no_count_leaves_no_cell_without_a_word() -> None:
    figure = Figure(Cell("requests", "received", "total"), -7, Status.PRINTED, "-7", line=1)
    found = pages_of([make_office()], [with_figures(make_report(), figure)])
    for url in ("years/2022/", "regions/410481/"):
        assert "所印的数不能相加" in flat(read_html(found[url].html()).tables[0]), url


def test_a_sum_over_a_conflicting_figure_claims_no_lower_bound() -> None:
    wrong = Figure(Cell("requests", "received", "total"), 9, Status.CONFLICT, "9", line=20)
    torn = make_report(office="410423004", requests={"received": {"total": Status.BLANK}})
    page = pages_of(offices(), [with_figures(make_report(), wrong), torn])["years/2022/"]
    assert rows(page, 0)[-1][1] == "9（2 份中 1 份有数；1 份勾稽不符）"


def test_a_year_lists_offices_by_place_with_their_marks(pages: dict[str, Page]) -> None:
    assert [(*row[:2], row[-1]) for row in rows(pages["years/2022/"], 0)] == [
        ("汇源街道办事处（鲁山县）", "3", "2021 年版"),
        ("尚店镇人民政府（舞钢市）", "未见", "2021 年版"),
        ("合计（2 份报告）", "≥ 3（2 份中 1 份有数）", ""),
    ]
    assert "另有 1 个机关的 2022 年报告本站尚未收录" in pages["years/2022/"].html()


def test_a_region_with_one_office_has_its_table_and_sums(pages: dict[str, Page]) -> None:
    page = pages["regions/410423/"]
    assert "河南省平顶山市鲁山县，已收录 1 个机关。" in page.html()
    assert [row[0] for row in rows(page, 0)] == ["汇源街道办事处"]
    assert rows(pages["regions/410400/"], 0)[0][0] == "汇源街道办事处（鲁山县）"
    assert [row[:3] for row in rows(page, 1)] == [
        ["2022 年", "1 份（1 个机关）", "3"],
        ["2020 年", "0 份（1 个机关）", "—"],
        ["2019 年", "0 份（1 个机关）", "—"],
    ]


def test_an_office_without_reports_stands_in_its_region_as_not_collected(pages: dict[str, Page]) -> None:
    table = rows(pages["regions/410481/"], 0)
    assert table[0][:3] == ["舞钢市教育局", "未收录", "—"]
    assert "未公开" not in pages["regions/410481/"].html()


def test_a_region_of_many_offices_shows_sums_of_its_regions_and_only_its_own_offices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(regions, "MOST_OFFICES", 3)
    own = make_office("410000-jyt", "河南省教育厅", regions=(HENAN,), kind="政府部门")
    made = pages_of([*offices(), own], reports())
    page = made["regions/410000/"]
    assert [row[:3] for row in rows(page, 0)] == [["平顶山市", "2 份（3 个机关）", "≥ 3（2 份中 1 份有数）"]]
    assert "../410400/" in read_html(page.html()).hrefs
    assert [row[0] for row in rows(page, 1)] == ["河南省教育厅"]
    assert rows(page, 2)[0][:2] == ["2022 年", "2 份（4 个机关）"]
    assert len(rows(made["regions/410400/"], 0)) == 3, "three are not many"


def test_many_offices_below_no_region_are_all_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regions, "MOST_OFFICES", 1)
    page = pages_of(offices(), reports())["regions/410481/"]
    assert [row[0] for row in rows(page, 0)] == ["舞钢市教育局", "尚店镇人民政府"]


def test_a_year_of_many_offices_leads_to_its_regions_and_they_to_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(years, "MOST_OFFICES", 2)
    own = make_office("410000-jyt", "河南省教育厅", regions=(HENAN,), kind="政府部门")
    made = pages_of([*offices(), own], [*reports(), make_report(office="410000-jyt", name="河南省教育厅")])
    within = [f"years/2022/{code}/" for code in ("410000", "410400", "410423", "410481")]
    assert [url for url in made if url.startswith("years/2022/")] == ["years/2022/", *within]
    country, province, city, county = (made[url] for url in ["years/2022/", *within[:3]])
    assert [row[:2] for row in rows(country, 0)] == [["河南省", "3 份（4 个机关）"]]
    assert [row[:2] for row in rows(province, 0)] == [["平顶山市", "2 份（3 个机关）"]]
    assert [row[0] for row in rows(province, 1)] == ["河南省教育厅", "合计（1 份报告）"]
    assert [row[0] for row in rows(city, 0)] == ["鲁山县", "舞钢市"]
    assert [row[:2] for row in rows(county, 0)] == [["汇源街道办事处（鲁山县）", "3"], ["合计（1 份报告）", "3"]]
    ids = {url: set(read_html(page.html()).ids) for url, page in made.items()}
    new = ["years/2022/", *within]
    assert [href for url in new for href in read_html(made[url].html()).hrefs if _broken(url, href, ids)] == []


def test_regions_lead_down_and_back(pages: dict[str, Page]) -> None:
    hrefs = read_html(pages["regions/410400/"].html()).hrefs
    assert hrefs[:3] == ["../../", "../", "../410000/"]
    assert {"../410423/", "../410481/"} <= set(hrefs)


def test_a_file_without_a_report_is_not_forgotten(pages: dict[str, Page]) -> None:
    assert "<code>reports/散页.png</code>" in pages["quality/"].html()
    assert "<code>reports/散页.png</code>" in pages["rules/unsupported-format/"].html()


def test_a_rule_explains_itself_and_names_the_reports_it_speaks_about(pages: dict[str, Page]) -> None:
    html = pages["rules/row-total-mismatch/"].html()
    for part in RULES["row-total-mismatch"].parts.values():
        assert part.replace("\n", "").split("，")[0] in html
    assert '<a href="../../offices/410481100/#y2022-findings">尚店镇人民政府 2022 年</a>：不符。' in html
    assert "现在没有报告触发这条规则。" in pages["rules/balance-mismatch/"].html()


def test_home_says_what_is_covered_and_leads_on(pages: dict[str, Page]) -> None:
    page = pages[""]
    assert "目前收录 3 个机关的 4 份报告，2019 至 2022 年。" in page.html()
    assert {"regions/", "years/", "quality/", "rules/", "method/"} <= set(read_html(page.html()).hrefs)
    assert rows(page, 0) == [row[:5] for row in rows(pages["quality/"], 0)]
    assert not page.searchable


def lesson(page: Page, anchor: str) -> str:
    """What the home page tells under one of its headings, as text."""
    html = page.html().split(f'<h3 id="{anchor}">')[1].split("</div>")[0]
    return re.sub(r"<[^>]+>", "", html.split("</h3>")[1]).strip()


def test_home_tells_what_one_can_learn_with_numbers_that_the_reports_bear_out(pages: dict[str, Page]) -> None:
    office, year, figures = (lesson(pages[""], f"lesson-{name}") for name in ("office", "year", "quality"))
    assert office == (
        "汇源街道办事处：2022 年新收政府信息公开申请 3 件，没有上年结转的申请。"
        "当年没有办结的申请；没有结转下年度的申请。"
    )
    assert year == "2022 年已收录的 2 份报告，合计新收申请 ≥ 3 件（2 份中 1 份有数），办结 0 件。"
    count = sum(len(report.figures) for report in reports())
    assert figures.startswith(
        f"已收录的报告共有 {count} 个数字：原文 {count - 2} 个，推得 1 个，未见 1 个。"
        "按规则核对，发现：报告所载 1 条，本站读取 1 条。"
    )


def test_a_number_told_on_the_home_page_leads_to_its_place_on_the_office_s_page() -> None:
    placed = Figure(Cell("requests", "received", "total"), 2, Status.PLACED, "2", line=20, proof=PROOF)
    html = pages_of([make_office()], [with_figures(make_report(), placed)])[""].html()
    assert '<a href="offices/410481100/source/2022/#L20" class="figure">2 件</a>' in html
    assert '<a href="offices/410481100/#y2022-requests-received" class="mark mark-placed">归位</a>' in html


def test_beyond_a_few_offices_home_counts_reports_by_the_highest_regions_of_which_there_are_several() -> None:
    many = [make_office(f"4104811{number:02}", f"第{number}街道办事处") for number in range(21)]
    reports = [make_report(office="410481100"), make_report(office="410481101", year=2020)]
    one, another = "○" * 20, "○" * 19
    assert rows(pages_of(many, reports)[""], 0) == [
        ["舞钢市（21 个机关）", f"1 份●{one}", f"0 份○{one}", f"1 份○●{another}"]
    ]
    far = make_office("410423004", "汇源街道办事处", regions=(HENAN, PINGDINGSHAN, LUSHAN), kind="街道办事处")
    assert [row[0] for row in rows(pages_of([*many, far], reports)[""], 0)] == [
        "鲁山县（1 个机关）",
        "舞钢市（21 个机关）",
    ]


def test_an_empty_portal_has_its_pages_and_no_number() -> None:
    empty = pages_of([], [])
    assert "目前收录 0 个机关的 0 份报告。" in empty[""].html()
    assert [heading.anchor for heading in empty[""].headings()] == ["top", "coverage"]
    assert "本站还没有收录任何报告。" in empty["quality/"].html()
    assert {"regions/", "years/"} <= set(empty)


def test_a_digest_counts_reports_figures_findings_and_pages() -> None:
    whole = portal(offices(), reports(), findings())
    dataset = gather(whole)
    pages: Sequence[Page] = render_site(arrange(whole, dataset))
    assert digest(whole, dataset, len(pages)) == [
        "读了 3 个机关的 4 份报告",
        f"数字 {len(dataset.figures)} 个：原文 {len(dataset.figures) - 2}，推得 1，未见 1",
        "核对发现 2 条：报告所载 1，本站读取 1",
        f"生成 {len(pages)} 页",
    ]


def test_a_digest_names_the_files_that_could_not_be_read() -> None:
    unread = Finding("empty-file", Severity.ERROR, Kind.READING, "reports/a/2021.txt", None, "文件里没有任何文字。")
    minor = Finding("title-missing", Severity.NOTICE, Kind.READING, "reports/b/2021.txt", 1, "没有标题。")
    whole = portal(offices(), reports(), (unread, minor))
    dataset = gather(whole)
    assert digest(whole, dataset, 1)[4:] == ["没有读好 reports/a/2021.txt: 文件里没有任何文字。 [empty-file]"]
