"""Build offices and reports for tests: whole, valid, all zeros, until a test says otherwise.

A report built here has the source text that it claims to have been read from: every figure's line shows its row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from disclosure.form.template import FORMS, SECTIONS, TABLE_NAMES, Row, Table
from disclosure.model import (
    Cell,
    Entry,
    Figure,
    Filling,
    Finding,
    Identity,
    Note,
    Number,
    Office,
    Region,
    Report,
    RowReading,
    Section,
    Span,
    Status,
    TableReading,
)

Rows: TypeAlias = Mapping[str, Mapping[str, Number | Status]]
"""Figures that differ from a printed 0, by row and column; a ``Status`` stands for a figure without a value."""

HENAN, PINGDINGSHAN, WUGANG = Region("410000", "河南省"), Region("410400", "平顶山市"), Region("410481", "舞钢市")
TEXTS = {
    "overview": ("本机关依法开展政府信息公开工作。",),
    "problems": ("公开渠道仍需拓宽，下一步加强培训。",),
    "other": ("本年度未收取信息处理费。",),
}


def make_office(office: str = "410481100", name: str = "样例镇人民政府", **changed: object) -> Office:
    """A township in 舞钢市; ``changed`` are other fields of ``Office``."""
    fields: dict[str, object] = {
        "kind": "乡镇人民政府",
        "folder": f"reports/河南省/平顶山市/舞钢市/{name}",
        "regions": (HENAN, PINGDINGSHAN, WUGANG),
        "place_known_by": "标题写明。",
    }
    return Office(office, name, **(fields | changed))  # type: ignore[arg-type]


def make_report(  # noqa: PLR0913 -- a test names only what it changes
    *,
    form: str | None = "2021",
    year: int = 2022,
    office: str | None = "410481100",
    name: str | None = "样例镇人民政府",
    printed_year: int | None = None,
    proactive: Rows | None = None,
    requests: Rows | None = None,
    disputes: Rows | None = None,
    sections: Mapping[str, Sequence[str]] | None = None,
    without_sections: Iterable[str] = (),
    without_tables: Iterable[str] = (),
    without_rows: Iterable[str] = (),
    suggestions: Mapping[Cell, int] | None = None,
    notes: Sequence[Note] = (),
) -> Report:
    """A report for ``year``, filed under ``office``; cells with a suggestion are in conflict.

    ``sections`` gives the lines of narrative by section; ``printed_year`` is the year of the title where it differs.
    A form of None is a report whose source shows no table.
    """
    build = _Builder({"proactive": proactive or {}, "requests": requests or {}, "disputes": disputes or {}})
    build.suggestions = suggestions or {}
    titled = year if printed_year is None else printed_year
    build.write(f"{name or ''}{titled}年政府信息公开工作年度报告")
    texts = {**TEXTS, **(sections or {})}
    for section, (number, title) in SECTIONS.items():
        if section not in set(without_sections):
            build.section(section, f"{number}、{title}", texts.get(section, ()))
        if form is not None and section in FORMS[form].tables:
            found = section not in set(without_tables)
            build.table(FORMS[form].tables[section], set(without_rows), found=found)
    identity = Identity(name, "title", 1, titled, 1) if name else Identity(None, None, None, titled, 1)
    filling = Filling(form, identity, build.tables, tuple(build.sections), (), (), tuple(notes))
    digest = hashlib.sha256("\n".join(build.lines).encode()).hexdigest()
    file = f"reports/{office}/{year}.txt" if office else f"{year}.txt"
    return Report(file, digest, tuple(build.lines), filling, build.figures, office, year if office else None)


class _Builder:
    """Writes the source line by line and keeps what is read from it."""

    def __init__(self, given: Mapping[str, Rows]) -> None:
        self.given = given
        self.suggestions: Mapping[Cell, int] = {}
        self.lines: list[str] = []
        self.sections: list[Section] = []
        self.tables: dict[str, TableReading] = {}
        self.figures: dict[Cell, Figure] = {}

    def write(self, line: str) -> int:
        """Add a line and return its number."""
        self.lines.append(line)
        return len(self.lines)

    def section(self, section: str, heading: str, texts: Sequence[str]) -> None:
        """A heading with its narrative."""
        line = self.write(heading)
        narrative = tuple((self.write(text), text) for text in texts)
        self.sections.append(Section(section, heading, line, narrative))

    def table(self, table: Table, missing: set[str], *, found: bool) -> None:
        """A table, one row a line; a missing row or table leaves its figures absent."""
        line = self.write(f"（{TABLE_NAMES[table.id]}表）") if found else None
        rows = [self.row(table.id, row, printed=found and row.id not in missing) for row in table.rows]
        self.tables[table.id] = TableReading(table.id, tuple(row for row in rows if row is not None), found, line)

    def row(self, table: str, row: Row, *, printed: bool) -> RowReading | None:
        """One row: its label, then its numbers, with tabs between them."""
        figures = [self.figure(Cell(table, row.id, column.id), printed=printed) for column in row.columns]
        texts = [row.label, *(figure.raw or "" for figure in figures)]
        line = self.write("\t".join(texts)) if printed else None
        entries = []
        offset = len(row.label) + 1
        for figure in figures:
            span = Span(line, offset, offset + len(figure.raw)) if line and figure.raw is not None else None
            self.figures[figure.cell] = _placed(figure, line, span)
            if span and figure.raw is not None:
                entries.append(Entry(figure.value, figure.raw, span))
            offset += len(figure.raw or "") + 1
        columns = tuple(column.id for column in row.columns) if len(entries) == len(row.columns) else None
        return RowReading(row.id, tuple(entries), columns, line) if line else None

    def figure(self, cell: Cell, *, printed: bool) -> Figure:
        """The figure of a cell, before its place is known."""
        given = self.given[cell.table].get(cell.row, {}).get(cell.column, 0)
        if not printed:
            return Figure(cell, None, Status.ABSENT)
        if isinstance(given, Status):
            return Figure(cell, None, given)
        suggestion = self.suggestions.get(cell)
        status = Status.PRINTED if suggestion is None else Status.CONFLICT
        return Figure(cell, given, status, str(given), suggestion=suggestion)


def _placed(figure: Figure, line: int | None, span: Span | None) -> Figure:
    return Figure(figure.cell, figure.value, figure.status, figure.raw, span, line, suggestion=figure.suggestion)


def granted(**counts: int) -> dict[str, dict[str, int]]:
    """Table 3 in which these applicants' requests were all received, granted and handled within the year."""
    row = {**counts, "total": sum(counts.values())}
    return {"received": row, "granted": row, "handled": row}


def line_of(report: Report, table: str, row: str, column: str) -> int | None:
    """The line on which a figure stands."""
    return report.figures[Cell(table, row, column)].line


def said(findings: Iterable[Finding], rule: str) -> list[tuple[int | None, tuple[Cell, ...], str]]:
    """What one rule found: line, cells and message of each finding."""
    return [(finding.line, finding.cells, finding.message) for finding in findings if finding.rule == rule]
