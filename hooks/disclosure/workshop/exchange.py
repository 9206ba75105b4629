"""Put a new folder in the place of an old one, so that whoever reads meets one or the other at every moment.

Linux and macOS can exchange two names in one step; Python has no name for it, so the C library is asked. Where neither
it nor the file system can, two renames do, between which there is no folder for some microseconds.
Sources: renameat2(2); renamex_np(2).
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Final

_HERE: Final = -100
"""AT_FDCWD: paths are meant from the working folder, as everywhere."""
_EXCHANGE: Final = 2
"""RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS."""


def exchange(new: Path, place: Path, aside: Path) -> Path | None:
    """Put ``new`` at ``place``; return where what stood there is now: ``new``, or ``aside`` where two renames did it.

    Raises:
        OSError: nothing was exchanged, but that what stood at ``place`` may be at ``aside``.
    """
    if not place.exists():
        new.rename(place)
        return None
    if _swapped(new, place):
        return new
    place.rename(aside)
    new.rename(place)
    return aside


def _swapped(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where it cannot be done so."""
    library = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        answer = library.renameat2(_HERE, paths[0], _HERE, paths[1], ctypes.c_uint(_EXCHANGE))
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        answer = library.renamex_np(*paths, ctypes.c_uint(_EXCHANGE))
    else:
        return False
    return bool(answer == 0)
