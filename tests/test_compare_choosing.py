"""Choosing on the page that compares offices: finding and keeping one of many, and what is said where nothing fits."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from builders import HENAN, PINGDINGSHAN, make_office, make_report
from compare_pages import (
    IN_ORDER,
    PHONE,
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
from disclosure.model import Cell, Figure, Region, Status
from pages import portal, with_figures
from playwright.sync_api import expect
from windows import Windows

pytestmark = pytest.mark.browser

LONG = "平顶山市舞钢市某某某某某某某某某某产业集聚区和农产品加工示范园区管理委员会办公室"
SAME = ["金乡街道办事处", "金乡街道办事处"]
_NAMES = [f"{one}{other}镇人民政府" for one in "安濮亳漯衢郓泸赵钱孙李周吴郑王" for other in "平阳山河"]


@pytest.fixture(scope="module", name="url")
def offered(built_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(built_site, tmp_path_factory.mktemp("few"), portal(some_offices(), some_reports()))


@pytest.fixture(scope="module", name="many_url")
def offered_many(built_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """105 offices in no order of names; two are called the same, and one has a long name and large numbers."""
    listed = [make_office(f"410481{number:03d}", f"第{number}镇人民政府") for number in range(100, 142)]
    listed += [make_office(f"410481{number:03d}", name) for number, name in enumerate(_NAMES, 200)]
    for code, name in zip(("410482", "410483"), SAME, strict=True):
        county = Region(code, f"样例{code[3:]}县")
        listed.append(make_office(f"{code}001", name, regions=(HENAN, PINGDINGSHAN, county)))
    listed.append(make_office("410484001", LONG))
    large = {"received": {"total": 12_345_678}, "handled": {"total": 12_345_678}, "granted": {"total": 12_345_677}}
    filed = [make_report(office="410484001", requests=large), make_report()]
    yield from serve(built_site, tmp_path_factory.mktemp("many"), portal(listed, filed))


@pytest.fixture
def visit(windows: Windows, url: str) -> Iterator[Visit]:
    yield from visiting(windows, url)


@pytest.fixture
def wide(windows: Windows, many_url: str) -> Iterator[Visit]:
    yield from visiting(windows, many_url)


def picked(visit: Visit) -> list[str]:
    return visit.page.locator("#compare-picked bdi").all_inner_texts()


def test_picked_offices_stay_while_others_are_looked_for(wide: Visit) -> None:
    page = wide.open()
    search = page.get_by_label("名称或地区里有")
    for words, name in (("第137镇", "第137镇人民政府"), ("样例483县 金乡", SAME[1])):
        search.fill(words)
        expect(page.locator("#compare-table tbody th bdi")).to_have_text([name])
        page.get_by_role("checkbox", name=f"选取{name}").check()
    search.fill("没有这个")
    expect(page.locator("#compare-status")).to_contain_text("没有机关同时符合")
    assert picked(wide) == ["第137镇人民政府（舞钢市）", "金乡街道办事处（样例483县）"]
    page.get_by_role("button", name="只列这些").click()
    expect(page.locator("#compare-status")).to_contain_text("符合条件的有 2 个")
    expect(search).to_have_value("")
    search.fill("没有这个")
    expect(page.locator("#compare-looser button")).to_have_text("去掉“没有这个”（有 2 个）")
    page.locator("#compare-looser button").click()
    expect(page.locator("#compare-status")).to_contain_text("符合条件的有 2 个")
    expect(page.locator("#compare-status")).to_be_focused()
    assert names(page) == ["第137镇人民政府", SAME[1]]
    assert query(page)["pick"] == ["410481137,410483001"]


def test_a_picked_office_can_be_let_go_from_the_list_and_the_keyboard_stays_there(visit: Visit) -> None:
    page = visit.open("?pick=410481100,410481101")
    assert page.locator("tr.compare-marked th bdi").all_inner_texts() == ["尚店镇人民政府", "枣林镇人民政府"]
    page.get_by_role("button", name="移去尚店镇人民政府").click()
    assert picked(visit) == ["枣林镇人民政府（舞钢市）"]
    expect(page.get_by_role("checkbox", name="选取尚店镇人民政府")).not_to_be_checked()
    expect(page.get_by_role("button", name="移去枣林镇人民政府")).to_be_focused()
    expect(page.locator("#compare-status")).to_have_text("已选取 1 个机关。共有 8 个机关，符合条件的有 8 个。")
    page.keyboard.press("Enter")
    expect(page.locator("#compare-chosen")).to_be_hidden()
    expect(page.locator("#compare-status")).to_be_focused()
    assert "pick" not in query(page)
    page.go_back()
    expect(page.locator("#compare-picked li")).to_have_count(1)


def test_every_word_may_stand_in_the_name_or_in_a_region(visit: Visit) -> None:
    page = visit.open("?q=鲁山 街道")
    assert names(page) == ["汇源街道办事处", "鲁阳街道办事处"]
    assert names(visit.open("?q=平顶山")) == IN_ORDER[1:]
    assert names(visit.open("?q=  ")) == IN_ORDER


def test_what_is_typed_before_chinese_comes_of_it_finds_nothing_and_loses_nothing(visit: Visit) -> None:
    page = visit.open()
    page.get_by_label("名称或地区里有").evaluate(
        """(input) => {
          input.value = "lu'yang";
          input.dispatchEvent(new InputEvent("input", { isComposing: true, bubbles: true }));
        }"""
    )
    page.wait_for_timeout(400)
    assert names(page) == IN_ORDER
    page.get_by_label("名称或地区里有").evaluate(
        """(input) => {
          input.value = "鲁阳";
          input.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
        }"""
    )
    expect(page.locator("#compare-status")).to_contain_text("符合条件的有 1 个")
    assert names(page) == ["鲁阳街道办事处"]


def test_where_nothing_fits_each_condition_is_offered_with_what_there_is_without_it(visit: Visit) -> None:
    page = visit.open("?region=410481&kind=街道办事处")
    said = page.locator("#compare-looser button").all_inner_texts()
    assert said == ["不限类别“街道办事处”（有 3 个）", "不限地区“河南省平顶山市舞钢市”（有 2 个）"]
    page.locator("#compare-looser button").first.click()
    expect(page.locator("#compare-status")).to_contain_text("符合条件的有 3 个")
    expect(page.locator("#compare-looser button")).to_have_count(0)
    assert query(page)["region"] == ["410481"]
    assert "kind" not in query(page)


def test_where_no_single_condition_is_to_blame_that_is_said(visit: Visit) -> None:
    page = visit.open("?region=370000&kind=街道办事处&q=月球")
    expect(page.locator("#compare-status")).to_have_text("没有机关同时符合所选的条件。只去掉一条也没有，可以全部重选。")
    page.get_by_role("button", name="全部重选").click()
    assert names(page) == IN_ORDER


def test_a_year_of_which_the_offices_have_no_report_is_named(visit: Visit) -> None:
    page = visit.open("?region=410423&years=2020,2021,2022")
    expect(page.locator("#compare-status")).to_have_text(
        "共有 8 个机关，符合条件的有 3 个。这些机关 2020、2021 年的报告，本站都没有收录。"
    )
    assert set(column(page, 1)) == set(column(page, 2)) == {"未收录"}


def test_without_a_year_or_a_measure_the_first_ones_come_back_and_that_is_said(visit: Visit) -> None:
    page = visit.open("?years=2021&measures=litigation")
    page.get_by_role("checkbox", name="2021 年").click()
    expect(page.locator("#compare-status")).to_contain_text("年份至少要有一个：列的是报告最多的一年。")
    expect(page.get_by_role("checkbox", name="2022 年")).to_be_checked()
    page.locator("summary").click()
    page.get_by_role("checkbox", name="行政诉讼", exact=True).click()
    expect(page.locator("#compare-status")).to_contain_text("指标至少要有一项：列的是最初的几项。")
    assert query(page)["measures"] == ["received,granted,refused,disclosed_share"]
    page.get_by_role("button", name="全部重选").click()
    expect(page.locator("#compare-status")).to_have_text("共有 8 个机关，符合条件的有 8 个。")


def test_more_than_can_be_chosen_is_told_from_what_is_not_known(visit: Visit, wide: Visit) -> None:
    nine = "received,granted,refused,handled,closed,litigation,unavailable,carried_in,carried_out"
    page = visit.open(f"?measures={nine}")
    expect(page.locator("#compare-status")).to_contain_text("一次最多选 8 项指标，只列前 8 项指标。")
    expect(page.locator("#compare-status")).not_to_contain_text("不认识")
    ids = (
        ",".join(f"410481{number}" for number in range(200, 260))
        + ","
        + ",".join(f"410481{n}" for n in range(100, 142))
    )
    page = wide.open(f"?pick={ids}")
    expect(page.locator("#compare-status")).to_contain_text("一次最多选 100 个机关，只列前 100 个机关。")
    page.get_by_role("checkbox", name="选取第141镇人民政府").click()
    expect(page.locator("#compare-status")).to_have_text("最多选取 100 个机关。要选别的，先移去几个。")
    expect(page.get_by_role("checkbox", name="选取第141镇人民政府")).not_to_be_checked()
    assert len(picked(wide)) == 100


def test_only_some_of_what_is_not_known_is_repeated_and_nothing_invisible(visit: Visit) -> None:
    page = visit.open("?pick=" + ",".join(f"x{number}" for number in range(30)) + "&a=%E2%80%AEb%00")
    said = page.locator("#compare-status").inner_text()
    assert said.startswith("地址里有本站不认识的内容，已略去：a=\ufffdb\ufffd，pick=x0，pick=x1，")
    assert "，pick=x8 等 31 处。共有" in said


def test_the_order_is_said_and_names_follow_the_order_of_the_reader_s_chinese(wide: Visit) -> None:
    page = wide.open("?measures=received")
    page.get_by_role("button", name="机关").click()
    expect(page.locator("#compare-status")).to_contain_text("符合条件的有 105 个，按名称排列。")
    expect(page.locator("#compare-table tbody th bdi")).to_have_count(100)
    every = [*(f"第{number}镇人民政府" for number in range(100, 142)), *_NAMES, *SAME, LONG]
    order: list[str] = page.evaluate("names => names.sort(new Intl.Collator('zh-CN').compare)", every)
    assert names(page) == order[:100]
    page.get_by_role("button", name="机关").click()
    expect(page.locator("#compare-status")).to_contain_text("，按名称倒序排列。")
    expect(page.locator("#compare-table tbody th bdi")).to_have_count(100)
    assert names(page) == order[::-1][:100]
    page.get_by_role("button", name="本年新收 2022").click()
    expect(page.locator("#compare-status")).to_contain_text("，按“本年新收 2022 年”由小到大排列。")


def test_the_address_is_copied_and_that_is_said(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("?q=镇&pick=410481100")
    page.get_by_role("button", name="复制网址").click()
    expect(page.locator("#compare-status")).to_have_text("已复制网址。打开它，看到的是同一张表。")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    expect(page.locator("#compare-address")).to_be_hidden()


def test_where_copying_is_refused_the_address_stands_there_selected(visit: Visit) -> None:
    visit.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined });")
    page = visit.open("?q=镇")
    page.get_by_role("button", name="复制网址").click()
    expect(page.locator("#compare-status")).to_contain_text("浏览器不让本页代为复制。")
    box = page.get_by_label("这张表的网址")
    expect(box).to_be_focused()
    expect(box).to_have_value(page.url)
    assert page.evaluate("String(getSelection())") == page.url
    page.locator("[name=kind]").select_option("街道办事处")
    expect(box).to_be_hidden()


def test_a_file_follows_the_order_of_groups(visit: Visit) -> None:
    page = visit.open("?measures=received&group=kind&sort=received-2022&order=desc")
    rows = [row[0] for row in table(page)[1:]]
    shown = [row for row in rows if not row.endswith("个机关")]
    assert [row for row in rows if row.endswith("个机关")] == [
        "合计8 个机关", "乡镇人民政府5 个机关", "街道办事处2 个机关", "政府部门1 个机关",
    ]  # fmt: skip
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载所见（CSV，8 行）").click()
    _, *lines = csv.reader(io.StringIO(waiting.value.path().read_text(encoding="utf-8-sig"), newline=""))
    assert [line[1].removeprefix("'") for line in lines] == names(page)
    assert len(shown) == 8
    assert [line[2] for line in lines] == ["乡镇人民政府"] * 5 + ["街道办事处"] * 2 + ["政府部门"]
    expect(page.locator("#compare-status")).to_have_text("已交给浏览器下载：8 行，1 列数。")


def test_a_file_says_of_a_printed_number_that_is_no_count_what_the_page_says(
    windows: Windows, built_site: Site, tmp_path_factory: pytest.TempPathFactory
) -> None:
    negative = Figure(Cell("requests", "received", "total"), -3, Status.PRINTED, "-3", line=9)
    published = portal([make_office()], [with_figures(make_report(), negative)])
    for url in serve(built_site, tmp_path_factory.mktemp("odd"), published):
        for visit in visiting(windows, url):
            page = visit.open("?measures=received")
            assert column(page) == ["所印的数不能相加"]
            with page.expect_download() as waiting:
                page.get_by_role("button", name="下载所见（CSV，1 行）").click()
            _, line = csv.reader(io.StringIO(waiting.value.path().read_text(encoding="utf-8-sig"), newline=""))
            assert line[6:9] == ["", "", "所印的数不能相加"]


def test_a_first_visit_asks_for_what_it_shows_and_no_more(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url.removeprefix(visit.url)))
    page = visit.open()
    data = sorted(url for url in asked if url.startswith("api/"))
    first = [f"api/v1/compare/2022/{measure}.json" for measure in ("disclosed_share", "granted", "received", "refused")]
    assert data == ["api/v1/compare.json", *first, "api/v1/compare/offices.json"]
    page.get_by_role("button", name="予以公开 2022").click()
    page.get_by_role("button", name="移去“不予公开”").click()
    page.go_back()
    expect(page.locator("#compare-table thead th")).to_have_count(5)
    assert len([url for url in asked if url.startswith("api/")]) == len(data)


def test_a_long_name_and_a_large_number_stay_on_a_phone(wide: Visit) -> None:
    wide.page.set_viewport_size(PHONE)
    page = wide.open("?q=管理委员会&measures=received,disclosed_share&pick=410484001")
    assert table(page)[-1] == [f"{LONG}舞钢市".removesuffix("舞钢市"), "12345678", "100.0%（12345677/12345678）"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    name = page.locator("#compare-table tbody th").last.bounding_box()
    assert name
    assert name["width"] < PHONE["width"] / 2


def test_of_one_office_the_page_is_whole(visit: Visit) -> None:
    page = visit.open("?region=370800&years=2020&measures=received")
    assert table(page) == [
        ["机关", "本年新收2020 年，件"],
        ["合计1 个机关", "3"],
        ["济宁镇人民政府", "3"],
    ]
