"""Rules about what a report lacks, and about what we withhold."""

from __future__ import annotations

from disclosure.check.registry import Complaint, Complaints, rule
from disclosure.form.template import FORMS, SECTIONS, TABLE_NAMES, TABLES, form_of
from disclosure.model import Cell, Kind, Report, Severity, Status


@rule("缺少章节", Severity.NOTICE, Kind.READING)
def missing_section(report: Report) -> Complaints:
    """什么：报告应有六个部分，本站按标题寻找，没有找到其中一个或几个。

    为什么：六个部分由《政府信息公开条例》第五十条和报告格式规定。
    没有找到，可能是原文没有，也可能是标题写法特殊或在转载中丢失。
    错：全文没有“六、其他需要报告的事项”这一标题。
    对：六个部分的标题都在，没有内容的写“无”。
    怎么办：对照机关网站上的原文。如果原文有这一部分，请告诉我们。
    """
    found = {section.id for section in report.filling.sections}
    if _is_no_annual_report(report):
        return
    missing = [f"“{number}、{title}”" for name, (number, title) in SECTIONS.items() if name not in found]
    if len(missing) == len(SECTIONS):
        yield Complaint("六个部分的标题一个也没有找到，正文没有分部分。")
    elif missing:
        yield Complaint(f"没有找到{'、'.join(missing)}的标题，共缺 {len(missing)} 个部分。")


@rule("缺少表格", Severity.WARNING, Kind.READING)
def missing_table(report: Report) -> Complaints:
    """什么：报告应有三张表，本站没有在原文中找到其中一张或几张。

    为什么：表格可能在原文中是图片，也可能在转载中丢失。没有找到的表，本站一律写“未见”，不当作 0。
    错：原文只有“三、收到和处理政府信息公开申请情况”这一标题，标题下没有表格文字。
    对：三张表都以文字形式载于原文。
    怎么办：如果机关网站上的原文有这张表，请提供带文字的版本。
    """
    if _is_no_annual_report(report):
        return
    for table in TABLES:
        reading = report.filling.tables.get(table)
        if reading is None or not reading.found:
            message = f"没有找到“{TABLE_NAMES[table]}”的表格，其中各项写作“未见”，不当作 0。"
            yield Complaint(message, _line_of(report, table))


def _is_no_annual_report(report: Report) -> bool:
    """Whether nothing could be read or nothing of a report was found: one note of the reading stage says so already."""
    return not report.lines or any(note.rule == "not-an-annual-report" for note in report.filling.notes)


def _line_of(report: Report, section: str) -> int | None:
    """The line of the heading that a table should stand under; tables and their sections share identifiers."""
    return next((one.line for one in report.filling.sections if one.id == section), None)


@rule("缺少表格中的行", Severity.WARNING, Kind.READING)
def missing_row(report: Report) -> Complaints:
    """什么：表格找到了，但其中一行或几行没有找到。

    为什么：缺少的行可能是原文漏了，也可能在转载中丢失。能由勾稽关系推得的数字标明“推得”，其余写“未见”，不当作 0。
    错：表三没有“重复申请”一行。
    对：表三的每一行都在，没有发生的填 0。
    """
    if report.form is None:
        return
    for table, reading in report.filling.tables.items():
        found = {row.row for row in reading.rows}
        missing = [row for row in FORMS[report.form].tables[table].rows if row.id not in found]
        if reading.found and missing:
            names = "、".join(f"“{row.short}”" for row in missing)
            what = f"没有找到{names}，共缺 {len(missing)} 行" if found else "一行数字也没有读到"
            cells = tuple(Cell(table, row.id, column.id) for row in missing for column in row.columns)
            yield Complaint.at(reading, f"“{TABLE_NAMES[table]}”的表格中{what}。", cells)


@rule("有数字暂不公布", Severity.NOTICE, Kind.READING)
def figure_withheld(report: Report) -> Complaints:
    """什么：原文的某些数字读不准，而勾稽关系也不能确定唯一的值，本站暂不公布这些数字。

    为什么：本站宁可不公布，也不猜测。这些数字写作“不定”，能确定范围的写明范围，不当作 0。
    错：一行印出 5 个数，应有 7 个，有两种放法都说得通。
    对：一行 7 个数都印出，或缺失的数可以由勾稽关系唯一确定。
    怎么办：提供更清楚的原文，这些数字就可能读出来。
    """
    ambiguous = Status.AMBIGUOUS  # looked up once: Python 3.11 takes long over a member
    uncertain = [figure for figure in report.figures.values() if figure.status is ambiguous]
    for table in TABLES:
        withheld = [figure for figure in uncertain if figure.cell.table == table]
        if withheld:
            first = min(withheld, key=lambda figure: (figure.line is None, figure.source or "", figure.line or 0))
            message = f"“{TABLE_NAMES[table]}”的表格中有 {len(withheld)} 个数字不能确定，暂不公布。"
            yield Complaint.at(first, message, tuple(figure.cell for figure in withheld))


@rule("表格版本与年度不符", Severity.WARNING)
def form_of_another_year(report: Report) -> Complaints:
    """什么：2021年度起的报告应使用 2021 年版表格，此前的报告使用 2019 年版。本站按表头文字辨认版本。

    为什么：两版表格的项目和口径不同，用错版本会使数字无法与其他机关比较。
    错：2023年度报告的表头是“本年新制作数量、本年新公开数量、对外公开总数量”（2019 年版）。
    对：2023年度报告的表头是“本年制发件数、本年废止件数、现行有效件数”（2021 年版）。
    """
    if report.form is None or report.year is None:
        return
    expected = form_of(report.year)
    if report.form != expected:
        used, due = (FORMS[form] for form in (report.form, expected))
        message = (
            f"{report.year}年度的报告应使用{due.notice}所附的 {due.id} 年版表格，"
            f"原文的表头是{used.notice}所附的 {used.id} 年版。本站按原文的版本公布，不换算。"
        )
        yield Complaint.at(report.filling.tables["proactive"], message)
