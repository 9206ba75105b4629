"""Publish the portal through MkDocs: the only file that MkDocs loads and the only one that imports it.

It only translates: MkDocs' events into calls of the package, the package's errors into MkDocs' errors. Generated pages
are Markdown pages to MkDocs and are published as such, but skip Python-Markdown, which takes 20 ms a page and knows no
table scopes: their HTML, made of the same description, is set afterwards. What one event leaves for the next stands in
``config.extra``, which is new in every build.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urljoin

from disclosure.dataset import gather
from disclosure.errors import DisclosureError
from disclosure.open_data import Settings, publish_open_data
from disclosure.pipeline import build_portal, made_to_last
from disclosure.render.catalog import arrange
from disclosure.render.digest import digest
from disclosure.render.feeds import feed_of
from disclosure.render.moved import moved_pages
from disclosure.render.page import Entry, Page
from disclosure.render.site import render_site
from disclosure.search import index_site
from disclosure.search_names import page_facets, write_names
from disclosure.settings import PREVIEW
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import AnchorLink, TableOfContents

_PAGES = "disclosure_pages"
_TWINS = "disclosure_twins"
_DIGEST = "disclosure_digest"
_DATE = "disclosure_date"
_FACETS = "disclosure_facets"
_PREVIEW = "disclosure_preview"
_ANCHOR = re.compile(r' id="([^"]+)"')
_SHOWN_IN_PLACE = re.compile(r'<a [^>]*class="(?:figure|term|mark )')
"""Links whose goal docs/assets/panel.js shows on the spot; other pages do without it."""

log = logging.getLogger("mkdocs.hooks.disclosure")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Read everything under reports/, add every page that comes of it as a virtual file, and write the data.

    MkDocs has emptied the site's folder before; sizes and sums of the data stand on the pages about them.
    """
    try:
        with made_to_last():
            portal = build_portal(Path(config.config_file_path).parent)
            dataset = gather(portal)
            catalog = arrange(portal, dataset)
            settings = Settings.from_environment(os.environ, config.site_url)
            data_pages = publish_open_data(catalog, Path(config.site_dir), settings)
            pages = [*render_site(catalog), *moved_pages(catalog), *data_pages]
            write_names(catalog, Path(config.site_dir))
    except DisclosureError as error:
        raise PluginError(str(error)) from error
    twins = {page.src_uri: page.markdown() for page in pages if page.twin}
    for page in pages:
        content = twins.get(page.src_uri, "")
        files.append(File.generated(config, page.src_uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV))
    config.extra[_TWINS] = twins
    config.extra[_PAGES] = {page.src_uri: page for page in pages}
    config.extra[_DIGEST] = digest(portal, dataset, pages)
    config.extra[_FACETS] = page_facets(catalog)
    config.extra[_PREVIEW] = PREVIEW in os.environ
    config.extra[_DATE] = settings.date_of(catalog).isoformat()
    return files


def on_page_markdown(markdown: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 MkDocs passes all by name
    """Give a generated page its head, and every page a date that comes from the data instead of the clock."""
    page.update_date = config.extra[_DATE]
    ours = _generated(page, config)
    if ours is None:
        return markdown
    page.meta = {"description": ours.head_description, "structured_data": ours.structured_data, "feed": feed_of(ours)}
    if not page.is_homepage:
        page.meta["title"] = ours.head_title
    if ours.moved_to:
        page.meta["moved_to"] = ours.moved_to
        page.canonical_url = urljoin(config.site_url, ours.moved_to) if config.site_url else None
    return ""


def on_page_content(html: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 MkDocs passes all by name
    """Put the contents of a generated page in place, with its table of contents and its anchors."""
    ours = _generated(page, config)
    if ours is None:
        return html
    contents = ours.html()
    page.toc = _contents(ours.contents())
    page.present_anchor_ids = set(_ANCHOR.findall(contents))
    page.meta["panel"] = _SHOWN_IN_PLACE.search(contents) is not None
    return contents


def on_post_build(config: MkDocsConfig) -> None:
    """Write the Markdown twins, index the finished site, and say what was done."""
    site = Path(config.site_dir)
    for src_uri, markdown in config.extra[_TWINS].items():
        (site / src_uri).write_text(markdown, encoding="utf-8", newline="\n")
    try:
        index_site(site, config.extra[_FACETS])
    except DisclosureError as error:
        raise PluginError(str(error)) from error
    for line in config.extra[_DIGEST]:
        log.info(line)


def _generated(page: SitePage, config: MkDocsConfig) -> Page | None:
    found: Page | None = config.extra[_PAGES].get(page.file.src_uri)
    return found


def _contents(entries: Sequence[Entry]) -> TableOfContents:
    """MkDocs' table of contents: each entry below the last one of a higher level."""
    top: list[AnchorLink] = []
    open_links: list[AnchorLink] = []
    for level, anchor, title in entries:
        link = AnchorLink(title, anchor, level)
        while open_links and open_links[-1].level >= level:
            open_links.pop()
        (open_links[-1].children if open_links else top).append(link)
        open_links.append(link)
    return TableOfContents(top)
