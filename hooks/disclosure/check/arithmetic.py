"""Rules about the sums that the form itself prints: one rule for each kind of ``prove.relations``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from disclosure.check.equations import Term, column_name, row_name, shown, sum_in_words, total_of
from disclosure.check.registry import Complaint, Complaints, rule
from disclosure.form.template import TABLE_NAMES, TABLES
from disclosure.model import Cell, Number, Report, Severity, Status
from disclosure.prove.relations import Relation, relations_of

_PRINTED = frozenset({Status.PRINTED, Status.PLACED, Status.CONFLICT})
"""A recovered figure follows from the relations, so it can never speak against them."""


@rule("横向合计不符", Severity.WARNING)
def row_total_mismatch(report: Report) -> Complaints:
    """什么：表三（收到和处理政府信息公开申请情况）每一行，六类申请人的数量之和应等于该行“总计”。

    为什么：“总计”是最常被引用的数字。它与分项之和不等，说明这一行至少有一个数字有误，读者应谨慎引用。
    错：“予以公开”一行：自然人 3，商业企业 1，其余为 0，总计 5。
    对：“予以公开”一行：自然人 3，商业企业 1，其余为 0，总计 4。
    """
    for broken in _broken(report, "row-total"):
        yield _sum_complaint(report, broken, f"“{row_name(report, broken.total)}”一行", "横向合计", column_name)


@rule("办理结果合计不符", Severity.WARNING)
def handled_sum_mismatch(report: Report) -> Complaints:
    """什么：表三每一列，“（一）予以公开”到“（六）其他处理”各项之和应等于“（七）总计”。

    为什么：这一合计说明办结了多少件申请。它与各项之和不等，说明这一列至少有一个数字有误。
    错：自然人一列：予以公开 2，信访举报投诉类 1，其余为 0，（七）总计 4。
    对：自然人一列：予以公开 2，信访举报投诉类 1，其余为 0，（七）总计 3。
    """
    for broken in _broken(report, "handled-sum"):
        yield _sum_complaint(report, broken, f"“{column_name(report, broken.total)}”一列", "纵向合计", row_name)


@rule("收办不平衡", Severity.WARNING)
def balance_mismatch(report: Report) -> Complaints:
    """什么：表三每一列，本年新收与上年结转之和应等于办理结果总计与结转下年度之和。

    为什么：每一件申请要么当年办结，要么结转下年。两边不等，说明有申请没有交代去向，或数字有误。这一关系印在表格上。
    错：自然人一列：新收 18，结转 1；办理结果总计 18，结转下年度 0。
    对：自然人一列：新收 18，结转 1；办理结果总计 18，结转下年度 1。
    """
    for broken in _broken(report, "balance"):
        left, right = broken.terms(report, row_name)
        message = (
            f"“{column_name(report, broken.total)}”一列：{sum_in_words(left)}，{sum_in_words(right)}，"
            f"相差 {broken.difference}。所载数据不满足“新收加结转等于总计加结转下年度”的关系。"
        )
        yield _complaint(report, broken, message)


@rule("复议诉讼合计不符", Severity.WARNING)
def dispute_total_mismatch(report: Report) -> Complaints:
    """什么：表四（行政复议、行政诉讼情况）每一组，结果维持、结果纠正、其他结果、尚未审结之和应等于该组“总计”。

    为什么：这一组数字说明因政府信息公开引起的争议结果如何。合计不符，说明这一组至少有一个数字有误。
    错：行政复议：结果维持 1，其余为 0，总计 2。
    对：行政复议：结果维持 1，其余为 0，总计 1。
    """
    for broken in _broken(report, "dispute-total"):
        yield _sum_complaint(report, broken, f"“{row_name(report, broken.total)}”一组", "横向合计", column_name)


@rule("数字互相矛盾", Severity.WARNING)
def figures_contradict(report: Report) -> Complaints:
    """什么：有的数字没有读到，但已经读到的数字放在一起，怎样补也不能满足表内的合计关系。

    为什么：例如读到的几个分项之和已经大于总计，无论缺的数是多少，都至少有一个读到的数字有误，读者应谨慎引用。
    错：“予以公开”一行：自然人 3，商业企业 4，总计 5，其余没有读到。
    对：“予以公开”一行：自然人 3，商业企业 1，总计 5，其余没有读到。
    """
    conflict = Status.CONFLICT  # looked up once: Python 3.11 takes long over a member
    conflicts = [cell for cell, figure in report.figures.items() if figure.status is conflict]
    if not conflicts:
        return
    told = {cell for kind in _KINDS for broken in _broken(report, kind) for cell in broken.relation.cells}
    for table in TABLES:
        left = [cell for cell in conflicts if cell.table == table and cell not in told]
        if left:
            named = "、".join(
                f"“{row_name(report, cell)}”的“{column_name(report, cell)}”写作 {report.figures[cell].raw}"
                for cell in left[:_FEW]
            )
            message = (
                f"“{TABLE_NAMES[table]}”表有 {len(left)} 个数字（{named}{'等' if len(left) > _FEW else ''}）"
                "放在一起，怎样补上没有读到的数，也不能满足表内的合计关系。本站公布的仍是原文的数字。"
            )
            yield Complaint.at(report.figures[left[0]], message, tuple(left))


_KINDS = ("row-total", "handled-sum", "balance", "dispute-total")
_FEW = 3
"""Figures named in one sentence."""
Namer: TypeAlias = Callable[[Report, Cell], str]


@dataclass(frozen=True, slots=True)
class _Broken:
    """A relation whose every figure is printed and whose two sides differ, with the numbers of both sides."""

    relation: Relation
    left: list[Number]
    right: list[Number]

    @property
    def total(self) -> Cell:
        """The cell whose line stands for the relation: the total, or 办理结果总计 in the balance."""
        return self.relation.right[0]

    @property
    def difference(self) -> str:
        return shown(abs(total_of(self.left) - total_of(self.right)))

    def terms(self, report: Report, name: Namer) -> tuple[list[Term], list[Term]]:
        """The numbers of both sides with their names."""
        sides = ((self.relation.left, self.left), (self.relation.right, self.right))
        left, right = ([Term(name(report, cell), value) for cell, value in zip(*side, strict=True)] for side in sides)
        return left, right


def _broken(report: Report, kind: str) -> Iterator[_Broken]:
    """The relations of one kind that printed figures violate."""
    if report.form is None:
        return
    for relation in _relations(report.form, kind):
        left, right = _printed(report, relation.left), _printed(report, relation.right)
        if left is not None and right is not None and sum(left) != sum(right):
            yield _Broken(relation, left, right)


@cache
def _relations(form: str, kind: str) -> tuple[Relation, ...]:
    """The relations of one kind that a form prints."""
    return tuple(one for table in TABLES for one in relations_of(form, table) if one.kind == kind)


def _printed(report: Report, cells: tuple[Cell, ...]) -> list[Number] | None:
    """The values of these cells, None unless every one of them was printed."""
    values: list[Number] = []
    for cell in cells:
        figure = report.figures.get(cell)
        if figure is None or figure.value is None or figure.status not in _PRINTED:
            return None
        values.append(figure.value)
    return values


def _sum_complaint(report: Report, broken: _Broken, place: str, kind: str, name: Namer) -> Complaint:
    """The complaint that parts do not add up to their total."""
    parts, (total,) = broken.terms(report, name)
    message = (
        f"{place}：{sum_in_words(parts, leave_out_zeros=True)}，{total.name}写作 {shown(total.value)}，"
        f"相差 {broken.difference}。所载数据不满足{kind}关系。"
    )
    return _complaint(report, broken, message)


def _complaint(report: Report, broken: _Broken, message: str) -> Complaint:
    """A complaint at the line of the total, with the smallest repair where there is one."""
    repair = "".join(_suggestion(report, cell) for cell in broken.relation.cells)
    return Complaint.at(report.figures[broken.total], message + repair, broken.relation.cells)


def _suggestion(report: Report, cell: Cell) -> str:
    suggestion = report.figures[cell].suggestion
    if suggestion is None:
        return ""
    return (
        f"如果“{row_name(report, cell)}”的“{column_name(report, cell)}”是 {suggestion}，"
        "本表的各项关系就都成立；这只是推测，本站公布的仍是原文的数字。"
    )
