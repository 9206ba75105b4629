"""Office Open XML packages (ECMA-376, part 2): parts, how they refer to each other, and their XML."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from disclosure.read.archive import Archive, DamagedFileError, open_archive

MOST_MARKUP = 1_500_000
"""Tags and attributes of one file, all its parts together; the table of a report over 200 pages has a million."""
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    (_STRICT + b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (_STRICT + b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (_STRICT + b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        _STRICT + b"officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""Files saved as “Strict Open XML” use other names for the same elements."""


class _NoDoctype(TreeBuilder):
    """Builds a tree, and refuses the declarations that entities come from; Office files have none."""

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> NoReturn:
        raise DamagedFileError("文件里有 Office 文件不应有的 XML 声明，没有读取。")


@dataclass(frozen=True, slots=True)
class Relation:
    """One reference to another part: its id, the last word of its type (``styles``), and the part's name."""

    id: str
    kind: str
    target: str


@dataclass(slots=True)
class Package:
    """The parts of one Office file, read when asked for and within one budget."""

    _archive: Archive
    _markup: int = field(default=MOST_MARKUP)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None if there is no such part.

        Raises:
            DamagedFileError: see ``Archive.read``.
        """
        return self._archive.read(name)

    def tree(self, name: str) -> Element | None:
        """The XML of a part; None if there is no such part.

        Raises:
            DamagedFileError: the part cannot be read, is no XML, declares a document type, or has too much markup.
        """
        content = self.read(name)
        return None if content is None else self.parse(content)

    def parse(self, content: bytes) -> Element:
        """The XML of a part that was read before; see ``tree``."""
        self._markup -= content.count(b"<") + content.count(b"=")
        if self._markup < 0:
            raise DamagedFileError("文件的结构过于庞大，不像一份报告，没有继续读取。")
        return parse_xml(content)

    def main_part(self, otherwise: str) -> str:
        """The name of the part that the package is about."""
        relations = self.relations("")
        return next((one.target for one in relations if one.kind == "officeDocument"), otherwise)

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to inside the package; the package itself is the part ``""``."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        return [] if root is None else list(_relations(root, folder))


def open_package(content: bytes) -> Package:
    """Open an Office file.

    Raises:
        DamagedFileError: it is no whole zip archive.
    """
    return Package(open_archive(content))


def parse_xml(content: bytes) -> Element:
    """Parse XML without entities of its own.

    Raises:
        DamagedFileError: this is no XML, or it declares a document type.
    """
    if _STRICT in content:
        for strict, transitional in _TRANSITIONAL:
            content = content.replace(strict, transitional)
    parser = XMLParser(target=_NoDoctype())  # noqa: S314 - expat follows no outer references, and the target refuses declarations
    try:
        parser.feed(content)
        root: Element = parser.close()
    except (ParseError, ValueError, LookupError) as error:
        raise DamagedFileError("文件中间有损坏的部分，读不出内容。") from error
    return root


def _relations(root: Element, folder: str) -> Iterator[Relation]:
    for one in root.iter(_RELATION):
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
            yield Relation(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], target)
