"""What tests of ``scripts/check_reports.py`` share: a small project with reports that contradict themselves."""

from __future__ import annotations

import subprocess
from pathlib import Path

from layouts import figures, report

FOLDER = "reports/河南省/平顶山市/舞钢市"
TOWN = f"{FOLDER}/尚店镇人民政府"
OTHER = f"{FOLDER}/八台镇人民政府"
DESCRIPTION = 'id: "{}"\nname: {}\nkind: 乡镇人民政府\nplace_known_by: 标题写明。\n'


def write(root: Path, file: str, content: str) -> Path:
    """Write a file of the project."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def town(year: int = 2022, name: str = "尚店镇人民政府", **changed: int) -> str:
    """A report in which all requests were granted; ``changed`` says how many there were, by column, where not 0."""
    true = figures("2021")
    for column, value in changed.items():
        for row in ("received", "granted", "handled"):
            true["requests", row, column] = value
    return report("2021", true, office=name, year=year, sections={"六": "本年没有收取信息处理费。"})


def contradicting(year: int = 2022) -> str:
    """A report in which five people asked, and the total of the requests received is printed as 6."""
    return town(year, natural_person=5, total=5).replace("5\t0\t0\t0\t0\t0\t5", "5\t0\t0\t0\t0\t0\t6", 1)


def project(root: Path) -> Path:
    """Two offices: the town with a good report and one that contradicts itself, and another with a good one."""
    write(root, f"{TOWN}/office.yml", DESCRIPTION.format("410481100", "尚店镇人民政府"))
    write(root, f"{TOWN}/2021.txt", town(2021))
    write(root, f"{TOWN}/2022.txt", contradicting())
    write(root, f"{OTHER}/office.yml", DESCRIPTION.format("410481101", "八台镇人民政府"))
    write(root, f"{OTHER}/2022.txt", town(name="八台镇人民政府"))
    return root


def commit(root: Path, message: str = "改动") -> str:
    """Commit everything; the number of the commit."""
    git(root, "add", "--all")
    git(root, "-c", "user.name=甲", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", message)
    return git(root, "rev-parse", "HEAD").strip()


def git(root: Path, *arguments: str) -> str:
    """What git prints."""
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout
