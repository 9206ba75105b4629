"""Find the counts that the narrative states about requests and disputes, each with its line.

Built to stay silent when in doubt: a count is taken only where the words around it say that it is the office's own,
for the whole of the report's own year, and not a part of another count. What is understood stands in the tables below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from disclosure.check.numerals import NUMBER, parse_count
from disclosure.check.sentences import YEAR_NAMED, Sentence

NEW = "new"
RECEIVED = "received"
CARRIED_IN = "carried_in"
CARRIED_OUT = "carried_out"
RECONSIDERATION = "reconsideration"
LITIGATION = "litigation"


class Count(NamedTuple):
    """A count that a sentence states. ``quote`` is the clause it stands in, without white space.

    ``measure`` is one of the constants of this module; RECEIVED may or may not include what was carried in.
    """

    measure: str
    value: int
    line: int
    quote: str


_REQUEST = (
    r"(?:政府信息依申请公开(?:申请)?|依申请公开的?(?:政府)?(?:信息)?(?:公开)?(?:申请)?|申请公开的?(?:政府)?信息"
    r"|(?:要求)?公开(?:政府)?信息的?申请|(?:政府)?信息公开的?申请)"
)
_APPLICANTS = (
    r"(?:(?:公民、法人(?:和|或者|或|及|与)其他组织|社会公众|公众|群众|申请人)(?:提出|提交)?的?|各类|有关|任何)?"
)
_RECEIVE = r"(?:新收到?|收到|接收到?|接到)(?:了|过)?"
_UNITS = "件份宗起条例"
_COUNT = (
    rf"(?:共计|共有|总计|合计|共|计|为|是|:)?(?P<number>{NUMBER})[{_UNITS}]"
    r"(?!以上|以下|左右|[余多]|次)"
)
_THINGS = r"(?:数量|总数|件数|事项|信件|办件|件|案件)?"
_CLAUSE_END = r"(?=[,;:。、()]|$)"
_CASES = r"(?:案件|申请|案)?"
_LAWSUIT = r"(?:行政)?诉讼"
_AND = r"(?:、|和|及|与|或者|或|以及|也未|,也未)(?:被)?(?:提起|引发|发生)?"
_NONE = r"(?:(?:未曾?|没有|没)(?:发生|收到|产生|出现|引发|接到|涉及|有)过?|没有|无)"
_ABOUT = r"[^,;:。\d]{0,28}?"
_LAST = r"(?:的|案件|情况|事项|情形|现象|申请|案)*"

_PERIOD = r"(?:20\d\d年(?:度|内|全年)?|本年度?内?|全年度?|当年|今年|年内|年度内?|一年来|报告期内|期间|内)"
_SUBJECT = (
    r"(?:[我本](?!省|市|县|区|州|盟|旗)[^\d]{0,6}?|(?P<subject>[^\d]{0,14}?))"
    r"(?P<ending>镇|乡|街道办?|办事处|街|政府|机关|单位|局|委|办|厅|院|所|县|市|区|旗|处|中心|部门|办公室|委员会)"
)
"""Who received: 我镇, 本机关, or a name, which has to be the office's own."""
_ADVERB = r"(?:一共|总共|共计|总计|累计|合计|共|实际|已|均|也|仍|并|尚|暂|曾)"
_OWN_WHOLE_YEAR = re.compile(rf"(?:[一二三四五六七八九十]是)?(?:{_PERIOD})*(?:{_SUBJECT})?(?:{_PERIOD})*(?:{_ADVERB})*")
"""What may stand in a clause before the verb: a period, who, and an adverb."""
_FULL_PERIOD = re.compile(
    r"(?:自|从)?(?:20\d\d年)?1月1日[起始]?(?:至|到|-|—|~)(?:当年|20\d\d年)?12月31日(?:止|期间)?"
    r"|截[至止]到?(?:20\d\d年)?12月(?:31日|底)|20\d\d年1月?(?:-|—|至|到)12月"
)
_WHOLE_DIVISION = re.compile(r"[全我]([省市县区州盟旗])")
_ANOTHER_SCOPE = re.compile(
    r"通过|其中|网|信函|邮|传真|当面|现场|线[上下]|自然人|企业|法人"
    r"|季度|月|半年|[比较]|上年|去年|上一年|往年|以来|历年|近年"
    r"|全[省市县区州盟旗国]|各|上级|下属|所属|本级|系统|转办|转来|涉及|关于|部分|首次|联合|[一二三四五六七八九十]年"
)
"""Words that make a count a part, or somebody else's, or of another time."""
_PART_OF_SENTENCE = re.compile(
    r"其中|通过|渠道|方式|信函|邮|传真|当面|线[上下]|月|季度|半年|以来|上级|全[省市县区州盟旗国]"
)
"""Words that narrow a count when they stand anywhere before it in its sentence."""
_ANOTHER_CARRIED_SCOPE = re.compile(r"自然人|企业|法人|机构|组织|全[省市县区州盟旗国]|各|本级|季度|月|半年")
_ANOTHER_DISPUTE = re.compile(
    r"办理|审理|受理|审结|代理|应诉|作出|出庭|维持|纠正|撤销|败诉|新收|新增"
    r"|其中|全[省市县区州盟旗国]|各|本级|季度|半年|以来|历年"
)
_TOPIC = re.compile(r"申请|结转|转结|复议|诉讼")
"""Every pattern needs one of these words: most sentences have none."""
_LONGEST = 1000
"""A longer sentence is no sentence but a table or a file without punctuation."""
_NEAR = 20
"""How many characters may stand between 信息公开 and the dispute that it is said to have led to."""


