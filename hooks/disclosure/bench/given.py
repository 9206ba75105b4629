"""What the reports in ``reports/`` cost, one by one, and what the site made of them costs and weighs."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from disclosure.bench.clock import Spent, repeat, spend
from disclosure.bench.weight import Weight, heaviest
from disclosure.check import check_report
from disclosure.errors import DisclosureError
from disclosure.form.fill import fill_form
from disclosure.model import Source
from disclosure.prove import prove_tables
from disclosure.read import read_document
from disclosure.reading import read_source
from disclosure.sources import find_sources
from disclosure.workshop import ROOT, environment


class BenchFailedError(DisclosureError):
    """Something that was to be measured did not work."""


@dataclass(frozen=True, slots=True)
class ReportCost:
    """One report: milliseconds of processor time for each step, the median of several runs in a warm process.

    ``first`` is the whole reading the first time, before anything about its figures is remembered.
    """

    file: str
    characters: int
    first: float
    steps: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SiteCost:
    """The build of the project's own site by ``scripts/build``, and the heaviest page of each kind."""

    spent: Spent
    pages: Mapping[str, Weight]


def measure_reports(root: Path, runs: int) -> list[ReportCost]:
    """Every report below ``root/reports``, each step ``runs`` times."""
    return [_report(source, runs) for source in find_sources(root).sources]


def _report(source: Source, runs: int) -> ReportCost:
    report, first = spend(lambda: read_source(source))
    document = read_document(source.file, source.content)
    filling = report.filling
    steps = {
        "read": repeat(lambda: read_document(source.file, source.content), runs),
        "fill": repeat(lambda: fill_form(document), runs),
        "prove": repeat(lambda: prove_tables(filling), runs),
        "check_report": repeat(lambda: check_report(report, source.office), runs),
    }
    characters = sum(len(line) for line in report.lines)
    return ReportCost(source.file, characters, first.cpu * 1000, {name: cost * 1000 for name, cost in steps.items()})


def measure_site() -> SiteCost:
    """Build the project's site into a folder that is thrown away. Making the environment does not count.

    Raises:
        BenchFailedError: the build failed.
    """
    environment.ensure(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        done, spent = spend(lambda: _run_build(site))
        if done.returncode:
            raise BenchFailedError(f"网站没有生成，无从测量：\n{done.stdout}{done.stderr}")
        return SiteCost(spent, heaviest(site))


def _run_build(site: Path) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "scripts" / "build"), "--site-dir", str(site)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603 - our own command
