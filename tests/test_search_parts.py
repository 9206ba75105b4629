"""The parts of the search index: what stands where, which pages go together, and what is kept between builds."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from disclosure.errors import DisclosureError
from disclosure.keeping import Kept
from disclosure.search import Copies, copies, index_site, kept
from disclosure.search.kept import KeptParts
from disclosure.search.keys import key_files, places_of, shelf, units_of
from disclosure.search.parts import Copy, part_of, parted
from disclosure.workshop import faults

SIGNS = [*"公开申请信息镇、，。 12aé々𠮷㐀豈カ"]
COUNTIES = ("110101", "410422", "410423", "410481", "411702", "640323")


def read_keys(content: bytes) -> dict[str, list[int]]:
    """The places in a file of keys, read by its description and not by our code."""
    text, _, numbers = zlib.decompress(content).partition(b"\n")
    groups = text.decode().split(" ")
    keys = [key for one in groups for key in _keys_of(one)]
    read = _numbers(numbers)
    counts = [next(read) for _ in keys]
    found: dict[str, list[int]] = {}
    for key, count in zip(keys, counts, strict=True):
        place, found[key] = 0, []
        for _ in range(count):
            place += next(read)
            found[key].append(place)
    assert next(read, None) is None
    return found


def _keys_of(group: str) -> list[str]:
    one, two, *thirds = (*re.findall("#[^;]*;|.", group), "")
    return [one + two + third for third in thirds if third] or [group]


def _numbers(content: bytes) -> Iterator[int]:
    value = bits = 0
    for byte in content:
        value, bits = value | (byte & 0x7F) << bits, bits + 7
        if byte < 0x80:
            yield value
            value = bits = 0
    assert bits == 0


def _order(key: str) -> bytes:
    return key.encode("utf-16-be")


def _texts(seed: int, many: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 the same texts in every run
    return ["".join(chance.choices(SIGNS, k=chance.randint(0, 40))) for _ in range(many)]


def test_a_file_of_keys_holds_every_place_of_every_key_in_the_order_of_scripts() -> None:
    places = {key: list(found) for key, found in places_of(units_of(_texts(1, 300))).items()}
    files = list(key_files(places))
    read = [read_keys(file.content) for file in files]
    assert {key: found for one in read for key, found in one.items()} == places
    for file, keys, before in zip(files, read, [{"": [0]}, *read], strict=False):
        assert next(iter(keys)).startswith(file.first)
        assert _order(max(before, key=_order)) < _order(file.first)
    order = [key for one in read for key in one]
    assert order == sorted(order, key=_order)


@pytest.mark.parametrize("place", [0, 127, 128, 16_383, 16_384, 2**21, 2**28 - 1, 2**28, 2**32 - 1])
def test_places_of_any_size_are_kept(place: int) -> None:
    (file,) = key_files({"公开_": [0, place] if place else [0]})
    assert read_keys(file.content)["公开_"][-1] == place


def test_files_of_keys_stay_small_but_for_what_a_single_key_has() -> None:
    places = {chr(0x4E00 + at) + "开_": list(range(at, 200_000, 2000)) for at in range(500)}
    every = key_files(places | {"公开_": list(range(100_000))})
    *sizes, largest = sorted(len(zlib.decompress(file.content)) for file in every)
    assert largest > 100_000
    assert max(sizes) < 4_000
    assert 30 < len(sizes) < 80


def test_no_keys_make_no_file() -> None:
    assert list(key_files({})) == []


PARTED = {
    "nothing": ({}, []),
    "little is one part": ({"110101": 40, "410422": 60}, [("110101", "410422")]),
    "much is parted by the first digits": (
        {"110101": 40, "130102": 50, "410422": 60},
        [("110101", "130102"), ("410422",)],
    ),
    "and where that is too much, by the next": (
        {"410100": 60, "410400": 10, "410422": 50, "410481": 40, "411702": 50},
        [("410100",), ("410400", "410422", "410481"), ("411702",)],
    ),
    "one place is never parted": ({"410422": 1000, "410423": 10}, [("410422",), ("410423",)]),
}


@pytest.mark.parametrize(("sizes", "wanted"), PARTED.values(), ids=PARTED)
def test_places_go_together(sizes: dict[str, int], wanted: list[tuple[str, ...]]) -> None:
    assert list(parted(sizes, 100)) == wanted


def test_an_office_more_changes_the_part_of_its_place_alone() -> None:
    chance = random.Random(3)  # noqa: S311 the same sizes in every run
    sizes = {f"{chance.randrange(110000, 660000)}": chance.randint(1, 40) for _ in range(300)}
    before = set(parted(sizes, 100))
    for code in list(sizes)[:50]:
        after = set(parted({**sizes, code: sizes[code] + 1}, 100))
        assert all(any(code.startswith(one[:1]) for one in part) for part in before ^ after)
        assert len(before - after) <= 1  # one too large now, or none


def _copies() -> list[Copy]:
    chance = random.Random(5)  # noqa: S311 the same pages in every run
    return [
        Copy(chance.randrange(3), f"a/{at}/", title, tuple(("", one) for one in _texts(at, 5)), {"page": ["其他"]})
        for at, title in enumerate(_texts(6, 40))
    ]


def test_the_same_pages_are_the_same_part_in_any_order() -> None:
    pages = _copies()
    part = part_of(pages)
    assert part_of(pages[::-1]) == part
    assert part_of(pages[1:]).digest != part.digest


def test_a_part_says_where_its_pages_begin_and_what_they_are() -> None:
    pages = [
        Copy(1, "terms/", "术语", (("a", "公开"),), {"page": ["术语"]}),
        Copy(0, "offices/1/", "甲镇", (), {"page": ["机关"], "region": ["41", "4101"]}),
    ]
    part = part_of(pages)
    head = json.loads(zlib.decompress(part.files["head.bin"]))
    assert head == {
        "lengths": [4, 8],
        "titles": [4, 4],
        "order": [0, 1],
        "choices": [{"page": ["术语"]}, {"page": ["机关"], "region": ["41", "4101"]}],
        "choice": [1, 0],
        "keys": ["公"],
    }
    assert (part.pages, part.facets) == (2, {"page": ["术语", "机关"], "region": ["41", "4101"]})
    (keys,) = (read_keys(content) for path, content in part.files.items() if path.startswith("keys/"))
    assert keys == {"公开": [8], "开": [9], "术语": [4], "甲镇": [0], "语": [5], "镇": [1]}
    assert json.loads(zlib.decompress(part.files["pages/1.bin"])) == ["terms/", "术语", [["a", "公开"]]]


def _site(root: Path, *, changed: str = "") -> Path:
    """A site of some counties, with a page of each and one for all."""
    site = root / "site"
    pages = {f"offices/{code}001/": f"机关{code}公开{'改' if code == changed else ''}" for code in COUNTIES}
    for address, text in {**pages, "about/": "公开说明"}.items():
        (site / address).mkdir(parents=True, exist_ok=True)
        html = f"<article><h1>{address}</h1><p>{text}</p></article>"
        (site / address / "index.html").write_text(html, encoding="utf-8")
    return site


FACETS = {f"offices/{code}001/": {"region": [f"{code[:2]}0000", code]} for code in COUNTIES}


def _index(site: Path, folder: Path, cache: KeptParts | None = None) -> dict[str, str]:
    """Index the site in parts of a county each; the digests of what was written."""
    copied = Copies(folder, FACETS, largest=1)
    copied.add_all(site)
    copied.index(site, cache)
    found = (file for file in (site / "search").rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in found}


def _entries(root: Path) -> list[Path]:
    return [path for path in (root / "cache").rglob("*") if path.is_file()]


def _parts(site: Path) -> dict[str, Sequence[str]]:
    listed = json.loads((site / "search" / "texts.json").read_text(encoding="utf-8"))
    return {part["at"]: part["facets"].get("region", []) for part in listed["parts"]}


def test_the_table_of_all_keys_has_exactly_the_parts_that_hold_each(tmp_path: Path) -> None:
    site = _site(tmp_path)
    _index(site, tmp_path / "copies")
    listed = json.loads((site / "search" / "texts.json").read_text(encoding="utf-8"))
    wanted = defaultdict(list)
    for number, part in enumerate(listed["parts"]):
        for file in sorted((site / "search" / "texts" / part["at"] / "keys").iterdir()):
            for key in read_keys(file.read_bytes()):
                wanted[key].append(number)
    found = {}
    for file in (site / "search" / "texts" / listed["table"] / "keys").iterdir():
        found |= read_keys(file.read_bytes())
    assert found == wanted
    assert len(listed["parts"]) == len(COUNTIES) + 1
    assert found["公开"] == list(range(1, len(COUNTIES) + 1))
    assert found["公开说"] == [0]
    assert found["关#410422;公"] == [2]


def test_keys_of_a_higher_shelf_stand_behind_all_of_a_lower() -> None:
    order = sorted({key for text in _texts(7, 100) for key in places_of(units_of([text]))}, key=_order)
    assert [shelf(key) for key in order] == sorted(shelf(key) for key in order)
    assert len({shelf(key) for key in order}) > 5


def test_few_parts_need_no_table(tmp_path: Path) -> None:
    index_site(_site(tmp_path))
    assert "table" not in json.loads((tmp_path / "site/search/texts.json").read_text(encoding="utf-8"))


def test_only_parts_whose_pages_changed_are_made_again_and_nothing_else_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    monkeypatch.setattr(copies, "part_of", lambda pages: made.append(len(pages)) or part_of(pages))
    cache = KeptParts(Kept(tmp_path / "cache"))
    first = _index(_site(tmp_path), tmp_path / "1", cache)
    assert len(made) == len(COUNTIES) + 1
    made.clear()
    assert _index(_site(tmp_path), tmp_path / "2", cache) == first
    assert made == []
    before = _parts(tmp_path / "site")
    changed = _index(_site(tmp_path, changed="410481"), tmp_path / "3", cache)
    assert made == [1]
    after = _parts(tmp_path / "site")
    assert [regions for part, regions in before.items() if part not in after] == [["410000", "410481"]]
    assert changed == _index(_site(tmp_path, changed="410481"), tmp_path / "4")


@pytest.mark.parametrize("left", [0, 1, 40, -1])
def test_a_kept_part_that_breaks_off_is_made_again(tmp_path: Path, left: int) -> None:
    cache = KeptParts(Kept(tmp_path / "cache"))
    first = _index(_site(tmp_path), tmp_path / "1", cache)
    for file in _entries(tmp_path):
        file.write_bytes(file.read_bytes()[:left])
    assert _index(_site(tmp_path), tmp_path / "2", cache) == first
    assert all(len(file.read_bytes()) > 100 for file in _entries(tmp_path))


def test_a_kept_part_that_is_whole_but_of_something_else_is_made_again(tmp_path: Path) -> None:
    cache = KeptParts(Kept(tmp_path / "cache"))
    first = _index(_site(tmp_path), tmp_path / "1", cache)
    for file in _entries(tmp_path):
        body = zlib.compress(b"\x80")
        file.write_bytes(hashlib.sha256(body).digest() + body)
    assert _index(_site(tmp_path), tmp_path / "2", cache) == first


def test_what_makes_parts_is_a_part_of_what_they_depend_on(monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept.key_of(b"pages")
    monkeypatch.setattr(kept, "_version", lambda: "another")
    assert kept.key_of(b"pages") != before
    monkeypatch.undo()
    assert kept.key_of(b"page s") != before


def test_a_folder_that_nothing_can_be_kept_in_costs_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("no folder", encoding="utf-8")
    assert _index(_site(tmp_path), tmp_path / "1", KeptParts(Kept(tmp_path / "cache"))) == _index(
        _site(tmp_path), tmp_path / "2"
    )


def test_an_office_of_no_place_is_among_the_pages_for_all(tmp_path: Path) -> None:
    copied = Copies(tmp_path / "copies", {"offices/x/": {"region": [], "kind": ["政府部门"]}})
    copied.add("offices/x/index.html", "<article><h1>甲局</h1></article>")
    copied.index(tmp_path / "site")
    (part,) = json.loads((tmp_path / "site/search/texts.json").read_text(encoding="utf-8"))["parts"]
    assert part["facets"] == {"kind": ["政府部门"], "page": ["机关"], "region": []}


def test_several_processes_write_what_one_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = _index(_site(tmp_path), tmp_path / "1")
    monkeypatch.setattr(copies, "_SMALL", 0)
    monkeypatch.setattr(copies, "processes_here", lambda: 2)
    assert _index(_site(tmp_path), tmp_path / "2") == one


def test_pages_copied_by_several_processes_are_one_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _index(_site(tmp_path), tmp_path / "1")
    site = _site(tmp_path)
    copied = Copies(tmp_path / "2", FACETS, largest=1)
    for number, page in enumerate(sorted(site.rglob("index.html"))):
        monkeypatch.setattr(os, "getpid", lambda number=number: number % 3)
        copied.add(page.relative_to(site).as_posix(), page.read_text(encoding="utf-8"))
    copied.index(site)
    assert _parts(site).keys() == {name.split("/")[2] for name in first if "pages" in name}


def test_a_site_without_anything_to_find_says_so(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>no article</p>", encoding="utf-8")
    with pytest.raises(DisclosureError, match="搜索索引没有建成"):
        index_site(tmp_path)


def test_a_page_of_signs_alone_has_no_keys(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<article><h1>！</h1><p>……</p></article>", encoding="utf-8")
    index_site(tmp_path)
    (part,) = _parts(tmp_path)
    assert sorted(one.name for one in (tmp_path / "search/texts" / part).iterdir()) == ["head.bin", "pages"]


def test_a_folder_that_cannot_be_written_to_is_told_as_what_it_is(tmp_path: Path) -> None:
    site = _site(tmp_path)
    (site / "search").write_text("a file where the folder has to be", encoding="utf-8")
    with pytest.raises(OSError, match="search") as raised:
        index_site(site)
    assert "search" in faults.sentence(raised.value)
