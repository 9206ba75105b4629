"""The build: a site is whole or it is not there, and the same files give the same bytes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Site
from disclosure.settings import DATA_DATE, PREVIOUS_RELEASE
from disclosure.workshop import ROOT, environment
from disclosure.workshop.build import BuildFailedError, build, release_variables

PYTHON = Path(sys.executable)
SMALL = """\
site_name: 阳光年报
plugins: []
hooks: [hook.py]
"""


def write_project(root: Path) -> Path:
    """A project of one page, whose hook does what ``hook.py`` says."""
    (root / "docs").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(SMALL, encoding="utf-8")
    (root / "docs" / "index.md").write_text("# 第一版\n", encoding="utf-8")
    (root / "hook.py").write_text("", encoding="utf-8")
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """That project; its path has a space and Chinese in it."""
    return write_project(tmp_path / "阳光 年报")


@pytest.fixture(scope="module")
def first_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site, built once for all tests of what becomes of it."""
    return make(write_project(tmp_path_factory.mktemp("first") / "阳光 年报"))


@pytest.fixture
def built(root: Path, first_site: Path) -> Path:
    """The project with its site."""
    shutil.copytree(first_site, root / "site")
    return root


def edit(root: Path, page: str, hook: str = "") -> None:
    (root / "docs" / "index.md").write_text(page, encoding="utf-8")
    (root / "hook.py").write_text(textwrap.dedent(hook), encoding="utf-8")


def make(root: Path, site: Path | None = None) -> Path:
    site = site or root / "site"
    build(root, site, PYTHON, environment.variables(ROOT))
    return site


def home(site: Path) -> str:
    return (site / "index.html").read_text(encoding="utf-8")


def leftovers(root: Path) -> list[str]:
    """Folders of unfinished builds; the lock file stays on purpose."""
    return sorted(path.name for path in root.glob(".site-*") if path.is_dir())


