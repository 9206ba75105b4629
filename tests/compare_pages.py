"""What tests of the page that compares offices share: portals, a strict server, and ways to read the page."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from api_site import LUSHAN, write
from builders import HENAN, PINGDINGSHAN, make_office, make_report
from conftest import Site, _Quiet
from disclosure.model import Cell, Office, Portal, Region, Report, Status
from playwright.sync_api import Page, expect
from windows import Windows

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:"
HOSTILE = '=<img src=x onerror="document.title=1">,"镇\''
RECEIVED = Cell("requests", "received", "total")
WUGANG_OFFICES = ["尚店镇人民政府", "枣林镇人民政府", "尹集镇人民政府"]
IN_ORDER = ["济宁镇人民政府", "平顶山市教育局", "汇源街道办事处", "鲁阳街道办事处", HOSTILE, *WUGANG_OFFICES]
"""By the codes of their places."""


class _Strict(_Quiet):
    """Serves pages that may load nothing but their own files, and run nothing that stands in them."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@dataclass(slots=True)
class Visit:
    """A page, where it is served, and what was complained about on its console."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def open(self, query: str = "") -> Page:
        """Open the comparison with this query and wait until it is there."""
        self.page.goto(f"{self.url}compare/{query}")
        expect(self.page.locator("#compare-status")).to_contain_text(re.compile("符合条件的|同时符合"))
        return self.page


def some_offices() -> list[Office]:
    """Offices of three kinds in two counties of a city, in the city itself, and in a city of another province."""
    lushan = (HENAN, PINGDINGSHAN, LUSHAN)
    jining = (Region("370000", "山东省"), Region("370800", "济宁市"))
    department = make_office("410400-jyj", "平顶山市教育局", kind="政府部门", regions=(HENAN, PINGDINGSHAN))
    street = {"kind": "街道办事处", "regions": lushan}
    return [
        *(make_office(f"41048110{number}", name) for number, name in enumerate(WUGANG_OFFICES)),
        make_office("410423100", HOSTILE, regions=lushan),
        *(
            make_office(f"41042300{number}", name, **street)
            for number, name in ((4, "汇源街道办事处"), (5, "鲁阳街道办事处"))
        ),
        department,
        make_office("370800100", "济宁镇人民政府", regions=jining),
    ]


def some_reports() -> list[Report]:
    """Numbers, 0, a contradiction, and every kind of gap, for 2022; one report more for 2021 and 2020 each."""

    def received(count: int | Status, granted: int = 0) -> dict[str, dict[str, int | Status]]:
        handled = count if isinstance(count, int) else 0
        return {"received": {"total": count}, "granted": {"total": granted}, "handled": {"total": handled}}

    return [
        make_report(requests=received(40, 30)),
        make_report(office="410481101", requests=received(0)),
        make_report(office="410481102", requests=received(Status.BLANK)),
        make_report(office="410423100", requests=received(8, 1)),
        make_report(office="410423004", requests=received(Status.AMBIGUOUS)),
        make_report(office="410423005", without_tables=("requests",)),
        make_report(office="410400-jyj", requests=received(100, 7), suggestions={RECEIVED: 99}),
        make_report(office="410481100", year=2021, requests=received(21, 2)),
        make_report(office="370800100", year=2020, form="2019", requests=received(3)),
    ]


def serve(built_site: Site, folder: Path, published: Portal) -> Iterator[str]:
    """Serve the page of the built site with the data of another portal."""
    for name in ("compare", "assets"):
        shutil.copytree(built_site.folder / name, folder / name)
    write(folder / "api" / "v1", published)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Strict, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def visiting(windows: Windows, url: str) -> Iterator[Visit]:
    """A visit of the page that is served there, which ends with the test."""
    with windows.open(viewport=DESKTOP, locale="zh-CN") as page:
        seen = Visit(page, url)
        seen.page.on("console", lambda message: seen.complaints.append(message.text))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        yield seen


def names(page: Page) -> list[str]:
    """The offices in view, in their order."""
    return page.locator("#compare-table tbody th bdi").all_inner_texts()


def column(page: Page, number: int = 1) -> list[str]:
    """The cells of a column of the offices in view."""
    return [cells[number] for cells in table(page)[2:] if cells[0][0] != "\u5408"]


def table(page: Page) -> list[list[str]]:
    """Every row of the table as text, without line breaks."""
    rows: list[list[str]] = page.locator("#compare-table").evaluate(
        "table => [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    return rows


def query(page: Page) -> dict[str, list[str]]:
    """The query of the address."""
    return parse_qs(urlsplit(page.url).query)
