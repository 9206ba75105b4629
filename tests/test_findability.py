"""How the site is found: heads of pages, structured data, feeds that pages lead to, and addresses that have moved."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import granted, make_report
from conftest import Site
from disclosure.export.json_ld import as_script
from disclosure.search.text import strip_page
from disclosure.workshop import ROOT, environment
from disclosure.workshop.build import build
from playwright.sync_api import Browser, Page, Route, expect
from selectolax.lexbor import LexborHTMLParser
from test_releases_history import links, read_feed, text
from test_site import file_office

ADDRESS = "https://a.example/b/"
DATE = "2026-11-28"
OFFICE, FORMER = "offices/410481100/", "offices/410481900/"
MOVED = {FORMER: OFFICE, f"{OFFICE}2022/": OFFICE, "offices/410423004/2021/": "offices/410423004/"}
"""Where each address leads whose contents stand elsewhere."""
_NAME = " - 阳光年报"
_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that knows its address, of two offices, one of which had another name and a wrong id."""
    root = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / "mkdocs.yml", root)
    for name in ("docs", "hooks"):
        (root / name).symlink_to(ROOT / name)
    first = make_report(name="舞钢市尚店镇人民政府", year=2021, requests=granted(business=2))
    folder = file_office(root, "410481100", first, make_report(name="舞钢市尚店镇人民政府"))
    with (folder / "office.yml").open("a", encoding="utf-8") as file:
        file.write("former_ids:\n- '410481900'\nformer_names:\n- 尚店公社\n")
    file_office(root, "410423004", make_report(office="410423004", name="鲁山县汇源街道办事处", year=2021))
    build(
        root,
        root / "site",
        Path(sys.executable),
        environment.variables(ROOT) | {"SITE_URL": ADDRESS, "DATA_DATE": DATE},
    )
    return root / "site"


def pages(folder: Path) -> Iterator[tuple[str, LexborHTMLParser]]:
    """Every page but the one for addresses that do not exist, by its address."""
    for path in sorted(folder.rglob("index.html")):
        address = path.parent.relative_to(folder).as_posix()
        yield "" if address == "." else f"{address}/", parsed(path)


def parsed(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_text(encoding="utf-8"))


def said(page: LexborHTMLParser, name: str) -> str | None:
    """What the one ``meta`` element of this name or property says; None where there is none."""
    found = page.css(f'head > meta[name="{name}"], head > meta[property="{name}"], head > meta[http-equiv="{name}"]')
    assert len(found) <= 1, name
    return found[0].attributes["content"] if found else None


def linked(page: LexborHTMLParser, selector: str) -> list[str | None]:
    return [one.attributes["href"] for one in page.css(f"head > link{selector}")]


def title(page: LexborHTMLParser) -> str:
    found = page.css_first("head > title")
    assert found is not None
    return found.text()


def data_of(page: LexborHTMLParser) -> list[dict[str, Any]]:
    return [json.loads(one.text()) for one in page.css('head > script[type="application/ld+json"]')]


def test_every_page_says_what_it_is_where_it_is_linked_to(site: Path) -> None:
    for url, page in pages(site):
        assert said(page, "og:title") == title(page).removesuffix(_NAME), url
        assert said(page, "og:description") == said(page, "description"), url
        assert str(said(page, "description")).endswith("。"), url
        assert (said(page, "og:site_name"), said(page, "og:locale")) == ("阳光年报", "zh_CN"), url
        assert said(page, "og:type") == ("article" if url else "website"), url


