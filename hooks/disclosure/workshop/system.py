"""Programs of the system that tests use: found or, where that is allowed, installed from Debian's packages."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

TOOLS = ("curl", "jq")
"""What the examples on the page of the data are run with."""


def provide_tools() -> None:
    """Install those that are missing, where we may; tests that need one are skipped without it."""
    missing = [name for name in TOOLS if shutil.which(name) is None]
    if missing and may_install():
        install("、".join(missing), missing)


def may_install() -> bool:
    """Whether this is a Debian on which we are root."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(what: str, packages: Sequence[str]) -> None:
    """Install packages, saying in Chinese that ``what`` is being installed."""
    print(f"正在安装测试所需的 {what} ……", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", "-qq", *arguments], env=quiet, stdout=subprocess.DEVNULL, check=False)
