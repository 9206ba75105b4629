"""What an invented portal of a given size costs, stage by stage, and what the site made of it weighs."""

from __future__ import annotations

import multiprocessing
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from disclosure.bench.clock import Spent, peak_mib, spend
from disclosure.bench.weight import Total, Weight, heaviest, total
from disclosure.check import check_portal
from disclosure.dataset import gather
from disclosure.keeping import CACHE
from disclosure.open_data import Settings, publish_open_data
from disclosure.pipeline import build_portal, made_to_last
from disclosure.render.catalog import arrange
from disclosure.render.page import Page
from disclosure.render.site import render_site
from disclosure.sample.store import Order, Publisher, write_sample
from disclosure.search import index_site
from disclosure.workshop import ROOT, environment
from disclosure.workshop.build import build

Result = TypeVar("Result")

YEARS = 3
_SEED = 1
_PROJECT = ("docs", "hooks")


@dataclass(frozen=True, slots=True)
class PortalCost:
    """One size of portal. ``stages`` are in order; a name that begins with a space is a part of the one before.

    ``package_mib`` is the peak of one process that did all stages of the package, ``build_mib`` that of the largest
    process of the build.
    """

    offices: int
    reports: int
    stages: Mapping[str, Spent]
    package_mib: int
    build_mib: int
    total: Total
    pages: Mapping[str, Weight]


def measure_portals(sizes: Sequence[int], publish: Publisher) -> list[PortalCost]:
    """Portals of these numbers of offices, each in a process of its own, so that their memory can be told apart.

    ``publish`` makes a file of an invented report; it has to be importable.
    """
    return [_measured(size, publish) for size in sizes]


def _measured(offices: int, publish: Publisher) -> PortalCost:
    """Invent a portal in a folder that is thrown away, apart from what is measured, and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "portal"
        _apart(invent_project, root, offices, publish)
        return _apart(measure_portal, root, offices)


def _apart(work: Callable[..., Result], *arguments: object) -> Result:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def measure_portal(root: Path, offices: int) -> PortalCost:
    """Take the portal below ``root`` through every stage, then build its site."""
    stages = _package_stages(root)
    package_mib = peak_mib()
    site = root / "site"
    stages |= _site_stages(root, site)
    reports = offices * YEARS
    return PortalCost(offices, reports, stages, package_mib, peak_mib(children=True), total(site), heaviest(site))


def invent_reports(root: Path, offices: int, publish: Publisher, processes: int = 1) -> None:
    """Reports of invented offices below ``root``, all of them plain text."""
    write_sample(root, Order(offices, YEARS, _SEED, layouts="text"), publish, processes)


def invent_project(root: Path, offices: int, publish: Publisher, processes: int = 1) -> None:
    """A copy of the project with other reports."""
    invent_reports(root, offices, publish, processes)
    shutil.copy(ROOT / "mkdocs.yml", root)
    for name in _PROJECT:
        (root / name).symlink_to(ROOT / name)


def _package_stages(root: Path) -> dict[str, Spent]:
    """What ``hooks/publish_site.py`` does, in its order; checking, a part of the first stage, once more alone."""
    stages: dict[str, Spent] = {}
    with made_to_last():
        portal, stages["build_portal"] = spend(lambda: build_portal(root))
        _, stages[" check_portal"] = spend(lambda: check_portal(portal.offices, portal.reports))
        dataset, stages["gather"] = spend(lambda: gather(portal))
        catalog = arrange(portal, dataset)
        pages, stages["render_site"] = spend(lambda: render_site(catalog))
        _, stages["open data"] = spend(lambda: publish_open_data(catalog, root / "open", Settings()))
    _, stages["html"] = spend(lambda: sum(len(page.html()) for page in pages))
    _, stages["markdown"] = spend(lambda: _markdown(pages))
    return stages


def _markdown(pages: Sequence[Page]) -> int:
    return sum(len(page.markdown()) for page in pages if page.twin)


def _site_stages(root: Path, site: Path) -> dict[str, Spent]:
    """The whole build as a person runs it, then once more its last part alone."""
    variables = environment.variables(ROOT)
    shutil.rmtree(root / CACHE)  # what the stages have read: a first build finds nothing
    _, whole = spend(lambda: build(root, site, Path(sys.executable), variables))
    _, index = spend(lambda: index_site(site))
    return {"whole build": whole, " search index": index}
