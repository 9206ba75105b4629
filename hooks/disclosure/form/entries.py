"""From a token to an entry: a number with what is printed beside it."""

from __future__ import annotations

from disclosure.form.tokens import Token, unit_of
from disclosure.model import Entry


def entry_of(token: Token, unit: str = "", header_unit: str = "") -> Entry:
    """A number keeps what is printed beside it. One printed in another unit than the form's is kept as a mark only."""
    printed = unit_of(token.remark) or header_unit
    other_unit = bool(unit) and token.value is not None and printed not in {"", unit}
    remark = token.remark or (header_unit if other_unit else "")
    return Entry(None if other_unit else token.value, token.raw, token.span, remark)
