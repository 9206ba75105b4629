"""Give every figure its status: placed, recovered, conflicting or withheld, each with its proof."""

from __future__ import annotations

from functools import cache

from disclosure.form.template import FORMS
from disclosure.model import Cell, Figure, Filling, TableReading
from disclosure.prove.statuses import cells_of, figures_of

__all__ = ["prove_tables"]


def prove_tables(filling: Filling) -> dict[Cell, Figure]:
    """One figure for every cell of the report's form, in the order of the form; empty without a form.

    A table that ``filling.tables`` does not hold counts as not found.

    Raises:
        ValueError: a table holds an unknown or repeated row or column, or a row more entries than columns.
    """
    if filling.form is None:
        return {}
    figures: dict[Cell, Figure] = {}
    for table in FORMS[filling.form].tables:
        reading = filling.tables.get(table) or TableReading(table, (), found=False)
        _refuse_impossible(filling.form, reading)
        figures.update((figure.cell, figure) for figure in figures_of(filling.form, reading))
    return figures


@cache
def _columns_of(form: str, table: str) -> dict[str, list[str]]:
    """The columns of each row of a table."""
    return {cells[0].row: [cell.column for cell in cells] for cells in cells_of(form, table)}


def _refuse_impossible(form: str, reading: TableReading) -> None:
    """A reading that does not fit the form is a fault of ours: it must not pass for an office's."""
    columns_of = _columns_of(form, reading.table)
    names = [row.row for row in reading.rows]
    if len(set(names)) < len(names) or not columns_of.keys() >= set(names):
        raise ValueError(f"rows of {reading.table} unknown or repeated: {names}")
    for row in reading.rows:
        allowed = columns_of[row.row]
        given = row.columns if row.columns is not None else allowed[: len(row.entries)]
        if len(given) != len(row.entries) or len(set(given)) < len(given) or not set(allowed) >= set(given):
            raise ValueError(f"entries of {reading.table}/{row.row} do not fit its columns: {row.columns}")
