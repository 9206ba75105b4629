"""Keep the parts of the index: one whose pages are those of an earlier build is not made again.

As with readings (``reading_cache.py``), a file that is not exactly what was written counts as none, and whoever can
write there can write what a search shows.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Container
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from disclosure.search.parts import Part

FOLDER: Final = ".cache/search"
_DIGEST: Final = 32
_PACKAGE = Path(__file__).parent


class KeptParts:
    """The parts kept in ``folder``. What cannot be kept or found there is made again, and nothing else happens."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, key: str) -> Part | None:
        """The part as it was made before; None where it has to be made."""
        try:
            content = (self._folder / key).read_bytes()
        except OSError:
            return None
        digest, packed = content[:_DIGEST], content[_DIGEST:]
        if sha256(packed).digest() != digest:
            return None
        try:
            return _DECODER.decode(packed)
        except (msgspec.DecodeError, ValueError):
            return None

    def keep(self, key: str, part: Part) -> None:
        """Keep a part that was made."""
        packed = _ENCODER.encode(part)
        path = self._folder / key
        unfinished = path.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(sha256(packed).digest() + packed)
            unfinished.replace(path)
        except OSError:  # a full disk, a folder that cannot be written to: the build does without
            with suppress(OSError):
                unfinished.unlink()

    def forget_others(self, used: Container[str]) -> None:
        """Remove all but these."""
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.name not in used:
                    path.unlink()


def key_of(pages: bytes) -> str:
    """What the part of these pages depends on: the pages, as they were copied, and what makes it."""
    return sha256(_version() + pages).hexdigest()


@cache
def _version() -> bytes:
    digest = sha256(zlib.ZLIB_RUNTIME_VERSION.encode())
    for path in sorted(_PACKAGE.glob("*.py")):
        digest.update(f" {path.name} ".encode() + path.read_bytes())
    return digest.digest()


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Part)
