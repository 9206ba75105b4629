"""The process that ``sandbox`` starts: takes a file and a reader's name, answers with the document, and so on.

It ends when its standard input does.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import IO

from disclosure.read.document import Document
from disclosure.read.sandbox import Failure, packed, read_frame, write_frame

if sys.platform != "win32":
    import resource

_MOST_CONTENT = 1 << 30
_MB = 1024 * 1024


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until there are no more."""
    while True:
        try:
            request = json.loads(read_frame(requests, _MOST_CONTENT))
            content = read_frame(requests, _MOST_CONTENT)
        except EOFError:
            return
        write_frame(answers, _answer(request["reader"], content, request["megabytes"]))


def _answer(reader: str, content: bytes, megabytes: int) -> bytes:
    try:
        read = _reader(reader)
        _bound_memory(megabytes)
        return packed(read(content))
    except MemoryError:
        failure = Failure.MEMORY
    except Exception:  # noqa: BLE001 -- a reader that raises is our fault, and must not stop the build
        failure = Failure.CRASH
    return json.dumps({"failure": failure}).encode()


def _reader(name: str) -> Callable[[bytes], Document]:
    module, function = name.split(":")
    found: Callable[[bytes], Document] = getattr(importlib.import_module(module), function)
    return found


def _bound_memory(megabytes: int) -> None:
    """Let no more memory be taken than this, by everything in this process together."""
    if sys.platform != "win32":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = megabytes * _MB
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _main() -> None:
    """Keep standard output for the answers: whatever a library prints goes nowhere."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    _main()
