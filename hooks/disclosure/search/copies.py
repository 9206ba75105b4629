"""Copy from the pages of a site what can be found, and write the index of it: ``search/texts.json`` and the folder."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar

import msgspec

from disclosure.errors import DisclosureError
from disclosure.parallel import Task, processes_here, side_by_side
from disclosure.search.kept import KeptParts, key_of
from disclosure.search.keys import KeyFile, key_files, shelf
from disclosure.search.kinds import OFFICES, Facets, kind_of
from disclosure.search.parts import LARGEST, Copy, indexed, named, part_of, parted
from disclosure.search.text import strip_page
from disclosure.writing import Tree

TEXTS: Final = "search/texts"
"""The folder of the index in the site; beside it, with ``.json``, stands which parts there are."""
_NOT_INDEXED = frozenset({"404.html", "search/index.html"})
_SHARED: Final = "-"
"""Instead of a division code: pages that belong to no place."""
_FEW_PARTS: Final = 3
"""So many are asked without looking up first which of them have the keys of a query."""
_SMALL: Final = 1_000_000
"""Bytes of text that are not worth another process."""
_INDEXING = "编制搜索索引"

Result = TypeVar("Result")


class Placed(NamedTuple):
    """What can be found on a page, packed, and the division code of the place whose part it belongs to."""

    place: str
    copy: bytes


class _Done(NamedTuple):
    """A part that is written: what it depends on, its folder, what is said of it in the list of parts."""

    key: str
    digest: str
    pages: int
    facets: Facets


def index_site(site_dir: Path, facets: Mapping[str, Facets] = MappingProxyType({})) -> None:
    """Write the search index of the finished site ``site_dir``.

    Pages count with the text of their ``article``, without our tables and without what is marked
    ``data-unsearched``. ``facets`` says by its address what a page can be chosen by, beside its kind.

    Raises:
        DisclosureError: there is nothing to be found.
        OSError: it cannot be written.
    """
    with tempfile.TemporaryDirectory() as folder:
        copies = Copies(Path(folder), facets)
        copies.add_all(site_dir)
        copies.index(site_dir)


class Copies:
    """What can be found on the pages of a site, in a folder of its own. Several processes may add to it."""

    def __init__(self, folder: Path, facets: Mapping[str, Facets], largest: int = LARGEST) -> None:
        """``largest`` is how many bytes of text a part of the index may have."""
        self._folder = folder
        self._tree = Tree(folder)
        self._facets = facets
        self._largest = largest

    def add(self, file: str, html: str) -> None:
        """Add a page by its file in the site (``offices/410481100/index.html``), if anything is to be found on it."""
        placed = self.copy(file, html)
        if placed is not None:
            self.put(placed)

    def copy(self, file: str, html: str) -> Placed | None:
        """What ``add`` adds of a page; None where nothing is to be found on it."""
        stripped = strip_page(html)
        if file in _NOT_INDEXED or not (stripped.title or stripped.blocks):
            return None
        path = PurePosixPath(file)
        address = "" if path.name == file else f"{path.parent}/"
        address += "" if path.name == "index.html" else path.name
        kind, facets = kind_of(path.parts[0]), self._facets.get(f"{path.parent}/", {})
        blocks = tuple(zip(stripped.anchors, stripped.blocks, strict=True))
        copy = Copy(kind.order, address, stripped.title, blocks, {"page": [kind.name], **facets})
        place = (facets.get("region") or [_SHARED])[-1] if path.parts[0] == OFFICES else _SHARED
        return Placed(place, _ENCODER.encode(copy))

    def put(self, placed: Placed) -> None:
        """Add what was copied of a page."""
        self._tree.append(f"{placed.place}/{os.getpid()}", placed.copy, b"\n")

    def add_all(self, site_dir: Path, but: Container[str] = ()) -> None:
        """Add the pages that the site has now, but for those in the folders ``but`` (``offices/410481100``)."""
        for page in sorted(_files(site_dir, "", but)):
            self.add(page, (site_dir / page).read_text(encoding="utf-8"))

    def index(self, site_dir: Path, kept: KeptParts | None = None) -> set[str]:
        """Write the index of all copies. Parts that did not change are taken from ``kept``, which gets the others.

        Returns:
            By what names the parts are kept.

        Raises:
            DisclosureError: there is nothing to be found.
            OSError: it cannot be written.
        """
        sizes = {place.name: sum(file.stat().st_size for file in place.iterdir()) for place in self._folder.iterdir()}
        small = sum(sizes.values()) < _SMALL
        if not sizes:
            raise DisclosureError("搜索索引没有建成：网站里没有一页有可以查找的文字。")
        shared = [(_SHARED,)] if sizes.pop(_SHARED, 0) else []
        parts = [*shared, *parted(sizes, self._largest)]
        texts = site_dir / TEXTS
        if texts.is_dir():
            shutil.rmtree(texts)
        processes = 1 if small else processes_here()
        shares = [range(len(parts))[first::processes] for first in range(processes)]
        with tempfile.TemporaryDirectory() as folder:
            write = partial(self._write, texts, _Keys(Path(folder)), kept)
            work = [Task(_INDEXING, partial(_each, write, [(at, parts[at]) for at in share])) for share in shares]
            answers = side_by_side(work, processes)
            done = [answers[at % processes][at // processes] for at in range(len(parts))]
            _list(done, _Keys(Path(folder)), site_dir)
        return {one.key for one in done}

    def _write(self, texts: Path, keys: _Keys, kept: KeptParts | None, number: int, places: Sequence[str]) -> _Done:
        """Write a part, and its keys for the table of all keys."""
        pages = sorted(line for place in places for line in self._lines(place))
        key = key_of(b"\n".join(pages))
        part = None if kept is None else kept.find(key)
        if part is None:
            part = part_of([_DECODER.decode(page) for page in pages])
            if kept is not None:
                kept.keep(key, part)
        _write_files(part.files, texts / part.digest)
        keys.add(number, part.keys.split())
        return _Done(key, part.digest, part.pages, part.facets)

    def _lines(self, place: str) -> Iterator[bytes]:
        for file in (self._folder / place).iterdir():
            yield from file.read_bytes().splitlines()


class _Keys:
    """The keys of all parts, in a folder, shelf by shelf: all at once would take more memory than all else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, part: int, keys: Sequence[str]) -> None:
        """Add those of a part, by its number."""
        shelves: defaultdict[int, list[str]] = defaultdict(list)
        for key in keys:
            shelves[shelf(key)].append(key)
        for number, some in shelves.items():
            (self._folder / f"{number}-{part}").write_text(" ".join(some), encoding="utf-8")

    def files(self) -> Iterator[KeyFile]:
        """The table of all keys: the numbers of the parts that have each."""
        shelves: defaultdict[int, list[int]] = defaultdict(list)
        for file in self._folder.iterdir():
            number, part = map(int, file.name.split("-"))
            shelves[number].append(part)
        for number, parts in sorted(shelves.items()):
            found: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
            for part in sorted(parts):
                for key in (self._folder / f"{number}-{part}").read_text(encoding="utf-8").split(" "):
                    found[key].append(part)
            yield from key_files(found)


