"""A few of the inputs of ``scripts/fuzz.py``, and what its checks see."""

from __future__ import annotations

from collections import Counter

import fuzzing
import pytest
from accounting import miscounted
from disclosure.form.fill import fill_form
from disclosure.read.document import Document
from fuzzing import Failure, check_input, make_input


def test_changed_reports_are_read_without_crash_and_without_loss() -> None:
    assert [failure for number in range(250) if (failure := check_input(make_input(2, number)))] == []


def test_an_input_can_be_made_again_and_no_two_are_alike() -> None:
    made = [make_input(3, number) for number in range(200)]
    assert made == [make_input(3, number) for number in range(200)]
    assert len({one.content for one in made}) > 190
    assert Counter(one.kind for one in made).keys() >= {"table", "bytes"}


def test_a_character_without_owner_and_one_with_two_are_seen() -> None:
    filling = fill_form(Document(("规章 5", "规章 5")))
    assert miscounted(filling, ("规章 5", "规章 5")) == {}
    assert miscounted(filling, ("规章 5", "规章 57")) == {"7": -1}
    assert miscounted(filling, ("规章 5",)) == {"规": 1, "章": 1, "5": 1}


def test_an_exception_is_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(fuzzing, "read_report", fail)
    assert check_input(make_input(1, 1)) == Failure("crash", "KeyError: 'x'")
