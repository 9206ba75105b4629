"""The file of names beside the search page, and what of it a query finds: by name, place, former name and initials."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from random import Random

import pytest
from builders import HENAN, PINGDINGSHAN, WUGANG, make_office, make_report
from conftest import _Quiet
from disclosure.model import Office, Region
from disclosure.pinyin import initials
from disclosure.search import PAGE_KINDS
from disclosure.search_names import NAMES_FILE, names_document, page_facets, write_names
from playwright.sync_api import Browser, Page
from search_site import ASSETS, catalog_of

LUSHAN = Region("410423", "鲁山县")
LINQING = (Region("370000", "山东省"), Region("371500", "聊城市"), Region("371581", "临清市"))
CHONGQING = (Region("500000", "重庆市"), Region("500100", "重庆市"), Region("500115", "长寿区"))
OFFICES = (
    make_office("410481100", "尚店镇人民政府", printed_names=("尚店乡人民政府",)),
    make_office("410481-jyj", "舞钢市教育局", kind="政府部门"),
    make_office("410481", "舞钢市人民政府", kind="县级人民政府"),
    make_office("371581100", "尚店镇人民政府", regions=LINQING),
    make_office(
        "410423004",
        "汇源街道办事处",
        kind="街道办事处",
        regions=(HENAN, PINGDINGSHAN, LUSHAN),
        former_names=("鲁阳镇人民政府",),
    ),
    make_office("410400-jyj", "平顶山市教育局", kind="政府部门", regions=(HENAN, PINGDINGSHAN)),
    make_office("500115001", "长乐街道办事处", kind="街道办事处", regions=CHONGQING),
    make_office("990000", "样例委员会", kind="其他", regions=()),
)
REPORTS = (
    make_report(office="410481100", year=2021),
    make_report(office="410481100", year=2022),
    make_report(office="371581100", year=2022),
)


@pytest.fixture(scope="module")
def document() -> dict[str, object]:
    return json.loads(json.dumps(names_document(catalog_of(OFFICES, REPORTS))))  # type: ignore[no-any-return]


def test_the_file_holds_columns_in_the_order_of_places(document: dict[str, object]) -> None:
    assert document["offices"] == {
        "id": ["990000", "100", "-jyj", "004", "", "-jyj", "100", "001"],
        "name": [
            "样例委员会",
            "尚店镇人民政府",
            "平顶山市教育局",
            "汇源街道办事处",
            "舞钢市人民政府",
            "舞钢市教育局",
            "尚店镇人民政府",
            "长乐街道办事处",
        ],
        "kind": [4, 0, 3, 1, 2, 3, 0, 1],
        "coverage": [2, 1, 2, 2, 2, 2, 0, 2],
        "region": [[None, 1], [2, 1], [4, 1], [5, 1], [6, 3], [9, 1]],
    }
    assert document["regions"] == {
        "code": ["370000", "371500", "371581", "410000", "410400", "410423", "410481", "500000", "500100", "500115"],
        "name": [*(one.name for one in (*LINQING, HENAN, PINGDINGSHAN, LUSHAN, WUGANG)), "重庆市", "重庆市", "长寿区"],
        "parent": [None, 0, 1, None, 3, 4, 4, None, 7, 8],
    }
    assert document["coverage"] == [[2022, 2021], [2022], []]
    assert document["former"] == [[3, "鲁阳镇人民政府"]]
    assert document["printed"] == [[6, "尚店乡人民政府"]]
    assert document["pages"] == list(PAGE_KINDS)


def test_the_same_offices_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    write_names(catalog_of(OFFICES, REPORTS), tmp_path / "a")
    write_names(catalog_of(OFFICES[::-1], REPORTS[::-1]), tmp_path / "b")
    assert (tmp_path / "a" / NAMES_FILE).read_bytes() == (tmp_path / "b" / NAMES_FILE).read_bytes()


def test_an_empty_collection_has_a_file_too() -> None:
    document = names_document(catalog_of(()))
    assert (document["offices"]["name"], document["initials"], document["coverage"]) == ([], {}, [])


def test_pages_can_be_chosen_by_region_kind_and_the_years_of_their_reports() -> None:
    facets = page_facets(catalog_of(OFFICES, REPORTS))
    assert facets["offices/410481100/"] == {
        "region": ["410000", "410400", "410481"],
        "kind": ["乡镇人民政府"],
        "year": ["2022"],
    }
    assert facets["offices/410481100/2021/"] == {**facets["offices/410481100/"], "year": ["2021"]}
    assert facets["offices/410400-jyj/"] == {"region": ["410000", "410400"], "kind": ["政府部门"]}
    assert facets["regions/410481/"] == {"region": ["410000", "410400", "410481"]}


READINGS = {
    "several readings stand at all their letters": ("长安镇长", {"a": "安", "c": "长", "z": "长镇"}),
    "重庆 is found by cq": ("重庆", {"c": "重", "q": "庆", "t": "重", "z": "重"}),
    "厦门 by xm": ("厦门", {"m": "门", "s": "厦", "x": "厦"}),
    "六安 by la": ("六安", {"a": "安", "l": "六"}),
    "尉氏 by ys, which a dictionary of words gets wrong": (
        "尉氏",
        {"j": "氏", "s": "氏", "w": "尉", "y": "尉", "z": "氏"},
    ),
    "吕 by l": ("吕", {"l": "吕"}),
    "what has no reading": ("（A2）𠮷", {}),
}


@pytest.mark.parametrize(("name", "letters"), READINGS.values(), ids=READINGS)
def test_a_character_may_be_typed_by_the_initial_of_any_of_its_readings(name: str, letters: dict[str, str]) -> None:
    assert {letter: text for letter, text in initials([name]).items() if text} == {
        letter: "".join(sorted(text)) for letter, text in letters.items()
    }


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory, browser: Browser, document: dict[str, object]) -> Iterator[Page]:
    """A page with ``find(query, choice)`` → what is found, each as [name, place, other name]."""
    folder = tmp_path_factory.mktemp("scripts")
    for script in ASSETS.glob("search-*.js"):
        shutil.copy(script, folder)
    (folder / "index.html").write_text("<!doctype html><title>t</title>", encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.evaluate(
            """async (document) => {
              const { arranged, findNames } = await import("./search-names.js");
              window.data = arranged(document);
              const told = ({ entry: { name, path }, other }) =>
                [name, path.at(-1)?.code ?? "", other ? `${other.said}：${other.name}` : ""];
              window.find = (query, choice) => findNames(data, query, choice).map(told);
            }""",
            document,
        )
        yield page
        page.close()
        server.shutdown()


def _found(scripts: Page, query: str, **choice: str) -> list[str]:
    """What is found: ``name@code of its region``, and the other name it was found by."""
    found = scripts.evaluate("([query, choice]) => find(query, choice)", [query, choice])
    return [f"{name}@{code}{f' {other}' if other else ''}" for name, code, other in found]


SHANDIAN = ["尚店镇人民政府@371581", "尚店镇人民政府@410481"]
IN_WUGANG = ["尚店镇人民政府@410481"]
QUERIES = {
    "a whole name": ("尚店镇人民政府", SHANDIAN),
    "the beginning of a name": ("尚店", SHANDIAN),
    "one character that begins a name": ("汇", ["汇源街道办事处@410423"]),
    "one character inside names": ("店", []),
    "the middle of a name": ("源街", ["汇源街道办事处@410423"]),
    "a region and a name": ("舞钢尚店", IN_WUGANG),
    "several regions and a name": ("河南平顶山市舞钢尚店镇", IN_WUGANG),
    "a region and a name apart": ("舞钢 尚店", IN_WUGANG),
    "the other way round": ("尚店 舞钢", IN_WUGANG),
    "another punctuation": ("尚店镇（舞钢市）", IN_WUGANG),
    "a region alone": ("鲁山", ["鲁山县@410423"]),
    "a region before the offices named after it": (
        "舞钢市",
        ["舞钢市@410481", "舞钢市人民政府@410481", "舞钢市教育局@410481"],
    ),
    "the closest first": ("教育局", ["平顶山市教育局@410400", "舞钢市教育局@410481"]),
    "a department without its own region": ("舞钢教育局", ["舞钢市教育局@410481"]),
    "initials of a name": ("sdz", SHANDIAN),
    "initials in capitals": ("SDZ", SHANDIAN),
    "full-width initials": ("ｓｄｚ", SHANDIAN),
    "initials of region and name": ("wgsd", IN_WUGANG),
    "initials apart": ("wg sd", IN_WUGANG),
    "initials of a name behind its own region": ("jyj", ["平顶山市教育局@410400", "舞钢市教育局@410481"]),
    "initials of a region": ("lqs", ["临清市@371581"]),
    "a region and one character": ("临清尚", ["尚店镇人民政府@371581"]),
    "initials and characters": ("舞钢sdz", IN_WUGANG),
    "both readings of 长, one": ("clj", ["长乐街道办事处@500115"]),
    "both readings of 长, the other": ("zlj", ["长乐街道办事处@500115"]),
    "重庆": ("cqs", ["重庆市@500000", "重庆市@500100"]),
    "one letter": ("s", []),
    "letters inside names": ("zrmzf", []),
    "a former name": ("鲁阳镇", ["汇源街道办事处@410423 曾用名：鲁阳镇人民政府"]),
    "initials of a former name": ("lyz", ["汇源街道办事处@410423 曾用名：鲁阳镇人民政府"]),
    "a printed name": ("尚店乡", ["尚店镇人民政府@410481 报告中的写法：尚店乡人民政府"]),
    "a code of an office": ("410481-jyj", ["舞钢市教育局@410481"]),
    "a code of a region and its government": ("410481", ["舞钢市@410481", "舞钢市人民政府@410481"]),
    "an office of no region": ("样例委", ["样例委员会@"]),
    "a region and a name that it does not have": ("临清 汇源", []),
    "a name of nobody": ("鬯彝", []),
    "punctuation": ("？！", []),
    "markup": ("<b>尚店</b>", []),
    "a hundred characters": ("尚" * 100, []),
}


@pytest.mark.browser
@pytest.mark.parametrize(("query", "found"), QUERIES.values(), ids=QUERIES)
def test_names_are_found_closest_first_then_in_the_order_of_places(scripts: Page, query: str, found: list[str]) -> None:
    assert _found(scripts, query) == found


CHOICES = {
    "a province": ("尚店", {"region": "370000"}, ["尚店镇人民政府@371581"]),
    "a year": ("尚店", {"year": "2021"}, IN_WUGANG),
    "a kind": ("舞钢", {"kind": "政府部门"}, ["舞钢市教育局@410481"]),
    "regions only": ("舞钢", {"page": "地区"}, ["舞钢市@410481"]),
    "offices only": ("舞钢", {"page": "机关"}, ["舞钢市人民政府@410481", "舞钢市教育局@410481"]),
    "rules only": ("舞钢", {"page": "规则"}, []),
    "a region inside another": ("鲁山", {"region": "410400"}, ["鲁山县@410423"]),
    "no query: the offices that fit": (
        "",
        {"region": "410481"},
        ["舞钢市人民政府@410481", "舞钢市教育局@410481", *IN_WUGANG],
    ),
    "no query, a year and a kind": ("", {"year": "2022", "kind": "乡镇人民政府"}, SHANDIAN),
}


@pytest.mark.browser
@pytest.mark.parametrize(("query", "choice", "found"), CHOICES.values(), ids=CHOICES)
def test_a_choice_leaves_the_names_that_fit(
    scripts: Page, query: str, choice: dict[str, str], found: list[str]
) -> None:
    assert sorted(_found(scripts, query, **choice)) == sorted(found)


@pytest.mark.browser
def test_what_is_read_back_is_what_was_written(scripts: Page) -> None:
    read = scripts.evaluate("data.offices.map(({ id, years, kind, page }) => [id, years, kind, page])")
    catalog = catalog_of(OFFICES, REPORTS)
    years: dict[str, list[int]] = {"410481100": [2022, 2021], "371581100": [2022]}
    assert read == [[one.id, years.get(one.id, []), one.kind, f"offices/{one.id}/"] for one in catalog.offices]


@pytest.mark.browser
def test_a_query_among_five_thousand_offices_takes_a_moment(scripts: Page) -> None:
    """About 20 ms by itself; the limit is for what would grow faster than the number of offices."""
    chance = Random(5)  # noqa: S311 the same names every time
    regions = (HENAN, PINGDINGSHAN, WUGANG)
    letters = "尚店汇源长安乐平金乡盐州路刘阁河湖山泉新"
    offices: list[Office] = [
        make_office(f"410481{number:05d}", "".join(chance.sample(letters, 3)) + "镇人民政府", regions=regions)
        for number in range(5000)
    ]
    document = json.loads(json.dumps(names_document(catalog_of(offices))))
    taken = scripts.evaluate(
        """async (document) => {
          const { arranged, findNames } = await import("./search-names.js");
          const data = arranged(document);
          const queries = ["sd", "wgsd", "舞钢尚店", "尚 店", "河南平顶山舞钢市长", "z".repeat(100), "镇"];
          const took = (query) => {
            const start = performance.now();
            findNames(data, query, {});
            return performance.now() - start;
          };
          return Math.max(...queries.map((query) => Math.min(took(query), took(query), took(query))));
        }""",
        document,
    )
    assert taken < 1000
