"""The last release is fetched from where it is published, whole and as published, or not at all."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import granted, make_office, make_report
from conftest import Site, served
from disclosure.export.publish import SUMS
from disclosure.releases.fetch import FetchFailedError, fetch_release
from disclosure.releases.load import load_release
from disclosure.workshop import ROOT
from disclosure.workshop.release import ReleaseFailedError, release
from open_data import publish
from pages import portal


@pytest.fixture
def published(tmp_path: Path) -> Iterator[Site]:
    """A site with the data of one report, served."""
    folder = tmp_path / "published"
    publish(portal([make_office()], [make_report(requests=granted(natural_person=3))]), folder)
    yield from served(folder)


def data(site: Site) -> Path:
    return site.folder / "data" / "v1"


def list_in_sums(site: Site, name: str, content: bytes) -> None:
    """Add a file to the list of what is published."""
    with (data(site) / SUMS).open("a", encoding="utf-8") as file:
        file.write(f"{hashlib.sha256(content).hexdigest()}  {name}\n")


def test_what_is_fetched_is_the_release_that_was_published(published: Site, tmp_path: Path) -> None:
    fetched = tmp_path / "previous" / "v1"
    assert fetch_release(published.url, fetched)
    old, new = load_release(data(published)), load_release(fetched)
    assert (new.version, new.data_date) == (old.version, old.data_date)
    assert new.figures.equals(old.figures)
    assert (fetched / "changes.json").read_bytes() == (data(published) / "changes.json").read_bytes()
    assert not list(fetched.rglob("*.csv"))


def test_a_site_without_data_has_had_no_release(published: Site, tmp_path: Path) -> None:
    assert not fetch_release(f"{published.url}nowhere", tmp_path / "v1")
    assert not (tmp_path / "v1").exists()


@pytest.mark.parametrize("name", ["figures.parquet", "datapackage.json", "changes.json"])
def test_a_file_that_is_not_the_one_published_is_refused(published: Site, tmp_path: Path, name: str) -> None:
    with (data(published) / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(FetchFailedError, match=f"{re.escape(name)} 与 SHA256SUMS 所列的不一致"):
        fetch_release(published.url, tmp_path / "new" / "v1")
    assert list((tmp_path / "new").iterdir()) == []


def test_a_file_that_is_listed_and_not_there_is_refused(published: Site, tmp_path: Path) -> None:
    (data(published) / "offices.parquet").unlink()
    with pytest.raises(FetchFailedError, match=r"offices\.parquet"):
        fetch_release(published.url, tmp_path / "v1")


@pytest.mark.parametrize(
    "name", ["../../outside.parquet", "/etc/outside.json", "changes/../../outside.json", "outside.html"]
)
def test_no_name_leads_out_of_the_folder(published: Site, tmp_path: Path, name: str) -> None:
    list_in_sums(published, name, b"x")
    assert fetch_release(published.url, tmp_path / "in" / "v1")
    assert not list(tmp_path.rglob("outside*"))


def test_a_list_of_something_else_is_refused(published: Site, tmp_path: Path) -> None:
    (data(published) / SUMS).write_text("<!doctype html>", encoding="utf-8")
    with pytest.raises(FetchFailedError, match=r"SHA256SUMS 里没有 datapackage\.json"):
        fetch_release(published.url, tmp_path / "v1")


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("file:///etc", "网址应以 http:// 或 https:// 开头"),
        ("example.org", "网址应以 http:// 或 https:// 开头"),
        ("http://127.0.0.1:9/", "SHA256SUMS 没有答复"),
    ],
)
def test_an_address_without_an_answer_is_one_sentence(address: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(FetchFailedError, match=problem):
        fetch_release(address, tmp_path / "v1")
    assert not (tmp_path / "v1").exists()


def test_the_command_says_what_it_did_and_replaces_nothing(published: Site, tmp_path: Path) -> None:
    def run(site: str, folder: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, ROOT / "scripts" / "fetch_release.py", site, folder]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    folder = tmp_path / "v1"
    assert (run(published.url, folder).stdout, run(published.url, folder).returncode) == (f"已取回：{folder}\n", 2)
    assert run(f"{published.url}nowhere", tmp_path / "v2").stdout.startswith("那里还没有发布过数据")
    failed = run("http://127.0.0.1:9/", tmp_path / "v3")
    assert failed.returncode == 1
    assert "Traceback" not in failed.stderr


def test_a_site_is_made_on_top_of_what_is_published_there(published: Site, tmp_path: Path) -> None:
    site = tmp_path / "site"
    release(published.url, site)
    index = (site / "index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{published.url}">' in index
    changes = (site / "data" / "changes" / "index.html").read_text(encoding="utf-8")
    assert load_release(data(published)).version in changes


def test_what_is_no_address_makes_no_site(tmp_path: Path) -> None:
    with pytest.raises(ReleaseFailedError, match="请写网站首页的网址"):
        release("example.org", tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_where_the_last_release_cannot_be_had_no_site_is_made(tmp_path: Path) -> None:
    with pytest.raises(ReleaseFailedError, match="没有取到上一次发布"):
        release("http://127.0.0.1:9/", tmp_path / "site")
    assert not (tmp_path / "site").exists()
