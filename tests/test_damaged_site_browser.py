"""A large site of damaged reports, as a reader meets it: every status, missing years, long names, huge numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from accessibility import violations
from conftest import Site
from disclosure.model import Status
from playwright.sync_api import Page
from test_theme_browser import LOOKS

pytestmark = pytest.mark.browser

KINDS = {
    "region": "regions/*/index.html",
    "office": "offices/*/index.html",
    "measure": "measures/granted-share/index.html",
    "quality": "quality/index.html",
}
"""Kinds of pages by where they stand; of several, the largest is looked at."""


def _largest(site: Site, pattern: str) -> str:
    files = sorted(site.folder.glob(pattern), key=lambda path: (path.stat().st_size, path))
    assert files, pattern
    return files[-1].parent.relative_to(site.folder).as_posix() + "/"


@pytest.mark.parametrize("pattern", KINDS.values(), ids=KINDS)
def test_a_page_is_accessible_in_both_sizes_and_schemes(damaged_site: Site, phone: Page, pattern: str) -> None:
    found = {}
    complaints: list[str] = []
    phone.on("console", lambda message: complaints.append(message.text))
    for name, size, scheme in LOOKS:
        phone.set_viewport_size(size)
        phone.emulate_media(color_scheme=scheme)
        phone.goto(damaged_site.url + _largest(damaged_site, pattern))
        phone.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        for violation in violations(phone):
            nodes = [(node["html"][:120], node["failureSummary"][:200]) for node in violation["nodes"][:3]]
            found[name, scheme, violation["id"]] = nodes
    assert found == {}
    assert complaints == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("pattern", KINDS.values(), ids=KINDS)
def test_only_tables_and_charts_scroll_sideways(damaged_site: Site, phone: Page, pattern: str, width: int) -> None:
    phone.set_viewport_size({"width": width, "height": 740})
    phone.goto(damaged_site.url + _largest(damaged_site, pattern))
    assert phone.evaluate("document.documentElement.scrollWidth") <= width


def test_the_site_shows_every_status_and_every_state_of_a_report(damaged_site: Site) -> None:
    quality = (damaged_site.folder / "quality/index.html").read_text(encoding="utf-8")
    for sign in "●◎◇○":
        assert f'aria-hidden="true">{sign}</span>' in quality, sign
    offices = [path.read_text(encoding="utf-8") for path in Path(damaged_site.folder / "offices").rglob("index.html")]
    for status in set(Status) - {Status.PRINTED}:
        assert any(f'class="mark mark-{status.value}"' in office for office in offices), status
