"""What the statuses of a figure, and the kinds of a finding, are called and mean: the one place of these words."""

from __future__ import annotations

from typing import Final, NamedTuple

from disclosure.measures import Summable
from disclosure.model import Kind, Severity, Status


class Word(NamedTuple):
    """The sign word that stands beside a figure, and what it says to a reader."""

    sign: str
    meaning: str


LEGEND: Final[dict[Status, Word]] = {
    Status.PRINTED: Word("原文", "报告印有这个数，所在的行和列明确。"),
    Status.PLACED: Word("归位", "报告印有这个数，但所在的行或列在文件里丢失了，按表内的加总关系归回原位，并附证明。"),
    Status.RECOVERED: Word(
        "推得", "文件里读不到这个数，但表内的加总关系只容许这一个值；逐一怀疑任何一个印出的数，结论都不变。附证明。"
    ),
    Status.CONFLICT: Word("勾稽不符", "报告印有这个数，但所载数据不满足表内的加总关系。照原样列出，不作改动。"),
    Status.BLANK: Word("未填", "报告这一格是空的，或者只有“/”“—”“无”一类的记号。没有数，不等于 0。"),
    Status.AMBIGUOUS: Word("不定", "报告丢失了信息，可能的值不止一个，或者证据不足以确定，因此不列数。不等于 0。"),
    Status.ABSENT: Word("未见", "报告里没有这一格所在的行或表，或者没能读出来。没有数，不等于 0。"),
}

UNUSABLE: Final = Word("所印的数不能相加", "报告印有这个数，但它是负数或者小数，不是件数，不能与别的数相加。")
"""Where a count is printed that is none: no status of a gap says it."""

KINDS: Final[dict[Kind, Word]] = {
    Kind.SOURCE: Word("报告所载", "报告自己写的内容前后对不上，或者与统一格式不同。照原样公布，不作改动。"),
    Kind.READING: Word("本站读取", "本站没能从文件里完整读出来的内容。不说明报告有错。"),
    Kind.FILING: Word("本站归档", "本站存放报告时出的错，由本站改正。"),
}

SEVERITIES: Final[dict[Severity, str]] = {
    Severity.ERROR: "需要改正",
    Severity.WARNING: "值得核对",
    Severity.NOTICE: "供参考",
}

ANSWERED: Final = "已答复"
"""Beside a finding that a maintainer has answered in ``office.yml``."""

SUMMABLE: Final[dict[Summable, str]] = {
    Summable.OFFICES_AND_YEARS: "各机关、各年都可以相加",
    Summable.OFFICES: "各机关可以相加，各年不能相加",
    Summable.NEVER: "不能相加",
}
"""Over what a measure may be added up."""
