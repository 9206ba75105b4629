"""Rules about text that repeats the office's last report or another office's report.

Sentences are compared by key: their text without punctuation, numbers and the office's own name and places. Exact keys
find the candidates through an index, so the work grows with the number of sentences and never with the number of pairs
of reports; only candidates are compared sentence by sentence for wordings that differ a little.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz, process

from disclosure.check.across_years import consecutive
from disclosure.check.registry import Complaint, Complaints, Digested, rule_across_offices, rule_across_years
from disclosure.check.sentences import AT_HAND, Sentence, sentences_of
from disclosure.form.bodies import name_core
from disclosure.form.folding import fold
from disclosure.model import Office, Report, Severity

REPEATED_SHARE = 0.8
"""From this share of a report's own sentences on, its text is said to repeat another."""
CANDIDATE_SHARE = 0.3
"""Reports of two offices are compared closely when they share this much word for word."""
NEARLY = 90
"""Similarity in percent from which two sentences are nearly the same."""
FEWEST_SENTENCES = 5
"""A report with fewer sentences of its own is too short to compare."""
MOST_SENTENCES = 500
"""Of a longer report only the first sentences are compared, so that a hostile file cannot cost much."""
SHORTEST_KEY = 10
"""Shorter sentences are formulae that anybody may write."""
LONGEST_KEY = 200
"""A longer sentence is compared by its beginning, so that a hostile file cannot cost much."""
WIDESPREAD = 10
"""A sentence in the reports of more offices than this is everybody's: a template, not a copy."""

_NUMBERS = re.compile(r"\d+|[零〇一二两三四五六七八九十百千万]{2,}(?=[件条次份人个场期])")
_TEMPLATE = re.compile(
    r"其他需要报告的事项|信息处理费|年度报告格式|[制编]制?作?本报告|统计期限|电子版|勾稽关系"
    r"|(?:未|没有|无).{0,24}(?:申请|行政复议|行政诉讼)(?:情况)?$"
)
"""Official wordings, and the short formulae by which offices say that there was nothing; by folded text."""


def own_keys(report: Report, office: Office) -> frozenset[str]:
    """The keys of the report's own sentences: template sentences and very short ones are left out."""
    return _keys(sentences_of(report), _names_of(office))


@lru_cache(maxsize=AT_HAND)
def _keys(sentences: tuple[Sentence, ...], names: re.Pattern[str]) -> frozenset[str]:
    """Every report is compared with the one before and the one after it: its keys are made once."""
    found: list[str] = []
    for sentence in sentences:
        key = names.sub("", _NUMBERS.sub("", fold(sentence.text)))[:LONGEST_KEY]
        if len(key) >= SHORTEST_KEY and not _TEMPLATE.search(key):
            found.append(key)
    return frozenset(found[:MOST_SENTENCES])


def _names_of(office: Office) -> re.Pattern[str]:
    """The names by which a report calls its office and its places, the longest first."""
    bodies = (office.name, *office.former_names)
    names = {fold(name) for name in bodies} | {name_core(name) for name in bodies}
    names |= {fold(region.name) for region in office.regions}
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)) if name))


@rule_across_years("文字与上年基本相同", Severity.NOTICE)
def text_repeats_last_year(office: Office, reports: Sequence[Report]) -> Complaints:
    """什么：报告正文的句子，八成以上与本机关上一年的报告相同或基本相同（数字、年份不计）。格式用语和很短的句子不计。

    为什么：沿用旧稿不等于内容不实，但读者据此可以知道，哪些文字没有反映当年的新情况。
    错：正文 12 句中有 11 句与上年报告相同。
    对：正文 12 句中有 3 句与上年报告相同。
    """
    for before, after in consecutive(reports):
        old, new = own_keys(before, office), own_keys(after, office)
        shared = _count_shared(new, old)
        if _is_repeated(shared, new):
            message = (
                f"正文除格式用语外有 {len(new)} 句，其中 {shared} 句（{_percent(shared, new)}）与{before.year}年报告"
                "相同或基本相同（数字、年份不计）。沿用旧稿不等于内容不实，仅供参考。"
            )
            yield Complaint(message, report=after)


@rule_across_offices("文字与其他机关基本相同", Severity.NOTICE, digest=own_keys)
def text_repeats_other_office(reports: Sequence[Digested]) -> Complaints:
    """什么：报告正文的句子，八成以上与另一机关同一年的报告相同或基本相同（数字、机关名称不计）。许多机关共用的句子不计。

    为什么：使用共同的范本不等于内容不实，但读者据此可以知道，哪些文字不是这一机关特有的情况。
    错：正文 12 句中有 11 句与邻近一个街道办事处的报告相同。
    对：正文 12 句中有 2 句与邻近一个街道办事处的报告相同。
    """
    by_year: dict[int, list[Digested]] = defaultdict(list)
    for report in reports:
        by_year[report.year].append(report)
    for _, texts in sorted(by_year.items()):
        yield from _repeated_within(_without_widespread(texts))


def _without_widespread(texts: Sequence[Digested]) -> list[Digested]:
    """The texts without the sentences that many of them have."""
    spread = Counter(key for text in texts for key in text.digest)
    return [text._replace(digest=frozenset(key for key in text.digest if spread[key] <= WIDESPREAD)) for text in texts]


def _repeated_within(texts: Sequence[Digested]) -> Iterator[Complaint]:
    """The complaints about the reports of one year, each naming the report that it shares most with."""
    for index, others in sorted(_candidates(texts).items()):
        text = texts[index]
        counts = [(_count_shared(text.digest, texts[other].digest), -other) for other in others]
        shared, other = max(counts)
        if _is_repeated(shared, text.digest):
            message = (
                f"正文除共用语句外有 {len(text.digest)} 句，其中 {shared} 句（{_percent(shared, text.digest)}）"
                f"与“{texts[-other].name}”{text.year}年报告相同或基本相同（数字、机关名称不计）。"
                "使用共同的范本不等于内容不实，仅供参考。"
            )
            yield Complaint(message, report=text)


def _candidates(texts: Sequence[Digested]) -> dict[int, list[int]]:
    """For each text the others of another office with which it shares enough sentences word for word."""
    holders: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        for key in text.digest:
            holders[key].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for indices in holders.values():
        shared.update(combinations(indices, 2))
    candidates: dict[int, list[int]] = defaultdict(list)
    for (one, other), count in shared.items():
        for index, against in ((one, other), (other, one)):
            if texts[one].office != texts[other].office and count >= CANDIDATE_SHARE * len(texts[index].digest):
                candidates[index].append(against)
    return candidates


def _count_shared(new: frozenset[str], old: frozenset[str]) -> int:
    """How many of the new sentences are the same as an old one, or nearly."""
    rest = sorted(old - new)
    nearly = (process.extractOne(key, rest, scorer=fuzz.ratio, score_cutoff=NEARLY) for key in sorted(new - old))
    return len(new & old) + sum(match is not None for match in nearly)


def _is_repeated(shared: int, keys: frozenset[str]) -> bool:
    return len(keys) >= FEWEST_SENTENCES and shared >= REPEATED_SHARE * len(keys)


def _percent(shared: int, keys: frozenset[str]) -> str:
    """The share in whole percent, rounded down: 100% is said only of all."""
    return f"{shared * 100 // len(keys)}%"
