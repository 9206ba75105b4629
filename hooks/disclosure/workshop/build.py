"""Build the site beside the old one and put it in place only when it is whole.

The public never sees half a site: the new one is made in a folder of its own, and two renames exchange them.
Whatever goes wrong before leaves the old site as it was; whatever a killed build leaves behind, the next one clears.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from disclosure.errors import DisclosureError
from disclosure.settings import DATA_DATE, PREVIOUS_RELEASE
from disclosure.workshop import ROOT, environment, run_command
from disclosure.workshop.exclusive import exclusive


class BuildFailedError(DisclosureError):
    """No new site was made; the old one is untouched."""


def build(root: Path, site: Path, python: Path, variables: Mapping[str, str]) -> None:
    """Build the project at ``root`` with ``python`` and put the result at ``site``.

    ``variables`` are the environment variables of the build. A second build of the same ``site`` waits.

    Raises:
        BuildFailedError: the build failed, or ``site`` holds something else than a site; ``site`` is as it was.
    """
    _refuse_foreign(root, site)
    with exclusive(_sibling(site, "lock"), "生成网站") as lock:
        _clear(site)
        new = _sibling(site, "new")
        try:
            _run_mkdocs(root, new, python, variables, lock)
            _exchange(new, site)
        finally:
            _clear(site)


def _refuse_foreign(root: Path, site: Path) -> None:
    """A build replaces the whole folder: never one that holds anything but a site."""
    foreign = site.is_dir() and any(site.iterdir()) and not (site / "sitemap.xml").exists()
    if root.is_relative_to(site) or foreign or site.is_file():
        raise BuildFailedError(f"{site} 里有别的文件，不能当作网站目录。请用 --site-dir 指定空目录或原有的网站目录。")


def _sibling(site: Path, purpose: str) -> Path:
    """A path on the same file system as ``site``, so that a rename is enough."""
    return site.with_name(f".{site.name}-{purpose}")


def _clear(site: Path) -> None:
    """Remove what an unfinished build left; call it under the lock, when no build can be alive."""
    old = _sibling(site, "old")
    if old.exists() and not site.exists():
        old.rename(site)  # killed between the two renames
    for leftover in (old, _sibling(site, "new")):
        shutil.rmtree(leftover, ignore_errors=True)


def _run_mkdocs(root: Path, new: Path, python: Path, variables: Mapping[str, str], lock: int) -> None:
    # Never with --quiet: it would silence --strict too.
    mkdocs = [str(python), "-m", "mkdocs", "build", "--strict"]
    paths = ["--config-file", str(root / "mkdocs.yml"), "--site-dir", str(new)]
    # The child inherits the lock: if we are killed, it keeps other builds waiting until it has ended too.
    finished = subprocess.run([*mkdocs, *paths], cwd=root, env=variables, pass_fds=(lock,), check=False)
    if finished.returncode != 0 or not (new / "index.html").exists():
        raise BuildFailedError("网站没有生成：原因见上。原有的网站未作任何改动。")


def _exchange(new: Path, site: Path) -> None:
    """Put ``new`` in the place of ``site``; the old one is removed by ``_clear``."""
    if site.exists():
        site.rename(_sibling(site, "old"))
    new.rename(site)


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/build", description="准备运行环境，生成网站。新网站完整之前，旧网站不动。"
    )
    parser.add_argument("--site-dir", type=Path, default=ROOT / "site", help="网站放在哪里（默认 site）")
    parser.add_argument(
        "--previous", type=Path, metavar="PATH",
        help="上一次发布的 data/v1 文件夹或它的 zip 压缩包：据此写明这次改了什么（第一次发布不用）",
    )  # fmt: skip
    return parser.parse_args(argv)


def _build_and_report(site: Path, previous: Path | None) -> None:
    python = environment.ensure(ROOT)
    start = time.monotonic()
    build(ROOT, site, python, environment.variables(ROOT) | release_variables(previous))
    print(f"网站已生成：{site}（用时 {time.monotonic() - start:.1f} 秒）")
    print(f"查看：python3 -m http.server --directory '{site}' 8000，然后打开 http://localhost:8000/")


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
    site = arguments.site_dir.resolve()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends us, MkDocs ends and its folder goes
    return run_command(lambda: _build_and_report(site, arguments.previous))


if __name__ == "__main__":
    sys.exit(main())
