"""Pages at addresses whose contents stand elsewhere: each says where, and leads there.

Those of offices that once had a wrong id; and that of every newest report, which stands on the page of its office, so
that the address of a report is the same before and after a newer one arrives.
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.model import Office
from disclosure.render import urls
from disclosure.render.blocks import Heading, Link, Paragraph, Text, To
from disclosure.render.catalog import Catalog
from disclosure.render.page import Page


def moved_pages(catalog: Catalog, office: Office) -> Iterator[Page]:
    """A page for every former id of an office, and one for its newest report."""
    for former in office.former_ids:
        why = f"机关编号 {former} 已经停用，现在的编号是 {office.id}。"
        yield _page(office, urls.office(former), f"{office.name}：网址已更改", why)
    newest = catalog.latest(office.id)
    if newest is not None and newest.year is not None:
        why = f"{office.name} {newest.year} 年的报告是本站收录的最近一份，登在机关的页面上。"
        yield _page(office, urls.report(office.id, newest.year), f"{office.name} {newest.year} 年报告在机关页面", why)


def _page(office: Office, url: str, title: str, why: str) -> Page:
    to = urls.office(office.id)
    see = (Text(f"{why}请看"), Link(office.name, To(to)), Text("的页面。"))
    blocks = (Heading(1, title, "top"), Paragraph(see, "lead"))
    description = f"{why}请看{office.name}的页面。"
    return Page(url, title, description, blocks, "moved", searchable=False, twin=False, moved_to=to)
