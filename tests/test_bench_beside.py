"""The comparison of ``scripts/bench.py``: clocks that change nothing, other programs on the same pages, the tables."""

from __future__ import annotations

import json
import os
import runpy
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from importlib import util
from pathlib import Path
from typing import NamedTuple

import pytest
from disclosure.bench import beside, beside_report, commands, floor, hugo, others, stages
from disclosure.bench.beside import AGAIN, CHANGED, FIRST, Beside, Build
from disclosure.bench.commands import Cost, cost_of
from disclosure.bench.given import BenchFailedError
from disclosure.bench.others import Index, Other, Pages
from disclosure.bench.stages import COUNT, PageClock, Told
from disclosure.bench.stopwatch import Stopwatch
from disclosure.bench.weight import Total
from disclosure.parallel import Task, side_by_side
from disclosure.workshop import ROOT, environment
from sample_reports import publish

HTML = """<!doctype html><head><meta name="description" content="{0}的说明"><title>{0} - 阳光年报</title></head>
<body><header>头</header><article class="a"><h1>{0}</h1>
<p>正文 &amp; 数字 12</p></article><footer>尾</footer></body>
"""
MARKDOWN = "# {0}\n\n|项目|数|\n|---|---|\n|收到政府信息公开申请|12|\n\n## 一、总体情况\n\n没有应予公开的文件。\n"
OFFICE = "offices/410481100/"
REPORT = "offices/410481100/2020/"


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    """A small site with Markdown beside its pages, and room for others."""
    site = tmp_path / "site"
    for url, name in {"": "首页", OFFICE: "尚店镇人民政府", REPORT: "尚店镇“2020”&lt;"}.items():
        (site / url).mkdir(parents=True, exist_ok=True)
        (site / url / "index.html").write_text(HTML.format(name), encoding="utf-8")
        (site / url / "index.md").write_text(MARKDOWN.format(name), encoding="utf-8")
    (tmp_path / "room").mkdir()
    return others.pages_of(site, tmp_path / "room")


def clock_of(*moments: float) -> Callable[[], float]:
    """A clock that shows these moments, one after the other."""
    waiting = iter(moments)
    return lambda: next(waiting)


def test_what_is_done_within_something_else_counts_for_itself_alone() -> None:
    watch = Stopwatch(clock_of(0, 10, 11, 13, 20, 21, 25))
    with watch.over("outer"), watch.over("inner"):
        pass
    assert watch.now == ""
    watch.begin("rest")
    assert watch.take() == {"outer": 1 + 7, "inner": 2, "rest": 4}


class Described(NamedTuple):
    """What the clock wants to know of a page."""

    kind: str
    url: str = ""


def test_the_pages_of_offices_are_told_by_kind_and_step() -> None:
    clock = PageClock()
    for page in clock.one_by_one(iter([Described("office", "o/"), Described("report", "o/1/"), Described("report")])):
        with clock.over(stages.COPY), clock.after(stages.WRITING, "office"):  # a part of what is being done
            busy()
        if page.kind == "office":
            with clock.over(stages.HTML):
                busy()
    with clock.over(stages.HTML), clock.after(stages.WRITING, clock.kind_of("elsewhere/index.html")):
        busy()  # none of these pages
    with clock.after(stages.WRITING, clock.kind_of("o/1/index.html")):
        busy()
    told = clock.take()
    assert {kind: tally[COUNT] for kind, tally in told.items()} == {"office": 1, "report": 2}
    assert told["office"].keys() == {COUNT, stages.DESCRIBING, stages.TEMPLATE, stages.COPY, stages.HTML}
    assert told["report"].keys() == {COUNT, stages.DESCRIBING, stages.TEMPLATE, stages.COPY, stages.WRITING}
    assert told["office"][stages.HTML] == pytest.approx(0.01, abs=0.009)
    assert told["report"][stages.WRITING] == pytest.approx(0.01, abs=0.009)
    assert clock.take() == {}


