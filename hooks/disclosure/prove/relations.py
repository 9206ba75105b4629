"""The arithmetic that the statutory form prints about itself, as linear equations over its cells.

Four kinds hold inside one report (sources: the notes of both forms, 国办公开办函〔2019〕60号 and 〔2021〕30号):

* ``row-total``: six applicant columns = 总计, per row of table 3;
* ``handled-sum``: all outcomes = （七）总计, per column of table 3;
* ``balance``: 新收 + 结转 = （七）总计 + 结转下年度, per column of table 3;
* ``dispute-total``: four results = 总计, per block of table 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from disclosure.form.template import APPLICANTS, DISPUTES, FORMS, OUTCOME_ROWS, OUTCOMES
from disclosure.model import Cell


@dataclass(frozen=True, slots=True)
class Relation:
    """Σ left = Σ right over the figures of one report. All coefficients are 1, all figures are counts ≥ 0."""

    kind: str
    left: tuple[Cell, ...]
    right: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell of the relation, the left side first."""
        return self.left + self.right


def _row_total(row: str) -> Relation:
    *parts, total = (Cell("requests", row, column.id) for column in APPLICANTS)
    return Relation("row-total", tuple(parts), (total,))


def _handled_sum(form: str, column: str) -> Relation:
    outcomes = tuple(Cell("requests", row, column) for row in OUTCOME_ROWS[form])
    return Relation("handled-sum", outcomes, (Cell("requests", "handled", column),))


def _balance(column: str) -> Relation:
    received, carried_in, handled, carried_out = (
        Cell("requests", row, column) for row in ("received", "carried_in", "handled", "carried_out")
    )
    return Relation("balance", (received, carried_in), (handled, carried_out))


def _dispute_total(row: str) -> Relation:
    *parts, total = (Cell("disputes", row, column.id) for column in OUTCOMES)
    return Relation("dispute-total", tuple(parts), (total,))


@cache
def relations_of(form: str, table: str) -> tuple[Relation, ...]:
    """The relations inside one table: 39 for ``requests`` of the 2021 form, 3 for ``disputes``, none for the rest."""
    if table == "disputes":
        return tuple(_dispute_total(row.id) for row in DISPUTES.rows)
    if table == "requests":
        columns = [column.id for column in APPLICANTS]
        return (
            *(_row_total(row.id) for row in FORMS[form].tables["requests"].rows),
            *(_handled_sum(form, column) for column in columns),
            *(_balance(column) for column in columns),
        )
    return ()
