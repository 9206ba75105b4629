"""Queries find exactly the pages that hold them: compared with a literal search of the same texts, and weighed.

``SEARCH_PAGES=2000 .venv/bin/python -m pytest tests/test_search_proof.py`` does it with that many pages and prints the
figures that stand in decisions 0005 and 0025.
"""

from __future__ import annotations

import json
import os
import random
import re
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pytest
from builders import HENAN, PINGDINGSHAN, make_office
from disclosure.form.template import FORMS, SECTIONS, TABLE_NAMES
from disclosure.model import Office, Region
from disclosure.search.parts import LARGEST
from disclosure.search_names import page_facets
from playwright.sync_api import Page, expect
from search_site import SearchSite, catalog_of, search_site, visitor
from windows import Windows

pytestmark = pytest.mark.browser

PAGES = int(os.environ.get("SEARCH_PAGES", "150"))
INSIDE, NONSENSE, FILTERED = 200, 20, 60
WEIGHED = 10 if PAGES > 150 else 2
WORDS = [
    "三审三校",
    "政务新媒体",
    "信息公开指南",
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
FORM_TERMS = sorted(
    {
        words
        for form in FORMS.values()
        for table in form.tables.values()
        for row in table.rows
        for words in (row.label, row.group, *(column.label for column in row.columns))
        if words
    }
    | set(TABLE_NAMES.values())
    | {title for _, title in SECTIONS.values()}
)
OTHERS = ["2021年政府", "我镇2021年", "公开、申请", "答复，收到", "covid", "行", "20", "件", "ＣＯＶＩＤ"]
RARE = "鬯彝罍盉"
"""Stands on one page only, and backwards."""
MARKS = "，。、；：“”（） "
KINDS = ("乡镇人民政府", "街道办事处")
YEARS = ("2020", "2021", "2022")


@dataclass(frozen=True)
class Trial:
    """A served trial site, the text of each of its pages by address, and a page of it that can search."""

    site: SearchSite
    texts: Mapping[str, str]
    facets: Mapping[str, Mapping[str, Sequence[str]]]
    page: Page

    def find(self, query: str, choice: Mapping[str, str]) -> set[str]:
        """The addresses that the search finds."""
        found: list[str] = self.page.evaluate("([query, choice]) => find(query, choice)", [query, choice])
        assert len(found) == len(set(found))
        return set(found)

    def parts(self) -> tuple[dict[str, list[str]], str]:
        """The folder of each part with the regions it has, in order; and the folder of the table of all keys."""
        listed = json.loads((self.site.folder / "search" / "texts.json").read_text(encoding="utf-8"))
        return {part["at"]: part["facets"]["region"] for part in listed["parts"]}, listed["table"]

    def literal(self, query: str, choice: Mapping[str, str]) -> set[str]:
        """The addresses of the pages that hold the query and fit the choice."""
        fit = (
            one
            for one in self.texts
            if all(value in self.facets[one].get(name, ["机关"]) for name, value in choice.items())
        )
        return {address for address in fit if holds(self.texts[address], query)}


def _text(chance: random.Random) -> str:
    """About 1,500 characters, as long as what an office writes in a year."""
    terms = chance.sample(FORM_TERMS, 20) * 2
    words = [*(chance.choice(WORDS) for _ in range(150)), *terms]
    chance.shuffle(words)
    noise = "".join(chr(chance.randrange(0x4E00, 0x4F00)) for _ in range(60))
    return "".join(word + chance.choice(["", "", chance.choice(MARKS)]) for word in words) + noise


def _offices() -> list[Office]:
    counties = [(HENAN, PINGDINGSHAN, Region(f"4104{number:02d}", f"第{number}县")) for number in range(21, 31)]
    return [
        make_office(f"{county[-1].code}{number:03d}", f"第{at}镇人民政府", kind=KINDS[at % 2], regions=county)
        for at in range(PAGES)
        for number, county in [(at // len(counties), counties[at % len(counties)])]
    ]


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory, windows: Windows) -> Iterator[Trial]:
    chance = random.Random(20210101)  # noqa: S311 the same texts in every run
    catalog = catalog_of(_offices())
    facets = {
        address: {**one, "year": chance.sample(YEARS, 2)}
        for address, one in page_facets(catalog).items()
        if "kind" in one
    }
    texts = {address: _text(chance) for address in facets}
    texts[sorted(texts)[PAGES // 2]] += f"，{RARE}、{RARE[::-1]}"
    names = {address: office.name for address, office in zip(facets, catalog.offices, strict=True)}
    pages = {address: (names[address], f"<p>{text}</p>") for address, text in texts.items()}
    root = tmp_path_factory.mktemp("trial")
    largest = LARGEST if PAGES > 150 else 50_000
    with search_site(root, pages, facets, catalog, largest) as site, visitor(windows) as (page, complaints):
        page.goto(site.search_url())
        page.evaluate(
            """async () => {
              const { listParts, TextSearch } = await import("../assets/search-index.js");
              window.find = async (query, choice) => {
                const search = new TextSearch(query.split(" "), choice, listParts());
                await search.further();
                return Promise.all(search.results.map(async ({ load }) => (await load()).address));
              };
            }"""
        )
        yield Trial(site, {address: f"{names[address]}\n{text}" for address, text in texts.items()}, facets, page)
        assert complaints == []


def holds(text: str, query: str) -> bool:
    """Whether a line of the text holds the query, but for the kind of punctuation and the width of letters."""
    wanted = _plain(query)
    before = "(?<![a-z])" if wanted[0].isalpha() else "(?<![0-9])"
    after = "(?![a-z])" if wanted[-1].isalpha() else "(?![0-9])"
    pattern = (before if wanted[0].isascii() else "") + re.escape(wanted) + (after if wanted[-1].isascii() else "")
    return any(re.search(pattern, _plain(line)) for line in text.splitlines())


_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


@cache
def _plain(text: str) -> str:
    """The text with one ``_`` for any punctuation, and none between Chinese and digits or Latin letters."""
    plain = re.sub(r"[^\w]+", "_", text.translate(_WIDE).lower()).strip("_")
    return re.sub(r"(?<=[0-9a-z])_(?=[^0-9a-z])|(?<=[^0-9a-z])_(?=[0-9a-z])", "", plain)


def _inside(chance: random.Random, texts: Sequence[str]) -> str:
    """Two to six characters from the middle of a sentence."""
    length = chance.randint(2, 6)
    runs = re.findall(rf"[\u4e00-\u9fff]{{{length + 2},}}", chance.choice(texts))
    run = chance.choice(runs)
    start = chance.randrange(1, len(run) - length)
    return run[start : start + length]


def _nonsense(chance: random.Random) -> str:
    """Two characters that stand in no text together."""
    return "".join(chr(chance.randrange(0x5000, 0x9000)) for _ in range(2))


def _queries(trial: Trial) -> dict[str, list[str]]:
    chance = random.Random(7)  # noqa: S311 the same queries in every run
    texts = list(trial.texts.values())
    nonsense = [
        pair for pair in (_nonsense(chance) for _ in range(5 * NONSENSE)) if not any(pair in one for one in texts)
    ]
    return {
        "terms of the form": FORM_TERMS,
        "words and mixtures": [*WORDS, *OTHERS],
        "from the middle of sentences": [_inside(chance, texts) for _ in range(INSIDE)],
        "nonsense pairs": nonsense[:NONSENSE],
    }


def test_a_query_finds_every_page_that_holds_it_and_no_other(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    different: dict[str, set[str]] = {}
    for name, queries in _queries(trial).items():
        hits = right = literal = 0
        for query in queries:
            found, wanted = trial.find(query, {}), trial.literal(query, {})
            hits, right, literal = hits + len(found), right + len(found & wanted), literal + len(wanted)
            different |= {query: found ^ wanted} if found != wanted else {}
        _say(capsys, f"{name}: {len(queries)} queries, {literal} pages, {hits} found, {right} of them right")
        assert (literal == 0) == (name == "nonsense pairs"), name
    assert different == {}


CHOICES = [
    {"region": "410422"},
    {"region": "410400", "year": "2021"},
    {"kind": KINDS[1], "page": "机关"},
    {"region": "410423", "year": "2022", "kind": KINDS[0], "page": "机关"},
]


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_a_choice_leaves_of_the_pages_found_exactly_those_that_fit(trial: Trial, choice: dict[str, str]) -> None:
    queries = [query for each in _queries(trial).values() for query in each[:: len(CHOICES)]][:FILTERED]
    found = {query: trial.find(query, choice) for query in queries}
    literal = {query: trial.literal(query, choice) for query in queries}
    assert found == literal
    assert 0 < sum(map(len, literal.values())) < sum(len(trial.literal(query, {})) for query in queries)


def test_a_page_of_another_kind_is_left_out(trial: Trial) -> None:
    assert trial.find("年度报告", {"page": "规则"}) == set()


def test_several_words_must_all_stand_on_the_page(trial: Trial) -> None:
    address = next(address for address, text in trial.texts.items() if text.startswith("第7镇") and "答复" in text)
    assert trial.find("第7镇 答复", {}) == {address}
    assert trial.find("第7镇 鼎簋", {}) == set()


def test_punctuation_alone_finds_nothing(trial: Trial) -> None:
    assert trial.find("，。", {}) == set()


def test_a_hundred_characters_are_found_as_they_stand(trial: Trial) -> None:
    address, text = next(iter(trial.texts.items()))
    part = re.search(r"\n.{50,70}?([\u4e00-\u9fff].{94,98}[\u4e00-\u9fff])", text)
    assert part is not None
    assert trial.find(re.sub(r"\s", "，", part[1]), {}) == {address}


def _folders_asked(trial: Trial, windows: Windows, query: str, **choice: str) -> list[str]:
    """The folders of the index that a new reader's search asks for something, each once, in order."""
    with visitor(windows) as (page, _):
        trial.site.asked.clear()
        page.goto(trial.site.search_url(query, **choice))
        expect(page.get_by_role("status")).to_contain_text("找到")
        return list(dict.fromkeys(re.findall(r"/texts/(\w+)/", " ".join(trial.site.asked))))


@pytest.mark.parametrize("query", [RARE, RARE[1:3], RARE[::-1], f"{RARE}、{RARE[-1]}", f"{RARE[-1]} {RARE[:2]} 答复"])
def test_what_stands_in_one_part_is_looked_for_in_no_other(trial: Trial, windows: Windows, query: str) -> None:
    (address,) = trial.literal(RARE, {})
    assert trial.find(query, {}) == {address}
    parts, table = trial.parts()
    county = trial.facets[address]["region"][-1]
    assert len(parts) > 3
    assert _folders_asked(trial, windows, query) == [table, *(at for at, codes in parts.items() if county in codes)]


def test_what_stands_nowhere_is_looked_for_in_no_part(trial: Trial, windows: Windows) -> None:
    assert _folders_asked(trial, windows, "彝鼎") == [trial.parts()[1]]


def test_in_a_chosen_place_only_its_parts_are_asked(trial: Trial, windows: Windows) -> None:
    parts, _ = trial.parts()
    asked = _folders_asked(trial, windows, "年度报告", region="410423")
    assert asked == [at for at, codes in parts.items() if "410423" in codes]


@pytest.mark.parametrize("name", ["terms of the form", "from the middle of sentences"])
def test_a_query_weighs_little(trial: Trial, windows: Windows, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """All that is fetched from the search page on: its scripts, the names, the index, ten texts; then another query."""
    queries = random.Random(11).sample(_queries(trial)[name], 2 * WEIGHED)  # noqa: S311 the same queries in every run
    weights = [_weigh(trial.site, windows, *pair) for pair in zip(queries[::2], queries[1::2], strict=True)]
    for when, column in zip(("first", "further"), zip(*weights, strict=True), strict=True):
        median = statistics.median(column)
        _say(capsys, f"{when} query, {name}: median {median:,.0f}, from {min(column):,} to {max(column):,} bytes")
    _say(capsys, f"index: {_size(trial.site):,} bytes in all")
    assert statistics.median(first for first, _ in weights) < 300_000 + 100 * PAGES


def _weigh(site: SearchSite, windows: Windows, *queries: str) -> list[int]:
    """How many bytes each of these queries of a new reader takes, one after the other."""
    weights = []
    site.asked.clear()
    with visitor(windows) as (page, _):
        page.goto(site.search_url())
        for query in queries:
            page.get_by_role("searchbox").fill(query)
            page.keyboard.press("Enter")
            expect(page.get_by_role("status")).to_contain_text(f"“{query}”：找到", timeout=30_000)
            weights.append(site.bytes_asked())
            site.asked.clear()
    return weights


def _size(site: SearchSite) -> int:
    return sum(file.stat().st_size for file in (site.folder / "search" / "texts").rglob("*") if file.is_file())


def _say(capsys: pytest.CaptureFixture[str], words: str) -> None:
    """Figures are for whoever asked for another number of pages; the suite stays silent."""
    if "SEARCH_PAGES" in os.environ:
        with capsys.disabled():
            print(f"\n{PAGES} pages, {words}", end="")  # noqa: T201
