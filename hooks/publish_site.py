"""Publish the portal through MkDocs: the only file that MkDocs loads and the only one that imports it.

It only translates: MkDocs' events into calls of the package, the package's errors into MkDocs' errors. Generated pages
are Markdown pages to MkDocs and are published as such, but skip Python-Markdown, which takes 20 ms a page and knows no
table scopes: their HTML, made of the same description, is set afterwards. The pages of offices are none to MkDocs:
they are written at the end through the same template (``docs/contributing/decisions/0023-several-processes.md``). What
one event leaves for the next stands in ``config.extra``, which is new in every build.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

from disclosure.dataset import gather
from disclosure.errors import DisclosureError
from disclosure.fictional import notice_about
from disclosure.keeping import PAGES, SEARCH
from disclosure.model import Office
from disclosure.open_data import Settings, publish_open_data
from disclosure.order import Order
from disclosure.pages_cache import OfficeFiles, PagesCache, version
from disclosure.parallel import Task, processes_here, side_by_side
from disclosure.pipeline import build_portal, made_to_last
from disclosure.progress import Progress
from disclosure.render.catalog import Catalog, arrange
from disclosure.render.digest import digest
from disclosure.render.feeds import feed_of
from disclosure.render.moved import moved_pages
from disclosure.render.page import Entry, Page
from disclosure.render.site import office_addresses, office_pages, shared_pages
from disclosure.search import Copies
from disclosure.search.kept import KeptParts
from disclosure.search_names import page_facets, write_names
from disclosure.settings import PREVIEW
from disclosure.writing import Tree
from jinja2 import Environment, Template
from mkdocs import __version__ as mkdocs_version
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

_PAGES = "disclosure_pages"
_TWINS = "disclosure_twins"
_DIGEST = "disclosure_digest"
_DATE = "disclosure_date"
_ORDER = "disclosure_order"
_CATALOG = "disclosure_catalog"
_LISTED = "disclosure_listed"
_NAV = "disclosure_nav"
_ENV = "disclosure_env"
_PREVIEW = "disclosure_preview"
_FICTIONAL = "disclosure_fictional"
_ANCHOR = re.compile(r' id="([^"]+)"')
_SHOWN_IN_PLACE = re.compile(r'<a [^>]*class="(?:figure|term|mark )')
"""Links whose goal docs/assets/panel.js shows on the spot; other pages do without it."""
_CLASSES = ('class="figure', 'class="term', 'class="mark ')
_WRITING = "生成机关网页"
_FEW = 20
"""So many offices are not worth another process."""

log = logging.getLogger("mkdocs.hooks.disclosure")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Read everything under reports/, add every page that comes of it as a virtual file, and write the data.

    MkDocs has emptied the site's folder before; sizes and sums of the data stand on the pages about them.
    """
    try:
        with made_to_last():
            order = Order.of(Path(config.config_file_path).parent, os.environ)
            portal = build_portal(order.root, order)
            published = bool(config.site_url) and PREVIEW not in os.environ
            config.extra[_FICTIONAL] = notice_about(portal.offices, published=published)
            dataset = gather(portal)
            catalog = arrange(portal, dataset)
            settings = Settings.from_environment(os.environ, config.site_url)
            data_pages = publish_open_data(catalog, Path(config.site_dir), settings)
            pages = [*shared_pages(catalog), *data_pages]
            write_names(catalog, Path(config.site_dir))
    except DisclosureError as error:
        raise PluginError(str(error)) from error
    twins = {page.src_uri: page.markdown() for page in pages if page.twin}
    for page in pages:
        content = twins.get(page.src_uri, "")
        files.append(File.generated(config, page.src_uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV))
    listed = [address for office in catalog.offices for address in office_addresses(catalog, office)]
    moved = sum(1 for office in catalog.offices for _ in moved_pages(catalog, office))
    config.extra[_TWINS] = twins
    config.extra[_PAGES] = {page.src_uri: page for page in pages}
    config.extra[_LISTED] = [urljoin(config.site_url, address) for address in listed] if config.site_url else []
    config.extra[_ORDER] = order
    config.extra[_CATALOG] = catalog
    config.extra[_DIGEST] = digest(portal, dataset, len(pages) + len(listed) + moved)
    config.extra[_PREVIEW] = PREVIEW in os.environ
    config.extra[_DATE] = settings.date_of(catalog).isoformat()
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG001 MkDocs passes all by name
    """Keep the navigation for the pages of offices."""
    config.extra[_NAV] = nav
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG001 MkDocs passes all by name
    """Keep the templates for the pages of offices."""
    config.extra[_ENV] = env
    return env


