"""The sections of an office's page: their order, and those that hold no table of a report."""

from __future__ import annotations

import re

from builders import make_office, make_report
from test_render_office import page_of


def test_the_page_answers_in_the_order_in_which_readers_ask() -> None:
    page = page_of(make_report(year=2021), make_report(year=2022))
    asked = [heading.anchor for heading in page.headings() if heading.level <= 2]
    assert asked == ["top", "latest", "years", "y2022-report", "older", "download", "apply", "report-error"]
    newest = [
        heading.anchor
        for heading in page.headings()
        if re.match("y2022-(table|report|find|text$|origin)", heading.anchor)
    ]
    assert newest == [
        *("y2022-report", "y2022-table-proactive", "y2022-table-requests", "y2022-table-disputes"),
        *("y2022-findings", "y2022-text", "y2022-origin"),
    ]


def test_three_charts_stand_above_the_table_that_has_their_numbers() -> None:
    page = page_of(make_report(year=2020, form="2019"), make_report(year=2022, requests={"received": {"total": 4}}))
    over_years = page.html().split('<h2 id="years">')[1].split("<h2")[0]
    assert re.findall(r'<figcaption><strong>(.*?)</strong>.*?<a href="#(.*?)">', over_years) == [
        ("本年新收", "years-table"),
        ("办理结果总计", "years-table"),
        ("结转下年度", "years-table"),
    ]
    assert over_years.index("2020 年：0 件；2021 年：未收录；2022 年：4 件。") < over_years.index('id="years-table"')
    assert "没有数的年度不画柱，写明缘由；没有数不等于 0。" in over_years


def test_who_wants_information_is_sent_to_the_office_itself() -> None:
    office = make_office(website="https://a.example/")
    html = page_of(make_report(), office=office).html().split('<h2 id="apply">')[1].split("<h2")[0]
    assert "向这个机关的政府信息公开工作机构提出申请" in html
    assert "《政府信息公开条例》第二十九条" in html
    assert "本站不是政府网站，不受理申请。" in html
    assert '它的网站：<a href="https://a.example/" rel="noopener noreferrer">https://a.example/</a>。' in html
    assert "它的网站" not in page_of(make_report()).html()
