"""Wide tables on a phone, and the page of terms as the links of their names find it."""

from __future__ import annotations

import pytest
from conftest import Site
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OFFICE = "offices/410481100/"


@pytest.fixture
def page(plain_phone: Page) -> Page:
    """A page on a phone that runs no scripts of its own."""
    return plain_phone


@pytest.mark.parametrize("sideways", [0, 70, 1000])
def test_totals_stay_at_the_edge_with_their_name_above_them(built_site: Site, page: Page, sideways: int) -> None:
    page.goto(built_site.url + OFFICE)
    box = page.locator(".table-scroll:has(#y2021-requests-granted)")
    box.evaluate("(each, to) => { each.scrollIntoView(); each.scrollTo(to, 120); }", sideways)
    seen = box.evaluate(
        """each => {
          const edge = each.getBoundingClientRect();
          const rows = [each.querySelector("thead tr"), each.querySelector("#y2021-requests-granted")];
          return rows.map((row) => {
            const { top, height } = row.lastElementChild.getBoundingClientRect();
            const at = (x) => document.elementFromPoint(x, top + height / 2).closest("th, td");
            return [at(edge.right - 8) === row.lastElementChild, at(edge.left + 8) === row.firstElementChild,
              Math.round(edge.right - row.lastElementChild.getBoundingClientRect().right)];
          });
        }"""
    )
    assert seen == [[True, True, 0], [True, True, 0]]


def test_a_table_without_totals_holds_nothing_at_its_edge(built_site: Site, page: Page) -> None:
    page.goto(built_site.url + OFFICE)
    held = page.locator("#y2021-proactive td:last-child").first.evaluate("each => getComputedStyle(each).position")
    assert held == "relative"


def test_a_long_caption_stays_in_sight_while_its_table_moves(built_site: Site, page: Page) -> None:
    page.goto(f"{built_site.url}years/2021/")
    box = page.locator(".table-scroll").first
    box.evaluate("each => each.scrollTo(300, 0)")
    assert box.evaluate("each => each.scrollLeft") == 300
    left, right, edge = box.evaluate(
        """each => { const { left, right } = each.querySelector("caption").getBoundingClientRect();
          return [left, right, each.getBoundingClientRect().right]; }"""
    )
    assert left == 20
    assert right <= edge


def test_a_name_leads_to_an_entry_that_stands_out_and_back_to_the_list(built_site: Site, page: Page) -> None:
    page.goto(built_site.url + OFFICE)
    page.locator("#y2021-requests-refused-third-party .term").click()
    assert page.url == f"{built_site.url}terms/#requests-refused_third_party"
    entry = page.locator(".entry:has(:target)")
    expect(entry).to_be_in_viewport(ratio=1)
    ground = "each => getComputedStyle(each).backgroundColor"
    assert entry.evaluate(ground) != page.locator(".entry").first.evaluate(ground)
    page.get_by_role("link", name="予以公开", exact=True).first.click()
    expect(page.locator(".entry:has(:target)")).to_contain_text("第三十六条第（二）项")
    page.get_by_role("link", name="回到本页开头").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
