"""The whole data as one workbook, for those who read and count in a spreadsheet.

A missing number is an empty cell, never 0. What a sheet cannot hold is in the CSV files, and the sheet says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pandas as pd
from xlsxwriter import Workbook

from disclosure.check import RULES
from disclosure.export.fields import TYPE_WORDS, Field, FieldType
from disclosure.export.release import TITLE, Release
from disclosure.export.schema import (
    FINDINGS,
    FORM,
    MEASURE_VALUES,
    OFFICE,
    OFFICES,
    REPORTS,
    SCHEMAS,
    WIDE,
    YEAR,
)
from disclosure.export.workbook_columns import Column, CountColumn, FigureColumn, ShareColumn, TextColumn
from disclosure.export.workbook_readme import add_readme
from disclosure.export.workbook_sheet import Sheet, add_sheet
from disclosure.export.workbook_styles import Styles
from disclosure.export.workbook_values import MeasureRows, pivot, plain, remarks_of, statuses_of
from disclosure.figure_json import ANSWER_FIELDS
from disclosure.form.template import APPLICANTS, TABLE_NAMES
from disclosure.measures import MEASURES, Measure
from disclosure.render.words import form_name

REMARKS: Final = "缺数与存疑"
_OFFICE_FIELDS: Final = {field.name: field for field in OFFICES.fields}
_REGIONS: Final = ("province", "city", "county")
_LEAD: Final = 3
"""The columns that tell whose row it is, and stay in sight: id, name, year."""
_TOTAL: Final = APPLICANTS[-1]
_TOTALS_ONLY: Final = "requests"
"""The table with a column for every kind of applicant: its sheet has the totals of its rows."""
_YES: Final = {True: "是", False: "否"}
_WIDTHS: Final = {
    "office": 12, "name": 28, "kind": 16, "province": 18, "city": 16, "county": 16, "place_known_by": 24,
    "former_names": 24, "website": 26, "url": 24, "file": 44, "sha256": 20, "source_url": 34, "rule": 24,
    "severity": 10, "cells": 30, "message": 70, "answer_reason": 50, "answer_by": 20, REMARKS: 84,
}  # fmt: skip
"""Widths of columns of words, in digits; the others have the common one."""
_ON_ONE_LINE: Final = frozenset({"cells", "file", "sha256", "source_url", "url", "website"})
"""Columns of addresses and the like, which nobody reads in full."""
_COMMON_WIDTH: Final = 12
_COUNT_WIDTH: Final = 9


def write_workbook(path: Path, frames: Mapping[str, pd.DataFrame], release: Release) -> None:
    """Write the workbook to ``path``. The same tables and release give the same bytes.

    ``frames`` has every table of ``schema.SCHEMAS`` under its name, with the columns of its schema.

    Raises:
        KeyError: a table or a column is missing, or a row has an office, a measure or a status that does not exist.
        OSError: the file cannot be written.
    """
    # In memory first, 10 MB of a whole province: a half-written archive would complain on its own, after the error.
    written = BytesIO()
    book = Workbook(written, {"constant_memory": True})
    book.set_properties(
        {
            "title": TITLE,
            "author": "阳光年报",
            "comments": f"版本 {release.version}",
            "created": datetime.combine(release.data_date, time()),
        }
    )
    styles = Styles(book)
    sheets = list(_Sheets(frames, styles).all())
    add_readme(book, styles, release, sheets)
    for sheet in sheets:
        add_sheet(book, styles, sheet)
    book.close()
    path.write_bytes(written.getbuffer())


class _Sheets:
    """What the sheets hold."""

    def __init__(self, frames: Mapping[str, pd.DataFrame], styles: Styles) -> None:
        self._frames = frames
        self._styles = styles
        offices = frames[OFFICES.name]
        columns = [plain(offices[name]) for name in ("name", *_REGIONS)]
        self._places = dict(zip(plain(offices["office"]), zip(*columns, strict=True), strict=True))

    def all(self) -> Iterator[Sheet]:
        """In their order."""
        yield self._offices()
        yield self._reports()
        yield self._measures()
        wide = (("proactive", "主动公开"), ("requests", "申请办理"), ("disputes", "复议诉讼"))
        for table, name in wide:
            yield self._wide(table, name)
        yield self._findings()
        yield self._dictionary()

    def _offices(self) -> Sheet:
        columns = list(self._fields(OFFICES.name, OFFICES.fields))
        length = len(self._frames[OFFICES.name])
        return Sheet("机关", OFFICES.name, OFFICES.description, columns, length, frozen=2)

    def _reports(self) -> Sheet:
        frame = self._frames[REPORTS.name]
        rest = [field for field in REPORTS.fields if field not in (OFFICE, YEAR, FORM)]
        lead = self._lead(plain(frame["office"]), plain(frame["year"]), plain(frame["form"]))
        columns = [*lead, *self._fields(REPORTS.name, rest)]
        return Sheet("报告", REPORTS.name, REPORTS.description, columns, len(frame), _LEAD)

    def _measures(self) -> Sheet:
        rows = pivot(self._frames[MEASURE_VALUES.name])
        forms_of = self._forms()
        forms = [forms_of[key] for key in zip(rows.offices, rows.years, strict=True)]
        counts = [self._count(rows, measure) for measure in MEASURES if not measure.is_share]
        shares = [self._share(rows, measure) for measure in MEASURES if measure.is_share]
        figures = [*counts, *(column for share in shares for column in share)]
        remarks = self._remarks([*counts, *(share for share, *_ in shares)], forms)
        columns = [*self._lead(rows.offices, rows.years, forms), *figures, remarks]
        note = "每份报告一行。比值是百分数，后面两列是它的分子和分母。"
        return Sheet("主要指标", MEASURE_VALUES.name, note, columns, len(forms), _LEAD)

    def _count(self, rows: MeasureRows, measure: Measure) -> FigureColumn:
        head, of = _with_unit(measure.label, measure.unit), measure.id
        values, known = rows.amounts["value"][of], rows.amounts["at_least"][of]
        return FigureColumn(head, measure.label, values, rows.statuses[of], self._styles, known)

    def _share(self, rows: MeasureRows, measure: Measure) -> tuple[ShareColumn, FigureColumn, FigureColumn]:
        values, statuses = rows.amounts["value"][measure.id], rows.statuses[measure.id]
        parts, wholes = rows.amounts["numerator"][measure.id], rows.amounts["denominator"][measure.id]
        minimum = measure.minimum_n or 0
        label, styles = measure.label, self._styles
        return (
            ShareColumn(label, label, values, statuses, styles, (), parts, wholes, minimum),
            FigureColumn(f"{label}：分子", label, parts, rows.worst_of(measure.formula), styles),
            FigureColumn(f"{label}：分母", label, wholes, rows.worst_of(measure.denominator), styles),
        )

    def _wide(self, table: str, name: str) -> Sheet:
        schema = WIDE[table]
        frame = self._frames[schema.name]
        figures = [
            self._figure(frame, field, _label(table, field)) for field in schema.fields if _is_shown(table, field)
        ]
        forms = plain(frame["form"])
        lead = self._lead(plain(frame["office"]), plain(frame["year"]), forms)
        columns = [*lead, *figures, self._remarks(figures, forms)]
        note = f"{TABLE_NAMES[table]}，一份报告一行。"
        if table == _TOTALS_ONLY:
            note += "只列各行的总计，各类申请人的数见 CSV。"
        return Sheet(name, schema.name, note, columns, len(frame), _LEAD)

    def _figure(self, frame: pd.DataFrame, field: Field, label: str) -> FigureColumn:
        values, statuses = plain(frame[field.name]), statuses_of(frame[f"{field.name}__status"])
        return FigureColumn(_with_unit(label, field.unit), label, values, statuses, self._styles)

    def _findings(self) -> Sheet:
        frame = self._frames[FINDINGS.name]
        by_name = {field.name: field for field in FINDINGS.fields}
        first = self._fields(FINDINGS.name, [by_name["finding"]])
        lead = self._lead(plain(frame["office"]), plain(frame["year"]))
        rest = ("rule", "severity", "kind", "message", *ANSWER_FIELDS, "cells", "file", "line")
        columns = [*first, *lead, *self._fields(FINDINGS.name, [by_name[name] for name in rest])]
        return Sheet("核对发现", FINDINGS.name, FINDINGS.description, columns, len(frame), 1 + _LEAD)

    def _dictionary(self) -> Sheet:
        rows = [
            (
                schema.name, schema.title, field.name, field.title, TYPE_WORDS[field.type], field.unit,
                _YES[field.required], field.description,
                "；".join(f"{value}：{words}" for value, words in field.choices.items() if value != words)
                or "、".join(field.choices),
            )
            for schema in SCHEMAS for field in schema.fields
        ]  # fmt: skip
        heads = ("表", "表的名称", "字段", "字段的名称", "类型", "单位", "必有值", "说明", "可能的值")
        widths = (16, 24, 34, 34, 8, 8, 8, 50, 50)
        told = zip(heads, zip(*rows, strict=True), widths, strict=True)
        columns = [TextColumn(head, list(values), width, self._styles) for head, values, width in told]
        note = "CSV 和 Parquet 文件里每张表的每个字段。"
        return Sheet("字典", "dictionary", note, columns, len(rows), frozen=3, fits=True)

    def _lead(
        self, offices: Sequence[str | None], years: Sequence[int | None], forms: Sequence[str | None] | None = None
    ) -> Iterator[Column]:
        """Whose row it is; None for an office stands for a row about no office."""
        nowhere = (None,) * (1 + len(_REGIONS))
        places = [nowhere if office is None else self._places[office] for office in offices]
        names, *regions = ([place[at] for place in places] for at in range(1 + len(_REGIONS)))
        yield self._text(OFFICE.name, OFFICE.title, offices)
        yield self._text("name", OFFICES.title, names)
        yield CountColumn(YEAR.title, years, _COUNT_WIDTH, self._styles.year, self._styles.head_of_words)
        for region, values in zip(_REGIONS, regions, strict=True):
            yield self._text(region, _OFFICE_FIELDS[region].title, values)
        if forms is not None:
            yield self._text(FORM.name, FORM.title, [form and form_name(form) for form in forms])

    def _fields(self, table: str, fields: Iterable[Field]) -> Iterator[Column]:
        """Fields of a table as they are, with words for values that have them."""
        for field in fields:
            values = plain(self._frames[table][field.name])
            if field.type is FieldType.INTEGER:
                yield CountColumn(field.title, values, _COUNT_WIDTH, self._styles.count, self._styles.head_of_numbers)
            else:
                yield self._text(field.name, field.title, [_words(field, value) for value in values])

    def _text(self, name: str, head: str, values: Sequence[str | None]) -> TextColumn:
        return TextColumn(head, values, _WIDTHS.get(name, _COMMON_WIDTH), self._styles, name not in _ON_ONE_LINE)

    def _remarks(self, figures: Sequence[FigureColumn], forms: Sequence[str | None]) -> TextColumn:
        return self._text(REMARKS, REMARKS, remarks_of(figures, forms))

    def _forms(self) -> dict[tuple[Any, Any], Any]:
        reports = self._frames[REPORTS.name]
        keys = zip(plain(reports["office"]), plain(reports["year"]), strict=True)
        return dict(zip(keys, plain(reports["form"]), strict=True))


def _is_shown(table: str, field: Field) -> bool:
    """Whether a field of a wide table is a figure of its sheet."""
    return field.type is FieldType.NUMBER and (table != _TOTALS_ONLY or field.name.endswith(f"__{_TOTAL.id}"))


def _label(table: str, field: Field) -> str:
    return field.title.removesuffix(f"：{_TOTAL.label}") if table == _TOTALS_ONLY else field.title


def _with_unit(label: str, unit: str) -> str:
    """The head of a column. The unit stands on a line of its own, so that no bracket is torn from it."""
    return label if not unit or unit in label else f"{label}\n（{unit}）"


def _words(field: Field, value: object) -> str | None:
    """A value of a field as words. A rule is called by its title."""
    if value is None:
        return None
    if field.type is FieldType.BOOLEAN:
        return _YES[bool(value)]
    words = str(value)
    if field.name == "rule" and words in RULES:
        return RULES[words].title
    return field.choices.get(words, words)
