"""Every figure of every report is the same in the downloads, the API, the HTML page and its Markdown twin."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pandas as pd
import pytest
from disclosure.export.schema import WIDE, cell_field, status_field, wide_cells
from disclosure.form.template import FORMS, TABLES
from disclosure.measures import MAIN_MEASURES
from disclosure.model import Office, Portal, Report, Status
from disclosure.render import urls
from disclosure.render.legend import LEGEND
from disclosure.render.page import Page
from disclosure.render.site import render_site
from disclosure.tallies import measure_report
from open_data import catalog_of, damaged_portal, publish
from pages import markdown_tables, read_html
from selectolax.lexbor import LexborHTMLParser, LexborNode

Key: TypeAlias = tuple[str, int, str, str, str]
Shown: TypeAlias = tuple[Decimal | None, str]
"""Value and status."""
GAPS = {Status.BLANK.value, Status.AMBIGUOUS.value, Status.ABSENT.value}
_SIGNS = {word.sign: status.value for status, word in LEGEND.items()}
_MARK = re.compile(r"〔\[?([^\]〕]+)")
_DIGITS = re.compile(r"\[([^\]]+)\]\([^)]*source/")


class Everything(NamedTuple):
    """A portal, the folder of its published files, and its pages by address."""

    portal: Portal
    folder: Path
    pages: Mapping[str, Page]

    def reports(self) -> Iterator[tuple[Office, Report]]:
        """Every report with its office."""
        office = {one.id: one for one in self.portal.offices}
        return ((office[str(report.office)], report) for report in self.portal.reports)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Everything:
    """Damaged reports in which every status stands, published in every way."""
    whole = damaged_portal(24, seed=11)
    folder = tmp_path_factory.mktemp("site")
    publish(whole, folder)
    return Everything(whole, folder, {page.url: page for page in render_site(catalog_of(whole))})


def of_model(everything: Everything) -> dict[Key, Shown]:
    return {
        (office.id, int(report.year or 0), *cell): (
            None if figure.value is None else Decimal(figure.value), figure.status.value,
        )
        for office, report in everything.reports() for cell, figure in report.figures.items()
    }  # fmt: skip


def of_csv(everything: Everything) -> dict[Key, Shown]:
    rows = pd.read_csv(everything.folder / "data/v1/figures.csv", dtype=str, keep_default_na=False)
    return {_key(row): (_number(row["value"]), row["status"]) for row in rows.to_dict("records")}


def of_parts(everything: Everything) -> dict[Key, Shown]:
    found: dict[Key, Shown] = {}
    for office in everything.portal.offices:
        rows = pd.read_csv(everything.folder / urls.office_data(office.id, "figures"), dtype=str, keep_default_na=False)
        found |= {_key(row): (_number(row["value"]), row["status"]) for row in rows.to_dict("records")}
    return found


def of_parquet(everything: Everything) -> dict[Key, Shown]:
    rows = pd.read_parquet(everything.folder / "data/v1/figures.parquet")
    values = ("" if pd.isna(value) else repr(value) for value in rows["value"])
    listed = zip(rows.to_dict("records"), values, strict=True)
    return {_key(row): (_number(value), row["status"]) for row, value in listed}


def of_wide_tables(everything: Everything) -> dict[Key, Shown]:
    found: dict[Key, Shown] = {}
    for table, schema in WIDE.items():
        rows = pd.read_csv(everything.folder / f"data/v1/{schema.name}.csv", dtype=str, keep_default_na=False)
        for row in rows.to_dict("records"):
            for cell in wide_cells(table):
                if row[status_field(cell)]:
                    shown = _number(row[cell_field(cell)]), row[status_field(cell)]
                    found[row["office"], int(row["year"]), *cell] = shown
    return found


def of_api(everything: Everything) -> dict[Key, Shown]:
    found: dict[Key, Shown] = {}
    for office, report in everything.reports():
        file = everything.folder / f"api/v1/offices/{office.id}/{report.year}.json"
        tables = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)["data"]["tables"]
        for table, rows in tables.items():
            for row, columns in rows.items():
                for column, figure in columns.items():
                    value = None if figure["value"] is None else Decimal(figure["value"])
                    found[office.id, int(report.year or 0), table, row, column] = value, figure["status"]
    return found


def _page_of(everything: Everything, report: Report) -> Page:
    """The page that shows a report in full: its own, or, of the newest, its office's."""
    own = urls.report(str(report.office), int(report.year or 0))
    return everything.pages.get(own) or everything.pages[urls.office(str(report.office))]


def of_html(everything: Everything) -> dict[Key, Shown]:
    found: dict[Key, Shown] = {}
    for office, report in everything.reports():
        page = LexborHTMLParser(_page_of(everything, report).html())
        for table, row, columns in _shown_rows(report):
            anchor = urls.year_anchor(int(report.year or 0), table, row)
            cells = page.css(f"tr#{anchor} > td")
            assert len(cells) == len(columns), anchor
            for column, cell in zip(columns, cells, strict=True):
                found[office.id, int(report.year or 0), table, row, column] = _of_cell(cell)
    return found


