"""The releases as an Atom 1.0 feed (RFC 4287): ``changes.atom`` beside ``changes.json``."""

from __future__ import annotations

from itertools import islice
from typing import Final
from xml.etree import ElementTree as ET

from disclosure.releases.history import Entry, History
from disclosure.releases.words import FIRST_RELEASE, count_words, sentences
from disclosure.render import urls
from disclosure.render.atom import TAG, Head, add, begin, link, moment, root_of, written

FEED: Final = "changes.atom"
"""The address of the feed below ``/data/v1/``."""
FEED_TITLE: Final = "阳光年报：数据更新"
MOST_SENTENCES: Final = 50
"""Changes that an entry tells one by one."""
MOST_ENTRIES: Final = 20
"""Releases that the feed tells; the record has all."""
_TO_ROOT: Final = "../../"


def atom_feed(history: History, site_url: str = "") -> bytes:
    """The newest releases, newest first, as XML in UTF-8.

    ``site_url`` is the address of the site, with or without a slash at its end; where it is empty, identifiers are
    ``tag:`` URIs and links are relative to the feed.
    """
    root = root_of(site_url)
    entries = history.releases[:MOST_ENTRIES]
    address = f"{urls.DATA_FILES}{FEED}"
    head = Head(
        identifier=f"{root}{address}" if root else f"{TAG}changes",
        title=FEED_TITLE,
        updated=max(moment(entry.data_date) for entry in entries),
        address=f"{root or _TO_ROOT}{address}",
        page=f"{root or _TO_ROOT}{urls.CHANGES}",
    )
    feed = begin(head)
    for entry in entries:
        _entry(feed, history, entry, root)
    return written(feed)


def _entry(feed: ET.Element, history: History, entry: Entry, root: str) -> None:
    changes = history.changes_of(entry)
    summary = FIRST_RELEASE if changes is None else count_words(entry.counts)
    page = f"{urls.CHANGES}#{entry.anchor}"
    element = ET.SubElement(feed, "entry")
    add(element, "id", f"{root}{page}" if root else f"{TAG}changes/{entry.slug}")
    add(element, "title", f"版本 {entry.version}（数据日期 {entry.data_date}）")
    add(element, "updated", moment(entry.data_date))
    link(element, "alternate", f"{root or _TO_ROOT}{page}", "text/html")
    if changes is not None:
        link(element, "related", f"{root or _TO_ROOT}{urls.DATA_FILES}{entry.changes_url}", "application/json")
    add(element, "summary", summary)
    _content(element, summary, list(islice(sentences(changes), MOST_SENTENCES + 1)) if changes else [])


def _content(entry: ET.Element, summary: str, told: list[str]) -> None:
    """The summary and the first sentences, as XHTML, which feed readers show as a paragraph and a list."""
    content = ET.SubElement(entry, "content", {"type": "xhtml"})
    division = ET.SubElement(content, "div", {"xmlns": "http://www.w3.org/1999/xhtml"})
    add(division, "p", summary)
    if told:
        bullets = ET.SubElement(division, "ul")
        for sentence in told[:MOST_SENTENCES]:
            add(bullets, "li", sentence)
    if len(told) > MOST_SENTENCES:
        add(division, "p", f"这里只列前 {MOST_SENTENCES} 条，全部见网页和 JSON 文件。")
