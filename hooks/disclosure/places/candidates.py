"""All the places in the country, and among the offices filed already, that a printed name can stand for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from disclosure.form.bodies import DEPARTMENT, TOWN_ENDING, kind_of_name, name_core, same_body
from disclosure.form.folding import fold
from disclosure.model import Office
from disclosure.pinyin import short_form
from disclosure.places.clues import Clue, From, deepest
from disclosure.places.gazetteer import EDITION, Division, Gazetteer
from disclosure.places.names import (
    Reading,
    government_kind,
    is_government,
    is_township_body,
    official_township,
    readings,
    township_body,
    townships_called,
)

_ANOTHER_REGION = re.compile(r"[\u3400-\u9fff]{1,8}?(?:(?<![城集超都门])市(?!场)|县|旗|自治州)(?=[\u3400-\u9fff]{2})")
"""A name that begins with a region of which nothing is known: 范例县人民政府办公室. A 区 may be a park of any name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place and the body there. ``regions`` go from the province down, as its folders do.

    ``listed`` is its name in the gazetteer; None for a department, and for what the gazetteer does not have.
    ``filed`` is the office where it is filed already. ``doubt`` says why a person should look, whatever the clues say.
    """

    id: str
    name: str
    kind: str
    regions: tuple[Division, ...]
    listed: str | None = None
    filed: Office | None = None
    doubt: str = ""

    @property
    def code(self) -> str:
        """The division code that says where it is."""
        return self.id.partition("-")[0]

    @property
    def statistical(self) -> bool:
        """Whether only statisticians count it as a division."""
        return Division(self.code, self.name).is_statistical


class Known:
    """The offices that are filed already, found by what a report may call them."""

    def __init__(self, offices: Iterable[Office]) -> None:
        self._by_ending: dict[str, list[Office]] = defaultdict(list)
        self._by_id: dict[str, Office] = {}
        for office in offices:
            self.add(office)

    def add(self, office: Office) -> None:
        """One more office."""
        self._by_id[office.id] = office
        for ending in {_ending(name) for name in _names(office)}:
            self._by_ending[ending].append(office)

    def by_id(self, office: str) -> Office | None:
        """The office with this id."""
        return self._by_id.get(office)

    def called(self, printed: str) -> Iterator[Office]:
        """Every office that can be meant by a printed name."""
        return (office for office in self._by_ending.get(_ending(printed), ()) if can_be(office, printed))


def _names(office: Office) -> tuple[str, ...]:
    return (office.name, *office.former_names, *office.printed_names)


def _ending(name: str) -> str:
    """What two names of one body have in common for certain."""
    return TOWN_ENDING.sub("", name_core(name))[-1:]


def can_be(office: Office, printed: str) -> bool:
    """Whether a printed name can be that of this office, now or formerly."""
    regions = [region.name for region in office.regions]
    return any(same_body(printed, name, regions) for name in _names(office))


def candidates(gazetteer: Gazetteer, name: str, clues: Sequence[Clue], known: Known) -> tuple[Candidate, ...]:
    """Every body in the country that can be called ``name``; where none is listed, also those that clues make."""
    listed = [_settled(one, known) for one in _listed(gazetteer, name)]
    found = {one.id: one for one in listed}
    for office in known.called(name):
        found = {key: one for key, one in found.items() if not _is_filed_as(one, office)}
        found[office.id] = _filed(office)
    township = _ordered_township(clues)
    if not listed or (township is not None and township not in gazetteer.townships):
        filed = [one.filed for one in found.values() if one.filed]
        unlisted = [one for one in _unlisted(gazetteer, name, clues) if not any(_is_filed_as(one, o) for o in filed)]
        found |= {one.id: one for one in (_settled(one, known) for one in unlisted)}
    return tuple(found[key] for key in sorted(found))


def _is_filed_as(one: Candidate, office: Office) -> bool:
    same_place = [region.code for region in office.regions] == [region.code for region in one.regions]
    return one.id == office.id or (same_place and can_be(office, one.name))


def _settled(one: Candidate, known: Known) -> Candidate:
    """The same, as it is filed already under the name that it is given, or with an id of its own if its id is taken."""
    number = 1
    settled = one
    while (office := known.by_id(settled.id)) is not None and "-" in one.id:
        if _is_filed_as(settled, office) and can_be(office, one.name):
            return _filed(office)
        number += 1
        settled = replace(one, id=f"{one.id}{number}")
    return settled


def _filed(office: Office) -> Candidate:
    regions = tuple(Division(region.code, region.name) for region in office.regions)
    return Candidate(office.id, office.name, office.kind, regions, filed=office)


def _listed(gazetteer: Gazetteer, name: str) -> Iterator[Candidate]:
    """Townships of that name wherever it may be; else the governments and departments of the regions it names."""
    read = readings(gazetteer, name)
    townships = _townships(gazetteer, read) or _townships(gazetteer, readings(gazetteer, name, short=True))
    if townships:
        yield from (township_candidate(gazetteer, one, name) for one in townships)
        return
    for region, rest in deepest(read):
        if rest and not is_township_body(rest):
            yield _of_region(gazetteer, region, rest)


def _townships(gazetteer: Gazetteer, read: Iterable[Reading]) -> list[Division]:
    found = (
        township
        for region, rest in read
        for township in townships_called(gazetteer, rest)
        if region is None or region.holds(township.code)
    )
    return list(dict.fromkeys(found))


def township_candidate(gazetteer: Gazetteer, township: Division, printed: str = "") -> Candidate:
    """The body of a township that the gazetteer has."""
    rest = deepest(readings(gazetteer, printed))
    name, kind = township_body(township.name, rest[0][1] if rest else fold(printed))
    return Candidate(township.code, name, kind, gazetteer.region_path(township.code), township.name)


def _of_region(gazetteer: Gazetteer, region: Division, rest: str) -> Candidate:
    """The government of a region, or a department of it."""
    path = gazetteer.region_path(region.code)
    if is_government(rest):
        return Candidate(region.code, f"{region.name}人民政府", government_kind(gazetteer, region), path, region.name)
    doubt = "" if not _of_township(gazetteer, region, rest) else f"“{rest}”像是一个乡镇的内设机构，不是县级部门。"
    return Candidate(f"{region.code}-{short_form(rest)}", f"{region.name}{rest}", DEPARTMENT, path, doubt=doubt)


def _of_township(gazetteer: Gazetteer, region: Division, rest: str) -> bool:
    """尚店镇党政办公室."""
    return any(rest.startswith(one.name) for one in gazetteer.below(region.code) if is_township_body(one.name))


def _unlisted(gazetteer: Gazetteer, name: str, clues: Sequence[Clue]) -> Iterator[Candidate]:
    """What the gazetteer does not have: a township it does not list, or a department that leaves out its region."""
    township = _ordered_township(clues)
    ordered = any(clue.source is From.ORDER for clue in clues)
    for region, rest in deepest(readings(gazetteer, name)) or _regions_of(gazetteer, clues, fold(name)):
        if not rest or _ANOTHER_REGION.match(rest):
            continue
        if not is_township_body(rest):
            one = _without_region(gazetteer, region, rest)
            unclear = not ordered and not _has_townships(gazetteer, region)
            yield replace(one, doubt=f"没有写明是{region.name}的，还是其中一个县区的。") if unclear else one
        elif _has_townships(gazetteer, region):
            one = _new_township(gazetteer, region, rest, township)
            yield one if ordered or one.doubt else replace(one, doubt=_not_listed(region, one.name))


def _regions_of(gazetteer: Gazetteer, clues: Sequence[Clue], rest: str) -> list[tuple[Division, str]]:
    """The innermost regions that all the clues of folder and order allow; the name has none of its own."""
    given = [clue for clue in clues if clue.source in {From.FOLDER, From.ORDER}]
    codes = {code[:6] for clue in given for code in clue.codes}
    allowed = [code for code in codes if all(clue.allows(code) or _around(clue, code) for clue in given)]
    return [(gazetteer.regions[code], rest) for code in sorted(allowed) if code in gazetteer.regions]


def _around(clue: Clue, county: str) -> bool:
    """A clue that names a township allows the county it is in."""
    return any(code[:6] == county for code in clue.codes)


def _has_townships(gazetteer: Gazetteer, region: Division) -> bool:
    """Whether townships lie directly in a region: in counties, and in the few cities without counties."""
    return gazetteer.has_townships(region.code) or not region.code.endswith("00")


def _ordered_township(clues: Sequence[Clue]) -> str | None:
    """The code of nine digits that whoever files the report has given."""
    codes = [code for clue in clues if clue.source is From.ORDER for code in clue.codes]
    return codes[0] if len(codes) == 1 and len(codes[0]) > len("410481") else None


def _without_region(gazetteer: Gazetteer, region: Division, rest: str) -> Candidate:
    """A department whose name does not say whose it is. 高新区水利局 has a region in its name that is none by law."""
    own = _of_region(gazetteer, region, rest)
    if re.match(r"[\u3400-\u9fff]{1,6}区(?!域|划|块)", rest):
        return replace(own, name=rest)
    return own


def _new_township(gazetteer: Gazetteer, region: Division, rest: str, code: str | None) -> Candidate:
    """A township that the gazetteer does not have: younger than its edition, merged before it, or misspelt."""
    name, kind = official_township(rest)
    path = gazetteer.region_path(region.code)
    if code is not None and code[:6] == region.code:
        return Candidate(code, name, kind, path)
    like = [one.name for one in gazetteer.below(region.code) if _alike(one.name, name)]
    doubt = f"{EDITION}里{region.name}没有“{name}”，有名称相近的“{'、'.join(like)}”。" if like else ""
    identifier = f"{region.code}-{short_form(name_core(name))}"
    return Candidate(identifier, name, kind_of_name(name) or kind, path, doubt=doubt)


def _not_listed(region: Division, name: str) -> str:
    return f"{EDITION}里{region.name}没有“{name}”。确有其处的，请用 --region 给出它的 9 位区划代码。"


def _alike(listed: str, name: str) -> bool:
    return Levenshtein.distance(name_core(listed), name_core(name), score_cutoff=1) <= 1
