"""Find what is filed under ``reports/``: which offices there are, which files belong to them, and what is misfiled.

Layout: ``reports/<省>/<市>/<县区>/<机关>/<year>.<suffix>`` beside ``office.yml``; provinces and cities have less.
Files of one year with different suffixes are sources of one report; ``<year>-2.<suffix>`` is one more of a suffix.
Nothing here opens a report further than reading its bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from disclosure.errors import DisclosureError
from disclosure.form.divisions import PROVINCES
from disclosure.model import Note, Office, Region, Report, Source
from disclosure.office_keys import FIRST_YEAR, LAST_YEAR, OfficeFile
from disclosure.offices import FILE_NAME, parse_office
from disclosure.portable import clashes, unportable
from disclosure.read import FORMAT_OF_SUFFIX, MAX_BYTES

REPORTS = "reports"
_REPORT_NAME = re.compile(r"(?P<year>\d{4})(?:-(?P<number>[2-9]))?(?P<suffix>\.[A-Za-z]+)")
_IGNORED = re.compile(r"\..*|~\$.*|Thumbs\.db|desktop\.ini|README(?:\.md)?", re.IGNORECASE)
"""What operating systems and editors leave behind, and a note for maintainers."""
_DEEPEST = 3
"""Province, city, county: the folders above an office."""


@dataclass(frozen=True, slots=True)
class Filing:
    """What ``reports/`` holds: offices by id, sources by (office, year, file), and notes on what is misfiled."""

    offices: tuple[Office, ...]
    sources: tuple[Source, ...]
    notes: tuple[Note, ...]


def find_sources(root: Path, only: str = "") -> Filing:
    """Walk ``root/reports``, or its folder ``only``. What is filed there raises nothing; no folder is an empty filing.

    Raises:
        DisclosureError: ``only`` is no region below ``root/reports``.
    """
    notes: list[Note] = []
    offices: list[Office] = []
    sources: list[Source] = []
    for folder, files in _folders(_region(root / REPORTS, only), notes, root):
        office = _office_of(folder, files, root, notes)
        if office is None:
            continue
        offices.append(office)
        sources += _sources_of(office, [path for path in files if path.name != FILE_NAME], root, notes)
    notes += notes_between(offices)
    return Filing(
        tuple(sorted(offices, key=lambda office: office.id)),
        tuple(sorted(sources, key=lambda source: (source.office.id, source.year, source.file))),
        tuple(notes),
    )


def _region(reports: Path, only: str) -> Path:
    """The folder of a region (``河南省``, ``河南省/平顶山市``); that of all reports where none is named."""
    place = PurePosixPath(only)
    folder = reports / place
    if only and (place.is_absolute() or ".." in place.parts or not folder.is_dir() or (folder / FILE_NAME).exists()):
        known = "、".join(sorted(path.name for path in reports.iterdir() if path.is_dir())) if reports.is_dir() else ""
        raise DisclosureError(
            f"{REPORTS}/ 里没有“{only}”这个地区。请写 {REPORTS}/ 下的文件夹，如 河南省 或 河南省/平顶山市；"
            f"现有：{known or '还没有'}。"
        )
    return folder


def is_left_behind(name: str) -> bool:
    """Whether a file of this name is what operating systems and editors leave, or a note for maintainers."""
    return _IGNORED.fullmatch(name) is not None


def notes_between(offices: Sequence[Office]) -> list[Note]:
    """What is wrong between offices: an id that stands twice, a place that has two codes or two names."""
    return [
        *_repeated_ids(offices),
        *_former_ids_taken(offices),
        *_regions_at_odds(offices),
        *_codes_at_odds(offices),
    ]


def _folders(reports: Path, notes: list[Note], root: Path) -> Iterator[tuple[Path, list[Path]]]:
    """Every folder that holds files, in a fixed order. Links are not followed: they could lead anywhere."""
    if not reports.is_dir():
        return
    pending = [reports]
    while pending:
        folder = pending.pop()
        files: list[Path] = []
        folders: list[Path] = []
        for path in sorted(folder.iterdir(), reverse=True):
            if path.is_symlink():
                notes.append(_misnamed(path, root, "是一个链接，不是文件。请放入文件本身。"))
            elif path.is_dir():
                folders.append(path)
            elif is_left_behind(path.name):
                continue
            elif path.is_file() and path.name.isprintable():
                files.append(path)
            else:
                notes.append(_misnamed(path, root, "不是普通的文件，或者名称里有看不见的字符。请换成报告文件本身。"))
        notes += _unportable_names(files, folders, root)
        pending += folders
        if files:
            yield folder, sorted(files)


def _unportable_names(files: Iterable[Path], folders: Iterable[Path], root: Path) -> Iterator[Note]:
    """Names that some system cannot hold. Files whose names differ in case only are compared year by year."""
    by_name = {path.name: path for path in sorted(folders)}
    for path in by_name.values():
        if not path.name.isprintable():
            yield _misnamed(path, root, "名称里有看不见的字符。请重新输入文件夹的名称。")
    for path in (*by_name.values(), *sorted(files)):
        place = PurePosixPath(path.relative_to(root).as_posix())
        yield from (Note("unportable-name", None, message, file=str(place)) for message in unportable(place))
    for kept, name in clashes(by_name):
        message = f"与 {kept} 只有大小写或写法不同，在有的系统上是同一个文件夹。请合并，或改名。"
        yield Note("unportable-name", None, message, file=by_name[name].relative_to(root).as_posix())


def _office_of(folder: Path, files: list[Path], root: Path, notes: list[Note]) -> Office | None:
    """The office that a folder belongs to; None, with notes, where that is not clear."""
    description = folder / FILE_NAME
    if description not in files:
        example = files[0].relative_to(root).as_posix()
        message = (
            f"文件夹里有“{files[0].name}”，没有 {FILE_NAME}，不知道是哪个机关的报告。"
            f"请放进该机关的文件夹，或补一个 {FILE_NAME}。"
        )
        notes.append(Note("unknown-office", None, message, file=example))
        return None
    office, problems = office_in(folder.relative_to(root).as_posix(), description.read_bytes())
    notes += problems
    return office


def office_in(folder: str, description: bytes) -> tuple[Office | None, list[Note]]:
    """The office that an ``office.yml`` describes in this folder (its path from the root), or None with notes."""
    path = PurePosixPath(folder)
    name = f"{folder}/{FILE_NAME}"
    record, notes = parse_office(description, name)
    regions = path.relative_to(REPORTS).parts[:-1]
    if record is None:
        return None, notes
    if record.name != path.name:
        message = f"“name”写作“{record.name}”，所在的文件夹叫“{path.name}”。两者应当相同，请改正其中一个。"
        notes.append(Note("bad-office-file", None, message, file=name))
    if not 1 <= len(regions) <= _DEEPEST:
        message = f"文件夹有 {len(regions)} 层地区，应为 1 至 {_DEEPEST} 层：reports/省/市/县区/机关/。"
        notes.append(Note("region-mismatch", None, message, file=name))
        return None, notes
    return _office(record, folder, regions), notes


def _office(record: OfficeFile, folder: str, regions: tuple[str, ...]) -> Office:
    codes = region_codes(record.id, len(regions))
    return Office(
        id=record.id,
        name=record.name,
        kind=record.kind,
        folder=folder,
        regions=tuple(Region(code, name) for code, name in zip(codes, regions, strict=True)),
        place_known_by=record.place_known_by,
        place_inferred=record.place_inferred,
        former_ids=record.former_ids,
        former_names=record.former_names,
        printed_names=record.printed_names,
        source_urls=dict(sorted(record.source_urls.items())),
        website=record.website,
        answers=tuple(entry.answer() for entry in record.answers),
    )


def region_codes(office: str, depth: int) -> tuple[str, ...]:
    """The division codes of an office's regions, from the province down, by GB/T 2260.

    >>> region_codes("410481100", 3)
    ('410000', '410400', '410481')
    >>> region_codes("110101001", 2)
    ('110000', '110101')
    """
    province, city, county = office[:2] + "0000", office[:4] + "00", office[:6]
    if depth == 1:
        return (province,)
    return (province, city, county) if depth == _DEEPEST else (province, county)


def _sources_of(office: Office, files: Iterable[Path], root: Path, notes: list[Note]) -> list[Source]:
    """The reports of one office, each year with all its files but those that are there twice."""
    by_year: dict[int, list[Path]] = defaultdict(list)
    for path in sorted(files, key=lambda path: (path.stem, path.name)):
        year = year_of(path)
        if year is None:
            known = "、".join(FORMAT_OF_SUFFIX)
            message = (
                f"文件名应是“年份.后缀”，如 2024.txt；后缀相同的另一份来源写作 2024-2.txt。可用的后缀：{known}。"
                "请改名后再提交。"
            )
            notes.append(_misnamed(path, root, message))
        else:
            by_year[year].append(path)
    return [source for year, paths in by_year.items() for source in _sources_of_year(office, year, paths, root, notes)]


def _sources_of_year(office: Office, year: int, paths: list[Path], root: Path, notes: list[Note]) -> list[Source]:
    """The files of one year, those without a number in their names first."""
    if not any(path.stem == str(year) for path in paths):
        message = f"文件名里的“-{paths[0].stem[-1]}”表示同一年的另一份来源，这一年却没有不带编号的文件。请改名。"
        notes.append(_misnamed(paths[0], root, message))
    by_name: dict[str, str] = {}
    by_content: dict[str, Source] = {}
    for path in paths:
        name = by_name.setdefault(path.name.lower(), path.name)
        source = _source(office, year, path, root, notes)
        if source is None:
            continue
        same = by_content.setdefault(source.sha256, source)
        if same is not source:
            message = f"与 {Path(same.file).name} 是同一个文件，内容完全相同。请删去 {path.name}。"
            notes.append(Note("duplicate-report", None, message, file=source.file))
        elif name != path.name:
            message = f"与 {name} 只有大小写不同，在有的系统上是同一个文件。请改名为 {year}-2{path.suffix.lower()}。"
            notes.append(Note("duplicate-report", None, message, file=source.file))
    return list(by_content.values())


def free_name(taken: Iterable[str], year: int, suffix: str) -> str | None:
    """The name for one more source of a year beside files with the names ``taken``; None where there is none left.

    >>> free_name(["2021.PDF"], 2021, ".pdf")
    '2021-2.pdf'
    """
    used = {name.lower() for name in taken}
    names = (f"{year}{number}{suffix}" for number in ("", *(f"-{n}" for n in range(2, 10))))
    return next((name for name in names if name.lower() not in used), None)


def is_extracted(source: Report) -> bool:
    """Whether the lines are not those of the file itself: it is no plain text, whatever its name says."""
    named = FORMAT_OF_SUFFIX.get(PurePath(source.file).suffix.lower(), "text")
    return named != "text" or any(note.rule == "wrong-suffix" for note in source.filling.notes)


def year_of(path: PurePath) -> int | None:
    """The year that the name of a report's file says; None where it is no such name."""
    match = _REPORT_NAME.fullmatch(path.name)
    if match is None or match["suffix"].lower() not in FORMAT_OF_SUFFIX:
        return None
    year = int(match["year"])
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _source(office: Office, year: int, path: Path, root: Path, notes: list[Note]) -> Source | None:
    """The bytes of a report, as many as can be needed, and the checksum of all of them."""
    file = path.relative_to(root).as_posix()
    try:
        with path.open("rb") as opened:
            sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
            opened.seek(0)
            return Source(file, office, year, opened.read(MAX_BYTES + 1), sha256)
    except OSError:
        notes.append(Note("unreadable-file", None, "打不开这个文件，没有读取。请检查文件的权限。", file=file))
        return None


