"""Write the published tables: whole as CSV and Parquet, and what belongs to an office as CSV of its own.

Memory is that of a slice, not of a table: a country has millions of figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from disclosure.export import csv_text
from disclosure.export.fields import Field, FieldType, TableSchema
from disclosure.export.frames import Frames
from disclosure.export.schema import OFFICES, SCHEMAS
from disclosure.render import urls
from disclosure.render.office import DATA_OF_AN_OFFICE
from disclosure.render.text import visible
from disclosure.render.words import plain_digits

SLICE: Final = 100_000
"""Rows that are converted at once, and stand together in a Parquet file."""
OF_AN_OFFICE: Final = tuple(schema for schema in SCHEMAS if schema.name in DATA_OF_AN_OFFICE)
"""The tables of which every office has its own part."""


class Written(NamedTuple):
    """A table that was written, and its rows. Its files are named below the folder of the data."""

    schema: TableSchema
    rows: int

    @property
    def csv(self) -> str:
        """The path of the table as CSV."""
        return f"{self.schema.name}.csv"

    @property
    def parquet(self) -> str:
        """The path of the table as Parquet."""
        return f"{self.schema.name}.parquet"


def write_tables(frames: Frames, folder: Path) -> list[Written]:
    """Write every table as CSV and Parquet into ``folder``, and the parts of the offices below ``folder/offices``."""
    offices = list(frames[OFFICES.name]["office"])
    for office in offices:
        (folder / "offices" / office).mkdir(parents=True, exist_ok=True)
    written = [Written(schema, len(frames[schema.name])) for schema in SCHEMAS]
    for one in written:
        frame = frames[one.schema.name]
        _write_csv(one, frame, folder, offices if one.schema in OF_AN_OFFICE else ())
        _write_parquet(one.schema, frame, folder / one.parquet)
    return written


def office_file(office: str, schema: TableSchema) -> str:
    """The path of an office's part of a table, below the folder of the data."""
    return urls.office_data(office, schema.name).removeprefix(urls.DATA_FILES)


def _write_csv(one: Written, frame: pd.DataFrame, folder: Path, offices: Sequence[str]) -> None:
    """The whole table and, for these offices, the part of each: the same lines, under the same head."""
    schema = one.schema
    head = csv_text.header(schema)
    begun: set[str] = set()
    with (folder / one.csv).open("w", encoding="utf-8", newline="") as file:
        file.write(head)
        for rows in _slices(frame):
            bounds = _where_the_office_changes(rows) if offices else [0, len(rows)]
            pieces = csv_text.pieces(schema, rows, bounds)
            file.writelines(pieces)
            for office, piece in zip(rows["office"].iloc[bounds[:-1]], pieces, strict=True) if offices else ():
                if isinstance(office, str):  # a finding may be about no office
                    _append(folder / office_file(office, schema), piece if office in begun else head + piece)
                    begun.add(office)
    for office in offices:
        if office not in begun:
            _append(folder / office_file(office, schema), head)


def _slices(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    return (frame.iloc[first : first + SLICE] for first in range(0, len(frame), SLICE))


def _where_the_office_changes(rows: pd.DataFrame) -> list[int]:
    """The numbers of the rows that begin another office, the first included, and the number of rows."""
    codes, _ = pd.factorize(rows["office"])
    return [0, *(np.flatnonzero(np.diff(codes)) + 1).tolist(), len(rows)]


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(text)


def _write_parquet(schema: TableSchema, frame: pd.DataFrame, path: Path) -> None:
    arrow = pa.schema([(field.name, _ARROW[field.type]) for field in schema.fields])
    # Without Arrow's own schema, a program that reads the file sees plain text and numbers.
    with pq.ParquetWriter(path, arrow, compression="zstd", store_schema=False) as writer:
        for rows in _slices(frame):
            arrays = [_array(field, rows[field.name]) for field in schema.fields]
            writer.write_table(pa.Table.from_arrays(arrays, schema=arrow))


def _array(field: Field, column: pd.Series) -> pa.Array:
    """One column. Each different value is converted once: most columns have few."""
    codes, values = pd.factorize(column)
    convert = _CONVERT[field.type]
    distinct = pa.array([convert(value) for value in values], _ARROW[field.type])
    return distinct.take(pa.array(codes, pa.int64(), mask=codes < 0))


def _double(value: Any) -> float | None:  # noqa: ANN401 - int, Decimal or float
    """The number, where a binary fraction can hold it; else none, as a rounded one would be another number."""
    double = float(value)
    return double if plain_digits(double) == plain_digits(value) else None


_CONVERT: Final[dict[FieldType, Callable[[Any], object]]] = {
    FieldType.STRING: lambda value: visible(str(value)),
    FieldType.INTEGER: int,
    FieldType.NUMBER: _double,
    FieldType.BOOLEAN: bool,
}
_ARROW: Final = {
    FieldType.STRING: pa.string(),
    FieldType.INTEGER: pa.int64(),
    FieldType.NUMBER: pa.float64(),
    FieldType.BOOLEAN: pa.bool_(),
}
