"""Columns as codes: what is done to a value is done once, however many rows have it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from disclosure.export.fields import Field, FieldType
from disclosure.render.text import visible


class Coded(NamedTuple):
    """A column as its different values, and for each row which of them it has: -1 where it has none."""

    codes: npt.NDArray[np.int64]
    distinct: Sequence[Any]

    def each(self, change: Callable[[Any], Any]) -> Coded:
        """The column with each different value changed, once."""
        return Coded(self.codes, [change(value) for value in self.distinct])

    def texts(self, rows: slice = slice(None)) -> pa.Array:
        """These rows of a column of text without gaps, as Arrow has them."""
        return pa.array(self.distinct, pa.string()).take(pa.array(self.codes[rows]))


def code(field: Field, column: pd.Series) -> Coded:
    """A column of a published table as codes, its values in the order in which it has them; words made visible."""
    codes, distinct = pd.factorize(column)
    words = field.type is FieldType.STRING
    return Coded(codes, [visible(str(value)) for value in distinct] if words else list(distinct))


def code_all(values: Sequence[Any]) -> Coded:
    """Values as codes, equal ones with the same, without gaps: None, where there is any, is a value like the others."""
    codes, distinct = pd.factorize(np.array(values, dtype=object))
    if (codes < 0).any():
        return Coded(codes % (len(distinct) + 1), [*distinct, None])
    return Coded(codes, list(distinct))


def pairs(first: Coded, second: Coded) -> Coded:
    """Two columns without gaps as one of pairs. Memory is that of all pairs there could be."""
    span = len(second.distinct)
    both = first.codes * span + second.codes
    there = np.zeros(len(first.distinct) * span, dtype=bool)
    there[both] = True
    found = zip(*(places.tolist() for places in np.divmod(np.flatnonzero(there), span)), strict=True)
    return Coded((np.cumsum(there) - 1)[both], [(first.distinct[one], second.distinct[two]) for one, two in found])
