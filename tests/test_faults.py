"""Faults of the system: a full or read-only disk, leftovers, a process that dies. One sentence, no traceback.

Whatever happens, the published folder is the old site, and the next build recovers by itself.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from disclosure.workshop import ROOT, environment, faults, run_command
from disclosure.workshop import build as build_module
from disclosure.workshop.build import BuildFailedError, build, main
from killing import finish, manifest, set_version, start, write_project
from small_disks import mounted

UNTOUCHED = "原有的网站未作任何改动。"
FULL = {"space": "size=16m", "inodes": "size=64m,nr_inodes=600"}
"""Disks that hold the small site twice, as a build needs it, if nothing else is there."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "阳光 年报"
    write_project(root)
    return root


@pytest.fixture(scope="module")
def first_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of that project, built once for all tests of what becomes of it."""
    root = tmp_path_factory.mktemp("first") / "阳光 年报"
    write_project(root)
    assert finish(start(root, root / "site"))[0] == 0
    return root / "site"


@pytest.fixture
def site(root: Path, first_site: Path) -> Path:
    """That project's site in its place."""
    return Path(shutil.copytree(first_site, root / "site"))


def fails(root: Path, site: Path, words: str, **options: object) -> None:
    """The next build fails with these words in its last line, without a traceback, and leaves the site as it is."""
    before = manifest(site)
    code, said = finish(start(root, site, **options))
    assert code == 1
    assert "Traceback" not in said
    last = said.splitlines()[-1]
    assert last.endswith(UNTOUCHED)
    assert words in said
    assert manifest(site) == before


def recovers(root: Path, site: Path) -> str:
    """The next build makes the new site and leaves nothing of earlier ones; what it says."""
    before = manifest(site)
    code, said = finish(start(root, site))
    assert (code, "Traceback" in said) == (0, False)
    assert manifest(site) != before
    assert [path.name for path in site.parent.glob(f".{site.name}-*") if path.name != f".{site.name}-lock"] == []
    return said


@pytest.mark.parametrize("full", FULL)
def test_a_disk_that_runs_full_while_the_site_is_written(root: Path, tmp_path: Path, full: str) -> None:
    with mounted(tmp_path / "disk", FULL[full]) as disk:
        site = disk / "site"
        assert finish(start(root, site))[0] == 0
        set_version(root, "乙")
        ballast = disk / "ballast"
        _fill(ballast)
        fails(root, site, "磁盘已满。请腾出空间后重新运行。")
        shutil.rmtree(ballast)
        recovers(root, site)


def _fill(folder: Path) -> None:
    """Leave next to nothing on a disk."""
    folder.mkdir()
    number = 0
    with suppress(OSError):
        while number < 10_000:
            (folder / str(number)).write_bytes(b"x" * 65536)
            number += 1
    assert number < 10_000
    for path in sorted(folder.iterdir())[:4]:
        path.unlink()


def test_files_that_may_not_become_so_large(root: Path, site: Path) -> None:
    set_version(root, "乙")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, resource.RLIM_INFINITY))"
    fails(root, site, "文件超过了系统容许的大小。请放宽限制（ulimit -f）后重新运行。", before=limit)
    recovers(root, site)


