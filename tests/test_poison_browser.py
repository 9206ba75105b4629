"""The poisoned site in a real browser: nothing runs, nothing is asked of another host, and what scripts add is text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest
from conftest import Site
from playwright.sync_api import Browser, Page, expect
from poison import VECTORS
from poison_project import identifier

pytestmark = pytest.mark.browser

DETECTOR = """
window.seen = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = (...given) => { window.seen.push(`${name}(${given})`); };
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
  window.seen.push(`${violatedDirective} ${blockedURI}`);
});
window.before = Object.getOwnPropertyNames(window);
"""
"""Runs in every page before its own scripts."""
NEW_GLOBALS = "Object.getOwnPropertyNames(window).filter((name) => !window.before.includes(name) && name !== 'before')"
KINDS = (
    "", "regions/", "regions/410000/", "regions/418000/", "regions/418021/", "years/", "years/2021/", "measures/",
    "measures/refused-share/", "quality/", "rules/", "rules/row-total-mismatch/", "terms/", "data/", "data/changes/",
    "data/dictionary/", "search/", "compare/", "contribute/", "404.html",
)  # fmt: skip
"""A page of every kind but those of offices and of raw reports."""
PARTS = 4
"""Of the many pages of offices: processes that run tests take them in turn."""
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "__proto__",
    "\u202e甲",
)


@dataclass(slots=True)
class Watched:
    """A page with the detector in it, and everything that it ran, asked for or complained about."""

    page: Page
    site: Site
    heard: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.site.url + path)
        return self.page

    def complaints(self) -> list[str]:
        """What there is to complain about: on the page as it is now, and on all before it."""
        return [*self.heard, *self.page.evaluate(f"[...window.seen, ...{NEW_GLOBALS}]"), *self._frames()]

    def _frames(self) -> list[str]:
        return [frame.url for frame in self.page.frames[1:]]


def watched(browser: Browser, site: Site, *, bypass_csp: bool) -> Iterator[Watched]:
    context = browser.new_context(locale="zh-CN", bypass_csp=bypass_csp)
    context.add_init_script(DETECTOR)
    seen = Watched(context.new_page(), site)
    seen.page.on("console", lambda message: seen.heard.append(message.text))
    seen.page.on("pageerror", lambda error: seen.heard.append(str(error)))
    seen.page.on("dialog", lambda dialog: (seen.heard.append(dialog.message), dialog.dismiss()))
    seen.page.on("download", lambda download: seen.heard.append(download.url))
    seen.page.on("popup", lambda popup: seen.heard.append(popup.url))
    seen.page.on(
        "request", lambda asked: None if asked.url.startswith((site.url, "blob:")) else seen.heard.append(asked.url)
    )
    yield seen
    context.close()


@pytest.fixture
def strict(browser: Browser, poisoned_site: Site) -> Iterator[Watched]:
    """As readers have it: with the Content-Security-Policy of the pages."""
    yield from watched(browser, poisoned_site, bypass_csp=False)


@pytest.fixture
def lax(browser: Browser, poisoned_site: Site) -> Iterator[Watched]:
    """Without the policy, which would hide that a page holds what it should not."""
    yield from watched(browser, poisoned_site, bypass_csp=True)


def office_pages(site: Site) -> list[str]:
    """The page of every office, and its raw reports: of each the main one, of the first ones from every format."""
    found = sorted(path.parent for path in (site.folder / "offices").rglob("index.html"))
    own = (path for path in found if 'http-equiv="refresh"' not in (path / "index.html").read_text(encoding="utf-8"))
    return [
        f"{path.relative_to(site.folder).as_posix()}/" for path in own if path.name not in {"2021-txt", "2021-html"}
    ]


def test_the_detector_hears_what_runs(lax: Watched) -> None:
    """Without this, silence would prove nothing."""
    lax.go("terms/")
    lax.page.evaluate(
        """document.querySelector("main").innerHTML = "<iframe src='about:blank'></iframe><img src='//evil.example/'>"
          + "<img src=x onerror='alert(1); window.leaked = 1'>" """
    )
    lax.page.wait_for_function("window.seen.length > 0")
    found = " ".join(lax.complaints())
    assert re.search(r"evil\.example", found)
    for expected in ("alert(1)", "leaked", "about:blank"):
        assert expected in found


def test_the_policy_stops_what_a_page_should_never_hold(strict: Watched) -> None:
    strict.go("terms/")
    strict.page.evaluate("""document.querySelector("main").innerHTML = "<img src=x onerror='window.leaked = 1'>" """)
    strict.page.wait_for_function("window.seen.length > 0")
    assert "leaked" not in strict.page.evaluate(NEW_GLOBALS)
    assert "script-src-attr" in strict.page.evaluate("window.seen[0]")


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_runs_on_any_page_of_any_office(lax: Watched, part: int) -> None:
    paths = office_pages(lax.site)
    assert len(paths) > 2 * len(VECTORS)
    for path in paths[part::PARTS]:
        lax.go(path)
        assert (path, lax.complaints()) == (path, [])


def test_nothing_runs_on_the_other_kinds_of_pages(lax: Watched, strict: Watched) -> None:
    for path in KINDS:
        for watch in (lax, strict):
            watch.go(path)
            if path in {"search/", "compare/"}:
                watch.page.wait_for_load_state("networkidle")
            assert (path, watch.complaints()) == (path, [])


def test_the_panel_shows_vectors_as_text(lax: Watched) -> None:
    """In the raw line of a figure, in the signs of rows, in findings."""
    opened = 0
    for number in range(12):
        page = lax.go(f"offices/{identifier(number)}/")
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        for link in page.locator('article :is(a.figure[href*="#L"], a.mark, a.term)').all()[:5]:
            link.click()
            expect(page.locator(".panel h2")).not_to_have_text("正在读取……")
            opened += 1
        assert (number, lax.complaints()) == (number, [])
    assert opened > 20


def test_search_shows_vectors_as_text(lax: Watched) -> None:
    """In titles and excerpts; the query itself is one too."""
    for query in ("alert", "甲镇", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "本机关依法公开"):
        page = lax.go(f"search/?q={quote(query)}")
        expect(page.locator("#search-results li").first).to_be_visible()
        assert (query, lax.complaints()) == (query, [])
        assert page.locator("main :is(script:not([src]), iframe, object, img, svg, style)").count() == 0


def test_names_are_suggested_as_text(lax: Watched) -> None:
    page = lax.go("")
    page.locator("#search-query").press_sequentially("<img")
    expect(page.locator(".search-suggest a").first).to_be_visible()
    assert "<img" in page.locator(".search-suggest").inner_text()
    assert page.locator(".search-suggest img").count() == 0
    assert lax.complaints() == []


def test_the_comparison_shows_vectors_as_text(lax: Watched) -> None:
    """In names, in the menus of regions, and sorted, grouped and searched."""
    page = lax.go("compare/")
    page.wait_for_load_state("networkidle")
    shown = page.locator("#compare-table").inner_text()
    assert "<svg onload=alert(1)>" in shown
    assert page.locator("#compare-table :is(img, svg, script, iframe, form, style, base, object, details)").count() == 0
    for query in (
        "group=city",
        "group=county&sort=name",
        f"q={quote('<script')}",
        f"region=418000&pick={identifier(3)}",
    ):
        lax.go(f"compare/?{query}").wait_for_load_state("networkidle")
        assert (query, lax.complaints()) == (query, [])


def test_what_an_address_holds_is_never_markup(lax: Watched) -> None:
    for path in ("search/?q=", "search/?region=", "compare/?q=", "compare/?sort=", "compare/?", "#"):
        for text in HOSTILE:
            lax.go(path + quote(text, safe="=")).wait_for_load_state()
            lax.page.wait_for_timeout(100)
            assert (path, text, lax.complaints()) == (path, text, [])
