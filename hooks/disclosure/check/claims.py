"""Judge which counts of the narrative say something that a table says too.

Built to stay silent when in doubt: a count is believed only where the words around it say that it is the office's own,
for the whole of the report's own year, and not a part of another count. What is understood stands in the tables below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeAlias

from disclosure.check import counts as count
from disclosure.check.counts import ADVERB, AND, APPLICANTS, CASES, CLAUSE_MARK, LAWSUIT, PERIOD, REQUEST, THINGS, Count
from disclosure.check.sentences import YEAR_NAMED, Sentence

NEW = "new"
RECEIVED = "received"
CARRIED_IN = "carried_in"
CARRIED_OUT = "carried_out"
RECONSIDERATION = "reconsideration"
LITIGATION = "litigation"
ISSUED = "issued"
IN_FORCE = "in_force"


class Claim(NamedTuple):
    """A count that can be held against a table. ``quote`` is the clause it stands in, without white space.

    ``measure`` is one of the constants of this module; RECEIVED may or may not include what was carried in.
    """

    measure: str
    value: int
    line: int
    quote: str


_UNITS = frozenset("件份宗起条例")
_RECEIVE = r"(?:新收到?|收到|接收到?|接到)(?:了|过)?"
_TOTAL = r"(?:共计|共有|总计|合计|共|计|为|是|:)?"
_SUBJECT = (
    r"(?:[我本](?!省|市|县|区|州|盟|旗)[^\d]{0,6}?|(?P<subject>[^\d]{0,14}?))"
    r"(?P<ending>镇|乡|街道办?|办事处|街|政府|机关|单位|局|委|办|厅|院|所|县|市|区|旗|处|中心|部门|办公室|委员会)"
)
"""Who received: 我镇, 本机关, or a name, which has to be the office's own."""
_OWN_WHOLE_YEAR = re.compile(rf"(?:[一二三四五六七八九十]是)?(?:{PERIOD})*(?:{_SUBJECT})?(?:{PERIOD})*(?:{ADVERB})*")
"""What may stand in a clause before the verb: a period, who, and an adverb."""
_FULL_PERIOD = re.compile(
    r"(?:自|从)?(?:20\d\d年)?1月1日[起始]?(?:至|到|-|—|~)(?:当年|20\d\d年)?12月31日(?:止|期间)?"
    r"|截[至止]到?(?:20\d\d年)?12月(?:31日|底)|20\d\d年1月?(?:-|—|至|到)12月"
)
_YEAR_TOLD = re.compile(
    r"20\d\d年(?!\d{1,2}月)|本年|全年|当年|今年|年内|年度|一年来|报告期|1月1日|1月?(?:-|—|至|到)12月"
)
"""Words without which 累计 may count from any year."""
_WHOLE_DIVISION = re.compile(r"[全我]([省市县区州盟旗])")
_ANOTHER_SCOPE = re.compile(
    r"通过|其中|网|信函|邮|传真|当面|现场|线[上下]|自然人|企业|法人"
    r"|季度|月|半年|[比较]|上年|去年|上一年|往年|以来|历年|近年"
    r"|全[省市县区州盟旗国]|各|上级|下属|所属|本级|系统|转办|转来|涉及|关于|部分|首次|联合|[一二三四五六七八九十]年"
)
"""Words that make a count a part, or somebody else's, or of another time."""
_PART_OF_SENTENCE = re.compile(
    r"其中|通过|渠道|方式|信函|邮|传真|当面|线[上下]|月|季度|半年|以来|上级|全[省市县区州盟旗国]"
    r"|(?:去年|上一?年|往年|历年)(?!度?(?:结转|转结|相比))"
)
"""Words that narrow a count when they stand anywhere before it in its sentence."""
_ANOTHER_CARRIED_SCOPE = re.compile(r"自然人|企业|法人|机构|组织|全[省市县区州盟旗国]|各|本级|季度|月|半年")
_ANOTHER_DISPUTE = re.compile(
    r"办理|审理|受理|审结|代理|应诉|作出|出庭|维持|纠正|撤销|败诉|新收|新增"
    r"|其中|全[省市县区州盟旗国]|各|本级|季度|半年|以来|历年|累计"
)
_AS_REVIEWER = re.compile(r"收到|接到")
"""A government receives applications for reconsideration against its departments, too."""
_NEAR = 20
"""How many characters may stand between 信息公开 and the dispute that it is said to have led to."""
_REACH = 80
"""How many characters before its number the wording of a claim may begin."""


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


