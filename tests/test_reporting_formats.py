"""What ``scripts/check_reports.py`` prints in every notation, and that no report can put a command or markup there."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from pathlib import Path

import markdown
import pytest
from disclosure.check import RULES
from disclosure.dataset import gather
from disclosure.model import Finding, Kind, Severity
from disclosure.pipeline import build_portal
from disclosure.render.catalog import arrange
from disclosure.render.site import render_site
from disclosure.render.text import columns, in_one_line, visible
from disclosure.reporting.documents import as_json, as_rdjsonl
from disclosure.reporting.excerpt import Excerpt
from disclosure.reporting.github import MOST, as_github
from disclosure.reporting.markdown import as_markdown
from disclosure.reporting.result import Group, Result, Told, check
from disclosure.reporting.selection import select
from disclosure.reporting.text import Terminal, as_text
from disclosure.reporting.words import nature
from documents import xlsx
from filed import TOWN, contradicting, project, write
from pages import read_html
from portal_files import write_portal

ROW = (
    "“本年新收”一行：自然人 5（其余各项均为 0）= 5，总计写作 6，相差 1。所载数据不满足横向合计关系。"
    "如果“本年新收”的“总计”是 5，本表的各项关系就都成立；这只是推测，本站公布的仍是原文的数字。"
)
COLUMN = (
    "“总计”一列：本年新收 6 + 上年结转 0 = 6，办理结果总计 5 + 结转下年度 0 = 5，相差 1。"
    "所载数据不满足“新收加结转等于总计加结转下年度”的关系。"
    "如果“本年新收”的“总计”是 5，本表的各项关系就都成立；这只是推测，本站公布的仍是原文的数字。"
)
MISNAMED = (
    "文件名应是“年份.后缀”，如 2024.txt；后缀相同的另一份来源写作 2024-2.txt。"
    "可用的后缀：.txt、.md、.html、.htm、.docx、.xlsx、.xls、.pdf、.doc。请改名后再提交。"
)
ADVICE = "请对照原文。原文确实这样印的，不用改，网站照登；知道原因的，可以写进 office.yml 的 answers。"
SUMMARY = """\
查了 2 个机关的 3 份报告，列出 3 条发现：本站归档（需要改正）1 条，报告所载（值得核对）2 条。
归档有 1 处需要先改正，改正以前网站不会更新。其余的发现照登，不影响发布。
"""
TEXT = f"""\
{SUMMARY}
河南省平顶山市舞钢市尚店镇人民政府（410481100）

  {TOWN}/2021年年报.txt
  文件名有误（本站归档，需要改正）
    {MISNAMED}
    怎么办：把文件改名为四位年份加后缀。
    规则：https://example.org/rules/bad-file-name/

  {TOWN}/2022.txt:31
  横向合计不符（报告所载，值得核对）
    {ROW}
       31 │ 一、本年新收政府信息公开申请数量→5→0→0→0→0→0→6
          │                                  ^ ^ ^ ^ ^ ^ ^
    怎么办：{ADVICE}
    规则：https://example.org/rules/row-total-mismatch/

  {TOWN}/2022.txt:54
  收办不平衡（报告所载，值得核对）
    {COLUMN}
       54 │ （七）总计→5→0→0→0→0→0→5
          │                        ^
    怎么办：{ADVICE}
    规则：https://example.org/rules/balance-mismatch/
"""
GITHUB = f"""\
::error file={TOWN}/2021年年报.txt,title=文件名有误（本站归档，需要改正）::{MISNAMED}\
%0A怎么办：把文件改名为四位年份加后缀。%0A规则：https://example.org/rules/bad-file-name/
::warning file={TOWN}/2022.txt,line=31,title=横向合计不符（报告所载，值得核对）::{ROW}\
%0A怎么办：{ADVICE}%0A规则：https://example.org/rules/row-total-mismatch/
::warning file={TOWN}/2022.txt,line=54,title=收办不平衡（报告所载，值得核对）::{COLUMN}\
%0A怎么办：{ADVICE}%0A规则：https://example.org/rules/balance-mismatch/
::stop-commands::secret
{TEXT}::secret::
"""
MARKDOWN = f"""\
## 报告核对

{SUMMARY.replace(chr(10), chr(10) * 2)}\
### 河南省平顶山市舞钢市尚店镇人民政府（410481100）

**文件名有误**（本站归档，需要改正） {TOWN}/2021年年报\\.txt

