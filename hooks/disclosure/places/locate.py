"""Decide where a body belongs: one place that all clues allow, or the choices. A wrong place is worse than asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from disclosure.form.bodies import name_core
from disclosure.form.identity import FOUND_IN
from disclosure.places.candidates import Candidate, Known, candidates
from disclosure.places.clues import Clue, From
from disclosure.places.gazetteer import EDITION, Gazetteer, full_name
from disclosure.places.names import readings

WHERE = {**FOUND_IN, "folder": "文件夹", "file": "文件名", "order": "归档要求"}
"""Where a name can have been found (``Printed.found_in``), in words."""


class Printed(NamedTuple):
    """The name of a body as it was found. ``found_in``: title, preamble, folder, file, or order (``--region``)."""

    name: str
    found_in: str

    @property
    def in_report(self) -> bool:
        """Whether the report itself prints it."""
        return self.found_in in FOUND_IN


@dataclass(frozen=True, slots=True)
class Place:
    """The one place that was found.

    ``known_by`` is the sentence for ``office.yml``, ``inferred`` what its ``place_inferred`` says. ``doubt`` is empty
    where a program may rely on it; else it says why a person should look.
    """

    candidate: Candidate
    known_by: str
    inferred: bool
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """No one place: ``reason`` says why, ``candidates`` are the places to choose from, if there are any."""

    reason: str
    candidates: tuple[Candidate, ...] = ()


def locate(gazetteer: Gazetteer, printed: Printed, clues: Sequence[Clue], known: Known) -> Place | Choices:
    """Find the place of a body by its name and all clues. ``known`` are the offices filed already."""
    possible = candidates(gazetteer, printed.name, clues, known)
    if not possible:
        return Choices(_unknown(printed))
    strong = [clue for clue in clues if clue.source is not From.MENTION]
    fitting = [one for one in possible if all(clue.allows(one.code) for clue in strong)]
    if not fitting:
        return Choices(_at_odds(printed, possible, strong), possible)
    if len(fitting) == 1:
        return _only(gazetteer, printed, fitting[0], len(possible), clues)
    return _by_mention(fitting, clues) or _by_filing(printed, fitting) or _several(printed, fitting)


def _only(gazetteer: Gazetteer, printed: Printed, one: Candidate, possible: int, clues: Sequence[Clue]) -> Place:
    """The only candidate that the clues leave, and by what it is known."""
    others = _others(one, possible)
    if printed.in_report and _names_region(gazetteer, printed, one):
        sentence = f"报告{WHERE[printed.found_in]}写明“{printed.name}”。{others}"
        return Place(one, sentence, inferred=False, doubt=one.doubt)
    first = next((clue for clue in clues if clue.source is not From.MENTION), None)
    if first is not None:
        sentence = f"{_SENTENCES[first.source].format(clue=first)}{others}"
        doubt = one.doubt or _doubt_of_name(printed, first)
        return Place(one, sentence, inferred=first.source not in _SAID_BY_REPORT, doubt=doubt)
    return _by_name_alone(gazetteer, printed, one, clues)


_SENTENCES = {
    From.PRINTED: "报告第 {clue.line} 行写明“{clue.said}”。",
    From.ADDRESS: "报告第 {clue.line} 行的地址写明“{clue.said}”。",
    From.FOLDER: "报告没有写明所在的地区。提交时放在“{clue.said}”文件夹里，据此归入。",
    From.ORDER: "报告没有写明所在的地区。归档时由提交的人指明属“{clue.said}”，据此归入。",
    From.MENTION: "报告没有直接写明所在的地区。第 {clue.line} 行提到“{clue.said}”，据此归入。",
}
_SAID_BY_REPORT = (From.PRINTED, From.ADDRESS)


def _names_region(gazetteer: Gazetteer, printed: Printed, one: Candidate) -> bool:
    """Whether the name itself says where: 舞钢市尚店镇人民政府. 新市区街道 would be named after nothing."""
    read = readings(gazetteer, printed.name) + readings(gazetteer, printed.name, short=True)
    return any(region is not None and region.holds(one.code) and name_core(rest) for region, rest in read)


def _others(one: Candidate, possible: int) -> str:
    return f"全国另有 {possible - 1} 处同名，不是同一处。" if possible > 1 and not one.filed else ""


def _doubt_of_name(printed: Printed, first: Clue) -> str:
    if printed.found_in == "file" and first.source is not From.ORDER:
        return "报告里没有写机关名称，只有文件名写了。"
    return ""


def _by_name_alone(gazetteer: Gazetteer, printed: Printed, one: Candidate, clues: Sequence[Clue]) -> Place:
    """A name that only one body in the country has. It says nothing of the place: the list may have gaps."""
    against = [clue for clue in clues if clue.source is From.MENTION and not _compatible(clue, one)]
    towards = [clue for clue in clues if clue.source is From.MENTION and clue.allows(one.code)]
    counties = [clue for clue in towards if not all(code.endswith("0000") for code in clue.codes)]
    where = full_name(one.regions)
    if counties and not against:
        return Place(one, _SENTENCES[From.MENTION].format(clue=counties[0]), inferred=True, doubt=one.doubt)
    sentence = f"报告没有写明所在的市和县区。全国名为“{one.listed or one.name}”的只有一处，属{where}，据此归入。"
    doubt = one.doubt or _doubt_of_lone_name(gazetteer, printed, one, against)
    return Place(one, sentence, inferred=True, doubt=doubt)


def _doubt_of_lone_name(gazetteer: Gazetteer, printed: Printed, one: Candidate, against: Sequence[Clue]) -> str:
    if against:
        return f"名称全国只有一处（{full_name(one.regions)}），但报告第 {against[0].line} 行提到“{against[0].said}”。"
    core = name_core(one.listed or one.name)
    if gazetteer.regions_called(core):
        return f"“{core}”也是市县的名称，单凭机关名称不能确定地方。"
    if one.statistical:
        return f"{EDITION}里名为“{one.listed}”的是园区、农林场一类，不是乡镇或街道。"
    return "" if printed.in_report else f"报告里没有写机关名称，只有{WHERE[printed.found_in]}写了。"


def _compatible(clue: Clue, one: Candidate) -> bool:
    """Whether a region that the text names is around the place or inside it."""
    return clue.allows(one.code) or any(one.regions[-1].holds(code) for code in clue.codes)


def _by_mention(fitting: Sequence[Candidate], clues: Sequence[Clue]) -> Place | None:
    """The one of several candidates whose region the text names, where it names that of no other."""
    mentions = [clue for clue in clues if clue.source is From.MENTION]
    telling = [clue for clue in mentions if not all(clue.allows(one.code) for one in fitting)]
    named = [one for one in fitting if any(clue.allows(one.code) for clue in telling)]
    if len(named) != 1:
        return None
    clue = next(clue for clue in telling if clue.allows(named[0].code))
    against = next((clue for clue in mentions if not _compatible(clue, named[0])), None)
    doubt = f"报告也提到“{against.said}”（第 {against.line} 行）。" if against else ""
    sentence = f"{_SENTENCES[From.MENTION].format(clue=clue)}{_others(named[0], len(fitting))}"
    return Place(named[0], sentence, inferred=True, doubt=named[0].doubt or doubt)


def _by_filing(printed: Printed, fitting: Sequence[Candidate]) -> Place | None:
    filed = [one for one in fitting if one.filed]
    if len(filed) != 1:
        return None
    doubt = f"“{printed.name}”有 {len(fitting)} 处同名，其中一处已经收录，但报告没有写明是哪一处。"
    return Place(filed[0], "", inferred=False, doubt=doubt)


def _several(printed: Printed, fitting: Sequence[Candidate]) -> Choices:
    return Choices(f"“{printed.name}”有 {len(fitting)} 处同名，报告没有写明是哪一处。", tuple(fitting))


def _at_odds(printed: Printed, possible: Sequence[Candidate], strong: Sequence[Clue]) -> str:
    clue = next((clue for clue in strong if not any(clue.allows(one.code) for one in possible)), strong[0])
    said = _SAID[clue.source].format(clue=clue)
    if clue.source is From.ORDER:
        said += "合不上；那里确有此处、只是名录里没有的，请用 --region 给出它的 9 位区划代码"
        return f"按名称“{printed.name}”找到的地方，与{said}。"
    return f"按名称“{printed.name}”找到的地方，与{said}合不上。"


_SAID = {
    From.PRINTED: "报告第 {clue.line} 行的“{clue.said}”",
    From.ADDRESS: "报告第 {clue.line} 行的地址“{clue.said}”",
    From.FOLDER: "文件夹“{clue.said}”",
    From.ORDER: "所指明的“{clue.said}”",
}


def _unknown(printed: Printed) -> str:
    return (
        f"{EDITION}里没有找到“{printed.name}”，报告和文件夹也没有写明它在哪个县区。"
        "请用 --region 指明，如 --region 河南省平顶山市舞钢市。"
    )
