"""What the search page knows of every office and region without asking the index: names, places, years, kinds.

One file beside the search page, ``search/names.json``, in columns: most names end alike, and offices stand in the order
of their places, so that the whole country is small once compressed. ``docs/assets/search-names.js`` reads it; it is
part of the page and no interface for others, who have ``api/v1/``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TypeAlias

from disclosure.form.bodies import KINDS
from disclosure.model import Office, Region
from disclosure.pinyin import initials
from disclosure.render import urls
from disclosure.render.catalog import Catalog
from disclosure.render.text import visible
from disclosure.search import PAGE_KINDS, Facets

Json: TypeAlias = dict[str, Any]

NAMES_FILE: Final = f"{urls.SEARCH}names.json"
_WHOLE: Final = "="
"""Before an id that does not begin with the code of its region; the others are written without that code."""


def write_names(catalog: Catalog, site: Path) -> None:
    """Write the names of all offices and regions into the site's folder."""
    file = site / NAMES_FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(names_document(catalog), ensure_ascii=False, separators=(",", ":"))
    file.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def page_facets(catalog: Catalog) -> Mapping[str, Facets]:
    """By their address, what the pages of offices, of their older reports and of regions can be chosen by in a search.

    The page of an office has the year of its newest report, which stands on it.
    """
    offices = {urls.office(one.id): _facets_of(one) for one in catalog.offices}
    reports = {
        catalog.page_of(one.id, year): {**_facets_of(one), "year": [str(year)]}
        for one in catalog.offices
        for year in _years(catalog, one)
    }
    regions = {urls.region(code): {"region": _codes(_path(catalog, code))} for code in catalog.regions}
    return {**offices, **reports, **regions}


def _facets_of(office: Office) -> Facets:
    return {"region": _codes(office.regions), "kind": [office.kind]}


def names_document(catalog: Catalog) -> Json:
    """The contents of the file; numbers in it count the entries of other columns from 0.

    ``region`` of the offices is written in runs: (region or null, how many offices in a row). ``former`` and
    ``printed`` are (office, name). ``initials`` has, by letter, the characters that may be typed by it.
    """
    codes = sorted(catalog.regions, key=lambda code: _codes(_path(catalog, code)))
    coverage = sorted({_years(catalog, office) for office in catalog.offices}, reverse=True)
    kinds = [kind for kind in KINDS if any(office.kind == kind for office in catalog.offices)]
    listed = list(enumerate(catalog.offices))
    document: Json = {
        "office_page": urls.office("0").replace("0", "{}"),
        "region_page": urls.region("0").replace("0", "{}"),
        "year_anchor": urls.year_anchor(0, "").replace("0", "(\\d+)"),
        "pages": PAGE_KINDS,
        "kinds": kinds,
        "years": catalog.years,
        "coverage": coverage,
        "regions": _regions(catalog, codes),
        "offices": {
            "id": [_short_id(office) for office in catalog.offices],
            "name": [visible(office.name) for office in catalog.offices],
            "kind": [kinds.index(office.kind) for office in catalog.offices],
            "coverage": [coverage.index(_years(catalog, office)) for office in catalog.offices],
            "region": list(_runs(catalog.offices, {code: at for at, code in enumerate(codes)})),
        },
        "former": [(at, visible(name)) for at, office in listed for name in office.former_names],
        "printed": [(at, visible(name)) for at, office in listed for name in office.printed_names],
    }
    return document | {"initials": initials(_all_names(document))}


def _regions(catalog: Catalog, codes: Sequence[str]) -> Json:
    place = {code: at for at, code in enumerate(codes)}
    above = [catalog.parents[code] for code in codes]
    return {
        "code": list(codes),
        "name": [visible(catalog.regions[code].name) for code in codes],
        "parent": [place[path[-1].code] if path else None for path in above],
    }


def _all_names(document: Json) -> list[str]:
    others = [name for column in ("former", "printed") for _, name in document[column]]
    return [*document["regions"]["name"], *document["offices"]["name"], *others]


def _short_id(office: Office) -> str:
    code = office.regions[-1].code if office.regions else ""
    return office.id[len(code) :] if office.id.startswith(code) else f"{_WHOLE}{office.id}"


def _runs(offices: Iterable[Office], place: Mapping[str, int]) -> Iterable[tuple[int | None, int]]:
    regions = (place[office.regions[-1].code] if office.regions else None for office in offices)
    return ((region, len(list(run))) for region, run in groupby(regions))


def _years(catalog: Catalog, office: Office) -> tuple[int, ...]:
    return tuple(sorted({report.year for report in catalog.reports.get(office.id, ()) if report.year}, reverse=True))


def _path(catalog: Catalog, code: str) -> tuple[Region, ...]:
    return (*catalog.parents[code], catalog.regions[code])


def _codes(regions: Iterable[Region]) -> list[str]:
    return [region.code for region in regions]