class Teller(NamedTuple):
    """Whose report is read: its year, and the names of the office as far as they are known."""

    year: int
    names: tuple[str, ...] = ()

    def is_called(self, subject: str) -> bool:
        """Whether a subject, such as 街道 or 镇政府, is a part of one of the names."""
        return any(_plain(subject) in _plain(name) for name in self.names)

    def governs(self, division: str) -> bool:
        """Whether this is the government of a 市, 县 … so that 全市 and 我市 are its own whole."""
        return any(_plain(name).endswith(f"{division}政府") for name in self.names)


def _plain(name: str) -> str:
    return name.replace("人民政府", "政府")


Guard: TypeAlias = Callable[[Sentence, "re.Match[str]", Teller], bool]


def counts_in(sentence: Sentence, teller: Teller) -> Iterator[Count]:
    """The counts of one sentence, in the order of the patterns below."""
    if len(sentence.text) > _LONGEST or not _TOPIC.search(sentence.text):
        return
    for pattern in _PATTERNS:
        for match in pattern.expression.finditer(sentence.text):
            value = parse_count(match["number"]) if "number" in match.groupdict() else 0
            if value is None or not pattern.guard(sentence, match, teller):
                continue
            quote = _clause_before(sentence, match) + match[0]
            line = sentence.line_at(match.start())
            yield from (Count(measure, value, line, quote) for measure in pattern.measures(match))


def _clause_before(sentence: Sentence, match: re.Match[str]) -> str:
    """What stands before a match in its own clause."""
    return re.split(r"[,;:。、()]", sentence.text[: match.start()])[-1]


def _is_of_year(sentence: Sentence, match: re.Match[str], teller: Teller) -> bool:
    """Whether the last year named before the match, if any, is the report's own."""
    named = YEAR_NAMED.findall(sentence.text[: match.start()])
    return not named or int(named[-1]) == teller.year


def _is_own_whole(sentence: Sentence, match: re.Match[str], teller: Teller) -> bool:
    """Whether the words before the verb leave no doubt that the count is the office's own, of its whole year."""
    earlier, clause = (_plain_scope(text, teller) for text in _before(sentence, match))
    if _PART_OF_SENTENCE.search(earlier) or _ANOTHER_SCOPE.search(clause):
        return False
    told = _OWN_WHOLE_YEAR.fullmatch(clause)
    if told is None or not _is_of_year(sentence, match, teller):
        return False
    return told["subject"] is None or teller.is_called(told["subject"] + told["ending"])


def _before(sentence: Sentence, match: re.Match[str]) -> tuple[str, str]:
    """What stands before a match in the clauses before its own, and in its own clause."""
    clause = _clause_before(sentence, match)
    return sentence.text[: match.start() - len(clause)], clause


def _plain_scope(text: str, teller: Teller) -> str:
    """The text without what only says "in the whole year" or "in all that we govern"."""
    return _WHOLE_DIVISION.sub(lambda found: "" if teller.governs(found[1]) else found[0], _FULL_PERIOD.sub("", text))


