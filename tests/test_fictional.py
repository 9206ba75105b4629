"""Invented offices are marked on every page of their site, and never published."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from conftest import Site
from disclosure.fictional import NOTICE, FictionalError, is_fictional, notice_about
from disclosure.model import Office, Region
from disclosure.pipeline import build_portal
from disclosure.sample.store import Order, write_sample
from disclosure.workshop import ROOT, environment
from disclosure.workshop.build import BuildFailedError, build
from portal_files import write_project
from sample_reports import publish

_ROBOTS = '<meta name="robots" content="noindex">'


def office(name: str, county: str = "舞钢市") -> Office:
    regions = (Region("410000", "河南省"), Region("410400", "平顶山市"), Region("410481", county))
    return Office("410481100", name, "乡镇人民政府", f"reports/{name}", regions, "标题")


@pytest.mark.parametrize(
    ("one", "invented"),
    [
        (office("尚店镇人民政府"), False),
        (office("虚构尚店镇人民政府"), True),
        (office("尚店镇人民政府", "虚构舞钢市"), True),
        (office("反虚构宣传办公室"), False),
    ],
)
def test_the_names_decide_what_is_invented(one: Office, invented: bool) -> None:  # noqa: FBT001 - a case
    assert is_fictional(one) is invented


def test_real_offices_have_nothing_to_say_wherever_they_are_published() -> None:
    assert notice_about([office("尚店镇人民政府")], published=True) == ""
    assert notice_about([], published=True) == ""
    assert {one.name for one in build_portal(ROOT).offices if is_fictional(one)} == set()


def test_invented_offices_are_shown_with_a_notice_but_not_published() -> None:
    invented = [office("虚构尚店镇人民政府")]
    assert notice_about(invented, published=False) == NOTICE == "虚构样本，不是真实数据"
    with pytest.raises(FictionalError, match="有 1 个虚构的机关（如 reports/虚构尚店镇人民政府），虚构样本不能发布"):
        notice_about(invented, published=True)


def test_an_invented_office_among_real_ones_stops_every_build() -> None:
    mixed = [office("尚店镇人民政府"), office("虚构尚店镇人民政府")]
    with pytest.raises(FictionalError, match="混在真实的机关中间，网站没有生成。请把虚构的移走。"):
        notice_about(mixed, published=False)


def test_every_page_of_an_invented_site_says_so_at_its_head_and_foot_and_asks_not_to_be_found(
    damaged_site: Site,
) -> None:
    pages = sorted(damaged_site.folder.rglob("*.html"))
    assert len(pages) > 100
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert f"<strong>{NOTICE}</strong>" in text.partition('class="site-header"')[0], page
        assert f"<strong>{NOTICE}。</strong>" in text.partition('class="site-footer"')[2], page
        assert text.count(_ROBOTS) == 1, page


def test_no_page_of_the_real_site_is_marked(built_site: Site) -> None:
    pages = sorted(built_site.folder.rglob("*.html"))
    assert len(pages) > 100
    assert [page for page in pages if NOTICE in page.read_text(encoding="utf-8")] == []
    hidden = [page for page in pages if _ROBOTS in page.read_text(encoding="utf-8") and not _is_moved(page)]
    assert hidden == [built_site.folder / "404.html"]


def _is_moved(page: Path) -> bool:
    return 'http-equiv="refresh"' in page.read_text(encoding="utf-8")


def test_a_sample_that_has_an_address_is_not_built(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """``scripts/release`` gives every site that it makes an address, and so does the workflow that publishes."""
    out = tmp_path / "out"
    write_sample(out, Order(2, 1, 1, layouts="text"), publish)
    write_project(out, 0, ())
    variables = environment.variables(ROOT) | {"SITE_URL": "https://example.org/"}
    with pytest.raises(BuildFailedError):
        build(out, out / "site", Path(sys.executable), variables)
    said = re.findall("ERROR +- +(.*)", capfd.readouterr().err)
    assert len(said) == 1
    assert said[0].startswith("reports/ 里有 2 个虚构的机关（如 reports/北京市/虚构东城区/虚构东华门街道办事处）")
    assert said[0].endswith("虚构样本不能发布，网站没有生成。请换成真实的报告。")
    assert not (out / "site").exists()


def test_releasing_gives_the_site_an_address() -> None:
    """What the refusal rests on: the variable that the command sets is the one that the hook reads."""
    assert '"SITE_URL": address' in (ROOT / "hooks/disclosure/workshop/release.py").read_text(encoding="utf-8")
    assert 'site_url: !ENV [SITE_URL, ""]' in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "scripts/release" in (ROOT / ".github/workflows/deploy.yml").read_text(encoding="utf-8")
