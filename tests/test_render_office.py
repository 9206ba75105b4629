"""The page of an office: every figure with its place and its mark, in both renderings, and sentences that hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from builders import granted, make_office, make_report
from disclosure.form.template import FORMS
from disclosure.model import (
    Cell,
    Figure,
    Finding,
    Kind,
    Office,
    Proof,
    Report,
    Severity,
    Snippet,
    Span,
    Status,
    Step,
)
from disclosure.render import urls
from disclosure.render.legend import LEGEND
from disclosure.render.page import Page
from pages import flat, markdown_tables, pages_of, plain, read_html, with_figures

_PROOF = Proof((Step("row-total", "本行印出 6 个数。"), Step("row-total", "只有一种放法成立。")), 3)


def page_of(*reports: Report, office: Office | None = None, findings: Sequence[Finding] = ()) -> Page:
    """The page of one office with these reports."""
    return pages_of([office or make_office()], reports, findings)["offices/410481100/"]


def damaged(form: str = "2021", year: int = 2022) -> Report:
    """A report with a figure of every status and every way to print."""
    received = [Cell("requests", "received", column.id) for column in FORMS[form].tables["requests"].rows[0].columns]
    return with_figures(
        make_report(form=form, year=year),
        Figure(received[0], 7, Status.PLACED, "7", line=30, proof=_PROOF),
        Figure(received[1], 0, Status.RECOVERED, line=30, proof=_PROOF),
        Figure(received[2], 3, Status.CONFLICT, "3", line=30, suggestion=4),
        Figure(received[3], None, Status.BLANK, "/", line=30),
        Figure(received[4], None, Status.BLANK, "", line=30),
        Figure(received[5], None, Status.AMBIGUOUS, bounds=(0, 3)),
        Figure(received[6], None, Status.ABSENT),
        Figure(Cell("requests", "handled", "total"), None, Status.AMBIGUOUS, bounds=(2, None)),
        Figure(Cell("requests", "carried_out", "total"), None, Status.AMBIGUOUS, bounds=(0, None)),
        Figure(Cell("proactive", "fees", FORMS[form].tables["proactive"].by_id["fees"].columns[0].id),
               Decimal("1.50"), Status.PRINTED, "1.50", line=20, remark="元"),
    )  # fmt: skip


def shown(figure: Figure) -> str:
    """What a cell says of a figure, written down a second time on purpose."""
    value = figure.raw or "" if figure.value is None else str(figure.value)
    sign = "" if figure.status is Status.PRINTED else LEGEND[figure.status].sign
    beside = {(0, 3): "（0 至 3）", (2, None): "（≥ 2）"}.get(figure.bounds or (0, 0), "")
    return sign + value + beside + (f"（{figure.remark}）" if figure.remark else "")


@pytest.mark.parametrize("form", FORMS)
def test_every_figure_stands_in_both_renderings_with_its_value_and_its_mark(form: str) -> None:
    report = damaged(form)
    expected = [shown(figure) for figure in report.figures.values()]
    page = page_of(report)
    by_html = [row[1:] for table in read_html(page.html()).tables for row in table if len(row) > 1 and row[0] != "项目"]
    by_markdown = [
        [cell.replace("〔", "").replace("〕", "") for cell in row[1:]]
        for table in markdown_tables(page.markdown())
        for row in table
        if row[0] != "项目" and set(row[1:]) != {""}  # the second would be the head of a group
    ]
    assert flat(by_html) == expected
    assert flat(by_markdown) == expected
    assert len(expected) == sum(len(row.columns) for table in FORMS[form].tables.values() for row in table.rows)


def test_every_figure_with_a_number_leads_to_its_line() -> None:
    report = damaged()
    hrefs = read_html(page_of(report).html()).hrefs
    for line in {figure.line for figure in report.figures.values() if figure.value is not None}:
        in_cells = sum(
            figure.line == line and bool(figure.raw or figure.value == 0) for figure in report.figures.values()
        )
        assert hrefs.count(f"source/2022/#L{line}") >= in_cells, line


def test_marks_lead_to_the_proof_and_else_to_the_legend() -> None:
    html = page_of(damaged()).html()
    anchor = "y2022-proof-requests-received-1"
    assert f'<a href="#{anchor}" class="mark mark-placed">归位</a>' in html
    assert f'<a href="#{anchor}" class="mark mark-recovered">推得</a>' in html
    assert f'<p id="{anchor}"><strong>自然人 7（归位），商业企业 0（推得）</strong></p>' in html
    assert "<li>本行印出 6 个数。</li>\n<li>只有一种放法成立。</li>" in html
    assert '<a href="#y2022-requests-legend" class="mark mark-blank">未填</a>' in html
    assert 'id="y2022-requests-legend" class="legend"' in html


def test_the_legend_explains_the_signs_used_and_no_others() -> None:
    html = page_of(
        with_figures(make_report(), Figure(Cell("requests", "received", "total"), None, Status.BLANK))
    ).html()
    assert LEGEND[Status.BLANK].meaning in html
    assert LEGEND[Status.PLACED].meaning not in html
    assert "legend" not in page_of(make_report()).html()


def test_a_finding_about_a_figure_stands_beside_it_and_below_with_rule_line_and_message() -> None:
    cell = Cell("requests", "received", "total")
    finding = Finding(
        "row-total-mismatch", Severity.WARNING, Kind.SOURCE, "f", 21, "2 + 2 = 5。", "410481100", 2022, (cell,)
    )
    page = page_of(make_report(), findings=[finding])
    assert '<a href="#y2022-finding-1" class="finding-ref">注1</a>' in page.html()
    assert '<li id="y2022-finding-1"><a href="../../rules/row-total-mismatch/">横向合计不符</a>' in page.html()
    assert "（报告所载，值得核对）2 + 2 = 5。 原文第 21 行" in read_html(page.html()).text
    assert "（报告所载，值得核对）2 + 2 = 5。 原文第 21 行" in plain(page.markdown())


def test_a_finding_of_our_reading_marks_no_figure_of_the_office() -> None:
    cell = Cell("requests", "received", "total")
    finding = Finding("numbers-lost", Severity.NOTICE, Kind.READING, "f", 21, "少。", "410481100", 2022, (cell,))
    assert "finding-ref" not in page_of(make_report(), findings=[finding]).html()


def told(report: Report) -> list[str]:
    """The computed sentences as text."""
    summary = page_of(report).markdown().split("## 2022 年报告说了什么")[1].split("以上各句")[0]
    return [plain(line.removeprefix("- ")) for line in summary.splitlines() if line.startswith("- ")]


def test_zero_is_told_as_none() -> None:
    assert told(make_report()) == [
        "2022 年没有收到政府信息公开申请，也没有上年结转的申请。",
        "没有因政府信息公开引起的行政复议，也没有行政诉讼。",
        "主动公开情况表中，规章、行政规范性文件、行政许可、行政处罚、行政强制、行政事业性收费各项都是 0。",
    ]


def test_requests_and_their_outcomes_are_told_with_their_numbers() -> None:
    requests = {
        "received": {"total": 18},
        "carried_in": {"total": 2},
        "granted": {"total": 11},
        "refused_state_secret": {"total": 3},
        "refused_third_party": {"total": 1},
        "handled": {"total": 15},
        "carried_out": {"total": 5},
    }
    assert told(make_report(requests=requests))[:2] == [
        "2022 年新收政府信息公开申请 18 件，上年结转 2 件。",
        "当年办结 15 件：予以公开 11 件，不予公开 4 件；结转下年度 5 件。",
    ]


def test_requests_that_were_all_carried_in_are_not_told_as_received() -> None:
    requests = {"carried_in": {"total": 2}, "carried_out": {"total": 2}}
    assert told(make_report(requests=requests))[:2] == [
        "2022 年没有收到政府信息公开申请，上年结转 2 件。",
        "当年没有办结的申请；结转下年度 2 件。",
    ]


def test_a_missing_number_is_never_told_as_none() -> None:
    requests = {"received": {"total": Status.ABSENT}, "handled": {"total": Status.BLANK}}
    assert told(make_report(requests=requests))[:2] == [
        "2022 年新收政府信息公开申请 数量〔未见〕，没有上年结转的申请。",
        "当年办结 数量〔未填〕；没有结转下年度的申请。",
    ]


def test_a_sum_with_a_gap_is_told_as_at_least_so_many() -> None:
    requests = {
        **granted(total=6),
        "granted": {"total": 2},
        "refused_state_secret": {"total": 3},
        "refused_third_party": {"total": Status.AMBIGUOUS},
    }
    assert told(make_report(requests=requests))[1] == (
        "当年办结 6 件：予以公开 2 件，不予公开 ≥ 3 件〔不定〕（8 格中 7 格有数）；没有结转下年度的申请。"
    )


def test_what_has_no_number_at_all_is_told_by_its_sign_alone() -> None:
    missing = {row: {"total": Status.ABSENT} for row in ("litigation_direct", "litigation_after_reconsideration")}
    report = make_report(
        disputes={**missing, "reconsideration": {"total": 2}},
        proactive={"normative_documents": {"issued": Status.BLANK, "in_force": 3}},
    )
    assert told(report)[1:3] == [
        "因政府信息公开引起的争议：行政复议 2 件，行政诉讼 〔未见〕。",
        "行政规范性文件：本年制发件数 〔未填〕，本年废止件数 0，现行有效件数 3。",
    ]


def test_a_recovered_zero_is_told_with_its_sign() -> None:
    nothing = Figure(Cell("requests", "received", "total"), 0, Status.RECOVERED, line=20, proof=_PROOF)
    assert (
        told(with_figures(make_report(), nothing))[0]
        == "2022 年没有收到〔推得〕政府信息公开申请，也没有上年结转的申请。"
    )


def test_disputes_are_told_apart() -> None:
    disputes = {"reconsideration": {"total": 2}, "litigation_after_reconsideration": {"total": 1}}
    assert told(make_report(disputes=disputes))[1] == "因政府信息公开引起的争议：行政复议 2 件，行政诉讼 1 件。"


def test_rows_with_documents_are_told_one_by_one() -> None:
    proactive = {"normative_documents": {"issued": 3, "in_force": 12}, "fees": {"amount_wan": Decimal("0.50")}}
    assert told(make_report(proactive=proactive))[2:] == [
        "行政规范性文件：本年制发件数 3，本年废止件数 0，现行有效件数 12。",
        "行政事业性收费：本年收费金额 0.50 万元。",
        "主动公开情况表中，规章、行政许可、行政处罚、行政强制各项都是 0。",
    ]


def test_a_missing_table_is_said_to_be_missing_and_shows_no_zeros() -> None:
    page = page_of(make_report(without_tables=["requests"]))
    captions = [caption for caption in page.markdown().splitlines() if caption.startswith("**2022 年，")]
    assert not any("按申请人" in caption for caption in captions)
    assert "本站在这份报告里没有见到这张表，因此不列数字。没有见到不等于 0。" in page.html()
    assert "没有收到" not in page.html()


def test_a_report_without_tables_says_so_and_shows_no_table() -> None:
    page = page_of(make_report(form=None))
    assert read_html(page.html()).tables == []
    assert "没有读到统一格式的表格，因此没有数字可说" in page.html()
    assert "本机关依法开展政府信息公开工作。" in page.html()


def test_an_office_without_reports_says_that_none_is_collected() -> None:
    page = page_of()
    assert "<dd>还没有</dd>" in page.html()
    assert read_html(page.html()).tables == []


def test_the_place_says_how_it_is_known_and_when_it_is_inferred() -> None:
    known = page_of(make_report()).html()
    inferred = page_of(make_report(), office=make_office(place_inferred=True)).html()
    assert "<dd>标题写明。</dd>" in known
    assert "<dd>标题写明。（本站推断，报告没有写明）</dd>" in inferred


def test_former_names_website_and_address_of_publication_are_given() -> None:
    office = make_office(
        former_names=("旧名",),
        printed_names=("误名",),
        website="https://a.example/",
        source_urls={2022: "https://a.example/1"},
    )
    html = page_of(make_report(), office=office).html()
    assert "<dt>曾用名</dt><dd>旧名</dd>" in html
    assert "<dt>报告中的写法</dt><dd>误名</dd>" in html
    assert '<a href="https://a.example/" rel="noopener noreferrer">' in html
    assert '<dt>发布地址</dt><dd><a href="https://a.example/1" rel="noopener noreferrer">' in html
    assert "本站没有记录" in page_of(make_report()).html()


def test_several_years_stand_in_one_table_newest_first_and_keep_their_gaps() -> None:
    new = make_report(year=2022, requests={"received": {"total": 4}, "refused_third_party": {"total": Status.ABSENT}})
    old = make_report(year=2020, form="2019", requests={"received": {"total": 0}})
    page = page_of(old, new)
    rows = read_html(page.html()).tables[0]
    assert (rows[0][:2], rows[0][-1]) == (["年份", "本年新收"], "表式")
    assert [(*row[:2], row[-1]) for row in rows[1:]] == [("2022 年", "4", "2021 年版"), ("2020 年", "0", "2019 年版")]
    assert rows[1][5] == "≥ 0（8 格中 7 格有数）"
    assert rows[2][5] == "0"
    assert page.html().index("2022 年报告</h2>") < page.html().index('<li id="y2020-report">')


def test_the_newest_report_stands_on_the_page_of_the_office_and_leads_to_the_older_ones() -> None:
    page = page_of(make_report(year=2022), make_report(year=2021, requests={"received": {"total": 7}}))
    html = page.html()
    assert 'id="y2022-requests-received"' in html
    assert "y2021-requests-received" not in re.findall('id="([^"]+)"', html)
    assert '<a href="#y2022-report" class="year">2022 年</a>、<a href="#y2021-report" class="year">2021 年</a>' in html
    older = html.split('<li id="y2021-report">')[1].split("</li>")[0]
    assert older.startswith('<a href="2021/">2021 年报告</a>：2021 年新收政府信息公开申请 <a href="source/2021/#L')
    anchors = [entry.anchor for entry in page.contents()]
    assert "y2022-origin" in anchors
    assert anchors[-4:] == ["older", "download", "apply", "report-error"]


def test_an_older_report_has_a_page_of_its_own_with_all_that_the_newest_has() -> None:
    pages = pages_of([make_office()], [make_report(year=year) for year in (2020, 2021, 2022)])
    page, office = pages["offices/410481100/2021/"], pages["offices/410481100/"]
    assert "offices/410481100/2022/" not in pages
    assert read_html(page.html()).hrefs[:6] == ["../../../", "../../../regions/", *(
        f"../../../regions/{code}/" for code in ("410000", "410400", "410481")), "../"]  # fmt: skip
    of_2021, of_2022 = (set(re.findall('id="(y[^"]+)"', one.html())) for one in (page, office))
    assert of_2021 == {name.replace("2022", "2021") for name in of_2022 if name.startswith("y2022")}
    assert (
        '其他年度：<a href="../#y2022-report" class="year">2022 年</a>、<a href="../2020/#y2020-report"' in page.html()
    )
    assert (page.title, page.twin, page.searchable) == ("样例镇人民政府 2021 年：政府信息公开年报", True, True)


def test_a_number_of_an_older_year_leads_from_everywhere_to_the_page_of_its_report() -> None:
    office = make_office()
    pages = pages_of([office], [make_report(year=2021, proactive={}), make_report(year=2022)])
    for url, to in (
        ("offices/410481100/", "2021/#y2021-requests-refused-state-secret"),
        ("years/2021/", "../../offices/410481100/2021/#y2021-requests-refused-state-secret"),
        (urls.measure("refused"), "../../offices/410481100/2021/#y2021-requests-refused-state-secret"),
        ("quality/", "../offices/410481100/2021/#y2021-report"),
    ):
        assert to in read_html(pages[url].html()).hrefs, url


def _received(*statuses: Status) -> Report:
    columns = FORMS["2021"].tables["requests"].by_id["received"].columns
    figures = (
        Figure(Cell("requests", "received", column.id), 0, status, "0", line=20, proof=_PROOF)
        for column, status in zip(columns, statuses, strict=True)
    )
    return with_figures(make_report(), *figures)


def _row_of(page: Page) -> tuple[str, list[str]]:
    """The row 本年新收 in both renderings: its HTML, and its cells in Markdown."""
    html = page.html().split('<tr id="y2022-requests-received">')[1].split("</tr>")[0]
    tables = markdown_tables(page.markdown())
    return html, next(row for table in tables for row in table if row[0].startswith("一、本年新收"))


def test_one_mark_at_the_head_of_a_row_stands_for_all_its_placed_figures() -> None:
    page = page_of(_received(*(Status.PLACED,) * 5, Status.RECOVERED, Status.PLACED))
    html, cells = _row_of(page)
    assert '数量</a><a href="#y2022-proof-requests-received" class="mark mark-placed">归位</a></th>' in html
    quiet = '<a href="#y2022-proof-requests-received-1" class="mark mark-placed mark-quiet">归位</a>'
    assert html.count(f'{quiet}<a href="source/2022/#L20" class="figure">0</a>') == 6
    assert (
        html.count('<td class="number"><a href="#y2022-proof-requests-received-1" class="mark mark-recovered">推得')
        == 1
    )
    assert cells == ["一、本年新收政府信息公开申请数量〔归位〕", "0", "0", "0", "0", "0", "〔推得〕0", "0"]
    assert 'id="y2022-proof-requests-received" class="proof"' in page.html()
    assert "记号写在行名旁的，指这一行里所有没有另写记号的数。" in page.html()


def test_a_row_with_a_printed_figure_marks_every_placed_one_by_itself() -> None:
    page = page_of(_received(*(Status.PLACED,) * 6, Status.PRINTED))
    html, cells = _row_of(page)
    assert "mark-quiet" not in html
    assert "记号写在行名旁的" not in page.html()
    assert cells == ["一、本年新收政府信息公开申请数量", *["〔归位〕0"] * 6, "0"]


def test_the_names_of_rows_and_columns_lead_to_what_they_mean() -> None:
    html = page_of(make_report()).html()
    assert '<th scope="row"><a href="../../terms/#requests-granted" class="term">（一）予以公开</a></th>' in html
    assert (
        '<th scope="col" class="number"><a href="../../terms/#requests-column-total" class="term">总计</a></th>' in html
    )


def test_one_year_has_neither_charts_nor_a_table_over_years() -> None:
    html = page_of(make_report()).html()
    assert "历年主要数字" not in html
    assert "<svg" not in html


def test_the_narrative_keeps_its_headings_paragraphs_and_bold_words() -> None:
    texts = ("（一）主动公开", "**一是**加强领导，落实责任。二是培训。", "- 项目一")
    html = page_of(make_report(sections={"overview": texts})).html()
    assert "（一）主动公开</h5>" in html
    assert "<li><strong>一是</strong>加强领导，落实责任。二是培训。\n<ul>\n<li>项目一</li>" in html
    assert '<a href="source/2022/#L2">原文第 2 行起</a>' in html


def test_text_that_found_no_place_is_still_shown() -> None:
    report = make_report()
    lost = replace(report, filling=replace(report.filling, unplaced=(Snippet(Span(3, 0, 2), "流浪<文字>"),)))
    assert "：流浪&lt;文字&gt;</li>" in page_of(lost).html()


def test_the_source_is_named_with_its_checksum_and_leads_to_its_lines() -> None:
    report = make_report()
    html = page_of(report).html()
    assert f"<code>{report.sha256}</code>" in html
    assert '<dd><a href="source/2022/">逐行查看，带行号</a></dd>' in html


def test_a_source_page_shows_every_line_as_it_stands_and_stays_out_of_search() -> None:
    report = replace(make_report(), lines=("", "a\tb  ", "<b>x</b>", "\x02"))
    page = pages_of([make_office()], [report])["offices/410481100/source/2022/"]
    assert '<span class="line-text">a<span class="tab">\t</span>b  </span>' in page.html()
    assert '<li id="L3">' in page.html()
    assert "&lt;b&gt;x&lt;/b&gt;" in page.html()
    assert "␂" in page.html()
    assert [anchor for anchor in read_html(page.html()).ids if anchor.startswith("L")] == ["L1", "L2", "L3", "L4"]
    assert not page.searchable
