"""What is looked at from time to time: links of a finished site, addresses of sources, years that should be there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from builders import make_office
from conftest import Site
from disclosure.model import Source
from disclosure.sources import Filing
from disclosure.upkeep.freshness import Address, addresses, answered, missing_years, year_due
from disclosure.upkeep.links import broken_links
from disclosure.upkeep.report import MOST_LISTED, report
from disclosure.workshop import ROOT

PAGE = '<!doctype html><html lang="zh"><title>页</title><body>{}</body></html>'
ADDRESS = "https://example.org/nianbao/"
OFFICE = make_office("410481100", source_urls={2020: "https://a.example/2020", 2021: "https://a.example/2021"})


def site(folder: Path, pages: Mapping[str, str]) -> Path:
    for name, body in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PAGE.format(body), encoding="utf-8")
    return folder


def broken(folder: Path, address: str = "") -> list[str]:
    return [str(one) for one in broken_links(folder, address)]


def test_every_link_of_the_site_leads_somewhere_in_it(built_site: Site) -> None:
    assert broken(built_site.folder) == []


def test_every_link_of_a_large_damaged_site_leads_somewhere_in_it(damaged_site: Site) -> None:
    assert broken(damaged_site.folder) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<a href="../gone/">x</a>', "链接“../gone/”所指的 gone/ 不在网站里。"),
        ('<a href="../b/#lost">x</a>', "链接“../b/#lost”所指的 b/ 里没有“lost”这一处。"),
        ('<a href="#lost">x</a>', "链接“#lost”所指的 a/ 里没有“lost”这一处。"),
        ('<a href="/gone.csv">x</a>', "链接“/gone.csv”所指的 gone.csv 不在网站里。"),
        ('<script src="../gone.js"></script>', "链接“../gone.js”所指的 gone.js 不在网站里。"),
        ('<img src="gone.png" alt="">', "链接“gone.png”所指的 a/gone.png 不在网站里。"),
        ('<i id="x"></i><b id="x"></b>', "编号“x”用了 2 次。"),
        (f'<a href="{ADDRESS}gone/">x</a>', f"链接“{ADDRESS}gone/”所指的 gone/ 不在网站里。"),
    ],
)
def test_what_is_broken_is_said_with_its_page(tmp_path: Path, body: str, message: str) -> None:
    folder = site(tmp_path, {"index.html": "", "a/index.html": body, "b/index.html": '<i id="here"></i>'})
    assert broken(folder, ADDRESS) == [f"a/index.html：{message}"]


@pytest.mark.parametrize(
    "href",
    [
        "../b/",
        "../b/#here",
        "../b/index.html",
        "../b/?q=1#here",
        "../%E6%96%87.txt",
        "https://elsewhere.example/x",
        "mailto:a@b.c",
        "..",
        ADDRESS,
    ],
)
def test_what_leads_somewhere_is_not_reported(tmp_path: Path, href: str) -> None:
    pages = {"index.html": "", "a/index.html": f'<a href="{href}">x</a>', "b/index.html": '<i id="here"></i>'}
    folder = site(tmp_path, pages)
    (folder / "文.txt").touch()
    assert broken(folder, ADDRESS) == []


def check_site(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "scripts" / "check_site.py", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_command_counts_what_it_does_not_show(tmp_path: Path) -> None:
    folder = site(tmp_path, {"index.html": '<a href="gone/">x</a>' * 53})
    finished = check_site(folder)
    assert finished.returncode == 1
    assert finished.stdout.splitlines()[0] == "index.html：链接“gone/”所指的 gone/ 不在网站里。"
    assert finished.stdout.splitlines()[50:] == ["还有 3 处，改好以上各处再查。"]


def test_the_command_says_that_all_is_well_and_what_is_no_site(tmp_path: Path) -> None:
    whole = check_site(site(tmp_path / "whole", {"index.html": ""}))
    assert (whole.returncode, whole.stdout) == (0, "网站里的链接都有去处，编号都不重复。\n")
    assert check_site(tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("today", "due"),
    [(date(2026, 1, 1), 2024), (date(2026, 3, 31), 2024), (date(2026, 4, 1), 2025), (date(2026, 12, 31), 2025)],
)
def test_a_report_is_due_after_the_end_of_march(today: date, due: int) -> None:
    assert year_due(today) == due


@pytest.mark.parametrize(
    ("years", "missing"), [((), (2024,)), ((2024,), ()), ((2021, 2023), (2022, 2024)), ((2025,), ())]
)
def test_years_between_the_first_and_the_one_that_is_due_are_missing(
    years: tuple[int, ...], missing: tuple[int, ...]
) -> None:
    assert missing_years(years, 2024) == missing


def test_every_address_is_asked_once_and_only_what_is_certainly_gone_is_called_so() -> None:
    asked: list[str] = []
    website = make_office("410423004", "汇源街道办事处", website="https://a.example/2020")
    status = {"https://a.example/2020": 404, "https://a.example/2021": 503}

    def ask(address: str) -> int | None:
        asked.append(address)
        return status[address]

    told = answered(list(addresses([OFFICE, website])), ask)
    assert sorted(asked) == sorted(status)
    assert [(one.office.id, one.year, one.status, one.is_gone, one.is_silent) for one in told] == [
        ("410481100", 2020, 404, True, False),
        ("410481100", 2021, 503, False, True),
        ("410423004", None, 404, True, False),
    ]


def filing(*years: int) -> Filing:
    sources = tuple(Source(f"{OFFICE.folder}/{year}.txt", OFFICE, year, b"", "") for year in years)
    return Filing((OFFICE,), sources, ())


def test_the_report_says_what_is_gone_what_was_silent_and_what_is_missing() -> None:
    asked = [Address(OFFICE, 2020, "https://a.example/2020", 404), Address(OFFICE, None, "https://a.example/", None)]
    place = OFFICE.folder.removeprefix("reports/")
    told = report(filing(2020), asked, 2021)
    assert "## 打不开的网址：1 项" in told
    assert f"- {place}，2020 年的报告：https\\://a\\.example/2020（答复 404）\n" in told
    assert f"- {place}，机关网站：https\\://a\\.example/（没有答复）\n" in told
    assert f"- {place}：2021\n" in told


def test_nothing_of_an_address_becomes_markup_and_long_lists_are_cut() -> None:
    hostile = Address(OFFICE, 2020, "https://a.example/<img src=x>`[a](b)", 404)
    told = report(filing(2021), [hostile] * (MOST_LISTED + 2), 2021)
    assert "<img" not in told
    assert "[a](b)" not in told
    assert told.count("（答复 404）") == MOST_LISTED
    assert "其余 2 项从略。" in told


def test_the_weekly_command_lists_years_without_asking_the_web(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "reports", tmp_path / "reports")
    output = tmp_path / "summary.md"
    command = [
        sys.executable,
        ROOT / "scripts" / "check_sources.py",
        "--offline",
        "--root",
        tmp_path,
        "--output",
        output,
    ]
    assert subprocess.run(command, check=False).returncode == 0
    assert "- 河南省/平顶山市/舞钢市/尚店镇人民政府：2022、2023、2024" in output.read_text(encoding="utf-8")
