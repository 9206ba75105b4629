"""What stands where: lists of places by key, cut into files of which a query loads one for each of its keys.

A key is three units behind each other, or as many as there are before a block ends: ``公开信``, ``件公_``, ``结束``,
``#2021;年度``. A place is a number; in ascending order they are written as the differences between them, seven bits
a byte.

A file, uncompressed: keys, in order, as text up to a line feed (``#2021;年度_ 公开 公开信示``: those of the same first
two units stand together, but for what has no third), then the number of places of each key, then all places.
``docs/assets/search-index.js`` reads it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from disclosure.search.units import WORD, WORD_END, units

_Numbers: TypeAlias = NDArray[np.uint32]
Places: TypeAlias = Mapping[str, Sequence[int] | _Numbers]
"""By key where it stands, in ascending order."""

BREAK: Final = ("", "")
"""Behind each block. Two places, where all else takes one: so nothing is found across it, not even what is parted."""
_LARGEST: Final = 2_000
"""Bytes of a file, uncompressed; that of a single key may have more."""
_BITS: Final = 7
_SHELF: Final = 3
"""Bits of a first character's first eight: 2,048 characters to a shelf, a dozen of which have Chinese."""
_UNITS = re.compile(f"{WORD}[^{WORD_END}]*{WORD_END}|.")


class KeyFile(NamedTuple):
    """A file of keys, and what of its first key tells it from all before."""

    first: str
    content: bytes


def units_of(blocks: Iterable[str]) -> list[str]:
    """The units of blocks with their breaks: as many as the places that they take."""
    return list(chain.from_iterable((*units(block), *BREAK) for block in blocks))


def places_of(text: Sequence[str]) -> dict[str, _Numbers]:
    """By key where it stands in these units, behind which there is a BREAK."""
    number = {unit: at for at, unit in enumerate(dict.fromkeys((BREAK[0], *text)))}
    first = np.fromiter(map(number.__getitem__, text), np.int64, len(text))
    second = np.append(first[1:], 0)
    third = np.where(second, np.append(first[2:], (0, 0))[: len(first)], 0)
    key_at = (first * len(number) + second) * len(number) + third
    places = np.flatnonzero(first)
    places = places[np.argsort(key_at[places], kind="stable")]
    lists = np.split(places.astype(np.uint32), np.flatnonzero(np.diff(key_at[places])) + 1)
    known = list(number)
    opens = [int(one[0]) for one in lists if len(one)]
    keys = zip(first[opens].tolist(), second[opens].tolist(), third[opens].tolist(), lists, strict=False)
    return {known[one] + known[two] + known[three]: found for one, two, three, found in keys}


def key_files(places: Places) -> Iterator[KeyFile]:
    """The files of these keys."""
    keys = sorted(places, key=_as_scripts_compare)
    counts = np.array([len(places[key]) for key in keys], np.uint32)
    written, sizes = _packed(_differences([places[key] for key in keys], counts))
    ends = np.cumsum(sizes)[np.cumsum(counts, dtype=np.int64) - 1].tolist() if keys else []
    told, lengths = _packed(counts)
    told_to = [0, *np.cumsum(lengths).tolist()]
    first = start = 0
    for at, end in enumerate(ends):
        following = ends[at + 1] if at + 1 < len(ends) else None
        if following is None or following - start > _LARGEST:
            head = f"{_listed(keys[first : at + 1])}\n".encode()
            content = head + told[told_to[first] : told_to[at + 1]] + written[start:end]
            yield KeyFile(_apart(keys[first], keys[first - 1] if first else ""), zlib.compress(content, 9))
            first, start = at + 1, end


def shelf(key: str) -> int:
    """Where the key stands among all, roughly: no key of a higher shelf stands before one of a lower."""
    return _as_scripts_compare(key)[0] >> _SHELF


def _as_scripts_compare(text: str) -> bytes:
    """JavaScript compares the halves of rare characters."""
    return text.encode("utf-16-be")


def _apart(key: str, before: str) -> str:
    """The shortest beginning of the key that stands behind the one before it."""
    beginnings = (key[:length] for length in range(1, len(key)))
    return next((one for one in beginnings if _as_scripts_compare(one) > _as_scripts_compare(before)), key)


def _listed(keys: Iterable[str]) -> str:
    """``公开 公开信示``: the keys 公开, 公开信 and 公开示."""
    groups = groupby(map(_UNITS.findall, keys), key=lambda units: (units[:2], len(units)))
    return " ".join("".join(two) + "".join(chain(*(units[2:] for units in group))) for (two, _), group in groups)


def _differences(places: Sequence[Sequence[int] | _Numbers], counts: _Numbers) -> _Numbers:
    """Each place less the one before it in its list."""
    if not places:
        return np.empty(0, np.uint32)
    every = np.concatenate([np.asarray(one, np.uint32) for one in places])
    less = np.concatenate([[np.uint32(0)], every[:-1]])
    less[np.cumsum(counts[:-1], dtype=np.int64)] = 0
    return every - less.astype(np.uint32)


def _packed(numbers: _Numbers) -> tuple[bytes, NDArray[np.int64]]:
    """The numbers, seven bits a byte, lowest first, all but the last with the eighth; and how many bytes each has."""
    sizes = np.ones(len(numbers), np.int64)
    for more in range(1, 5):
        sizes += numbers >= 1 << (_BITS * more)
    written = np.empty(int(sizes.sum()), np.uint8)
    starts = np.cumsum(sizes) - sizes
    for byte in range(int(sizes.max(initial=0))):
        has = sizes > byte
        low = (numbers[has] >> np.uint32(_BITS * byte)) & 0x7F
        written[starts[has] + byte] = low | ((sizes[has] > byte + 1) << _BITS)
    return written.tobytes(), sizes
