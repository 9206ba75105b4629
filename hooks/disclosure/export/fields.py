"""How a published table is described: its fields, what makes a row unique, and what it refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class FieldType(StrEnum):
    """The types of fields, named as Table Schema (Data Package v2) names them."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"


TYPE_WORDS: Final = {
    FieldType.STRING: "文字",
    FieldType.INTEGER: "整数",
    FieldType.NUMBER: "数",
    FieldType.BOOLEAN: "是或否",
}
"""What a reader of the dictionary is told of a type."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column. ``title`` and ``description`` are Chinese; ``choices`` maps every value it may have to its words.

    An empty field of a column that is not ``required`` means that there is no value. ``free`` text is somebody's own
    words: in CSV, what a spreadsheet would run or change is guarded (see ``csv_text.py``).
    """

    name: str
    title: str
    type: FieldType = FieldType.STRING
    description: str = ""
    unit: str = ""
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    free: bool = False


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """The fields that name a row of another table, which calls them by ``reference_fields``."""

    fields: tuple[str, ...]
    table: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One published table: ``<name>.csv`` and ``<name>.parquet``."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields in order."""
        return tuple(one.name for one in self.fields)
