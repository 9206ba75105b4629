"""The figures of two releases side by side: millions of them, so nothing is looped over but what differs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from disclosure.releases.files import ReleaseUnusableError
from disclosure.releases.load import Release

Whole: TypeAlias = npt.NDArray[np.int64]
ReportKey: TypeAlias = tuple[str, int]
"""Office and year."""
State: TypeAlias = tuple[str | None, str | None]
"""Value and status, both None where there is no such cell."""
Difference: TypeAlias = tuple[ReportKey, tuple[str, str, str], State, State]
"""Report; table, row and column; how it was, and how it is."""

_REPORT: Final = ("office", "year")
_CELL: Final = ("table", "row", "column")
_KEY: Final = (*_REPORT, *_CELL)
_STATE: Final = ("value", "status")
_NO_CELL: Final = -1
_MOST_KEYS: Final = 2**63
"""What a whole number can tell apart; real releases need a billionth of it."""


class _Axes(NamedTuple):
    """For each column, the values of both releases in order: a value's number is its place there."""

    values: Mapping[str, list[Any]]

    @classmethod
    def of(cls, *tables: pa.Table) -> _Axes:
        """The values of all columns of the tables; null, where a state may have it, comes first."""
        found = {name: {value for table in tables for value in _dictionary(table, name)} for name in (*_KEY, *_STATE)}
        return cls({name: [*([None] if name in _STATE else []), *sorted(found[name])] for name in found})

    def span(self, names: Iterable[str]) -> int:
        """How many numbers these columns may need."""
        return math.prod(len(self.values[name]) for name in names)

    def number(self, table: pa.Table, names: Iterable[str]) -> Whole:
        """One number for the values of these columns in each row: equal numbers, equal values."""
        total = np.zeros(table.num_rows, np.int64)
        for name in names:
            total = total * len(self.values[name]) + self._codes(table, name)
        return total

    def _codes(self, table: pa.Table, name: str) -> Whole:
        places = {value: place for place, value in enumerate(self.values[name])}
        array = table[name].chunk(0)
        lookup = np.array([*(places[value] for value in array.dictionary.to_pylist()), 0], np.int64)
        codes: Whole = lookup[array.indices.fill_null(-1).to_numpy(zero_copy_only=False)]  # the last one is for null
        return codes

    def values_of(self, numbers: Whole, names: tuple[str, ...]) -> list[tuple[Any, ...]]:
        """The values that each number of ``number`` stands for."""
        columns = []
        for name in reversed(names):
            values = self.values[name]
            numbers, places = np.divmod(numbers, len(values))
            columns.append([values[place] for place in places.tolist()])
        return list(zip(*reversed(columns), strict=True))

    def states_of(self, numbers: Whole) -> Iterator[State]:
        """Value and status that each number stands for; both None where there is no cell."""
        known = self.values_of(np.maximum(numbers, 0), _STATE)
        for number, (value, status) in zip(numbers.tolist(), known, strict=True):
            yield (None, None) if number == _NO_CELL else (value, status)


@dataclass(frozen=True, slots=True)
class _Side:
    """The figures of the reports that both releases have, by ascending key; ``places`` are their rows in the table."""

    keys: Whole
    states: Whole
    places: Whole

    def at(self, keys: Whole) -> tuple[Whole, Whole]:
        """States and places of the figures with these keys; ``_NO_CELL`` where there is none."""
        if not len(self.keys):
            nothing = np.full(len(keys), _NO_CELL, np.int64)
            return nothing, nothing
        near = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        found = self.keys[near] == keys
        return np.where(found, self.states[near], _NO_CELL), np.where(found, self.places[near], _NO_CELL)


def differing_figures(old: Release, new: Release, reports: Iterable[ReportKey]) -> Iterator[Difference]:
    """The figures of these reports that differ, by report, in the order in which the newer release lists them.

    Those that only the older one has come after them, in its order.

    Raises:
        ReleaseUnusableError: a release has two figures for one cell, or more different values than any real one.
    """
    axes = _Axes.of(old.figures, new.figures)
    if axes.span(_KEY) >= _MOST_KEYS:
        raise ReleaseUnusableError(new.path, "figures 表里不同的机关、年度和格太多")
    wanted = set(reports)
    before, after = (_side(release, axes, wanted) for release in (old, new))
    keys = _union(before.keys, after.keys)
    (old_states, old_places), (new_states, new_places) = before.at(keys), after.at(keys)
    differing = np.flatnonzero(old_states != new_states)
    order = np.where(new_places == _NO_CELL, old_places + new.figures.num_rows, new_places)[differing]
    found = differing[np.lexsort((order, keys[differing] // axes.span(_CELL)))]
    cells = axes.values_of(keys[found], _KEY)
    states = zip(axes.states_of(old_states[found]), axes.states_of(new_states[found]), strict=True)
    for (office, year, table, row, column), (was, is_now) in zip(cells, states, strict=True):
        yield (office, year), (table, row, column), was, is_now


def figure_counts(release: Release) -> dict[ReportKey, int]:
    """How many cells of the form each report has; reports without a table are not in it."""
    axes = _Axes.of(release.figures)
    counted = pa.array(axes.number(release.figures, _REPORT)).value_counts()
    reports = _reports(axes, counted.field("values"))
    return dict(zip(reports, counted.field("counts").to_pylist(), strict=True))


def _dictionary(table: pa.Table, name: str) -> list[Any]:
    found: list[Any] = table[name].chunk(0).dictionary.to_pylist()
    return found


def _reports(axes: _Axes, numbers: pa.Array) -> list[ReportKey]:
    return [(office, year) for office, year in axes.values_of(numbers.to_numpy(zero_copy_only=False), _REPORT)]


def _union(some: Whole, others: Whole) -> Whole:
    """All different ones in ascending order. They are nearly sorted, which NumPy's own union does not make use of."""
    both = np.sort(np.concatenate((some, others)), kind="stable")
    union: Whole = both[np.concatenate((np.ones(min(1, len(both)), bool), both[1:] != both[:-1]))]
    return union


def _side(release: Release, axes: _Axes, wanted: set[ReportKey]) -> _Side:
    reports = axes.number(release.figures, _REPORT)
    numbers = pa.array(reports).unique()
    common = [number for number, key in zip(numbers.to_pylist(), _reports(axes, numbers), strict=True) if key in wanted]
    places = np.flatnonzero(np.isin(reports, common))
    keys = axes.number(release.figures, _KEY)[places]
    order = np.argsort(keys, kind="stable")
    keys, places = keys[order], places[order]
    if len(keys) > 1 and bool((keys[1:] == keys[:-1]).any()):
        raise ReleaseUnusableError(release.path, "figures 表里同一格有两行")
    return _Side(keys, axes.number(release.figures, _STATE)[places], places)
