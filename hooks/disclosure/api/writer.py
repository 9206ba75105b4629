"""Writes documents: the envelope, links that lead from where a document stands, and long lists page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Generic, TypeVar

import orjson

from disclosure.api.encode import document_bytes, encode
from disclosure.api.kinds import Kind
from disclosure.api.shapes import Schema, mapping, record, words
from disclosure.export.release import SCHEMA_VERSION, Release
from disclosure.figure_json import Json
from disclosure.render import urls
from disclosure.writing import Tree

MAX_ITEMS: Final = 1000
MAX_BYTES: Final = 900_000
"""A page ends before it has more entries, or more bytes, than these: no document has more than 1,000,000 bytes."""

SCHEMA: Final = Kind("schema", "schemas/{schema}.json", "一种文档的 JSON Schema（2020-12）")

Item = TypeVar("Item")


def envelope(data: Schema) -> Schema:
    """The schema of a document that holds ``data``."""
    links = mapping(words("网址"), "链接", "没有写明网站地址时，链接相对于本文档；否则是完整网址。")
    fields = {
        "schema_version": words("结构版本", "语义化版本号；主版本号不变，字段就只增不减。"),
        "version": words("数据版本", "结构版本，加上数据日期和数据摘要的前八位。"),
        "data_date": {**words("数据日期"), "format": "date"},
        "links": {**links, "required": ["self", "schema"]},
        "data": data,
    }
    return record("文档", fields)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands, and what its links begin with to lead from there."""

    kind: Kind
    path: str
    api: str
    site: str

    def document(self, kind: Kind, page: int = 1, **parameters: str | int) -> str:
        """A link to another document."""
        return self.api + kind.at(page, **parameters)

    def page(self, url: str, anchor: str = "") -> str:
        """A link to a page of the site, by its address in ``render/urls.py``."""
        return f"{self.site}{url}#{anchor}" if anchor else self.site + url


@dataclass(frozen=True)
class Pages(Generic[Item]):
    """A long list: ``head`` gives the links and the data that every page of it has, ``entry`` one item of ``name``."""

    name: str
    items: Sequence[Item]
    entry: Callable[[Place, Item], Json]
    head: Callable[[Place], tuple[Json, Json]]


@dataclass
class Writer:
    """Writes each document as it is made; ``written`` are their paths below the root of ``files``, in order."""

    release: Release
    files: Tree
    written: list[str] = field(default_factory=list)

    @cached_property
    def _envelope(self) -> Json:
        date = self.release.data_date.isoformat()
        return {"schema_version": SCHEMA_VERSION, "version": self.release.version, "data_date": date}

    def place(self, kind: Kind, page: int = 1, **parameters: str | int) -> Place:
        """Where a document is going to stand."""
        path = kind.at(page, **parameters)
        if self.release.site_url:
            return Place(kind, path, self.release.site_url + urls.API_FILES, self.release.site_url)
        up = "../" * path.count("/")
        return Place(kind, path, up, up + "../" * urls.API_FILES.count("/"))

    def write(self, place: Place, data: Json, links: Json) -> None:
        """Write a document in its envelope."""
        schema = place.document(SCHEMA, schema=place.kind.name)
        own = {"self": place.api + place.path, "schema": schema}
        self.write_bare(place, {**self._envelope, "links": own | links, "data": data})

    def write_bare(self, place: Place, document: Json) -> None:
        """Write a document as it is."""
        self.files.write(place.path, document_bytes(document))
        self.written.append(place.path)

    def write_pages(self, kind: Kind, pages: Pages[Item], **parameters: str | int) -> None:
        """Write a list over as many documents as it needs, at least one; each leads to those before and after it."""
        start, number = 0, 1
        while number == 1 or start < len(pages.items):
            place = self.place(kind, number, **parameters)
            links, data = pages.head(place)
            entries = _fitting(pages, place, start, len(encode(data)))
            start += len(entries)
            if number > 1:
                links["previous"] = place.document(kind, number - 1, **parameters)
            if start < len(pages.items):
                links["next"] = place.document(kind, number + 1, **parameters)
            self.write(place, {**data, "page": number, "total": len(pages.items), pages.name: entries}, links)
            number += 1


def _fitting(pages: Pages[Item], place: Place, start: int, used: int) -> list[orjson.Fragment]:
    """The entries of a page from item ``start`` on: at least one, if there is any left."""
    entries: list[orjson.Fragment] = []
    for item in pages.items[start : start + MAX_ITEMS]:
        entry = encode(pages.entry(place, item))
        used += len(entry) + 1
        if entries and used > MAX_BYTES:
            break
        entries.append(orjson.Fragment(entry))
    return entries
