"""An answer stands beside its finding wherever that is published, as text and nothing else."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from api_site import documents, violations
from disclosure.dataset import gather
from disclosure.model import Portal
from disclosure.pipeline import build_portal
from disclosure.render.catalog import arrange
from disclosure.render.page import Page
from disclosure.render.site import render_site
from disclosure.reporting.documents import as_json, as_rdjsonl
from disclosure.reporting.github import as_github
from disclosure.reporting.markdown import as_markdown
from disclosure.reporting.result import check
from disclosure.reporting.text import Terminal, as_text
from filed import DESCRIPTION, OTHER, TOWN, project, town, write
from open_data import publish
from pages import plain, read_html

HOSTILE = "<script>alert(1)</script> [链](javascript:a) ::error::甲 =1+1"
WORDS = f"{HOSTILE}（舞钢市政务公开办，2023-03-01）"
MESSAGE = "“本年新收”一行：自然人 5（其余各项均为 0）= 5，总计写作 6，相差 1。"


def answer(rule: str, reason: str, year: int = 2022) -> str:
    fields = {"rule": rule, "year": year, "reason": f"'{reason}'", "by": "舞钢市政务公开办", "date": "2023-03-01"}
    return "- " + "\n  ".join(f"{name}: {value}" for name, value in fields.items()) + "\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose contradiction of 2022 is answered, with a newer report, and an answer that answers nothing."""
    description = DESCRIPTION.format("410481100", "尚店镇人民政府")
    answers = answer("row-total-mismatch", HOSTILE) + answer("fee-silent", "没有收费。", 2021)
    write(project(tmp_path / "project"), f"{TOWN}/office.yml", f"{description}answers:\n{answers}")
    write(tmp_path / "project", f"{TOWN}/2023.txt", town(2023))
    return tmp_path / "project"


@pytest.fixture
def portal(root: Path) -> Portal:
    """What is published of it."""
    return build_portal(root)


@pytest.fixture
def pages(portal: Portal) -> dict[str, Page]:
    """Its pages."""
    return {page.url: page for page in render_site(arrange(portal, gather(portal)))}


PLACES = ["offices/410481100/2022/", "rules/row-total-mismatch/"]


@pytest.mark.parametrize("url", PLACES)
def test_a_page_shows_the_answer_below_its_finding_and_no_other(pages: dict[str, Page], url: str) -> None:
    page = read_html(pages[url].html())
    assert page.problems == []
    assert page.text.count("已答复") == 1
    after = page.text.partition(MESSAGE)[2]
    assert after.index(f"已答复：{WORDS}") < 300
    assert "script" not in page.tags
    assert '<ul class="answer">' in pages[url].html()


@pytest.mark.parametrize("url", PLACES)
def test_the_markdown_twin_shows_it_too(pages: dict[str, Page], url: str) -> None:
    written = pages[url].markdown()
    assert f"已答复：{WORDS}" in plain(written).replace("**", "").replace(" ：", "：")
    assert "<script" not in written
    assert "](javascript" not in written


def test_the_newest_report_shows_it_on_the_page_of_the_office(root: Path) -> None:
    (root / TOWN / "2023.txt").unlink()
    portal = build_portal(root)
    shown = {page.url: page for page in render_site(arrange(portal, gather(portal)))}
    assert f"已答复：{WORDS}" in read_html(shown["offices/410481100/"].html()).text


def test_an_answer_without_a_finding_stands_on_the_page_about_quality(pages: dict[str, Page]) -> None:
    page = read_html(pages["quality/"].html()).text
    assert f"{TOWN}/office.yml第 11 行：对 2021 年“未提及信息处理费”（fee-silent）的答复：这一年的报告现在没有" in page
    assert "对 2021 年“未提及信息处理费”" in read_html(pages["rules/stale-answer/"].html()).text


