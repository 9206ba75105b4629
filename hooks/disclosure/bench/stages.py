"""What the stages of a whole build cost, told from inside: public functions replaced by the same ones with a clock.

A sample's ``mkdocs.yml`` names a hook that calls ``install`` before ``hooks/publish_site.py`` is loaded and takes these
functions by name. Nothing but time passes through the clocks, and the site has the same bytes. Stages count the
processes that they start; the pages of offices are told step by step, by the processes that write them.
"""

from __future__ import annotations

import atexit
import importlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial, wraps
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from disclosure.bench.clock import cpu_seconds, peak_mib
from disclosure.bench.stopwatch import Stopwatch, Tally, added
from disclosure.parallel import Task
from disclosure.writing import Content, Tree

START: Final = "starting Python and MkDocs"
READING: Final = "reading and proving"
CHECKING: Final = "checking"
GATHERING: Final = "gathering"
EXPORTS: Final = "exports"
SHARED: Final = "shared pages"
OFFICES: Final = "pages of offices"
INDEX: Final = "search index"
STAGES: Final = (START, READING, CHECKING, GATHERING, EXPORTS, SHARED, OFFICES, INDEX)
"""In order. Shared pages are all that MkDocs does, too: it converts those written by hand."""

DESCRIBING: Final = "describing"
HTML: Final = "HTML"
TEMPLATE: Final = "template"
WRITING: Final = "writing"
TWIN: Final = "Markdown"
COPY: Final = "copy for the search index"
KEEPING: Final = "keeping for the next build"
COUNT: Final = "pages"
STEPS: Final = (DESCRIBING, HTML, TEMPLATE, WRITING, TWIN, COPY, KEEPING)
"""What is done for a page of an office. The template takes what MkDocs wants to know of a page along."""

_STAGES_BY_FUNCTION: Final = (
    ("disclosure.check:Checking", "add", CHECKING),
    ("disclosure.check:Checking", "findings", CHECKING),
    ("disclosure.pipeline", "build_portal", READING),
    ("disclosure.dataset", "gather", GATHERING),
    ("disclosure.render.catalog", "arrange", GATHERING),
    ("disclosure.open_data", "publish_open_data", EXPORTS),
    ("disclosure.search_names", "write_names", INDEX),
    ("disclosure.search:Copies", "add_all", INDEX),
    ("disclosure.search:Copies", "index", INDEX),
    ("disclosure.pages_cache:PagesCache", "__init__", OFFICES),
)
"""Functions of modules and methods of classes, each before those that take it by name."""
_STEPS_BY_FUNCTION: Final = (
    ("disclosure.render.page:Page", "html", HTML),
    ("disclosure.render.page:Page", "markdown", TWIN),
    ("disclosure.search:Copies", "copy", COPY),
)
_STEPS_OF_OFFICES: Final = (
    ("disclosure.search:Copies", "put", COPY),
    ("disclosure.pages_cache:PagesCache", "find", KEEPING),
    ("disclosure.pages_cache:PagesCache", "keep", KEEPING),
)
"""What is done for all pages of an office together, and counts for the one that the office itself has."""
OFFICE: Final = "office"
"""The kind of the page of an office."""
_PAGES: Final = (("disclosure.render.site", "office_pages"), ("disclosure.render.moved", "moved_pages"))

Function: TypeAlias = Callable[..., Any]
Tallies: TypeAlias = dict[str, Tally]
"""By kind of page: how many (``pages``), and seconds by step."""


class Told(NamedTuple):
    """What a build tells: seconds by stage, by step and kind of page, and how many pages of each kind there are.

    ``peaks`` is how many MiB the largest process had until each stage was over.
    """

    stages: Tally
    peaks: dict[str, int]
    pages: Tallies


class PageClock:
    """The clock of the pages that a process makes: of each from its description until the next one is asked for.

    What is done afterwards for a page, by its address, or for a kind of pages, is counted with it.
    """

    def __init__(self) -> None:
        self._watch = Stopwatch(time.process_time)
        self._tallies: Tallies = {}
        self._kinds: dict[str, str] = {}

    def over(self, step: str) -> AbstractContextManager[None]:
        """Count what is done inside as a step of the page that is being made, if there is one."""
        return self._watch.over(step) if self._watch.now else nullcontext()

    @contextmanager
    def after(self, step: str, kind: str | None) -> Iterator[None]:
        """Count what is done inside as a step of the pages of a kind, unless it is a part of something else."""
        if kind is None or self._watch.now:
            yield
            return
        with self._watch.over(step):
            yield
        self._count(kind, self._watch.take())

    def kind_of(self, path: str) -> str | None:
        """The kind of the page that a file belongs to; None where it was not made here."""
        return self._kinds.get(f"{path.rpartition('/')[0]}/")

    def one_by_one(self, pages: Iterator[Any]) -> Iterator[Any]:
        """The same pages, each timed while somebody works on it."""
        while True:
            with self._watch.over(DESCRIBING):
                page = next(pages, None)
            if page is None:
                return
            with self._watch.over(TEMPLATE):
                yield page
            self._kinds[page.url] = page.kind
            self._count(page.kind, {**self._watch.take(), COUNT: 1})

    def take(self) -> Tallies:
        """What was counted since it was last taken."""
        taken, self._tallies, self._kinds = self._tallies, {}, {}
        return taken

    def _count(self, kind: str, tally: Tally) -> None:
        self._tallies[kind] = added((self._tallies.get(kind, {}), tally))


