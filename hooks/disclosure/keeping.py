"""Keep what a build made for the next one, under a name made of everything that it depends on.

Entries are files, each behind its own SHA-256: one that is not exactly what was written counts as none. What cannot be
kept or found is made again, and nothing else happens. Whoever can write there can write what pages say: no folder is
taken from a build that ran on somebody else's changes (``docs/contributing/decisions/0021-threats-and-faults.md``).
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

CACHE: Final = ".cache"
"""The folder of the project below which builds keep things."""
READINGS: Final = "reading"
PAGES: Final = "pages"
SEARCH: Final = "search"
KINDS: Final = (READINGS, PAGES, SEARCH)
"""What builds keep, each kind in a folder of its name: reports as read, pages of offices, parts of the search index."""
_DIGEST = 32


class Kept:
    """The entries in ``folder``, by key (hexadecimal digits); ``others`` are such folders, which are never changed."""

    def __init__(self, folder: Path, others: Sequence[Path] = ()) -> None:
        self._folder = folder
        self._others = others
        self._used: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether something was kept; only ``find`` tells whether it is whole."""
        self._used.add(key)
        return any(_path(folder, key).is_file() for folder in (self._folder, *self._others))

    def find(self, key: str) -> bytes | None:
        """What was kept; what another folder has is kept here, too."""
        self._used.add(key)
        found = _content(_path(self._folder, key))
        if found is not None:
            return found
        elsewhere = (_content(_path(folder, key)) for folder in self._others)
        found = next((content for content in elsewhere if content is not None), None)
        if found is not None:
            self.keep(key, found)
        return found

    def keep(self, key: str, content: bytes) -> None:
        """Keep what was made."""
        self._used.add(key)
        path = _path(self._folder, key)
        unfinished = path.with_suffix(f".{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            body = zlib.compress(content, 1)
            unfinished.write_bytes(hashlib.sha256(body).digest() + body)
            unfinished.replace(path)
        except OSError:  # a full disk, a folder that cannot be written to: the build does without
            with suppress(OSError):
                unfinished.unlink()

    def use(self, keys: Iterable[str]) -> None:
        """Count these as used, whichever process looks for them."""
        self._used.update(keys)

    def forget_others(self) -> None:
        """Remove whatever was not used: of files that went, changed, or were read and written by other code."""
        for path in self._folder.glob("*/*"):
            if path.name not in self._used:
                with suppress(OSError):
                    path.unlink()


def fingerprint(beside: str, files: Iterable[tuple[str, Path]]) -> str:
    """The SHA-256 of ``beside`` and of files, each with its name, in a fixed order; a missing one counts as empty."""
    digest = hashlib.sha256(beside.encode())
    for name, path in files:
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f" {name} {len(content)} ".encode() + content)
    return digest.hexdigest()


def _path(folder: Path, key: str) -> Path:
    return folder / key[:2] / key


def _content(path: Path) -> bytes | None:
    try:
        content = path.read_bytes()
        digest, body = content[:_DIGEST], content[_DIGEST:]
        return zlib.decompress(body) if hashlib.sha256(body).digest() == digest else None
    except (OSError, zlib.error):
        return None
