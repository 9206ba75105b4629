"""Texts whose lines end anywhere inside the cells: the pipes between the cells tell the rows, also where no sum can."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from disclosure.model import Cell, Report
from disclosure.reading import read_report
from layouts import TITLES, Grid, grid
from test_doubts import changed, row_of
from test_fill import TRUE

_AFTER = ("", " ", "\n", "\n  ", " \n\n")


def random_ends(rng: Random, table: Grid) -> str:
    """White space and line ends on both sides of a pipe."""
    return "".join(
        "|" + "|".join(rng.choice(_AFTER) + cell + rng.choice(_AFTER) for cell in row) + "|\n" for row in table
    )


def ends_before_pipes(rng: Random, table: Grid) -> str:
    return "".join(" | ".join(cell + rng.choice(("  ", "\n  ")) for cell in row) + " |\n" for row in table)


def halved_labels(rng: Random, table: Grid) -> str:
    """Long cells over two lines, numbers beside the second half."""

    def halved(cell: str) -> str:
        at = rng.randrange(2, len(cell) - 1) if len(cell) > 4 and not cell[-1].isdecimal() else 0
        return f"{cell[:at]}\n   {cell[at:]}" if at else cell

    return "".join("| " + " | ".join(map(halved, row)) + " |\n" for row in table)


def read(form: str, tables: dict[str, str]) -> Report:
    return read_report("2023.txt", "".join(f"{TITLES[name]}\n{table}" for name, table in tables.items()).encode())


@pytest.mark.parametrize("form", ["2021", "2019"])
@pytest.mark.parametrize("layout", [random_ends, ends_before_pipes, halved_labels])
@pytest.mark.parametrize("seed", range(6))
def test_every_figure_is_read_wherever_lines_end(form: str, layout: Callable[[Random, Grid], str], seed: int) -> None:
    rng = Random(seed)  # noqa: S311 - the same ends every time
    found = read(form, {name: layout(rng, grid(form, name, TRUE[form])) for name in TITLES})
    assert {cell: figure.value for cell, figure in found.figures.items()} == dict(TRUE[form])


def test_a_row_of_numbers_below_another_label_is_not_its_own_though_pipes_part_them() -> None:
    """The label 行政处罚 lost its number and the row behind it its label; all others stand on one line."""

    def change(rows: Grid) -> None:
        del row_of(rows, "行政处罚")[1:]
        del row_of(rows, "行政强制")[0]

    table = "".join(" | ".join(row) + " |\n" for row in changed("proactive", change))
    found = read("2021", {"proactive": table})
    assert found.value("proactive", "penalties", "decisions") is None
    assert (
        found.figures[Cell("proactive", "rules", "issued")].value == TRUE["2021"][Cell("proactive", "rules", "issued")]
    )
