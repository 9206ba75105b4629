"""The browser of the browser tests: the system's Chromium, found or, where that is allowed, installed."""

from __future__ import annotations

import os
import shutil

from disclosure.workshop.system import install, may_install

_SHELL = "chromium-headless-shell"
"""The same engine without windows: a context in it costs a quarter, a page two thirds."""
_NAMES = (
    _SHELL,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""What it is started with: no window, and no request that the site did not ask for."""

MISSING = (
    "没有找到 Chromium，浏览器测试将被跳过。装好后再运行即可（例如 apt-get install chromium），"
    "也可用环境变量 CHROMIUM 指出它的位置。"
)


def find() -> str | None:
    """Return the path of a Chromium (``$CHROMIUM``, where it is set, and no other), or None."""
    chosen = os.environ.get("CHROMIUM")
    return next((path for name in ([chosen] if chosen else _NAMES) if (path := shutil.which(name))), None)


def provide() -> str | None:
    """Return the path of a Chromium, after installing Debian's if we may; None with a sentence if there is none."""
    if _wants_shell() and may_install():
        install("Chromium", [_SHELL])
        if find() is None:  # an older Debian has no such package
            install("Chromium", ["chromium"])
    path = find()
    if path is None:
        print(MISSING, flush=True)
    return path


def _wants_shell() -> bool:
    return not os.environ.get("CHROMIUM") and shutil.which(_SHELL) is None
