"""One report from its bytes: read, put beside the form, proved."""

from __future__ import annotations

import hashlib

from disclosure.form.fill import fill_form
from disclosure.model import Note, Report, Source
from disclosure.prove import prove_tables
from disclosure.read import read_document
from disclosure.read.document import Document


def read_source(source: Source) -> Report:
    """Read and prove one filed report from one of its files."""
    return read_report(source.file, source.content, source.sha256, source.office.id, source.year)


def read_report(
    file: str, content: bytes, sha256: str | None = None, office: str | None = None, year: int | None = None
) -> Report:
    """Read and prove one report from its bytes; never raises, whatever they are."""
    document = read_document(file, content)
    filling = fill_form(document)
    return Report(
        file=file,
        sha256=sha256 or hashlib.sha256(content).hexdigest(),
        lines=document.lines,
        filling=filling,
        figures=prove_tables(filling),
        office=office,
        filed_year=year,
        places=document.places,
    )


def unopened_report(file: str, reason: str) -> Report:
    """The empty report of a file whose bytes cannot be had; its note says why."""
    return unread_report(file, Note("unreadable-file", None, f"打不开这个文件（{reason}）。请检查路径和权限。"))


def unread_report(file: str, note: Note) -> Report:
    """The empty report of a file that was not read; the note says why."""
    return Report(file=file, sha256="", lines=(), filling=fill_form(Document((), (note,))))
