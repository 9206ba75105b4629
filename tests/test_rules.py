"""The registry itself: what it refuses, what every rule brings along, and how findings are put together."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import make_office, make_report
from disclosure.check import RULES, Rule, check_office, check_portal, check_report, registry
from disclosure.check.registry import PARTS, Complaint, Complaints, Scope, noted, rule, rule_across_years
from disclosure.form import bodies
from disclosure.model import Cell, Finding, Kind, Note, Report, Severity
from disclosure.pipeline import build_portal
from disclosure.workshop import ROOT

TESTS = Path(__file__).parent
NOTED = [card for card in RULES.values() if card.scope is Scope.NOTE]
CHECKED = [card for card in RULES.values() if card.scope is not Scope.NOTE]
WHOLE = """什么：一。

    为什么：二。
    错：三。
    对：四。
    """


@pytest.fixture(autouse=True)
def _registry_is_restored() -> Iterator[None]:
    """Rules made in these tests are forgotten afterwards."""
    tables: list[dict[str, Any]] = [
        registry.REGISTERED,
        registry.REPORT_CHECKS,
        registry.OFFICE_CHECKS,
        registry.PORTAL_CHECKS,
    ]
    before = [dict(table) for table in tables]
    yield
    for table, kept in zip(tables, before, strict=True):
        table.clear()
        table.update(kept)


def function(name: str, docstring: str | None = WHOLE) -> Callable[[Report], Complaints]:
    """A rule that finds nothing, under any name."""

    def check(report: Report) -> Complaints:
        yield from ()

    check.__name__, check.__doc__ = name, docstring
    return check


def test_the_name_of_a_rule_is_the_name_of_its_function_with_dashes() -> None:
    rule("标题", Severity.NOTICE)(function("a_new_rule"))
    card = registry.REGISTERED["a-new-rule"]
    assert card == Rule("a-new-rule", "标题", Severity.NOTICE, Kind.SOURCE, Scope.REPORT, card.explanation)
    assert card.parts == {"什么": "一。", "为什么": "二。", "错": "三。", "对": "四。"}


@pytest.mark.parametrize("name", ["short", "Has_Capitals", "has_2_digits", "_private_rule", "ends_badly_"])
def test_a_bad_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="lower-case words"):
        rule("标题", Severity.NOTICE)(function(name))


def test_a_second_rule_of_the_same_name_is_refused() -> None:
    with pytest.raises(ValueError, match="registered twice"):
        noted("标题", Severity.NOTICE, Kind.READING)(function("row_total_mismatch"))


def test_an_empty_title_is_refused() -> None:
    with pytest.raises(ValueError, match="no title"):
        rule(" ", Severity.NOTICE)(function("a_new_rule"))


@pytest.mark.parametrize("part", PARTS)
def test_a_docstring_without_one_of_its_parts_is_refused(part: str) -> None:
    kept = "\n".join(line for line in WHOLE.splitlines() if not line.strip().startswith(f"{part}："))
    with pytest.raises(ValueError, match=part):
        rule("标题", Severity.NOTICE)(function("a_new_rule", kept))


@pytest.mark.parametrize(
    "docstring",
    [None, "", "什么：\n为什么：二。\n错：三。\n对：四。", "序言。\n什么：一。\n为什么：二。\n错：三。\n对：四。"],
)
def test_a_docstring_that_is_no_explanation_is_refused(docstring: str | None) -> None:
    with pytest.raises(ValueError, match="docstring"):
        rule("标题", Severity.NOTICE)(function("a_new_rule", docstring))


def test_parts_in_another_order_are_refused() -> None:
    with pytest.raises(ValueError, match="in this order"):
        rule("标题", Severity.NOTICE)(function("a_new_rule", "什么：一。\n错：三。\n为什么：二。\n对：四。"))


@pytest.mark.parametrize("card", RULES.values(), ids=lambda card: card.name)
def test_every_rule_explains_itself_in_whole_sentences(card: Rule) -> None:
    assert set(PARTS) <= set(card.parts)
    assert all(text.endswith("。") or part in {"错", "对"} for part, text in card.parts.items())
    assert "“" not in card.title
    assert len(card.title) <= 14


def test_titles_are_unique() -> None:
    assert len({card.title for card in RULES.values()}) == len(RULES)


@pytest.mark.parametrize("card", CHECKED, ids=lambda card: card.name)
def test_every_rule_has_a_case_that_fires_and_one_that_stays_silent(card: Rule) -> None:
    word = card.name.replace("-", "_")
    assert any(name.startswith(f"test_{word}_fires") for name in _test_names())
    assert any(name.startswith(f"test_{word}_is_silent") for name in _test_names())


def _test_names() -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(TESTS.glob("test_rules_*.py"))]
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("card", NOTED, ids=lambda card: card.name)
def test_a_note_becomes_a_finding_of_its_rule(card: Rule) -> None:
    cell = Cell("requests", "received", "total")
    report = make_report(notes=[Note(card.name, 12, "第 12 行。", (cell,))])
    (finding,) = check_report(report)
    assert finding == Finding(
        card.name, card.severity, card.kind, report.file, 12, "第 12 行。", "410481100", 2022, (cell,)
    )


@pytest.mark.parametrize("card", NOTED, ids=lambda card: card.name)
def test_a_report_without_notes_is_silent_about_noted_rules(card: Rule) -> None:
    assert not [finding for finding in check_report(make_report()) if finding.rule == card.name]


def test_a_note_of_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(ValueError, match="'no-such-rule'"):
        check_report(make_report(notes=[Note("no-such-rule", None, "。")]))


def test_a_filing_note_without_a_file_is_an_error() -> None:
    with pytest.raises(ValueError, match="names no file"):
        check_portal([], [], [Note("bad-file-name", None, "。")])


def test_filing_notes_become_findings_even_without_any_report() -> None:
    note = Note("bad-file-name", None, "文件名应为年份。", file="reports/某镇/年报.txt")
    (finding,) = check_portal([], [], [note])
    assert finding == Finding(
        "bad-file-name", Severity.ERROR, Kind.FILING, "reports/某镇/年报.txt", None, "文件名应为年份。"
    )


def test_only_filing_findings_can_stop_a_build() -> None:
    blocking = {card.name for card in RULES.values() if card.kind is Kind.FILING and card.severity is Severity.ERROR}
    assert blocking == {
        "bad-file-name",
        "bad-office-file",
        "duplicate-office-id",
        "duplicate-report",
        "office-mismatch",
        "region-mismatch",
        "unknown-office",
        "unportable-name",
        "year-mismatch",
    }


def test_what_an_office_wrote_is_never_an_error() -> None:
    assert not [card for card in RULES.values() if card.kind is Kind.SOURCE and card.severity is Severity.ERROR]


def test_a_whole_report_of_zeros_has_no_finding() -> None:
    for form, year in (("2021", 2022), ("2019", 2020)):
        assert check_report(make_report(form=form, year=year), make_office()) == []


def test_findings_of_the_portal_are_in_order_of_place_whatever_the_order_of_the_reports() -> None:
    offices = [make_office("410481101"), make_office("410481100")]
    broken = {"granted": {"business": 1}, "carried_out": {"business": 2}}
    reports = [
        make_report(office=one, year=year, requests=broken)
        for one in ("410481101", "410481100")
        for year in (2022, 2021)
    ]
    note = Note("bad-file-name", None, "。", file="reports/410481100/b.txt")
    findings = check_portal(offices, reports, [note])
    assert findings == check_portal(offices[::-1], reports[::-1], [note])
    places = [(finding.file, finding.line or 0, finding.rule) for finding in findings]
    assert places == sorted(places)
    assert {finding.rule for finding in findings} >= {"bad-file-name", "row-total-mismatch", "carry-over-mismatch"}


def test_reports_of_an_unknown_office_and_of_no_year_are_checked_all_the_same() -> None:
    lost = make_report(office=None, requests={"granted": {"total": 1}})
    assert "row-total-mismatch" in {finding.rule for finding in check_portal([], [lost])}
    assert check_office(make_office(), []) == []


def test_a_rule_across_years_has_to_name_its_report() -> None:
    def a_new_rule(_office: object, _reports: object) -> Complaints:
        yield Complaint("哪一份？")

    a_new_rule.__doc__ = WHOLE
    rule_across_years("标题", Severity.NOTICE)(a_new_rule)
    with pytest.raises(ValueError, match="a-new-rule"):
        check_office(make_office(), [])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("样例镇人民政府", bodies.TOWNSHIP),
        ("样例乡政府", bodies.TOWNSHIP),
        ("盐池县盐州路街道办事处", bodies.STREET_OFFICE),
        ("汇源办事处", bodies.STREET_OFFICE),
        ("鲁山县人民政府", bodies.COUNTY),
        ("驿城区人民政府", bodies.COUNTY),
        ("舞钢市人民政府", None),
        ("宁夏回族自治区人民政府", None),
        ("舞钢市教育局", None),
    ],
)
def test_the_kind_of_a_body_is_read_from_its_name_only_without_doubt(name: str, kind: str | None) -> None:
    assert bodies.kind_of_name(name) == kind
    assert kind in {None, *bodies.KINDS}


def test_the_given_reports_are_met_with_these_complaints_and_no_others() -> None:
    findings = [one for one in build_portal(ROOT).findings if RULES[one.rule].scope is not Scope.NOTE]
    given = [one for one in findings if one.office in {"411702010", "640323001", "410481100", "410423004", "370828001"}]
    assert [(finding.office, finding.year, finding.line, finding.rule) for finding in given] == [
        ("410481100", 2021, 91, "fee-silent"),
        ("411702010", 2021, 77, "fee-silent"),
    ]
