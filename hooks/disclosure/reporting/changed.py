"""What changed below ``reports/`` since a revision of the project, as git tells it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from disclosure.render.text import in_one_line
from disclosure.reporting.selection import Selection, UsageError
from disclosure.sources import REPORTS

_NAMES: Final = ("--name-only", "-z", "--no-renames", "--relative", "--no-ext-diff")
"""Names as they are, each ended by a zero byte; a file that moved is told at both places."""
_COMPLETE: Final = (
    "这里的历史不完整（浅克隆）。请取回完整的历史再查：git fetch --unshallow；在 GitHub Actions 里，"
    "给 actions/checkout 写上 fetch-depth: 0。"
)


def changed_since(root: Path, revision: str) -> Selection:
    """The files that differ from where the history parted from ``revision``: committed, not committed, deleted, new.

    Raises:
        UsageError: git is missing, ``root`` is not in its care, or the revision is not known to it.
    """
    git = _Git(root)
    commit = git.commit(revision)
    places = (
        ("diff", *_NAMES, git.parting(commit, revision), "HEAD", "--", REPORTS),
        ("diff", *_NAMES, "HEAD", "--", REPORTS),
        ("ls-files", "--others", "--exclude-standard", "-z", "--", REPORTS),
    )
    return Selection(frozenset(name for place in places for name in git.names(*place)))


class _Git:
    """Git in the folder of the project."""

    def __init__(self, root: Path) -> None:
        self._root = root
        if self._run("rev-parse", "--git-dir").returncode != 0:
            raise UsageError("这个文件夹不在 git 的管理之下，没有可以比较的历史。请不带 --changed-since 运行。")

    def commit(self, revision: str) -> str:
        """The commit that a name stands for. A name that looks like an option is still a name."""
        found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found.returncode != 0 or "\0" in revision:
            remedy = _COMPLETE if self._is_shallow() else "请检查写法，例如 origin/main、v1.2 或者提交的编号。"
            raise UsageError(f"git 不认识“{in_one_line(revision)}”这个版本。{remedy}")
        return found.stdout.decode("ascii").strip()

    def parting(self, commit: str, revision: str) -> str:
        """The newest commit that both the present state and ``commit`` come from."""
        found = self._run("merge-base", commit, "HEAD")
        if found.returncode != 0:
            remedy = _COMPLETE if self._is_shallow() else "请换一个版本。"
            raise UsageError(f"现在的版本和“{in_one_line(revision)}”没有共同的历史，比不出改了什么。{remedy}")
        return found.stdout.decode("ascii").split()[0]

    def names(self, *arguments: str) -> Iterator[str]:
        """The names that a command lists."""
        listed = self._run(*arguments)
        if listed.returncode != 0:
            reason = in_one_line(listed.stderr.decode("utf-8", "replace"))
            raise UsageError(f"git 列不出改动的文件：{reason}")
        return (os.fsdecode(name) for name in listed.stdout.split(b"\0") if name)

    def _is_shallow(self) -> bool:
        return self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = ["git", "-C", str(self._root), *(argument.replace("\0", "") for argument in arguments)]
        try:
            return subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell, and names stay names
        except OSError as error:
            raise UsageError(
                "这台机器上没有 git，比不出改了什么。请安装 git，或者不带 --changed-since 运行。"
            ) from error
