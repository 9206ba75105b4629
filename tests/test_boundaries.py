"""The shape of the code: who may import whom, how long things may grow, and what must not stand in any file."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from disclosure.workshop import ROOT

PACKAGE = ROOT / "hooks" / "disclosure"
MODULES = sorted(PACKAGE.rglob("*.py"))
HOOK = ROOT / "hooks" / "publish_site.py"

LAYERS = (
    ("errors", "settings", "writing", "workers", "parallel", "progress", "keeping", "order"),
    ("model", "pinyin"),
    ("form.folding", "form.template", "form.divisions"),
    ("form.bodies", "form.terms", "form.sections", "form.identity"),
    ("places",),
    ("prove.relations",),
    ("read",),
    ("office_keys", "offices", "sources", "portable", "fictional"),
    ("form",),
    ("prove",),
    ("reading", "packing", "held"),
    ("reading_cache",),
    ("reading_all",),
    ("collate",),
    ("merge",),
    ("check",),
    ("measures",),
    ("tallies", "proofs", "figure_json"),
    ("dataset",),
    ("region_sums",),
    ("render",),
    ("search", "search_names"),
    ("pages_cache",),
    ("export",),
    ("releases", "api"),
    ("open_data",),
    ("pipeline",),
    ("readout",),
    ("filing", "reporting", "upkeep"),
    ("cluster",),
    ("sample",),
    ("bench",),
)
"""The line, from the ground up: a module may import its own layer and those above it in this list, never below.

A name stands for the module and everything inside it; the longest that fits counts.
"""

WORKSHOP = "workshop"

MAX_FILE = 400
MAX_FUNCTION = 40
MAX_MEDIAN_FUNCTION = 12


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def module_name(path: Path) -> str:
    """``hooks/disclosure/form/fill.py`` → ``form.fill``; the package itself is the empty string."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[str]:
    """Every module that the file imports, at whatever depth; ``from a import b`` counts as ``a.b``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the last."""
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def layer(name: str) -> int | None:
    """The number of the layer that the module belongs to, by the longest name that fits; None if there is none."""
    fitting = [
        (len(prefix), number)
        for number, prefixes in enumerate(LAYERS)
        for prefix in prefixes
        if name == prefix or name.startswith(f"{prefix}.")
    ]
    return max(fitting)[1] if fitting else None


def ours(path: Path) -> set[str]:
    """The modules of this package that the file imports, without the package's own name."""
    return {name.removeprefix("disclosure.") for name in imported(path) if name.startswith("disclosure.")}


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_only_the_hook_knows_mkdocs(path: Path) -> None:
    assert [name for name in imported(path) if name.split(".")[0] in {"mkdocs", "material"}] == []


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_nothing_in_the_package_looks_like_a_mkdocs_event(path: Path) -> None:
    """MkDocs takes every ``on_…`` that the hook file can see for an event."""
    assert [node.name for node in functions(path) if node.name.startswith("on_")] == []


@pytest.mark.parametrize("path", [p for p in MODULES if module_name(p) and WORKSHOP not in p.parts], ids=relative)
def test_imports_point_one_way(path: Path) -> None:
    own = layer(module_name(path))
    assert own is not None, f"{relative(path)} has no place in LAYERS"
    assert {name for name in ours(path) if (layer(name) or 0) > own} == set()


@pytest.mark.parametrize("path", [p for p in MODULES if WORKSHOP in p.parts], ids=relative)
def test_the_workshop_starts_before_anything_is_installed(path: Path) -> None:
    """It makes the environment, so it may rest on the standard library and the ground floor alone."""
    allowed = ("errors.", "settings.", "workers.", "keeping.", WORKSHOP)
    assert [name for name in ours(path) if not name.startswith(allowed)] == []


def test_reading_one_file_does_not_load_what_only_tables_across_offices_need() -> None:
    """Half a second of start-up for every ``scripts/read_report.py``."""
    program = "import sys, disclosure.readout; print('pandas' in sys.modules)"
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert finished.stdout == "False\n"


def test_the_gazetteer_is_loaded_only_where_something_is_filed() -> None:
    """Neither the build nor ``scripts/read_report.py`` asks where a body could be: reports are filed by then."""
    program = "import sys, disclosure.readout, disclosure.open_data; print('disclosure.places' in sys.modules)"
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert finished.stdout == "False\n"


def test_processes_that_read_what_is_filed_do_not_load_the_dictionaries_of_pinyin() -> None:
    """Half a second of start-up in each of them, for the short form of a name that few new offices need."""
    program = "import sys, disclosure.filing.run; print('pypinyin' in sys.modules)"
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert finished.stdout == "False\n"


@pytest.mark.parametrize("path", [*MODULES, HOOK], ids=relative)
def test_files_and_functions_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_FILE
    assert {node.name: length(node) for node in functions(path) if length(node) > MAX_FUNCTION} == {}


def test_most_functions_are_small() -> None:
    lengths = [length(node) for path in MODULES for node in functions(path)]
    assert statistics.median(lengths) <= MAX_MEDIAN_FUNCTION


def tracked_text() -> Iterator[tuple[str, str]]:
    """Path and text of every file in the repository, but for the raw reports, which are not ours to word."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if not name.startswith("reports/") and (ROOT / name).is_file():
            yield name, (ROOT / name).read_bytes().decode("utf-8", errors="replace")


INDEX = r"(?:pypi|pythonhosted|npmjs|npmmirror|rubygems)\.(?:org|com)"
MACHINE = r"(?<![\w.])/(?:root|home/\w+|work)/"
FORBIDDEN = re.compile(f"{INDEX}|{MACHINE}")


def test_no_file_names_a_package_index_or_somebodys_machine() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: which files belong to the project is not known")
    found = {name: match.group() for name, text in tracked_text() if (match := FORBIDDEN.search(text))}
    assert found == {}


# Joined here, so that this file does not name what it forbids.
@pytest.mark.parametrize("parts", [("see ", "root", "x"), ("in ", "work", "main"), ("", "home", "a", "b")])
def test_the_search_for_somebodys_machine_finds_it(parts: tuple[str, ...]) -> None:
    assert FORBIDDEN.search("/".join(parts))


@pytest.mark.parametrize("parts", [("https://pypi", "org/simple"), ("files.pythonhosted", "org"), ("npmjs", "com")])
def test_the_search_for_a_package_index_finds_it(parts: tuple[str, ...]) -> None:
    assert FORBIDDEN.search(".".join(parts))
