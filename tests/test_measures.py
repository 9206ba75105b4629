"""The measures: each defined over the form, none counting twice, and sums that conserve what they add up."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from builders import make_office, make_report
from disclosure.dataset import gather
from disclosure.form.template import FORMS, OUTCOME_ROWS
from disclosure.measures import MAIN_MEASURES, MEASURE, MEASURES, PARTITIONS, SERIES_BREAKS, Measure, Summable, matching
from disclosure.model import Cell, Figure, Portal, Status
from disclosure.region_sums import ALL, RegionSum, sum_regions
from disclosure.tallies import Share, Tally, add_up_shares, measure_report, share_of_report
from open_data import PLACES, catalog_of, damaged_portal
from pages import portal, with_figures

IN_FORMS = [(measure, form) for measure in MEASURES for form in measure.forms]
IDS = [f"{measure.id}-{form}" for measure, form in IN_FORMS]


def test_no_measure_is_defined_twice() -> None:
    assert len({measure.id for measure in MEASURES}) == len({measure.label for measure in MEASURES}) == len(MEASURES)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_a_measure_has_cells_of_one_table_in_some_edition(measure: Measure) -> None:
    assert measure.forms
    for form in measure.forms:
        cells = (*measure.cells(form), *measure.denominator_cells(form))
        assert {cell.table for cell in cells} == {measure.table}


def test_a_pattern_that_names_no_cell_makes_no_measure_of_the_rest() -> None:
    assert matching(("requests.received.total", "requests.received.nobody"), "2021") == ()


@pytest.mark.parametrize(("measure", "form"), IN_FORMS, ids=IDS)
def test_nothing_is_counted_with_a_total_that_holds_it(measure: Measure, form: str) -> None:
    for cells in (measure.cells(form), measure.denominator_cells(form)):
        by_row = defaultdict(set)
        for cell in cells:
            by_row[cell.row].add(cell.column)
        assert all("total" not in columns or columns == {"total"} for columns in by_row.values())
        assert "handled" not in by_row or not set(by_row) & set(OUTCOME_ROWS[form])


@pytest.mark.parametrize("form", FORMS)
def test_the_outcomes_of_requests_are_each_in_one_measure(form: str) -> None:
    rows = [cell.row for part in PARTITIONS["handled"] for cell in MEASURE[part].cells(form)]
    assert sorted(rows) == sorted(OUTCOME_ROWS[form])


@pytest.mark.parametrize("form", FORMS)
def test_natural_persons_and_organisations_are_all_applicants(form: str) -> None:
    columns = [cell.column for part in PARTITIONS["received"] for cell in MEASURE[part].cells(form)]
    row = FORMS[form].tables["requests"].by_id["received"]
    assert sorted([*columns, "total"]) == sorted(column.id for column in row.columns)


@pytest.mark.parametrize("measure", [m for m in MEASURES if m.is_share], ids=lambda measure: measure.id)
def test_a_share_of_what_is_decided_divides_by_nothing_pending(measure: Measure) -> None:
    for form in measure.forms:
        divided = measure.denominator_cells(form)
        assert not {cell.column for cell in divided} & {"pending"}
        assert not {cell.row for cell in divided} & {"carried_out"}
        if measure.table == "disputes":
            assert {cell.column for cell in divided} == {"upheld", "corrected", "other"}


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_only_counts_may_be_added_up(measure: Measure) -> None:
    assert (measure.summable is Summable.NEVER) == measure.is_share == (measure.minimum_n is not None)


def test_what_is_carried_over_is_added_up_over_offices_and_not_over_years() -> None:
    stocks = {measure.id for measure in MEASURES if measure.summable is Summable.OFFICES}
    assert stocks == {"carried_in", "carried_out", "rules_in_force", "normative_in_force"}


def test_a_measure_of_one_edition_alone_breaks_where_the_other_begins() -> None:
    assert set(SERIES_BREAKS) == {2021}
    assert MEASURE["normative_issued"].forms == ("2021",)
    assert MEASURE["licensing_decisions"].forms == ("2019", "2021")


def test_a_share_has_both_its_parts() -> None:
    one = make_report(requests={"granted": {"total": 3}, "handled": {"total": 4}})
    assert share_of_report(one, MEASURE["granted_share"]) == Share(3, 4, 1, 1, Status.PRINTED)
    assert share_of_report(one, MEASURE["granted_share"]).value == 0.75


def test_a_share_of_nothing_is_no_share_and_not_0() -> None:
    none = share_of_report(make_report(), MEASURE["granted_share"])
    assert (none.numerator, none.denominator, none.value) == (0, 0, None)


@pytest.mark.parametrize("missing", ["granted", "handled"])
def test_a_share_with_a_part_missing_is_none(missing: str) -> None:
    one = make_report(requests={"handled": {"total": 4}, missing: {"total": Status.BLANK}})
    share = share_of_report(one, MEASURE["granted_share"])
    assert (share.value, share.known, share.of, share.status) == (None, 0, 1, Status.BLANK)


def test_more_than_the_whole_is_no_share() -> None:
    one = make_report(requests={"granted": {"total": 5}, "handled": {"total": 4}})
    assert share_of_report(one, MEASURE["granted_share"]).value is None


def test_shares_over_several_reports_divide_the_sums_of_those_that_have_both() -> None:
    known = Share(3, 4, 1, 1, Status.PRINTED)
    torn = Share(None, 8, 0, 1, Status.ABSENT)
    assert add_up_shares([known, Share(1, 4, 1, 1, Status.PLACED)]).value == 0.5
    assert add_up_shares([known, torn]) == Share(3, 4, 1, 2, Status.ABSENT)
    assert add_up_shares([known, torn]).value is None


def test_money_is_added_up_with_its_decimals() -> None:
    fee = Figure(Cell("proactive", "fees", "amount_wan"), Decimal("1.50"), Status.PRINTED, "1.50", line=9)
    assert measure_report(with_figures(make_report(), fee), MEASURE["fees_amount"]).value == Decimal("1.5")


def test_a_measure_that_the_form_does_not_have_is_not_listed() -> None:
    dataset = gather(portal([make_office()], [make_report(form="2019", year=2020)]))
    listed = set(dataset.measures["measure"])
    assert {measure.id for measure in MAIN_MEASURES} <= listed
    assert "normative_issued" not in listed


@pytest.fixture(scope="module")
def damaged() -> Portal:
    """Thirty offices in three places."""
    return damaged_portal(30)


def _sums(whole: Portal) -> dict[tuple[str, int, str], RegionSum]:
    catalog = catalog_of(whole)
    return {(one.region, one.year, one.measure.id): one for one in sum_regions(catalog.offices, catalog.dataset)}


def test_the_sum_of_every_region_is_that_of_its_reports(damaged: Portal) -> None:
    regions = {office.id: {region.code for region in office.regions} | {ALL} for office in damaged.offices}
    expected: dict[tuple[str, int, str], list[Any]] = defaultdict(lambda: [0, 0, 0])
    for report in damaged.reports:
        for measure in MEASURES:
            tally = measure_report(report, measure)
            for region in regions[str(report.office)]:
                entry = expected[region, report.year or 0, measure.id]
                entry[0] += tally.at_least or 0
                entry[1] += tally.value is not None
                entry[2] += 1
    counts = {key: one for key, one in _sums(damaged).items() if isinstance(one.amount, Tally)}
    assert len(counts) > 200
    assert {key: [one.amount.at_least or 0, one.amount.known, one.amount.of] for key, one in counts.items()} == {
        key: entry for key, entry in expected.items() if key in counts
    }


def test_the_parts_of_a_region_add_up_to_it(damaged: Portal) -> None:
    sums = _sums(damaged)
    parts = {ALL: ("410000", "370000"), "410000": ("410400",), "410400": ("410481", "410423")}
    checked = 0
    for (region, year, measure), one in sums.items():
        below = [sums[part, year, measure].amount for part in parts.get(region, ()) if (part, year, measure) in sums]
        if below and isinstance(one.amount, Tally):
            assert one.amount.of == one.reports
            assert (one.amount.at_least or 0) == sum(part.at_least or 0 for part in below if isinstance(part, Tally))
            checked += 1
    assert checked > 100


@pytest.mark.parametrize(("whole", "parts"), PARTITIONS.items(), ids=list(PARTITIONS))
def test_measures_that_divide_a_whole_add_up_to_it_in_every_sound_report(
    damaged: Portal, whole: str, parts: tuple[str, ...]
) -> None:
    checked = 0
    for report in damaged.reports:
        tallies = [measure_report(report, MEASURE[name]) for name in (whole, *parts)]
        if all(one.value is not None and not one.conflicts for one in tallies):
            assert sum(one.value or 0 for one in tallies[1:]) == tallies[0].value
            checked += 1
    assert checked > 20


def test_the_shares_of_what_was_handled_add_up_to_1(damaged: Portal) -> None:
    shares = [f"{part}_share" for part in PARTITIONS["handled"]]
    checked = 0
    for report in damaged.reports:
        listed = [share_of_report(report, MEASURE[name]) for name in shares]
        values = [one.value for one in listed if one.value is not None and not one.conflicts]
        if len(values) == len(shares):
            assert sum(values) == pytest.approx(1, abs=1e-5)
            checked += 1
    assert checked > 20


def test_a_region_in_which_some_reports_lack_a_measure_says_so() -> None:
    offices = [make_office(regions=PLACES[0]), make_office("410481101", regions=PLACES[0])]
    reports = [
        make_report(year=2021, proactive={"normative_documents": {"issued": 2}}),
        make_report(form="2019", year=2021, office="410481101"),
    ]
    one = _sums(portal(offices, reports))["410481", 2021, "normative_issued"]
    assert one.amount == Tally(2, known=1, of=2, status=Status.ABSENT)
    assert one.amount.value is None


def test_an_office_outside_any_county_is_added_to_its_city() -> None:
    offices = [make_office(regions=PLACES[0]), make_office("410400", regions=PLACES[0][:2])]
    reports = [
        make_report(requests={"received": {"total": 3}}),
        make_report(office="410400", requests={"received": {"total": 4}}),
    ]
    sums = _sums(portal(offices, reports))
    assert {key[0]: one.amount.value for key, one in sums.items() if key[2] == "received"} == {
        ALL: 7, "410000": 7, "410400": 7, "410481": 3,
    }  # fmt: skip