def busy() -> None:
    """Work for a hundredth of a second."""
    until = time.process_time() + 0.01
    while time.process_time() < until:
        pass


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Told]:
    """The site of an invented office, built once with the clocks."""
    root = tmp_path_factory.mktemp("bench") / "portal"
    beside.invent_project(root, 1, publish)
    beside.add_hook(root)
    return root, beside.build(root, dict(environment.variables(ROOT))).told


def test_a_build_tells_all_its_stages_and_every_step_of_its_pages(told: tuple[Path, Told]) -> None:
    """Which means that ``hooks/publish_site.py`` calls by name what the clocks were put on."""
    _, (spent, peaks, pages) = told
    assert spent.keys() == set(stages.STAGES)
    assert all(seconds > 0 for seconds in spent.values())
    assert peaks.keys() == set(stages.STAGES) - {stages.START}
    assert {kind: tally[COUNT] for kind, tally in pages.items()} == {"office": 1, "report": 2, "source": 3, "moved": 1}
    for kind, steps in {"office": stages.STEPS, "report": stages.STEPS[:-1]}.items():
        assert all(pages[kind][step] > 0 for step in steps)
    own = sum(tally.get(step, 0) for tally in pages.values() for step in stages.STEPS)
    assert own <= spent[stages.OFFICES]


def test_processes_that_write_pages_tell_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    build, clock = stages.BuildClock(), PageClock()
    build.end(stages.READING)  # from here on what has no other name is shared pages
    write = stages.tasks_timed(build, clock, side_by_side)

    def work() -> int:
        return sum(1 for _ in clock.one_by_one(iter([Described("office"), Described("source")])))

    assert write([Task("写", work)] * 3, 2) == [2, 2, 2]
    spent, peaks, pages = build.told()
    assert {kind: tally[COUNT] for kind, tally in pages.items()} == {"office": 3, "source": 3}
    assert spent[stages.OFFICES] > 0
    assert stages.OFFICES in peaks


def test_the_compared_pages_are_those_with_markdown_of_their_own(pages: Pages, told: tuple[Path, Told]) -> None:
    assert pages.urls == [OFFICE, REPORT]
    root, (_, _, tallies) = told
    same = others.pages_of(root / "site", root)
    assert len(same.urls) == tallies["office"][COUNT] + tallies["report"][COUNT] == 3


def test_the_floor_writes_the_same_bytes(pages: Pages, told: tuple[Path, Told]) -> None:
    for site, urls in ((pages.site, pages.urls), (told[0] / "site", others.pages_of(told[0] / "site", told[0]).urls)):
        names = [f"{url}index.html" for url in urls]
        copies = pages.folder / "floor"
        cost = floor.write_floor(site, copies, names)
        assert [(copies / name).read_bytes() for name in names] == [(site / name).read_bytes() for name in names]
        assert cost["cpu"] > 0


def test_hugo_is_given_the_same_markdown_with_our_head_and_foot(pages: Pages) -> None:
    source = pages.folder / "hugo"
    hugo.write_source(source, pages.site, pages.urls)
    content = {file.relative_to(source).as_posix(): file.read_text() for file in (source / "content").rglob("*.md")}
    assert content.keys() == {"content/_index.md", "content/offices/410481100.md", "content/offices/410481100/2020.md"}
    matter, _, rest = content["content/offices/410481100/2020.md"].partition("\n\n")
    assert json.loads(matter) == {"title": "尚店镇“2020”< - 阳光年报", "description": "尚店镇“2020”<的说明"}
    assert rest == (pages.site / REPORT / "index.md").read_text()
    assert (source / "layouts" / "_default" / "single.html").read_text() == (
        '<!doctype html><head><meta name="description" content="{{ .Description }}">'
        "<title>{{ .Title }}</title></head>\n"
        '<body><header>头</header><article class="a">\n{{ .TableOfContents }}\n{{ .Content }}\n'
        "</article><footer>尾</footer></body>\n"
    )


