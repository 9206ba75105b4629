"""A region can be built alone, and what was built apart is joined to what is built in one go."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import msgspec
import pytest
from disclosure.errors import DisclosureError
from disclosure.keeping import CACHE, PAGES, Kept
from disclosure.order import Order
from disclosure.pages_cache import OfficeFiles
from disclosure.pipeline import build_portal
from disclosure.settings import KEEP_IN, ONLY, PARTS
from disclosure.sources import find_sources
from disclosure.workshop import ROOT, environment
from disclosure.workshop.assemble import parts_at
from disclosure.workshop.build import build, part_of
from two_cities import REGIONS, TWINS, write_two_cities

MARK = b"<!-- as it was kept -->"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_two_cities(tmp_path, repeating=True)


def make(root: Path, site: Path, **told: str) -> dict[str, bytes]:
    """Build, and everything that is written then."""
    site.parent.mkdir(parents=True, exist_ok=True)
    build(root, site, Path(sys.executable), environment.variables(ROOT) | told)
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_parts_built_apart_are_joined_to_what_is_built_in_one_go(project: Path) -> None:
    parts = [part_of(project, region) for region in REGIONS]
    for region, part in zip(REGIONS, parts, strict=True):
        files = make(project, part / "site", **{ONLY: region, KEEP_IN: str(part)})
        assert len({path.split("/")[1] for path in files if path.startswith("offices/1")}) == 2
    assert not (project / CACHE / PAGES).exists()
    mark_all(parts[1])
    joined = make(project, project / "site", **{PARTS: os.pathsep.join(map(str, parts))})
    shutil.rmtree(project / CACHE)
    at_once = make(project, project / "site")
    changed = f"offices/{TWINS[1]}/index.html"  # the other one is found to repeat what stands in another part
    assert {path for path in joined.keys() | at_once.keys() if joined.get(path) != at_once.get(path)} == {changed}
    assert joined[changed] == at_once[changed] + MARK


def mark_all(part: Path) -> None:
    """Change every page of an office that a part has kept, so that it shows which of them are made again."""
    kept = Kept(part / PAGES)
    for key in [path.name for path in (part / PAGES).glob("*/*")]:
        made = msgspec.msgpack.decode(kept.find(key) or b"", type=OfficeFiles)
        (path, page), *others = made.files
        kept.keep(key, msgspec.msgpack.encode(OfficeFiles(((path, page + MARK), *others), made.copies)))


def test_a_region_alone_has_its_offices_and_what_is_misfiled_elsewhere_stops_nothing(project: Path) -> None:
    (project / "reports" / REGIONS[0] / "stray.txt").write_text("不属于任何机关", encoding="utf-8")
    alone = build_portal(project, Order.of(project, {ONLY: REGIONS[1]}))
    assert [office.regions[1].name for office in alone.offices] == ["虚构乙市", "虚构乙市"]
    with pytest.raises(DisclosureError, match="stray"):
        build_portal(project)


@pytest.mark.parametrize("only", ["河南省", "../reports/河北省", "/", "河北省/虚构乙市/虚构丙县/2020.txt"])
def test_what_is_no_region_is_named_with_those_that_there_are(only: str, project: Path) -> None:
    with pytest.raises(DisclosureError) as raised:
        find_sources(project, only)
    assert str(raised.value) == (
        f"reports/ 里没有“{only}”这个地区。请写 reports/ 下的文件夹，如 河南省 或 河南省/平顶山市；现有：河北省。"
    )


def test_an_office_is_no_region(project: Path) -> None:
    office = find_sources(project).offices[0]
    with pytest.raises(DisclosureError, match="这个地区"):
        find_sources(project, office.folder.removeprefix("reports/"))


def test_a_build_of_one_region_forgets_nothing_that_others_have_kept(project: Path) -> None:
    build_portal(project)
    kept = sorted((project / CACHE).rglob("*"))
    build_portal(project, Order.of(project, {ONLY: REGIONS[1]}))
    assert sorted((project / CACHE).rglob("*")) == kept


def test_a_part_of_an_earlier_build_keeps_only_what_its_region_has_now(project: Path) -> None:
    part = project / "parts" / "乙"
    order = Order.of(project, {ONLY: REGIONS[1], KEEP_IN: str(part)})
    build_portal(project, order)
    count = len([path for path in part.rglob("*") if path.is_file()])
    min((project / "reports" / REGIONS[1]).rglob("202*.txt")).unlink()
    build_portal(project, order)
    assert len([path for path in part.rglob("*") if path.is_file()]) == count - 1


def test_parts_are_those_given_or_all_that_there_are(tmp_path: Path) -> None:
    for name in ("乙", "甲"):
        (tmp_path / "parts" / name / PAGES).mkdir(parents=True)
    (tmp_path / "parts" / "丙").mkdir()  # of a build that failed
    assert [part.name for part in parts_at([], tmp_path / "parts")] == ["乙", "甲"]
    assert parts_at([tmp_path / "parts" / "甲"], tmp_path / "parts") == [tmp_path / "parts" / "甲"]
    with pytest.raises(DisclosureError, match="没有分部"):
        parts_at([], tmp_path / "nothing")
    with pytest.raises(DisclosureError, match="不是分部"):
        parts_at([tmp_path], tmp_path / "parts")


def test_what_another_folder_has_kept_is_found_and_kept_here(tmp_path: Path) -> None:
    Kept(tmp_path / "other").keep("ab1", b"content")
    kept = Kept(tmp_path / "own", [tmp_path / "nowhere", tmp_path / "other"])
    assert kept.find("ab1") == b"content"
    shutil.rmtree(tmp_path / "other")
    assert kept.find("ab1") == b"content"
    assert kept.find("ab2") is None


def test_what_another_folder_has_that_is_broken_counts_as_none(tmp_path: Path) -> None:
    Kept(tmp_path / "other").keep("ab1", b"content")
    path = tmp_path / "other" / "ab" / "ab1"
    path.write_bytes(path.read_bytes()[:-1])
    assert Kept(tmp_path / "own", [tmp_path / "other"]).find("ab1") is None
    assert path.is_file()
