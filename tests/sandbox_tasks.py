"""Readers that misbehave, for the process that has to bear it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from disclosure.model import Note
from disclosure.read.document import Document


def echo(content: bytes) -> Document:
    """A document of every kind of part, with a lone surrogate in it."""
    text = content.decode("utf-8", "surrogateescape")
    return Document((text, "甲\t乙"), (Note("empty-file", 1, "什么"),), (range(2, 3),), ("第 1 页", "第 2 页"))


def own_process(content: bytes) -> Document:
    """The number of the process that reads."""
    return Document((str(os.getpid()),))


def shout(content: bytes) -> Document:
    """Print where the answer goes."""
    print("noise")  # noqa: T201 -- the point
    sys.stdout.flush()
    return Document(("quiet",))


def hang(content: bytes) -> Document:
    """Never come back; first start another process and say which to the file that is named."""
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    Path(content.decode()).write_text(f"{os.getpid()} {other.pid}", encoding="utf-8")
    time.sleep(60)
    return Document(())


def hog(content: bytes) -> Document:
    """Take a gigabyte."""
    return Document((str(len(bytearray(1 << 30))),))


def vanish(content: bytes) -> Document:
    """End the process as a fault in a library does."""
    os._exit(3)


def fail(content: bytes) -> Document:
    """Raise what no reader should."""
    raise LookupError
