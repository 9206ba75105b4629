"""Windows of the browser for tests: each as good as one of a browser just started, at half the price.

A browser context of its own costs more processor time than most tests take with it: a test module keeps one for each
kind of device that its tests ask for. What one test could leave to the next in it goes: its pages, what they have
stored, cookies, permissions. Nothing is cached either, because the servers of the tests forbid it (``conftest.py``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page


class Windows:
    """The windows of a browser, for one module of tests."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._made: list[_Device] = []
        self._free: dict[str, list[_Device]] = defaultdict(list)

    @contextmanager
    def open(self, **options: Any) -> Iterator[Page]:  # noqa: ANN401 - what ``Browser.new_context`` takes
        """A new page on a device with these options of ``Browser.new_context``, on which nobody has been before."""
        free = self._free[repr(sorted(options.items()))]
        if not free:
            free.append(_Device(self._browser.new_context(**options)))
            self._made.append(free[-1])
        device = free.pop()  # while it is in use, whoever asks for one like it gets another
        yield device.context.new_page()
        device.forget()
        free.append(device)

    def close(self) -> None:
        """Close everything."""
        for device in self._made:
            device.context.close()


class _Device:
    """A context, and an empty page of it through which all others are forgotten."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self._empty = context.new_page()
        self._session: CDPSession = context.new_cdp_session(self._empty)

    def forget(self) -> None:
        for page in self.context.pages:
            if page != self._empty:
                page.close()
        self._session.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
        self.context.clear_permissions()
