"""What the processes of test_workers.py do: it must be importable there."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from disclosure.errors import DisclosureError


def double_or_die(items: Sequence[str]) -> list[str]:
    """Each text twice; ``die`` ends the process, as running out of memory would, and ``slow`` takes a while."""
    if any(item.startswith("die") for item in items):
        os._exit(1)
    if "slow" in items:
        time.sleep(0.5)
    return [item * 2 for item in items]


def refuse(items: Sequence[str]) -> list[str]:
    """Fail, as a reader does that finds no room."""
    raise DisclosureError(f"没有地方：{items[0]}")


def tell_and_sleep(items: Sequence[str]) -> list[int]:
    """Write the number of this process to the file that is named, and stay."""
    for item in items:
        with open(item, "a", encoding="utf-8") as file:  # noqa: PTH123 - appended to
            file.write(f"{os.getpid()}\n")
    time.sleep(600)
    return [0 for _ in items]
