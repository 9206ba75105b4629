"""The windows that browser tests share a device in: nobody finds what another one has left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import served
from playwright.sync_api import Page
from windows import Windows

pytestmark = pytest.mark.browser

LEFT = """async () => [
  localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length,
  (await caches.keys()).length, (await navigator.permissions.query({ name: "geolocation" })).state, window.name]"""
LEAVE = """async () => {
  localStorage.left = sessionStorage.left = window.name = "x";
  document.cookie = "left=x; max-age=1000";
  await new Promise((resolve) => { indexedDB.open("left").onsuccess = resolve; });
  await caches.open("left");
  window.open("/");
}"""
NOTHING = [0, 0, "", 0, 0, "prompt", ""]
EVERYTHING = [1, 1, "left=x", 1, 1, "granted", "x"]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("empty")
    (folder / "index.html").write_text(
        '<!doctype html><title>x</title><link rel="icon" href="data:,">', encoding="utf-8"
    )
    for site in served(folder):
        yield site.url


def left(page: Page, url: str) -> list[object]:
    page.goto(url)
    found: list[object] = page.evaluate(LEFT)
    return found


def test_a_window_knows_nothing_of_the_one_before_on_the_same_device(windows: Windows, url: str) -> None:
    with windows.open(locale="zh-CN") as first:
        assert left(first, url) == NOTHING
        first.context.grant_permissions(["geolocation"])
        first.evaluate(LEAVE)
        assert left(first, url) == EVERYTHING
        device = first.context
    with windows.open(locale="zh-CN") as second:
        assert second.context is device
        assert [page.url for page in device.pages] == ["about:blank"] * 2
        assert left(second, url) == NOTHING


def test_two_windows_at_a_time_are_on_two_devices(windows: Windows, url: str) -> None:
    with windows.open(locale="zh-CN") as first, windows.open(locale="zh-CN") as second:
        left(first, url)
        first.evaluate(LEAVE)
        assert left(second, url) == NOTHING


def test_another_kind_of_device_is_another_device(windows: Windows) -> None:
    with windows.open(locale="zh-CN") as first, windows.open(locale="zh-CN", java_script_enabled=False) as second:
        assert first.context is not second.context


def test_what_was_fetched_once_is_fetched_again(windows: Windows, url: str) -> None:
    for _ in range(2):
        with windows.open(locale="zh-CN") as page:
            answer = page.goto(url)
            assert answer is not None
            assert answer.headers["cache-control"] == "no-store"
            assert answer.request.sizes()["responseBodySize"] > 0
