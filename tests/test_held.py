"""A report that is kept packed is the report that was read, whatever is asked of it."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from builders import make_office, make_report
from disclosure import held
from disclosure.dataset import gather
from disclosure.held import AT_HAND, HeldReport, hold
from disclosure.merge import merge_sources
from disclosure.model import Report
from disclosure.pipeline import build_portal
from disclosure.reading import read_source
from disclosure.render.catalog import arrange
from disclosure.render.site import office_pages
from disclosure.sources import find_sources
from disclosure.workshop import ROOT
from pages import portal
from portal_files import write_project


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What is unpacked in this test, in order."""
    seen: list[bytes] = []
    held.unpacked.cache_clear()
    unpack = held.unpack

    def noted(packed: bytes) -> Report:
        seen.append(packed)
        return unpack(packed)

    monkeypatch.setattr(held, "unpack", noted)
    return seen


def test_every_field_and_property_is_that_of_the_report() -> None:
    report = read_source(find_sources(ROOT).sources[0])
    packed = hold(report)
    assert isinstance(packed, HeldReport)
    for name in (*(field.name for field in fields(Report)), "form", "year"):
        assert getattr(packed, name) == getattr(report, name), name
    assert packed.value("requests", "received", "total") == report.value("requests", "received", "total")
    assert packed.sources == (packed,)
    assert packed == hold(report)
    assert packed != hold(replace(report, office="410481999"))


def test_the_readings_of_several_files_are_kept_with_it() -> None:
    report = make_report()
    both = merge_sources([report, replace(report, file="reports/410481100/2022.pdf", sha256="0")])
    assert hold(both).readings == both.readings
    assert [source.file for source in hold(both).sources] == [source.file for source in both.sources]


def test_a_report_that_cannot_be_packed_is_kept_as_it_is() -> None:
    report = replace(make_report(), lines=("\ud800",))
    assert hold(report) is report


def test_what_tables_across_offices_ask_unpacks_nothing(unpacked: list[bytes]) -> None:
    report = hold(make_report())
    assert (report.file, report.sha256, report.office, report.filed_year, report.year, report.form) == (
        make_report().file, make_report().sha256, "410481100", 2022, 2022, "2021",
    )  # fmt: skip
    assert [source.file for source in report.sources] == [make_report().file]
    assert unpacked == []


def test_a_report_looked_into_again_and_again_is_unpacked_once(unpacked: list[bytes]) -> None:
    report = hold(make_report())
    assert report.figures is report.figures
    assert report.filling.sections
    assert len(unpacked) == 1


def test_gathering_looks_into_each_report_once_and_its_pages_once_more(tmp_path: Path, unpacked: list[bytes]) -> None:
    write_project(tmp_path, 3, [2019, 2020, 2021], 5)
    found = build_portal(tmp_path)
    assert unpacked == []
    catalog = arrange(found, gather(found))
    assert len(unpacked) == len(found.reports) < AT_HAND
    held.unpacked.cache_clear()
    for office in catalog.offices:
        for page in office_pages(catalog, office):
            page.html()
    assert len(unpacked) == 2 * len(found.reports)


def test_a_portal_of_held_reports_gives_the_same_tables() -> None:
    whole = portal([make_office()], [make_report(year=2021), make_report(year=2022)])
    packed = replace(whole, reports=tuple(map(hold, whole.reports)))
    one, other = gather(whole), gather(packed)
    for field in fields(one):
        assert getattr(one, field.name).equals(getattr(other, field.name)), field.name
