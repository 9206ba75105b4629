"""The published tables as data frames: the columns of ``schema.py`` in order, numbers exact, None for none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from disclosure.dataset import Dataset
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
from disclosure.export.sums import sum_regions
from disclosure.measures import MEASURES, Measure
from disclosure.model import Number, Office, Report, Status
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
        OFFICES.name: _frame(OFFICES, (_office(catalog, office) for office in catalog.offices)),
        REPORTS.name: _frame(REPORTS, _reports(catalog)),
        PROOFS.name: _frame(PROOFS, _proofs(dataset)),
        MEASURE_TABLE.name: _frame(MEASURE_TABLE, map(_measure, MEASURES)),
        MEASURE_VALUES.name: _frame(MEASURE_VALUES, _measure_values(dataset)),
        REGIONS.name: _frame(REGIONS, _regions(catalog)),
        REGION_SUMS.name: _frame(REGION_SUMS, _region_sums(catalog)),
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
    word = {office: isinstance(office, str) and not office.isdigit() for office in frame["office"].unique()}
    words = frame["office"].astype(object).map(word).to_numpy(dtype=bool)
    return pd.concat([frame[words], frame[~words]]) if words.any() else frame


def _frame(schema: TableSchema, rows: Iterable[Row]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=list(schema.columns), dtype=object)
    whole = [field.name for field in schema.fields if field.type is FieldType.INTEGER]
    return frame.astype(dict.fromkeys(whole, "Int64"))


def _office(catalog: Catalog, office: Office) -> Row:
    names = [region.name for region in office.regions[:_LEVELS]]
    return (
        office.id, office.name, office.kind, *names, *(None for _ in range(_LEVELS - len(names))),
        office.regions[-1].code if office.regions else None, office.place_known_by, office.place_inferred,
        "；".join(office.former_names) or None, office.website, len(catalog.reports.get(office.id, ())),
        urls.office(office.id),
    )  # fmt: skip


def _reports(catalog: Catalog) -> Iterator[Row]:
    for office, report in all_reports(catalog):
        statuses = Counter(figure.status for figure in report.figures.values())
        found = catalog.findings_of.get((office.id, report.year), ())
        yield (
            office.id, report.year, report.form, report.file, report.sha256, office.source_urls.get(report.year or 0),
            *(statuses[status] for status in Status), len(found),
        )  # fmt: skip


def all_reports(catalog: Catalog) -> Iterator[tuple[Office, Report]]:
    """Every report with its office: by the place of the office, oldest first."""
    return ((office, report) for office in catalog.offices for report in catalog.reports.get(office.id, ()))


def _proofs(dataset: Dataset) -> Iterator[Row]:
    names = ("proof", "office", "year", "table", "row", "number", "steps", "distrusted")
    columns = (dataset.proofs[name] for name in names)
    for proof, office, year, table, row, number, steps, distrusted in zip(*columns, strict=True):
        anchor = urls.year_anchor(year, "proof", table, row, str(number))
        yield proof, office, year, steps, distrusted, f"{urls.office(office)}#{anchor}"


def _measure(measure: Measure) -> Row:
    return (
        measure.id, measure.label, measure.english, measure.unit, " + ".join(measure.formula),
        " + ".join(measure.denominator) or None, " ".join(measure.forms), measure.summable.value, measure.minimum_n,
        measure.caveat or None,
    )  # fmt: skip


def _measure_values(dataset: Dataset) -> Iterator[Row]:
    columns = ("office", "year", "measure", "tally", "share")
    for office, year, measure, tally, share in zip(*(dataset.measures[one] for one in columns), strict=True):
        yield office, year, measure, *amount_columns(tally if share is None else share)


def amount_columns(amount: Tally | Share) -> tuple[object, ...]:
    """An amount in the columns that ``measure_values`` and ``region_sums`` share."""
    parts: tuple[Number | None, ...] = (
        (None, amount.numerator, amount.denominator) if isinstance(amount, Share) else (amount.at_least, None, None)
    )
    return amount.value, *parts, amount.known, amount.of, amount.conflicts, amount.status.value


def _regions(catalog: Catalog) -> Iterator[Row]:
    for code, region in sorted(catalog.regions.items()):
        parents = catalog.parents[code]
        parent = parents[-1].code if parents else None
        yield code, region.name, parent, len(catalog.offices_in[code]), urls.region(code)


def _region_sums(catalog: Catalog) -> Iterator[Row]:
    for one in sum_regions(catalog.offices, catalog.dataset):
        yield one.region, one.year, one.measure.id, one.reports, *amount_columns(one.amount)


def _wide(catalog: Catalog, table: str, schema: TableSchema) -> pd.DataFrame:
    """One row per report: the figures of the long table, set out side by side."""
    listed = list(all_reports(catalog))
    reports = {(office.id, report.year): number for number, (office, report) in enumerate(listed)}
    cells = {(cell.row, cell.column): number for number, cell in enumerate(wide_cells(table))}
    figures = catalog.dataset.figures
    figures = figures[figures["table"] == table]
    rows = _places(figures, ("office", "year"), reports)
    columns = _places(figures, ("row", "column"), cells)
    values, statuses = (np.full((len(cells), len(listed)), None, dtype=object) for _ in range(2))
    values[columns, rows] = figures["value"].to_numpy(dtype=object)
    statuses[columns, rows] = figures["status"].to_numpy(dtype=object)
    keys = [[office.id for office, _ in listed], [report.year for _, report in listed]]
    named = zip(schema.columns, [*keys, [report.form for _, report in listed], *values, *statuses], strict=True)
    frame = pd.DataFrame({name: pd.Series(column, dtype=object) for name, column in named})
    return frame.astype({"year": "Int64"})


def _places(figures: pd.DataFrame, names: tuple[str, str], places: Mapping[tuple[str, Any], int]) -> Places:
    """For every row, the place of its values of two columns; each different pair is looked up once."""
    codes, values = zip(*(pd.factorize(figures[name]) for name in names), strict=True)
    first, second = (found.tolist() for found in values)
    span = max(len(second), 1)
    pairs, at = np.unique(codes[0] * span + codes[1], return_inverse=True)
    found = [places[first[one // span], second[one % span]] for one in pairs.tolist()]
    return np.array(found, dtype=np.int64)[at]
