"""Find the counts that the narrative states: how many of what, each with its place in the source.

Built to stay silent when in doubt: years, numbers of documents, telephone numbers, shares, differences, limits of time
and figures of speech are no counts; a number that two lines share, or that can be read in two ways, is left alone.
What a count says about a table is for ``claims`` to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import NamedTuple

from disclosure.check.numerals import CHINESE_NUMERALS, NUMBER, parse_quantity
from disclosure.check.sentences import Sentence, printed_offset, sentences_in
from disclosure.form.tokens import PAGE_MARK
from disclosure.model import Number, Report, Section, Span

REQUESTS, RECONSIDERATION, LITIGATION = "政府信息公开申请", "行政复议", "行政诉讼"
"""What a count is ``about`` where the text says plainly that there were none."""
MONEY = frozenset({"元", "千元", "万元", "亿元"})


class Count(NamedTuple):
    """A count that the narrative states.

    ``unit`` is the one printed (件, 条, 人次, 万元 …), empty where the text says in words that there were none.
    ``about`` is the wording of what is counted; ``text`` is the number with its unit as printed, at ``span``.
    ``approximate`` counts (30余件, 约1.2万条, 不少于5次) say no exact number: nothing may be held against them.
    ``start`` and ``end`` are where the count stands in its ``sentence``.
    """

    value: Number
    unit: str
    about: str
    text: str
    span: Span
    approximate: bool
    sentence: Sentence
    start: int
    end: int


REQUEST = (
    r"(?:政府信息依申请公开(?:申请)?|依申请公开的?(?:政府)?(?:信息)?(?:公开)?(?:申请)?|申请公开的?(?:政府)?信息"
    r"|(?:要求|提出)?公开(?:政府)?信息的?申请|(?:政府)?信息公开的?申请)"
)
APPLICANTS = (
    r"(?:(?:公民、法人(?:和|或者|或|及|与)其他组织|社会公众|公众|群众|申请人)(?:提出|提交)?的?|各类|有关|任何)?"
)
THINGS = r"(?:数量|总数|件数|事项|信件|办件|件|案件)?"
CASES = r"(?:案件|申请|案)?"
LAWSUIT = r"(?:行政)?诉讼"
AND = r"(?:、|和|及|与|或者|或|以及|也未|,也未)(?:被)?(?:提起|引发|发生)?"
PERIOD = r"(?:20\d\d年(?:度|内|全年)?|本年度?内?|全年度?|当年|今年|年内|年度内?|一年来|报告期内|期间|内)"
ADVERB = r"(?:一共|总共|共计|总计|累计|合计|共|实际|已|均|也|仍|并|尚|暂|曾)"
CLAUSE_MARK = r"[,;:。、()]"

_UNITS = (
    "人次|件次|条次|场次|批次|户次|篇次|期次|班次|万元|亿元|千元|元"
    "|条|件|次|个|份|篇|期|场|项|宗|起|例|部|册|家|户|批|名|人|位|幅|则|块|处|栏|台|张|封|笔"
)
_GOES_ON = {
    "条": "例件款文线龙", "件": "数", "次": "序要级日年性", "个": "人百工月小体年自性别季星", "份": "额",
    "部": "门分署委长级", "场": "所地景合", "期": "间限内初末刊", "名": "称录单义字誉", "人": "民员事大才口社均力身工",
    "家": "庭属长", "户": "籍外口", "处": "理罚置分室长", "项": "目", "起": "来草", "例": "如外", "位": "置于",
    "块": "头钱", "张": "网贴", "元": "旦素月件化", "批": "准复示", "则": "不是",
}  # fmt: skip
"""Characters that make another word of a unit: 3条例, 5个工作日, 2部门."""
_NOT_BEHIND = "|".join(f"(?<={unit})[{characters}]" for unit, characters in _GOES_ON.items())
_MORE = r"以上|以下|以内|左右|上下|之多|多|余|开外"
_COUNT = re.compile(
    rf"(?<![\d.A-Za-z/~〔〕\[\]第每各几{CHINESE_NUMERALS}-])(?<!\d[,、:])(?<!\(20\d\d\))"
    rf"(?P<number>{NUMBER})(?:(?P<odd>[余多几])(?P<scale>[万亿])?)?(?P<unit>{_UNITS})"
    rf"(?!{_NOT_BEHIND}|[至到~/—-])(?P<more>{_MORE})?"
)
_HEDGE = (
    r"(?:不少于|不低于|至少|最少|不超过|不多于|至多|最多|不足|不到|超过?|突破|达到?近|将近|接近|近|大约|大概|约为?|逾)"
)
_ABOUT = re.compile(f"{_HEDGE}$")
_DIFFERENCE = re.compile(
    r"(?:(?<!新)增加?|减少?|增长|下降|上升|提高|降低|多|少)了?$|(?:从|由|比)$|[\d个件条份次项][至到~—-]$"
    r"|(?:每[年月周日天季次]度?|平均|人均|日均|月均)$"
)
"""What makes a number a difference between two others, an end of a range or a rate."""
_ONE_IS_A_WORD = re.compile(r"(?:[统同唯逐进专划单之某这那另再又]|[未没无].{0,8})$")
_UNITS_OF_ONE = frozenset({"件", "条", "份", "次", "人次", "项", "篇", "期", "场", "名", "家"})
_ONE_AS_A_PHRASE = re.compile(r"件事|次[性办告]|条[龙线心]")
_ZERO_IS_SAID = re.compile(r"(?:[请为共计量是诉议:额]|[件次]数)$")
"""Before 零, so that 零件 is no count."""
_OPENING = {"“": "”", "《": "》", "「": "」"}

_NONE = r"(?:(?:未曾?|没有|没)(?:发生|收到|接收到?|接到|受理|产生|出现|引发|涉及|有)过?|没有|无)"
_SHORT = r"[^,;:。\d]{0,28}?"
_LAST = r"(?:的|案件|情况|事项|情形|现象|申请|案)*"
_CLAUSE_END = rf"(?={CLAUSE_MARK}|$)"
_NONE_AT_ALL = (
    (re.compile(rf"{_NONE}{APPLICANTS}{REQUEST}{THINGS}(?:的?情况)?{_CLAUSE_END}"), (REQUESTS,)),
    (
        re.compile(rf"{_NONE}{_SHORT}行政复议{CASES}{AND}{LAWSUIT}{CASES}{_LAST}{_CLAUSE_END}"),
        (RECONSIDERATION, LITIGATION),
    ),
    (re.compile(rf"{_NONE}{_SHORT}行政复议{CASES}{_LAST}{_CLAUSE_END}"), (RECONSIDERATION,)),
    (re.compile(rf"{_NONE}(?:(?!复议)[^,;:。\d]){{0,28}}?{LAWSUIT}{CASES}{_LAST}{_CLAUSE_END}"), (LITIGATION,)),
)
"""Sentences that say "none", and of what."""
_DENIAL = re.compile(r"[未没无]")
_DENIED = re.compile(r"申请|复议|诉讼")
_MENTIONS_COUNT = re.compile(rf"[\d{CHINESE_NUMERALS}][余多几]?(?:{_UNITS})")
_LONGEST = 1000
"""A longer sentence is no sentence but a table or a file without punctuation."""
MOST_COUNTS = 300
"""Of a section with more only the first are looked at, so that a hostile file cannot cost much."""
MOST_IN_SENTENCE = 100
"""The same for a sentence."""
_LONGEST_ABOUT = 40
_LEAD = re.compile(
    rf"(?:其中|{PERIOD}|\d{{1,2}}月\d{{1,2}}日|{ADVERB}|[我本](?:机关|单位|街道(?:办事处)?|[镇乡局委办院县市区旗])|[“”])*"
)
_TRAIL = re.compile(rf"(?:{ADVERB}|{_HEDGE}|达到?|[有为是]|[“”])*$")


def counts_of(report: Report) -> Iterator[Count]:
    """The counts of the six sections, in order; what stands before the first heading is left out."""
    return chain.from_iterable(counts_in(section) for section in report.filling.sections if section.id != "preamble")


@lru_cache(maxsize=128)
def counts_in(section: Section) -> tuple[Count, ...]:
    """The counts of a section's running text, in order of place. Tables inside the narrative are left out."""
    printed = dict(section.lines)
    lines = [(number, text) for number, text in section.lines if not PAGE_MARK.fullmatch(text)]
    severed = {(line, _indent(text)) for (_, above), (line, text) in pairwise(lines) if _is_severed(above, text)}
    counts = (
        count
        for sentence in sentences_in(section)
        if not sentence.in_table and len(sentence.text) <= _LONGEST
        for count in (*_stated(sentence, printed), *_denied(sentence, printed))
        if count.span[:2] not in severed
    )
    return tuple(sorted(islice(counts, MOST_COUNTS), key=lambda count: count.span))


