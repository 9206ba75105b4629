"""Make the site that is to be published: on top of what is published now, with its address, checked."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from disclosure.errors import DisclosureError
from disclosure.workshop import ROOT, environment, run_command
from disclosure.workshop.build import build, release_variables

_SCHEMES = ("https://", "http://")


class ReleaseFailedError(DisclosureError):
    """The site is not fit to be published; what is published stays."""


def release(address: str, site: Path) -> None:
    """Build ``site`` for ``address``, where the last release is fetched from, and check it.

    Raises:
        ReleaseFailedError: the last release cannot be had, or the new site has broken links.
        BuildFailedError: the build failed.
    """
    if not address.startswith(_SCHEMES):
        raise ReleaseFailedError(f"“{address}”不是网址。请写网站首页的网址，以 https:// 开头。")
    address = f"{address.rstrip('/')}/"
    python = environment.ensure(ROOT)
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        previous = Path(folder) / "v1"
        _run(python, "没有取到上一次发布", "fetch_release.py", address, str(previous))
        told = release_variables(previous if previous.is_dir() else None)
        build(ROOT, site, python, environment.variables(ROOT) | told | {"SITE_URL": address})
    _run(python, "网站里有断了的链接", "check_site.py", str(site), "--address", address)
    print(f"可以发布：{site}")


def _run(python: Path, failure: str, script: str, *arguments: str) -> None:
    command = [str(python), str(ROOT / "scripts" / script), *arguments]
    if subprocess.run(command, cwd=ROOT, env=environment.variables(ROOT), check=False).returncode:
        raise ReleaseFailedError(f"{failure}：原因见上。没有可以发布的新网站，已发布的不受影响。")


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``scripts/release``; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="scripts/release",
        description="生成要发布的网站：先取回上一次发布的数据，以便写明这次改了什么，再生成并检查链接。不上传任何东西。",
    )
    parser.add_argument("address", metavar="URL", help="网站首页的网址，如 https://example.org/nianbao/")
    parser.add_argument("--site-dir", type=Path, default=ROOT / "site", help="网站放在哪里（默认 site）")
    arguments = parser.parse_args(argv)
    return run_command(lambda: release(arguments.address, arguments.site_dir.resolve()))


if __name__ == "__main__":
    sys.exit(main())