def test_a_read_only_place(root: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=32m") as disk:
        site = disk / "site"
        assert finish(start(root, site))[0] == 0
        set_version(root, "乙")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        fails(root, site, "所在的磁盘是只读的。请换一个能写入的位置。")
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        recovers(root, site)


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
def test_a_folder_without_permission(root: Path, tmp_path: Path) -> None:
    site = tmp_path / "place" / "site"
    assert finish(start(root, site))[0] == 0
    set_version(root, "乙")
    for path in (site.parent / ".site-lock", site.parent):
        path.chmod(0o555)
    fails(root, site, "没有权限。请检查文件和文件夹的权限。")
    site.parent.chmod(0o755)
    (site.parent / ".site-lock").chmod(0o644)
    recovers(root, site)


def _link(path: Path) -> None:
    (path.parent / "elsewhere").mkdir()
    (path.parent / "elsewhere" / "precious").write_text("x", encoding="utf-8")
    path.symlink_to(path.parent / "elsewhere", target_is_directory=True)


def _folder(path: Path) -> None:
    (path / ".git").mkdir(parents=True)
    (path / "stale.html").write_text("x", encoding="utf-8")


LEFT: dict[str, tuple[str, Callable[[Path], object]]] = {
    "half a site": (".site-new-0123abcd", _folder),
    "half a site of an older program": (".site-new", _folder),
    "a file": (".site-new-1", Path.touch),
    "a link": (".site-new-2", _link),
    "an old site": (".site-old", _folder),
    "a file for an old site": (".site-old", Path.touch),
    "a lock of nonsense": (".site-lock", lambda path: path.write_bytes(b"\xff\0" * 5000)),
}


@pytest.mark.parametrize("left", LEFT)
def test_whatever_a_build_left_is_cleared_by_the_next_and_never_published(root: Path, site: Path, left: str) -> None:
    name, leave = LEFT[left]
    (root / name).unlink(missing_ok=True)
    leave(root / name)
    set_version(root, "乙")
    said = recovers(root, site)
    assert said.startswith("上一次生成没有完成，它留下的文件已经清除。\n") is (name != ".site-lock")
    assert not (site / "stale.html").exists()
    assert not (site / ".git").exists()
    assert not (root / "elsewhere").exists() or (root / "elsewhere" / "precious").exists()


def test_leftovers_that_cannot_be_removed_stop_the_build(
    root: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is stale must not be mixed into what is new."""
    _folder(root / ".site-new-1")

    def refuse(path: Path) -> None:
        raise PermissionError(errno.EACCES, "", str(path))

    monkeypatch.setattr(shutil, "rmtree", refuse)
    with pytest.raises(BuildFailedError, match="没有权限。请检查文件和文件夹的权限。原有的网站未作任何改动。"):
        build(root, site, Path(sys.executable), environment.variables(ROOT))


def test_a_system_that_cannot_exchange_two_folders_in_one_step(root: Path, site: Path) -> None:
    set_version(root, "乙")
    unable = "from disclosure.workshop import exchange; exchange._swapped = lambda one, other: False"
    code, _ = finish(start(root, site, unable))
    assert code == 0
    assert "版本乙" in (site / "index.html").read_text(encoding="utf-8")
    assert [path for path in root.glob(".site-*") if path.is_dir()] == []


def test_a_mistake_of_ours_keeps_its_traceback_and_says_what_became_of_the_site(root: Path, site: Path) -> None:
    (root / "hook.py").write_text("def on_post_build(config): raise ValueError('x')\n", encoding="utf-8")
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("hooks: [hook.py]\n")
    code, said = finish(start(root, site))
    assert (code, said.splitlines()[-1]) == (1, f"网站没有生成：原因见上。{UNTOUCHED}")
    assert "ValueError: x" in said


def test_a_killed_generator_is_told_as_such(root: Path) -> None:
    (root / "hook.py").write_text("import os\ndef on_files(files, config): os.kill(os.getpid(), 9)\n", encoding="utf-8")
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("hooks: [hook.py]\n")
    code, said = finish(start(root, root / "site"))
    assert code == 1
    assert "生成网站的进程被系统结束（信号 9），可能是内存不足。" in said


def test_the_command_ends_in_one_sentence_and_a_code(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build_module, "ROOT", root)
    monkeypatch.setattr(environment, "ensure", lambda _: Path(sys.executable))
    (root / "file").touch()
    assert main(["--site-dir", str(root / "file" / "site")]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"网站没有生成：写不了或读不了“{root / 'file'}”：这里已经有别的文件。请换一个位置。{UNTOUCHED}"
    ]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "x", "a.html"), OSError(errno.EIO, "x"), MemoryError()])
def test_what_the_system_refuses_a_command_is_no_traceback(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise error

    assert run_command(fail) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.endswith("。\n")


def test_an_error_that_nobody_thought_of_is_told_as_the_system_tells_it() -> None:
    assert faults.sentence(OSError(errno.ELOOP, "Too many links", "a", None, "b")) == (
        "写不了或读不了“b”：系统报告 Too many links。"
    )


# The environment


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\0", b"requirements.lock 12", b"x" * 100_000])
def test_a_broken_stamp_of_the_environment_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "stamp").write_bytes(content)
    assert not environment._holds(tmp_path / "stamp", ["requirements.lock 1234"])  # noqa: SLF001 - the smallest part that reads it


@pytest.mark.parametrize("content", [b"", b"\x7fELF\2\1\1", b"#!/nowhere\n"])
def test_half_a_python_does_not_run(tmp_path: Path, content: bytes) -> None:
    python = tmp_path / "python"
    python.write_bytes(content)
    python.chmod(0o755)
    assert not environment._runs(python)  # noqa: SLF001 - the smallest part that starts it


@pytest.mark.parametrize(("code", "made_times"), [("exit 3", 1), ("kill -9 $$", 2)])
def test_an_environment_whose_installation_was_killed_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, made_times: int
) -> None:
    """Pip may have left half a package that looks whole to the next one."""
    made: list[Path] = []

    def create(venv: Path) -> None:
        made.append(venv)
        shutil.rmtree(venv, ignore_errors=True)
        (venv / "bin").mkdir(parents=True)
        python = venv / "bin" / "python"
        python.write_text(f'#!/bin/sh\ncase "$*" in *pip*) {code};; esac\n', encoding="utf-8")
        python.chmod(0o755)

    monkeypatch.setattr(environment, "_create", create)
    (tmp_path / "requirements.lock").write_text("x", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(environment.EnvironmentUnusableError, match="依赖没有装好"):
            environment.ensure(tmp_path)
    assert len(made) == made_times
