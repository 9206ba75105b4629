"""Every page of a built site is valid HTML, by a checker that is not ours (html-validate, in Node).

One of its rules is off: two switches of Material's template carry an ``autocomplete`` that their type does not have.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import Site
from disclosure.workshop import ROOT

TOOL = Path(__file__).with_name("html")
KEPT = ROOT / ".cache" / "html-validate"
OLDEST_NODE = 20
MISSING = f"npm with Node {OLDEST_NODE} or newer is not installed"


def node_is_new_enough() -> bool:
    if shutil.which("npm") is None or (node := shutil.which("node")) is None:
        return False
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return int(told.strip().lstrip("v").partition(".")[0] or 0) >= OLDEST_NODE


@pytest.fixture(scope="module")
def checker() -> Path:
    """The checker, installed once at its locked version."""
    if not node_is_new_enough():
        pytest.skip(MISSING)
    lock = (TOOL / "package-lock.json").read_bytes()
    folder = KEPT / hashlib.sha256(lock).hexdigest()[:16]
    if not folder.exists():
        new = folder.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(TOOL, new, ignore=shutil.ignore_patterns("node_modules"))
        subprocess.run(["npm", "ci", "--silent"], cwd=new, check=True)
        new.rename(folder)
    return folder


def problems(checker: Path, site: Path) -> Mapping[str, list[str]]:
    """What the checker has to say of every page below a folder, by page."""
    command = [checker / "node_modules" / ".bin" / "html-validate", "--config", checker / ".htmlvalidate.json"]
    finished = subprocess.run(
        [*command, "--formatter", "json", "--ext", "html", "."],
        cwd=site,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return {
        Path(page["filePath"]).relative_to(site).as_posix(): [
            f"{one['line']}: {one['message']}" for one in page["messages"]
        ]
        for page in json.loads(finished.stdout)
    }


def test_every_page_of_the_site_is_valid(checker: Path, built_site: Site) -> None:
    assert problems(checker, built_site.folder) == {}


def test_a_page_that_is_not_valid_would_be_found(checker: Path, tmp_path: Path) -> None:
    page = '<!DOCTYPE html>\n<html lang="zh"><head><title>页</title></head>\n<body><p><div>x</div></p></body></html>\n'
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(page, encoding="utf-8")
    assert list(problems(checker, tmp_path)) == ["a/index.html"]


def test_pages_of_damaged_reports_are_valid(checker: Path, damaged_site: Site, tmp_path: Path) -> None:
    """A page of each kind: all of them would take minutes."""
    for name in ("", "regions/", "years/2021/", "quality/", "measures/received/"):
        shutil.copy(
            damaged_site.folder / name / "index.html", tmp_path / f"{name.strip('/').replace('/', '-') or 'home'}.html"
        )
    for number, page in enumerate(sorted((damaged_site.folder / "offices").rglob("index.html"))[::9]):
        shutil.copy(page, tmp_path / f"office-{number}.html")
    assert problems(checker, tmp_path) == {}
