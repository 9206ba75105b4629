"""The explanations of terms and the hand-written pages stay in step with the form, the statuses and the site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from disclosure.form.template import FORMS, TABLES
from disclosure.form.terms import COLUMN_TERMS, ROW_TERMS, Term, column_anchor, row_anchor
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
