"""Answers to findings: how ``office.yml`` gives them, which finding each answers, and what is said where none is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from builders import make_office
from disclosure.check import RULES, check_portal
from disclosure.check.answers import set_answers
from disclosure.model import Answer, Cell, Finding, Kind, Office, Severity
from disclosure.offices import parse_office
from disclosure.pipeline import FilingError, build_portal
from disclosure.reporting.result import check
from disclosure.reporting.selection import select
from filed import DESCRIPTION, OTHER, TOWN, project, write

FILE = f"{TOWN}/office.yml"
BASE = DESCRIPTION.format("410481100", "尚店镇人民政府")
ROW, BALANCE = "row-total-mismatch", "balance-mismatch"
GIVEN = [
    "rule: row-total-mismatch",
    "year: 2022",
    "reason: 机关来函说明，总计为笔误。",
    "by: 舞钢市政务公开办",
    "date: 2023-03-01",
]
ANSWER = Answer(ROW, 2022, "机关来函说明，总计为笔误。", "舞钢市政务公开办", "2023-03-01", "", 6)


def described(*answers: list[str]) -> str:
    """The description of the town with these answers."""
    entries = "".join(f"- {lines[0]}\n" + "".join(f"  {line}\n" for line in lines[1:]) for lines in answers)
    return f"{BASE}answers:\n{entries}"


def changed(**values: str | None) -> list[str]:
    """The usual answer with other values; None leaves a key out."""
    given = dict(line.split(": ", 1) for line in GIVEN) | values
    return [f"{name}: {value}" for name, value in given.items() if value is not None]


def problems(content: str) -> list[tuple[int | None, str]]:
    office, notes = parse_office(content.encode(), FILE)
    assert (office is None) == bool(notes)
    return [(note.line, note.message) for note in notes]


# How they are given.


def test_an_answer_is_read_with_its_line() -> None:
    office, _ = parse_office(described(GIVEN, changed(year="2021", place="37")).encode(), FILE)
    assert office is not None
    assert [entry.answer() for entry in office.answers] == [ANSWER, replace(ANSWER, year=2021, place="37", line=11)]


@pytest.mark.parametrize("place", ["37", "requests", "requests.received", "requests.received.total"])
def test_a_place_is_a_line_or_a_part_of_the_form(place: str) -> None:
    assert problems(described(changed(place=place))) == []


DATE = "应为答复的日期，如 2026-11-28，不早于所答的年度，不晚于今天。"
WRONG = {
    "an unknown key": (
        changed(raeson="笔误"),
        11,
        "“answers”第 1 条里不认识“raeson”这一项。是不是想写“reason”？",
    ),
    "a missing key": (
        changed(reason=None),
        6,
        "“answers”第 1 条缺少“reason”这一项：一句话，说明怎么回事，300 字以内。",
    ),
    "a year of no report": (
        changed(year="1999"),
        7,
        "“answers”第 1 条的“year”写作“1999”，应为报告的年度，2008 至 2099。",
    ),
    "a place that is none": (
        changed(place="第37行"),
        11,
        (
            "“answers”第 1 条的“place”写作“第37行”，应为发现所在的行号，如 37；"
            "或者有关的格，写作“表.行.列”，如 requests.received.total。"
        ),
    ),
    "a rule that can be none": (
        changed(rule="横向合计不符"),
        6,
        "“answers”第 1 条的“rule”写作“横向合计不符”，应为规则的代号，如 row-total-mismatch，见网站“检查规则”页。",
    ),
    "a day that is none": (changed(date="2023-02-30"), 10, f"“answers”第 1 条的“date”写作“2023-02-30”，{DATE}"),
    "a day in another notation": (changed(date="20230301"), 10, f"“answers”第 1 条的“date”写作“20230301”，{DATE}"),
    "a time": (changed(date="2023-03-01 10:00:00"), 10, f"“answers”第 1 条的“date”写作“2023-03-01 10:00:00”，{DATE}"),
    "a day before the year": (changed(date="2021-12-31"), 10, f"“answers”第 1 条的“date”写作“2021-12-31”，{DATE}"),
    "a reason of two lines": (
        changed(reason='"一\\n二"'),
        8,
        "“answers”第 1 条的“reason”写作“一\n二”，应为一句话，说明怎么回事，300 字以内。",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_an_answer_is_said_with_its_line(case: str) -> None:
    lines, line, message = WRONG[case]
    assert problems(described(lines)) == [(line, message)]


def test_tomorrow_is_not_yet_and_today_is() -> None:
    now = dt.datetime.now(dt.UTC)
    assert problems(described(changed(date=f"{now:%Y-%m-%d}"))) == []
    later = now + dt.timedelta(days=2)
    assert problems(described(changed(date=f"{later:%Y-%m-%d}"))) == [
        (10, f"“answers”第 1 条的“date”写作“{later:%Y-%m-%d}”，{DATE}")
    ]


def test_every_wrong_answer_is_told_and_not_only_the_first() -> None:
    assert [line for line, _ in problems(described(changed(year="1"), GIVEN, changed(by=None)))] == [7, 16]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ("无", "“answers”写作“无”，应为答复的列表，每条以“- ”开头。"),
        ("\n- 无", "“answers”第 1 条写作“无”，应为“名称: 内容”的若干行，如“rule: row-total-mismatch”。"),
    ],
)
def test_what_is_no_list_of_answers_is_refused(answers: str, message: str) -> None:
    assert [said for _, said in problems(f"{BASE}answers: {answers}\n")] == [message]


def test_two_answers_to_the_same_finding_are_refused() -> None:
    assert problems(described(GIVEN, changed(place="31"), changed(reason="另有说明。"))) == [
        (
            17,
            (
                "“answers”第 3 条与第 1 条答的是同一条发现（row-total-mismatch，2022 年）。"
                "请合并成一条；答的是不同的发现的，用 place 写明各在哪一行。"
            ),
        )
    ]


# Which finding each answers.


def finding(line: int | None = 31, row: str = "received", rule: str = ROW, **other: object) -> Finding:
    card = RULES[rule]
    cells = (Cell("requests", row, "total"),)
    made = Finding(rule, card.severity, card.kind, f"{TOWN}/2022.txt", line, "对不上。", "410481100", 2022, cells)
    return replace(made, **other)  # type: ignore[arg-type]


def told(
    findings: list[Finding], *answers: Answer, years: tuple[int, ...] = (2022,)
) -> tuple[list[str], list[Finding]]:
    """The reason beside each finding, empty where there is none, and what is found about the answers."""
    office = make_office(name="尚店镇人民政府", folder=TOWN, answers=answers)
    given = set_answers([office], {office.id: years}, findings)
    assert [replace(one, answer=None) for one in given[: len(findings)]] == findings
    beside = [one.answer.reason if one.answer else "" for one in given[: len(findings)]]
    return beside, given[len(findings) :]


def at(place: str, reason: str = "笔误。", line: int = 6) -> Answer:
    return replace(ANSWER, place=place, reason=reason, line=line)


def about(rule: str, message: str, line: int = 6) -> Finding:
    said = f"对 2022 年“横向合计不符”（row-total-mismatch）的答复：{message}"
    severity = Severity.WARNING
    return Finding(rule, severity, Kind.FILING, FILE, line, said, "410481100")


@pytest.mark.parametrize("place", ["", "31", "requests", "requests.received", "requests.received.total"])
def test_the_only_finding_of_a_rule_is_answered_by_any_place_it_has(place: str) -> None:
    assert told([finding(), finding(rule=BALANCE)], at(place)) == (["笔误。", ""], [])


def test_a_place_tells_findings_of_one_rule_apart() -> None:
    findings = [finding(31), finding(35, "granted")]
    assert told(findings, at("35")) == (["", "笔误。"], [])
    assert told(findings, at("requests.received")) == (["笔误。", ""], [])
    assert told(findings, at("31", "一。"), at("35", "二。")) == (["一。", "二。"], [])


def test_several_findings_on_one_line_are_answered_together() -> None:
    assert told([finding(), finding(message="也对不上。")], at("31")) == (["笔误。"] * 2, [])


@pytest.mark.parametrize("other", [{"office": "410481101"}, {"year": 2021}, {"rule": BALANCE}])
def test_findings_of_others_are_not_answered(other: dict[str, object]) -> None:
    assert told([finding(**other)], at(""))[0] == [""]


NO_FINDING = (
    "这一年的报告现在没有这条规则的发现，可能是换了原文，或者本站的读法改了。请对照机关的页面，改正或者删去这一条。"
)


def test_stale_answer_fires_where_the_finding_is_gone_or_elsewhere_or_the_report_is_not_there() -> None:
    assert told([], at("")) == ([], [about("stale-answer", NO_FINDING)])
    assert told([], at(""), years=(2021,)) == (
        [],
        [about("stale-answer", "本站没有收录这个机关 2022 年的报告。请核对年份，改正或者删去这一条。")],
    )
    elsewhere = "这条规则的发现在第 31 行、第 35 行，不在所写的 place（37）。请改正 place，或者删去这一条。"
    assert told([finding(31), finding(35)], at("37")) == (["", ""], [about("stale-answer", elsewhere)])


def test_stale_answer_is_silent_where_the_finding_is_there() -> None:
    assert told([finding()], at("31"))[1] == []


def test_unclear_answer_fires_where_several_places_or_another_answer_could_be_meant() -> None:
    several = "这条规则的发现不止一处，在第 31 行、第 35 行。请用 place 写明是哪一行，或者写“表.行.列”。"
    assert told([finding(31), finding(35)], at("")) == (["", ""], [about("unclear-answer", several)])
    files = [finding(31), finding(None, file=f"{TOWN}/2022-2.pdf")]
    named = (
        "这条规则的发现不止一处，在2022.txt 第 31 行、2022-2.pdf 整个文件。请用 place 写明是哪一行，或者写“表.行.列”。"
    )
    assert told(files, at("")) == (["", ""], [about("unclear-answer", named)])
    twice = told([finding()], at("31", "一。"), at("requests.received", "二。", line=12))
    assert twice == (["一。"], [about("unclear-answer", "第 6 行已经答复了同一条发现。请只留一条。", 12)])


def test_unclear_answer_is_silent_where_the_place_is_written() -> None:
    assert told([finding(31), finding(35)], at("31"))[1] == []


@pytest.mark.parametrize(("rule", "hint"), [("row-total-mismtach", "是不是想写“row-total-mismatch”？"), ("zz-zz", "")])
def test_a_rule_that_does_not_exist_must_be_mended(rule: str, hint: str) -> None:
    _, (one,) = told([finding()], replace(ANSWER, rule=rule))
    assert (one.rule, one.line, one.blocks) == ("bad-office-file", 6, True)
    assert one.message == f"“answers”里的规则“{rule}”不存在。{hint}规则的代号见网站的“检查规则”页。"


@pytest.mark.parametrize("rule", [name for name, card in RULES.items() if card.kind is Kind.FILING])
def test_what_is_misfiled_cannot_be_answered_away(rule: str) -> None:
    beside, (one,) = told([finding(rule=rule)], replace(ANSWER, rule=rule))
    assert (beside, one.rule, one.blocks) == ([""], "bad-office-file", True)
    assert one.message.endswith("这是本站归档的错，请改正，然后删去这一条。")


# Both together, from files.


def test_an_answer_changes_no_figure_and_no_count_and_stops_nothing(tmp_path: Path) -> None:
    plain = build_portal(project(tmp_path))
    write(tmp_path, FILE, described(GIVEN))
    portal = build_portal(tmp_path)
    assert portal.reports == plain.reports
    assert [replace(one, answer=None) for one in portal.findings] == list(plain.findings)
    assert [one.answer for one in portal.findings if one.answer] == [ANSWER]


def test_a_stale_answer_stops_nothing_and_a_wrong_one_does(tmp_path: Path) -> None:
    write(project(tmp_path), FILE, described(changed(year="2021")))
    assert [one.rule for one in build_portal(tmp_path).findings if one.kind is Kind.FILING] == ["stale-answer"]
    write(tmp_path, FILE, described(changed(rule="year-mismatch")))
    with pytest.raises(FilingError, match="不能答复“年份与存放位置不符”（year-mismatch）"):
        build_portal(tmp_path)


def test_answers_to_what_was_not_looked_for_are_not_called_stale(tmp_path: Path) -> None:
    """With some offices only, neither the reports of the others are read nor are offices compared."""
    root = project(tmp_path)
    write(root, FILE, described(changed(rule="text-repeats-other-office")))
    other = described(GIVEN).replace(BASE, DESCRIPTION.format("410481101", "八台镇人民政府"))
    write(root, f"{OTHER}/office.yml", other)
    some = check(root, select(root, [root / TOWN]))
    assert [item.finding.rule for item in some.items if item.finding.kind is Kind.FILING] == []
    assert some.hidden == 0
    stale = [(item.finding.rule, item.finding.office) for item in check(root).items if item.finding.kind is Kind.FILING]
    assert stale == [("stale-answer", "410481101"), ("stale-answer", "410481100")]


def test_a_portal_without_answers_has_the_same_findings_in_the_same_order() -> None:
    office: Office = make_office()
    assert check_portal([office], []) == []
