"""Regions are built on other machines: what comes back is what would have been made here, whatever happens to them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from disclosure.cluster.units import units
from disclosure.cluster.work import build_part, pack, unpack
from disclosure.errors import DisclosureError
from disclosure.keeping import CACHE, PAGES, READINGS
from disclosure.pages_cache import version
from disclosure.workshop import ROOT, environment
from disclosure.workshop.build import build
from two_cities import REGIONS, write_two_cities

MACHINES = 2


class Cluster:
    """A scheduler and its workers, each a process of its own, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        told = folder / "scheduler.json"
        self._scheduler = self._start("scheduler", "--port", "0", "--host", "127.0.0.1", "--scheduler-file", str(told))
        while not told.exists() or not told.read_text(encoding="utf-8").endswith("}"):
            time.sleep(0.05)
        self.address: str = json.loads(told.read_text(encoding="utf-8"))["address"]
        self.workers = {self._at(number): self._join(number) for number in range(MACHINES)}

    def _at(self, number: int) -> Path:
        return self._folder / f"worker-{number}"

    def _join(self, number: int) -> subprocess.Popen[bytes]:
        return self._start(
            "worker", self.address, "--nthreads", "1", "--no-nanny", "--local-directory", str(self._at(number))
        )

    def _start(self, what: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{what}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments, "--no-dashboard"],
                env=environment.variables(ROOT), stdout=log, stderr=log,
            )  # fmt: skip

    def kill_one_at_work(self, asked: subprocess.Popen[str]) -> None:
        """Kill the first worker that is in the midst of a build, for whoever asked for it."""
        while asked.poll() is None:
            for folder, process in self.workers.items():
                if any(folder.rglob("project/mkdocs.yml")):
                    os.kill(process.pid, signal.SIGKILL)
                    return
            time.sleep(0.01)

    def end(self) -> None:
        for process in (*self.workers.values(), self._scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "cluster").mkdir()
    made = Cluster(tmp_path / "cluster")
    yield made
    made.end()


def kept(root: Path) -> dict[str, bytes]:
    """The readings and pages that a project keeps."""
    files = (path for name in (READINGS, PAGES) for path in (root / CACHE / name).rglob("*") if path.is_file())
    return {path.relative_to(root / CACHE).as_posix(): path.read_bytes() for path in files}


def test_what_machines_made_is_what_is_made_here_though_one_was_killed_in_the_midst(
    tmp_path: Path, cluster: Cluster
) -> None:
    root = write_two_cities(tmp_path, repeating=False)
    asking = f"run({cluster.address!r}, Path({str(root)!r}), {{}}, most=2)"
    command = [sys.executable, "-c", f"from pathlib import Path; from disclosure.cluster.run import run; {asking}"]
    with subprocess.Popen(
        command, env=environment.variables(ROOT), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as asked:
        cluster.kill_one_at_work(asked)
        said, _ = asked.communicate()
    assert asked.returncode == 0, said
    lines = said.splitlines()
    assert lines[0] == "集群有 2 个工作进程，分 2 个地区生成。"
    assert [line for line in lines if "第 2 次" in line] in [
        [f"“{region}”：生成它的工作进程没有了，换一个重做（第 2 次）。"] for region in REGIONS
    ]
    assert not [line for line in lines if "在本机做" in line]
    made_there = kept(root)
    shutil.rmtree(root / CACHE)
    build(root, tmp_path / "site", Path(sys.executable), environment.variables(ROOT))
    assert kept(root) == made_there


def test_a_cluster_that_does_not_answer_is_named() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from disclosure.cluster import run; run._SECONDS = 1; run.main(['tcp://127.0.0.1:9'])"],
        env=environment.variables(ROOT), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert told.stderr.splitlines()[-1].startswith("连不上集群 tcp://127.0.0.1:9（")
    assert told.stderr.splitlines()[-1].endswith("请检查地址和调度进程，或者不用 --cluster，在本机生成。")


def test_a_machine_with_other_code_makes_nothing() -> None:
    with pytest.raises(DisclosureError, match="不是同一版"):
        build_part("another version", "河北省", b"", {})


def test_what_a_build_says_when_it_fails_comes_back(tmp_path: Path) -> None:
    stray = tmp_path / "reports" / "河北省" / "stray.txt"
    stray.parent.mkdir(parents=True)
    stray.write_text("不属于任何机关", encoding="utf-8")
    with pytest.raises(DisclosureError, match="不知道是哪个机关的报告") as raised:
        build_part(version(ROOT), "河北省", pack(tmp_path / "reports", "河北省"), {})
    assert "归档有 1 处需要先改正" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_what_is_packed_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "reports" / "河北省" / "甲镇").mkdir(parents=True)
    (tmp_path / "reports" / "河北省" / "甲镇" / "2021.txt").write_bytes(b"\x00\xff")
    (tmp_path / "reports" / "elsewhere.txt").touch()
    unpack(pack(tmp_path / "reports", "河北省"), tmp_path / "there")
    assert {path.name: path.read_bytes() for path in (tmp_path / "there").rglob("*.*")} == {"2021.txt": b"\x00\xff"}
    assert (tmp_path / "there" / "河北省" / "甲镇" / "2021.txt").is_file()


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "inside/../../outside"])  # noqa: S108 - never written
def test_nothing_is_unpacked_outside_of_its_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(DisclosureError, match="不在它的文件夹里"):
        unpack(zlib.compress(msgspec.msgpack.encode({"first": b"", name: b""})), tmp_path / "inside")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (9, ["甲省", "乙省"]),
        (2, ["甲省/一市", "甲省/二市", "乙省"]),
        (1, ["甲省/一市/一县", "甲省/一市/二县", "甲省/二市", "乙省"]),
    ],
)
def test_regions_with_many_offices_are_built_in_those_below(most: int, expected: list[str], tmp_path: Path) -> None:
    offices = ("甲省/一市/一县/甲镇", "甲省/一市/二县/乙镇", "甲省/二市/三县/丙镇", "甲省/丁厅", "乙省/戊厅")
    for office in offices:
        (tmp_path / "reports" / office).mkdir(parents=True)
        (tmp_path / "reports" / office / "office.yml").touch()
    assert units(tmp_path, most) == sorted(expected)
