"""What tests of the panel share: pages without a build behind a strict server, and ways to open and read the panel."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from builders import make_office, make_report
from compare_pages import DESKTOP, PHONE, _Strict
from disclosure.model import Cell, Figure, Finding, Kind, Proof, Report, Severity, Span, Status, Step
from disclosure.render.page import Page as OurPage
from disclosure.workshop import ROOT
from pages import pages_of, with_figures
from playwright.sync_api import Locator, Page, expect
from windows import Windows

__all__ = ["DESKTOP", "PHONE"]

OFFICE = "offices/410481100/"
RECEIVED = "received"
LOADING = "正在读取……"
_PROOF = Proof((Step("row-total", "本行印出 6 个数。"), Step("row-total", "只有一种放法成立。")), 3)
_ALIKE = Proof((Step("row-total", "本行印出 6 个 0。"), Step("placement", "缺的是哪一列无从判定。")), 3)
_SHELL = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="{up}assets/site.css">
<link rel="icon" href="data:,"><script type="module" src="{up}assets/panel.js"></script>
<body><main class="md-typeset">{contents}</main></body></html>"""


def every_status() -> Report:
    """A report whose first row of requests has a figure of every status, two lines below the first of a page 2."""
    report = make_report(requests={"refused_internal_affairs": {"total": 3}, "refused_state_secret": {"total": 2}})
    cells = [cell for cell in report.figures if cell[:2] == ("requests", RECEIVED)]
    line = report.figures[cells[0]].line or 0
    first = len("一、本年新收政府信息公开申请数量") + 1
    spans = [Span(line, first + 2 * at, first + 2 * at + 1) for at in range(7)]
    lost = [cell for cell in report.figures if cell[:2] == ("requests", "carried_in")]
    places = tuple("第 2 页" if number >= line - 2 else "第 1 页" for number in range(1, len(report.lines) + 1))
    lines = list(report.lines)
    lines[line - 1] = "\t".join((*lines[line - 1].split("\t")[:4], "/", *lines[line - 1].split("\t")[5:]))
    return with_figures(
        replace(report, lines=tuple(lines), places=places),
        Figure(cells[0], 0, Status.PLACED, "0", spans[0], line, proof=_PROOF),
        Figure(cells[1], 0, Status.RECOVERED, line=line, proof=_PROOF),
        Figure(cells[2], 0, Status.CONFLICT, "0", spans[2], line, suggestion=4),
        Figure(cells[3], None, Status.BLANK, "/", spans[3], line),
        Figure(cells[4], None, Status.AMBIGUOUS, line=line, bounds=(0, 3)),
        Figure(cells[5], None, Status.ABSENT),
        *(replace_status(report.figures[cell], Status.PLACED, _ALIKE) for cell in lost),
    )  # fmt: skip


def replace_status(figure: Figure, status: Status, proof: Proof) -> Figure:
    """The figure with another status and a proof."""
    return figure._replace(status=status, proof=proof)


def some_pages() -> dict[str, OurPage]:
    """The pages of an office with that report, a finding about its conflict, and its year."""
    conflict = Cell("requests", RECEIVED, "research")
    finding = Finding(
        "row-total-mismatch", Severity.WARNING, Kind.SOURCE, "f", 21, "0 + 2 = 5。", "410481100", 2022, (conflict,)
    )
    return pages_of([make_office()], [every_status()], [finding])


@contextmanager
def strict(folder: Path) -> Iterator[str]:
    """Serve a folder under a strict Content-Security-Policy; gives its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Strict, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def write_pages(folder: Path) -> None:
    """Write the pages as plain HTML, with the style sheet and the panel."""
    shutil.copytree(ROOT / "docs" / "assets", folder / "assets")
    for url, page in some_pages().items():
        up = "../" * url.count("/")
        target = folder / url / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_SHELL.format(title=page.head_title, up=up, contents=page.html()), encoding="utf-8")


@dataclass(slots=True)
class Visit:
    """A page, where the site is, and what was complained about on the console."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    @property
    def panel(self) -> Locator:
        """The panel, open or not."""
        return self.page.locator(".panel")

    def go(self, path: str) -> Page:
        """Open a page, with nothing on it folded away."""
        self.page.goto(self.url + path)
        self.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        return self.page

    def read(self, link: Locator) -> list[str]:
        """Click a link and read the blocks of the panel that it opens or fills anew, the title first."""
        self.page.evaluate("document.querySelector('.panel-head')?.setAttribute('data-old', '')")
        link.click()
        expect(self.panel.locator(".panel-head:not([data-old])")).to_be_visible()
        expect(self.panel.locator("h2")).not_to_have_text(LOADING)
        return told(self.panel)


def told(panel: Locator) -> list[str]:
    """The blocks of the panel as text: title, paragraphs, source lines, items, rows."""
    blocks: list[str] = panel.evaluate(
        """panel => [...panel.querySelectorAll("h2, h3, p, li, tr, dt, dd")]
          .map((each) => [...each.childNodes].map((node) => node.textContent).join(each.matches("tr") ? " " : ""))"""
    )
    return blocks


def visiting(windows: Windows, url: str, **options: object) -> Iterator[Visit]:
    """A visit of the site, which ends with the test."""
    with windows.open(**({"viewport": DESKTOP, "locale": "zh-CN"} | options)) as page:
        seen = Visit(page, url)
        seen.page.on("console", lambda message: seen.complaints.append(message.text))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        yield seen


def cell(page: Page, row: str, column: int) -> Locator:
    """A cell of the first row with this anchor, columns counted from 1."""
    return page.locator(f"#{row} > :nth-child({column + 1})")
