"""What pages tell the panel beyond addresses: where on a line a figure is printed, and what a sum adds up."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from builders import make_office, make_report
from disclosure.form.template import FORMS
from disclosure.measures import MAIN_MEASURES, Measure
from disclosure.model import Cell, Figure, Proof, Report, Span, Status, Step
from disclosure.pipeline import build_portal
from disclosure.render import html
from disclosure.render.blocks import Lines, Link, Paragraph, To
from disclosure.render.view import View
from disclosure.workshop import ROOT
from pages import pages_of, with_figures

CELL = Cell("requests", "received", "total")
SURE = Proof((Step("row-total", "只有一种放法。"),), 3)
ALIKE = Proof((Step("row-total", "都是 0。"), Step("placement", "缺的是哪一列无从判定。")), 3)


def view_of(report: Report) -> View:
    """The report as its office's page shows it."""
    return View("410481100", 2022, report)


def placed(proof: Proof | None, span: Span | None) -> Figure:
    """A figure with this proof and this place."""
    return Figure(CELL, 0, Status.PLACED if proof else Status.PRINTED, "0", span, 30, proof=proof)


@pytest.mark.parametrize(
    ("figure", "at"),
    [
        (placed(None, Span(30, 12, 13)), (12, 13)),
        (placed(SURE, Span(30, 12, 13)), (12, 13)),
        (placed(ALIKE, Span(30, 12, 13)), None),
        (placed(None, Span(31, 12, 13)), None),
        (Figure(CELL, 0, Status.RECOVERED, line=30, proof=SURE), None),
    ],
    ids=["printed", "the only number it can be", "any of several", "on another line", "not printed"],
)
def test_a_figure_leads_to_its_characters_only_where_they_are_certain(
    figure: Figure, at: tuple[int, int] | None
) -> None:
    assert view_of(make_report()).place(figure) == To("offices/410481100/source/2022/", "L30", at)


def test_the_characters_that_a_figure_of_the_given_reports_leads_to_are_those_it_was_read_from() -> None:
    told = {}
    for report in build_portal(ROOT).reports:
        view = View(str(report.office), report.year or 0, report)
        places = [(figure, view.place(figure)) for figure in report.figures.values() if figure.line]
        for figure, to in places:
            if to.at:
                assert report.lines[(figure.line or 0) - 1][slice(*to.at)] == figure.raw
        told[report.office] = sum(to.at is not None for _, to in places)
    assert told == {"370828001": 102, "410423004": 200, "410481100": 55, "411702010": 200, "640323001": 198}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("measure", MAIN_MEASURES, ids=lambda measure: measure.id)
def test_a_sum_adds_up_the_last_cells_of_rows_that_follow_each_other(measure: Measure, form: str) -> None:
    cells = measure.cells(form)
    rows = FORMS[form].tables[measure.table].rows
    first = next(at for at, row in enumerate(rows) if row.id == cells[0].row)
    assert [(row.id, row.columns[-1].id) for row in rows[first : first + len(cells)]] == [cell[1:] for cell in cells]


def test_a_sum_tells_its_rows_wherever_it_stands_and_a_single_figure_its_line() -> None:
    reports = [
        make_report(requests={"refused_third_party": {"total": 2}, "handled": {"total": 2}, "received": {"total": 2}}),
        make_report(year=2021),
    ]
    pages = pages_of([make_office()], reports)
    sum_of_2022 = r'href="{}#y2022-requests-refused-state-secret" class="figure" data-rows="8">2'
    for url, page in (
        ("offices/410481100/", ""),
        ("years/2022/", "../../offices/410481100/"),
        ("regions/410481/", "../../offices/410481100/"),
        ("", "offices/410481100/"),
    ):
        assert re.search(sum_of_2022.format(page), pages[url].html()), url
    over_years = pages["offices/410481100/"].html().split('id="years-table"')[1].split("</table>")[0]
    single = re.search(r'<a href="source/2022/#L\d+" class="figure" data-at="(\d+)-(\d+)">2</a>', over_years)
    assert single is not None
    assert "data-rows" not in pages["years/2022/"].html().split('id="sums"')[1]


def test_a_sign_in_the_table_over_the_years_leads_to_its_row() -> None:
    report = with_figures(make_report(), replace_value(make_report().figures[CELL]))
    page = pages_of([make_office()], [report, make_report(year=2021)])["offices/410481100/"].html()
    assert '<a href="#y2022-requests-received" class="mark mark-blank">未填</a>' in page.split('id="years-table"')[1]


def replace_value(figure: Figure) -> Figure:
    """The figure without a number."""
    return figure._replace(value=None, raw="", status=Status.BLANK)


def test_the_end_of_a_stretch_with_a_place_can_be_told_from_its_middle() -> None:
    lines = Lines(((1, "甲"), (2, "乙"), (3, "丙"), (4, "丁")), ("第 1 页", "第 1 页", "", ""))
    written = html.render([lines], "").splitlines()[1:-1]
    assert [re.findall(r'<span class="line-place">(.*?)</span>', line) for line in written] == [
        ["第 1 页"],
        [],
        [""],
        [],
    ]
    assert "line-place" not in html.render([replace(lines, places=())], "")


def test_only_what_is_known_is_told() -> None:
    links = (Link("1", To("x/", "L1"), "figure"), Link("2", To("x/", "L1", (0, 1)), "figure"))
    assert html.render([Paragraph(links)], "") == (
        '<p><a href="x/#L1" class="figure">1</a><a href="x/#L1" class="figure" data-at="0-1">2</a></p>\n'
    )
