"""Rules about whether a report stands in the right place: its year and its office."""

from __future__ import annotations

import re
from typing import NamedTuple

from disclosure.check.registry import Complaint, Complaints, rule, rule_with_office
from disclosure.form.bodies import same_body
from disclosure.form.folding import half_width
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
        named = [int(year) for line in report.lines for year in _YEAR.findall(half_width(line))]
        return cls(printed, filed, named.count(printed) >= named.count(filed))


@rule_with_office("机关名称与存放位置不符", Severity.ERROR, Kind.FILING)
def office_mismatch(report: Report, office: Office | None) -> Complaints:
    """什么：报告标题所印的机关名称，与存放位置的机关名称对不上。

    为什么：放错地方，所有数字都会记到别的机关名下。本站在改正之前不发布新版。
    “街道、街道办事处、办事处”之间的差别，以及名称前它自己的省、市、县，不算对不上。
    错：放在“舞钢市尚店镇人民政府”之下的报告，标题是“舞钢市八台镇人民政府2021年政府信息公开工作年度报告”。
    对：放在“汇源街道办事处”之下的报告，标题是“汇源办事处2022年政府信息公开工作年度报告”。
    怎么办：核对原文。放错的移到正确的文件夹；改过名的把旧名写进 office.yml 的 former_names；
    标题印错或简写的，把所印的名称写进 printed_names。
    """
    name = _foreign_name(report, office, "title")
    if name is not None and office is not None:
        message = (
            f"报告标题的机关是“{name}”，存放位置的机关是“{office.name}”，两者对不上。放错的请移到正确的文件夹；"
            f"确属该机关的，请把“{name}”写进 office.yml 的 printed_names（改过名的写进 former_names）。"
        )
        yield Complaint(message, report.filling.identity.name_line)


@rule_with_office("前言提到别的机关", Severity.NOTICE, Kind.READING)
def other_office_in_preamble(report: Report, office: Office | None) -> Complaints:
    """什么：报告没有写明机关的标题，前言里的机关名称又与存放位置的机关对不上。

    为什么：可能是文件放错了地方，也可能是前言写的是上级机关或联系单位，或网页混入了其他机关的文字。
    错：放在“尚店镇人民政府”之下的报告没有标题，前言写“本报告由舞钢市人民政府办公室编制”。
    对：放在“金乡街道办事处”之下的报告没有标题，前言写“本报告由金乡街道办事处编制”。
    """
    name = _foreign_name(report, office, "preamble")
    if name is not None and office is not None:
        message = f"报告前言的机关是“{name}”，存放位置的机关是“{office.name}”，两者对不上，请核对。"
        yield Complaint(message, report.filling.identity.name_line)


def _foreign_name(report: Report, office: Office | None, found_in: str) -> str | None:
    """The name printed at this place, where it cannot be the name of the office that the report is filed under."""
    identity = report.filling.identity
    if office is None or identity.name is None or identity.found_in != found_in:
        return None
    own = (office.name, *office.former_names, *office.printed_names)
    regions = [region.name for region in office.regions]
    return None if any(same_body(identity.name, known, regions) for known in own) else identity.name
