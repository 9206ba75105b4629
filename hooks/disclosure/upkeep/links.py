"""Whether a finished site holds together: every link leads somewhere in it, every id stands once on its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

_ADDRESSES: Mapping[str, str] = {
    "a[href]": "href", "link[href]": "href", "script[src]": "src", "img[src]": "src", "form[action]": "action",
}  # fmt: skip
"""What leads somewhere, with the attribute that says where."""
_HOST = "site.invalid"
"""Stands for wherever the site will be published."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A fault of a page: its path in the site, and a Chinese sentence."""

    page: str
    message: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.page}：{self.message}"


def broken_links(site: Path, address: str = "") -> Iterator[Broken]:
    """Every fault of the pages of the site in this folder, page by page.

    ``address`` is where it is published, with a slash at its end, if that is known: links that begin with it are
    followed too.
    """
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    ids: dict[str, frozenset[str]] = {}
    links: list[tuple[str, str, str]] = []  # page, link as it stands there, path in the site with its fragment
    for page in sorted(name for name in files if name.endswith(".html")):
        tree = LexborHTMLParser((site / page).read_bytes())
        every = Counter(node.attributes["id"] or "" for node in tree.css("[id]"))
        ids[page] = frozenset(every)
        yield from (Broken(page, f"编号“{name}”用了 {count} 次。") for name, count in every.items() if count > 1)
        links += [
            (page, given, target) for given in _given(tree) if (target := _within(page, given, address)) is not None
        ]
    for page, given, target in links:
        path, _, fragment = target.partition("#")
        file = path if path in files else f"{path.rstrip('/')}/index.html".lstrip("/")
        if file not in files:
            yield Broken(page, f"链接“{given}”所指的 {path or '首页'} 不在网站里。")
        elif fragment and file in ids and unquote(fragment) not in ids[file]:
            yield Broken(page, f"链接“{given}”所指的 {path or '首页'} 里没有“{unquote(fragment)}”这一处。")


def _given(tree: LexborHTMLParser) -> Iterator[str]:
    for selector, attribute in _ADDRESSES.items():
        yield from (node.attributes[attribute] or "" for node in tree.css(selector))


def _within(page: str, given: str, address: str) -> str | None:
    """A link as a path in the site with its fragment; None where it leads elsewhere."""
    own = f"/{given.removeprefix(address)}" if address and given.startswith(address) else given
    target = urlsplit(urljoin(f"http://{_HOST}/{page.removesuffix('index.html')}", own))
    if target.netloc != _HOST:
        return None
    return unquote(target.path.removeprefix("/")) + (f"#{target.fragment}" if target.fragment else "")
