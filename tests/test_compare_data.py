"""The columns of the page that compares offices hold what the tallies hold, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from api_site import HOSTILE, Documents, documents, documents_of, in_envelopes, offices, violations, whole_portal
from builders import HENAN, PINGDINGSHAN, WUGANG, make_office, make_report
from disclosure.api import compare_columns
from disclosure.dataset import gather
from disclosure.export.csv_text import guard
from disclosure.measures import MEASURE, MEASURES
from disclosure.model import Cell, Figure, Portal, Region, Status
from disclosure.tallies import Share, Tally
from open_data import catalog_of, damaged_portal
from pages import portal, with_figures

Told: TypeAlias = dict[tuple[str, int, str], Tally | Share]
"""What a measure comes to, by office, year and measure."""

HUGE = 10**30


@pytest.fixture(scope="module", name="damaged")
def damaged_offices() -> Portal:
    return damaged_portal(24)


@pytest.fixture(scope="module", name="site")
def written_site(damaged: Portal, tmp_path_factory: pytest.TempPathFactory) -> Documents:
    return documents(tmp_path_factory.mktemp("api"), damaged)


def told(site: Documents, paths: tuple[str, ...] = ("compare/{year}",)) -> Told:
    """What the columns of these documents say, read as their schema describes them."""
    ids = [office for page in _pages(site, "compare/offices") for office in page["id"]]
    return {
        (ids[row], page["year"], measure): amount
        for year in site["compare.json"]["data"]["years"]
        for path in paths
        for page in _pages(site, path.format(**year))
        for at, row in enumerate(row for first, count in page["rows"] for row in range(first, first + count))
        for measure in page["measures"]
        if (amount := _amount(page["measures"], measure, at)) is not None
    }


ONE_BY_ONE = tuple(f"compare/{{year}}/{measure}" for measure in MEASURE)
"""The documents that hold one measure each."""


def _pages(site: Documents, path: str) -> Iterator[dict[str, Any]]:
    first = site[f"{path}.json"]["data"]
    yield first
    yield from (site[f"{path}/pages/{page}.json"]["data"] for page in range(2, first["pages"] + 1))


def _amount(measures: dict[str, Any], measure: str, at: int) -> Tally | Share | None:
    read = {name: _read(measures, measure, name, at) for name in measures[measure]}
    if read["status"] is None:
        return None
    status, conflicts = Status(read["status"]), read["conflicts"]
    if not MEASURE[measure].is_share:
        return Tally(_number(read["at_least"]), read["known"], read["of"], status, conflicts)
    numerator, denominator = _number(read["numerator"]), _number(read["denominator"])
    return Share(numerator, denominator, int(None not in (numerator, denominator)), 1, status, conflicts)


def _read(measures: dict[str, Any], measure: str, name: str, at: int) -> Any:  # noqa: ANN401 - JSON
    column = measures[measure][name]
    if isinstance(column, list):
        return column[at]
    if "column" in column:
        return _read(measures, column["measure"], column["column"], at)
    return dict(column["others"]).get(at, column["most"])


def _number(value: int | str | None) -> int | Decimal | None:
    return Decimal(value) if isinstance(value, str) else value


def known(published: Portal) -> Told:
    """What the tallies of the dataset say."""
    measures = gather(published).measures
    columns = (measures[name].tolist() for name in ("office", "year", "measure", "tally", "share"))
    return {
        (office, year, measure): tally if share is None else share
        for office, year, measure, tally, share in zip(*columns, strict=True)
    }


def test_every_cell_of_every_measure_of_damaged_reports_is_that_of_the_tallies(
    damaged: Portal, site: Documents
) -> None:
    assert told(site) == told(site, ONE_BY_ONE) == known(damaged)
    assert len(told(site)) > 1500
    assert Status.PLACED in {amount.status for amount in told(site).values()}


def test_every_status_and_property_of_a_cell_is_that_of_the_tallies(tmp_path: Path) -> None:
    published = whole_portal()
    amounts = known(published)
    site = documents(tmp_path, published)
    assert told(site) == told(site, ONE_BY_ONE) == amounts
    assert {amount.status for amount in amounts.values()} == set(Status) - {Status.PLACED}
    assert {amount.conflicts for amount in amounts.values()} == {0, 1}


def test_a_column_that_differs_is_noticed(damaged: Portal, site: Documents) -> None:
    year = site["compare.json"]["data"]["years"][0]["year"]
    column = site[f"compare/{year}.json"]["data"]["measures"]["received"]["at_least"]
    gap = column.index(None)
    column[gap] = 0
    try:
        assert told(site) != known(damaged)
    finally:
        column[gap] = None


def test_every_document_obeys_its_schema(site: Documents) -> None:
    paths = [path for path in in_envelopes(site) if path.startswith("compare")]
    years = [f"compare/{year}.json" for year in (2022, 2021, 2020)]
    alone = [f"compare/{year}/{measure}.json" for year in (2022, 2021, 2020) for measure in MEASURE]
    assert sorted(paths) == sorted(["compare.json", "compare/offices.json", *years, *alone])
    assert [problem for path in paths for problem in violations(site, path)] == []


def test_offices_stand_in_the_order_of_their_place_with_kind_and_region(tmp_path: Path) -> None:
    site = documents(tmp_path, whole_portal())
    choices, listed = site["compare.json"]["data"], site["compare/offices.json"]["data"]
    assert listed["id"] == ["410423004", "410481-jyj", "410481100"]
    assert [choices["kinds"][kind] for kind in listed["kind"]] == ["街道办事处", "政府部门", "乡镇人民政府"]
    assert [choices["regions"][region]["code"] for region in listed["region"]] == ["410423", "410481", "410481"]
    assert choices["regions"][0] == {"code": "410000", "name": "河南省", "parent": None}
    assert choices["regions"][3] == {"code": "410481", "name": "舞钢市", "parent": "410400"}
    assert [(year["year"], year["report_count"]) for year in choices["years"]] == [(2022, 2), (2020, 1), (2019, 1)]


def test_names_that_a_spreadsheet_would_run_stand_as_they_go_into_a_file(tmp_path: Path) -> None:
    site = documents(tmp_path, portal(offices(), []))
    assert site["compare/offices.json"]["data"]["guarded"] == [[HOSTILE, guard(HOSTILE)]]
    assert guard(HOSTILE) == f"'{HOSTILE}"


def test_a_name_of_a_region_is_guarded_and_invisible_characters_are_shown(tmp_path: Path) -> None:
    strange = (HENAN, PINGDINGSHAN, Region("410481", "+舞\x02钢"))
    listed = documents_of(tmp_path, [make_office(name="镇\u202e", regions=strange)])["compare/offices.json"]["data"]
    assert listed["name"] == ["镇⟨U+202E⟩"]
    assert listed["guarded"] == [["+舞␂钢", "'+舞␂钢"]]


def test_a_fraction_and_a_number_too_large_for_a_browser_are_digits(tmp_path: Path) -> None:
    fee = Figure(Cell("proactive", "fees", "amount_wan"), Decimal("0.0500"), Status.PRINTED, "0.0500", line=9)
    huge = Figure(Cell("requests", "received", "total"), HUGE, Status.PRINTED, str(HUGE), line=9)
    site = documents_of(tmp_path, [make_office()], [with_figures(make_report(), fee, huge)])
    measures = site["compare/2022.json"]["data"]["measures"]
    assert measures["fees_amount"]["at_least"] == ["0.0500"]
    assert measures["received"]["at_least"] == [str(HUGE)]
    assert told(site)["410481100", 2022, "received"].known == 1


def test_a_gap_is_null_and_a_measure_that_the_form_lacks_has_no_status(tmp_path: Path) -> None:
    blank = make_report(requests={"received": {"total": Status.BLANK}})
    old = make_report(office="410481101", form="2019")
    site = documents_of(tmp_path, [make_office(), make_office("410481101")], [blank, old])
    measures = site["compare/2022.json"]["data"]["measures"]
    assert measures["received"]["at_least"] == [None, 0]
    assert measures["received"]["status"] == {"most": "blank", "others": [[1, "printed"]]}
    lacking = next(measure.id for measure in MEASURES if measure.forms == ("2021",))
    assert measures[lacking]["status"] == {"most": "printed", "others": [[1, None]]}
    assert _read(measures, lacking, "at_least", 1) is None


def test_a_document_of_one_measure_holds_no_other(tmp_path: Path) -> None:
    rows = {"received": {"total": 5}, "granted": {"total": 5}, "handled": {"total": 5}}
    site = documents_of(tmp_path, [make_office()], [make_report(requests=rows)])
    assert set(site["compare/2022/granted.json"]["data"]["measures"]) == {"granted"}
    assert site["compare/2022/granted.json"]["data"]["measures"]["granted"]["at_least"] == [5]
    assert site["compare/2022/granted.json"]["links"]["list"] == "../../compare.json"


def test_a_measure_that_no_report_of_a_year_has_is_a_document_without_it(tmp_path: Path) -> None:
    lacking = next(measure.id for measure in MEASURES if measure.forms == ("2021",))
    site = documents_of(tmp_path, [make_office()], [make_report(form="2019", year=2020)])
    alone = site[f"compare/2020/{lacking}.json"]["data"]
    assert (alone["rows"], alone["measures"]) == ([[0, 1]], {})
    assert lacking not in site["compare/2020.json"]["data"]["measures"]


def test_columns_that_are_alike_are_written_once(tmp_path: Path) -> None:
    rows = {"received": {"total": 5}, "granted": {"total": 5}, "handled": {"total": 5}}
    measures = documents_of(tmp_path, [make_office()], [make_report(requests=rows)])["compare/2022.json"]["data"][
        "measures"
    ]
    assert measures["granted"]["at_least"] == {"measure": "received", "column": "at_least"}
    assert measures["granted_share"]["denominator"] == {"measure": "received", "column": "at_least"}


def test_offices_without_a_report_in_a_year_are_no_rows_of_it(tmp_path: Path) -> None:
    made = [make_office(f"41048110{number}") for number in range(5)]
    filed = [make_report(office=f"41048110{number}") for number in (0, 1, 3)]
    site = documents_of(tmp_path, made, filed)
    assert site["compare/2022.json"]["data"]["rows"] == [[0, 2], [3, 1]]


def test_a_document_ends_before_it_is_too_large_and_nothing_is_lost(
    damaged: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare_columns, "MAX_BYTES", 2000)
    site = documents(tmp_path, damaged)
    assert told(site) == told(site, ONE_BY_ONE) == known(damaged)
    assert site["compare/2022.json"]["data"]["pages"] > 3
    assert site["compare/2022/pages/2.json"]["links"]["next"] == "../../../compare/2022/pages/3.json"
    assert site["compare/2022/pages/2.json"]["links"]["previous"] == "../../../compare/2022.json"
    paths = [path for path in in_envelopes(site) if path.startswith("compare/")]
    assert [problem for path in paths for problem in violations(site, path)] == []


def test_without_reports_there_are_no_years_and_without_offices_one_empty_list(tmp_path: Path) -> None:
    site = documents(tmp_path, portal([], []))
    assert site["compare.json"]["data"]["years"] == []
    assert site["compare/offices.json"]["data"]["id"] == []
    assert [problem for path in ("compare.json", "compare/offices.json") for problem in violations(site, path)] == []


def test_the_choices_name_measures_statuses_and_the_page_of_an_office(site: Documents) -> None:
    choices = site["compare.json"]["data"]
    assert [measure["measure"] for measure in choices["measures"]] == list(MEASURE)
    assert set(choices["first_measures"]) <= set(MEASURE)
    assert [one["status"] for one in choices["statuses"]] == [status.value for status in Status]
    assert choices["office_page"] == "offices/{office}/#y{year}-report"
    assert choices["titles"]["at_least"] == "已知部分之和"


def test_an_office_in_no_region_has_none(tmp_path: Path) -> None:
    listed = documents_of(
        tmp_path, [make_office(regions=()), make_office("410481101", regions=(HENAN, PINGDINGSHAN, WUGANG))]
    )
    assert listed["compare/offices.json"]["data"]["region"] == [None, 2]


def test_of_years_with_as_many_reports_the_newest_is_shown_first() -> None:
    office, other = make_office(), make_office("410481101")
    reports = [make_report(year=year) for year in (2021, 2022, 2023)]
    assert catalog_of(portal([office, other], reports)).best_covered_year == 2023
    more = [*reports, make_report(year=2021, office=other.id)]
    assert catalog_of(portal([office, other], more)).best_covered_year == 2021
    assert catalog_of(portal([office], [])).best_covered_year is None
