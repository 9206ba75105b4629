"""Every change as one plain Chinese sentence, and how changes are counted and grouped for a reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, singledispatch
from typing import Final, NamedTuple

from disclosure.check import RULES
from disclosure.form.template import FORMS
from disclosure.model import Cell, Status
from disclosure.releases.changes import (
    AnswerChange,
    Cause,
    Change,
    Changes,
    FigureChange,
    FigureState,
    FindingChange,
    OfficeChange,
    OfficeState,
    ReportChange,
    ReportState,
    SourceFile,
    Turn,
)
from disclosure.render.legend import LEGEND
from disclosure.render.text import in_one_line
from disclosure.render.words import number

CAUSES: Final = {Cause.SOURCE: "原文换了文件", Cause.READER: "本站的读法改了"}
"""Why a figure is another one."""
COUNT_WORDS: Final = {
    "offices_added": "新收录机关 {} 个",
    "offices_removed": "不再收录机关 {} 个",
    "offices_changed": "机关改名或改地区 {} 个",
    "reports_added": "新收录报告 {} 份",
    "reports_removed": "不再收录报告 {} 份",
    "reports_changed": "原文有变动的报告 {} 份",
    "figures_source": f"{CAUSES[Cause.SOURCE]}而更正的数字 {{}} 个",
    "figures_reader": f"{CAUSES[Cause.READER]}而更正的数字 {{}} 个",
    "findings_added": "新增核对发现 {} 条",
    "findings_removed": "不再有的核对发现 {} 条",
    "answers_added": "对核对发现新增答复 {} 条",
    "answers_removed": "撤下答复 {} 条",
    "answers_changed": "改动答复 {} 条",
}
NOTHING_CHANGED: Final = "所载的机关、报告、数字和核对发现都没有变化。"
FIRST_RELEASE: Final = "这是第一次发布，还没有可以比较的上一次。"
_NO_CELL: Final = "表式里没有这一格"
_ANSWERS: Final = {Turn.ADDED: "新增答复", Turn.REMOVED: "撤下答复", Turn.CHANGED: "改动答复"}
_FINDINGS: Final = {Turn.ADDED: "新增核对发现", Turn.REMOVED: "不再有核对发现"}


class Told(NamedTuple):
    """A sentence in two parts: the office that it is about, empty where it is none, and what is said of it."""

    subject: str
    rest: str

    @property
    def sentence(self) -> str:
        """The whole sentence, on one line."""
        return f"{self.subject}{self.rest}"


class Group(NamedTuple):
    """Changes that stand together below one title; ``anchor`` is ASCII."""

    title: str
    anchor: str
    changes: Sequence[Change]


def grouped(changes: Changes) -> tuple[Group, ...]:
    """All changes by what they are about, without empty groups."""
    groups = (
        Group("报告增减", "reports", (*changes.offices, *changes.reports)),
        Group("数字更正", "figures", changes.figures),
        Group("核对发现", "findings", changes.findings),
        Group("对核对发现的答复", "answers", changes.answers),
    )
    return tuple(group for group in groups if group.changes)


def count_words(counts: Mapping[str, int]) -> str:
    """How much changed, as one sentence; counts that later versions may add are left out."""
    told = [words.format(counts[name]) for name, words in COUNT_WORDS.items() if counts.get(name)]
    return f"{'，'.join(told)}。" if told else NOTHING_CHANGED


def sentences(changes: Changes) -> Iterator[str]:
    """Every change as a sentence, in the order of the groups."""
    return (told(change).sentence for group in grouped(changes) for change in group.changes)


def told(change: Change) -> Told:
    """One change in words. No character of it steers a terminal, breaks the line or is forbidden in XML."""
    subject, rest = _told(change)
    return Told(in_one_line(subject), in_one_line(rest))


@singledispatch
def _told(change: object) -> tuple[str, str]:
    raise TypeError(f"no words for {change!r}")


@_told.register
def _(change: OfficeChange) -> tuple[str, str]:
    old, new = change.old, change.new
    if old and new:
        return new.full_name, f"：{'，'.join(_differences(old, new))}"
    if new:
        return new.full_name, "：新收录的机关"
    return (old.full_name if old else change.office), "：不再收录的机关"


def _differences(old: OfficeState, new: OfficeState) -> Iterator[str]:
    if old.name != new.name:
        yield f"名称由“{old.name}”改为“{new.name}”"
    if old.places != new.places:
        yield f"所在地区由“{''.join(old.places)}”改为“{''.join(new.places)}”"
    if old.region != new.region:
        yield f"所在地区的代码由“{old.region}”改为“{new.region}”"


@_told.register
def _(change: ReportChange) -> tuple[str, str]:
    report = f" {change.year} 年报告"
    if change.old and change.new:
        return change.name, f"{report}，{_other_files(change.old, change.new)}"
    if change.new:
        return change.name, f"{report}：新收录，{_size(change.new)}"
    return change.name, f"{report}：不再收录{f'，原有{_size(change.old)}' if change.old else ''}"


def _size(report: ReportState) -> str:
    return f"统一格式的数字 {report.figures} 格，核对发现 {report.findings} 条"


def _other_files(old: ReportState, new: ReportState) -> str:
    """What became of the files of a report."""
    before, after = _by_file(old.sources), _by_file(new.sources)
    lists = (
        ("换了内容", [file for file in after if file in before and before[file] != after[file]]),
        ("新增", [file for file in after if file not in before]),
        ("去掉", [file for file in before if file not in after]),
    )
    head = "原文改了文件名，内容没有变" if old.contents == new.contents else CAUSES[Cause.SOURCE]
    return f"{head}：{'；'.join(f'{what} ' + '、'.join(files) for what, files in lists if files)}"


def _by_file(sources: Sequence[SourceFile]) -> dict[str, str]:
    return {source.file: source.sha256 for source in sources}


@_told.register
def _(change: FigureChange) -> tuple[str, str]:
    values = f"{figure_words(change.old)} → {figure_words(change.new)}"
    return change.name, f" {change.year} 年报告，{cell_words(change.cell)}：{values}（{CAUSES[change.cause]}）"


def figure_words(figure: FigureState) -> str:
    """A figure as digits, with its sign unless it is printed: ``3``, ``3〔归位〕``, ``〔未填〕``."""
    if figure.status is None:
        return _NO_CELL
    sign = "" if figure.status is Status.PRINTED else f"〔{LEGEND[figure.status].sign}〕"
    return f"{'' if figure.value is None else number(figure.value)}{sign}"


def cell_words(cell: Cell) -> str:
    """Row and column of a figure as the newest edition of the form that has them words them.

    Those that no edition has any more are told by their identifiers.
    """
    return _labels().get(cell, f"{cell.row}、{cell.column}")


@cache
def _labels() -> dict[Cell, str]:
    return {
        Cell(table.id, row.id, column.id): f"{row.short}、{column.label}"
        for form in sorted(FORMS)
        for table in FORMS[form].tables.values()
        for row in table.rows
        for column in row.columns
    }


@_told.register
def _(change: FindingChange) -> tuple[str, str]:
    year = f" {change.year} 年报告" if change.year else ""
    rule = RULES[change.rule].title if change.rule in RULES else change.rule
    times = f"（共 {change.count} 条）" if change.count > 1 else ""
    about = f"{year}，" if change.name or year else ""
    return change.name, f"{about}{_FINDINGS[change.turn]}（{rule}）：{change.message}{times}"


@_told.register
def _(change: AnswerChange) -> tuple[str, str]:
    year = f" {change.year} 年报告，" if change.year else ""
    states = [f"“{one.reason}”（{one.by}，{one.date}）" for one in (change.old, change.new) if one]
    rule = RULES[change.rule].title if change.rule in RULES else change.rule
    return change.name, f"{year}{_ANSWERS[change.turn]}（{rule}）：{change.message}答复：{' → '.join(states)}"


def as_lines(changes: Changes) -> Iterator[str]:
    """How much changed, then every change below the title of its group."""
    yield count_words(changes.counts())
    for group in grouped(changes):
        yield from ("", f"{group.title}：")
        yield from (f"  {told(change).sentence}" for change in group.changes)
