"""The feeds of reports: what stands in them, in which order, under which identifiers."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from builders import granted, make_office, make_report
from disclosure.model import Office, Report, Status
from disclosure.render import feeds
from disclosure.render.feeds import FEED, MOST_ENTRIES, NO_TABLES, FeedLink, feed_of, write_feeds
from open_data import catalog_of
from pages import offices, pages_of, portal
from test_releases_history import ATOM, children, links, read_feed, text

ADDRESS = "https://a.example/b/"
ON = date(2026, 11, 28)
MOMENT = "2026-11-28T00:00:00Z"
SAYS_NOTHING = (
    "2022 年没有收到政府信息公开申请，也没有上年结转的申请。没有因政府信息公开引起的行政复议，也没有行政诉讼。"
)


def reports() -> list[Report]:
    return [
        make_report(office="410481100", year=2021, requests=granted(natural_person=2, business=1)),
        make_report(office="410481100", year=2022),
        make_report(office="410423004", year=2022),
    ]


def written(
    folder: Path, listed: Sequence[Office], filed: Sequence[Report], site_url: str = ADDRESS
) -> dict[str, bytes]:
    """Every feed of such a portal by its path."""
    write_feeds(catalog_of(portal(listed, filed)), folder, ON, site_url)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.suffix}


def titles(feed: bytes) -> list[str]:
    return [text(entry, "title") for entry in children(read_feed(feed), "entry")]


def test_site_regions_and_offices_have_feeds_with_the_newest_year_first_then_by_place(tmp_path: Path) -> None:
    found = written(tmp_path, offices(), reports())
    older, newer = (f"尚店镇人民政府 {year} 年政府信息公开工作年度报告" for year in (2021, 2022))
    street = "汇源街道办事处 2022 年政府信息公开工作年度报告"
    assert {path: titles(feed) for path, feed in found.items()} == {
        "feed.atom": [street, newer, older],
        "regions/410000/feed.atom": [street, newer, older],
        "regions/410400/feed.atom": [street, newer, older],
        "regions/410423/feed.atom": [street],
        "regions/410481/feed.atom": [newer, older],
        "offices/410423004/feed.atom": [street],
        "offices/410481100/feed.atom": [newer, older],
        "offices/410481-jyj/feed.atom": [],
    }


def test_a_feed_has_the_address_of_its_page_and_the_date_of_the_data(tmp_path: Path) -> None:
    root = read_feed(written(tmp_path, offices(), reports())["regions/410481/feed.atom"])
    address = "https://a.example/b/regions/410481/"
    assert text(root, "id") == f"{address}feed.atom"
    assert text(root, "title") == "舞钢市：政府信息公开年报"
    assert text(root, "updated") == MOMENT
    assert links(root) == {"self": f"{address}feed.atom", "alternate": address}


def test_an_entry_leads_to_its_year_on_the_page_of_the_office_and_says_what_it_reports(tmp_path: Path) -> None:
    older = children(read_feed(written(tmp_path, offices(), reports())["feed.atom"]), "entry")[2]
    address = "https://a.example/b/offices/410481100/#y2021-report"
    assert text(older, "id") == address
    assert text(older, "updated") == MOMENT
    assert links(older) == {"alternate": address}
    assert [(one.get("term"), one.get("label")) for one in children(older, "category")] == [
        ("410000", "河南省"), ("410400", "平顶山市"), ("410481", "舞钢市"),
    ]  # fmt: skip
    assert text(older, "summary") == (
        "2021 年新收政府信息公开申请 3 件，没有上年结转的申请。当年办结 3 件：予以公开 3 件；没有结转下年度的申请。"
    )


def test_only_the_first_two_sentences_are_told(tmp_path: Path) -> None:
    newer = children(read_feed(written(tmp_path, offices(), reports())["feed.atom"]), "entry")[1]
    assert text(newer, "summary") == SAYS_NOTHING


def test_a_number_that_is_not_known_is_told_as_such_with_its_sign(tmp_path: Path) -> None:
    torn = make_report(office="410481100", requests={"received": {"total": Status.ABSENT}})
    entry = children(read_feed(written(tmp_path, offices(), [torn])["feed.atom"]), "entry")[0]
    assert text(entry, "summary").startswith("2022 年新收政府信息公开申请 数量〔未见〕，没有上年结转的申请。")


def test_of_a_report_without_tables_only_that_is_said(tmp_path: Path) -> None:
    bare = make_report(office="410481100", form=None)
    entry = children(read_feed(written(tmp_path, offices(), [bare])["feed.atom"]), "entry")[0]
    assert text(entry, "summary") == NO_TABLES


def test_without_an_address_identifiers_are_tags_and_links_lead_from_the_feed_to_its_pages(tmp_path: Path) -> None:
    found = written(tmp_path, offices(), reports(), site_url="")
    ids = {path: text(read_feed(feed), "id") for path, feed in found.items()}
    assert ids == {path: f"tag:sunshine-reports,2021:{path}" for path in found}
    for path, feed in found.items():
        root, folder = read_feed(feed), posixpath.dirname(path)
        leads = {relation: posixpath.normpath(posixpath.join(folder, str(to))) for relation, to in links(root).items()}
        assert leads == {"self": path, "alternate": folder or "."}
        for entry in children(root, "entry"):
            page, _, anchor = str(links(entry)["alternate"]).partition("#")
            identifier = text(entry, "id").removeprefix("tag:sunshine-reports,2021:")
            assert f"{posixpath.normpath(posixpath.join(folder, page))}/{anchor[1:5]}" == identifier


def test_a_report_has_one_identifier_in_all_feeds_and_its_place_is_on_the_page(tmp_path: Path) -> None:
    found = written(tmp_path, offices(), reports())
    pages = pages_of(offices(), reports())
    told: dict[str, set[bytes]] = {}
    for feed in found.values():
        assert datetime.fromisoformat(text(read_feed(feed), "updated")) == datetime.fromisoformat(MOMENT)
        for entry in re.findall(rb"<entry>.*?</entry>", feed, re.DOTALL):
            told.setdefault(re.findall(r"<id>(.*)</id>", entry.decode())[0], set()).add(entry)
    assert [len(entries) for entries in told.values()] == [1, 1, 1]
    for identifier in told:
        url, _, anchor = identifier.removeprefix(ADDRESS).partition("#")
        assert f'id="{anchor}"' in pages[url].html()


def test_a_feed_tells_no_more_than_the_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 2)
    filed = [make_report(office=office, year=year) for year in (2021, 2022) for office in ("410481100", "410423004")]
    found = written(tmp_path, offices(), filed)
    assert titles(found["feed.atom"]) == [
        f"{name} 2022 年政府信息公开工作年度报告" for name in ("汇源街道办事处", "尚店镇人民政府")
    ]
    assert len(titles(found["offices/410481100/feed.atom"])) == 2
    assert MOST_ENTRIES == 50


def test_the_order_in_which_offices_and_reports_come_makes_no_difference(tmp_path: Path) -> None:
    forward = written(tmp_path / "a", offices(), reports())
    assert written(tmp_path / "b", offices()[::-1], reports()[::-1]) == forward
    assert written(tmp_path / "c", offices(), reports(), site_url="https://a.example/b") == forward


def test_names_are_no_markup(tmp_path: Path) -> None:
    hostile = make_office("410481100", "<b>&甲</b>]]>")
    root = read_feed(written(tmp_path, [hostile], reports()[:1])["offices/410481100/feed.atom"])
    assert text(root, "title") == "<b>&甲</b>]]>：政府信息公开年报"
    assert [element.tag for element in root.iter() if not element.tag.startswith(ATOM)] == []


def test_home_regions_and_offices_lead_to_their_feeds_and_no_other_page_does() -> None:
    found = {url: feed_of(page) for url, page in pages_of(offices(), reports()).items()}
    assert {url: feed for url, feed in found.items() if feed} == {
        "": FeedLink(FEED, "阳光年报：收录的年度报告"),
        "regions/410000/": FeedLink("regions/410000/feed.atom", "河南省：政府信息公开年报"),
        "regions/410400/": FeedLink("regions/410400/feed.atom", "平顶山市：政府信息公开年报"),
        "regions/410423/": FeedLink("regions/410423/feed.atom", "鲁山县：政府信息公开年报"),
        "regions/410481/": FeedLink("regions/410481/feed.atom", "舞钢市：政府信息公开年报"),
        "offices/410423004/": FeedLink("offices/410423004/feed.atom", "汇源街道办事处：政府信息公开年报"),
        "offices/410481-jyj/": FeedLink("offices/410481-jyj/feed.atom", "舞钢市教育局：政府信息公开年报"),
        "offices/410481100/": FeedLink("offices/410481100/feed.atom", "尚店镇人民政府：政府信息公开年报"),
    }
