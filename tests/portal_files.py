"""A portal of any size on disk, as the site's tests need it: invented offices whose reports are damaged in every way.

Test material, never published. What makes it worse than ``disclosure.bench.fiction``, which it builds on: all layouts
and kinds of damage of the laboratory, both editions of the form, missing years, offices without any report,
departments, former names, long names, one report without tables, and figures from zero to millions.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from damage import DAMAGES, has_numbers
from damage_lab import can_bear, true_figures
from disclosure.bench.fiction import Place, invented_place
from disclosure.bench.wording import prose
from disclosure.form.template import FIRST_YEAR_OF_2021_FORM, SECTIONS, TABLES
from disclosure.offices import FILE_NAME
from disclosure.sources import REPORTS
from disclosure.workshop import ROOT
from layouts import STYLES, Block, Style, grid

MOST = (0, 2, 20, 400, 4_000_000)
"""Largest count of natural persons in one outcome row of an office; the offices take them in turn."""
_DAMAGED, _MISSING, _WITHOUT_TABLES = 1 / 2, 1 / 6, 1 / 40
_EMPTY = 25
"""One office in so many has no report."""
_LONG = "生态环境保护综合行政执法与突发环境事件应急处置联合工作委员会办公室派出管理机构"
_KINDS = ("乡镇人民政府", "街道办事处", "政府部门")


def write_project(root: Path, offices: int, years: Sequence[int], seed: int = 7) -> None:
    """The project with invented reports instead of its own, below ``root``, which is made."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", root)
    for name in ("docs", "hooks"):
        (root / name).symlink_to(ROOT / name)
    write_portal(root / REPORTS, offices, years, seed)


def write_portal(reports: Path, offices: int, years: Sequence[int], seed: int) -> None:
    """Write ``offices`` offices with their reports below the folder ``reports``; the same files for the same seed."""
    styles = [style for style in STYLES.values() if style.suffix == ".txt"]
    for number in range(offices):
        rng = Random(f"{seed} {number}")  # noqa: S311 - the same portal every time
        office = invented_place(number)
        name, description = _described(office, number)
        folder = reports.joinpath(*office.folders[:-1], name)
        folder.mkdir(parents=True)
        (folder / FILE_NAME).write_text(description, encoding="utf-8")
        for year in () if number % _EMPTY == _EMPTY - 1 else years:
            if rng.random() >= _MISSING:
                (folder / f"{year}.txt").write_bytes(_report(rng, name, year, MOST[number % len(MOST)], styles))


def _described(office: Place, number: int) -> tuple[str, str]:
    """The name of an office and its ``office.yml``."""
    kind = _KINDS[number % len(_KINDS)]
    names = {
        "乡镇人民政府": office.name,
        "街道办事处": office.name.replace("镇人民政府", "街道办事处"),
        "政府部门": f"{office.folders[-2]}{_LONG if number % 10 == 2 else '教育局'}{number}",
    }
    identifier = f"{office.id[:6]}-d{number}" if kind == "政府部门" else office.id
    lines = [f'id: "{identifier}"', f"name: {names[kind]}", f"kind: {kind}", "place_known_by: 虚构，只用于测试。"]
    if number % 8 == 1:
        lines += [f"former_names: [旧{names[kind]}]", "place_inferred: true"]
    return names[kind], "\n".join(lines) + "\n"


def _report(rng: Random, name: str, year: int, most: int, styles: Sequence[Style]) -> bytes:
    if rng.random() < _WITHOUT_TABLES:
        return "\n".join(_frame(rng, name, year, {})).encode()
    form = "2021" if year >= FIRST_YEAR_OF_2021_FORM else "2019"
    style = rng.choice(styles)
    true = true_figures(rng, form, most)
    grids = {table: style.prepare(grid(form, table, true)) for table in TABLES}
    damages = [one for one in DAMAGES.values() if can_bear(style, one)]
    chosen = rng.sample(damages, rng.randint(1, 2)) if rng.random() < _DAMAGED else []
    for damage in chosen:
        target = grids[rng.choice(TABLES)]
        if damage.change is not None and has_numbers(target):
            damage.change(rng, target)
    parts: list[Block] = list(_frame(rng, name, year, grids))
    text = style.text(parts)
    for damage in chosen:
        text = text if damage.rewrite is None else damage.rewrite(rng, text)
    return text.encode(style.encoding)


def _frame(rng: Random, name: str, year: int, grids: dict[str, Block]) -> Iterator[Block]:
    """Title, headings and prose around the tables that there are."""
    yield f"{name}{year}年政府信息公开工作年度报告\n"
    for section, (number, title) in SECTIONS.items():
        yield f"{number}、{title}\n"
        if section in grids:
            yield grids[section]
            yield "\n"
        elif section not in TABLES:
            yield prose(rng, year, 12) + "\n"
