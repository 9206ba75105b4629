"""load: a release from its files, as Arrow tables in which equal values are stored once.

Parquet is preferred; CSV gives the same. Only the columns that a comparison needs are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
from pyarrow import csv, parquet

from disclosure.export.csv_text import unguard
from disclosure.export.fields import Field, FieldType, TableSchema
from disclosure.export.release import DESCRIPTION, SCHEMA_VERSION
from disclosure.export.schema import FIGURES, FINDINGS, OFFICES, REPORTS, SOURCES
from disclosure.figure_json import ANSWER_FIELDS
from disclosure.model import Status
from disclosure.releases.files import ReleaseFiles, ReleaseUnusableError, open_files
from disclosure.render.words import plain_digits

VERSION_PATTERN: Final = r"^[0-9]+\.[0-9]+\.[0-9]+(?:[+-][0-9A-Za-z.+-]+)?$"
"""A semantic version. It becomes part of file names and addresses, so nothing else may stand in it."""
DATE_PATTERN: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
MOST_ROWS: Final = 50_000_000
"""Of one table. A few bytes of Parquet can claim any number of rows."""
_MOST_DIGITS: Final = 60
"""Of one number: ``1e999999`` would be written out."""
_BLOCK: Final = 16 * 1024 * 1024
"""Bytes of CSV that are read at a time; a row must fit into one."""
_MAJOR: Final = SCHEMA_VERSION.partition(".")[0]
NEEDED: Final = (
    (OFFICES, ("office", "name", "province", "city", "county", "region")),
    (REPORTS, ("office", "year")),
    (SOURCES, ("office", "year", "file", "sha256")),
    (FIGURES, ("office", "year", "table", "row", "column", "value", "status")),
    (FINDINGS, ("rule", "office", "year", "message", *ANSWER_FIELDS)),
)
"""The tables that are read, with their columns."""
_SINCE_1_1: Final = frozenset(ANSWER_FIELDS)
"""Columns that older releases of this major version do not have; there, they have no values."""


@dataclass(frozen=True)
class Release:
    """One published state of the data: ``version`` as in its description, ``data_date`` as ``YYYY-MM-DD``.

    Every column of its tables is one dictionary-coded array: integers where the schema has them, text otherwise.
    ``figures.value`` is text too: the number in plain digits without needless zeros (``1.5``, never ``1.50`` or
    ``1e3``), null where there is none.

    * offices: office, name, province, city, county, region;
    * reports: office, year;
    * sources: office, year, file, sha256;
    * figures: office, year, table, row, column, value, status;
    * findings: rule, office, year, message, answer_reason, answer_by, answer_date.
    """

    path: Path
    version: str
    data_date: str
    offices: pa.Table
    reports: pa.Table
    sources: pa.Table
    figures: pa.Table
    findings: pa.Table


class Description(NamedTuple):
    """Which state of the data a release is."""

    version: str
    data_date: str


def load_release(path: Path) -> Release:
    """The release in a folder or a zip archive of ``/data/v1/``; an archive may hold it inside folders.

    Raises:
        ReleaseUnusableError: there is none, a file of it is missing or broken, or its tables are of another major
            version.
    """
    with open_files(path) as files:
        description = read_description(files)
        tables = {schema.name: _table(files, schema, columns) for schema, columns in NEEDED}
    statuses = set(tables[FIGURES.name]["status"].chunk(0).dictionary.to_pylist())
    if unknown := sorted(statuses - set(Status)):
        raise ReleaseUnusableError(path, f"figures 表里有不认识的状态“{unknown[0]}”", "请用更新的程序。")
    return Release(path, *description, **tables)


def read_description(files: ReleaseFiles) -> Description:
    """Version and date of a release, from its description.

    Raises:
        ReleaseUnusableError: the description is broken, or of another major version of the tables.
    """
    try:
        given = json.loads(files.read(DESCRIPTION) or b"")
        version, data_date = str(given["version"]), str(given["data_date"])
        date.fromisoformat(data_date)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _not_described(files.path) from error
    if not (re.fullmatch(VERSION_PATTERN, version) and re.fullmatch(DATE_PATTERN, data_date)):
        raise _not_described(files.path)
    if version.partition(".")[0] != _MAJOR:
        problem = f"它的版本是 {version}，这个程序只认 {_MAJOR}.x"
        raise ReleaseUnusableError(files.path, problem, "请用与它相配的程序。")
    return Description(version, data_date)


def _not_described(path: Path) -> ReleaseUnusableError:
    wanted = f"应当是 JSON，写明 version（如 {SCHEMA_VERSION}+20260101.3f9a2c1d）和 data_date（如 2026-01-01）"
    return ReleaseUnusableError(path, f"{DESCRIPTION} 读不出来：{wanted}")


def _table(files: ReleaseFiles, schema: TableSchema, columns: tuple[str, ...]) -> pa.Table:
    fields = [field for field in schema.fields if field.name in columns]
    for suffix, read in _READERS:
        name = f"{schema.name}.{suffix}"
        content = files.read(name)
        if content is not None:
            try:
                return _coded(read(content, fields), fields)
            except (pa.ArrowException, OSError, ValueError, LookupError) as error:
                problem = f"里面的 {name} 不完整，或者与数据字典不符"
                raise ReleaseUnusableError(files.path, problem) from error
    raise ReleaseUnusableError(files.path, f"里面没有 {schema.name}.parquet，也没有 {schema.name}.csv")


def _from_parquet(content: bytes, fields: list[Field]) -> pa.Table:
    fields = _there(fields, parquet.read_schema(pa.BufferReader(content)).names)
    texts = [field.name for field in fields if field.type is FieldType.STRING]
    file = parquet.ParquetFile(pa.BufferReader(content), read_dictionary=texts)
    if file.metadata.num_rows > MOST_ROWS:
        raise ValueError("too many rows")
    return file.read(columns=[field.name for field in fields])


def _from_csv(content: bytes, fields: list[Field]) -> pa.Table:
    """Everything but whole numbers is read as text: a decimal must not pass through a binary fraction."""
    text = pa.dictionary(pa.int32(), pa.string())
    head = content.partition(b"\n")[0].decode("utf-8-sig", "replace")
    fields = _there(fields, head.strip().split(","))
    types = {field.name: pa.int64() if field.type is FieldType.INTEGER else text for field in fields}
    table = csv.read_csv(
        pa.BufferReader(content),
        csv.ReadOptions(block_size=_BLOCK),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(column_types=types, include_columns=list(types), null_values=[""], strings_can_be_null=True),
    )
    return _mapped(table, [field.name for field in fields if field.free], unguard)


def _there(fields: list[Field], columns: Collection[str]) -> list[Field]:
    """The fields to be read from a file with these columns: all but the newer ones that it does not have."""
    return [field for field in fields if field.name not in _SINCE_1_1 or field.name in columns]


_READERS: Final[tuple[tuple[str, Callable[[bytes, list[Field]], pa.Table]], ...]] = (
    ("parquet", _from_parquet),
    ("csv", _from_csv),
)


def _coded(table: pa.Table, fields: list[Field]) -> pa.Table:
    """The table with one dictionary for each column, and numbers written in one way.

    Raises:
        LookupError, ValueError, pa.ArrowException: a column is missing, lacks a value that it must have, or is of
            another type.
    """
    for name in _SINCE_1_1.intersection(field.name for field in fields).difference(table.column_names):
        table = table.append_column(name, pa.nulls(table.num_rows, pa.string()))
    coded = pa.table({field.name: _whole(table[field.name], field) for field in fields})
    return _mapped(coded, [field.name for field in fields if field.type is FieldType.NUMBER], plain)


def _whole(column: pa.ChunkedArray, field: Field) -> pa.DictionaryArray:
    if field.required and column.null_count:
        raise ValueError(f"{field.name} has gaps")
    if field.type is FieldType.INTEGER:
        column = column.cast(pa.int64())
    elif field.type is FieldType.STRING and not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    return coded.unify_dictionaries().combine_chunks()


def _mapped(table: pa.Table, names: list[str], change: Callable[[Any], str]) -> pa.Table:
    """The table with the different values of these columns changed, each of them once."""
    for name in names:
        array = table[name].unify_dictionaries().combine_chunks()
        values = pa.array([change(value) for value in array.dictionary.to_pylist()], pa.string())
        changed = pa.DictionaryArray.from_arrays(array.indices, values)
        table = table.set_column(table.column_names.index(name), name, changed)
    return table


def plain(number: float | Decimal | str) -> str:
    """A number in digits alone, so that the same number is always the same text.

    Raises:
        ValueError: it is none, or has an absurd number of digits.

    >>> plain("1.50"), plain(3.0), plain("-0")
    ('1.5', '3', '0')
    """
    try:
        value = Decimal(str(number))
    except InvalidOperation as error:
        raise ValueError(f"not a number: {number!r}") from error
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
        raise ValueError(f"not a number to print: {number!r}")
    if not value:
        return "0"
    return plain_digits(value)