def _of_cell(cell: LexborNode) -> Shown:
    mark, digits = cell.css_first(".mark"), cell.css_first("a.figure")
    status = _SIGNS[mark.text()] if mark else Status.PRINTED.value
    return (None if status in GAPS or digits is None else _number(digits.text())), status


def of_markdown(everything: Everything) -> dict[Key, Shown]:
    found: dict[Key, Shown] = {}
    for office, report in everything.reports():
        lines = iter(_form_rows(_page_of(everything, report).markdown()))
        for table, row, columns in _shown_rows(report):
            head, *cells = next(lines)
            of_the_row = Status.PLACED.value if LEGEND[Status.PLACED].sign in head else Status.PRINTED.value
            for column, cell in zip(columns, cells, strict=True):
                found[office.id, int(report.year or 0), table, row, column] = _of_twin(cell, of_the_row)
        assert next(lines, None) is None
    return found


def _of_twin(cell: str, of_the_row: str) -> Shown:
    mark, digits = _MARK.search(cell), _DIGITS.search(cell)
    status = _SIGNS[mark[1]] if mark else of_the_row
    return (None if status in GAPS or digits is None else _number(digits[1].replace("\\", ""))), status


def _form_rows(markdown: str) -> Iterator[list[str]]:
    """The rows of figures in the tables of the form, with their links, in their order."""
    inside = False
    for line in markdown.splitlines():
        if line.startswith("| 项目 |"):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and line.startswith("| [") and "/terms/#" in line:
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def _shown_rows(report: Report) -> Iterator[tuple[str, str, list[str]]]:
    """The rows that a page shows: those of the tables that were found."""
    for table in TABLES if report.form else ():
        reading = report.filling.tables.get(table)
        for row in FORMS[str(report.form)].tables[table].rows if reading and reading.found else ():
            yield table, row.id, [column.id for column in row.columns]


def _key(row: Mapping[str, object]) -> Key:
    return str(row["office"]), int(str(row["year"])), str(row["table"]), str(row["row"]), str(row["column"])


def _number(digits: str) -> Decimal | None:
    return Decimal(digits) if digits else None


def test_every_status_stands_in_what_is_compared(everything: Everything) -> None:
    statuses = Counter(status for _, status in of_model(everything).values())
    assert set(statuses) == set(Status)
    assert sum(statuses.values()) > 5000


@pytest.mark.parametrize(
    "way", [of_csv, of_parts, of_parquet, of_wide_tables, of_api], ids=lambda way: str(way.__name__).removeprefix("of_")
)
def test_every_figure_is_published_as_it_was_read(
    way: Callable[[Everything], dict[Key, Shown]], everything: Everything
) -> None:
    assert way(everything) == of_model(everything)


@pytest.mark.parametrize("way", [of_html, of_markdown], ids=["html", "markdown"])
def test_every_figure_is_shown_as_it_was_read(
    way: Callable[[Everything], dict[Key, Shown]], everything: Everything
) -> None:
    """A table of which no trace was found is said to be missing, instead of cells without numbers."""
    found = way(everything)
    model = of_model(everything)
    assert found == {key: model[key] for key in found}
    assert {status for key, (_, status) in model.items() if key not in found} <= {Status.ABSENT.value}
    assert len(found) > 5000


def test_every_file_that_a_page_leads_to_is_published(everything: Everything) -> None:
    found = 0
    for url, page in everything.pages.items():
        for href in read_html(page.html()).hrefs:
            path = posixpath.normpath(posixpath.join(url, href))
            if path.startswith((urls.DATA_FILES, urls.API_FILES)):
                assert (everything.folder / path).is_file(), (url, href)
                found += 1
    assert found == 5 * len(everything.portal.offices)


def test_the_main_measures_of_a_report_are_the_same_on_the_page_of_its_year_and_in_the_files(
    everything: Everything,
) -> None:
    values = pd.read_parquet(everything.folder / "data/v1/measure_values.parquet")
    rows = values.set_index(["office", "year", "measure"])["at_least"]
    names = {office.id: office for office in everything.portal.offices}
    for report in everything.portal.reports:
        for measure in MAIN_MEASURES:
            tally = measure_report(report, measure)
            published = rows[str(report.office), report.year, measure.id]
            assert (None if pd.isna(published) else published) == tally.at_least
    assert set(values["office"]) == {str(report.office) for report in everything.portal.reports} <= set(names)


def test_the_sums_of_a_region_are_the_same_on_its_page_and_in_the_files(everything: Everything) -> None:
    sums = pd.read_parquet(everything.folder / "data/v1/region_sums.parquet")
    sums = sums.set_index(["region", "year", "measure"])
    for code in ("410000", "410481", "370800"):
        tables = markdown_tables(everything.pages[urls.region(code)].markdown())
        table = next(table for table in tables if table[0][:2] == ["年份", "收录"])
        for year, _, *cells in table[1:]:
            for measure, cell in zip(MAIN_MEASURES, cells, strict=True):
                row = sums.loc[(code, int(year.removesuffix(" 年")), measure.id)]
                digits = re.search(r"\d+", cell.partition("（")[0])
                assert (float(digits[0]) if digits else None) == (
                    None if pd.isna(row["at_least"]) else row["at_least"]
                ), (code, year, measure.id)
