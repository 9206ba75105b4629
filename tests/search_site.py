"""What tests of search share: small sites with a real index, real names and the real search page."""

from __future__ import annotations

import gzip
import re
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from conftest import _Quiet
from disclosure.dataset import gather
from disclosure.model import Office, Report
from disclosure.render.catalog import Catalog, arrange
from disclosure.search import Copies, Facets
from disclosure.search.parts import LARGEST
from disclosure.search_names import write_names
from disclosure.workshop import ROOT
from pages import portal
from playwright.sync_api import Page
from windows import Windows

ASSETS = ROOT / "docs" / "assets"
PATH = "path"
"""The folder below the server's root that the sites stand in: no address may forget it."""
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
_COMPRESSED = {".html", ".js", ".json"}
"""What a server compresses by itself; the files of the index are compressed already."""


@dataclass(slots=True)
class SearchSite:
    """A served site: its folder, its address (``http://127.0.0.1:…/path/``), and the paths asked for, in order."""

    folder: Path
    url: str
    asked: list[str] = field(default_factory=list)

    def search_url(self, query: str = "", **choice: str) -> str:
        """The address of a search."""
        return f"{self.url}search/?{urlencode({'q': query, **choice}, quote_via=quote)}"

    def bytes_asked(self) -> int:
        """How many bytes the files asked for take on the way, compressed where a server does that."""
        files = [self.folder / path.removeprefix(f"/{PATH}/") for path in self.asked]
        return sum(_on_the_way(file / "index.html" if file.is_dir() else file) for file in files)


def _on_the_way(file: Path) -> int:
    content = file.read_bytes() if file.is_file() else b""
    return len(gzip.compress(content, 9)) if file.suffix in _COMPRESSED else len(content)


def catalog_of(offices: Sequence[Office], reports: Sequence[Report] = ()) -> Catalog:
    """A catalog of these."""
    whole = portal(offices, reports)
    return arrange(whole, gather(whole))


def write_page(site: Path, name: str, title: str, text: str) -> None:
    """A page of the site; ``text`` is HTML."""
    page = site / name
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f"<!doctype html><article><h1>{title}</h1>{text}</article>", encoding="utf-8")


def write_search_page(site: Path) -> None:
    """The search page, without the theme around it, and its scripts."""
    source = (ROOT / "docs" / "search.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    page = re.sub(r"^# (\S+) .*$", r"<h1>\1</h1>", source, flags=re.MULTILINE)
    (site / "search").mkdir(parents=True, exist_ok=True)
    head = '<!doctype html><html lang="zh"><meta charset="utf-8"><title>搜索</title><body>'
    (site / "search" / "index.html").write_text(head + page, encoding="utf-8")
    (site / "assets").mkdir(exist_ok=True)
    for script in ASSETS.glob("search*.js"):
        shutil.copy(script, site / "assets")


@contextmanager
def search_site(
    root: Path,
    pages: Mapping[str, tuple[str, str]],
    facets: Mapping[str, Facets],
    catalog: Catalog,
    largest: int = LARGEST,
) -> Iterator[SearchSite]:
    """Make and serve a site of ``pages`` (address → title, HTML), that can be searched for them and for the names.

    ``largest`` is how many bytes of text a part of the index may have.
    """
    folder = root / PATH
    for address, (title, text) in pages.items():
        write_page(folder, f"{address}index.html", title, text)
    copies = Copies(root / "copies", facets, largest)
    copies.add_all(folder)
    copies.index(folder)
    write_names(catalog, folder)
    write_search_page(folder)
    served = SearchSite(folder, "")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Recording, served, directory=root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        served.url = f"http://127.0.0.1:{server.server_port}/{PATH}/"
        yield served
        server.shutdown()


class _Recording(_Quiet):
    """Writes down what it is asked for, and lets pages run and load nothing but their own files."""

    def __init__(self, served: SearchSite, *arguments: object, directory: Path) -> None:
        self._served = served
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:  # noqa: N802 - the base class calls it
        self._served.asked.append(urlsplit(self.path).path)
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@contextmanager
def visitor(windows: Windows) -> Iterator[tuple[Page, list[str]]]:
    """A reader who has been nowhere yet, on a phone; and what was complained about on the console."""
    with windows.open(viewport={"width": 360, "height": 740}, locale="zh-CN") as page:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page, complaints


@contextmanager
def quiet_visitor(windows: Windows) -> Iterator[Page]:
    """The same; whatever happens on the page, nothing is complained about unless the test breaks something itself."""
    with visitor(windows) as (opened, complaints):
        yield opened
        assert [one for one in complaints if "Failed to load resource" not in one] == []
