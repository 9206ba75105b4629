"""Ways into the page that compares offices: what an address of a comparison holds, and that the page reads it so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from builders import HENAN, PINGDINGSHAN, WUGANG, make_office, make_report
from compare_pages import Visit, names, query, serve, some_offices, some_reports, table, visiting
from conftest import Site
from disclosure.measures import MEASURE
from disclosure.model import Office
from disclosure.render.blocks import Link, Paragraph, text
from disclosure.render.comparison import PARAMETERS, PEER_MEASURES, comparison, with_peers
from disclosure.render.html import href
from disclosure.render.html import render as as_html
from disclosure.render.markdown import render as as_markdown
from open_data import catalog_of
from pages import pages_of, portal, read_html
from playwright.sync_api import expect
from windows import Windows


def ways_in(url: str) -> list[str]:
    """The addresses of comparisons, from the root, that a page of the small portal leads to."""
    page = pages_of(some_offices(), some_reports())[url]
    found = [urljoin(f"https://site.invalid/{url}", one) for one in read_html(page.html()).hrefs]
    compare = "https://site.invalid/compare/"
    return [one.removeprefix(compare) for one in found if one.startswith(compare)]


def peers(office: Office, *others: Office, years: tuple[int, ...] = (2022,)) -> tuple[str, str | None]:
    """The words of the way from an office to its peers, and the address; empty where there is none."""
    catalog = catalog_of(portal([office, *others], [make_report(office=office.id, year=year) for year in years]))
    for _, (link,) in with_peers(catalog, office):
        assert isinstance(link, Link)
        return link.text, href(link.to, "")
    return "", None


def test_an_address_holds_what_is_chosen_in_the_order_in_which_the_page_writes_it() -> None:
    everything = comparison(
        pick=["410481-jyj"], measures=["received"], years=[2021, 2022], kind="其他", region="410481"
    )
    assert href(everything, "offices/1/") == (
        "../../compare/?region=410481&kind=%E5%85%B6%E4%BB%96&years=2021,2022&measures=received&pick=410481-jyj"
    )
    assert href(comparison(), "") == "compare/"


def test_an_address_is_escaped_in_html_and_ends_no_link_in_markdown() -> None:
    blocks = [Paragraph((*text("见"), Link("这里", comparison(kind=') "&amp;<b>', years=[2022]))))]
    asked = "kind=%29+%22%26amp%3B%3Cb%3E"
    assert as_html(blocks, "") == f'<p>见<a href="compare/?{asked}&amp;years=2022">这里</a></p>\n'
    assert as_markdown(blocks, "") == f"见[这里](compare/?{asked}&years=2022)\n"


def test_pages_lead_to_a_comparison_of_the_offices_that_they_are_about() -> None:
    assert ways_in("regions/410423/") == ["?region=410423&years=2022"]
    assert ways_in("years/2022/") == ["?years=2022"]
    kind = "%E8%A1%97%E9%81%93%E5%8A%9E%E4%BA%8B%E5%A4%84"
    asked = f"?region=410423&kind={kind}&years=2022&measures=received,disclosed_share&pick=410423004"
    assert ways_in("offices/410423004/") == [asked]


def test_a_region_is_compared_in_the_year_of_which_it_has_most_reports_and_a_single_office_not_at_all() -> None:
    assert ways_in("regions/370800/") == []
    pages = pages_of([make_office(), make_office("410481101")], [make_report(year=2020), make_report(year=2019)])
    assert "?region=410481&amp;years=2020" in pages["regions/410481/"].html()
    pages = pages_of([make_office(), make_office("410481101")], [])
    assert "compare/" not in pages["regions/410481/"].html()


def test_an_office_is_compared_with_its_kind_in_the_smallest_region_that_has_others() -> None:
    office = make_office(kind="政府部门")
    near, far = make_office("410481101", kind="政府部门"), make_office("410423100", kind="政府部门", regions=(HENAN,))
    other = make_office("410481102", kind="其他")
    assert peers(office, near, far)[0] == "与舞钢市的政府部门比较"
    assert peers(office, far, other)[0] == "与河南省的政府部门比较"
    abroad = make_office("370800100", kind="政府部门", regions=())
    assert peers(office, abroad, other)[0] == "与各地的政府部门比较"
    assert "region" not in str(peers(office, abroad)[1])


def test_an_office_without_a_report_or_without_peers_is_compared_with_none() -> None:
    office, other = make_office(), make_office("410481101")
    assert peers(office, other, years=()) == ("", None)
    assert peers(office, make_office("410481102", kind="其他")) == ("", None)


def test_an_office_is_compared_over_its_last_five_years() -> None:
    _, address = peers(make_office(), make_office("410481101"), years=tuple(range(2016, 2023)))
    assert "years=2018,2019,2020,2021,2022&" in str(address)


def test_peers_are_compared_by_measures_that_exist() -> None:
    assert set(PEER_MEASURES) <= set(MEASURE)


@pytest.fixture(scope="module", name="url")
def offered(built_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(built_site, tmp_path_factory.mktemp("few"), portal(some_offices(), some_reports()))


@pytest.fixture
def visit(windows: Windows, url: str) -> Iterator[Visit]:
    yield from visiting(windows, url)


@pytest.mark.browser
def test_the_page_and_the_ways_into_it_use_the_same_names(visit: Visit) -> None:
    names_of = "async () => Object.keys((await import('../assets/compare-address.js')).DEFAULT)"
    assert visit.open().evaluate(names_of) == list(PARAMETERS)


@pytest.mark.browser
@pytest.mark.parametrize("url_of", ["regions/410423/", "regions/410400/", "years/2022/", "offices/410423004/"])
def test_every_way_in_is_understood_and_its_address_stays(visit: Visit, url_of: str) -> None:
    (address,) = ways_in(url_of)
    page = visit.open(address)
    expect(page.locator("#compare-status")).to_contain_text("共有 8 个机关")
    expect(page.locator("#compare-status")).not_to_contain_text("不认识")
    assert set(address.removeprefix("?").split("&")) <= set(page.url.partition("?")[2].split("&"))


@pytest.mark.browser
def test_an_office_arrives_marked_among_its_peers(visit: Visit) -> None:
    page = visit.open(ways_in("offices/410423004/")[0])
    assert names(page) == ["汇源街道办事处", "鲁阳街道办事处"]
    assert page.locator("tr.compare-marked th bdi").all_inner_texts() == ["汇源街道办事处"]
    assert table(page)[0][1:] == ["本年新收2022 年，件移去", "予以公开和部分公开占办结2022 年移去"]
    assert query(page)["pick"] == ["410423004"]


def test_every_page_that_leads_to_a_comparison_does_so_in_both_notations() -> None:
    pages = pages_of([make_office(regions=(HENAN, PINGDINGSHAN, WUGANG)), make_office("410481101")], [make_report()])
    for url in ("regions/410481/", "years/2022/", "offices/410481100/"):
        assert "compare/?" in pages[url].html(), url
        assert "compare/?" in pages[url].markdown(), url


def test_the_page_says_without_scripts_what_to_do_instead() -> None:
    """Links lead to it also where none run."""
    written = (Path(__file__).parent.parent / "docs" / "compare.md").read_text(encoding="utf-8")
    assert "<noscript>" in written
    assert "../regions/" in written.partition("<noscript>")[2].partition("</noscript>")[0]
