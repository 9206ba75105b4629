"""JSON Schemas, put together from few words: records, lists, and fields of published tables with their titles.

Records allow further fields: within v1, fields may be added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from disclosure.export.fields import Field, TableSchema

Schema: TypeAlias = dict[str, Any]


def field_of(table: TableSchema, name: str) -> Field:
    """The field of a published table."""
    return next(field for field in table.fields if field.name == name)


def like(table: TableSchema, name: str) -> Schema:
    """What a field of a published table holds; null where that may be empty."""
    field = field_of(table, name)
    words = "；".join(f"{value}：{word}" for value, word in field.choices.items() if value != word)
    schema = _described(field.title, f"{field.description}{words}", type=field.type.value)
    if field.choices:
        schema["enum"] = list(field.choices)
    return schema if field.required else nullable(schema)


def title_of(table: TableSchema, name: str) -> str:
    """The Chinese title of a field of a published table."""
    return field_of(table, name).title


def words(title: str, description: str = "", *, choices: Iterable[str] = ()) -> Schema:
    """Text; one of ``choices`` where there are any."""
    listed = list(choices)
    return _described(title, description, type="string", **({"enum": listed} if listed else {}))


def whole(title: str, description: str = "") -> Schema:
    """A count."""
    return _described(title, description, type="integer", minimum=0)


def truth(title: str, description: str = "") -> Schema:
    """Yes or no."""
    return _described(title, description, type="boolean")


def array(items: Schema, title: str, description: str = "") -> Schema:
    """A list."""
    return _described(title, description, type="array", items=items)


def mapping(values: Schema, title: str, description: str = "") -> Schema:
    """An object with any names, and the same kind of value under each."""
    return _described(title, description, type="object", additionalProperties=values)


def record(title: str, fields: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    """An object with these fields; those in ``optional`` may be left out."""
    return {
        "title": title,
        "type": "object",
        "properties": {**fields, **(optional or {})},
        "required": list(fields),
        "additionalProperties": True,
    }


def nullable(schema: Schema) -> Schema:
    """The same, or null: no value, which is never 0."""
    widened = {**schema, "type": [schema["type"], "null"]}
    return {**widened, "enum": [*schema["enum"], None]} if "enum" in schema else widened


def _described(title: str, description: str, **rest: Any) -> Schema:  # noqa: ANN401 - keywords of JSON Schema
    return {"title": title, **({"description": description} if description else {}), **rest}
