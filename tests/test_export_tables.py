"""The published tables: every program reads the same values from every file, and every gap stays a gap."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest
from builders import make_office, make_report
from disclosure.export.fields import FieldType, TableSchema
from disclosure.export.files import OF_AN_OFFICE
from disclosure.export.frames import make_frames
from disclosure.export.schema import FIGURES, OFFICES, SCHEMAS, WIDE, cell_field, status_field, wide_cells
from disclosure.form.template import FORMS
from disclosure.model import Cell, Figure, Finding, Kind, Portal, Severity, Status
from disclosure.open_data import Settings
from open_data import catalog_of, damaged_portal, publish
from pages import portal, with_figures

HOSTILE = ("=cmd|'/c calc'!A1", "+1", "-1", "@x", "甲\t乙", '丙"丁', "戊，己", "😀𠮷㐂", "NA", "3-1", "1e5", "长" * 300)
BY_NAME = pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)


def hostile_portal() -> Portal:
    """Offices whose names are anything, an office without a report, a report without tables, a year in between."""
    offices = [
        make_office(f"4104811{number:02d}", name=name, former_names=(name, "旧名"))
        for number, name in enumerate(HOSTILE)
    ]
    department = make_office("410481-jyj", name="教育局")
    money = Figure(Cell("proactive", "fees", "amount_wan"), None, Status.BLANK, "N/A", line=9)
    huge = Figure(Cell("proactive", "penalties", "decisions"), 123456789012, Status.PRINTED, "123,456,789,012", line=8)
    first = make_report(
        office="410481100", sections={"overview": ("=1+1", '一\t二，“三”"四"')},
        requests={"received": {"total": Status.BLANK}, "granted": {"total": Status.AMBIGUOUS}},
    )  # fmt: skip
    withheld = first.figures[Cell("requests", "granted", "total")]._replace(bounds=(2, None))
    reports = [
        with_figures(first, money, huge, withheld),
        make_report(office="410481101", form=None, year=2019),
        make_report(office="410481102", form="2019", year=2020),
        make_report(office="410481-jyj", year=2022),
    ]
    finding = Finding("row-total-mismatch", Severity.WARNING, Kind.SOURCE, "f.txt", 7, "=1，“2”\n3", "410481100", 2022)
    return portal([*offices, department], reports, [finding, replace(finding, office=None, year=None)])


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published of the hostile portal."""
    folder = tmp_path_factory.mktemp("hostile")
    publish(hostile_portal(), folder)
    return folder / "data/v1"


@pytest.fixture(scope="module")
def damaged() -> Portal:
    return damaged_portal(6)


@pytest.fixture(scope="module", params=["hostile", "damaged"])
def released(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Portal, Path]:
    """A portal with its published data."""
    if request.param == "hostile":
        return hostile_portal(), request.getfixturevalue("hostile")
    whole: Portal = request.getfixturevalue("damaged")
    folder = tmp_path_factory.mktemp("damaged")
    publish(whole, folder)
    return whole, folder / "data/v1"


@pytest.fixture(scope="module")
def frames(released: tuple[Portal, Path]) -> dict[str, pd.DataFrame]:
    """The tables of that portal as the files are written from."""
    return make_frames(catalog_of(released[0]))


def plain(schema: TableSchema, frame: pd.DataFrame, *, guarded: bool = False) -> list[list[str | None]]:
    """Rows as text: whatever a program made of a number or a truth, written one way."""
    return [
        [None if pd.isna(value) else _plain(field.type, str(value), guarded=guarded and field.free)
         for field, value in zip(schema.fields, row, strict=True)]
        for row in frame[list(schema.columns)].astype(object).itertuples(index=False)
    ]  # fmt: skip


def _plain(kind: FieldType, value: str, *, guarded: bool) -> str:
    if kind in {FieldType.NUMBER, FieldType.INTEGER}:
        return repr(float(value))
    if kind is FieldType.BOOLEAN:
        return value.lower()
    if value.endswith(".0") and value[:-2].isdigit():  # pandas makes a fraction of a code in a column with gaps
        return value[:-2]
    return value[1:] if guarded and value.startswith("'") else value


