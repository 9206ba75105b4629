"""Small portals made by hand, for tests of what is gathered and rendered."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.form.template import FORMS
from disclosure.model import (
    Cell,
    Figure,
    Filling,
    Identity,
    Office,
    Portal,
    Region,
    Report,
    Section,
    Snippet,
    Status,
    TableReading,
)

HENAN, PINGDINGSHAN, WUGANG = Region("410000", "河南省"), Region("410400", "平顶山市"), Region("410481", "舞钢市")
LUSHAN = Region("410423", "鲁山县")


def office(office_id: str = "410481100", name: str = "尚店镇人民政府", **changed: object) -> Office:
    """An office in 舞钢市, unless ``regions`` says otherwise."""
    fields: dict[str, object] = {
        "kind": "乡镇人民政府",
        "folder": f"reports/河南省/{name}",
        "regions": (HENAN, PINGDINGSHAN, WUGANG),
        "place_known_by": "标题写明。",
    }
    return Office(office_id, name, **(fields | changed))  # type: ignore[arg-type]


def report(
    office_id: str = "410481100",
    year: int = 2021,
    form: str | None = "2021",
    figures: Sequence[Figure] = (),
    sections: Sequence[Section] = (),
    lines: Sequence[str] = ("第一行", "第二行"),
    unplaced: Sequence[Snippet] = (),
    missing: Sequence[str] = (),
) -> Report:
    """A report in which every figure is a printed 0 on line 2, but for the ``figures`` given and ``missing`` tables."""
    given = {figure.cell: figure for figure in figures}
    tables = FORMS[form].tables if form else {}
    cells = [Cell(table.id, row.id, col.id) for table in tables.values() for row in table.rows for col in row.columns]
    readings = {table: TableReading(table, (), found=bool(form) and table not in missing) for table in FORMS["2021"].tables}
    return Report(
        file=f"reports/{office_id}/{year}.txt",
        sha256="0" * 64,
        lines=tuple(lines),
        filling=Filling(form, Identity(), readings, tuple(sections), (), tuple(unplaced)),
        figures={cell: given.get(cell) or _plain(cell, missing) for cell in cells},
        office=office_id,
        filed_year=year,
    )


def _plain(cell: Cell, missing: Sequence[str]) -> Figure:
    if cell.table in missing:
        return Figure(cell, None, Status.ABSENT)
    return Figure(cell, 0, Status.PRINTED, "0", line=2)


def printed(value: int, row: str, column: str = "total", table: str = "requests") -> Figure:
    """A printed figure on line 2."""
    return Figure(Cell(table, row, column), value, Status.PRINTED, str(value), line=2)


def withheld(status: Status, row: str, column: str = "total", table: str = "requests") -> Figure:
    """A figure without a number."""
    return Figure(Cell(table, row, column), None, status)


def portal(offices: Sequence[Office], reports: Sequence[Report], findings: Sequence[object] = ()) -> Portal:
    """A portal of these."""
    return Portal(tuple(offices), tuple(reports), tuple(findings))  # type: ignore[arg-type]
