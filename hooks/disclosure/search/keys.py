"""What stands where: lists of places by key, cut into files of which a query loads one for each of its keys.

A key is a word, or a Chinese character and what follows it, up to three: ``公开信``, ``公开_`` and ``开_`` (where a run
ends), ``公开#`` and ``开#`` (where a word follows). A place is a number; in ascending order they are written as the
differences between them, seven bits a byte.

A file, uncompressed: keys, in order, as text up to a line feed (``#2021 公开信示_ 开_``: those of the same first two
are together), then the number of places of each key, then all places. ``docs/assets/search-index.js`` reads it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from disclosure.search.units import PARTED, WORD, units

_Numbers: TypeAlias = NDArray[np.uint32]
Places: TypeAlias = Mapping[str, Sequence[int] | _Numbers]
"""By key where it stands, in ascending order."""

BREAK: Final = ("", "")
"""Behind each block. Two places, where all else takes one: so nothing is found across it, not even what is parted."""
_LARGEST: Final = 12_000
"""Bytes of a file, uncompressed; that of a single key may have more."""
_BITS: Final = 7


class KeyFile(NamedTuple):
    """A file of keys: its first key, and its content."""

    first: str
    content: bytes


def units_of(blocks: Iterable[str]) -> list[str]:
    """The units of blocks with their breaks: as many as the places that they take."""
    return list(chain.from_iterable((*units(block), *BREAK) for block in blocks))


def places_of(text: Sequence[str]) -> dict[str, _Numbers]:
    """By key where it stands in these units, of which there is at least one."""
    number = {unit: at for at, unit in enumerate(dict.fromkeys((*text, PARTED)))}
    known = list(number)
    ends = list(dict.fromkeys(("", *map(_end, known))))  # a word is a key by itself
    ending = {end: at for at, end in enumerate(ends)}
    is_word = np.array([unit[:1] == WORD for unit in known])
    is_key = np.array([unit not in {"", PARTED} for unit in known])
    end_of = np.array([ending[_end(unit)] for unit in known])
    unit_at = np.fromiter(map(number.__getitem__, text), np.int64, len(text))
    end_at = end_of[unit_at]
    nothing = ending[PARTED]
    second = np.where(is_word[unit_at], 0, np.append(end_at[1:], nothing))
    closed = np.isin(second, [0, nothing, ending.get(WORD, 0)])
    third = np.where(closed, 0, np.append(end_at[2:], [nothing, nothing])[: len(end_at)])
    key_at = (unit_at * len(ends) + second) * len(ends) + third
    places = np.flatnonzero(is_key[unit_at])
    places = places[np.argsort(key_at[places], kind="stable")]
    cuts = np.flatnonzero(np.diff(key_at[places])) + 1
    lists = np.split(places.astype(np.uint32), cuts)
    firsts = [int(one[0]) for one in lists if len(one)]
    keys = zip(unit_at[firsts].tolist(), second[firsts].tolist(), third[firsts].tolist(), lists, strict=False)
    return {known[unit] + ends[end] + ends[last]: one for unit, end, last, one in keys}


def _end(unit: str) -> str:
    """What of a unit stands in the key of the character before it."""
    return WORD if unit[:1] == WORD else unit or PARTED


def key_files(places: Places) -> Iterator[KeyFile]:
    """The files of these keys."""
    keys = sorted(places, key=_as_scripts_compare)
    counts = np.array([len(places[key]) for key in keys], np.uint32)
    written, sizes = _packed(_differences([places[key] for key in keys], counts))
    ends = np.cumsum(sizes)[np.cumsum(counts, dtype=np.int64) - 1].tolist() if keys else []
    first = start = 0
    for at, end in enumerate(ends):
        following = ends[at + 1] if at + 1 < len(ends) else None
        if following is None or following - start > _LARGEST:
            head = f"{_listed(keys[first : at + 1])}\n".encode()
            content = head + _packed(counts[first : at + 1])[0] + written[start:end]
            yield KeyFile(keys[first], zlib.compress(content, 9))
            first, start = at + 1, end


def _as_scripts_compare(text: str) -> bytes:
    """JavaScript compares the halves of rare characters."""
    return text.encode("utf-16-be")


def _listed(keys: Iterable[str]) -> str:
    """``#2021 公开信示``: the keys 公开信 and 公开示 behind a word."""
    groups = groupby(keys, key=lambda key: key if key[0] == WORD else key[:2])
    return " ".join(first if first[0] == WORD else first + "".join(key[2:] for key in group) for first, group in groups)


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
