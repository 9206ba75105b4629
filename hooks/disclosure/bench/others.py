"""Other programs on the pages of a site that we built: each is given the Markdown that was published beside them.

What a page says is the same for all; each makes the HTML of it that it makes. A program that is not there is a row that
says so.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import metadata, util
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from disclosure.bench import hugo
from disclosure.bench.commands import Cost, cost_of
from disclosure.bench.given import BenchFailedError

_MKDOCS = """site_name: 阳光年报
theme:
  name: material
  language: zh
nav:  # nothing but the home page: with every page in it each page has a line for every other
  - index.md
plugins:
  - search
validation:  # a message about every link would cost more than the pages
  omitted_files: ignore
  not_found: ignore
  absolute_links: ignore
  unrecognized_links: ignore
  anchors: ignore
"""
_DEV: Final = "requirements-dev.lock"
_JIEBA: Final = "hooks/disclosure/bench/jieba.lock"
STOCK: Final = "mkdocs"
"""How the name of the row of stock MkDocs begins."""
_INDEX: Final = "search/search_index.json"

Tell: TypeAlias = Callable[[str], None]


class Index(NamedTuple):
    """What a browser loads before it can answer a first query: bytes as written, and as sent."""

    raw: int
    gzip: int


@dataclass(frozen=True, slots=True)
class Other:
    """A program: what it wrote, what that cost, and its search index, if it has one; ``missing`` says why not."""

    name: str
    cost: Cost | None = None
    pages: int = 0
    html: int = 0
    index: Index | None = None
    missing: str = ""


class Pages(NamedTuple):
    """Pages of offices that have Markdown beside them, by their addresses in ``site``; ``folder`` is free to use."""

    site: Path
    urls: Sequence[str]
    folder: Path


def pages_of(site: Path, folder: Path) -> Pages:
    """The pages about one office and one report each: three of five of all pages, and nearly all that has Markdown."""
    twins = (site / "offices").rglob("index.md")
    return Pages(site, sorted(f"{twin.parent.relative_to(site).as_posix()}/" for twin in twins), folder)


def measure_others(pages: Pages, variables: Mapping[str, str], tell: Tell) -> Iterator[Other]:
    """One program after the other; what each wrote is removed when it was looked at."""
    for name, measure in _PROGRAMS:
        tell(f"同样的网页：{name}")
        try:
            yield measure(pages, variables)
        except BenchFailedError as error:  # after hours, perhaps: what the others did is worth telling
            yield Other(name, missing=" ".join(str(error).split()))


def html_bytes(pages: Pages) -> int:
    """What the pages weigh as we wrote them."""
    return sum((pages.site / url / "index.html").stat().st_size for url in pages.urls)


def _floor(pages: Pages, variables: Mapping[str, str]) -> Other:
    """It tells its cost itself: what it reads others have at hand."""
    named, log, out = (pages.folder / name for name in ("floor.txt", "floor.json", "floor"))
    named.write_text("".join(f"{url}index.html\n" for url in pages.urls), encoding="utf-8")
    command = [sys.executable, "-m", "disclosure.bench.floor", str(pages.site), str(out), str(named)]
    whole = cost_of(command, log, variables, pages.folder)
    told = json.loads(log.read_text(encoding="utf-8"))
    return _seen("floor: one template, one file", Cost(told["cpu"], told["wall"], whole.mib), out)


def _hugo(pages: Pages, variables: Mapping[str, str]) -> Other:
    program = shutil.which("hugo")
    if program is None:
        return Other("Hugo", missing="hugo is not installed (apt-get install hugo)")
    told = subprocess.run([program, "version"], capture_output=True, text=True, check=False).stdout.split()  # noqa: S603 - found in the path
    name = f"Hugo {told[1].split('+')[0].removeprefix('v')}" if len(told) > 1 else "Hugo"
    source, out = pages.folder / "hugo", pages.folder / "hugo-site"
    hugo.write_source(source, pages.site, pages.urls)
    command = [program, "--quiet", "--source", str(source), "--destination", str(out), "--cacheDir", f"{source}-cache"]
    cost = cost_of(command, pages.folder / "hugo.log", variables, pages.folder)
    return _seen(name, cost, out, least=len(pages.urls))


def measure_stock(program: str, pages: Pages, variables: Mapping[str, str]) -> Other:
    """MkDocs, or a program that takes its place, as it is without us: with Material, its search, and jieba for that."""
    lacking = [
        f"{name} is not installed ({lock})"
        for name, lock in ((program, _DEV), ("jieba", _JIEBA))
        if util.find_spec(name) is None
    ]
    if lacking:
        return Other(f"{program} + Material + jieba", missing=lacking[0])
    name = f"{program} {metadata.version(program)} + Material {metadata.version('mkdocs-material')} + jieba"
    source, out = pages.folder / program, pages.folder / f"{program}-site"
    for url in ("", *pages.urls):
        (source / "docs" / url).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pages.site / url / "index.md", source / "docs" / url / "index.md")
    (source / "mkdocs.yml").write_text(_MKDOCS, encoding="utf-8")
    # A dictionary that jieba would make on its first day and keep for all that follow.
    cost_of([sys.executable, "-c", "import jieba; jieba.initialize()"], pages.folder / "jieba.log", variables, source)
    command = [
        sys.executable,
        "-m",
        program,
        "build",
        "--config-file",
        str(source / "mkdocs.yml"),
        "--site-dir",
        str(out),
    ]
    cost = cost_of(command, pages.folder / f"{program}.log", variables, pages.folder)
    return _seen(name, cost, out, least=len(pages.urls))


def _seen(name: str, cost: Cost, out: Path, least: int = 0) -> Other:
    """Look at what a program wrote, and remove it.

    Raises:
        BenchFailedError: pages are missing.
    """
    wrote = sorted(out.rglob("*.html"))
    if len(wrote) < least:
        raise BenchFailedError(f"{name} 只写了 {len(wrote)} 页，应有 {least} 页。")
    html = sum(page.stat().st_size for page in wrote)
    index = _index(out / _INDEX)
    shutil.rmtree(out)
    return Other(name, cost, len(wrote), html, index)


def _index(file: Path) -> Index | None:
    if not file.exists():
        return None
    content = file.read_bytes()
    return Index(len(content), len(gzip.compress(content, mtime=0)))


_PROGRAMS: Final[tuple[tuple[str, Callable[[Pages, Mapping[str, str]], Other]], ...]] = (
    ("floor", _floor),
    ("Hugo", _hugo),
    (STOCK, partial(measure_stock, STOCK)),
    ("properdocs", partial(measure_stock, "properdocs")),
)
"""All of them, by the beginning of the name of their row."""
