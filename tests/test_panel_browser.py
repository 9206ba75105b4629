"""What the panel shows of a figure, a sign, a reference and a term, whatever page they stand on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import Site
from disclosure.form.terms import ROW_TERMS
from disclosure.model import Status
from disclosure.render.legend import LEGEND
from panel_pages import OFFICE, Visit, cell, strict, told, visiting, write_pages
from playwright.sync_api import expect
from windows import Windows

pytestmark = pytest.mark.browser

SOURCE = "尚店镇人民政府 2021 年报告原文"
TABLE = "2021 年，按申请人类别和办理结果（件）"
MADE = "2022 年，按申请人类别和办理结果（件）"
RECEIVED = "一、本年新收政府信息公开申请数量"


def meaning(status: Status) -> str:
    """What the panel says of a status."""
    return f"{LEGEND[status].sign}：{LEGEND[status].meaning}"


@pytest.fixture(scope="module")
def given(built_site: Site) -> Iterator[str]:
    """The built site, served strictly."""
    with strict(built_site.folder) as url:
        yield url


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Pages made by hand, with a figure of every status."""
    folder = tmp_path_factory.mktemp("panel")
    write_pages(folder)
    with strict(folder) as url:
        yield url


@pytest.fixture
def visit(windows: Windows, given: str) -> Iterator[Visit]:
    yield from visiting(windows, given)


@pytest.fixture
def at_made(windows: Windows, made: str) -> Iterator[Visit]:
    yield from visiting(windows, made)


def test_a_printed_figure_shows_its_line_between_its_neighbours_and_is_marked_there(visit: Visit) -> None:
    page = visit.go(OFFICE)
    address = page.url
    assert visit.read(cell(page, "y2021-requests-received", 1).locator(".figure")) == [
        f"{RECEIVED} · 自然人",
        TABLE,
        "1",
        meaning(Status.PRINTED),
        SOURCE,
        "41",
        "42一、本年新收政府信息公开申请数量\t\t1\t0\t0\t0\t0\t0\t1\t",
        "43二、上年结转政府信息公开申请数量\t\t0\t0\t0\t0\t0\t0\t0\t",
        "在原文中查看",
    ]
    mark = visit.panel.locator("mark")
    assert mark.all_inner_texts() == ["1"]
    assert mark.evaluate("each => each.previousSibling.previousSibling.textContent") == "\t"
    assert mark.evaluate("each => [...each.parentElement.querySelectorAll('.tab')].indexOf("
                         "each.previousSibling.previousSibling)") == 1  # fmt: skip
    assert visit.panel.locator("li.at .line-number").inner_text() == "42"
    link = visit.panel.get_by_role("link", name="在原文中查看")
    assert link.evaluate("each => each.href") == f"{visit.url}{OFFICE}source/2021/#L42"
    assert page.url == address
    assert visit.complaints == []


def test_a_recovered_figure_shows_its_proof_and_marks_nothing(visit: Visit) -> None:
    page = visit.go(OFFICE)
    found = cell(page, "y2021-requests-refused-state-secret", 6)
    assert found.locator(".mark").inner_text() == "推得"
    blocks = visit.read(found.locator(".figure"))
    assert blocks[:4] == ["1.属于国家秘密 · 其他", TABLE, "0推得", meaning(Status.RECOVERED)]
    assert blocks[blocks.index("证明") + 1] == page.locator("#y2021-proof-requests-refused-state-secret-1").inner_text()
    steps = page.locator("#y2021-proof-requests-refused-state-secret-1 + ol li").all_inner_texts()
    assert blocks[blocks.index("证明") + 2 : -1] == steps
    assert len(steps) == 4
    assert visit.panel.locator("mark").count() == 0


@pytest.mark.parametrize(
    ("row", "marked"), [("y2021-requests-granted", ["1"]), ("y2021-requests-refused-state-secret", [])]
)
def test_a_placed_figure_is_marked_only_where_it_is_certain_which_number_it_is(
    visit: Visit, row: str, marked: list[str]
) -> None:
    page = visit.go(OFFICE)
    blocks = visit.read(cell(page, row, 7).locator(".figure"))
    assert blocks[3] == meaning(Status.PLACED)
    assert "证明" in blocks
    assert visit.panel.locator("li.at mark").all_inner_texts() == marked


