"""Kinds of bodies that report, how their names end, and which of them can make 规章.

This is the only place of the vocabulary of ``Office.kind``.
Source for the power to make 规章: 《中华人民共和国立法法》, section 规章: departments of the State Council, and the
governments of provinces, autonomous regions, municipalities, cities divided into districts and autonomous prefectures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure.form.divisions import is_place_prefix
from disclosure.form.folding import fold
from disclosure.model import Office

TOWNSHIP = "乡镇人民政府"
STREET_OFFICE = "街道办事处"
COUNTY = "县级人民政府"
CITY = "市级人民政府"
PROVINCE = "省级人民政府"
DEPARTMENT = "政府部门"
OTHER = "其他"
KINDS = (TOWNSHIP, STREET_OFFICE, COUNTY, CITY, PROVINCE, DEPARTMENT, OTHER)
"""Every value that ``kind`` in ``office.yml`` may have. A city at county level is 县级人民政府."""

WITHOUT_RULE_MAKING_POWER = frozenset({TOWNSHIP, STREET_OFFICE, COUNTY})
"""Kinds of which no member can make 规章. A department depends on its government: see ``kind_without_rules``."""
_COUNTY_DEPTH = 3
"""Province, city, county: a department with that many regions belongs to a county or to something below it."""

_KIND_BY_ENDING = (
    (re.compile(r"(?:(?<!自治)区|[县旗])人民政府$"), COUNTY),
    (re.compile(r"[镇乡](?:人民)?政府$"), TOWNSHIP),
    (re.compile(r"街道(?:办事处)?$|办事处$"), STREET_OFFICE),
)
"""Only endings that leave no doubt: 市人民政府 may be a county or a city, 自治区 is a province."""

_GENERIC_ENDING = re.compile(r"(?:人民政府|街道办事处|办事处|街道|政府)$")
TOWN_ENDING = re.compile(r"[镇乡]$")


def kind_of_name(name: str) -> str | None:
    """The kind that a printed name leaves no doubt about, else None.

    >>> kind_of_name("样例镇人民政府")
    '乡镇人民政府'
    >>> kind_of_name("鲁山县汇源办事处")
    '街道办事处'
    >>> kind_of_name("舞钢市人民政府") is None
    True
    """
    return next((kind for ending, kind in _KIND_BY_ENDING if ending.search(fold(name))), None)


def kind_without_rules(office: Office | None, printed_name: str | None) -> str | None:
    """The kind of a body to which the law certainly gives no power to make 规章; None where that is not certain.

    Where the office is not known, its printed name decides.
    """
    if office is None:
        kind = kind_of_name(printed_name or "")
        return kind if kind in WITHOUT_RULE_MAKING_POWER else None
    if office.kind == DEPARTMENT and len(office.regions) >= _COUNTY_DEPTH:
        return "县级及以下的政府部门"
    return office.kind if office.kind in WITHOUT_RULE_MAKING_POWER else None


def same_body(printed: str, official: str, regions: Sequence[str]) -> bool:
    """Whether a printed name can be that of the body with this official name in these regions, from the province down.

    Differences in 街道 / 街道办事处 / 办事处, in 人民政府 / 政府 and in the own regions before the name do not count,
    nor does a 镇 or 乡 that one of the two leaves out. Another place before the name makes another body: there is a
    尚店镇 in 舞钢市 and one in 临清市.

    >>> henan = ("河南省", "平顶山市", "舞钢市")
    >>> same_body("舞钢市尚店镇人民政府", "尚店镇人民政府", henan)
    True
    >>> same_body("临清市尚店镇人民政府", "尚店镇人民政府", henan)
    False
    """
    one, other = name_core(printed), name_core(official)
    return (
        _ends_alike(one, other, regions)
        or _ends_alike(TOWN_ENDING.sub("", one), other, regions)
        or _ends_alike(one, TOWN_ENDING.sub("", other), regions)
    )


def name_core(name: str) -> str:
    """What tells a body from its neighbours: 舞钢市尚店镇 of 舞钢市尚店镇人民政府."""
    return _GENERIC_ENDING.sub("", fold(name))


def _ends_alike(one: str, other: str, regions: Sequence[str]) -> bool:
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return bool(shorter) and longer.endswith(shorter) and is_place_prefix(longer.removesuffix(shorter), regions)
