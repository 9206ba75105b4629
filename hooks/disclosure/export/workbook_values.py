"""The published tables as plain columns for the workbook: lists, with None where there is nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd

from disclosure.export.workbook_columns import FigureColumn
from disclosure.measures import MEASURES, Measure
from disclosure.model import Status
from disclosure.tallies import worst

LONGEST_REMARKS: Final = 200
"""So many characters of remarks stand in one cell before the others are only counted."""
NO_TABLE: Final = "没有读到表格"
_STATUS: Final = {status.value: status for status in Status}
_KEYS: Final = ["office", "year"]


def plain(series: pd.Series) -> list[Any]:
    """The values of a column as Python has them, None for every kind of "nothing"."""
    # The stubs do not know that None may stand for "nothing".
    found: list[Any] = series.to_numpy(dtype=object, na_value=None).tolist()  # type: ignore[call-overload]
    return found


def statuses_of(series: pd.Series) -> list[Status | None]:
    """The statuses of a column; None where the form has no such figure."""
    return [_STATUS[value] if value is not None else None for value in plain(series)]


@dataclass(frozen=True)
class MeasureRows:
    """``measure_values`` with one row per report, and its values as columns by measure."""

    offices: Sequence[str]
    years: Sequence[int]
    amounts: Mapping[str, Mapping[str, Sequence[Any]]]
    """By the name of the field (``value``, ``at_least``, ``numerator``, ``denominator``), then by measure."""
    statuses: Mapping[str, Sequence[Status | None]]
    """By measure; None where the report's form does not have it."""

    def worst_of(self, formula: tuple[str, ...]) -> Sequence[Status | None]:
        """The statuses of a part or a whole of a share: those of the counts that make it up."""
        columns = [self.statuses[count.id] for count in counts_in(formula)]
        if len(columns) == 1:
            return columns[0]
        return [None if None in row else worst(filter(None, row)) for row in zip(*columns, strict=True)]


@cache
def counts_in(formula: tuple[str, ...]) -> tuple[Measure, ...]:
    """The counts that a formula adds up: the one that has the same formula, else those of which it is put together."""
    counts = [measure for measure in MEASURES if not measure.is_share]
    same = tuple(count for count in counts if count.formula == formula)
    return same or tuple(count for count in counts if set(count.formula) <= set(formula))


def pivot(frame: pd.DataFrame) -> MeasureRows:
    """One row per report, in the order in which ``measure_values`` first has them."""
    rows = frame.groupby(_KEYS, sort=False, observed=True).ngroup().to_numpy()
    heads = frame.drop_duplicates(_KEYS)
    numbers = {measure.id: number for number, measure in enumerate(MEASURES)}
    columns = np.array([numbers[measure] for measure in frame["measure"]], dtype=int)

    def by_measure(values: list[Any]) -> dict[str, list[Any]]:
        grid = np.full((len(MEASURES), len(heads)), None, dtype=object)
        grid[columns, rows] = np.fromiter(values, dtype=object, count=len(values))
        return {measure: grid[number].tolist() for measure, number in numbers.items()}

    fields = ("value", "at_least", "numerator", "denominator")
    return MeasureRows(
        plain(heads["office"]),
        plain(heads["year"]),
        {field: by_measure(plain(frame[field])) for field in fields},
        by_measure(statuses_of(frame["status"])),
    )


def remarks_of(columns: Sequence[FigureColumn], forms: Sequence[str | None]) -> list[str]:
    """The words of the last column: which cells of each row are missing or doubtful, and why."""
    said: list[list[tuple[str, str]]] = [[] for _ in forms]
    for column in columns:
        for row, words in column.remarks():
            said[row].append((column.label, words))
    cells = sum(column.in_form().astype(int) for column in columns)
    told = zip(said, np.broadcast_to(cells, len(forms)).tolist(), forms, strict=True)
    return [_remarks(remarks, count) if form is not None else NO_TABLE for remarks, count, form in told]


def _remarks(remarks: Sequence[tuple[str, str]], cells: int) -> str:
    """The remarks on a row, each with the label of its column; all together where all ``cells`` have the same one."""
    if len(remarks) == cells > 1 and len({words for _, words in remarks}) == 1:
        return f"全部 {cells} 项：{remarks[0][1]}"
    return _capped([f"{label}：{words}" for label, words in remarks])


def _capped(remarks: Sequence[str]) -> str:
    """As many remarks as there is room for, at least one."""
    whole = "；".join(remarks)
    if len(whole) <= LONGEST_REMARKS:
        return whole
    fitting = whole[: whole.rfind("；", 0, LONGEST_REMARKS)] if "；" in whole[:LONGEST_REMARKS] else remarks[0]
    return f"{fitting}……等 {len(remarks)} 处"
