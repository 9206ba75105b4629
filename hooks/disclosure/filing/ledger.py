"""What is filed already, as far as filing one more report has to know it; it grows as reports are filed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from disclosure.model import Office
from disclosure.offices import FILE_NAME
from disclosure.places.candidates import Known
from disclosure.sources import find_sources, free_name, notes_between


class Ledger:
    """Offices and files under ``reports/`` of the project in ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.known = Known(())
        self._file_of: dict[str, str] = {}
        self._witnesses: dict[tuple[str, str], Office] = {}
        self._given: dict[str, set[str]] = defaultdict(set)
        """Names of files by folder that this run has promised, or would have in a dry run."""
        filing = find_sources(root)
        for office in filing.offices:
            self.add_office(office)
        for source in filing.sources:
            self._file_of.setdefault(source.sha256, source.file)

    def add_office(self, office: Office) -> None:
        """One more office. For each region, one office stands for all."""
        self.known.add(office)
        for depth, region in enumerate(office.regions, start=1):
            folder = "/".join(one.name for one in office.regions[:depth])
            self._witnesses.setdefault((folder, region.code), office)

    def add_file(self, sha256: str, file: str) -> None:
        """One more filed report; ``file`` is its path from the root."""
        folder, _, name = file.rpartition("/")
        self._file_of.setdefault(sha256, file)
        self._given[folder].add(name)

    def filed_as(self, sha256: str) -> str | None:
        """The path from the root of the file with the same bytes."""
        return self._file_of.get(sha256)

    def name_for(self, folder: str, year: int, suffix: str) -> str | None:
        """A file name that is free in this folder, None where all are taken."""
        return free_name([*_names_in(self.root / folder), *self._given[folder]], year, suffix)

    def objections(self, office: Office) -> list[str]:
        """Why the build would refuse this new office beside those that are filed."""
        own = f"{office.folder}/{FILE_NAME}"
        beside = {one.folder: one for one in self._witnesses.values() if one.id[:2] == office.id[:2]}
        same = self.known.by_id(office.id)
        others = [one for one in beside.values() if one.folder != office.folder]
        offices = [*others, *([same] if same and same.folder not in beside else []), office]
        return [note.message for note in notes_between(offices) if note.file == own]


def _names_in(folder: Path) -> Iterable[str]:
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []
