"""What the system refused, as one Chinese sentence: a full disk is told as a full disk, not as a traceback."""

from __future__ import annotations

import errno
import os
from typing import Final

_AGAIN: Final = "后重新运行"
_REASONS: Final = {
    errno.ENOSPC: f"磁盘已满。请腾出空间{_AGAIN}",
    errno.EDQUOT: f"磁盘配额已经用完。请腾出空间{_AGAIN}",
    errno.EFBIG: f"文件超过了系统容许的大小。请放宽限制（ulimit -f）{_AGAIN}",
    errno.EROFS: "所在的磁盘是只读的。请换一个能写入的位置",
    errno.EACCES: "没有权限。请检查文件和文件夹的权限",
    errno.EPERM: "系统不容许。请检查文件和文件夹的权限",
    errno.EMFILE: f"同时打开的文件太多。请放宽限制（ulimit -n）{_AGAIN}",
    errno.ENFILE: f"系统中同时打开的文件太多。请稍{_AGAIN}",
    errno.EAGAIN: f"系统不能再启动进程。请稍{_AGAIN}",
    errno.ENOMEM: f"内存不足。请关闭别的程序{_AGAIN}",
    errno.EIO: "磁盘读写出错。请检查磁盘",
    errno.ENOENT: "没有这个文件或文件夹。请检查路径",
    errno.ENOTDIR: "路径当中有一段不是文件夹。请检查路径",
    errno.EEXIST: "这里已经有别的文件。请换一个位置",
    errno.EISDIR: "这是文件夹，不是文件。请把它移走",
    errno.ENAMETOOLONG: "名称太长。请换一个较短的路径",
    errno.EXDEV: "不在同一个磁盘上。请换一个位置",
}
"""Why a call of the system failed and what to do, without the full stop."""


def sentence(error: OSError | MemoryError) -> str:
    """What happened and what to do, with the file it happened to where that is known.

    >>> sentence(OSError(errno.ENOSPC, "", "site/index.html"))
    '写不了或读不了“site/index.html”：磁盘已满。请腾出空间后重新运行。'
    """
    if isinstance(error, MemoryError):
        return f"{_REASONS[errno.ENOMEM]}。"
    reason = _REASONS.get(error.errno or 0) or f"系统报告 {error.strerror or error}"
    named = error.filename2 or error.filename
    return f"写不了或读不了“{os.fsdecode(named)}”：{reason}。" if isinstance(named, str | bytes) else f"{reason}。"
