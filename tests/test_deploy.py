"""The server block that docs/contributing/deploy.md offers, run in a real nginx; skipped where there is none."""

from __future__ import annotations

import gzip
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from conftest import Site
from disclosure.workshop import ROOT
from playwright.sync_api import Browser, expect

CONFIGURATION = ROOT / "docs" / "contributing" / "nginx.conf"
WHOLE = (
    "daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;"
    " events {{}} http {{ access_log off; {server} }}"
)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing: what is asked is where it leads."""


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


@pytest.fixture(scope="module")
def server(built_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the built site behind nginx."""
    nginx = shutil.which("nginx")
    if nginx is None:
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    text = CONFIGURATION.read_text(encoding="utf-8")
    assert text.count("listen 80;") == text.count("root /srv/nianbao/site;") == 1
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/nianbao/site", str(built_site.folder))
    (folder / "nginx.conf").write_text(WHOLE.format(folder=folder, server=text), encoding="utf-8")
    with subprocess.Popen([nginx, "-c", folder / "nginx.conf", "-e", folder / "errors"]) as process:
        yield f"http://127.0.0.1:{_waited_for(port)}/"
        process.terminate()


def _waited_for(port: int) -> int:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return port
        time.sleep(0.05)
    raise AssertionError("nginx did not start")


@pytest.mark.parametrize(
    ("path", "status", "kind", "kept"),
    [
        ("", 200, "text/html; charset=utf-8", "no-cache"),
        ("offices/410481100/index.md", 200, "text/markdown; charset=utf-8", "no-cache"),
        ("feed.atom", 200, "application/atom+xml; charset=utf-8", "no-cache"),
        ("assets/site.css", 200, "text/css; charset=utf-8", "public, max-age=600"),
        ("assets/compare.js", 200, "application/javascript; charset=utf-8", "public, max-age=600"),
        ("data/v1/figures.csv", 200, "text/csv; charset=utf-8", "public, max-age=600"),
        ("data/v1/figures.parquet", 200, "application/vnd.apache.parquet", "public, max-age=600"),
        ("api/v1/offices.json", 200, "application/json; charset=utf-8", "public, max-age=600"),
        ("nowhere/", 404, "text/html; charset=utf-8", "no-cache"),
        ("search/texts/0/head.bin", 404, "text/html; charset=utf-8", "no-cache"),
    ],
)
def test_every_kind_of_file_is_served_as_what_it_is_and_kept_as_long_as_it_holds(
    server: str, path: str, status: int, kind: str, kept: str
) -> None:
    answered, headers, _ = get(server + path)
    assert (answered, headers["Content-Type"], headers["Cache-Control"]) == (status, kind, kept)


def test_what_has_a_checksum_in_its_name_is_kept_for_a_year(server: str, built_site: Site) -> None:
    for pattern in ("assets/stylesheets/*.css", "search/texts/*/keys/*", "search/texts/*/pages/*"):
        (first, *_) = sorted(built_site.folder.glob(pattern))
        _, headers, _ = get(server + quote(first.relative_to(built_site.folder).as_posix()))
        assert headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_what_is_not_there_is_the_site_s_own_page(server: str, built_site: Site) -> None:
    assert get(f"{server}nowhere/")[2] == (built_site.folder / "404.html").read_bytes()


def test_a_page_without_its_slash_leads_there(server: str) -> None:
    status, headers, _ = get(f"{server}offices/410481100")
    assert (status, headers["Location"]) == (301, "/offices/410481100/")


def test_text_is_compressed(server: str) -> None:
    _, headers, body = get(f"{server}offices/410481100/", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert len(body) < len(gzip.decompress(body)) / 4


def test_only_the_data_may_be_read_by_pages_elsewhere(server: str) -> None:
    assert get(f"{server}data/v1/offices.csv")[1]["Access-Control-Allow-Origin"] == "*"
    assert get(f"{server}api/v1/offices.json")[1]["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in get(server)[1]


def test_nothing_can_be_sent(server: str) -> None:
    request = urllib.request.Request(server, data=b"x", method="POST")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(request, timeout=10)


def sources(policy: str) -> dict[str, set[str]]:
    """A Content-Security-Policy by directive."""
    return {name: set(given) for name, *given in (directive.split() for directive in policy.split(";"))}


def test_the_policy_of_the_server_allows_nothing_that_that_of_the_pages_forbids(built_site: Site) -> None:
    (header,) = re.findall(r'Content-Security-Policy "([^"]+)"', CONFIGURATION.read_text(encoding="utf-8"))
    (meta,) = re.findall(
        r'http-equiv="Content-Security-Policy" content="([^"]+)"',
        (built_site.folder / "index.html").read_text(encoding="utf-8"),
    )
    server, page = sources(header), sources(meta)
    assert server["default-src"] == {"'none'"}
    for name in {*server, *page} - {"default-src", "frame-ancestors"}:
        allowed = page.get(name, page["default-src"])
        assert server.get(name, server["default-src"]) - {"'none'"} <= allowed, name


@pytest.mark.browser
def test_search_and_comparison_work_under_its_policy(server: str, browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{server}search/?q=公开")
    expect(page.get_by_role("status")).to_contain_text("“公开”：找到")
    page.goto(f"{server}compare/")
    expect(page.locator("#compare-status")).to_contain_text("共有 5 个机关")
    page.goto(f"{server}offices/410481100/")
    page.locator(".figure").first.click()
    assert errors == []
    context.close()