def test_a_program_that_is_not_there_or_fails_is_a_row_that_says_so(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(util, "find_spec", lambda name: None if name in {"jieba", "properdocs"} else True)
    _, *rows = others.measure_others(pages, environment.variables(ROOT), heard.append)
    assert [(row.name, row.cost, row.missing) for row in rows] == [
        ("Hugo", None, "hugo is not installed (apt-get install hugo)"),
        ("mkdocs + Material + jieba", None, "jieba is not installed (hooks/disclosure/bench/jieba.lock)"),
        ("properdocs + Material + jieba", None, "properdocs is not installed (requirements-dev.lock)"),
    ]
    assert heard == [f"同样的网页：{name}" for name in ("floor", "Hugo", "mkdocs", "properdocs")]
    (pages.site / OFFICE / "index.html").unlink()
    broken, *_ = others.measure_others(pages, environment.variables(ROOT), heard.append)
    assert broken.cost is None
    assert "FileNotFoundError" in broken.missing


@pytest.mark.skipif(
    util.find_spec("jieba") is None, reason="jieba is not installed (hooks/disclosure/bench/jieba.lock)"
)
def test_stock_mkdocs_builds_the_pages_with_chinese_cut_into_words(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Path] = []
    monkeypatch.setattr(others.shutil, "rmtree", kept.append)
    row = others.measure_stock("mkdocs", pages, environment.variables(ROOT))
    assert row.pages == 4  # with the home page and that of an address that is not there
    assert row.cost is not None
    assert row.cost.cpu > 0
    (site,) = kept
    assert "<td>12</td>" in (site / REPORT / "index.html").read_text()
    index = (site / "search" / "search_index.json").read_bytes()
    assert "收到\u200b政府\u200b信息" in json.loads(index)["docs"][0]["text"]
    assert row.index == Index(len(index), row.index.gzip if row.index else 0)


def test_what_a_command_costs_counts_what_it_started(tmp_path: Path) -> None:
    inner = "import time\nwhile time.process_time() < 0.2: pass"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}]); print('done')"
    cost = cost_of([sys.executable, "-c", outer], tmp_path / "log", dict(os.environ), tmp_path)
    assert 0.2 <= cost.cpu < 2
    assert cost.wall >= 0.2
    assert (tmp_path / "log").read_text() == "done\n"
    with pytest.raises(BenchFailedError, match="退出码 3。它最后说：\nno"):
        cost_of([sys.executable, "-c", "print('no'); exit(3)"], tmp_path / "log", dict(os.environ), tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="the processes of a process are known on Linux")
