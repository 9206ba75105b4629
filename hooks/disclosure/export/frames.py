"""The published tables as data frames: the columns of ``schema.py`` in order, numbers exact, None for none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from disclosure.dataset import Dataset
from disclosure.export.coded import Coded, pairs
from disclosure.export.fields import FieldType, TableSchema
from disclosure.export.schema import (
    FINDINGS,
    MEASURE_TABLE,
    MEASURE_VALUES,
    OFFICES,
    PROOFS,
    REGION_SUMS,
    REGIONS,
    REPORTS,
    SCHEMAS,
    WIDE,
    wide_cells,
)
from disclosure.figure_json import PLAIN
from disclosure.measures import MEASURES, Measure
from disclosure.model import Office, Report, Status
from disclosure.render import urls
from disclosure.render.catalog import Catalog
from disclosure.tallies import Share, Tally

Row: TypeAlias = tuple[object, ...]
Frames: TypeAlias = Mapping[str, pd.DataFrame]
Places: TypeAlias = npt.NDArray[np.int64]
_LEVELS = 3
"""Province, city, county: what an office below lies in."""


def make_frames(catalog: Catalog) -> Frames:
    """Every published table by its name."""
    dataset = catalog.dataset
    made = {
        OFFICES.name: _of_rows(OFFICES, (_office(catalog, office) for office in catalog.offices)),
        REPORTS.name: _of_rows(REPORTS, _reports(catalog)),
        PROOFS.name: _of_rows(PROOFS, _proofs(dataset)),
        MEASURE_TABLE.name: _of_rows(MEASURE_TABLE, map(_measure, MEASURES)),
        MEASURE_VALUES.name: _measure_values(dataset),
        REGIONS.name: _of_rows(REGIONS, _regions(catalog)),
        REGION_SUMS.name: _region_sums(catalog),
        **{schema.name: _wide(catalog, table, schema) for table, schema in WIDE.items()},
    }
    taken = {"sources": dataset.sources, "figures": dataset.figures, "texts": dataset.texts}
    numbered = dataset.findings.assign(finding=range(1, len(dataset.findings) + 1)).astype({"finding": "Int64"})
    found = {**made, **taken, FINDINGS.name: numbered}
    return {schema.name: _words_first(found[schema.name][list(schema.columns)]) for schema in SCHEMAS}


def _words_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of offices whose identifier is no number come first.

    A program that guesses the type of a column from its first rows would fail at the first such identifier after them.
    """
    if "office" not in frame:
        return frame
    codes, offices = pd.factorize(frame["office"])
    words = np.array([*(not office.isdigit() for office in offices), False])[codes]  # -1, for no office, is the last
    return pd.concat([frame[words], frame[~words]]) if words.any() else frame


def _of_rows(schema: TableSchema, rows: Iterable[Row]) -> pd.DataFrame:
    listed = list(rows)
    return _of_columns(schema, zip(*listed, strict=True) if listed else [()] * len(schema.fields))


def _of_columns(schema: TableSchema, columns: Iterable[Iterable[object]]) -> pd.DataFrame:
    """A table of objects, so that no number changes its type; whole numbers are nullable."""
    named = zip(schema.fields, columns, strict=True)
    kinds = {field.name: "Int64" if field.type is FieldType.INTEGER else object for field in schema.fields}
    made = {field.name: pd.Series(list(column), dtype=kinds[field.name]) for field, column in named}
    return pd.DataFrame(made, copy=False)


def _office(catalog: Catalog, office: Office) -> Row:
    names = [region.name for region in office.regions[:_LEVELS]]
    return (
        office.id, office.name, office.kind, *names, *(None for _ in range(_LEVELS - len(names))),
        office.regions[-1].code if office.regions else None, office.place_known_by, office.place_inferred,
        "；".join(office.former_names) or None, office.website, len(catalog.reports.get(office.id, ())),
        urls.office(office.id),
    )  # fmt: skip


def _reports(catalog: Catalog) -> Iterator[Row]:
    counts = catalog.statuses_of
    for office, report in all_reports(catalog):
        statuses = counts[office.id, report.year or 0]
        found = catalog.findings_of.get((office.id, report.year), ())
        yield (
            office.id, report.year, report.form, report.file, report.sha256, office.source_urls.get(report.year or 0),
            *(statuses[status.value] for status in Status), len(found),
        )  # fmt: skip


