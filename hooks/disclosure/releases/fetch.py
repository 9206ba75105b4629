"""fetch: the last release from where it is published, as far as the next one has to know it.

Every file is held to ``SHA256SUMS``, so that what is compared is what was published, whole.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

from disclosure.errors import DisclosureError
from disclosure.export.publish import SUMS
from disclosure.export.release import DESCRIPTION
from disclosure.releases.files import MOST_BYTES
from disclosure.releases.history import CHANGES_PATTERN, HISTORY
from disclosure.releases.load import NEEDED
from disclosure.render.atom import root_of
from disclosure.render.urls import DATA_FILES

_PATIENCE = 60
"""Seconds without a byte."""
_SUM = re.compile(r"([0-9a-f]{64})  (.+)")
_TABLES = frozenset(f"{table.name}.parquet" for table, _ in NEEDED)
_CHANGES = re.compile(CHANGES_PATTERN)
_NONE_YET = 404
_AGAIN = "请检查网址和网络，再试一次；确实不需要接着上一次发布的，就不用这一步。"


class FetchFailedError(DisclosureError):
    """A release could not be had. The message says from where, and what is wrong with it."""

    def __init__(self, address: str, problem: str) -> None:
        super().__init__(f"没有取到上一次发布（{address}）：{problem}。{_AGAIN}")


def fetch_release(site: str, folder: Path) -> bool:
    """Put what ``site`` (the address of a published site) publishes at ``data/v1`` into ``folder``, which must be new.

    Returns False, and makes no folder, where the site has published no data yet.

    Raises:
        FetchFailedError: the address is not one of the web, a file cannot be had, or it is not the one published.
        OSError: the folder exists, or cannot be written.
    """
    base = f"{root_of(site)}{DATA_FILES}"
    if urlsplit(base).scheme not in {"http", "https"}:
        raise FetchFailedError(base, "网址应以 http:// 或 https:// 开头")
    sums = _file(base, SUMS)
    if sums is None:
        return False
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".release-") as made:
        whole = Path(made) / "v1"
        for name, sha256 in _listed(base, sums):
            content = _file(base, name)
            if content is None or hashlib.sha256(content).hexdigest() != sha256:
                raise FetchFailedError(base, f"{name} 与 {SUMS} 所列的不一致")
            (whole / name).parent.mkdir(parents=True, exist_ok=True)
            (whole / name).write_bytes(content)
        whole.rename(folder)
    return True


def _listed(base: str, sums: bytes) -> Iterator[tuple[str, str]]:
    """The needed files, with their sums."""
    matches = [_SUM.fullmatch(line) for line in sums.decode("utf-8", "replace").splitlines()]
    listed = {match[2]: match[1] for match in matches if match}
    if DESCRIPTION not in listed:
        raise FetchFailedError(base, f"{SUMS} 里没有 {DESCRIPTION}")
    return ((name, sha256) for name, sha256 in sorted(listed.items()) if _is_needed(name))


def _is_needed(name: str) -> bool:
    """Whether ``load`` or ``history`` reads this file. Nothing else is taken: no name can lead out of the folder."""
    return name in {DESCRIPTION, HISTORY} or name in _TABLES or _CHANGES.fullmatch(name) is not None


def _file(base: str, name: str) -> bytes | None:
    """The bytes of one file; None if there is none of that name."""
    try:
        with urllib.request.urlopen(base + quote(name), timeout=_PATIENCE) as answer:  # noqa: S310 - http(s): checked above
            content: bytes = answer.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        if error.code == _NONE_YET:
            return None
        raise FetchFailedError(base, f"{name} 的答复是 {error.code}") from error
    except (OSError, ValueError) as error:
        raise FetchFailedError(base, f"{name} 没有答复") from error
    if len(content) > MOST_BYTES:
        raise FetchFailedError(base, f"{name} 超过 {MOST_BYTES // 1024**2} MB")
    return content
