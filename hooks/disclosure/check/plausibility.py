"""Rules about figures that are possible on paper and hard to explain."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.check.equations import column_name, row_name, shown, values_of
from disclosure.check.registry import Complaint, Complaints, rule, rule_with_office
from disclosure.form.bodies import kind_without_rules
from disclosure.form.template import may_hold
from disclosure.model import Cell, Office, Report, Severity

_RULES_COLUMNS = {"2021": ("issued", "repealed", "in_force"), "2019": ("made", "published", "total_public")}


@rule_with_office("规章数不为零", Severity.WARNING)
def rules_without_power(report: Report, office: Office | None) -> Complaints:
    """什么：乡镇人民政府、街道办事处、县级人民政府及其部门，在“规章”一行填了不为 0 的数。

    为什么：按照《立法法》，规章由国务院部门和省、自治区、直辖市、设区的市、自治州的人民政府制定。
    其他机关的“规章”不为 0，多半是把内部制度或规范性文件填进了这一行。省、市两级的部门情况不一，本规则不作判断。
    错：某街道办事处：规章，本年制发 2，现行有效 2。
    对：某街道办事处：规章，本年制发 0，现行有效 0。
    """
    kind = kind_without_rules(office, report.filling.identity.name)
    if report.form is None or kind is None:
        return
    cells = [Cell("proactive", "rules", column) for column in _RULES_COLUMNS[report.form]]
    stated = [(cell, value) for cell in cells if (value := report.value(*cell))]
    if stated:
        numbers = "，".join(f"{column_name(report, cell)} {shown(value)}" for cell, value in stated)
        message = f"“规章”一行：{numbers}。{kind}没有制定规章的权限，所载数据可能填错了行。"
        yield Complaint.at(report.figures[stated[0][0]], message, tuple(cell for cell, _ in stated))


@rule("本年数超过总数", Severity.NOTICE)
def made_exceeds_stock(report: Report) -> Complaints:
    """什么：本年新增的数超过了总数。

    2021年版比较本年制发与现行有效、本年废止之和；2019年版比较本年新制作、本年新公开与对外公开总数量。

    为什么：当年制发的文件，年底要么现行有效，要么已经废止；当年公开的文件，应包含在对外公开的总数之中。
    错：行政规范性文件：本年制发 5，本年废止 0，现行有效 0。
    对：行政规范性文件：本年制发 5，本年废止 0，现行有效 12。
    """
    for row in ("rules", "normative_documents"):
        if report.form == "2021":
            yield from _issued_exceeds(report, row)
        elif report.form == "2019":
            yield from _made_exceeds(report, row)


def _issued_exceeds(report: Report, row: str) -> Iterator[Complaint]:
    """What was issued and repealed in the same year is not in force: only what is beyond both is strange."""
    cells = tuple(Cell("proactive", row, column) for column in ("issued", "repealed", "in_force"))
    values = values_of(report, cells)
    if values is None or values[0] <= values[1] + values[2]:
        return
    issued, repealed, in_force = (shown(value) for value in values)
    message = (
        f"“{row_name(report, cells[0])}”一行：本年制发 {issued}，多于现行有效 {in_force} 与本年废止 {repealed} 之和。"
        "所载数据难以同时成立。"
    )
    yield Complaint.at(report.figures[cells[0]], message, cells)


def _made_exceeds(report: Report, row: str) -> Iterator[Complaint]:
    total = Cell("proactive", row, "total_public")
    parts = (Cell("proactive", row, "made"), Cell("proactive", row, "published"))
    pairs = [(part, values_of(report, (part, total))) for part in parts]
    larger = [(part, values[0], values[1]) for part, values in pairs if values is not None and values[0] > values[1]]
    if larger:
        stated = "、".join(f"{column_name(report, part)} {shown(value)}" for part, value, _ in larger)
        whole = shown(larger[0][2])
        message = f"“{row_name(report, total)}”一行：{stated}，多于对外公开总数量 {whole}。所载数据难以同时成立。"
        yield Complaint.at(report.figures[total], message, (*(part for part, _, _ in larger), total))


@rule("件数不是整数", Severity.WARNING)
def not_a_count(report: Report) -> Complaints:
    """什么：应填件数的一格，印的是负数或者小数。

    为什么：件数只能是 0 或正整数。这样的数照原样列出，但不计入任何合计。“本年增/减”可以是负数，金额可以有小数。
    错：本年新收，自然人：-6。
    对：本年新收，自然人：6。
    """
    for cell, figure in report.figures.items():
        value = figure.value
        if value is not None and not may_hold(cell.column, value):
            what = "负数" if value < 0 else "小数"
            message = (
                f"“{row_name(report, cell)}”一行的“{column_name(report, cell)}”印作 {figure.raw}，是{what}。"
                "件数应为 0 或正整数，此数不计入合计。"
            )
            yield Complaint.at(figure, message, (cell,))
