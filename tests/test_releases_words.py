"""Changes in plain sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest
from disclosure.form.template import FORMS
from disclosure.model import Cell, Status
from disclosure.releases.changes import (
    COUNTS,
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
from disclosure.releases.words import (
    CAUSES,
    COUNT_WORDS,
    NOTHING_CHANGED,
    as_lines,
    cell_words,
    count_words,
    figure_words,
    grouped,
    told,
)

NAME = "舞钢市尚店镇人民政府"
TOWN = OfficeState("尚店镇人民政府", "410481", ("河南省", "平顶山市", "舞钢市"))
TEXT, OTHER_TEXT, PDF = SourceFile("r/2021.txt", "a"), SourceFile("r/2021.txt", "b"), SourceFile("r/2021.pdf", "c")


def figure(
    old: FigureState, new: FigureState, cause: Cause = Cause.SOURCE, cell: str = "requests.received.total"
) -> Change:
    return FigureChange("410481100", 2021, NAME, *cell.split("."), old, new, cause)


def report(old: ReportState | None, new: ReportState | None) -> Change:
    return ReportChange("410481100", 2021, NAME, old, new)


def finding(turn: Turn, **changed: object) -> Change:
    fields = {"office": "410481100", "year": 2021, "name": NAME, "rule": "row-total-mismatch", "message": "不符。"}
    return FindingChange(**(fields | changed), turn=turn)  # type: ignore[arg-type]


def files(*sources: SourceFile) -> ReportState:
    return ReportState(sources, 210, 2)


PRINTED = Status.PRINTED
SENTENCES: dict[str, tuple[Change, str]] = {
    "a correction through the source": (
        figure(FigureState(3, PRINTED), FigureState(5, PRINTED)),
        "舞钢市尚店镇人民政府 2021 年报告，本年新收、总计：3 → 5（原文换了文件）",
    ),
    "a correction through the reader": (
        figure(FigureState(3, PRINTED), FigureState(3, Status.CONFLICT), Cause.READER),
        "舞钢市尚店镇人民政府 2021 年报告，本年新收、总计：3 → 3〔勾稽不符〕（本站的读法改了）",
    ),
    "a gap and a fraction": (
        figure(
            FigureState(None, Status.BLANK), FigureState(Decimal("0.0001"), PRINTED), cell="proactive.fees.amount_wan"
        ),
        f"{NAME} 2021 年报告，行政事业性收费、本年收费金额（单位：万元）：〔未填〕 → 0.0001（原文换了文件）",
    ),
    "a cell that is no more": (
        figure(FigureState(0, Status.PLACED), FigureState(None, None), cell="requests.closed.total"),
        "舞钢市尚店镇人民政府 2021 年报告，其他处理、总计：0〔归位〕 → 表式里没有这一格（原文换了文件）",
    ),
    "an added report": (
        report(None, files(TEXT)),
        "舞钢市尚店镇人民政府 2021 年报告：新收录，统一格式的数字 210 格，核对发现 2 条",
    ),
    "a removed report": (
        report(files(TEXT), None),
        "舞钢市尚店镇人民政府 2021 年报告：不再收录，原有统一格式的数字 210 格，核对发现 2 条",
    ),
    "a file with other contents": (
        report(files(TEXT), files(OTHER_TEXT)),
        "舞钢市尚店镇人民政府 2021 年报告，原文换了文件：换了内容 r/2021.txt",
    ),
    "a file more and another gone": (
        report(files(TEXT), files(PDF)),
        "舞钢市尚店镇人民政府 2021 年报告，原文换了文件：新增 r/2021.pdf；去掉 r/2021.txt",
    ),
    "a file of another name": (
        report(files(TEXT), files(SourceFile("r/2021-2.txt", "a"))),
        "舞钢市尚店镇人民政府 2021 年报告，原文改了文件名，内容没有变：新增 r/2021-2.txt；去掉 r/2021.txt",
    ),
    "an office that came": (OfficeChange("410481100", None, TOWN), "舞钢市尚店镇人民政府：新收录的机关"),
    "an office that went": (OfficeChange("410481100", TOWN, None), "舞钢市尚店镇人民政府：不再收录的机关"),
    "an office renamed and moved": (
        OfficeChange("410481100", TOWN, OfficeState("尚店街道办事处", "410422", ("河南省", "平顶山市", "叶县"))),
        (
            "叶县尚店街道办事处：名称由“尚店镇人民政府”改为“尚店街道办事处”，所在地区由“河南省平顶山市舞钢市”"
            "改为“河南省平顶山市叶县”，所在地区的代码由“410481”改为“410422”"
        ),
    ),
    "a new finding": (
        finding(Turn.ADDED),
        "舞钢市尚店镇人民政府 2021 年报告，新增核对发现（横向合计不符）：不符。",
    ),
    "several equal findings that went": (
        finding(Turn.REMOVED, count=2, year=None),
        "舞钢市尚店镇人民政府，不再有核对发现（横向合计不符）：不符。（共 2 条）",
    ),
    "a finding about no office, of a rule that is no more": (
        finding(Turn.ADDED, office=None, year=None, name="", rule="old-rule"),
        "新增核对发现（old-rule）：不符。",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_a_change_is_one_sentence(change: Change, sentence: str) -> None:
    assert told(change).sentence == sentence


def test_nothing_in_a_sentence_breaks_its_line_or_steers_a_terminal() -> None:
    one = told(finding(Turn.ADDED, name="甲\n镇", message="a\x1b[31mb\u202ec\r\n\td\u2028e"))
    assert one.subject == "甲 镇"
    assert one.rest.endswith("：a␛[31mb⟨U+202E⟩c d⟨U+2028⟩e")


@pytest.mark.parametrize("status", Status)
def test_every_status_but_printed_has_its_sign(status: Status) -> None:
    words = figure_words(FigureState(None, status))
    assert (words == "") == (status is Status.PRINTED)


def test_every_cell_of_every_form_has_words() -> None:
    cells = [
        Cell(table.id, row.id, column.id)
        for form in FORMS.values()
        for table in form.tables.values()
        for row in table.rows
        for column in row.columns
    ]
    assert [cell for cell in cells if cell_words(cell) == f"{cell.row}、{cell.column}"] == []


def test_a_cell_that_no_form_has_any_more_keeps_its_identifiers() -> None:
    assert cell_words(Cell("requests", "lost_row", "total")) == "lost_row、total"


def test_everything_that_is_counted_has_words() -> None:
    assert tuple(COUNT_WORDS) == COUNTS
    assert set(CAUSES) == set(Cause)


def test_counts_make_one_sentence_without_what_is_0() -> None:
    counts = dict.fromkeys(COUNTS, 0) | {"reports_added": 2, "figures_reader": 7, "answers": 4}
    assert count_words(counts) == "新收录报告 2 份，本站的读法改了而更正的数字 7 个。"
    assert count_words(dict.fromkeys(COUNTS, 0)) == NOTHING_CHANGED


def test_changes_are_grouped_by_what_they_are_about() -> None:
    changes = Changes(
        (OfficeChange("410481100", None, TOWN),),
        (ReportChange("410481100", 2021, NAME, None, files(TEXT)),),
        findings=(FindingChange(None, None, "", "old-rule", "不符。", Turn.ADDED),),
    )
    assert [(group.title, len(group.changes)) for group in grouped(changes)] == [("报告增减", 2), ("核对发现", 1)]
    assert list(as_lines(changes)) == [
        "新收录机关 1 个，新收录报告 1 份，新增核对发现 1 条。",
        "",
        "报告增减：",
        "  舞钢市尚店镇人民政府：新收录的机关",
        "  舞钢市尚店镇人民政府 2021 年报告：新收录，统一格式的数字 210 格，核对发现 2 条",
        "",
        "核对发现：",
        "  新增核对发现（old-rule）：不符。",
    ]


def test_no_changes_are_said_in_one_line() -> None:
    assert list(as_lines(Changes())) == [NOTHING_CHANGED]
