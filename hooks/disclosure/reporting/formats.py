"""The notations by name."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from disclosure.reporting.documents import as_json, as_rdjsonl
from disclosure.reporting.github import as_github
from disclosure.reporting.markdown import as_markdown
from disclosure.reporting.result import Result
from disclosure.reporting.text import Terminal, as_text

Format: TypeAlias = Callable[[Result, Terminal], Iterator[str]]


def _github(result: Result, _: Terminal) -> Iterator[str]:
    return as_github(result, secrets.token_hex(16))


def _markdown(result: Result, _: Terminal) -> Iterator[str]:
    return (f"{paragraph}\n" for paragraph in as_markdown(result))


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "text": as_text,
        "github": _github,
        "markdown": _markdown,
        "json": lambda result, _: as_json(result),
        "rdjsonl": lambda result, _: as_rdjsonl(result),
    }
)
"""The lines of each, without their ends."""
