"""A project of two cities with two offices each, to be built city by city."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

from disclosure.workshop import ROOT
from portal_files import write_project

REGIONS: Final = ("河北省/虚构甲市", "河北省/虚构乙市")
TWINS: Final = ("136201100", "136201101")
"""The identifiers of the offices of the second city."""


def write_two_cities(folder: Path, *, repeating: bool) -> Path:
    """Write the project below a folder.

    Where it is ``repeating``, the first office of the second city has the texts of the first one of the first.
    """
    root, other = folder / "project", folder / "other"
    write_project(root, 2, [2020, 2021], 7)
    write_project(other, 2, [2020, 2021], 8)
    shutil.copy(ROOT / "requirements.lock", root)
    for number, origin in enumerate((root if repeating else other, other)):
        office = sorted(path.parent for path in (origin / "reports" / REGIONS[0]).rglob("office.yml"))[number]
        there = root / "reports" / REGIONS[1] / "虚构丙县" / office.name
        shutil.copytree(office, there)
        _set(there / "office.yml", "id", f'"{TWINS[number]}"')
    for description in (root / "reports").rglob("office.yml"):
        _set(description, "kind", "其他")  # so that each has its like in its own region
    return root


def _set(description: Path, key: str, value: str) -> None:
    text = description.read_text(encoding="utf-8")
    description.write_text(re.sub(f"^{key}: .*", f"{key}: {value}", text, flags=re.MULTILINE), encoding="utf-8")