class _Wording(NamedTuple):
    """Where in its sentence the wording of a count begins and ends, and the year that it names."""

    sentence: Sentence
    start: int
    end: int
    year: str | None = None

    @property
    def text(self) -> str:
        return self.sentence.text[self.start : self.end]

    @property
    def clause(self) -> str:
        """What stands before the wording in its own clause."""
        return re.split(CLAUSE_MARK, self.sentence.text[: self.start])[-1]

    @property
    def earlier(self) -> str:
        """What stands in the sentence before the clause."""
        return self.sentence.text[: self.start - len(self.clause)]


Guard: TypeAlias = Callable[[_Wording, Teller], bool]


def claims_in(counts: Iterable[Count], teller: Teller) -> Iterator[Claim]:
    """What the counts claim, in their order. Approximate counts claim nothing."""
    for one in counts:
        if one.approximate or not isinstance(one.value, int):
            continue
        believed = (reading for reading in _readings(one) if reading.guard(reading.wording, teller))
        for measure, _, wording in islice(believed, 1):
            line = one.sentence.line_at(wording.start)
            yield Claim(measure, one.value, line, wording.clause + wording.text)


class _Reading(NamedTuple):
    """What a count may say, if the guard believes its wording."""

    measure: str
    guard: Guard
    wording: _Wording


def _readings(one: Count) -> Iterator[_Reading]:
    """What a count may say: by its subject where it says "none", else by the wordings that fit around it."""
    if not one.unit:
        measure, guard = _NONE[one.about]
        yield _Reading(measure, guard, _Wording(one.sentence, one.start, one.end))
        return
    if one.unit not in _UNITS:
        return
    text = one.sentence.text
    for pattern in _PATTERNS:
        before = pattern.before.search(text[max(0, one.start - _REACH) : one.start])
        after = pattern.after.match(text, one.end)
        if before and after:
            start = one.start - len(before[0])
            year = before.groupdict().get("year")
            wording = _Wording(one.sentence, start, after.end(), year)
            yield _Reading(pattern.measure(before[0]), pattern.guard, wording)


def _is_of_year(wording: _Wording, teller: Teller) -> bool:
    """Whether the last year named before the wording, if any, is the report's own."""
    named = YEAR_NAMED.findall(wording.sentence.text[: wording.start])
    return not named or int(named[-1]) == teller.year


def _is_own_whole(wording: _Wording, teller: Teller) -> bool:
    """Whether the words before the verb leave no doubt that the count is the office's own, of its whole year."""
    earlier, clause = (_plain_scope(text, teller) for text in (wording.earlier, wording.clause))
    if _PART_OF_SENTENCE.search(earlier) or _ANOTHER_SCOPE.search(clause):
        return False
    if "累计" in clause and not _YEAR_TOLD.search(wording.sentence.text[: wording.start]):
        return False
    told = _OWN_WHOLE_YEAR.fullmatch(clause)
    if told is None or not _is_of_year(wording, teller):
        return False
    return told["subject"] is None or teller.is_called(told["subject"] + told["ending"])


def _plain_scope(text: str, teller: Teller) -> str:
    """The text without what only says "in the whole year" or "in all that we govern"."""
    return _WHOLE_DIVISION.sub(lambda found: "" if teller.governs(found[1]) else found[0], _FULL_PERIOD.sub("", text))


