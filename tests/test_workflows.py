"""The workflows of the code host: what they may do, and that everything they run is a command of this project."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from disclosure.workshop import ROOT

HOST = ROOT / ".github"
WORKFLOWS = sorted((HOST / "workflows").glob("*.yml"))
FORMS = sorted((HOST / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))
PINNED = re.compile(r"uses: [a-z-]+/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\n")
WRITES = {("deploy.yml", "publish", "pages"), ("deploy.yml", "publish", "id-token")}
"""The only rights to change anything: workflow, job and right."""
RUNS = re.compile(r"(?:bash|python) ((?:scripts|\.ci)/\w+(?:\.py)?)(?: .*)?")


def loaded(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return told


def jobs() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path in WORKFLOWS:
        for name, job in loaded(path)["jobs"].items():
            yield path.name, name, job


def test_there_are_the_three_workflows() -> None:
    assert [path.name for path in WORKFLOWS] == ["check.yml", "deploy.yml", "weekly.yml"]


def test_zizmor_finds_nothing() -> None:
    command = [Path(sys.executable).with_name("zizmor"), "--offline", "--no-progress", "--persona=pedantic", HOST]
    finished = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_actionlint_finds_nothing() -> None:
    path = shutil.which("actionlint")
    if path is None:
        pytest.skip("actionlint is not installed")
    finished = subprocess.run([path, *WORKFLOWS], capture_output=True, encoding="utf-8", check=False)
    assert finished.returncode == 0, finished.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_commit_with_its_version(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("uses:") == len(PINNED.findall(text))


def test_a_right_to_change_anything_is_given_to_the_job_that_publishes_alone() -> None:
    for path in WORKFLOWS:
        assert loaded(path)["permissions"] == {}
    given = {
        (file, name, right)
        for file, name, job in jobs()
        for right, level in job["permissions"].items()
        if level == "write"
    }
    assert given == WRITES


def test_what_a_fork_proposes_runs_without_secrets() -> None:
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        assert "secrets." not in text
        assert "pull_request_target" not in text
        assert "workflow_run" not in text


def test_the_job_that_publishes_runs_nothing_of_ours() -> None:
    (publish,) = (job for file, name, job in jobs() if (file, name) == ("deploy.yml", "publish"))
    assert all("run" not in step for step in publish["steps"])
    assert publish["needs"] == ["tests", "build"]


def test_every_step_runs_one_command_of_this_project_that_can_run_anywhere() -> None:
    steps = [step["run"] for _, _, job in jobs() for step in job["steps"] if "run" in step]
    assert len(steps) >= 7
    for step in steps:
        match = RUNS.fullmatch(step)
        assert match, step
        assert (ROOT / match[1]).is_file()
        assert "${{" not in step  # what comes from outside reaches a command through its environment


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_every_form_can_be_filled_in(path: Path) -> None:
    form = loaded(path)
    assert form["name"]
    assert form["description"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in fields}) == len(fields)
    assert any(field["validations"]["required"] for field in fields if "validations" in field)


def test_there_is_a_form_for_each_kind_of_message() -> None:
    assert [loaded(path)["name"] for path in FORMS] == ["错误在我们", "错误在报告", "提交报告文件"]
