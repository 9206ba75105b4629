"""The straight line from ``reports/`` to what is published, readable from top to bottom."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Container, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from disclosure.check import check_portal
from disclosure.errors import DisclosureError
from disclosure.form.fill import fill_form
from disclosure.merge import merge_sources
from disclosure.model import Finding, Note, Portal, Report, Source
from disclosure.prove import prove_tables
from disclosure.read import read_document
from disclosure.read.document import Document
from disclosure.sources import Filing, find_sources


class FilingError(DisclosureError):
    """Something under ``reports/`` is misfiled; ``findings`` say what. Nothing is published until it is mended."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Gather all findings into one message, a line each."""
        self.findings = findings
        lines = "\n".join(f"  {finding}" for finding in findings)
        super().__init__(f"归档有 {len(findings)} 处需要先改正，网站没有重新生成：\n{lines}")


def build_portal(root: Path) -> Portal:
    """Find, read, prove and check everything under ``root/reports``.

    Raises:
        FilingError: a file is misfiled or an ``office.yml`` is not valid.
    """
    portal = examine(find_sources(root))
    blocking = tuple(finding for finding in portal.findings if finding.blocks)
    if blocking:
        raise FilingError(blocking)
    return portal


def examine(filing: Filing, folders: Container[str] | None = None) -> Portal:
    """Read, prove and check what was found, whatever is misfiled; the findings say it.

    ``folders`` are those of the offices whose reports are read, None for all. What is found about them is then the same
    as with all, but for the rules that compare offices with each other: these are left out.
    """
    wanted = [source for source in filing.sources if folders is None or source.office.folder in folders]
    by_report = groupby(wanted, key=lambda source: (source.office.folder, source.year))
    reports = tuple(merge_sources([read_source(source) for source in sources]) for _, sources in by_report)
    findings = check_portal(filing.offices, reports, filing.notes, folders)
    return Portal(filing.offices, reports, tuple(findings))


@contextmanager
def made_to_last() -> Iterator[None]:
    """Keep the garbage collector off what is made inside, then and later: it lives until the build ends.

    The collector would go through millions of figures again and again and find nothing, as none is part of a cycle.
    What an earlier build in this process left is collected first.
    """
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


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
    note = Note("unreadable-file", None, f"打不开这个文件（{reason}）。请检查路径和权限。")
    return Report(file=file, sha256="", lines=(), filling=fill_form(Document((), (note,))))
