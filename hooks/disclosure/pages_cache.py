"""Keep the pages of offices: those of an office about which nothing changed are not made again.

What they are made of is the office, its reports as they were read, what was found about these, whether there are others
of its kind around, and what is the same for all: the code, the theme, the configuration, the date.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from disclosure.held import HeldReport
from disclosure.keeping import Kept, fingerprint
from disclosure.model import Office
from disclosure.render.catalog import Catalog
from disclosure.render.comparison import with_peers
from disclosure.search import Placed

MADE_OF: Final = ("docs", "hooks", "mkdocs.yml", "requirements.lock")
"""The files and folders of a project that all pages depend on."""
_NOT_READ = frozenset({"__pycache__"})


class OfficeFiles(msgspec.Struct, frozen=True):
    """All that is written for the pages of an office: files by path in the site, and their copies for the search."""

    files: tuple[tuple[str, bytes], ...]
    copies: tuple[Placed, ...]


class PagesCache:
    """The pages of the offices of a catalog that were kept.

    ``common`` are all things that pages of any office depend on, beside the catalog; their ``repr`` counts.
    """

    def __init__(self, kept: Kept, catalog: Catalog, common: Iterable[object]) -> None:
        self._kept = kept
        told = repr(tuple(common)).encode()
        keys = ((office.id, _key(catalog, office, told)) for office in catalog.offices)
        self._keys = {office: key for office, key in keys if key is not None}
        kept.use(self._keys.values())

    def find(self, office: Office) -> OfficeFiles | None:
        """What was written for an office by an earlier build; None where it has to be made."""
        key = self._keys.get(office.id)
        content = None if key is None else self._kept.find(key)
        try:
            return None if content is None else _DECODER.decode(content)
        except msgspec.DecodeError:
            return None

    def keep(self, office: Office, made: OfficeFiles) -> None:
        """Keep what was made for an office."""
        key = self._keys.get(office.id)
        if key is not None:
            self._kept.keep(key, _ENCODER.encode(made))


def version(root: Path) -> str:
    """What all pages of the project at ``root`` depend on beside the data: its code, theme, texts, libraries."""
    files = (path for name in MADE_OF for path in _files(root / name))
    return fingerprint(platform.python_version(), ((path.relative_to(root).as_posix(), path) for path in files))


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir() and path.name not in _NOT_READ:
        for below in sorted(path.iterdir()):
            yield from _files(below)


def _key(catalog: Catalog, office: Office, common: bytes) -> str | None:
    """What the pages of an office depend on; None where a report of it is not packed."""
    digest = hashlib.sha256(common)
    told: list[object] = [office, tuple(with_peers(catalog, office))]
    for report in catalog.reports.get(office.id, ()):
        if not isinstance(report, HeldReport):
            return None
        digest.update(report.packed)
        told.append(tuple(catalog.findings_of.get((office.id, report.year), ())))
    digest.update(repr(told).encode())
    return digest.hexdigest()


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(OfficeFiles)