def test_an_interrupted_command_leaves_no_process_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even one in a session of its own, which hears nothing of Ctrl-C."""
    apart = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print('up', flush=True); time.sleep(99)"
    start = f"subprocess.Popen([sys.executable, '-c', {apart!r}], start_new_session=True)"
    outer = f"import subprocess, sys; one = {start}; print(one.pid, flush=True); one.wait()"
    log = tmp_path / "log"

    def interrupt(_pid: int, _options: int) -> tuple[int, int, object]:
        while "up" not in log.read_text():
            time.sleep(0.02)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(commands.os, "wait4", interrupt)
        with pytest.raises(KeyboardInterrupt):
            cost_of([sys.executable, "-c", outer], log, dict(os.environ), tmp_path)
    left = int(log.read_text().split()[0])
    for _ in range(100):
        if not Path(f"/proc/{left}").exists() or "Z" in Path(f"/proc/{left}/stat").read_text().split()[2]:
            break
        time.sleep(0.05)
    else:
        os.kill(left, signal.SIGKILL)
        pytest.fail("a process is still there")


def measured(offices: int) -> Beside:
    """What might have been measured."""
    spent = dict.fromkeys(stages.STAGES, 10.0)
    steps = {**dict.fromkeys(stages.STEPS, 1.0), COUNT: 500}
    pages = {"office": steps, "report": steps, "source": {stages.HTML: 3.0, COUNT: 1500}}
    told = Told(spent, {stages.READING: 150}, pages)
    first, again, changed = (Build(Cost(cpu, cpu / 2, 900), told) for cpu in (90.0 * offices / 500, 85.0, 88.0))
    rows = [
        Other("floor: one template, one file", Cost(1, 1.2, 30), 1000, 50_000_000),
        Other("Hugo 0.1", Cost(4, 2, 200), 1001, 30_000_000),
        Other("mkdocs 1 + Material", Cost(100, 110, 400), 1002, 40_000_000, Index(40_000_000, 3_000_000)),
        Other("properdocs + Material", missing="it is not installed"),
    ]
    builds = {FIRST: first, AGAIN: again, CHANGED: changed}
    return Beside(offices, builds, Total(2600, 9000, 10**9), 1000, 50_000_000, rows)


FACTS = {"python": "3.11.7", "system": "Linux", "cores": 2, "date": "2026-11-29", "commit": "abc", "loop": 0.25}


def test_the_tables_have_stages_steps_programs_and_aims() -> None:
    lines = [line for line in beside_report.as_lines(FACTS, [measured(500), measured(1000)]) if line]
    assert lines[0] == "Run of 2026-11-29 at abc: Python 3.11.7, Linux, 2 cores; ten million additions take 0.25 s."
    assert lines[1] == "500 offices, 1,500 reports, 2,600 pages. A whole build, CPU s:"
    assert "| reading and proving | 10.00 | 10.00 | 10.00 | 150 |" in lines
    assert "| putting the site in place | 10.00 | 5.00 | 8.00 | – |" in lines
    assert "| **whole build** | 90.0 | 85.0 | 88.0 | – |" in lines
    assert "| HTML | 2.00 | 2.00 | 2.00 |" in lines
    # 10 s of the stage for 17 s of all steps: those of rendering, twice, are 8; all seven are 14, and the index is 10
    assert "| ours: described, rendered, written | 4.71 | 4.7 | – | – | 1,000 | 50.0 | – |" in lines
    assert "| ours, with Markdown and the search index | 18.24 | 18.2 | – | – | 1,000 | 50.0 | – |" in lines
    assert "| mkdocs 1 + Material | 100.00 | 100.0 | 110.0 | 400 | 1,002 | 39.9 | 40.0 / 3.0 |" in lines
    assert "| properdocs + Material | it is not installed | – | – | – | – | – | – |" in lines
    assert lines[-8:] == [
        "|  | 500 offices | 1,000 offices |",
        "|---|--:|--:|",
        "| rendering and writing, ms a page (5) | 4.71 | 4.71 |",
        "| the same, times the floor (4) | 4.71 | 4.71 |",
        "| the same, times Hugo (1, must 1.5) | 1.18 | 1.18 |",
        "| MkDocs + Material + jieba, times ours with the search index (10 or more) | 5.48 | 5.48 |",
        "| one changed report, wall s (10) | 44.0 | 44.0 |",
        "| a first build, an office, times that of the size before (1.3 from 500 to 5,000) | – | 1.00 |",
    ]


def test_the_command_prints_each_size_when_it_is_measured_or_all_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure(sizes: list[int], _publish: object, tell: Callable[[str], None]) -> Iterator[Beside]:
        for size in sizes:
            tell(f"{size}")
            yield measured(size)

    monkeypatch.setattr(beside, "measure_beside", measure)
    monkeypatch.setattr(beside_report, "measured_on", lambda: FACTS)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.syspath_prepend(ROOT / "scripts")

    def run(*words: str) -> tuple[str, str]:
        monkeypatch.setattr(sys, "argv", ["bench.py", "--beside", "--offices", "500", "1000", *words])
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(ROOT / "scripts" / "bench.py"), run_name="__main__")
        assert ended.value.code == 0
        return capsys.readouterr()

    said, heard = run()
    assert said.splitlines() == list(beside_report.as_lines(FACTS, [measured(500), measured(1000)]))
    assert heard == "500\n1000\n"
    told = json.loads(run("--json")[0])
    assert told["run"] == FACTS
    assert [one["offices"] for one in told["portals"]] == [500, 1000]
    assert told["portals"][0]["others"][2]["index"] == {"raw": 40_000_000, "gzip": 3_000_000}
    assert told["portals"][0]["builds"][FIRST]["pages"]["office"]["HTML"] == 1.0
