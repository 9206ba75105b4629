"""Reports to be filed, small enough to be read in no time, and the command in one call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from disclosure.filing.examine import Examined
from disclosure.filing.inputs import Input
from disclosure.filing.run import Options, add_reports
from disclosure.offices import FILE_NAME
from disclosure.pipeline import build_portal
from disclosure.sources import REPORTS

SHANGDIAN = "舞钢市尚店镇人民政府"
SHANGDIAN_FOLDER = "reports/河南省/平顶山市/舞钢市/尚店镇人民政府"


def text(name: str = SHANGDIAN, year: int = 2021, more: str = "") -> str:
    """A report without tables."""
    return f"{name}{year}年政府信息公开工作年度报告\n\n一、总体情况\n\n{year}年，依法公开政府信息。{more}\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to: its exit status and what it said."""

    status: int
    said: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.said)


def add(root: Path, *given: Path, ask: Sequence[str] | None = None, **options: object) -> Run:
    """File under ``root``; ``ask`` are the answers of a person, after which the terminal is gone."""
    said: list[str] = []
    answer = None if ask is None else _answering(iter(ask), said)
    chosen = {"yes": ask is None, "workers": 1} | options
    return Run(add_reports(given, root, Options(ask=answer, say=said.append, **chosen)), tuple(said))  # type: ignore[arg-type]


def _answering(answers: Iterator[str], said: list[str]) -> Callable[[str], str]:
    def ask(question: str) -> str:
        said.append(question)
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    return ask


def examine_or_die(_: str | None, inputs: Sequence[Input]) -> list[Examined]:
    """What a reading process does; a file called ``die`` ends it, as running out of memory would."""
    if any(one.path.name.startswith("die") for one in inputs):
        os._exit(1)
    return [Examined(one) for one in inputs]


def tree(root: Path) -> dict[str, bytes]:
    """Every file below ``root/reports``, hidden ones too."""
    reports = root / REPORTS
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in reports.rglob("*") if path.is_file()}


def names(root: Path) -> list[str]:
    """The reports that are filed, without the descriptions of offices."""
    return sorted(path for path in tree(root) if not path.endswith(FILE_NAME))


def builds(root: Path) -> bool:
    """Whether the build takes what is filed."""
    return bool(build_portal(root).offices) or not tree(root)
