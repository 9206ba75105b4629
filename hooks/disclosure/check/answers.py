"""Set the answers of maintainers beside the findings they answer, and say which of them answer nothing.

An answer changes what is said of a finding and nothing else: no figure, no other finding, no count. One answer stands
for the findings of one rule about one year at one place, which are mostly one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from disclosure.check.registry import REGISTERED
from disclosure.model import Answer, Finding, Kind, Office
from disclosure.offices import FILE_NAME, RULE, closest

STALE: Final = "stale-answer"
UNCLEAR: Final = "unclear-answer"
_MOST_PLACES: Final = 10
"""So many of the places that an answer could mean are named."""


def set_answers(
    offices: Iterable[Office],
    years: Mapping[str, Collection[int | None]],
    findings: Sequence[Finding],
    not_run: Collection[str] = (),
) -> list[Finding]:
    """The findings in their order, each with its answer, and behind them what is found about the answers.

    ``years`` are those of the reports by office. Whether answers to the rules ``not_run`` have a finding is not known.
    """
    numbers: dict[tuple[str | None, int | None, str], list[int]] = defaultdict(list)
    for number, finding in enumerate(findings):
        numbers[finding.office, finding.year, finding.rule].append(number)
    answered, about = list(findings), []
    for office in offices:
        for one in office.answers:
            same = numbers.get((office.id, one.year, one.rule), [])
            meant = [number for number in same if _is_at(answered[number], one.place)]
            problem = _problem(one, [answered[number] for number in same], [answered[number] for number in meant])
            if problem is None:
                for number in meant:
                    answered[number] = replace(answered[number], answer=one)
            elif one.rule not in not_run:
                rule, message = problem
                if rule == STALE and one.year not in years.get(office.id, ()):
                    message = _NO_REPORT.format(year=one.year)
                about.append(_about(rule, office, one, message))
    return [*answered, *about]


def _is_at(finding: Finding, place: str) -> bool:
    """Whether a finding is at a place: any, a line, or a table, a row or a figure of the form."""
    if not place or place.isdigit():
        return not place or finding.line == int(place)
    parts = tuple(place.split("."))
    return any(cell[: len(parts)] == parts for cell in finding.cells)


_NO_REPORT: Final = "本站没有收录这个机关 {year} 年的报告。请核对年份，改正或者删去这一条。"
_NO_FINDING: Final = (
    "这一年的报告现在没有这条规则的发现，可能是换了原文，或者本站的读法改了。请对照机关的页面，改正或者删去这一条。"
)


def _problem(one: Answer, same: Sequence[Finding], meant: Sequence[Finding]) -> tuple[str, str] | None:
    """What is wrong with an answer, as rule and sentence; ``same`` are the findings of its rule and year."""
    rule = REGISTERED.get(one.rule)
    if rule is None:
        close = closest(one.rule, REGISTERED)
        hint = f"是不是想写“{close}”？" if close else ""
        return RULE, f"“answers”里的规则“{one.rule}”不存在。{hint}规则的代号见网站的“检查规则”页。"
    if rule.kind is Kind.FILING:
        return RULE, f"“answers”里不能答复“{rule.title}”（{one.rule}）：这是本站归档的错，请改正，然后删去这一条。"
    if not same:
        return STALE, _NO_FINDING
    if not meant:
        return (
            STALE,
            f"这条规则的发现在{_places(same)}，不在所写的 place（{one.place}）。请改正 place，或者删去这一条。",
        )
    if len({(finding.file, finding.line) for finding in meant}) > 1:
        return UNCLEAR, f"这条规则的发现不止一处，在{_places(meant)}。请用 place 写明是哪一行，或者写“表.行.列”。"
    before = next((finding.answer for finding in meant if finding.answer), None)
    return (UNCLEAR, f"第 {before.line} 行已经答复了同一条发现。请只留一条。") if before else None


def _places(findings: Sequence[Finding]) -> str:
    """Where findings are: lines, with the names of the files where there are several."""
    places = list(dict.fromkeys((finding.file, finding.line) for finding in findings))
    several = len({file for file, _ in places}) > 1
    told = [
        f"{f'{PurePosixPath(file).name} ' if several else ''}{'整个文件' if line is None else f'第 {line} 行'}"
        for file, line in places
    ]
    return "、".join(told[:_MOST_PLACES]) + ("等处" if len(told) > _MOST_PLACES else "")


def _about(name: str, office: Office, one: Answer, message: str) -> Finding:
    """A finding about an answer. It is about the description of the office and no report, so it has no year."""
    rule = REGISTERED[name]
    file = f"{office.folder}/{FILE_NAME}"
    told = message if name == RULE else f"对 {one.year} 年“{REGISTERED[one.rule].title}”（{one.rule}）的答复：{message}"
    return Finding(name, rule.severity, rule.kind, file, one.line, told, office.id)
