"""The boxes that lead to a search: names suggested while somebody types, and the small box in every header."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from accessibility import violations
from builders import make_office
from conftest import Site
from disclosure.model import Region
from playwright.sync_api import Page, Route, expect
from search_site import SearchSite, catalog_of, quiet_visitor, search_site
from windows import Windows

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
NARROWEST_WITH_BOX = {"width": 768, "height": 900}
OFFICE = "offices/410481100/"
LINQING = (Region("370000", "山东省"), Region("371500", "聊城市"), Region("371581", "临清市"))
OFFICES = (
    make_office("410481100", "尚店镇人民政府"),
    make_office("371581100", "尚店镇人民政府", regions=LINQING),
    *(make_office(f"4104812{at:02d}", f"石{at}镇人民政府") for at in range(12)),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchSite]:
    pages = {"offices/410481100/": ("尚店镇人民政府", "<p>公开</p>")}
    with search_site(tmp_path_factory.mktemp("box"), pages, {}, catalog_of(OFFICES)) as served:
        yield served


@pytest.fixture
def page(windows: Windows) -> Iterator[Page]:
    with quiet_visitor(windows) as opened:
        yield opened


def test_what_is_typed_before_the_script_has_come_stays(page: Page, site: SearchSite) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/assets/search.js", hold)
    page.goto(site.search_url(), wait_until="commit")
    page.get_by_role("searchbox").fill("尚店")
    held[0].continue_()
    expect(page.locator("#search-filters")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("尚店")


def test_names_are_suggested_while_somebody_types_and_nothing_but_names_is_fetched(
    page: Page, site: SearchSite
) -> None:
    page.goto(site.search_url())
    expect(page.locator("#search-filters")).to_be_visible()
    site.asked.clear()
    page.get_by_role("searchbox").press_sequentially("尚店")
    links = page.locator(".search-suggest a")
    expect(links).to_have_text(["尚店镇人民政府", "尚店镇人民政府"])
    expect(page.locator(".search-suggest li").nth(1)).to_contain_text("河南省 平顶山市 舞钢市")
    assert site.asked == []
    links.nth(1).click()
    expect(page).to_have_url(site.url + OFFICE)


def test_how_many_are_suggested_is_told_once_the_typing_stops(page: Page, site: SearchSite) -> None:
    page.goto(site.search_url())
    page.get_by_role("searchbox").press_sequentially("石")
    told = page.locator(".search-suggest [aria-live=polite]")
    expect(page.locator(".search-suggest li")).to_have_count(8)
    expect(told).to_have_text("名称相符的有 12 个，这里列出前 8 个；按“搜索”看全部。")


def test_arrows_go_through_the_suggestions_and_escape_comes_back(page: Page, site: SearchSite) -> None:
    page.goto(site.search_url())
    box = page.get_by_role("searchbox")
    box.press_sequentially("sdz")
    expect(page.locator(".search-suggest a")).to_have_count(2)
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.locator(".search-suggest a").nth(1)).to_be_focused()
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    expect(box).to_have_value("sdz")
    expect(page.locator(".search-suggest")).to_be_hidden()


def test_suggestions_go_when_the_search_is_left_or_sent(page: Page, site: SearchSite) -> None:
    page.goto(site.search_url())
    box = page.get_by_role("searchbox")
    box.press_sequentially("石")
    expect(page.locator(".search-suggest")).to_be_visible()
    box.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("“石”：找到 12 个机关")
    expect(page.locator(".search-suggest")).to_be_hidden()
    box.press_sequentially("1")
    expect(page.locator(".search-suggest")).to_be_visible()
    page.locator("h1").click()
    expect(page.locator(".search-suggest")).to_be_hidden()


def test_letters_typed_for_a_chinese_word_are_no_query_until_it_is_chosen(page: Page, site: SearchSite) -> None:
    page.goto(site.search_url())
    page.get_by_role("searchbox").focus()
    page.evaluate(
        """() => {
          const box = document.querySelector("#search-query");
          box.value = "sdz";
          box.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
        }"""
    )
    page.wait_for_timeout(400)
    expect(page.locator(".search-suggest")).to_be_hidden()
    page.evaluate("document.querySelector('#search-query').dispatchEvent(new CompositionEvent('compositionend'))")
    expect(page.locator(".search-suggest")).to_be_visible()


def test_without_the_names_the_form_works_as_before(page: Page, site: SearchSite) -> None:
    page.route("**/names.json", lambda route: route.abort())
    page.goto(site.search_url())
    box = page.get_by_role("searchbox")
    box.press_sequentially("公开")
    page.wait_for_timeout(400)
    expect(page.locator(".search-suggest")).to_be_hidden()
    box.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("“公开”：找到 1 个页面。")


def test_home_fetches_the_names_when_its_box_is_used_and_not_before(built_site: Site, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(built_site.url)))
    page.goto(built_site.url)
    page.wait_for_load_state("networkidle")
    assert [one for one in asked if "names" in one or "texts" in one] == ["assets/search-names.js"]
    asked.clear()
    page.get_by_role("searchbox").press_sequentially("wgsd")
    page.get_by_role("link", name="尚店镇人民政府").first.click()
    expect(page).to_have_url(built_site.url + OFFICE)
    assert "search/names.json" in asked
    assert [one for one in asked if "texts" in one] == []


def test_the_page_not_found_suggests_names_too(built_site: Site, page: Page) -> None:
    page.goto(f"{built_site.url}404.html")
    page.get_by_role("main").get_by_role("searchbox").press_sequentially("尚店")
    expect(page.locator(".search-suggest a")).to_have_text(["尚店镇人民政府"])


@pytest.mark.parametrize("path", ["years/2021/", OFFICE, "method/", "compare/"])
def test_every_page_searches_from_its_header_without_scripts(built_site: Site, plain_phone: Page, path: str) -> None:
    page = plain_phone
    page.set_viewport_size(NARROWEST_WITH_BOX)  # type: ignore[arg-type]
    page.goto(built_site.url + path)
    header = page.get_by_role("banner")
    expect(header.get_by_role("link", name="搜索", exact=True)).to_be_hidden()
    header.get_by_role("searchbox", name="机关名称，或者报告里的任意几个字").fill("尚店")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{built_site.url}search/?q=%E5%B0%9A%E5%BA%97")


@pytest.mark.parametrize("path", ["", "search/", "404.html"])
def test_pages_with_a_box_of_their_own_have_none_in_the_header(built_site: Site, page: Page, path: str) -> None:
    page.set_viewport_size(DESKTOP)
    page.goto(built_site.url + path)
    expect(page.get_by_role("searchbox")).to_have_count(1)
    expect(page.get_by_role("banner").get_by_role("link", name="搜索", exact=True)).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, NARROWEST_WITH_BOX, DESKTOP], ids=str)
def test_the_box_makes_no_header_higher(built_site: Site, page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    heights = set()
    for path in ("search/", "", "years/", OFFICE):
        page.goto(built_site.url + path)
        heights.add(page.locator(".site-header").evaluate("each => each.getBoundingClientRect().height"))
    assert len(heights) == 1


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=str)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_filters_and_suggestions_are_accessible(
    built_site: Site, page: Page, size: dict[str, int], scheme: str
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{built_site.url}search/?q=街道&region=410000&year=2021")
    expect(page.get_by_role("status")).to_contain_text("找到")
    found = [one["id"] for one in violations(page)]
    page.get_by_role("searchbox").fill("")
    page.get_by_role("searchbox").press_sequentially("街道")
    expect(page.locator(".search-suggest")).to_be_visible()
    found += [one["id"] for one in violations(page)]
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_what_can_be_pressed_on_a_phone_is_large_enough(built_site: Site, page: Page) -> None:
    page.goto(f"{built_site.url}search/?q=街道&region=410000")
    expect(page.get_by_role("status")).to_contain_text("找到")
    page.get_by_role("searchbox").fill("")
    page.get_by_role("searchbox").press_sequentially("街道")
    expect(page.locator(".search-suggest")).to_be_visible()
    heights = page.locator("#search :is(input, button, select, summary, .search-suggest a):visible").evaluate_all(
        "all => all.map((each) => [each.outerHTML.slice(0, 60), each.getBoundingClientRect().height])"
    )
    assert {html: height for html, height in heights if height < 24} == {}
    assert min(height for html, height in heights if not html.startswith(("<summary", "<a"))) >= 44
