"""What is looked for to measure a search, and the table of what it took."""

from __future__ import annotations

from pathlib import Path

import pytest
from disclosure.bench.search import INSIDE, NAME, TERM, Query, Weighed, lines, queries
from disclosure.errors import DisclosureError
from disclosure.search import Copies

TEXT = "公开渠道仍需拓宽下一步稳步推进"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    facets = {f"offices/{code}001/": {"region": [f"{code[:2]}0000", code]} for code in ("410422", "640323")}
    copies = Copies(tmp_path / "copies", facets)
    for address in facets:
        copies.add(f"{address}index.html", f"<article><h1>甲镇 年报</h1><p>{TEXT}</p></article>")
    copies.index(tmp_path / "site")
    return tmp_path / "site"


def test_what_is_looked_for_stands_on_the_site_and_is_the_same_each_time(site: Path) -> None:
    pairs = list(queries(site, 5))
    assert list(queries(site, 5)) == pairs
    assert [pair[0].kind for pair in pairs] == [TERM] * 10 + [INSIDE] * 10 + [NAME] * 10
    assert {query.province for pair in pairs[:5] for query in pair} == {""}
    assert {query.province for pair in pairs[5:10] for query in pair} <= {"410000", "640000"}
    pieces = {query.words for pair in pairs[10:20] for query in pair}
    assert all(piece in TEXT[1:-1] and 2 <= len(piece) <= 6 for piece in pieces)
    assert {query.words for pair in pairs[20:] for query in pair} == {"甲镇"}


@pytest.mark.parametrize("file", ["index.html", "offices/x/index.html"])
def test_a_site_without_an_office_of_a_province_says_so(tmp_path: Path, file: str) -> None:
    copies = Copies(tmp_path / "copies", {})
    copies.add(file, "<article><h1>甲局</h1></article>")
    copies.index(tmp_path / "site")
    with pytest.raises(DisclosureError, match="没有属于哪个省的机关"):
        list(queries(tmp_path / "site", 1))


def test_the_table_has_the_median_and_the_range() -> None:
    weighed = [
        Weighed(Query(kind, "", province), first, first // 2)
        for kind in (TERM, INSIDE, NAME)
        for province in ("", "410000")
        for first in (10_000, 40_000, 20_000)
    ]
    head, _, first, *others = lines(weighed)
    assert head == "| KB, median (range) | first query | further query |"
    assert first == "| a term of the form, everywhere | 20 (10–40) | 10 (5–20) |"
    assert others[0].startswith("| a term of the form, in a province |")
    assert len(others) == 5
