"""Releases of the open data for tests, made row by row and written by hand, so that nothing here rests on the export.

A made release has two offices with three reports, a few figures each. A test changes the rows that it is about.
"""

from __future__ import annotations

import csv
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from disclosure.export.fields import FieldType, TableSchema
from disclosure.export.schema import FIGURES, FINDINGS, OFFICES, REPORTS, SOURCES

SHANGDIAN, SAMPLE = "410481100", "410481101"
"""尚店镇人民政府 with reports on 2021 and 2022, 样例镇人民政府 with one on 2021."""
VERSION, LATER, LATEST = "1.0.0+20260101.aaaaaaaa", "1.0.0+20260201.bbbbbbbb", "1.0.0+20260301.cccccccc"
CELLS = (
    "proactive.fees.amount_wan",
    "requests.received.natural_person",
    "requests.received.total",
    "requests.closed_other.total",
    "disputes.reconsideration.upheld",
)
FORMULA = '=HYPERLINK("http://example.org")'

Row = dict[str, Any]
_TABLES = (OFFICES, REPORTS, SOURCES, FIGURES, FINDINGS)
_ARROW = {
    FieldType.STRING: pa.string(),
    FieldType.INTEGER: pa.int64(),
    FieldType.NUMBER: pa.float64(),
    FieldType.BOOLEAN: pa.bool_(),
}


@dataclass
class Made:
    """A release as rows by table. Rows name only what they have: the rest is null."""

    version: str = VERSION
    data_date: str = "2026-01-01"
    tables: dict[str, list[Row]] = field(default_factory=lambda: {schema.name: [] for schema in _TABLES})

    def office(self, office: str) -> Row:
        """The row of an office."""
        return next(row for row in self.tables["offices"] if row["office"] == office)

    def source(self, office: str, year: int) -> Row:
        """The row of the first file of a report."""
        return next(row for row in self.tables["sources"] if (row["office"], row["year"]) == (office, year))

    def figure(self, office: str, year: int, cell: str) -> Row:
        """The row of a figure; ``cell`` as ``requests.received.total``."""
        key = (office, year, *cell.split("."))
        names = ("office", "year", "table", "row", "column")
        return next(row for row in self.tables["figures"] if tuple(row[name] for name in names) == key)

    def add_report(self, office: str, year: int, cells: tuple[str, ...] = CELLS, form: str = "2021") -> None:
        """A report with one file, and a printed 3 in each of these cells."""
        key: Row = {"office": office, "year": year}
        file = f"reports/{office}/{year}.txt"
        self.tables["reports"].append({**key, "form": form, "file": file, "sha256": f"{office}-{year}"})
        self.tables["sources"].append({**key, "file": file, "sha256": f"{office}-{year}", "figures": len(cells)})
        for cell in cells:
            table, row, column = cell.split(".")
            place = {"form": form, "table": table, "row": row, "column": column}
            self.tables["figures"].append({**key, **place, "value": 3, "status": "printed", "raw": "3", "file": file})

    def drop_report(self, office: str, year: int) -> None:
        """Take a report with all that belongs to it away."""
        for name in ("reports", "sources", "figures", "findings"):
            kept = [row for row in self.tables[name] if (row["office"], row["year"]) != (office, year)]
            self.tables[name] = kept

    def add_finding(self, office: str | None, year: int | None, message: str, line: int = 7) -> None:
        """A finding of the rule about sums of rows."""
        row = {"office": office, "year": year, "message": message, "line": line, "rule": "row-total-mismatch"}
        self.tables["findings"].append({**row, "severity": "warning", "kind": "source"})


def made(version: str = VERSION, data_date: str = "2026-01-01") -> Made:
    """The release that tests begin with."""
    one = Made(version, data_date)
    for office, name in ((SHANGDIAN, "尚店镇人民政府"), (SAMPLE, "样例镇人民政府")):
        places = {"province": "河南省", "city": "平顶山市", "county": "舞钢市", "region": "410481"}
        one.tables["offices"].append({"office": office, "name": name, "kind": "乡镇人民政府", **places})
    for office, year in ((SHANGDIAN, 2021), (SHANGDIAN, 2022), (SAMPLE, 2021)):
        one.add_report(office, year)
    one.add_finding(SHANGDIAN, 2021, "各列之和为 4，总计写作 3。")
    return one


def later(version: str = LATER, data_date: str = "2026-02-01") -> Made:
    """The same data under a later version, for a test to change."""
    return made(version, data_date)


def write_parquet(release: Made, folder: Path) -> Path:
    """The release as a folder with Parquet files; returns the folder."""
    for schema in _TABLES:
        rows = release.tables[schema.name]
        arrays = {
            one.name: pa.array([_typed(one.type, row.get(one.name)) for row in rows], _ARROW[one.type])
            for one in schema.fields
        }
        pq.write_table(pa.table(arrays), _described(release, folder) / f"{schema.name}.parquet")
    return folder


def write_csv(release: Made, folder: Path) -> Path:
    """The release as a folder with CSV files: BOM, CRLF, and free text guarded; returns the folder."""
    for schema in _TABLES:
        path = _described(release, folder) / f"{schema.name}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            lines = csv.writer(file, lineterminator="\r\n")
            lines.writerow(schema.columns)
            lines.writerows(_written(schema, row) for row in release.tables[schema.name])
    return folder


def zipped(folder: Path, archive: Path, inside: str = "") -> Path:
    """The files of a folder as an archive, below the folder ``inside``; returns the archive."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            opened.write(path, f"{inside}{path.relative_to(folder).as_posix()}")
    return archive


def _described(release: Made, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    description = {"name": "made", "version": release.version, "data_date": release.data_date}
    (folder / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")
    return folder


def _typed(kind: FieldType, value: object) -> object:
    return float(str(value)) if kind is FieldType.NUMBER and value is not None else value


def _written(schema: TableSchema, row: Row) -> list[str]:
    texts = []
    for one in schema.fields:
        value = row.get(one.name)
        text = "" if value is None else str(value)
        texts.append(f"'{text}" if one.free and text.startswith(("=", "'")) else text)
    return texts