@BY_NAME
def test_every_program_reads_the_same_values_without_options(
    schema: TableSchema, released: tuple[Portal, Path]
) -> None:
    _, folder = released
    csv, parquet = folder / f"{schema.name}.csv", folder / f"{schema.name}.parquet"
    expected = plain(schema, pd.read_parquet(parquet))
    assert plain(schema, pd.read_csv(csv), guarded=True) == expected
    assert plain(schema, duckdb.read_csv(csv).df(), guarded=True) == expected
    assert plain(schema, duckdb.read_parquet(str(parquet)).df()) == expected


@BY_NAME
def test_every_file_holds_what_the_frames_hold(
    schema: TableSchema, released: tuple[Portal, Path], frames: dict[str, pd.DataFrame]
) -> None:
    _, folder = released
    assert plain(schema, pd.read_parquet(folder / f"{schema.name}.parquet")) == plain(schema, frames[schema.name])


def test_every_figure_of_the_model_is_in_the_file_with_its_value_status_and_line(released: tuple[Portal, Path]) -> None:
    whole, folder = released
    rows = pd.read_csv(folder / "figures.csv", dtype=str, keep_default_na=False).to_dict("records")
    found = {
        (row["office"], row["year"], row["table"], row["row"], row["column"]): (
            float(row["value"]) if row["value"] else None, row["status"], row["raw"].removeprefix("'"), row["line"],
        )
        for row in rows
    }  # fmt: skip
    expected = {
        (report.office, str(report.year), *cell): (
            None if one.value is None else float(one.value), one.status.value, one.raw or "", str(one.line or ""),
        )
        for report in whole.reports for cell, one in report.figures.items()
    }  # fmt: skip
    assert len(rows) == len(expected)
    assert found == expected


@pytest.mark.parametrize("table", WIDE)
def test_a_wide_table_has_every_figure_of_the_long_one_under_its_name(
    table: str, released: tuple[Portal, Path]
) -> None:
    whole, folder = released
    rows = pd.read_parquet(folder / f"{table}_wide.parquet").to_dict("records")
    reports = {(report.office, report.year): report for report in whole.reports}
    assert {(row["office"], row["year"]) for row in rows} == set(reports)
    for row in rows:
        figures = reports[row["office"], row["year"]].figures
        for cell in wide_cells(table):
            figure = figures.get(cell)
            value, status = row[cell_field(cell)], row[status_field(cell)]
            expected = None if figure is None or figure.value is None else float(figure.value)
            assert (None if pd.isna(value) else value) == expected
            assert (None if pd.isna(status) else status) == (figure and figure.status.value)


@pytest.mark.parametrize("table", WIDE)
def test_a_wide_table_has_a_column_for_every_cell_of_every_edition(table: str) -> None:
    cells = {
        Cell(table, row.id, column.id)
        for form in FORMS.values() for row in form.tables[table].rows for column in row.columns
    }  # fmt: skip
    assert sorted(wide_cells(table)) == sorted(cells)


def test_the_description_is_a_data_package_that_frictionless_finds_no_fault_in(released: tuple[Portal, Path]) -> None:
    _, folder = released
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    report = json.loads(done.stdout)
    assert [(task["name"], task["errors"][:3]) for task in report["tasks"] if task["errors"]] == []
    assert report["valid"]
    assert {task["name"] for task in report["tasks"]} >= {schema.name for schema in SCHEMAS}


