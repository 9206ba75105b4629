"""What the poisoned site does not show because it is refused: with a sentence that cannot itself do harm."""

from __future__ import annotations

import ast
import json
import re
import time
from pathlib import Path

import pytest
from disclosure.check import check_portal
from disclosure.offices import parse_office
from disclosure.pipeline import FilingError, build_portal
from disclosure.reading import read_report
from disclosure.releases.files import ReleaseUnusableError
from disclosure.releases.load import load_release
from disclosure.sources import find_sources
from disclosure.workshop import ROOT
from made_releases import made, write_parquet
from poison import VECTORS
from test_sources import OFFICE

COUNTY = Path("reports/河南省/平顶山市/舞钢市")
WINDOWS = re.compile(r'[<>:"|?*\\]')
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ON_A_DISK = {name: text for name, text in VECTORS.items() if not {"/", "\0"} & set(text) and len(text.encode()) <= 255}


def put(root: Path, place: Path, files: dict[str, str]) -> None:
    (root / place).mkdir(parents=True)
    for name, content in files.items():
        (root / place / name).write_text(content, encoding="utf-8")


def refusal(root: Path) -> str:
    """What is said of a portal that is not published, and that nothing in it steers a terminal or a runner's log."""
    with pytest.raises(FilingError) as raised:
        build_portal(root)
    said = str(raised.value)
    assert not STEERING.search(said)
    first, *lines = said.split("\n")
    assert first.startswith(f"归档有 {len(lines)} 处需要先改正")
    assert [line for line in lines if not line.startswith("  reports/") or not line.endswith("]")] == []
    return said


@pytest.mark.parametrize("name", ON_A_DISK)
def test_a_vector_as_the_name_of_a_file(tmp_path: Path, name: str) -> None:
    put(tmp_path, COUNTY / "试验镇人民政府", {"office.yml": OFFICE, ON_A_DISK[name]: "x"})
    assert "[bad-file-name]" in refusal(tmp_path)


@pytest.mark.parametrize("name", ON_A_DISK)
def test_a_vector_as_the_name_of_a_province(tmp_path: Path, name: str) -> None:
    put(tmp_path, Path("reports", ON_A_DISK[name], "平顶山市", "舞钢市", "试验镇人民政府"), {"office.yml": OFFICE})
    assert "[region-mismatch]" in refusal(tmp_path)


@pytest.mark.parametrize("name", [name for name, text in ON_A_DISK.items() if WINDOWS.search(text)])
def test_a_vector_with_characters_that_windows_forbids_as_the_name_of_a_county(tmp_path: Path, name: str) -> None:
    put(tmp_path, COUNTY.parent / ON_A_DISK[name] / "试验镇人民政府", {"office.yml": OFFICE})
    assert "[unportable-name]" in refusal(tmp_path)


@pytest.mark.parametrize("name", VECTORS)
def test_a_vector_as_an_identifier_or_a_kind(name: str) -> None:
    """They become addresses and choices: nothing but what is known may be in them."""
    for key in ("id", "kind"):
        written = re.sub(rf"^{key}: .*$", "", OFFICE, flags=re.MULTILINE) + f"{key}: {json.dumps(VECTORS[name])}\n"
        office, problems = parse_office(written.encode(), "office.yml")
        assert office is None
        assert all(problem.message.endswith("。") for problem in problems)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt://example.org/%0aalert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
     "ftp://example.org/", "//evil.example/", "/x", "blob:https://example.org/1", "https:", "http://", " "],
)  # fmt: skip
def test_an_address_that_is_none_of_the_web(address: str) -> None:
    for key, value in (("website", address), ("source_urls", {2021: address})):
        written = json.dumps(value).replace('"2021"', "2021")
        office, problems = parse_office(f"{OFFICE}{key}: {written}\n".encode(), "office.yml")
        assert (office, [problem.rule for problem in problems]) == (None, ["bad-office-file"])


@pytest.mark.parametrize("name", VECTORS)
def test_a_vector_as_the_version_of_the_release_before(tmp_path: Path, name: str) -> None:
    folder = write_parquet(made(version=VECTORS[name]), tmp_path / "before")
    with pytest.raises(ReleaseUnusableError, match=r"datapackage\.json 读不出来"):
        load_release(folder)


@pytest.mark.parametrize("keep", [0.0, 0.5, 0.98])
@pytest.mark.parametrize("name", sorted(path for path in ("datapackage.json", *(
    f"{table}.parquet" for table in ("offices", "reports", "sources", "figures", "findings")))))  # fmt: skip
def test_a_file_of_the_release_before_that_breaks_off_is_named(tmp_path: Path, name: str, keep: float) -> None:
    file = write_parquet(made(), tmp_path / "before") / name
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(ReleaseUnusableError, match=re.escape(name)):
        load_release(tmp_path / "before")


SLOW = {
    "brackets": "[" * 20_000,
    "images": "![" * 5_000,
    "half tags": "<a " * 10_000,
    "comments": "<!--" * 20_000,
    "entities": "&" * 50_000,
    "stars": "*a_ " * 20_000,
    "grave accents": "".join("`" * number + " " for number in range(300)),
    "digits": "1" * 100_000,
    "thousands": "1," * 50_000,
    "years": "2021年" * 20_000,
    "blanks": " " * 100_000 + "x",
}
"""What parsers of Markdown and HTML, and expressions that go back on their steps, take quadratic time for."""


@pytest.mark.parametrize("name", SLOW)
def test_slow_input_is_read_and_checked_in_seconds(tmp_path: Path, name: str) -> None:
    text = f"试验镇人民政府2021年政府信息公开工作年度报告\n一、总体情况\n{SLOW[name]}\n（一）{SLOW[name]}\n"
    put(tmp_path, COUNTY / "试验镇人民政府", {"office.yml": OFFICE, "2021.txt": text})
    began = time.process_time()
    filing = find_sources(tmp_path)
    source = filing.sources[0]
    for file in (source.file, source.file.replace(".txt", ".html"), source.file.replace(".txt", ".md")):
        reports = (read_report(file, source.content, source.sha256, source.office.id, source.year),)
        check_portal(filing.offices, reports, filing.notes)
    assert time.process_time() - began < 10


FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "dill", "joblib", "code", "pty"}
FORBIDDEN_OF = {("os", "system"), ("os", "popen"), ("yaml", "load")}
FORBIDDEN_ATTRIBUTES = {"unsafe_load", "full_load", "load_all", "extractall", "read_pickle"}


@pytest.mark.parametrize("path", sorted((ROOT / "hooks").rglob("*.py")), ids=lambda path: path.stem)
def test_nothing_that_is_read_can_become_code(path: Path) -> None:
    """No ``eval``, no pickle, no shell, no YAML that builds objects, no archive unpacked to disk."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not {alias.name for alias in node.names} & FORBIDDEN_MODULES
        elif isinstance(node, ast.ImportFrom):
            assert node.module not in FORBIDDEN_MODULES
        elif isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            owner = getattr(getattr(node.func, "value", None), "id", "")
            assert not (isinstance(node.func, ast.Name) and called in FORBIDDEN_CALLS)
            assert called not in FORBIDDEN_ATTRIBUTES
            assert (owner, called) not in FORBIDDEN_OF
            assert [word.arg for word in node.keywords if word.arg == "shell"] == []
