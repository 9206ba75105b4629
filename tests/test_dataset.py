"""The tables: exact numbers, and sums that say what they lack."""

from __future__ import annotations

from decimal import Decimal

from builders import make_office, make_report
from disclosure.dataset import gather
from disclosure.form.template import FORMS
from disclosure.measures import MAIN_MEASURES, MEASURE, MEASURES
from disclosure.model import Cell, Figure, Finding, Kind, Severity, Status
from disclosure.tallies import Tally, add_up, measure_report, tally
from pages import portal, with_figures


def test_nothing_to_add_up_is_no_number_and_not_0() -> None:
    assert tally([]) == Tally(None, 0, 0, Status.ABSENT)
    assert add_up([]).at_least is None


def test_gaps_are_counted_and_never_added_as_0() -> None:
    one = tally([(2, Status.PRINTED), (None, Status.BLANK), (3, Status.PLACED)])
    assert one == Tally(5, known=2, of=3, status=Status.BLANK)
    assert one.value is None


def test_only_gaps_make_no_number() -> None:
    assert tally([(None, Status.ABSENT), (None, Status.AMBIGUOUS)]).at_least is None


def test_a_sum_is_as_good_as_its_worst_part() -> None:
    assert tally([(0, Status.PRINTED), (1, Status.RECOVERED)]).status is Status.RECOVERED
    assert tally([(0, Status.CONFLICT), (1, Status.RECOVERED)]).conflicts == 1


def test_a_report_with_a_gap_counts_as_not_known_and_still_adds_what_it_has() -> None:
    whole = tally([(4, Status.PRINTED), (1, Status.PRINTED)])
    torn = tally([(2, Status.PRINTED), (None, Status.ABSENT)])
    assert add_up([whole, torn]) == Tally(7, known=1, of=2, status=Status.ABSENT)


def test_refusals_add_up_over_all_their_rows() -> None:
    one = make_report(requests={"refused_state_secret": {"total": 3}, "refused_administrative_query": {"total": 2}})
    assert measure_report(one, MEASURE["refused"]) == Tally(5, known=8, of=8, status=Status.PRINTED)


def test_both_editions_count_other_closings_by_their_own_rows() -> None:
    old = make_report(form="2019", year=2020, requests={"closed": {"total": 1}})
    new = make_report(requests={"closed_fee_unpaid": {"total": 1}, "closed_other": {"total": Status.BLANK}})
    assert measure_report(old, MEASURE["closed"]) == Tally(1, known=1, of=1, status=Status.PRINTED)
    assert measure_report(new, MEASURE["closed"]) == Tally(1, known=2, of=3, status=Status.BLANK)


def test_every_measure_of_the_tables_across_offices_has_cells_in_both_editions() -> None:
    assert {(m.id, form): bool(m.cells(form)) for m in MAIN_MEASURES for form in FORMS} == {
        (m.id, form): True for m in MAIN_MEASURES for form in FORMS
    }


def test_a_report_without_tables_has_measures_without_numbers() -> None:
    dataset = gather(portal([make_office()], [make_report(form=None)]))
    assert len(dataset.figures) == 0
    assert [one.at_least for one in dataset.measures["tally"]] == [None] * len(MEASURES)


def test_figures_keep_their_type_and_gaps_stay_gaps() -> None:
    fee = Figure(Cell("proactive", "fees", "amount_wan"), Decimal("1.50"), Status.PRINTED, "1.50", line=9)
    one = with_figures(make_report(requests={"received": {"total": Status.BLANK}}), fee)
    figures = gather(portal([make_office()], [one])).figures.set_index(["table", "row", "column"])["value"]
    assert repr(figures["proactive", "fees", "amount_wan"]) == "Decimal('1.50')"
    assert figures["requests", "received", "total"] is None
    assert type(figures["requests", "handled", "total"]) is int


def test_every_figure_finding_and_section_has_its_row_and_place() -> None:
    finding = Finding("row-total-mismatch", Severity.WARNING, Kind.SOURCE, "f.txt", 7, "不符。", "410481100", 2022)
    one = make_report(sections={"overview": ("一是", "二是")}, without_sections=("problems", "other"))
    dataset = gather(portal([make_office()], [one], [finding]))
    assert len(dataset.figures) == len(one.figures)
    assert dataset.findings[["rule", "line", "year"]].to_numpy().tolist() == [["row-total-mismatch", 7, 2022]]
    assert dataset.texts[["section", "line", "text"]].to_numpy().tolist()[0] == ["overview", 2, "一是\n二是"]
    assert dataset.offices["regions"].tolist() == ["410000/410400/410481"]
    assert dataset.reports[["office", "year", "form"]].to_numpy().tolist() == [["410481100", 2022, "2021"]]


def test_a_negative_number_lessens_no_sum_and_is_a_gap() -> None:
    found = tally([(6, Status.PRINTED), (-6, Status.CONFLICT), (Decimal("1.5"), Status.CONFLICT)])
    assert (found.at_least, found.known, found.of, found.value) == (6, 1, 3, None)
