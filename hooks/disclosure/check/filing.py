"""Rules about whether a report stands in the right place: its year and its office."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from disclosure.check.registry import Complaint, Complaints, rule, rule_with_office
from disclosure.form.bodies import same_body
from disclosure.form.folding import half_width
from disclosure.form.identity import FOUND_IN
from disclosure.model import Kind, Office, Report, Severity

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=\s*年)")


@rule("年份与存放位置不符", Severity.ERROR, Kind.FILING)
def year_mismatch(report: Report) -> Complaints:
    """什么：文件名是某一年，而报告的标题和正文说的是另一年。

    为什么：放错年份，所有数字都会记到错误的年份名下。本站在改正之前不发布新版。
    错：2021.txt 的标题是“某镇人民政府2022年政府信息公开工作年度报告”，正文也主要写2022年。
    对：2022.txt 的标题是“某镇人民政府2022年政府信息公开工作年度报告”。
    怎么办：核对后把文件改名为报告所属的年份。只有标题印错年份的，不必改名，见规则 year-misprint。
    """
    years = _Years.of(report)
    if years is not None and years.printed_prevails:
        message = (
            f"文件按{years.filed}年存放，报告的标题或前言写的是{years.printed}年，"
            "正文提到后者的次数也不少于前者。请核对，并把文件改名为报告所属的年份。"
        )
        yield Complaint(message, report.filling.identity.year_line)


@rule("标题年份疑为笔误", Severity.NOTICE)
def year_misprint(report: Report) -> Complaints:
    """什么：标题或前言写的年份与存放的年份不同，但正文多次提到的是存放的年份。

    为什么：这多半是机关沿用旧稿时标题漏改。本站按正文所指的年份收录，并在此说明。
    错：标题写“2021年政府信息公开工作年度报告”，正文和统计期限都是2022年。
    对：标题、正文和统计期限是同一年。
    """
    years = _Years.of(report)
    if years is not None and not years.printed_prevails:
        message = (
            f"标题或前言写的是{years.printed}年，正文较多提到的是{years.filed}年，疑为标题笔误。"
            f"本站按{years.filed}年收录。"
        )
        yield Complaint(message, report.filling.identity.year_line)


class _Years(NamedTuple):
    """The year that a report prints and the different year that it is filed under.

    ``printed_prevails`` says that the text names the printed year at least as often as the filed one.
    """

    printed: int
    filed: int
    printed_prevails: bool

    @classmethod
    def of(cls, report: Report) -> _Years | None:
        """The two years, or None where one is not known or they agree."""
        printed, filed = report.filling.identity.year, report.filed_year
        if printed is None or filed is None or printed == filed:
            return None
        named = years_named(report.lines)
        return cls(printed, filed, named[printed] >= named[filed])


def years_named(lines: Iterable[str]) -> Counter[int]:
    """How often a text names each year."""
    return Counter(int(year) for line in lines if "年" in line for year in _YEAR.findall(half_width(line)))


@rule_with_office("机关名称与存放位置不符", Severity.ERROR, Kind.FILING)
def office_mismatch(report: Report, office: Office | None) -> Complaints:
    """什么：报告的标题（没有标题的，看前言）所印的机关名称，与存放位置的机关名称对不上。

    为什么：放错地方，所有数字都会记到别的机关名下。本站在改正之前不发布新版。
    “街道、街道办事处、办事处”之间的差别，以及名称前它自己的省、市、县，不算对不上。
    错：放在“舞钢市尚店镇人民政府”之下的报告，标题是“舞钢市八台镇人民政府2021年政府信息公开工作年度报告”。
    对：放在“汇源街道办事处”之下的报告，标题是“汇源办事处2022年政府信息公开工作年度报告”。
    怎么办：核对原文。放错的移到正确的文件夹；改过名的把旧名写进 office.yml 的 former_names；
    印错、简写或由别的机关代为编制的，把所印的名称写进 printed_names。
    """
    identity = report.filling.identity
    if office is None or identity.name is None:
        return
    own = (office.name, *office.former_names, *office.printed_names)
    regions = [region.name for region in office.regions]
    if not any(same_body(identity.name, known, regions) or _begins_before(report, known) for known in own):
        where = FOUND_IN[str(identity.found_in)]
        message = (
            f"报告{where}的机关是“{identity.name}”，存放位置的机关是“{office.name}”，两者对不上。"
            f"放错的请移到正确的文件夹；确属该机关的，请把“{identity.name}”写进 office.yml 的 printed_names"
            "（改过名的写进 former_names）。"
        )
        yield Complaint(message, identity.name_line)


def _begins_before(report: Report, known: str) -> bool:
    """Whether a name is what was read with the end of the lines above it: the title was broken inside the name."""
    identity = report.filling.identity
    beginning = known.removesuffix(identity.name or "")
    above = "".join("".join(line.split()) for line in report.lines[: (identity.name_line or 1) - 1])
    return known != beginning != "" and above.endswith(beginning)
