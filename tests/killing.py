"""Builds that can be killed at any moment, and a reader that notices when the published folder is not whole.

The project is small, so that many builds can be killed: what it takes longest for is what any build goes through.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from disclosure.workshop import ROOT, environment

PAGES = 60
_CONFIG = "site_name: 阳光年报\nplugins: []\n"
_PROGRAM = """
import os, sys
from pathlib import Path
from disclosure.workshop import build as module, environment, run_command
{before}
root, site = Path(sys.argv[1]), Path(sys.argv[2])
sys.exit(run_command(lambda: module.build(root, site, Path(sys.executable), environment.variables(Path(sys.argv[3])))))
"""

Manifest = Mapping[str, str]
"""The digest of every file by its path."""


def write_project(root: Path) -> None:
    """A project of many pages that all show one version."""
    (root / "docs").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    set_version(root, "甲")


def set_version(root: Path, version: str) -> None:
    """Let every page of the project show this version, and one page be there in it only."""
    for path in (root / "docs").glob("only-*.md"):
        path.unlink()
    for name in ("index", f"only-{version}", *(f"p{number}" for number in range(PAGES))):
        (root / "docs" / f"{name}.md").write_text(f"# {name}\n\n版本{version}\n", encoding="utf-8")


def start(root: Path, site: Path, before: str = "", **options: object) -> subprocess.Popen[str]:
    """A build in a process group of its own, which first runs ``before``: a change of ``module``, the build's."""
    command = [sys.executable, "-c", _PROGRAM.format(before=before), root, site, ROOT]
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        command,
        env={**environment.variables(ROOT), "SOURCE_DATE_EPOCH": "1000000000"},  # MkDocs' theme shows when it ran
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        **options,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for a build; its exit code and everything that it said."""
    said, _ = process.communicate()
    return process.returncode, said


def manifest(site: Path) -> Manifest:
    """What a site holds, whole."""
    files = (path for path in sorted(site.rglob("*")) if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def kill(process: subprocess.Popen[str], what: str) -> None:
    """Kill the whole ``group`` of a build, its first process (``parent``) alone, or MkDocs (``child``) alone."""
    try:
        if what == "group":
            os.killpg(process.pid, signal.SIGKILL)
        elif what == "parent":
            process.kill()
        else:
            for child in _children(process.pid):
                os.kill(child, signal.SIGKILL)
    except ProcessLookupError:
        return  # it had ended


def _children(parent: int) -> list[int]:
    """The processes that a process has started; none where the system does not tell them."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(status.parent.name))
    return found


class Reader(threading.Thread):
    """Reads the site again and again, as a server would; ``broken`` says what it met that no whole site holds."""

    def __init__(self, site: Path, versions: Sequence[Manifest]) -> None:
        super().__init__(daemon=True)
        self.site = site
        self.versions = versions
        self.broken: list[str] = []
        self.passes = 0
        self._shared = sorted(set.intersection(*(set(one) for one in versions)))
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.is_set():
            self._pass()
            self.passes += 1
            time.sleep(0.001)

    def end(self) -> None:
        self._ended.set()
        self.join()

    def _pass(self) -> None:
        """Every file has to be of a whole site, and all of the same one, unless they were exchanged meanwhile."""
        before = self._version("index.html")
        found = {name: self._version(name) for name in self._shared}
        if before is not None and before == self._version("index.html"):
            self.broken += [f"{name} is of another version" for name, one in found.items() if not before & (one or 0)]

    def _version(self, name: str) -> int | None:
        """The versions that the file is of now, as bits; None, and a complaint, where it is of none."""
        try:
            digest = hashlib.sha256((self.site / name).read_bytes()).hexdigest()
        except OSError as error:
            self.broken.append(f"{name}: {error}")
            return None
        bits = sum(1 << number for number, one in enumerate(self.versions) if one[name] == digest)
        if not bits:
            self.broken.append(f"{name} is of no version")
        return bits or None
