"""What a person reads and is asked. Names of files may hold anything: nothing that is printed can steer a terminal."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from disclosure.filing.propose import Proposal, Refusal
from disclosure.places.candidates import Candidate
from disclosure.places.gazetteer import full_name
from disclosure.places.locate import WHERE
from disclosure.render.text import visible

Ask = Callable[[str], str]
_MOST_CHOICES = 20
YES, NO, ALL = "是", "否", "全部"
_ANSWERS = {"是": YES, "y": YES, "yes": YES, "否": NO, "n": NO, "no": NO, "": NO, "全部": ALL, "all": ALL}


def safe(text: str | Path) -> str:
    """A text on one line of a terminal, with everything that is not a character shown as a sign."""
    return visible(str(text)).replace("\n", "␊").replace("\t", "␉")


def proposal_lines(proposal: Proposal, *, brief: bool) -> Iterator[str]:
    """What was read, where it would go and how that is known. ``brief`` leaves out the figures."""
    examined = proposal.examined
    printed = examined.printed
    yield safe(examined.input.path)
    if printed is not None and printed.found_in in WHERE:
        yield f"  机关：{safe(printed.name)}（见于{WHERE[printed.found_in]}）    年度：{proposal.year}"
    yield f"  归档：{safe(proposal.file)}"
    if proposal.office_file is not None:
        yield f"  新机关：编号 {proposal.office.id}，{proposal.office.kind}"
        yield f"  依据：{safe(proposal.known_by)}"
    else:
        yield f"  已有机关：编号 {proposal.office.id}"
    shown = (examined.in_brief,) if brief else examined.shown
    yield from (f"  {safe(line)}" for line in shown if line)
    yield from (f"  说明：{safe(remark)}" for remark in proposal.remarks)
    if proposal.doubt:
        yield f"  需要人看：{safe(proposal.doubt)}"


def refusal_lines(refusal: Refusal, command: str) -> Iterator[str]:
    """Why a file is not filed, and the places to choose from, each with its code."""
    path = refusal.examined.input.path
    yield safe(path)
    yield f"  {safe(refusal.reason)}"
    for number, one in enumerate(refusal.choices[:_MOST_CHOICES], start=1):
        yield f"  {number}. {one.code}  {safe(place_of(one))}"
    if len(refusal.choices) > _MOST_CHOICES:
        yield f"  ……共 {len(refusal.choices)} 处。"
    if refusal.choices:
        quoted = shlex.quote(safe(path))
        yield f"  选定以后这样归档：{command} {quoted} --region {refusal.choices[0].code}（换成所选的代码）"


def place_of(one: Candidate) -> str:
    """Where a candidate is and what it is called, with a word where it is filed already."""
    return f"{full_name(one.regions)}  {one.name}" + ("（已收录）" if one.filed else "")


def ask_to_file(ask: Ask) -> str:
    """YES, NO or ALL; whoever answers something else is asked again, and no answer is NO."""
    while True:
        try:
            answer = _ANSWERS.get(ask("  是否归档？[是/否/全部] ").strip().lower())
        except EOFError:
            return NO
        if answer is not None:
            return answer


def ask_to_choose(ask: Ask, choices: Sequence[Candidate]) -> Candidate | None:
    """One of the choices by its number, or None."""
    shown = choices[:_MOST_CHOICES]
    while shown:
        try:
            answer = ask(f"  是哪一处？请输入序号（1 至 {len(shown)}）或代码，直接回车则跳过：").strip()
        except EOFError:
            return None
        if not answer:
            return None
        by_code = [one for one in choices if one.code == answer]
        if len(by_code) == 1:
            return by_code[0]
        by_number = dict(zip(map(str, range(1, len(shown) + 1)), shown, strict=True))
        if answer in by_number:
            return by_number[answer]
    return None