def on_page_markdown(markdown: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 MkDocs passes all by name
    """Give a generated page its head, and every page a date that comes from the data instead of the clock."""
    page.update_date = config.extra[_DATE]
    ours = _generated(page, config)
    if ours is None:
        return markdown
    _set_head(page, ours, config)
    return ""


def on_page_content(html: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 MkDocs passes all by name
    """Put the contents of a generated page in place, with its table of contents and its anchors."""
    ours = _generated(page, config)
    if ours is None:
        return html
    _set_contents(page, ours)
    page.present_anchor_ids = set(_ANCHOR.findall(page.content or ""))  # links to them are checked
    return page.content or ""


def on_post_build(config: MkDocsConfig) -> None:
    """Write the pages of the offices and the Markdown twins, index the finished site, and say what was done."""
    site = Path(config.site_dir)
    for src_uri, markdown in config.extra[_TWINS].items():
        (site / src_uri).write_text(markdown, encoding="utf-8", newline="\n")
    catalog: Catalog = config.extra[_CATALOG]
    order: Order = config.extra[_ORDER]
    kept = order.kept(SEARCH)
    try:
        with TemporaryDirectory() as folder:
            copies = Copies(Path(folder), page_facets(catalog))
            copies.add_all(site)
            _write_offices(config, catalog, copies)
            kept.use(copies.index(site, KeptParts(kept)))
    except DisclosureError as error:
        raise PluginError(str(error)) from error
    order.forget(kept)
    for line in config.extra[_DIGEST]:
        log.info(line)


def _write_offices(config: MkDocsConfig, catalog: Catalog, copies: Copies) -> None:
    """The pages of offices, four of five of all; those about which nothing changed are taken from an earlier build."""
    order: Order = config.extra[_ORDER]
    kept = order.kept(PAGES)
    program = (MkDocsConfig.__module__, mkdocs_version)  # every page names it, and it may be ProperDocs
    told = (config.extra[name] for name in (_DATE, _PREVIEW, _FICTIONAL))
    common = (version(order.root), *program, config.site_url, *told)
    cache = PagesCache(kept, catalog, common)
    processes = processes_here() if len(catalog.offices) > _FEW else 1
    shares = [catalog.offices[first::processes] for first in range(processes)]
    progress = Progress(len(shares[0]), _WRITING, lines=True)
    counted = [progress.over(shares[0]), *shares[1:]]  # the others have as many
    write = partial(_write_some, config, catalog, copies, cache)
    side_by_side([Task(_WRITING, partial(write, share)) for share in counted], processes)
    if not config.extra[_PREVIEW]:  # its pages are others, and those of the next build are still wanted
        order.forget(kept)


def _write_some(
    config: MkDocsConfig, catalog: Catalog, copies: Copies, cache: PagesCache, offices: Iterable[Office]
) -> None:
    site = Tree(Path(config.site_dir))
    template = config.extra[_ENV].get_template("main.html")
    for office in offices:
        made = cache.find(office)
        if made is None:
            made = _office_files(config, catalog, copies, template, office)
            cache.keep(office, made)
        for path, content in made.files:
            site.write(path, content)
        for placed in made.copies:
            copies.put(placed)


def _office_files(
    config: MkDocsConfig, catalog: Catalog, copies: Copies, template: Template, office: Office
) -> OfficeFiles:
    files, found = [], []
    for ours in chain(office_pages(catalog, office), moved_pages(catalog, office)):
        html = template.render(_context(ours, config))
        file = f"{ours.url}index.html"
        files.append((file, html.encode(errors="xmlcharrefreplace")))
        found.append(copies.copy(file, html))
        if ours.twin:
            files.append((ours.src_uri, ours.markdown().encode()))
    return OfficeFiles(tuple(files), tuple(placed for placed in found if placed is not None))


def _context(ours: Page, config: MkDocsConfig) -> TemplateContext:
    """What MkDocs gives the template of a page, without all that it keeps of each until the last one is written."""
    page = SitePage(None, File.generated(config, ours.src_uri, content=""), config)
    page.markdown, page.active, page.update_date = "", True, config.extra[_DATE]
    _set_head(page, ours, config)
    _set_contents(page, ours)
    return get_context(config.extra[_NAV], (), config, page)


def _set_head(page: SitePage, ours: Page, config: MkDocsConfig) -> None:
    page.meta = {"description": ours.head_description, "structured_data": ours.structured_data, "feed": feed_of(ours)}
    if not page.is_homepage:
        page.meta["title"] = ours.head_title
    if ours.moved_to:
        page.meta["moved_to"] = ours.moved_to
        page.canonical_url = urljoin(config.site_url, ours.moved_to) if config.site_url else None


def _set_contents(page: SitePage, ours: Page) -> None:
    page.content = ours.html()
    page.toc = _contents(ours.contents())
    page.meta["panel"] = _shows_in_place(page.content)


def _shows_in_place(html: str) -> bool:
    """Three of five pages have no such link: a look for a few words is enough, where the pattern reads every link."""
    return any(words in html for words in _CLASSES) and _SHOWN_IN_PLACE.search(html) is not None


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
