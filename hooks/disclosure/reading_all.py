"""Read many reports: what an earlier build has read is taken from there, the rest is read by several processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, TypeAlias

from disclosure.errors import DisclosureError
from disclosure.model import Note, Report, Source
from disclosure.packing import pack, unpack
from disclosure.progress import Progress
from disclosure.read.sandbox import CRASHED
from disclosure.reading import read_source, unread_report
from disclosure.reading_cache import ReadingCache, may_be_kept
from disclosure.workers import NoWorkerError, Work, in_processes, processors

FEW: Final = 60
"""So many reports are read here: starting processes takes longer."""
_AT_ONCE: Final = 8
_STOPPED: Final = f"{CRASHED}请重新生成；还不行的，用原来的软件重新导出，或者另存为 .docx 或 .txt。"
_Packed: TypeAlias = bytes | Report
"""A report on its way between processes: itself where it cannot be packed."""


def read_sources(sources: Sequence[Source], cache: ReadingCache | None = None) -> Iterator[Report]:
    """The report of each source, in order. What is read is kept in ``cache``.

    Raises:
        DisclosureError: nothing can be read here, whatever the files are: nobody may take that for a fault of theirs.
    """
    kept = [cache is not None and cache.has(source) for source in sources]
    missing = [source for source, is_kept in zip(sources, kept, strict=True) if not is_kept]
    read = Progress(len(missing), "读取报告", lines=True).over(_read(missing, cache))
    for source, is_kept in zip(sources, kept, strict=True):  # one at a time: they are never all in memory
        yield _find_or_read(source, cache) if is_kept else next(read)


def _find_or_read(source: Source, cache: ReadingCache | None) -> Report:
    """What is kept of a source, or else, where that is broken, what is read now."""
    found = None if cache is None else cache.find(source)
    return found or next(_read([source], cache))


def _read(sources: Sequence[Source], cache: ReadingCache | None) -> Iterator[Report]:
    work = partial(_read_some, cache)
    workers = processors()
    alone = workers == 1 or len(sources) <= FEW
    found = _here(work, sources) if alone else _elsewhere(work, sources, workers)
    return (one if isinstance(one, Report) else unpack(one) for one in found)


def _here(work: Work[Source, _Packed], sources: Sequence[Source]) -> Iterator[_Packed]:
    return (one for source in sources for one in work([source]))


def _elsewhere(work: Work[Source, _Packed], sources: Sequence[Source], workers: int) -> Iterator[_Packed]:
    try:
        yield from in_processes(work, sources, _lost, workers=workers, at_once=_AT_ONCE)
    except NoWorkerError as error:
        first, *_ = error.items
        raise DisclosureError(f"没有读成 {getattr(first, 'file', '')} 等 {len(error.items)} 个文件：{error}") from error


def _read_some(cache: ReadingCache | None, sources: Sequence[Source]) -> list[_Packed]:
    return [_read_and_keep(cache, source) for source in sources]


def _read_and_keep(cache: ReadingCache | None, source: Source) -> _Packed:
    report = read_source(source)
    packed = pack(report)
    if packed is None:
        return report
    if cache is not None and may_be_kept(source, report):
        cache.keep(source, packed)
    return packed


def _lost(source: Source) -> Report:
    report = unread_report(source.file, Note("reading-stopped", None, _STOPPED))
    return replace(report, sha256=source.sha256, office=source.office.id, filed_year=source.year)
