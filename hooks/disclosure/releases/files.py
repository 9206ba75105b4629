"""The files of a release, in a folder or in a zip archive: read one at a time, never unpacked to disk.

Nothing is believed that an archive says about itself: not its sizes, not its names.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, Protocol

from disclosure.errors import DisclosureError
from disclosure.export.release import DESCRIPTION

MOST_BYTES: Final = 1024**3
"""Of one file. The figures of 5,000 offices over three years take half of it as CSV, a twentieth as Parquet."""
MOST_MEMBERS: Final = 200_000
"""Files in one archive."""
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The other methods may ask for gigabytes before they give the first byte."""
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError)
"""What the standard library raises on archives that are cut, overwritten or lie about themselves."""
_AGAIN = "请重新下载或重新生成。"
_EXPECTED = f"应当是已发布的 data/v1 文件夹，或者它的 zip 压缩包，里面有 {DESCRIPTION}；请检查路径。"


class ReleaseUnusableError(DisclosureError):
    """A release cannot be read. The message names the path, says what is wrong with it, and what to do."""

    def __init__(self, path: Path, problem: str, remedy: str = _AGAIN) -> None:
        super().__init__(f"“{path}”不能用作一次发布：{problem}。{remedy}")


class ReleaseFiles(Protocol):
    """The files of one release by their address below ``/data/v1/``."""

    @property
    def path(self) -> Path:
        """Where the release is, for messages."""

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None if there is none of that name.

        Raises:
            ReleaseUnusableError: the file cannot be read, or is larger than ``MOST_BYTES``.
        """


@contextmanager
def open_files(path: Path) -> Iterator[ReleaseFiles]:
    """The files of the release at ``path``, a folder or a zip archive, while the context lasts.

    Raises:
        ReleaseUnusableError: there is nothing, or something that is no release.
    """
    if path.is_dir():
        yield _checked(_Folder(path))
    elif path.is_file():
        with _opened(path) as archive:
            yield _checked(_Archive(path, archive, _members(path, archive)))
    else:
        raise ReleaseUnusableError(path, "这里什么也没有", _EXPECTED)


def _checked(files: ReleaseFiles) -> ReleaseFiles:
    if files.read(DESCRIPTION) is None:
        raise ReleaseUnusableError(files.path, f"里面没有 {DESCRIPTION}", _EXPECTED)
    return files


def _too_large(path: Path, name: str) -> ReleaseUnusableError:
    limit = MOST_BYTES // 1024**2
    return ReleaseUnusableError(path, f"里面的 {name} 超过 {limit} MB，没有读取", "请确认它是本站发布的文件。")


@dataclass(frozen=True, slots=True)
class _Folder:
    path: Path

    def read(self, name: str) -> bytes | None:
        file = self.path / name
        try:
            if not file.is_file():
                return None
            if file.stat().st_size > MOST_BYTES:
                raise _too_large(self.path, name)
            return file.read_bytes()
        except OSError as error:
            raise ReleaseUnusableError(self.path, f"打不开里面的 {name}", "请检查权限。") from error


@dataclass(frozen=True, slots=True)
class _Archive:
    path: Path
    archive: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]

    def read(self, name: str) -> bytes | None:
        member = self.members.get(name)
        if member is None:
            return None
        if member.flag_bits & _ENCRYPTED or member.compress_type not in _METHODS:
            raise ReleaseUnusableError(
                self.path, f"里面的 {name} 设有密码，或者压缩方式不常见", "请用普通的 zip 重新压缩。"
            )
        if member.file_size > MOST_BYTES:
            raise _too_large(self.path, name)
        return self._inflated(name, member)

    def _inflated(self, name: str, member: zipfile.ZipInfo) -> bytes:
        """The bytes of a member: never more than it declares, as the library stops there and compares the checksum."""
        try:
            return self.archive.read(member)
        except _BROKEN as error:
            raise ReleaseUnusableError(self.path, f"里面的 {name} 不完整或已损坏") from error


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        problem = "它不是 zip 压缩包，或者压缩包不完整"
        raise ReleaseUnusableError(path, problem, _EXPECTED) from error
    with archive:
        yield archive


def _members(path: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members below the folder of the shallowest description, by their address in it."""
    listed = archive.infolist()
    if len(listed) > MOST_MEMBERS:
        raise ReleaseUnusableError(path, f"里面的文件超过 {MOST_MEMBERS} 个", "请确认它是本站发布的文件。")
    by_name = {member.filename.replace("\\", "/"): member for member in listed}
    if len(by_name) < len(listed):
        raise ReleaseUnusableError(path, "里面有同名的文件，不知道以哪一个为准")
    folder = _folder_of_release(path, by_name)
    return {name.removeprefix(folder): member for name, member in by_name.items() if name.startswith(folder)}


def _folder_of_release(path: Path, names: Mapping[str, zipfile.ZipInfo]) -> str:
    """The folder of the shallowest description, with a slash at its end; empty for the root of the archive."""
    found = sorted((name.count("/"), name) for name in names if PurePosixPath(name).name == DESCRIPTION)
    if not found:
        return ""
    if [depth for depth, _ in found].count(found[0][0]) > 1:
        raise ReleaseUnusableError(path, "里面并排放着不止一次发布", "请每次发布各压缩成一个文件。")
    return found[0][1].removesuffix(DESCRIPTION)
