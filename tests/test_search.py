"""The search index: which text is found, how Chinese is written for Pagefind, and that queries find exactly that."""

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
from disclosure import search
from disclosure.errors import DisclosureError
from disclosure.render.source import source_pages
from disclosure.search import as_pairs, index_site, strip_page
from playwright.sync_api import Browser, Page

SCRIPT = Path(__file__).parent.parent / "docs" / "assets" / "search.js"

PAIRS = {
    "one character": ("镇", "镇"),
    "two characters": ("公开", "公 公开 开"),
    "a run": ("行政复议", "行 行政 政复 复议 议"),
    "digits stand alone": ("2021年度", "2021 年 年度 度"),
    "punctuation belongs to what precedes it": ("申请，公开。", "申 申请 请， 公 公开 开。"),
    "opening punctuation": ("（一）公开", "（ 一） 公 公开 开"),
    "spaces are kept as a sign": ("各 镇\n乡", f"各{search.SPACE} 镇{search.SPACE} 乡"),
    "full-width letters and digits are narrowed": ("２０Ａ年", "20 A 年"),
    "a decimal": ("0.5万", "0. 5 万"),
    "letters and digits part": ("COVID19", "COVID 19"),
    "a rare character": ("𠮷林", "𠮷 𠮷林 林"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "tokens"), PAIRS.values(), ids=PAIRS)
def test_chinese_is_written_as_overlapping_pairs(text: str, tokens: str) -> None:
    assert as_pairs(text) == tokens


