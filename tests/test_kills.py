"""Builds killed at any moment: the published folder is the old site or the new one, whole, and the next build recovers.

``KILLS=200 pytest tests/test_kills.py --log-cli-level=INFO`` kills more of them, and says what came of it.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path
from random import Random

import pytest
from killing import Manifest, Reader, finish, kill, manifest, set_version, start, write_project

KILLS = int(os.environ.get("KILLS", "12"))
SEED = int(os.environ.get("SEED", "1"))
log = logging.getLogger(__name__)
TARGETS = ("group", "parent", "child") if sys.platform == "linux" else ("group", "parent")


def two_versions(root: Path, site: Path) -> tuple[list[Manifest], float]:
    """What both versions of the site hold, and the seconds that the second build took."""
    versions, took = [], 0.0
    for version in ("甲", "乙"):
        set_version(root, version)
        began = time.monotonic()
        assert finish(start(root, site))[0] == 0
        took = time.monotonic() - began
        versions.append(manifest(site))
    assert versions[0] != versions[1]
    return versions, took


@pytest.mark.skipif(os.name != "posix", reason="processes are killed by their group")
@pytest.mark.timeout(30 * KILLS + 300)
def test_whoever_reads_meets_a_whole_site_whenever_a_build_is_killed(tmp_path: Path) -> None:
    root, site = tmp_path / "阳光 年报", tmp_path / "阳光 年报" / "site"
    write_project(root)
    versions, took = two_versions(root, site)
    reader = Reader(site, versions)
    reader.start()
    rng = Random(SEED)  # noqa: S311 - the same moments again with the same seed, as far as the machine keeps step
    seen: dict[str, int] = {"old": 0, "new": 0}
    shown = 1
    for number in range(KILLS):
        wanted = 1 - shown
        set_version(root, ("甲", "乙")[wanted])
        process = start(root, site)
        time.sleep(rng.uniform(0, took * 1.3))
        kill(process, TARGETS[number % len(TARGETS)])
        finish(process)
        now = manifest(site)
        assert now in versions, f"kill {number} left neither the old nor the new site"
        seen["new" if now == versions[wanted] else "old"] += 1
        shown = versions.index(now)
    set_version(root, "甲")
    code, said = finish(start(root, site))
    reader.end()
    assert (code, "Traceback" in said) == (0, False)
    assert manifest(site) == versions[0]
    assert [path.name for path in root.iterdir() if path.name.startswith(".site-") and path.is_dir()] == []
    assert reader.broken == []
    assert reader.passes > KILLS
    log.info("%d kills, %d readings of the whole site, %s", KILLS, reader.passes, seen)


@pytest.mark.parametrize("exchanged", [False, True])
def test_a_kill_right_before_or_after_the_exchange(tmp_path: Path, exchanged: bool) -> None:  # noqa: FBT001
    root, site = tmp_path / "project", tmp_path / "project" / "site"
    write_project(root)
    assert finish(start(root, site))[0] == 0
    before = manifest(site)
    set_version(root, "乙")
    die = "os.kill(os.getpid(), 9)"
    steps = f"(real(*given), {die})" if exchanged else die
    code, _ = finish(start(root, site, f"real = module.exchange; module.exchange = lambda *given: {steps}"))
    assert code == -9
    assert (manifest(site) == before) is not exchanged
    assert finish(start(root, site))[0] == 0
    assert [path.name for path in root.glob(".site-*") if path.is_dir()] == []
