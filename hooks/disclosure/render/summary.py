"""What one report says, in a few computed sentences. A number that is not known is never spoken of as none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure.form.template import FORMS, Row
from disclosure.measures import MEASURE
from disclosure.model import Cell, Status
from disclosure.render.blocks import Inline, Link, Mark, Parts, Small, Text, To, text
from disclosure.render.view import View
from disclosure.render.words import amount, gaps, number, range_of, sentence
from disclosure.tallies import Tally, measure_report

_OUTCOMES = ("granted", "partly_granted", "refused", "unavailable", "not_processed", "closed")
_DISPUTES = ("reconsideration", "litigation")
_UNIT = "件"


def sentences(view: View) -> Iterator[Parts]:
    """The sentences about one report, in the order of the form; none where it has no tables."""
    found = [table for table, reading in view.report.filling.tables.items() if reading.found]
    told = {"requests": _requests, "disputes": _disputes, "proactive": _proactive}
    return (parts for table, tell in told.items() if table in found for parts in tell(view))


def _requests(view: View) -> Iterator[Parts]:
    received, carried_in, handled, carried_out = (
        _tally(view, name) for name in ("received", "carried_in", "handled", "carried_out")
    )
    yield _intake(view, received, carried_in)
    if _is_zero(handled) and _is_zero(received) and _is_zero(carried_in):
        return
    yield _outcome(view, handled, carried_out)


def _intake(view: View, received: Tally, carried_in: Tally) -> Parts:
    slots = {
        "year": text(str(view.year)),
        "received": _told(view, "received", received, nothing="没有收到"),
        "carried_in": _told(view, "carried_in", carried_in, nothing="没有"),
    }
    came = "{received}政府信息公开申请" if _is_zero(received) else "新收政府信息公开申请 {received}"
    also = "也" if _is_zero(received) else ""
    waited = f"{also}{{carried_in}}上年结转的申请" if _is_zero(carried_in) else "上年结转 {carried_in}"
    return sentence(f"{{year}} 年{came}，{waited}。", slots)


def _outcome(view: View, handled: Tally, carried_out: Tally) -> Parts:
    listed = [(name, _tally(view, name)) for name in _OUTCOMES]
    named = [(name, one) for name, one in listed if not _is_zero(one)]
    slots = {
        "handled": _told(view, "handled", handled, nothing="没有"),
        "outcomes": _enumerated(view, named),
        "carried_out": _told(view, "carried_out", carried_out, nothing="没有"),
    }
    done = "当年{handled}办结的申请" if _is_zero(handled) else "当年办结 {handled}"
    how = "：{outcomes}" if named else ""
    left = "{carried_out}结转下年度的申请" if _is_zero(carried_out) else "结转下年度 {carried_out}"
    return sentence(f"{done}{how}；{left}。", slots)


def _disputes(view: View) -> Iterator[Parts]:
    tallies = [(name, _tally(view, name)) for name in _DISPUTES]
    if all(_is_zero(one) for _, one in tallies):
        nothing = {"reconsideration": "没有", "litigation": "也没有"}
        slots = {name: _told(view, name, one, nothing[name]) for name, one in tallies}
        yield sentence("{reconsideration}因政府信息公开引起的行政复议，{litigation}行政诉讼。", slots)
    else:
        yield sentence("因政府信息公开引起的争议：{list}。", {"list": _enumerated(view, tallies)})


def _proactive(view: View) -> Iterator[Parts]:
    """Every figure of the first table; the rows where all are 0 together, because they say the same."""
    rows = FORMS[view.report.form].tables["proactive"].rows if view.report.form else ()
    nothing = [row for row in rows if _all_printed_zero(view, row)]
    yield from (_proactive_row(view, row) for row in rows if row not in nothing)
    if nothing:
        names = "、".join(row.label for row in nothing)
        yield (
            Text(f"主动公开情况表中，{names}各项都是 "),
            Link("0", To(None, view.anchor("proactive")), "figure"),
            Text("。"),
        )


def _all_printed_zero(view: View, row: Row) -> bool:
    figures = (view.report.figures[Cell("proactive", row.id, column.id)] for column in row.columns)
    return all(figure.value == 0 and figure.status is Status.PRINTED for figure in figures)


def _proactive_row(view: View, row: Row) -> Parts:
    parts: list[Inline] = [Text(f"{row.label}：")]
    for index, column in enumerate(row.columns):
        parts.append(Text(("，" if index else "") + column.label.split("（")[0] + " "))
        parts.extend(_figure(view, Cell("proactive", row.id, column.id), column.unit, noun=""))
    return (*parts, Text("。"))


def _enumerated(view: View, named: Sequence[tuple[str, Tally]]) -> Parts:
    parts: list[Inline] = []
    for index, (name, one) in enumerate(named):
        parts.append(Text(("，" if index else "") + MEASURE[name].label + " "))
        parts.extend(_told(view, name, one, noun=""))
    return tuple(parts)


def _tally(view: View, name: str) -> Tally:
    return measure_report(view.report, MEASURE[name])


def _is_zero(one: Tally) -> bool:
    return one.value == 0


def _told(view: View, name: str, one: Tally, nothing: str = "", noun: str = "数量") -> Parts:
    """A measure inside a sentence: the number, or ``nothing`` where it is 0, and how far it can be trusted.

    ``noun`` is what is missing where there is no number; empty where the words before have said it.
    """
    cells = MEASURE[name].cells(view.report.form)
    if len(cells) == 1:
        return _figure(view, cells[0], _UNIT, nothing, noun)
    to = To(None, view.anchor(cells[0].table, cells[0].row), rows=len(cells))
    known = amount(one)
    if known is None:
        return _missing(noun, one.status, to)
    told: list[Inline] = [Link((nothing if _is_zero(one) else "") or f"{known} {_UNIT}", to, "figure")]
    told += [] if one.status is Status.PRINTED else [Mark(one.status, to)]
    lacks = gaps(one, "格")
    return (*told, Small(f"（{lacks}）")) if lacks else tuple(told)


def _missing(noun: str, status: Status, to: To) -> Parts:
    return (*((Text(noun),) if noun else ()), Mark(status, to))


def _figure(view: View, cell: Cell, unit: str, nothing: str = "", noun: str = "数量") -> Parts:
    """A single figure inside a sentence."""
    figure = view.report.figures[cell]
    at_row = To(None, view.anchor(cell.table, cell.row))
    if figure.value is None:
        beside = range_of(figure)
        return (*_missing(noun, figure.status, at_row), *((Small(f"（{beside}）"),) if beside else ()))
    words = (nothing if figure.value == 0 else "") or f"{number(figure.value)} {unit}".strip()
    told = Link(words, view.place(figure), "figure")
    return (told,) if figure.status is Status.PRINTED else (told, Mark(figure.status, at_row))
