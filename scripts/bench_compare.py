#!/usr/bin/env python3
"""Measure the page that compares offices in a browser that is slowed down, with invented collections of any size."""

from __future__ import annotations

import argparse
import gzip
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from lib.own_environment import ROOT, use_own_environment

use_own_environment()

from disclosure.api.compare import write_compare  # noqa: E402 - importable only from here on
from disclosure.api.writer import Writer  # noqa: E402
from disclosure.bench.collection import invented_catalog  # noqa: E402
from disclosure.export.release import Release  # noqa: E402
from disclosure.render.urls import API_FILES  # noqa: E402
from disclosure.workshop import chromium  # noqa: E402
from disclosure.writing import Tree  # noqa: E402
from playwright.sync_api import Browser, Page, Response, ViewportSize, sync_playwright  # noqa: E402

YEARS = (2021, 2022, 2023)
PHONE: ViewportSize = {"width": 360, "height": 740}
QUERY = "?years=2023&measures=received,granted,refused,disclosed_share"

PROBE = """
const PATIENCE = 60000; // milliseconds; a step that changes nothing must not be waited for without end
const said = () => document.getElementById("compare-status"); // written when the table is drawn
const frame = () => new Promise((resolve) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = resolve;
  port2.postMessage(null);
}));
const changed = () => new Promise((resolve, reject) => {
  const late = setTimeout(() => reject(new Error("the table was not drawn anew")), PATIENCE);
  new MutationObserver((_, observer) => {
    if (said().textContent.startsWith("正在")) return;
    observer.disconnect();
    clearTimeout(late);
    resolve();
  }).observe(said(), { childList: true });
});
const idle = () => new Promise((resolve) => requestIdleCallback(resolve));
const last = (mark) => performance.getEntriesByName(mark).at(-1).startTime;
globalThis.timed = async (act) => {
  await idle();
  const done = changed();
  performance.mark("acted");
  act();
  await done;
  await frame();
  performance.mark("shown");
  return last("shown") - last("acted");
};
Response.prototype.json = async function () {
  const text = await this.text();
  performance.mark("arrived");
  return JSON.parse(text);
};
globalThis.loop = () => timed(() => {
  let sum = 0;
  for (let step = 0; step < 2e7; step += 1) sum = (sum * 31 + step) % 1000003;
  said().append(sum ? "" : " ");
});
document.addEventListener("DOMContentLoaded", async () => {
  await changed();
  await frame();
  performance.mark("shown");
  globalThis.opened = last("shown") - last("arrived");
});
"""
CLICK = "(selector) => timed(() => document.querySelector(selector).click())"
CHOOSE = """([name, value]) => timed(() => {
  const control = document.forms.compare.elements[name];
  control.value = value;
  control.dispatchEvent(new Event(name === "q" ? "input" : "change", { bubbles: true }));
})"""
OPEN = "open the page: data arrived"
STEPS: Mapping[str, tuple[str, Any]] = {
    "sort by a number": (CLICK, "[data-sort='received-2023']"),
    "sort by name, first time": (CLICK, "[data-sort='name']"),
    "type one character": (CHOOSE, ["q", "山"]),
    "type one more": (CHOOSE, ["q", "山 镇"]),
    "empty the name": (CHOOSE, ["q", ""]),
    "choose a province": (CHOOSE, ["province", "130000"]),
    "choose all provinces": (CHOOSE, ["province", ""]),
    "add a measure": (CLICK, "[name=measures][value=handled]"),
    "take it away": (CLICK, "[name=measures][value=handled]"),
    "add a year": (CLICK, "[name=years][value='2022']"),
    "group by county": (CHOOSE, ["group", "county"]),
    "group by province": (CHOOSE, ["group", "province"]),
}
REFERENCE = "for comparison: 20 million steps of a loop"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Trace:
    """Processor time of a page's main thread, in which other work on the machine does not count."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session = page.context.new_cdp_session(page)
        self._events: list[dict[str, Any]] = []
        self._whole = False
        self._session.on("Tracing.dataCollected", lambda told: self._events.extend(told["value"]))
        self._session.on("Tracing.tracingComplete", lambda _: setattr(self, "_whole", True))

    def of(self, act: Callable[[], float]) -> float:
        """Milliseconds of processor time from what ``act`` does, or from the arrival of the data, until it is shown."""
        self._events, self._whole = [], False
        traced = {"transferMode": "ReportEvents", "traceConfig": {"includedCategories": ["blink.user_timing"]}}
        self._session.send("Tracing.start", traced)
        act()
        self._session.send("Tracing.end")
        while not self._whole:
            self._page.wait_for_timeout(20)
        spent = {event["name"]: event["tts"] for event in self._events if "tts" in event}  # of several marks, the last
        return float(spent["shown"] - spent["acted" if "acted" in spent else "arrived"]) / 1000


def opened(page: Page, url: str) -> float:
    """Open the page; the milliseconds from the arrival of the data until the table stands on the screen."""
    page.goto(f"{url}compare/{QUERY}")
    page.wait_for_function("globalThis.opened")
    return float(page.evaluate("opened"))


def used(page: Page, url: str, time: Callable[[Callable[[], float]], float]) -> dict[str, float]:
    """Open the page, use it, and say of each step what ``time`` says of it."""
    steps = {name: partial(page.evaluate, program, argument) for name, (program, argument) in STEPS.items()}
    everything = {OPEN: partial(opened, page, url), **steps, REFERENCE: partial(page.evaluate, "loop()")}
    return {name: time(act) for name, act in everything.items()}


def visit(browser: Browser, rate: int, use: Callable[[Page], Any]) -> Any:  # noqa: ANN401 - what ``use`` gives
    """Use a new page on a phone that is ``rate`` times as slow as this machine."""
    # The policy of the pages lets nobody evaluate text, which is how Playwright waits.
    context = browser.new_context(viewport=PHONE, locale="zh-CN", has_touch=True, bypass_csp=True)
    context.add_init_script(PROBE)
    page = context.new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
    result = use(page)
    context.close()
    return result


def weighed(page: Page, url: str) -> tuple[int, int, int]:
    """Requests of a first visit, their bytes, and their bytes as a server sends them."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks what it is given
    page.goto(f"{url}compare/")
    page.wait_for_function("globalThis.opened")
    page.wait_for_load_state("networkidle")
    bodies = [answer.body() for answer in answers]
    return len(bodies), sum(map(len, bodies)), sum(len(gzip.compress(body, 6)) for body in bodies)


