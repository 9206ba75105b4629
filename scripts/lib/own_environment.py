"""Let the Python commands beside this folder run under any Python: the project's own environment does the work."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_PYTHONS = (ROOT / ".venv" / "bin" / "python", ROOT / ".venv" / "Scripts" / "python.exe")


def use_own_environment() -> None:
    """Make ``disclosure`` importable; where its libraries are missing, start this command again in ``.venv``.

    Exits with a Chinese sentence where there is no environment yet.
    """
    sys.path.insert(0, str(ROOT / "hooks"))
    if importlib.util.find_spec("rapidfuzz") is not None:
        return
    own = next((python for python in _PYTHONS if python.exists()), None)
    if own is None:
        sys.exit("还没有安装所需的程序库。请先在项目文件夹里运行 scripts/build，再试一次。")
    sys.exit(subprocess.run([own, *sys.argv], check=False).returncode)  # noqa: S603 - our own interpreter, the user's words
