"""Write a proposal below ``reports/``: never over a file that is there, and nothing half-written under its own name."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from disclosure.errors import DisclosureError
from disclosure.filing.propose import Proposal
from disclosure.offices import FILE_NAME


class StoreError(DisclosureError):
    """A report could not be filed; the sentence says why. Nothing of it is left behind."""


def store(proposal: Proposal, root: Path) -> None:
    """Copy the report to its place, after the ``office.yml`` of a new office.

    The description comes first: whoever is interrupted in between leaves an office without a report, which the build
    takes, and not a report without an office, which it refuses.

    Raises:
        StoreError: the file changed since it was read, somebody else took the name, or the system refuses.
    """
    target = root / proposal.file
    content = _unchanged(proposal)
    made = _missing_folders(target.parent, root)
    described = target.parent / FILE_NAME
    ours = False
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if proposal.office_file is not None:
            _create(described, proposal.office_file.encode())
            ours = True
        _create(target, content)
    except FileExistsError as error:  # what stands there is a whole office of somebody else's: nothing to take back
        taken = Path(os.fsdecode(error.filename or target)).name
        raise StoreError(f"{proposal.office.folder} 里刚刚出现了 {taken}，没有覆盖它。请再运行一次。") from error
    except OSError as error:
        _undo(described, made, ours=ours)
        raise StoreError(f"写不进 {proposal.office.folder}。请检查磁盘空间和文件夹的权限。") from error
    except BaseException:
        _undo(described, made, ours=ours and not target.exists())
        raise


def _unchanged(proposal: Proposal) -> bytes:
    """The bytes of the report, which must be those that were looked at."""
    try:
        content = proposal.examined.input.path.read_bytes()
    except OSError as error:
        raise StoreError("归档时打不开这个文件了。请检查它还在不在。") from error
    if hashlib.sha256(content).hexdigest() != proposal.examined.sha256:
        raise StoreError("这个文件刚刚被改动过，没有归档。请再运行一次。")
    return content


def _create(path: Path, content: bytes) -> None:
    """Write a new file whole or not at all.

    Raises:
        FileExistsError: there is one of that name; it stays as it is.
        OSError: the system refuses.
    """
    written = path.with_name(f".{path.name}.{os.getpid()}.tmp")  # what begins with a dot is no report to the build
    written.unlink(missing_ok=True)  # left by a process of the same number that was killed
    try:
        with written.open("xb") as opened:
            opened.write(content)
        try:
            os.link(written, path)
        except FileExistsError as error:
            raise FileExistsError(error.errno, error.strerror, os.fspath(path)) from error
        except OSError:
            _create_without_links(path, content)
    finally:
        written.unlink(missing_ok=True)


def _create_without_links(path: Path, content: bytes) -> None:
    """The same where the file system knows no links."""
    with path.open("xb") as opened:
        try:
            opened.write(content)
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def _missing_folders(folder: Path, root: Path) -> list[Path]:
    """The folders that have to be made, the innermost first."""
    return [one for one in (folder, *folder.parents) if one.is_relative_to(root) and not one.exists()]


def _undo(described: Path, made: list[Path], *, ours: bool) -> None:
    """Take back what was made; folders that somebody else has filled meanwhile stay."""
    if ours and not [path for path in described.parent.iterdir() if path != described]:
        described.unlink(missing_ok=True)
    for folder in made:
        with suppress(OSError):
            folder.rmdir()
