"""The search index: which text is found, what of it counts, and how results are shown."""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from builders import make_office, make_report
from disclosure.errors import DisclosureError
from disclosure.render.source import source_pages
from disclosure.search import index_site, text
from disclosure.search.text import strip_page
from disclosure.search.units import units
from playwright.sync_api import Browser, Page

ASSETS = Path(__file__).parent.parent / "docs" / "assets"
SCRIPT = ASSETS / "search-text.js"

UNITS = {
    "a run": ("行政复议", "行 政 复 议"),
    "words and numbers": ("2021年COVID", "#2021 年 #covid"),
    "punctuation between runs": ("申请，公开。", "申 请 _ 公 开"),
    "a space between runs": ("各 镇\n乡", "各 _ 镇 _ 乡"),
    "punctuation around words": ("共 收到1、2件", "共 _ 收 到 #1 #2 件"),
    "full-width letters and digits": ("２０Ａ年", "#20 #a 年"),
    "a decimal": ("0.5万", "#0 #5 万"),
    "letters and digits part": ("COVID19", "#covid #19"),
    "a rare character": ("𠮷林", "𠮷 林"),
    "other scripts": ("カナ Ünï", "#カナ #ünï"),
    "punctuation alone": ("，。", ""),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "wanted"), UNITS.values(), ids=UNITS)
def test_what_of_a_text_counts(text: str, wanted: str) -> None:
    assert units(text) == [f"{unit};" if unit[0] == "#" else unit for unit in wanted.split()]


STRIPPED = {
    "only the article": ("<p>头</p><article><h1>题</h1><p>文</p></article><p>尾</p>", "题", ("文",)),
    "no article": ("<p>文</p>", "", ()),
    "ignored text": (
        "<article><h1>题</h1><div data-unsearched><p>隐<b>藏</b></p><br></div><p>文</p></article>",
        "题",
        ("文",),
    ),
    "tables": ("<article><p>前</p><table><tr><td>5</td></tr></table><p>后</p></article>", "", ("前", "后")),
    "tables of the text": (
        '<article><table class="table-narrative"><td>网站</td><td>15</td></table></article>',
        "",
        ("网站", "15"),
    ),
    "navigation": ("<article><nav><ol><li>首页</li></ol></nav><p>文</p></article>", "", ("文",)),
    "inline elements join": ("<article><p>公<a href='#'>开</a><strong>申请</strong></p></article>", "", ("公开申请",)),
    "blocks part": ("<article><ul><li>甲</li><li>乙</li></ul></article>", "", ("甲", "乙")),
    "a line break is a space": ("<article><p>甲<br>乙</p></article>", "", ("甲 乙",)),
    "entities": ("<article><p>&lt;b&gt; &amp;amp;</p></article>", "", ("<b> &amp;",)),
}
ANCHORED = {
    "headings": (
        "<article><h1 id='top'>题</h1><h2 id='a'>甲</h2><p>文</p><h3 id='y2021-b'>乙</h3></article>",
        ("a", "", "y2021-b"),
    ),
    "a heading with a link inside": ("<article><h2 id='a'>甲<a href='#a'>¶</a></h2></article>", ("a",)),
    "a heading without text": ("<article><h2 id='a'></h2><p>文</p></article>", ("",)),
    "a heading without anchor": ("<article><h2>甲</h2><p id='p'>文</p></article>", ("", "")),
    "a heading inside what is left out": ("<article><nav><h2 id='a'>甲</h2></nav><p>文</p></article>", ("",)),
}


@pytest.mark.parametrize(("html", "title", "blocks"), STRIPPED.values(), ids=STRIPPED)
def test_what_of_a_page_can_be_found(html: str, title: str, blocks: tuple[str, ...]) -> None:
    stripped = strip_page(html)
    assert stripped.title == title
    assert stripped.blocks == blocks


