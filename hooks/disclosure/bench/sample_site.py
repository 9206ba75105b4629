"""Build the site of a sample as ``scripts/build`` builds that of the project: ``python -m`` this, and its folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from disclosure.workshop import run_command
from disclosure.workshop.build import build

if __name__ == "__main__":
    root = Path(sys.argv[1])
    sys.exit(run_command(lambda: build(root, root / "site", Path(sys.executable), os.environ)))
