"""keep: the record of all releases, which each release takes over from the one before and adds itself to.

changes.json              the releases, newest first
changes/<version>.json    all that one of them changed (see ``document.py``)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Final, TypeAlias

from pydantic import StringConstraints, TypeAdapter

from disclosure.export.release import DESCRIPTION, SCHEMA_VERSION
from disclosure.releases.changes import Changes
from disclosure.releases.compare import compare
from disclosure.releases.document import as_json, changes_document, read_changes
from disclosure.releases.files import ReleaseFiles, ReleaseUnusableError, open_files
from disclosure.releases.load import (
    DATE_PATTERN,
    VERSION_PATTERN,
    Description,
    Release,
    load_release,
    read_description,
)

HISTORY: Final = "changes.json"
"""The address of the record below ``/data/v1/``."""
_FOLDER: Final = "changes/"

Version: TypeAlias = Annotated[str, StringConstraints(pattern=VERSION_PATTERN)]
DataDate: TypeAlias = Annotated[str, StringConstraints(pattern=DATE_PATTERN)]
CHANGES_PATTERN: Final = rf"^{_FOLDER}[0-9A-Za-z][0-9A-Za-z._-]*\.json$"
"""The addresses that the changes of a release can have below ``/data/v1/``."""
ChangesUrl: TypeAlias = Annotated[str, StringConstraints(pattern=CHANGES_PATTERN)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One release in the record.

    ``counts`` are those of ``changes.COUNTS``, empty where there was nothing to compare with. ``changes_url`` is the
    address of its changes below ``/data/v1/``.
    """

    version: Version
    data_date: DataDate
    previous: Version | None
    counts: dict[str, int]
    changes_url: ChangesUrl | None

    @property
    def anchor(self) -> str:
        """Its place on the page about changes."""
        return f"v-{self.slug}"

    @property
    def slug(self) -> str:
        """What it is called in file names and anchors: unlike the version, it is unique in the record."""
        url = self.changes_url
        return _slug(self.version) if url is None else url.removeprefix(_FOLDER).removesuffix(".json")


@dataclass(frozen=True)
class History:
    """The releases, newest first, and the documents of their changes by address below ``/data/v1/``."""

    releases: tuple[Entry, ...]
    documents: Mapping[str, bytes]

    def changes_of(self, entry: Entry) -> Changes | None:
        """What a release changed; None for one that had nothing to be compared with."""
        return None if entry.changes_url is None else read_changes(self.documents[entry.changes_url])

    @property
    def latest_changes(self) -> Changes | None:
        """What the newest release changed; None where it is the first."""
        return self.changes_of(self.releases[0])

    def files(self) -> dict[str, bytes]:
        """All files of the record by address below ``/data/v1/``."""
        releases = [asdict(entry) for entry in self.releases]
        return {HISTORY: as_json({"schema_version": SCHEMA_VERSION, "releases": releases}), **self.documents}


_ENTRIES: Final = TypeAdapter(tuple[Entry, ...])


def extend(previous: Path | None, new: Release) -> History:
    """The record with ``new`` as its newest release, compared with the one published at ``previous``.

    ``previous`` is a folder or a zip archive of an older ``/data/v1/`` with its own record; one without a record starts
    it. Where both are the same version, the record stays as it is. None: ``new`` is the first release.

    Raises:
        ReleaseUnusableError: the older release or its record cannot be read.
    """
    this = Description(new.version, new.data_date)
    if previous is None:
        return _started(this)
    with open_files(previous) as files:
        before = read_description(files)
        history = _record(files, before)
    if before.version == new.version:
        return history
    return _extended(history, this, compare(load_release(previous), new))


def _started(first: Description) -> History:
    return History((Entry(first.version, first.data_date, None, {}, None),), {})


def _extended(history: History, this: Description, changes: Changes) -> History:
    before = history.releases[0].version
    url = f"{_FOLDER}{_free_slug(history, this.version)}.json"
    entry = Entry(this.version, this.data_date, before, changes.counts(), url)
    document = changes_document(changes, this.version, this.data_date, before)
    return History((entry, *history.releases), {url: document, **history.documents})


def _slug(version: str) -> str:
    return version.replace("+", "_")


def _free_slug(history: History, version: str) -> str:
    """Going back to an older state gives its version again: then a number tells the two apart."""
    taken = {entry.slug for entry in history.releases}
    slug, times = _slug(version), 1
    while slug in taken:
        times += 1
        slug = f"{_slug(version)}_{times}"
    return slug


def _record(files: ReleaseFiles, release: Description) -> History:
    content = files.read(HISTORY)
    if content is None:
        return _started(release)
    try:
        entries = _entries(content, release)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ReleaseUnusableError(files.path, f"里面的 {HISTORY} 已损坏，或者与 {DESCRIPTION} 不符") from error
    urls = [entry.changes_url for entry in entries if entry.changes_url is not None]
    return History(entries, {url: _document(files, url) for url in urls})


def _entries(content: bytes, release: Description) -> tuple[Entry, ...]:
    """The releases of a record.

    Raises:
        KeyError, TypeError, ValueError: it is no record, not one of this release, or its releases make no chain.
    """
    entries = _ENTRIES.validate_python(json.loads(content)["releases"])
    versions = [entry.version for entry in entries]
    if versions[:1] != [release.version] or [entry.previous for entry in entries] != [*versions[1:], None]:
        raise ValueError("not a chain of releases that ends with this one")
    if len({entry.slug for entry in entries}) < len(entries):
        raise ValueError("two releases with the same changes")
    return entries


def _document(files: ReleaseFiles, url: str) -> bytes:
    content = files.read(url)
    try:
        read_changes(content or b"")
    except ValueError as error:
        raise ReleaseUnusableError(files.path, f"{HISTORY} 提到的 {url} 不在，或者已损坏") from error
    return content or b""
