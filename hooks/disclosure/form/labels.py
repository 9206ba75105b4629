"""The wording of a table as one long sentence: the labels of its rows and headers, as the source spells them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import Opcode, Postfix, Prefix

from disclosure.form.folding import fold
from disclosure.form.template import FORMS, Form

_HEADS = {
    "proactive": "",
    "requests": "本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和"
    "申请人情况自然人法人或其他组织商业企业科研机构社会公益组织法律服务机构其他总计",
    "disputes": "行政复议行政诉讼",
}
"""Wording before the first row. It gives header words a place of their own; nothing depends on its order."""
_DONE = "三本年度办理结果"
_ENOUGH_OF_ITS_OWN = 0.5
"""Share of what a label has for itself that must be printed, too."""
_LONG = 4
"""So many characters at the beginning or end of two labels make them alike."""


@dataclass(frozen=True, slots=True)
class Label:
    """A stretch of the form's sentence: the label of ``row``, or a header where ``row`` is None."""

    row: str | None
    key: str


class _Wordings(NamedTuple):
    """What may be printed for a row or a header, folded: the form's own wording, and all that are accepted."""

    official: str
    longest_first: tuple[str, ...]


def sentence(form: Form, table: str, wording: str) -> list[Label]:
    """The form's sentence, each row in the accepted wording that the source uses."""
    return [Label(row, _wording_used(wordings, wording)) for row, wordings in _sentences()[form.id, table]]


@cache
def _sentences() -> dict[tuple[str, str], list[tuple[str | None, _Wordings]]]:
    """By form and table: each header, and each row, with its folded wordings."""
    return {
        (form.id, table): [
            (row, _Wordings(keys[0], tuple(sorted(keys, key=len, reverse=True))))
            for row, texts in _parts(form, table)
            if (keys := tuple(map(fold, texts)))[0] or row is not None
        ]
        for form in FORMS.values()
        for table in form.tables
    }


def _parts(form: Form, table: str) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    """The headers (row None) and rows of a table in the order of the form, with what they may print."""
    yield None, (_HEADS[table],)
    group, header = "", ""
    for row in form.tables[table].rows:
        if row.group != group:
            group = row.group
            yield None, (group,)
        columns = "信息内容" + "".join(column.label for column in row.columns)
        if table == "proactive" and columns != header:
            header = columns
            yield None, (columns,)
        if row.id == "granted":
            yield None, (_DONE,)
        yield row.id, (row.label, *row.also, *row.misprints)


def _wording_used(wordings: _Wordings, wording: str) -> str:
    """The longest accepted wording of a row that stands in the zone; the official one where none does.

    A short form that the source goes on with in the official words is the official label, cut by a page break.
    """
    official = wordings.official
    used = next((key for key in wordings.longest_first if key in wording), official)
    if used is official:
        return official
    rest = official[len(used) :]
    goes_on = wording.startswith(rest[:2], wording.find(used) + len(used))
    return official if goes_on and official.startswith(used) else used


def told_apart(labels: Sequence[Label], blocks: Iterable[Opcode]) -> set[int]:
    """The labels of which enough is printed that no other label of the table begins or ends with.

    一 and 二 of table 3 end in the same ten characters: where 二 was lost, the end of 一 is as good an end of 二.
    """
    keys = tuple(label.key for label in labels)
    printed = bytearray(sum(map(len, keys)))
    for block in blocks:
        if block.tag == "equal":
            printed[block.src_start : block.src_end] = bytes((1,)) * (block.src_end - block.src_start)
    starts = accumulate(map(len, keys), initial=0)
    return {
        index
        for index, (start, part) in enumerate(zip(starts, _own_parts(keys), strict=False))
        if printed.count(1, start + part.start, start + part.stop) >= _ENOUGH_OF_ITS_OWN * len(part)
    }


@lru_cache(maxsize=64)
def _own_parts(keys: tuple[str, ...]) -> tuple[range, ...]:
    """For each label, the places of its characters between what others begin with and what others end with too."""
    parts = []
    for index, key in enumerate(keys):
        others = [other for at, other in enumerate(keys) if at != index and other != key]
        head = max((Prefix.similarity(key, other) for other in others), default=0)
        tail = max((Postfix.similarity(key, other) for other in others), default=0)
        first, last = (head if head >= _LONG else 0), len(key) - (tail if tail >= _LONG else 0)
        parts.append(range(first, last) if first < last else range(len(key)))
    return tuple(parts)


def labels_of_characters(labels: Sequence[Label]) -> list[int]:
    """For each character of the form's sentence, the index of its label."""
    return [index for index, label in enumerate(labels) for _ in label.key]
