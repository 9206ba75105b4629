"""A site made of nothing but injection vectors: no page has more markup than one of plain words, no file breaks."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import markdown
import pytest
from conftest import Site
from disclosure.export.csv_text import unguard
from disclosure.render.text import visible
from openpyxl import load_workbook
from poison import VECTORS
from poison_project import TEXTS, as_name, identifier
from selectolax.lexbor import LexborHTMLParser, LexborNode

ATOM = "{http://www.w3.org/2005/Atom}"
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'"
)
ADDRESSES = {"href", "src", "action", "xlink:href", "data", "formaction", "content", "srcset", "poster"}


def pages(folder: Path) -> Iterator[tuple[str, LexborHTMLParser]]:
    """Every page of a site, by its kind (``offices/*/source/*``), parsed as browsers do."""
    for path in sorted(folder.rglob("*.html")):
        kind = re.sub(r"(?<=/)[0-9][^/]*(?=/)", "*", path.relative_to(folder).as_posix())
        yield kind, LexborHTMLParser(path.read_text(encoding="utf-8"))


def elements(page: LexborHTMLParser) -> Iterator[LexborNode]:
    assert page.root is not None
    return (node for node in page.root.traverse() if node.is_element_node)


def markup(folder: Path) -> set[tuple[str, str, str]]:
    """Kind of page, element and attribute, of all that there is."""
    return {
        (kind, str(node.tag), name)
        for kind, page in pages(folder)
        for node in elements(page)
        for name in ("", *node.attributes)
    }


@pytest.fixture(scope="module")
def site(poisoned_site: Site) -> Path:
    return poisoned_site.folder


def test_there_are_enough_vectors_and_entry_points() -> None:
    assert len(VECTORS) >= 60
    assert len(set(TEXTS)) == len(TEXTS)


def test_no_page_has_an_element_or_attribute_that_plain_words_do_not_give(site: Path, harmless_site: Path) -> None:
    assert sorted(markup(site) - markup(harmless_site)) == []


def test_every_address_is_ours_or_one_of_the_web(site: Path) -> None:
    found: dict[str, set[str]] = {"scheme": set(), "host": set()}
    for _, page in pages(site):
        for node in elements(page):
            for name, value in node.attributes.items():
                if name in ADDRESSES and value and (node.tag != "meta" or "refresh" in node.attributes.values()):
                    parts = urlsplit(value.removeprefix("0; url="))
                    found["scheme"].add(parts.scheme)
                    found["host"].add(parts.hostname or "")
    assert found["scheme"] == {"", "https"}
    assert found["host"] == {"", "example.org", "site.example"}


def test_no_script_stands_on_a_page_but_those_of_the_theme(site: Path) -> None:
    for _, page in pages(site):
        for node in page.css("script"):
            source = node.attributes.get("src")
            if source is None:
                assert node.attributes == {"type": "application/ld+json"}
                json.loads(node.text())
            else:
                assert re.fullmatch(r"[./]*assets/[a-z-]+\.js", source)


def test_every_page_carries_the_policy_before_anything_that_it_governs(site: Path) -> None:
    for kind, page in pages(site):
        assert page.head is not None, kind
        first, *_ = (node for node in page.head.iter() if node.tag != "title")
        assert first.attributes == {"http-equiv": "Content-Security-Policy", "content": POLICY}, kind


def test_no_name_of_an_element_comes_from_a_text(site: Path) -> None:
    """``<a id=document>`` would shadow what scripts ask for."""
    anchor = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
    taken = {"document", "config", "location", "attributes", "constructor", "__proto__", "top_", "x"}
    for kind, page in pages(site):
        named = (node for node in elements(page) if node.tag != "meta")
        names = {value for node in named for name, value in node.attributes.items() if name in {"id", "name"}}
        assert {name for name in names if not anchor.fullmatch(str(name)) or name in taken} == set(), kind


@pytest.mark.parametrize("name", VECTORS)
def test_a_vector_is_shown_as_text(site: Path, name: str) -> None:
    """On the page of the raw report every line, and on the page of the office its name."""
    text = VECTORS[name]
    folder = site / "offices" / identifier(list(VECTORS).index(name))
    raw = LexborHTMLParser((folder / "source/2021/index.html").read_text(encoding="utf-8"))
    shown = "\n".join(node.text() for node in raw.css(".line-text"))
    for line in filter(str.strip, re.split("[\n\x0b\x0c\r\x85\u2028\u2029]", text.replace("\0", ""))):
        assert visible(line.strip()) in shown.replace("␀", "")
    called = as_name(text)
    if called is not None:
        page = LexborHTMLParser((folder / "index.html").read_text(encoding="utf-8"))
        heading = page.css_first("h1")
        assert heading is not None
        assert heading.text() == called


def test_markdown_twins_give_no_more_markup_than_plain_words(site: Path, harmless_site: Path) -> None:
    """Rendered by a dialect with raw HTML, attribute lists and links to everywhere."""

    def rendered(folder: Path, offices: slice) -> set[tuple[str, str]]:
        found = set()
        for path in sorted(folder.rglob("offices/*/index.md"))[offices]:
            text = path.read_text(encoding="utf-8")
            html = markdown.markdown(text, extensions=["attr_list", "tables", "fenced_code"])
            for node in elements(LexborHTMLParser(html)):
                found |= {(str(node.tag), name) for name in ("", *node.attributes)}
                address = node.attributes.get("href") or ""
                assert not re.match(r"\s*(?:javascript|data|vbscript):", address, re.IGNORECASE)
        return found

    # The first offices have large tables: one of them is enough to know the markup of tables, and all take long.
    assert rendered(site, slice(11, None)) - rendered(harmless_site, slice(10, 14)) == set()


def free_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from free_texts(one)


def in_json(site: Path) -> set[str]:
    return {text for path in site.rglob("api/v1/**/*.json") for text in free_texts(json.loads(path.read_bytes()))}


def in_csv(site: Path) -> set[str]:
    found = set()
    for path in site.rglob("data/v1/**/*.csv"):
        text = path.read_text(encoding="utf-8-sig")
        found |= {unguard(cell) for row in csv.reader(io.StringIO(text, newline="")) for cell in row}
    return found


def in_workbook(site: Path) -> set[str]:
    book = load_workbook(next(site.rglob("*.xlsx")))
    found = set()
    for cells in (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row):
        assert cells.data_type != "f"
        assert cells.hyperlink is None or urlsplit(cells.hyperlink.target or "").scheme in {"", "https"}
        found.add(str(cells.value))
    return found


def in_feeds(site: Path) -> set[str]:
    found = set()
    for path in site.rglob("*.atom"):
        root = ET.fromstring(path.read_bytes())  # noqa: S314 - our own file, which has no entities
        assert {urlsplit(str(link.get("href"))).hostname for link in root.iter(f"{ATOM}link")} == {"site.example"}
        found |= {str(node.text) for node in root.iter() if node.text}
    return found


@pytest.mark.parametrize("read", [in_json, in_csv, in_workbook])
def test_names_come_out_of_every_file_as_they_went_in(site: Path, read: Callable[[Path], Iterable[str]]) -> None:
    """What a file makes visible, such as a character that reorders text, is made visible in the same way."""
    found = set(read(site))
    names = {name for name in map(as_name, TEXTS) if name}
    assert len(names) > 60
    assert {visible(name) for name in names} - found == set()


def test_feeds_name_the_offices_and_lead_nowhere_else(site: Path) -> None:
    found = "\n".join(in_feeds(site))
    assert [name for name in map(as_name, TEXTS) if name and visible(name) not in found] == []


def test_no_cell_of_a_table_begins_as_a_formula(site: Path) -> None:
    for path in site.rglob("data/v1/**/*.csv"):
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")):
            assert [cell for cell in row if re.match(r"[=@\t\r]|[+-](?![\d.]+$).", cell)] == []


def test_the_site_map_is_xml_of_our_own_addresses(site: Path) -> None:
    root = ET.fromstring((site / "sitemap.xml").read_bytes())  # noqa: S314 - our own file
    addresses = [str(node.text) for node in root.iter() if node.tag.endswith("loc")]
    assert len(addresses) > len(TEXTS)
    assert {bool(re.fullmatch(r"https://site\.example/[a-z0-9/_.-]*", one)) for one in addresses} == {True}
