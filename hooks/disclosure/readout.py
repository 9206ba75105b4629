"""Show what was read from a report: as one JSON object for programs, as plain lines for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from disclosure.check import check_report
from disclosure.check.counts import Count, counts_in
from disclosure.figure_json import Json, figure_json, tables_json
from disclosure.form.template import FORMS, TABLE_NAMES
from disclosure.model import Cell, Figure, Finding, Number, Report, Snippet, Status
from disclosure.offices import FILE_NAME, parse_office
from disclosure.reading import read_report, unopened_report
from disclosure.render.legend import LEGEND

_WHY_NOT: dict[type[OSError], str] = {
    FileNotFoundError: "文件不存在",
    IsADirectoryError: "这是文件夹，不是文件",
    PermissionError: "没有读取的权限",
}
_YEAR_IN_NAME = re.compile(r"(?<!\d)20\d{2}(?!\d)")


class Readout:
    """One file as read: the report, its findings, and who reports on which year by the best evidence there is.

    A file that cannot be opened gives an empty report with a finding; nothing is raised.
    """

    def __init__(self, path: Path) -> None:
        """Read the file at ``path`` and check it by itself."""
        self.file = path.as_posix()
        self.report = _report_of(path)
        self.findings = check_report(self.report)
        self.name, self.found_in = _name(path, self.report)
        self.year = self.report.year or _year_of_name(path)

    def as_json(self) -> Json:
        """The public output of ``read_report.py --json``."""
        filling = self.report.filling
        return {
            "file": self.file,
            "sha256": self.report.sha256 or None,
            "office": {"name": self.name, "found_in": self.found_in},
            "year": self.year,
            "form": filling.form,
            "tables": tables_json(self.report.figures.values(), _figure),
            "sections": [
                {"id": section.id, "heading": section.heading, "line": section.line, "text": section.text}
                for section in filling.sections
            ],
            "counts": [_count(count) for section in filling.sections for count in counts_in(section)],
            "findings": [_finding(finding) for finding in self.findings],
            "unplaced": [_snippet(snippet) for snippet in filling.unplaced],
            "labels": [_snippet(snippet) for snippet in filling.labels],
        }

    def as_lines(self) -> Iterator[str]:
        """The same for a person, in Chinese."""
        form = self.report.form
        yield f"{self.file}"
        edition = f"{form} 年格式" if form else "未见"
        yield f"  机关：{self.name or '未写明'}    年度：{self.year or '未写明'}    表格：{edition}"
        for table in FORMS[form].tables.values() if form else ():
            yield f"  {TABLE_NAMES[table.id]}"
            for row in table.rows:
                cells = (Cell(table.id, row.id, column.id) for column in row.columns)
                yield f"    {row.short}：" + "  ".join(_shown(self.report.figures[cell]) for cell in cells)
        yield f"  发现 {len(self.findings)} 项" + ("：" if self.findings else "。")
        for finding in self.findings:
            yield f"    {finding}"
        for snippet in self.report.filling.unplaced:
            yield f"    第 {snippet.span.line} 行的“{snippet.text}”没有归入任何栏目。"


def _report_of(path: Path) -> Report:
    try:
        return read_report(path.as_posix(), path.read_bytes())
    except OSError as error:
        return unopened_report(path.as_posix(), _WHY_NOT.get(type(error), "系统不允许读取"))


def _name(path: Path, report: Report) -> tuple[str | None, str | None]:
    """The office's name and where it stood: title and preamble first, then our own description, then the folder."""
    identity = report.filling.identity
    if identity.name:
        return identity.name, identity.found_in
    description = path.parent / FILE_NAME
    office, _ = parse_office(description.read_bytes(), str(description)) if description.is_file() else (None, [])
    return (office.name, FILE_NAME) if office else (None, None)


def _year_of_name(path: Path) -> int | None:
    years = {int(year) for year in _YEAR_IN_NAME.findall(path.stem)}
    return years.pop() if len(years) == 1 else None


def _figure(figure: Figure) -> Json:
    proof = None if figure.proof is None else [step.sentence for step in figure.proof.steps]
    return figure_json(figure, proof) | {"value": _number(figure.value)}


def _number(value: Number | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "kind": finding.kind.value,
        "line": finding.line,
        "message": finding.message,
    }


def _count(count: Count) -> Json:
    shown: Json = {
        "line": count.span.line,
        "text": count.text,
        "value": _number(count.value),
        "unit": count.unit,
        "about": count.about,
    }
    return shown | ({"approximate": True} if count.approximate else {})


def _snippet(snippet: Snippet) -> Json:
    return {"line": snippet.span.line, "text": snippet.text}


def _shown(figure: Figure) -> str:
    value = "" if figure.value is None else str(figure.value)
    return value if figure.status is Status.PRINTED else f"{value}〔{LEGEND[figure.status].sign}〕"
