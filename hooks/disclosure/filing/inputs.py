"""Which files are meant by the paths on a command line."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from disclosure.offices import FILE_NAME
from disclosure.read import MAX_BYTES
from disclosure.sources import is_left_behind

_SEPARATOR = re.compile(r"[/\\]")


@dataclass(frozen=True, slots=True)
class Input:
    """One path. ``folders`` are the names of the folders above it, as far as they were given or walked.

    ``problem`` is a Chinese sentence where it is no file that can be read.
    """

    path: Path
    folders: tuple[str, ...]
    problem: str = ""


def gather(given: Iterable[Path]) -> Iterator[Input]:
    """Every file given, and every file in the folders given, in a fixed order and each once. Never raises."""
    seen: set[str] = set()
    for path in given:
        for one in _of(path):
            key = os.path.abspath(one.path)  # noqa: PTH100 - links are not to be followed
            if key not in seen:
                seen.add(key)
                yield one


def _of(path: Path) -> Iterator[Input]:
    if path.is_dir() and not path.is_symlink():
        yield from _inside(path)
    else:
        yield _judged(path)


def _inside(folder: Path) -> Iterator[Input]:
    """The files below a folder. What systems leave behind is passed over; links are named, not followed."""
    pending = [folder]
    while pending:
        path = pending.pop()
        if path.is_symlink() or not path.is_dir():
            yield _judged(path)
            continue
        try:
            names = sorted(os.listdir(path), reverse=True)  # noqa: PTH208 - the names alone
        except OSError:
            yield Input(path, _folders(path), "打不开这个文件夹。请检查权限。")
            continue
        pending += [path / name for name in names if not is_left_behind(name) and name != FILE_NAME]


def _judged(path: Path) -> Input:
    return Input(path, _folders(path.parent), _problem(path))


def _folders(folder: Path) -> tuple[str, ...]:
    """The names along a path as it was typed, with either separator: people paste paths of other systems."""
    return tuple(part for part in _SEPARATOR.split(str(folder)) if part not in {"", ".", ".."})


def _problem(path: Path) -> str:
    """Why a path is no file that can be read; empty where it is one."""
    try:
        status = path.lstat()
    except (OSError, ValueError):
        return "找不到这个文件。请检查路径有没有写错。"
    if stat.S_ISLNK(status.st_mode):
        return "这是一个链接，不是文件。请给出文件本身。"
    if not stat.S_ISREG(status.st_mode):
        return "这不是普通的文件。请给出报告文件本身。"
    if status.st_size > MAX_BYTES:
        return f"文件超过 {MAX_BYTES // 1024 // 1024} MB，没有读取。请只保留年度报告正文，去掉大幅图片。"
    return ""