def _is_severed(above: str, text: str) -> bool:
    """Whether a number may have begun on the line above."""
    return above.rstrip()[-1:].isdigit() and text.lstrip()[:1].isdigit()


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _stated(sentence: Sentence, printed: Mapping[int, str]) -> Iterator[Count]:
    """The counts that stand in a sentence as a number with a unit."""
    if not _MENTIONS_COUNT.search(sentence.text):
        return
    for match in islice(_COUNT.finditer(sentence.text), MOST_IN_SENTENCE):
        before = sentence.text[max(0, match.start() - 12) : match.start()]
        hedge = _ABOUT.search(before)
        value, unit = _measured(match["number"] + (match["scale"] or ""), match["unit"])
        if value is None or _is_no_count(match, before) or _is_quoted(sentence.text, match):
            continue
        if sentence.line_at(match.start()) != sentence.line_at(match.end("number") - 1):
            continue
        span, text = _place(sentence, match, printed)
        if not _is_ambiguous(text, match["number"]):
            approximate = bool(hedge or match["odd"] or match["more"])
            yield Count(value, unit, _about(sentence.text, match), text, span, approximate, sentence, *match.span())


def _measured(number: str, unit: str) -> tuple[Number | None, str]:
    """The value in the unit printed: 3万元 is 3 万元. Only money and 万 have decimals."""
    if unit == "元" and number[-1] in "万亿" and parse_quantity(number[:-1]) is not None:
        return parse_quantity(number[:-1]), f"{number[-1]}元"
    value = parse_quantity(number)
    return (value if isinstance(value, int) or unit in MONEY else None), unit