def test_counts_of_findings_are_the_same_with_and_without_answers(root: Path, portal: Portal) -> None:
    write(root, f"{TOWN}/office.yml", DESCRIPTION.format("410481100", "尚店镇人民政府"))
    without = Counter(finding.rule for finding in build_portal(root).findings)
    assert Counter(finding.rule for finding in portal.findings) == without + Counter({"stale-answer": 1})


def test_the_open_data_have_answers_in_columns_of_their_own(portal: Portal, tmp_path: Path) -> None:
    publish(portal, tmp_path / "site")
    folder = tmp_path / "site" / "data" / "v1"
    text = (folder / "findings.csv").read_text(encoding="utf-8-sig")
    by_rule = {row["rule"]: row for row in csv.DictReader(io.StringIO(text))}
    answered = {name: by_rule["row-total-mismatch"][f"answer_{name}"] for name in ("reason", "by", "date")}
    assert answered == {"reason": HOSTILE, "by": "舞钢市政务公开办", "date": "2023-03-01"}
    assert by_rule["balance-mismatch"]["answer_reason"] == ""
    assert (by_rule["stale-answer"]["office"], by_rule["stale-answer"]["year"]) == ("410481100", "")
    rows = pq.read_table(folder / "findings.parquet").to_pylist()
    found = {row["rule"]: (row["answer_reason"], row["answer_by"], row["answer_date"]) for row in rows}
    assert found["row-total-mismatch"] == (HOSTILE, "舞钢市政务公开办", "2023-03-01")
    assert found["balance-mismatch"] == (None, None, None)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(one for one in package["resources"] if one["name"] == "findings")
    assert [field["name"] for field in resource["schema"]["fields"]][-3:] == [
        "answer_reason",
        "answer_by",
        "answer_date",
    ]


def test_an_answer_that_looks_like_a_formula_is_guarded_in_csv(root: Path, tmp_path: Path) -> None:
    description = DESCRIPTION.format("410481100", "尚店镇人民政府")
    write(root, f"{TOWN}/office.yml", f"{description}answers:\n{answer('row-total-mismatch', '=1+1')}")
    publish(build_portal(root), tmp_path / "site")
    written = (tmp_path / "site" / "data" / "v1" / "findings.csv").read_text(encoding="utf-8-sig")
    assert ",'=1+1,舞钢市政务公开办,2023-03-01" in written


def test_the_api_has_answers_and_its_schemas_allow_for_them(portal: Portal, tmp_path: Path) -> None:
    site = documents(tmp_path, portal)
    for path in ("findings/row-total-mismatch.json", "offices/410481100/2022.json"):
        assert violations(site, path) == []
        found = [one for one in site[path]["data"]["findings"] if one["rule"] == "row-total-mismatch"]
        assert [(one["answer_reason"], one["answer_by"], one["answer_date"]) for one in found] == [
            (HOSTILE, "舞钢市政务公开办", "2023-03-01")
        ]
    balance = site["findings/balance-mismatch.json"]["data"]["findings"]
    assert {one["answer_reason"] for one in balance} == {None}


def test_the_command_says_what_was_answered_instead_of_what_to_do(root: Path) -> None:
    result = check(root)
    text = list(as_text(result, Terminal()))
    assert text[0].endswith("；其中 1 条已答复。")
    assert f"    已答复：{WORDS}" in text
    assert sum(line.startswith("    怎么办：") for line in text) == len(result.items) - 1
    annotations = list(as_github(result, "secret"))[: len(result.items)]
    assert [f"%0A已答复：{WORDS}%0A" in one for one in annotations] == [False, False, True]
    assert "已答复：&lt;script&gt;" in "\n".join(as_markdown(result))
    documented = {one["rule"]: one for one in json.loads("".join(as_json(result)))["findings"]}
    assert documented["row-total-mismatch"]["answer_reason"] == HOSTILE
    assert any(f"已答复：{WORDS}" in json.loads(line)["message"] for line in as_rdjsonl(result))


def test_other_offices_have_no_answer(pages: dict[str, Page]) -> None:
    assert (OTHER, "已答复" in pages["offices/410481101/"].html()) == (OTHER, False)
