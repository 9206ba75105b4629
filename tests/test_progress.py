"""How far long work has come."""

from __future__ import annotations

import io
from itertools import count

from disclosure.progress import Progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_stands_on_one_line_of_a_terminal_and_nowhere_else() -> None:
    terminal, file = _Terminal(), io.StringIO()
    for stream in (terminal, file):
        assert list(Progress(3, stream=stream).over("abc")) == ["a", "b", "c"]
    shown = [f"\r读取 [{'#' * 10 * done}{'.' * (30 - 10 * done)}] {done}/3" for done in (1, 2, 3)]
    assert terminal.getvalue() == "".join(shown) + "\n"
    assert file.getvalue() == ""


def test_the_record_of_a_build_has_a_line_now_and_then() -> None:
    record = io.StringIO()
    seconds = count(0.0, 4.0)
    progress = Progress(9, "读取报告", record, lines=True, clock=lambda: next(seconds))
    assert len(list(progress.over(range(9)))) == 9
    assert record.getvalue() == "读取报告：4/9\n读取报告：8/9\n"


def test_one_thing_needs_no_bar() -> None:
    terminal = _Terminal()
    assert list(Progress(1, stream=terminal).over("a")) == ["a"]
    assert terminal.getvalue() == ""
