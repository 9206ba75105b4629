"""The search page as a reader meets it: names before texts, the choice in the address, and every failure told."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from builders import HENAN, PINGDINGSHAN, make_office, make_report
from disclosure.model import Region
from disclosure.search_names import page_facets
from playwright.sync_api import Locator, Page, expect
from search_site import SearchSite, catalog_of, quiet_visitor, search_site
from windows import Windows

pytestmark = pytest.mark.browser

LINQING = (Region("370000", "山东省"), Region("371500", "聊城市"), Region("371581", "临清市"))
HOSTILE = "<img src=x onerror=\"document.title='!'\">局"
MANY = 60
OFFICES = (
    make_office("410481100", "尚店镇人民政府", former_names=("老尚店公社",)),
    make_office("371581100", "尚店镇人民政府", regions=LINQING),
    make_office("410481-x", HOSTILE, kind="政府部门"),
    *(
        make_office(f"410400-{at:02d}", f"平顶山市第{at}局", kind="政府部门", regions=(HENAN, PINGDINGSHAN))
        for at in range(MANY)
    ),
)
REPORTS = (
    *(make_report(office="410481100", year=year) for year in (2020, 2021, 2022)),
    make_report(office="371581100", year=2022),
)
WUGANG_PAGE = "offices/410481100/"
PAGES = {
    WUGANG_PAGE: (
        "尚店镇人民政府",
        """<p>曾用名老尚店公社</p>
        <h2 id="y2022-problems">五、存在的主要问题</h2>
        <p>公开渠道仍需拓宽，下一步稳步推进培训工作。公开渠道要多。</p>""",
    ),
    f"{WUGANG_PAGE}2021/": (
        "尚店镇人民政府 2021 年报告",
        '<h2 id="y2021-problems">五、存在的主要问题</h2><p>队伍建设有待加强，宣传渠道不多。</p>',
    ),
    f"{WUGANG_PAGE}2020/": (
        "尚店镇人民政府 2020 年报告",
        '<h2 id="y2020-other">六、其他事项</h2><p>仅二零二零年稳步推进。</p>',
    ),
    "offices/371581100/": ("尚店镇人民政府", '<h2 id="y2022-problems">五、问题</h2><p>公开渠道单一。</p>'),
    "offices/410481-x/": ("&lt;img src=x onerror=\"document.title='!'\"&gt;局", "<p>&lt;b&gt;公开渠道&lt;/b&gt;</p>"),
    "rules/some-rule/": ("公开渠道规则", "<p>说明。</p>"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchSite]:
    catalog = catalog_of(OFFICES, REPORTS)
    with search_site(tmp_path_factory.mktemp("search"), PAGES, page_facets(catalog), catalog) as served:
        yield served


@pytest.fixture
def page(windows: Windows) -> Iterator[Page]:
    """A reader's page; whatever happens on it, nothing is complained about unless the test breaks something itself."""
    with quiet_visitor(windows) as opened:
        yield opened


def _open(reader: Page, site: SearchSite, query: str = "", **choice: str) -> None:
    reader.goto(site.search_url(query, **choice))


def _status(page: Page) -> Locator:
    return page.get_by_role("status")