def _is_carried(offset: int) -> Guard:
    """A guard for what is carried from or to a year; ``offset`` is that year's distance where it is named."""

    def guard(sentence: Sentence, match: re.Match[str], teller: Teller) -> bool:
        named = match["year"]
        return (
            ("申请" in sentence.text or "继续办理" in match[0])
            and (named is None or int(named) == teller.year + offset)
            and not _ANOTHER_CARRIED_SCOPE.search(_clause_before(sentence, match))
        )

    return guard


def _is_own_dispute(sentence: Sentence, match: re.Match[str], teller: Teller) -> bool:
    """Whether the dispute is about disclosure, and the office's own: not a case that it decides about others."""
    before = sentence.text[: match.end()]
    topic = sentence.section == "disputes" or re.search(rf"信息公开.{{0,{_NEAR}}}(?:复议|诉讼)", before)
    clause = _clause_before(sentence, match) + match[0]
    return bool(topic) and _is_of_year(sentence, match, teller) and not _ANOTHER_DISPUTE.search(clause)


def _is_lone_lawsuit(sentence: Sentence, match: re.Match[str], teller: Teller) -> bool:
    """As ``_is_own_dispute``, but not for 行政复议、行政诉讼3件, which can be read in two ways."""
    joined = re.search(rf"行政复议{_CASES}{_AND}$", sentence.text[: match.start()])
    return joined is None and _is_own_dispute(sentence, match, teller)


class _Pattern(NamedTuple):
    """A wording, what it counts and when it may be believed. Without a group ``number`` it says 0."""

    expression: re.Pattern[str]
    guard: Guard
    measures: Callable[[re.Match[str]], tuple[str, ...]]


def _received(match: re.Match[str]) -> tuple[str, ...]:
    return (NEW,) if match[0].startswith("新收") else (RECEIVED,)


def _disputes(match: re.Match[str]) -> tuple[str, ...]:
    return (RECONSIDERATION, LITIGATION) if match["both"] else (RECONSIDERATION,)


_LAST_YEAR = r"(?:上一?年度?|去年|(?P<year>20\d\d)年度?)"
_NEXT_YEAR = r"(?:下一?年度?|次年|(?P<year>20\d\d)年度?)"
_CARRIED = rf"(?:的)?(?:{_REQUEST}|申请)?{_THINGS}{_COUNT}"
_PATTERNS = (
    _Pattern(re.compile(rf"{_RECEIVE}{_APPLICANTS}{_REQUEST}{_THINGS}{_COUNT}"), _is_own_whole, _received),
    _Pattern(re.compile(rf"{_RECEIVE}{_COUNT}{_APPLICANTS}{_REQUEST}"), _is_own_whole, _received),
    _Pattern(
        re.compile(rf"{_NONE}{_APPLICANTS}{_REQUEST}{_THINGS}(?:的?情况)?{_CLAUSE_END}"),
        _is_own_whole,
        lambda _match: (RECEIVED,),
    ),
    _Pattern(re.compile(rf"{_LAST_YEAR}(?:结转|转结){_CARRIED}"), _is_carried(-1), lambda _match: (CARRIED_IN,)),
    _Pattern(re.compile(rf"结转自?{_LAST_YEAR}{_CARRIED}"), _is_carried(-1), lambda _match: (CARRIED_IN,)),
    _Pattern(
        re.compile(rf"结转[至到为]?{_NEXT_YEAR}(?:继续)?(?:办理|处理|答复)?{_CARRIED}"),
        _is_carried(1),
        lambda _match: (CARRIED_OUT,),
    ),
    _Pattern(re.compile(rf"行政复议{_CASES}{_THINGS}{_COUNT}"), _is_own_dispute, lambda _match: (RECONSIDERATION,)),
    _Pattern(re.compile(rf"{_LAWSUIT}{_CASES}{_THINGS}{_COUNT}"), _is_lone_lawsuit, lambda _match: (LITIGATION,)),
    _Pattern(
        re.compile(rf"{_NONE}{_ABOUT}行政复议{_CASES}(?:{_AND}(?P<both>{_LAWSUIT}){_CASES})?{_LAST}{_CLAUSE_END}"),
        _is_own_dispute,
        _disputes,
    ),
    _Pattern(
        re.compile(rf"{_NONE}(?:(?!复议)[^,;:。\d]){{0,28}}?{_LAWSUIT}{_CASES}{_LAST}{_CLAUSE_END}"),
        _is_own_dispute,
        lambda _match: (LITIGATION,),
    ),
)
