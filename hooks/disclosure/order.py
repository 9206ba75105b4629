"""What a build is asked to do, beside building everything: one region alone, from what other builds have made."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from disclosure.keeping import CACHE, Kept
from disclosure.settings import KEEP_IN, ONLY, PARTS


@dataclass(frozen=True, slots=True)
class Order:
    """A build of the project at ``root``.

    ``only`` is the folder below ``reports/`` whose offices alone are built, empty for all. ``keep_in`` is where it
    keeps what the next build can use; ``parts`` are such folders of other builds.
    """

    root: Path
    keep_in: Path
    only: str = ""
    parts: tuple[Path, ...] = ()

    @classmethod
    def of(cls, root: Path, variables: Mapping[str, str] | None = None) -> Order:
        """The build that these environment variables ask for; without any, that of everything."""
        told = variables or {}
        parts = told.get(PARTS, "").split(os.pathsep)
        keep_in = root / told.get(KEEP_IN, CACHE)
        return cls(root, keep_in, told.get(ONLY, ""), tuple(Path(part) for part in parts if part))

    def kept(self, name: str) -> Kept:
        """What is kept under a name: readings, pages, parts of the search index."""
        return Kept(self.keep_in / name, [part / name for part in self.parts])

    def forget(self, kept: Kept) -> None:
        """Remove what was not used, unless other builds keep theirs there."""
        if not self.only or self.keep_in != self.root / CACHE:
            kept.forget_others()
