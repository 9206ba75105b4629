"""The description of the API for programs: a JSON Schema for every kind of document, and ``openapi.json``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from disclosure.api.index import OPENAPI, POLICY
from disclosure.api.kinds import PARAMETERS, Kind
from disclosure.api.shapes import Schema
from disclosure.api.writer import SCHEMA, Writer, envelope
from disclosure.export.release import LICENCE, SCHEMA_VERSION, TITLE
from disclosure.figure_json import Json
from disclosure.render import urls

ENVELOPE: Final = "envelope"
"""The name of the schema that every document with an envelope obeys."""
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_PARAMETER: Final = re.compile(r"\{(\w+)\}")
_ANY_OBJECT: Final[Schema] = {"type": "object"}


def write_descriptions(writer: Writer, kinds: Sequence[Kind]) -> None:
    """``schemas/`` and ``openapi.json`` for these kinds."""
    schemas = {ENVELOPE: envelope({"title": "内容"})} | {kind.name: envelope(kind.data) for kind in kinds if kind.data}
    for name, schema in schemas.items():
        place = writer.place(SCHEMA, schema=name)
        own = {"$id": place.api + place.path} if writer.release.site_url else {}
        writer.write_bare(place, {"$schema": _DIALECT, **own, **schema})
    writer.write_bare(writer.place(OPENAPI), openapi(kinds, writer.release.site_url))


def openapi(kinds: Sequence[Kind], site_url: str) -> Json:
    """The OpenAPI 3.1 document. Without ``site_url``, the server is the folder that it stands in."""
    licence, _, _ = LICENCE
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": SCHEMA_VERSION,
            "description": POLICY,
            "license": {"name": licence, "identifier": licence},
        },
        "jsonSchemaDialect": _DIALECT,
        "servers": [{"url": (site_url + urls.API_FILES).removesuffix("/") if site_url else "."}],
        "paths": {f"/{path}": {"get": _operation(kind, path)} for kind in kinds for path in kind.paths},
        "components": {"schemas": {kind.name: envelope(kind.data) for kind in kinds if kind.data}},
    }


def _operation(kind: Kind, path: str) -> Json:
    further = path == kind.further
    schema = {"$ref": f"#/components/schemas/{kind.name}"} if kind.data else _ANY_OBJECT
    answer = {"description": kind.summary, "content": {"application/json": {"schema": schema}}}
    return {
        "operationId": f"{kind.name}_page" if further else kind.name,
        "summary": f"{kind.summary}（第 2 页起）" if further else kind.summary,
        "parameters": list(_parameters(path)),
        "responses": {"200": answer, "404": {"description": "没有这个文档。"}},
    }


def _parameters(path: str) -> Iterator[Json]:
    for name in _PARAMETER.findall(path):
        meaning, pattern = PARAMETERS[name]
        schema = {"type": "string", "pattern": f"^(?:{pattern})$"}
        yield {"name": name, "in": "path", "required": True, "description": meaning, "schema": schema}
