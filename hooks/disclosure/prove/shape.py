"""A table as rows and columns of counts: the relations of ``relations.py`` in the form that propagation works on.

Every relation of the form lies either in one row (``row-total``, ``dispute-total``) or in one column
(``handled-sum``, ``balance``), so a table is a grid: ``signs`` weigh the columns of a row, ``Line.terms`` the rows
of a column.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from disclosure.form.template import FORMS
from disclosure.prove.relations import Relation, relations_of


@dataclass(frozen=True, slots=True)
class Line:
    """Σ sign · row = 0, in every column. ``relations`` holds one relation per column."""

    kind: str
    terms: tuple[tuple[int, int], ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True)
class Shape:
    """The grid of one table of one form, with row and column numbers in the order of the form."""

    form: str
    table: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    signs: tuple[int, ...]
    row_relations: tuple[Relation, ...]
    lines: tuple[Line, ...]

    @cached_property
    def lines_of(self) -> tuple[tuple[int, ...], ...]:
        """Per row, the numbers of the lines it takes part in."""
        return tuple(
            tuple(number for number, line in enumerate(self.lines) if any(term == row for term, _ in line.terms))
            for row in range(len(self.rows))
        )

    @cached_property
    def roles(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Per row, (line, sign) of each line through it: rows of one role are interchangeable."""
        return tuple(
            tuple(
                (number, sign)
                for number in self.lines_of[row]
                for term, sign in self.lines[number].terms
                if term == row
            )
            for row in range(len(self.rows))
        )


def _signed(relation: Relation) -> dict[tuple[str, str], int]:
    return {
        **{(cell.row, cell.column): 1 for cell in relation.left},
        **{(cell.row, cell.column): -1 for cell in relation.right},
    }


def _lines(relations: list[Relation], rows: tuple[str, ...]) -> tuple[Line, ...]:
    """Put the column relations of one kind together: they weigh the same rows in every column."""
    lines = []
    for kind in dict.fromkeys(relation.kind for relation in relations):
        same = tuple(relation for relation in relations if relation.kind == kind)
        signs = {row: sign for (row, _), sign in _signed(same[0]).items()}
        lines.append(Line(kind, tuple((number, signs[row]) for number, row in enumerate(rows) if row in signs), same))
    return tuple(lines)


@cache
def shape_of(form: str, table: str) -> Shape | None:
    """The grid of a table; None where the form prints no relations (table 2)."""
    relations = relations_of(form, table)
    if not relations:
        return None
    rows = FORMS[form].tables[table].rows
    ids, columns = tuple(row.id for row in rows), tuple(column.id for column in rows[0].columns)
    in_rows = tuple(relation for relation in relations if len({cell.row for cell in relation.cells}) == 1)
    signs = {column: sign for (_, column), sign in _signed(in_rows[0]).items()}
    return Shape(
        form,
        table,
        ids,
        columns,
        tuple(signs[column] for column in columns),
        in_rows,
        _lines([relation for relation in relations if relation not in in_rows], ids),
    )
