"""The explanations of terms and the hand-written pages stay in step with the form, the statuses and the site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from disclosure.form.bodies import KINDS as BODY_KINDS
from disclosure.form.template import FORMS, TABLES
from disclosure.form.terms import (
    COLUMN_TERMS,
    ROW_TERMS,
    SUM_TERMS,
    Term,
    column_anchor,
    measure_anchor,
    row_anchor,
)
from disclosure.measures import MAIN_MEASURES
from disclosure.office_keys import AnswerEntry, OfficeFile
from disclosure.offices import parse_office
from disclosure.render.legend import KINDS, LEGEND
from disclosure.render.terms import terms_page

DOCS = Path(__file__).parent.parent / "docs"
ISSUE_FORMS = DOCS.parent / ".github" / "ISSUE_TEMPLATE"
CHECKED_ARTICLES = {
    "received": "第五十条第（二）项",
    "carried_in": "第五十条第（二）项",
    "granted": "第三十六条第（二）项",
    "partly_granted": "第三十七条",
    "refused": "第三十六条第（三）项",
    "refused_state_secret": "第十四条",
    "refused_prohibited_by_law": "第十四条",
    "refused_security_stability": "第十四条",
    "refused_third_party": "第十五条",
    "refused_internal_affairs": "第十六条第一款",
    "refused_process_information": "第十六条第二款",
    "refused_enforcement_file": "第十六条第二款",
    "refused_administrative_query": "第三十六条第（七）项",
    "unavailable_not_held": "第三十六条第（四）项、第（五）项",
    "unavailable_needs_creation": "第三十八条",
    "unavailable_unclear": "第三十条",
    "not_processed_petition": "第三十九条第一款",
    "not_processed_duplicate": "第三十六条第（六）项",
    "not_processed_published": "第三十九条第二款",
    "not_processed_excessive": "第三十五条",
    "closed_not_corrected": "第三十条",
    "closed_fee_unpaid": "第四十二条",
    "handled": "第五十条第（二）项",
    "carried_out": "第五十条第（二）项",
    "reconsideration": "第五十一条",
    "litigation": "第五十一条",
    "litigation_direct": "第五十一条",
    "litigation_after_reconsideration": "第五十一条",
}
"""The articles that were checked against the text of the 条例 as revised in 2019. To add one, check it first."""
WITHOUT_ARTICLE = {"not_processed_reconfirm", "closed", "closed_other"}
"""The rows of which the text of the 条例 says nothing."""


def _form_rows(table: str) -> set[str]:
    return {row.id for form in FORMS.values() for row in form.tables[table].rows}


def _form_columns(table: str) -> set[str]:
    return {column.id for form in FORMS.values() for row in form.tables[table].rows for column in row.columns}


def _all_terms() -> list[tuple[str, Term]]:
    of_the_form = (terms[table] for terms in (ROW_TERMS, COLUMN_TERMS) for table in terms)
    return [pair for terms in (*of_the_form, SUM_TERMS) for pair in terms.items()]


@pytest.mark.parametrize("table", TABLES)
def test_every_row_and_column_of_both_forms_is_explained_and_nothing_else(table: str) -> None:
    assert set(ROW_TERMS[table]) == _form_rows(table)
    assert set(COLUMN_TERMS[table]) == _form_columns(table)


@pytest.mark.parametrize(("key", "term"), _all_terms())
def test_an_explanation_is_one_to_three_chinese_sentences(key: str, term: Term) -> None:
    assert term.meaning.endswith("。"), key
    assert 1 <= term.meaning.count("。") <= 3
    assert len(term.meaning) <= 80
    assert term.english.isascii()


def test_only_checked_articles_are_quoted() -> None:
    assert {key: term.article for key, term in _all_terms() if term.article} == CHECKED_ARTICLES


def test_every_row_has_its_article_where_the_law_has_one() -> None:
    entries = dict(re.findall(r'<h4 id="([^"]+)">.*?</h4>(.*?)</dl>', terms_page().html(), re.DOTALL))
    law = re.compile("<dt>条例</dt><dd>第[一二三四五六七八九十]+条")
    rows = [(table, row) for table in TABLES for row in ROW_TERMS[table]]
    assert {row for table, row in rows if not law.search(entries[row_anchor(table, row)])} == WITHOUT_ARTICLE


def test_every_entry_has_its_english_name_marked_as_english() -> None:
    html = terms_page().html()
    entries = html.split('<div class="entry">')[1:]
    assert len(entries) == len(_all_terms()) - len(SUM_TERMS) + len(MAIN_MEASURES)
    for entry in entries:
        assert re.search(r'<dt>英文</dt><dd><span lang="en">[A-Z][A-Za-z0-9,:() -]+</span></dd>', entry), entry


def test_every_measure_of_the_tables_across_offices_is_explained() -> None:
    assert set(SUM_TERMS) == {one.id for one in MAIN_MEASURES if len(one.cells(None)) > 1}
    html = terms_page().html()
    refused = html.split(f'id="{measure_anchor("refused")}"')[1].split("</div>")[0]
    assert '<a href="#requests-refused_state_secret">' in refused
    assert refused.count("<a href=") == 8
    assert "，8 行之和。" in refused
    assert "一、本年新收政府信息公开申请数量</a>一行。" in html.split(f'id="{measure_anchor("received")}"')[1]


def test_the_page_has_an_anchor_for_each_row_and_column() -> None:
    page = terms_page()
    anchors = [heading.anchor for heading in page.headings()]
    expected = [row_anchor(table, row) for table in TABLES for row in ROW_TERMS[table]]
    expected += [column_anchor(table, column) for table in TABLES for column in COLUMN_TERMS[table]]
    expected += [measure_anchor(one.id) for one in MAIN_MEASURES]
    assert len(anchors) == len(set(anchors))
    assert set(expected) <= set(anchors)


def test_a_wording_that_differs_between_the_forms_is_given_for_both() -> None:
    text = terms_page().markdown()
    assert "2021 年版表格写作“行政规范性文件”" in text
    assert "2019 年版表格写作“规范性文件”" in text
    assert "只见于 2019 年版表格，写作“政府集中采购”" in text


def test_the_page_gives_the_meaning_of_every_sign() -> None:
    text = terms_page().markdown()
    for word in LEGEND.values():
        assert word.sign in text
        assert word.meaning in text


def test_the_method_names_the_kinds_of_findings_as_the_pages_do() -> None:
    method = (DOCS / "method.md").read_text(encoding="utf-8")
    for word in KINDS.values():
        assert f"**{word.sign}**" in method


def test_the_guide_lists_every_kind_of_body_and_every_key_of_the_office_file() -> None:
    guide = (DOCS / "contribute.md").read_text(encoding="utf-8")
    assert f"类别有：{'、'.join(BODY_KINDS)}。" in guide
    keys = set(re.findall(r"^\| `(\w+)` \|", guide, re.MULTILINE))
    assert keys == {*OfficeFile.model_fields, *AnswerEntry.model_fields}


def test_the_guide_shows_an_office_file_that_is_accepted() -> None:
    guide = (DOCS / "contribute.md").read_text(encoding="utf-8")
    described, answers = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    office, problems = parse_office((described + answers).encode(), "office.yml")
    assert problems == []
    assert office is not None
    assert (office.id, [entry.rule for entry in office.answers]) == ("410481100", ["row-total-mismatch"])


def test_everything_that_the_guide_tells_people_to_use_is_there() -> None:
    guide = (DOCS / "contribute.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b((?:scripts|hooks|tests|docs)/[\w./-]*\w)", guide))
    assert len(named) > 8
    assert [name for name in sorted(named) if not (DOCS.parent / name).exists()] == []
    (tested,) = set(re.findall(r"`(test_\w+)`", guide))
    assert f"def {tested}(" in (DOCS.parent / "tests" / "test_fill.py").read_text(encoding="utf-8")
    forms = [yaml.safe_load(path.read_text(encoding="utf-8"))["name"] for path in ISSUE_FORMS.glob("[0-9]*.yml")]
    assert [form for form in forms if f"“{form}”" not in guide] == []


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.stem)
def test_a_hand_written_page_has_its_head_and_names_its_anchors(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.match(r"---\ntitle: .+\ndescription: .+。\n---\n", text)
    outside_code = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    headings = re.findall(r"^#+ .*$", outside_code, re.MULTILINE)
    assert [heading for heading in headings if not re.search(r" \{#[a-z][a-z-]*\}$", heading)] == []
