"""The site as a reader meets it: on a phone and a desktop, light and dark, by keyboard, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import pytest
from accessibility import violations
from conftest import Site
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import ViewportSize as Size
from windows import Windows

pytestmark = pytest.mark.browser

OFFICE = "offices/410481100/"
MID_SENTENCE = "稳步推进政务公开"
"""Stands in the middle of a sentence of that office's report of 2021."""

KINDS = {
    "home": "",
    "regions": "regions/",
    "region": "regions/410000/",
    "office": OFFICE,
    "office of the 2019 form": "offices/640323001/",
    "source": f"{OFFICE}source/2021/",
    "measures": "measures/",
    "measure": "measures/refused-share/",
    "years": "years/",
    "year": "years/2021/",
    "quality": "quality/",
    "rules": "rules/",
    "rule": "rules/row-total-mismatch/",
    "terms": "terms/",
    "compare": "compare/",
    "data": "data/",
    "dictionary": "data/dictionary/",
    "changes": "data/changes/",
    "method": "method/",
    "contribute": "contribute/",
    "about": "about/",
    "search": "search/?q=政府信息公开",
    "not found": "404.html",
}
PHONE: Size = {"width": 360, "height": 740}
NARROWEST = 320
"""Pixels: a window of 1280 at 400 %."""
DESKTOP: Size = {"width": 1280, "height": 800}
LOOKS: tuple[tuple[str, Size, Literal["light", "dark"]], ...] = (
    ("phone", PHONE, "light"),
    ("desktop", DESKTOP, "dark"),
)
"""Both sizes and both schemes, with which every kind of page is looked at."""


