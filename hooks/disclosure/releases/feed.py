"""The releases as an Atom 1.0 feed (RFC 4287): ``changes.atom`` beside ``changes.json``."""

from __future__ import annotations

from itertools import islice
from typing import Final
from xml.etree import ElementTree as ET

from disclosure.releases.history import Entry, History
from disclosure.releases.words import FIRST_RELEASE, count_words, sentences
from disclosure.render import urls

FEED: Final = "changes.atom"
"""The address of the feed below ``/data/v1/``."""
FEED_TITLE: Final = "阳光年报：数据更新"
MOST_SENTENCES: Final = 50
"""Changes that an entry tells one by one."""
MOST_ENTRIES: Final = 20
"""Releases that the feed tells; the record has all."""
_AUTHOR: Final = "阳光年报"
_DECLARATION: Final = '<?xml version="1.0" encoding="utf-8"?>\n'
_TO_ROOT: Final = "../../"
_TAG: Final = "tag:sunshine-reports,2021:"
"""What identifiers begin with where the address of the site is not known (RFC 4151)."""


def atom_feed(history: History, site_url: str = "") -> bytes:
    """The newest releases, newest first, as XML in UTF-8.

    ``site_url`` is the address of the site, with or without a slash at its end; where it is empty, identifiers are
    ``tag:`` URIs and links are relative to the feed.
    """
    root = f"{site_url.rstrip('/')}/" if site_url else ""
    entries = history.releases[:MOST_ENTRIES]
    feed = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "zh-CN"})
    _add(feed, "id", f"{root}{urls.DATA_FILES}{FEED}" if root else f"{_TAG}changes")
    _add(feed, "title", FEED_TITLE)
    _add(feed, "updated", max(_moment(entry) for entry in entries))
    _add(ET.SubElement(feed, "author"), "name", _AUTHOR)
    _link(feed, "self", f"{root or _TO_ROOT}{urls.DATA_FILES}{FEED}", "application/atom+xml")
    _link(feed, "alternate", f"{root or _TO_ROOT}{urls.CHANGES}", "text/html")
    for entry in entries:
        _entry(feed, history, entry, root)
    ET.indent(feed, " ")
    return f"{_DECLARATION}{ET.tostring(feed, encoding='unicode')}\n".encode()


def _entry(feed: ET.Element, history: History, entry: Entry, root: str) -> None:
    changes = history.changes_of(entry)
    summary = FIRST_RELEASE if changes is None else count_words(entry.counts)
    page = f"{urls.CHANGES}#{entry.anchor}"
    element = ET.SubElement(feed, "entry")
    _add(element, "id", f"{root}{page}" if root else f"{_TAG}changes/{entry.slug}")
    _add(element, "title", f"版本 {entry.version}（数据日期 {entry.data_date}）")
    _add(element, "updated", _moment(entry))
    _link(element, "alternate", f"{root or _TO_ROOT}{page}", "text/html")
    if changes is not None:
        _link(element, "related", f"{root or _TO_ROOT}{urls.DATA_FILES}{entry.changes_url}", "application/json")
    _add(element, "summary", summary)
    _content(element, summary, list(islice(sentences(changes), MOST_SENTENCES + 1)) if changes else [])


def _content(entry: ET.Element, summary: str, told: list[str]) -> None:
    """The summary and the first sentences, as XHTML, which feed readers show as a paragraph and a list."""
    content = ET.SubElement(entry, "content", {"type": "xhtml"})
    division = ET.SubElement(content, "div", {"xmlns": "http://www.w3.org/1999/xhtml"})
    _add(division, "p", summary)
    if told:
        bullets = ET.SubElement(division, "ul")
        for sentence in told[:MOST_SENTENCES]:
            _add(bullets, "li", sentence)
    if len(told) > MOST_SENTENCES:
        _add(division, "p", f"这里只列前 {MOST_SENTENCES} 条，全部见网页和 JSON 文件。")


def _moment(entry: Entry) -> str:
    """Data have a date and no time of day; the clock of the build must not come in."""
    return f"{entry.data_date}T00:00:00Z"


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _link(parent: ET.Element, relation: str, href: str, media_type: str) -> None:
    ET.SubElement(parent, "link", {"rel": relation, "href": href, "type": media_type})
