"""Keep what was read: a report whose file, place and reader are the same as in an earlier build is not read again.

Entries lie in a folder of the project, one file each, named by what they depend on. A file that is not exactly what was
written counts as none. Whoever can write there can write what pages say: the folder is never taken from a build that
ran on somebody else's changes (``docs/contributing/decisions/0021-threats-and-faults.md``).
"""

from __future__ import annotations

import hashlib
import os
import platform
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Final

from disclosure.model import Report, Source
from disclosure.packing import UnpackingError, unpack
from disclosure.read import FORMAT_OF_SUFFIX, format_of

FOLDER: Final = ".cache/reading"
READER: Final = ("errors.py", "form", "model.py", "packing.py", "prove", "read", "reading.py")
"""What of this package decides what is read from a file."""
_PACKAGE = Path(__file__).parent
_LOCK = _PACKAGE.parents[1] / "requirements.lock"
_DIGEST = 32
_OF_THIS_MACHINE: Final = frozenset({"reading-stopped", "unreadable-file"})
"""Notes that another machine, or the same one with less to do, might not give."""


class ReadingCache:
    """The readings kept in ``folder``. What cannot be kept or found there is read again, and nothing else happens."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[Path] = set()

    def find(self, source: Source) -> Report | None:
        """The report as it was read before; None where it has to be read."""
        path = self._path(source)
        self._used.add(path)
        try:
            report = unpack(_opened(path.read_bytes()))
        except (OSError, UnpackingError):
            return None
        is_it = (report.file, report.sha256, report.office, report.filed_year) == _identity(source)
        return report if is_it else None

    def keep(self, source: Source, packed: bytes) -> None:
        """Keep a report that was read and packed."""
        path = self._path(source)
        unfinished = path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):  # a full disk, a folder that cannot be written to: the build does without
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(_closed(packed))
            unfinished.replace(path)

    def forget_others(self) -> None:
        """Remove what has not been looked for since this was made: files that went, changed, or had another reader."""
        for path in self._folder.glob("*/*"):
            if path not in self._used:
                with suppress(OSError):
                    path.unlink()

    def _path(self, source: Source) -> Path:
        key = hashlib.sha256("\0".join((reader_version(), *map(str, _identity(source)))).encode()).hexdigest()
        return self._folder / key[:2] / key


def may_be_kept(source: Source, report: Report) -> bool:
    """Whether another build would read the same: LibreOffice, which old Word files need, is not locked, nor is time."""
    stopped = any(note.rule in _OF_THIS_MACHINE for note in report.filling.notes)
    claimed = FORMAT_OF_SUFFIX.get(PurePath(source.file).suffix.lower())
    return not stopped and format_of(source.content, claimed) != "old-word"


@lru_cache(maxsize=1)
def reader_version() -> str:
    """What readings depend on beside the file: this package's readers, the locked libraries, Python."""
    digest = hashlib.sha256(platform.python_version().encode())
    for path in (*_reader_files(), _LOCK):
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.name} {len(content)} ".encode() + content)
    return digest.hexdigest()


def _reader_files() -> Iterator[Path]:
    for name in READER:
        path = _PACKAGE / name
        below: Iterable[Path] = sorted(path.rglob("*.py")) if path.is_dir() else (path,)
        yield from below


def _identity(source: Source) -> tuple[str, str, str | None, int | None]:
    return source.file, source.sha256, source.office.id, source.year


def _closed(packed: bytes) -> bytes:
    body = zlib.compress(packed, 1)
    return hashlib.sha256(body).digest() + body


def _opened(content: bytes) -> bytes:
    """What was packed.

    Raises:
        UnpackingError: the content is not what was written.
    """
    digest, body = content[:_DIGEST], content[_DIGEST:]
    if hashlib.sha256(body).digest() != digest:
        raise UnpackingError("not what was written")
    try:
        return zlib.decompress(body)
    except zlib.error as error:
        raise UnpackingError("not what was written") from error
