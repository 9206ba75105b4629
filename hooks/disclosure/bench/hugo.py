"""A site for Hugo with our pages: the same Markdown, the same head and foot around it, nothing else.

Each page becomes ``offices/410481100.md``, as a folder with an ``index.md`` would make files of the pages below it.
Titles and descriptions, which our pages have in their head, stand before the Markdown.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from pathlib import Path

_CONFIG = """baseURL = "https://site.example/"
languageCode = "zh"
title = "阳光年报"
disableKinds = ["section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
[markup.highlight]
codeFences = false
"""
_TITLE = re.compile(r"<title>(.*?)</title>")
_DESCRIPTION = re.compile(r'<meta name="description" content="(.*?)"')
_HEAD = re.compile(r".*?<article\b[^>]*>", re.DOTALL)
_FOOT = re.compile(r"</article>(?!.*</article>).*", re.DOTALL)


def write_source(folder: Path, site: Path, urls: Iterable[str]) -> None:
    """Write all that Hugo needs for the home page and the pages at these addresses of the built ``site``."""
    listed = list(urls)
    layouts = folder / "layouts"
    (layouts / "_default").mkdir(parents=True)
    layout = _layout((site / listed[-1] / "index.html").read_text(encoding="utf-8"))
    (layouts / "_default" / "single.html").write_text(layout, encoding="utf-8")
    (layouts / "index.html").write_text(layout, encoding="utf-8")
    (folder / "config.toml").write_text(_CONFIG, encoding="utf-8")
    for url in ("", *listed):
        page = folder / "content" / (f"{url.rstrip('/')}.md" if url else "_index.md")
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_matter(site / url) + (site / url / "index.md").read_text(encoding="utf-8"), encoding="utf-8")


def _layout(page: str) -> str:
    """A template made of one of our pages."""
    head, foot = _found(_HEAD, page), _found(_FOOT, page)
    title, description = _head_of(page)
    for words, name in ((description, ".Description"), (title, ".Title"), (title.partition(" - ")[0], ".Title")):
        head = head.replace(words, f"{{{{ {name} }}}}")
    return f"{head}\n{{{{ .TableOfContents }}}}\n{{{{ .Content }}}}\n{foot}"


def _matter(folder: Path) -> str:
    title, description = map(html.unescape, _head_of((folder / "index.html").read_text(encoding="utf-8")))
    return json.dumps({"title": title, "description": description}, ensure_ascii=False) + "\n\n"


def _head_of(page: str) -> tuple[str, str]:
    """Title and description, as they stand in the HTML."""
    return _TITLE.findall(page)[0], _DESCRIPTION.findall(page)[0]


def _found(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise ValueError(f"no page of ours: {page[:80]!r}")
    return found.group()