@pytest.mark.parametrize(("html", "anchors"), ANCHORED.values(), ids=ANCHORED)
def test_headings_keep_their_anchors(html: str, anchors: tuple[str, ...]) -> None:
    stripped = strip_page(html)
    assert stripped.anchors == anchors
    assert len(stripped.blocks) == len(anchors)


def test_a_raw_report_is_left_out_without_being_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsing the longest pages of the site, only to find nothing on them, was two thirds of the work."""
    page = next(source_pages(make_office(), make_report())).html()
    monkeypatch.delattr(text, "LexborHTMLParser")
    assert strip_page(f'<article class="md-typeset">\n  {page}</article>') == text.Stripped("", ())


def _write(site: Path, name: str, title: str, text: str) -> None:
    page = site / name
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f"<!doctype html><article><h1>{title}</h1><p>{text}</p></article>", encoding="utf-8")


def _digests(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_the_same_pages_give_the_same_bytes_in_any_folder_and_order(tmp_path: Path) -> None:
    pages = [(f"offices/{number}/index.html", f"机关{number}", f"第{number}份报告，公开申请。") for number in range(30)]
    first, second = tmp_path / "a", tmp_path / "乙 地"
    for page in pages:
        _write(first, *page)
    for page in reversed(pages):
        _write(second, *page)
    facets = {f"offices/{number}/": {"region": ["41", f"41{number % 5}"], "year": ["2021"]} for number in range(30)}
    index_site(first, facets)
    index_site(second, dict(reversed(facets.items())))
    assert _digests(first) == _digests(second)


def test_an_older_index_leaves_nothing_behind(tmp_path: Path) -> None:
    _write(tmp_path, "index.html", "首页", "旧文")
    index_site(tmp_path)
    before = _digests(tmp_path / "search")
    _write(tmp_path, "index.html", "首页", "新文")
    index_site(tmp_path)
    after = _digests(tmp_path / "search")
    assert len(after) == len(before)
    assert after != before


@pytest.mark.parametrize("name", ["404.html", "search/index.html"])
def test_pages_without_contents_of_their_own_are_not_found(tmp_path: Path, name: str) -> None:
    _write(tmp_path, "index.html", "首页", "文")
    _write(tmp_path, name, "没有", "没有")
    index_site(tmp_path)
    assert len(list((tmp_path / "search" / "texts").glob("*/pages/*"))) == 1


def test_a_site_without_text_is_a_failure_too(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>no article</p>", encoding="utf-8")
    with pytest.raises(DisclosureError, match=r"搜索索引没有建成"):
        index_site(tmp_path)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Page]:
    """A page on which ``text`` is search-text.js."""
    folder = tmp_path_factory.mktemp("scripts")
    shutil.copy(SCRIPT, folder)
    (folder / "index.html").write_text("<!doctype html><title>t</title>", encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.evaluate("async () => { window.text = await import('./search-text.js'); }")
        yield page
        page.close()
        server.shutdown()


@pytest.mark.browser
def test_both_halves_take_the_same_units_from_any_text(scripts: Page) -> None:
    chance = random.Random(1)  # noqa: S311 the same texts in every run
    signs = [*"公开申请、，。 （）\n-_#'1２0ａAßİΣς٣Ⅷ②々〇𠮷㐀豈カ한é", "e\u0301"]
    texts = ["".join(chance.choices(signs, k=chance.randint(1, 30))) for _ in range(500)]
    assert scripts.evaluate("texts => texts.map(text.units)", texts) == [units(one) for one in texts]


EXCERPTS = """([blocks, words]) => {
  const { count, found } = text.excerpts(text.joined(blocks), text.matcher(words, true), 2);
  return [count, ...found.map(({ anchor, excerpt }) => {
    const box = document.createElement("p");
    box.append(excerpt);
    return [anchor, box.innerHTML];
  })];
}"""


def _excerpts(page: Page, blocks: list[tuple[str, str]], words: list[str]) -> list[object]:
    found: list[object] = page.evaluate(EXCERPTS, [blocks, words])
    return found


@pytest.mark.browser
def test_matches_are_marked_as_elements_and_markup_stays_text(scripts: Page) -> None:
    found = _excerpts(scripts, [("", "一<img src=x onerror=alert(1)>、行政，复议的事")], ["行政、复议"])
    assert found == [1, ["", "一&lt;img src=x onerror=alert(1)&gt;、<mark>行政，复议</mark>的事"]]


@pytest.mark.browser
def test_an_excerpt_has_digits_and_letters_as_they_were_written(scripts: Page) -> None:
    found = _excerpts(scripts, [("", "答复０件ＣＯＶＩＤ")], ["0件", "covid"])
    assert found == [2, ["", "答复<mark>０件</mark><mark>ＣＯＶＩＤ</mark>"]]


COUNTED = {
    "a number inside another": ("2020年收到20件，第120号", "20", ["20"]),
    "a number before a character": ("11件、1 件", "1件", ["1 件"]),
    "a word inside another": ("data a", "a", ["a"]),
    "letters and digits": ("用A4纸，不是A45", "A4", ["A4"]),
    "letters and digits, parted": ("COVID-19和covid19", "COVID19", ["COVID-19", "covid19"]),
    "words with a sign between": ("ab和a-b", "a、b", ["a-b"]),
}


@pytest.mark.browser
@pytest.mark.parametrize(("shown", "query", "wanted"), COUNTED.values(), ids=COUNTED)
def test_words_and_numbers_count_as_wholes(scripts: Page, shown: str, query: str, wanted: list[str]) -> None:
    count, (_, excerpt) = _excerpts(scripts, [("", shown)], [query])  # type: ignore[misc]
    assert re.findall("<mark>(.*?)</mark>", excerpt) == wanted
    assert count == len(wanted)


@pytest.mark.browser
def test_a_match_does_not_reach_from_one_block_into_the_next(scripts: Page) -> None:
    assert _excerpts(scripts, [("", "收到答复"), ("", "收到一件")], ["答复，收到"])[0] == 0


@pytest.mark.browser
def test_an_excerpt_stays_in_its_section_and_begins_behind_the_heading(scripts: Page) -> None:
    blocks = [
        ("", "前文"),
        ("y2022-a", "甲节"),
        ("", "公开申请"),
        ("", "又一段"),
        ("y2021-b", "乙节"),
        ("", "也有公开申请"),
    ]
    assert _excerpts(scripts, blocks, ["公开申请"]) == [
        2,
        ["y2022-a", "<mark>公开申请</mark> · 又一段"],
        ["y2021-b", "也有<mark>公开申请</mark>"],
    ]


@pytest.mark.browser
def test_sections_with_more_words_go_first_then_texts_before_headings(scripts: Page) -> None:
    blocks = [
        *[("y2022-a", "公开"), ("", "甲")],
        *[("y2022-b", "乙"), ("", "公开")],
        *[("y2022-c", "丙"), ("", "公开和申请")],
    ]
    assert [one[0] for one in _excerpts(scripts, blocks, ["公开", "申请"])[1:]] == ["y2022-c", "y2022-b"]  # type: ignore[index]


@pytest.mark.browser
def test_where_nothing_matches_the_text_is_shown_from_its_beginning(scripts: Page) -> None:
    assert _excerpts(scripts, [("", "甲" * 200)], ["乙"]) == [0, ["", "甲" * 70 + "……"]]


@pytest.mark.browser
def test_a_long_text_is_cut_on_both_sides(scripts: Page) -> None:
    (_, (_, shown)) = _excerpts(scripts, [("", "甲" * 200 + "乙丙" + "丁" * 200)], ["乙丙"])  # type: ignore[misc]
    assert shown == "……" + "甲" * 30 + "<mark>乙丙</mark>" + "丁" * 68 + "……"
