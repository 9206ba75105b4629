"""Pages: what the site says, described once in ``blocks.py`` and written as HTML and as Markdown."""

from disclosure.render.page import Page
from disclosure.render.site import render_site

__all__ = ["Page", "render_site"]
