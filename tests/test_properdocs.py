"""A way on from MkDocs 1.x: ProperDocs, which continues it, builds the same site from the same files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from disclosure.settings import DATA_DATE, KEEP_IN
from disclosure.workshop import ROOT, environment
from portal_files import write_project

_GENERATOR = re.compile(rb'<meta name="generator"[^>]*>')


def site_of(program: str, folder: Path) -> dict[str, bytes]:
    """Every file of the site that a program builds, but for the line in which a page names the program."""
    told = {"SITE_URL": "https://site.example/", DATA_DATE: "2026-11-28", KEEP_IN: str(folder.with_suffix(".kept"))}
    variables = environment.variables(ROOT) | told  # what another program has kept would show nothing of this one
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


def test_pages_that_one_program_has_kept_are_none_of_the_other(tmp_path: Path) -> None:
    """Each page names the program that made it."""
    write_project(tmp_path / "project", 1, [2021], 7)
    pages = [make(program, tmp_path / "project", tmp_path / program) for program in ("mkdocs", "properdocs", "mkdocs")]
    assert pages[0] == pages[2] != pages[1]
    assert b"ProperDocs" in pages[1]


def make(program: str, project: Path, site: Path) -> bytes:
    """The page of an office of a project."""
    python = [sys.executable, "-W", "ignore", "-m", program, "build", "--quiet"]
    paths = ["--config-file", str(project / "mkdocs.yml"), "--site-dir", str(site)]
    subprocess.run([*python, *paths], env=environment.variables(ROOT), check=True)
    return min((site / "offices").glob("1*/index.html")).read_bytes()
