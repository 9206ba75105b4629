"""Write a sample: ``reports/``, the truth of every report, and what says that all of it is invented.

    OUT/reports/…/office.yml, <year>.<suffix>     as in the project
    OUT/truth.jsonl                               a line a report, in the order of the offices and years
    OUT/sample.json                               what was asked for: the same order gives the same bytes
    OUT/README.md                                 that nothing of it is real, and what the files are

Nothing is written over, and what is written does not depend on the number of processes.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from disclosure.errors import DisclosureError
from disclosure.fictional import NOTICE
from disclosure.form.template import FORMS
from disclosure.model import Cell, Number
from disclosure.offices import FILE_NAME
from disclosure.sample.drafts import MOST_YEARS, Draft, drafts
from disclosure.sample.figures import Figures
from disclosure.sample.places import Place, places, province_names
from disclosure.sources import REPORTS

TRUTH = "truth.jsonl"
ORDER = "sample.json"
_AT_ONCE = 25
"""Offices that a process invents in a row."""
_README = Path(__file__).with_name("notice.md")


class SampleError(DisclosureError):
    """A sample cannot be made as asked for, or is none."""


@dataclass(frozen=True, slots=True)
class Order:
    """What sample is asked for. ``damage`` and ``errors`` are shares of the reports; no provinces means all."""

    offices: int
    years: int
    seed: int
    layouts: str = "all"
    damage: float = 0.2
    errors: float = 0.03
    provinces: tuple[str, ...] = ()


class Published(NamedTuple):
    """A report as a file: its suffix and bytes, the name of its layout, the names of the damages done to it."""

    suffix: str
    content: bytes
    layout: str
    damages: tuple[str, ...] = ()


Publisher: TypeAlias = Callable[[Draft, Order], Published]


def places_for(order: Order) -> Sequence[Place]:
    """The offices that are asked for.

    Raises:
        SampleError: a province is not known, or there are not so many offices, years or shares.
    """
    known = province_names()
    for name in order.provinces:
        if name not in known:
            raise SampleError(f"没有“{name}”这个省级地区可供虚构。可用的有：{'、'.join(known)}。")
    found = places(order.provinces)
    _within("机关", order.offices, 1, len(found))
    _within("年数", order.years, 1, MOST_YEARS)
    _within("损坏的比例", order.damage, 0, 1)
    _within("填错的比例", order.errors, 0, 1)
    return found[: order.offices]


def _within(what: str, value: float, least: int, most: int) -> None:
    if not least <= value <= most:
        raise SampleError(f"{what}应在 {least} 至 {most} 之间，不能是 {value}。")


def write_sample(
    out: Path,
    order: Order,
    publish: Publisher,
    processes: int = 1,
    tell: Callable[[int], None] = lambda _done: None,
) -> None:
    """Write the sample that is asked for into the folder ``out``; the same bytes with any number of processes.

    ``publish`` makes a file of a draft; with several processes it has to be importable. ``tell`` hears after every
    stretch how many offices are done.

    Raises:
        SampleError: it cannot be made as asked for, or ``out`` holds something.
        OSError: the disk is full, or the like.
    """
    wanted = places_for(order)
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise SampleError(f"{out} 里已有文件。请指定一个还没有的文件夹。")
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_README, out / "README.md")
    order_text = json.dumps({"notice": NOTICE, **asdict(order)}, ensure_ascii=False, indent=2)
    (out / ORDER).write_text(f"{order_text}\n", encoding="utf-8")
    write = partial(_write_offices, out, order, publish)
    stretches = [wanted[at : at + _AT_ONCE] for at in range(0, len(wanted), _AT_ONCE)]
    done = 0
    with (out / TRUTH).open("w", encoding="utf-8", newline="\n") as truth:
        for stretch, lines in zip(stretches, _mapped(write, stretches, processes), strict=True):
            truth.write(lines)
            done += len(stretch)
            tell(done)


def order_of(out: Path) -> Order:
    """What was asked for when the sample in this folder was made.

    Raises:
        SampleError: there is no sample.
    """
    try:
        asked: dict[str, Any] = json.loads((out / ORDER).read_text(encoding="utf-8"))
        del asked["notice"]
        return Order(**{**asked, "provinces": tuple(asked["provinces"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SampleError(f"{out} 里没有用 scripts/make_sample.py 生成的虚构样本。") from error


def _mapped(
    write: Callable[[Sequence[Place]], str], stretches: Sequence[Sequence[Place]], processes: int
) -> Iterator[str]:
    if processes == 1:
        yield from map(write, stretches)
        return
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            yield from pool.map(write, stretches)
        except BrokenProcessPool as error:
            raise SampleError("一个进程被系统结束，样本没有写完，可能是内存不足。请删去后重新运行。") from error
        finally:
            pool.shutdown(cancel_futures=True)


def _write_offices(out: Path, order: Order, publish: Publisher, wanted: Sequence[Place]) -> str:
    """Write some offices; return their lines of the truth."""
    lines: list[str] = []
    for place in wanted:
        folder = out.joinpath(REPORTS, *place.folders)
        folder.mkdir(parents=True)
        (folder / FILE_NAME).write_text(description(place), encoding="utf-8", newline="\n")
        for draft in drafts(order.seed, place, order.years, order.errors):
            published = publish(draft, order)
            path = folder / f"{draft.year}{published.suffix}"
            path.write_bytes(published.content)
            record = _truth(draft, published, path.relative_to(out).as_posix())
            lines.append(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    return "".join(lines)


def description(place: Place) -> str:
    """The ``office.yml`` of an invented office."""
    return f'id: "{place.id}"\nname: {place.name}\nkind: {place.kind}\nplace_known_by: {NOTICE}。\n'


def _truth(draft: Draft, published: Published, path: str) -> dict[str, Any]:
    """A line of the truth: ``notice.md`` says what its keys are."""
    slip = draft.slip
    return {
        "office": draft.place.id,
        "name": draft.place.name,
        "year": draft.year,
        "path": path,
        "form": draft.form,
        "layout": published.layout,
        "damage": published.damages,
        "erred": slip
        and {
            "figure": ".".join(slip.cell),
            "due": _plain(slip.due),
            "printed": _plain(slip.printed),
            "violates": slip.broken,
        },
        "figures": {
            table.id: {
                row.id: [_plain(draft.figures[Cell(table.id, row.id, column.id)]) for column in row.columns]
                for row in table.rows
            }
            for table in FORMS[draft.form].tables.values()
        },
    }


def figures_in(record: Mapping[str, Any]) -> Figures:
    """The true figures of a line of the truth that was read with ``read_truth``."""
    return {
        Cell(table.id, row.id, column.id): value
        for table in FORMS[record["form"]].tables.values()
        for row in table.rows
        for column, value in zip(row.columns, record["figures"][table.id][row.id], strict=True)
    }


def read_truth(out: Path) -> Iterator[dict[str, Any]]:
    """The lines of the truth, sums of money as decimals."""
    with (out / TRUTH).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line, parse_float=Decimal)


def _plain(value: Number) -> int | float:
    """A number for JSON: four decimals are written as they are."""
    return float(value) if isinstance(value, Decimal) else value