def _address(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def _texts(page: Page) -> list[str]:
    return page.locator("#search-results h3 a").all_inner_texts()


def test_names_stand_before_the_pages_that_hold_the_words(page: Page, site: SearchSite) -> None:
    _open(page, site, "尚店镇")
    expect(_status(page)).to_have_text("“尚店镇”：找到 2 个机关、4 个页面。")
    assert page.locator("h2:visible").all_inner_texts() == ["机关和地区", "写有这些字的页面"]
    names = page.locator("#search-names li")
    expect(names).to_have_text(
        ["尚店镇人民政府 山东省 聊城市 临清市2022 年", "尚店镇人民政府 河南省 平顶山市 舞钢市2020 至 2022 年"]
    )
    expect(names.nth(0).locator("mark")).to_have_text("尚店镇")
    names.nth(1).get_by_role("link").click()
    expect(page).to_have_url(site.url + WUGANG_PAGE)


def test_a_former_name_says_so(page: Page, site: SearchSite) -> None:
    _open(page, site, "老尚店")
    expect(page.locator("#search-names li")).to_have_text(
        ["尚店镇人民政府 河南省 平顶山市 舞钢市；曾用名：老尚店公社2020 至 2022 年"]
    )


def test_initials_find_names_and_no_texts(page: Page, site: SearchSite) -> None:
    _open(page, site, "wgsd")
    expect(_status(page)).to_have_text("“wgsd”：找到 1 个机关。")
    expect(page.locator("#search-texts")).to_be_hidden()


def test_a_page_shows_where_it_holds_the_words_and_leads_there(page: Page, site: SearchSite) -> None:
    _open(page, site, "公开渠道")
    first = page.locator("#search-results li").filter(has_text="本页共有").first
    expect(first.locator("p")).to_have_text(
        [
            "河南省 平顶山市 舞钢市；本页共有 2 处",
            "2022 年：五、存在的主要问题公开渠道仍需拓宽，下一步稳步推进培训工作。公开渠道要多。",
        ]
    )
    assert first.locator("mark").all_inner_texts() == ["公开渠道"] * 2
    first.get_by_role("link", name="2022 年：五、存在的主要问题").click()
    expect(page).to_have_url(f"{site.url}{WUGANG_PAGE}#y2022-problems")


def test_rules_come_after_offices_but_titles_first(page: Page, site: SearchSite) -> None:
    _open(page, site, "公开渠道")
    expect(page.locator("#search-results li")).to_have_count(4)
    assert _texts(page)[0] == "公开渠道规则"
    assert len(_texts(page)) == 4


def test_names_and_texts_are_never_markup(page: Page, site: SearchSite) -> None:
    _open(page, site, "img src")
    expect(page.locator("#search-names a").first).to_have_text(HOSTILE)
    _open(page, site, "公开渠道")
    expect(page.locator("#search-results li").filter(has_text=HOSTILE)).to_contain_text("<b>公开渠道</b>")
    expect(page.locator("img")).to_have_count(0)
    assert page.title() == "公开渠道：搜索"


def test_a_choice_stands_in_the_address_and_survives_back_and_reload(page: Page, site: SearchSite) -> None:
    _open(page, site, "公开渠道")
    expect(_status(page)).to_have_text("“公开渠道”：找到 4 个页面。")
    page.get_by_text("筛选：不限").click()
    page.get_by_label("省级地区").select_option("山东省")
    expect(_status(page)).to_have_text("“公开渠道”：找到 1 个页面。")
    assert _address(page) == {"q": "公开渠道", "region": "370000"}
    page.get_by_label("市级地区").select_option("聊城市")
    page.get_by_label("机关类别").select_option("乡镇人民政府")
    expect(page.locator("summary")).to_have_text("筛选：山东省 聊城市，乡镇人民政府")
    assert _address(page) == {"q": "公开渠道", "region": "371500", "kind": "乡镇人民政府"}
    page.reload()
    expect(_status(page)).to_have_text("“公开渠道”：找到 1 个页面。")
    expect(page.get_by_label("市级地区")).to_have_value("371500")
    page.go_back()
    page.go_back()
    page.go_back()
    expect(_status(page)).to_have_text("“公开渠道”：找到 4 个页面。")
    expect(page.get_by_label("省级地区")).to_have_value("")
    expect(page.get_by_label("市级地区")).to_be_disabled()


def test_another_region_above_lets_go_of_those_below(page: Page, site: SearchSite) -> None:
    _open(page, site, region="371581")
    page.get_by_label("省级地区").select_option("河南省")
    expect(page.get_by_label("市级地区")).to_have_value("")
    assert _address(page) == {"region": "410000"}
    page.get_by_label("市级地区").select_option("平顶山市")
    page.get_by_label("市级地区").select_option("不限")
    expect(page.locator("summary")).to_have_text("筛选：河南省")


def test_a_choice_without_words_lists_the_offices_that_fit(page: Page, site: SearchSite) -> None:
    _open(page, site, region="410400", kind="政府部门")
    expect(_status(page)).to_have_text(f"符合条件的机关有 {MANY + 1} 个。")
    expect(page.locator("#search-names li")).to_have_count(50)
    expect(page.locator("#search-names li").first).to_have_text("平顶山市第0局 河南省 平顶山市还没有收录报告")
    page.get_by_role("button", name="再列 11 个名称（还有 11 个）").click()
    expect(page.locator("#search-names li")).to_have_count(MANY + 1)
    expect(page.locator("#search-names li").nth(50).get_by_role("link")).to_be_focused()


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"year": "2020", "kind": "政府部门"}, "没有符合条件的机关。可以放宽地区、年份或类别。"),
        ({"page": "规则"}, "请输入要找的字。没有字的时候，只能列出机关。"),
        ({"region": "370000", "q": "？"}, "请输入汉字、字母或数字。"),
        ({"region": "123456", "year": "02022"}, "地址里有本站不认识的条件，已略去：region=123456，year=02022。"),
    ],
)
def test_a_choice_that_lists_nothing_says_why(page: Page, site: SearchSite, choice: dict[str, str], said: str) -> None:
    _open(page, site, choice.get("q", ""), **{name: value for name, value in choice.items() if name != "q"})
    expect(_status(page)).to_have_text(said)
    expect(page.locator("#search-names li")).to_have_count(0)