def start(root: Path) -> subprocess.Popen[str]:
    """A build in a process of its own."""
    program = f"""
import sys
from pathlib import Path
from disclosure.workshop import environment
from disclosure.workshop.build import build
root = Path({str(root)!r})
build(root, root / "site", Path(sys.executable), environment.variables(Path({str(ROOT)!r})))
"""
    return subprocess.Popen(
        [PYTHON, "-c", program],
        env=environment.variables(ROOT),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


WAITING = """
    import time
    from pathlib import Path
    here = Path(__file__).parent
    def on_pre_build(config):
        (here / "started").touch()
        while not (here / "go").exists():
            time.sleep(0.01)
"""


def wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    while not path.exists():
        assert process.poll() is None, "the build ended before it was told to"


def test_a_build_makes_the_site_and_leaves_nothing_beside_it(root: Path) -> None:
    assert "第一版" in home(make(root))
    assert leftovers(root) == []


def test_a_new_build_replaces_the_old_site_wholly(root: Path) -> None:
    (root / "docs" / "gone.md").write_text("# 将被删去\n", encoding="utf-8")
    assert (make(root) / "gone" / "index.html").exists()
    (root / "docs" / "gone.md").unlink()
    edit(root, "# 第二版\n")
    site = make(root)
    assert "第二版" in home(site)
    assert not (site / "gone").exists()


FAILURES = {
    "a-broken-link": ("[x](nowhere.md)", ""),
    "an-error-of-the-hook": ("# 第二版", "def on_files(files, config): raise ValueError('x')"),
    "an-error-after-the-pages-were-written": ("# 第二版", "def on_post_build(config): raise ValueError('x')"),
    "a-warning-of-the-hook": (
        "# 第二版",
        "import logging\ndef on_files(files, config): logging.getLogger('mkdocs.hooks.x').warning('x')",
    ),
    "a-killed-mkdocs": ("# 第二版", "import os\ndef on_post_build(config): os.kill(os.getpid(), 9)"),
}


@pytest.mark.parametrize(("page", "hook"), FAILURES.values(), ids=FAILURES.keys())
def test_a_failed_build_leaves_the_old_site(built: Path, page: str, hook: str) -> None:
    edit(built, page, hook)
    with pytest.raises(BuildFailedError, match="原有的网站未作任何改动"):
        make(built)
    assert "第一版" in home(built / "site")
    assert leftovers(built) == []


def test_a_failed_first_build_leaves_no_site(root: Path) -> None:
    edit(root, "[x](nowhere.md)")
    with pytest.raises(BuildFailedError):
        make(root)
    assert not (root / "site").exists()


def test_what_a_killed_build_left_is_cleared_by_the_next(built: Path) -> None:
    (built / ".site-new" / "half").mkdir(parents=True)
    (built / ".site-old").mkdir()
    edit(built, "# 第二版\n")
    assert "第二版" in home(make(built))
    assert leftovers(built) == []


def test_a_build_killed_between_the_two_renames_loses_nothing(built: Path) -> None:
    (built / "site").rename(built / ".site-old")
    edit(built, "[x](nowhere.md)")
    with pytest.raises(BuildFailedError):
        make(built)
    assert "第一版" in home(built / "site")


def test_the_second_of_two_builds_waits_for_the_first(root: Path) -> None:
    edit(root, "# 第一个\n", WAITING)
    first = start(root)
    wait_for(root / "started", first)
    edit(root, "# 第二个\n")
    second = start(root)
    assert second.stdout is not None
    assert second.stdout.readline() == f"另一个进程（{first.pid}）正在生成网站，等它结束……\n"
    (root / "go").touch()
    assert [first.wait(), second.wait()] == [0, 0]
    second.stdout.close()
    first.communicate()
    assert "第二个" in home(root / "site")
    assert leftovers(root) == []


def test_after_a_kill_the_next_build_waits_until_mkdocs_has_ended_too(root: Path) -> None:
    """MkDocs outlives its killed parent and goes on writing: it keeps the lock, so nobody clears under its hands."""
    edit(root, "# 被杀的\n", WAITING)
    first = start(root)
    wait_for(root / "started", first)
    first.kill()
    first.wait()
    edit(root, "# 下一个\n")
    second = start(root)
    assert second.stdout is not None
    assert "正在生成网站，等它结束" in second.stdout.readline()
    (root / "go").touch()
    second.communicate()
    first.communicate()
    assert second.returncode == 0
    assert "下一个" in home(root / "site")
    assert leftovers(root) == []


@pytest.mark.parametrize("place", ["", "..", "docs", "mkdocs.yml"])
def test_a_folder_that_holds_something_else_is_never_replaced(root: Path, place: str) -> None:
    before = sorted(root.rglob("*"))
    with pytest.raises(BuildFailedError, match="不能当作网站目录"):
        make(root, (root / place).resolve())
    assert sorted(root.rglob("*")) == before


def digests(site: Path) -> dict[str, str]:
    files = (path for path in sorted(site.rglob("*")) if path.is_file())
    return {str(path.relative_to(site)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def copy_project(to: Path) -> Path:
    """What a site is made from, and nothing else: no repository, no environment, no caches."""
    to.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", to)
    for folder in ("docs", "hooks", "reports"):
        shutil.copytree(ROOT / folder, to / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return to


# SOURCE_DATE_EPOCH is what MkDocs takes for the clock: there it is 2033. Nobody's own surroundings are like these.
ELSEWHERE = {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "2000000000"}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The project's site, built from a copy in another folder and another surrounding."""
    root = copy_project(tmp_path_factory.mktemp("别处") / "阳光 年报")
    build(root, root / "site", PYTHON, environment.variables(root) | ELSEWHERE)
    yield root / "site"
    shutil.rmtree(root)


def test_the_same_files_give_the_same_bytes(built_site: Site, elsewhere: Path) -> None:
    """Built where the project stands, now, in whatever surroundings; and elsewhere."""
    first, second = digests(built_site.folder), digests(elsewhere)
    assert first.keys() == second.keys()
    assert {name for name, digest in first.items() if second[name] != digest} == set()


def test_no_file_of_the_site_names_the_folder_it_was_built_in(elsewhere: Path) -> None:
    folder = os.fsencode(elsewhere.parent)
    assert [path for path in elsewhere.rglob("*") if path.is_file() and folder in path.read_bytes()] == []


def test_the_date_of_the_data_is_that_of_the_last_commit_that_touched_reports_or_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(DATA_DATE, raising=False)
    monkeypatch.setattr("disclosure.workshop.build.ROOT", tmp_path)
    _commit(tmp_path, "reports/a.txt", "2026-03-01T23:59:59+08:00")
    _commit(tmp_path, "docs/a.md", "2026-04-01T12:00:00+08:00")
    assert release_variables(None) == {DATA_DATE: "2026-03-01"}
    _commit(tmp_path, "hooks/disclosure/a.py", "2026-05-01T12:00:00+08:00")
    assert release_variables(None) == {DATA_DATE: "2026-05-01"}


def test_a_date_that_is_given_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_DATE, "2020-02-02")
    assert release_variables(None) == {DATA_DATE: "2020-02-02"}


def test_outside_a_repository_the_date_is_left_to_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATA_DATE, raising=False)
    monkeypatch.setattr("disclosure.workshop.build.ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert release_variables(None) == {}


def test_the_release_before_is_told_by_its_whole_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_DATE, "2020-02-02")
    assert release_variables(Path("old/data/v1"))[PREVIOUS_RELEASE] == str(Path.cwd() / "old/data/v1")


def _commit(root: Path, name: str, when: str) -> None:
    """Commit one more file at this time, in a repository that is made if there is none."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(name, encoding="utf-8")
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
    when_ = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", name]):
        subprocess.run(["git", "-C", str(root), *command], env={**os.environ, **who, **when_}, check=True)