def test_frictionless_would_notice_a_value_that_is_no_status(hostile: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(hostile, tmp_path / "v1")
    file = folder / "figures.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",printed,", ",perhaps,", 1), encoding="utf-8", newline="")
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    assert subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 1


def test_the_sums_are_those_of_every_file_but_their_own(released: tuple[Portal, Path]) -> None:
    _, folder = released
    lines = (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    told = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert set(told) == set(files) - {"SHA256SUMS"}
    assert told == {name: hashlib.sha256(files[name].read_bytes()).hexdigest() for name in told}


@pytest.mark.parametrize("schema", OF_AN_OFFICE, ids=lambda schema: schema.name)
def test_the_parts_of_the_offices_are_the_lines_of_the_whole(
    schema: TableSchema, released: tuple[Portal, Path]
) -> None:
    whole, folder = released
    table = pd.read_csv(folder / f"{schema.name}.csv", dtype=str)
    parts = {
        office.id: pd.read_csv(folder / f"offices/{office.id}/{schema.name}.csv", dtype=str) for office in whole.offices
    }
    assert sum(map(len, parts.values())) == table["office"].notna().sum()
    for office, part in parts.items():
        expected = table[table["office"] == office].reset_index(drop=True)
        pd.testing.assert_frame_equal(part, expected, check_dtype=False)


def test_a_part_that_two_slices_share_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = damaged_portal(2)
    publish(whole, tmp_path / "one")
    monkeypatch.setattr("disclosure.export.files.SLICE", 7)
    publish(whole, tmp_path / "two")
    names = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.csv")]
    assert len(names) > 14
    for name in names:
        assert (tmp_path / "two" / name).read_bytes() == (tmp_path / "one" / name).read_bytes()


def test_an_identifier_with_letters_stands_before_those_of_digits() -> None:
    """A program that guesses types from the first rows would fail at it later."""
    frames = make_frames(catalog_of(hostile_portal()))
    for schema in SCHEMAS:
        if "office" in schema.columns and len(frames[schema.name]):
            offices = [str(office) for office in frames[schema.name]["office"] if isinstance(office, str)]
            assert offices == sorted(offices, key=str.isdigit)
    assert frames["figures"]["office"].iloc[0] == "410481-jyj"


def test_thousands_of_whole_numbers_before_a_fraction_do_not_round_it(tmp_path: Path) -> None:
    """DuckDB takes the type of a column from its first twenty thousand rows, and rounds what comes later."""
    reports = [make_report(year=year, office="410481100") for year in range(2022, 2022 + 110)]
    fee = Figure(Cell("proactive", "fees", "amount_wan"), 0, Status.PRINTED, "1.5", line=9)
    last = with_figures(make_report(year=2140, office="410481100"), fee._replace(value=Decimal("1.5")))
    publish(portal([make_office()], [*reports, last]), tmp_path)
    file = tmp_path / "data/v1/figures.csv"
    found = duckdb.read_csv(file).filter("year = 2140 AND \"column\" = 'amount_wan'").project("value, raw").fetchall()
    assert found == [(1.5, "'1.5")]


def test_a_gap_is_empty_in_the_file_and_nothing_in_a_program(hostile: Path) -> None:
    figures = pd.read_csv(hostile / "figures.csv").set_index(["office", "row", "column"])
    gap = figures.loc[("410481100", "received", "total")]
    assert (pd.isna(gap["value"]), gap["status"]) == (True, "blank")
    open_range = figures.loc[("410481100", "granted", "total")]
    assert (open_range["low"], pd.isna(open_range["high"]), open_range["status"]) == (2, True, "ambiguous")


def test_a_number_that_a_binary_fraction_cannot_hold_is_left_out_of_parquet_and_whole_in_csv(tmp_path: Path) -> None:
    count = Figure(Cell("proactive", "penalties", "decisions"), 2**53 + 1, Status.PRINTED, str(2**53 + 1), line=9)
    fee = Figure(Cell("proactive", "fees", "amount_wan"), Decimal("0.1"), Status.PRINTED, "0.1", line=9)
    publish(portal([make_office()], [with_figures(make_report(), count, fee)]), tmp_path)
    rows = pd.read_parquet(tmp_path / "data/v1/figures.parquet").set_index(["row", "column"])["value"]
    assert pd.isna(rows["penalties", "decisions"])
    assert rows["fees", "amount_wan"] == 0.1
    lines = (tmp_path / "data/v1/figures.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[6] for line in lines if ",penalties," in line] == ["9007199254740993.0"]


def test_names_come_back_exactly_from_every_format(hostile: Path) -> None:
    parquet = pd.read_parquet(hostile / "offices.parquet").set_index("office")["name"]
    csv = pd.read_csv(hostile / "offices.csv").set_index("office")["name"]
    for number, name in enumerate(HOSTILE):
        assert parquet[f"4104811{number:02d}"] == name
        assert csv[f"4104811{number:02d}"].removeprefix("'") == name


def test_a_portal_without_offices_publishes_empty_tables(tmp_path: Path) -> None:
    publish(portal([], []), tmp_path)
    for schema in SCHEMAS:
        rows = len(pd.read_csv(tmp_path / f"data/v1/{schema.name}.csv"))
        assert rows == len(pd.read_parquet(tmp_path / f"data/v1/{schema.name}.parquet"))
        assert (rows > 0) == (schema.name == "measures")


def test_an_office_without_reports_has_its_row_and_its_files(tmp_path: Path) -> None:
    publish(portal([make_office()], []), tmp_path)
    folder = tmp_path / "data/v1"
    assert pd.read_csv(folder / "offices.csv")[["office", "reports"]].to_numpy().tolist() == [[410481100, 0]]
    assert len(pd.read_csv(folder / "offices/410481100/figures.csv")) == 0


def test_every_table_has_the_columns_of_its_schema_and_its_key_is_unique(frames: dict[str, pd.DataFrame]) -> None:
    assert list(frames) == [schema.name for schema in SCHEMAS]
    for schema in SCHEMAS:
        frame = frames[schema.name]
        assert list(frame.columns) == list(schema.columns)
        assert not frame.duplicated(list(schema.primary_key)).any()
        required = [field.name for field in schema.fields if field.required]
        assert not frame[required].isna().to_numpy().any()
        for field in schema.fields:
            assert not field.choices or set(frame[field.name].dropna()) <= set(field.choices), field.name


def test_a_proof_of_a_figure_leads_to_its_place_on_the_page(damaged: Portal) -> None:
    frames = make_frames(catalog_of(damaged))
    figures = frames[FIGURES.name]
    proved = figures[figures["status"].isin(["placed", "recovered"])]
    proofs = frames["proofs"].set_index("proof")
    assert len(proved) > 20
    assert set(proved["proof"]) <= set(proofs.index)
    assert figures[~figures["status"].isin(["placed", "recovered"])]["proof"].isna().all()
    first = proved.iloc[0]
    url = proofs.loc[first["proof"], "url"]
    assert str(url).startswith(f"offices/{first['office']}/#y{first['year']}-proof-{first['table']}-")


def _files(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_publications_of_the_same_reports_are_the_same_bytes(tmp_path: Path) -> None:
    whole = damaged_portal(4)
    for name in ("one", "two"):
        publish(whole, tmp_path / name)
    one, two = (_files(tmp_path / name) for name in ("one", "two"))
    assert one == two


def test_the_version_tells_the_date_and_changes_with_any_figure(tmp_path: Path) -> None:
    def version(name: str, received: int) -> str:
        report = make_report(requests={"received": {"total": received}})
        publish(portal([make_office()], [report]), tmp_path / name, Settings(told_date="2026-11-28"))
        description = json.loads((tmp_path / name / "data/v1/datapackage.json").read_text(encoding="utf-8"))
        return str(description["version"])

    one, same, other = version("one", 1), version("same", 1), version("other", 2)
    assert one == same != other
    assert one.startswith("1.1.0+20261128.")


def test_the_citation_names_the_version_and_the_address(tmp_path: Path) -> None:
    publish(portal([make_office()], []), tmp_path, Settings("2026-11-28", "https://example.org/"))
    folder = tmp_path / "data/v1"
    version = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["version"]
    assert (folder / "citation.txt").read_text(encoding="utf-8") == (
        f"阳光年报. 政府信息公开工作年度报告数据[DS/OL]. 版本 {version}. (2026-11-28). https://example.org/data/.\n"
    )
    assert f"version = {{{version}}}" in (folder / "citation.bib").read_text(encoding="utf-8")


def test_offices_are_described_by_the_name_of_each_level(tmp_path: Path) -> None:
    publish(portal([make_office()], []), tmp_path)
    row = pd.read_parquet(tmp_path / "data/v1" / f"{OFFICES.name}.parquet").iloc[0]
    assert [row["province"], row["city"], row["county"], row["region"]] == ["河南省", "平顶山市", "舞钢市", "410481"]


def test_a_spreadsheet_reads_the_same_values_from_csv(hostile: Path, tmp_path: Path) -> None:
    """LibreOffice without a window is told the encoding: before version 7.6 it does not look for the mark of UTF-8."""
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed")
    files = [str(hostile / f"{schema.name}.csv") for schema in SCHEMAS]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    utf_8 = "--infilter=Text - txt - csv (StarCalc):44,34,76,1"
    command = ["soffice", profile, "--headless", utf_8, "--convert-to", "xlsx", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True)
    for schema in SCHEMAS:
        sheet = openpyxl.load_workbook(tmp_path / f"{schema.name}.xlsx").worksheets[0]
        head, *body = (list(row) for row in sheet.iter_rows(values_only=True))
        assert head == list(schema.columns)
        frame = pd.DataFrame(body, columns=head, dtype=object)
        assert plain(schema, frame, guarded=True) == plain(
            schema, pd.read_parquet(hostile / f"{schema.name}.parquet")
        ), schema.name
