"""What a machine of a cluster does: build one region from the files that it is sent, and send back what that kept."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from disclosure.errors import DisclosureError
from disclosure.pages_cache import MADE_OF, version
from disclosure.settings import KEEP_IN, ONLY
from disclosure.sources import REPORTS
from disclosure.workshop import ROOT, environment
from disclosure.workshop.build import generator
from disclosure.writing import Tree

_MOST: Final = 300
"""Characters of what a build said that are passed on where it failed."""
_NO_REASON: Final = ("INFO", "Aborted")
"""How lines of it begin that do not say why."""


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
    finished = subprocess.run(  # noqa: S603 our own arguments
        generator(root, site, Path(sys.executable)), cwd=root, env=environment.variables(ROOT) | told, check=False,
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    if finished.returncode != 0:
        lines = [line.strip() for line in finished.stderr.splitlines() if not line.startswith(_NO_REASON)]
        said = " ".join(filter(None, lines))[:_MOST]
        raise DisclosureError(said or f"生成的进程停止，代码 {finished.returncode}")


def pack(folder: Path, below: str = "") -> bytes:
    """The files of a folder, or of the folder ``below`` in it, as one piece."""
    files = sorted(path for path in (folder / below).rglob("*") if path.is_file())
    return zlib.compress(_ENCODER.encode({path.relative_to(folder).as_posix(): path.read_bytes() for path in files}), 1)


def unpack(packed: bytes, folder: Path) -> None:
    """Write what was packed below a folder.

    Raises:
        DisclosureError: a file would stand outside of it.
    """
    files = _DECODER.decode(zlib.decompress(packed))
    for path in map(PurePosixPath, files):
        if path.is_absolute() or ".." in path.parts:
            raise DisclosureError(f"收到的文件不在它的文件夹里：{path}")
    tree = Tree(folder)
    for name, content in files.items():
        tree.write(name, content)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(dict[str, bytes])