def _is_no_count(match: re.Match[str], before: str) -> bool:
    """Whether the words around a number say that it is none of what we look for."""
    number, unit = match["number"], match["unit"]
    if number == "一":
        phrase = _ONE_AS_A_PHRASE.match(match.string, match.start("unit"))
        return bool(unit not in _UNITS_OF_ONE or phrase or _ONE_IS_A_WORD.search(before))
    is_zero = number in ("零", "〇") and not _ZERO_IS_SAID.search(before)
    return is_zero or (_DIFFERENCE.search(before) is not None and not _ABOUT.search(before))


def _is_quoted(text: str, match: re.Match[str]) -> bool:
    """Whether the number is part of a name: “两个维护”, 《…二十条》."""
    return any(
        text.rfind(one, 0, match.start()) > text.rfind(other, 0, match.start()) for one, other in _OPENING.items()
    )


def _place(sentence: Sentence, match: re.Match[str], printed: Mapping[int, str]) -> tuple[Span, str]:
    """Where a match stands in the source, up to the end of its first line, and how all of it is printed."""
    begins, line = sentence.place_of(match.start())
    following = (start for start, _ in sentence.lines if start > match.start())
    end = min(match.end(), next(following, match.end()))
    first, last = (printed_offset(printed[line], at - begins) for at in (match.start(), end - 1))
    return Span(line, first, last + 1), printed[line][first : last + 1] + sentence.text[end : match.end()]


def _is_ambiguous(text: str, number: str) -> bool:
    """Whether the printed number may be two: 12 3件, or 5，120件 with the comma of a sentence."""
    shown = re.match(r"\s*[\d\s,，.．]*", text)
    digits = shown[0].strip() if shown else ""
    wide_comma = "，" in digits and any(character in digits for character in "0123456789")
    return any(character.isspace() for character in digits) or (wide_comma and "," in number)


def _denied(sentence: Sentence, printed: Mapping[int, str]) -> Iterator[Count]:
    """The counts of none that a sentence states in words."""
    if not (_DENIAL.search(sentence.text) and _DENIED.search(sentence.text)):
        return
    taken: list[tuple[int, int]] = []
    for pattern, things in _NONE_AT_ALL:
        for match in pattern.finditer(sentence.text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            span, text = _place(sentence, match, printed)
            yield from (Count(0, "", thing, text, span, False, sentence, *match.span()) for thing in things)  # noqa: FBT003


def _about(text: str, match: re.Match[str]) -> str:
    """The words of what is counted: around the number in its clause, else those before another count or clause."""
    *earlier, own = re.split(CLAUSE_MARK, text[: match.start()])
    after = re.split(CLAUSE_MARK, text[match.end() :], maxsplit=1)[0].rstrip("。！？!?")
    around = _words(own) + ("" if re.search(r"\d", after) else after)
    return (around or next(filter(None, map(_words, reversed(earlier))), ""))[-_LONGEST_ABOUT:]


def _words(clause: str) -> str:
    """A clause up to its first count, without period, speaker, adverbs and hedges."""
    counted = _COUNT.search(clause)
    return _TRAIL.sub("", _LEAD.sub("", clause[: counted.start()] if counted else clause, count=1))