@dataclass(slots=True)
class Visit:
    """A page, and what happened on it: addresses asked for, complaints on the console."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def _listening(page: Page) -> Visit:
    visit = Visit(page)
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("console", lambda message: visit.complaints.append(message.text))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    return visit


@pytest.fixture
def visit(windows: Windows) -> Iterator[Visit]:
    with windows.open(viewport=PHONE, locale="zh-CN") as page:
        yield _listening(page)


def _open(page: Page, site: Site, path: str) -> None:
    page.goto(site.url + path)
    if path.startswith("search/"):
        expect(page.locator("#search-results li").first).to_be_visible()


@dataclass(slots=True)
class Seen:
    """What is found on a page that is looked at in both sizes and schemes; of things out of place, by look."""

    visit: Visit
    violations: dict[tuple[str, str, str], object] = field(default_factory=dict)
    too_wide: dict[str, object] = field(default_factory=dict)


OUTSIDE = """() => [...document.querySelectorAll("main *")]
  .filter((each) => !each.closest(".table-scroll, pre, .md-typeset table") && each.offsetParent
    && each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((each) => each.outerHTML.slice(0, 80))"""
"""What stands beyond the edge of the window though it is in no table."""


@pytest.fixture(scope="module", params=KINDS.values(), ids=KINDS)
def seen(request: pytest.FixtureRequest, windows: Windows, built_site: Site) -> Seen:
    """A page of each kind, opened once for each look, whatever the tests ask about it."""
    with windows.open(viewport=PHONE, locale="zh-CN") as page:
        found = Seen(_listening(page))
        for name, size, scheme in LOOKS:
            narrowest = NARROWEST if size == PHONE else size["width"]
            page.set_viewport_size({"width": narrowest, "height": size["height"]})
            page.emulate_media(color_scheme=scheme)
            _open(page, built_site, request.param)
            width = page.evaluate("document.documentElement.scrollWidth")
            outside = page.evaluate(OUTSIDE)
            if width > narrowest or outside:
                found.too_wide[name] = (width, outside)
            page.set_viewport_size(size)
            if request.param != KINDS["dictionary"]:  # whose thousand folded rows are alike, and take axe a minute
                page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            for violation in violations(page):
                nodes = [(node["html"][:120], node["failureSummary"][:200]) for node in violation["nodes"][:3]]
                found.violations[name, scheme, violation["id"]] = nodes
    return found


def test_a_page_asks_no_other_host_and_has_no_errors(built_site: Site, seen: Seen) -> None:
    assert len(seen.visit.requests) > len(LOOKS)
    assert [address for address in seen.visit.requests if not address.startswith(built_site.url)] == []
    assert seen.visit.complaints == []


def test_a_page_is_accessible_in_both_sizes_and_schemes(seen: Seen) -> None:
    assert seen.violations == {}


def test_only_tables_scroll_sideways(seen: Seen) -> None:
    assert seen.too_wide == {}


@pytest.fixture(scope="module")
def plain_window(windows: Windows) -> Iterator[Page]:
    """A window on a phone that runs no scripts, in which one page is opened after the other."""
    with windows.open(viewport=PHONE, locale="zh-CN", java_script_enabled=False) as page:
        yield page


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_every_page_leads_to_search_and_sections_without_scripts(
    built_site: Site, plain_window: Page, path: str
) -> None:
    plain_window.goto(built_site.url + path)
    header = plain_window.get_by_role("banner")
    expect(header.get_by_role("link", name="搜索", exact=True)).to_be_in_viewport()
    for name in ("首页", "地区", "年份", "指标", "比较", "数据质量", "开放数据", "参与"):
        expect(header.get_by_role("link", name=name, exact=True)).to_be_in_viewport()
    footer = plain_window.get_by_role("contentinfo")
    for name in ("术语", "方法", "关于", "搜索", "报告错误"):
        expect(footer.get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(plain_window.get_by_role("heading", level=1)).to_have_count(1)
    expect(plain_window.get_by_role("button", name="改用")).to_have_count(0)


def test_an_office_can_be_read_without_scripts(built_site: Site, plain_phone: Page) -> None:
    plain_phone.goto(built_site.url + OFFICE)
    plain_phone.locator(".figure").first.click()
    assert re.search(r"/source/2021/#L\d+$", plain_phone.url)
    expect(plain_phone.locator("li:target")).to_be_in_viewport()


def test_the_search_page_says_what_to_do_without_scripts(built_site: Site, plain_phone: Page) -> None:
    plain_phone.goto(f"{built_site.url}search/?q=公开")
    expect(plain_phone.locator("noscript p")).to_be_visible()
    plain_phone.locator("noscript a", has_text="按地区查找机关").click()
    expect(plain_phone).to_have_url(f"{built_site.url}regions/")


def test_a_word_from_the_middle_of_a_sentence_is_found_by_keyboard_alone(built_site: Site, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{built_site.url}years/")
    page.get_by_role("banner").get_by_role("link", name="搜索", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("searchbox").focus()
    page.keyboard.type(MID_SENTENCE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(f"“{MID_SENTENCE}”：找到 1 个页面。")
    expect(page.locator("#search-results mark").first).to_have_text(MID_SENTENCE)
    page.get_by_role("searchbox").focus()
    for _ in ("button", "filters", "result"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(built_site.url + OFFICE)


def test_a_search_has_an_address_and_the_way_back_works(built_site: Site, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{built_site.url}search/")
    for words in ("行政复议", "尚店镇"):
        page.get_by_role("searchbox").fill(words)
        page.get_by_role("button", name="搜索").click()
        expect(page.get_by_role("status")).to_contain_text(f"“{words}”：找到")
    assert page.title().startswith("尚店镇：搜索")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("行政复议")
    expect(page.get_by_role("status")).to_contain_text("“行政复议”：找到")
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("“行政复议”：找到")


def test_a_name_leads_to_its_office_first(built_site: Site, visit: Visit) -> None:
    visit.page.goto(f"{built_site.url}search/?q=尚店镇人民政府")
    expect(visit.page.locator("#search-results a").first).to_have_attribute("href", f"/{OFFICE}")


def test_offices_come_before_the_rules_that_speak_about_everything(built_site: Site, visit: Visit) -> None:
    visit.page.goto(f"{built_site.url}search/?q=政府信息公开")
    expect(visit.page.locator("#search-results li")).to_have_count(10)
    links = visit.page.locator("#search-results h3 a").evaluate_all(
        "all => all.map((each) => each.getAttribute('href'))"
    )
    assert [link.split("/")[1] for link in links][:8] == [*["offices"] * 5, "about", "terms", "rules"]


def test_home_searches(built_site: Site, visit: Visit) -> None:
    visit.page.goto(built_site.url)
    visit.page.get_by_role("searchbox", name="查机关，查报告里的任何一句话").fill(MID_SENTENCE)
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("status")).to_have_text(f"“{MID_SENTENCE}”：找到 1 个页面。")


def test_home_s_search_says_what_to_do_without_scripts(built_site: Site, plain_phone: Page) -> None:
    plain_phone.goto(built_site.url)
    plain_phone.get_by_role("searchbox").fill("公开")
    plain_phone.get_by_role("main").get_by_role("button", name="搜索").click()
    expect(plain_phone.locator("noscript p")).to_be_visible()


def test_digits_of_a_column_stand_below_each_other_whatever_marks_stand_beside_them(
    built_site: Site, visit: Visit
) -> None:
    for size in (PHONE, DESKTOP):
        visit.page.set_viewport_size(size)
        for path in (OFFICE, "years/2021/"):
            visit.page.goto(built_site.url + path)
            edges = visit.page.locator("table").evaluate_all(
                """tables => tables.flatMap((table) => {
                  const right = (each) => each.getBoundingClientRect().right;
                  const cells = [...table.querySelectorAll("td.number:has(.figure)")];
                  const columns = Map.groupBy(cells, (cell) => cell.cellIndex);
                  const ends = (column) => column.map((cell) =>
                    Math.round(right(cell) - right(cell.querySelector(".figure"))));
                  return [...columns.values()].map((column) => new Set(ends(column)).size);
                })"""
            )
            assert set(edges) == {1}, (path, size)


def test_the_mark_of_a_figure_in_a_marked_row_shows_for_keyboard_and_pointer(built_site: Site, visit: Visit) -> None:
    visit.page.set_viewport_size(DESKTOP)
    visit.page.goto(built_site.url + OFFICE)
    quiet = visit.page.locator(".mark-quiet").first
    clip = "each => getComputedStyle(each).clipPath"
    assert quiet.evaluate(clip) == "inset(50%)"
    visit.page.locator("td:has(.mark-quiet)").first.hover()
    assert quiet.evaluate(clip) == "none"
    assert re.fullmatch(r"#y2021-proof-requests-granted-\d", quiet.get_attribute("href") or "")
    quiet.click()
    expect(visit.page.get_by_role("dialog").get_by_role("heading", name="证明")).to_be_visible()


def test_contents_stand_below_the_title_on_a_phone_and_beside_the_text_where_there_is_room(
    built_site: Site, visit: Visit
) -> None:
    visit.page.goto(built_site.url + OFFICE)
    title, contents, facts = (visit.page.locator(each) for each in ("h1", ".page-contents", ".facts"))
    assert _box(title).y < _box(contents).y < _box(facts).y
    visit.page.set_viewport_size(DESKTOP)
    assert _box(contents).x > _box(facts).x + _box(facts).width


class Box(NamedTuple):
    """Where an element stands in the window, in pixels."""

    x: float
    y: float
    width: float


def _box(element: Locator) -> Box:
    found = element.bounding_box()
    assert found is not None
    return Box(found["x"], found["y"], found["width"])


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", ""),
        ("？！", "请输入汉字、字母或数字。"),
        ("<b>鬯</b>", "“<b>鬯</b>”：没有找到。可以换一个说法，或者只输入其中两三个字。"),
    ],
)
def test_searches_that_find_nothing_say_so(built_site: Site, visit: Visit, query: str, said: str) -> None:
    visit.page.goto(f"{built_site.url}search/")
    visit.page.get_by_role("searchbox").fill(query)
    visit.page.get_by_role("button", name="搜索").click()
    expect(visit.page.get_by_role("status")).to_have_text(said)
    expect(visit.page.locator("#search-results li")).to_have_count(0)


def test_a_missing_index_is_admitted(built_site: Site, visit: Visit) -> None:
    visit.page.route("**/search/texts/**", lambda route: route.abort())
    visit.page.goto(f"{built_site.url}search/?q=公开")
    expect(visit.page.get_by_role("status")).to_contain_text("搜索暂时不能用")


def test_long_lists_of_results_come_in_steps(built_site: Site, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{built_site.url}search/?q=的")
    expect(page.locator("#search-results li")).to_have_count(10)
    page.get_by_role("button", name="显示更多").click()
    expect(page.locator("#search-results li").nth(10).locator("h3 a")).to_be_focused()


def test_the_page_not_found_searches(built_site: Site, visit: Visit) -> None:
    visit.page.goto(f"{built_site.url}404.html")
    visit.page.get_by_role("searchbox").fill("尚店镇")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("status")).to_contain_text("“尚店镇”：找到")


def test_the_choice_of_light_or_dark_is_remembered(built_site: Site, visit: Visit) -> None:
    page = visit.page
    page.goto(built_site.url)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="改用深色显示").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.goto(built_site.url + OFFICE)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    page.get_by_role("button", name="改用浅色显示").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light


def test_row_and_column_names_stay_in_sight_on_a_phone(built_site: Site, visit: Visit) -> None:
    visit.page.goto(built_site.url + OFFICE)
    moved = visit.page.evaluate(
        """() => {
          const table = [...document.querySelectorAll(".table-form")].sort((a, b) => b.rows.length - a.rows.length)[0];
          const box = table.closest(".table-scroll");
          const row = table.tBodies[table.tBodies.length - 1].querySelector("th[scope=row]");
          const column = table.tHead.querySelector("th:last-child");
          box.scrollIntoView();
          const place = () => [row.getBoundingClientRect().left, column.getBoundingClientRect().top];
          box.scrollTo(0, 200);
          const before = place();
          box.scrollTo(400, 500);
          const [row_now, column_now] = place();
          const names = { row: row_now - before[0], column: column_now - before[1] };
          return { sideways: box.scrollLeft, down: box.scrollTop, ...names };
        }"""
    )
    assert moved["sideways"] > 0
    assert moved["down"] > 200
    assert (moved["row"], moved["column"]) == (0, 0)


def test_a_printed_page_leaves_the_menus_out(built_site: Site, visit: Visit) -> None:
    visit.page.goto(built_site.url + OFFICE)
    visit.page.emulate_media(media="print")
    expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
    expect(visit.page.locator(".site-nav")).to_be_hidden()
    expect(visit.page.locator(".page-contents")).to_be_hidden()


def test_no_page_has_inline_scripts_or_styles(built_site: Site) -> None:
    pages = list(built_site.folder.rglob("*.html"))
    script = r'<script(?![^>]*\ssrc=)(?! type="application/ld\+json">)'  # a data block is no script
    inline = re.compile(rf"{script}|<style|<[^>]+\s(?:style|on[a-z]+)=", re.IGNORECASE)
    assert len(pages) > len(KINDS)
    found = {page.name: match[0] for page in pages if (match := inline.search(page.read_text(encoding="utf-8")))}
    assert found == {}
