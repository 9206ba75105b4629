"""Whether numbers printed without a certain row can be those that were proved of the rows around."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from disclosure.model import Number

Numbers = Sequence[Number | None]
"""None is a number that is not known."""


def may_be(proved: Numbers, printed: Numbers) -> bool:
    """Whether the printed numbers are the proved ones, but for what extraction does to numbers.

    It loses some or prints some twice, puts a page number beside them, reads two rows across, or sets a blank inside a
    number.

    >>> may_be([36, 1, 0], [36, 36, 1, 0]), may_be([12, 0], [1, 2, 0]), may_be([36, 1, 0], [38, 1, 0])
    (True, True, False)
    """
    return any(reason(proved, printed) for reason in _REASONS)


def _some_were_lost(proved: Numbers, printed: Numbers) -> bool:
    return _stand_in(printed, proved)


def _some_are_there_twice(proved: Numbers, printed: Numbers) -> bool:
    return _stand_in(proved, printed) and (None in proved or set(printed) <= {*proved, None})


def _a_page_number_stands_beside(proved: Numbers, printed: Numbers) -> bool:
    return len(printed) == len(proved) + 1 and (_stand_in(proved, printed[1:]) or _stand_in(proved, printed[:-1]))


def _stand_in(some: Iterable[Number | None], others: Iterable[Number | None]) -> bool:
    """Whether the first numbers stand among the second ones, in their order."""
    rest = iter(others)
    return all(any(one is None or other is None or one == other for other in rest) for one in some)


def _are_in_another_order(proved: Numbers, printed: Numbers) -> bool:
    known, shown = (Counter(number for number in numbers if number is not None) for numbers in (proved, printed))
    unknown = sum(number is None for number in printed)
    return len(proved) == len(printed) and (known - shown).total() <= unknown


def _have_the_same_digits(proved: Numbers, printed: Numbers) -> bool:
    return None not in proved and "".join(map(str, proved)) == "".join(map(str, printed))


_REASONS = (
    _some_were_lost,
    _some_are_there_twice,
    _a_page_number_stands_beside,
    _are_in_another_order,
    _have_the_same_digits,
)