STRIPPED = {
    "only the article": ("<p>头</p><article><h1>题</h1><p>文</p></article><p>尾</p>", "题", ("文",)),
    "no article": ("<p>文</p>", "", ()),
    "ignored text": (
        "<article><h1>题</h1><div data-pagefind-ignore><p>隐<b>藏</b></p><br></div><p>文</p></article>",
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


@pytest.mark.parametrize(("html", "title", "blocks"), STRIPPED.values(), ids=STRIPPED)
def test_what_of_a_page_can_be_found(html: str, title: str, blocks: tuple[str, ...]) -> None:
    stripped = strip_page(html)
    assert stripped.title == title
    assert stripped.blocks == blocks


def test_a_raw_report_is_left_out_without_being_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsing the longest pages of the site, only to find nothing on them, was two thirds of the work."""
    page = next(source_pages(make_office(), make_report())).html()
    monkeypatch.delattr(search, "_Stripper")
    assert strip_page(f'<article class="md-typeset">\n  {page}</article>') == search.Stripped("", ())


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
    index_site(first)
    index_site(second)
    assert _digests(first) == _digests(second)


def test_the_index_holds_only_what_the_search_page_loads(tmp_path: Path) -> None:
    _write(tmp_path, "index.html", "首页", "文")
    index_site(tmp_path)
    kinds = {re.sub(r"_[0-9a-f]+\.", ".", name) for name in _digests(tmp_path / "pagefind")}
    assert kinds == {
        "fragment/en.pf_fragment",
        "index/en.pf_index",
        "pagefind-entry.json",
        "pagefind-worker.js",
        "pagefind.en.pf_meta",
        "pagefind.js",
        "wasm.en.pagefind",
    }


def test_an_older_index_leaves_nothing_behind(tmp_path: Path) -> None:
    _write(tmp_path, "index.html", "首页", "旧文")
    index_site(tmp_path)
    before = _digests(tmp_path / "pagefind")
    _write(tmp_path, "index.html", "首页", "新文")
    index_site(tmp_path)
    after = _digests(tmp_path / "pagefind")
    assert len(after) == len(before)
    assert after != before


@pytest.mark.parametrize("name", ["404.html", "search/index.html"])
def test_pages_without_contents_of_their_own_are_not_found(tmp_path: Path, name: str) -> None:
    _write(tmp_path, "index.html", "首页", "文")
    _write(tmp_path, name, "没有", "没有")
    index_site(tmp_path)
    assert len(list((tmp_path / "pagefind" / "fragment").iterdir())) == 1


def test_a_failure_of_pagefind_is_one_clear_sentence(tmp_path: Path) -> None:
    _write(tmp_path, "index.html", "首页", "文")
    (tmp_path / "pagefind").write_text("a file where the folder has to be", encoding="utf-8")
    with pytest.raises(DisclosureError, match=r"搜索索引没有建成"):
        index_site(tmp_path)


def test_a_site_without_text_is_a_failure_too(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>no article</p>", encoding="utf-8")
    with pytest.raises(DisclosureError, match=r"搜索索引没有建成"):
        index_site(tmp_path)


def _script_constant(name: str) -> str:
    literal = re.search(rf'const {name} = "([^"]*)"', SCRIPT.read_text(encoding="utf-8"))
    assert literal is not None
    return re.sub(r"\\+u\{?([0-9a-f]+)\}?", lambda match: chr(int(match[1], 16)), literal[1])


@pytest.mark.parametrize("name", ["CHINESE", "BREAK", "SPACE", "TITLE"])
def test_both_halves_of_the_agreement_use_the_same_characters(name: str) -> None:
    assert _script_constant(name) == getattr(search, name)


PAGES = 150
"""Pages of the trial site. The test was run by hand with 2,000: see decision 0005."""
WORDS = [
    "行政复议",
    "行政诉讼",
    "政府信息公开",
    "主动公开",
    "依申请公开",
    "三审三校",
    "政务新媒体",
    "信息公开指南",
    "结转下年度",
    "予以公开",
    "不予公开",
    "街道办事处",
    "镇人民政府",
    "年度报告",
    "2021年",
    "2022年",
    "收到",
    "答复",
    "1件",
    "12件",
    "0.5万元",
    "COVID",
    "我镇",
    "我街道",
    "存在的问题",
    "改进",
    "情况",
]
MARKS = "，。、；：“”（） "


def _text(chance: random.Random) -> str:
    words = (chance.choice(WORDS) + chance.choice(["", "", chance.choice(MARKS)]) for _ in range(120))
    noise = "".join(chr(chance.randrange(0x4E00, 0x4F00)) for _ in range(60))
    return "".join(words) + noise


def _queries(chance: random.Random, texts: list[str]) -> list[str]:
    def middle(length: int) -> str:
        bare = re.sub(r"[^\u4e00-\u9fff]", "", chance.choice(texts))
        start = chance.randrange(len(bare) - length)
        return bare[start : start + length]

    nonsense = ["".join(chr(chance.randrange(0x5000, 0x9000)) for _ in range(2)) for _ in range(10)]
    inside = [middle(chance.randint(1, 6)) for _ in range(60)]
    return [
        *WORDS,
        *inside,
        *nonsense,
        "2021年政府",
        "我镇2021年",
        "公开、申请",
        "答复，收到",
        "covid",
        "行",
        "20",
        "件",
    ]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def texts() -> list[str]:
    chance = random.Random(20210101)  # noqa: S311 the same texts in every run
    return [_text(chance) for _ in range(PAGES)]


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory, texts: list[str], browser: Browser) -> Iterator[Page]:
    """A page of a trial site, written in Chinese and below a path, with ``find(query)`` → the addresses found."""
    root = tmp_path_factory.mktemp("trial")
    site = root / "path"
    for number, text in enumerate(texts):
        _write(site, f"p/{number}/index.html", f"第{number}页", text)
    index_site(site)
    (site / "assets").mkdir()
    shutil.copy(SCRIPT, site / "assets")
    (site / "search").mkdir()
    (site / "search" / "index.html").write_text('<!doctype html><html lang="zh"><title>搜索</title>', encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/path/search/")
        page.evaluate(
            """async () => {
              const { find } = await import("../assets/search.js");
              window.find = async (query) => {
                const results = await find(query.split(" "));
                return Promise.all(results.map(async (result) => (await result.data()).url));
              };
            }"""
        )
        yield page
        page.close()
        server.shutdown()


@pytest.mark.browser
def test_a_query_finds_every_page_that_holds_it_and_no_other(trial: Page, texts: list[str]) -> None:
    queries = _queries(random.Random(7), texts)  # noqa: S311 the same queries in every run
    found = {query: set(trial.evaluate("query => find(query)", query)) for query in queries}
    literal = {
        query: {f"/path/p/{number}/" for number, text in enumerate(texts) if _holds(text, query, number)}
        for query in queries
    }
    different = {query: (found[query] ^ literal[query]) for query in queries if found[query] != literal[query]}
    assert different == {}
    assert sum(map(len, literal.values())) > PAGES


def _holds(text: str, query: str, number: int) -> bool:
    """Whether the title or the text holds the query, literally but for the kind of punctuation."""
    wanted = _plain(query)
    before = "(?<![a-z])" if wanted[0].isalpha() else "(?<![0-9])"
    after = "(?![a-z])" if wanted[-1].isalpha() else "(?![0-9])"
    pattern = (before if wanted[0].isascii() else "") + re.escape(wanted) + (after if wanted[-1].isascii() else "")
    return any(re.search(pattern, _plain(part)) for part in (text, f"第{number}页"))


def _plain(text: str) -> str:
    """The text with one ``_`` for any punctuation, and none between Chinese and digits or Latin letters."""
    plain = re.sub(r"[^\w]+", "_", text.lower()).strip("_")
    return re.sub(r"(?<=[0-9a-z])_(?=[^0-9a-z])|(?<=[^0-9a-z])_(?=[0-9a-z])", "", plain)


@pytest.mark.browser
def test_several_words_must_all_stand_on_the_page(trial: Page, texts: list[str]) -> None:
    found = set(trial.evaluate("query => find(query)", "第7页 行政复议"))
    assert found == {"/path/p/7/"}
    assert "行政复议" in texts[7]


@pytest.mark.browser
def test_punctuation_alone_finds_nothing(trial: Page) -> None:
    assert trial.evaluate("query => find(query)", "，。") == []


@pytest.mark.browser
def test_the_text_of_a_result_reads_as_it_was_written(trial: Page) -> None:
    text = "2021年，我镇（含街道）共 收到1件；答复０件。COVID-19 行"
    shown = trial.evaluate(
        "async tokens => (await import('../assets/search.js')).readable(tokens)",
        f"题 题目 目 {search.BREAK} {as_pairs(text)} {search.BREAK} {as_pairs('第二段')}",
    )
    assert shown == "2021年，我镇（含街道）共 收到1件；答复0件。COVID-19 行 · 第二段"


@pytest.mark.browser
def test_matches_are_marked_as_elements_and_markup_stays_text(trial: Page) -> None:
    shown = trial.evaluate(
        """async () => {
          const { excerpt, matcher } = await import("../assets/search.js");
          const box = document.createElement("p");
          box.append(excerpt("一<img src=x onerror=alert(1)>、行政，复议的事", matcher(["行政、复议"])));
          return box.innerHTML;
        }"""
    )
    assert shown == "一&lt;img src=x onerror=alert(1)&gt;、<mark>行政，复议</mark>的事"
