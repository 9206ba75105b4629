"""From what was found in a file to where it is filed: one proposal, or a sentence that says why there is none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from disclosure.check.filing import office_mismatch, year_mismatch
from disclosure.filing.examine import Examined
from disclosure.filing.ledger import Ledger
from disclosure.model import Office
from disclosure.office_keys import FIRST_YEAR, LAST_YEAR
from disclosure.offices import FILE_NAME
from disclosure.places.candidates import Candidate, can_be, township_candidate
from disclosure.places.clues import Clue, From
from disclosure.places.gazetteer import Gazetteer, full_name
from disclosure.places.locate import Choices, Place, Printed, locate
from disclosure.sources import REPORTS, office_in


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where one file goes. ``office_file`` is the text of a new ``office.yml``, None where the office is filed already.

    ``remarks`` are sentences for whoever decides; ``doubt`` is empty where a program may file it.
    """

    examined: Examined
    office: Office
    year: int
    file: str
    known_by: str
    office_file: str | None = None
    remarks: tuple[str, ...] = ()
    doubt: str = ""


class Why(StrEnum):
    """What a file that is not filed needs."""

    PERSON = "person"
    NOTHING = "nothing"
    """It is filed already."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one file is not filed; ``choices`` are the places that it may belong to."""

    examined: Examined
    reason: str
    choices: tuple[Candidate, ...] = ()
    why: Why = Why.PERSON


@dataclass(frozen=True, slots=True)
class Order:
    """What whoever files the report has said: ``--region``, ``--year``, or one of the choices that were shown."""

    region: Clue | None = None
    year: int | None = None
    chosen: Candidate | None = None


class _Refused(Exception):  # noqa: N818 - it is no error, but how a step says that there is no proposal
    """Ends the making of a proposal; never leaves this module."""

    def __init__(self, reason: str, choices: tuple[Candidate, ...] = (), why: Why = Why.PERSON) -> None:
        super().__init__(reason)
        self.reason, self.choices, self.why = reason, choices, why


def propose(examined: Examined, ledger: Ledger, gazetteer: Gazetteer, order: Order) -> Proposal | Refusal:
    """Where a file goes."""
    try:
        return _propose(examined, ledger, gazetteer, order)
    except _Refused as refused:
        return Refusal(examined, refused.reason, refused.choices, refused.why)


def _propose(examined: Examined, ledger: Ledger, gazetteer: Gazetteer, order: Order) -> Proposal:
    if examined.problem:
        raise _Refused(examined.problem)
    filed = ledger.filed_as(examined.sha256)
    place = _place(examined, ledger, gazetteer, order, filed)
    year, remarks, doubt = _year(examined) if order.year is None else _ordered_year(examined, order.year)
    office, office_file = _office(examined, place, ledger)
    if filed is not None:
        raise _already(filed, office, year)
    name = ledger.name_for(office.folder, year, examined.suffix)
    if name is None:
        raise _Refused(f"{office.folder} 里 {year} 年的 {examined.suffix} 文件已有 9 份，不能再放。请核对是否重复。")
    if office_file is None or name != f"{year}{examined.suffix}":
        remarks = (*remarks, *_beside(name, year, examined.suffix))
    if examined.suffix != examined.input.path.suffix.lower():
        remarks = (*remarks, f"文件名的后缀与内容不符，归档时用 {examined.suffix}；内容一个字节也不改。")
    if examined.input.path.absolute().is_relative_to((ledger.root / REPORTS).absolute()):
        remarks = (*remarks, "原来的文件也在 reports/ 里，归档以后请删去它，不然同一份放了两次。")
    return Proposal(
        examined, office, year, f"{office.folder}/{name}", place.known_by, office_file, remarks, place.doubt or doubt
    )


def _beside(name: str, year: int, suffix: str) -> tuple[str, ...]:
    return (f"{year} 年已有一份 {suffix} 文件，这一份作为另一来源放在旁边。",) if name != f"{year}{suffix}" else ()


def _already(filed: str, office: Office, year: int) -> _Refused:
    """The same bytes are filed: rightly, or as another body's or year's report."""
    folder, _, name = filed.rpartition("/")
    if folder == office.folder and name.startswith(str(year)):
        return _Refused(f"这份文件已经收录：{filed}。不用再放。", why=Why.NOTHING)
    return _Refused(
        f"内容完全相同的文件已经收录为 {filed}，而这一份看来是 {office.folder} 的 {year} 年报告。"
        "请核对原文：放错的先移走，同一份的不用再放。"
    )


def _place(examined: Examined, ledger: Ledger, gazetteer: Gazetteer, order: Order, filed: str | None) -> Place:
    if order.chosen is not None:
        where = full_name(order.chosen.regions)
        return Place(order.chosen, f"报告没有写明是哪一处。归档时由提交的人选定，属{where}。", inferred=True)
    region = order.region
    clues = examined.clues if region is None else tuple(sorted((*examined.clues, region), key=_rank))
    found = _by_name(examined, ledger, gazetteer, clues, region)
    if isinstance(found, Place):
        return found
    if filed is not None:
        raise _Refused(f"这份文件已经收录：{filed}。不用再放。", why=Why.NOTHING)
    raise _Refused(found.reason, found.candidates)


def _rank(clue: Clue) -> int:
    return list(From).index(clue.source)