def _misnamed(path: Path, root: Path, message: str) -> Note:
    return Note("bad-file-name", None, message, file=path.relative_to(root).as_posix())


def _repeated_ids(offices: Iterable[Office]) -> Iterator[Note]:
    """The id makes the address: two offices with one id would overwrite each other's pages."""
    by_id: dict[str, list[Office]] = defaultdict(list)
    for office in offices:
        by_id[office.id].append(office)
    for same in by_id.values():
        for office in same[1:]:
            message = f"编号 {office.id} 已由 {same[0].folder} 使用。编号决定网址，每个机关必须不同。"
            yield Note("duplicate-office-id", None, message, file=f"{office.folder}/{FILE_NAME}")


def _former_ids_taken(offices: Iterable[Office]) -> Iterator[Note]:
    """A former id is an address too: it can neither be that of a page that exists nor lead to two of them."""
    live = {office.id: office for office in offices}
    claimed: dict[str, Office] = {}
    for office in offices:
        for former in office.former_ids:
            file = f"{office.folder}/{FILE_NAME}"
            if former in live:
                message = (
                    f"“former_ids”里的 {former} 是 {live[former].folder} 现在的编号。"
                    "这里只写已经停用的编号，请删去或改正。"
                )
                yield Note("duplicate-office-id", None, message, file=file)
            elif former in claimed:
                message = (
                    f"“former_ids”里的 {former} 在 {claimed[former].folder} 已经写过。"
                    "一个旧编号只能转到一个机关，也只写一次，请删去一处。"
                )
                yield Note("duplicate-office-id", None, message, file=file)
            claimed.setdefault(former, office)