def test_the_sign_of_a_row_shows_every_proof_of_it(visit: Visit) -> None:
    page = visit.go(OFFICE)
    blocks = visit.read(page.locator("#y2021-requests-granted th .mark"))
    assert blocks[:4] == ["（一）予以公开", TABLE, "归位", meaning(Status.PLACED)]
    proofs = page.locator("#y2021-proof-requests-granted > p").all_inner_texts()
    assert [block for block in blocks if block in proofs] == proofs
    assert len(proofs) > 1
    assert visit.panel.locator(".source-lines").count() == 0


@pytest.mark.parametrize(
    ("column", "status", "shown", "marked"),
    [
        (1, Status.PLACED, "0归位", ["0"]),
        (2, Status.RECOVERED, "0推得", []),
        (3, Status.CONFLICT, "0勾稽不符", ["0"]),
        (4, Status.BLANK, "/未填", ["/"]),
    ],
)
def test_a_figure_of_any_status_shows_value_sign_meaning_and_line(
    at_made: Visit, column: int, status: Status, shown: str, marked: list[str]
) -> None:
    page = at_made.go(OFFICE)
    blocks = at_made.read(cell(page, "y2022-requests-received", column).locator(".figure"))
    assert blocks[1:4] == [MADE, shown, meaning(status)]
    assert blocks[4] == "样例镇人民政府 2022 年报告原文，第 2 页"
    assert [block.split("\t")[0] for block in blocks[5:8]] == [
        "13（收到和处理政府信息公开申请情况表）",
        f"14{RECEIVED}",
        "15二、上年结转政府信息公开申请数量",
    ]
    assert at_made.panel.locator("mark").all_inner_texts() == marked
    assert ("证明" in blocks) is (status in {Status.PLACED, Status.RECOVERED})
    assert ("核对结果" in blocks) is (status is Status.CONFLICT)
    assert at_made.complaints == []


@pytest.mark.parametrize(
    ("column", "status", "shown"), [(5, Status.AMBIGUOUS, "不定（0 至 3）"), (6, Status.ABSENT, "未见")]
)
def test_what_has_no_number_says_why(at_made: Visit, column: int, status: Status, shown: str) -> None:
    page = at_made.go(OFFICE)
    blocks = at_made.read(cell(page, "y2022-requests-received", column).locator(".mark"))
    assert blocks[1:] == [MADE, shown, meaning(status), "查看所在位置"]


def test_a_finding_is_shown_where_its_reference_stands_and_with_the_figure(at_made: Visit) -> None:
    page = at_made.go(OFFICE)
    conflict = cell(page, "y2022-requests-received", 3)
    sentence = page.locator("#y2022-finding-1").inner_text()
    assert "0 + 2 = 5" in sentence
    for kind in (".finding-ref", ".mark", ".figure"):
        assert sentence in at_made.read(conflict.locator(kind))
    link = at_made.panel.get_by_role("link", name="横向合计不符")
    assert link.evaluate("each => each.href") == f"{at_made.url}rules/row-total-mismatch/"


def test_a_number_in_a_sentence_has_the_name_of_its_cell(visit: Visit) -> None:
    page = visit.go(OFFICE)
    blocks = visit.read(page.locator(".summary .figure", has_text="1 件").first)
    assert blocks[:4] == [f"{RECEIVED} · 总计", TABLE, "1 件", meaning(Status.PRINTED)]
    placed = page.locator(".summary .mark").first
    assert visit.read(placed)[:4] == ["（一）予以公开 · 总计", TABLE, "1 件归位", meaning(Status.PLACED)]
    assert "总计 1（归位）" in told(visit.panel)


def test_a_sum_shows_the_figures_that_it_adds_up_and_each_of_them_its_line(at_made: Visit) -> None:
    page = at_made.go("years/2022/")
    blocks = at_made.read(page.locator(".table-index .figure", has_text="5"))
    assert blocks[:4] == [
        "样例镇人民政府 · 不予公开",
        "2022 年各机关申请办理和争议情况（件）",
        "5",
        "这个数是下列各数之和。",
    ]
    assert blocks[4:-1] == [
        "1.属于国家秘密 2",
        "2.其他法律行政法规禁止公开 0",
        "3.危及“三安全一稳定” 0",
        "4.保护第三方合法权益 0",
        "5.属于三类内部事务信息 3",
        "6.属于四类过程性信息 0",
        "7.属于行政执法案卷 0",
        "8.属于行政查询事项 0",
    ]
    assert blocks[-1] == "在表中查看"
    inner = at_made.read(at_made.panel.locator(".figure", has_text="3"))
    assert inner[:4] == ["5.属于三类内部事务信息", MADE, "3", meaning(Status.PRINTED)]
    assert at_made.panel.locator("li.at mark").all_inner_texts() == ["3"]
    page.keyboard.press("Escape")
    expect(page.locator(".table-index .figure", has_text="5")).to_be_focused()


