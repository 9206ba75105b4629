"""Keep what was read: a report whose file, place and reader are the same as in an earlier build is not read again."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Final

from disclosure.keeping import Kept, fingerprint
from disclosure.model import Report, Source
from disclosure.packing import UnpackingError, unpack
from disclosure.read import FORMAT_OF_SUFFIX, format_of

READER: Final = ("errors.py", "form", "model.py", "packing.py", "prove", "read", "reading.py")
"""What of this package decides what is read from a file."""
_PACKAGE = Path(__file__).parent
_LOCK = _PACKAGE.parents[1] / "requirements.lock"
_OF_THIS_MACHINE: Final = frozenset({"reading-stopped", "unreadable-file"})
"""Notes that another machine, or the same one with less to do, might not give."""


class ReadingCache:
    """The readings that were kept; what is not there is read again."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def has(self, source: Source) -> bool:
        """Whether the report was read before; what is kept of it may be broken all the same."""
        return self._kept.has(_key(source))

    def find(self, source: Source) -> Report | None:
        """The report as it was read before; None where it has to be read."""
        packed = self._kept.find(_key(source))
        try:
            report = None if packed is None else unpack(packed)
        except UnpackingError:
            return None
        identity = report and (report.file, report.sha256, report.office, report.filed_year)
        return report if identity == _identity(source) else None

    def keep(self, source: Source, packed: bytes) -> None:
        """Keep a report that was read and packed."""
        self._kept.keep(_key(source), packed)


def _key(source: Source) -> str:
    return hashlib.sha256("\0".join((reader_version(), *map(str, _identity(source)))).encode()).hexdigest()


def may_be_kept(source: Source, report: Report) -> bool:
    """Whether another build would read the same: LibreOffice, which old Word files need, is not locked, nor is time."""
    stopped = any(note.rule in _OF_THIS_MACHINE for note in report.filling.notes)
    claimed = FORMAT_OF_SUFFIX.get(PurePath(source.file).suffix.lower())
    return not stopped and format_of(source.content, claimed) != "old-word"


@lru_cache(maxsize=1)
def reader_version() -> str:
    """What readings depend on beside the file: this package's readers, the locked libraries, Python."""
    return fingerprint(platform.python_version(), ((path.name, path) for path in (*_reader_files(), _LOCK)))


def _reader_files() -> Iterator[Path]:
    for name in READER:
        path = _PACKAGE / name
        below: Iterable[Path] = sorted(path.rglob("*.py")) if path.is_dir() else (path,)
        yield from below


def _identity(source: Source) -> tuple[str, str, str | None, int | None]:
    return source.file, source.sha256, source.office.id, source.year
