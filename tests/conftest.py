"""What tests share: the built site behind a local address, and a browser to look at it with."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from disclosure.settings import PREVIOUS_RELEASE
from disclosure.workshop import ROOT, chromium, environment
from disclosure.workshop.build import build
from disclosure.workshop.exclusive import exclusive
from hypothesis import settings
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from poison_project import HARMLESS, TEXTS, VARIABLES, write_poisoned_project
from portal_files import write_project
from windows import Windows

# The environment of whoever tests may forbid Python to keep what it compiles: then every process that a test starts,
# and every further run, would compile the package anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Tests measure nothing: a busy machine must not fail one for its time. What takes too long ends by pytest's timeout.
settings.register_profile("untimed", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=2000)  # scripts/test --hypothesis-profile=thorough
settings.load_profile("untimed")

PHONE: ViewportSize = {"width": 360, "height": 740}
DAMAGED_OFFICES = 26
DAMAGED_YEARS = (2019, 2020, 2021, 2022)
DAMAGED_SEED = 9
"""With it every status of a figure and every state of a report occurs."""


@dataclass(frozen=True, slots=True)
class Site:
    """A finished site: its folder, and the address it is served at (``http://127.0.0.1:…/``)."""

    folder: Path
    url: str


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: what a test has to say stands in its assertion."""

    def end_headers(self) -> None:
        """Let a browser keep nothing: a test would find there what another one has fetched."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing: a browser that leaves a page lets go of what it has asked for."""


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The project's own site, served for the whole session."""

    def make(root: Path) -> None:
        build(ROOT, root / "site", Path(sys.executable), environment.variables(ROOT))

    yield from served(_made_once(tmp_path_factory, "built", make))


@pytest.fixture(scope="session")
def damaged_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of many invented offices over four years, most of whose reports are damaged (``portal_files.py``)."""

    def make(root: Path) -> None:
        write_project(root, DAMAGED_OFFICES, DAMAGED_YEARS, DAMAGED_SEED)
        build(root, root / "site", Path(sys.executable), environment.variables(ROOT))

    yield from served(_made_once(tmp_path_factory, "damaged", make))


@pytest.fixture(scope="session")
def poisoned_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose every text is one that would like to be markup, a link or a formula (``poison.py``)."""
    yield from served(_made_once(tmp_path_factory, "poisoned", partial(_poison, TEXTS)))


@pytest.fixture(scope="session")
def harmless_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site of the same shape, whose texts are plain words."""
    return _made_once(tmp_path_factory, "harmless", partial(_poison, HARMLESS))


def _poison(texts: Sequence[str], root: Path) -> None:
    write_poisoned_project(root, texts)
    variables = {**environment.variables(ROOT), **VARIABLES, PREVIOUS_RELEASE: str(root / "before")}
    build(root, root / "site", Path(sys.executable), variables)


def _made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The site that ``make`` puts into a folder, made by the first process of a test run that asks for it."""
    own = factory.getbasetemp()
    root = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    with exclusive(root.with_suffix(".lock"), name):
        if not (root / "site").exists():
            root.mkdir(exist_ok=True)
            make(root)
    return root / "site"


def served(folder: Path) -> Iterator[Site]:
    """Serve a folder at an address of its own while a test or a session lasts."""
    with _Server(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Site(folder, f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium; tests that ask for it are skipped where there is none."""
    path = chromium.find()
    if path is None:
        pytest.skip(chromium.MISSING)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[Windows]:
    """Where the tests of a module open their windows."""
    opened = Windows(browser)
    yield opened
    opened.close()


@pytest.fixture
def phone(windows: Windows) -> Iterator[Page]:
    """A page on a small phone with a touch screen."""
    with windows.open(viewport=PHONE, locale="zh-CN", has_touch=True) as page:
        yield page


@pytest.fixture
def plain_phone(windows: Windows) -> Iterator[Page]:
    """A page on a phone that runs no scripts."""
    with windows.open(viewport=PHONE, locale="zh-CN", java_script_enabled=False) as page:
        yield page
