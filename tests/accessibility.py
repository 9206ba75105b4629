"""What axe finds wrong with a page."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_OPTIONS = {
    "resultTypes": ["violations"],  # to describe all that is right takes as long as to find what is wrong
    "rules": {"target-size": {"enabled": True}},  # of WCAG 2.2, left out unless it is asked for
}


def violations(page: Page, within: str | None = None) -> list[dict[str, Any]]:
    """The violations on a page as it is shown now, or in one part of it, each with its ``id`` and its ``nodes``."""
    found: list[dict[str, Any]] = Axe().run(page, within, options=_OPTIONS).response["violations"]
    return found
