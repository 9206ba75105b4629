"""The API as a whole: schemas, addresses, links and bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from api_site import BARE, Documents, documents, in_envelopes, resolved, violations, whole_portal, write
from builders import make_office, make_report
from disclosure.api.kinds import PARAMETERS
from disclosure.api.offices import OFFICE
from disclosure.check import RULES
from disclosure.dataset import gather
from disclosure.errors import DisclosureError
from disclosure.export import schema as tables
from disclosure.export.release import SCHEMA_VERSION
from disclosure.measures import MEASURES
from disclosure.render import urls
from disclosure.render.catalog import arrange
from disclosure.render.site import render_site
from jsonschema import Draft202012Validator
from open_data import publish
from openapi_spec_validator import OpenAPIV31SpecValidator
from pages import portal, read_html

REPORT = "offices/410481100/2022.json"


@pytest.fixture(scope="module", name="site")
def written_site(tmp_path_factory: pytest.TempPathFactory) -> Documents:
    return documents(tmp_path_factory.mktemp("api"), whole_portal())


def links(value: object) -> Iterator[str]:
    """Every link of a document, at whatever depth."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "links":
                yield from inner.values()
            elif name == "url" and isinstance(inner, str) and "#" in inner:
                yield inner
            else:
                yield from links(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from links(inner)


def test_every_document_obeys_the_schema_that_it_names(site: Documents) -> None:
    assert len(in_envelopes(site)) == 38 + len(RULES) + 3 * len(MEASURES)
    assert [problem for path in in_envelopes(site) for problem in violations(site, path)] == []


def test_every_document_obeys_the_envelope(site: Documents) -> None:
    validator = Draft202012Validator(site["schemas/envelope.json"])
    assert [path for path in in_envelopes(site) if not validator.is_valid(site[path])] == []
    assert site["index.json"]["schema_version"] == SCHEMA_VERSION
    assert site["index.json"]["version"] == "1.1.0+20230101.3f9a2c1d"
    assert site["index.json"]["data_date"] == "2023-01-01"


def test_every_schema_is_a_schema(site: Documents) -> None:
    schemas = [path for path in site if path.startswith("schemas/")]
    assert len(schemas) == 20
    for path in schemas:
        Draft202012Validator.check_schema(site[path])


def _figure(site: Documents, row: str) -> dict[str, Any]:
    figure: dict[str, Any] = site[REPORT]["data"]["tables"]["requests"][row]["total"]
    return figure


@pytest.mark.parametrize(
    "spoil",
    [
        lambda site: site[REPORT].pop("version"),
        lambda site: site[REPORT]["data"].pop("tables"),
        lambda site: site[REPORT]["data"].update(year="2022"),
        lambda site: site[REPORT]["data"].update(form="2020"),
        lambda site: _figure(site, "carried_out").update(value=0),
        lambda site: _figure(site, "granted").update(value=None),
        lambda site: _figure(site, "granted").update(status="certain"),
        lambda site: _figure(site, "granted").pop("raw"),
        lambda site: _figure(site, "carried_in").update(range=[2]),
    ],
)
def test_a_document_that_breaks_its_schema_is_noticed(site: Documents, spoil: Callable[[Documents], object]) -> None:
    spoiled = {**site, REPORT: deepcopy(site[REPORT])}
    assert violations(spoiled, REPORT) == []
    spoil(spoiled)
    assert len(violations(spoiled, REPORT)) == 1


def test_a_reader_of_today_accepts_the_fields_of_tomorrow(site: Documents) -> None:
    later = {**site, REPORT: deepcopy(site[REPORT])}
    _figure(later, "granted")["new"] = 1
    later[REPORT]["data"]["new"] = later[REPORT]["new"] = {}
    assert violations(later, REPORT) == []


def test_fields_that_the_published_tables_have_are_called_the_same(site: Documents) -> None:
    told = site["schemas/report.json"]["properties"]["data"]["properties"]
    titles = {field.name: field.title for field in tables.REPORTS.fields}
    assert {name: told[name]["title"] for name in ("year", "form", "file", "sha256", "source_url")} == {
        name: titles[name] for name in ("year", "form", "file", "sha256", "source_url")
    }


def test_the_description_is_valid_openapi(site: Documents) -> None:
    OpenAPIV31SpecValidator(site["openapi.json"]).validate()
    assert site["openapi.json"]["info"]["version"] == SCHEMA_VERSION
    assert site["openapi.json"]["servers"] == [{"url": "."}]
    summaries = [operation["get"]["summary"] for operation in site["openapi.json"]["paths"].values()]
    assert len(set(summaries)) == len(summaries) == 30
    assert [words for words in summaries if not re.search("[一-龥]", words)] == []


def test_every_document_has_exactly_one_address_in_the_description(site: Documents) -> None:
    templates = {path: _pattern(path) for path in site["openapi.json"]["paths"]}
    found = {path: [name for name, pattern in templates.items() if pattern.fullmatch(f"/{path}")] for path in site}
    assert {path: names for path, names in found.items() if len(names) != 1} == {}
    assert found[REPORT] == ["/offices/{office}/{year}.json"]


def _pattern(template: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", template)
    parts = (f"(?:{PARAMETERS[one].pattern})" if odd else re.escape(one) for odd, one in _numbered(pieces))
    return re.compile("".join(parts))


def _numbered(pieces: list[str]) -> Iterator[tuple[bool, str]]:
    return ((bool(number % 2), piece) for number, piece in enumerate(pieces))


def test_every_link_leads_to_a_document_or_to_a_place_on_a_page(site: Documents, tmp_path: Path) -> None:
    published = whole_portal()
    made = [*render_site(arrange(published, gather(published))), *publish(published, tmp_path)]
    pages = {page.url: set(read_html(page.html()).ids) for page in made}
    broken = []
    for path in in_envelopes(site):
        for link in links(site[path]):
            page, anchor = urldefrag(urljoin(f"https://site.invalid/portal/api/v1/{path}", link))
            known = page.removeprefix("https://site.invalid/portal/api/v1/") in site
            url = page.removeprefix("https://site.invalid/portal/")
            if not known and (url not in pages or (anchor and anchor not in pages[url])):
                broken.append((path, link))
    assert broken == []


def test_every_document_can_be_found_from_the_index(site: Documents) -> None:
    found, ahead = set(), ["index.json"]
    while ahead:
        path = ahead.pop()
        if path in site and path not in found:
            found.add(path)
            ahead += [] if path.startswith(BARE) else [resolved(path, link) for link in links(site[path])]
    assert set(site) - found == {"schemas/envelope.json"}


def test_pages_lead_to_the_document_of_their_office() -> None:
    assert urls.office_document("410481100") == urls.API_FILES + OFFICE.at(office="410481100")


def test_links_are_complete_where_the_address_of_the_site_is_known(tmp_path: Path) -> None:
    home = "https://example.invalid/portal/"
    site = documents(tmp_path, whole_portal(), home)
    assert site[REPORT]["links"] == {
        "self": f"{home}api/v1/{REPORT}",
        "schema": f"{home}api/v1/schemas/report.json",
        "html": f"{home}offices/410481100/#y2022-report",
        "source": f"{home}offices/410481100/source/2022/",
        "office": f"{home}api/v1/offices/410481100.json",
    }
    assert [link for path in in_envelopes(site) for link in links(site[path]) if not link.startswith(home)] == []
    assert site["schemas/report.json"]["$id"] == f"{home}api/v1/schemas/report.json"
    assert site["openapi.json"]["servers"] == [{"url": f"{home}api/v1"}]


def test_links_are_relative_to_their_document_where_it_is_not(site: Documents) -> None:
    assert site[REPORT]["links"] == {
        "self": f"../../{REPORT}",
        "schema": "../../schemas/report.json",
        "html": "../../../../offices/410481100/#y2022-report",
        "source": "../../../../offices/410481100/source/2022/",
        "office": "../../offices/410481100.json",
    }


def test_the_same_portal_gives_the_same_bytes_in_the_same_order(tmp_path: Path) -> None:
    one, other = write(tmp_path / "one", whole_portal()), write(tmp_path / "other", whole_portal())
    assert one == other
    assert len(set(one)) == len(one)
    assert {path: (tmp_path / "one" / path).read_bytes() for path in one} == {
        path: (tmp_path / "other" / path).read_bytes() for path in one
    }


def test_what_is_written_is_what_is_told(tmp_path: Path) -> None:
    told = write(tmp_path, whole_portal())
    assert sorted(told) == sorted(
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
    )
    assert [path for path in told if not (tmp_path / path).read_bytes().endswith(b"}\n")] == []


def test_an_identifier_that_could_leave_its_folder_is_refused(tmp_path: Path) -> None:
    strange = portal([make_office("../x")], [make_report(office="../x")])
    with pytest.raises(DisclosureError, match=re.escape("“../x”不能用作")):
        write(tmp_path, strange)
    assert [path for path in tmp_path.rglob("*") if "x" in path.name] == []
