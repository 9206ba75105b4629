"""Files whose bytes and SHA-256 are found while they are written, so that none has to be read again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from disclosure.writing import Content, Tree

if TYPE_CHECKING:
    from hashlib import _Hash


Sums: TypeAlias = Mapping[str, tuple[int, str]]
"""The bytes and the SHA-256 of files by their path."""


class SummedFiles:
    """The published files, each by its path below a folder, which is made."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._tree = Tree(folder)
        self._sizes: dict[str, int] = {}
        self._digests: dict[str, _Hash] = {}
        self._others: dict[str, tuple[int, str]] = {}

    def __contains__(self, path: str) -> bool:
        return path in self._sizes or path in self._others

    def append(self, path: str, *contents: Content) -> None:
        """Begin a file with these contents, or write them at the end of one that is begun.

        Raises:
            OSError: it cannot be written.
        """
        self._tree.append(path, *contents)
        if path not in self._sizes:
            self._sizes[path], self._digests[path] = 0, hashlib.sha256()
        for content in contents:
            self._sizes[path] += len(content)
            self._digests[path].update(content)

    def include(self, path: str) -> None:
        """Read a file that something else has written into the folder."""
        with (self.folder / path).open("rb") as file:
            self._digests[path] = hashlib.file_digest(file, "sha256")
            self._sizes[path] = file.tell()

    def adopt(self, sums: Sums) -> None:
        """Take over files that are whole, with the sums that another process found."""
        self._others |= sums

    def sums(self) -> dict[str, tuple[int, str]]:
        """The bytes and the SHA-256 of every file by its path."""
        own = {path: (size, self._digests[path].hexdigest()) for path, size in self._sizes.items()}
        return self._others | own
