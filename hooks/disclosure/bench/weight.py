"""How much a site weighs: its files, and the heaviest page of each kind."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

_KINDS = (
    ("home", re.compile(r"index\.html")),
    ("source", re.compile(r"offices/[^/]+/source/.+")),
    ("office", re.compile(r"offices/.+")),
    ("region", re.compile(r"regions/.+")),
    ("year", re.compile(r"years/.+")),
    ("quality", re.compile(r"quality/.+")),
    ("rule", re.compile(r"rules/.+")),
)
"""Kinds of pages by their path, the first that fits; hand-written pages do not grow and are left out."""


class Weight(NamedTuple):
    """A file: its path in the site, its bytes, and its bytes as a server sends them."""

    path: str
    raw: int
    gzip: int


class Total(NamedTuple):
    """A whole site: the pages, all its files, and their bytes."""

    pages: int
    files: int
    raw: int


def heaviest(site: Path) -> Mapping[str, Weight]:
    """The largest page of every kind, by kind."""
    largest: dict[str, tuple[int, str]] = {}
    for kind, size, name in _pages(site):
        largest[kind] = max(largest.get(kind, (0, "")), (size, name))
    return {kind: _weigh(site, largest[kind][1]) for kind, _ in _KINDS if kind in largest}


def total(site: Path) -> Total:
    """The number and size of everything in the site."""
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    return Total(pages, len(files), sum(path.stat().st_size for path in files))


def _pages(site: Path) -> Iterator[tuple[str, int, str]]:
    """Kind, size and path of every page that has a kind."""
    for path in site.rglob("*.html"):
        name = path.relative_to(site).as_posix()
        kind = next((kind for kind, pattern in _KINDS if pattern.fullmatch(name)), None)
        if kind:
            yield kind, path.stat().st_size, name


def _weigh(site: Path, name: str) -> Weight:
    content = (site / name).read_bytes()
    return Weight(name, len(content), len(gzip.compress(content, mtime=0)))