def serve(site: Path, folder: Path, offices: int) -> Iterator[str]:
    """Serve the page of a built site with an invented collection."""
    for name in ("compare", "assets"):
        shutil.copytree(site / name, folder / name)
    writer = Writer(Release(date(2026, 1, 1), "0" * 64, ""), Tree(folder / API_FILES))
    write_compare(writer, invented_catalog(offices, YEARS))
    largest = max((folder / API_FILES / path).stat().st_size for path in writer.written)
    print(f"\n{offices:,} offices, {len(writer.written)} documents, the largest {largest / 1000:,.0f} KB", flush=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def table(browser: Browser, url: str, rates: list[int], runs: int) -> Iterator[str]:
    """The best of several visits, as a Markdown table."""
    count, raw, sent = visit(browser, 1, lambda page: weighed(page, url))
    yield f"first visit: {count} requests, {raw / 1000:,.0f} KB, {sent / 1000:,.0f} KB compressed\n"
    cost = best(browser, 1, runs, lambda page: used(page, url, Trace(page).of))
    wall = [best(browser, rate, runs, lambda page: used(page, url, lambda act: act())) for rate in rates]
    heads = [f"{what} at {rate}×" for what in ("CPU", "shown") for rate in rates]
    yield f"| ms, best of {runs} | CPU | {' | '.join(heads)} |"
    yield f"|---|--:|{'--:|' * 2 * len(rates)}"
    for name, time in cost.items():
        cells = [time, *(time * rate for rate in rates), *(one[name] for one in wall)]
        yield f"| {name} | {' | '.join(f'{cell:.0f}' for cell in cells)} |"


def best(browser: Browser, rate: int, runs: int, use: Callable[[Page], dict[str, float]]) -> dict[str, float]:
    """The shortest time of each step in several visits."""
    seen = [visit(browser, rate, use) for _ in range(runs)]
    return {name: min(one[name] for one in seen) for name in seen[0]}


def main() -> None:
    """Measure, then print a table for every size."""
    parser = argparse.ArgumentParser(description="在放慢的浏览器里测量比较页所用的时间和字节。不改动任何文件。")
    parser.add_argument("--offices", nargs="+", type=int, default=[5000], metavar="N", help="虚构几个机关，可给多个 N")
    parser.add_argument("--slower", nargs="+", type=int, default=[4, 6], metavar="N", help="放慢几倍（默认 4 6）")
    parser.add_argument("--runs", type=int, default=5, help="测几次，取最快的一次（默认 5）")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="已生成的网站（默认 site）")
    arguments = parser.parse_args()
    path = chromium.find()
    if path is None or not (arguments.site / "compare").is_dir():
        sys.exit(chromium.MISSING if path is None else "没有找到已生成的网站：先运行 scripts/build。")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        for offices in arguments.offices:
            with tempfile.TemporaryDirectory() as folder:
                for url in serve(arguments.site, Path(folder), offices):
                    print("\n".join(table(browser, url, arguments.slower, arguments.runs)))
        browser.close()


if __name__ == "__main__":
    main()
