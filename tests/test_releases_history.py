"""The record that goes from release to release, and its feed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from disclosure.export.release import SCHEMA_VERSION
from disclosure.releases import feed as feed_module
from disclosure.releases.changes import COUNTS, Changes
from disclosure.releases.feed import MOST_SENTENCES, atom_feed
from disclosure.releases.files import ReleaseUnusableError
from disclosure.releases.history import Entry, History, extend
from disclosure.releases.load import load_release
from disclosure.releases.words import FIRST_RELEASE, NOTHING_CHANGED
from made_releases import LATER, LATEST, SHANGDIAN, VERSION, Made, later, made, write_csv, write_parquet, zipped

RECEIVED = "requests.received.total"
NONE = dict.fromkeys(COUNTS, 0)
LATER_URL, LATEST_URL = "changes/1.0.0_20260201.bbbbbbbb.json", "changes/1.0.0_20260301.cccccccc.json"
ATOM, XHTML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}"


def publish(release: Made, folder: Path, previous: Path | None = None) -> tuple[Path, History]:
    """Write a release with its record into a folder, as a build does."""
    write_parquet(release, folder)
    history = extend(previous, load_release(folder))
    for name, content in history.files().items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return folder, history


def corrected(version: str = LATER, data_date: str = "2026-02-01", value: int = 5) -> Made:
    release = later(version, data_date)
    release.figure(SHANGDIAN, 2021, RECEIVED)["value"] = value
    return release


def three(tmp_path: Path) -> History:
    """The record after a first release, a correction of it, and one with a report more."""
    first, _ = publish(made(), tmp_path / "1")
    second, _ = publish(corrected(), tmp_path / "2", first)
    third = corrected(LATEST, "2026-03-01")
    third.add_report(SHANGDIAN, 2023)
    return publish(third, tmp_path / "3", second)[1]


def test_the_first_release_starts_the_record(tmp_path: Path) -> None:
    _, history = publish(made(), tmp_path / "1")
    assert history.releases == (Entry(VERSION, "2026-01-01", None, {}, None),)
    assert history.latest_changes is None
    assert json.loads(history.files()["changes.json"]) == {
        "schema_version": SCHEMA_VERSION,
        "releases": [
            {"version": VERSION, "data_date": "2026-01-01", "previous": None, "counts": {}, "changes_url": None}
        ],
    }
    assert list(history.files()) == ["changes.json"]


def test_the_record_grows_by_one_entry_with_each_release(tmp_path: Path) -> None:
    history = three(tmp_path)
    assert history.releases == (
        Entry(LATEST, "2026-03-01", LATER, {**NONE, "reports_added": 1}, LATEST_URL),
        Entry(LATER, "2026-02-01", VERSION, {**NONE, "figures_reader": 1}, LATER_URL),
        Entry(VERSION, "2026-01-01", None, {}, None),
    )
    assert list(history.files()) == ["changes.json", LATEST_URL, LATER_URL]


def test_what_an_older_release_published_is_carried_over_byte_by_byte(tmp_path: Path) -> None:
    history = three(tmp_path)
    assert history.files()[LATER_URL] == (tmp_path / "2" / LATER_URL).read_bytes()
    before = json.loads((tmp_path / "2" / "changes.json").read_bytes())["releases"]
    assert json.loads(history.files()["changes.json"])["releases"][1:] == before


def test_the_document_of_a_release_says_what_it_compares_and_what_changed(tmp_path: Path) -> None:
    document = json.loads(three(tmp_path).files()[LATER_URL])
    head = {name: document[name] for name in ("schema_version", "version", "data_date", "previous", "counts")}
    assert head == {
        "schema_version": SCHEMA_VERSION, "version": LATER, "data_date": "2026-02-01", "previous": VERSION,
        "counts": {**NONE, "figures_reader": 1},
    }  # fmt: skip
    assert document["figures"] == [
        {
            "office": SHANGDIAN, "year": 2021, "name": "舞钢市尚店镇人民政府", "table": "requests", "row": "received",
            "column": "total", "old": {"value": 3, "status": "printed"}, "new": {"value": 5, "status": "printed"},
            "cause": "reader",
        }
    ]  # fmt: skip
    assert [document[name] for name in ("offices", "reports", "findings")] == [[], [], []]


def test_the_same_version_again_leaves_the_record_as_it_is(tmp_path: Path) -> None:
    history = three(tmp_path)
    again = extend(tmp_path / "3", load_release(tmp_path / "3"))
    assert again.files() == history.files()
    assert again.latest_changes == history.latest_changes != Changes()


def test_the_same_releases_give_the_same_bytes(tmp_path: Path) -> None:
    assert three(tmp_path / "a").files() == three(tmp_path / "b").files()


def test_a_release_in_which_nothing_changed_is_recorded_too(tmp_path: Path) -> None:
    first, _ = publish(made(), tmp_path / "1")
    _, history = publish(later(), tmp_path / "2", first)
    assert history.releases[0] == Entry(LATER, "2026-02-01", VERSION, NONE, LATER_URL)
    assert history.latest_changes == Changes()


def test_a_release_that_has_no_record_starts_it(tmp_path: Path) -> None:
    old = write_csv(made(), tmp_path / "1")
    _, history = publish(corrected(), tmp_path / "2", old)
    assert [(entry.version, entry.previous) for entry in history.releases] == [(LATER, VERSION), (VERSION, None)]
    assert extend(old, load_release(old)).releases == (Entry(VERSION, "2026-01-01", None, {}, None),)


def test_the_release_before_may_be_an_archive(tmp_path: Path) -> None:
    history = three(tmp_path)
    archive = zipped(tmp_path / "2", tmp_path / "2.zip", "site/data/v1/")
    assert extend(archive, load_release(tmp_path / "3")).files() == history.files()


def test_going_back_to_an_older_state_gets_an_entry_of_its_own(tmp_path: Path) -> None:
    three(tmp_path)
    fourth, _ = publish(made(), tmp_path / "4", tmp_path / "3")
    _, history = publish(corrected(), tmp_path / "5", fourth)
    assert [entry.changes_url for entry in history.releases] == [
        "changes/1.0.0_20260201.bbbbbbbb_2.json", "changes/1.0.0_20260101.aaaaaaaa_2.json", LATEST_URL, LATER_URL, None,
    ]  # fmt: skip
    assert len({entry.anchor for entry in history.releases}) == 5
    assert history.files()[LATER_URL] == (tmp_path / "2" / LATER_URL).read_bytes()


def edited(**changed: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    return lambda record: {**record, "releases": [{**record["releases"][0], **changed}, *record["releases"][1:]]}


RECORDS = {
    "no object": lambda _: [],
    "no releases": lambda _: {"schema_version": "1.0.0"},
    "empty": lambda record: {**record, "releases": []},
    "of another release": edited(version="1.0.0+20260105.dddddddd"),
    "a link missing": lambda record: {**record, "releases": record["releases"][:1]},
    "an address that climbs out": edited(changes_url="changes/../../figures.json"),
    "an address elsewhere": edited(changes_url="http://example.org/x.json"),
    "a date that is none": edited(data_date="yesterday"),
    "a count that is none": edited(counts={"reports_added": "many"}),
    "a version that is a path": edited(version="../x"),
}


@pytest.mark.parametrize("change", RECORDS.values(), ids=RECORDS)
def test_a_corrupt_record_is_refused(tmp_path: Path, change: Any) -> None:  # noqa: ANN401 - a function of JSON
    three(tmp_path)
    path = tmp_path / "2" / "changes.json"
    path.write_text(json.dumps(change(json.loads(path.read_text()))))
    with pytest.raises(ReleaseUnusableError) as raised:
        extend(tmp_path / "2", load_release(tmp_path / "3"))
    assert str(raised.value) == (
        f"“{tmp_path / '2'}”不能用作一次发布：里面的 changes.json 已损坏，或者与 datapackage.json 不符。"
        "请重新下载或重新生成。"
    )


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000])
def test_a_record_that_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    folder, _ = publish(made(), tmp_path / "1")
    (folder / "changes.json").write_bytes(content)
    with pytest.raises(ReleaseUnusableError, match=r"里面的 changes\.json 已损坏"):
        extend(folder, load_release(write_parquet(later(), tmp_path / "2")))


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"figures": [{"office": "1"}]}'])
def test_a_missing_or_broken_document_of_changes_is_named(tmp_path: Path, content: bytes | None) -> None:
    three(tmp_path)
    path = tmp_path / "2" / LATER_URL
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(ReleaseUnusableError) as raised:
        extend(tmp_path / "2", load_release(tmp_path / "3"))
    assert f"：changes.json 提到的 {LATER_URL} 不在，或者已损坏。" in str(raised.value)


def children(element: ET.Element, name: str) -> list[ET.Element]:
    return element.findall(f"{ATOM}{name}")


def text(element: ET.Element, name: str) -> str:
    (found,) = children(element, name)
    return found.text or ""


def read_feed(content: bytes) -> ET.Element:
    """The feed with what RFC 4287 demands of it checked: elements that must stand once, and addresses that differ."""
    root = ET.fromstring(content)  # noqa: S314 - our own
    assert root.tag == f"{ATOM}feed"
    assert len(children(root, "author")) == 1
    assert children(root, "author")[0].find(f"{ATOM}name") is not None
    for element in (root, *children(root, "entry")):
        for name in ("id", "title", "updated"):
            assert text(element, name), name
        relations = [(link.get("rel"), link.get("type")) for link in children(element, "link")]
        assert len(set(relations)) == len(relations)
    ids = [text(element, "id") for element in (root, *children(root, "entry"))]
    assert len(set(ids)) == len(ids)
    return root


def links(element: ET.Element) -> dict[str | None, str | None]:
    return {link.get("rel"): link.get("href") for link in children(element, "link")}


def test_the_feed_tells_the_releases_newest_first(tmp_path: Path) -> None:
    root = read_feed(atom_feed(three(tmp_path), "https://example.org/portal"))
    assert text(root, "id") == links(root)["self"] == "https://example.org/portal/data/v1/changes.atom"
    assert text(root, "updated") == "2026-03-01T00:00:00Z"
    entries = children(root, "entry")
    assert [text(entry, "updated") for entry in entries] == [
        "2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z",
    ]  # fmt: skip
    assert [text(entry, "summary") for entry in entries] == [
        "新收录报告 1 份。", "本站的读法改了而更正的数字 1 个。", FIRST_RELEASE,
    ]  # fmt: skip
    assert text(entries[1], "id") == "https://example.org/portal/data/changes/#v-1.0.0_20260201.bbbbbbbb"
    assert links(entries[1]) == {
        "alternate": "https://example.org/portal/data/changes/#v-1.0.0_20260201.bbbbbbbb",
        "related": f"https://example.org/portal/data/v1/{LATER_URL}",
    }
    assert list(links(entries[2])) == ["alternate"]
    told = [item.text for item in entries[1].iter(f"{XHTML}li")]
    assert told == ["舞钢市尚店镇人民政府 2021 年报告，本年新收、总计：3 → 5（本站的读法改了）"]


def test_without_an_address_identifiers_are_tags_and_links_are_relative(tmp_path: Path) -> None:
    root = read_feed(atom_feed(three(tmp_path)))
    assert text(root, "id") == "tag:sunshine-reports,2021:changes"
    assert text(children(root, "entry")[0], "id") == "tag:sunshine-reports,2021:changes/1.0.0_20260301.cccccccc"
    assert links(root) == {"self": "../../data/v1/changes.atom", "alternate": "../../data/changes/"}


def test_an_address_with_or_without_its_slash_gives_the_same_feed(tmp_path: Path) -> None:
    history = three(tmp_path)
    assert atom_feed(history, "https://example.org") == atom_feed(history, "https://example.org/")


@pytest.mark.parametrize(("corrections", "more"), [(MOST_SENTENCES, 0), (MOST_SENTENCES + 1, 1)])
def test_an_entry_tells_so_many_changes_and_says_that_there_are_more(
    tmp_path: Path, corrections: int, more: int
) -> None:
    release = later()
    for number in range(corrections):
        release.add_finding(SHANGDIAN, 2022, f"第 {number:03} 条。")
    first, _ = publish(made(), tmp_path / "1")
    _, history = publish(release, tmp_path / "2", first)
    entry = children(read_feed(atom_feed(history)), "entry")[0]
    assert len(list(entry.iter(f"{XHTML}li"))) == MOST_SENTENCES
    assert len(list(entry.iter(f"{XHTML}p"))) == 1 + more


def test_characters_that_xml_forbids_do_not_break_the_feed(tmp_path: Path) -> None:
    release = later()
    release.add_finding(SHANGDIAN, 2022, "a\x00\x02<b>&\x1b\ufffe]]>")
    first, _ = publish(made(), tmp_path / "1")
    _, history = publish(release, tmp_path / "2", first)
    (told,) = [item.text or "" for item in read_feed(atom_feed(history)).iter(f"{XHTML}li")]
    assert told.endswith("：a␀␂<b>&␛\ufffd]]>")


def test_a_release_without_changes_says_so_in_the_feed(tmp_path: Path) -> None:
    first, _ = publish(made(), tmp_path / "1")
    _, history = publish(later(), tmp_path / "2", first)
    entry = children(read_feed(atom_feed(history)), "entry")[0]
    assert text(entry, "summary") == NOTHING_CHANGED
    assert list(entry.iter(f"{XHTML}li")) == []


def test_the_feed_does_not_go_back_in_time_with_the_data(tmp_path: Path) -> None:
    three(tmp_path)
    _, history = publish(made(), tmp_path / "4", tmp_path / "3")
    root = read_feed(atom_feed(history))
    assert text(children(root, "entry")[0], "updated") == "2026-01-01T00:00:00Z"
    assert text(root, "updated") == "2026-03-01T00:00:00Z"


def test_the_feed_tells_only_the_newest_releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_module, "MOST_ENTRIES", 2)
    assert len(children(read_feed(atom_feed(three(tmp_path))), "entry")) == 2