def _by_name(
    examined: Examined, ledger: Ledger, gazetteer: Gazetteer, clues: Sequence[Clue], order: Clue | None
) -> Place | Choices:
    if examined.printed is not None:
        return locate(gazetteer, examined.printed, clues, ledger.known)
    township = gazetteer.townships.get(order.codes[0]) if order and len(order.codes) == 1 else None
    if township is None:
        return Choices(
            "报告里没有读到机关名称。请核对是不是年度报告；是的，请用 --region 给出乡镇、街道的名称或 9 位代码，"
            "或者把文件放进以机关命名的文件夹，再给出那个文件夹。"
        )
    one = township_candidate(gazetteer, township)
    return locate(gazetteer, Printed(one.name, "order"), clues, ledger.known)


def _year(examined: Examined) -> tuple[int, tuple[str, ...], str]:
    """The year reported on, what is to be said about it, and why it is doubtful."""
    printed, named, counted = examined.identity.year, examined.name_year, examined.years
    year = printed or named
    if year is None:
        raise _Refused("报告里没有读到年度。请在文件名里写上报告所写的那一年，如 2021年报.pdf，再试一次。")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _Refused(f"报告的年度读作 {year} 年，不在 {FIRST_YEAR} 至 {LAST_YEAR} 年之间。请核对原文。")
    most, times = max(((other, counted[other]) for other in counted), key=lambda pair: pair[1], default=(year, 0))
    doubt = ""
    if times > counted[year]:
        where = "标题或前言" if printed else "文件名"
        doubt = f"{where}写的是 {year} 年，正文较多提到的却是 {most} 年。"
    elif printed is None and not counted[year]:
        doubt = f"年度只见于文件名（{year} 年），报告里没有写。"
    remarks = (f"文件名写的是 {named} 年，报告写的是 {year} 年，按报告归档。",) if named and named != year else ()
    return year, remarks, doubt


def _ordered_year(examined: Examined, year: int) -> tuple[int, tuple[str, ...], str]:
    """The year that somebody has given, unless the build would refuse the report under it."""
    if examined.report is not None:
        objection = next((one.message for one in year_mismatch(replace(examined.report, filed_year=year))), None)
        if objection:
            raise _Refused(objection)
    return year, (f"年度 {year} 是归档的人指明的。",), ""


def _office(examined: Examined, place: Place, ledger: Ledger) -> tuple[Office, str | None]:
    """The office that is filed already, or a new one with the text of its ``office.yml``."""
    one = place.candidate
    filed = one.filed or ledger.known.by_id(one.id)
    if filed is not None:
        _refuse_other_name(examined, filed, one)
        return filed, None
    folder = "/".join([REPORTS, *(region.name for region in one.regions), one.name])
    _refuse_taken_folder(ledger.root, folder)
    text = _described(one, place)
    office, notes = office_in(folder, text.encode())
    if office is not None and _mismatch(examined, office):
        text = _described(one, place, printed_name=examined.identity.name)
        office, notes = office_in(folder, text.encode())
    if office is None or notes:
        raise _Refused(notes[0].message)
    objections = ledger.objections(office)
    if objections:
        raise _Refused(objections[0])
    return office, text


def _refuse_other_name(examined: Examined, filed: Office, one: Candidate) -> None:
    if one.filed is None and not can_be(filed, one.name):
        raise _Refused(
            f"编号 {filed.id} 已由 {filed.folder} 使用，名称却不同于“{one.name}”。"
            f"改过名的，请把旧名写进它的 {FILE_NAME} 的 former_names；不是同一个机关的，请核对编号。"
        )
    mismatch = _mismatch(examined, filed)
    if mismatch:
        raise _Refused(mismatch)


def _mismatch(examined: Examined, office: Office) -> str:
    """What the build would say of this report in the folder of this office."""
    if examined.report is None:
        return ""
    return next((complaint.message for complaint in office_mismatch(examined.report, office)), "")


def _refuse_taken_folder(root: Path, folder: str) -> None:
    """An ``office.yml`` of which the ledger knows nothing is one that the build refuses, or came a moment ago."""
    path = root / folder
    if (path / FILE_NAME).is_file():
        office, notes = office_in(folder, (path / FILE_NAME).read_bytes())
        if office is not None and not notes:
            raise _Refused(f"{folder} 里刚刚出现了 {FILE_NAME}，没有覆盖它。请再运行一次。")
        raise _Refused(f"{folder}/{FILE_NAME} 有错误。请先运行 scripts/build，按提示改正，再归档。")
    for above in (path, *path.parents):
        if above in {root, root / REPORTS}:
            return
        if above.is_symlink() or (above.exists() and not above.is_dir()):
            raise _Refused(f"{above.relative_to(root).as_posix()} 不是普通的文件夹。请先改正。")


def _described(one: Candidate, place: Place, printed_name: str | None = None) -> str:
    lines = [
        f'id: "{one.id}"',
        f"name: {one.name}",
        f"kind: {one.kind}",
        f"place_known_by: {_scalar(place.known_by)}",
        *(["place_inferred: true"] if place.inferred else []),
        *([f"printed_names: [{json.dumps(printed_name, ensure_ascii=False)}]"] if printed_name else []),
    ]
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    """A text as YAML: plain where nothing in it could be taken for YAML."""
    plain = text[0] not in "\"'[]{}>|*&!%@`#-?:, " and ": " not in text and " #" not in text and text.isprintable()
    return text if plain else json.dumps(text, ensure_ascii=False)
