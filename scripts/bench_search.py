#!/usr/bin/env python3
"""Measure how many bytes a search takes on a built site, in a browser that has never been there."""

from __future__ import annotations

import argparse
import gzip
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from lib.own_environment import ROOT, use_own_environment

use_own_environment()

from disclosure.bench.search import Query, Weighed, lines, queries  # noqa: E402 - importable only from here on
from disclosure.errors import DisclosureError  # noqa: E402
from disclosure.progress import Progress  # noqa: E402
from disclosure.workshop import chromium  # noqa: E402
from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402

COMPRESSED = {".html", ".js", ".json", ".css", ".svg"}
"""What a server compresses; the files of the index are compressed already."""
PATIENCE = 60_000


class _Recording(SimpleHTTPRequestHandler):
    """Writes down what it is asked for."""

    asked: list[str]

    def __init__(self, asked: list[str], *arguments: object, directory: Path) -> None:
        self.asked = asked
        super().__init__(*arguments, directory=str(directory))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer as it would, too."""
        self.asked.append(urlsplit(self.path).path.lstrip("/"))
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def on_the_way(file: Path) -> int:
    """The bytes of a file as a server sends it."""
    content = file.read_bytes() if file.is_file() else b""
    return len(gzip.compress(content, 6)) if file.suffix in COMPRESSED else len(content)


def weigh(browser: Browser, url: str, site: Path, asked: list[str], pair: tuple[Query, Query]) -> Weighed:
    """Look for both of a pair, one behind the other, as somebody who has never been there."""

    def taken(page: Page, query: Query) -> int:
        expect(page.get_by_role("status")).to_contain_text(f"“{query.words}”：", timeout=PATIENCE)
        files = [site / one for one in asked]
        asked.clear()
        return sum(on_the_way(file / "index.html" if file.is_dir() else file) for file in files)

    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")
    page = context.new_page()
    asked.clear()
    first, further = pair
    choice = {"region": first.province} if first.province else {}
    page.goto(f"{url}search/?{urlencode({'q': first.words, **choice})}")
    before = taken(page, first)
    page.get_by_role("main").get_by_role("searchbox").fill(further.words)
    page.keyboard.press("Enter")
    after = taken(page, further)
    context.close()
    return Weighed(first, before, after)


def main() -> None:
    """Measure, then print a table."""
    parser = argparse.ArgumentParser(description="测量在已生成的网站里搜索一次要取多少字节。不改动任何文件。")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="已生成的网站（默认 site）")
    parser.add_argument("--queries", type=int, default=10, metavar="N", help="每类查几次（默认 10）")
    arguments = parser.parse_args()
    path = chromium.find()
    if path is None or not (arguments.site / "search" / "texts.json").is_file():
        sys.exit(chromium.MISSING if path is None else "没有找到已生成的网站：先运行 scripts/build。")
    asked: list[str] = []
    try:
        pairs = list(queries(arguments.site, arguments.queries))
    except DisclosureError as error:
        sys.exit(str(error))
    handler = partial(_Recording, asked, directory=arguments.site)
    with sync_playwright() as playwright, ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        url = f"http://127.0.0.1:{server.server_port}/"
        told = Progress(len(pairs), "搜索", lines=True)
        weighed = [weigh(browser, url, arguments.site, asked, pair) for pair in told.over(pairs)]
        browser.close()
        server.shutdown()
    print("\n".join(lines(weighed)))


if __name__ == "__main__":
    main()