def _regions_at_odds(offices: Iterable[Office]) -> Iterator[Note]:
    """One division code, one place: folder names and codes have to agree between offices."""
    first: dict[str, tuple[str, Office]] = {}
    for office in offices:
        for region in office.regions:
            name, other = first.setdefault(region.code, (region.name, office))
            if name != region.name:
                message = (
                    f"按编号 {office.id}，它属于代码 {region.code} 的地区；文件夹写作“{region.name}”，"
                    f"而 {other.folder} 写作“{name}”。请改正编号或文件夹。"
                )
                yield Note("region-mismatch", None, message, file=f"{office.folder}/{FILE_NAME}")
                break


def _codes_at_odds(offices: Iterable[Office]) -> Iterator[Note]:
    """A code has to lie in the province of its folder, and a folder has one code in every office below it."""
    first: dict[str, tuple[str, Office]] = {}
    for office in offices:
        province = PROVINCES.get(office.id[:2])
        if province != office.regions[0].name:
            named = f"“{province}”的编号" if province else "不存在的编号"
            message = f"编号 {office.id} 是{named}，文件夹却在“{office.regions[0].name}”之下。请改正编号或文件夹。"
            yield Note("region-mismatch", None, message, file=f"{office.folder}/{FILE_NAME}")
            continue
        for depth, region in enumerate(office.regions, start=1):
            folder = "/".join(one.name for one in office.regions[:depth])
            code, other = first.setdefault(folder, (region.code, office))
            if code != region.code:
                message = (
                    f"按编号 {office.id}，文件夹 {folder} 的代码是 {region.code}；按 {other.folder} 的编号却是 {code}。"
                    "请改正其中一个编号。"
                )
                yield Note("region-mismatch", None, message, file=f"{office.folder}/{FILE_NAME}")
                break
