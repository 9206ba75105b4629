"""Read files of the old Word (.doc) and RTF: LibreOffice, if it is installed, makes new ones of them."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from disclosure.errors import DisclosureError
from disclosure.model import Note
from disclosure.read.archive import damaged
from disclosure.read.document import Document
from disclosure.read.word import read_word

if sys.platform == "linux":
    import resource

CONVERTER = "DISCLOSURE_SOFFICE"
"""Environment variable with the path of LibreOffice, where it is not on the search path."""
SECONDS = 60
"""Time that one conversion may take; one takes about two seconds."""
_NAMES = ("soffice", "libreoffice")
_TEXT_STREAM = "WordDocument".encode("utf-16-le")
"""The stream of a compound file that holds the text. LibreOffice would read other files as text of a kind."""
_LARGEST = 64 * 1024 * 1024
_MEMORY = 500 * 1024 * 1024
_RTF = b"{\\rtf"
_LEAST_ROOM = 4 * 1024 * 1024
"""Bytes that have to be left where a conversion works; with less, that it made nothing says nothing about the file."""
_OURS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN}
"""What the system refuses whatever the file is."""
_MISSING = (
    "旧式 Word 文件（.doc）要先用 LibreOffice 转换，本机没有安装，没有读取。"
    "请安装 LibreOffice，或者用 Word 或 WPS 打开，另存为 .docx。"
)
_TOO_SLOW = "LibreOffice 没有在 {} 秒内完成转换，没有读取。请用 Word 或 WPS 打开，另存为 .docx。"
_NO_ROOM = "转换旧式 Word 文件时，临时文件夹写不进去，没有继续。请腾出空间，或用环境变量 TMPDIR 换一个文件夹"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{}</oor:items>
"""
_SAFE = (
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""Settings of the profile that a conversion runs with: no macros, no links followed, no way to the network."""


class _ConversionError(Exception):
    """No new file came of it; the message is a Chinese sentence, empty where the old file is at fault."""


class NoRoomError(DisclosureError):
    """A conversion cannot work here: nobody may take that for a fault of the file at hand."""


def read_old_word(content: bytes) -> Document:
    """The same as ``read_word`` gives of the new file that LibreOffice makes of this one, or a note.

    Raises:
        NoRoomError: the folder for temporary files is full or cannot be written to, or no process can be started.
    """
    if not content.startswith(_RTF) and _TEXT_STREAM not in content:
        return damaged("文件里没有 Word 正文，可能不完整。")
    program = find_converter()
    if program is None:
        return _not_converted(_MISSING)
    try:
        return read_word(_convert(program, content))
    except _ConversionError as error:
        return _not_converted(str(error)) if str(error) else damaged("文件损坏或设有密码，LibreOffice 打不开。")
    except OSError as error:
        if error.errno in _OURS:
            raise NoRoomError(f"{_NO_ROOM}（{error.strerror}）。") from error
        return _not_converted("LibreOffice 没能启动，没有读取。请检查安装，或者用 Word 或 WPS 打开，另存为 .docx。")


def find_converter() -> Path | None:
    """Where LibreOffice is, by the environment or on the search path; None where it is not installed."""
    named = os.environ.get(CONVERTER)
    if named is not None:
        return Path(named).absolute() if named and Path(named).is_file() else None
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return None if found is None else Path(found)


def _not_converted(message: str) -> Document:
    return Document((), (Note("converter-missing", None, message),))


def _convert(program: Path, content: bytes) -> bytes:
    """The new file, made in a folder and with a profile that are thrown away.

    Raises:
        OSError: the program does not start.
        NoRoomError: there was no room for what it makes.
        _ConversionError: it took too long, or made nothing, or too much.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / ("report.rtf" if content.startswith(_RTF) else "report.doc")
        source.write_bytes(content)
        _run(_command(program, folder, source), folder)
        made = folder / "made" / "report.docx"
        if not made.is_file() or made.stat().st_size > _LARGEST:
            if shutil.disk_usage(folder).free < _LEAST_ROOM:
                raise NoRoomError(f"{_NO_ROOM}。")
            raise _ConversionError
        return made.read_bytes()


def _command(program: Path, folder: Path, source: Path) -> list[str]:
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    items = (
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SAFE
    )
    settings.write_text(_SETTINGS.format("".join(items)), encoding="utf-8")
    return [
        str(program),
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "made"), str(source)),
    ]


def _run(command: list[str], folder: Path) -> None:
    """Run the conversion to its end, or end it with everything it started."""
    process = subprocess.Popen(  # noqa: S603 - LibreOffice as installed, with arguments that we write ourselves
        command,
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _bound(process)
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise _ConversionError(_TOO_SLOW.format(SECONDS)) from error
    finally:
        _end(process)


def _bound(process: subprocess.Popen[bytes]) -> None:
    """Let it and what it starts take no more memory and write no larger files, where the system can tell it so."""
    if sys.platform == "linux":
        with suppress(OSError):
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (_LARGEST, _LARGEST))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: the program on the search path is a script that starts the real one."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
