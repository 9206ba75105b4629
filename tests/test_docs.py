"""The explanations of terms and the hand-written pages stay in step with the form, the statuses and the site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from disclosure.form.bodies import KINDS as BODY_KINDS
from disclosure.form.template import FORMS, TABLES
from disclosure.form.terms import COLUMN_TERMS, ROW_TERMS, Term, column_anchor, row_anchor
from disclosure.offices import OfficeFile
from disclosure.render.legend import KINDS, LEGEND
from disclosure.render.terms import terms_page

DOCS = Path(__file__).parent.parent / "docs"
CHECKED_ARTICLES = {"granted": "第三十六条第（二）项", "partly_granted": "第三十七条"}
"""The articles whose text was checked. To add one, check it first."""


def _form_rows(table: str) -> set[str]:
    return {row.id for form in FORMS.values() for row in form.tables[table].rows}


def _form_columns(table: str) -> set[str]:
    return {column.id for form in FORMS.values() for row in form.tables[table].rows for column in row.columns}


def _all_terms() -> list[tuple[str, Term]]:
    return [(key, term) for terms in (ROW_TERMS, COLUMN_TERMS) for table in terms for key, term in terms[table].items()]


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


def test_the_page_has_an_anchor_for_each_row_and_column() -> None:
    page = terms_page()
    anchors = [heading.anchor for heading in page.headings()]
    expected = [row_anchor(table, row) for table in TABLES for row in ROW_TERMS[table]]
    expected += [column_anchor(table, column) for table in TABLES for column in COLUMN_TERMS[table]]
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
    assert keys == set(OfficeFile.model_fields)


def test_the_guide_shows_an_office_file_that_is_accepted() -> None:
    guide = (DOCS / "contribute.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert example is not None
    office = OfficeFile.model_validate(yaml.safe_load(example[1]))
    assert office.id == "410481100"


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.stem)
def test_a_hand_written_page_has_its_head_and_names_its_anchors(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.match(r"---\ntitle: .+\ndescription: .+。\n---\n", text)
    outside_code = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    headings = re.findall(r"^#+ .*$", outside_code, re.MULTILINE)
    assert [heading for heading in headings if not re.search(r" \{#[a-z][a-z-]*\}$", heading)] == []
