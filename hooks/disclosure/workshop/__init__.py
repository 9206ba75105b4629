"""The project's own commands: build, serve, test, lock.

They start before anything is installed, so they use the standard library only and nothing else of this package
but its errors. ``scripts/`` holds their names; each of them finds a Python and calls the module of the same name here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from disclosure.errors import DisclosureError
from disclosure.workshop import faults

ROOT = Path(__file__).resolve().parents[3]
"""The project's root: the folder of ``mkdocs.yml``."""

_INTERRUPTED = 130


def run_command(work: Callable[[], None]) -> int:
    """Do the ``work`` of a command and return its exit code.

    An error of ours, and what the system refuses, is one sentence, not a traceback.
    """
    try:
        work()
    except DisclosureError as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, MemoryError) as error:
        print(faults.sentence(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return _INTERRUPTED
    return 0
