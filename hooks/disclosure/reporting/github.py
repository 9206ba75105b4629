"""Workflow commands of GitHub Actions: annotations at the lines of a change, then the summary as text.

The runner takes lines that begin with ``::``, and ``##[…]`` anywhere in one, for commands. Annotations are escaped; the
text stands between a line that stops commands and one, with the same random word, that lets them go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from disclosure.model import Finding, Severity
from disclosure.render.text import in_one_line
from disclosure.reporting.result import Result, Told
from disclosure.reporting.text import Terminal, as_text
from disclosure.reporting.words import in_original, nature, next_step

MOST: Final = 10
"""Annotations: GitHub shows no more of one step."""
_LEVELS: Final = ("error", "warning", "notice")


def as_github(result: Result, word: str) -> Iterator[str]:
    """The lines, without their ends. ``word`` starts commands again: nobody may be able to guess it."""
    items = sorted(result.items, key=_urgency)
    yield from map(_annotation, items[:MOST])
    if len(items) > MOST:
        yield f"::notice::其余 {len(items) - MOST} 条见摘要"
    yield f"::stop-commands::{word}"
    yield from as_text(result, Terminal())
    yield f"::{word}::"


def _urgency(item: Told) -> tuple[int, bool]:
    """What is graver comes first, and what is answered last among equals."""
    return _LEVELS.index(_level(item.finding)), item.finding.answer is not None


def _level(finding: Finding) -> str:
    """Only what blocks is an error to the runner."""
    if finding.blocks:
        return "error"
    return "notice" if finding.severity is Severity.NOTICE else "warning"


def _annotation(item: Told) -> str:
    finding = item.finding
    counted = finding.line is not None and (item.excerpt is None or item.excerpt.in_file)
    properties = {
        "file": in_one_line(finding.file),
        **({"line": str(finding.line)} if counted else {}),
        "title": f"{item.rule.title}（{nature(finding)}）",
    }
    where = f"第 {finding.line} 行" if finding.line and not counted else ""
    parts = (where, in_original(item), finding.message, next_step(item), f"规则：{item.page}")
    message = "\n".join(in_one_line(part) for part in parts if part)
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_level(finding)} {told}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