def test_a_figure_of_another_office_s_page_shows_line_and_proof_just_the_same(visit: Visit) -> None:
    page = visit.go("years/2021/")
    row = page.locator("tr", has_text="尚店镇人民政府")
    blocks = visit.read(row.locator("td").nth(2).locator(".figure"))
    assert blocks[:5] == [
        "尚店镇人民政府 · 予以公开",
        "2021 年各机关申请办理和争议情况（件）",
        "1归位",
        meaning(Status.PLACED),
        SOURCE,
    ]
    assert visit.panel.locator("li.at mark").all_inner_texts() == ["1"]
    assert blocks[blocks.index("证明") + 1] == "总计 1（归位）"
    assert visit.read(row.locator("td").first.locator(".figure"))[2:4] == ["1", meaning(Status.PRINTED)]
    assert visit.complaints == []


def test_a_number_on_the_home_page_shows_its_line(visit: Visit) -> None:
    page = visit.go("")
    blocks = visit.read(page.locator(".lesson .figure").first)
    assert blocks[0] == page.locator(".lesson .figure").first.inner_text()
    assert visit.panel.locator("li.at mark").count() == 1


def test_a_term_shows_its_meaning_its_article_and_its_english_name(visit: Visit) -> None:
    page = visit.go(OFFICE)
    term = ROW_TERMS["requests"]["refused_third_party"]
    blocks = visit.read(page.locator("#y2021-requests-refused-third-party .term"))
    assert blocks == [
        "不予公开：保护第三方合法权益",
        term.meaning,
        "条例",
        "第十五条",
        "表上写法",
        "“4.保护第三方合法权益”（列在“（三）不予公开”之下）。",
        "英文",
        "Refused: third-party rights",
        "全部术语",
    ]
    assert visit.panel.locator("[lang=en]").inner_text() == "Refused: third-party rights"
    assert visit.panel.get_by_role("link", name="全部术语").evaluate("each => each.href") == (
        f"{visit.url}terms/#requests-refused_third_party"
    )


def test_the_name_of_a_column_across_offices_is_explained(visit: Visit) -> None:
    page = visit.go("years/2021/")
    blocks = visit.read(page.get_by_role("link", name="不予公开", exact=True))
    assert blocks[0] == "不予公开"
    assert "第三十六条第（三）项" in blocks


def test_no_identifier_stands_twice_while_the_panel_is_open(visit: Visit) -> None:
    page = visit.go(OFFICE)
    for link in ("#y2021-requests-granted .figure", "#y2021-requests-granted .mark", "#y2021-requests-granted .term"):
        visit.read(page.locator(link).first)
        found = page.evaluate("[...document.querySelectorAll('[id]')].map((each) => each.id)")
        assert len(found) == len(set(found))


def test_nothing_that_a_report_prints_becomes_markup(at_made: Visit) -> None:
    page = at_made.go(OFFICE)
    page.route("**/source/2022/", lambda route: route.fulfill(body=HOSTILE, content_type="text/html; charset=utf-8"))
    at_made.read(cell(page, "y2022-requests-received", 1).locator(".figure"))
    assert at_made.panel.locator("li.at .line-text").inner_text() == "<img src=x onerror=alert(1)>"
    assert at_made.panel.locator("img, script").count() == 0


def test_a_number_that_does_not_stand_where_it_was_read_is_not_marked(at_made: Visit) -> None:
    page = at_made.go(OFFICE)
    page.route("**/source/2022/", lambda route: route.fulfill(body=CHANGED, content_type="text/html; charset=utf-8"))
    figure = cell(page, "y2022-requests-received", 1).locator(".figure")
    assert figure.get_attribute("data-at") == "17-18"
    at_made.read(figure)
    assert at_made.panel.locator("li.at .line-text").inner_text() == "甲" * 17 + "7"
    assert at_made.panel.locator("mark").count() == 0


CHANGED = f"""<h1>原文</h1><ol class="source-lines"><li id="L14"><a class="line-number" href="#L14">14</a>
<span class="line-text">{"甲" * 17}7</span></li></ol>"""
HOSTILE = """<h1>原文</h1><ol class="source-lines"><li id="L14"><a class="line-number" href="#L14">14</a>
<span class="line-text">&lt;img src=x onerror=alert(1)&gt;</span></li></ol>"""
