"""The workshop: commands that explain themselves, locks that pin everything, an environment that is made once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import venv as venv_module
from importlib import metadata
from itertools import pairwise
from pathlib import Path

import pytest
from disclosure.workshop import ROOT, chromium, environment, lock, serve
from disclosure.workshop import test as checks
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

LOCKS = [name for name, _ in lock.LOCKS]
PINNED = re.compile(r"^([\w.-]+)==(\S+)(?: ; .+)? \\$", re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def scripts() -> list[Path]:
    return sorted(path for path in (ROOT / "scripts").iterdir() if path.is_file())


def pins(name: str) -> dict[str, str]:
    return dict(PINNED.findall((ROOT / name).read_text(encoding="utf-8")))


def run(*command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command somewhere else than in the project, as a person might."""
    env = environment.variables(ROOT) | variables
    return subprocess.run(command, cwd="/", env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("script", scripts(), ids=lambda path: path.name)
def test_every_script_has_help_and_works_from_any_folder(script: Path) -> None:
    interpreter = [sys.executable] if script.suffix == ".py" else []
    finished = run(*interpreter, script, "--help")
    assert finished.returncode == 0
    assert finished.stdout.startswith("usage: ")
    assert re.search("[一-鿿]{4}", finished.stdout), "commands explain themselves in Chinese"
    assert finished.stderr == ""


@pytest.mark.parametrize("script", scripts(), ids=lambda path: path.name)
def test_every_script_stands_in_the_readme(script: Path) -> None:
    assert f"scripts/{script.name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_a_missing_python_is_one_chinese_sentence() -> None:
    finished = run(ROOT / "scripts" / "build", PYTHON="/nowhere/python")
    assert finished.returncode == 1
    assert finished.stdout == ""
    assert finished.stderr.startswith("没有找到 Python 3.11 或更新的版本。")
    assert finished.stderr.count("\n") == 1


def test_a_python_that_is_too_old_does_not_count(tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    assert run(ROOT / "scripts" / "build", PYTHON=str(old)).stderr.startswith("没有找到 Python 3.11")


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    requirements = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(requirements) == len(pins(name))
    for block in re.split(r"\n(?=\w)", text):
        assert "--hash=sha256:" in block, block


@pytest.mark.parametrize(
    ("name", "extras"), [("requirements.lock", ["build"]), ("requirements-dev.lock", ["build", "dev"])]
)
def test_the_lock_satisfies_what_the_project_asks_for(name: str, extras: list[str]) -> None:
    optional = PROJECT["project"]["optional-dependencies"]
    asked = [*PROJECT["project"]["dependencies"], *(line for extra in extras for line in optional[extra])]
    locked = pins(name)
    for requirement in map(Requirement, asked):
        assert requirement.specifier.contains(locked[requirement.name]), requirement


def test_every_lock_names_what_the_one_before_it_names() -> None:
    for before, after in pairwise(pins(name) for name in LOCKS):
        assert before.items() <= after.items()


OLDEST = "3.11.0"


@pytest.mark.parametrize("name", sorted(pins("requirements-dev.lock")))
def test_every_locked_package_accepts_the_oldest_python(name: str) -> None:
    """Debian 12 has 3.11.2: a package that asks for a later 3.11 would make a fresh clone fail there."""
    asked = metadata.distribution(name).metadata["Requires-Python"]
    assert SpecifierSet(asked or "").contains(OLDEST)


def test_the_build_backend_is_locked() -> None:
    """So that nothing unlocked is fetched for the editable installation."""
    build_system = {Requirement(line).name for line in PROJECT["build-system"]["requires"]}
    assert build_system <= pins("requirements.lock").keys()


def project_with_locks(root: Path) -> Path:
    for name in environment.DEVELOPMENT:
        (root / name).write_text(f"{name}\n", encoding="utf-8")
    return root


@pytest.fixture
def installs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let environments be made without fetching anything; returns the locks installed, as they are."""
    done: list[str] = []

    def link(venv: Path) -> None:
        (venv / "bin").mkdir(parents=True)
        (venv / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
        (venv / "bin" / "python").symlink_to(sys.executable)

    monkeypatch.setattr(environment, "_create", link)
    monkeypatch.setattr(environment, "_install", lambda _python, lock: done.append(lock.name))
    return done


def test_an_environment_is_filled_once(tmp_path: Path, installs: list[str]) -> None:
    root = project_with_locks(tmp_path)
    assert environment.ensure(root) == root / ".venv" / "bin" / "python"
    environment.ensure(root)
    assert installs == ["requirements.lock"]


def test_a_changed_lock_renews_the_environment(tmp_path: Path, installs: list[str]) -> None:
    root = project_with_locks(tmp_path)
    environment.ensure(root)
    (root / "requirements.lock").write_text("changed\n", encoding="utf-8")
    environment.ensure(root)
    assert installs == ["requirements.lock", "requirements.lock"]


def test_what_tests_need_includes_what_a_build_needs(tmp_path: Path, installs: list[str]) -> None:
    root = project_with_locks(tmp_path)
    environment.ensure(root, environment.DEVELOPMENT)
    environment.ensure(root, environment.RUNTIME)
    assert installs == ["requirements-dev.lock"]


def test_the_package_is_linked_by_a_path_that_any_locale_can_read(tmp_path: Path, installs: list[str]) -> None:
    """And that stays right when the project moves."""
    root = tmp_path / "阳光 年报"
    root.mkdir()
    environment.ensure(project_with_locks(root))
    libraries = root / ".venv" / "lib" / "python3.11" / "site-packages"
    line = (libraries / "disclosure.pth").read_text(encoding="ascii")
    assert line == "../../../../hooks\n"
    assert installs == ["requirements.lock"]


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_an_environment_in_a_chinese_path_works_in_any_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    monkeypatch.setattr(environment, "_install", lambda *_: None)
    monkeypatch.setattr(environment, "_create", venv_module.create)
    root = tmp_path / "阳光 年报"
    (root / "hooks" / "disclosure").mkdir(parents=True)
    python = environment.ensure(project_with_locks(root))
    finished = run(python, "-c", "import disclosure; print(disclosure.__path__[0])", LC_ALL=locale, PYTHONPATH="")
    assert finished.stdout == f"{root / 'hooks' / 'disclosure'}\n"


def test_an_environment_that_does_not_run_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the Python that it was made with has been removed."""
    monkeypatch.setattr(environment, "_install", lambda *_: None)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")
    python = environment.ensure(project_with_locks(tmp_path))
    assert run(python, "-c", "").returncode == 0


def test_an_interrupted_installation_is_not_taken_for_a_whole_one(
    tmp_path: Path, installs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project_with_locks(tmp_path)
    attempts: list[str] = []

    def fail(_python: Path, lock: Path) -> None:
        attempts.append(lock.name)
        raise environment.EnvironmentUnusableError("没有网络")

    monkeypatch.setattr(environment, "_install", fail)
    for _ in range(2):
        with pytest.raises(environment.EnvironmentUnusableError, match="没有网络"):
            environment.ensure(root)
    assert len(attempts) == 2
    assert installs == []


def test_a_named_chromium_is_the_only_one_looked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "missing"))
    assert chromium.find() is None
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert chromium.find() == sys.executable


def test_without_chromium_a_person_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert chromium.provide() is None
    assert capsys.readouterr().out == f"{chromium.MISSING}\n"


def test_an_occupied_port_is_one_chinese_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with serve.socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve.main(["--port", str(port)]) == 1
    assert capsys.readouterr().err.startswith(f"不能在 127.0.0.1:{port} 上预览")


def test_pytest_comes_last_among_the_checks() -> None:
    assert checks.CHECKS[-1][0] == "pytest"


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    assert "exec bash scripts/test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_lint_exemption_has_its_reason() -> None:
    """Each line of an ignore list in pyproject.toml ends in a comment."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lint = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.pydocstyle]")]
    exemptions = [line for line in lint.splitlines() if re.match(r'    "[A-Z]+\d*",', line)]
    assert len(exemptions) > len(PROJECT["tool"]["ruff"]["lint"]["ignore"])
    assert [line for line in exemptions if not re.search(r"# \w.{10,}", line)] == []


def _checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *codes: str) -> int:
    """Run the checks with modules of these programs instead, in an environment that is there; return the exit code."""
    monkeypatch.setattr(checks.environment, "ensure", lambda *_: Path(sys.executable))
    monkeypatch.setattr(checks.chromium, "provide", lambda: None)
    monkeypatch.setattr(checks.system, "provide_tools", lambda: None)
    for number, code in enumerate(codes):
        (tmp_path / f"check{number}.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(checks, "CHECKS", tuple((f"check{number}",) for number in range(len(codes))))
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    monkeypatch.chdir(tmp_path)
    return checks.main([])


def test_all_checks_run_whatever_fails_and_each_says_what_it_found_in_one_piece(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = _checked(monkeypatch, tmp_path, "print('a'); print('b'); raise SystemExit(1)", "print('c')", "print('d')")
    said = capfd.readouterr()
    assert code == 1
    assert "── check0\na\nb\n" in said.out
    assert "── check1\nc\n" in said.out
    assert "d\n" in said.out
    assert said.err == "未通过：check0\n"


def test_checks_that_pass_end_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = _checked(monkeypatch, tmp_path, "", "")
    assert code == 0
    assert capfd.readouterr().out.endswith("全部通过。\n")


def test_a_chromium_without_windows_is_preferred_and_installed_where_we_may(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    there = {"chromium"}
    asked: list[list[str]] = []
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/usr/bin/{name}" if name in there else None)
    monkeypatch.setattr(chromium, "may_install", lambda: True)
    monkeypatch.setattr(chromium, "install", lambda _, packages: asked.append(list(packages)))
    assert chromium.provide() == "/usr/bin/chromium"
    there.clear()
    assert chromium.provide() is None
    there |= {"chromium", "chromium-headless-shell"}
    assert chromium.provide() == "/usr/bin/chromium-headless-shell"
    assert asked == [["chromium-headless-shell"], ["chromium-headless-shell"], ["chromium"]]
    assert capsys.readouterr().out == f"{chromium.MISSING}\n"
