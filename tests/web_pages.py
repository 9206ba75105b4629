"""Reports as web pages, for tests: tables with merged cells, and websites around them. Nothing here is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from disclosure.form.template import FORMS, OUTCOMES, OUTCOMES_LABEL
from layouts import TITLES, Figures, Grid, grid

TITLE = "试验镇人民政府2023年政府信息公开工作年度报告"
REQUESTS_HEAD = (
    '<tr><td colspan="3" rowspan="3">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>'
    '<td colspan="7">申请人情况</td></tr><tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td>'
    '<td rowspan="2">总计</td></tr><tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td>'
    "<td>其他</td></tr>"
)


def cell(text: str, **spans: int) -> str:
    """One cell; ``cell("甲", rowspan=2)``."""
    attributes = "".join(f' {name}="{count}"' for name, count in spans.items() if count > 1)
    return f"<td{attributes}><p>{escape(text) or '&nbsp;'}</p></td>"


def row(cells: Sequence[str]) -> str:
    """One row of cells that cover nothing."""
    return f"<tr>{''.join(map(cell, cells))}</tr>"


def table(rows: str) -> str:
    """A table."""
    return f'<table border="1"><tbody>{rows}</tbody></table>'


def ragged(rows: Grid) -> str:
    """A table whose rows have as many cells as the grid, merged or not."""
    return table("".join(map(row, rows)))


def proactive(form: str, true: Figures) -> str:
    """Table 2, the lines between its parts merged."""
    widest = 4
    return table(
        "".join(
            f"<tr>{cell(line[0], colspan=widest)}</tr>" if len(line) == 1 else row(line)
            for line in grid(form, "proactive", true)
        )
    )


def requests(form: str, true: Figures) -> str:
    """Table 3 with the merged cells of the original."""
    lines = grid(form, "requests", true)[3:]
    rows = FORMS[form].tables["requests"].rows
    outcomes = sum(one.id not in {"received", "carried_in", "carried_out"} for one in rows)
    groups = [one.group for one in rows]
    return table(
        REQUESTS_HEAD
        + "".join(
            f"<tr>{''.join(_labels(line[:-7], groups, outcomes))}{''.join(map(cell, line[-7:]))}</tr>" for line in lines
        )
    )


def _labels(labels: Sequence[str], groups: Sequence[str], outcomes: int) -> Iterator[str]:
    for label in labels[:-1]:
        yield cell(label, rowspan=outcomes if label == OUTCOMES_LABEL else groups.count(label))
    in_group = any(label in groups for label in labels[:-1]) or labels[-1] in _GROUPED
    yield cell(labels[-1], colspan=3 if labels[-1][0] in "一二四" else 1 if in_group else 2)


_GROUPED = {one.label for form in FORMS.values() for one in form.tables["requests"].rows if one.group}


def disputes(form: str, true: Figures) -> str:
    """Table 4 with the merged cells of the original."""
    names = [column.label for column in OUTCOMES]
    numbers = grid(form, "disputes", true)[-1]
    upright = "".join(cell(name, rowspan=2) for name in names)
    return table(
        f"<tr>{cell('行政复议', colspan=5)}{cell('行政诉讼', colspan=10)}</tr>"
        f"<tr>{upright}{cell('未经复议直接起诉', colspan=5)}{cell('复议后起诉', colspan=5)}</tr>"
        f"{row([*names, *names])}{row(numbers)}"
    )


def report(form: str, true: Figures) -> str:
    """The body of a report, without its title."""
    return (
        "<p>一、总体情况</p><p>本年依法公开政府信息。</p>"
        f"<p>{TITLES['proactive']}</p>{proactive(form, true)}"
        f"<p>{TITLES['requests']}</p>{requests(form, true)}"
        f"<p>{TITLES['disputes']}</p>{disputes(form, true)}"
        "<p>五、存在的主要问题及改进情况</p><p>公开渠道有待拓宽。</p>"
        "<p>六、其他需要报告的事项</p><p>无其他需要报告的事项。</p>"
    )


def page(body: str, head: str = '<meta charset="utf-8">') -> bytes:
    """A whole page in UTF-8."""
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()
