"""A way on from MkDocs 1.x: ProperDocs, which continues it, builds the same site from the same files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from disclosure.settings import DATA_DATE
from disclosure.workshop import ROOT, environment
from portal_files import write_project

_GENERATOR = re.compile(rb'<meta name="generator"[^>]*>')


def site_of(program: str, project: Path, folder: Path) -> dict[str, bytes]:
    """Every file of the site that a program builds, but for the line in which a page names the program."""
    variables = {**environment.variables(ROOT), "SITE_URL": "https://site.example/", DATA_DATE: "2026-11-28"}
    command = ["build", "--strict", "--config-file", str(project / "mkdocs.yml"), "--site-dir", str(folder)]
    python = [sys.executable, "-W", "ignore", "-m", program]
    built = subprocess.run([*python, *command], env=variables, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): _GENERATOR.sub(b"", path.read_bytes()) for path in files}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("properdocs") / "project"
    write_project(folder, 2, [2020, 2021])
    return folder


def test_properdocs_builds_the_same_site_from_the_same_files(project: Path) -> None:
    ours = site_of("mkdocs", project, project.parent / "mkdocs")
    theirs = site_of("properdocs", project, project.parent / "properdocs")
    assert theirs.keys() == ours.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []
    assert "offices/" in " ".join(ours)
