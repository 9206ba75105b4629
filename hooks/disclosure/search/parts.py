"""Which pages make a part of the index, and the files of a part.

Pages of offices go by place: all of the country, if that is not too much, or else of each of the next longer beginnings
of division codes. So a page that changes, comes or goes touches the part of its place alone. All other pages are one
part, which whatever changes touches.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any, Final, NamedTuple

from disclosure.search.keys import KeyFile, key_files, places_of, units_of
from disclosure.search.kinds import Facets

LARGEST: Final = 5_000_000
"""Bytes of text that a part may have, unless it is that of one division code: decision 0025."""


class Copy(NamedTuple):
    """What of a page can be found; they stand in a part in this order.

    ``order`` is that of the page's kind; ``blocks`` are (anchor of a heading or nothing, text).
    """

    order: int
    address: str
    title: str
    blocks: tuple[tuple[str, str], ...]
    facets: Facets


class Part(NamedTuple):
    """A part of the index. ``digest`` names its folder, ``files`` are the contents by their path in it."""

    digest: str
    pages: int
    facets: Facets
    keys: str
    files: Mapping[str, bytes]


def parted(sizes: Mapping[str, int], largest: int = LARGEST) -> Iterator[tuple[str, ...]]:
    """The division codes of each part, in order. ``sizes`` are bytes by code."""
    if sizes:
        yield from _parted(sorted(sizes), sizes, largest, 0)


def _parted(codes: Sequence[str], sizes: Mapping[str, int], largest: int, alike: int) -> Iterator[tuple[str, ...]]:
    """Parts of codes that are alike in so many of their first characters."""
    if len(codes) == 1 or sum(sizes[code] for code in codes) <= largest:
        yield tuple(codes)
        return
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for code in codes:
        groups[code[: alike + 1]].append(code)
    for group in groups.values():
        yield from _parted(group, sizes, largest, alike + 1)


def part_of(copies: Sequence[Copy]) -> Part:
    """The part of these pages."""
    copies = sorted(copies)
    text: list[str] = []
    starts, titles = [], []
    for copy in copies:
        title = units_of([copy.title])
        starts.append(len(text))
        titles.append(len(title))
        text += title + units_of(block for _, block in copy.blocks)
    places = places_of(text)
    choices = sorted({_json(copy.facets) for copy in copies})
    number = {choice: at for at, choice in enumerate(choices)}
    head = {
        "lengths": [after - before for before, after in pairwise([*starts, len(text)])],
        "titles": titles,
        "order": [copy.order for copy in copies],
        "choices": [json.loads(choice) for choice in choices],
        "choice": [number[_json(copy.facets)] for copy in copies],
    }
    pages = {f"pages/{at}.bin": _small(copy[1:4]) for at, copy in enumerate(copies)}
    files = indexed(key_files(places), head) | pages
    return Part(named(files), len(copies), _together([copy.facets for copy in copies]), " ".join(places), files)


def indexed(key_files: Iterable[KeyFile], head: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of keys, and that which says what to find in which, and ``head``."""
    firsts, keys = [], {}
    for at, file in enumerate(key_files):
        firsts.append(file.first)
        keys[f"keys/{at}.bin"] = file.content
    return {"head.bin": _small({**head, "keys": firsts}), **keys}


def named(files: Mapping[str, bytes]) -> str:
    """A name that changes with what is in the files: browsers may keep them for ever."""
    digest = sha256()
    for path, content in files.items():
        digest.update(f"{path} {len(content)} ".encode() + content)
    return digest.hexdigest()[:16]


def _together(every: Sequence[Facets]) -> Facets:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for facets in every:
        for name, values in facets.items():
            found[name].update(values)
    return {name: sorted(values) for name, values in sorted(found.items())}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _small(value: object) -> bytes:
    return zlib.compress(_json(value).encode(), 9)
