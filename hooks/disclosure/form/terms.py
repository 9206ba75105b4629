"""Every row and column of the statutory form in plain Chinese, keyed by the identifiers of ``form/template.py``.

Labels and short names are not repeated here: they live in the template. Articles of the 《政府信息公开条例》 are given
only where they were checked against its text, or where the form itself prints them (then they are the row's group).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Term:
    """One explained term: its English name, its meaning in plain Chinese, the article of the 条例 where checked."""

    english: str
    meaning: str
    article: str = ""


ROW_TERMS: Final[dict[str, dict[str, Term]]] = {
    "proactive": {
        "rules": Term(
            "Government rules",
            "由有规章制定权的机关制定的规章。乡镇政府、街道办事处和县级部门没有这项权限，这一行通常是 0。",
        ),
        "normative_documents": Term(
            "Normative documents",
            "规章以外、对公众有普遍约束力、在一段时间内反复适用的公文，俗称“红头文件”中的一类。",
        ),
        "licensing": Term(
            "Administrative licensing",
            "公民或单位提出申请，机关审查后准许其从事某项活动，例如发放许可证。这一行是有关处理决定的数量。",
        ),
        "other_services": Term(
            "Other public-facing services",
            "行政许可以外，机关面向社会办理的其他管理和服务事项。",
        ),
        "penalties": Term(
            "Administrative penalties",
            "机关对违反行政管理秩序的行为作出的处罚，例如警告、罚款。",
        ),
        "coercion": Term(
            "Administrative coercion",
            "机关依法采取的强制手段，例如查封、扣押，或者强制执行已经作出的决定。",
        ),
        "fees": Term(
            "Administrative fees",
            "机关在提供特定服务或实施管理时依法收取的费用。2021 年版表格填金额，2019 年版表格填项目数量。",
        ),
        "procurement": Term(
            "Centralised government procurement",
            "按集中采购目录统一组织的政府采购。",
        ),
    },
    "requests": {
        "received": Term(
            "Requests received this year",
            "这一年里新收到的政府信息公开申请有多少件。",
            "第五十条第（二）项",
        ),
        "carried_in": Term(
            "Requests carried over from last year",
            "上一年收到、到年底还没有办完、转到本年继续办理的申请。它应当等于上一年报告里的“结转下年度”。",
            "第五十条第（二）项",
        ),
        "granted": Term(
            "Granted",
            "申请人要的信息可以公开，机关全部提供。",
            "第三十六条第（二）项",
        ),
        "partly_granted": Term(
            "Partly granted",
            "信息里有一部分不能公开，机关只提供能公开的部分。这样的申请只计在这一行。",
            "第三十七条",
        ),
        "refused_state_secret": Term(
            "Refused: state secret",
            "申请的信息属于国家秘密，机关不予公开。",
            "第十四条",
        ),
        "refused_prohibited_by_law": Term(
            "Refused: disclosure prohibited by law",
            "国家秘密以外，法律或行政法规规定不得公开的信息。",
            "第十四条",
        ),
        "refused_security_stability": Term(
            "Refused: security and stability",
            "公开后可能危及国家安全、公共安全、经济安全或社会稳定的信息，表格上合称“三安全一稳定”。",
            "第十四条",
        ),
        "refused_third_party": Term(
            "Refused: third-party rights",
            "公开会损害他人的合法权益，例如企业的商业秘密、个人的隐私。",
            "第十五条",
        ),
        "refused_internal_affairs": Term(
            "Refused: internal affairs",
            "只涉及机关内部的三类信息：人事管理、后勤管理、内部工作流程。",
            "第十六条第一款",
        ),
        "refused_process_information": Term(
            "Refused: deliberative process",
            "办事过程中形成的四类信息：讨论记录、过程稿、磋商信函、请示报告。",
            "第十六条第二款",
        ),
        "refused_enforcement_file": Term(
            "Refused: enforcement case file",
            "行政执法案卷里的信息，例如办理某件处罚案件时形成的材料。",
            "第十六条第二款",
        ),
        "refused_administrative_query": Term(
            "Refused: separate query procedure",
            "申请人要查的材料另有专门的查询办法，例如某些登记资料，应当按那种办法去查。",
            "第三十六条第（七）项",
        ),
        "unavailable_not_held": Term(
            "Unavailable: not held by this body",
            "机关手里没有申请人要的信息：可能并不存在，也可能在别的机关。",
            "第三十六条第（四）项、第（五）项",
        ),
        "unavailable_needs_creation": Term(
            "Unavailable: would have to be created",
            "没有现成的信息，要另外汇总、加工或制作才能提供。",
            "第三十八条",
        ),
        "unavailable_unclear": Term(
            "Unavailable: still unclear after clarification",
            "机关请申请人把申请写清楚（称为“补正”），补正以后仍看不出要的是什么信息。",
            "第三十条",
        ),
        "not_processed_petition": Term(
            "Not processed: petition, report or complaint",
            "申请的内容是信访、举报或投诉，机关不把它当作信息公开申请办理。",
            "第三十九条第一款",
        ),
        "not_processed_duplicate": Term(
            "Not processed: duplicate request",
            "机关已经答复过，同一申请人又就同样的内容提出申请。",
            "第三十六条第（六）项",
        ),
        "not_processed_published": Term(
            "Not processed: published material",
            "申请人要的是公开出版物，例如公报、报刊或书籍。",
            "第三十九条第二款",
        ),
        "not_processed_excessive": Term(
            "Not processed: excessive requests",
            "申请的数量、次数明显超出合理范围，而申请人没有正当理由。",
            "第三十五条",
        ),
        "not_processed_reconfirm": Term(
            "Not processed: reconfirmation",
            "申请人已经拿到信息，又要求机关确认这份信息，或者重新出具一份。",
        ),
        "closed_not_corrected": Term(
            "Closed: clarification not supplied",
            "机关要求申请人补正，申请人没有正当理由而过了期限，机关不再处理这件申请。",
            "第三十条",
        ),
        "closed_fee_unpaid": Term(
            "Closed: fee unpaid",
            "机关依法发出收费通知，申请人过了期限没有缴费，机关不再处理这件申请。",
            "第四十二条",
        ),
        "closed_other": Term(
            "Closed: other",
            "上面各行都不包括的其他办结情形，多为申请人撤回申请。",
        ),
        "closed": Term(
            "Closed otherwise",
            "公开、不公开、无法提供、不予处理以外的其他办结情形。2021 年版表格把它分成三行。",
        ),
        "handled": Term(
            "Total handled",
            "本年办结的申请总数，应当等于上面各种办理结果之和。",
            "第五十条第（二）项",
        ),
        "carried_out": Term(
            "Carried over to next year",
            "到年底还没有办完、转到下一年继续办理的申请。",
            "第五十条第（二）项",
        ),
    },
    "disputes": {
        "reconsideration": Term(
            "Administrative reconsideration",
            "不服机关在信息公开上的做法，向行政复议机关申请复议的案件。",
            "第五十一条",
        ),
        "litigation_direct": Term(
            "Litigation without prior reconsideration",
            "没有先申请复议，直接向法院起诉的案件。",
            "第五十一条",
        ),
        "litigation_after_reconsideration": Term(
            "Litigation after reconsideration",
            "先申请了复议，对复议的结果不服，再向法院起诉的案件。",
            "第五十一条",
        ),
    },
}
"""Table → row → explanation."""

COLUMN_TERMS: Final[dict[str, dict[str, Term]]] = {
    "proactive": {
        "issued": Term("Issued this year", "本年制定并印发的件数。"),
        "repealed": Term("Repealed this year", "本年宣布废止的件数。"),
        "in_force": Term("Currently in force", "仍然有效的件数。上一年的数加本年制发、减本年废止，应当等于它。"),
        "decisions": Term("Decisions this year", "本年作出的处理决定数量，例如许可决定、处罚决定。"),
        "amount_wan": Term("Amount charged (10,000 yuan)", "本年收取的金额，以万元为单位。"),
        "made": Term("Newly made this year", "本年新制作的件数。"),
        "published": Term("Newly published this year", "本年新公开的件数。"),
        "total_public": Term("Total published", "到统计时为止对外公开的总件数。"),
        "items_last_year": Term("Items last year", "上一年的事项数量。数的是事项的种类，不是办理的次数。"),
        "change": Term("Change this year", "本年比上一年增加或减少的事项数量，减少写作负数。"),
        "items": Term("Procurement items", "采购项目的数量。"),
        "amount": Term(
            "Procurement amount",
            "采购的总金额。表格没有规定单位，各机关写法不一，所以本站照原文登载，不相加，也不比较。",
        ),
    },
    "requests": {
        "natural_person": Term("Natural persons", "以个人身份提出的申请。"),
        "business": Term("Businesses", "企业提出的申请。"),
        "research": Term("Research institutions", "科研机构提出的申请。"),
        "social": Term("Public-interest organisations", "社会公益组织提出的申请。"),
        "legal_service": Term("Legal service providers", "法律服务机构提出的申请，例如律师事务所。"),
        "other_org": Term("Other organisations", "前几类以外的法人或其他组织提出的申请。"),
        "total": Term("Total", "各类申请人的合计，应当等于前面六列之和。"),
    },
    "disputes": {
        "upheld": Term("Upheld", "机关原来的做法得到维持。"),
        "corrected": Term("Corrected", "机关原来的做法被纠正，例如被撤销，或者被要求重新答复。"),
        "other": Term("Other outcomes", "维持和纠正以外的结果，例如当事人撤回。"),
        "pending": Term("Pending", "到统计时还没有结果的案件。"),
        "total": Term("Total", "前面四列的合计。其中可能有往年转来的案件，所以与本年的申请数量没有固定关系。"),
    },
}
"""Table → column → explanation."""


SUM_TERMS: Final[dict[str, Term]] = {
    "refused": Term("Refused", "机关依法决定不公开申请人要的信息。表上按理由分成八行。", "第三十六条第（三）项"),
    "unavailable": Term("Unavailable", "机关没有申请人要的信息，或者无法提供。表上按理由分成三行。"),
    "not_processed": Term("Not processed", "机关依法不按信息公开申请办理，或者不重复办理。表上按理由分成五行。"),
    "closed": Term(
        "Otherwise closed",
        "公开、不公开、无法提供、不予处理以外的其他办结情形。2021 年版表格分成三行，2019 年版只有一行。",
    ),
    "litigation": Term(
        "Administrative litigation",
        "因政府信息公开向法院起诉的案件，不论先前有没有申请行政复议。表上分成两行。",
        "第五十一条",
    ),
}
"""Measure that adds up several rows (``disclosure.measures``) → explanation."""


def row_anchor(table: str, row: str) -> str:
    """The anchor of a row on ``/terms/``: ``requests-granted``."""
    return f"{table}-{row}"


def column_anchor(table: str, column: str) -> str:
    """The anchor of a column on ``/terms/``: ``requests-column-total``."""
    return f"{table}-column-{column}"


def measure_anchor(measure: str) -> str:
    """The anchor of a measure on ``/terms/``: ``measure-refused``."""
    return f"measure-{measure}"
