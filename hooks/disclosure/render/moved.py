"""Pages at the addresses that an office had under a wrong id: each says where its page is now, and leads there."""

from __future__ import annotations

from disclosure.model import Office
from disclosure.render import urls
from disclosure.render.blocks import Heading, Link, Paragraph, Text, To
from disclosure.render.catalog import Catalog
from disclosure.render.page import Page


def moved_pages(catalog: Catalog) -> list[Page]:
    """A page for every former id of every office, in the order of the offices."""
    return [_page(office, former) for office in catalog.offices for former in office.former_ids]


def _page(office: Office, former: str) -> Page:
    to = urls.office(office.id)
    blocks = (
        Heading(1, "网址已更改", "top"),
        Paragraph(
            (
                Text(f"机关编号 {former} 已经停用，现在的编号是 {office.id}。请看"),
                Link(office.name, To(to)),
                Text("的页面。"),
            ),
            "lead",
        ),
    )
    description = f"机关编号 {former} 已经停用，{office.name}的页面换了网址。"
    title = f"{office.name}：网址已更改"
    return Page(urls.office(former), title, description, blocks, "moved", searchable=False, twin=False, moved_to=to)
