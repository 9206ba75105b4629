"""Open the zip archives that new Office files are, whatever somebody packed into them.

Nothing is believed that the archive says about itself: not its sizes, not its number of members, not their names.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO

from disclosure.model import Note
from disclosure.read.document import Document

MOST_MEMBERS = 10_000
"""Parts of one file; a Word file has some twenty, and one more for each picture."""
MOST_INFLATED = 32 * 1024 * 1024
"""Bytes inflated from one file, all its parts together; the text of a report has less than one megabyte."""
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What Office files may use. The other methods may ask for gigabytes before they give the first byte."""
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError, KeyError)
"""What the standard library raises on archives that are cut, overwritten or lie about themselves."""


class DamagedFileError(Exception):
    """The file cannot be read to its end; the message is a Chinese sentence for the maintainer."""


@dataclass(slots=True)
class Archive:
    """The members of a zip archive by name, with ``/`` between folders and without regard to case."""

    _zip: zipfile.ZipFile
    _members: dict[str, list[zipfile.ZipInfo]]
    _room: int = field(default=MOST_INFLATED)

    def read(self, name: str) -> bytes | None:
        """The bytes of a member; None if there is none of that name.

        Raises:
            DamagedFileError: the member is broken, encrypted, there twice, or the file inflates to too much.
        """
        members = self._members.get(_key(name), [])
        if not members:
            return None
        if len(members) > 1:
            raise DamagedFileError(f"文件里有两份“{_key(name)}”，不知道以哪一份为准。")
        member = members[0]
        if member.flag_bits & _ENCRYPTED:
            raise DamagedFileError("文件设有密码，读不出内容。")
        if member.compress_type not in _METHODS:
            raise DamagedFileError("文件的压缩方式不是 Office 文件所用的。")
        content = self._inflate(member)
        self._room -= len(content)
        return content

    def _inflate(self, member: zipfile.ZipInfo) -> bytes:
        try:
            with self._zip.open(member) as opened:
                content = opened.read(self._room + 1)
        except _BROKEN as error:
            raise DamagedFileError("文件不完整，或中间有损坏的部分。") from error
        if len(content) > self._room:
            limit = MOST_INFLATED // 1024 // 1024
            raise DamagedFileError(f"文件解开后超过 {limit} MB，不像一份报告，没有继续读取。")
        return content


def damaged(message: str) -> Document:
    """The document of an Office file that cannot be read."""
    advice = "请重新下载原件；如果原件需要密码，请另存为不设密码的文件。"
    return Document((), (Note("damaged-file", None, f"{message}{advice}"),))


def open_archive(content: bytes) -> Archive:
    """Read the directory of an archive; nothing is inflated yet.

    Raises:
        DamagedFileError: this is no whole archive, or it has more than ``MOST_MEMBERS`` members.
    """
    if content.count(_DIRECTORY_ENTRY) > MOST_MEMBERS:
        raise DamagedFileError(f"文件由超过 {MOST_MEMBERS} 个部分组成，不像一份报告，没有读取。")
    try:
        opened = zipfile.ZipFile(BytesIO(content))
    except _BROKEN as error:
        raise DamagedFileError("文件不完整，可能没有下载完。") from error
    members: dict[str, list[zipfile.ZipInfo]] = {}
    for member in opened.infolist():
        members.setdefault(_key(member.filename), []).append(member)
    return Archive(opened, members)


def _key(name: str) -> str:
    """How members are compared: some programs write backslashes, a leading slash, or other case."""
    return name.replace("\\", "/").lstrip("/").lower()
