"""The project's virtual environment: made once, renewed when a lock file changes, otherwise left alone."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from disclosure.errors import DisclosureError
from disclosure.workshop.exclusive import exclusive

RUNTIME = ("requirements.lock",)
CLUSTER = (*RUNTIME, "requirements-cluster.lock")
DEVELOPMENT = (*CLUSTER, "requirements-dev.lock")
"""Lock files, the last of which names everything that those before it name."""

_UNFINISHED = ".installing"
"""In an environment whose installation was killed."""
_RUNS = "import sys; sys.exit(sys.version_info < (3, 11))"


class EnvironmentUnusableError(DisclosureError):
    """The environment could not be made or filled."""


def ensure(root: Path, locks: Sequence[str] = RUNTIME) -> Path:
    """Return the Python of ``root/.venv``, in which everything that ``locks`` names is installed.

    Raises:
        EnvironmentUnusableError: no environment could be made, or a package could not be installed.
    """
    venv = root / ".venv"
    python = venv / "bin" / "python"
    stamp = venv / ".installed"
    wanted = stamp_lines(root, locks)
    with exclusive(root / ".cache" / "environment.lock", "准备运行环境"):
        if not (_runs(python) and _holds(stamp, wanted)):
            # One that runs keeps what it has, unless a killed pip left half a package that looks whole to the next.
            if (venv / _UNFINISHED).exists() or not _runs(python):
                _create(venv)
            stamp.unlink(missing_ok=True)
            _install(python, root / locks[-1])
            _link(venv, root / "hooks")
            stamp.write_text("\n".join(wanted) + "\n", encoding="utf-8")
    return python


def stamp_lines(root: Path, locks: Sequence[str]) -> list[str]:
    """What an environment for ``locks`` is made from: their names and hashes."""
    return [f"{name} {hashlib.sha256((root / name).read_bytes()).hexdigest()}" for name in locks]


def variables(root: Path) -> dict[str, str]:
    """The environment variables for the project's commands: ours, whatever the person's own settings are."""
    return {
        **os.environ,
        "PYTHONPATH": str(root / "hooks"),
        "PYTHONUTF8": "1",
        # Material announces its end of life at every start; decisions/0001 says what we make of it.
        "NO_MKDOCS_2_WARNING": "1",
    }


def _runs(python: Path) -> bool:
    try:
        return subprocess.run([python, "-c", _RUNS], stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:  # there is none, or half of one
        return False


def _holds(stamp: Path, wanted: Sequence[str]) -> bool:
    return stamp.exists() and set(wanted) <= set(stamp.read_text(encoding="utf-8", errors="replace").splitlines())


def _create(venv: Path) -> None:
    print("正在建立运行环境 .venv ……", flush=True)
    if subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=False).returncode != 0:
        raise EnvironmentUnusableError(
            "无法建立运行环境 .venv：上面是 Python 给出的原因。"
            "在 Debian 或 Ubuntu 上，通常先执行 apt-get install python3-venv 即可。"
        )


def _install(python: Path, lock: Path) -> None:
    print(f"正在按 {lock.name} 安装依赖（只在第一次，或依赖有变化时）……", flush=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    mark = python.parents[1] / _UNFINISHED
    mark.touch()
    code = subprocess.run([*pip, "--require-hashes", "--requirement", str(lock)], check=False).returncode
    if code >= 0:  # it ended by itself, and cleaned up
        mark.unlink()
    if code != 0:
        raise EnvironmentUnusableError(
            f"依赖没有装好：上面是 pip 给出的原因。请检查网络后重新运行；{lock.name} 中的散列值不符时请勿绕过。"
        )


def _link(venv: Path, package: Path) -> None:
    """Make what stands in the folder ``package`` importable in the environment, also for worker processes.

    A relative path is all ASCII and moves with the project. The absolute one that an editable installation writes
    keeps Python from starting where the project's path is Chinese and the locale is not UTF-8.
    """
    for libraries in venv.glob("lib/python*/site-packages"):
        (libraries / "disclosure.pth").write_text(f"{os.path.relpath(package, libraries)}\n", encoding="ascii")