def all_reports(catalog: Catalog) -> Iterator[tuple[Office, Report]]:
    """Every report with its office: by the place of the office, oldest first."""
    return ((office, report) for office in catalog.offices for report in catalog.reports.get(office.id, ()))


def _proofs(dataset: Dataset) -> Iterator[Row]:
    names = ("proof", "office", "year", "table", "row", "number", "steps", "distrusted")
    columns = (dataset.proofs[name].tolist() for name in names)
    for proof, office, year, table, row, number, steps, distrusted in zip(*columns, strict=True):
        anchor = urls.year_anchor(year, "proof", table, row, str(number))
        yield proof, office, year, steps, distrusted, f"{urls.office(office)}#{anchor}"


def _measure(measure: Measure) -> Row:
    return (
        measure.id, measure.label, measure.english, measure.unit, " + ".join(measure.formula),
        " + ".join(measure.denominator) or None, " ".join(measure.forms), measure.summable.value, measure.minimum_n,
        measure.caveat or None,
    )  # fmt: skip


def _measure_values(dataset: Dataset) -> pd.DataFrame:
    office, year, measure, tallies, shares = (
        dataset.measures[name].tolist() for name in ("office", "year", "measure", "tally", "share")
    )
    amounts = [tally if share is None else share for tally, share in zip(tallies, shares, strict=True)]
    return _of_columns(MEASURE_VALUES, [office, year, measure, *_amount_columns(amounts)])


def _amount_columns(amounts: Sequence[Tally | Share]) -> Iterator[Iterable[object]]:
    """Amounts in the columns that ``measure_values`` and ``region_sums`` share."""
    for name in ("value", "at_least", "numerator", "denominator", "known", "of", "conflicts"):
        yield [getattr(one, name, None) for one in amounts]  # a count has no parts, and a share no sum
    yield (PLAIN[one.status] for one in amounts)


def _regions(catalog: Catalog) -> Iterator[Row]:
    for code, region in sorted(catalog.regions.items()):
        parents = catalog.parents[code]
        parent = parents[-1].code if parents else None
        yield code, region.name, parent, len(catalog.offices_in[code]), urls.region(code)


def _region_sums(catalog: Catalog) -> pd.DataFrame:
    sums = catalog.region_sums
    measures = (one.measure.id for one in sums)
    keys = [(one.region for one in sums), (one.year for one in sums), measures, (one.reports for one in sums)]
    return _of_columns(REGION_SUMS, [*keys, *_amount_columns([one.amount for one in sums])])


def _wide(catalog: Catalog, table: str, schema: TableSchema) -> pd.DataFrame:
    """One row per report: the figures of the long table, set out side by side."""
    listed = list(all_reports(catalog))
    reports = {(office.id, report.year): number for number, (office, report) in enumerate(listed)}
    cells = {(cell.row, cell.column): number for number, cell in enumerate(wide_cells(table))}
    figures = catalog.dataset.figures
    figures = figures.loc[figures["table"] == table, ["office", "year", "row", "column", "value", "status"]]
    rows = _places(figures, ("office", "year"), reports)
    columns = _places(figures, ("row", "column"), cells)
    values, statuses = (np.full((len(cells), len(listed)), None, dtype=object) for _ in range(2))
    values[columns, rows] = figures["value"].to_numpy(dtype=object)
    statuses[columns, rows] = figures["status"].to_numpy(dtype=object)
    offices, years = [office.id for office, _ in listed], [report.year for _, report in listed]
    forms = [report.form for _, report in listed]
    return _of_columns(schema, [offices, years, forms, *values, *statuses])


def _places(figures: pd.DataFrame, names: tuple[str, str], places: Mapping[tuple[str, Any], int]) -> Places:
    """For every row, the place of its values of two columns; each different pair is looked up once."""
    first, second = (Coded(codes, found.tolist()) for codes, found in (pd.factorize(figures[name]) for name in names))
    both = pairs(first, second)
    return np.array([places[pair] for pair in both.distinct], dtype=np.int64)[both.codes]