{MISNAMED.replace(".", chr(92) + ".").replace("2024-2", "2024-2")}

怎么办：把文件改名为四位年份加后缀。 规则：<https://example.org/rules/bad-file-name/>

**横向合计不符**（报告所载，值得核对） {TOWN}/2022\\.txt\\:31

{ROW.replace("=", chr(92) + "=")}

```text
一、本年新收政府信息公开申请数量→5→0→0→0→0→0→6
```

所指的数：第 31 行，第 18 字起的“5”，第 20 字起的“0”，第 22 字起的“0”，第 24 字起的“0”，第 26 字起的“0”，\
第 28 字起的“0”，第 30 字起的“6”

怎么办：{ADVICE.replace(".", chr(92) + ".")} 规则：<https://example.org/rules/row-total-mismatch/>

**收办不平衡**（报告所载，值得核对） {TOWN}/2022\\.txt\\:54

{COLUMN.replace("=", chr(92) + "=").replace("+", chr(92) + "+")}

```text
（七）总计→5→0→0→0→0→0→5
```

所指的数：第 54 行，第 19 字起的“5”

怎么办：{ADVICE.replace(".", chr(92) + ".")} 规则：<https://example.org/rules/balance-mismatch/>
"""


@pytest.fixture
def damaged(tmp_path: Path) -> Result:
    """A project with two contradictions and a misnamed file."""
    project(tmp_path)
    write(tmp_path, f"{TOWN}/2021年年报.txt", "报告")
    return check(tmp_path, site_url="https://example.org")


def lines(printed: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in printed)


def made(message: str = "对不上。", *, number: int = 1, text: str = "", **changed: object) -> Result:
    """Findings about nothing in particular, in which a test changes what it is about."""
    fields = {"kind": Kind.SOURCE, "severity": Severity.WARNING, "file": f"{TOWN}/2022.txt", "line": 7}
    finding = Finding(rule="row-total-mismatch", message=message, **(fields | changed))  # type: ignore[arg-type]
    told = Told(finding, RULES[finding.rule], "请看。", "rules/row-total-mismatch/", Excerpt(7, text) if text else None)
    return Result((Group("尚店镇", (told,) * number),), 1, 1)


def test_text_says_how_much_then_what_where_and_what_to_do(damaged: Result) -> None:
    assert lines(as_text(damaged, Terminal())) == TEXT


def test_github_gets_annotations_and_the_same_text(damaged: Result) -> None:
    assert lines(as_github(damaged, "secret")) == GITHUB


def test_markdown_says_the_same(damaged: Result) -> None:
    assert "\n\n".join(as_markdown(damaged)) + "\n" == MARKDOWN


def test_json_has_the_findings_of_the_api_and_what_to_do(damaged: Result) -> None:
    document = json.loads(lines(as_json(damaged)))
    assert document["summary"] == {
        "offices": 2,
        "reports": 3,
        "findings": 3,
        "blocking": 1,
        "not_listed": 0,
        "kinds": {"filing": 1, "source": 2},
        "severities": {"error": 1, "warning": 2},
        "rules_not_applied": [],
        "sentences": SUMMARY.splitlines(),
    }
    assert document["findings"][2] == {
        "rule": "balance-mismatch",
        "severity": "warning",
        "kind": "source",
        "office": "410481100",
        "year": 2022,
        "file": f"{TOWN}/2022.txt",
        "line": 54,
        "message": COLUMN,
        "cells": [f"requests.{row}.total" for row in ("received", "carried_in", "handled", "carried_out")],
        **dict.fromkeys(("answer_reason", "answer_by", "answer_date")),
        "title": "收办不平衡",
        "blocks": False,
        "advice": ADVICE,
        "page": "https://example.org/rules/balance-mismatch/",
        "text": "（七）总计\t5\t0\t0\t0\t0\t0\t5",
        "marks": [[18, 19]],
        "place": None,
    }


def test_reviewdog_gets_a_line_each_with_columns_in_bytes(damaged: Result) -> None:
    misnamed, _, balance = map(json.loads, as_rdjsonl(damaged))
    assert misnamed["location"] == {"path": f"{TOWN}/2021年年报.txt"}
    assert misnamed["severity"] == "ERROR"
    before = len("（七）总计\t5\t0\t0\t0\t0\t0\t".encode())
    assert balance == {
        "message": f"收办不平衡：{COLUMN}\n怎么办：{ADVICE}",
        "location": {
            "path": f"{TOWN}/2022.txt",
            "range": {"start": {"line": 54, "column": before + 1}, "end": {"line": 54, "column": before + 2}},
        },
        "severity": "WARNING",
        "code": {"value": "balance-mismatch", "url": "https://example.org/rules/balance-mismatch/"},
        "source": {"name": "check_reports"},
    }


def test_nothing_found_is_said() -> None:
    assert lines(as_text(Result((), 3, 5), Terminal())) == "查了 3 个机关的 5 份报告，没有发现问题。\n"
    assert lines(as_text(Result((), 0, 0), Terminal())) == "没有要查的报告。\n"
    assert list(as_rdjsonl(Result((), 3, 5))) == []


def test_findings_are_those_of_the_site_word_for_word(tmp_path: Path) -> None:
    """All of a damaged portal: what the command tells of a report stands on its page, and the page has nothing else."""
    write_portal(tmp_path / "reports", 6, (2020, 2021), 9)
    portal = build_portal(tmp_path)
    catalog = arrange(portal, gather(portal))
    shown = {page.url: read_html(page.html()) for page in render_site(catalog)}
    told = check(tmp_path).items
    assert len(told) > 30
    for item in told:
        finding = item.finding
        assert finding.office is not None
        assert finding.year is not None
        page = shown[catalog.page_of(finding.office, finding.year)]
        assert f"{item.rule.title}（{nature(finding)}）{visible(finding.message)}" in page.text
        assert item.page in shown
    numbered = [anchor for page in shown.values() for anchor in page.ids if re.fullmatch(r"y\d+-finding-\d+", anchor)]
    assert len(numbered) == len(told)
    printed = lines(as_text(check(tmp_path), Terminal()))
    assert all(in_one_line(item.finding.message) in printed for item in told)


# What a hostile report can print.


def test_no_line_of_a_report_is_a_command_to_the_runner(tmp_path: Path) -> None:
    hostile = contradicting().replace("一、本年新收", "::add-mask::##[error]\x1b[2J%0A::error::一、本年新收")
    write(project(tmp_path), f"{TOWN}/2022.txt", hostile)
    printed = lines(as_github(check(tmp_path), "secret")).splitlines()
    stop = printed.index("::stop-commands::secret")
    for line in printed[:stop]:
        assert re.fullmatch(r"::(warning|notice) file=[^:]*::.*", line)
    assert printed[-1] == "::secret::"
    assert printed.count("::secret::") == 1
    assert any("::add-mask::##[error]␛[2J" in line for line in printed[stop:])
    assert not any("\x1b" in line for line in printed)


@pytest.mark.parametrize("character", ["\r", "\n", "\u2028", "\x85", "\u202e", "\x1b"])
def test_no_character_begins_another_line_or_steers_a_terminal(character: str) -> None:
    result = made(f"甲{character}::error::乙", text=f"丙{character}丁", file=f"reports/{character}/2022.txt")
    for printed in (as_text(result, Terminal()), as_github(result, "secret")):
        told = lines(printed)
        assert character not in told.replace("\n", "")
        assert [line for line in told.splitlines() if line.startswith("::error")] == []


def test_properties_of_an_annotation_cannot_be_ended_by_a_file_name() -> None:
    (annotation, *_) = as_github(made(file="reports/a,line=1::b%/2022.txt"), "secret")
    assert annotation.startswith("::warning file=reports/a%2Cline=1%3A%3Ab%25/2022.txt,line=7,title=")


def test_at_most_ten_annotations_errors_first_then_how_many_more() -> None:
    source, filing = made(number=12), made(kind=Kind.FILING, severity=Severity.ERROR)
    both = Result((*source.groups, *filing.groups), 2, 2)
    printed = list(as_github(both, "secret"))
    assert [line.partition(" ")[0] for line in printed[:MOST]] == ["::error", *["::warning"] * 9]
    assert printed[MOST : MOST + 2] == ["::notice::其余 3 条见摘要", "::stop-commands::secret"]


def test_ten_findings_need_no_further_word() -> None:
    printed = list(as_github(made(number=MOST), "secret"))
    assert printed[MOST] == "::stop-commands::secret"


def test_a_line_read_out_of_a_word_file_is_no_line_of_the_file() -> None:
    finding = made(file=f"{TOWN}/2022.docx").items[0]
    told = Told(finding.finding, finding.rule, "请看。", finding.page, Excerpt(7, "甲", in_file=False))
    result = Result((Group("尚店镇", (told,)),), 1, 1)
    (annotation, *_) = as_github(result, "secret")
    assert annotation.startswith(f"::warning file={TOWN}/2022.docx,title=")
    assert "::第 7 行%0A对不上。%0A" in annotation
    assert json.loads(next(as_rdjsonl(result)))["location"] == {"path": f"{TOWN}/2022.docx"}


def test_a_line_of_a_workbook_is_told_by_its_sheet_and_row(tmp_path: Path) -> None:
    rows = [line.split("\t") for line in contradicting().splitlines()]
    book = project(tmp_path) / TOWN / "2022.xlsx"
    book.write_bytes(xlsx({"年报": rows}))
    (tmp_path / TOWN / "2022.txt").unlink()
    result = check(tmp_path, select(tmp_path, [book]))
    told = next(item for item in result.items if item.rule.name == "row-total-mismatch")
    assert told.excerpt is not None
    where = "在原件里：工作表“年报”第 31 行"
    assert told.excerpt.original == where.removeprefix("在原件里：")
    assert f"    {where}\n    怎么办：" in lines(as_text(result, Terminal()))
    assert f"行%0A{where}%0A“本年新收”一行" in lines(as_github(result, "secret"))
    assert where in as_markdown(result)
    assert told.excerpt.original in {one["place"] for one in json.loads(lines(as_json(result)))["findings"]}
    assert any(f"\n{where}\n怎么办：" in json.loads(line)["message"] for line in as_rdjsonl(result))


HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=a> [链](javascript:a) ![](http://a.b/c.png) @octocat #1 http://a.b "
    "www.a.b a@b.cc **粗** `码` ~~删~~ | 甲 | &lt; $x$ - 甲 1. 乙 :smile: <!-- 注"
)


def test_nothing_in_a_report_becomes_markup_in_the_summary() -> None:
    told = "\n\n".join(as_markdown(made(HOSTILE, text=f"```\n{HOSTILE}", file=f"reports/{HOSTILE}/2022.txt")))
    page = markdown.markdown(told, extensions=["fenced_code", "tables"])
    tags = set(re.findall(r"<(/?\w+)", page))
    assert tags == {"h2", "/h2", "h3", "/h3", "p", "/p", "strong", "/strong", "pre", "/pre", "code", "/code"}
    message = next(part for part in told.split("\n\n") if part.startswith("&lt;"))
    assert not re.search(r"@\w|#\d|https?://|www\.", html.unescape(message))


def test_what_is_shown_in_the_summary_is_what_is_printed() -> None:
    told = "\n\n".join(as_markdown(made(HOSTILE)))
    page = html.unescape(re.sub(r"</?\w+>", "", markdown.markdown(told))).replace("\u200b", "")
    plain = re.sub(r"\\([~|$@:^=<>&])", r"\1", page)  # this parser knows fewer escapes than CommonMark
    assert HOSTILE in plain


def test_a_long_summary_is_cut_between_findings_and_says_so() -> None:
    whole = list(as_markdown(made(number=50)))
    cut = list(as_markdown(made(number=50), most=1000))
    assert cut[:-1] == whole[: len(cut) - 1]
    assert len("\n\n".join(cut[2:-1]).encode()) <= 1000
    shown = sum(part.startswith("**") for part in cut)
    assert cut[-1].startswith(f"这里只列前 {shown} 条，其余 {50 - shown} 条因篇幅略去。")


# What fits on a terminal.


def test_a_long_line_is_cut_around_what_is_marked() -> None:
    text = "长" * 300 + "42" + "短" * 300
    base = made(text="x").items[0]
    told = Told(base.finding, base.rule, "请看。", base.page, Excerpt(7, text, ((300, 302),)))
    printed = list(as_text(Result((Group("尚店镇", (told,)),), 1, 1), Terminal(width=60)))
    line, signs = (next(one for one in printed if sign in one) for sign in ("42", "^"))
    assert columns(line) <= 60
    assert line.startswith("        7 │ …长")
    assert line.endswith("短…")
    assert columns(line[: line.index("42")]) == signs.index("^")
    assert signs.count("^") == 2


def test_colours_are_only_for_a_terminal_that_wants_them(damaged: Result) -> None:
    plain, coloured = (lines(as_text(damaged, Terminal(colour=colour))) for colour in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[7m6\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
