"""How figures and findings become JSON: the one definition, for the commands and for the API."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

from disclosure.model import Answer, Figure, Finding, Status

Json: TypeAlias = dict[str, Any]
PLAIN: Final = {status: status.value for status in Status}
"""The words of statuses, which are looked up millions of times: ``.value`` takes six times as long."""


def figure_json(figure: Figure, proof: object = None) -> Json:
    """A figure as an object. ``value`` keeps its type (int, Decimal or None): who writes it says how.

    What only some figures have (file, remark, range, suggestion, proof) is left out where there is none; ``proof`` is
    whatever the reader of the document finds the proof by.
    """
    _, value, status, raw, _, line, remark, _, bounds, suggestion, source = figure
    shown: Json = {"value": value, "status": PLAIN[status], "raw": raw, "line": line}
    if source is not None:
        shown["file"] = source
    if remark:
        shown["remark"] = remark
    if bounds is not None:
        shown["range"] = list(bounds)
    if suggestion is not None:
        shown["suggestion"] = suggestion
    if proof is not None:
        shown["proof"] = proof
    return shown


def tables_json(figures: Iterable[Figure], shown: Callable[[Figure], Json]) -> Json:
    """Figures by table, row and column, in their order."""
    tables: Json = {}
    columns: Json = {}
    same_table = same_row = ""
    for figure in figures:
        table, row, column = figure.cell
        if row != same_row or table != same_table:
            same_table, same_row = table, row
            columns = tables.setdefault(table, {}).setdefault(row, {})
        columns[column] = shown(figure)
    return tables


ANSWER_FIELDS: Final = ("answer_reason", "answer_by", "answer_date")
"""What published findings say of their answers."""


def answer_values(answer: Answer | None) -> tuple[str | None, str | None, str | None]:
    """The values of ``ANSWER_FIELDS``: None where there is no answer."""
    return (None, None, None) if answer is None else (answer.reason, answer.by, answer.date)


def finding_json(finding: Finding) -> Json:
    """A finding as an object; ``cells`` are written ``table.row.column``. Without an answer, its fields are None."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "kind": finding.kind.value,
        "office": finding.office,
        "year": finding.year,
        "file": finding.file,
        "line": finding.line,
        "message": finding.message,
        "cells": [".".join(cell) for cell in finding.cells],
        **dict(zip(ANSWER_FIELDS, answer_values(finding.answer), strict=True)),
    }
