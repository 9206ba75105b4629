"""Build the site beside the old one and put it in place only when it is whole.

The public never sees half a site: the new one is made in a folder of its own, and one step exchanges them.
Whatever goes wrong before leaves the old site as it was; whatever a killed build leaves behind, the next one clears.
What can go wrong, and what was tried: ``docs/contributing/decisions/0021-threats-and-faults.md``.
"""

from __future__ import annotations

import argparse
import glob
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from disclosure.errors import DisclosureError
from disclosure.settings import DATA_DATE, KEEP_IN, ONLY, PREVIOUS_RELEASE
from disclosure.workshop import ROOT, environment, faults, run_command
from disclosure.workshop.exchange import exchange
from disclosure.workshop.exclusive import exclusive

PARTS_FOLDER: Final = "parts"
"""The folder of the project in which parts are built."""
_UNTOUCHED = "原有的网站未作任何改动。"


class BuildFailedError(DisclosureError):
    """No new site was made; the old one is untouched."""


def build(root: Path, site: Path, python: Path, variables: Mapping[str, str]) -> None:
    """Build the project at ``root`` with ``python`` and put the result at ``site``.

    ``variables`` are the environment variables of the build. A second build of the same ``site`` waits.

    Raises:
        BuildFailedError: the build failed, or ``site`` holds something else than a site; ``site`` is as it was.
    """
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        _refuse_foreign(root, site)
        with exclusive(_sibling(site, "lock"), "生成网站") as lock:
            if _recover(site):
                print("上一次生成没有完成，它留下的文件已经清除。", flush=True)
            # Under a name of its own: what a killed build started may still be writing into that of its own.
            new = _sibling(site, f"new-{secrets.token_hex(4)}")
            try:
                _run_mkdocs(root, new, python, variables, lock)
                exchange(new, site, _sibling(site, "old"))
            finally:
                _clear(site)
    except OSError as error:
        raise BuildFailedError(f"网站没有生成：{faults.sentence(error)}{_UNTOUCHED}") from error


def _refuse_foreign(root: Path, site: Path) -> None:
    """A build replaces the whole folder: never one that holds anything but a site."""
    foreign = site.is_dir() and any(site.iterdir()) and not (site / "sitemap.xml").exists()
    if root.is_relative_to(site) or foreign or site.is_file():
        raise BuildFailedError(f"{site} 里有别的文件，不能当作网站目录。请用 --site-dir 指定空目录或原有的网站目录。")


def _sibling(site: Path, purpose: str) -> Path:
    """A path on the same file system as ``site``, so that a rename is enough."""
    return site.with_name(f".{site.name}-{purpose}")


def _recover(site: Path) -> bool:
    """Bring back a site that a build, killed between two renames, put aside, and remove what builds left.

    Returns whether there was anything of the kind.

    Raises:
        OSError: something of it cannot be removed: it must not become part of a new site.
    """
    found = _bring_back(site)
    for leftover in _leftovers(site):
        _remove(leftover)
        found = True
    return found


def _clear(site: Path) -> None:
    """The same after a build, whose outcome does not depend on it."""
    with suppress(OSError):
        _recover(site)


def _bring_back(site: Path) -> bool:
    old = _sibling(site, "old")
    if not old.exists() or site.exists():
        return False
    old.rename(site)
    return True


def _leftovers(site: Path) -> list[Path]:
    return [one for kind in ("old", "new*") for one in site.parent.glob(f".{glob.escape(site.name)}-{kind}")]


