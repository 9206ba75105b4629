"""Changes as a JSON document, and back: ``changes/<version>.json``."""

from __future__ import annotations

import json
from typing import Final

from pydantic import TypeAdapter

from disclosure.export.release import SCHEMA_VERSION
from disclosure.releases.changes import Changes

_CHANGES: Final = TypeAdapter(Changes)


def changes_document(changes: Changes, version: str, data_date: str, previous: str) -> bytes:
    """The changes that made ``version`` out of ``previous``, as JSON: numbers are numbers, what is missing is null."""
    head = {
        "schema_version": SCHEMA_VERSION,
        "version": version,
        "data_date": data_date,
        "previous": previous,
        "counts": changes.counts(),
    }
    return as_json(head | _CHANGES.dump_python(changes))


def read_changes(content: bytes) -> Changes:
    """The changes that a document tells; what later versions of it may add is left out.

    Raises:
        ValueError: it is no such document.
    """
    return _CHANGES.validate_json(content)


def as_json(document: object) -> bytes:
    """The document as JSON in UTF-8; decimals become numbers."""
    return f"{json.dumps(document, ensure_ascii=False, allow_nan=False, default=float)}\n".encode()
