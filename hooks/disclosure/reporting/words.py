"""What every notation says in the same words: how much was checked, what was found, and of what kind a finding is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from disclosure.model import Finding, Kind, Severity
from disclosure.render.legend import ANSWERED, KINDS, SEVERITIES
from disclosure.render.words import answer_words
from disclosure.reporting.result import Result, Told


def summary(result: Result) -> Iterator[str]:
    """How much was checked and what was found, a sentence a line."""
    if not (result.offices or result.items):
        yield "没有要查的报告。"
        return
    found = f"列出 {len(result.items)} 条发现" if result.items else "没有发现问题"
    yield f"查了 {result.offices} 个机关的 {result.reports} 份报告，{found}{_kinds(result)}。"
    if result.blocking:
        yield f"归档有 {result.blocking} 处需要先改正，改正以前网站不会更新。其余的发现照登，不影响发布。"
    elif result.items:
        yield "归档没有必须先改正的错，可以发布。这些发现照登在网站上。"
    if result.hidden:
        yield f"同一机关的其他报告也一并查过，另有 {result.hidden} 条发现与所给的文件无关，没有列出。"
    for rule in result.unchecked if result.offices else ():
        yield f"这次没有与其他机关比对，规则“{rule.title}”没有查。不给路径、查全部时才查。"


def _kinds(result: Result) -> str:
    """How many there are of each kind, by how much they matter."""
    counts = Counter((item.finding.kind, item.finding.severity) for item in result.items)
    told = [
        f"{KINDS[kind].sign}（{SEVERITIES[severity]}）{counts[kind, severity]} 条"
        for kind in reversed(Kind)
        for severity in Severity
        if counts[kind, severity]
    ]
    answered = sum(item.finding.answer is not None for item in result.items)
    return f"：{'，'.join(told)}{f'；其中 {answered} 条{ANSWERED}' if answered else ''}" if told else ""


def nature(finding: Finding) -> str:
    """Whom a finding concerns and how much it matters, as the site says it."""
    return f"{KINDS[finding.kind].sign}，{SEVERITIES[finding.severity]}"


def in_original(item: Told) -> str:
    """Where the line stands in the original file, if that is known; empty otherwise."""
    return f"在原件里：{item.excerpt.original}" if item.excerpt and item.excerpt.original else ""


def next_step(item: Told) -> str:
    """What to do; of a finding that is answered, what was answered: nothing is left to be done."""
    answer = item.finding.answer
    return f"怎么办：{item.advice}" if answer is None else f"{ANSWERED}：{answer_words(answer)}"


def place(finding: Finding) -> str:
    """The file, and the line where it is known, as editors and terminals understand it."""
    return finding.file if finding.line is None else f"{finding.file}:{finding.line}"
