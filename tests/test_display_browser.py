"""How the site is shown: 长者模式, print, the way to moved reports, and what the network has to carry."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from conftest import Site
from playwright.sync_api import Browser, Page, expect
from test_theme_browser import DESKTOP, KINDS, OFFICE, PHONE

pytestmark = pytest.mark.browser

SMALLEST_TEXT, SMALLEST_TARGET = 18, 60
"""Pixels, as the ministry's guide for services for the elderly has them."""
A4_CROSSWISE = {"width": 986, "height": 657}
"""What of a page is printed on, in pixels, without its margins."""
FIRST_VISIT, FURTHER_PAGE = 60_000, 15_000


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    yield context.new_page()
    context.close()


def _enlarge(page: Page, site: Site) -> None:
    page.goto(site.url)
    page.get_by_role("button", name="长者模式").click()


def _large(page: Page) -> str | None:
    return page.get_by_role("button", name="长者模式").get_attribute("aria-pressed")


def test_the_mode_for_the_elderly_is_remembered_from_page_to_page_and_can_be_left(built_site: Site, page: Page) -> None:
    _enlarge(page, built_site)
    page.goto(built_site.url + OFFICE)
    assert _large(page) == "true"
    page.get_by_role("button", name="长者模式").press("Enter")
    page.reload()
    assert _large(page) == "false"


@pytest.mark.parametrize(
    "kind", ["home", "region", "office", "source", "quality", "compare", "dictionary", "method", "search"]
)
def test_in_the_mode_for_the_elderly_all_text_is_large_and_only_tables_scroll_sideways(
    built_site: Site, page: Page, kind: str
) -> None:
    _enlarge(page, built_site)
    page.goto(built_site.url + KINDS[kind])
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    small = page.evaluate(
        """smallest => {
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const found = [];
          while (texts.nextNode()) {
            const { parentElement: element } = texts.currentNode;
            const size = parseFloat(getComputedStyle(element).fontSize);
            // A chart is drawn smaller, and its table says the same.
            const shown = element.checkVisibility() && !element.closest("svg, noscript");
            const told = [element.outerHTML.slice(0, 80), size];
            if (texts.currentNode.data.trim() && shown && size < smallest) found.push(told);
          }
          return found;
        }""",
        SMALLEST_TEXT,
    )
    assert small == []
    for width in (PHONE["width"], DESKTOP["width"]):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_in_the_mode_for_the_elderly_buttons_and_fields_are_large(built_site: Site, page: Page) -> None:
    _enlarge(page, built_site)
    for path in ("", "search/", "compare/"):
        page.goto(built_site.url + path)
        page.wait_for_timeout(300)
        heights = page.evaluate(
            """() => {
              const all = document.querySelectorAll("button, input:not([type=checkbox]), select, .site-header__tool");
              const shown = [...all].filter((each) => each.checkVisibility());
              return shown.map((each) => [each.outerHTML.slice(0, 60), each.offsetHeight]);
            }"""
        )
        assert heights
        assert [one for one in heights if one[1] < SMALLEST_TARGET] == [], path


def test_choices_that_need_a_script_are_not_offered_without_one(built_site: Site, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(built_site.url)
    expect(page.get_by_role("banner").get_by_role("button")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("path", ["regions/", "regions/130000/", "years/2021/"])
def test_no_column_of_a_table_across_offices_is_cut_off_in_print(damaged_site: Site, page: Page, path: str) -> None:
    page.set_viewport_size(A4_CROSSWISE)
    page.goto(damaged_site.url + path)
    page.emulate_media(media="print")
    rights = page.evaluate(
        "[...document.querySelectorAll('.table-index')].map((each) => each.getBoundingClientRect().right)"
    )
    assert rights
    assert max(rights) <= A4_CROSSWISE["width"]


def test_who_was_sent_to_a_number_of_a_report_that_has_moved_comes_to_its_page(damaged_site: Site, page: Page) -> None:
    page.goto(f"{damaged_site.url}years/2021/")
    href = page.locator('a[href*="/2021/#y2021-"]').first.get_attribute("href")
    assert href is not None
    moved = re.sub(r"2021/#", "#", href)
    page.goto(f"{damaged_site.url}years/2021/{moved}")
    page.wait_for_url(re.compile(r"/offices/[^/]+/2021/#y2021-"))
    expect(page.locator(":target")).to_be_in_viewport()


def test_an_address_of_nothing_stays_where_it_is(built_site: Site, page: Page) -> None:
    page.goto(f"{built_site.url}{OFFICE}#y1999-report")
    page.wait_for_timeout(300)
    assert page.url.endswith(f"{OFFICE}#y1999-report")


class _Carried:
    """What a browser fetched from a site, compressed as a server sends it."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page, self.site = page, site
        self.seen: set[str] = set()
        self.asked: set[str] = set()
        page.on("request", lambda request: self.asked.add(urlsplit(request.url).path))

    def opening(self, path: str) -> int:
        """Bytes that opening this page carries beyond what the browser has already."""
        self.asked.clear()
        self.page.goto(self.site.url + path)
        self.page.wait_for_load_state("networkidle")
        new = self.asked - self.seen
        self.seen |= new
        files = [self.site.folder / name.lstrip("/") for name in sorted(new)]
        return sum(len(gzip.compress((one / "index.html" if one.is_dir() else one).read_bytes(), 6)) for one in files)


@pytest.mark.parametrize("site", ["built_site", "damaged_site"])
def test_a_page_of_an_office_is_light(request: pytest.FixtureRequest, page: Page, site: str) -> None:
    made: Site = request.getfixturevalue(site)
    offices = sorted(path.name for path in (made.folder / "offices").iterdir())
    assert len(offices) > 4
    carried = _Carried(page, made)
    first, *further = (carried.opening(f"offices/{office}/") for office in offices)
    assert first <= FIRST_VISIT
    further.sort()
    assert further[len(further) * 9 // 10] <= FURTHER_PAGE
    # A page on which a whole table had to be proved, figure by figure, may be a little heavier.
    assert further[-1] <= FURTHER_PAGE * 1.2
