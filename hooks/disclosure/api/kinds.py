"""What a kind of document is: where it stands, what it is for, and what it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from disclosure.api.shapes import Schema
from disclosure.errors import DisclosureError


class Parameter(NamedTuple):
    """A part of an address that varies: its Chinese meaning, and what it may be (a regular expression)."""

    meaning: str
    pattern: str


PARAMETERS: Final[Mapping[str, Parameter]] = {
    "office": Parameter("机关编号。", r"[1-9][0-9a-z-]*"),
    "year": Parameter("报告所述的年度。", r"[0-9]{4}"),
    "region": Parameter("六位行政区划代码。", r"[0-9]{6}"),
    "rule": Parameter("规则的名称。", r"[a-z]+(?:-[a-z]+)+"),
    "measure": Parameter("指标的编号。", r"[a-z]+(?:_[a-z]+)*"),
    "page": Parameter("第几页，从 2 起；第 1 页是不带页码的那个文档。", r"[2-9]|[1-9][0-9]+"),
    "schema": Parameter("文档种类的名称。", r"[a-z_]+"),
}
"""No two patterns fit what another address has in that place, so every address belongs to one kind."""

_ALLOWED: Final = {name: re.compile(parameter.pattern) for name, parameter in PARAMETERS.items()}


@dataclass(frozen=True)
class Kind:
    """A kind of document. ``path`` is relative to the root of the API, with parameters in braces.

    ``further`` is the path of the second and later pages; empty where the document has no pages. ``summary`` is
    Chinese. ``data`` is the schema of what the envelope holds; without it, the document has no envelope.
    """

    name: str
    path: str
    summary: str
    data: Schema | None = None
    further: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """Every template of an address."""
        return (self.path, self.further) if self.further else (self.path,)

    def at(self, page: int = 1, **parameters: str | int) -> str:
        """The address of one document, relative to the root of the API.

        Raises:
            DisclosureError: a parameter cannot be a part of an address.
        """
        given = {name: str(value) for name, value in parameters.items()}
        for name, value in given.items():
            if not _ALLOWED[name].fullmatch(value):
                raise DisclosureError(f"“{value}”不能用作接口网址的一段（{PARAMETERS[name].meaning}）")
        return self.path.format(**given) if page == 1 else self.further.format(**given, page=page)
