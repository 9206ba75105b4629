"""The statutory form as tables: identifiers, official wordings and the wordings accepted beside them.

Sources: 国办公开办函〔2019〕60号 (reports of 2019 and 2020) and 国办公开办函〔2021〕30号 (from the report of 2021 on).
Identifiers are public (URLs, CSV columns, JSON keys): they never change. Order is the order of the printed form.
To accept another wording, add it to ``also`` of its row or column: nothing else has to change.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial

from disclosure.form.folding import fold

TABLES = ("proactive", "requests", "disputes")
TABLE_NAMES = {
    "proactive": "主动公开政府信息情况",
    "requests": "收到和处理政府信息公开申请情况",
    "disputes": "政府信息公开行政复议、行政诉讼情况",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``label`` is the official wording, ``also`` the wordings accepted beside it.

    ``misprints`` are wordings seen in real reports that are plainly slips: read all the same, with a finding.
    """

    id: str
    label: str
    also: tuple[str, ...] = ()
    unit: str = ""
    misprints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``group`` is the label of the merged cell on its left, ``name`` a short name for sentences."""

    id: str
    label: str
    columns: tuple[Column, ...]
    group: str = ""
    also: tuple[str, ...] = ()
    name: str = ""
    misprints: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """The name used in sentences and equations."""
        return self.name or self.label


@dataclass(frozen=True)
class Table:
    """One table of one form."""

    id: str
    rows: tuple[Row, ...]

    @cached_property
    def by_id(self) -> dict[str, Row]:
        """The rows by identifier."""
        return {row.id: row for row in self.rows}

    @cached_property
    def vocabulary(self) -> str:
        """Every wording of the table, folded, a line each: a piece that is in none of them is foreign to it."""
        items: list[Row | Column] = [*self.rows, *(column for row in self.rows for column in row.columns)]
        wordings = {fold(text) for item in items for text in (item.label, *item.also, *item.misprints)}
        return "\n".join(sorted(wordings | {fold(row.group) for row in self.rows} | {fold(OUTCOMES_LABEL)}))


@dataclass(frozen=True)
class Form:
    """One edition of the form. ``tell_by`` are column wordings that only this edition prints."""

    id: str
    notice: str
    tell_by: tuple[str, ...]
    tables: dict[str, Table]


ISSUED = Column("issued", "本年制发件数", also=("本年发件", "本年制发件"))
REPEALED = Column("repealed", "本年废止件数", also=("本年废止件",), misprints=("本年度止件数",))
IN_FORCE = Column("in_force", "现行有效件数", also=("现行有效件",))
DECISIONS = Column("decisions", "本年处理决定数量")
AMOUNT_WAN = Column(
    "amount_wan",
    "本年收费金额（单位：万元）",
    also=("本年收费金额", "本年收费金额（单位：万元，保留4位小数）"),
    unit="万元",
)

MADE = Column("made", "本年新制作数量")
PUBLISHED = Column("published", "本年新公开数量")
TOTAL_PUBLIC = Column("total_public", "对外公开总数量")
ITEMS_LAST_YEAR = Column("items_last_year", "上一年项目数量")
CHANGE = Column("change", "本年增/减")
DECISIONS_2019 = Column("decisions", "处理决定数量")
PURCHASES = Column("items", "采购项目数量")
PURCHASE_AMOUNT = Column("amount", "采购总金额")

APPLICANTS = (
    Column("natural_person", "自然人"),
    Column("business", "商业企业", also=("商业机构",)),
    Column("research", "科研机构"),
    Column("social", "社会公益组织", also=("社会组织",)),
    Column("legal_service", "法律服务机构"),
    Column("other_org", "其他"),
    Column("total", "总计", also=("合计", "共计")),
)
OUTCOMES = (
    Column("upheld", "结果维持"),
    Column("corrected", "结果纠正"),
    Column("other", "其他结果"),
    Column("pending", "尚未审结"),
    Column("total", "总计", also=("合计", "共计")),
)

_STOCK_2021 = (ISSUED, REPEALED, IN_FORCE)
_STOCK_2019 = (MADE, PUBLISHED, TOTAL_PUBLIC)
_ITEMS_2019 = (ITEMS_LAST_YEAR, CHANGE, DECISIONS_2019)
_ART_1, _ART_5, _ART_6, _ART_8, _ART_9 = (f"第二十条第（{item}）项" for item in "一五六八九")

PROACTIVE_2021 = Table(
    "proactive",
    (
        Row("rules", "规章", _STOCK_2021, _ART_1),
        Row("normative_documents", "行政规范性文件", _STOCK_2021, _ART_1, also=("规范性文件",)),
        Row("licensing", "行政许可", (DECISIONS,), _ART_5),
        Row("penalties", "行政处罚", (DECISIONS,), _ART_6),
        Row("coercion", "行政强制", (DECISIONS,), _ART_6),
        Row("fees", "行政事业性收费", (AMOUNT_WAN,), _ART_8),
    ),
)
PROACTIVE_2019 = Table(
    "proactive",
    (
        Row("rules", "规章", _STOCK_2019, _ART_1),
        Row("normative_documents", "规范性文件", _STOCK_2019, _ART_1, also=("行政规范性文件",)),
        Row("licensing", "行政许可", _ITEMS_2019, _ART_5),
        Row("other_services", "其他对外管理服务事项", _ITEMS_2019, _ART_5),
        Row("penalties", "行政处罚", _ITEMS_2019, _ART_6),
        Row("coercion", "行政强制", _ITEMS_2019, _ART_6),
        Row("fees", "行政事业性收费", (ITEMS_LAST_YEAR, CHANGE), _ART_8),
        Row("procurement", "政府集中采购", (PURCHASES, PURCHASE_AMOUNT), _ART_9),
    ),
)

OUTCOMES_LABEL = "三、本年度办理结果"
_REFUSED = "（三）不予公开"
_UNAVAILABLE = "（四）无法提供"
_NOT_PROCESSED = "（五）不予处理"
_CLOSED = "（六）其他处理"


_request = partial(Row, columns=APPLICANTS)

_REQUESTS_HEAD = (
    _request("received", "一、本年新收政府信息公开申请数量", name="本年新收"),
    _request(
        "carried_in",
        "二、上年结转政府信息公开申请数量",
        name="上年结转",
        misprints=("二、上年转结政府信息公开申请数量",),
    ),
    _request("granted", "（一）予以公开", name="予以公开"),
    _request(
        "partly_granted",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        also=("（二）部分公开",),
        name="部分公开",
    ),
    _request("refused_state_secret", "1.属于国家秘密", group=_REFUSED, name="不予公开：属于国家秘密"),
    _request(
        "refused_prohibited_by_law",
        "2.其他法律行政法规禁止公开",
        group=_REFUSED,
        also=("2.其他法律法规禁止公开",),
        name="不予公开：法律、行政法规禁止公开",
    ),
    _request("refused_security_stability", "3.危及“三安全一稳定”", group=_REFUSED, name="不予公开：危及“三安全一稳定”"),
    _request("refused_third_party", "4.保护第三方合法权益", group=_REFUSED, name="不予公开：保护第三方合法权益"),
    _request("refused_internal_affairs", "5.属于三类内部事务信息", group=_REFUSED, name="不予公开：三类内部事务信息"),
    _request("refused_process_information", "6.属于四类过程性信息", group=_REFUSED, name="不予公开：四类过程性信息"),
    _request("refused_enforcement_file", "7.属于行政执法案卷", group=_REFUSED, name="不予公开：行政执法案卷"),
    _request("refused_administrative_query", "8.属于行政查询事项", group=_REFUSED, name="不予公开：行政查询事项"),
    _request("unavailable_not_held", "1.本机关不掌握相关政府信息", group=_UNAVAILABLE, name="无法提供：本机关不掌握"),
    _request(
        "unavailable_needs_creation", "2.没有现成信息需要另行制作", group=_UNAVAILABLE, name="无法提供：需要另行制作"
    ),
    _request("unavailable_unclear", "3.补正后申请内容仍不明确", group=_UNAVAILABLE, name="无法提供：补正后仍不明确"),
    _request("not_processed_petition", "1.信访举报投诉类申请", group=_NOT_PROCESSED, name="不予处理：信访举报投诉类"),
    _request("not_processed_duplicate", "2.重复申请", group=_NOT_PROCESSED, name="不予处理：重复申请"),
    _request(
        "not_processed_published", "3.要求提供公开出版物", group=_NOT_PROCESSED, name="不予处理：要求提供公开出版物"
    ),
    _request(
        "not_processed_excessive", "4.无正当理由大量反复申请", group=_NOT_PROCESSED, name="不予处理：大量反复申请"
    ),
    _request(
        "not_processed_reconfirm",
        "5.要求行政机关确认或重新出具已获取信息",
        group=_NOT_PROCESSED,
        name="不予处理：要求确认或重新出具",
    ),
)
_REQUESTS_TAIL = (
    _request("handled", "（七）总计", name="办理结果总计"),
    _request("carried_out", "四、结转下年度继续办理", name="结转下年度"),
)
_CLOSED_2021 = (
    _request(
        "closed_not_corrected",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        group=_CLOSED,
        also=("1.申请人无正当理由逾期不补正", "1.逾期不补正"),
        name="其他处理：逾期不补正",
    ),
    _request(
        "closed_fee_unpaid",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        group=_CLOSED,
        also=("2.申请人逾期未按收费通知要求缴纳费用", "2.逾期不缴费", "2.逾期未缴费"),
        name="其他处理：逾期未缴费",
    ),
    _request("closed_other", "3.其他", group=_CLOSED, name="其他处理：其他"),
)
REQUESTS_2021 = Table("requests", (*_REQUESTS_HEAD, *_CLOSED_2021, *_REQUESTS_TAIL))
REQUESTS_2019 = Table(
    "requests", (*_REQUESTS_HEAD, _request("closed", "（六）其他处理", name="其他处理"), *_REQUESTS_TAIL)
)

DISPUTES = Table(
    "disputes",
    (
        Row("reconsideration", "行政复议", OUTCOMES),
        Row("litigation_direct", "未经复议直接起诉", OUTCOMES, "行政诉讼", name="行政诉讼（未经复议直接起诉）"),
        Row("litigation_after_reconsideration", "复议后起诉", OUTCOMES, "行政诉讼", name="行政诉讼（复议后起诉）"),
    ),
)

FORMS = {
    "2021": Form(
        "2021",
        "国办公开办函〔2021〕30号",
        ("本年制发件数", "本年废止件数", "现行有效件数"),
        {"proactive": PROACTIVE_2021, "requests": REQUESTS_2021, "disputes": DISPUTES},
    ),
    "2019": Form(
        "2019",
        "国办公开办函〔2019〕60号",
        ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
        {"proactive": PROACTIVE_2019, "requests": REQUESTS_2019, "disputes": DISPUTES},
    ),
}
MAY_HAVE_DECIMALS = frozenset({AMOUNT_WAN.id, PURCHASE_AMOUNT.id})
MAY_BE_NEGATIVE = frozenset({CHANGE.id})
"""Columns of table 2 that hold something else than counts."""


def may_hold(column: str, value: int | Decimal) -> bool:
    """Whether a column can hold a number: whole and not negative, but for sums of money and changes."""
    return (value >= 0 or column in MAY_BE_NEGATIVE) and (value == int(value) or column in MAY_HAVE_DECIMALS)


FIRST_YEAR_OF_2021_FORM = 2021
"""Reports for this year and later have to use the 2021 form."""


def form_of(year: int) -> str:
    """The edition of the form that a report for this year has to use."""
    return "2021" if year >= FIRST_YEAR_OF_2021_FORM else "2019"


OUTCOME_ROWS = {
    form: tuple(
        row.id
        for row in FORMS[form].tables["requests"].rows
        if row.id not in {"received", "carried_in", "handled", "carried_out"}
    )
    for form in FORMS
}
"""The rows of table 3 that add up to ``handled``, per form."""

SECTIONS = {
    "overview": ("一", "总体情况"),
    "proactive": ("二", "主动公开政府信息情况"),
    "requests": ("三", "收到和处理政府信息公开申请情况"),
    "disputes": ("四", "政府信息公开行政复议、行政诉讼情况"),
    "problems": ("五", "存在的主要问题及改进情况"),
    "other": ("六", "其他需要报告的事项"),
}
"""The six sections of both forms: identifier → (number, official title)."""
