"""A search that does not ask all parts at once: it says so, goes on when told to, and admits what it did not get."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator

import pytest
from accessibility import violations
from builders import HENAN, PINGDINGSHAN, make_office
from disclosure.model import Region
from disclosure.search_names import page_facets
from playwright.sync_api import Locator, Page, Route, expect
from search_site import SearchSite, catalog_of, quiet_visitor, search_site
from windows import Windows

pytestmark = pytest.mark.browser

COUNTIES, EACH = 9, 6
OFFICES = tuple(
    make_office(f"4104{county}0{number}", f"第{county}{number}镇人民政府", regions=(HENAN, PINGDINGSHAN, region))
    for county in range(20, 20 + COUNTIES)
    for region in [Region(f"4104{county}", f"第{county}县")]
    for number in range(EACH)
)
ALL = COUNTIES * EACH
PAGES = {
    **{f"offices/{one.id}/": (one.name, f"<p>公开渠道，{one.name}</p>") for one in OFFICES},
    "rules/a/": ("规则", "<p>公开渠道</p>"),
    "terms/": ("公开渠道", "<p>术语</p>"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchSite]:
    """A part for each county, and one for the two other pages."""
    catalog = catalog_of(OFFICES)
    root = tmp_path_factory.mktemp("further")
    with search_site(root, PAGES, page_facets(catalog), catalog, largest=1) as served:
        yield served


@pytest.fixture
def page(windows: Windows) -> Iterator[Page]:
    with quiet_visitor(windows) as opened:
        yield opened


def _status(page: Page) -> Locator:
    return page.get_by_role("status")


def _results(page: Page) -> Locator:
    return page.locator("#search-results li")


FIRST = "“公开渠道”：找到至少 32 个页面。还有 24 个页面没有查，可能也写有这些字。"
"""Of the part of all and a county, which were not enough, and four counties more."""


def test_what_was_not_searched_is_told_and_titles_stand_first_rules_last(page: Page, site: SearchSite) -> None:
    page.goto(site.search_url("公开渠道"))
    expect(_status(page)).to_have_text(FIRST)
    expect(_results(page)).to_have_count(10)
    expect(_results(page).locator("h3").first).to_have_text("公开渠道")
    assert len(set(re.findall(r"texts/(\w+)/", " ".join(site.asked)))) == 7  # these parts, and the table
    for shown in (20, 30, 40):
        page.get_by_role("button", name="显示更多").click()
        expect(_results(page)).to_have_count(shown)
    expect(_results(page).locator("h3").nth(31)).to_have_text("规则")


def test_more_than_was_found_is_searched_for(page: Page, site: SearchSite) -> None:
    page.goto(site.search_url("公开渠道"))
    more = page.get_by_role("button", name="显示更多")
    for shown in (20, 30):
        more.click()
        expect(_results(page)).to_have_count(shown)
        expect(_results(page).nth(shown - 10).locator("h3 a")).to_be_focused()
    expect(_status(page)).to_have_text(FIRST)
    more.click()
    expect(_results(page)).to_have_count(40)
    expect(_status(page)).to_have_text("“公开渠道”：找到至少 44 个页面。还有 12 个页面没有查，可能也写有这些字。")
    for shown in (50, ALL + 2):
        more.click()
        expect(_results(page)).to_have_count(shown)
    expect(_status(page)).to_have_text(f"“公开渠道”：找到 {ALL + 2} 个页面。")
    expect(more).to_be_hidden()
    titles = _results(page).locator("h3").all_inner_texts()
    assert len(set(titles)) == ALL + 2


def test_all_can_be_searched_at_once_with_the_keyboard(page: Page, site: SearchSite) -> None:
    page.goto(site.search_url("公开渠道"))
    rest = page.get_by_role("button", name="查完其余 24 个页面")
    rest.focus()
    page.keyboard.press("Enter")
    expect(_status(page)).to_have_text(f"“公开渠道”：找到 {ALL + 2} 个页面。")
    expect(rest).to_be_hidden()
    expect(_results(page)).to_have_count(10)
    expect(page.get_by_role("button", name="显示更多")).to_be_focused()


def test_where_the_rest_holds_nothing_more_the_list_is_where_the_reader_is(page: Page, site: SearchSite) -> None:
    """Both characters stand in every part, but only in one behind each other."""
    page.goto(site.search_url("第206镇"))
    expect(_status(page)).to_contain_text("没有找到")
    page.goto(site.search_url("公开渠道", region="410420"))
    expect(_status(page)).to_have_text(f"“公开渠道”：找到 {EACH} 个页面。")
    expect(page.locator("#search-rest")).to_be_hidden()
    expect(page.locator("#search-more")).to_be_hidden()


def test_that_there_is_something_elsewhere_is_found_out_in_few_parts(page: Page, site: SearchSite) -> None:
    site.asked.clear()
    page.goto(site.search_url("公开渠道", region="410428", page="规则"))
    expect(_status(page)).to_have_text(
        "“公开渠道”：在所选范围（河南省 平顶山市 第28县，规则页面）里没有找到；不限范围，至少能找到 8 项。"
    )
    assert len(set(re.findall(r"texts/(\w+)/", " ".join(site.asked)))) == 3  # two parts, and the table
    page.get_by_role("button", name="不限地区、页面再找一次").click()
    expect(_status(page)).to_have_text(FIRST)


def test_a_part_that_is_not_fetched_is_told_and_fetched_when_asked_again(page: Page, site: SearchSite) -> None:
    page.route(re.compile(r"texts/\w+/keys/"), lambda route: route.abort())
    page.goto(site.search_url("公开渠道", region="410420"))
    expect(_status(page)).to_have_text("搜索暂时不能用：没有取到索引。请稍后再试，或者按地区查找。")
    page.unroute_all()
    page.get_by_role("button", name="再试一次").click()
    expect(_status(page)).to_have_text(f"“公开渠道”：找到 {EACH} 个页面。")
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("button", name="再试一次")).to_be_hidden()


def _folder_of(site: SearchSite, county: str) -> str:
    """The folder of the part of a county, by one of its pages that a search for it loads."""
    listed = (site.folder / "search" / "texts.json").read_text(encoding="utf-8")
    found = re.search(rf'"at":"(\w+)"[^}}]*"{county}"', listed)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("file", ["head.bin", "keys/0.bin"])
@pytest.mark.parametrize("how", ["refused", "broken"])
def test_of_parts_one_of_which_fails_the_others_are_shown_and_the_gap_is_told(
    page: Page, site: SearchSite, file: str, how: str
) -> None:
    broken = f"**/{_folder_of(site, '410421')}/{file}"
    page.route(broken, lambda route: route.abort() if how == "refused" else route.fulfill(body=b"x\x9c\x00"))
    page.goto(site.search_url("公开渠道"))
    expect(_status(page)).to_have_text("“公开渠道”：找到至少 8 个页面。正文没有查完：有一部分索引没有取到。")
    expect(_results(page)).to_have_count(8)
    page.unroute_all()
    page.get_by_role("button", name="再试一次").click()
    expect(_status(page)).to_have_text(FIRST)


def test_what_was_not_fetched_at_first_may_be_fetched_with_the_rest(page: Page, site: SearchSite) -> None:
    page.route(f"**/{_folder_of(site, '410421')}/head.bin", lambda route: route.abort())
    page.goto(site.search_url("公开渠道"))
    expect(_status(page)).to_contain_text("正文没有查完")
    page.unroute_all()
    page.locator("#search-rest").click()
    expect(_status(page)).to_have_text(f"“公开渠道”：找到 {ALL + 2} 个页面。")
    expect(page.locator("#search-again")).to_be_hidden()


def test_what_fails_further_on_is_told_and_can_be_tried_again(page: Page, site: SearchSite) -> None:
    page.goto(site.search_url("公开渠道"))
    page.route(f"**/{_folder_of(site, '410427')}/head.bin", lambda route: route.abort())
    rest = page.locator("#search-rest")
    rest.click()
    expect(_status(page)).to_have_text("没有取到后面的结果。请稍后再试。")
    expect(rest).to_have_text("查完其余 12 个页面")  # two counties
    page.unroute_all()
    rest.click()
    expect(_status(page)).to_have_text(f"“公开渠道”：找到 {ALL + 2} 个页面。")


def test_where_another_site_was_published_the_search_can_begin_anew(page: Page, site: SearchSite) -> None:
    page.goto(site.search_url("公开渠道"))
    expect(_status(page)).to_have_text(FIRST)
    listed = site.folder / "search" / "texts.json"
    old, new = _folder_of(site, "410427"), "f" * 16
    (site.folder / "search" / "texts" / old).rename(site.folder / "search" / "texts" / new)
    published = listed.stat().st_mtime + 10
    listed.write_text(listed.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    os.utime(listed, (published, published))
    page.locator("#search-rest").click()
    expect(_status(page)).to_have_text("没有取到后面的结果。请稍后再试。")
    page.get_by_role("button", name="再试一次").click()
    expect(_status(page)).to_have_text(FIRST)
    page.locator("#search-rest").click()
    expect(_status(page)).to_have_text(f"“公开渠道”：找到 {ALL + 2} 个页面。")


def test_what_the_search_could_not_do_is_still_told_when_it_goes_on(page: Page, site: SearchSite) -> None:
    page.route("**/names.json", lambda route: route.abort())
    page.goto(site.search_url("公开渠道", region="410420"))
    gap = "机关名单没有取到，这次没有查名称，也没有按条件筛选。"
    expect(_status(page)).to_have_text(FIRST + gap)
    page.locator("#search-rest").click()
    expect(_status(page)).to_have_text(f"“公开渠道”：找到 {ALL + 2} 个页面。{gap}")


def test_another_search_in_the_meantime_is_not_disturbed(page: Page, site: SearchSite) -> None:
    page.goto(site.search_url("公开渠道"))
    expect(_status(page)).to_have_text(FIRST)
    held: list[Route] = []
    page.route("**/head.bin", lambda route: held.append(route) if len(held) < 2 else route.continue_())
    page.locator("#search-rest").click()
    page.get_by_role("searchbox").fill("第200镇")
    page.keyboard.press("Enter")
    expect(_status(page)).to_have_text("“第200镇”：找到 1 个机关、1 个页面。")
    for route in held:
        route.continue_()
    page.wait_for_timeout(200)
    expect(_status(page)).to_have_text("“第200镇”：找到 1 个机关、1 个页面。")
    expect(_results(page)).to_have_count(1)


def test_what_is_told_of_going_on_names_what_was_looked_for_then(page: Page, site: SearchSite) -> None:
    page.goto(site.search_url("公开渠道"))
    expect(_status(page)).to_have_text(FIRST)
    held: list[Route] = []
    page.route("**/texts.json", lambda route: held.append(route))  # noqa: PLW0108 Playwright marks it
    page.get_by_role("searchbox").fill("第200镇")
    page.keyboard.press("Enter")
    expect(_status(page)).to_have_text("正在搜索……")
    page.locator("#search-rest").click()
    expect(_status(page)).to_have_text(f"“公开渠道”：找到 {ALL + 2} 个页面。")
    for route in held:
        route.continue_()
    expect(_status(page)).to_have_text("“第200镇”：找到 1 个机关、1 个页面。")


def test_where_going_on_finds_nothing_more_the_reader_is_led_to_the_list(page: Page, site: SearchSite) -> None:
    page.goto(site.search_url("公开渠道"))
    expect(_status(page)).to_have_text(FIRST)
    more = page.get_by_role("button", name="显示更多")
    for shown in (20, 30):
        more.click()
        expect(_results(page)).to_have_count(shown)
    page.route("**/keys/*.bin", lambda route: route.fulfill(body=zlib.compress(b"#0\n\x01\x00")))  # another key
    page.locator("#search-rest").focus()
    page.keyboard.press("Enter")
    expect(_status(page)).to_have_text("“公开渠道”：找到 32 个页面。")
    more.press("Enter")
    expect(_results(page)).to_have_count(32)
    expect(_results(page).nth(30).locator("h3 a")).to_be_focused()
    expect(more).to_be_hidden()


def test_a_browser_that_cannot_unpack_the_index_says_so(page: Page, site: SearchSite) -> None:
    page.add_init_script("delete globalThis.DecompressionStream")
    page.goto(site.search_url("第250镇"))
    expect(_status(page)).to_have_text(
        "“第250镇”：找到 1 个机关。正文搜索不能用：这个浏览器太旧。请换一个较新的浏览器，或者按地区查找。"
    )
    expect(page.locator("#search-again")).to_be_hidden()


def test_what_goes_on_is_accessible(page: Page, site: SearchSite) -> None:
    page.goto(site.search_url("公开渠道"))
    expect(_status(page)).to_have_text(FIRST)
    of_the_theme = {"landmark-one-main", "region"}  # which is not around this page
    assert {one["id"] for one in violations(page)} <= of_the_theme
