"""Write the published tables: whole as CSV and Parquet, and what belongs to an office as CSV of its own.

Memory is that of a slice, not of a table: a country has millions of figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from disclosure.export import csv_text
from disclosure.export.coded import Coded, code
from disclosure.export.fields import Field, FieldType, TableSchema
from disclosure.export.frames import Frames
from disclosure.export.schema import FIGURES, MEASURE_VALUES, OFFICE, OFFICES, SCHEMAS, TEXTS
from disclosure.export.summed import SummedFiles, Sums
from disclosure.parallel import Task, side_by_side
from disclosure.render import urls
from disclosure.render.office import DATA_OF_AN_OFFICE
from disclosure.render.words import plain_digits

SLICE: Final = 100_000
"""Rows that are converted at once, and stand together in a Parquet file."""
OF_AN_OFFICE: Final = tuple(schema for schema in SCHEMAS if schema.name in DATA_OF_AN_OFFICE)
"""The tables of which every office has its own part."""

_LARGE: Final = (FIGURES, MEASURE_VALUES, TEXTS)
"""The tables that take most time and memory: each is a task of its own, and gives its memory back at its end."""


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


def write_tables(frames: Frames, files: SummedFiles, processes: int = 1) -> list[Written]:
    """Write every table as CSV and Parquet, and the parts of the offices below ``offices/``.

    Raises:
        OSError: a file cannot be written.
    """
    written = [Written(schema, len(frames[schema.name])) for schema in SCHEMAS]
    alone = [[one] for one in written if one.schema in _LARGE]
    others = [one for one in written if one.schema not in _LARGE]
    tasks = [
        Task(f"写数据表（{some[0].schema.title}）", partial(_write_some, some, frames, files.folder))
        for some in (*alone, others)
    ]
    for sums in side_by_side(tasks, processes):
        files.adopt(sums)
    return written


def _write_some(tables: Iterable[Written], frames: Frames, folder: Path) -> Sums:
    """Write some tables; the sums of their files."""
    offices = list(frames[OFFICES.name]["office"])
    files = SummedFiles(folder)
    for one in tables:
        _write_table(one, frames[one.schema.name], offices if one.schema in OF_AN_OFFICE else (), files)
    return files.sums()


def office_file(office: str, schema: TableSchema) -> str:
    """The path of an office's part of a table, below the folder of the data."""
    return urls.office_data(office, schema.name).removeprefix(urls.DATA_FILES)


def _write_table(one: Written, frame: pd.DataFrame, offices: Sequence[str], files: SummedFiles) -> None:
    """The whole table in both formats and, for these offices, the part of each."""
    schema = one.schema
    head = csv_text.header(schema).encode()
    parts = _Parts(schema, head, files)
    files.append(one.csv, head)
    arrow = pa.schema([(field.name, _ARROW[field.type]) for field in schema.fields])
    # Without Arrow's own schema, a program that reads the file sees plain text and numbers.
    with pq.ParquetWriter(files.folder / one.parquet, arrow, compression="zstd", store_schema=False) as parquet:
        for first in range(0, len(frame), SLICE):
            rows = frame.iloc[first : first + SLICE]
            columns = [code(field, rows[field.name]) for field in schema.fields]
            arrays = [_array(field, column) for field, column in zip(schema.fields, columns, strict=True)]
            parquet.write_table(pa.Table.from_arrays(arrays, schema=arrow))
            lines = csv_text.Lines(schema, columns)
            files.append(one.csv, lines.between(0, len(rows)))
            if offices:
                parts.add(lines, columns[schema.columns.index(OFFICE.name)])
    files.include(one.parquet)
    parts.complete(offices)


class _Parts:
    """The parts of a table that belong to offices: the same lines, under the same head, in a file for each."""

    def __init__(self, schema: TableSchema, head: bytes, files: SummedFiles) -> None:
        self._schema = schema
        self._head = head
        self._files = files

    def add(self, lines: csv_text.Lines, offices: Coded) -> None:
        """Some rows of the table, with the office of each; a finding may be about none."""
        changes = np.flatnonzero(np.diff(offices.codes)) + 1
        for first, end in pairwise([0, *changes.tolist(), len(offices.codes)]):
            if offices.codes[first] >= 0:
                self._append(offices.distinct[offices.codes[first]], lines.between(first, end))

    def complete(self, offices: Iterable[str]) -> None:
        """A head without rows for those offices that the table has none of."""
        for office in offices:
            if office_file(office, self._schema) not in self._files:
                self._append(office)

    def _append(self, office: str, *rows: memoryview) -> None:
        path = office_file(office, self._schema)
        head = () if path in self._files else (self._head,)
        self._files.append(path, *head, *rows)


def _array(field: Field, column: Coded) -> pa.Array:
    """One column. Each different value is converted once: most columns have few."""
    convert = _CONVERT[field.type]
    distinct = pa.array([convert(value) for value in column.distinct], _ARROW[field.type])
    return distinct.take(pa.array(column.codes, pa.int64(), mask=column.codes < 0))


def _double(value: Any) -> float | None:  # noqa: ANN401 - int, Decimal or float
    """The number, where a binary fraction can hold it; else none, as a rounded one would be another number."""
    double = float(value)
    return double if plain_digits(double) == plain_digits(value) else None


_CONVERT: Final[dict[FieldType, Callable[[Any], object]]] = {
    FieldType.STRING: str,
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
