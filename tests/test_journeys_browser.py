"""What people come for, from the first page to the last: with scripts, and without where the design promises it."""

from __future__ import annotations

import re

import pytest
from conftest import Site
from playwright.sync_api import Page, expect
from test_theme_browser import DESKTOP, MID_SENTENCE, OFFICE, PHONE
from windows import Windows

pytestmark = pytest.mark.browser

NAME = "尚店镇人民政府"
THREE = ("甲甲甲镇人民政府", "甲甲丁镇人民政府", "甲甲庚镇人民政府")
"""Offices of the damaged site, all of one kind and county."""


def _requests_are_told(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(page.locator(".summary li").first).to_have_text("2021 年新收政府信息公开申请 1 件，没有上年结转的申请。")


def test_my_office_is_found_from_home_by_its_name_and_tells_this_year_s_requests(built_site: Site, phone: Page) -> None:
    phone.goto(built_site.url)
    phone.get_by_role("searchbox").fill("尚店")
    phone.keyboard.press("Enter")
    phone.locator("#search-names").get_by_role("link", name=NAME).click()
    expect(phone).to_have_url(built_site.url + OFFICE)
    _requests_are_told(phone)


def test_my_office_is_found_through_its_regions_without_scripts(built_site: Site, plain_phone: Page) -> None:
    plain_phone.goto(built_site.url)
    plain_phone.get_by_role("banner").get_by_role("link", name="地区", exact=True).click()
    for region in ("河南省", "平顶山市", "舞钢市", NAME):
        plain_phone.get_by_role("main").get_by_role("link", name=region, exact=True).first.click()
    expect(plain_phone).to_have_url(built_site.url + OFFICE)
    _requests_are_told(plain_phone)


def test_from_a_figure_one_tap_shows_its_line_and_another_leads_there(built_site: Site, phone: Page) -> None:
    phone.goto(built_site.url + OFFICE)
    phone.locator("#y2021-requests-received .figure").first.tap()
    panel = phone.get_by_role("dialog")
    expect(panel.get_by_role("heading").first).to_have_text("一、本年新收政府信息公开申请数量 · 自然人")
    expect(panel.locator(".at mark")).to_have_text("1")
    panel.get_by_role("link", name="在原文中查看").tap()
    expect(phone).to_have_url(re.compile(r"/source/2021/#L\d+$"))
    expect(phone.locator("li:target")).to_be_in_viewport()


def test_from_a_figure_to_its_line_without_scripts(built_site: Site, plain_phone: Page) -> None:
    plain_phone.goto(built_site.url + OFFICE)
    plain_phone.locator("#y2021-requests-received .figure").first.click()
    expect(plain_phone).to_have_url(re.compile(r"/source/2021/#L\d+$"))
    expect(plain_phone.locator("li:target .line-text")).to_contain_text("1")


def test_a_recovered_figure_leads_to_its_proof_without_scripts(built_site: Site, plain_phone: Page) -> None:
    plain_phone.goto(built_site.url + OFFICE)
    plain_phone.locator("table .mark-recovered").first.click()
    expect(plain_phone.locator(":target")).to_be_visible()
    expect(plain_phone.locator(":target")).to_contain_text("推得")


def test_three_offices_are_compared_over_two_years_and_the_address_shows_another_reader_the_same(
    damaged_site: Site, phone: Page, windows: Windows
) -> None:
    phone.goto(f"{damaged_site.url}compare/")
    for name in THREE:
        phone.get_by_label("名称或地区里有").fill(name)
        expect(phone.locator("#compare-table tbody th a")).to_have_text([name])
        phone.locator("#compare-table tbody input").check()
    phone.get_by_role("button", name="只列这些").click()
    for year in ("2021", "2022"):
        phone.locator("#compare-years").get_by_label(year).check()
    for year in ("2019", "2020"):
        phone.locator("#compare-years").get_by_label(year).uncheck()
    table = phone.locator("#compare-table")
    expect(table.locator("tbody th a")).to_have_text(list(THREE))
    expect(table.locator("thead")).to_contain_text("2021 年")
    shown = table.inner_text()
    with windows.open(viewport=PHONE, locale="zh-CN") as other:
        other.goto(phone.url)
        expect(other.locator("#compare-table tbody th a")).to_have_text(list(THREE))
        assert other.locator("#compare-table").inner_text() == shown


def test_without_scripts_the_same_offices_stand_in_the_tables_of_their_region_and_year(
    damaged_site: Site, plain_phone: Page
) -> None:
    plain_phone.goto(f"{damaged_site.url}compare/")
    plain_phone.locator("noscript a", has_text="按年份查看各机关").click()
    plain_phone.get_by_role("main").get_by_role("link", name="2021 年", exact=True).first.click()
    for name in THREE:
        expect(plain_phone.locator(".table-index tbody th").filter(has_text=name)).to_have_count(1)


def test_a_word_from_the_middle_of_a_sentence_is_found_from_any_page(built_site: Site, phone: Page) -> None:
    page = phone
    page.set_viewport_size(DESKTOP)
    page.goto(f"{built_site.url}years/2021/")
    page.get_by_role("banner").get_by_role("searchbox").fill(MID_SENTENCE)
    page.keyboard.press("Enter")
    expect(page.locator("#search-results mark").first).to_have_text(MID_SENTENCE)
    page.locator("#search-results a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