def _each(work: Callable[..., Result], arguments: Sequence[tuple[Any, ...]]) -> list[Result]:
    return [work(*some) for some in arguments]


def _list(parts: Sequence[_Done], keys: _Keys, site_dir: Path) -> None:
    """Write which parts there are, and, where they are many, which of them has which key."""
    listed: dict[str, Any] = {
        "parts": [{"at": part.digest, "pages": part.pages, "facets": part.facets} for part in parts]
    }
    if len(parts) > _FEW_PARTS:
        files = indexed(keys.files(), {})
        listed["table"] = named(files)
        _write_files(files, site_dir / TEXTS / listed["table"])
    text = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
    file = (site_dir / TEXTS).with_suffix(".json")
    file.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _write_files(files: Mapping[str, bytes], folder: Path) -> None:
    tree = Tree(folder)
    for path, content in files.items():
        tree.write(path, content)


def _files(site_dir: Path, folder: str, but: Container[str]) -> Iterator[str]:
    """The pages below a folder, by their path in the site."""
    for entry in os.scandir(site_dir / folder):
        name = f"{folder}/{entry.name}".removeprefix("/")
        if entry.is_dir(follow_symlinks=False) and name not in but:
            yield from _files(site_dir, name, but)
        elif name.endswith(".html") and entry.is_file():
            yield name


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Copy)
