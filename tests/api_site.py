"""What tests of the API share: a made portal of every kind of damage, and its documents as programs read them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urljoin

from builders import HENAN, PINGDINGSHAN, make_office, make_report
from disclosure.api import write_api
from disclosure.dataset import gather
from disclosure.export.release import Release
from disclosure.model import Cell, Figure, Finding, Kind, Office, Portal, Proof, Region, Report, Severity, Status, Step
from disclosure.render.catalog import arrange
from jsonschema import Draft202012Validator
from pages import portal, with_figures

Documents: TypeAlias = dict[str, Any]
"""Every document by its path below the root of the API, as a program reads it; fractions are exact."""

LUSHAN = Region("410423", "鲁山县")
PROOF = Proof((Step("row-total", "只有一种放法成立。"), Step("row-total", "因此是 1。")), 3)
BARE = ("openapi.json", "schemas/")
"""Where the documents without an envelope stand."""
HOSTILE = '=1+1\t"尚店"<b>&𠮷😀,镇'


def offices() -> list[Office]:
    """A township with a name that is nobody's, a street office elsewhere, and a department without reports."""
    return [
        make_office("410481100", HOSTILE, former_names=("=A1", "旧名")),
        make_office(
            "410423004",
            "汇源街道办事处",
            regions=(HENAN, PINGDINGSHAN, LUSHAN),
            kind="街道办事处",
            source_urls={2022: "https://example.invalid/2022.html"},
        ),
        make_office("410481-jyj", "舞钢市教育局", kind="政府部门"),
    ]


def reports() -> list[Report]:
    """Every status and every property that a figure can have, both editions of the form, and none."""
    granted = {"granted": {"total": 7}, "closed_other": {"total": 2}, "handled": {"total": 9}}
    unclear = {"carried_out": {"total": Status.BLANK}, "carried_in": {"total": Status.AMBIGUOUS}}
    conflict = Cell("requests", "received", "total")
    torn = make_report(
        requests={**granted, **unclear, "received": {"total": 8}},
        suggestions={conflict: 9},
        without_rows=("refused_third_party",),
        without_sections=("problems",),
    )
    return [
        with_figures(torn, *_figures()),
        make_report(year=2020, form="2019", requests={"received": {"total": 5}}),
        make_report(year=2019, form=None),
        make_report(office="410423004", requests={"received": {"total": 3}}),
    ]


def _figures() -> list[Figure]:
    return [
        Figure(Cell("requests", "partly_granted", "total"), 1, Status.RECOVERED, line=25, proof=PROOF),
        Figure(Cell("requests", "partly_granted", "business"), 1, Status.PLACED, "1", line=25, proof=PROOF),
        Figure(Cell("requests", "carried_in", "total"), None, Status.AMBIGUOUS, bounds=(2, None)),
        Figure(Cell("proactive", "fees", "amount_wan"), Decimal("0.0500"), Status.PRINTED, "0.0500", line=9),
        Figure(
            Cell("proactive", "penalties", "decisions"), 3, Status.PRINTED, "3件", line=8, remark="件", source="b.pdf"
        ),
    ]


def findings() -> list[Finding]:
    """Two of one rule about a report and about a file that belongs nowhere, one of another rule."""
    cells = (Cell("requests", "received", "total"), Cell("requests", "granted", "total"))
    about = Finding(
        "row-total-mismatch", Severity.WARNING, Kind.SOURCE, "a.txt", 25, "不符。", "410481100", 2022, cells
    )
    other = replace(about, rule="numbers-lost", kind=Kind.READING, line=None, cells=())
    return [about, other, replace(about, file="x.txt", office=None, year=None)]


def whole_portal() -> Portal:
    """All of these together."""
    return portal(offices(), reports(), findings())


def write(folder: Path, published: Portal, site_url: str = "") -> list[str]:
    """Write the API of a portal below ``folder``."""
    catalog = arrange(published, gather(published))
    release = Release(date(2023, 1, 1), "3f9a2c1d00", site_url)
    return write_api(catalog, release, folder)


def documents(folder: Path, published: Portal, site_url: str = "") -> Documents:
    """Write the API of a portal and read it back."""
    texts = {path: (folder / path).read_text(encoding="utf-8") for path in write(folder, published, site_url)}
    return {path: json.loads(text, parse_float=Decimal) for path, text in texts.items()}


def documents_of(folder: Path, made: Sequence[Office], filed: Sequence[Report] = ()) -> Documents:
    """The documents of a portal of these."""
    return documents(folder, portal(made, filed))


def resolved(path: str, link: str) -> str:
    """The path, below the root of the API, that a link in the document at ``path`` leads to."""
    return urljoin(f"https://api.invalid/{path}", link).removeprefix("https://api.invalid/")


def schema_of(site: Documents, path: str) -> dict[str, Any]:
    """The schema that a document names."""
    schema: dict[str, Any] = site[resolved(path, site[path]["links"]["schema"])]
    return schema


def violations(site: Documents, path: str) -> list[str]:
    """Where a document breaks the schema that it names."""
    validator = Draft202012Validator(schema_of(site, path), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{path}: {error.json_path} {error.message}" for error in validator.iter_errors(site[path])]


def in_envelopes(site: Documents) -> list[str]:
    """The paths of those documents that stand in an envelope."""
    return [path for path in site if not path.startswith(BARE)]
