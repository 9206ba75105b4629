"""What the printed numbers contradict, and the one change that would repair it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from disclosure.model import Cell
from disclosure.prove.relations import Relation, relations_of


@cache
def relations_through(form: str, table: str) -> Mapping[Cell, tuple[Relation, ...]]:
    """The relations each cell of a table takes part in."""
    through: dict[Cell, tuple[Relation, ...]] = {}
    for relation in relations_of(form, table):
        for cell in relation.cells:
            through[cell] = (*through.get(cell, ()), relation)
    return through


def excess(relation: Relation, counts: Mapping[Cell, int]) -> int | None:
    """Σ left − Σ right; None where a figure is missing."""
    if any(cell not in counts for cell in relation.cells):
        return None
    return sum(counts[cell] for cell in relation.left) - sum(counts[cell] for cell in relation.right)


def single_repair(form: str, table: str, violated: Iterable[Relation], counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """The new value of the one cell whose change, alone, makes every violated relation of a table hold.

    ``counts`` are the counts printed at certain places. Empty where no cell can do it, where several can, or where
    a relation is violated whatever its missing figures are: then nothing can be suggested.
    """
    broken = tuple(violated)
    gaps = [excess(relation, counts) for relation in broken]
    if not broken or None in gaps:
        return {}
    repairs: dict[Cell, int] = {}
    through = relations_through(form, table)
    for cell in broken[0].cells:
        touched = [relation for relation in through[cell] if excess(relation, counts) is not None]
        changes = {
            -gap if cell in relation.left else gap
            for relation, gap in zip(broken, gaps, strict=True)
            if gap is not None
        }
        if set(touched) == set(broken) and len(changes) == 1 and counts[cell] + min(changes) >= 0:
            repairs[cell] = counts[cell] + min(changes)
    return repairs if len(repairs) == 1 else {}