def test_where_the_choice_leaves_nothing_one_press_searches_without_it(page: Page, site: SearchSite) -> None:
    _open(page, site, "队伍建设", region="370000", year="2022")
    expect(_status(page)).to_have_text("“队伍建设”：在所选范围（山东省，2022 年）里没有找到；不限范围，能找到 1 项。")
    page.get_by_role("button", name="不限地区、年份再找一次").click()
    expect(_status(page)).to_have_text("“队伍建设”：找到 1 个页面。")
    assert _address(page) == {"q": "队伍建设"}
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.locator("#search-wider")).to_be_hidden()


def test_what_is_nowhere_offers_no_wider_search(page: Page, site: SearchSite) -> None:
    _open(page, site, "鬯彝", region="370000")
    expect(_status(page)).to_have_text("“鬯彝”：没有找到。可以换一个说法，或者只输入其中两三个字。")
    expect(page.locator("#search-wider")).to_be_hidden()


def test_of_a_chosen_year_only_its_reports_are_found_each_on_its_own_page(page: Page, site: SearchSite) -> None:
    _open(page, site, "宣传渠道", year="2021")
    expect(_status(page)).to_have_text("“宣传渠道”：找到 1 个页面。")
    assert _texts(page) == ["尚店镇人民政府 2021 年报告"]
    assert page.locator("#search-results p a").all_inner_texts() == ["2021 年：五、存在的主要问题"]
    expect(page.locator("#search-results p").first).to_have_text("河南省 平顶山市 舞钢市")
    _open(page, site, "稳步推进", year="2022")
    expect(_status(page)).to_have_text("“稳步推进”：找到 1 个页面。")
    assert _texts(page) == ["尚店镇人民政府"]


def test_kinds_of_pages_can_be_told_apart(page: Page, site: SearchSite) -> None:
    _open(page, site, "公开渠道", page="规则")
    expect(_status(page)).to_have_text("“公开渠道”：找到 1 个页面。")
    assert _texts(page) == ["公开渠道规则"]


def test_without_the_names_texts_are_searched_all_the_same(page: Page, site: SearchSite) -> None:
    page.route("**/names.json", lambda route: route.abort())
    _open(page, site, "公开渠道", region="370000")
    expect(_status(page)).to_have_text(
        "“公开渠道”：找到 4 个页面。机关名单没有取到，这次没有查名称，也没有按条件筛选。"
    )
    expect(page.locator("#search-filters")).to_be_hidden()


def test_without_the_index_names_are_found_all_the_same(page: Page, site: SearchSite) -> None:
    page.route("**/texts/**", lambda route: route.abort())
    _open(page, site, "尚店")
    expect(_status(page)).to_have_text(
        "“尚店”：找到 2 个机关。正文搜索暂时不能用：没有取到索引。请稍后再试，或者按地区查找。"
    )
    expect(page.locator("#search-names li")).to_have_count(2)


def test_pages_that_cannot_be_fetched_are_admitted(page: Page, site: SearchSite) -> None:
    page.route("**/pages/*.bin", lambda route: route.abort())
    _open(page, site, "公开渠道")
    expect(_status(page)).to_have_text("搜索暂时不能用：没有取到索引。请稍后再试，或者按地区查找。")


def test_what_was_found_is_announced_once(page: Page, site: SearchSite) -> None:
    _open(page, site)
    page.evaluate(
        """() => {
          window.said = [];
          const status = document.querySelector("[role=status]");
          const watcher = new MutationObserver(() => said.push(status.textContent));
          watcher.observe(status, { childList: true, characterData: true });
        }"""
    )
    page.get_by_role("searchbox").press_sequentially("公开渠道", delay=50)
    page.keyboard.press("Enter")
    expect(_status(page)).to_have_text("“公开渠道”：找到 4 个页面。")
    said = page.evaluate("said.filter((words) => words !== '正在搜索……')")
    assert said == ["“公开渠道”：找到 4 个页面。"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("公", "“公”：找到 4 个页面。"),
        ("公" * 100, f"“{'公' * 100}”：没有找到。可以换一个说法，或者只输入其中两三个字。"),
        ("公開渠道", "“公開渠道”：没有找到。可以换一个说法，或者只输入其中两三个字。"),
        ("（公开渠道）", "“（公开渠道）”：找到 4 个页面。"),
        ("公开　渠道", "“公开　渠道”：找到 4 个页面。"),
        ('"公开渠道"', '“"公开渠道"”：找到 4 个页面。'),
    ],
)
def test_unusual_queries(page: Page, site: SearchSite, query: str, said: str) -> None:
    _open(page, site, query)
    expect(_status(page)).to_have_text(said)