class BuildClock:
    """The clock of a build, with what the processes that write its pages told."""

    def __init__(self) -> None:
        self.watch = Stopwatch(cpu_seconds)
        self._before = cpu_seconds()
        self._peaks: dict[str, int] = {}
        self._pages: Tallies = {}
        self.watch.begin(START)

    def count(self, tallies: Tallies) -> None:
        """Add what a process told of its pages."""
        for kind, tally in tallies.items():
            self._pages[kind] = added((self._pages.get(kind, {}), tally))

    def end(self, stage: str) -> None:
        """A stage is over. What is none of the others is shared pages from the first one on."""
        self._peaks[stage] = max(peak_mib(), peak_mib(children=True))
        if self.watch.now == START:
            self.watch.begin(SHARED)

    def told(self) -> Told:
        """Everything, at the end."""
        self.end(SHARED)
        spent = added((self.watch.take(), {START: self._before}))
        return Told(spent, self._peaks, self._pages)


def install(path: Path) -> None:
    """Put the clocks in place; when this process ends, what they say is in the file ``path``."""
    build, pages = BuildClock(), PageClock()
    _replace("disclosure.parallel", "side_by_side", partial(tasks_timed, build, pages))
    for owner, name, stage in _STAGES_BY_FUNCTION:
        _replace(owner, name, partial(_stage_timed, build, stage))
    for owner, name in _PAGES:
        _replace(owner, name, partial(_pages_timed, pages))
    for owner, name, step in _STEPS_BY_FUNCTION:
        _replace(owner, name, partial(_step_timed, pages, step))
    for owner, name, step in _STEPS_OF_OFFICES:
        _replace(owner, name, partial(_after_timed, pages, step))
    _replace("disclosure.writing:Tree", "write", partial(_writing_timed, pages))
    atexit.register(lambda: path.write_text(json.dumps(build.told()), encoding="utf-8"))


def read(path: Path) -> Told:
    """What a build told."""
    return Told(*json.loads(path.read_text(encoding="utf-8")))


def _replace(owner: str, name: str, timed: Callable[[Function], Function]) -> None:
    """Put a function with a clock in the place of one of a module or, behind a colon, of a class in it."""
    module, _, kind = owner.partition(":")
    holder = importlib.import_module(module)
    holder = getattr(holder, kind) if kind else holder
    plain = getattr(holder, name)
    setattr(holder, name, wraps(plain)(timed(plain)))


def _stage_timed(build: BuildClock, stage: str, plain: Function) -> Function:
    def timed(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the function takes and returns
        with build.watch.over(stage):
            result = plain(*given, **named)
        build.end(stage)
        return result

    return timed


def tasks_timed(build: BuildClock, pages: PageClock, plain: Function) -> Function:
    """Tasks that bring back what their process told; those that are no part of another stage write pages of offices."""

    def timed(tasks: Sequence[Task], processes: int) -> list[Any]:
        telling = [Task(task.name, partial(_told_beside, pages, task.work)) for task in tasks]
        own = build.watch.now == SHARED
        with build.watch.over(OFFICES) if own else nullcontext():
            answers = plain(telling, processes)
        for _, tallies in answers:
            build.count(tallies)
        if own:
            build.end(OFFICES)
        return [result for result, _ in answers]

    return timed


def _told_beside(pages: PageClock, work: Callable[[], Any]) -> tuple[Any, Tallies]:
    pages.take()  # what came before, perhaps in the process that this is a copy of, is none of its own
    return work(), pages.take()


def _pages_timed(pages: PageClock, plain: Function) -> Function:
    return lambda *given: pages.one_by_one(iter(plain(*given)))


def _step_timed(pages: PageClock, step: str, plain: Function) -> Function:
    def timed(*given: Any) -> Any:  # noqa: ANN401 - whatever the function takes and returns
        with pages.over(step):
            return plain(*given)

    return timed


def _after_timed(pages: PageClock, step: str, plain: Function) -> Function:
    def timed(*given: Any) -> Any:  # noqa: ANN401 - whatever the function takes and returns
        with pages.after(step, OFFICE):
            return plain(*given)

    return timed


def _writing_timed(pages: PageClock, plain: Function) -> Function:
    def timed(tree: Tree, path: str, content: Content) -> None:
        with pages.after(TWIN if path.endswith(".md") else WRITING, pages.kind_of(path)):
            plain(tree, path, content)

    return timed
