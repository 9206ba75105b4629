"""Files by the ten thousand, written with as few calls to the system as there can be."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeAlias

Content: TypeAlias = bytes | memoryview
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
_MORE: Final = os.O_WRONLY | os.O_CREAT | os.O_APPEND
_READABLE: Final = 0o666
"""What a file may be used for; the system takes away what the user's mask forbids, as it does for any file."""


class Tree:
    """Files below a folder, each by its path from there. Folders are made when the first file in them is written."""

    def __init__(self, root: Path) -> None:
        self._root = os.fspath(root)
        self._folders: set[str] = set()

    def write(self, path: str, content: Content) -> None:
        """Write a whole file.

        Raises:
            OSError: it cannot be written.
        """
        self._write(path, _NEW, (content,))

    def append(self, path: str, *contents: Content) -> None:
        """Write one content after the other at the end of a file, which need not be there.

        Raises:
            OSError: it cannot be written.
        """
        self._write(path, _MORE, contents)

    def _write(self, path: str, how: int, contents: Sequence[Content]) -> None:
        folder, _, _ = path.rpartition("/")
        if folder not in self._folders:
            Path(self._root, folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        # A file of Python's makes four more calls: most of what a small file costs beside its own creation.
        file = os.open(f"{self._root}/{path}", how, _READABLE)
        try:
            for content in contents:
                rest = memoryview(content)
                while rest:  # the system may take less than it is given
                    rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)
