"""``datapackage.json``: what every file of the data is, for programs (Data Package v2 with Table Schema)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from disclosure.export.fields import Field, ForeignKey, TableSchema
from disclosure.export.files import Written
from disclosure.export.release import LICENCE, TITLE, Release

Json = dict[str, Any]
NAME: Final = "yangguang-nianbao"
_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_CSV: Final = {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}


def describe_package(release: Release, written: Iterable[Written], sums: Mapping[str, tuple[int, str]]) -> Json:
    """The description of a release. ``sums`` has the bytes and the SHA-256 of every file by its path."""
    name, path, title = LICENCE
    return {
        "$schema": _PROFILE,
        "name": NAME,
        "title": TITLE,
        "description": "每个数字附有状态和出处。空着的值是没有数，绝不是 0。",
        "version": release.version,
        "data_date": f"{release.data_date:%Y-%m-%d}",
        **({"homepage": f"{release.site_url}data/"} if release.site_url else {}),
        "licenses": [{"name": name, "path": path, "title": title}],
        "contributors": [{"title": "阳光年报", "roles": ["publisher"]}],
        "keywords": ["政府信息公开", "工作年度报告", "依申请公开"],
        "resources": [_resource(one, sums) for one in written],
    }


def _resource(one: Written, sums: Mapping[str, tuple[int, str]]) -> Json:
    """A table as CSV. Parquet stands beside it: frictionless would take the gaps of a resource for errors."""
    schema = one.schema
    return {
        "name": schema.name,
        "title": schema.title,
        "description": schema.description,
        **_CSV,
        **_file(one.csv, sums),
        "schema": describe_schema(schema),
        "parquet": _file(one.parquet, sums),
    }


def _file(path: str, sums: Mapping[str, tuple[int, str]]) -> Json:
    size, sha256 = sums[path]
    return {"path": path, "bytes": size, "hash": f"sha256:{sha256}"}


def describe_schema(schema: TableSchema) -> Json:
    """A table as Table Schema has it."""
    return {
        "fields": [_field(field) for field in schema.fields],
        "missingValues": [""],
        "primaryKey": list(schema.primary_key),
        **({"foreignKeys": [_foreign_key(schema, key) for key in schema.foreign_keys]} if schema.foreign_keys else {}),
    }


def _field(field: Field) -> Json:
    limits = {
        **({"required": True} if field.required else {}),
        **({"enum": list(field.choices)} if field.choices else {}),
    }
    optional = {
        "description": field.description,
        "unit": field.unit,
        "categories": [{"value": value, "label": label} for value, label in field.choices.items()],
        "constraints": limits,
    }
    return {
        "name": field.name,
        "type": field.type.value,
        "title": field.title,
        **{name: value for name, value in optional.items() if value},
    }


def _foreign_key(schema: TableSchema, key: ForeignKey) -> Json:
    """A key into the table itself names no resource."""
    elsewhere = {} if key.table == schema.name else {"resource": key.table}
    return {"fields": list(key.fields), "reference": elsewhere | {"fields": list(key.reference_fields)}}
