"""Numbers printed without a certain row, and what was proved of the rows in whose place they stand."""

from __future__ import annotations

import pytest
from disclosure.prove.agreement import may_be

PROVED = [36, 1, 0, 0, 1, 0, 38]


@pytest.mark.parametrize(
    "printed",
    [
        PROVED,
        [36, 1, 0, 1, 38],
        [36, 36, 1, 0, 0, 1, 0, 38],
        [*PROVED, 7],
        [7, *PROVED],
        [3, 6, 1, 0, 0, 1, 0, 38],
        [1, 36, 0, 0, 0, 1, 38],
        [None, 1, 0, 0, 1, 0, 38],
    ],
    ids=["all", "some lost", "one twice", "page below", "page above", "one in two", "read across", "one unread"],
)
def test_what_extraction_does_to_numbers_is_no_contradiction(printed: list[int | None]) -> None:
    assert may_be(PROVED, printed)


@pytest.mark.parametrize(
    "printed",
    [[38, 1, 0, 0, 1, 0, 38], [38, 38, 1, 0, 0, 1, 0, 38], [36, 1, 0, 7, 0, 1, 0, 38], [37], [*PROVED, 7, 8]],
    ids=["another number", "another, twice", "a stranger inside", "one that is not there", "two strangers"],
)
def test_another_number_is_one(printed: list[int | None]) -> None:
    assert not may_be(PROVED, printed)


def test_what_is_not_proved_may_be_anything() -> None:
    assert may_be([36, None, None], [36, 5, 6])
    assert not may_be([36, None, None], [5, 6, 7])
