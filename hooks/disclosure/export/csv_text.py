"""CSV as RFC 4180 has it, safe to open in a spreadsheet, and exact.

Sources: RFC 4180; OWASP on CSV injection, for what a spreadsheet would run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow.compute as pc

from disclosure.export.coded import Coded, pairs
from disclosure.export.fields import Field, FieldType, TableSchema
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
_ROWS_OF_A_PAIR: Final = 10
"""So many rows must there be to every pair of texts that two columns can have, for the pairs to be worth writing."""
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


class Lines:
    """Rows of a table as text, one after the other in UTF-8."""

    def __init__(self, schema: TableSchema, columns: Sequence[Coded]) -> None:
        *texts, last = (_written(field, column) for field, column in zip(schema.fields, columns, strict=True))
        ended = last.each(lambda text: f"{text}{END}")
        merged = _merged([*texts, ended])
        lines = pc.binary_join_element_wise(*(column.texts() for column in merged), ",")
        _, starts, text = lines.buffers()
        self._starts = np.frombuffer(starts, np.int32, len(lines) + 1)
        self._text = memoryview(text)

    def between(self, first: int, end: int) -> memoryview:
        """The rows from ``first`` to the one before ``end``, counted from 0."""
        return self._text[self._starts[first] : self._starts[end]]


def _written(field: Field, column: Coded) -> Coded:
    """A column as text without gaps. Each different value is written once: most columns have few."""
    texts = [*(_write(field, value) for value in column.distinct), ""]  # -1, for no value, is the last
    return Coded(column.codes % len(texts), texts)


def _merged(columns: Sequence[Coded]) -> Iterator[Coded]:
    """The same lines in fewer columns: neighbours that can have only few different pairs are written as one."""
    merged, *others = columns
    for column in others:
        if len(merged.distinct) * len(column.distinct) > len(column.codes) / _ROWS_OF_A_PAIR:
            yield merged
            merged = column
        else:
            merged = pairs(merged, column).each(",".join)
    yield merged


def _write(field: Field, value: object) -> str:
    return _WRITE[field.type](guard(str(value)) if field.free else value)


def _text(words: str) -> str:
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
