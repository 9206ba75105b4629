"""A way on from MkDocs 1.x: ProperDocs, which continues it, builds the same site from the same files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from disclosure.settings import DATA_DATE
from disclosure.workshop import ROOT, environment

_GENERATOR = re.compile(rb'<meta name="generator"[^>]*>')


def site_of(program: str, folder: Path) -> dict[str, bytes]:
    """Every file of the site that a program builds, but for the line in which a page names the program."""
    variables = {**environment.variables(ROOT), "SITE_URL": "https://site.example/", DATA_DATE: "2026-11-28"}
    command = ["build", "--strict", "--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(folder)]
    python = [sys.executable, "-W", "ignore", "-m", program]
    built = subprocess.run([*python, *command], env=variables, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): _GENERATOR.sub(b"", path.read_bytes()) for path in files}


def test_properdocs_builds_the_same_site_from_the_same_files(tmp_path: Path) -> None:
    ours, theirs = (site_of(program, tmp_path / program) for program in ("mkdocs", "properdocs"))
    assert theirs.keys() == ours.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []
    assert "offices/" in " ".join(ours)
