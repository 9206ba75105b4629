"""Which findings are asked for: those about files and folders below ``reports/``.

A selection limits what is read and what is shown, never what one report is checked against: all years of an office are
always read together.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from disclosure.check import RULES
from disclosure.check.registry import Scope
from disclosure.errors import DisclosureError
from disclosure.model import Finding, Office
from disclosure.offices import FILE_NAME
from disclosure.render.text import in_one_line
from disclosure.sources import REPORTS, year_of


class UsageError(DisclosureError):
    """What the command was given cannot be used; the message says why and what to give instead."""


@dataclass(frozen=True)
class Selection:
    """Files and folders, as paths relative to the project's root with ``/`` between their parts."""

    paths: frozenset[str]

    def folders(self, offices: Iterable[Office]) -> frozenset[str]:
        """The folders of the offices that are touched: they lie below a path, or a path lies in them."""
        above = {upper for path in self.paths for upper in _upwards(path)}
        folders = {office.folder for office in offices}
        return frozenset(one for one in folders if one in above or not self.paths.isdisjoint(_upwards(one)))

    def within(self, other: Selection) -> Selection:
        """The paths that are among those of ``other`` or below one of them."""
        return Selection(frozenset(path for path in self.paths if not other.paths.isdisjoint(_upwards(path))))

    def shows(self, finding: Finding) -> bool:
        """Whether a finding is asked for.

        So are all of an office whose description is; those about its answers, wherever one of its files is; those of a
        year, whichever file of the year they are about; and those of the year after that compare the two. What keeps
        everything from being published always is.
        """
        folder = str(PurePosixPath(finding.file).parent)
        return (
            finding.blocks
            or not self.paths.isdisjoint((*_upwards(finding.file), f"{folder}/{FILE_NAME}"))
            or (PurePosixPath(finding.file).name == FILE_NAME and folder in self._years)
            or self._is_of_year(finding, self._years.get(folder, ()))
        )

    @staticmethod
    def _is_of_year(finding: Finding, years: Sequence[int]) -> bool:
        if finding.year is None:
            return False
        compares = RULES[finding.rule].scope is Scope.OFFICE
        return finding.year in years or (compares and finding.year - 1 in years)

    @cached_property
    def _years(self) -> dict[str, tuple[int, ...]]:
        """The years of the files by folder; a folder with files of no year is there without any."""
        found: dict[str, tuple[int, ...]] = {}
        for path in map(PurePosixPath, self.paths):
            year = year_of(path)
            found[str(path.parent)] = (*found.get(str(path.parent), ()), *([] if year is None else [year]))
        return found


def _upwards(path: str) -> Iterator[str]:
    """A path and all folders above it."""
    yield path
    yield from map(str, PurePosixPath(path).parents)


def select(root: Path, paths: Sequence[Path]) -> Selection:
    """The selection of what a person named, relative to the current folder.

    Raises:
        UsageError: a path does not exist, or is not below ``reports/``.
    """
    return Selection(frozenset(_relative(root, path) for path in paths))


def _relative(root: Path, path: Path) -> str:
    """A path below the root; ``..`` is taken out, and links are followed only where the plain path lies outside."""
    plain = Path(os.path.normpath(Path.cwd() / path))
    named = in_one_line(str(path))
    if not os.path.lexists(plain):  # unlike Path.exists, it takes a name that is too long for one that is not there
        raise UsageError(f"找不到“{named}”。请检查路径；已经删去的文件，用 --changed-since 查。")
    for absolute, base in ((plain, root), (plain.resolve(), root.resolve())):
        if absolute.is_relative_to(base / REPORTS):
            return absolute.relative_to(base).as_posix()
    raise UsageError(f"“{named}”不在 {REPORTS}/ 之下。请给 {REPORTS}/ 之下的文件或文件夹；不给路径就查全部。")
