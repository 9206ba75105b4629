"""Keep the parts of the index: one whose pages are those of an earlier build is not made again."""

from __future__ import annotations

import zlib
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec

from disclosure.keeping import Kept, fingerprint
from disclosure.search.parts import Part

_PACKAGE = Path(__file__).parent


class KeptParts:
    """The parts that were kept; what is not there is made again."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def find(self, key: str) -> Part | None:
        """The part as it was made before; None where it has to be made."""
        packed = self._kept.find(key)
        try:
            return None if packed is None else _DECODER.decode(packed)
        except (msgspec.DecodeError, ValueError):
            return None

    def keep(self, key: str, part: Part) -> None:
        """Keep a part that was made."""
        self._kept.keep(key, _ENCODER.encode(part))


def key_of(pages: bytes) -> str:
    """What the part of these pages depends on: the pages, as they were copied, and what makes it."""
    return sha256(_version().encode() + pages).hexdigest()


@cache
def _version() -> str:
    return fingerprint(zlib.ZLIB_RUNTIME_VERSION, ((path.name, path) for path in sorted(_PACKAGE.glob("*.py"))))


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Part)