def _remove(path: Path) -> None:
    """Remove a folder, or whatever else has its name, without following a link."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def generator(root: Path, site: Path, python: Path) -> list[str]:
    """The command that makes a site of the project at ``root``, and puts it at ``site`` while it does."""
    # Never with --quiet: it would silence --strict too.
    mkdocs = [str(python), "-m", "disclosure.workshop.generate", "build", "--strict"]
    return [*mkdocs, "--config-file", str(root / "mkdocs.yml"), "--site-dir", str(site)]


def _run_mkdocs(root: Path, new: Path, python: Path, variables: Mapping[str, str], lock: int) -> None:
    # The child inherits the lock: if we are killed, it keeps other builds waiting until it has ended too.
    command = generator(root, new, python)
    finished = subprocess.run(command, cwd=root, env=variables, pass_fds=(lock,), check=False)
    if finished.returncode < 0:
        why = f"生成网站的进程被系统结束（信号 {-finished.returncode}），可能是内存不足。请关闭别的程序后重新运行。"
        raise BuildFailedError(f"网站没有生成：{why}{_UNTOUCHED}")
    if finished.returncode != 0 or not (new / "index.html").exists():
        raise BuildFailedError(f"网站没有生成：原因见上。{_UNTOUCHED}")


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/build", description="准备运行环境，生成网站。新网站完整之前，旧网站不动。"
    )
    add_arguments(parser, "网站放在哪里（默认 site；用 --only 时是分部文件夹里的 site）")
    apart = parser.add_mutually_exclusive_group()
    apart.add_argument(
        "--only", default="", metavar="地区",
        help="只生成一个地区（reports/ 下的文件夹，如 河南省），放进 parts/地区：网站和供 scripts/assemble 用的分部",
    )  # fmt: skip
    apart.add_argument(
        "--cluster", metavar="ADDRESS",
        help="先让集群（dask 的调度进程，如 tcp://10.0.0.5:8786）分地区生成，再在本机合成",
    )  # fmt: skip
    return parser.parse_args(argv)


def add_arguments(parser: argparse.ArgumentParser, where: str) -> None:
    """The arguments of every command that makes a site."""
    parser.add_argument("--site-dir", type=Path, help=where)
    parser.add_argument(
        "--previous", type=Path, metavar="PATH",
        help="上一次发布的 data/v1 文件夹或它的 zip 压缩包：据此写明这次改了什么（第一次发布不用）",
    )  # fmt: skip


def part_of(root: Path, only: str) -> Path:
    """The folder of the part of a region: what its build keeps, and its site."""
    return root / PARTS_FOLDER / only.strip("/").replace("/", "-")


def build_and_report(site: Path, previous: Path | None, told: dict[str, str]) -> None:
    """Build the project and say where its site is; ``told`` are further variables of the build."""
    python = environment.ensure(ROOT)
    start = time.monotonic()
    build(ROOT, site, python, environment.variables(ROOT) | release_variables(previous) | told)
    print(f"网站已生成：{site}（用时 {time.monotonic() - start:.1f} 秒）")
    print(f"查看：python3 -m http.server --directory '{site}' 8000，然后打开 http://localhost:8000/")


def _build(arguments: argparse.Namespace) -> None:
    """Build everything, or a part."""
    only: str = arguments.only
    if arguments.cluster:
        _ask_cluster(arguments.cluster)
    part = part_of(ROOT, only)
    told = {ONLY: only, KEEP_IN: str(part)} if only else {}
    site = arguments.site_dir or (part if only else ROOT) / "site"
    build_and_report(site.resolve(), arguments.previous, told)
    if only:
        print(f"这是“{only}”的分部：{part}。各地的分部都生成以后，用 scripts/assemble 合成全站。")


def _ask_cluster(address: str) -> None:
    """Have regions built elsewhere: what comes back is at hand for the build here."""
    python = environment.ensure(ROOT, environment.CLUSTER)
    told = environment.variables(ROOT) | release_variables(None)
    command = [str(python), "-m", "disclosure.cluster.run", address]
    if subprocess.run(command, cwd=ROOT, env=told, check=False).returncode != 0:
        raise BuildFailedError(f"网站没有生成：原因见上。{_UNTOUCHED}")


def release_variables(previous: Path | None) -> dict[str, str]:
    """What the build is told about the release. A date that is set already is kept; without git there is none."""
    told = {} if previous is None else {PREVIOUS_RELEASE: str(previous.resolve())}
    date = os.environ.get(DATA_DATE) or _last_change(ROOT)
    return told | ({DATA_DATE: date} if date else {})


def _last_change(root: Path) -> str | None:
    """The day of the last commit that touched the reports or how they are read: the same wherever it is built."""
    git = ["git", "-C", str(root), "log", "-1", "--format=%cs", "--", "reports", "hooks/disclosure"]
    try:
        finished = subprocess.run(git, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return finished.stdout.strip() or None


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``scripts/build``; return its exit code."""
    arguments = _parse(argv)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends us, MkDocs ends and its folder goes
    return run_command(lambda: _build(arguments))


if __name__ == "__main__":
    sys.exit(main())
