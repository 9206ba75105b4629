"""How the site is shown: 长者模式, print, the way to moved reports, and what the network has to carry."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urlsplit

import pytest
from conftest import Site
from playwright.sync_api import Page, expect
from test_theme_browser import DESKTOP, KINDS, OFFICE, PHONE

pytestmark = pytest.mark.browser

SMALLEST_TEXT, SMALLEST_TARGET = 18, 60
"""Pixels, as the ministry's guide for services for the elderly has them."""
A4_CROSSWISE = {"width": 986, "height": 657}
"""What of a page is printed on, in pixels, without its margins."""
FIRST_VISIT, FURTHER_PAGE = 60_000, 15_000


def _enlarge(phone: Page, site: Site) -> None:
    phone.goto(site.url)
    phone.get_by_role("button", name="长者模式").click()


def _large(phone: Page) -> str | None:
    return phone.get_by_role("button", name="长者模式").get_attribute("aria-pressed")


def test_the_mode_for_the_elderly_is_remembered_from_page_to_page_and_can_be_left(
    built_site: Site, phone: Page
) -> None:
    _enlarge(phone, built_site)
    phone.goto(built_site.url + OFFICE)
    assert _large(phone) == "true"
    phone.get_by_role("button", name="长者模式").press("Enter")
    phone.reload()
    assert _large(phone) == "false"


@pytest.mark.parametrize(
    "kind", ["home", "region", "office", "source", "quality", "compare", "dictionary", "method", "search"]
)
def test_in_the_mode_for_the_elderly_all_text_is_large_and_only_tables_scroll_sideways(
    built_site: Site, phone: Page, kind: str
) -> None:
    _enlarge(phone, built_site)
    phone.goto(built_site.url + KINDS[kind])
    phone.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    small = phone.evaluate(
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
        phone.set_viewport_size({"width": width, "height": 740})
        assert phone.evaluate("document.documentElement.scrollWidth") <= width


def test_in_the_mode_for_the_elderly_buttons_and_fields_are_large(built_site: Site, phone: Page) -> None:
    _enlarge(phone, built_site)
    for path in ("", "search/", "compare/"):
        phone.goto(built_site.url + path)
        expect(phone.locator("main form").first).to_be_visible()  # the comparison has its own once its data are there
        heights = phone.evaluate(
            """() => {
              const all = document.querySelectorAll("button, input:not([type=checkbox]), select, .site-header__tool");
              const shown = [...all].filter((each) => each.checkVisibility());
              return shown.map((each) => [each.outerHTML.slice(0, 60), each.offsetHeight]);
            }"""
        )
        assert heights
        assert [one for one in heights if one[1] < SMALLEST_TARGET] == [], path


def test_choices_that_need_a_script_are_not_offered_without_one(built_site: Site, plain_phone: Page) -> None:
    plain_phone.goto(built_site.url)
    expect(plain_phone.get_by_role("banner").get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("path", ["regions/", "regions/130000/", "years/2021/"])
def test_no_column_of_a_table_across_offices_is_cut_off_in_print(damaged_site: Site, phone: Page, path: str) -> None:
    phone.set_viewport_size(A4_CROSSWISE)
    phone.goto(damaged_site.url + path)
    phone.emulate_media(media="print")
    rights = phone.evaluate(
        "[...document.querySelectorAll('.table-index')].map((each) => each.getBoundingClientRect().right)"
    )
    assert rights
    assert max(rights) <= A4_CROSSWISE["width"]


def test_who_was_sent_to_a_number_of_a_report_that_has_moved_comes_to_its_page(damaged_site: Site, phone: Page) -> None:
    phone.goto(f"{damaged_site.url}years/2021/")
    href = phone.locator('a[href*="/2021/#y2021-"]').first.get_attribute("href")
    assert href is not None
    moved = re.sub(r"2021/#", "#", href)
    phone.goto(f"{damaged_site.url}years/2021/{moved}")
    phone.wait_for_url(re.compile(r"/offices/[^/]+/2021/#y2021-"))
    expect(phone.locator(":target")).to_be_in_viewport()


def test_an_address_of_nothing_stays_where_it_is(built_site: Site, phone: Page) -> None:
    phone.goto(f"{built_site.url}{OFFICE}#y1999-report")
    phone.wait_for_timeout(300)
    assert phone.url.endswith(f"{OFFICE}#y1999-report")


class _Carried:
    """What a browser fetched from a site, compressed as a server sends it."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page, self.site = page, site
        self.seen: set[str] = set()
        self.asked: set[str] = set()
        page.on("request", lambda request: self.asked.add(urlsplit(request.url).path))

    def opening(self, path: str, *, wait: bool = False) -> int:
        """Bytes that opening this page carries beyond what the browser has already.

        Whoever does not ``wait`` until nothing more comes finds what comes late with the next page.
        """
        self.page.goto(self.site.url + path)
        if wait:
            self.page.wait_for_load_state("networkidle")
        new = self.asked - self.seen
        self.seen |= new
        files = [self.site.folder / name.lstrip("/") for name in sorted(new)]
        return sum(len(gzip.compress((one / "index.html" if one.is_dir() else one).read_bytes(), 6)) for one in files)


@pytest.mark.parametrize("site", ["built_site", "damaged_site"])
def test_a_page_of_an_office_is_light(request: pytest.FixtureRequest, phone: Page, site: str) -> None:
    made: Site = request.getfixturevalue(site)
    offices = sorted(path.name for path in (made.folder / "offices").iterdir())
    assert len(offices) > 4
    carried = _Carried(phone, made)
    first, *further = (
        carried.opening(f"offices/{office}/", wait=office in {offices[0], offices[-1]}) for office in offices
    )
    assert first <= FIRST_VISIT
    assert max(further) <= FURTHER_PAGE
