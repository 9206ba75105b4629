"""The least that pages can cost: one template around ready HTML, and one file written, with the same bytes.

``python -m`` this, with the folder of a site, one for the copies, and a file with the names of the pages, line by line.
It prints JSON: seconds of processor time and on the wall, for templates and writing alone.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from disclosure.writing import Tree

_TEMPLATE = "{{ head }}{{ article }}{{ foot }}"
_ARTICLE = "<article"
_END = "</article>"


def write_floor(site: Path, copies: Path, pages: Iterable[str]) -> dict[str, float]:
    """Write the pages ``pages`` of a site again; what that cost, without reading them."""
    template = Environment(autoescape=True).from_string(_TEMPLATE)
    tree = Tree(copies)
    cpu = wall = 0.0
    for page in pages:
        # Markup: ready HTML. Our own pages, and nothing of a reader's ever comes here.
        head, article, foot = map(Markup, _parts((site / page).read_bytes().decode()))
        at, at_wall = time.process_time(), time.perf_counter()
        tree.write(page, template.render(head=head, article=article, foot=foot).encode())
        cpu += time.process_time() - at
        wall += time.perf_counter() - at_wall
    return {"cpu": cpu, "wall": wall}


def _parts(html: str) -> tuple[str, str, str]:
    """What stands before the contents of a page, these, and what stands behind them."""
    head, start, rest = html.partition(_ARTICLE)
    article, end, foot = rest.rpartition(_END)
    return head, f"{start}{article}{end}", foot


if __name__ == "__main__":
    site, copies, pages = map(Path, sys.argv[1:])
    print(json.dumps(write_floor(site, copies, pages.read_text().split())))  # noqa: T201 - whoever started it reads this
