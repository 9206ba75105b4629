"""Reports that are kept packed, and unpacked when somebody looks inside: a country of whole ones fits no memory.

A report takes up some 180 KB, packed 9. What tables across offices ask of each (its file, office, year, form) is at
hand; the few that were looked into last are, too, so that whoever works office by office unpacks each report once.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from disclosure.model import Cell, Figure, Filling, Report
from disclosure.packing import pack, unpack

AT_HAND: Final = 64
"""So many reports stay unpacked: all of an office, and those of its neighbours."""


class HeldReport(Report):
    """A report like any other, but that it cannot be changed with ``dataclasses.replace``."""

    __slots__ = ("_several", "form", "packed", "year")
    packed: bytes
    """The report as bytes, compressed: equal ones have the same."""
    _several: bool

    def __init__(self, report: Report, packed: bytes) -> None:
        """Keep what is asked of every report beside the bytes that ``packing.pack`` made of it."""
        at_hand: dict[str, Any] = {name: getattr(report, name) for name in _AT_HAND}
        own = {"packed": zlib.compress(packed, 1), "_several": bool(report.readings)}
        for name, value in {**at_hand, **own}.items():
            object.__setattr__(self, name, value)

    @property
    def lines(self) -> tuple[str, ...]:
        """See ``Report``."""
        return unpacked(self.packed).lines

    @property
    def filling(self) -> Filling:
        """See ``Report``."""
        return unpacked(self.packed).filling

    @property
    def figures(self) -> Mapping[Cell, Figure]:
        """See ``Report``."""
        return unpacked(self.packed).figures

    @property
    def places(self) -> tuple[str, ...]:
        """See ``Report``."""
        return unpacked(self.packed).places

    @property
    def readings(self) -> tuple[Report, ...]:
        """See ``Report``."""
        return unpacked(self.packed).readings if self._several else ()


_AT_HAND: Final = ("file", "sha256", "office", "filed_year", "form", "year")


def hold(report: Report) -> Report:
    """The report, packed; itself where that cannot be done (see ``packing.pack``)."""
    packed = pack(report)
    return report if packed is None else HeldReport(report, packed)


@lru_cache(maxsize=AT_HAND)
def unpacked(packed: bytes) -> Report:
    """The report of these bytes, shared by all who ask for it while it is at hand."""
    return unpack(zlib.decompress(packed))