def _is_carried(offset: int) -> Guard:
    """A guard for what is carried from or to a year; ``offset`` is that year's distance where it is named."""

    def guard(wording: _Wording, teller: Teller) -> bool:
        return (
            ("申请" in wording.sentence.text or "继续办理" in wording.text)
            and (wording.year is None or int(wording.year) == teller.year + offset)
            and not _ANOTHER_CARRIED_SCOPE.search(wording.clause)
        )

    return guard


def _is_own_dispute(wording: _Wording, teller: Teller) -> bool:
    """Whether the dispute is about disclosure, and the office's own: not a case that it decides about others."""
    before = wording.sentence.text[: wording.end]
    topic = wording.sentence.section == "disputes" or re.search(
        rf"信息(?:依申请)?公开.{{0,{_NEAR}}}(?:复议|诉讼)", before
    )
    earlier, clause = (_plain_scope(text, teller) for text in (wording.earlier, wording.clause))
    foreign = _ANOTHER_DISPUTE.search(clause + wording.text) or _AS_REVIEWER.search(clause)
    return bool(topic) and _is_of_year(wording, teller) and not (foreign or _PART_OF_SENTENCE.search(earlier))


def _is_lone_lawsuit(wording: _Wording, teller: Teller) -> bool:
    """As ``_is_own_dispute``, but not for 行政复议、行政诉讼3件, which can be read in two ways."""
    joined = re.search(rf"行政复议{CASES}{AND}$", wording.sentence.text[: wording.start])
    return joined is None and _is_own_dispute(wording, teller)


class _Pattern(NamedTuple):
    """A wording around a number with its unit, what it counts, and when it may be believed."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    guard: Guard
    measure: Callable[[str], str]


def _pattern(before: str, guard: Guard, measure: str | Callable[[str], str], after: str = "") -> _Pattern:
    tell = (lambda _words: measure) if isinstance(measure, str) else measure
    return _Pattern(re.compile(f"{before}{_TOTAL}$"), re.compile(after), guard, tell)


def _received(words: str) -> str:
    return NEW if words.startswith("新收") else RECEIVED


_LAST_YEAR = r"(?:上一?年度?|去年|(?P<year>20\d\d)年度?)"
_NEXT_YEAR = r"(?:下一?年度?|次年|(?P<year>20\d\d)年度?)"
_OF_REQUESTS = rf"(?:的)?(?:{REQUEST}|申请)?{THINGS}"
_DOCUMENTS = rf"(?:行政)?规范性文件{THINGS}"
_PATTERNS = (
    _pattern(f"{_RECEIVE}{APPLICANTS}{REQUEST}{THINGS}", _is_own_whole, _received),
    _pattern(_RECEIVE, _is_own_whole, _received, after=f"{APPLICANTS}{REQUEST}(?!(?:申请)?[表书人单])"),
    _pattern(f"{_LAST_YEAR}(?:结转|转结){_OF_REQUESTS}", _is_carried(-1), CARRIED_IN),
    _pattern(f"结转自?{_LAST_YEAR}{_OF_REQUESTS}", _is_carried(-1), CARRIED_IN),
    _pattern(f"结转[至到为]?{_NEXT_YEAR}(?:继续)?(?:办理|处理|答复)?{_OF_REQUESTS}", _is_carried(1), CARRIED_OUT),
    _pattern(f"行政复议{CASES}{THINGS}", _is_own_dispute, RECONSIDERATION),
    _pattern(f"{LAWSUIT}{CASES}{THINGS}", _is_lone_lawsuit, LITIGATION),
    _pattern(rf"制发了?{_DOCUMENTS}", _is_own_whole, ISSUED),
    _pattern(rf"现行有效的?{_DOCUMENTS}", _is_own_whole, IN_FORCE),
)
_NONE: dict[str, tuple[str, Guard]] = {
    count.REQUESTS: (RECEIVED, _is_own_whole),
    count.RECONSIDERATION: (RECONSIDERATION, _is_own_dispute),
    count.LITIGATION: (LITIGATION, _is_own_dispute),
}
