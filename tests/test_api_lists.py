"""Lists of the API: regions and years with their sums, pages of long lists, and portals with hardly anything."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from api_site import (
    HOSTILE,
    Documents,
    documents,
    documents_of,
    findings,
    in_envelopes,
    offices,
    violations,
    whole_portal,
    write,
)
from builders import HENAN, PINGDINGSHAN, WUGANG, make_office, make_report
from disclosure.api import writer
from disclosure.check import RULES
from disclosure.form.template import FORMS, TABLES
from disclosure.measures import MAIN_MEASURES, MEASURES
from disclosure.model import Office, Status
from disclosure.render.legend import LEGEND
from pages import portal


@pytest.fixture(scope="module", name="site")
def written_site(tmp_path_factory: pytest.TempPathFactory) -> Documents:
    return documents(tmp_path_factory.mktemp("api"), whole_portal())


def many(count: int) -> list[Office]:
    """Offices of one county."""
    return [make_office(f"410481{number}", f"第{number}镇人民政府") for number in range(100, 100 + count)]


def chain(site: Documents, first: str, folder: str, name: str) -> list[list[str]]:
    """The identifiers in the list ``name`` page by page, along ``next``; every page leads back to the one before."""
    pages, path, before = [], first, None
    while path:
        document = site[path]
        assert ("previous" in document["links"]) == (before is not None)
        pages.append([one.get("id") or one.get("office") or str(one["finding"]) for one in document["data"][name]])
        before, path = path, f"{folder}{len(pages) + 1}.json" if "next" in document["links"] else ""
    return pages


def test_the_index_counts_what_there_is(site: Documents) -> None:
    data = site["index.json"]["data"]
    assert data["counts"] == {"offices": 3, "reports": 4, "figures": 598, "findings": 3, "regions": 4}
    assert data["years"] == [2022, 2020, 2019]
    assert data["licence"]["spdx"] == "MIT"
    assert site["index.json"]["links"]["data"] == "../../data/"


def test_offices_are_listed_with_their_places_and_years(site: Documents) -> None:
    listed = site["offices.json"]["data"]["offices"]
    assert [(one["id"], one["years"]) for one in listed] == [
        ("410423004", [2022]), ("410481-jyj", []), ("410481100", [2019, 2020, 2022]),
    ]  # fmt: skip
    assert (listed[2]["name"], listed[2]["former_names"]) == (HOSTILE, ["=A1", "旧名"])
    assert listed[0]["regions"][2] == {"code": "410423", "name": "鲁山县"}
    assert listed[0]["links"] == {"self": "offices/410423004.json", "html": "../../offices/410423004/"}


def test_an_office_without_reports_has_a_document_without_reports(site: Documents) -> None:
    data = site["offices/410481-jyj.json"]["data"]
    assert (data["reports"], data["years"], data["website"]) == ([], [], None)
    assert (data["place_known_by"], data["place_inferred"]) == ("标题写明。", False)


def test_a_report_without_tables_has_no_figures_and_no_form(site: Documents) -> None:
    data = site["offices/410481100/2019.json"]["data"]
    assert (data["form"], data["tables"], data["proofs"]) == (None, {}, {})
    told = site["offices/410481100.json"]["data"]["reports"][0]
    assert {one["value"] for one in told["measures"].values()} == {None}
    assert set(told["statuses"].values()) == {0}


def test_regions_add_up_what_lies_in_them(site: Documents) -> None:
    data = site["regions/410400.json"]["data"]
    assert (data["parent"], data["office_count"], data["offices"]) == ("410000", 3, [])
    assert [(one["code"], one["office_count"]) for one in data["regions"]] == [("410423", 1), ("410481", 2)]
    assert [(one["year"], one["reports"]) for one in data["sums"]] == [(2019, 1), (2020, 1), (2022, 2)]
    received = data["sums"][2]["measures"]["received"]
    assert received == {"value": 11, "status": "conflict", "at_least": 11, "known": 2, "of": 2, "conflicts": 1}
    share = data["sums"][2]["measures"]["granted_share"]
    assert (share["value"], share["numerator"], share["denominator"], share["small_n"]) == (
        Decimal("0.777778"),
        7,
        9,
        True,
    )
    assert [one["id"] for one in site["regions/410481.json"]["data"]["offices"]] == ["410481-jyj", "410481100"]


def test_a_sum_over_nothing_known_is_null(site: Documents) -> None:
    sums = site["regions/410481.json"]["data"]["sums"][0]
    assert (sums["year"], sums["reports"]) == (2019, 1)
    assert sums["measures"]["received"] == {
        "value": None, "status": "absent", "at_least": None, "known": 0, "of": 1, "conflicts": 0,
    }  # fmt: skip


def test_a_year_leads_down_to_its_reports(site: Documents) -> None:
    assert [(one["year"], one["report_count"]) for one in site["years.json"]["data"]["years"]] == [
        (2022, 2), (2020, 1), (2019, 1),
    ]  # fmt: skip
    year = site["years/2022.json"]["data"]
    assert (year["region"], year["report_count"], year["reports"]) == (None, 2, [])
    assert year["measures"]["received"]["at_least"] == 11
    assert [(one["code"], one["report_count"]) for one in year["regions"]] == [("410000", 2)]
    county = site["years/2022/410481.json"]["data"]
    assert county["region"] == {"code": "410481", "name": "舞钢市"}
    assert [(one["office"], one["form"]) for one in county["reports"]] == [("410481100", "2021")]
    assert list(county["reports"][0]["measures"]) == [measure.id for measure in MAIN_MEASURES]
    assert county["reports"][0]["measures"]["received"]["value"] == 8
    assert county["reports"][0]["measures"]["carried_out"]["value"] is None


def test_a_year_has_no_document_for_a_region_without_reports(site: Documents) -> None:
    assert sorted(path for path in site if path.startswith("years/2020")) == [
        "years/2020.json", "years/2020/410000.json", "years/2020/410400.json", "years/2020/410481.json",
    ]  # fmt: skip


def test_reports_of_an_office_in_no_region_stand_with_the_year(tmp_path: Path) -> None:
    site = documents_of(tmp_path, [make_office("410000", "某部", regions=())], [make_report(office="410000")])
    assert [one["office"] for one in site["years/2022.json"]["data"]["reports"]] == ["410000"]
    assert site["regions.json"]["data"] == {"page": 1, "total": 0, "regions": []}
    assert [problem for path in in_envelopes(site) for problem in violations(site, path)] == []


def test_findings_are_counted_by_rule_and_keep_their_numbers(site: Documents) -> None:
    totals = {one["rule"]: one["total"] for one in site["findings.json"]["data"]["rules"]}
    assert list(totals) == list(RULES)
    assert {rule: total for rule, total in totals.items() if total} == {"row-total-mismatch": 2, "numbers-lost": 1}
    told = site["findings/row-total-mismatch.json"]["data"]["findings"]
    assert [(one["finding"], one["office"], one["year"]) for one in told] == [(1, "410481100", 2022), (3, None, None)]
    assert told[0]["cells"] == ["requests.received.total", "requests.granted.total"]
    report = site["offices/410481100/2022.json"]["data"]["findings"]
    assert [(one["finding"], one["rule"], one["line"]) for one in report] == [
        (1, "row-total-mismatch", 25), (2, "numbers-lost", None),
    ]  # fmt: skip


def test_the_vocabulary_is_whole(site: Documents) -> None:
    statuses = site["statuses.json"]["data"]["statuses"]
    assert {one["status"]: (one["sign"], one["meaning"]) for one in statuses} == {
        status.value: LEGEND[status] for status in Status
    }
    measures = site["measures.json"]["data"]
    assert [one["measure"] for one in measures["measures"]] == [measure.id for measure in MEASURES]
    share = next(one for one in measures["measures"] if one["measure"] == "granted_share")
    assert (share["formula"], share["divided_by"]) == (["requests.granted.total"], ["requests.handled.total"])
    assert (share["minimum_n"], share["summable"], share["unit"]) == (30, "never", "比值")
    assert measures["series_breaks"][0]["year"] == 2021
    rules = site["rules.json"]["data"]["rules"]
    assert [(one["rule"], one["title"]) for one in rules] == [(rule.name, rule.title) for rule in RULES.values()]
    assert list(rules[0]["explanation"])[:4] == ["什么", "为什么", "错", "对"]
    assert sum(one["finding_count"] for one in rules) == 3


def test_every_cell_of_a_document_is_explained(site: Documents) -> None:
    told = {one["form"]: one["tables"] for one in site["forms.json"]["data"]["forms"]}
    assert list(told) == ["2021", "2019"]
    assert [table["table"] for table in told["2021"]] == list(TABLES)
    cells = {
        form: [(table["table"], row["row"], column["column"]) for table in tables for row in table["rows"]
               for column in row["columns"]]
        for form, tables in told.items()
    }  # fmt: skip
    assert cells == {
        form: [(table.id, row.id, column.id) for table in FORMS[form].tables.values() for row in table.rows
               for column in row.columns]
        for form in told
    }  # fmt: skip
    fees = told["2021"][0]["rows"][-1]["columns"][0]
    assert (fees["column"], fees["unit"]) == ("amount_wan", "万元")


def test_an_empty_portal_has_valid_documents(tmp_path: Path) -> None:
    site = documents_of(tmp_path, [])
    assert site["index.json"]["data"]["counts"] == {
        "offices": 0, "reports": 0, "figures": 0, "findings": 0, "regions": 0,
    }  # fmt: skip
    assert site["offices.json"]["data"] == {"page": 1, "total": 0, "offices": []}
    assert (site["years.json"]["data"], site["index.json"]["data"]["years"]) == ({"years": []}, [])
    assert "next" not in site["offices.json"]["links"]
    assert [problem for path in in_envelopes(site) for problem in violations(site, path)] == []


def test_offices_without_any_report_have_valid_documents(tmp_path: Path) -> None:
    site = documents(tmp_path, portal(offices(), []))
    assert site["regions/410481.json"]["data"]["sums"] == []
    assert [problem for path in in_envelopes(site) for problem in violations(site, path)] == []


def test_long_lists_go_on_on_further_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MAX_ITEMS", 2)
    made = many(5)
    about = findings()[0]
    told = [replace(about, office=office.id, line=number) for number, office in enumerate(made)]
    site = documents(tmp_path, portal(made, [make_report(office=office.id) for office in made], told))
    ids = [["410481100", "410481101"], ["410481102", "410481103"], ["410481104"]]
    assert chain(site, "offices.json", "offices/pages/", "offices") == ids
    assert chain(site, "regions/410481.json", "regions/410481/pages/", "offices") == ids
    assert chain(site, "years/2022/410481.json", "years/2022/410481/pages/", "reports") == ids
    assert [site[f"offices{path}.json"]["data"]["total"] for path in ("", "/pages/2", "/pages/3")] == [5, 5, 5]
    rule = "findings/row-total-mismatch"
    assert [len(page) for page in chain(site, f"{rule}.json", f"{rule}/pages/", "findings")] == [2, 2, 1]
    assert site["offices/pages/2.json"]["links"] == {
        "self": "../../offices/pages/2.json",
        "schema": "../../schemas/offices.json",
        "html": "../../../../regions/",
        "previous": "../../offices.json",
        "next": "../../offices/pages/3.json",
    }
    assert [problem for path in in_envelopes(site) for problem in violations(site, path)] == []


def test_a_list_that_just_fills_its_page_has_no_empty_one_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "MAX_ITEMS", 2)
    site = documents_of(tmp_path, many(2))
    assert "next" not in site["offices.json"]["links"]
    assert "offices/pages/2.json" not in site


def test_a_page_ends_before_it_is_too_large_and_an_entry_is_never_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "MAX_BYTES", 900)
    made = many(9)
    made[3] = replace(made[3], name="长" * 300)
    site = documents_of(tmp_path, made)
    listed = chain(site, "offices.json", "offices/pages/", "offices")
    assert [one for page in listed for one in page] == [office.id for office in made]
    alone = listed.index(["410481103"]) + 1
    around = len(json.dumps(site["offices/pages/2.json"])) - len(json.dumps(site["offices/pages/2.json"]["data"]))
    sizes = {path.name: path.stat().st_size for path in (tmp_path / "offices" / "pages").glob("*.json")}
    assert [name for name, size in sizes.items() if size > 900 + around and name != f"{alone}.json"] == []
    assert sizes[f"{alone}.json"] > 900 + around


def test_no_list_of_a_whole_country_has_more_than_a_million_bytes(tmp_path: Path) -> None:
    """Five thousand offices with the longest names that may be, crowded into one county, each with a finding."""
    about = replace(findings()[0], file="长" * 99, message="不符" * 99)
    made = [
        make_office(f"410481-{number:04}", "镇" * 300, regions=(HENAN, PINGDINGSHAN, WUGANG)) for number in range(5000)
    ]
    written = write(tmp_path, portal(made, [], [about] * 5000))
    heavy = {path: size for path in written if (size := (tmp_path / path).stat().st_size) > 1_000_000}
    assert heavy == {}
    assert (tmp_path / "offices.json").stat().st_size > 850_000
    assert (tmp_path / "regions/410481/pages/6.json").exists()
