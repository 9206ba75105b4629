"""One report in full: where it comes from, every figure, every proof, what was found, and its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from disclosure.api.findings import FINDING, Numbered, numbered_json
from disclosure.api.kinds import Kind
from disclosure.api.shapes import Schema, array, like, mapping, record, title_of, words
from disclosure.api.writer import Place
from disclosure.export.schema import FIGURES, OFFICES, PROOFS, REPORTS, SOURCES, TEXTS
from disclosure.figure_json import Json, figure_json, tables_json
from disclosure.model import GAPS, Cell, Figure, Office, Report, Section, Status
from disclosure.proofs import group_proofs, proof_id, steps
from disclosure.render import urls
from disclosure.render.view import View
from disclosure.tallies import count_statuses

_RANGE: Final[Schema] = {
    "title": "证明过的范围",
    "description": "下限和上限，状态为“不定”时才有；没有上限的，第二项为空。",
    "type": "array",
    "prefixItems": [like(FIGURES, "low"), like(FIGURES, "high")],
    "minItems": 2,
    "maxItems": 2,
}
_FIGURE: Final = record(
    "一格的数",
    {name: like(FIGURES, name) for name in ("value", "status", "raw", "line")},
    {
        "file": words(title_of(FIGURES, "file"), "这个数所在的文件；取自主要文件的不写。"),
        "remark": words("附注", "原文在数字旁边写的单位或说明。"),
        "range": _RANGE,
        "suggestion": like(FIGURES, "suggestion"),
        "proof": words(title_of(FIGURES, "proof"), "证明的编号，见本文档的 proofs。"),
    },
) | {
    "if": {"properties": {"status": {"enum": [status.value for status in GAPS]}}},
    "then": {"properties": {"value": {"type": "null"}}},
    "else": {"properties": {"value": {"type": "number"}}},
}
_PROOF: Final = record(
    "证明",
    {
        "steps": array(words("一步"), title_of(PROOFS, "steps")),
        "distrusted": like(PROOFS, "distrusted"),
        "url": words(title_of(PROOFS, "url"), "证明在本站的位置。"),
    },
)
_SOURCE = record("来源", {name: like(SOURCES, name) for name in ("file", "sha256", "figures")})
_STATUSES = record("各状态的格数", {status.value: like(REPORTS, status.value) for status in Status})
HEAD: Final[Mapping[str, Schema]] = {
    **{name: like(REPORTS, name) for name in ("year", "form", "file", "sha256", "source_url")},
    "sources": array(_SOURCE, "来源", "主要的在前。"),
    "statuses": _STATUSES,
    "finding_count": like(REPORTS, "findings"),
}
"""What is told of a report in its own document and in that of its office."""

_TEXT = record("一个部分", {name: like(TEXTS, name) for name in ("number", "section", "heading", "line", "text")})
_TABLES = mapping(mapping(mapping(_FIGURE, "一行"), "一张表"), "表", "按表、行、列的编号，见 forms.json。")
REPORT: Final = Kind(
    "report",
    "offices/{office}/{year}.json",
    "一份报告的全部内容：每一格的数、证明、核对发现和正文",
    record(
        "报告",
        {
            "office": record("机关", {"id": like(OFFICES, "office"), "name": like(OFFICES, "name")}),
            **HEAD,
            "tables": _TABLES,
            "proofs": mapping(_PROOF, "证明", "按证明的编号。"),
            "findings": array(FINDING, title_of(REPORTS, "findings")),
            "texts": array(_TEXT, "正文"),
        },
    ),
)


def report_head(office: Office, report: Report, year: int, sources: Sequence[tuple[str, str, int]], found: int) -> Json:
    """``HEAD`` is its schema. ``sources`` are (file, sha256, figures taken from it), ``found`` counts findings."""
    statuses = count_statuses(report)
    return {
        "year": year,
        "form": report.form,
        "file": report.file,
        "sha256": report.sha256,
        "source_url": office.source_urls.get(year),
        "sources": [{"file": file, "sha256": digest, "figures": figures} for file, digest, figures in sources],
        "statuses": {status.value: statuses[status] for status in Status},
        "finding_count": found,
    }


def report_data(place: Place, office: Office, view: View, head: Json, findings: Sequence[Numbered]) -> Json:
    """What the document of one report holds."""
    proofs, proof_of = _proofs(place, view)
    return {
        "office": {"id": office.id, "name": office.name},
        **head,
        "tables": _tables(view.report, proof_of),
        "proofs": proofs,
        "findings": [numbered_json(one) for one in findings],
        "texts": [_text(number, section) for number, section in enumerate(view.report.filling.sections, 1)],
    }


def _tables(report: Report, proof_of: Mapping[Cell, str]) -> Json:
    def shown(figure: Figure) -> Json:
        return figure_json(figure, proof_of.get(figure.cell))

    return tables_json(report.figures.values(), shown if proof_of else figure_json)


def _proofs(place: Place, view: View) -> tuple[Json, dict[Cell, str]]:
    """The proofs by their identifiers, and the identifier of the proof of a figure."""
    proofs: Json = {}
    proof_of: dict[Cell, str] = {}
    for group in group_proofs(view.report):
        name, first = proof_id(view.report, group), group.figures[0]
        proof_of |= dict.fromkeys((figure.cell for figure in group.figures), name)
        proofs[name] = {
            "steps": list(steps(first)),
            "distrusted": first.proof.distrusted if first.proof else 0,
            "url": place.page(urls.office(view.office), view.group_anchor(group)),
        }
    return proofs, proof_of


def _text(number: int, section: Section) -> Json:
    return {
        "number": number,
        "section": section.id,
        "heading": section.heading,
        "line": section.line,
        "text": section.text,
    }
