"""Of all figures that are provable at all, nearly all are recovered. More tables: ``scripts/optimum.py``."""

from __future__ import annotations

import os
import sys

from disclosure.model import Cell
from optimum import Recovered, compare, implied, recovered, requests_case, table_of
from prove_strategies import LIGHT, sample

EACH = int(os.environ.get("OPTIMUM_TABLES", "3"))
"""Tables of each kind of damage."""
LEAST_SHARE = 0.99


def test_what_is_provable_is_recovered_and_nothing_beyond_it() -> None:
    found = recovered(EACH)
    sys.stdout.write(f"\n{table_of(found)}\n")
    everything = Recovered()
    for one in found.values():
        everything = everything.plus(one)
    assert everything.provable > 50 * EACH
    assert everything.share >= LEAST_SHARE
    assert everything.beyond == 0
    light = [found[f"requests: {kind}"] for kind in LIGHT]
    assert min(one.provable for one in light) > 0
    assert min(one.share for one in light) >= LEAST_SHARE


def test_a_lost_row_is_provable_and_two_lost_rows_are_not_always() -> None:
    """The optimum itself: 1 row lost gives 7 provable figures; of 2 rows lost not all 14 are."""
    assert compare(requests_case("row lost", 0)).provable == 7
    assert min(compare(requests_case("two rows lost", number)).provable for number in range(4)) < 14


def test_a_value_is_implied_only_where_no_completion_has_another() -> None:
    table = sample({"granted": (3, 1, 0, 0, 0, 0)}, {"granted": None})
    cell = Cell("requests", "granted", "total")
    assert implied("2021", table, cell, 4)
    assert not implied("2021", table, cell, 3)


def test_nothing_is_implied_by_a_table_without_completion() -> None:
    table = sample({"granted": (3, 1, 0, 0, 0, 0, 9), "unavailable_not_held": (7, 7, 0, 0, 0, 0, 2)})
    assert not implied("2021", table, Cell("requests", "granted", "total"), 9)
