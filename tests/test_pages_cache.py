"""Pages of an office are kept between builds, and made again whenever anything that they show is not as it was."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from builders import make_office, make_report
from disclosure.held import hold
from disclosure.keeping import Kept
from disclosure.model import Finding, Kind, Office, Portal, Severity
from disclosure.pages_cache import MADE_OF, OfficeFiles, PagesCache, version
from disclosure.render.catalog import Catalog
from disclosure.render.site import office_pages
from disclosure.workshop import ROOT
from open_data import catalog_of
from pages import portal

FINDING = Finding("row-total-mismatch", Severity.WARNING, Kind.SOURCE, "f.txt", 7, "不符。", "410481100", 2022)
OFFICE, NEIGHBOUR = make_office(), make_office("410481101", "邻镇人民政府")


ON = ("code", "2026-11-28")
MADE = OfficeFiles((("offices/410481100/index.html", b"page"),), ())


def catalog(
    offices: tuple[Office, ...] = (OFFICE, NEIGHBOUR), findings: tuple[Finding, ...] = (), received: int = 0
) -> Catalog:
    own = make_report(requests={"received": {"total": received}})
    reports = {OFFICE.id: own, NEIGHBOUR.id: make_report(office=NEIGHBOUR.id, name=NEIGHBOUR.name)}
    return catalog_of(portal(offices, [hold(reports[one.id]) for one in offices if one.id in reports], findings))


def is_kept(folder: Path, before: Catalog, now: Catalog, common: tuple[tuple[str, str], ...] = (ON, ON)) -> bool:
    """Whether what a build with ``before`` kept of the office is found by one with ``now``."""
    PagesCache(Kept(folder), before, common[0]).keep(OFFICE, MADE)
    return PagesCache(Kept(folder), now, common[1]).find(OFFICE) == MADE


def html(of: Catalog) -> list[str]:
    return [page.html() + page.markdown() for page in office_pages(of, OFFICE)]


@pytest.mark.parametrize(
    "other",
    [
        catalog((replace(OFFICE, former_names=("旧镇人民政府",)), NEIGHBOUR)),
        catalog(findings=(FINDING,)),
        catalog(received=9),
        catalog((OFFICE,)),
        catalog((OFFICE, replace(NEIGHBOUR, kind="街道办事处"))),
    ],
    ids=["its office.yml", "what was found", "its figures", "no neighbour", "no neighbour of its kind"],
)
def test_pages_of_an_office_are_made_again_when_what_they_show_changes(other: Catalog, tmp_path: Path) -> None:
    assert not is_kept(tmp_path, catalog(), other)


@pytest.mark.parametrize(
    "other",
    [
        catalog((OFFICE, replace(NEIGHBOUR, name="另一个镇人民政府"))),
        catalog(findings=(replace(FINDING, office="410481101"),)),
        catalog((OFFICE, NEIGHBOUR, make_office("410481102", "第三镇人民政府"))),
    ],
    ids=["the name of a neighbour", "what was found there", "another neighbour"],
)
def test_pages_of_an_office_stay_whatever_happens_to_others(other: Catalog, tmp_path: Path) -> None:
    assert html(other) == html(catalog())
    assert is_kept(tmp_path, catalog(), other)


def test_pages_are_made_again_with_other_code_or_another_date(tmp_path: Path) -> None:
    assert not is_kept(tmp_path, catalog(), catalog(), (ON, ("code", "2026-11-29")))
    assert not is_kept(tmp_path, catalog(), catalog(), (ON, ("other code", "2026-11-28")))


@pytest.mark.parametrize("name", ["docs/about.md", "hooks/theme/main.html", "hooks/disclosure/model.py", "mkdocs.yml"])
def test_the_version_of_pages_changes_with_every_file_that_makes_them(name: str, tmp_path: Path) -> None:
    for part in MADE_OF:
        whole = ROOT / part
        ignored = shutil.ignore_patterns("__pycache__", "places", "assets")
        shutil.copytree(whole, tmp_path / part, ignore=ignored) if whole.is_dir() else shutil.copy(whole, tmp_path)
    before = version(tmp_path)
    (tmp_path / "hooks" / "__pycache__").mkdir()
    (tmp_path / "hooks" / "__pycache__" / "publish_site.pyc").write_bytes(b"compiled")
    assert version(tmp_path) == before
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b"\n")
    assert version(tmp_path) != before


def test_a_report_that_cannot_be_packed_has_its_pages_made_every_time(tmp_path: Path) -> None:
    made: Portal = portal((OFFICE,), [make_report()])
    cache = PagesCache(Kept(tmp_path), catalog_of(made), ())
    cache.keep(OFFICE, OfficeFiles((), ()))
    assert cache.find(OFFICE) is None
