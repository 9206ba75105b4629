"""Names that another system cannot hold: a repository that cannot be checked out everywhere is misfiled.

Sources: Microsoft, “Naming Files, Paths, and Namespaces” (characters, device names, ends, 260 characters of a path);
``core.precomposeUnicode`` in Git's documentation, for what becomes of decomposed names on macOS.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Final

LONGEST_NAME: Final = 255
"""Bytes of UTF-8 that one name may have on Linux."""
LONGEST_PATH: Final = 200
"""Characters of a path from the repository on. Windows takes 260 with the folder that the repository lies in."""

_FORBIDDEN: Final = re.compile(r'[<>:"|?*\\]')
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(?:\..*)?", re.IGNORECASE)
"""What Windows takes for a device, whatever follows its first point."""


def unportable(path: PurePosixPath) -> Iterator[str]:
    """What is wrong with the last name of ``path``, relative to the repository: a Chinese sentence for each thing."""
    name = path.name
    if found := _FORBIDDEN.search(name):
        yield f"名称里有“{found.group()}”，Windows 不容许，别人取不出这个仓库。请改名。"
    if _DEVICE.fullmatch(name):
        yield f"“{name}”在 Windows 上是设备的名称，别人取不出这个仓库。请改名。"
    if name.endswith((" ", ".")):
        yield "名称以空格或点结尾，Windows 会把它去掉，别人取不出这个仓库。请改名。"
    if name != unicodedata.normalize("NFC", name):
        yield "名称里的字符是分解写法（NFD），在不同系统上会成为两个名称。请重新输入名称。"
    if (length := len(name.encode(errors="surrogateescape"))) > LONGEST_NAME:
        yield f"名称有 {length} 字节，超过 {LONGEST_NAME} 字节，Linux 存不下。请改短。"
    if (length := len(str(path))) > LONGEST_PATH:
        yield f"从 reports 起的路径有 {length} 字，超过 {LONGEST_PATH} 字，Windows 可能取不出。请改短文件夹的名称。"


def clashes(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names in one folder that Windows or macOS take for one: the first of them, and each further one.

    >>> list(clashes(["A镇", "乙镇", "a镇"]))
    [('A镇', 'a镇')]
    """
    first: dict[str, str] = {}
    for name in names:
        kept = first.setdefault(unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()), name)
        if kept != name:
            yield kept, name
