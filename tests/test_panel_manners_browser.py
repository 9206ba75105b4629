"""How the panel behaves: keyboard, focus, place, what it leaves to the browser, and what it does where it fails."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from accessibility import violations
from conftest import Site
from panel_pages import DESKTOP, LOADING, OFFICE, PHONE, Visit, cell, strict, visiting
from playwright.sync_api import Page, Request, Route, expect
from windows import Windows

pytestmark = pytest.mark.browser

GRANTED = "y2021-requests-granted"
LINE = re.compile(r"/offices/410481100/source/2021/#L44$")
OPEN = {
    "figure": f"#{GRANTED} td:last-child .figure",
    "sign": f"#{GRANTED} th .mark",
    "term": f"#{GRANTED} .term",
    "sum": ".table-index .figure[data-rows]",
}
"""A link of each kind; the sum stands on the page of a year, the others on that of the office."""


@pytest.fixture(scope="module")
def url(built_site: Site) -> Iterator[str]:
    """The built site, served strictly."""
    with strict(built_site.folder) as address:
        yield address


@pytest.fixture
def visit(windows: Windows, url: str) -> Iterator[Visit]:
    yield from visiting(windows, url)


@pytest.fixture
def phone(windows: Windows, url: str) -> Iterator[Visit]:
    yield from visiting(windows, url, viewport=PHONE, has_touch=True)


def page_of(kind: str) -> str:
    """Where the link of a kind stands."""
    return "years/2021/" if kind == "sum" else OFFICE


def test_the_keyboard_alone_opens_reads_and_leaves_the_panel(visit: Visit) -> None:
    page = visit.go(OFFICE)
    link = page.locator(OPEN["figure"])
    link.focus()
    page.keyboard.press("Enter")
    expect(visit.panel).to_be_focused()
    expect(page.get_by_role("dialog", name="（一）予以公开 · 总计")).to_be_visible()
    page.keyboard.press("Tab")
    expect(visit.panel.get_by_role("button", name="关闭")).to_be_focused()
    for _ in range(visit.panel.locator("a").count()):
        page.keyboard.press("Tab")
    expect(visit.panel.get_by_role("link", name="在原文中查看")).to_be_focused()
    page.keyboard.press("Tab")
    expect(visit.panel).to_be_hidden()
    following = page.locator(f"#{GRANTED} ~ tr .term").first
    expect(following).to_be_focused()


@pytest.mark.parametrize("way", ["Escape", "button", "Shift+Tab"])
def test_focus_returns_to_the_link_that_opened_the_panel(visit: Visit, way: str) -> None:
    page = visit.go(OFFICE)
    link = page.locator(OPEN["figure"])
    visit.read(link)
    expect(visit.panel).to_be_focused()
    if way == "button":
        visit.panel.get_by_role("button", name="关闭").click()
    else:
        page.keyboard.press(way)
    expect(visit.panel).to_be_hidden()
    expect(link).to_be_focused()


def test_a_click_outside_closes_the_panel_and_one_on_another_figure_fills_it_anew(visit: Visit) -> None:
    page = visit.go(OFFICE)
    visit.read(page.locator(OPEN["term"]))
    assert visit.read(page.locator(OPEN["figure"]))[0] == "（一）予以公开 · 总计"
    page.locator("h1").click()
    expect(visit.panel).to_be_hidden()
    expect(page.locator(OPEN["figure"])).to_be_focused()


def test_the_way_back_leaves_the_page(visit: Visit) -> None:
    visit.go("years/2021/")
    page = visit.go(OFFICE)
    visit.read(page.locator(OPEN["figure"]))
    page.go_back()
    assert page.url == f"{visit.url}years/2021/"


def test_a_link_of_the_panel_to_this_page_closes_it(visit: Visit) -> None:
    page = visit.go(OFFICE)
    visit.read(page.locator(OPEN["sign"]))
    visit.panel.get_by_role("link", name="查看所在位置").click()
    expect(visit.panel).to_be_hidden()
    assert page.url.endswith("#y2021-proof-requests-granted")


@pytest.mark.parametrize("key", ["ctrl", "shift", "alt", "meta"])
def test_a_click_with_a_key_held_is_the_browser_s(visit: Visit, key: str) -> None:
    page = visit.go(OFFICE)
    asked = page.evaluate(
        """([selector, key]) => new Promise((resolve) => {
          document.addEventListener("click", (event) => { resolve(event.defaultPrevented); event.preventDefault(); });
          const init = { bubbles: true, cancelable: true, [`${key}Key`]: true };
          document.querySelector(selector).dispatchEvent(new MouseEvent("click", init));
        })""",
        [OPEN["figure"], key],
    )
    assert asked is False
    expect(visit.panel).to_be_hidden()


def test_a_figure_opens_in_a_tab_of_its_own_as_ever(visit: Visit) -> None:
    page = visit.go(OFFICE)
    with page.context.expect_page() as opened:
        page.locator(OPEN["figure"]).click(modifiers=["Control"])
    assert LINE.search(opened.value.url)
    with page.context.expect_page() as opened:
        page.locator(OPEN["figure"]).click(button="middle")
    assert LINE.search(opened.value.url)
    expect(visit.panel).to_be_hidden()


def without(route: Route) -> None:
    route.abort()


def missing(route: Route) -> None:
    route.fulfill(status=404, body="")


def other(route: Route) -> None:
    route.fulfill(body="<h1>别的页</h1>", content_type="text/html")


@pytest.mark.parametrize("answer", [without, missing, other])
@pytest.mark.parametrize("page_lost", ["**/source/2021/", "**/terms/"])
def test_where_a_page_cannot_be_had_the_link_is_followed(visit: Visit, answer: object, page_lost: str) -> None:
    page = visit.go(OFFICE)

    def once(route: Route) -> None:
        route.continue_() if route.request.is_navigation_request() else answer(route)  # type: ignore[operator]

    page.route(page_lost, once)
    page.locator(OPEN["figure"]).click()
    page.wait_for_url(LINE)
    expect(page.locator("li:target")).to_be_in_viewport()


def test_a_figure_that_stands_for_a_whole_table_leads_there(visit: Visit) -> None:
    page = visit.go(OFFICE)
    page.locator(".summary .figure", has_text=re.compile("^0$")).click()
    assert page.url.endswith("#y2021-proactive")
    expect(visit.panel).to_be_hidden()


def test_only_a_slow_answer_is_announced_and_one_that_comes_too_late_is_not_shown(visit: Visit) -> None:
    page = visit.go(OFFICE)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/source/2021/", hold)
    link = page.locator(OPEN["figure"])
    link.click()
    expect(visit.panel.get_by_role("heading", name=LOADING)).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    held.pop().continue_()
    page.wait_for_timeout(500)
    expect(visit.panel).to_be_hidden()
    assert visit.read(link)[0] == "（一）予以公开 · 总计"


def test_a_page_is_fetched_once(visit: Visit) -> None:
    page = visit.go(OFFICE)
    asked: list[str] = []

    def note(request: Request) -> None:
        # The browser asks for the icon of the site when it likes.
        if request.resource_type == "fetch":
            asked.append(request.url)

    page.on("request", note)
    for column in (1, 2, 3):
        visit.read(cell(page, "y2021-requests-received", column).locator(".figure"))
    assert sorted(asked) == [f"{visit.url}{OFFICE}source/2021/", f"{visit.url}terms/"]


def test_beside_a_figure_the_panel_is_within_the_window_and_covers_nothing_of_it(visit: Visit) -> None:
    page = visit.go(OFFICE)
    places = set()
    for column in (1, 7):
        for block in ("start", "center", "end"):
            link = cell(page, GRANTED, column).locator(".figure")
            link.evaluate("(each, block) => each.scrollIntoView({ block })", block)
            link.evaluate("each => each.click()")
            expect(visit.panel.locator("h2")).to_contain_text("（一）予以公开")
            shown, panel = (each.bounding_box() or {} for each in (link, visit.panel))
            assert panel["x"] >= 0
            assert panel["y"] >= 0
            assert panel["x"] + panel["width"] <= DESKTOP["width"]
            assert panel["y"] + panel["height"] <= DESKTOP["height"]
            above, below = panel["y"] + panel["height"] <= shown["y"], panel["y"] >= shown["y"] + shown["height"]
            assert above or below
            places.add("above" if above else "below")
            page.keyboard.press("Escape")
    assert places == {"above", "below"}


def test_on_a_phone_it_is_a_sheet_below_the_figure_of_at_most_three_fifths(phone: Visit) -> None:
    page = phone.go(OFFICE)
    link = cell(page, GRANTED, 1).locator(".figure")
    link.evaluate("each => each.scrollIntoView({ block: 'end' })")
    link.tap()
    expect(phone.panel.locator("h2")).to_have_text("（一）予以公开 · 自然人")
    shown, panel = (each.bounding_box() or {} for each in (link, phone.panel))
    assert panel["y"] + panel["height"] == PHONE["height"]
    assert (panel["x"], panel["width"]) == (0, PHONE["width"])
    assert panel["height"] <= 0.6 * PHONE["height"] + 1
    assert shown["y"] >= 0
    assert shown["y"] + shown["height"] <= panel["y"]
    assert phone.panel.evaluate("each => each.scrollHeight > each.clientHeight")
    close = phone.panel.get_by_role("button", name="关闭")
    phone.panel.evaluate("each => each.scrollTo(0, each.scrollHeight)")
    expect(close).to_be_in_viewport()
    assert (close.bounding_box() or {})["height"] >= 44


def test_a_finger_on_a_cell_reaches_the_proof_of_a_figure_whose_sign_is_out_of_sight(phone: Visit) -> None:
    page = phone.go(OFFICE)
    found = cell(page, "y2021-requests-refused-state-secret", 1)
    expect(found.locator(".mark-quiet")).to_have_text("归位")
    found.scroll_into_view_if_needed()
    height = (found.bounding_box() or {})["height"]
    found.tap(position={"x": 20, "y": height / 4})  # beside its figure, which stands at the bottom
    expect(phone.panel.locator("h2")).to_have_text("1.属于国家秘密 · 自然人")
    expect(phone.panel.locator(".source-lines")).to_be_attached()
    expect(phone.panel.get_by_role("heading", name="证明")).to_be_attached()
    expect(phone.panel.locator(".panel-value .mark")).to_be_in_viewport()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_of_the_page_moves_when_the_panel_opens(visit: Visit, size: dict[str, int]) -> None:
    visit.page.set_viewport_size(size)  # type: ignore[arg-type]
    page = visit.go(OFFICE)
    where = """() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight,
      ...[...document.querySelectorAll("main *")].map((each) => each.getBoundingClientRect().top + scrollY)]"""
    page.locator(OPEN["term"]).evaluate("each => each.scrollIntoView()")
    page.mouse.move(0, 0)
    before = page.evaluate(where)
    page.locator(OPEN["term"]).evaluate("each => each.click()")
    expect(visit.panel.locator("h2")).to_have_text("予以公开")
    assert page.evaluate(where) == before


@pytest.mark.parametrize("kind", OPEN)
def test_the_open_panel_is_accessible_in_both_sizes_and_schemes(visit: Visit, kind: str) -> None:
    """The whole page once: what the panel does to it does not depend on what stands in it."""
    found = {}
    within = None if kind == "figure" else ".panel"
    for name, size, scheme in (("phone", PHONE, "light"), ("desktop", DESKTOP, "dark")):
        visit.page.set_viewport_size(size)  # type: ignore[arg-type]
        visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        visit.read(visit.go(page_of(kind)).locator(OPEN[kind]).first)
        for violation in violations(visit.page, within):
            found[name, scheme, violation["id"]] = [node["html"][:120] for node in violation["nodes"][:3]]
    assert found == {}
    assert visit.complaints == []


def test_at_400_percent_the_panel_can_be_read_and_closed(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 200})
    page = visit.go(OFFICE)
    visit.read(page.locator(OPEN["figure"]))
    expect(visit.panel.get_by_role("button", name="关闭")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert visit.panel.evaluate("each => each.scrollWidth <= each.clientWidth")
    visit.panel.get_by_role("link", name="在原文中查看").scroll_into_view_if_needed()
    expect(visit.panel.get_by_role("link", name="在原文中查看")).to_be_in_viewport()


def test_forced_colours_keep_its_edge_and_paper_leaves_it_out(visit: Visit) -> None:
    visit.page.emulate_media(forced_colors="active")
    page = visit.go(OFFICE)
    visit.read(page.locator(OPEN["figure"]))
    edge, ground, behind = visit.panel.evaluate(
        """each => [getComputedStyle(each).borderTopColor, getComputedStyle(each).backgroundColor,
          getComputedStyle(document.body).backgroundColor]"""
    )
    assert edge != ground
    assert ground == behind
    page.emulate_media(media="print")
    expect(visit.panel).to_be_hidden()


def test_without_scripts_the_links_lead_where_they_did(plain_phone: Page, url: str) -> None:
    page = plain_phone
    for kind, goal in (("figure", LINE), ("term", re.compile(r"/terms/#requests-granted$"))):
        page.goto(url + OFFICE)
        page.locator(OPEN[kind]).click()
        assert goal.search(page.url)
        expect(page.locator(":target")).to_be_in_viewport()
    assert page.locator(".panel").count() == 0


@pytest.mark.parametrize("path", ["about/", "compare/", "terms/", f"{OFFICE}source/2021/", "rules/"])
def test_pages_without_such_links_do_not_load_it(visit: Visit, path: str) -> None:
    page: Page = visit.go(path)
    assert page.locator("script[src$='panel.js'], .panel").count() == 0