def test_every_page_has_a_picture_where_it_is_linked_to(site: Path) -> None:
    pictures = {said(page, "og:image") for _, page in pages(site)}
    assert pictures == {f"{ADDRESS}assets/card.png"}
    content = (site / "assets/card.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    size = (int.from_bytes(content[16:20]), int.from_bytes(content[20:24]))
    assert size == (1200, 630)
    page = parsed(site / "index.html")
    assert size == (int(said(page, "og:image:width") or 0), int(said(page, "og:image:height") or 0))


def test_titles_and_descriptions_tell_pages_apart(site: Path) -> None:
    told = [(said(page, "og:title"), said(page, "description")) for _, page in pages(site)]
    assert len(told) > 60
    assert len({first for first, _ in told}) == len({second for _, second in told}) == len(told)


def test_every_page_names_its_canonical_address(site: Path) -> None:
    found = {url: (linked(page, '[rel="canonical"]'), said(page, "og:url")) for url, page in pages(site)}
    expected = {url: MOVED.get(url, url) for url in found}
    assert found == {url: ([ADDRESS + canonical], ADDRESS + canonical) for url, canonical in expected.items()}


def test_only_what_is_no_page_is_kept_out_of_search_engines(site: Path) -> None:
    assert {url for url, page in pages(site) if said(page, "robots") is not None} == set(MOVED)
    missing = parsed(site / "404.html")
    assert said(missing, "robots") == said(parsed(site / FORMER / "index.html"), "robots") == "noindex"
    assert linked(missing, '[rel="canonical"]') == []
    assert said(missing, "og:title") == "阳光年报"


def test_without_an_address_pages_name_none(built_site: Site) -> None:
    found = dict(pages(built_site.folder))
    assert all(said(page, "og:title") and said(page, "og:description") for page in found.values())
    assert {tuple(linked(page, '[rel="canonical"]')) for page in found.values()} == {()}
    assert {said(page, "og:url") for page in found.values()} == {None}
    assert {said(page, "og:image") for page in found.values()} == {None}


def test_home_regions_and_offices_lead_to_their_feeds_in_the_head_and_in_sight(site: Path) -> None:
    with_feed = {}
    for url, page in pages(site):
        own = page.css_first('head > link[type="application/atom+xml"][href="feed.atom"]')
        seen = page.css('article a[type="application/atom+xml"]')
        assert [one.attributes["href"] for one in seen] == (["feed.atom"] if own else []), url
        if own:
            with_feed[url] = own.attributes["title"]
    feeds = {url: read_feed((site / url / "feed.atom").read_bytes()) for url in with_feed}
    assert with_feed == {url: text(feed, "title") for url, feed in feeds.items()}
    assert {url: links(feed)["self"] for url, feed in feeds.items()} == {
        url: f"{ADDRESS}{url}feed.atom" for url in feeds
    }
    expected = ["", "offices/410423004/", OFFICE]
    expected += [f"regions/{code}/" for code in ("410000", "410400", "410423", "410481")]
    assert sorted(with_feed) == expected
    assert {text(feed, "updated") for feed in feeds.values()} == {f"{DATE}T00:00:00Z"}
    assert sorted(path.parent for path in site.rglob("feed.atom")) == [site / url for url in expected]


def test_the_feeds_of_the_data_s_changes_stay_linked_from_every_page(site: Path) -> None:
    for url, page in pages(site):
        (changes,) = linked(page, '[type="application/atom+xml"][href$="changes.atom"]')
        assert (site / url / str(changes)).resolve() == (site / "data/v1/changes.atom").resolve()


def test_only_the_page_of_the_data_describes_them_for_search_engines(site: Path) -> None:
    (found,) = ((url, data) for url, page in pages(site) for data in data_of(page))
    url, data = found
    package = json.loads((site / "data/v1/datapackage.json").read_text(encoding="utf-8"))
    assert url == "data/"
    assert (data["@context"], data["@type"]) == ("https://schema.org/", "Dataset")
    assert (data["name"], data["version"], data["keywords"]) == (
        package["title"], package["version"], package["keywords"],
    )  # fmt: skip
    assert data["dateModified"] == package["data_date"] == DATE
    assert data["license"] == package["licenses"][0]["path"]
    assert data["url"] == package["homepage"] == f"{ADDRESS}data/"
    assert data["creator"] == {"@type": "Organization", "name": "阳光年报"}
    assert (data["inLanguage"], data["isAccessibleForFree"]) == ("zh-CN", True)
    assert data["temporalCoverage"] == "2021/2022"
    assert data["description"].startswith("下载政府信息公开工作年度报告的全部数字")
    assert data["description"].endswith(package["description"])
    assert 50 <= len(data["description"]) <= 5000  # what Google's search for data sets asks for


def test_every_file_of_the_data_is_offered_at_its_address_with_its_format_and_size(site: Path) -> None:
    (data,) = data_of(parsed(site / "data/index.html"))
    package = json.loads((site / "data/v1/datapackage.json").read_text(encoding="utf-8"))
    listed = [path for one in package["resources"] for path in (one["path"], one["parquet"]["path"])]
    offered = {one["contentUrl"].removeprefix(f"{ADDRESS}data/v1/"): one for one in data["distribution"]}
    assert list(offered) == ["yangguang-nianbao.xlsx", *listed]
    for path, one in offered.items():
        file = site / "data/v1" / path
        assert one["@type"] == "DataDownload"
        assert one["encodingFormat"] == _MEDIA_TYPES[file.suffix]
        assert one["contentSize"] == f"{file.stat().st_size} B"
        assert one["name"]


def test_without_an_address_the_files_are_found_from_the_page(built_site: Site) -> None:
    (data,) = data_of(parsed(built_site.folder / "data/index.html"))
    assert "url" not in data
    files = [(built_site.folder / "data" / one["contentUrl"]).resolve() for one in data["distribution"]]
    assert len(files) > 10
    assert [file for file in files if not file.is_file()] == []


def test_no_text_can_end_the_block_of_data() -> None:
    hostile = {"name": "</script><script>alert(1)</script><!-- & -->"}
    written = as_script(hostile)
    assert not set("<>&") & set(written)
    assert json.loads(written) == hostile


def test_a_wrong_id_that_was_published_leads_to_the_office(site: Path) -> None:
    page = parsed(site / FORMER / "index.html")
    assert said(page, "refresh") == "0; url=../410481100/"
    assert title(page) == f"尚店镇人民政府：网址已更改{_NAME}"
    (link,) = page.css("article a")
    assert (link.text(), link.attributes["href"]) == ("尚店镇人民政府", "../410481100/")
    told = page.css_first("article p")
    assert told is not None
    assert told.text() == "机关编号 410481900 已经停用，现在的编号是 410481100。请看尚店镇人民政府的页面。"


def test_the_address_of_a_report_is_the_same_before_and_after_a_newer_one_arrives(site: Path) -> None:
    newest, older = (parsed(site / OFFICE / f"{year}/index.html") for year in (2022, 2021))
    assert said(newest, "refresh") == "0; url=../"
    assert (said(older, "refresh"), title(older)) == (None, f"尚店镇人民政府 2021 年：政府信息公开年报{_NAME}")


def test_what_has_moved_is_listed_nowhere(site: Path) -> None:
    listed = re.findall("<loc>(.*)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(ADDRESS + url for url, _ in pages(site) if url not in MOVED)
    for url in MOVED:
        stripped = strip_page((site / url / "index.html").read_text(encoding="utf-8"))
        assert (stripped.title, stripped.blocks) == ("", ())
        assert not (site / url / "index.md").exists()
        assert not (site / url / "feed.atom").exists()


def test_an_office_is_found_by_its_former_name(site: Path) -> None:
    blocks = strip_page((site / OFFICE / "index.html").read_text(encoding="utf-8")).blocks
    assert "尚店公社" in blocks


def test_the_invitation_to_subscribe_is_not_found_by_search(site: Path) -> None:
    for url in ("", OFFICE, "regions/410481/"):
        page = (site / url / "index.html").read_text(encoding="utf-8")
        assert "订阅阅读器" in page
        assert not any("订阅" in block for block in strip_page(page).blocks)


@pytest.mark.browser
def test_whoever_follows_an_old_address_comes_to_the_office(site: Path, browser: Browser) -> None:
    def answer(route: Route) -> None:
        path = site / route.request.url.removeprefix(ADDRESS)
        route.fulfill(path=path / "index.html" if path.is_dir() else path)

    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route(f"{ADDRESS}**", answer)
    page.goto(ADDRESS + FORMER)
    page.wait_for_url(ADDRESS + OFFICE)
    expect(page.get_by_role("heading", level=1)).to_have_text("尚店镇人民政府")
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("added", "complaints"), [("", 0), ("<script>1</script>", 2)])
def test_a_strict_policy_minds_scripts_but_not_the_block_of_data(
    built_site: Site, browser: Browser, added: str, complaints: int
) -> None:
    """Two policies complain: that of the server and that of the page."""

    def answer(route: Route) -> None:
        sent = route.fetch()
        policy = {"Content-Security-Policy": "default-src 'self'"}
        route.fulfill(response=sent, headers=sent.headers | policy, body=sent.text() + added)

    context = browser.new_context()
    page: Page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.route("**/data/", answer)
    page.goto(f"{built_site.url}data/")
    assert page.locator('script[type="application/ld+json"]').count() == 1
    assert len(heard) == complaints, heard
    context.close()
