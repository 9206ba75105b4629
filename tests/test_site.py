"""The site as MkDocs builds it from two small offices: strict, complete, and anew whenever reports change."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builders import granted, make_report
from disclosure.model import Report
from disclosure.settings import PREVIEW
from disclosure.workshop import ROOT, environment
from pages import read_html

_OFFICES = {
    "410481100": ("尚店镇人民政府", "乡镇人民政府", "河南省/平顶山市/舞钢市"),
    "410423004": ("汇源街道办事处", "街道办事处", "河南省/平顶山市/鲁山县"),
}
HOSTILE = "<script>alert(1)</script>{{ config }}"
_TWICE = """\
import sys
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config
old, new, content = sys.argv[1:]
for again in (False, True):
    if again:
        Path(old).unlink()
        Path(new).write_text(content, encoding="utf-8")
    config = load_config("mkdocs.yml", site_dir="site", strict=True)
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
"""


def file_office(root: Path, office: str, *reports: Report, name: str = "") -> Path:
    """Put an office with its reports into ``reports/``; return its folder."""
    official, kind, place = _OFFICES[office]
    folder = root / "reports" / place / (name or official)
    folder.mkdir(parents=True)
    described = f"id: '{office}'\nname: {name or official}\nkind: {kind}\nplace_known_by: 标题写明。\n"
    (folder / "office.yml").write_text(described, encoding="utf-8")
    for report in reports:
        (folder / f"{report.filed_year}.txt").write_text("\n".join(report.lines), encoding="utf-8")
    return folder


def write_project(root: Path) -> Path:
    """The project with two offices instead of its own."""
    root.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", root)
    for folder in ("docs", "hooks"):
        (root / folder).symlink_to(ROOT / folder)
    township = make_report(name="舞钢市尚店镇人民政府", requests=granted(natural_person=2, business=1))
    file_office(root, "410481100", township)
    file_office(root, "410423004", make_report(office="410423004", name="鲁山县汇源街道办事处", year=2021))
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """That project, for a test that changes it or its surroundings."""
    return write_project(tmp_path / "项目")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """That project's site as it is, and what the build said."""
    root = write_project(tmp_path_factory.mktemp("site") / "项目")
    done = run(root, "-m", "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    return root / "site", done.stderr


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of that project at a given address, as a preview, and with a report more, which is hostile."""
    root = write_project(tmp_path_factory.mktemp("changed") / "项目")
    report = make_report(name="舞钢市尚店镇人民政府", year=2020, form="2019", sections={"overview": ("---", HOSTILE)})
    folder = root / "reports/河南省/平顶山市/舞钢市/尚店镇人民政府"
    (folder / "2020.txt").write_text("\n".join(report.lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", "https://a.example/b/")
        patch.setenv(PREVIEW, "1")
        done = run(root, "-m", "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    return root / "site"


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a Python command in the project and return what it said."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=root, env=environment.variables(root), check=False, capture_output=True, encoding="utf-8",
    )  # fmt: skip


def test_a_site_of_two_offices_builds_strictly_and_says_what_it_did(built: tuple[Path, str]) -> None:
    site, said = built
    assert "读了 2 个机关的 2 份报告" in said
    assert "数字 400 个：原文 " in said
    page = (site / "offices/410481100/index.html").read_text(encoding="utf-8")
    assert re.findall("<title>(.*)</title>", page) == ["尚店镇人民政府：政府信息公开年报 - 阳光年报"]
    assert '<meta name="description" content="河南省平顶山市舞钢市尚店镇人民政府的政府信息公开工作年度报告' in page
    assert '<tr id="y2022-requests-received"><th scope="row"><a href="../../terms/#requests-received"' in page
    contents = re.findall(r'<a href="(#[^"]+)"', page.split('class="page-contents"')[1].split("</nav>")[0])
    assert contents[:3] == ["#latest", "#y2022-report", "#y2022-table-proactive"]
    assert read_html(page).problems == []


def test_a_given_address_stands_in_sitemap_canonical_links_and_the_404_page(
    built: tuple[Path, str], changed: Path
) -> None:
    assert "<loc>" not in (built[0] / "sitemap.xml").read_text(encoding="utf-8")
    office = "https://a.example/b/offices/410481100/"
    assert f"<loc>{office}</loc>" in (changed / "sitemap.xml").read_text(encoding="utf-8")
    page = (changed / "offices/410481100/index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{office}">' in page
    assert 'action="/b/search/"' in (changed / "404.html").read_text(encoding="utf-8")


def test_only_a_preview_whose_pages_reload_themselves_has_no_policy(built: tuple[Path, str], changed: Path) -> None:
    policy = '<meta http-equiv="Content-Security-Policy"'
    assert [(built[0] / name).read_text(encoding="utf-8").count(policy) for name in ("404.html", "index.html")] == [
        1,
        1,
    ]
    assert policy not in (changed / "index.html").read_text(encoding="utf-8")


def test_every_page_but_the_raw_reports_has_its_markdown_beside_it(built: tuple[Path, str]) -> None:
    site, _ = built
    assert (site / "offices/410481100/index.md").read_text(encoding="utf-8").count("予以公开") > 1
    assert (site / "index.md").exists()
    assert not (site / "offices/410481100/source/2022/index.md").exists()
    assert (site / "offices/410481100/source/2022/index.html").exists()


def test_nothing_in_a_report_becomes_part_of_the_page_around_it(changed: Path) -> None:
    for page in changed.rglob("*.html"):
        assert "<script>alert" not in page.read_text(encoding="utf-8")
    text = read_html((changed / "offices/410481100/2020/index.html").read_text(encoding="utf-8")).text
    assert HOSTILE in text


def test_a_misfiled_report_stops_the_build_with_one_chinese_sentence_and_no_traceback(root: Path) -> None:
    (root / "reports/河南省/平顶山市/2021.txt").write_text("谁的？", encoding="utf-8")
    done = run(root, "-m", "mkdocs", "build", "--strict")
    assert done.returncode != 0
    assert "reports/河南省/平顶山市/2021.txt" in done.stderr
    assert "归档有 1 处需要先改正" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_rebuild_in_the_same_process_reads_the_reports_anew(root: Path) -> None:
    old = root / "reports/河南省/平顶山市/鲁山县/汇源街道办事处/2021.txt"
    content = "\n".join(make_report(office="410423004", name="鲁山县汇源街道办事处", year=2022).lines)
    done = run(root, "-c", _TWICE, str(old), str(old.with_name("2022.txt")), content)
    assert done.returncode == 0, done.stderr
    assert (root / "site/offices/410423004/source/2022/index.html").exists()
    assert not (root / "site/offices/410423004/source/2021").exists()
