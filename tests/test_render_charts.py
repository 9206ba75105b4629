"""Charts over the years: a bar for a number and for nothing else, and all of it in words too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

import pytest
from accessibility import violations
from builders import Rows, make_office, make_report
from disclosure.measures import MEASURE, Measure
from disclosure.model import Cell, Figure, Number, Proof, Report, Status, Step
from disclosure.render.blocks import Bar, Charts, To
from disclosure.render.charts import chart_notes, charts
from disclosure.render.legend import LEGEND
from disclosure.render.page import Page
from disclosure.workshop import ROOT
from pages import read_html, with_figures
from playwright.sync_api import Browser

_RECEIVED = Cell("requests", "received", "total")
_PROOF = Proof((Step("row-total", "只有这一个值。"),), 3)


def counted(year: int, received: Number | Status, handled: int = 0) -> Report:
    """A report of an office that received and handled so many requests."""
    form = "2019" if year < 2021 else "2021"
    return make_report(year=year, form=form, requests={"received": {"total": received}, "handled": {"total": handled}})


def drawn(*reports: Report, measures: Sequence[str] = ("received",), name: str = "样例镇人民政府") -> Charts:
    """The charts of these measures."""
    wanted: list[Measure] = [MEASURE[measure] for measure in measures]
    return charts(make_office(name=name), reports, To(None, "years-table"), wanted)


def bars(*reports: Report, measure: str = "received") -> dict[int, Bar]:
    """The years of the chart of one measure."""
    return {bar.year: bar for bar in drawn(*reports, measures=[measure]).charts[0].bars}


def html(block: Charts) -> str:
    """The charts on a page of their own."""
    return Page("", "x", "x", (block,)).html()


def svgs(block: Charts) -> list[ET.Element]:
    """The drawings of the charts, read by a parser of XML."""
    return [ET.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", html(block), re.DOTALL)]  # noqa: S314 -- our own


def words(svg: ET.Element) -> list[str]:
    """The texts that are drawn, in order."""
    return [text.text or "" for text in svg.iter("text")]


def heights(svg: ET.Element) -> list[float]:
    """The heights of the bars that are drawn."""
    return [float(bar.attrib["height"]) for bar in svg.iter("rect")]


def lines(svg: ET.Element, kind: str) -> list[tuple[str, str]]:
    """From where to where the lines of a class go, sideways."""
    return [(line.attrib["x1"], line.attrib["x2"]) for line in svg.iter("line") if line.attrib["class"] == kind]


def test_two_years_are_drawn_exactly_so() -> None:
    (svg,) = re.findall(r"<svg.*?</svg>", html(drawn(counted(2022, 4), counted(2023, 8))))
    assert svg == (
        '<svg role="img" aria-labelledby="chart-received-title" aria-describedby="chart-received-desc" '
        'viewBox="0 0 96 128" width="6em" height="8em">'
        '<title id="chart-received-title">样例镇人民政府本年新收，2022 至 2023 年</title>'
        '<desc id="chart-received-desc">2022 年：4 件；2023 年：8 件。</desc>'
        '<line class="chart-base" x1="4" y1="104" x2="48" y2="104" />'
        '<rect class="chart-bar chart-bar-whole" x="14" y="62" width="24" height="42" />'
        '<text class="chart-value" x="26" y="57" text-anchor="middle" font-size="14">4</text>'
        '<text class="chart-year" x="26" y="122" text-anchor="middle" font-size="13">2022</text>'
        '<line class="chart-base" x1="48" y1="104" x2="92" y2="104" />'
        '<rect class="chart-bar chart-bar-whole" x="58" y="20" width="24" height="84" />'
        '<text class="chart-value" x="70" y="15" text-anchor="middle" font-size="14">8</text>'
        '<text class="chart-year" x="70" y="122" text-anchor="middle" font-size="13">2023</text>'
        "</svg>"
    )


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (Figure(_RECEIVED, 7, Status.PRINTED), (7, "7", "", "7 件", "whole")),
        (Figure(_RECEIVED, 0, Status.PRINTED), (0, "0", "", "0 件", "whole")),
        (Figure(_RECEIVED, 7, Status.PLACED, proof=_PROOF), (7, "7", "归位", "7 件（归位）", "whole")),
        (Figure(_RECEIVED, 0, Status.RECOVERED, proof=_PROOF), (0, "0", "推得", "0 件（推得）", "whole")),
        (Figure(_RECEIVED, 7, Status.CONFLICT), (7, "7", "勾稽不符", "7 件（勾稽不符）", "conflict")),
        (Figure(_RECEIVED, None, Status.BLANK), (None, "", "未填", "未填", "gap")),
        (Figure(_RECEIVED, None, Status.AMBIGUOUS, bounds=(0, 3)), (None, "", "不定", "不定", "gap")),
        (Figure(_RECEIVED, None, Status.ABSENT), (None, "", "未见", "未见", "gap")),
        (Figure(_RECEIVED, -7, Status.PRINTED), (None, "", "所印的数不能相加", "所印的数不能相加", "gap")),
    ],
    ids=["printed", "zero", "placed", "recovered zero", "conflict", "blank", "ambiguous", "absent", "negative"],
)
def test_a_year_shows_its_number_and_its_sign_or_says_what_is_missing(
    figure: Figure, expected: tuple[int | None, str, str, str, str]
) -> None:
    bar = bars(counted(2022, 1), with_figures(counted(2023, 1), figure))[2023]
    assert (bar.height, bar.label, bar.sign, bar.told, bar.kind) == expected


def test_a_report_without_tables_is_a_gap_and_no_zero() -> None:
    assert bars(make_report(year=2022, form=None), counted(2023, 1))[2022].told == "未见"


def test_a_year_without_a_report_is_not_collected_and_never_not_published() -> None:
    found = bars(counted(2019, 3), counted(2022, 5))
    assert [(bar.year, bar.told, bar.kind) for bar in found.values()] == [
        (2019, "3 件", "whole"),
        (2020, "未收录", "gap"),
        (2021, "未收录", "gap"),
        (2022, "5 件", "whole"),
    ]


def test_reports_in_any_order_make_the_same_chart() -> None:
    assert drawn(counted(2023, 1), counted(2022, 2)) == drawn(counted(2022, 2), counted(2023, 1))


def test_years_whose_form_does_not_have_the_measure_say_so_and_have_no_bar() -> None:
    reports = (counted(2020, 1), make_report(year=2021, proactive={"fees": {"amount_wan": 3}}))
    found = bars(*reports, measure="fees_amount")
    assert (found[2020].height, found[2020].told) == (None, "表式无此项")
    assert found[2021].told == "3 万元"
    svg = svgs(drawn(*reports, measures=["fees_amount"]))[0]
    assert words(svg) == ["无此项", "表式", "2020", "3", "2021", "新表式"]


def test_a_sum_that_lacks_parts_is_an_open_bar_of_what_there_is() -> None:
    refused: Rows = {"refused_state_secret": {"total": 3}, "refused_third_party": {"total": Status.AMBIGUOUS}}
    reports = (counted(2022, 1), make_report(year=2023, requests=refused))
    bar = bars(*reports, measure="refused")[2023]
    assert (bar.height, bar.label, bar.sign, bar.kind) == (3, "≥ 3", "不定", "partial")
    assert bar.told == "≥ 3 件（8 格中 7 格有数）"
    assert 'class="chart-bar chart-bar-partial"' in html(drawn(*reports, measures=["refused"]))


def test_zero_is_a_tick_on_the_base_with_its_number_and_no_bar() -> None:
    svg = svgs(drawn(counted(2022, 0), counted(2023, 0)))[0]
    assert heights(svg) == []
    assert lines(svg, "chart-zero") == [("26", "26"), ("70", "70")]
    assert lines(svg, "chart-base") == [("4", "48"), ("48", "92")]
    assert words(svg) == ["0", "2022", "0", "2023"]


def test_a_gap_has_neither_bar_nor_tick_nor_number_and_a_broken_base() -> None:
    svg = svgs(drawn(counted(2022, Status.BLANK), counted(2023, 8)))[0]
    assert heights(svg) == [84]
    assert lines(svg, "chart-zero") == []
    assert lines(svg, "chart-base-gap") == [("4", "48")]
    assert words(svg) == ["未填", "2022", "8", "2023"]


def test_a_conflict_is_told_by_its_outline_and_its_words() -> None:
    wrong = with_figures(counted(2023, 8), Figure(_RECEIVED, 8, Status.CONFLICT))
    svg = svgs(drawn(counted(2022, 8), wrong))[0]
    assert [bar.attrib["class"] for bar in svg.iter("rect")] == [
        "chart-bar chart-bar-whole",
        "chart-bar chart-bar-conflict",
    ]
    assert heights(svg) == [84, 84]
    assert words(svg) == ["8", "2022", "8", "不符", "勾稽", "2023"]
    signs = [text for text in svg.iter("text") if text.attrib["class"] == "chart-sign chart-sign-conflict"]
    assert [text.attrib["y"] for text in signs] == ["29", "15"]


def test_where_a_new_form_begins_there_is_a_line_with_words() -> None:
    svg = svgs(drawn(counted(2019, 1), counted(2021, 1)))[0]
    assert lines(svg, "chart-break") == [("92", "92")]
    assert words(svg)[-1] == "新表式"


@pytest.mark.parametrize("years", [(2019, 2020), (2021, 2022)])
def test_years_of_one_form_have_no_line(years: tuple[int, int]) -> None:
    block = drawn(*(counted(year, 1) for year in years))
    assert block.breaks == ()
    assert "新表式" not in html(block)


def test_charts_that_stand_together_have_one_scale_and_one_width_of_a_year() -> None:
    reports = (counted(2022, 1_000_000, handled=250_000), counted(2023, 1_500_000, handled=0))
    received, handled = svgs(drawn(*reports, measures=["received", "handled"]))
    assert heights(received) == [56, 84]
    assert heights(handled) == [14]
    assert received.attrib["viewBox"] == handled.attrib["viewBox"]
    assert lines(received, "chart-base") == lines(handled, "chart-base") == [("4", "81"), ("81", "158")]


def test_the_smallest_number_is_still_no_zero() -> None:
    svg = svgs(drawn(counted(2022, 1), counted(2023, 3_000_000)))[0]
    assert heights(svg) == [2, 84]
    assert lines(svg, "chart-zero") == []


def test_one_request_does_not_fill_a_chart() -> None:
    assert heights(svgs(drawn(counted(2022, 1), counted(2023, 2)))[0]) == [16.8, 33.6]


@pytest.mark.parametrize(("years", "kind"), [(2, "charts charts-row"), (6, "charts charts-row"), (7, "charts")])
def test_few_years_stand_side_by_side_and_many_below_each_other(years: int, kind: str) -> None:
    block = drawn(counted(2000, 1), counted(1999 + years, 1))
    assert f'<div class="{kind}">\n<figure id="chart-received" class="chart">' in html(block)


def test_twenty_years_are_all_there_in_a_box_that_scrolls_by_keyboard() -> None:
    block = drawn(counted(2004, 1), counted(2023, 1))
    assert re.findall(r">(\d{4})</text>", html(block)) == [str(year) for year in range(2004, 2024)]
    assert (
        '<div class="chart-scroll" tabindex="0" role="region" aria-label="样例镇人民政府本年新收，2004 至 2023 年">'
        in html(block)
    )


def test_who_cannot_see_it_is_told_all_numbers_and_gaps() -> None:
    wrong = with_figures(counted(2023, 8), Figure(_RECEIVED, 8, Status.CONFLICT))
    block = drawn(counted(2020, 0), counted(2022, Status.BLANK), wrong)
    said = "2020 年：0 件；2021 年：未收录；2022 年：未填；2023 年：8 件（勾稽不符）。"
    svg = svgs(block)[0]
    assert (svg.findtext("title"), svg.findtext("desc")) == ("样例镇人民政府本年新收，2020 至 2023 年", said)
    assert Page("", "x", "x", (block,)).markdown() == f"- **样例镇人民政府本年新收，2020 至 2023 年**：{said}\n"


def test_the_name_and_the_words_of_every_drawing_have_ids_of_their_own() -> None:
    block = drawn(counted(2022, 1), counted(2023, 2), measures=["received", "carried_out"])
    named = [svg.attrib[name] for svg in svgs(block) for name in ("aria-labelledby", "aria-describedby")]
    assert named == ["chart-received-title", "chart-received-desc", "chart-carried-out-title", "chart-carried-out-desc"]
    assert set(named) < set(read_html(html(block)).ids)


def test_a_caption_names_the_measure_its_unit_and_the_column_of_the_table() -> None:
    assert (
        "<figcaption><strong>本年新收</strong>"
        '<span class="small">（件）</span><a href="#years-table">下表同名一列</a></figcaption>'
    ) in html(drawn(counted(2022, 1), counted(2023, 2)))


def test_charts_are_well_formed_without_styles_scripts_or_colours_whatever_the_office_is_called() -> None:
    block = drawn(counted(2019, 1), counted(2022, Status.BLANK), name='"><script>alert(1)</script>\x02&')
    read = read_html(html(block))
    assert read.problems == []
    assert read.tags == {
        *("div", "figure", "figcaption", "strong", "span", "a"),
        *("svg", "title", "desc", "line", "rect", "text"),
    }
    assert read.attributes == {
        *("class", "id", "href", "tabindex", "role", "aria-label", "aria-labelledby", "aria-describedby", "viewbox"),
        *("x", "y", "x1", "x2", "y1", "y2", "width", "height", "text-anchor", "font-size"),
    }
    assert svgs(block)[0].findtext("title") == '"><script>alert(1)</script>␂&本年新收，2019 至 2022 年'


@pytest.mark.parametrize(
    ("reports", "said"),
    [
        ((counted(2022, 1), counted(2023, 1)), []),
        (
            (counted(2022, 1), with_figures(counted(2023, 8), Figure(_RECEIVED, 8, Status.CONFLICT))),
            [f"虚线框的空心柱是{LEGEND[Status.CONFLICT].sign}的数，照报告所载画出。"],
        ),
        (
            (counted(2017, 1), counted(2019, 1)),
            ["“未收录”只说明本站还没有这份报告，不说明机关没有公布。"],
        ),
        (
            (counted(2020, 1), counted(2021, 1)),
            ["竖虚线表示 2021 年改用新表式：规章、规范性文件和收费改了口径，“其他处理”分成三项。"],
        ),
    ],
    ids=["plain", "conflict", "not collected", "new form"],
)
def test_notes_explain_what_occurs_and_nothing_else(reports: tuple[Report, Report], said: list[str]) -> None:
    first, *rest = chart_notes(drawn(*reports))
    assert "没有数不等于 0。" in first
    assert rest == said


@pytest.mark.browser
@pytest.mark.parametrize("last", [2006, 2023])
def test_long_numbers_keep_apart_and_nothing_but_the_chart_scrolls_on_a_phone(browser: Browser, last: int) -> None:
    reports = [counted(year, 88_888_888 - year) for year in range(2004, last + 1)]
    styles = (ROOT / "docs" / "assets" / "site.css").read_text(encoding="utf-8")
    contents = html(drawn(*reports, measures=["received", "handled"]))
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.set_content(
        f'<!doctype html><html lang="zh"><title>x</title><style>{styles}</style>'
        f'<main class="md-typeset"><h1>x</h1><table id="years-table"></table>{contents}</main></html>'
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    overlaps = page.locator(".chart svg").evaluate_all(
        """all => all.flatMap((svg) => {
          const boxes = [...svg.querySelectorAll(".chart-value")].map((text) => text.getBoundingClientRect());
          return boxes.slice(1).map((box, at) => boxes[at].right > box.left);
        })"""
    )
    assert overlaps == [False] * 2 * (len(reports) - 1)
    assert [found["id"] for found in violations(page)] == []
    context.close()
