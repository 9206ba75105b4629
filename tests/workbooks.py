"""What tests of the workbook share: tables made by hand, and ways to read the workbook back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pandas as pd
from disclosure.export import workbook
from disclosure.export.fields import FieldType
from disclosure.export.release import Release
from disclosure.export.schema import SCHEMAS, WIDE, status_field
from disclosure.export.workbook import write_workbook
from disclosure.model import Cell, Status
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

RELEASE = Release(date(2026, 11, 28), "3f9a2c1d55667788", "https://example.org/portal/")
OFFICE = "410481100"
SHEETS = ["说明", "机关", "报告", "主要指标", "主动公开", "申请办理", "复议诉讼", "核对发现", "字典"]
RECEIVED, HANDLED = Cell("requests", "received", "total"), Cell("requests", "handled", "total")
FEES, CHANGE = Cell("proactive", "fees", "amount_wan"), Cell("proactive", "fees", "change")
PENALTIES = Cell("proactive", "penalties", "decisions")

Row = Mapping[str, object]
Amounts = Mapping[Cell, tuple[object, Status]]


def office(name: str = "样例镇人民政府", office: str = OFFICE, reports: int = 1) -> Row:
    places = {"province": "河南省", "city": "平顶山市", "county": "舞钢市", "region": "410481"}
    known = {"kind": "乡镇人民政府", "place_known_by": "标题写明。", "place_inferred": False}
    return {"office": office, "name": name, "reports": reports, "url": f"offices/{office}/", **places, **known}


def report(year: int = 2022, form: str | None = "2021") -> Row:
    counts = {status.value: number for number, status in enumerate(Status)}
    return {"office": OFFICE, "year": year, "form": form, "file": "a.txt", "sha256": "0" * 64, "findings": 2, **counts}


def measure(measure: str, value: object, status: Status = Status.PRINTED, **more: object) -> Row:
    """A row of ``measure_values``; ``more`` are further fields."""
    return {"office": OFFICE, "year": 2022, "measure": measure, "value": value, "status": status.value, **more}


def share(value: float | None, part: int | None, whole: int | None, status: Status = Status.PRINTED) -> Row:
    return measure("granted_share", value, status, numerator=part, denominator=whole)


def wide(amounts: Amounts, form: str | None = "2021") -> dict[str, list[Row]]:
    """The rows of the wide tables of one report, which has these figures alone."""
    rows: dict[str, list[Row]] = {}
    for table, schema in WIDE.items():
        row: dict[str, object] = {"office": OFFICE, "year": 2022, "form": form}
        for cell, (value, status) in amounts.items():
            if cell.table == table:
                row |= {f"{cell.row}__{cell.column}": value, status_field(cell): status.value}
        rows[schema.name] = [row]
    return rows


def frames(rows: Mapping[str, Sequence[Row]]) -> dict[str, pd.DataFrame]:
    """Tables with these rows; the other tables have none, and fields that a row does not name are None."""
    made = {}
    for schema in SCHEMAS:
        listed = [[row.get(column) for column in schema.columns] for row in rows.get(schema.name, ())]
        frame = pd.DataFrame(listed, columns=list(schema.columns), dtype=object)
        whole = [field.name for field in schema.fields if field.type is FieldType.INTEGER]
        made[schema.name] = frame.astype(dict.fromkeys(whole, "Int64"))
    return made


def write(
    folder: Path, rows: Mapping[str, Sequence[Row]], name: str = "data.xlsx", *, dictionary: bool = False
) -> Path:
    """Write a workbook; without its dictionary, hundreds of rows of which one test wants to know."""
    with patch.object(workbook, "SCHEMAS", SCHEMAS if dictionary else SCHEMAS[:1]):
        write_workbook(folder / name, frames(rows), RELEASE)
    return folder / name


def read(folder: Path, rows: Mapping[str, Sequence[Row]], *, dictionary: bool = False) -> Workbook:
    """The workbook of one office with one report and these rows, read back."""
    filled = {"offices": [office()], "reports": [report()], **rows}
    return load_workbook(write(folder, filled, dictionary=dictionary))


def heads(sheet: Worksheet) -> list[object]:
    return [cell.value for cell in sheet[1]]


def at(sheet: Worksheet, head: str, row: int = 2) -> SheetCell:
    """The cell below a head; row 1 is the head."""
    return sheet.cell(row, heads(sheet).index(head) + 1)


def figure(folder: Path, value: object, status: Status = Status.PRINTED, cell: Cell = RECEIVED) -> SheetCell:
    """The cell of a figure in the workbook of a report that has no other."""
    sheets = {"requests": ("申请办理", "本年新收\n（件）"), "proactive": ("主动公开", TITLES.get(cell, ""))}
    sheet, head = sheets[cell.table]
    return at(read(folder, wide({cell: (value, status)}))[sheet], head)


TITLES = {
    FEES: "行政事业性收费：本年收费金额（单位：万元）",
    CHANGE: "行政事业性收费：本年增/减",
    PENALTIES: "行政处罚：本年处理决定数量",
}


def column(sheet: Worksheet, number: int) -> list[object]:
    return [row[0] for row in sheet.iter_rows(min_col=number, max_col=number, values_only=True)]
