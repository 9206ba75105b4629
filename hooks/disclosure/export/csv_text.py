"""CSV as RFC 4180 has it, safe to open in a spreadsheet, and exact.

Sources: RFC 4180; OWASP on CSV injection, for what a spreadsheet would run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from disclosure.export.fields import Field, FieldType, TableSchema
from disclosure.render.text import visible
from disclosure.render.words import plain_digits

BOM: Final = "\ufeff"
END: Final = "\r\n"

GUARD: Final = "'"
_MISREAD: Final = (
    r"'",  # a guard of its own, so that taking one away always gives the text back
    r"[=@\t\r\n＝＠]",  # a formula, or what some programs skip before one
    r"[+\-＋－].",  # the same; a sign alone is none
    r"[.\d０-９][\d０-９\s.,:/+\-年月日号时分秒eE%％]*$",  # a number, a date, a time, a share
    r"(?:#?N/A|#?NA|n/a|<NA>|NULL|null|None|none|-?(?:NaN|nan)|-?1\.#(?:IND|QNAN))$",  # nothing
    r"(?:inf|infinity|true|false)$",
)
"""What a program that opens the file would take for something else than text.

A column of text in which the first ten thousand rows look like numbers would be a column of numbers to a program that
guesses types from there, and the first word after them an error.
"""
_GUARDED: Final = re.compile("|".join(f"(?:{pattern})" for pattern in _MISREAD), re.IGNORECASE)
_QUOTED: Final = re.compile(r'[",\r\n]|^\s|\s$')
Write: TypeAlias = Callable[[Any], str]


def guard(text: str) -> str:
    """Free text with one apostrophe before it where a spreadsheet would run it, or a program change it.

    >>> guard("=HYPERLINK(0)"), guard("3-1"), guard("0"), guard("-"), guard("尚店镇")
    ("'=HYPERLINK(0)", "'3-1", "'0", '-', '尚店镇')
    """
    return GUARD + text if _GUARDED.match(text) else text


def unguard(text: str) -> str:
    """The text that ``guard`` was given."""
    return text.removeprefix(GUARD)


def header(schema: TableSchema) -> str:
    """The first line of a file, with the mark by which spreadsheets know UTF-8."""
    return BOM + ",".join(schema.columns) + END


def pieces(schema: TableSchema, frame: pd.DataFrame, bounds: Sequence[int]) -> list[str]:
    """The rows of a table as text, a piece from each of the ``bounds`` (row numbers from 0) to the next."""
    columns = [_texts(field, frame[field.name]) for field in schema.fields]
    lines = pc.binary_join_element_wise(*columns, ",")
    joined = pc.binary_join(pa.ListArray.from_arrays(pa.array(bounds, pa.int32()), lines), END)
    return [f"{piece}{END}" for piece in joined.to_pylist()]


def _texts(field: Field, column: pd.Series) -> pa.Array:
    """The fields of one column. Each different value is written once: most columns have few."""
    codes, values = pd.factorize(column)
    written = [*(_write(field, value) for value in values), ""]  # the code of "no value" is -1: the last of the list
    return pa.array(written, pa.string()).take(pa.array(codes % len(written)))


def _write(field: Field, value: object) -> str:
    return _WRITE[field.type](guard(visible(str(value))) if field.free else value)


def _text(value: object) -> str:
    words = str(value)
    return '"' + words.replace('"', '""') + '"' if _QUOTED.search(words) else words


def _amount(value: Any) -> str:  # noqa: ANN401 - int, Decimal or float
    """All digits and no more: never with an exponent, never rounded, and always with a decimal point.

    Without one in the first thousands of rows, a program that guesses types from there would round the first fraction.
    """
    digits = plain_digits(value)
    return digits if "." in digits else f"{digits}.0"


_WRITE: Final[dict[FieldType, Write]] = {
    FieldType.STRING: _text,
    FieldType.NUMBER: _amount,
    FieldType.INTEGER: str,
    FieldType.BOOLEAN: lambda value: str(bool(value)).lower(),
}
