"""JSON as bytes: numbers exact and without exponents, and text that is always valid UTF-8."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

import orjson

from disclosure.figure_json import Json

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_LARGEST: Final = 2**63 - 1
_WRITTEN_PLAINLY: Final = 1e-4
"""From here up to the largest share, 1, no float is written with an exponent."""


def encode(value: object) -> bytes:
    """A value as compact JSON without a line end.

    Raises:
        TypeError: it holds something that is no JSON.
    """
    try:
        return orjson.dumps(value, default=_exact)
    except orjson.JSONEncodeError:  # a broken character or a huge number: too rare to look for beforehand
        return orjson.dumps(_mended(value), default=_exact)


def document_bytes(document: Json) -> bytes:
    """A whole document, with a line end."""
    return encode(document) + b"\n"


def plain(share: float | None) -> float | orjson.Fragment | None:
    """A share from 0 to 1 with six decimals, so that it is written without an exponent (``0.000012``)."""
    return orjson.Fragment(f"{share:.6f}") if share and share < _WRITTEN_PLAINLY else share


def _exact(value: object) -> orjson.Fragment:
    """A decimal with the places that it was printed with."""
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    raise TypeError(type(value).__name__)


def _mended(value: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    """The same with broken characters replaced, and numbers of more than 64 bits written out."""
    if isinstance(value, dict):
        return {name: _mended(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_mended(one) for one in value]
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    return orjson.Fragment(str(value)) if isinstance(value, int) and abs(value) > _LARGEST else value
