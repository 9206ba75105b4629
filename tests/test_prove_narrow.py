"""What a row can hold inside given bounds, held to all contents that there are."""

from __future__ import annotations

from itertools import product

from disclosure.prove.domains import UNKNOWN, narrow_cases
from hypothesis import given
from hypothesis import strategies as st

MOST = 3
SIGNS = (1, 1, -1)
BOUNDS = st.tuples(st.integers(0, MOST), st.integers(0, MOST)).map(lambda ends: (min(ends), max(ends)))
CASES = st.lists(st.tuples(*[st.integers(UNKNOWN, MOST)] * len(SIGNS)), min_size=1, max_size=4, unique=True)


@given(CASES, st.tuples(*[BOUNDS] * len(SIGNS)))
def test_no_content_that_adds_up_is_lost_and_no_case_without_one_stays_whole(
    cases: list[tuple[int, ...]], bounds: tuple[tuple[int, int], ...]
) -> None:
    lows, highs = (tuple(ends) for ends in zip(*bounds, strict=True))
    contents = [
        values
        for values in product(*(range(low, high + 1) for low, high in bounds))
        if sum(sign * value for sign, value in zip(SIGNS, values, strict=True)) == 0
    ]
    possible = {case: [values for values in contents if fits(values, case)] for case in cases}
    found = narrow_cases(tuple(cases), lows, highs, SIGNS)
    kept, (least, most) = ((), ((), ())) if found is None else found
    assert kept == tuple(case for case in cases if possible[case])
    for column, values in enumerate(zip(*(content for own in possible.values() for content in own), strict=True)):
        assert (least[column], most[column]) == (min(values), max(values))


def fits(values: tuple[int, ...], case: tuple[int, ...]) -> bool:
    """Whether a content has every number that a case knows."""
    return all(known in {UNKNOWN, value} for value, known in zip(values, case, strict=True))
