"""Rules about the processing fee for requests (信息处理费), which section six reports.

Source: 《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）: the fee is charged per request beyond a number.
行政事业性收费 of table 2 is all that an office charges under that head. Where it is above 0, that says nothing about
the processing fee, and without requests there can be none: so the amount alone never makes a rule here fire.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from disclosure.check.counts import MONEY, counts_of
from disclosure.check.equations import shown, values_of
from disclosure.check.registry import Complaint, Complaints, rule
from disclosure.check.sentences import YEAR_NAMED, Sentence, sentences_of
from disclosure.model import Cell, Report, Severity

FIRST_YEAR = 2021
"""The rules on the fee were issued in November 2020: reports for earlier years cannot speak of it."""

_HANDLED = Cell("requests", "handled", "total")
_UNPAID = Cell("requests", "closed_fee_unpaid", "total")
_AMOUNT = Cell("proactive", "fees", "amount_wan")
_REQUESTS = (Cell("requests", "received", "total"), Cell("requests", "carried_in", "total"))

_MENTION = re.compile(r"处理费|收费|费用|(?:收取|缴纳|缴费|收缴)")
_FEE = r"(?:政府信息公开)?(?:信息公开|信息)?(?:申请)?处理费用?"
_NONE_CHARGED = re.compile(rf"(?:未|没有|无)(?:产生|发生|收取|收|征收|收缴)?过?(?:任何|相关)?{_FEE}")
_CHARGED = re.compile(rf"(?:收取|收缴|征收)(?:了|的)?{_FEE}(?:共计|合计|总计|总额|共|计|为|:)?$")
"""Before an amount of money."""
_NO_NOTICE = re.compile(r"(?:未|没有|无)(?:发出|发送|下达|制发)过?(?:任何|相关)?(?:信息处理费)?收费通知")
_ANOTHER_SCOPE = re.compile(r"全[省市县区州盟旗国]|各|去年|上年|历年|以来|标准|不得|按照规定")


@rule("未提及信息处理费", Severity.NOTICE)
def fee_silent(report: Report) -> Complaints:
    """什么：当年办理过政府信息公开申请，而报告正文没有提到信息处理费。只看2021年度起的报告。

    为什么：《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）允许对超出一定数量的申请收费，收费情况在报告第六部分说明。
    没有提到不等于收了费；写明“未收取”，读者就不必猜测。表二的“行政事业性收费”是另一个口径，
    只有在办理数量读不出来时才用作线索。
    错：办理结果总计 1 件，第六部分写“无”。
    对：办理结果总计 1 件，第六部分写“本年度未收取信息处理费”。
    """
    other = next((section for section in report.filling.sections if section.id == "other"), None)
    if other is None or report.year is None or report.year < FIRST_YEAR:
        return
    if any(_MENTION.search(sentence.text) for sentence in sentences_of(report)):
        return
    for cell, reason in _reasons(report):
        message = f"{reason}，报告正文没有提到信息处理费。没有提到不等于收了费；写明是否收取，更便于读者了解。"
        yield Complaint(message, other.line, (cell,))
        return


def _reasons(report: Report) -> Iterator[tuple[Cell, str]]:
    """Why a word on the fee can be expected, the strongest reason first."""
    unpaid, handled, amount = (report.value(*cell) for cell in (_UNPAID, _HANDLED, _AMOUNT))
    if unpaid:
        yield _UNPAID, f"表三“逾期未缴费”总计 {shown(unpaid)} 件"
    if handled:
        yield _HANDLED, f"表三办理结果总计 {shown(handled)} 件"
    if amount and handled is None:
        yield _AMOUNT, f"表二“行政事业性收费” {shown(amount)} 万元，办理了多少申请不能确定"


@rule("信息处理费说法不一", Severity.WARNING)
def fee_contradiction(report: Report) -> Complaints:
    """什么：报告关于信息处理费的说法互相矛盾，或与表三矛盾。

    为什么：信息处理费直接关系申请人的负担，前后说法应当一致。
    本规则只看正文对信息处理费的说法和表三，不看表二的“行政事业性收费”，后者包含其他收费。
    错：第一部分写“收取信息处理费300元”，第六部分写“未收取信息处理费”。
    对：第一部分和第六部分都写“收取信息处理费300元”。
    """
    said = _Said.of(report)
    charged, none_charged, no_notice = said.charged, said.none_charged, said.no_notice
    if charged and none_charged:
        message = f"正文一处写“{charged.quote}”，另一处写“{none_charged.quote}”，两处说法不一致。"
        yield Complaint(message, none_charged.line)
    requests = values_of(report, _REQUESTS)
    if charged and requests is not None and not any(requests):
        message = f"正文写“{charged.quote}”，而表三的本年新收和上年结转都是 0。文字与表格不一致。"
        yield Complaint(message, charged.line, _REQUESTS)
    unpaid = report.value(*_UNPAID)
    if no_notice and unpaid:
        message = f"正文写“{no_notice.quote}”，而表三“逾期未缴费”总计 {shown(unpaid)} 件。文字与表格不一致。"
        yield Complaint(message, no_notice.line, (_UNPAID,))


class _Statement(NamedTuple):
    quote: str
    line: int


class _Said(NamedTuple):
    """The first statement of each sort that the narrative makes about the report's own year."""

    charged: _Statement | None = None
    none_charged: _Statement | None = None
    no_notice: _Statement | None = None

    @classmethod
    def of(cls, report: Report) -> _Said:
        """What this report says."""
        own = [sentence for sentence in sentences_of(report) if _is_own(sentence, report.year)]
        return cls(_first_charge(report), _first(_NONE_CHARGED, own), _first(_NO_NOTICE, own))


def _is_own(sentence: Sentence, year: int | None) -> bool:
    years = {int(named) for named in YEAR_NAMED.findall(sentence.text)}
    return years <= {year} and not _ANOTHER_SCOPE.search(sentence.text)


def _first(pattern: re.Pattern[str], sentences: list[Sentence]) -> _Statement | None:
    for sentence in sentences:
        match = pattern.search(sentence.text)
        if match:
            return _Statement(match[0], sentence.line_at(match.start()))
    return None


def _first_charge(report: Report) -> _Statement | None:
    """The first amount that was charged; an amount of 0 is no charge."""
    for amount in counts_of(report):
        sentence = amount.sentence
        charged = _CHARGED.search(sentence.text[: amount.start]) if amount.unit in MONEY and amount.value else None
        if charged and not amount.approximate and _is_own(sentence, report.year):
            return _Statement(sentence.text[charged.start() : amount.end], sentence.line_at(charged.start()))
    return None
