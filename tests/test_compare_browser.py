"""The page that compares offices as a reader meets it: choosing, sorting, sharing, downloading, and what is missing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from accessibility import violations
from builders import make_office, make_report
from compare_pages import (
    DESKTOP,
    HOSTILE,
    IN_ORDER,
    PHONE,
    WUGANG_OFFICES,
    Visit,
    column,
    names,
    query,
    serve,
    some_offices,
    some_reports,
    table,
    visiting,
)
from conftest import Site
from pages import portal
from playwright.sync_api import Page, expect
from windows import Windows

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", name="url")
def offered(built_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(built_site, tmp_path_factory.mktemp("few"), portal(some_offices(), some_reports()))


@pytest.fixture(scope="module", name="many_url")
def offered_many(built_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    offices = [make_office(f"410481{number:03d}", f"第{number}镇人民政府") for number in range(100, 350)]
    filed = [make_report(office=office.id) for office in offices]
    yield from serve(built_site, tmp_path_factory.mktemp("many"), portal(offices, filed))


@pytest.fixture
def visit(windows: Windows, url: str) -> Iterator[Visit]:
    yield from visiting(windows, url)


def test_at_first_the_newest_year_stands_in_the_order_of_codes(visit: Visit) -> None:
    page = visit.open()
    assert names(page) == IN_ORDER
    assert [head.replace("移去", "") for head in table(page)[0]] == [
        "机关", "本年新收2022 年，件", "予以公开2022 年，件", "不予公开2022 年，件", "予以公开和部分公开占办结2022 年",
    ]  # fmt: skip
    expect(page.locator("#compare-table caption")).to_have_text("各机关比较：按行政区划代码排列，不作排名")
    assert query(page) == {"years": ["2022"], "measures": ["received,granted,refused,disclosed_share"]}
    assert visit.complaints == []


def test_missing_blank_and_0_sort_apart_and_behind_every_number_in_both_directions(visit: Visit) -> None:
    page = visit.open()
    gaps_last = ["未填", "不定", "未见", "未收录"]
    heading = page.locator("#compare-table thead th").nth(1)
    heading.locator(".compare-sort").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(heading).to_contain_text("由小到大")
    assert column(page) == ["0", "8", "40", "勾稽不符100", *gaps_last]
    heading.locator(".compare-sort").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert column(page) == ["勾稽不符100", "40", "8", "0", *gaps_last]
    expect(page.locator("#compare-table caption")).to_have_text("各机关比较")
    heading.locator(".compare-sort").click()
    assert heading.get_attribute("aria-sort") is None
    assert names(page) == IN_ORDER


def test_an_incomplete_sum_is_no_number_and_sorts_between_numbers_and_gaps(visit: Visit) -> None:
    page = visit.open("?measures=refused&years=2022,2020")
    assert column(page, 2).count("0") == 6
    page = visit.open("?measures=carried_out_share&years=2022&sort=carried_out_share-2022")
    assert column(page) == [
        "勾稽不符0.0%（0/100）",
        "0.0%（0/8）分母小",
        "0.0%（0/40）",
        "分母为 0（0/0）",
        "未填",
        "不定",
        "未见",
        "未收录",
    ]


def test_a_sorted_column_keeps_the_keyboard_where_it_was(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("button", name="予以公开 2022").focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort]")).to_contain_text("予以公开")
    expect(page.locator("th[aria-sort] .compare-sort")).to_be_focused()


def test_a_choice_of_three_offices_over_two_years_can_be_shared_and_looked_back_upon(
    visit: Visit, windows: Windows
) -> None:
    page = visit.open()
    for name in WUGANG_OFFICES:
        page.get_by_role("checkbox", name=f"选取{name}").check()
    page.get_by_role("checkbox", name="2021 年").check()
    expect(page.locator("#compare-table thead th")).to_have_count(9)
    page.get_by_role("button", name="只列这些").click()
    expect(page.locator("#compare-status")).to_contain_text("符合条件的有 3 个")
    assert names(page) == WUGANG_OFFICES
    assert query(page)["pick"] == ["410481100,410481101,410481102"]
    with windows.open(viewport=PHONE) as other:
        other.goto(page.url)
        expect(other.locator("#compare-status")).to_contain_text("符合条件的有 3 个")
        assert table(other) == table(page)
        assert other.url == page.url
    page.go_back()
    expect(page.locator("#compare-status")).to_contain_text("符合条件的有 8 个")
    page.go_back()
    expect(page.locator("#compare-table thead th")).to_have_count(5)
    expect(page.get_by_role("checkbox", name="2021 年")).not_to_be_checked()
    page.go_forward()
    expect(page.get_by_role("checkbox", name="2021 年")).to_be_checked()


def test_the_peers_of_an_office_are_those_of_its_kind_and_of_its_region(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("checkbox", name="选取汇源街道办事处").check()
    page.get_by_role("button", name="列出鲁山县各机关").click()
    expect(page.locator("#compare-status")).to_contain_text("符合条件的有 3 个")
    assert query(page)["region"] == ["410423"]
    expect(page.locator("[name=county]")).to_have_value("410423")
    page.get_by_role("button", name="列出鲁山县的街道办事处").click()
    expect(page.locator("#compare-status")).to_contain_text("符合条件的有 2 个")
    assert names(page) == ["汇源街道办事处", "鲁阳街道办事处"]
    page.get_by_role("button", name="列出各地街道办事处").click()
    expect(page.locator("[name=province]")).to_have_value("")
    assert query(page)["kind"] == ["街道办事处"]
    assert query(page)["pick"] == ["410423004"]


def test_regions_are_chosen_from_the_province_down(visit: Visit) -> None:
    page = visit.open()
    expect(page.locator("[name=city]")).to_be_disabled()
    page.locator("[name=province]").select_option(label="河南省")
    page.locator("[name=city]").select_option(label="平顶山市")
    page.locator("[name=county]").select_option(label="舞钢市")
    expect(page.locator("#compare-status")).to_contain_text("符合条件的有 3 个")
    page.locator("[name=province]").select_option(label="山东省")
    expect(page.locator("#compare-status")).to_contain_text("符合条件的有 1 个")
    assert query(page)["region"] == ["370000"]


def test_what_an_address_holds_that_is_not_known_is_left_out_with_a_sentence(visit: Visit) -> None:
    page = visit.open(
        "?region=999999&years=1999,2022&measures=received,happiness&sort=x&pick=1&colour=red&group=galaxy"
    )
    expect(page.locator("#compare-status")).to_contain_text(
        "地址里有本站不认识的内容，已略去：colour=red，region=999999，years=1999，measures=happiness，group=galaxy，pick=1，sort=x。"
    )
    assert query(page) == {"years": ["2022"], "measures": ["received"]}


def test_nothing_found_and_what_to_do_then_is_said(visit: Visit) -> None:
    page = visit.page
    visit.open()
    page.get_by_label("名称或地区里有").fill("月球")
    expect(page.locator("#compare-status")).to_have_text("没有机关同时符合所选的条件。去掉其中一条，就有：")
    expect(page.locator("#compare-table tr")).to_have_count(0)
    expect(page.get_by_role("region", name="比较表")).to_be_hidden()
    expect(page.get_by_role("button", name="下载所见")).to_be_hidden()
    page.get_by_role("button", name="全部重选").click()
    expect(page.locator("#compare-status")).to_contain_text("符合条件的有 8 个")


@pytest.mark.parametrize("lost", ["**/compare.json", "**/compare/offices.json", "**/compare/2022/granted.json"])
def test_data_that_do_not_arrive_are_admitted(visit: Visit, lost: str) -> None:
    visit.page.route(lost, lambda route: route.abort())
    visit.page.goto(f"{visit.url}compare/")
    expect(visit.page.locator("#compare-status")).to_have_text(
        "没有取到数据。请检查网络，稍后再试；也可以按年份或按地区查看。"
    )
    visit.page.unroute(lost)
    visit.open()


def test_a_file_holds_what_is_shown_and_runs_in_no_spreadsheet(visit: Visit) -> None:
    page = visit.open("?years=2022&measures=received,disclosed_share&sort=received-2022&order=desc")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载所见（CSV，8 行）").click()
    content = waiting.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert head[:6] == ["机关编号", "名称", "类别", "省级地区", "市级地区", "县级地区"]
    assert head[6:10] == [f"本年新收 2022 年（件） {what}" for what in ("数值", "已知部分之和", "状态", "说明")]
    assert [row[1] for row in rows] == [f"'{name}" if name == HOSTILE else name for name in names(page)]
    assert [row[6] for row in rows] == ["100", "40", "8", "0", "", "", "", ""]
    assert [row[8] for row in rows] == ["勾稽不符", "原文", "原文", "原文", "未填", "不定", "未见", "未收录"]
    assert rows[2][10:] == ["12.5%", "1", "8", "原文", "分母小"]
    assert rows[3][10:] == ["", "0", "0", "原文", ""]
    assert rows[2][:6] == ["410423100", f"'{HOSTILE}", "乡镇人民政府", "河南省", "平顶山市", "鲁山县"]


def test_a_share_of_few_cases_is_grey_and_says_so(visit: Visit) -> None:
    page = visit.open("?measures=disclosed_share")
    little = page.locator("td", has_text="12.5%（1/8）")
    much = page.locator("td", has_text="75.0%（30/40）")
    expect(little).to_contain_text("分母小")
    expect(much).not_to_contain_text("分母小")
    colour = "cell => getComputedStyle(cell).color"
    assert little.evaluate(colour) == page.locator("#compare-notes").evaluate(colour)
    assert much.evaluate(colour) != little.evaluate(colour)
    expect(page.locator("#compare-notes")).to_contain_text("分母小于 30 的写“分母小”")


def test_sums_of_groups_say_what_they_lack_and_follow_the_order_of_codes(visit: Visit) -> None:
    page = visit.open("?measures=received&group=county&sort=received-2022&order=desc")
    sums = [row for row in table(page)[1:] if row[0].endswith("个机关")]
    assert sums == [
        ["合计8 个机关", "148（8 个机关中收录 7 份；7 份中 4 份有数；1 份勾稽不符）"],
        ["山东省 济宁市本级1 个机关", "未收录"],
        ["河南省 平顶山市本级1 个机关", "100（1 份勾稽不符）"],
        ["河南省 平顶山市 鲁山县3 个机关", "≥ 8（3 份中 1 份有数）"],
        ["河南省 平顶山市 舞钢市3 个机关", "≥ 40（3 份中 2 份有数）"],
    ]


def test_a_sum_says_of_how_many_offices_there_is_a_report(visit: Visit) -> None:
    page = visit.open("?measures=received&years=2021")
    assert table(page)[1] == ["合计8 个机关", "21（8 个机关中收录 1 份）"]


def test_the_year_with_the_most_reports_is_shown_where_none_is_chosen(visit: Visit) -> None:
    visit.open()
    assert query(visit.page)["years"] == ["2022"]


def test_regions_that_the_page_names_already_are_not_named_again(visit: Visit) -> None:
    page = visit.open("?measures=received&group=county&region=410400")
    assert [row[0] for row in table(page)[1:5]] == [
        "合计7 个机关", "平顶山市本级1 个机关", "平顶山市教育局", "鲁山县3 个机关",
    ]  # fmt: skip
    assert [row[0] for row in table(page)[-2:]] == ["枣林镇人民政府", "尹集镇人民政府"]
    page = visit.open("?measures=received")
    assert [row[0] for row in table(page)[-2:]] == ["枣林镇人民政府舞钢市", "尹集镇人民政府舞钢市"]


def test_an_edition_of_the_form_without_the_row_is_told_from_a_report_that_is_not_there(visit: Visit) -> None:
    page = visit.open("?measures=rules_in_force&years=2020,2022&region=370000")
    assert [row[1:] for row in table(page)[1:]] == [["表式无此项", "未收录"]] * 2
    expect(page.locator("#compare-notes")).to_contain_text("2021 年起改用新表式")


def test_every_number_leads_to_the_report_that_it_is_from(visit: Visit) -> None:
    page = visit.open("?measures=received&years=2021,2022")
    link = page.get_by_role("link", name="21", exact=True)
    expect(link).to_have_attribute("href", f"{visit.url}offices/410481100/#y2021-report")
    figures = page.locator("#compare-table tbody tr:not(.total) td", has_text=re.compile(r"\d"))
    assert figures.count() == figures.filter(has=page.locator("a.figure")).count() == 5


def test_a_hostile_name_stays_text(visit: Visit) -> None:
    page = visit.open(f"?q={HOSTILE[1:5]}")
    assert names(page) == [HOSTILE]
    page.get_by_role("checkbox", name=f"选取{HOSTILE}").check()
    expect(page.locator("#compare-table img")).to_have_count(0)
    assert page.title() == "比较 - 阳光年报"
    assert visit.complaints == []


def test_a_measure_can_be_removed_and_no_more_than_eight_chosen(visit: Visit) -> None:
    page = visit.open("?measures=received,granted,refused,handled,closed,litigation,unavailable")
    page.locator("summary").click()
    page.get_by_role("checkbox", name="行政复议", exact=True).check()
    expect(page.locator("#compare-table thead th").last).to_contain_text("行政复议")
    expect(page.get_by_role("checkbox", name="上年结转")).to_be_disabled()
    page.get_by_role("button", name="移去“本年新收”").click()
    expect(page.locator("#compare-table thead th").nth(1)).to_contain_text("予以公开")
    expect(page.get_by_role("checkbox", name="上年结转")).to_be_enabled()
    expect(page.locator("#compare-table button").first).to_be_focused()


def test_long_lists_come_in_steps_and_the_keyboard_goes_on_where_they_do(visit: Visit, many_url: str) -> None:
    visit.url = many_url
    page = visit.open()
    rows = page.locator("#compare-table tbody th a")
    expect(rows).to_have_count(100)
    page.get_by_role("button", name="再列 100 行（还有 150 行）").click()
    expect(rows.nth(100)).to_be_focused()
    expect(rows).to_have_count(200)
    page.get_by_role("button", name="再列 50 行（还有 50 行）").click()
    expect(rows).to_have_count(250)
    assert names(page) == [f"第{number}镇人民政府" for number in range(100, 350)]
    expect(page.locator("#compare-more")).to_be_hidden()
    expect(page.locator("#compare-table tr.total th")).to_have_text("合计250 个机关")


def test_without_scripts_the_page_says_where_the_same_numbers_are(plain_phone: Page, built_site: Site) -> None:
    page = plain_phone
    page.goto(f"{built_site.url}compare/")
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator("#compare")).to_be_hidden()
    found = [urlsplit(link.get_attribute("href") or "").path for link in page.locator("noscript a").all()]
    assert found == ["../regions/", "../years/", "../data/"]
    for name in ("按地区查看各机关", "按年份查看各机关", "下载全部数据"):
        page.goto(f"{built_site.url}compare/")
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text("没有这个页面")


def test_the_page_is_accessible_in_both_sizes_and_schemes(visit: Visit) -> None:
    page, found = visit.page, {}
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            visit.open("?years=2022,2021&measures=received,disclosed_share&group=county&pick=410481100&sort=name")
            page.locator("summary").click()
            for violation in violations(page):
                found[size["width"], scheme, violation["id"]] = [node["html"][:120] for node in violation["nodes"][:3]]
    assert found == {}


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_only_the_table_scrolls_sideways_and_row_names_stay_in_sight(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 740})
    page = visit.open("?years=2022,2021,2020&measures=received,granted,refused,handled,closed,litigation,closed_share")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    moved = page.evaluate(
        """() => {
          const box = document.querySelector(".table-scroll");
          const name = box.querySelector("tbody tr:last-child th");
          const before = name.getBoundingClientRect().left;
          box.scrollTo(300, 0);
          return [box.scrollLeft, name.getBoundingClientRect().left - before];
        }"""
    )
    assert moved == [300, 0]


def test_a_printed_comparison_leaves_the_controls_out(visit: Visit) -> None:
    page = visit.open()
    page.emulate_media(media="print")
    expect(page.locator("#compare")).to_be_hidden()
    expect(page.locator("#compare-actions")).to_be_hidden()
    expect(page.locator("#compare-table")).to_be_visible()
