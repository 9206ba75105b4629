"""MkDocs in a process of its own, in which what the system refuses ends in one sentence instead of a traceback.

Our own errors reach MkDocs as its own and are told by it. A mistake in the code keeps its traceback: it is for us.
"""

from __future__ import annotations

import runpy
import sys

from disclosure.workshop import faults


def main() -> int:
    """Run ``mkdocs`` with our arguments; return its exit code."""
    try:
        runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)
    except (OSError, MemoryError) as error:
        print(faults.sentence(error), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
