"""The measures: what can be counted, summed and compared across offices and years, each defined once.

A formula is a list of cells of the form, in the public identifiers of ``form/template.py``: ``table.row.column``, where
``*`` stands for any part of one identifier. A count is the sum of its cells; a share divides it by the sum of the cells
of its ``denominator``. Pages, the files under ``/data/``, the API and the dictionary all take their measures from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from typing import Final

from disclosure.form.template import FIRST_YEAR_OF_2021_FORM, FORMS
from disclosure.model import Cell

CASES = "件"
WAN_YUAN = "万元"
SHARE = "比值"

MINIMUM_N = 30
"""Below that many cases a share says little: one case more or less moves it by more than three points."""


class Summable(StrEnum):
    """Over what a measure may be added up."""

    OFFICES_AND_YEARS = "offices-and-years"
    """A flow: what came in or was done within the year."""
    OFFICES = "offices"
    """A stock at one moment: adding up years would count the same thing again."""
    NEVER = "never"
    """A share: its numerator and its denominator are added up, and divided anew."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that means the same wherever it stands, so that offices and years can stand side by side.

    ``main`` ones stand in the tables across offices. ``caveat`` says in Chinese what a reader has to know; of a
    measure that only one edition of the form has, that is told by ``forms`` and needs no caveat.
    """

    id: str
    label: str
    english: str
    formula: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    unit: str = CASES
    summable: Summable = Summable.OFFICES_AND_YEARS
    main: bool = False
    caveat: str = ""

    @property
    def is_share(self) -> bool:
        """Whether it is a share: a number from 0 to 1, shown with what it divides."""
        return bool(self.denominator)

    @property
    def minimum_n(self) -> int | None:
        """The smallest denominator with which a share says something; None for a count."""
        return MINIMUM_N if self.is_share else None

    @property
    def forms(self) -> tuple[str, ...]:
        """The editions of the form that have all its cells, oldest first."""
        return tuple(form for form in sorted(FORMS) if self._cells_of(form))

    @property
    def table(self) -> str:
        """The table that its cells stand in."""
        return self.formula[0].partition(".")[0]

    def cells(self, form: str | None) -> tuple[Cell, ...]:
        """The figures that add up to the measure; none where the form does not have it.

        Without a form: those of the newest edition that has it.
        """
        return self._cells_of(form or self.forms[-1])

    def denominator_cells(self, form: str | None) -> tuple[Cell, ...]:
        """The figures that add up to what a share is a share of."""
        return matching(self.denominator, form or self.forms[-1])

    def _cells_of(self, form: str) -> tuple[Cell, ...]:
        return matching(self.formula, form)


@cache
def matching(patterns: tuple[str, ...], form: str) -> tuple[Cell, ...]:
    """The cells of a form that the patterns name, in the order of the form; none where one of them names no cell."""
    cells = [
        Cell(table.id, row.id, column.id)
        for table in FORMS[form].tables.values()
        for row in table.rows
        for column in row.columns
    ]
    named = [{cell for cell in cells if fnmatchcase(".".join(cell), pattern)} for pattern in patterns]
    return tuple(cell for cell in cells if any(cell in one for one in named)) if all(named) else ()


def _total(row: str) -> tuple[str, ...]:
    return (f"requests.{row}.total",)


_HANDLED = _total("handled")
_TO_HANDLE = (*_total("received"), *_total("carried_in"))
_DECIDED = ("upheld", "corrected", "other")
_RECONSIDERED = tuple(f"disputes.reconsideration.{outcome}" for outcome in _DECIDED)
_JUDGED = tuple(f"disputes.litigation_*.{outcome}" for outcome in _DECIDED)
_STOCK = Summable.OFFICES
_PENDING = "分母只含已办结的申请，不含结转下年度的。"
_UNDECIDED = "分母只含已审结的，不含尚未审结的。"
_CARRIED = "同一件申请今年结转、明年又算作上年结转，所以各年不能相加。"
_NEWLY_MADE = "2019 年版表式这一格写作“处理决定数量”，2021 年版写作“本年处理决定数量”，跨版本比较时请留意。"

MEASURES: Final = (
    Measure("received", "本年新收", "Requests received", _total("received"), main=True),
    Measure(
        "carried_in",
        "上年结转",
        "Requests carried in",
        _total("carried_in"),
        summable=_STOCK,
        main=True,
        caveat=_CARRIED,
    ),
    Measure("granted", "予以公开", "Granted", _total("granted"), main=True),
    Measure("partly_granted", "部分公开", "Partly granted", _total("partly_granted"), main=True),
    Measure("refused", "不予公开", "Refused", _total("refused_*"), main=True),
    Measure("unavailable", "无法提供", "Unavailable", _total("unavailable_*"), main=True),
    Measure("not_processed", "不予处理", "Not processed", _total("not_processed_*"), main=True),
    Measure("closed", "其他处理", "Otherwise closed", _total("closed*"), main=True),
    Measure("handled", "办理结果总计", "Requests handled", _HANDLED, main=True),
    Measure(
        "carried_out",
        "结转下年度",
        "Requests carried out",
        _total("carried_out"),
        summable=_STOCK,
        main=True,
        caveat=_CARRIED,
    ),
    Measure(
        "reconsideration", "行政复议", "Administrative reconsiderations", ("disputes.reconsideration.total",), main=True
    ),
    Measure("litigation", "行政诉讼", "Administrative litigation", ("disputes.litigation_*.total",), main=True),
    Measure(
        "received_natural_person",
        "本年新收：自然人",
        "Requests received from natural persons",
        ("requests.received.natural_person",),
    ),
    Measure(
        "received_organisations",
        "本年新收：法人或其他组织",
        "Requests received from organisations",
        tuple(f"requests.received.{who}" for who in ("business", "research", "social", "legal_service", "other_org")),
    ),
    Measure("reconsideration_decided", "行政复议已审结", "Reconsiderations decided", _RECONSIDERED),
    Measure(
        "reconsideration_corrected",
        "行政复议结果纠正",
        "Reconsiderations corrected",
        ("disputes.reconsideration.corrected",),
    ),
    Measure("litigation_decided", "行政诉讼已审结", "Litigation decided", _JUDGED),
    Measure("litigation_corrected", "行政诉讼结果纠正", "Litigation corrected", ("disputes.litigation_*.corrected",)),
    Measure("rules_issued", "规章本年制发", "Rules issued", ("proactive.rules.issued",)),
    Measure("rules_in_force", "规章现行有效", "Rules in force", ("proactive.rules.in_force",), summable=_STOCK),
    Measure(
        "normative_issued",
        "行政规范性文件本年制发",
        "Normative documents issued",
        ("proactive.normative_documents.issued",),
    ),
    Measure(
        "normative_repealed",
        "行政规范性文件本年废止",
        "Normative documents repealed",
        ("proactive.normative_documents.repealed",),
    ),
    Measure(
        "normative_in_force",
        "行政规范性文件现行有效",
        "Normative documents in force",
        ("proactive.normative_documents.in_force",),
        summable=_STOCK,
    ),
    Measure(
        "licensing_decisions",
        "行政许可处理决定",
        "Licensing decisions",
        ("proactive.licensing.decisions",),
        caveat=_NEWLY_MADE,
    ),
    Measure(
        "penalty_decisions",
        "行政处罚处理决定",
        "Penalty decisions",
        ("proactive.penalties.decisions",),
        caveat=_NEWLY_MADE,
    ),
    Measure(
        "coercion_decisions",
        "行政强制处理决定",
        "Coercion decisions",
        ("proactive.coercion.decisions",),
        caveat=_NEWLY_MADE,
    ),
    Measure(
        "fees_amount",
        "行政事业性收费金额",
        "Administrative fees charged",
        ("proactive.fees.amount_wan",),
        unit=WAN_YUAN,
    ),
    *(
        Measure(
            f"{part}_share",
            f"{label}占办结",
            f"{english} share of handled",
            _total(rows),
            _HANDLED,
            SHARE,
            Summable.NEVER,
            caveat=_PENDING,
        )
        for part, label, english, rows in (
            ("granted", "予以公开", "Granted", "granted"),
            ("partly_granted", "部分公开", "Partly granted", "partly_granted"),
            ("refused", "不予公开", "Refused", "refused_*"),
            ("unavailable", "无法提供", "Unavailable", "unavailable_*"),
            ("not_processed", "不予处理", "Not processed", "not_processed_*"),
            ("closed", "其他处理", "Otherwise closed", "closed*"),
        )
    ),
    Measure(
        "disclosed_share",
        "予以公开和部分公开占办结",
        "Disclosed share of handled",
        (*_total("granted"), *_total("partly_granted")),
        _HANDLED,
        SHARE,
        Summable.NEVER,
        caveat=_PENDING,
    ),
    Measure(
        "carried_out_share",
        "结转下年度占应办",
        "Carried out share of requests to handle",
        _total("carried_out"),
        _TO_HANDLE,
        SHARE,
        Summable.NEVER,
        caveat="分母是本年新收与上年结转之和。",
    ),
    Measure(
        "natural_person_share",
        "自然人占本年新收",
        "Natural persons share of requests received",
        ("requests.received.natural_person",),
        _total("received"),
        SHARE,
        Summable.NEVER,
    ),
    Measure(
        "reconsideration_corrected_share",
        "结果纠正占行政复议已审结",
        "Corrected share of reconsiderations decided",
        ("disputes.reconsideration.corrected",),
        _RECONSIDERED,
        SHARE,
        Summable.NEVER,
        caveat=_UNDECIDED,
    ),
    Measure(
        "litigation_corrected_share",
        "结果纠正占行政诉讼已审结",
        "Corrected share of litigation decided",
        ("disputes.litigation_*.corrected",),
        _JUDGED,
        SHARE,
        Summable.NEVER,
        caveat=_UNDECIDED,
    ),
)
"""All measures: the counts that stand in tables across offices, further counts, then shares."""

MAIN_MEASURES: Final = tuple(measure for measure in MEASURES if measure.main)
"""The counts of the tables across offices. They have cells in every edition of the form."""
MEASURE: Final = {measure.id: measure for measure in MEASURES}

PARTITIONS: Final = {
    "handled": ("granted", "partly_granted", "refused", "unavailable", "not_processed", "closed"),
    "received": ("received_natural_person", "received_organisations"),
}
"""What adds up to what, so that shares of it add up to 1."""

SERIES_BREAKS: Final = {
    FIRST_YEAR_OF_2021_FORM: "改用新表式：规章、规范性文件和收费改了口径，“其他处理”分成三项。",
}
"""The first year of a new edition of the form, and what it changed for those who compare years."""
