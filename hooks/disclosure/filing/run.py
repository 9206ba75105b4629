"""File reports one after the other: read them all, propose a place for each, ask, write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeAlias

from disclosure.filing import talk
from disclosure.filing.examine import Examined, examine
from disclosure.filing.inputs import Input, gather
from disclosure.filing.ledger import Ledger
from disclosure.filing.propose import Order, Proposal, Refusal, Why, propose
from disclosure.filing.region import parse_region
from disclosure.filing.store import StoreError, store
from disclosure.places.gazetteer import Gazetteer, load
from disclosure.progress import Progress
from disclosure.read.sandbox import CRASHED
from disclosure.workers import NoWorkerError, in_processes, processors

Work: TypeAlias = Callable[[str | None, Sequence[Input]], list[Examined]]
COMMAND = "scripts/add_report.py"
_FEW = 4
"""So many files are read here: starting processes takes longer."""
_AT_ONCE = 4
_SHOWN_IN_FULL = 20
_STOPPED = f"{CRASHED}请单独再试这个文件；还不行的，用原来的软件重新导出。"


@dataclass(frozen=True, slots=True)
class Options:
    """How to file. ``ask`` is None where nobody can be asked: then nothing is filed without ``yes``."""

    region: str | None = None
    year: int | None = None
    yes: bool = False
    dry_run: bool = False
    ask: talk.Ask | None = None
    say: Callable[[str], None] = print
    workers: int = field(default_factory=processors)


@dataclass(slots=True)
class _Count:
    filed: int = 0
    already: int = 0
    left: int = 0


def add_reports(given: Sequence[Path], root: Path, options: Options) -> int:
    """File everything in ``given`` under ``root/reports``. The exit status: 0 all filed, 1 a person is needed.

    Raises:
        RegionError: ``options.region`` names no place, or several.
    """
    gazetteer, order = _ordered(options)
    inputs = list(gather(given))
    if not inputs:
        options.say("没有找到文件。文件夹里没有报告，或者只有系统留下的文件。")
        return 1
    session = _Session(Ledger(root), gazetteer, order, options, brief=len(inputs) > _SHOWN_IN_FULL)
    for examined in examined_in_order(inputs, options):
        session.handle(examined)
    return session.close(len(inputs))


def _ordered(options: Options) -> tuple[Gazetteer, Order]:
    if options.region is None:
        return load(), Order(year=options.year)
    gazetteer, region = parse_region(load(), options.region)
    return gazetteer, Order(region, options.year)


@lru_cache(maxsize=1)
def _gazetteer(region: str | None) -> Gazetteer:
    """The gazetteer of this process, with the region that was given on the command line."""
    return load() if region is None else parse_region(load(), region)[0]


def _examine_some(region: str | None, inputs: Sequence[Input]) -> list[Examined]:
    return [examine(one, _gazetteer(region)) for one in inputs]


def examined_in_order(inputs: Sequence[Input], options: Options, work: Work = _examine_some) -> list[Examined]:
    """Every file examined, in the order given, by several processes where there are many.

    ``work`` is what these processes do; it must be importable.
    """
    do = partial(work, options.region)
    if len(inputs) > _FEW:
        found = in_processes(do, inputs, _lost, workers=options.workers, at_once=_AT_ONCE)
    else:
        found = (examined for one in inputs for examined in do([one]))
    done: list[Examined] = []
    try:
        done.extend(Progress(len(inputs)).over(found))
    except NoWorkerError:  # what was read is filed all the same
        done += map(_lost, inputs[len(done) :])
    return done


def _lost(one: Input) -> Examined:
    return Examined(one, one.problem or _STOPPED)


class _Session:
    """One run: what is filed grows, and every file is decided on with all before it."""

    def __init__(self, ledger: Ledger, gazetteer: Gazetteer, order: Order, options: Options, *, brief: bool) -> None:
        self._ledger, self._gazetteer, self._order, self._options = ledger, gazetteer, order, options
        self._brief = brief
        self._all = False
        self._count = _Count()

    def handle(self, examined: Examined) -> None:
        """Propose a place for one file, and file it if that is wanted."""
        found = propose(examined, self._ledger, self._gazetteer, self._order)
        if isinstance(found, Refusal) and found.choices and self._may_ask:
            self._say(talk.refusal_lines(found, COMMAND))
            chosen = talk.ask_to_choose(self._options.ask, found.choices) if self._options.ask else None
            if chosen is None:
                self._count.left += 1
                return
            found = propose(examined, self._ledger, self._gazetteer, replace(self._order, chosen=chosen))
        if isinstance(found, Refusal):
            self._refuse(found)
        else:
            self._decide(found)

    @property
    def _may_ask(self) -> bool:
        return self._options.ask is not None and not self._options.yes and not self._options.dry_run

    def _refuse(self, refusal: Refusal) -> None:
        self._say(talk.refusal_lines(refusal, COMMAND))
        if refusal.why is Why.NOTHING:
            self._count.already += 1
        else:
            self._count.left += 1

    def _decide(self, proposal: Proposal) -> None:
        self._say(talk.proposal_lines(proposal, brief=self._brief))
        if self._wanted(proposal):
            self._file(proposal)
        else:
            self._count.left += 1

    def _wanted(self, proposal: Proposal) -> bool:
        """Whether to file, or in a dry run to count as filed: what is sure, and else what a person says yes to."""
        if not self._may_ask:
            return not proposal.doubt
        if self._all and not proposal.doubt:
            return True
        answer = talk.ask_to_file(self._options.ask or (lambda _: ""))
        self._all = self._all or answer == talk.ALL
        return answer != talk.NO

    def _file(self, proposal: Proposal) -> None:
        if self._writes:
            try:
                store(proposal, self._ledger.root)
            except StoreError as error:
                self._options.say(f"  {talk.safe(str(error))}")
                self._count.left += 1
                return
        if proposal.office_file is not None:
            self._ledger.add_office(proposal.office)
        self._ledger.add_file(proposal.examined.sha256, proposal.file)
        self._count.filed += 1

    @property
    def _writes(self) -> bool:
        return not self._options.dry_run and (self._options.yes or self._options.ask is not None)

    def close(self, total: int) -> int:
        """Say what came of it, and give the exit status."""
        count, say = self._count, self._options.say
        word = "已归档" if self._writes else "可以归档"
        say(f"共 {total} 个文件：{word} {count.filed} 个，早已收录 {count.already} 个，需要人看 {count.left} 个。")
        if not self._writes and not self._options.dry_run:
            say("没有写入任何文件：这里没有人可以回答。确认无误的，加上 --yes 再运行；只想看看的，加上 --dry-run。")
            return 1
        if count.left and not self._may_ask:
            say("需要人看的：在终端里不加 --yes 再运行一次，逐个回答；或者用 --region、--year 写明，再加 --yes。")
        if self._writes and count.filed:
            say("接下来运行 scripts/build，生成网站。")
        return 0 if count.left == 0 else 1

    def _say(self, lines: Iterator[str]) -> None:
        for line in lines:
            self._options.say(line)
