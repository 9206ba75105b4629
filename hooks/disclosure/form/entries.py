"""From a token to an entry: a number with what is printed beside it."""

from __future__ import annotations

from disclosure.form.tokens import Token, as_count, unit_of
from disclosure.model import Entry, made


def entry_of(token: Token, unit: str = "", header_unit: str = "", *, counts: bool = True) -> Entry:
    """A number keeps what is printed beside it. One printed in another unit than the form's is kept as a mark only.

    ``counts`` is False where the column holds sums of money: there 28.0 is not 28.
    """
    printed = (unit_of(token.remark) if token.remark else "") or header_unit
    other_unit = bool(unit) and token.value is not None and printed not in {"", unit}
    remark = token.remark or (header_unit if other_unit else "")
    value = as_count(token.value) if counts else token.value
    return made(Entry, (None if other_unit else value, token.raw, token.span, remark))
