"""The pages about the data: what they say is there, and the examples on them run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builders import granted, make_office, make_report
from conftest import Site
from disclosure.errors import DisclosureError
from disclosure.export.examples import LOCAL_SITE, examples
from disclosure.export.release import data_date
from disclosure.export.schema import SCHEMAS
from disclosure.measures import MEASURES
from disclosure.open_data import Settings
from disclosure.render.blocks import Listing
from disclosure.render.legend import LEGEND
from disclosure.render.page import Page
from disclosure.settings import DATA_DATE, PREVIOUS_RELEASE
from open_data import publish
from pages import portal, read_html

DICTIONARY = "data/dictionary/"
BUILT = ("data/", DICTIONARY, "data/changes/")


def published(folder: Path, settings: Settings | None = None) -> dict[str, Page]:
    whole = portal([make_office()], [make_report(requests=granted(natural_person=3))])
    return {page.url: page for page in publish(whole, folder, settings)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Page]:
    return published(folder)


def test_the_pages_stand_at_their_addresses(pages: dict[str, Page]) -> None:
    assert tuple(pages) == BUILT


@pytest.mark.parametrize("url", BUILT)
def test_a_page_is_well_formed_and_its_files_are_there(url: str, pages: dict[str, Page], folder: Path) -> None:
    read = read_html(pages[url].html())
    assert read.problems == []
    assert len(read.ids) == len(set(read.ids))
    files = [href for href in read.hrefs if re.search(r"\.\w+$|SHA256SUMS$", href)]
    assert [href for href in files if not (folder / url / href).resolve().is_file()] == []
    assert len(files) > 1 or url == DICTIONARY


def test_every_table_is_offered_in_both_formats_with_its_rows_and_sizes(pages: dict[str, Page], folder: Path) -> None:
    table = read_html(pages["data/"].html()).tables[0]
    assert [row[0] for row in table[1:]] == [f"{schema.title}（{schema.name}）" for schema in SCHEMAS]
    figures = next(row for row in table if "（figures）" in row[0])
    size = (folder / "data/v1/figures.csv").stat().st_size
    assert figures[1:3] == ["200", f"{size / 1000:.0f} KB"]


def test_the_page_explains_every_status(pages: dict[str, Page]) -> None:
    text = read_html(pages["data/"].html()).text
    for status, word in LEGEND.items():
        assert f"{word.sign}（{status.value}）" in text
        assert word.meaning in text


def test_the_dictionary_explains_every_field_and_every_measure(pages: dict[str, Page]) -> None:
    read = read_html(pages[DICTIONARY].html())
    measures, *tables = read.tables
    assert [row[1] for row in measures[1:]] == [measure.id for measure in MEASURES]
    assert [[row[0] for row in table[1:]] for table in tables] == [list(schema.columns) for schema in SCHEMAS]
    assert [row[1] for table in tables for row in table[1:] if not row[1]] == []


def test_a_share_is_told_as_what_it_divides(pages: dict[str, Page]) -> None:
    measures = read_html(pages[DICTIONARY].html()).tables[0]
    share = next(row for row in measures if row[1] == "disclosed_share")
    assert share[3] == "（requests.granted.total + requests.partly_granted.total） ÷ requests.handled.total"


def test_a_page_names_the_version_and_how_to_cite_it(pages: dict[str, Page], folder: Path) -> None:
    version = json.loads((folder / "data/v1/datapackage.json").read_text(encoding="utf-8"))["version"]
    listings = [block.text for block in pages["data/"].blocks if isinstance(block, Listing)]
    assert (folder / "data/v1/citation.txt").read_text(encoding="utf-8").strip() in listings
    assert (folder / "data/v1/citation.bib").read_text(encoding="utf-8") in listings
    assert f"版本 {version}，数据日期 2026-11-28。" in read_html(pages["data/"].html()).text


def test_a_known_address_stands_in_examples_and_citation(tmp_path: Path) -> None:
    page = published(tmp_path, Settings("2026-11-28", "https://example.org/x/"))["data/"]
    text = read_html(page.html()).text
    assert "https://example.org/x/data/v1/figures.parquet" in text
    assert "https://example.org/x/data/." in text
    assert LOCAL_SITE not in text


def test_what_is_to_be_copied_is_a_fence_in_markdown(pages: dict[str, Page]) -> None:
    text = pages["data/"].markdown()
    assert "```python\nimport pandas as pd\n" in text
    assert "```bibtex\n@misc{" in text


@pytest.mark.parametrize("number", [0, 1, 2], ids=["pandas", "duckdb", "jq"])
def test_an_example_runs_as_it_stands_on_the_page(number: int, built_site: Site, tmp_path: Path) -> None:
    example = examples(built_site.url)[number]
    shown = read_html((built_site.folder / "data/index.html").read_text(encoding="utf-8")).text
    assert examples("")[number].code.strip() in shown
    if example.language == "sh":
        for tool in ("curl", "jq"):
            if shutil.which(tool) is None:
                pytest.skip(f"{tool} is not installed")
    run = {"python": [sys.executable, "-W", "error", "-c"], "sh": ["bash", "-euo", "pipefail", "-c"]}
    done = subprocess.run(
        [*run[example.language], example.code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    expected = {
        "pandas": r"410481100 +NaN +1\.0",
        "duckdb": r"2021.*\b3\b",
        "jq": r'"410481100","尚店镇人民政府",2021',
    }
    assert re.search(expected[("pandas", "duckdb", "jq")[number]], done.stdout), done.stdout


def test_the_date_of_the_data_is_that_which_the_build_is_told() -> None:
    assert data_date("2026-11-28", 2021).isoformat() == "2026-11-28"


def test_without_a_date_it_is_the_first_day_on_which_the_newest_report_could_be_written() -> None:
    assert data_date(None, 2021).isoformat() == "2022-01-01"


@pytest.mark.parametrize("given", ["2026-13-01", "28.11.2026", "2026-11-28T00:00", "昨天", "20261128"])
def test_a_date_that_is_none_is_told_in_one_sentence(given: str) -> None:
    with pytest.raises(DisclosureError, match=f"环境变量 {DATA_DATE} 应当是日期，如 2026-11-28，读到的是“{given}”。"):
        data_date(given, 2021)


def test_settings_come_from_the_environment() -> None:
    variables = {DATA_DATE: "2026-11-28", PREVIOUS_RELEASE: "/old"}
    assert Settings.from_environment(variables, "https://example.org") == Settings(
        "2026-11-28", "https://example.org/", Path("/old")
    )
    assert Settings.from_environment({}, "") == Settings()


def test_a_release_before_that_is_not_there_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DisclosureError, match=f"找不到上一次发布的数据：.*请把 {PREVIOUS_RELEASE} 指向"):
        published(tmp_path / "site", Settings("2026-11-28", "", tmp_path / "nowhere"))


def test_each_release_carries_on_the_record_of_the_one_before(tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    office = make_office()
    publish(portal([office], [make_report(year=2021)]), first, Settings("2026-01-01"))
    reports = [make_report(year=2021), make_report(year=2022)]
    publish(portal([office], reports), second, Settings("2026-02-01", "", first / "data/v1"))
    changed = [make_report(year=2021, requests=granted(natural_person=1)), reports[1]]
    found = publish(portal([office], changed), third, Settings("2026-03-01", "", second / "data/v1"))
    record = json.loads((third / "data/v1/changes.json").read_text(encoding="utf-8"))
    assert [entry["data_date"] for entry in record["releases"]] == ["2026-03-01", "2026-02-01", "2026-01-01"]
    text = next(page for page in found if page.url == "data/changes/").markdown()
    assert "本年新收、自然人：0 → 1（原文换了文件）" in text
    sums = (third / "data/v1/SHA256SUMS").read_text(encoding="ascii")
    assert {"changes.json", "changes.atom"} <= {line.partition("  ")[2] for line in sums.splitlines()}
