"""What a machine of a cluster does: build one region from the files that it is sent, and send back what that kept."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from disclosure.errors import DisclosureError
from disclosure.pages_cache import MADE_OF, version
from disclosure.settings import KEEP_IN, ONLY
from disclosure.sources import REPORTS
from disclosure.workshop import ROOT, environment

_LAST: Final = 300
"""Characters of what a build said that are passed on where it failed."""


def build_part(wanted: str, region: str, reports: bytes, told: Mapping[str, str], folder: str | None = None) -> bytes:
    """Build a region, and pack what its build kept.

    ``wanted`` is the version of the code that asks (``pages_cache.version``), ``reports`` the packed files of the
    region below ``reports/``, ``told`` further variables of the build, ``folder`` where this machine keeps what is
    thrown away.

    Raises:
        DisclosureError: this machine has other code, or the build failed.
    """
    if version(ROOT) != wanted:
        raise DisclosureError("这台机器上的代码或网页文字不是同一版，请更新后重新启动 scripts/worker")
    with TemporaryDirectory(dir=folder) as temporary:
        root = Path(temporary) / "project"
        root.mkdir()
        for name in MADE_OF:
            if (ROOT / name).is_dir():
                (root / name).symlink_to(ROOT / name)
            else:
                shutil.copy(ROOT / name, root)
        unpack(reports, root / REPORTS)
        part = Path(temporary) / "part"
        _build(root, Path(temporary) / "site", {**told, ONLY: region, KEEP_IN: str(part)})
        return pack(part)


def _build(root: Path, site: Path, told: dict[str, str]) -> None:
    command = [sys.executable, "-m", "disclosure.workshop.generate", "build", "--strict"]
    paths = ["--config-file", str(root / "mkdocs.yml"), "--site-dir", str(site)]
    finished = subprocess.run(  # noqa: S603 our own arguments
        [*command, *paths], cwd=root, env=environment.variables(ROOT) | told, check=False, capture_output=True,
        text=True, encoding="utf-8",
    )  # fmt: skip
    if finished.returncode != 0:
        raise DisclosureError(finished.stderr.strip()[-_LAST:] or f"生成的进程停止，代码 {finished.returncode}")


def pack(folder: Path, below: str = "") -> bytes:
    """The files of a folder, or of the folder ``below`` in it, as one piece."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=1) as archive:
        for path in sorted((folder / below).rglob("*")):
            if path.is_file():
                archive.add(path, path.relative_to(folder).as_posix())
    return packed.getvalue()


def unpack(packed: bytes, folder: Path) -> None:
    """Write what was packed below a folder, and nothing outside of it."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
