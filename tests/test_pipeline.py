"""What holds for the line as a whole."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from multiprocessing.reduction import ForkingPickler

import pytest
from disclosure.model import Finding, Kind, Severity
from disclosure.pipeline import FilingError, made_to_last


class Knot:
    """Something that only the collector can free: it holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """Start from a process that has built nothing yet, and leave it so."""
    gc.unfreeze()
    gc.collect()
    yield
    gc.unfreeze()


def test_the_collector_stands_still_inside_and_works_again_after() -> None:
    with made_to_last():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_works_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="misfiled"), made_to_last():
        raise ValueError("misfiled")
    assert gc.isenabled()


def test_what_one_build_left_is_collected_by_the_next() -> None:
    with made_to_last():
        left = weakref.ref(Knot())
    gc.collect()
    assert left() is not None, "frozen: the collector does not look at it"
    with made_to_last():
        assert left() is None


def test_what_is_misfiled_is_told_the_same_by_another_process() -> None:
    finding = Finding("bad-file-name", Severity.ERROR, Kind.FILING, "reports/a.txt", None, "请改名。")
    error = FilingError((finding,))
    told = ForkingPickler.loads(ForkingPickler.dumps(error))
    assert (told.findings, str(told)) == ((finding,), str(error))
